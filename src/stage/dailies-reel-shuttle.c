/* dailies-reel-shuttle.c: playing from the jogs, while the pipeline stands
 *
 * Backwards always, by seeks as quickly as they land while a jog is not there. Forwards where decoding all sides at once would take
 * the whole machine, or more: a frame of a jog costs a quarter of what decoding and scaling it anew does, and all sides are at the same one
 * by construction. What is heard then comes from memory.
 *
 * Where it is follows from the time that has passed, so a slow disk skips frames and never shows a wrong one. Where something was
 * held up only for a moment, what is due is put up frame by frame.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* Of all clips together: jogs of more would take longer than somebody waits … */
#define LONGEST_HELD (60 * (gint64) GST_SECOND)
/* … which is so many µs. */
#define LONGEST_HOLD (30 * G_TIME_SPAN_SECOND)

/* ns: so often it is looked whether the screen's time is up; a screen that has shown something wakes this thread. */
#define SCREEN_WAIT (10 * (gint64) GST_MSECOND)

/* --- whether ---------------------------------------------------------------------------------- */

static gboolean
has_all_frames (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i)
  {
    if (self->jogs[i] == NULL || !dailies_jog_is_playable (self->jogs[i]))
      return FALSE;
  }

  return dailies_reel_engine_get_end (self) > 0;
}

static gboolean
leaves_out_frames (DailiesReelEngine *self)
{
  gboolean thinned;

  g_mutex_lock (&self->lock);
  thinned = self->running && self->pace.step > 0;
  g_mutex_unlock (&self->lock);

  return thinned;
}

/* Whether what stands on the stage can be played forwards from jogs at all, once they are there. */
static gboolean
suits (DailiesReelEngine *self)
{
  return dailies_reel_engine_count_sides (self) > 1 && !self->jogs_fail && !dailies_reel_engine_has_arrivals (self) &&
         /* Frames are shown when the lead's change: at another rate, some of the other side's would never be seen. */
         dailies_reel_engine_has_one_rate (self) &&
         dailies_reel_grid_is_even (dailies_reel_side_get_grid (dailies_reel_engine_first_side (self)));
}

/* Whether the pipeline cannot play all sides at once: then the making of jogs does not give way to it. */
gboolean
dailies_reel_engine_wants_to_roll (DailiesReelEngine *self)
{
  self->overtaxed |= leaves_out_frames (self);

  return (self->overtaxed || dailies_reel_engine_count_sides (self) > g_get_num_processors ()) && suits (self);
}

/* Whether playing from the jogs is better than by the pipeline, should they be there: decoding would leave nothing of the machine
 * to anything else. */
gboolean
dailies_reel_engine_would_roll (DailiesReelEngine *self)
{
  return dailies_reel_engine_wants_to_roll (self) ||
         (dailies_reel_engine_count_sides (self) >= g_get_num_processors () && suits (self));
}

gboolean
dailies_reel_engine_can_roll (DailiesReelEngine *self)
{
  return dailies_reel_engine_would_roll (self) && has_all_frames (self) && dailies_reel_engine_can_be_heard (self);
}

/* Whether the jogs of all sides are there, or will be before long. */
static gboolean
are_jogs_near (DailiesReelEngine *self)
{
  gint64 length = 0;

  FOR_EACH_SIDE (self, i)
  {
    if (self->jogs[i] == NULL || (!dailies_jog_is_playable (self->jogs[i]) && !dailies_jog_is_being_made (self->jogs[i])))
      return FALSE;
    length += dailies_reel_side_get_duration (self->sides[i]);
  }

  return length <= LONGEST_HELD;
}

/**
 * dailies_reel_engine_holds:
 *
 * Where there is no time to decode all sides, there is none to make jogs either: they would never be ready, and play would stutter
 * for ever. So what has begun to stutter stands, until it goes on from the jogs.
 *
 * Returns: whether play waits for them
 */
gboolean
dailies_reel_engine_holds (DailiesReelEngine *self)
{
  gint64   now = g_get_monotonic_time ();
  gboolean begins = !self->holding && leaves_out_frames (self);

  if (begins && self->hold_until == 0)
    self->hold_until = now + LONGEST_HOLD;
  self->holding = (self->holding || begins) && now < self->hold_until &&
                  dailies_reel_engine_count_sides (self) > g_get_num_processors () &&
                  dailies_reel_engine_wants_to_roll (self) && !has_all_frames (self) && are_jogs_near (self);

  return self->holding;
}

