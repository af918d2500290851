/* dailies-reel-gap.c
 *
 * The queues behind a demuxer take nothing between the end of a round and the segment of the next. The demuxer of MP4 may
 * have to say before that segment that a stream has nothing to begin with: where a clip is played slowly it does, and
 * stands there for good. Nobody needs to hear it: the segment says the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-gap.h"

/* Streaming thread of the pad. */
static GstPadProbeReturn
event_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         data)
{
  gboolean *between = data;

  switch ((int) GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)))
    {
    case GST_EVENT_SEGMENT_DONE:
      *between = TRUE;
      break;

    case GST_EVENT_SEGMENT:
    case GST_EVENT_FLUSH_STOP:
      *between = FALSE;
      break;

    case GST_EVENT_GAP:
      return *between ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;

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
                       g_new0 (gboolean, 1),
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
