/* dailies-jog-coder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-coder.h"

#include <gst/app/gstappsink.h>
#include <gst/base/gstbasetransform.h>
#include <math.h>

#include "dailies-codecs.h"
#include "dailies-jog-scale.h"
#include "dailies-jog-threads.h"
#include "dailies-reel-grid.h"
#include "dailies-reel-tile.h"
#include "dailies-stop.h"

#define QUALITY 87
/* What a pixel takes at that quality in a busy picture; most take half. */
#define BYTES_PER_PIXEL 0.15
/* Less than this nobody recognises anything in. */
#define FEWEST_PIXELS (160 * 90)
/* How often a frame is looked for before the clip counts as damaged: 30 s on an idle machine. Not a time: whoever looks gives
 * way as the decoder does, so where the other work of the machine holds up the one it holds up the other. */
#define N_LOOK_UPS 300
#define LOOK_UP_INTERVAL (100 * GST_MSECOND)

struct _DailiesJogCoder
{
  GstElement *pipeline;
  GstElement *convert;
  GstElement *filter;
  GstElement *sink;
  guint64     room; /* bytes for the whole clip */
  int         max_width;
  int         max_height;
  gint64      last; /* ns, time of the frame before; -1 none */

  GMutex          lock;
  DailiesReelTile tile;
  DailiesReelGrid grid;
  GstVideoInfo    info;
  gboolean        has_info;
  gboolean        begun;   /* a frame was coded */
  gboolean        changed; /* the pictures became others on the way */
  gboolean        has_video;
  gboolean        exposed;
};

/* --- the size of the pictures ----------------------------------------------------------------- */

/* A long clip gets smaller pictures, so that all of it finds room. */
static double
count_pixels (DailiesJogCoder *self,
              gint64           duration)
{
  gint64 n = MAX (1, duration / dailies_reel_grid_length (&self->grid));
  double fit = self->room / (n * BYTES_PER_PIXEL);

  return CLAMP (fit, FEWEST_PIXELS, DAILIES_JOG_CODER_PIXELS);
}

/* With the lock. The same arithmetic as for the picture that is played, so that nothing jumps. */
static GstCaps *
get_caps (DailiesJogCoder *self,
          gint64           duration)
{
  GstCaps *caps;
  double   scale = 1;
  double   most = count_pixels (self, duration);
  int      width, height;

  dailies_reel_tile_get_shown_size (&self->tile, &width, &height);
  if (width <= 0 || height <= 0)
    return NULL;

  if (self->max_width > 0 && self->max_height > 0)
    scale = MIN (1, MIN ((double) self->max_width / width, (double) self->max_height / height));
  self->tile.max_width = self->max_width;
  self->tile.max_height = self->max_height;
  if (scale * width * scale * height > most)
    {
      scale = sqrt (most / ((double) width * height));
      self->tile.max_width = MAX (1, (int) (width * scale + 0.5));
      self->tile.max_height = MAX (1, (int) (height * scale + 0.5));
    }

  caps = dailies_reel_tile_get_caps (&self->tile);
  gst_caps_set_simple (caps, "format", G_TYPE_STRING, "I420", NULL);
  return caps;
}

static void
update_size (DailiesJogCoder *self,
             GstPad          *pad)
{
  g_autoptr (GstCaps) caps = NULL;
  gint64 duration = 0;

  if (!gst_pad_peer_query_duration (pad, GST_FORMAT_TIME, &duration))
    duration = 0;

  g_mutex_lock (&self->lock);
  caps = get_caps (self, duration);
  g_mutex_unlock (&self->lock);
  if (caps != NULL)
    g_object_set (self->filter, "caps", caps, NULL);
}

/* --- streaming threads ------------------------------------------------------------------------ */

static void
read_caps (DailiesJogCoder *self,
           GstPad          *pad,
           GstEvent        *event)
{
  GstVideoInfo info;
  GstCaps     *caps;

  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&info, caps))
    return;

  g_mutex_lock (&self->lock);
  self->tile.width = GST_VIDEO_INFO_WIDTH (&info);
  self->tile.height = GST_VIDEO_INFO_HEIGHT (&info);
  self->tile.par_n = GST_VIDEO_INFO_PAR_N (&info);
  self->tile.par_d = GST_VIDEO_INFO_PAR_D (&info);
  dailies_reel_grid_set_rate (&self->grid, GST_VIDEO_INFO_FPS_N (&info), GST_VIDEO_INFO_FPS_D (&info));
  g_mutex_unlock (&self->lock);
  update_size (self, pad);
}