/* --- how -------------------------------------------------------------------------------------- */

/* Returns: whether a flight was started that must land first */
static gboolean
go_to (DailiesReelEngine *self,
       gint64             time)
{
  gint64 scrubbed_at = self->scrubbed_at;

  if (!dailies_reel_engine_scrub (self, time, 0))
    {
      /* Forwards the pipeline is better at it. */
      if (self->roll_speed > 0)
        {
          self->jogs_fail = TRUE;
          self->roll_from = -1;
        }
      dailies_reel_engine_fly_to (self, time, 0);
      return TRUE;
    }

  /* No pointer rests here: what comes next need not wait for it. */
  g_mutex_lock (&self->lock);
  self->scrubbed_at = scrubbed_at;
  self->scrubbed_playing = FALSE;
  g_mutex_unlock (&self->lock);
  return FALSE;
}

/* @since: µs, monotonic */
static void
begin (DailiesReelEngine *self,
       gint64             from,
       gint64             since,
       double             speed)
{
  self->roll_from = from;
  self->roll_since = since;
  self->roll_speed = speed;
}

/* ns of the reel at this moment */
static gint64
get_time (DailiesReelEngine *self)
{
  return self->roll_from +
         (gint64) ((g_get_monotonic_time () - self->roll_since) * 1000 * self->roll_speed);
}

static gint64
get_number (DailiesReelEngine *self,
            gint64             time)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));

  return MIN (dailies_reel_grid_number (grid, grid->origin + time), dailies_reel_engine_last_number (self));
}

/* Returns: ns of the reel in the last frame before @end: a tenth of a frame before it would mean the frame behind it */
static gint64
get_last (DailiesReelEngine *self,
          gint64             end)
{
  return end - dailies_reel_grid_length (dailies_reel_side_get_grid (dailies_reel_engine_first_side (self))) / 2;
}

/* @due: frames. Returns: how many of them it goes on: what the screen has not shown yet stays */
static gint64
count_steps (DailiesReelEngine *self,
             gint64             due)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 next;

  g_mutex_lock (&self->lock);
  next = dailies_reel_order_has_unseen (&self->roll_order) ? 0 : 1;
  /* A place that had to be flown to, for want of a jog, is late anyway: it goes straight to what is due. */
  if (!self->scrubbing || dailies_reel_grid_length (grid) < DAILIES_REEL_ORDER_SHORTEST * ABS (self->roll_speed))
    dailies_reel_order_rest (&self->roll_order);
  else
    due = dailies_reel_order_choose (&self->roll_order, due, MIN (next, due), g_get_monotonic_time () * 1000);
  g_mutex_unlock (&self->lock);

  return due;
}

/* @time: ns of the reel, in this round: where it should be by now. Returns: whether a flight was started that must land first */
static gboolean
move_on (DailiesReelEngine *self,
         gint64             shown,
         gint64             time)
{
  gint64 from = get_number (self, shown);
  gint64 due = get_number (self, time) - from;
  gint64 steps = count_steps (self, ABS (due));

  if (steps == 0)
    return FALSE;

  if (steps < ABS (due))
    time = dailies_reel_engine_find_moment (self, from + (due > 0 ? steps : -steps));

  return go_to (self, time);
}

static gboolean
roll_back (DailiesReelEngine *self,
           gint64             shown,
           double             speed)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 first, end, time;
  gboolean               at_first;

  dailies_reel_engine_get_round (self, 0, &first, &end);
  at_first = get_number (self, shown) == get_number (self, first);
  if (self->roll_from < 0 || self->roll_speed != speed)
    begin (self, shown, g_get_monotonic_time (), speed);

  time = get_time (self);
  if (time < first || shown < first || (end >= 0 && shown >= end))
    {
      if (shown > first && shown < end && !at_first)
        {
          /* The first frame is seen before anything else. */
          return move_on (self, shown, first);
        }
      if (at_first && count_steps (self, 1) == 0)
        return FALSE;
      if (!self->looping_now && at_first)
        {
          self->roll_from = -1;
          dailies_reel_engine_want_pause (self);
          return FALSE;
        }
      time = MAX (end >= 0 ? dailies_reel_grid_last_before (grid, end) : shown, first);
      begin (self, time, g_get_monotonic_time (), speed);
      return get_number (self, time) != get_number (self, shown) && go_to (self, time);
    }

  return move_on (self, shown, time);
}

