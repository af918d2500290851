/* dailies-still-pipeline.c: what decodes the frames of a reader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>

#include "dailies-codecs.h"
#include "dailies-reel-gap.h"
#include "dailies-still-reader-private.h"

/* Frames that are decoded ahead: enough to keep decoder and taker both busy. */
#define N_AHEAD 4

/* --- what the streaming threads find out ------------------------------------------------------ */

static gboolean
is_sideways (const DailiesReelTile *tile)
{
  DailiesReelTile probe = *tile;
  int             width, height;

  probe.width = 2;
  probe.height = 1;
  probe.par_n = probe.par_d = 1;
  dailies_reel_tile_get_shown_size (&probe, &width, &height);

  return width < height;
}

void
dailies_still_reader_update_filter (DailiesStillReader *self)
{
  g_autoptr (GstCaps) caps = NULL;
  gboolean sideways;
  int      width, height;

  g_mutex_lock (&self->lock);
  caps = dailies_reel_tile_get_caps (&self->tile);
  sideways = is_sideways (&self->tile);
  width = sideways ? self->height : self->width;
  height = sideways ? self->width : self->height;
  g_mutex_unlock (&self->lock);

  if (caps == NULL)
    return;

  gst_caps_set_simple (caps, "format", G_TYPE_STRING, self->format, NULL);
  if (width > 0 && height > 0)
    gst_caps_set_simple (caps, "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, NULL);
  /* Clips that are put side by side must mean the same colours by the same numbers. */
  if (g_str_equal (self->format, "I420"))
    gst_caps_set_simple (caps, "colorimetry", G_TYPE_STRING, GST_VIDEO_COLORIMETRY_BT709, NULL);
  g_object_set (self->filter, "caps", caps, NULL);
}

static void
read_caps (DailiesStillReader *self, GstCaps *caps)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;

  g_mutex_lock (&self->lock);
  self->tile.width = GST_VIDEO_INFO_WIDTH (&info);
  self->tile.height = GST_VIDEO_INFO_HEIGHT (&info);
  self->tile.par_n = GST_VIDEO_INFO_PAR_N (&info);
  self->tile.par_d = GST_VIDEO_INFO_PAR_D (&info);
  dailies_reel_grid_set_rate (&self->grid, GST_VIDEO_INFO_FPS_N (&info), GST_VIDEO_INFO_FPS_D (&info));
  g_mutex_unlock (&self->lock);
  dailies_still_reader_update_filter (self);
}

static GstPadProbeReturn
decoded_probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  DailiesStillReader       *self = data;
  GstEvent                 *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstVideoOrientationMethod method;
  GstTagList               *tags;
  GstCaps                  *caps;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    {
      gst_event_parse_caps (event, &caps);
      read_caps (self, caps);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_TAG)
    {
      gst_event_parse_tag (event, &tags);
      if (gst_video_orientation_from_tag (tags, &method))
        {
          g_mutex_lock (&self->lock);
          self->tile.orientation = method;
          g_mutex_unlock (&self->lock);
          dailies_still_reader_update_filter (self);
        }
    }

  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement *source, GstPad *pad, DailiesStillReader *self)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->queue, "sink");
  gboolean linked = !gst_pad_is_linked (sink) && GST_PAD_LINK_SUCCESSFUL (gst_pad_link (pad, sink));

  g_mutex_lock (&self->lock);
  self->has_video = self->has_video || linked;
  g_mutex_unlock (&self->lock);
}

/* Sound is not decoded, but a clip of nothing else should say so. */
static gboolean
autoplug_continue_cb (GstElement *source, GstPad *pad, GstCaps *caps, DailiesStillReader *self)
{
  /* Of a picture with a picture of its transparency beside it nothing is known at first. */
  if (gst_caps_get_size (caps) > 0 &&
      g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/"))
    g_atomic_int_set (&self->has_sound, TRUE);

  return TRUE;
}

static void
no_more_pads_cb (GstElement *source, DailiesStillReader *self)
{
  g_mutex_lock (&self->lock);
  self->exposed = TRUE;
  g_mutex_unlock (&self->lock);
}

/* --- building --------------------------------------------------------------------------------- */

static GstElement *
make_source (DailiesStillReader *self)
{
  GstElement      *source = gst_element_factory_make ("uridecodebin", NULL);
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw(ANY)");

  dailies_codecs_mend_faults ();
  g_object_set (source, "uri", uri, "caps", caps, "expose-all-streams", FALSE, NULL);
  dailies_codecs_make_exact (source);
  dailies_reel_gap_guard (source);
  g_signal_connect (source, "autoplug-continue", G_CALLBACK (autoplug_continue_cb), self);
  g_signal_connect (source, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);

  return source;
}

void
dailies_still_reader_build (DailiesStillReader *self)
{
  GstElement *convert = gst_element_factory_make ("videoconvertscale", NULL);
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (convert, "sink");

  g_object_set (convert, "add-borders", FALSE, NULL);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_element_get_bus (self->pipeline);
  self->source = make_source (self);
  self->queue = gst_element_factory_make ("queue", NULL);
  g_object_set (
    self->queue, "max-size-buffers", 3, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  gst_util_set_object_arg (G_OBJECT (convert), "alpha-mode", "set");
  self->filter = gst_element_factory_make ("capsfilter", NULL);
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  /* Without a tag it would copy each frame; with one it thinks anew. */
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (flip), TRUE);
  self->sink = gst_element_factory_make ("appsink", NULL);
  /* Not asynchronous: a seek that meets a change of state would now and then wait for ever. */
  g_object_set (self->sink,
                "async",
                FALSE,
                "sync",
                FALSE,
                "max-buffers",
                N_AHEAD,
                "enable-last-sample",
                FALSE,
                NULL);

  gst_bin_add_many (GST_BIN (self->pipeline),
                    self->source,
                    self->queue,
                    convert,
                    self->filter,
                    flip,
                    self->sink,
                    NULL);
  gst_element_link_many (self->queue, convert, self->filter, flip, self->sink, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, decoded_probe_cb, self, NULL);
}
