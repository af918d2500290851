/* dailies-reel-pick.c: the frames that belong together, out of the rings of all sides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* The moment that all sides show. A side's newest frame is good until just before the next is due; nobody is shown later
 * than the first side of which that is not known. A side that is over holds nobody back. */
static gint64
choose_moment (DailiesReelEngine *self)
{
  gint64 horizon = G_MAXINT64;
  gint64 newest = G_MININT64;

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelFrame *frame = dailies_reel_side_newest (self->sides[i]);

    if (dailies_reel_side_is_entering (self->sides[i]))
      continue;
    newest = MAX (newest, frame->running);
    if (!dailies_reel_side_shows_last (self->sides[i]))
      horizon = MIN (horizon, frame->end - (frame->end - frame->running) / 10);
  }

  return MIN (newest, horizon);
}

/* A side that came while the others were playing takes part once it has caught up with them. */
static void
admit (DailiesReelEngine *self,
       gint64             moment)
{
  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelFrame *frame = dailies_reel_side_newest (self->sides[i]);

    if (dailies_reel_side_is_entering (self->sides[i]) && frame != NULL &&
        (frame->end > moment || dailies_reel_side_shows_last (self->sides[i])) &&
        dailies_reel_side_find (self->sides[i], moment, FALSE) != NULL)
      dailies_reel_side_enter (self->sides[i], FALSE);
  }
}

/* The lead's frame at what is shown; where its clip has not begun yet or is over, the others tell. */
static gint64
find_position (DailiesReelEngine       *self,
               const DailiesReelFrame **frames,
               gint64                   moment)
{
  const DailiesReelGrid *grid = NULL;
  gint64                 position = -1;

  FOR_EACH_SIDE (self, i)
  {
    gint64 time;

    if (grid == NULL)
      grid = dailies_reel_side_get_grid (self->sides[i]);
    if (frames[i] == NULL || (frames[i]->running > moment && self->running))
      continue;

    time = frames[i]->time - dailies_reel_side_get_slip (self->sides[i]);
    position = MAX (position, time);
    if (!dailies_reel_side_shows_last (self->sides[i]))
      break;
  }

  if (grid == NULL || position < 0)
    return position;

  return dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + position));
}

/**
 * dailies_reel_engine_pick:
 * @frames: (out): borrowed; %NULL for a side that shows nothing yet
 * @position: (out) (nullable): ns of the reel; -1 when it is not known
 *
 * Returns: whether there is anything to be shown now
 */
gboolean
dailies_reel_engine_pick (DailiesReelEngine       *self,
                          const DailiesReelFrame **frames,
                          gint64                  *position)
{
  gboolean any = FALSE;
  gint64   moment;

  if (self->frozen)
    return FALSE;

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_is_entering (self->sides[i]))
      continue;
    if (dailies_reel_side_newest (self->sides[i]) == NULL)
      return FALSE;
    any = TRUE;
  }
  if (!any)
    return FALSE;

  moment = choose_moment (self);
  admit (self, moment);
  FOR_EACH_SIDE (self, i)
  {
    if (!dailies_reel_side_is_entering (self->sides[i]))
      frames[i] = dailies_reel_side_find (self->sides[i], moment, !self->running);
  }
  if (position != NULL)
    *position = self->here >= 0 ? self->here : find_position (self, frames, moment);

  return TRUE;
}

/* Whether every side shows the last frame that it decoded, so that stepping on in each keeps them
 * together. */
gboolean
dailies_reel_engine_shows_newest (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gboolean                newest = FALSE;

  g_mutex_lock (&self->lock);
  if (dailies_reel_engine_pick (self, frames, NULL))
    {
      newest = TRUE;
      FOR_EACH_SIDE (self, i)
        newest = newest && frames[i] == dailies_reel_side_newest (self->sides[i]);
    }
  g_mutex_unlock (&self->lock);

  return newest;
}

/* ns of the reel, 0 when nothing is shown */
gint64
dailies_reel_engine_shown_time (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = -1;

  g_mutex_lock (&self->lock);
  dailies_reel_engine_pick (self, frames, &time);
  if (time < 0)
    time = self->here;
  g_mutex_unlock (&self->lock);

  return MAX (time, 0);
}

DailiesReelSide *
dailies_reel_engine_first_side (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i) return self->sides[i];

  return NULL;
}

guint
dailies_reel_engine_count_sides (DailiesReelEngine *self)
{
  guint n = 0;

  FOR_EACH_SIDE (self, i) n++;

  return n;
}

/* ns of the reel at which the last side is over; 0 not known */
gint64
dailies_reel_engine_get_end (DailiesReelEngine *self)
{
  gint64 end = 0;

  FOR_EACH_SIDE (self, i)
  {
    gint64 duration = dailies_reel_side_get_duration (self->sides[i]);

    if (duration > 0)
      end = MAX (end, duration - dailies_reel_side_get_slip (self->sides[i]));
  }

  return end;
}
