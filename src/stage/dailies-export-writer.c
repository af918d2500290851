/* dailies-export-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-writer.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-clip-sound.h"
#include "dailies-stop.h"

/* Frames that wait for the encoder: the fewer, the sooner it can be stopped. */
#define N_WAITING 4

struct _DailiesExportWriter
{
  DailiesExportFile *file; /* unowned */
  GstElement        *pipeline;
  GstAppSrc         *video;
  GstAppSrc         *audio; /* (nullable) */
  GstBus            *bus;
  GstBufferPool     *pool;
  GstVideoInfo       info;
  GstBuffer         *buffer;
  GstVideoFrame      frame;
  guint64            n_frames;
  guint64            n_samples;
};

static gboolean
make_pool (DailiesExportWriter *self, GstCaps *caps)
{
  GstStructure *config;

  self->pool = gst_video_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, caps, GST_VIDEO_INFO_SIZE (&self->info), 2, 0);

  return gst_buffer_pool_set_config (self->pool, config) &&
         gst_buffer_pool_set_active (self->pool, TRUE);
}

static void
set_no_memory (DailiesExportWriter *self, GError **error)
{
  g_set_error (
    error,
    DAILIES_ERROR,
    DAILIES_ERROR_MEDIA,
    _ ("There is no memory for frames of %d×%d pixels. Close other programs and try again."),
    GST_VIDEO_INFO_WIDTH (&self->info),
    GST_VIDEO_INFO_HEIGHT (&self->info));
}

/* No limit on what waits for the muxer: it takes sound and picture in step, and x264 holds back
 * many frames. */
#define WAITING_FOR_MUXER " ! queue max-size-buffers=0 max-size-bytes=0 max-size-time=0 ! mux. "

static gboolean
build (DailiesExportWriter *self, gboolean with_sound, GError **error)
{
  g_autofree char *h264 = NULL;
  g_autofree char *aac = NULL;
  g_autofree char *sound = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GError) cause = NULL;

  h264 = dailies_codecs_describe_h264 (DAILIES_CODECS_FINE,
                                       GST_VIDEO_INFO_WIDTH (&self->info),
                                       GST_VIDEO_INFO_HEIGHT (&self->info),
                                       (double) self->info.fps_n / self->info.fps_d,
                                       error);
  if (h264 == NULL)
    return FALSE;
  aac = with_sound ? dailies_codecs_describe_aac (NULL, error) : NULL;
  if (with_sound && aac == NULL)
    return FALSE;

  sound =
    with_sound ? g_strdup_printf ("appsrc name=audio ! %s" WAITING_FOR_MUXER, aac) : g_strdup ("");
  description = g_strdup_printf (
    "mp4mux name=mux ! filesink name=sink appsrc name=video ! %s" WAITING_FOR_MUXER "%s",
    h264,
    sound);
  self->pipeline = gst_parse_launch (description, &cause);
  if (self->pipeline == NULL)
    {
      g_propagate_error (
        error,
        dailies_error_new_with_words (DAILIES_ERROR_MEDIA,
                                      cause->message,
                                      0,
                                      _ ("A part of GStreamer that makes MP4 files is missing. "
                                         "Install “gstreamer1.0-plugins-good”.")));
      return FALSE;
    }

  gst_object_ref_sink (self->pipeline);
  self->bus = gst_element_get_bus (self->pipeline);
  self->video = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "video"));
  if (with_sound)
    self->audio = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "audio"));

  return TRUE;
}

static void
set_up (DailiesExportWriter *self, GstCaps *caps)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_autoptr (GstCaps) sound = gst_caps_from_string (DAILIES_CLIP_SOUND_CAPS);

  g_object_set (sink, "location", dailies_export_file_get_path (self->file), NULL);
  g_object_set (self->video,
                "caps",
                caps,
                "format",
                GST_FORMAT_TIME,
                "block",
                TRUE,
                "max-bytes",
                (guint64) N_WAITING * GST_VIDEO_INFO_SIZE (&self->info),
                NULL);
  if (self->audio != NULL)
    g_object_set (
      self->audio, "caps", sound, "format", GST_FORMAT_TIME, "max-bytes", (guint64) 0, NULL);
}

/**
 * dailies_export_writer_new:
 * @file: must outlive the writer
 * @width: even
 * @height: even
 * @error: %DAILIES_ERROR_MEDIA with a sentence
 */
