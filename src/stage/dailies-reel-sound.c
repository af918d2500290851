/* dailies-reel-sound.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-sound.h"

#include "dailies-stop.h"

static GstElement *
make_silence (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "enable-last-sample", FALSE, NULL);
  return sink;
}

/* A missing or refusing device must never stop the picture. */
static GstElement *
make_sink (gboolean with_device)
{
  GstElement *sink = with_device ? gst_element_factory_make ("autoaudiosink", NULL) : NULL;

  if (sink == NULL)
    return make_silence ();

  if (gst_element_set_state (sink, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE)
    {
      dailies_stop (sink);
      gst_object_ref_sink (sink);
      gst_object_unref (sink);
      return make_silence ();
    }

  return sink;
}

/* At another speed the pitch is kept where scaletempo is installed. */
static const char *
describe_head (void)
{
  g_autoptr (GstElementFactory) stretch = gst_element_factory_find ("scaletempo");

  if (stretch == NULL)
    return "queue name=head ! audioconvert ! audioresample name=tail";

  return "queue name=head ! audioconvert ! scaletempo ! audioconvert ! audioresample name=tail";
}

/**
 * dailies_reel_sound_new:
 * @with_device: %FALSE sends the sound nowhere, in step with the clock
 * @fader: (out) (transfer full): the element that sets the volume; silent at first
 *
 * Opens the sound device, which may take a while: not for the main thread.
 *
 * Returns: (transfer floating) (nullable): a bin with a "sink" pad; %NULL where GStreamer lacks the
 * basic elements
 */
GstElement *
dailies_reel_sound_new (gboolean           with_device,
                        DailiesReelFader **fader)
{
  g_autoptr (GError) error = NULL;
  GstElement *bin = gst_parse_bin_from_description (describe_head (), FALSE, &error);
  GstElement *element, *convert, *sink;
  g_autoptr (GstElement) head = NULL;
  g_autoptr (GstElement) tail = NULL;
  g_autoptr (GstPad) pad = NULL;

  if (bin == NULL)
    {
      g_warning ("There is no sound: %s", error->message);
      return NULL;
    }

  head = gst_bin_get_by_name (GST_BIN (bin), "head");
  tail = gst_bin_get_by_name (GST_BIN (bin), "tail");
  element = dailies_reel_fader_new ();
  *fader = g_object_ref (DAILIES_REEL_FADER (element));
  convert = gst_element_factory_make ("audioconvert", NULL);
  sink = make_sink (with_device);
  gst_bin_add_many (GST_BIN (bin), element, convert, sink, NULL);
  gst_element_link_many (tail, element, convert, sink, NULL);

  pad = gst_element_get_static_pad (head, "sink");
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));

  return bin;
}
