/* test-difference.c: clips made to differ in known frames
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-difference.h"

#include <gst/app/gstappsrc.h>
#include <math.h>
#include <string.h>

#include "dailies-jog-maker.h"
#include "dailies-luma.h"
#include "fixture-library.h"
#include "media.h"

#define WIDTH 192
#define HEIGHT 108

static char *folder;

/* How bright frame @number of a clip is. */
typedef int (*Shade) (guint number);

static int
flat (guint number)
{
  return 100;
}

static int
two_peaks (guint number)
{
  return number >= 30 && number < 40 ? 140 : number == 60 ? 200 : 100;
}

static int
ramp (guint number)
{
  return 40 + number * 2;
}

static int
ramp_later (guint number)
{
  return 40 + (number + 5) * 2;
}

static int
flicker (guint number)
{
  return number % 2 == 0 ? 100 : 180;
}

/* From frame 48 on, and highest at 80. */
static int
hill (guint number)
{
  return number < 48 ? 100 : number < 80 ? 100 + 4 * ((int) number - 47) : 228;
}

/* Never the same as the flat one, and twice much brighter. */
static int
uplands (guint number)
{
  return number >= 30 && number < 40 ? 190 : number >= 60 && number < 70 ? 175 : 126;
}

static int
half_ramp (guint number)
{
  return 40 + number;
}

static GFile *
make_clip (const char *name,
           int         fps,
           guint       n_frames,
           Shade       shade)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *description = g_strdup_printf (
    "appsrc name=frames format=time max-bytes=0 caps=video/x-raw,format=GRAY8,width=%d,height=%d,framerate=%d/1 ! "
    "videoconvert ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast quantizer=10 key-int-max=30 ! h264parse ! mp4mux ! filesink location=\"%s\"",
    WIDTH, HEIGHT, fps, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < n_frames; i++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT, NULL);

      gst_buffer_memset (buffer, 0, shade (i), WIDTH * HEIGHT);
      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (i, GST_SECOND, fps);
      GST_BUFFER_DURATION (buffer) = GST_SECOND / fps;
      gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_file_new_for_path (path);
}

static void
wait_for (DailiesDifference *difference)
{
  fixture_wait (dailies_difference_is_complete (difference));
}

static guint
frame_of (gint64 time,
          int    fps)
{
  return (guint) floor ((double) time * fps / GST_SECOND + 0.5);
}

static void
test_known_frames (void)
{
  g_autoptr (GFile) a = make_clip ("flat.mp4", 24, 96, flat);
  g_autoptr (GFile) b = make_clip ("peaks.mp4", 24, 96, two_peaks);
  DailiesDifference *difference = dailies_difference_new (a, b);
  GArray *points;
  double  largest;

  wait_for (difference);
  g_assert_no_error (dailies_difference_get_error (difference));
  points = dailies_difference_get_points (difference);
  g_assert_cmpuint (points->len, ==, 96);
  for (guint i = 0; i < points->len; i++)
    {
      DailiesDifferencePoint *point = &g_array_index (points, DailiesDifferencePoint, i);
      double expected = (two_peaks (i) - flat (i)) / 255.;

      g_assert_cmpuint (frame_of (point->time, 24), ==, i);
      g_assert_cmpfloat (fabs (point->value - expected), <, 0.015);
    }

  g_assert_cmpuint (frame_of (dailies_difference_get_largest (difference, &largest), 24), ==, 60);
  g_assert_cmpfloat (largest, >, 0.35);
  /* Forth, and round the end. */
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 0, TRUE), 24), ==, 30);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 29 * GST_SECOND / 24, TRUE), 24), ==, 30);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 45 * GST_SECOND / 24, TRUE), 24), ==, 60);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 70 * GST_SECOND / 24, TRUE), 24), ==, 30);
  /* From a peak to the other one, though it was reached a hair beside its time: no frame of 24 a second but each third
   * begins at a whole ns. */
  for (int beside = -1; beside <= 1; beside++)
    {
      gint64 first = dailies_difference_find_parting (difference, 0, TRUE);
      gint64 second = dailies_difference_find_parting (difference, first + beside, TRUE);

      g_assert_cmpuint (frame_of (second, 24), ==, 60);
      g_assert_cmpint (dailies_difference_find_parting (difference, second + beside, TRUE), ==, first);
      g_assert_cmpint (dailies_difference_find_parting (difference, second + beside, FALSE), ==, first);
      g_assert_cmpint (dailies_difference_find_parting (difference, first + beside, FALSE), ==, second);
    }
  /* Back, and round the beginning. */
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 70 * GST_SECOND / 24, FALSE), 24), ==, 60);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 0, FALSE), 24), ==, 60);
  g_assert_finalize_object (difference);
}

