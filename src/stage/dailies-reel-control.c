/* dailies-reel-control.c: the thread that brings the pipeline to what is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include <gst/pbutils/pbutils.h>

#define MESSAGES                                                                                   \
  (GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_SEGMENT_DONE | GST_MESSAGE_APPLICATION |      \
   GST_MESSAGE_CLOCK_LOST | GST_MESSAGE_ELEMENT)

/* --- doing what is wanted --------------------------------------------------------------------- */

static void
apply_settings (DailiesReelEngine *self)
{
  gboolean sound, looping, muted;
  double   level;

  g_mutex_lock (&self->lock);
  sound = self->sound_changed;
  self->sound_changed = FALSE;
  level = self->level;
  muted = self->muted;
  looping = self->looping;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
  {
    if (sound)
      dailies_reel_side_set_sound (self->sides[i], level, muted);
    if (looping != self->looping_now)
      dailies_reel_side_set_looping (self->sides[i], looping);
  }
  self->looping_now = looping;
}

/* A paused picture is made anew in its new size; a playing one changes with the next frame. */
static gboolean
apply_tiles (DailiesReelEngine *self)
{
  gboolean changed = FALSE;
  Slot     slots[DAILIES_REEL_MAX_SIDES];

  g_mutex_lock (&self->lock);
  memcpy (slots, self->slots, sizeof slots);
  self->tiles_changed = FALSE;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
    changed |= dailies_reel_side_set_tile (self->sides[i], slots[i].width, slots[i].height);

  if (!changed || self->running)
    return FALSE;

  dailies_reel_engine_fly_from_shown (self, 0);
  return TRUE;
}

static gboolean
move (DailiesReelEngine *self,
      gint64             position,
      int                steps)
{
  if (position >= 0)
    dailies_reel_engine_fly_to (self, position, steps);
  else if (!dailies_reel_engine_step_on (self, steps))
    dailies_reel_engine_fly_from_shown (self, steps);

  return TRUE;
}

static gboolean
apply_playing (DailiesReelEngine *self,
               gboolean           playing)
{
  gint64 time;

  if (!playing)
    {
      dailies_reel_engine_halt (self);
      return FALSE;
    }

  if (self->running)
    {
      if (self->rate == self->rate_now)
        return FALSE;
      dailies_reel_engine_fly_from_shown (self, 0);
      return TRUE;
    }

  time = dailies_reel_engine_shown_time (self);
  if (self->ended || (!self->looping_now && time > 0 &&
                      dailies_reel_side_is_last (dailies_reel_engine_first_side (self), time)))
    {
      dailies_reel_engine_fly_to (self, 0, 0);
      return TRUE;
    }
  if (self->resync || self->rate != self->rate_now)
    {
      dailies_reel_engine_fly_from_shown (self, 0);
      return TRUE;
    }

  self->loop_started = g_get_monotonic_time ();
  self->running = TRUE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return FALSE;
}

/* Returns: whether something was started that must land first */
static gboolean
act (DailiesReelEngine *self)
{
  gboolean playing, tiles;
  gint64   seek;
  int      steps;

  apply_settings (self);
  if (dailies_reel_engine_count_sides (self) == 0)
    {
      dailies_reel_engine_want_pause (self);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  seek = self->seek;
  steps = self->steps;
  playing = self->playing;
  tiles = self->tiles_changed;
  self->seek = -1;
  self->steps = 0;
  g_mutex_unlock (&self->lock);

  if (seek >= 0 || steps != 0)
    return move (self, seek, steps);
  if (tiles && apply_tiles (self))
    return TRUE;
  if (self->looping_now && self->segment_done)
    dailies_reel_engine_loop_in_place (self);

  return apply_playing (self, playing);
}

/* --- what the pipeline says ------------------------------------------------------------------- */

static void
handle_error (DailiesReelEngine *self,
              GstMessage        *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      DailiesReelSide *side = self->sides[i];

      if (side == NULL || !dailies_reel_side_owns (side, GST_MESSAGE_SRC (message)))
        continue;

      g_debug ("Side %u: %s: %s", i, error->message, debug);
      if (!dailies_reel_side_owns_sound (side, GST_MESSAGE_SRC (message)))
        {
          dailies_reel_engine_fail_side (self, i, dailies_reel_side_explain (side, error));
          return;
        }

      /* The device was unplugged, or the sound server went away: the picture goes on from here
       * without it. */
      g_mutex_lock (&self->lock);
      self->slots[i].deaf = TRUE;
      self->slots[i].changed = TRUE;
      g_mutex_unlock (&self->lock);
      if (self->flight != FLIGHT_LOAD)
        dailies_reel_engine_seek (self, dailies_reel_engine_shown_time (self));
      return;
    }
}

