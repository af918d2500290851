/* dailies-reel-control.c: the thread that brings the pipeline to what is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include <gst/pbutils/pbutils.h>

#include "dailies-heap.h"
#include "dailies-picture-memory.h"
#include "dailies-stop.h"

#define MESSAGES                                                                                   \
  (GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_SEGMENT_DONE | GST_MESSAGE_APPLICATION |      \
   GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ELEMENT)

/* µs of play: whoever goes on looking will go round, and have use for jogs. */
#define GLANCE (12 * G_TIME_SPAN_SECOND)
/* µs */
#define TIDY_INTERVAL (30 * G_TIME_SPAN_SECOND)

/* --- doing what is wanted --------------------------------------------------------------------- */

static void
apply_sound (DailiesReelEngine *self)
{
  double gain;
  int    audible;

  g_mutex_lock (&self->lock);
  self->sound_changed = FALSE;
  gain = self->muted ? 0 : self->level;
  audible = self->audible;
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      DailiesReelSide *side = self->sides[i] != NULL ? self->sides[i] : self->arrivals[i].side;

      if (side != NULL)
        dailies_reel_side_set_gain (side, (int) i == audible ? gain : 0);
    }
}

static void
apply_settings (DailiesReelEngine *self)
{
  gboolean sound, looping;

  g_mutex_lock (&self->lock);
  sound = self->sound_changed;
  looping = self->looping;
  g_mutex_unlock (&self->lock);

  if (sound)
    apply_sound (self);
  if (looping == self->looping_now)
    return;

  dailies_reel_engine_switch_loop (self, looping);
}

/* Returns: whether sides have to move against each other */
static gboolean
apply_slips (DailiesReelEngine *self)
{
  gboolean changed = FALSE;
  int      slips[DAILIES_REEL_MAX_SIDES];

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    slips[i] = self->slots[i].slip;
  self->slips_changed = FALSE;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
    changed |= dailies_reel_side_get_slip_frames (self->sides[i]) != slips[i];
  if (!changed)
    return FALSE;

  /* What is shown now is kept as the place, in the time of the reel as it was. */
  g_mutex_lock (&self->lock);
  dailies_reel_engine_keep (self);
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);
  FOR_EACH_SIDE (self, i) dailies_reel_side_set_slip (self->sides[i], slips[i]);

  return TRUE;
}

/* A paused picture is made anew in its new size; a playing one changes with the next frame, or when the jogs have it. */
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
  dailies_reel_engine_fit_jogs (self);
  /* Jogs in another size may be worth waiting for once more. */
  if (changed)
    self->hold_until = 0;

  if (!changed || self->running || self->roll_from >= 0)
    return FALSE;

  dailies_reel_engine_fly_from_shown (self, 0);
  return TRUE;
}

static gboolean
move (DailiesReelEngine *self,
      gint64             position,
      int                steps)
{
  if (dailies_reel_engine_scrub (
        self, position >= 0 ? position : dailies_reel_engine_shown_time (self), steps))
    return FALSE;

  if (position >= 0)
    dailies_reel_engine_fly_to (self, position, steps);
  else if (!dailies_reel_engine_step_on (self, steps))
    dailies_reel_engine_fly_from_shown (self, steps);

  return TRUE;
}