static GstPadProbeReturn
decoded_probe_cb (GstPad          *pad,
                  GstPadProbeInfo *info,
                  gpointer         data)
{
  DailiesJogCoder          *self = data;
  GstEvent                 *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstVideoOrientationMethod method;
  GstTagList               *tags;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    {
      read_caps (self, pad, event);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_TAG)
    {
      gst_event_parse_tag (event, &tags);
      if (!gst_video_orientation_from_tag (tags, &method))
        return GST_PAD_PROBE_OK;

      g_mutex_lock (&self->lock);
      self->tile.orientation = method;
      g_mutex_unlock (&self->lock);
      update_size (self, pad);
    }

  return GST_PAD_PROBE_OK;
}

/* What the encoder gets: JPEG itself does not tell which colours were meant. */
static GstPadProbeReturn
coded_probe_cb (GstPad          *pad,
                GstPadProbeInfo *probe,
                gpointer         data)
{
  DailiesJogCoder *self = data;
  GstVideoInfo     info;
  GstCaps         *caps;

  if (GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_BUFFER)
    {
      g_mutex_lock (&self->lock);
      self->begun = TRUE;
      g_mutex_unlock (&self->lock);
      return GST_PAD_PROBE_OK;
    }
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (probe)) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (probe), &caps);
  if (!gst_video_info_from_caps (&info, caps))
    return GST_PAD_PROBE_OK;

  g_mutex_lock (&self->lock);
  if (self->begun && !gst_video_info_is_equal (&self->info, &info))
    self->changed = TRUE;
  self->info = info;
  self->has_info = TRUE;
  g_mutex_unlock (&self->lock);

  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement      *source,
              GstPad          *pad,
              DailiesJogCoder *self)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->convert, "sink");

  if (gst_pad_is_linked (sink) || !GST_PAD_LINK_SUCCESSFUL (gst_pad_link (pad, sink)))
    return;

  g_mutex_lock (&self->lock);
  self->has_video = TRUE;
  g_mutex_unlock (&self->lock);
}

static void
no_more_pads_cb (GstElement      *source,
                 DailiesJogCoder *self)
{
  g_mutex_lock (&self->lock);
  self->exposed = TRUE;
  g_mutex_unlock (&self->lock);
}

/* Threads of the decoder's own would only take turns with one another: one frame after the other
 * costs less in all. */
static void
deep_element_added_cb (GstBin          *bin,
                       GstBin          *parent,
                       GstElement      *element,
                       DailiesJogCoder *self)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (element);

  if (GST_IS_VIDEO_DECODER (element) && g_object_class_find_property (klass, "max-threads") != NULL)
    g_object_set (element, "max-threads", 1, NULL);
}

/* --- building --------------------------------------------------------------------------------- */

static void
watch_pad (GstElement          *element,
           GstPadProbeType      type,
           GstPadProbeCallback  callback,
           DailiesJogCoder     *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, type, callback, self, NULL);
}

static GstElement *
make_source (DailiesJogCoder *self,
             GFile           *file)
{
  GstElement      *source = gst_element_factory_make ("uridecodebin", NULL);
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw(ANY)");

  dailies_codecs_mend_faults ();
  g_object_set (source, "uri", uri, "caps", caps, "expose-all-streams", FALSE, NULL);
  g_signal_connect (source, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);

  return source;
}

/**
 * dailies_jog_coder_new:
 * @max_width: device pixels there are for the picture; 0 for as many as it has
 * @max_height: likewise
 * @room: bytes that all frames together may take, so that a long clip gets smaller pictures
 *
 * Returns: (transfer full) (nullable): %NULL when GStreamer lacks its JPEG plug-in
 */