static void
handle_end (DailiesReelEngine *self)
{
  gboolean ended = TRUE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) ended = ended && dailies_reel_side_at_end (self->sides[i]);
  g_mutex_unlock (&self->lock);

  /* It may be from before the last seek. */
  if (!ended || !self->running || self->flight != FLIGHT_NONE)
    return;

  FOR_EACH_SIDE (self, i) dailies_reel_side_note_end (self->sides[i]);

  if (self->looping_now &&
      g_get_monotonic_time () - self->loop_started > (gint64) SHORTEST_LOOP / 1000)
    {
      dailies_reel_engine_fly_to (self, 0, 0);
      return;
    }

  dailies_reel_engine_halt (self);
  self->ended = TRUE;
  dailies_reel_engine_want_pause (self);
}

static void
handle_missing (DailiesReelEngine *self,
                GstMessage        *message)
{
  if (!gst_is_missing_plugin_message (message))
    return;

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_owns (self->sides[i], GST_MESSAGE_SRC (message)))
      dailies_reel_side_note_missing (self->sides[i], message);
  }
}

static void
handle (DailiesReelEngine *self,
        GstMessage        *message)
{
  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      handle_error (self, message);
      break;

    case GST_MESSAGE_EOS:
      handle_end (self);
      break;

    case GST_MESSAGE_SEGMENT_DONE:
      /* One from before the last seek says nothing any more. */
      if (gst_util_seqnum_compare (gst_message_get_seqnum (message), self->seqnum) >= 0)
        self->segment_done = TRUE;
      break;

    case GST_MESSAGE_CLOCK_LOST:
      if (self->running)
        {
          gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
          gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
        }
      break;

    case GST_MESSAGE_ELEMENT:
      handle_missing (self, message);
      break;

    default:
      break;
    }
}

/* --- the control thread ----------------------------------------------------------------------- */

static void
publish (DailiesReelEngine *self)
{
  gint64 duration = 0;

  FOR_EACH_SIDE (self, i)
    duration = MAX (duration, dailies_reel_side_get_duration (self->sides[i]));

  g_mutex_lock (&self->lock);
  self->report.duration = duration;
  self->report.playing = self->playing;
  self->report.n_sides = dailies_reel_engine_count_sides (self);
  g_mutex_unlock (&self->lock);

  self->func (self->data);
}

gpointer
dailies_reel_engine_control (gpointer data)
{
  DailiesReelEngine *self = data;

  gst_element_set_state (self->pipeline, GST_STATE_READY);

  for (;;)
    {
      g_autoptr (GstMessage) message = NULL;
      gboolean quit;

      g_mutex_lock (&self->lock);
      quit = self->quit;
      g_mutex_unlock (&self->lock);
      if (quit)
        break;

      dailies_reel_engine_change_sides (self);
      while (self->flight == FLIGHT_NONE || dailies_reel_engine_settle (self))
        {
          if (!act (self))
            break;
        }
      publish (self);

      message = gst_bus_timed_pop_filtered (
        self->bus, self->flight != FLIGHT_NONE ? GST_SECOND : GST_CLOCK_TIME_NONE, MESSAGES);
      if (message != NULL)
        handle (self, message);
    }

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_reel_engine_remove_side (self, i);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);

  return NULL;
}
