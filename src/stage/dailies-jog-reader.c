/* dailies-jog-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-reader.h"

#include "dailies-jog.h"
#include "dailies-picture-pool.h"
#include "dailies-shrink-plan.h"
#include "dailies-stop.h"

struct _DailiesJogReader
{
  GstElement        *decoder;
  GstPad            *in;  /* ours: what we push here … */
  GstPad            *out; /* … comes out there before the push returns */
  GstBuffer         *decoded;
  GstVideoInfo       coded; /* what was given to the encoder: colours as the clip has them */
  GstVideoInfo       shown;
  GstCaps           *caps;
  DailiesShrinkPlan *plan;      /* the loops that the player's pictures come through; … */
  GstVideoConverter *converter; /* … where they cannot do it, this one: %NULL otherwise */
  GstBufferPool     *pool;
};

static GstFlowReturn
decoded_cb (GstPad    *pad,
            GstObject *parent,
            GstBuffer *buffer)
{
  DailiesJogReader *self = gst_pad_get_element_private (pad);

  gst_clear_buffer (&self->decoded);
  self->decoded = buffer;

  return GST_FLOW_OK;
}

static GstPad *
make_pad (DailiesJogReader *self,
          const char       *name,
          GstPadDirection   direction)
{
  GstPad *pad = gst_object_ref_sink (gst_pad_new (name, direction));
  g_autoptr (GstPad) peer =
    gst_element_get_static_pad (self->decoder, direction == GST_PAD_SRC ? "sink" : "src");

  gst_pad_set_element_private (pad, self);
  if (direction == GST_PAD_SINK)
    gst_pad_set_chain_function (pad, decoded_cb);
  gst_pad_set_active (pad, TRUE);
  if (direction == GST_PAD_SRC)
    gst_pad_link (pad, peer);
  else
    gst_pad_link (peer, pad);

  return pad;
}

/* Without a pipeline and a thread of its own: pushing and pulling would cost more than decoding. */
static void
start_decoder (DailiesJogReader *self)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("image/jpeg",
                                                  "parsed", G_TYPE_BOOLEAN, TRUE,
                                                  "width", G_TYPE_INT, self->coded.width,
                                                  "height", G_TYPE_INT, self->coded.height,
                                                  "framerate", GST_TYPE_FRACTION, 25, 1,
                                                  NULL);
  GstSegment segment;

  self->out = make_pad (self, "out", GST_PAD_SINK);
  self->in = make_pad (self, "in", GST_PAD_SRC);
  gst_element_set_state (self->decoder, GST_STATE_PLAYING);

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->in, gst_event_new_stream_start ("jog"));
  gst_pad_push_event (self->in, gst_event_new_caps (caps));
  gst_pad_push_event (self->in, gst_event_new_segment (&segment));
}

static void
make_pool (DailiesJogReader *self)
{
  GstStructure *config;

  /* A picture's memory is used again: getting it anew from the system costs more than filling it. */
  self->pool = dailies_picture_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, self->caps, self->shown.size, 2, 0);
  gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
  gst_buffer_pool_set_config (self->pool, config);
  gst_buffer_pool_set_active (self->pool, TRUE);
}

static void
run_plan (DailiesJogReader    *self,
          const GstVideoFrame *source,
          GstVideoFrame       *target)
{
  const guint8 *planes[3];
  int           strides[3];

  for (int i = 0; i < 3; i++)
    {
      planes[i] = GST_VIDEO_FRAME_PLANE_DATA (source, i);
      strides[i] = GST_VIDEO_FRAME_PLANE_STRIDE (source, i);
    }
  dailies_shrink_plan_run (self->plan,
                           planes,
                           strides,
                           GST_VIDEO_FRAME_PLANE_DATA (target, 0),
                           GST_VIDEO_FRAME_PLANE_STRIDE (target, 0));
}

static gboolean
convert (DailiesJogReader *self,
         GstBuffer        *from,
         GstBuffer        *to)
{
  GstVideoFrame source, target;

  if (!gst_video_frame_map (&source, &self->coded, from, GST_MAP_READ))
    return FALSE;
  if (!gst_video_frame_map (&target, &self->shown, to, GST_MAP_WRITE))
    {
      gst_video_frame_unmap (&source);
      return FALSE;
    }
  if (self->plan != NULL)
    run_plan (self, &source, &target);
  else
    gst_video_converter_frame (self->converter, &source, &target);
  gst_video_frame_unmap (&target);
  gst_video_frame_unmap (&source);

  return TRUE;
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_jog_reader_new:
 * @coded: the pictures before they were coded: I420, in the colours of the clip
 *
 * Returns: (transfer full) (nullable): %NULL when GStreamer lacks its JPEG plug-in
 */
DailiesJogReader *
dailies_jog_reader_new (const GstVideoInfo *coded)
{
  DailiesJogReader *self;
  GstElement       *decoder = gst_element_factory_make ("jpegdec", NULL);

  if (decoder == NULL)
    return NULL;

  self = g_new0 (DailiesJogReader, 1);
  self->decoder = gst_object_ref_sink (decoder);
  self->coded = *coded;
  /* JPEG has no fields: what it gives back are whole pictures, of an interlaced clip too. */
  self->coded.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  gst_video_info_set_format (&self->shown, GST_VIDEO_FORMAT_BGRA, coded->width, coded->height);
  self->shown.fps_n = coded->fps_n;
  self->shown.fps_d = coded->fps_d;
  self->caps = gst_video_info_to_caps (&self->shown);
  self->plan = dailies_shrink_plan_new (&self->coded, self->shown.width, self->shown.height);
  if (self->plan == NULL)
    self->converter = gst_video_converter_new (
      &self->coded,
      &self->shown,
      gst_structure_new ("jog", GST_VIDEO_CONVERTER_OPT_THREADS, G_TYPE_UINT, 1, NULL));
  start_decoder (self);
  make_pool (self);

  return self;
}

void
dailies_jog_reader_free (DailiesJogReader *self)
{
  dailies_stop (self->decoder);
  gst_pad_set_active (self->in, FALSE);
  gst_pad_set_active (self->out, FALSE);
  gst_object_unref (self->in);
  gst_object_unref (self->out);
  gst_object_unref (self->decoder);
  gst_clear_buffer (&self->decoded);
  g_clear_pointer (&self->plan, dailies_shrink_plan_free);
  g_clear_pointer (&self->converter, gst_video_converter_free);
  gst_buffer_pool_set_active (self->pool, FALSE);
  gst_object_unref (self->pool);
  gst_caps_unref (self->caps);
  g_free (self);
}

/**
 * dailies_jog_reader_read:
 * @frame: a coded picture
 *
 * Returns: (transfer full) (nullable): BGRA with its video meta; %NULL when @frame is damaged
 */
GstSample *
dailies_jog_reader_read (DailiesJogReader *self,
                         GstBuffer        *frame)
{
  g_autoptr (GstBuffer) picture = NULL;
  g_autoptr (GstBuffer) decoded = NULL;

  GST_BUFFER_PTS (frame) = 0;
  GST_BUFFER_DURATION (frame) = GST_SECOND;
  if (gst_pad_push (self->in, gst_buffer_ref (frame)) != GST_FLOW_OK || self->decoded == NULL)
    return NULL;

  decoded = g_steal_pointer (&self->decoded);
  if (gst_buffer_pool_acquire_buffer (self->pool, &picture, NULL) != GST_FLOW_OK ||
      !convert (self, decoded, picture))
    return NULL;

  return gst_sample_new (picture, self->caps, NULL, gst_structure_new_empty (DAILIES_JOG_INFO));
}
