/* dailies-reel-rescue.c: sides that do not keep up, whatever they leave out, are brought to where the clock is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* How long nothing could be shown in step, in µs, before all sides jump. */
#define STUCK_FOR (6 * G_TIME_SPAN_SECOND / 5)
/* How long the jump itself is thought to take, in µs. */
#define SHORTEST_JUMP (G_TIME_SPAN_SECOND / 10)
#define LONGEST_JUMP  (2 * G_TIME_SPAN_SECOND)

static gboolean
keeps_up (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gboolean                fine;

  g_mutex_lock (&self->lock);
  fine = self->scrubbing || dailies_reel_engine_pick (self, frames, NULL);
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

  if (keeps_up (self))
    self->in_step = now;
  if (now - self->in_step < STUCK_FOR)
    return FALSE;

  self->in_step = now;
  target = find_target (self);
  if (target < 0)
    return FALSE;

  g_debug ("The sides do not keep up: all go to %" GST_TIME_FORMAT, GST_TIME_ARGS (target));
  dailies_reel_engine_fly_to (self, target, 0);
  return TRUE;
}
