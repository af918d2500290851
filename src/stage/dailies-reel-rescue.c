/* dailies-reel-rescue.c: sides that do not keep up, whatever they leave out: the clock waits for them, or they jump to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* How long nothing could be shown in step, in µs, before all sides jump. */
#define STUCK_FOR (6 * G_TIME_SPAN_SECOND / 5)
/* Likewise where the clock waits for them. */
#define WAITED_FOR (5 * G_TIME_SPAN_SECOND)
/* How long the jump itself is thought to take, in µs. */
#define SHORTEST_JUMP (G_TIME_SPAN_SECOND / 10)
#define LONGEST_JUMP  (2 * G_TIME_SPAN_SECOND)
/* A side so far behind, in ns, is not just held up for a moment … */
#define LAG (200 * (gint64) GST_MSECOND)
/* … where it has not come nearer to the clock in so many µs. */
#define LOOK (G_TIME_SPAN_SECOND / 4)
/* ns: so much before what it has reached the clock goes on. */
#define RESERVE (50 * (gint64) GST_MSECOND)

/* --- the clock waits -------------------------------------------------------------------------- */

static gint64
get_running (DailiesReelEngine *self)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (self->pipeline);

  if (clock == NULL)
    return -1;

  return (gint64) gst_clock_get_time (clock) - (gint64) gst_element_get_base_time (self->pipeline);
}

/* Returns: ns that the last of the sides is behind the clock; not more than what all can still show */
static gint64
find_lag (DailiesReelEngine *self)
{
  gint64 running = get_running (self);
  gint64 lag = 0;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i)
  {
    gint64 reached = dailies_reel_side_get_reached (self->sides[i]);

    if (reached >= 0)
      lag = MAX (lag, running - MAX (reached, self->pace.gone));
  }
  g_mutex_unlock (&self->lock);

  return lag;
}

static gboolean
is_waiting (DailiesReelEngine *self,
            gint64             now)
{
  gboolean waits;

  g_mutex_lock (&self->lock);
  waits = dailies_reel_pace_waits (&self->pace, now * 1000);
  g_mutex_unlock (&self->lock);

  return waits;
}

static void
set_base_cb (const GValue *element,
             gpointer      base)
{
  gst_element_set_base_time (g_value_get_object (element), *(GstClockTime *) base);
}

/* Sinks that play ask for it with each buffer. */
static void
put_back_clock (DailiesReelEngine *self,
                gint64             by)
{
  GstClockTime base = gst_element_get_base_time (self->pipeline) + (GstClockTime) by;
  GstIterator *elements = gst_bin_iterate_recurse (GST_BIN (self->pipeline));

  gst_element_set_base_time (self->pipeline, base);
  while (gst_iterator_foreach (elements, set_base_cb, &base) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (elements);
  gst_iterator_free (elements);
}

/* A machine that cannot decode as fast as the clips go shows them slower: what it has decoded is not thrown away, as a
 * jump would, after which it all begins again at the last key frame. */
static void
wait_for_sides (DailiesReelEngine *self,
                gint64             now)
{
  gint64 before = self->lag;

  if (now - self->lag_seen < LOOK)
    return;

  self->lag = find_lag (self);
  self->lag_seen = now;
  if (self->lag < LAG || self->lag < before - before / 8 || (before < LAG / 2 && !is_waiting (self, now)))
    return;

  g_debug ("The sides do not keep up: the clock goes back by %" G_GINT64_FORMAT " ms", self->lag / (gint64) GST_MSECOND);
  put_back_clock (self, self->lag + RESERVE);
  g_mutex_lock (&self->lock);
  dailies_reel_pace_wait (&self->pace, now * 1000);
  g_mutex_unlock (&self->lock);
  self->lag = 0;
}

/* --- the sides jump --------------------------------------------------------------------------- */

static gboolean
keeps_up (DailiesReelEngine *self)
{
  gboolean fine;

  g_mutex_lock (&self->lock);
  fine = self->scrubbing || dailies_reel_engine_agrees (self);
  FOR_EACH_SIDE (self, i)
    fine = fine && !dailies_reel_side_is_behind (self->sides[i]) &&
           !dailies_reel_side_is_entering (self->sides[i]);
  g_mutex_unlock (&self->lock);

  return fine;
}

/* Where the clock will be when all have arrived. Returns: ns of the reel; -1 behind the end, which comes by itself */
static gint64
find_target (DailiesReelEngine *self)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64 jump = CLAMP (self->flight_time, SHORTEST_JUMP, LONGEST_JUMP) * 1000;
  gint64 target = dailies_reel_engine_now (self) + (gint64) (jump * self->course.rate);
  gint64 begin, end;

  dailies_reel_engine_get_round (self, 0, &begin, &end);
  if (end < 0 || target < end - 2 * dailies_reel_grid_length (grid))
    return MAX (target, begin);
  if (!self->looping_now || end - begin < (gint64) SHORTEST_LOOP)
    return -1;

  return begin + (MAX (target - end, 0) % (end - begin));
}

/**
 * dailies_reel_engine_rescue:
 *
 * While it plays. Each such jump shows one moment on all sides: however slow the machine, playing goes on.
 *
 * Returns: whether a flight was started that must land first
 */
gboolean
dailies_reel_engine_rescue (DailiesReelEngine *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 target;

  wait_for_sides (self, now);
  if (keeps_up (self))
    self->in_step = now;
  if (now - self->in_step < (is_waiting (self, now) ? WAITED_FOR : STUCK_FOR))
    return FALSE;

  self->in_step = now;
  target = find_target (self);
  if (target < 0)
    return FALSE;

  g_debug ("The sides do not keep up: all go to %" GST_TIME_FORMAT, GST_TIME_ARGS (target));
  dailies_reel_engine_fly_to (self, target, 0);
  return TRUE;
}
