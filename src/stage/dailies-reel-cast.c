/* dailies-reel-cast.c: the sides, how they come and go, and what they show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* --- picking ---------------------------------------------------------------------------------- */

/* With the lock. All sides show the newest frame that is not newer than the oldest of their newest
 * frames: then no side runs ahead of another. A side that has ended no longer holds the others
 * back. */
gboolean
dailies_reel_engine_pick (DailiesReelEngine       *self,
                          const DailiesReelFrame **frames)
{
  gint64   running = G_MAXINT64;
  gboolean any = FALSE;

  if (self->frozen)
    return FALSE;

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelFrame *newest = dailies_reel_side_newest (self->sides[i]);

    if (!dailies_reel_side_has_joined (self->sides[i]))
      continue;
    if (newest == NULL)
      return FALSE;
    any = TRUE;
    if (!dailies_reel_side_at_end (self->sides[i]))
      running = MIN (running, newest->running);
  }

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_has_joined (self->sides[i]))
      frames[i] = dailies_reel_side_find (self->sides[i], running);
  }

  return any;
}

const DailiesReelFrame *
dailies_reel_frames_first (const DailiesReelFrame **frames)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (frames[i] != NULL)
        return frames[i];
    }

  return NULL;
}

/* Whether every side shows the last frame that it decoded, so that stepping on in each keeps them
 * together. */
gboolean
dailies_reel_engine_shows_newest (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gboolean                newest = FALSE;

  g_mutex_lock (&self->lock);
  if (dailies_reel_engine_pick (self, frames))
    {
      newest = TRUE;
      FOR_EACH_SIDE (self, i)
        newest = newest && frames[i] == dailies_reel_side_newest (self->sides[i]);
    }
  g_mutex_unlock (&self->lock);

  return newest;
}

/* ns of the frame that is shown, 0 when there is none */
gint64
dailies_reel_engine_shown_time (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = 0;

  g_mutex_lock (&self->lock);
  if (dailies_reel_engine_pick (self, frames) && dailies_reel_frames_first (frames) != NULL)
    time = dailies_reel_frames_first (frames)->time;
  g_mutex_unlock (&self->lock);

  return time;
}

/* --- small helpers of the control thread ------------------------------------------------------ */

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

void
dailies_reel_engine_set_flight (DailiesReelEngine *self,
                                Flight             flight)
{
  g_mutex_lock (&self->lock);
  self->flight = flight;
  self->airborne = flight != FLIGHT_NONE;
  g_mutex_unlock (&self->lock);
  self->deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
}

void
dailies_reel_engine_halt (DailiesReelEngine *self)
{
  if (!self->running)
    return;

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  self->running = FALSE;
}

void
dailies_reel_engine_want_pause (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->playing = FALSE;
  g_mutex_unlock (&self->lock);
}

/* On streaming threads. */
static void
side_changed_cb (gpointer data)
{
  DailiesReelEngine *self = data;
  gboolean           airborne;

  g_mutex_lock (&self->lock);
  airborne = self->airborne;
  g_mutex_unlock (&self->lock);

  if (airborne)
    dailies_reel_engine_wake (self);
  else
    self->func (self->data);
}

/* Longer clips would need another seek than shorter ones, and drift apart by the difference with
 * each round. */
gboolean
dailies_reel_engine_can_loop_in_place (DailiesReelEngine *self)
{
  gint64 duration = -1;

  FOR_EACH_SIDE (self, i)
  {
    gint64 own = dailies_reel_side_get_duration (self->sides[i]);

    if (own < (gint64) SHORTEST_LOOP || (duration >= 0 && own != duration))
      return FALSE;
    duration = own;
  }

  return duration > 0;
}

/* --- sides come and go ------------------------------------------------------------------------ */

void
dailies_reel_engine_remove_side (DailiesReelEngine *self,
                                 guint              index)
{
  DailiesReelSide *side = self->sides[index];
  GstElement      *element;

  if (side == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->sides[index] = NULL;
  g_mutex_unlock (&self->lock);

  element = dailies_reel_side_get_element (side);
  gst_element_set_locked_state (element, TRUE);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->pipeline), element);
  dailies_reel_side_free (side);

  /* Only an empty pipeline that starts over counts its time from 0 again. */
  if (dailies_reel_engine_count_sides (self) == 0)
    {
      gst_element_set_state (self->pipeline, GST_STATE_READY);
      self->running = FALSE;
      self->segment_done = FALSE;
    }
}

/* Takes @error. */
void
dailies_reel_engine_fail_side (DailiesReelEngine *self,
                               guint              index,
                               GError            *error)
{
  DailiesReelFailure *failure = g_new0 (DailiesReelFailure, 1);

  failure->side = index;
  failure->error = error;
  dailies_reel_engine_remove_side (self, index);

  g_mutex_lock (&self->lock);
  if (!self->slots[index].changed)
    g_clear_object (&self->slots[index].file);
  g_queue_push_tail (&self->report.failures, failure);
  g_mutex_unlock (&self->lock);
}

static void
add_side (DailiesReelEngine *self,
          guint              index,
          const Slot        *slot)
{
  DailiesReelSide *side =
    dailies_reel_side_new (slot->file, index == 0, !slot->deaf, &self->lock, side_changed_cb, self);
  GstElement *element = dailies_reel_side_get_element (side);

  dailies_reel_side_set_tile (side, slot->width, slot->height);
  dailies_reel_side_set_looping (side, self->looping_now);
  g_mutex_lock (&self->lock);
  self->sides[index] = side;
  self->idle_since[index] = 0;
  self->sound_changed = TRUE;
  g_mutex_unlock (&self->lock);

  /* Apart from the others until its first frame is there: a clip that cannot start does not hold
   * them up. */
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  gst_element_set_locked_state (element, TRUE);
  gst_bin_add (GST_BIN (self->pipeline), element);
  dailies_reel_engine_set_flight (self, FLIGHT_LOAD);
  gst_element_set_state (element, GST_STATE_PAUSED);
}

/* Returns: whether anything was changed */
gboolean
dailies_reel_engine_change_sides (DailiesReelEngine *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      Slot slot;

      g_mutex_lock (&self->lock);
      slot = self->slots[i];
      self->slots[i].changed = FALSE;
      if (slot.changed && slot.file != NULL)
        g_object_ref (slot.file);
      g_mutex_unlock (&self->lock);
      if (!slot.changed)
        continue;

      changed = TRUE;
      dailies_reel_engine_halt (self);
      dailies_reel_engine_remove_side (self, i);
      self->ended = FALSE;
      if (slot.file != NULL)
        {
          add_side (self, i, &slot);
          g_object_unref (slot.file);
        }
    }

  return changed;
}
