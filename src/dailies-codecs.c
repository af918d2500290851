/* dailies-codecs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-codecs.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "dailies-error.h"

/* OpenH264 knows no constant quality: bits for each pixel that leave moving pictures clean. */
#define OPENH264_BITS 0.15

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

/* The bit rate that x264 would keep to by default, whatever the quality asked for, is switched off. */
static char *
describe_x264 (DailiesCodecsCare care, int second)
{
  if (care == DAILIES_CODECS_QUICK)
    return g_strdup_printf ("x264enc pass=quant quantizer=22 speed-preset=superfast bframes=2 "
                            "key-int-max=%d ! video/x-h264,profile=high ! h264parse",
                            second);

  return g_strdup_printf ("x264enc pass=qual quantizer=18 vbv-buf-capacity=0 speed-preset=veryfast "
                          "key-int-max=%d ! video/x-h264,profile=high ! h264parse",
                          second);
}

char *
dailies_codecs_describe_h264 (
  DailiesCodecsCare care, int width, int height, double fps, GError **error)
{
  /* A second between key frames: players jump about in it quickly. */
  int second = MAX (1, (int) (fps + 0.5));

  g_return_val_if_fail (width > 0 && height > 0 && fps > 0, NULL);

  if (has_element ("x264enc"))
    return describe_x264 (care, second);
  if (has_element ("openh264enc"))
    return g_strdup_printf (
      "openh264enc bitrate=%u max-bitrate=%u gop-size=%d complexity=%s ! h264parse",
      (guint) MAX (1e6, OPENH264_BITS * width * height * fps),
      (guint) MAX (2e6, 2 * OPENH264_BITS * width * height * fps),
      second,
      care == DAILIES_CODECS_QUICK ? "low" : "medium");

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("This computer has no encoder for H.264. Install GStreamer's x264 or OpenH264 "
                  "plug-in (“gstreamer1.0-plugins-ugly” or “gstreamer1.0-plugins-bad”)."));
  return NULL;
}

char *
dailies_codecs_describe_aac (guint *delay, GError **error)
{
  static const struct
  {
    const char *name;
    guint       delay;
  } encoders[] = {
    { "avenc_aac", 1024 },
    { "fdkaacenc", 2048 },
    { "voaacenc", 1600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      if (!has_element (encoders[i].name))
        continue;
      if (delay != NULL)
        *delay = encoders[i].delay;
      return g_strdup_printf ("audioconvert ! %s bitrate=192000 ! aacparse", encoders[i].name);
    }

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("This computer has no encoder for AAC sound. Install GStreamer's plug-ins for it "
                  "(“gstreamer1.0-libav”) or export without sound."));
  return NULL;
}

/* --- faults ----------------------------------------------------------------------------------- */

/* The decoders of gst-libav write into buffers of what comes behind them, and end the program where the pictures are of a kind that
 * GStreamer has no name for, such as RGB of 16 bits; newer versions also where those buffers turn out to be as large as the coded
 * picture, with its padding, and not as the picture itself. Buffers of their own are safe, for one copy of each picture. */
static void
spare_decoder (GstElement *element,
               const char *name)
{
  /* Their pictures are of few kinds, which all have names, but for one; see refuse_deep_gray_cb(). */
  static const char *const plain[] = { "avdec_h264", "avdec_h265", "avdec_mpeg2video", "avdec_mpeg4", "avdec_vp8", NULL };
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  if ((!g_strv_contains (plain, name) || (major == 1 && minor > 22)) &&
      g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

/* Gray of more than 8 bits, which H.265 knows: GStreamer has had a name for it since 1.26 only, and buffers of its own do not save the
 * decoder from it. */
static GstPadProbeReturn
refuse_deep_gray_cb (GstPad          *pad,
                     GstPadProbeInfo *info,
                     gpointer         data)
{
  const GstStructure *structure;
  const char         *chroma;
  guint               bits;
  GstCaps            *caps;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  structure = gst_caps_get_structure (caps, 0);
  chroma = gst_structure_get_string (structure, "chroma-format");
  if (g_strcmp0 (chroma, "4:0:0") != 0 || !gst_structure_get_uint (structure, "bit-depth-luma", &bits) || bits <= 8)
    return GST_PAD_PROBE_OK;

  GST_ELEMENT_ERROR (GST_ELEMENT (data), STREAM, FORMAT, (NULL), ("gray of %u bits", bits));
  return GST_PAD_PROBE_DROP;
}

static void
guard_from_deep_gray (GstElement *decoder)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (decoder, "sink");

  if (gst_video_format_from_string ("GRAY10_LE16") == GST_VIDEO_FORMAT_UNKNOWN)
    gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, refuse_deep_gray_cb, decoder, NULL);
}

