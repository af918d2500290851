/* dailies-clip-sound.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-clip-sound.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>

#include "dailies-error.h"
#include "dailies-reel-idle.h"
#include "dailies-seek.h"
#include "dailies-stop.h"

#define TURN (50 * GST_MSECOND)
#define PATIENCE_SECONDS 20

struct _DailiesClipSound
{
  GFile      *file;
  GstElement *pipeline;
  GstElement *source;
  GstElement *sink;
  GstBus     *bus;

  gint64 at; /* samples of the clip's own time that were given out; negative before its beginning */
  GstBuffer *buffer; /* the newest piece */
  gint64     begin;  /* of the piece, samples of the clip's own time */
  gint64     end;
  gboolean   at_end;
};

static void
pad_added_cb (GstElement *source, GstPad *pad, GstElement *convert)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (convert, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

static void
build (DailiesClipSound *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autoptr (GstCaps) raw = gst_caps_from_string ("audio/x-raw(ANY)");
  g_autoptr (GstCaps) caps = gst_caps_from_string (DAILIES_CLIP_SOUND_CAPS);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_element_get_bus (self->pipeline);
  self->source = gst_element_factory_make ("uridecodebin", NULL);
  g_object_set (self->source, "uri", uri, "caps", raw, "expose-all-streams", FALSE, NULL);
  g_signal_connect (self->source, "pad-added", G_CALLBACK (pad_added_cb), convert);
  self->sink = gst_element_factory_make ("appsink", NULL);
  /* Not asynchronous, as in dailies-still-reader.c. */
  g_object_set (self->sink, "async", FALSE, "sync", FALSE, "max-buffers", 32, "caps", caps, NULL);

  gst_bin_add_many (GST_BIN (self->pipeline), self->source, convert, resample, self->sink, NULL);
  gst_element_link_many (convert, resample, self->sink, NULL);
}

static void
set_undecodable (DailiesClipSound *self, const char *words, GError **error)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);

  g_propagate_error (
    error,
    dailies_error_new_with_words (
      DAILIES_ERROR_MEDIA,
      words,
      0,
      _ ("The sound of “%s” cannot be decoded here. Choose another side's sound or none."),
      name));
}

static gint64
sample_position (GstSample *sample)
{
  GstClockTime pts = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  guint64      value = 0;
  int          sign;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return -1;

  sign =
    gst_segment_to_stream_time_full (gst_sample_get_segment (sample), GST_FORMAT_TIME, pts, &value);

  return sign * (gint64) gst_util_uint64_scale_round (value, DAILIES_CLIP_SOUND_RATE, GST_SECOND);
}

static void
keep (DailiesClipSound *self, GstSample *sample)
{
  gint64 begin = sample_position (sample);
  gint64 length;

  gst_clear_buffer (&self->buffer);
  self->buffer = gst_buffer_ref (gst_sample_get_buffer (sample));
  length = gst_buffer_get_size (self->buffer) / DAILIES_CLIP_SOUND_BYTES;
  /* Times are rounded by containers and decoders; what comes one after the other belongs together.
   */
  if (begin < 0 || ABS (begin - self->end) < DAILIES_CLIP_SOUND_RATE / 100)
    begin = self->end;
  self->begin = begin;
  self->end = begin + length;
}

/* Returns: %FALSE with @error set; at the end there is no buffer any more */
static gboolean
pull (DailiesClipSound *self, GCancellable *cancellable, GError **error)
{
  gint64 idle = 0;
  gint64 begun = g_get_monotonic_time ();

  while (TRUE)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), TURN);
      g_autoptr (GstMessage) message = NULL;
      gint64 now = g_get_monotonic_time ();

      if (sample != NULL)
        {
          keep (self, sample);
          return TRUE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
        {
          self->at_end = TRUE;
          gst_clear_buffer (&self->buffer);
          return TRUE;
        }

      message = gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR);
      if (message != NULL)
        {
          g_autoptr (GError) cause = NULL;

          gst_message_parse_error (message, &cause, NULL);
          set_undecodable (self, cause->message, error);
          return FALSE;
        }
      idle = !dailies_reel_idle_check (self->source) ? 0 : idle == 0 ? now : idle;
      if ((idle > 0 && now - idle > DAILIES_REEL_IDLE_PATIENCE) ||
          now - begun > PATIENCE_SECONDS * G_TIME_SPAN_SECOND)
        {
          set_undecodable (self, "Nothing reads any more", error);
          return FALSE;
        }
    }
}

/**
 * dailies_clip_sound_open:
 * @clip: has sound
 * @time: ns in the clip from which on it is wanted; may lie before its beginning, which is silence
 * @error: %DAILIES_ERROR_MEDIA with a sentence
 *
 * Returns: (transfer full) (nullable)
 */
DailiesClipSound *
dailies_clip_sound_open (GFile *clip, gint64 time, GCancellable *cancellable, GError **error)
{
  g_autoptr (DailiesClipSound) self = g_new0 (DailiesClipSound, 1);

  self->file = g_object_ref (clip);
  build (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!pull (self, cancellable, error))
    return NULL;

  self->at = time * (DAILIES_CLIP_SOUND_RATE / 1000) / 1000000;
  if (time <= 0 || self->at_end)
    return g_steal_pointer (&self);

  if (!dailies_seek_exactly (self->sink, time))
    {
      set_undecodable (self, "It cannot be sought", error);
      return NULL;
    }
  self->begin = self->end = G_MININT32;
  if (!pull (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
dailies_clip_sound_free (DailiesClipSound *self)
{
  dailies_stop (self->pipeline);
  gst_clear_buffer (&self->buffer);
  gst_clear_object (&self->pipeline);
  gst_clear_object (&self->bus);
  g_clear_object (&self->file);
  g_free (self);
}

/**
 * dailies_clip_sound_take:
 *
 * Returns: (transfer full) (nullable): the next @n_samples, silence where the clip has none; %NULL
 * with
 * @error set
 */
GstBuffer *
dailies_clip_sound_take (DailiesClipSound *self,
                           guint64             n_samples,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autoptr (GstBuffer) taken =
    gst_buffer_new_allocate (NULL, n_samples * DAILIES_CLIP_SOUND_BYTES, NULL);
  const gint64 stop = self->at + (gint64) n_samples;

  gst_buffer_memset (taken, 0, 0, n_samples * DAILIES_CLIP_SOUND_BYTES);
  while (self->buffer != NULL && self->begin < stop)
    {
      gint64 from = MAX (self->at, self->begin);
      gint64 to = MIN (stop, self->end);

      if (from < to)
        {
          GstMapInfo map;

          gst_buffer_map (self->buffer, &map, GST_MAP_READ);
          gst_buffer_fill (taken,
                           (from - (stop - (gint64) n_samples)) * DAILIES_CLIP_SOUND_BYTES,
                           map.data + (from - self->begin) * DAILIES_CLIP_SOUND_BYTES,
                           (to - from) * DAILIES_CLIP_SOUND_BYTES);
          gst_buffer_unmap (self->buffer, &map);
        }
      if (self->end > stop)
        break;
      if (!pull (self, cancellable, error))
        return NULL;
    }
  self->at = stop;

  return g_steal_pointer (&taken);
}
