/* dailies-thumbnail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-thumbnail.h"
#include "dailies-codecs.h"
#include "dailies-stop.h"

#include <string.h>

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#define FRAME_TIMEOUT (8 * GST_SECOND)
/* Up to this length decoding to the exact frame is quick; above, the next key frame does. */
#define EXACT_SECONDS 30.0

void
dailies_thumbnail_fit (int *width,
                       int *height,
                       int  longest)
{
  int longer;

  g_return_if_fail (width != NULL && height != NULL && longest > 0);

  longer = MAX (*width, *height);
  if (longer <= longest)
    return;

  *width = MAX (1, (int) ((gint64) *width * longest / longer));
  *height = MAX (1, (int) ((gint64) *height * longest / longer));
}

static void
pad_added_cb (GstElement *decoder,
              GstPad     *pad,
              GstElement *first)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (first, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* decoder → right way up → small → RGB. The sink's caps ask for the size. */
static GstElement *
make_pipeline (const char  *uri,
               int          width,
               int          height,
               GstElement **out_sink)
{
  g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
  g_autoptr (GstCaps) raw = gst_caps_from_string ("video/x-raw(ANY)");
  g_autoptr (GstCaps) small = NULL;
  GstElement *decoder = gst_element_factory_make ("uridecodebin", NULL);
  GstElement *convert = gst_element_factory_make ("videoconvert", NULL);
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);
  GstElement *scale = gst_element_factory_make ("videoconvertscale", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);

  gst_object_ref_sink (pipeline);
  dailies_codecs_mend_faults ();
  if (decoder == NULL || convert == NULL || flip == NULL || scale == NULL || sink == NULL)
    {
      GstElement *elements[] = { decoder, convert, flip, scale, sink };

      for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
        {
          if (elements[i] != NULL)
            gst_object_unref (gst_object_ref_sink (elements[i]));
        }
      return NULL;
    }

  small = gst_caps_new_simple ("video/x-raw",
                               "format", G_TYPE_STRING, "RGB",
                               "width", G_TYPE_INT, width,
                               "height", G_TYPE_INT, height,
                               "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1,
                               NULL);
  g_object_set (decoder, "uri", uri, "caps", raw, "expose-all-streams", FALSE, NULL);
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  g_object_set (scale, "add-borders", FALSE, NULL);
  g_object_set (sink, "sync", FALSE, "max-buffers", 1, "caps", small, NULL);

  gst_bin_add_many (GST_BIN (pipeline), decoder, convert, flip, scale, sink, NULL);
  gst_element_link_many (convert, flip, scale, sink, NULL);
  g_signal_connect (decoder, "pad-added", G_CALLBACK (pad_added_cb), convert);

  *out_sink = sink;

  return g_steal_pointer (&pipeline);
}

static GdkPixbuf *
sample_to_pixbuf (GstSample *sample)
{
  GstVideoInfo  info;
  GstVideoFrame frame;
  GdkPixbuf    *pixbuf;

  if (sample == NULL || gst_sample_get_caps (sample) == NULL ||
      !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB,
                           FALSE,
                           8,
                           GST_VIDEO_FRAME_WIDTH (&frame),
                           GST_VIDEO_FRAME_HEIGHT (&frame));
  if (pixbuf != NULL)
    {
      guint8       *to = gdk_pixbuf_get_pixels (pixbuf);
      const guint8 *from = GST_VIDEO_FRAME_PLANE_DATA (&frame, 0);

      for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (&frame); y++)
        memcpy (to + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf),
                from + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                (gsize) GST_VIDEO_FRAME_WIDTH (&frame) * 3);
    }
  gst_video_frame_unmap (&frame);

  return pixbuf;
}

/* Waits in short turns, so that a cancelled load does not hold a thread of the pool. An error ends the wait at once:
 * the state change itself would stay pending for ever where a decoder is missing. */
static gboolean
wait_until_prerolled (GstElement   *pipeline,
                      GCancellable *cancellable)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  const GstClockTime turn = 100 * GST_MSECOND;

  for (GstClockTime waited = 0; waited < FRAME_TIMEOUT; waited += turn)
    {
      g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, turn, GST_MESSAGE_ERROR | GST_MESSAGE_ASYNC_DONE);

      if (message != NULL)
        return GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE;
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
    }

  return FALSE;
}

GdkPixbuf *
dailies_thumbnail_of_video (const char   *uri,
                            double        seconds,
                            int           width,
                            int           height,
                            int           longest,
                            GCancellable *cancellable)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstElement *sink = NULL;
  GdkPixbuf  *pixbuf = NULL;

  g_return_val_if_fail (uri != NULL && width > 0 && height > 0, NULL);

  dailies_thumbnail_fit (&width, &height, longest);
  pipeline = make_pipeline (uri, width, height, &sink);
  if (pipeline == NULL)
    return NULL;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  if (wait_until_prerolled (pipeline, cancellable))
    {
      GstSeekFlags flags = GST_SEEK_FLAG_FLUSH;

      flags |= seconds <= EXACT_SECONDS ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT;
      /* A file that cannot be sought still shows its first frame. */
      if (seconds > 0 &&
          gst_element_seek_simple (pipeline, GST_FORMAT_TIME, flags, seconds * 0.1 * GST_SECOND) &&
          !wait_until_prerolled (pipeline, cancellable))
        sink = NULL;
      if (sink != NULL)
        sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (sink), GST_SECOND);
      pixbuf = sample_to_pixbuf (sample);
    }
  dailies_stop (pipeline);

  return pixbuf;
}
