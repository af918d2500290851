/* test-reel-av.c: a clip with a flash and a beep at the same moments, seen and heard through the real sound path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sound-device.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>

#include "dailies-reel.h"

/* µs of the clip between two flashes; the first is at one such time. */
#define EVERY       500000
#define N_FLASHES   3
#define FPS         30
#define TOLERANCE   40000
#define MAX_EVENTS  64
/* A machine that is busy with something else paints late, now and then; an offset of the reel's own is there every time. */
#define ATTEMPTS    12

/* When something began, µs on the monotonic clock. */
typedef struct
{
  GMutex lock;
  gint64 times[MAX_EVENTS];
  guint  n;
} Events;

static Events beeps, flashes;

static void
note (Events *events,
      gint64  time)
{
  g_mutex_lock (&events->lock);
  if (events->n < MAX_EVENTS)
    events->times[events->n++] = time;
  g_mutex_unlock (&events->lock);
}

static guint
count (Events *events)
{
  guint n;

  g_mutex_lock (&events->lock);
  n = events->n;
  g_mutex_unlock (&events->lock);

  return n;
}

/* Notes where a beep begins. */
static void
hear (TestDevice   *device,
      const gint16 *samples,
      guint         n,
      gint64        begin)
{
  for (guint i = 0; i < n; i++)
    {
      if (ABS (samples[i]) < 3000)
        {
          device->silent++;
          continue;
        }
      if (device->silent > SAMPLE_RATE / 10)
        note (&beeps, begin + i * G_USEC_PER_SEC / SAMPLE_RATE);
      device->silent = 0;
    }
}

/* --- the clip --------------------------------------------------------------------------------- */

static GstBuffer *
draw (guint number)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 64 * 64, NULL);
  gint64     time = (gint64) number * G_USEC_PER_SEC / FPS;
  gboolean   flash = time >= EVERY && time % EVERY < 3 * G_USEC_PER_SEC / FPS;

  gst_buffer_memset (buffer, 0, flash ? 235 : 16, 64 * 64);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, FPS);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / FPS;

  return buffer;
}

/* A tenth of a second of sound from @start on, in samples. */
static GstBuffer *
play (gint64 start)
{
  guint      n = SAMPLE_RATE / 10;
  gint16    *samples = g_new (gint16, n);
  GstBuffer *buffer;

  for (guint i = 0; i < n; i++)
    {
      gint64 time = (start + i) * G_USEC_PER_SEC / SAMPLE_RATE;

      samples[i] = time >= EVERY && time % EVERY < 100000 ? (i / 24 % 2 ? 12000 : -12000) : 0;
    }
  buffer = gst_buffer_new_wrapped (samples, n * sizeof *samples);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (start, GST_SECOND, SAMPLE_RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 10;

  return buffer;
}

static GFile *
make_clip (const char *path)
{
  g_autofree char *description = g_strdup_printf (
    "appsrc name=video format=time caps=video/x-raw,format=GRAY8,width=64,height=64,framerate=%d/1 "
    "! videoconvert ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast key-int-max=30 ! h264parse "
    "! queue max-size-time=0 ! mux. "
    "appsrc name=audio format=time caps=audio/x-raw,format=S16LE,layout=interleaved,rate=%d,channels=1 "
    "! queue max-size-time=0 ! mux. qtmux name=mux ! filesink location=\"%s\"",
    FPS, SAMPLE_RATE, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, &error));
  g_autoptr (GstElement) video = NULL;
  g_autoptr (GstElement) audio = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  guint seconds_10 = (N_FLASHES + 1) * EVERY / 100000;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  video = gst_bin_get_by_name (GST_BIN (pipeline), "video");
  audio = gst_bin_get_by_name (GST_BIN (pipeline), "audio");
  g_object_set (video, "max-bytes", (guint64) 0, NULL);
  g_object_set (audio, "max-bytes", (guint64) 0, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < seconds_10 * FPS / 10; i++)
    gst_app_src_push_buffer (GST_APP_SRC (video), draw (i));
  for (guint i = 0; i < seconds_10; i++)
    gst_app_src_push_buffer (GST_APP_SRC (audio), play ((gint64) i * SAMPLE_RATE / 10));
  gst_app_src_end_of_stream (GST_APP_SRC (video));
  gst_app_src_end_of_stream (GST_APP_SRC (audio));
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_file_new_for_path (path);
}

/* --- the test --------------------------------------------------------------------------------- */

static void
frame_cb (DailiesReel *reel,
          guint        side,
          gboolean    *white)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, side);
  guint8   pixel[4];
  gboolean now;

  gst_buffer_extract (gst_sample_get_buffer (sample), 64 * 4 * 32, pixel, sizeof pixel);
  now = pixel[1] > 127;
  if (now && !*white)
    note (&flashes, g_get_monotonic_time ());
  *white = now;
}

static gboolean
expire_cb (gpointer data)
{
  g_error ("Only %u flashes and %u beeps came", count (&flashes), count (&beeps));
  return G_SOURCE_REMOVE;
}

