/* test-codecs.c: what the guards against faults of decoders leave as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <string.h>

#include "dailies-codecs.h"
#include "odd-clips.h"

#define PICTURES 8
#define DEADLINE (20 * GST_SECOND)

/* Encoders of which each picture is less than the whole one, or that write into buffers of their own. */
static const char *const codecs[] = { "cfhd",     "cinepak",  "ffv1", "flashsv", "huffyuv", "mjpeg", "msmpeg4v2", "msvideo1", "prores",
                                      "qtrle",    "roqvideo", "rpza", "smc",     "svq1",    "wmv2",   "zmbv" };

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static gboolean
has_codec (const char *codec)
{
  g_autofree char *encoder = g_strconcat ("avenc_", codec, NULL);
  g_autofree char *decoder = g_strconcat ("avdec_", codec, NULL);

  return has_element (encoder) && has_element (decoder);
}

static GstElement *
start (const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_object_ref_sink (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static void
stop (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* A decoder that paints over its last picture must not keep the time of that, too. */
static void
test_times (gconstpointer data)
{
  static const char *const whole[] = { "cfhd", "roqvideo", NULL };
  const char *codec = data;
  /* Of no multiple of 16, but where the encoder wants that. */
  int width = g_strv_contains (whole, codec) ? 256 : 252;
  g_autofree char *description =
    g_strdup_printf ("videotestsrc pattern=ball num-buffers=%d ! video/x-raw,width=%d,height=%d,framerate=10/1 ! videoconvert ! "
                     "avenc_%s ! avdec_%s ! appsink name=out sync=false",
                     PICTURES, width, width == 256 ? 128 : 124, codec, codec);
  GstElement *pipeline = start (description);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstClockTime last = GST_CLOCK_TIME_NONE;
  int n;

  for (n = 0; n < PICTURES; n++)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), DEADLINE);
      GstClockTime time;

      if (sample == NULL && n > 0 && gst_app_sink_is_eos (GST_APP_SINK (sink)))
        break;
      g_assert_nonnull (sample);
      time = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
      g_assert_true (last == GST_CLOCK_TIME_NONE || time > last);
      last = time;
    }
  /* One or two make nothing of the last picture. */
  g_assert_cmpint (n, >=, PICTURES - 1);
  stop (pipeline);
}

/* Pictures of one bit have no name in GStreamer: they may make an error, and no more. */
static void
test_dots (gconstpointer data)
{
  int depth = GPOINTER_TO_INT (data);
  g_autofree char *description =
    g_strdup_printf ("appsrc name=in format=time caps=video/x-rle,layout=quicktime,depth=%d,width=64,height=32,framerate=10/1 ! "
                     "avdec_qtrle ! fakesink",
                     depth);
  GstElement *pipeline = start (description);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  guint8 picture[4 + 2 + 32 * 10 + 2] = { 0, 0, 0x01, 0x48 };

  /* Of QuickTime Animation: the length, a header without more, and for each line a new one, four pairs of bytes. */
  for (int line = 0; line < 32; line++)
    {
      guint8 *at = picture + 6 + 10 * line;

      at[0] = 0x80;
      at[1] = 4;
      memset (at + 2, 0x5a, 8);
    }
  for (int i = 0; i < 4; i++)
    {
      GstBuffer *buffer = gst_buffer_new_memdup (picture, sizeof picture);
      GstFlowReturn flow;

      GST_BUFFER_PTS (buffer) = i * 100 * GST_MSECOND;
      g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
      gst_buffer_unref (buffer);
    }
  g_signal_emit_by_name (source, "end-of-stream", &(GstFlowReturn){ 0 });
  message = gst_bus_timed_pop_filtered (bus, DEADLINE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  stop (pipeline);
}

static void
put (guint8  *at,
     guint32  value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

/* An AVI as others write it: the lowest row first, with the shape of its frame told beside it where GStreamer leaves room. */
static void
write_upright (const char *path)
{
  g_autofree char *description =
    g_strdup_printf ("videotestsrc num-buffers=2 ! video/x-raw,format=BGR,width=32,height=32,framerate=24/1 ! avimux ! "
                     "filesink location=%s",
                     path);
  static const guint32 frame[] = { 0, 0, 24, 32, 32, 0x10001, 32, 32, 1, 32, 32, 32, 32, 0, 0, 0, 0 };
  GstElement *pipeline = start (description);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, DEADLINE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autofree char *bytes = NULL;
  guint8 *strf = NULL, *room = NULL;
  guint32 left;
  gsize   length;

  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  stop (pipeline);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 0; i + 4 < length && room == NULL; i++)
    {
      if (memcmp (bytes + i, "strf", 4) == 0)
        strf = (guint8 *) bytes + i;
      else if (memcmp (bytes + i, "JUNK", 4) == 0)
        room = (guint8 *) bytes + i;
    }
  g_assert_true (strf != NULL && room != NULL);
  put (strf + 16, (guint32) -32);
  memcpy (&left, room + 4, sizeof left);
  left = GUINT32_FROM_LE (left);
  g_assert_cmpuint (left, >, 8 + sizeof frame);
  memcpy (room, "vprp", 4);
  put (room + 4, sizeof frame);
  for (gsize i = 0; i < G_N_ELEMENTS (frame); i++)
    put (room + 8 + 4 * i, frame[i]);
  memcpy (room + 8 + sizeof frame, "JUNK", 4);
  put (room + 12 + sizeof frame, left - 8 - sizeof frame);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static void
test_upright (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-codecs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "upright.avi", NULL);
  g_autofree char *description =
    g_strdup_printf ("filesrc location=%s ! decodebin ! appsink name=out sync=false", path);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstElement *pipeline;
  int n = 0, d = 0;

  write_upright (path);
  pipeline = start (description);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), DEADLINE);
  g_assert_nonnull (sample);
  g_assert_true (gst_structure_get_fraction (gst_caps_get_structure (gst_sample_get_caps (sample), 0), "pixel-aspect-ratio", &n,
                                             &d));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (d, ==, 1);
  stop (pipeline);
  g_unlink (path);
  g_rmdir (folder);
}

/* A picture and, beside it, one of how transparent it is: both or nothing. */
static void
test_alpha (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-codecs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "alpha.webm", NULL);
  g_autofree char *description = g_strdup_printf (
    "uridecodebin uri=file://%s caps=video/x-raw(ANY) expose-all-streams=false ! appsink name=out sync=false", path);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstElement *pipeline;

  odd_clip_write (folder, "alpha.webm", odd_clip_alpha);
  pipeline = start (description);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), DEADLINE);
  g_assert_nonnull (sample);
  g_assert_cmpstr (gst_structure_get_string (gst_caps_get_structure (gst_sample_get_caps (sample), 0), "format"), ==, "A420");
  stop (pipeline);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  dailies_codecs_mend_faults ();

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      g_autofree char *path = g_strconcat ("/codecs/times/", codecs[i], NULL);

      if (has_codec (codecs[i]))
        g_test_add_data_func (path, codecs[i], test_times);
    }
  if (has_element ("vp8alphadecodebin"))
    g_test_add_func ("/codecs/alpha", test_alpha);
  g_test_add_func ("/codecs/upright", test_upright);
  if (has_codec ("qtrle"))
    {
      g_test_add_data_func ("/codecs/dots", GINT_TO_POINTER (1), test_dots);
      g_test_add_data_func ("/codecs/dots-of-gray", GINT_TO_POINTER (33), test_dots);
    }
  return g_test_run ();
}