static gboolean
start_playing (DailiesReelEngine *self)
{
  gint64   time = dailies_reel_engine_shown_time (self);
  gint64   begin, end;
  gboolean over;

  /* Clips that were opened together begin together. */
  if (dailies_reel_engine_is_gathering (self))
    return FALSE;

  dailies_reel_engine_get_round (self, 0, &begin, &end);
  over = self->ended || time < begin || (end >= 0 && time >= end);
  if (time > begin)
    over |= dailies_reel_engine_is_at_end (self, time);
  if (over)
    {
      dailies_reel_engine_fly_to (self, begin, 0);
      return TRUE;
    }
  if (!dailies_reel_engine_is_on_course (self))
    {
      dailies_reel_engine_fly_from_shown (self, 0);
      return TRUE;
    }

  g_debug ("Playing by the pipeline, from %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
  self->in_step = g_get_monotonic_time ();
  self->loop_started = self->in_step + (gint64) HEAD_START / 1000;
  self->under_way = TRUE;
  self->moves++;
  g_mutex_lock (&self->lock);
  self->running = TRUE;
  self->here = -1;
  g_mutex_unlock (&self->lock);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return FALSE;
}

static gboolean
apply_playing (DailiesReelEngine *self,
               gboolean           playing)
{
  double speed = dailies_reel_engine_get_speed (self);
  gint64 rest;

  if (playing && (speed < 0 || dailies_reel_engine_can_roll (self)))
    {
      self->holding = FALSE;
      return dailies_reel_engine_roll (self, speed);
    }

  self->roll_from = -1;
  rest = dailies_reel_engine_rest_wait (self);
  if (rest > 0)
    return FALSE;
  if (rest == 0)
    {
      dailies_reel_engine_fly_from_shown (self, 0);
      return TRUE;
    }
  if (!playing)
    {
      self->under_way = self->holding = FALSE;
      dailies_reel_engine_halt (self);
      return FALSE;
    }
  if (dailies_reel_engine_holds (self))
    {
      dailies_reel_engine_halt (self);
      return FALSE;
    }
  if (!self->running)
    return start_playing (self);
  if (speed == self->course.rate)
    return dailies_reel_engine_mend_loop (self) || dailies_reel_engine_rescue (self);

  dailies_reel_engine_fly_from_shown (self, 0);
  return TRUE;
}

/* With the lock. One that was opened since it was last looked what is to be loaded. */
static gboolean
has_unseen_clip (DailiesReelEngine *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->slots[i].changed && self->slots[i].file != NULL)
        return !self->under_way;
    }

  return FALSE;
}

/* With the lock. Whether the place that is asked for is one that only a clip has which is on its way, opened with the others. */
gboolean
dailies_reel_engine_seeks_what_comes (DailiesReelEngine *self)
{
  return self->seek > dailies_reel_engine_get_end (self) &&
         (dailies_reel_engine_is_gathering (self) || has_unseen_clip (self));
}

/* Returns: whether something was started that must land first */
static gboolean
act (DailiesReelEngine *self)
{
  gboolean playing, tiles, slips, range;
  gint64   seek = -1;
  gint64   here;
  int      steps = 0;

  apply_settings (self);
  if (dailies_reel_engine_count_sides (self) == 0)
    {
      /* A clip that is still loading is played when it is there. */
      if (!dailies_reel_engine_has_arrivals (self))
        dailies_reel_engine_want_pause (self);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  playing = self->playing;
  tiles = self->tiles_changed;
  slips = self->slips_changed;
  range = self->range_changed;
  self->range_changed = FALSE;
  if (!dailies_reel_engine_seeks_what_comes (self))
    {
      seek = self->seek;
      steps = self->steps;
      self->seek = -1;
      self->steps = 0;
    }
  g_mutex_unlock (&self->lock);

  here = slips ? dailies_reel_engine_shown_time (self) : 0;
  slips = slips && apply_slips (self);
  if (seek >= 0 || steps != 0)
    {
      self->roll_from = -1;
      return move (self, seek, steps);
    }
  if (slips)
    {
      dailies_reel_engine_fly_to (self, here, 0);
      return TRUE;
    }
  if (tiles && apply_tiles (self))
    return TRUE;
  if (range && self->running && !dailies_reel_engine_is_on_course (self))
    {
      dailies_reel_engine_fly_from_shown (self, 0);
      return TRUE;
    }
  if (apply_playing (self, playing))
    return TRUE;

  dailies_reel_engine_go_round (self);
  return FALSE;
}

/* --- what the pipeline says ------------------------------------------------------------------- */

static DailiesReelSide *
find_owner (DailiesReelEngine *self,
            GstMessage        *message,
            guint             *index)
{
  for (*index = 0; *index < DAILIES_REEL_MAX_SIDES; (*index)++)
    {
      DailiesReelSide *joined = self->sides[*index];
      DailiesReelSide *arriving = self->arrivals[*index].side;

      if (joined != NULL && dailies_reel_side_owns (joined, GST_MESSAGE_SRC (message)))
        return joined;
      if (arriving != NULL && dailies_reel_side_owns (arriving, GST_MESSAGE_SRC (message)))
        return arriving;
    }

  return NULL;
}

/* Whether no other side tells where @index was once that is gone. */
static gboolean
is_last (DailiesReelEngine *self,
         guint              index)
{
  gboolean last = TRUE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) last = last && (i == index || self->slots[i].changed);
  g_mutex_unlock (&self->lock);

  return last;
}

