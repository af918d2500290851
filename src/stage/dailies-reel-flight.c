/* dailies-reel-flight.c: seeks and steps, and how they land
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include "dailies-reel-words.h"

/* --- seeks ------------------------------------------------------------------------------------ */

static GstSeekFlags
seek_flags (DailiesReelEngine *self,
            gboolean           flush)
{
  GstSeekFlags flags = GST_SEEK_FLAG_ACCURATE;

  if (flush)
    flags |= GST_SEEK_FLAG_FLUSH;
  if (dailies_reel_engine_can_loop_in_place (self))
    flags |= GST_SEEK_FLAG_SEGMENT;

  return flags;
}

/* Each side goes to its own frame that covers what the first side shows @frames away from @time; a
 * side that is shorter to its last one. */
void
dailies_reel_engine_fly_to (DailiesReelEngine *self,
                            gint64             time,
                            gint64             frames)
{
  GstSeekFlags     flags = seek_flags (self, TRUE);
  DailiesReelSide *lead = dailies_reel_engine_first_side (self);
  gint64           number = dailies_reel_side_get_target (lead, time, frames);
  gint64           start = dailies_reel_grid_start (dailies_reel_side_get_grid (lead), number);

  dailies_reel_engine_halt (self);
  g_mutex_lock (&self->lock);
  self->frozen = TRUE;
  self->rate_now = self->rate;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_set_flight (self, FLIGHT_SEEK);
  self->seqnum = gst_util_seqnum_next ();
  self->segment_done = FALSE;
  self->resync = FALSE;
  self->ended = FALSE;

  FOR_EACH_SIDE (self, i)
  {
    DailiesReelSide *side = self->sides[i];

    dailies_reel_side_seek (
      side, self->rate_now, flags, dailies_reel_side_get_target (side, start, 0), self->seqnum);
  }

  g_mutex_lock (&self->lock);
  self->frozen = FALSE;
  g_mutex_unlock (&self->lock);
}

/* From what is shown at this moment: nothing newer is picked on the way. */
void
dailies_reel_engine_fly_from_shown (DailiesReelEngine *self,
                                    gint64             frames)
{
  const DailiesReelFrame *picked[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = 0;

  g_mutex_lock (&self->lock);
  if (dailies_reel_engine_pick (self, picked) && dailies_reel_frames_first (picked) != NULL)
    time = dailies_reel_frames_first (picked)->time;
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);

  dailies_reel_engine_fly_to (self, time, frames);
}

static gboolean
same_grids (DailiesReelEngine *self)
{
  const DailiesReelGrid *first = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelGrid *grid = dailies_reel_side_get_grid (self->sides[i]);

    if (gst_util_fraction_compare (
          grid->fps_n, MAX (grid->fps_d, 1), first->fps_n, MAX (first->fps_d, 1)) != 0)
      return FALSE;
  }

  return TRUE;
}

/* Decoding on to the next frame is many times quicker than a seek, which starts at the last key
 * frame. */
gboolean
dailies_reel_engine_step_on (DailiesReelEngine *self,
                             int                frames)
{
  DailiesReelSide *lead = dailies_reel_engine_first_side (self);

  if (frames < 1 || frames > 12 || self->running || self->ended || !same_grids (self) ||
      !dailies_reel_engine_shows_newest (self) ||
      dailies_reel_side_is_last (lead, dailies_reel_engine_shown_time (self)))
    return FALSE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) self->serials[i] = dailies_reel_side_get_serial (self->sides[i]);
  g_mutex_unlock (&self->lock);

  dailies_reel_engine_set_flight (self, FLIGHT_STEP);
  self->resync = TRUE;
  FOR_EACH_SIDE (self, i) dailies_reel_side_step (self->sides[i], frames);

  return TRUE;
}

/* The next round begins where the last ended, without a flush: neither picture nor sound has a gap.
 */
void
dailies_reel_engine_loop_in_place (DailiesReelEngine *self)
{
  GstSeekFlags flags = seek_flags (self, FALSE);

  self->segment_done = FALSE;
  self->seqnum = gst_util_seqnum_next ();
  self->loop_started = g_get_monotonic_time ();
  FOR_EACH_SIDE (self, i)
    dailies_reel_side_seek (self->sides[i], self->rate_now, flags, 0, self->seqnum);
}

/* --- landing ---------------------------------------------------------------------------------- */

