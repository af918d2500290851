/* dailies-still-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-still-reader-private.h"

#include <gst/app/gstappsink.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>

#include "dailies-codecs.h"
#include "dailies-fragments.h"
#include "dailies-probe.h"
#include "dailies-reel-idle.h"
#include "dailies-reel-words.h"
#include "dailies-seek.h"
#include "dailies-stop.h"

/* A disk that gives nothing for so long is gone. */
#define PATIENCE_SECONDS 20
#define TURN (50 * GST_MSECOND)
/* How far before the wanted time is begun in a clip without a steady frame rate, whose frames may
 * not tell how long they last. */
#define UNEVEN_LEAD GST_SECOND
/* How many frames before the wanted one is begun elsewhere: on average is not always, and how long a frame lasts is told in the order
 * in which they are decoded. */
#define LEAD_FRAMES 4
/* How long a last frame lasts that does not tell. */
#define UNTOLD_LENGTH (40 * GST_MSECOND)

/* --- frames ----------------------------------------------------------------------------------- */

static void
frame_clear (Frame *frame)
{
  g_clear_pointer (&frame->sample, gst_sample_unref);
}

static gint64
sample_time (GstSample *sample)
{
  GstClockTime pts = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  guint64      value = 0;
  int          sign;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return 0;

  sign =
    gst_segment_to_stream_time_full (gst_sample_get_segment (sample), GST_FORMAT_TIME, pts, &value);

  return MAX (sign * (gint64) value, 0);
}

static void
note_missing (DailiesStillReader *self, GstMessage *message)
{
  GstCaps *caps = NULL;

  if (!gst_is_missing_plugin_message (message) ||
      !gst_structure_get (
        gst_message_get_structure (message), "detail", GST_TYPE_CAPS, &caps, NULL))
    return;

  if (g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/"))
    {
      g_free (self->missing);
      self->missing = gst_missing_plugin_message_get_description (message);
    }
  gst_caps_unref (caps);
}

/* Returns: %FALSE with @error set where the pipeline has failed */
static gboolean
check_bus (DailiesStillReader *self, GError **error)
{
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT)))
    {
      g_autoptr (GstMessage) owned = message;
      g_autoptr (GError) cause = NULL;

      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
        {
          note_missing (self, message);
          continue;
        }
      cause = dailies_reel_read_error (message, NULL);
      g_propagate_error (error,
                         dailies_reel_explain (
                           self->file, cause, self->missing, g_atomic_int_get (&self->has_sound)));
      return FALSE;
    }

  return TRUE;
}

/* Returns: whether there is still something to wait for */
static gboolean
check_picture (DailiesStillReader *self, GError **error)
{
  gboolean lacks;

  g_mutex_lock (&self->lock);
  lacks = self->exposed && !self->has_video;
  g_mutex_unlock (&self->lock);

  if (lacks)
    g_propagate_error (error, dailies_reel_explain_no_picture (self->file, self->missing));

  return !lacks;
}

static void
set_broken (DailiesStillReader *self, const char *words, GError **error)
{
  g_autoptr (GError) cause = g_error_new_literal (GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, words);

  g_propagate_error (error, dailies_reel_explain (self->file, cause, self->missing, FALSE));
}

/* Returns: %FALSE with @error set where there is no frame to wait for any more; @idle: since when
 * nothing works, 0 where something does */
static gboolean
check_work (DailiesStillReader *self, gint64 *idle, gint64 deadline, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (!dailies_reel_idle_check (self->source))
    *idle = 0;
  else if (*idle == 0)
    *idle = now;
  else if (now - *idle > DAILIES_REEL_IDLE_PATIENCE)
    {
      set_broken (self, "Nothing reads any more", error);
      return FALSE;
    }
  if (now > deadline)
    {
      g_propagate_error (error, dailies_reel_explain_stall (self->file, PATIENCE_SECONDS));
      return FALSE;
    }

  return TRUE;
}