/* Opens @side once more, where it is, in another way: in memory (@plain), without its sound (@deaf). */
void
dailies_reel_engine_reopen (DailiesReelEngine *self,
                            guint              index,
                            DailiesReelSide   *side,
                            gboolean           plain,
                            gboolean           deaf)
{
  Slot  *slot = &self->slots[index];
  gint64 time = -1;

  if (self->sides[index] == side && is_last (self, index))
    time = dailies_reel_engine_shown_time (self);
  g_mutex_lock (&self->lock);
  /* What has been opened in its place in the meantime has nothing to do with it. */
  if (!slot->changed)
    {
      slot->plain = slot->plain || plain;
      slot->deaf = slot->deaf || deaf;
      slot->opened = self->arrivals[index].side == side ? self->arrivals[index].opened : 0;
      slot->changed = TRUE;
      /* As the last one, it would begin anew, and not where it was or was on its way to. */
      if (time >= 0 && self->seek < 0)
        {
          self->seek = self->aim >= 0 ? self->aim : time;
          self->steps = 0;
        }
    }
  g_mutex_unlock (&self->lock);
}

/* @side cannot go on, as @error (transfer full) says. On the graphics card not everything can be uploaded that can be decoded, and
 * a driver may fail: memory takes it all, and a clip that really is broken fails there once more. */
void
dailies_reel_engine_give_up_side (DailiesReelEngine *self,
                                  guint              index,
                                  DailiesReelSide   *side,
                                  GError            *error)
{
  if (!dailies_reel_side_is_on_card (side))
    {
      dailies_reel_engine_fail_side (self, index, error);
      return;
    }

  g_debug ("Side %u once more in memory: %s", index, error->message);
  g_error_free (error);
  dailies_reel_engine_reopen (self, index, side, TRUE, FALSE);
  dailies_reel_engine_wake (self);
}

static void
handle_error (DailiesReelEngine *self,
              GstMessage        *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;
  DailiesReelSide *side;
  guint            index;

  gst_message_parse_error (message, &error, &debug);
  side = find_owner (self, message, &index);
  if (side == NULL)
    return;

  g_debug ("Side %u: %s: %s", index, error->message, debug);
  if (dailies_reel_side_owns_sound (side, GST_MESSAGE_SRC (message)))
    {
      /* The device was unplugged, or the sound server went away: the picture goes on from here without it. */
      dailies_reel_engine_reopen (self, index, side, FALSE, TRUE);
    }
  else
    {
      dailies_reel_engine_give_up_side (self, index, side, dailies_reel_side_explain (side, error));
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

  /* An out point is not the end of a clip. */
  if (self->course.stop < 0)
    {
      FOR_EACH_SIDE (self, i) dailies_reel_side_note_end (self->sides[i]);
    }

  if (self->looping_now &&
      g_get_monotonic_time () - self->loop_started > (gint64) SHORTEST_LOOP / 1000)
    {
      gint64 begin, end;

      dailies_reel_engine_get_round (self, 0, &begin, &end);
      dailies_reel_engine_fly_to (self, begin, 0);
      return;
    }

  dailies_reel_engine_halt (self);
  self->ended = TRUE;
  dailies_reel_engine_want_pause (self);
}

/* The demuxers of one side are through. */
static void
handle_segment_done (DailiesReelEngine *self,
                     GstMessage        *message)
{
  DailiesReelSide *side;
  guint            index;

  side = find_owner (self, message, &index);
  if (side == NULL)
    return;

  /* One from before the last seek says nothing any more. */
  if (side == self->arrivals[index].side)
    self->arrivals[index].done =
      gst_util_seqnum_compare (gst_message_get_seqnum (message),
                               self->arrivals[index].course.seqnum) >= 0;
  else if (self->ahead[index])
    self->ahead_done[index] = TRUE;
  else if (gst_util_seqnum_compare (gst_message_get_seqnum (message), self->course.seqnum) >= 0)
    self->done[index] = TRUE;
}

static void
handle_element (DailiesReelEngine *self,
                GstMessage        *message)
{
  const GstStructure    *structure = gst_message_get_structure (message);
  g_autoptr (GstMessage) inner = NULL;
  DailiesReelSide       *side;
  guint                  index;

  /* The pipeline tells only when all sides are through; each tells its own this way. */
  if (gst_structure_has_name (structure, "GstBinForwarded") &&
      gst_structure_get (structure, "message", GST_TYPE_MESSAGE, &inner, NULL) &&
      GST_MESSAGE_TYPE (inner) == GST_MESSAGE_SEGMENT_DONE)
    handle_segment_done (self, inner);

  if (!gst_is_missing_plugin_message (message))
    return;

  side = find_owner (self, message, &index);
  if (side != NULL)
    dailies_reel_side_note_missing (side, message);
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
      handle_segment_done (self, message);
      break;

    case GST_MESSAGE_ELEMENT:
      handle_element (self, message);
      break;

    default:
      break;
    }
}

