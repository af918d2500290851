/* dailies-reel-engine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-codecs.h"
#include "dailies-jog-threads.h"
#include "dailies-picture-pool.h"
#include "dailies-reel-control.h"

static void
failure_free (gpointer data)
{
  DailiesReelFailure *failure = data;

  g_clear_error (&failure->error);
  g_free (failure);
}

/* --- public ----------------------------------------------------------------------------------- */

/* For whom the engine may not outlive: @bus is all that is needed. */
void
dailies_reel_engine_wake_by (GstBus *bus)
{
  gst_bus_post (bus, gst_message_new_application (NULL, gst_structure_new_empty ("dailies-wake")));
}

void
dailies_reel_engine_wake (DailiesReelEngine *self)
{
  dailies_reel_engine_wake_by (self->bus);
}

static void
voice_failed_cb (gpointer data)
{
  dailies_reel_engine_wake (data);
}

DailiesReelEngine *
dailies_reel_engine_new (DailiesReelEngineFunc func,
                         gpointer              data)
{
  DailiesReelEngine  *self = g_new0 (DailiesReelEngine, 1);
  g_autoptr (GstClock) clock = NULL;

  /* Cheap where the program has done it already, off the main thread. */
  gst_init_check (NULL, NULL, NULL);
  dailies_codecs_mend_faults ();
  dailies_picture_pool_serve_all ();
  self->func = func;
  self->data = data;
  self->rate = 1;
  self->level = 1;
  self->range_in = self->range_out = self->seek = self->aim = self->here = self->roll_from = -1;
  self->still_position = -1;
  self->round_end = G_MAXINT64;
  g_mutex_init (&self->lock);
  g_queue_init (&self->report.failures);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  dailies_jog_threads_yield (self->bus);
  g_object_set (self->pipeline, "message-forward", TRUE, NULL);
  /* Not the clock of any side's sound device, which goes when the side goes. */
  clock = gst_system_clock_obtain ();
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
  self->voice = dailies_reel_voice_new (voice_failed_cb, self);
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

  dailies_reel_voice_free (self->voice);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_object (&self->slots[i].file);
  dailies_reel_report_clear (&self->report);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      dailies_reel_engine_drop (self, i);
      g_clear_pointer (&self->taken[i], gst_sample_unref);
    }
  g_clear_pointer (&self->graphics, dailies_graphics_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* With the lock. What was there before may have failed when nobody had read of it yet. */
static void
forget_failures (DailiesReelEngine *self,
                 guint              side)
{
  GList *next;

  for (GList *link = self->report.failures.head; link != NULL; link = next)
    {
      DailiesReelFailure *failure = link->data;

      next = link->next;
      if (failure->side != side)
        continue;
      failure_free (failure);
      g_queue_delete_link (&self->report.failures, link);
    }
}

void
dailies_reel_engine_set_file (DailiesReelEngine *self,
                              guint              side,
                              GFile             *file)
{
  g_mutex_lock (&self->lock);
  forget_failures (self, side);
  g_set_object (&self->slots[side].file, file);
  self->slots[side].changed = TRUE;
  self->slots[side].deaf = FALSE;
  self->slots[side].plain = FALSE;
  self->slots[side].opened = 0;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_lead (DailiesReelEngine *self,
                              guint              side)
{
  g_mutex_lock (&self->lock);
  self->wanted_lead = side;
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

/* Of clips that are opened from now on. */
void
dailies_reel_engine_set_graphics (DailiesReelEngine *self,
                                  DailiesGraphics   *graphics)
{
  DailiesGraphics *old;

  g_mutex_lock (&self->lock);
  old = self->graphics;
  self->graphics = graphics != NULL ? dailies_graphics_ref (graphics) : NULL;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, dailies_graphics_unref);
}

void
dailies_reel_engine_set_playing (DailiesReelEngine *self,
                                 gboolean           playing)
{
  g_mutex_lock (&self->lock);
  self->playing = playing;
  self->shuttle = 0;
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

/* @speed: negative is backwards, 0 pauses */
void
dailies_reel_engine_shuttle (DailiesReelEngine *self,
                             double             speed)
{
  g_mutex_lock (&self->lock);
  self->playing = speed != 0;
  self->shuttle = speed;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

/* The other end stays: it may have moved here since anybody read it. */
static void
set_range (DailiesReelEngine *self,
           gint64            *point,
           gint64             time)
{
  g_mutex_lock (&self->lock);
  *point = time;
  self->range_changed = TRUE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_range_in (DailiesReelEngine *self,
                                  gint64             time)
{
  set_range (self, &self->range_in, time);
}

void
dailies_reel_engine_set_range_out (DailiesReelEngine *self,
                                   gint64             time)
{
  set_range (self, &self->range_out, time);
}

void
dailies_reel_engine_set_slip (DailiesReelEngine *self,
                              guint              side,
                              int                frames)
{
  g_mutex_lock (&self->lock);
  self->slots[side].slip = frames;
  self->slips_changed = TRUE;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

void
dailies_reel_engine_set_audible (DailiesReelEngine *self,
                                 int                side)
{
  g_mutex_lock (&self->lock);
  self->audible = side;
  self->sound_changed = TRUE;
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

void
dailies_reel_engine_read (DailiesReelEngine *self,
                          DailiesReelReport *report)
{
  guint  changed = 0;
  gint64 when;

  g_mutex_lock (&self->lock);
  *report = self->report;
  g_queue_init (&self->report.failures);
  when = dailies_reel_engine_keep_next (self);
  report->position = self->still_position;
  /* A side that has joined is shown at once: whoever sees its first frame may ask where it ends. */
  report->duration = dailies_reel_engine_get_end (self);
  report->range_in = self->range_in;
  report->range_out = self->range_out;
  report->n_sides = dailies_reel_engine_count_sides (self);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      Still *still = &self->stills[i];

      report->present[i] = self->slots[i].file != NULL;
      report->picked[i] = still->sample != NULL ? gst_sample_ref (still->sample) : NULL;
      report->times[i] = still->time;
      if (report->picked[i] == self->taken[i] || (report->present[i] && report->picked[i] == NULL))
        continue;
      changed |= 1u << i;
      g_clear_pointer (&self->taken[i], gst_sample_unref);
      self->taken[i] = report->picked[i] != NULL ? gst_sample_ref (report->picked[i]) : NULL;
    }
  dailies_reel_order_take (self->scrubbing ? &self->roll_order : &self->order, when, changed);
  if (!self->scrubbing)
    dailies_reel_order_begin (&self->roll_order);
  g_mutex_unlock (&self->lock);
}

/* What was read last is on the screen. */
void
dailies_reel_engine_note_seen (DailiesReelEngine *self)
{
  gboolean more, roll_more;

  g_mutex_lock (&self->lock);
  more = dailies_reel_order_see (&self->order);
  roll_more = dailies_reel_order_see (&self->roll_order);
  g_mutex_unlock (&self->lock);

  if (more)
    self->func (self->data);
  if (roll_more)
    dailies_reel_engine_wake (self);
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
                                DailiesReelFormat *format)
{
  DailiesReelSide *known;

  memset (format, 0, sizeof *format);
  g_mutex_lock (&self->lock);
  known = self->sides[side];
  /* What is still there when another clip was asked for, says nothing of that. */
  if (known != NULL && dailies_reel_side_get_file (known) != self->slots[side].file)
    known = NULL;
  if (known != NULL)
    {
      const DailiesReelGrid *grid = dailies_reel_side_get_grid (known);

      dailies_reel_side_get_size (known, &format->width, &format->height);
      format->fps = grid->fps_n > 0 && grid->fps_d > 0 ? (double) grid->fps_n / grid->fps_d : 0;
      format->duration = dailies_reel_side_get_duration (known);
      format->has_sound = dailies_reel_side_has_sound (known);
    }
  g_mutex_unlock (&self->lock);

  return known != NULL;
}