/* Returns: %FALSE with @error set; at the end of the clip @frame stays empty */
static gboolean
pull (DailiesStillReader *self, Frame *frame, GCancellable *cancellable, GError **error)
{
  const gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
  gint64       idle = 0;

  while (!self->at_end)
    {
      frame->sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), TURN);
      if (frame->sample != NULL)
        {
          frame->time = sample_time (frame->sample);
          return TRUE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_bus (self, error) ||
          !check_picture (self, error))
        return FALSE;
      if (gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
        self->at_end = TRUE;
      else if (!check_work (self, &idle, deadline, error))
        return FALSE;
    }

  return TRUE;
}

/* Whether @frame begins at or before @time, as the reel counts. */
static gboolean
is_due (DailiesStillReader *self, const Frame *frame, gint64 time)
{
  const DailiesReelGrid *grid = &self->grid;

  if (!dailies_reel_grid_is_even (grid))
    return frame->time <= time;

  /* A rate may be one on average only: a frame that is not on the grid comes when it says, and not sooner. */
  return dailies_reel_grid_number (grid, frame->time) <= dailies_reel_grid_number (grid, time) &&
         (frame->time <= time + (gint64) GST_MSECOND || dailies_reel_grid_has (grid, frame->time));
}

static gboolean
seek (DailiesStillReader *self, gint64 time)
{
  frame_clear (&self->current);
  frame_clear (&self->next);
  self->at_end = self->opened = FALSE;

  return dailies_seek_exactly (self->sink, time);
}

/* From the first frame on once more, without a seek: those of MPEG-TS land anywhere. Returns: %FALSE with @error set */
static gboolean
begin_again (DailiesStillReader *self, GCancellable *cancellable, GError **error)
{
  frame_clear (&self->current);
  frame_clear (&self->next);
  self->at_end = self->resized = FALSE;
  dailies_stop (self->pipeline);
  gst_clear_object (&self->pipeline);
  gst_clear_object (&self->bus);
  self->exposed = self->has_video = FALSE;
  dailies_still_reader_build (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!pull (self, &self->next, cancellable, error))
    return FALSE;
  if (self->next.sample == NULL)
    {
      set_broken (self, "It cannot be read again", error);
      return FALSE;
    }

  self->opened = TRUE;
  return TRUE;
}

/* --- for the others of stage/ ----------------------------------------------------------------- */

/**
 * dailies_still_reader_open:
 * @clip: a local file
 * @format: "RGB", "RGBA" or "I420" (BT.709)
 * @error: %DAILIES_ERROR_MEDIA or %DAILIES_ERROR_DISK with a sentence
 *
 * Returns: (transfer full) (nullable): a reader whose first frame is decoded
 */
DailiesStillReader *
dailies_still_reader_open (GFile        *clip,
                           const char   *format,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (DailiesStillReader) self = g_new0 (DailiesStillReader, 1);
  g_autofree char *name = g_file_get_basename (clip);
  g_autofree char *shown = g_filename_display_name (name != NULL ? name : "");
  goffset          bytes;

  g_mutex_init (&self->lock);
  self->file = g_object_ref (clip);
  self->format = g_strdup (format);
  /* Opening a pipe waits for its other end. */
  if (!dailies_probe_check_file (clip, shown, &bytes, cancellable, error))
    return NULL;

  dailies_still_reader_build (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!pull (self, &self->next, cancellable, error))
    return NULL;
  if (self->next.sample == NULL)
    {
      g_propagate_error (error, dailies_reel_explain_no_picture (clip, self->missing));
      return NULL;
    }

  self->opened = TRUE;
  self->grid.origin = self->next.time;
  if (!gst_element_query_duration (self->sink, GST_FORMAT_TIME, &self->duration))
    self->duration = 0;
  if (dailies_codecs_has_fragments (self->source))
    self->duration = MAX (self->duration, self->grid.origin + dailies_fragments_measure_file (clip));
  self->straight = self->duration <= 0 || dailies_codecs_is_transport_stream (self->source);

  return g_steal_pointer (&self);
}

