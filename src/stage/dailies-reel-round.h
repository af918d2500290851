/* dailies-reel-round.h: the rounds of a looping clip, one behind the other
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* What both streams of a side, picture and sound, keep to; all under the lock. */
typedef struct
{
  gboolean looping;
  gint64   base;   /* ns of running time at which the segment of the last seek begins */
  guint32  seqnum; /* of that seek */
  guint    closed; /* streams that have ended, and take nothing more without a flush */
  guint    open;   /* streams that are through and wait for the next round */
} DailiesReelRounds;

void dailies_reel_rounds_watch (DailiesReelRounds *rounds,
                                GMutex            *lock,
                                GstPad            *pad);

G_END_DECLS