DailiesExportWriter *
dailies_export_writer_new (DailiesExportFile *file,
                           int                width,
                           int                height,
                           int                fps_n,
                           int                fps_d,
                           gboolean           with_sound,
                           GError           **error)
{
  g_autoptr (DailiesExportWriter) self = g_new0 (DailiesExportWriter, 1);
  g_autoptr (GstCaps) caps = NULL;

  self->file = file;
  gst_video_info_set_format (&self->info, GST_VIDEO_FORMAT_I420, width, height);
  self->info.fps_n = fps_n;
  self->info.fps_d = fps_d;
  gst_video_colorimetry_from_string (&self->info.colorimetry, GST_VIDEO_COLORIMETRY_BT709);
  caps = gst_video_info_to_caps (&self->info);

  if (!build (self, with_sound, error))
    return NULL;
  if (!make_pool (self, caps))
    {
      set_no_memory (self, error);
      return NULL;
    }
  set_up (self, caps);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return g_steal_pointer (&self);
}

void
dailies_export_writer_free (DailiesExportWriter *self)
{
  if (self->buffer != NULL)
    {
      gst_video_frame_unmap (&self->frame);
      gst_clear_buffer (&self->buffer);
    }
  if (self->pipeline != NULL)
    dailies_stop (self->pipeline);
  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);
  gst_clear_object (&self->video);
  gst_clear_object (&self->audio);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->pool);
  gst_clear_object (&self->pipeline);
  g_free (self);
}

/* What the sink says of a disk has no number; writing to it ourselves has. */
static void
set_failed (DailiesExportWriter *self, GstMessage *message, GError **error)
{
  g_autoptr (GError) cause = NULL;

  gst_message_parse_error (message, &cause, NULL);
  if (g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    g_propagate_error (error, dailies_export_file_explain (self->file, ENOSPC));
  else if (cause->domain == GST_RESOURCE_ERROR && !dailies_export_file_try (self->file, error))
    return;
  else
    g_propagate_error (error,
                       dailies_error_new_with_words (DAILIES_ERROR_MEDIA,
                                                     cause->message,
                                                     0,
                                                     _ ("The movie cannot be made: %s"),
                                                     cause->message));
}

static gboolean
check_bus (DailiesExportWriter *self, GError **error)
{
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR);

  if (message == NULL)
    return TRUE;

  set_failed (self, message, error);
  return FALSE;
}

/* Returns: (transfer none) (nullable): a frame to be drawn into, its content undefined, valid until
 * dailies_export_writer_push() */
GstVideoFrame *
dailies_export_writer_begin (DailiesExportWriter *self, GError **error)
{
  g_assert (self->buffer == NULL);

  if (!check_bus (self, error))
    return NULL;
  if (gst_buffer_pool_acquire_buffer (self->pool, &self->buffer, NULL) != GST_FLOW_OK ||
      !gst_video_frame_map (&self->frame, &self->info, self->buffer, GST_MAP_WRITE))
    {
      gst_clear_buffer (&self->buffer);
      set_no_memory (self, error);
      return NULL;
    }

  return &self->frame;
}

/* Waits while the encoder is behind. */
gboolean
dailies_export_writer_push (DailiesExportWriter *self, GError **error)
{
  const guint64 unit = (guint64) self->info.fps_d * GST_SECOND;

  gst_video_frame_unmap (&self->frame);
  GST_BUFFER_PTS (self->buffer) = gst_util_uint64_scale (self->n_frames, unit, self->info.fps_n);
  GST_BUFFER_DURATION (self->buffer) =
    gst_util_uint64_scale (self->n_frames + 1, unit, self->info.fps_n) -
    GST_BUFFER_PTS (self->buffer);
  self->n_frames++;
  /* A refusal has its reason on the bus. */
  gst_app_src_push_buffer (self->video, g_steal_pointer (&self->buffer));

  return check_bus (self, error);
}

/* @samples: (transfer full): as dailies_clip_sound_take() gives them */
void
dailies_export_writer_push_sound (DailiesExportWriter *self, GstBuffer *samples)
{
  guint64 n = gst_buffer_get_size (samples) / DAILIES_CLIP_SOUND_BYTES;

  GST_BUFFER_PTS (samples) =
    gst_util_uint64_scale (self->n_samples, GST_SECOND, DAILIES_CLIP_SOUND_RATE);
  GST_BUFFER_DURATION (samples) =
    gst_util_uint64_scale (self->n_samples + n, GST_SECOND, DAILIES_CLIP_SOUND_RATE) -
    GST_BUFFER_PTS (samples);
  self->n_samples += n;
  gst_app_src_push_buffer (self->audio, samples);
}

/* Waits until everything is written. */
gboolean
dailies_export_writer_finish (DailiesExportWriter *self, GCancellable *cancellable, GError **error)
{
  gst_app_src_end_of_stream (self->video);
  if (self->audio != NULL)
    gst_app_src_end_of_stream (self->audio);

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
        self->bus, 50 * GST_MSECOND, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

      if (message == NULL)
        continue;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        {
          /* The sink closes the file, and may fail at it. */
          dailies_stop (self->pipeline);
          return TRUE;
        }
      set_failed (self, message, error);
      return FALSE;
    }

  return FALSE;
}
