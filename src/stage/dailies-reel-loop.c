/* dailies-reel-loop.c: one round after the other, and what becomes of a loop that is switched while a round is on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* Neither picture nor sound has a gap: nothing is flushed. */
static void
loop_in_place (DailiesReelEngine *self)
{
  DailiesReelCourse course;

  if (!dailies_reel_engine_get_next_round (self, &course, 0))
    return;

  course.flags &= ~GST_SEEK_FLAG_FLUSH;
  course.seqnum = gst_util_seqnum_next ();
  self->course = course;
  self->round++;
  dailies_reel_engine_note_round (self);
  self->loop_started = g_get_monotonic_time ();
  FOR_EACH_SIDE (self, i)
  {
    self->done[i] = self->ahead[i] && self->ahead_done[i];
    if (!self->ahead[i])
      dailies_reel_side_fly (self->sides[i], &course);
    self->ahead[i] = self->ahead_done[i] = FALSE;
  }
}

/* Whether the streams have been sent beyond the round that is being seen. */
static gboolean
is_in_next_round (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i)
  {
    if (self->ahead[i])
      return TRUE;
  }

  return self->course.running > 0 && dailies_reel_engine_now (self) < self->course.start;
}

static gboolean
is_committed (DailiesReelEngine *self)
{
  gboolean committed = FALSE;

  FOR_EACH_SIDE (self, i) committed |= dailies_reel_side_is_committed (self->sides[i]);

  return committed;
}

/* The end of the clips, or of the range, is what stands on the stage: it stays, and play begins anew. */
static void
end_here (DailiesReelEngine *self)
{
  dailies_reel_engine_fly_from_shown (self, 0);
  self->ended = TRUE;
  dailies_reel_engine_want_pause (self);
}

/* Whether @time, ns of the reel, is on the last frame of what is played, or behind it. */
gboolean
dailies_reel_engine_is_at_end (DailiesReelEngine *self,
                               gint64             time)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 begin, end;

  dailies_reel_engine_get_round (self, 0, &begin, &end);

  return dailies_reel_grid_number (grid, grid->origin + time) >= dailies_reel_engine_last_number (self) ||
         (end >= 0 && time + dailies_reel_grid_length (grid) / 4 >= dailies_reel_grid_last_before (grid, end));
}

/* From now on a round is followed by another, or by the end. */
void
dailies_reel_engine_switch_loop (DailiesReelEngine *self,
                                 gboolean           looping)
{
  self->looping_now = looping;
  FOR_EACH_SIDE (self, i) dailies_reel_side_set_looping (self->sides[i], looping);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->arrivals[i].side != NULL)
        dailies_reel_side_set_looping (self->arrivals[i].side, looping);
    }
  if (dailies_reel_engine_count_sides (self) == 0)
    return;

  /* Where it stands the clock does not tell which round its streams are in. */
  if (!self->running && (self->course.running > 0 || is_committed (self)))
    self->resync = TRUE;
  dailies_reel_engine_note_round (self);
}

/**
 * dailies_reel_engine_mend_loop:
 *
 * While it plays. What was decoded ahead for a loop that has been switched since, comes again from where it is.
 *
 * Returns: whether a flight was started that must land first
 */
gboolean
dailies_reel_engine_mend_loop (DailiesReelEngine *self)
{
  if (!is_committed (self) && (self->looping_now || !is_in_next_round (self)))
    return FALSE;

  if (!self->looping_now && dailies_reel_engine_is_at_end (self, dailies_reel_engine_shown_time (self)))
    end_here (self);
  else
    dailies_reel_engine_fly_from_shown (self, 0);
  return TRUE;
}

/* While it plays in a loop: the next round begins once the demuxers of all sides are through. */
void
dailies_reel_engine_go_round (DailiesReelEngine *self)
{
  if (!self->running || !self->looping_now)
    return;

  FOR_EACH_SIDE (self, i)
  {
    if (!self->done[i])
      return;
  }
  loop_in_place (self);
}