/* The round is through. Returns: whether another follows, which has begun when this one ended */
static gboolean
turn (DailiesReelEngine *self,
      gint64             first,
      gint64             end)
{
  gint64 now = g_get_monotonic_time ();
  gint64 over = self->roll_since + (gint64) ((end - self->roll_from) / self->roll_speed / 1000);

  if (!self->looping_now || end - first < (gint64) SHORTEST_LOOP)
    {
      self->roll_from = -1;
      self->ended = TRUE;
      dailies_reel_engine_want_pause (self);
      return FALSE;
    }

  /* The sound has gone on by itself. */
  self->voice_base += end - self->roll_from;
  /* Where it stood still for a while, nothing is left out to make up for it. */
  begin (self, first, now - over < (gint64) SHORTEST_LOOP / 1000 ? over : now, self->roll_speed);
  return TRUE;
}

static gboolean
roll_on (DailiesReelEngine *self,
         gint64             shown,
         double             speed)
{
  gint64 first, end, last, time;

  dailies_reel_engine_get_round (self, 0, &first, &end);
  last = get_last (self, end);
  /* Also where another range was chosen meanwhile. */
  if (self->roll_from < 0 || self->roll_speed != speed || shown < first || shown >= end)
    {
      gboolean over = self->ended || shown < first || shown >= end ||
                      (shown > first && self->roll_from < 0 && dailies_reel_engine_is_at_end (self, shown));

      if (over)
        shown = first;
      if (self->roll_from < 0)
        g_debug ("Playing from the jogs, from %" GST_TIME_FORMAT, GST_TIME_ARGS (shown));
      begin (self, shown, g_get_monotonic_time (), speed);
      self->roll_begins = TRUE;
      self->under_way = TRUE;
      self->ended = FALSE;
      self->moves++;
      return over && go_to (self, shown);
    }

  dailies_reel_engine_listen (self, first, end);
  self->roll_begins = FALSE;
  /* The clock of a device is not as even as it looks. */
  time = MAX (get_time (self), shown);
  if (time >= end)
    {
      /* The last frame is seen before anything else. */
      if (get_number (self, shown) < get_number (self, last))
        return move_on (self, shown, last);
      if (count_steps (self, 1) == 0 || !turn (self, first, end))
        return FALSE;
      return get_number (self, first) != get_number (self, shown) && go_to (self, first);
    }

  return move_on (self, shown, MIN (time, last));
}

/**
 * dailies_reel_engine_roll:
 * @speed: negative is backwards
 *
 * Returns: whether a flight was started that must land first
 */
gboolean
dailies_reel_engine_roll (DailiesReelEngine *self,
                          double             speed)
{
  gint64 shown = dailies_reel_engine_shown_time (self);

  if (speed < 0)
    {
      dailies_reel_engine_halt (self);
      return roll_back (self, shown, speed);
    }

  /* Clips that were opened together begin together; and a pointer that drags has to rest first. */
  if (dailies_reel_engine_is_gathering (self) || (self->roll_from < 0 && dailies_reel_engine_rest_wait (self) > 0))
    return FALSE;

  dailies_reel_engine_halt (self);
  return roll_on (self, shown, speed);
}

/* Returns: ns until the next frame is due; -1 when nothing is played from the jogs */
gint64
dailies_reel_engine_roll_wait (DailiesReelEngine *self)
{
  DailiesReelSide       *lead = dailies_reel_engine_first_side (self);
  const DailiesReelGrid *grid;
  gint64                 shown, next, due;
  gboolean               waits;

  if (self->roll_from < 0 || lead == NULL)
    return -1;

  g_mutex_lock (&self->lock);
  waits = dailies_reel_order_holds (&self->roll_order) && dailies_reel_order_has_unseen (&self->roll_order);
  g_mutex_unlock (&self->lock);
  if (waits)
    return SCREEN_WAIT;

  grid = dailies_reel_side_get_grid (lead);
  shown = dailies_reel_engine_shown_time (self);
  if (self->roll_speed < 0)
    {
      /* A time a tenth of a frame early still means that frame. */
      next = shown - dailies_reel_grid_length (grid) / 9;
    }
  else
    {
      gint64 first, end;

      dailies_reel_engine_get_round (self, 0, &first, &end);
      next = dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + shown) + 1);
      if (get_number (self, shown) >= get_number (self, get_last (self, end)))
        next = MAX (next, end);
    }
  due = self->roll_since * 1000 + (gint64) ((next - self->roll_from) / self->roll_speed);

  return MAX (due - g_get_monotonic_time () * 1000, (gint64) GST_MSECOND);
}
