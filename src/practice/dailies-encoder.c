/* dailies-encoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-encoder.h"

#include <glib/gi18n-lib.h>
#include <gst/app/app.h>
#include <gst/video/video.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-stop.h"

struct _DailiesEncoder
{
  GstElement    *pipeline;
  GstAppSrc     *source;
  GstBufferPool *pool;
  GstVideoInfo   info;
  GstBuffer     *buffer;
  GstVideoFrame  frame;
  DailiesPicture picture;
  guint64        n_frames;
};

/* A handful of frames: enough for the encoder's threads, little enough to stay in step with them. */
#define N_BUFFERS 12

static gboolean
make_pool (DailiesEncoder *self,
           GstCaps        *caps,
           GError        **error)
{
  GstStructure *config;

  self->pool = gst_video_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, caps, (guint) GST_VIDEO_INFO_SIZE (&self->info), 2, 0);
  if (!gst_buffer_pool_set_config (self->pool, config) || !gst_buffer_pool_set_active (self->pool, TRUE))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("There is no memory for frames of %d×%d pixels"),
                   GST_VIDEO_INFO_WIDTH (&self->info), GST_VIDEO_INFO_HEIGHT (&self->info));
      return FALSE;
    }

  return TRUE;
}

DailiesEncoder *
dailies_encoder_new (const char *path,
                     int         width,
                     int         height,
                     GError    **error)
{
  g_autoptr (DailiesEncoder) self = g_new0 (DailiesEncoder, 1);
  g_autoptr (GstElement)     sink = NULL;
  g_autoptr (GstCaps)        caps = NULL;
  g_autofree char           *h264 = NULL;
  g_autofree char           *launch = NULL;

  h264 = dailies_codecs_describe_h264 (
    DAILIES_CODECS_QUICK, width, height, DAILIES_ENCODER_FPS, error);
  if (h264 == NULL)
    return NULL;
  launch = g_strconcat (
    "appsrc name=source ! ", h264, " ! mp4mux faststart=true ! filesink name=sink", NULL);
  self->pipeline = gst_parse_launch (launch, error);
  if (self->pipeline == NULL)
    return NULL;

  gst_video_info_set_format (&self->info, GST_VIDEO_FORMAT_I420, (guint) width, (guint) height);
  self->info.fps_n = DAILIES_ENCODER_FPS;
  self->info.fps_d = 1;
  gst_video_colorimetry_from_string (&self->info.colorimetry, GST_VIDEO_COLORIMETRY_BT709);
  caps = gst_video_info_to_caps (&self->info);
  self->source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "source"));
  g_object_set (self->source,
                "caps", caps,
                "format", GST_FORMAT_TIME,
                "block", TRUE,
                "max-bytes", (guint64) N_BUFFERS * GST_VIDEO_INFO_SIZE (&self->info),
                NULL);
  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (sink, "location", path, NULL);

  if (!make_pool (self, caps, error))
    return NULL;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return g_steal_pointer (&self);
}

void
dailies_encoder_free (DailiesEncoder *self)
{
  if (self == NULL)
    return;

  if (self->buffer != NULL)
    {
      gst_video_frame_unmap (&self->frame);
      gst_clear_buffer (&self->buffer);
    }
  if (self->pipeline != NULL)
    dailies_stop (self->pipeline);
  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);
  g_clear_object (&self->source);
  g_clear_object (&self->pool);
  g_clear_object (&self->pipeline);
  g_free (self);
}

/* An error that is already waiting on the bus; a full disk shows here while frames still go in. */
static gboolean
check_bus (DailiesEncoder *self,
           GError        **error)
{
  g_autoptr (GstBus)     bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message == NULL)
    return TRUE;

  gst_message_parse_error (message, error, NULL);

  return FALSE;
}

DailiesPicture *
dailies_encoder_begin (DailiesEncoder *self,
                       GError        **error)
{
  g_return_val_if_fail (self->buffer == NULL, NULL);

  if (!check_bus (self, error))
    return NULL;

  if (gst_buffer_pool_acquire_buffer (self->pool, &self->buffer, NULL) != GST_FLOW_OK
      || !gst_video_frame_map (&self->frame, &self->info, self->buffer, GST_MAP_WRITE))
    {
      gst_clear_buffer (&self->buffer);
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("There is no memory for another frame"));
      return NULL;
    }

  self->picture.width = self->info.width;
  self->picture.height = self->info.height;
  for (int p = 0; p < DAILIES_PLANE_ALPHA; p++)
    self->picture.planes[p] = (DailiesPlane){
      GST_VIDEO_FRAME_PLANE_DATA (&self->frame, p),
      GST_VIDEO_FRAME_COMP_WIDTH (&self->frame, p),
      GST_VIDEO_FRAME_COMP_HEIGHT (&self->frame, p),
      GST_VIDEO_FRAME_PLANE_STRIDE (&self->frame, p),
    };

  return &self->picture;
}

gboolean
dailies_encoder_push (DailiesEncoder *self,
                      GError        **error)
{
  g_return_val_if_fail (self->buffer != NULL, FALSE);

  gst_video_frame_unmap (&self->frame);
  GST_BUFFER_PTS (self->buffer) = gst_util_uint64_scale (self->n_frames, GST_SECOND, DAILIES_ENCODER_FPS);
  GST_BUFFER_DURATION (self->buffer) =
    gst_util_uint64_scale (self->n_frames + 1, GST_SECOND, DAILIES_ENCODER_FPS) - GST_BUFFER_PTS (self->buffer);
  self->n_frames++;

  /* A refusal has its reason on the bus, and the next begin or finish tells it. */
  gst_app_src_push_buffer (self->source, g_steal_pointer (&self->buffer));

  return check_bus (self, error);
}

gboolean
dailies_encoder_wait (gpointer      pipeline,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, 100 * GST_MSECOND, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

      if (message == NULL)
        continue;

      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        return TRUE;

      gst_message_parse_error (message, error, NULL);
      break;
    }

  return FALSE;
}

gboolean
dailies_encoder_finish (DailiesEncoder *self,
                        GError        **error)
{
  gst_app_src_end_of_stream (self->source);

  return dailies_encoder_wait (self->pipeline, NULL, error);
}