static void
test_same (void)
{
  g_autoptr (GFile) a = make_clip ("one.mp4", 24, 48, ramp);
  g_autoptr (GFile) b = make_clip ("other.mp4", 24, 48, ramp);
  DailiesDifference *difference = dailies_difference_new (a, b);
  double largest = 1;

  wait_for (difference);
  g_assert_cmpint (dailies_difference_get_largest (difference, &largest), ==, -1);
  g_assert_cmpfloat (largest, ==, 0);
  g_assert_cmpint (dailies_difference_find_parting (difference, 0, TRUE), ==, -1);
  g_assert_finalize_object (difference);

  /* A clip against itself. */
  difference = dailies_difference_new (a, a);
  wait_for (difference);
  g_assert_cmpint (dailies_difference_get_largest (difference, NULL), ==, -1);
  g_assert_cmpuint (dailies_difference_get_points (difference)->len, ==, 48);
  g_assert_finalize_object (difference);
}

/* Clip b is five frames ahead: with a slip of five frames of a they agree. */
static void
test_slip (void)
{
  g_autoptr (GFile) a = make_clip ("slow.mp4", 24, 60, ramp);
  g_autoptr (GFile) b = make_clip ("late.mp4", 24, 60, ramp_later);
  DailiesDifference *difference = dailies_difference_new (a, b);
  DailiesDifferencePoint *point;

  wait_for (difference);
  point = &g_array_index (dailies_difference_get_points (difference), DailiesDifferencePoint, 20);
  g_assert_cmpfloat (fabs (point->value - 10 / 255.), <, 0.01);

  dailies_difference_set_slip (difference, 5 * GST_SECOND / 24, 0);
  g_assert_cmpuint (dailies_difference_get_points (difference)->len, ==, 55);
  point = &g_array_index (dailies_difference_get_points (difference), DailiesDifferencePoint, 0);
  g_assert_cmpint (llabs (point->time), <, GST_MSECOND);
  g_assert_cmpint (dailies_difference_get_largest (difference, NULL), ==, -1);

  /* The other way round nothing is left of the first frames of b. */
  dailies_difference_set_slip (difference, 0, -5 * (gint64) GST_SECOND / 24);
  g_assert_cmpuint (dailies_difference_get_points (difference)->len, ==, 55);
  g_assert_cmpint (dailies_difference_get_largest (difference, NULL), ==, -1);
  g_assert_finalize_object (difference);
}

/* By time and not by number: at half the rate the same moment is as bright. The shorter clip ends the comparison. */
static void
test_rates (void)
{
  g_autoptr (GFile) a = make_clip ("rate-24.mp4", 24, 48, ramp);
  g_autoptr (GFile) b = make_clip ("rate-48.mp4", 48, 72, half_ramp);
  DailiesDifference *difference = dailies_difference_new (a, b);
  GArray *points;

  wait_for (difference);
  points = dailies_difference_get_points (difference);
  g_assert_cmpuint (points->len, ==, 36);
  for (guint i = 0; i < points->len; i++)
    g_assert_cmpfloat (g_array_index (points, DailiesDifferencePoint, i).value, <, 2.5 / 255);
  g_assert_finalize_object (difference);
}

/* Of two frames that are shown as long as one of the other clip's it is the first, each time. */
static void
test_twice_the_rate (void)
{
  g_autoptr (GFile) a = make_clip ("steady.mp4", 30, 60, flat);
  g_autoptr (GFile) b = make_clip ("flickers.mp4", 60, 120, flicker);
  DailiesDifference *difference = dailies_difference_new (a, b);

  wait_for (difference);
  g_assert_cmpuint (dailies_difference_get_points (difference)->len, ==, 60);
  g_assert_cmpint (dailies_difference_get_largest (difference, NULL), ==, -1);
  g_assert_finalize_object (difference);
}

/* One that rises slowly to its summit: they part where it rises. */
static void
test_slow_rise (void)
{
  g_autoptr (GFile) a = make_clip ("level.mp4", 24, 96, flat);
  g_autoptr (GFile) b = make_clip ("hill.mp4", 24, 96, hill);
  DailiesDifference *difference = dailies_difference_new (a, b);
  guint frame;

  wait_for (difference);
  g_assert_cmpuint (frame_of (dailies_difference_get_largest (difference, NULL), 24), >=, 78);
  frame = frame_of (dailies_difference_find_parting (difference, 0, TRUE), 24);
  g_assert_cmpuint (frame, >=, 48);
  g_assert_cmpuint (frame, <=, 56);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 90 * GST_SECOND / 24, FALSE), 24), ==, frame);
  g_assert_finalize_object (difference);
}

