/* dailies-reel-act.c: doing what is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

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

/* Each side has to be woken, and to have its second picture ready. Returns: ns */
static gint64
get_head_start (DailiesReelEngine *self)
{
  return HEAD_START + (dailies_reel_engine_count_sides (self) - 1) * HEAD_START_MORE;
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
  self->loop_started = self->in_step + get_head_start (self) / 1000;
  self->under_way = TRUE;
  self->moves++;
  g_mutex_lock (&self->lock);
  self->running = TRUE;
  self->here = -1;
  dailies_reel_order_rest (&self->order);
  g_mutex_unlock (&self->lock);
  gst_pipeline_set_delay (GST_PIPELINE (self->pipeline), get_head_start (self));
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

/* Brings the pipeline to what is wanted. Returns: whether something was started that must land first */
gboolean
dailies_reel_engine_act (DailiesReelEngine *self)
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
