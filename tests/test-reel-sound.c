/* test-reel-sound.c: one of two sides is heard, and who changes that hears no click
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "sound-device.h"

#include <gst/app/gstappsrc.h>

#include "dailies-reel.h"
#include "dailies-reel-fader.h"

#define LOUD 3000
/* A tone of 100 Hz passes zero and turns round in less. */
#define QUIET (SAMPLE_RATE / 100)
/* From one sample to the next: the tone alone moves by 172 at most, a fade of 15 ms adds 18; a cut in the middle of a wave is
 * a step of up to 13107. */
#define STEP 300
/* A machine that is busy with something else lets the device run dry, now and then; a click of the reel's own is there every
 * time. */
#define ATTEMPTS 12

/* Under the lock. Each side has a device of its own, which is known by the order in which they were heard. */
static GMutex      lock;
static TestDevice *heard[2];
static int         step; /* the largest so far */

static void
hear (TestDevice   *device,
      const gint16 *samples,
      guint         n,
      gint64        begin)
{
  g_mutex_lock (&lock);
  for (guint i = 0; i < n; i++)
    {
      step = MAX (step, ABS (samples[i] - device->previous));
      device->previous = samples[i];
      device->silent = ABS (samples[i]) < LOUD ? device->silent + 1 : 0;
    }
  if (device->silent < QUIET && heard[0] != device && heard[1] != device)
    heard[heard[0] != NULL] = device;
  g_mutex_unlock (&lock);
}

static gboolean
is_loud (guint side)
{
  gboolean loud;

  g_mutex_lock (&lock);
  loud = heard[side] != NULL && heard[side]->silent < QUIET;
  g_mutex_unlock (&lock);

  return loud;
}

