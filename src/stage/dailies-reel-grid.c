/* dailies-reel-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-grid.h"

#include <gst/gst.h>

/* What a clip that does not tell its frame rate is walked through in. */
#define UNKNOWN_FPS 25

/* No camera that anybody edits from is faster; what is said to be has its clock taken for its frame rate. */
#define MOST_FPS 1000

/* Containers count time in clocks of their own, a thousandth of a second at the coarsest. */
#define CLOCK GST_MSECOND

static const GArray *
get_starts (const DailiesReelGrid *grid)
{
  return g_atomic_pointer_get (&((DailiesReelGrid *) grid)->starts);
}

/* Returns: how many of @starts are not later than @offset */
static guint
count_until (const GArray *starts,
             gint64        offset)
{
  guint low = 0;
  guint high = starts->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (starts, gint64, middle) <= offset)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * dailies_reel_grid_set_rate:
 * @fps_n: what the file says, whatever that is
 *
 * A rate that cannot be is as good as none.
 */
void
dailies_reel_grid_set_rate (DailiesReelGrid *grid,
                            int              fps_n,
                            int              fps_d)
{
  gboolean known = fps_n > 0 && fps_d > 0 && fps_n / fps_d <= MOST_FPS;

  grid->fps_n = known ? fps_n : 0;
  grid->fps_d = known ? fps_d : 1;
}

/**
 * dailies_reel_grid_is_even:
 *
 * Returns: whether the clip has one frame rate from end to end, so that times may be rounded to the
 * grid
 */
gboolean
dailies_reel_grid_is_even (const DailiesReelGrid *grid)
{
  return grid->fps_n > 0 && grid->fps_d > 0 && get_starts (grid) == NULL;
}

/**
 * dailies_reel_grid_varies:
 *
 * Returns: whether frames last differently long, and it is known where each begins
 */
gboolean
dailies_reel_grid_varies (const DailiesReelGrid *grid)
{
  return get_starts (grid) != NULL;
}

/**
 * dailies_reel_grid_has:
 * @time: ns, when a frame begins
 *
 * Returns: whether the frame rate has one there, give or take a quarter of it
 */
gboolean
dailies_reel_grid_has (const DailiesReelGrid *grid,
                       gint64                 time)
{
  gint64 offset = time - grid->origin;
  gint64 nearest;

  if (grid->fps_n <= 0 || grid->fps_d <= 0 || offset < 0)
    return FALSE;

  nearest = gst_util_uint64_scale_round (offset, grid->fps_n, grid->fps_d * GST_SECOND);
  nearest = gst_util_uint64_scale (nearest, grid->fps_d * GST_SECOND, grid->fps_n);

  return ABS (offset - nearest) <= dailies_reel_grid_length (grid) / 4;
}

/**
 * dailies_reel_grid_fits:
 * @starts: of all frames of the clip, gint64 ns after the origin
 *
 * Returns: whether the frame rate says when each of them begins. Where frames were left out it does not: the one before them stands
 * longer
 */
gboolean
dailies_reel_grid_fits (const DailiesReelGrid *grid,
                        const GArray          *starts)
{
  for (guint i = 0; i < starts->len; i++)
    {
      gint64 time = grid->origin + g_array_index (starts, gint64, i);

      if (!dailies_reel_grid_has (grid, time) ||
          dailies_reel_grid_number (grid, time + dailies_reel_grid_length (grid) / 4) != (gint64) i)
        return FALSE;
    }

  return TRUE;
}

/**
 * dailies_reel_grid_length:
 *
 * Returns: ns a frame is shown; on average, where that varies
 */
gint64
dailies_reel_grid_length (const DailiesReelGrid *grid)
{
  if (grid->fps_n <= 0 || grid->fps_d <= 0)
    return GST_SECOND / UNKNOWN_FPS;

  return gst_util_uint64_scale (GST_SECOND, grid->fps_d, grid->fps_n);
}

/* Behind the last frame that was seen they go on as they did on average. */
static gint64
find_start (const DailiesReelGrid *grid,
            const GArray          *starts,
            gint64                 number)
{
  gint64 last = (gint64) starts->len - 1;

  if (number <= last)
    return g_array_index (starts, gint64, number);

  return g_array_index (starts, gint64, last) + (number - last) * dailies_reel_grid_length (grid);
}

