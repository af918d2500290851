/* dailies-codecs-faults.c: faults of decoders, parsers and demuxers, mended where such an element comes into a pipeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-codecs.h"

#include <gst/video/video.h>
#include <string.h>

/* The decoders of gst-libav write into buffers of what comes behind them, and end the program where the pictures are of a kind that
 * GStreamer has no name for, such as RGB of 16 bits; newer versions also where those buffers turn out to be as large as the coded
 * picture, with its padding, and not as the picture itself. Buffers of their own are safe, for one copy of each picture. */
static void
spare_decoder (GstElement *element,
               const char *name)
{
  /* Their pictures are of few kinds, which all have names, but for one; see refuse_deep_gray_cb(). */
  static const char *const plain[] = { "avdec_h264", "avdec_h265", "avdec_mpeg2video", "avdec_mpeg4", "avdec_vp8", NULL };
  /* They paint what is new over their last picture. In a buffer of their own that is always the same one, and gst-libav gives each
   * picture of it the time of the first. Their pictures have names. */
  static const char *const painters[] = {
    "avdec_aasc", "avdec_camstudio", "avdec_camtasia", "avdec_cinepak", "avdec_fic", "avdec_flashsv", "avdec_flashsv2",
    "avdec_flic", "avdec_g2m", "avdec_indeo2", "avdec_msrle", "avdec_mss1", "avdec_mss2", "avdec_msvideo1", "avdec_qpeg",
    "avdec_qtrle", "avdec_roqvideo", "avdec_rpza", "avdec_rscc", "avdec_scpr", "avdec_screenpresso", "avdec_smc",
    "avdec_truemotion1", "avdec_truemotion2", "avdec_tscc2", "avdec_ultimotion", "avdec_vmnc", "avdec_xan_wc3", "avdec_xan_wc4",
    NULL
  };
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  if (g_strv_contains (painters, name) || (g_strv_contains (plain, name) && major == 1 && minor <= 22))
    return;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
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

static GstPadProbeReturn
make_square_cb (GstPad          *pad,
                GstPadProbeInfo *info,
                gpointer         data)
{
  GstCaps *caps;
  int      n, d;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  if (!gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "pixel-aspect-ratio", &n, &d) || (n > 0 && d > 0))
    return GST_PAD_PROBE_OK;

  caps = gst_caps_copy (caps);
  gst_caps_set_simple (caps, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  replace_caps (info, caps);
  return GST_PAD_PROBE_OK;
}

/* avidemux makes pixels of −1/1 of a height below nothing, which says no more than that the lowest row comes first. */
static void
demuxer_pad_added_cb (GstElement *demuxer,
                      GstPad     *pad,
                      gpointer    data)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, make_square_cb, NULL, NULL);
}

/* Of the demuxer: that its file is in fragments. */
#define FRAGMENTS_KEY "dailies-fragments"
/* Of what it is in: that every seek is to show the frame that was asked for. */
#define EXACT_KEY "dailies-exact"

static gboolean
is_exact (GstElement *demuxer)
{
  g_autoptr (GstObject) object = gst_object_ref (GST_OBJECT (demuxer));

  while (object != NULL && g_object_get_data (G_OBJECT (object), EXACT_KEY) == NULL)
    {
      GstObject *parent = gst_object_get_parent (object);

      gst_object_unref (object);
      object = parent;
    }

  return object != NULL;
}

/* What qtdemux reads of an MP4 in fragments, one box after another. By the table at the end of it, it goes to the fragment that
 * begins to be decoded before the wanted moment, of which no frame may be shown by then, and takes for when it is decoded what
 * some muxers note as when it is shown. Without a table it looks at the fragments themselves. */
static GstPadProbeReturn
hide_table_cb (GstPad          *pad,
               GstPadProbeInfo *info,
               gpointer         demuxer)
{
  char type[4];

  if (GST_PAD_PROBE_INFO_BUFFER (info) == NULL || gst_buffer_extract (GST_PAD_PROBE_INFO_BUFFER (info), 4, type, 4) < 4)
    return GST_PAD_PROBE_OK;

  if (memcmp (type, "moof", 4) == 0)
    {
      g_object_set_data (demuxer, FRAGMENTS_KEY, GINT_TO_POINTER (TRUE));
    }
  else if (memcmp (type, "mfro", 4) == 0 && is_exact (demuxer))
    {
      GST_PAD_PROBE_INFO_DATA (info) = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
      gst_buffer_fill (GST_PAD_PROBE_INFO_BUFFER (info), 4, "free", 4);
    }

  return GST_PAD_PROBE_OK;
}

static void
watch_fragments (GstElement *demuxer)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (demuxer, "sink");

  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_PULL | GST_PAD_PROBE_TYPE_BUFFER, hide_table_cb, demuxer, NULL);
}

void
dailies_codecs_make_exact (GstElement *source)
{
  g_return_if_fail (GST_IS_BIN (source));

  g_object_set_data (G_OBJECT (source), EXACT_KEY, source);
}

/* Returns: (transfer full) (nullable) */
static GstElement *
find_element (GstElement *source,
              const char *factory)
{
  GstIterator *elements = gst_bin_iterate_all_by_element_factory_name (GST_BIN (source), factory);
  GValue       value = G_VALUE_INIT;
  GstElement  *element = NULL;

  if (gst_iterator_next (elements, &value) == GST_ITERATOR_OK)
    element = g_value_dup_object (&value);
  g_value_unset (&value);
  gst_iterator_free (elements);

  return element;
}

gboolean
dailies_codecs_has_fragments (GstElement *source)
{
  g_autoptr (GstElement) demuxer = NULL;

  g_return_val_if_fail (GST_IS_BIN (source), FALSE);

  demuxer = find_element (source, "qtdemux");
  return demuxer != NULL && g_object_get_data (G_OBJECT (demuxer), FRAGMENTS_KEY) != NULL;
}

gboolean
dailies_codecs_is_transport_stream (GstElement *source)
{
  g_autoptr (GstElement) demuxer = NULL;

  g_return_val_if_fail (GST_IS_BIN (source), FALSE);

  demuxer = find_element (source, "tsdemux");
  return demuxer != NULL;
}

gboolean
dailies_codecs_knows_length (GstElement *source)
{
  g_autoptr (GstElement) demuxer = NULL;

  g_return_val_if_fail (GST_IS_BIN (source), FALSE);

  demuxer = find_element (source, "matroskademux");
  return demuxer == NULL && !dailies_codecs_is_transport_stream (source) && !dailies_codecs_has_fragments (source);
}

/* The decoders of WebM with alpha do not say beforehand what they make, and decodebin throws a stream away that may become something
 * nobody asked for. It never asks about a pad so, only about what a decoder may come to.
 *
 * Returns: whether @caps need more decoding */
static gboolean
autoplug_continue_cb (GstElement *decodebin,
                      GstPad     *pad,
                      GstCaps    *caps,
                      gpointer    data)
{
  return !gst_caps_is_any (caps);
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
  else if (g_str_equal (name, "qtdemux"))
    watch_fragments (element);
  else if (g_str_equal (name, "decodebin"))
    g_signal_connect (element, "autoplug-continue", G_CALLBACK (autoplug_continue_cb), NULL);
  else if (g_str_equal (name, "avidemux"))
    g_signal_connect (element, "pad-added", G_CALLBACK (demuxer_pad_added_cb), NULL);

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