/* Clips that differ from their first frame on part there, and again at each peak that stands out of that. */
static void
test_from_the_start (void)
{
  g_autoptr (GFile) a = make_clip ("plain.mp4", 24, 96, flat);
  g_autoptr (GFile) b = make_clip ("uplands.mp4", 24, 96, uplands);
  DailiesDifference *difference = dailies_difference_new (a, b);

  wait_for (difference);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 0, TRUE), 24), ==, 30);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 30 * GST_SECOND / 24, TRUE), 24), ==, 60);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 60 * GST_SECOND / 24, TRUE), 24), ==, 0);
  g_assert_cmpuint (frame_of (dailies_difference_find_parting (difference, 30 * GST_SECOND / 24, FALSE), 24), ==, 0);
  g_assert_finalize_object (difference);
}

static void
count_cb (DailiesDifference *difference,
          guint             *n_partial)
{
  if (!dailies_difference_is_complete (difference) && dailies_difference_get_points (difference)->len > 0)
    (*n_partial)++;
}

/* What is known is told before all is known; dropping it in the middle stops the work. */
static void
test_progress (void)
{
  g_autoptr (GFile) a = make_clip ("long-a.mp4", 30, 3000, two_peaks);
  g_autoptr (GFile) b = make_clip ("long-b.mp4", 30, 3000, flat);
  DailiesDifference *difference = dailies_difference_new (a, b);
  guint n_partial = 0;

  g_signal_connect (difference, "changed", G_CALLBACK (count_cb), &n_partial);
  fixture_wait (n_partial > 0);
  g_assert_finalize_object (difference);
  dailies_luma_clear ();
}

static void
test_broken (void)
{
  g_autoptr (GFile) a = make_clip ("whole.mp4", 24, 24, flat);
  g_autofree char  *path = media_write (folder, "broken.mp4", "no clip at all", 14);
  g_autofree char  *deaf = g_build_filename (folder, "deaf.wav", NULL);
  g_autofree char  *description = g_strdup_printf ("audiotestsrc num-buffers=9 ! wavenc ! filesink location=\"%s\"", deaf);
  const char       *paths[] = { path, deaf, "/nowhere/at-all.mp4" };

  media_run_pipeline (description);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) b = g_file_new_for_path (paths[i]);
      DailiesDifference *difference = dailies_difference_new (a, b);

      wait_for (difference);
      g_assert_nonnull (dailies_difference_get_error (difference));
      g_assert_cmpuint (dailies_difference_get_points (difference)->len, ==, 0);
      g_assert_cmpint (dailies_difference_find_parting (difference, 0, TRUE), ==, -1);
      g_assert_finalize_object (difference);
    }
}

/* A clip that is compared again is not decoded again. */
static void
test_cache (void)
{
  g_autoptr (GFile) a = make_clip ("cached.mp4", 24, 24, flat);
  DailiesLuma *luma = dailies_luma_get (a);

  fixture_wait (dailies_luma_is_complete (luma));
  g_assert_cmpuint (dailies_luma_get_n_frames (luma), ==, 24);
  g_object_unref (luma);
  {
    g_autoptr (DailiesLuma) again = dailies_luma_get (a);

    g_assert_true (again == luma);
    g_assert_true (dailies_luma_is_complete (again));
  }
  dailies_luma_clear ();
  {
    g_autoptr (DailiesLuma) anew = dailies_luma_get (a);

    g_assert_false (dailies_luma_is_complete (anew));
    fixture_wait (dailies_luma_is_complete (anew));
  }
}

/* While something plays it grows all the same, but leaves the cores to that where there are few. */
static void
test_while_playing (void)
{
  g_autoptr (GFile) file = make_clip ("played.mp4", 24, 24, flat);
  gint64 began = g_get_monotonic_time ();
  DailiesLuma *luma;

  dailies_jog_maker_claim (TRUE);
  luma = dailies_luma_get (file);
  fixture_wait (dailies_luma_is_complete (luma));
  dailies_jog_maker_claim (FALSE);
  g_assert_cmpuint (dailies_luma_get_n_frames (luma), ==, 24);
  if (g_get_num_processors () < 4)
    g_assert_cmpint (g_get_monotonic_time () - began, >, G_USEC_PER_SEC);
  g_object_unref (luma);
  dailies_luma_clear ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  folder = media_folder_new ();

  g_test_add_func ("/difference/known-frames", test_known_frames);
  g_test_add_func ("/difference/same", test_same);
  g_test_add_func ("/difference/slip", test_slip);
  g_test_add_func ("/difference/rates", test_rates);
  g_test_add_func ("/difference/twice-the-rate", test_twice_the_rate);
  g_test_add_func ("/difference/slow-rise", test_slow_rise);
  g_test_add_func ("/difference/from-the-start", test_from_the_start);
  g_test_add_func ("/difference/progress", test_progress);
  g_test_add_func ("/difference/broken", test_broken);
  g_test_add_func ("/difference/cache", test_cache);
  g_test_add_func ("/difference/while-playing", test_while_playing);

  status = g_test_run ();
  dailies_luma_clear ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
