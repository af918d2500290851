/* dailies-reel-engine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

static void
failure_free (gpointer data)
{
  DailiesReelFailure *failure = data;

  g_clear_error (&failure->error);
  g_free (failure);
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_reel_engine_wake (DailiesReelEngine *self)
{
  gst_bus_post (self->bus,
                gst_message_new_application (NULL, gst_structure_new_empty ("dailies-wake")));
}

DailiesReelEngine *
dailies_reel_engine_new (DailiesReelEngineFunc func,
                         gpointer              data)
{
  DailiesReelEngine *self = g_new0 (DailiesReelEngine, 1);

  /* Cheap where the program has done it already, off the main thread. */
  gst_init_check (NULL, NULL, NULL);
  self->func = func;
  self->data = data;
  self->rate = self->rate_now = 1;
  self->level = 1;
  self->seek = -1;
  g_mutex_init (&self->lock);
  g_queue_init (&self->report.failures);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  self->thread = g_thread_new ("reel", dailies_reel_engine_control, self);

  return self;
}

/* Waits for the control thread and, through it, for all streaming threads. */
void
dailies_reel_engine_free (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
  g_thread_join (self->thread);

  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_object (&self->slots[i].file);
  dailies_reel_report_clear (&self->report);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
dailies_reel_engine_set_file (DailiesReelEngine *self,
                              guint              side,
                              GFile             *file)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->slots[side].file, file);
  self->slots[side].changed = TRUE;
  self->slots[side].deaf = FALSE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_tile (DailiesReelEngine *self,
                              guint              side,
                              int                width,
                              int                height)
{
  g_mutex_lock (&self->lock);
  self->slots[side].width = width;
  self->slots[side].height = height;
  self->tiles_changed = TRUE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_playing (DailiesReelEngine *self,
                                 gboolean           playing)
{
  g_mutex_lock (&self->lock);
  self->playing = playing;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_rate (DailiesReelEngine *self,
                              double             rate)
{
  g_mutex_lock (&self->lock);
  self->rate = rate;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_looping (DailiesReelEngine *self,
                                 gboolean           looping)
{
  g_mutex_lock (&self->lock);
  self->looping = looping;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_sound (DailiesReelEngine *self,
                               double             level,
                               gboolean           muted)
{
  g_mutex_lock (&self->lock);
  self->level = level;
  self->muted = muted;
  self->sound_changed = TRUE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

/* The newest wins, and makes earlier steps pointless. */
void
dailies_reel_engine_seek (DailiesReelEngine *self,
                          gint64             position)
{
  g_mutex_lock (&self->lock);
  self->seek = MAX (position, 0);
  self->steps = 0;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

/* Pauses; steps add up. */
void
dailies_reel_engine_step (DailiesReelEngine *self,
                          int                frames)
{
  g_mutex_lock (&self->lock);
  self->steps += frames;
  self->playing = FALSE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_read (DailiesReelEngine *self,
                          DailiesReelReport *report)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };

  g_mutex_lock (&self->lock);
  *report = self->report;
  g_queue_init (&self->report.failures);
  report->position = -1;
  if (dailies_reel_engine_pick (self, frames) && dailies_reel_frames_first (frames) != NULL)
    report->position = dailies_reel_frames_first (frames)->time;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      report->present[i] = self->slots[i].file != NULL;
      report->picked[i] = frames[i] != NULL ? gst_sample_ref (frames[i]->sample) : NULL;
    }
  g_mutex_unlock (&self->lock);
}

void
dailies_reel_report_clear (DailiesReelReport *report)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_pointer (&report->picked[i], gst_sample_unref);
  g_queue_clear_full (&report->failures, failure_free);
}

/* Returns: whether @side is there and known */
gboolean
dailies_reel_engine_get_format (DailiesReelEngine *self,
                                guint              side,
                                int               *width,
                                int               *height,
                                double            *fps)
{
  const DailiesReelGrid *grid;
  gboolean               known;

  *width = *height = 0;
  *fps = 0;
  g_mutex_lock (&self->lock);
  known = self->sides[side] != NULL;
  if (known)
    {
      dailies_reel_side_get_size (self->sides[side], width, height);
      grid = dailies_reel_side_get_grid (self->sides[side]);
      *fps = dailies_reel_grid_is_even (grid) ? (double) grid->fps_n / grid->fps_d : 0;
    }
  g_mutex_unlock (&self->lock);

  return known;
}
