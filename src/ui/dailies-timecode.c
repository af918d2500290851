/* dailies-timecode.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-timecode.h"

#include <math.h>

#define NS_PER_SECOND 1000000000.

/**
 * dailies_timecode_format:
 * @time: ns
 * @fps: frames a second; 0 not known: tenths of a second are shown instead
 *
 * Frames are counted, not time: 23.976 frames a second are written with 24 to the second, as on a
 * slate.
 *
 * Returns: (transfer full): minutes:seconds:frames, with hours in front where there are any
 */
char *
dailies_timecode_format (gint64 time,
                         double fps)
{
  gint64 base = fps > 0 ? MAX (1, (gint64) floor (fps + 0.5)) : 10;
  /* A tenth of a frame for the containers that round down. */
  gint64 number = (gint64) floor (MAX (time, 0) / NS_PER_SECOND * (fps > 0 ? fps : 10) + 0.1);
  int    unit = (int) (number % base);
  int    seconds = (int) (number / base % 60);
  int    minutes = (int) (number / base / 60 % 60);
  int    hours = (int) (number / base / 3600);

  g_autofree char *front = hours > 0 ? g_strdup_printf ("%02d:", hours) : g_strdup ("");

  if (fps > 0)
    return g_strdup_printf ("%s%02d:%02d:%02d", front, minutes, seconds, unit);

  return g_strdup_printf ("%s%02d:%02d.%d", front, minutes, seconds, unit);
}
