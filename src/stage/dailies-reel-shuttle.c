/* dailies-reel-shuttle.c: backwards, from the jogs, or by seeks as quickly as they land while a jog is not there
 *
 * Where it is follows from the time that has passed, so a slow disk skips frames and never shows a wrong one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* Returns: whether a flight was started that must land first */
static gboolean
go_to (DailiesReelEngine *self,
       gint64             time)
{
  if (dailies_reel_engine_scrub (self, time, 0))
    return FALSE;

  dailies_reel_engine_fly_to (self, time, 0);
  return TRUE;
}

static void
begin_back (DailiesReelEngine *self,
            gint64             from,
            double             speed)
{
  self->back_from = from;
  self->back_since = g_get_monotonic_time ();
  self->back_speed = speed;
}

/**
 * dailies_reel_engine_go_back:
 * @speed: negative
 *
 * Returns: whether a flight was started that must land first
 */
gboolean
dailies_reel_engine_go_back (DailiesReelEngine *self,
                             double             speed)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 shown = dailies_reel_engine_shown_time (self);
  gint64                 begin, end, time;

  dailies_reel_engine_halt (self);
  dailies_reel_engine_get_round (self, 0, &begin, &end);
  if (self->back_from < 0 || self->back_speed != speed)
    begin_back (self, shown, speed);

  time = self->back_from +
         (gint64) ((g_get_monotonic_time () - self->back_since) * 1000 * self->back_speed);
  if (time < begin || shown < begin || (end >= 0 && shown >= end))
    {
      if (shown > begin && shown < end)
        {
          /* The first frame is seen before anything else. */
          return go_to (self, begin);
        }
      if (!self->looping_now && shown == begin)
        {
          self->back_from = -1;
          dailies_reel_engine_want_pause (self);
          return FALSE;
        }
      time = MAX (end >= 0 ? end - dailies_reel_grid_length (grid) : shown, begin);
      begin_back (self, time, speed);
    }

  if (dailies_reel_grid_number (grid, grid->origin + time) ==
      dailies_reel_grid_number (grid, grid->origin + shown))
    return FALSE;

  return go_to (self, time);
}

/* Returns: ns until the next frame is due; -1 when it does not go backwards */
gint64
dailies_reel_engine_back_wait (DailiesReelEngine *self)
{
  DailiesReelSide *lead = dailies_reel_engine_first_side (self);
  gint64           shown, due, length;

  if (self->back_from < 0 || lead == NULL)
    return -1;

  /* A time a tenth of a frame early still means that frame. */
  length = dailies_reel_grid_length (dailies_reel_side_get_grid (lead));
  shown = dailies_reel_engine_shown_time (self) - length / 9;
  due = self->back_since * 1000 + (gint64) ((shown - self->back_from) / self->back_speed);

  return MAX (due - g_get_monotonic_time () * 1000, (gint64) GST_MSECOND);
}