static gboolean
wake_cb (gpointer data)
{
  g_main_context_wakeup (NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
expire_cb (gpointer data)
{
  g_error ("Side %d was not heard alone", *(int *) data);
  return G_SOURCE_REMOVE;
}

/* @side: -1 none */
static void
wait_until_heard (int side)
{
  guint waker = g_timeout_add (5, wake_cb, NULL);
  guint timer = g_timeout_add_seconds (30, expire_cb, &side);

  while (is_loud (0) != (side == 0) || is_loud (1) != (side == 1))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_source_remove (timer);
}

static GFile *
make_clip (const char *path)
{
  g_autofree char *description = g_strdup_printf (
    "videotestsrc num-buffers=1800 ! video/x-raw,width=64,height=64,framerate=30/1 ! x264enc speed-preset=ultrafast ! h264parse "
    "! queue ! qtmux name=mux ! filesink location=\"%s\" "
    "audiotestsrc freq=100 volume=0.4 samplesperbuffer=4800 num-buffers=600 "
    "! audio/x-raw,format=S16LE,rate=%d,channels=1 ! queue ! mux.",
    path, SAMPLE_RATE);

  media_run_pipeline (description);

  return g_file_new_for_path (path);
}

/* Returns: the largest step from one sample to the next */
static int
listen (GFile *file)
{
  static const int order[] = { 1, 0, -1, 1, -1, 0, 1, 0, 1, 0 };
  DailiesReel *reel = dailies_reel_new ();

  heard[0] = heard[1] = NULL;
  step = 0;
  dailies_reel_set_file (reel, 0, file);
  dailies_reel_set_file (reel, 1, file);
  dailies_reel_play (reel);
  wait_until_heard (0);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_object_set (reel, "audible", order[i], NULL);
      wait_until_heard (order[i]);
    }
  g_object_set (reel, "muted", TRUE, NULL);
  wait_until_heard (-1);
  g_object_set (reel, "muted", FALSE, NULL);
  wait_until_heard (0);
  g_object_set (reel, "volume", 0.0, NULL);
  wait_until_heard (-1);

  dailies_reel_close (reel);
  g_assert_finalize_object (reel);
  g_test_message ("the largest step is %d", step);
  g_assert_cmpint (step, >, 100);

  return step;
}

static void
test_switch (gconstpointer data)
{
  int best = G_MAXINT;

  for (int i = 0; i < ATTEMPTS && best >= STEP; i++)
    best = MIN (best, listen ((GFile *) data));
  g_assert_cmpint (best, <, STEP);
}

/* Damaged clips bring blocks of sound without a sample in them; a build with sanitizers ends here where one is taken for
 * more. */
static void
test_empty_block (void)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    "audio/x-raw,format=" GST_AUDIO_NE (F32) ",layout=interleaved,rate=48000,channels=2");
  GstElement *source = gst_element_factory_make ("appsrc", NULL);
  GstElement *fader = dailies_reel_fader_new ();
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, fader, sink, NULL);
  g_assert_true (gst_element_link_many (source, fader, sink, NULL));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (int i = 0; i < 3; i++)
    {
      GstBuffer *block = i == 1 ? gst_buffer_new_memdup ("\0\0\0\0\0\0\0", 8) : gst_buffer_new ();

      GST_BUFFER_PTS (block) = i * GST_MSECOND;
      g_assert_cmpint (gst_app_src_push_buffer (GST_APP_SRC (source), block), ==, GST_FLOW_OK);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  message = gst_bus_timed_pop_filtered (bus, 10 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* --- a device that goes away ------------------------------------------------------------------ */

static void
count_cb (DailiesReel *reel,
          guint        side,
          int         *frames)
{
  frames[side]++;
}

static gint64
get_position (DailiesReel *reel)
{
  gint64 position;

  g_object_get (reel, "position", &position, NULL);
  return position;
}

static gboolean
shows (DailiesReel *reel,
       guint        side)
{
  g_autoptr (GstSample) frame = dailies_reel_dup_frame (reel, side);

  return frame != NULL;
}

/* Both sides lose theirs at once, as when a sound server ends: both are opened again, go on where they were, and play. */
static void
test_device_lost (gconstpointer data)
{
  DailiesReel *reel = dailies_reel_new ();
  GFile *file = (GFile *) data;
  int    frames[DAILIES_REEL_MAX_SIDES] = { 0 };
  gint64 here, most = 0;
  guint  waker = g_timeout_add (5, wake_cb, NULL);

  heard[0] = heard[1] = NULL;
  dailies_reel_set_file (reel, 0, file);
  dailies_reel_set_file (reel, 1, file);
  dailies_reel_play (reel);
  wait_until_heard (0);
  dailies_reel_seek (reel, 20 * GST_SECOND);
  while (get_position (reel) < 20 * (gint64) GST_SECOND + (gint64) GST_SECOND / 5)
    g_main_context_iteration (NULL, TRUE);

  here = get_position (reel);
  g_signal_connect (reel, "frame", G_CALLBACK (count_cb), frames);
  g_atomic_int_set (&test_device_n_lost, 2);
  while (g_atomic_int_get (&test_device_n_lost) > 0)
    g_main_context_iteration (NULL, TRUE);
  frames[0] = frames[1] = 0;
  while (most < here + 2 * (gint64) GST_SECOND || frames[0] < 20 || frames[1] < 20)
    {
      gint64 now = get_position (reel);

      g_main_context_iteration (NULL, TRUE);
      if (now < 0 || !shows (reel, 0) || !shows (reel, 1))
        continue;
      g_assert_cmpint (now, >=, here - (gint64) GST_SECOND / 2);
      g_assert_cmpint (now, <, here + 30 * (gint64) GST_SECOND);
      most = MAX (most, now);
    }

  g_source_remove (waker);
  dailies_reel_close (reel);
  g_assert_finalize_object (reel);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "tone.mov", NULL);
  g_autoptr (GFile) file = NULL;
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  test_device_register (hear);
  file = make_clip (path);

  g_test_add_data_func ("/reel-sound/switch", file, test_switch);
  g_test_add_data_func ("/reel-sound/device-lost", file, test_device_lost);
  g_test_add_func ("/reel-sound/empty-block", test_empty_block);
  status = g_test_run ();
  g_file_delete (file, NULL, NULL);
  g_rmdir (folder);

  return status;
}