/* Of the parser: what the container says of the colours. */
#define COLORIMETRY_KEY "dailies-colorimetry"

/* Takes the event of @info away for one with @caps (transfer full). */
static void
replace_caps (GstPadProbeInfo *info,
              GstCaps         *caps)
{
  GstEvent *old = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *event = gst_event_new_caps (caps);

  gst_event_set_seqnum (event, gst_event_get_seqnum (old));
  gst_event_unref (old);
  gst_caps_unref (caps);
  info->data = event;
}

static GstPadProbeReturn
keep_back_cb (GstPad          *pad,
              GstPadProbeInfo *info,
              gpointer         data)
{
  GObject    *parser = data;
  const char *said;
  GstCaps    *caps;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  said = gst_structure_get_string (gst_caps_get_structure (caps, 0), "colorimetry");
  g_object_set_data_full (parser, COLORIMETRY_KEY, g_strdup (said), g_free);
  if (said == NULL)
    return GST_PAD_PROBE_OK;

  caps = gst_caps_copy (caps);
  gst_structure_remove_field (gst_caps_get_structure (caps, 0), "colorimetry");
  replace_caps (info, caps);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
give_back_cb (GstPad          *pad,
              GstPadProbeInfo *info,
              gpointer         data)
{
  const char *said = g_object_get_data (data, COLORIMETRY_KEY);
  GstCaps    *caps;

  if (said == NULL || GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  if (gst_structure_has_field (gst_caps_get_structure (caps, 0), "colorimetry"))
    return GST_PAD_PROBE_OK;

  caps = gst_caps_copy (caps);
  gst_caps_set_simple (caps, "colorimetry", G_TYPE_STRING, said, NULL);
  replace_caps (info, caps);

  return GST_PAD_PROBE_OK;
}

/* qtdemux reads the range from the wrong byte of an MP4, and a clip of a telephone that uses all of it is too dark and too bright.
 * The stream says the same, and the parser reads that where its container says nothing. */
static void
ask_stream_first (GstElement *parser)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (parser, "sink");
  g_autoptr (GstPad) src = gst_element_get_static_pad (parser, "src");

  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, keep_back_cb, parser, NULL);
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, give_back_cb, parser, NULL);
}

static gboolean
element_added_cb (GSignalInvocationHint *hint,
                  guint                  n_values,
                  const GValue          *values,
                  gpointer               data)
{
  static const char *const parsers[] = { "h264parse", "h265parse", NULL };
  GstElement        *element = g_value_get_object (&values[1]);
  GstElementFactory *factory = gst_element_get_factory (element);
  const char        *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  spare_decoder (element, name);
  if (g_strv_contains (parsers, name))
    ask_stream_first (element);
  else if (g_str_equal (name, "avdec_h265"))
    guard_from_deep_gray (element);

  return TRUE;
}

static gpointer
watch_elements (gpointer data)
{
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN));
  g_signal_add_emission_hook (
    g_signal_lookup ("element-added", GST_TYPE_BIN), 0, element_added_cb, NULL, NULL);

  return NULL;
}

void
dailies_codecs_mend_faults (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, watch_elements, NULL);
}
