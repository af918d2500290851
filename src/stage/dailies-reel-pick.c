/* dailies-reel-pick.c: the frames that belong together, out of the rings of all sides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* How many meetings back the rings may reach. */
#define MEETINGS 8

/* Running time until which @frame, the newest of @side, is good: until just before the next is due. A side that is over
 * waits for the next round, or holds nobody back any more. */
static gint64
find_horizon (DailiesReelEngine      *self,
              DailiesReelSide        *side,
              const DailiesReelFrame *frame)
{
  gint64 turn =
    frame->running < self->round_begin - 2 * (gint64) GST_MSECOND ? self->round_begin : self->round_end;
  gint64 due = dailies_reel_side_shows_last (side) ? turn : MIN (frame->end, turn);

  if (dailies_reel_side_at_end (side) || due == G_MAXINT64)
    return G_MAXINT64;

  return due - (frame->end - frame->running) / 10;
}

/* Whether all sides have something to choose from. */
static gboolean
has_frames (DailiesReelEngine *self)
{
  gboolean any = FALSE;

  if (self->frozen || self->flight != FLIGHT_NONE)
    return FALSE;

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_is_entering (self->sides[i]))
      continue;
    if (dailies_reel_side_newest (self->sides[i]) == NULL)
      return FALSE;
    any = TRUE;
  }

  return any;
}

/* The moment that all sides show: nobody is shown later than the first side of which it is not known. */
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
    horizon = MIN (horizon, find_horizon (self, self->sides[i], frame));
  }

  /* All have begun at 0 of the clock, each with the frame that covers that moment. */
  return MAX (MIN (newest, horizon), 0);
}

static gboolean
all_meet (DailiesReelEngine *self,
          gint64             moment)
{
  FOR_EACH_SIDE (self, i)
  {
    if (!dailies_reel_side_is_entering (self->sides[i]) && !dailies_reel_side_meets (self->sides[i], moment))
      return FALSE;
  }

  return TRUE;
}

/* Where frames were left out, the newest moment up to @moment of which all sides have one; never before what was shown. */
static gboolean
find_meeting (DailiesReelEngine *self,
              gint64            *moment)
{
  gint64 step = self->pace.step > 0 ? self->pace.step : self->pace.frame;

  if (self->here >= 0 || (self->pace.step <= 0 && self->pace.thinned_to < *moment))
    return TRUE;
  if (all_meet (self, *moment))
    return *moment >= self->met;

  *moment = dailies_reel_pace_before (&self->pace, *moment);
  for (guint n = 0; n < MEETINGS && *moment >= self->met && step > 0; n++, *moment -= step)
    {
      if (all_meet (self, *moment))
        return TRUE;
    }

  return FALSE;
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
  DailiesReelSide       *lead = dailies_reel_engine_first_side (self);
  const DailiesReelGrid *grid;
  gint64                 position = -1;
  guint                  first = 0;

  while (first + 1 < DAILIES_REEL_MAX_SIDES && self->sides[first] != lead)
    first++;
  for (guint n = 0; n < DAILIES_REEL_MAX_SIDES; n++)
    {
      guint  i = (first + n) % DAILIES_REEL_MAX_SIDES;
      gint64 time;

      if (self->sides[i] == NULL || frames[i] == NULL || (frames[i]->running > moment && self->running))
        continue;

      time = frames[i]->time - dailies_reel_side_get_slip (self->sides[i]);
      position = MAX (position, time);
      if (!dailies_reel_side_shows_last (self->sides[i]))
        break;
    }

  if (lead == NULL || position < 0)
    return position;

  grid = dailies_reel_side_get_grid (lead);
  return dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + position));
}

/* @until: ns of running time: nothing later is picked. @when: (out): ns of running time, of what is picked; -1 from jogs */
static gboolean
pick (DailiesReelEngine       *self,
      gint64                   until,
      const DailiesReelFrame **frames,
      gint64                  *position,
      gint64                  *when)
{
  gint64 moment;

  *when = -1;

  if (self->scrubbing)
    {
      FOR_EACH_SIDE (self, i)
        frames[i] = self->scrubbed[i].sample != NULL ? &self->scrubbed[i] : NULL;
      if (position != NULL)
        *position = self->scrubbed_here;
      return TRUE;
    }
  if (!has_frames (self))
    return FALSE;

  moment = MIN (choose_moment (self), until);
  if (!find_meeting (self, &moment))
    return FALSE;
  admit (self, moment);
  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_is_entering (self->sides[i]))
      continue;
    /* Where a flight has landed, whatever is there belongs together. */
    frames[i] = dailies_reel_side_find (self->sides[i], moment, self->here >= 0);
    /* One has run so far ahead of another that what belongs to the moment is gone: all wait. */
    if (frames[i] == NULL)
      {
        memset (frames, 0, sizeof *frames * DAILIES_REEL_MAX_SIDES);
        return FALSE;
      }
  }
  if (position != NULL)
    *position = self->here >= 0 ? self->here : find_position (self, frames, moment);
  *when = moment;

  return TRUE;
}