/* Waits for its threads. */
void
dailies_still_reader_free (DailiesStillReader *self)
{
  if (self->pipeline != NULL)
    dailies_stop (self->pipeline);
  frame_clear (&self->current);
  frame_clear (&self->next);
  gst_clear_object (&self->pipeline);
  gst_clear_object (&self->bus);
  g_clear_object (&self->file);
  g_mutex_clear (&self->lock);
  g_free (self->missing);
  g_free (self->format);
  g_free (self);
}

const DailiesReelGrid *
dailies_still_reader_get_grid (DailiesStillReader *self)
{
  return &self->grid;
}

/* Returns: ns, 0 not known; as long as it is only after dailies_still_reader_measure() */
gint64
dailies_still_reader_get_duration (DailiesStillReader *self)
{
  return self->duration;
}

gboolean
dailies_still_reader_has_sound (DailiesStillReader *self)
{
  return g_atomic_int_get (&self->has_sound);
}

/* As shown: turned, in square pixels; what the clip has, whatever dailies_still_reader_set_size()
 * asked for. */
void
dailies_still_reader_get_size (DailiesStillReader *self, int *width, int *height)
{
  g_mutex_lock (&self->lock);
  dailies_reel_tile_get_shown_size (&self->tile, width, height);
  g_mutex_unlock (&self->lock);
}

/* The size of the frames after the next dailies_still_reader_start(); 0 × 0: all pixels there are.
 */
void
dailies_still_reader_set_size (DailiesStillReader *self, int width, int height)
{
  int before_width, before_height;

  dailies_still_reader_get_size (self, &before_width, &before_height);
  g_mutex_lock (&self->lock);
  self->width = width;
  self->height = height;
  self->resized = width != before_width || height != before_height;
  g_mutex_unlock (&self->lock);
  dailies_still_reader_update_filter (self);
}