/* Waits for as many flashes and beeps. */
static void
wait_for_both (guint n)
{
  guint timer = g_timeout_add_seconds (30, expire_cb, NULL);

  while (count (&flashes) < n || count (&beeps) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static gint64
find_worst (void)
{
  gint64 worst = 0;

  for (guint i = 0; i < flashes.n; i++)
    {
      gint64 nearest = G_MAXINT64;

      for (guint j = 0; j < beeps.n; j++)
        {
          if (ABS (flashes.times[i] - beeps.times[j]) < ABS (nearest))
            nearest = flashes.times[i] - beeps.times[j];
        }
      g_test_message ("the flash comes %.1f ms after the beep", nearest / 1e3);
      worst = MAX (worst, ABS (nearest));
    }

  return worst;
}

static gint64
play_alone (GFile *file)
{
  DailiesReel *reel = dailies_reel_new ();
  gboolean     white = FALSE;

  beeps.n = flashes.n = 0;
  g_signal_connect (reel, "frame", G_CALLBACK (frame_cb), &white);
  g_object_set (reel, "looping", TRUE, NULL);
  dailies_reel_set_file (reel, 0, file);
  dailies_reel_play (reel);
  /* Three rounds without a flush, a pause, and a seek. */
  wait_for_both (3 * N_FLASHES - 1);
  dailies_reel_pause (reel);
  dailies_reel_play (reel);
  wait_for_both (4 * N_FLASHES);
  dailies_reel_seek (reel, GST_SECOND / 5);
  wait_for_both (6 * N_FLASHES);
  dailies_reel_pause (reel);
  dailies_reel_close (reel);
  g_assert_finalize_object (reel);

  return find_worst ();
}

/* One of two sides is heard, and then the other: the beeps go on, and nothing jumps from one sample to the next. */
static gint64
play_two (GFile *file)
{
  DailiesReel *reel = dailies_reel_new ();
  gboolean     white = FALSE;

  beeps.n = flashes.n = 0;
  g_object_set (reel, "looping", TRUE, NULL);
  dailies_reel_set_file (reel, 0, file);
  dailies_reel_set_file (reel, 1, file);
  g_signal_connect (reel, "frame", G_CALLBACK (frame_cb), &white);
  dailies_reel_play (reel);
  wait_for_both (2);
  g_object_set (reel, "audible", 1, NULL);
  wait_for_both (5);
  g_object_set (reel, "audible", -1, NULL);
  dailies_reel_close (reel);
  g_assert_finalize_object (reel);

  /* Each beep is heard from one of them alone. */
  g_assert_cmpuint (beeps.n, <=, flashes.n + 2);

  return find_worst ();
}

/* --- a decoder that had no time --------------------------------------------------------------- */

/* µs that each picture takes. */
static int slowness;

static GstPadProbeReturn
slow_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         data)
{
  g_usleep ((gulong) g_atomic_int_get (&slowness));
  return GST_PAD_PROBE_OK;
}

/* Of each decoder of pictures in each pipeline. */
static gboolean
added_hook (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  GstElement *element = g_value_get_object (&values[2]);

  if (GST_IS_VIDEO_DECODER (element))
    gst_pad_add_probe (GST_VIDEO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BUFFER, slow_cb, NULL, NULL);
  return TRUE;
}

static gboolean
is_waiting (DailiesReel *reel)
{
  gboolean waiting;

  g_object_get (reel, "waiting", &waiting, NULL);
  return waiting;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The clock has waited for the picture, and then there is time again: the sound has come along. */
static gint64
play_after_wait (GFile *file)
{
  DailiesReel *reel = dailies_reel_new ();
  guint        tick = g_timeout_add (50, tick_cb, NULL);
  gboolean     white = FALSE;

  beeps.n = flashes.n = 0;
  g_signal_connect (reel, "frame", G_CALLBACK (frame_cb), &white);
  g_object_set (reel, "looping", TRUE, NULL);
  dailies_reel_set_file (reel, 0, file);
  dailies_reel_play (reel);
  wait_for_both (1);
  g_atomic_int_set (&slowness, 60000);
  while (!is_waiting (reel))
    g_main_context_iteration (NULL, TRUE);
  g_atomic_int_set (&slowness, 0);
  while (is_waiting (reel))
    g_main_context_iteration (NULL, TRUE);
  beeps.n = flashes.n = 0;
  wait_for_both (2 * N_FLASHES);
  dailies_reel_pause (reel);
  dailies_reel_close (reel);
  g_assert_finalize_object (reel);
  g_source_remove (tick);

  return find_worst ();
}

/* --- the judge -------------------------------------------------------------------------------- */

typedef struct
{
  GFile *file;
  gint64 (*play) (GFile *file);
} Case;

static void
test_offset (gconstpointer data)
{
  const Case *test = data;
  gint64      best = G_MAXINT64;

  for (int i = 0; i < ATTEMPTS && best >= TOLERANCE; i++)
    best = MIN (best, test->play (test->file));
  g_assert_cmpint (best, <, TOLERANCE);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "beeps.mov", NULL);
  g_autoptr (GFile) file = NULL;
  Case alone = { .play = play_alone };
  Case two = { .play = play_two };
  Case after_wait = { .play = play_after_wait };
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_mutex_init (&beeps.lock);
  g_mutex_init (&flashes.lock);
  test_device_register (hear);
  file = alone.file = two.file = after_wait.file = make_clip (path);
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN));
  g_signal_add_emission_hook (
    g_signal_lookup ("deep-element-added", GST_TYPE_BIN), 0, added_hook, NULL, NULL);

  g_test_add_data_func ("/reel-av/offset", &alone, test_offset);
  g_test_add_data_func ("/reel-av/two-sides", &two, test_offset);
  g_test_add_data_func ("/reel-av/after-wait", &after_wait, test_offset);
  status = g_test_run ();
  g_file_delete (file, NULL, NULL);
  g_rmdir (folder);

  return status;
}