DailiesJogCoder *
dailies_jog_coder_new (GFile  *file,
                       int     max_width,
                       int     max_height,
                       guint64 room)
{
  DailiesJogCoder *self;
  GstElement      *source, *scale, *flip;
  GstElement      *encoder = gst_element_factory_make ("jpegenc", NULL);

  if (encoder == NULL)
    return NULL;

  self = g_new0 (DailiesJogCoder, 1);
  g_mutex_init (&self->lock);
  self->max_width = max_width;
  self->max_height = max_height;
  self->room = room;
  self->last = -1;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_signal_connect (
    self->pipeline, "deep-element-added", G_CALLBACK (deep_element_added_cb), self);
  dailies_jog_threads_use (self->pipeline);

  source = make_source (self, file);
  /* Most clips are I420 as they come, and pass. */
  self->convert = gst_element_factory_make ("videoconvert", NULL);
  g_object_set (self->convert, "n-threads", 1, NULL);
  scale = dailies_jog_scale_new ();
  self->filter = gst_element_factory_make ("capsfilter", NULL);
  flip = gst_element_factory_make ("videoflip", NULL);
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  /* Without a tag it would copy each frame; with one it thinks anew. */
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (flip), TRUE);
  g_object_set (encoder, "quality", QUALITY, NULL);
  self->sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (
    self->sink, "sync", FALSE, "max-buffers", 1, "enable-last-sample", FALSE, "qos", FALSE, NULL);

  gst_bin_add_many (GST_BIN (self->pipeline),
                    source, self->convert, scale, self->filter, flip, encoder, self->sink, NULL);
  gst_element_link_many (self->convert, scale, self->filter, flip, encoder, self->sink, NULL);
  watch_pad (self->convert, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, decoded_probe_cb, self);
  watch_pad (encoder, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, coded_probe_cb, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return self;
}

/* Waits for its streaming threads. */
void
dailies_jog_coder_free (DailiesJogCoder *self)
{
  dailies_stop (self->pipeline);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* --- frame by frame --------------------------------------------------------------------------- */

static gboolean
is_broken (DailiesJogCoder *self,
           GError         **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  gboolean blind, changed;

  if (message != NULL)
    {
      gst_message_parse_error (message, error, NULL);
      return TRUE;
    }

  g_mutex_lock (&self->lock);
  blind = self->exposed && !self->has_video;
  changed = self->changed;
  g_mutex_unlock (&self->lock);
  if (blind || changed)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         blind ? "There is no picture" : "The picture changes its shape");

  return blind || changed;
}

static GstSample *
wait_for_sample (DailiesJogCoder *self,
                 GCancellable    *cancellable,
                 GError         **error)
{
  int n = 0;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error) && !is_broken (self, error))
    {
      GstSample *sample =
        gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), LOOK_UP_INTERVAL);

      if (sample != NULL)
        return sample;
      if (gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
        {
          is_broken (self, error);
          return NULL;
        }
      if (++n == N_LOOK_UPS)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No frame comes");
          return NULL;
        }
    }

  return NULL;
}

/**
 * dailies_jog_coder_next:
 * @time: (out): ns from the start of the clip; later than that of the frame before
 *
 * Returns: (transfer full) (nullable): the next coded frame; %NULL without an error after the last
 */
GstBuffer *
dailies_jog_coder_next (DailiesJogCoder *self,
                        GCancellable    *cancellable,
                        gint64          *time,
                        GError         **error)
{
  g_autoptr (GstSample) sample = wait_for_sample (self, cancellable, error);
  GstBuffer *buffer;
  guint64    value = 0;
  int        sign;

  if (sample == NULL)
    return NULL;

  buffer = gst_sample_get_buffer (sample);
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "A frame has no time");
      return NULL;
    }
  sign = gst_segment_to_stream_time_full (
    gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer), &value);
  *time = MAX (MAX (sign * (gint64) value, 0), self->last + 1);
  self->last = *time;

  return gst_buffer_ref (buffer);
}

/**
 * dailies_jog_coder_get_info:
 * @info: (out): the pictures before they were coded; known once a frame came
 */
gboolean
dailies_jog_coder_get_info (DailiesJogCoder *self,
                            GstVideoInfo    *info)
{
  gboolean known;

  g_mutex_lock (&self->lock);
  known = self->has_info;
  *info = self->info;
  g_mutex_unlock (&self->lock);

  return known;
}