/**
 * dailies_still_reader_start:
 * @time: ns in the clip
 *
 * The frames from the one that covers @time on are wanted. Of a clip that does not tell how long it is, all are decoded that come
 * before.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dailies_still_reader_start (DailiesStillReader *self,
                            gint64              time,
                            GCancellable       *cancellable,
                            GError            **error)
{
  gint64 number = dailies_reel_grid_number (&self->grid, time);
  gint64 target = number > LEAD_FRAMES ? dailies_reel_grid_middle (&self->grid, number - LEAD_FRAMES) : 0;

  /* Opening has decoded the first frames, and a seek would decode them again. */
  if (self->opened && !self->resized && time <= self->next.time)
    return TRUE;
  if (self->straight && !self->resized && self->current.sample != NULL && time >= self->current.time)
    return TRUE;
  if (self->straight)
    return begin_again (self, cancellable, error);
  if (!dailies_reel_grid_is_even (&self->grid))
    target = time - UNEVEN_LEAD;
  if (!seek (self, target))
    {
      set_broken (self, "It cannot be sought", error);
      return FALSE;
    }
  if (!pull (self, &self->next, cancellable, error))
    return FALSE;

  /* Beyond the end the last frame is shown; it is looked for in ever larger steps back. */
  for (gint64 back = GST_SECOND / 2; self->next.sample == NULL; back *= 4)
    {
      gint64 end = self->duration > 0 ? MIN (target, self->duration) : target;

      if (!seek (self, end - back))
        {
          set_broken (self, "It cannot be sought", error);
          return FALSE;
        }
      if (!pull (self, &self->next, cancellable, error))
        return FALSE;
      if (self->next.sample == NULL && end <= back)
        {
          g_propagate_error (error, dailies_reel_explain_no_picture (self->file, self->missing));
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * dailies_still_reader_advance:
 * @time: ns in the clip, not before that of the last call
 *
 * Returns: (transfer none) (nullable): the frame that covers @time; before the beginning the first
 * frame, after the end the last; valid until the next call. %NULL with @error set.
 */
GstSample *
dailies_still_reader_advance (DailiesStillReader *self,
                              gint64              time,
                              GCancellable       *cancellable,
                              GError            **error)
{
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (self->next.sample == NULL && !pull (self, &self->next, cancellable, error))
        return NULL;
      if (self->next.sample == NULL ||
          (self->current.sample != NULL && !is_due (self, &self->next, time)))
        return self->current.sample;

      frame_clear (&self->current);
      self->opened = FALSE;
      self->current = self->next;
      self->next.sample = NULL;
    }
}

/* Whether the last frame has been shown as long as it lasts, once dailies_still_reader_advance() was
 * called for @time. */
gboolean
dailies_still_reader_is_over (DailiesStillReader *self, gint64 time)
{
  GstClockTime lasts;

  if (!self->at_end || self->next.sample != NULL || self->current.sample == NULL)
    return FALSE;
  if (dailies_reel_grid_is_even (&self->grid))
    return dailies_reel_grid_number (&self->grid, time) >
           dailies_reel_grid_number (&self->grid, self->current.time);

  lasts = GST_BUFFER_DURATION (gst_sample_get_buffer (self->current.sample));
  return time - self->current.time >=
         (gint64) (GST_CLOCK_TIME_IS_VALID (lasts) ? lasts : UNTOLD_LENGTH);
}

/* Returns: ns in the clip, when the frame begins that dailies_still_reader_advance() gave last */
gint64
dailies_still_reader_get_time (DailiesStillReader *self)
{
  return self->current.time;
}

/* One frame alone: dailies_still_reader_start() and dailies_still_reader_advance() in one. */
GstSample *
dailies_still_reader_read (DailiesStillReader *self,
                           gint64              time,
                           GCancellable       *cancellable,
                           GError            **error)
{
  if (!dailies_still_reader_start (self, time, cancellable, error))
    return NULL;

  return dailies_still_reader_advance (self, time, cancellable, error);
}

static gint64
get_length (DailiesStillReader *self, GstSample *sample)
{
  GstClockTime lasts = GST_BUFFER_DURATION (gst_sample_get_buffer (sample));

  if (dailies_reel_grid_is_even (&self->grid))
    return dailies_reel_grid_length (&self->grid);

  return GST_CLOCK_TIME_IS_VALID (lasts) ? (gint64) lasts : (gint64) UNTOLD_LENGTH;
}

/* Where the container may tell the length wrong: reads on to the end.
 *
 * Returns: %FALSE with @error set */
gboolean
dailies_still_reader_measure (DailiesStillReader *self,
                              GCancellable       *cancellable,
                              GError            **error)
{
  gint64     from = MAX (0, self->duration - (gint64) GST_SECOND);
  GstSample *last;
  gint64     end;

  if (self->measured || (self->duration > 0 && dailies_codecs_knows_length (self->source)))
    return TRUE;
  if (!dailies_still_reader_start (self, from, cancellable, error))
    return FALSE;
  last = dailies_still_reader_advance (self, G_MAXINT64 / 2, cancellable, error);
  if (last == NULL)
    return FALSE;

  end = self->current.time + get_length (self, last);
  /* Where times are counted anew, what is told is not of the same kind. */
  self->duration = self->straight ? end : MAX (self->duration, end);
  self->measured = TRUE;
  return TRUE;
}

/* Returns: the number of the last picture, -1 with @error set. A clip tells how long the longest of picture and sound is, and that
 * from its first frame on or from 0: only looking tells. */
gint64
dailies_still_reader_find_last (DailiesStillReader *self,
                                GCancellable       *cancellable,
                                GError            **error)
{
  if (!dailies_still_reader_measure (self, cancellable, error) ||
      dailies_still_reader_read (self, self->grid.origin + MAX (0, self->duration), cancellable, error) == NULL)
    return -1;

  return MAX (0, dailies_reel_grid_number (&self->grid, self->current.time));
}
