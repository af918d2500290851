/* dailies-reel-gap.c
 *
 * The demuxer of MP4 says where a stream has nothing for a while. Between the end of a round and the segment of the next the
 * queues behind it take nothing, and where a clip is played slowly it says so there, and stands for good. And a sink of
 * pictures that is told so takes it for what it was waiting for, and shows nothing. Neither needs to hear it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-gap.h"

/* One stream; its streaming thread's. */
typedef struct
{
  gboolean between; /* two rounds */
  gboolean picture;
} Watch;

static gboolean
is_picture (GstEvent *event)
{
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  return gst_caps_get_size (caps) > 0 &&
         g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/");
}

static GstPadProbeReturn
event_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         data)
{
  Watch    *watch = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

  switch ((int) GST_EVENT_TYPE (event))
    {
    case GST_EVENT_CAPS:
      watch->picture = is_picture (event);
      break;

    case GST_EVENT_SEGMENT_DONE:
      watch->between = TRUE;
      break;

    case GST_EVENT_SEGMENT:
    case GST_EVENT_FLUSH_STOP:
      watch->between = FALSE;
      break;

    case GST_EVENT_GAP:
      return watch->between || watch->picture ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;

    default:
      break;
    }

  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement *queue,
              GstPad     *pad,
              gpointer    data)
{
  if (GST_PAD_IS_SINK (pad))
    gst_pad_add_probe (pad,
                       GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                       event_cb,
                       g_new0 (Watch, 1),
                       g_free);
}

static void
element_added_cb (GstBin     *source,
                  GstBin     *bin,
                  GstElement *element,
                  gpointer    data)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  if (factory != NULL && g_str_equal (GST_OBJECT_NAME (factory), "multiqueue"))
    g_signal_connect (element, "pad-added", G_CALLBACK (pad_added_cb), NULL);
}

void
dailies_reel_gap_guard (GstElement *source)
{
  g_signal_connect (source, "deep-element-added", G_CALLBACK (element_added_cb), NULL);
}