/* What everybody but the screen may pick: nothing later than what was last read for it. Otherwise a note or a step would count from
 * a picture that nobody has seen. */
static gint64
get_until (DailiesReelEngine *self)
{
  return self->order.told && self->order.moment >= 0 && self->here < 0 ? self->order.moment : G_MAXINT64;
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
  gint64 when;

  return pick (self, get_until (self), frames, position, &when);
}

/* With the lock. Whether all sides have something for one moment, however far behind that the screen is. */
gboolean
dailies_reel_engine_agrees (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  when;

  return pick (self, G_MAXINT64, frames, NULL, &when);
}

/* With the lock. */
void
dailies_reel_engine_drop (DailiesReelEngine *self,
                          guint              index)
{
  g_clear_pointer (&self->stills[index].sample, gst_sample_unref);
  self->stills[index].time = -1;
}

/* @when: (out): ns of running time, of what is kept; -1 where it is not from the pipeline. Returns: whether there was anything */
static gboolean
keep (DailiesReelEngine *self,
      gint64             until,
      gint64            *when)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  position = -1;

  /* Also while the sides do not agree on anything newer. */
  if (!pick (self, until, frames, &position, when) && dailies_reel_engine_count_sides (self) > 0)
    return FALSE;

  self->met = MAX (self->met, *when);
  self->still_position = position;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      GstSample *sample = frames[i] != NULL ? gst_sample_ref (frames[i]->sample) : NULL;

      dailies_reel_engine_drop (self, i);
      self->stills[i].sample = sample;
      if (sample != NULL)
        self->stills[i].time = frames[i]->time;
    }

  return TRUE;
}

/* With the lock. What is shown at this moment stays until the next time that all sides have landed: while they
 * are on their way some are there already, and some still look for a picture. */
void
dailies_reel_engine_keep (DailiesReelEngine *self)
{
  gint64 when;

  keep (self, get_until (self), &when);
}

/* With the lock. All sides have landed: that is shown next, and before anything that follows it. */
void
dailies_reel_engine_keep_landed (DailiesReelEngine *self)
{
  guint  changed = 0;
  gint64 when;

  if (!keep (self, G_MAXINT64, &when) || when < 0)
    return;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    if (self->stills[i].sample != NULL && self->stills[i].sample != self->taken[i])
      changed |= 1u << i;
  dailies_reel_order_take (&self->order, when, changed);
}

/* ns of running time: the last moment at which no side has left out a frame since what was last taken for the screen. */
static gint64
find_next (DailiesReelEngine *self)
{
  gint64 next = G_MAXINT64;

  if (self->order.moment < 0)
    return next;

  FOR_EACH_SIDE (self, i)
  {
    gboolean unseen = (self->order.unseen & (1u << i)) != 0;

    if (!dailies_reel_side_is_entering (self->sides[i]))
      next = MIN (next, dailies_reel_side_find_moment_before (self->sides[i], self->order.moment, unseen ? 1 : 2));
  }
  /* Nobody goes back, nor to where somebody has forgotten what it had. */
  next = MAX (next, self->order.moment);
  FOR_EACH_SIDE (self, i)
  {
    if (!dailies_reel_side_is_entering (self->sides[i]))
      next = MAX (next, dailies_reel_side_get_oldest (self->sides[i]));
  }

  return next;
}

/**
 * dailies_reel_engine_keep_next:
 *
 * With the lock. As dailies_reel_engine_keep(), for the screen: what the pipeline has played, frame by frame. Where it stands on a
 * place that was asked for, there is only that. Where there is no time for all frames, it is chosen elsewhere which are left out; and
 * what is played from the jogs is put up frame by frame.
 *
 * Returns: ns of running time, of what is kept; -1 where it is not from the pipeline
 */
gint64
dailies_reel_engine_keep_next (DailiesReelEngine *self)
{
  gint64 newest, next, when;

  if (self->scrubbing || self->here >= 0 || self->pace.step > 0 || !has_frames (self))
    {
      dailies_reel_order_begin (&self->order);
      keep (self, G_MAXINT64, &when);
      return when;
    }

  if (!self->running)
    dailies_reel_order_rest (&self->order);
  /* Who comes in may be due earlier than what is shown already. */
  newest = MAX (choose_moment (self), self->order.moment);
  next = dailies_reel_order_choose (
    &self->order, newest, MIN (find_next (self), newest), g_get_monotonic_time () * 1000);
  if (keep (self, next, &when) || (next < newest && keep (self, newest, &when)))
    return when;

  return self->order.moment;
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

/* ns of the reel, 0 when nothing is shown; while the jogs stand in for a flight, where that leads */
gint64
dailies_reel_engine_shown_time (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = -1;

  g_mutex_lock (&self->lock);
  if (!dailies_reel_engine_pick (self, frames, &time) && self->here < 0)
    time = self->still_position;
  if (time < 0 || self->scrubbing)
    time = self->here;
  g_mutex_unlock (&self->lock);

  return MAX (time, 0);
}

DailiesReelSide *
dailies_reel_engine_first_side (DailiesReelEngine *self)
{
  if (self->sides[self->lead] != NULL)
    return self->sides[self->lead];

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