/* --- the control thread ----------------------------------------------------------------------- */

static void
publish (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->report.duration = dailies_reel_engine_get_end (self);
  self->report.playing = self->playing;
  self->report.shuttle = !self->playing ? 0 : self->shuttle != 0 ? self->shuttle : self->rate;
  self->report.preparing = self->holding;
  self->report.waiting = self->running && dailies_reel_pace_waits (&self->pace, g_get_monotonic_time () * 1000);
  self->report.n_sides = dailies_reel_engine_count_sides (self);
  g_mutex_unlock (&self->lock);

  self->func (self->data);
}

/* What sides have left goes back, but not at each of them: the main thread loses what it paints in as well. Returns: µs until then */
static gint64
tidy (DailiesReelEngine *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->untidy)
    return -1;
  if (now - self->tidied < TIDY_INTERVAL)
    return TIDY_INTERVAL - (now - self->tidied);

  dailies_heap_trim ();
  dailies_picture_memory_tidy ();
  self->tidied = now;
  self->untidy = FALSE;
  return -1;
}

/* Returns: ns; the thread sleeps while nothing is asked of it and everything goes well */
static GstClockTime
get_patience (DailiesReelEngine *self)
{
  gint64 wait, rest;
  gint64 tidy_in = tidy (self);

  if (self->flight != FLIGHT_NONE || dailies_reel_engine_has_arrivals (self))
    return GST_SECOND / 4;

  /* Whether all keep up; and whether the jogs are there. */
  if (self->running || self->holding)
    return GST_SECOND / 4;

  wait = dailies_reel_engine_roll_wait (self);
  rest = dailies_reel_engine_rest_wait (self);
  if (wait < 0 || (rest >= 0 && rest < wait))
    wait = rest;
  if (tidy_in >= 0 && (wait < 0 || tidy_in * 1000 < wait))
    wait = tidy_in * 1000;
  return wait >= 0 ? (GstClockTime) wait : GST_CLOCK_TIME_NONE;
}

/* Whether the making of jogs gives way to what plays. Where cores are few four sides will be played from jogs, but what is only
 * looked at for a moment costs less without. */
static gboolean
has_way (DailiesReelEngine *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->running || self->runs_since == 0)
    self->runs_since = self->running ? now : 0;

  return self->running && (!dailies_reel_engine_wants_to_roll (self) || (!self->overtaxed && now - self->runs_since < GLANCE));
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
      if (self->flight == FLIGHT_NONE)
        {
          dailies_reel_engine_change_lead (self);
          dailies_reel_engine_learn_starts (self);
          dailies_reel_engine_receive (self);
        }
      dailies_reel_engine_scrub_aloft (self);
      while (self->flight == FLIGHT_NONE || dailies_reel_engine_settle (self))
        {
          if (!act (self))
            break;
        }
      dailies_reel_engine_reach_aim (self);
      dailies_reel_engine_mind_voice (self);
      publish (self);
      dailies_reel_engine_note_play (self, has_way (self));

      message = gst_bus_timed_pop_filtered (self->bus, get_patience (self), MESSAGES);
      if (message != NULL)
        handle (self, message);
    }

  dailies_reel_engine_note_play (self, FALSE);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_reel_engine_remove_side (self, i);
  dailies_reel_voice_stop (self->voice);
  dailies_stop (self->pipeline);

  return NULL;
}
