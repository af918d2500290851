/* dailies-reel-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-grid.h"

#include <gst/gst.h>

/* What a clip that does not tell its frame rate is walked through in. */
#define UNKNOWN_FPS 25

/**
 * dailies_reel_grid_is_even:
 *
 * Returns: whether the clip has one frame rate from end to end, so that times may be rounded to the
 * grid
 */
gboolean
dailies_reel_grid_is_even (const DailiesReelGrid *grid)
{
  return grid->fps_n > 0 && grid->fps_d > 0;
}

/**
 * dailies_reel_grid_length:
 *
 * Returns: ns a frame is shown
 */
gint64
dailies_reel_grid_length (const DailiesReelGrid *grid)
{
  if (!dailies_reel_grid_is_even (grid))
    return GST_SECOND / UNKNOWN_FPS;

  return gst_util_uint64_scale (GST_SECOND, grid->fps_d, grid->fps_n);
}

/**
 * dailies_reel_grid_number:
 * @time: ns
 *
 * Containers round times to their own clock, down as well as up, so a time that is a tenth of a
 * frame early still means that frame.
 *
 * Returns: the number, from 0, of the frame that covers @time
 */
gint64
dailies_reel_grid_number (const DailiesReelGrid *grid,
                          gint64                 time)
{
  gint64 offset = time - grid->origin + dailies_reel_grid_length (grid) / 10;

  if (offset <= 0)
    return 0;
  if (!dailies_reel_grid_is_even (grid))
    return offset / dailies_reel_grid_length (grid);

  return gst_util_uint64_scale (offset, grid->fps_n, grid->fps_d * GST_SECOND);
}

/**
 * dailies_reel_grid_span:
 *
 * Returns: ns that @frames take; negative for a negative number
 */
gint64
dailies_reel_grid_span (const DailiesReelGrid *grid,
                        gint64                 frames)
{
  gint64 span;

  if (!dailies_reel_grid_is_even (grid))
    return frames * dailies_reel_grid_length (grid);

  span = gst_util_uint64_scale (ABS (frames), grid->fps_d * GST_SECOND, grid->fps_n);
  return frames < 0 ? -span : span;
}

/**
 * dailies_reel_grid_start:
 *
 * Returns: ns, when frame @number begins
 */
gint64
dailies_reel_grid_start (const DailiesReelGrid *grid,
                         gint64                 number)
{
  return grid->origin + dailies_reel_grid_span (grid, number);
}

/**
 * dailies_reel_grid_middle:
 *
 * Returns: ns, the time to seek to for frame @number: no rounding of the container's reaches its
 * neighbours from there
 */
gint64
dailies_reel_grid_middle (const DailiesReelGrid *grid,
                          gint64                 number)
{
  return dailies_reel_grid_start (grid, number) + dailies_reel_grid_length (grid) / 2;
}