static DailiesReelSettled
settle_side (DailiesReelEngine *self,
             guint              index)
{
  DailiesReelSide   *side = self->sides[index];
  DailiesReelSettled settled;
  gboolean           blind, moved;
  gint64             again = 0;

  g_mutex_lock (&self->lock);
  blind = dailies_reel_side_lacks_video (side);
  moved = dailies_reel_side_get_serial (side) != self->serials[index];
  g_mutex_unlock (&self->lock);

  if (blind)
    return DAILIES_REEL_EMPTY;
  if (self->flight == FLIGHT_STEP)
    return moved ? DAILIES_REEL_SETTLED : DAILIES_REEL_WAITING;

  settled = dailies_reel_side_settle (side, &again);
  /* With a number of its own: elements ignore a seek whose number they have seen. */
  if (settled == DAILIES_REEL_AGAIN)
    dailies_reel_side_seek (
      side, self->rate_now, seek_flags (self, TRUE), again, gst_util_seqnum_next ());

  return settled;
}

static gboolean
is_late (DailiesReelEngine *self)
{
  return self->flight != FLIGHT_NONE && g_get_monotonic_time () > self->deadline;
}

/* A clip on which nothing has worked for a second will not begin any more. */
static gboolean
gave_up (DailiesReelEngine *self,
         guint              index)
{
  gint64 now = g_get_monotonic_time ();

  if (self->flight != FLIGHT_LOAD || !dailies_reel_side_is_idle (self->sides[index]))
    {
      self->idle_since[index] = 0;
      return FALSE;
    }
  if (self->idle_since[index] == 0)
    self->idle_since[index] = now;

  return now - self->idle_since[index] > G_TIME_SPAN_SECOND / 2;
}

/* The clips whose first frame came take part from now on. */
static void
join_sides (DailiesReelEngine *self)
{
  gboolean fresh = FALSE;
  gint64   time = dailies_reel_engine_shown_time (self);

  g_mutex_lock (&self->lock);
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
  {
    gboolean joined;

    g_mutex_lock (&self->lock);
    joined = dailies_reel_side_has_joined (self->sides[i]);
    g_mutex_unlock (&self->lock);

    if (joined)
      continue;

    fresh = TRUE;
    dailies_reel_side_join (self->sides[i]);
    gst_element_set_locked_state (dailies_reel_side_get_element (self->sides[i]), FALSE);
  }

  /* One seek puts all of them on the same running time. Nothing is picked before: the new ones
   * still show their start. */
  if (fresh && dailies_reel_engine_count_sides (self) > 1)
    {
      dailies_reel_engine_fly_to (self, time, 0);
      return;
    }

  g_mutex_lock (&self->lock);
  self->frozen = FALSE;
  g_mutex_unlock (&self->lock);
  self->resync = self->resync || (fresh && (self->looping_now || self->rate != 1));
}

static void
fail_silent_side (DailiesReelEngine *self,
                  guint              index)
{
  g_autoptr (GError) error = g_error_new_literal (
    GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX, "The demuxer stopped before the first picture");

  dailies_reel_engine_fail_side (
    self, index, dailies_reel_side_explain (self->sides[index], error));
}

/* Returns: whether the flight is over */
gboolean
dailies_reel_engine_settle (DailiesReelEngine *self)
{
  gboolean landed = TRUE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->sides[i] == NULL)
        continue;

      switch (settle_side (self, i))
        {
        case DAILIES_REEL_SETTLED:
          break;
        case DAILIES_REEL_EMPTY:
          dailies_reel_engine_fail_side (self, i, dailies_reel_side_explain (self->sides[i], NULL));
          break;
        case DAILIES_REEL_WAITING:
        case DAILIES_REEL_AGAIN:
        default:
          if (gave_up (self, i))
            fail_silent_side (self, i);
          else if (is_late (self))
            dailies_reel_engine_fail_side (
              self,
              i,
              dailies_reel_explain_stall (dailies_reel_side_get_file (self->sides[i]),
                                          PATIENCE_SECONDS));
          else
            landed = FALSE;
          break;
        }
    }

  if (!landed)
    return FALSE;

  if (self->flight == FLIGHT_LOAD)
    {
      dailies_reel_engine_set_flight (self, FLIGHT_NONE);
      join_sides (self);
    }
  else
    {
      dailies_reel_engine_set_flight (self, FLIGHT_NONE);
    }

  return self->flight == FLIGHT_NONE;
}