static gint64
find_number (const DailiesReelGrid *grid,
             const GArray          *starts,
             gint64                 offset)
{
  gint64 n = count_until (starts, offset + (gint64) CLOCK);

  if (n == (gint64) starts->len)
    n += (offset + (gint64) CLOCK - g_array_index (starts, gint64, n - 1)) / dailies_reel_grid_length (grid);

  return MAX (n - 1, 0);
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
  gint64        offset = time - grid->origin + dailies_reel_grid_length (grid) / 10;
  const GArray *starts = get_starts (grid);

  if (offset <= 0)
    return 0;
  if (starts != NULL)
    return find_number (grid, starts, time - grid->origin);
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
  const GArray *starts = get_starts (grid);
  gint64        span;

  if (starts != NULL && frames >= 0)
    return find_start (grid, starts, frames);
  if (grid->fps_n <= 0 || grid->fps_d <= 0)
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
  gint64 start = dailies_reel_grid_start (grid, number);

  /* A frame that lasts for seconds is looked at where it begins. */
  if (get_starts (grid) != NULL)
    return start + MIN (dailies_reel_grid_start (grid, number + 1) - start, dailies_reel_grid_length (grid)) / 2;

  return start + dailies_reel_grid_length (grid) / 2;
}

/**
 * dailies_reel_grid_is_clear:
 * @time: ns
 *
 * Returns: whether no rounding of the container's makes another frame of what covers @time; before the first one there is none
 */
gboolean
dailies_reel_grid_is_clear (const DailiesReelGrid *grid,
                            gint64                 time)
{
  gint64 number = dailies_reel_grid_number (grid, time);

  /* Close before a frame its number is that frame's already. */
  return number == 0 || time >= dailies_reel_grid_start (grid, number) + (gint64) CLOCK;
}

/**
 * dailies_reel_grid_within:
 * @time: ns, in frame @number
 *
 * Returns: ns, the time to seek to for @time, from which no rounding of the container's reaches the neighbours: where frames last
 * differently long as near as that can be, else the middle of the frame
 */
gint64
dailies_reel_grid_within (const DailiesReelGrid *grid,
                          gint64                 number,
                          gint64                 time)
{
  gint64 first = dailies_reel_grid_start (grid, number) + (gint64) CLOCK;
  gint64 last = dailies_reel_grid_start (grid, number + 1) - (gint64) CLOCK;

  if (get_starts (grid) == NULL || first >= last)
    return dailies_reel_grid_middle (grid, number);

  return CLAMP (time, first, last);
}

/**
 * dailies_reel_grid_last_before:
 * @end: ns after the origin, where a frame ends
 *
 * Returns: ns after the origin, when that frame begins
 */
gint64
dailies_reel_grid_last_before (const DailiesReelGrid *grid,
                               gint64                 end)
{
  if (get_starts (grid) == NULL)
    return end - dailies_reel_grid_length (grid);

  return dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + end - 2 * (gint64) CLOCK));
}

/**
 * dailies_reel_grid_nearest:
 * @time: ns after the origin, as somebody counted who did not know where the frames begin
 *
 * Returns: ns after the origin, when the frame begins that was meant
 */
gint64
dailies_reel_grid_nearest (const DailiesReelGrid *grid,
                           gint64                 time)
{
  gint64 number = dailies_reel_grid_number (grid, grid->origin + time);
  gint64 before = dailies_reel_grid_span (grid, number);
  gint64 after = dailies_reel_grid_span (grid, number + 1);

  return after - time < time - before ? after : before;
}

/**
 * dailies_reel_grid_slip:
 *
 * Returns: ns that a slip of @frames is; by the frame rate, also where frames last differently long: it is the same at every place
 */
gint64
dailies_reel_grid_slip (const DailiesReelGrid *grid,
                        int                    frames)
{
  DailiesReelGrid even = { 0, grid->fps_n, grid->fps_d, NULL };

  return dailies_reel_grid_span (&even, frames);
}
