/* test-export.c: movies of several cuts, decoded again: every frame's number on every side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include <gst/app/gstappsink.h>
#include <signal.h>
#include <sys/resource.h>

#include "dailies-error.h"
#include "dailies-export.h"
#include "dailies-probe.h"

static char *folder;

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 60 },      { "short.mp4", 320, 180, 24, 1, 40, .sound = 60 },
  { "film.mp4", 320, 180, 24000, 1001, 60 }, { "pal.mp4", 320, 180, 25, 1, 60 },
  { "ntsc.mp4", 320, 180, 30000, 1001, 80 }, { "fast.mp4", 320, 180, 60, 1, 150 },
  { "large.mp4", 640, 360, 24, 1, 60 },      { "turned.mp4", 320, 180, 25, 1, 30, .turned = TRUE },
  { "loud.mp4", 320, 180, 24, 1, 48, .sound = 96 },
};

/* --- reading a movie -------------------------------------------------------------------------- */

#define MAX_FRAMES 400

typedef struct
{
  int      x, y, width, height;
  gboolean sideways;
} Area;

typedef struct
{
  int    width, height;
  int    n_frames;
  gint64 times[MAX_FRAMES];
  int    numbers[4][MAX_FRAMES];
} Movie;

static int
read_bar (const GstVideoFrame *frame, int x, int y)
{
  const guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0) +
                      (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);

  return row[x] > 127;
}

/* The bars of a side, all that are in its area. */
static int
read_area (const GstVideoFrame *frame, const Area *area)
{
  int code = 0;

  for (int bar = 0; bar < BARCODE_BARS; bar++)
    {
      int along = 2 * bar + 1;
      int x = area->sideways ? area->width / 2 : along * area->width / (2 * BARCODE_BARS);
      int y = area->sideways ? along * area->height / (2 * BARCODE_BARS) : area->height / 2;

      code |= read_bar (frame, area->x + x, area->y + y) << bar;
    }

  return code;
}

static void
read_sample (Movie *movie, GstSample *sample, const Area *areas, guint n_areas)
{
  GstVideoInfo  info;
  GstVideoFrame frame;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  g_assert_cmpint (movie->n_frames, <, MAX_FRAMES);
  movie->width = info.width;
  movie->height = info.height;
  movie->times[movie->n_frames] =
    gst_segment_to_stream_time (gst_sample_get_segment (sample),
                                GST_FORMAT_TIME,
                                GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
  for (guint i = 0; i < n_areas; i++)
    movie->numbers[i][movie->n_frames] = read_area (&frame, &areas[i]);
  movie->n_frames++;
  gst_video_frame_unmap (&frame);
}

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static Movie *
read_movie (const char *name, const Area *areas, guint n_areas)
{
  Movie           *movie = g_new0 (Movie, 1);
  g_autofree char *path = path_of (name);
  g_autofree char *description =
    g_strdup_printf ("filesrc location=\"%s\" ! qtdemux ! h264parse ! avdec_h264 ! videoconvert "
                     "! video/x-raw,format=GRAY8 ! appsink name=sink sync=false",
                     path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, &error));
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      g_autoptr (GstSample) sample =
        gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 20 * GST_SECOND);

      if (sample == NULL)
        break;
      read_sample (movie, sample, areas, n_areas);
    }
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return movie;
}

/* What a side should show at @time ns of its own. */
static int
expect (const BarcodeClip *clip, gint64 time)
{
  double number = (double) time * clip->fps_n / clip->fps_d / GST_SECOND + 0.1;

  return CLAMP ((int) number, 0, (int) clip->n_frames - 1) | 1 << 10;
}

static const BarcodeClip *
find_clip (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      if (g_str_equal (clips[i].name, name))
        return &clips[i];
    }
  g_assert_not_reached ();
}

static gint64
frames_to_time (const BarcodeClip *clip, int frames)
{
  return frames * (gint64) clip->fps_d * (gint64) GST_SECOND / clip->fps_n;
}

/* --- making one ------------------------------------------------------------------------------- */

static void
add (DailiesExport *export, const char *name, const char *label, int slip)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  dailies_export_add_side (export, file, label, slip);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
run (DailiesExport *export, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GFile) movie = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_export_run_async (export, movie, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_export_run_finish (export, result, error);
}

static void
run_well (DailiesExport *export, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (export, name, NULL, &error));
  g_assert_no_error (error);
  while (dailies_export_get_progress (export) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (export);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_row (void)
{
  static const Area areas[] = { { 0, 0, 320, 180 }, { 320, 0, 320, 180 } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "plain.mp4", "A · Cut 3", 0);
  add (
    export, "short.mp4", "B · Cut 4, whose label is far too long for a side as small as this", 0);
  run_well (export, "row.mp4");

  movie = read_movie ("row.mp4", areas, 2);
  g_assert_cmpint (movie->width, ==, 640);
  g_assert_cmpint (movie->height, ==, 180);
  g_assert_cmpint (movie->n_frames, ==, 60);
  for (int k = 0; k < movie->n_frames; k++)
    {
      g_assert_cmpint (movie->numbers[0][k], ==, k | 1 << 10);
      g_assert_cmpint (movie->numbers[1][k], ==, MIN (k, 39) | 1 << 10);
      g_assert_cmpint (ABS (movie->times[k] - frames_to_time (&clips[0], k)), <, GST_MSECOND);
    }
}

static void
test_range_and_slip (void)
{
  static const Area  areas[] = { { 0, 0, 320, 180 }, { 320, 0, 320, 180 } };
  const BarcodeClip *clip = &clips[0];
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "plain.mp4", NULL, -13);
  add (export, "short.mp4", NULL, 5);
  /* In in the middle of a frame: it begins with that frame. */
  dailies_export_set_range (
    export, frames_to_time (clip, 10) + 20 * GST_MSECOND, frames_to_time (clip, 44));
  run_well (export, "slip.mp4");

  movie = read_movie ("slip.mp4", areas, 2);
  g_assert_cmpint (movie->n_frames, ==, 35);
  for (int k = 0; k < movie->n_frames; k++)
    {
      g_assert_cmpint (movie->numbers[0][k], ==, MAX (10 + k - 13, 0) | 1 << 10);
      g_assert_cmpint (movie->numbers[1][k], ==, MIN (10 + k + 5, 39) | 1 << 10);
    }
}

/* 48 frames are two seconds, and 96 blocks of sound 48 ms more: a movie has no frame for those. */
static void
test_sound_outlasts (void)
{
  static const Area areas[] = { { 0, 0, 320, 180 }, { 320, 0, 320, 180 } };

  for (int slip = -3; slip <= 3; slip += 3)
    {
      DailiesExport *export = dailies_export_new ();
      g_autofree Movie *movie = NULL;

      add (export, "loud.mp4", NULL, slip);
      add (export, "short.mp4", NULL, 0);
      run_well (export, "outlasts.mp4");

      movie = read_movie ("outlasts.mp4", areas, 2);
      g_assert_cmpint (movie->n_frames, ==, 48 - slip);
      for (int k = 0; k < movie->n_frames; k++)
        {
          g_assert_cmpint (movie->numbers[0][k], ==, MAX (k + slip, 0) | 1 << 10);
          g_assert_cmpint (movie->numbers[1][k], ==, MIN (k, 39) | 1 << 10);
        }
    }
}

static void
check_mixed (const char *const *names, const int *slips, int fps_n, int fps_d, int n_frames)
{
  static const Area areas[] = {
    { 0, 0, 320, 180 }, { 320, 0, 320, 180 }, { 0, 180, 320, 180 }, { 320, 180, 320, 180 }
  };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  dailies_export_set_mode (export, DAILIES_EXPORT_GRID);
  dailies_export_set_rate (export, fps_n, fps_d);
  for (guint i = 0; names[i] != NULL; i++)
    add (export, names[i], names[i], slips[i]);
  run_well (export, "mixed.mp4");

  movie = read_movie ("mixed.mp4", areas, g_strv_length ((char **) names));
  g_assert_cmpint (movie->width, ==, 640);
  g_assert_cmpint (movie->height, ==, 360);
  g_assert_cmpint (movie->n_frames, ==, n_frames);
  for (int k = 0; k < movie->n_frames; k++)
    for (guint i = 0; names[i] != NULL; i++)
      {
        const BarcodeClip *clip = find_clip (names[i]);
        gint64             time = movie->times[k] + frames_to_time (clip, slips[i]);

        if (movie->numbers[i][k] != expect (clip, time))
          g_error ("frame %d, %s: %d, not %d",
                   k,
                   names[i],
                   movie->numbers[i][k] & 1023,
                   expect (clip, time) & 1023);
      }
}

static void
test_mixed_rates (void)
{
  static const char *const four[] = { "film.mp4", "pal.mp4", "ntsc.mp4", "fast.mp4", NULL };
  static const char *const three[] = { "plain.mp4", "pal.mp4", "film.mp4", NULL };
  static const int         none[] = { 0, 0, 0, 0 };
  static const int         some[] = { 3, -4, 7 };

  /* The longest, 80 frames of 29.97, lasts 2.669 s: 160.2 frames of 60 begin in it. */
  check_mixed (four, none, 0, 1, 160);
  check_mixed (three, some, 0, 1, 64);
  check_mixed (four, none, 24, 1, 64);
}

static void
test_shapes (void)
{
  static const Area row[] = { { 0, 0, 640, 360 },
                              { 640, 0, 640, 360 },
                              { 1280, 0, 202, 360, TRUE } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "large.mp4", "A", 0);
  add (export, "plain.mp4", "B", 0);
  add (export, "turned.mp4", "C", 0);
  dailies_export_set_rate (export, 25, 1);
  run_well (export, "shapes.mp4");

  movie = read_movie ("shapes.mp4", row, 3);
  g_assert_cmpint (movie->width, ==, 1482);
  g_assert_cmpint (movie->height, ==, 360);
  g_assert_cmpint (movie->n_frames, ==, 63);
  for (int k = 0; k < movie->n_frames; k++)
    {
      g_assert_cmpint (movie->numbers[0][k], ==, expect (&clips[6], movie->times[k]));
      g_assert_cmpint (movie->numbers[1][k], ==, expect (&clips[0], movie->times[k]));
      g_assert_cmpint (movie->numbers[2][k], ==, MIN (k, 29) | 1 << 10);
    }
}

static double
measure_seconds (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesProbe) probe = dailies_probe_file (file, name, NULL, &error);

  g_assert_no_error (error);
  return probe->seconds;
}

/* A part of one clip in another size: from one frame to another, and as long as those last, to the millisecond. */
static void
test_one (void)
{
  static const Area whole[] = { { 0, 0, 480, 360 } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "loud.mp4", NULL, 0);
  dailies_export_set_size (export, 480, 360);
  dailies_export_set_range (export, GST_SECOND / 2, GST_SECOND * 71 / 48);
  dailies_export_set_sound_within (export, TRUE);
  run_well (export, "one.mp4");

  movie = read_movie ("one.mp4", whole, 1);
  g_assert_cmpint (movie->width, ==, 480);
  g_assert_cmpint (movie->height, ==, 360);
  g_assert_cmpint (movie->n_frames, ==, 24);
  for (int k = 0; k < movie->n_frames; k++)
    g_assert_cmpint (movie->numbers[0][k], ==, (k + 12) | 1 << 10);
  g_assert_cmpfloat_with_epsilon (measure_seconds ("one.mp4"), 1, 0.0005);
}

/* The sound goes on and the picture is over: neither is made longer than it is. */
static void
test_one_over (void)
{
  static const Area whole[] = { { 0, 0, 320, 180 } };

  for (guint i = 0; i < 2; i++)
    {
      DailiesExport *export = dailies_export_new ();
      g_autofree Movie *movie = NULL;

      /* 40 frames are 1.67 s, its sound lasts 1.28 s; of the other 48 are 2 s, and 2.05 s. */
      add (export, i == 0 ? "short.mp4" : "loud.mp4", NULL, 0);
      dailies_export_set_size (export, 320, 180);
      if (i == 0)
        dailies_export_set_range (export, 0, 3 * GST_SECOND);
      dailies_export_set_sound_within (export, TRUE);
      run_well (export, "over.mp4");

      movie = read_movie ("over.mp4", whole, 1);
      g_assert_cmpint (movie->n_frames, ==, i == 0 ? 40 : 48);
      g_assert_cmpfloat_with_epsilon (measure_seconds ("over.mp4"), (i == 0 ? 40 : 48) / 24., 0.0005);
    }
}

/* Behind the picture there is one of it left, and no track is empty. */
static void
test_one_behind (void)
{
  static const Area whole[] = { { 0, 0, 320, 180 } };
  DailiesExport *export = g_object_ref (dailies_export_new ());
  g_autofree Movie *movie = NULL;

  add (export, "loud.mp4", NULL, 0);
  dailies_export_set_size (export, 320, 180);
  dailies_export_set_range (export, GST_SECOND * 201 / 100, 3 * GST_SECOND);
  dailies_export_set_sound_within (export, TRUE);
  run_well (export, "behind.mp4");
  g_assert_cmpfloat_with_epsilon (dailies_export_get_seconds (export), 1 / 24., 1e-6);
  g_object_unref (export);

  movie = read_movie ("behind.mp4", whole, 1);
  g_assert_cmpint (movie->n_frames, ==, 1);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat (measure_seconds ("behind.mp4"), >, 0);
}

/* Half the rate: every second frame, at its time. */
static void
test_one_slower (void)
{
  static const Area whole[] = { { 0, 0, 320, 180 } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "fast.mp4", NULL, 0);
  dailies_export_set_rate (export, 30, 1);
  dailies_export_set_sound_within (export, TRUE);
  run_well (export, "slower.mp4");

  movie = read_movie ("slower.mp4", whole, 1);
  g_assert_cmpint (movie->n_frames, ==, 75);
  for (int k = 0; k < movie->n_frames; k++)
    g_assert_cmpint (movie->numbers[0][k], ==, (2 * k) | 1 << 10);
}

/* Upright in the middle: the first side's six lowest bars and the second's six others. */
static void
test_wipe_upright (void)
{
  static const Area areas[] = { { 0, 0, 320, 180 } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "plain.mp4", "A", 0);
  add (export, "plain.mp4", "B", 20);
  dailies_export_set_mode (export, DAILIES_EXPORT_WIPE);
  run_well (export, "wipe.mp4");

  movie = read_movie ("wipe.mp4", areas, 1);
  g_assert_cmpint (movie->width, ==, 320);
  g_assert_cmpint (movie->n_frames, ==, 60);
  for (int k = 0; k < movie->n_frames; k++)
    {
      g_assert_cmpint (movie->numbers[0][k] & 63, ==, k & 63);
      g_assert_cmpint (movie->numbers[0][k] >> 6, ==, (MIN (k + 20, 59) | 1 << 10) >> 6);
    }
}

static void
test_wipe_level (void)
{
  /* Their middles are above and below the line. */
  static const Area areas[] = { { 0, 0, 320, 80 }, { 0, 60, 320, 120 } };
  DailiesExport *export = dailies_export_new ();
  g_autofree Movie *movie = NULL;

  add (export, "plain.mp4", "A", 0);
  add (export, "short.mp4", "B", 3);
  dailies_export_set_mode (export, DAILIES_EXPORT_WIPE);
  dailies_export_set_wipe (export, 90, 0.6);
  run_well (export, "level.mp4");

  movie = read_movie ("level.mp4", areas, 2);
  for (int k = 0; k < movie->n_frames; k++)
    {
      g_assert_cmpint (movie->numbers[0][k], ==, k | 1 << 10);
      g_assert_cmpint (movie->numbers[1][k], ==, MIN (k + 3, 39) | 1 << 10);
    }
}

/* --- sound ------------------------------------------------------------------------------------ */

/* Samples of mono at 48 kHz; %NULL without sound. */
static GArray *
read_sound (const char *name)
{
  g_autofree char *path = path_of (name);
  g_autofree char *description = g_strdup_printf (
    "uridecodebin uri=\"file://%s\" caps=audio/x-raw expose-all-streams=false ! audioconvert "
    "! audioresample ! audio/x-raw,format=S16LE,channels=1,rate=48000 ! appsink name=sink "
    "sync=false",
    path);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, NULL));
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (gint16));

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      g_autoptr (GstSample) sample =
        gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 2 * GST_SECOND);
      GstMapInfo map;

      if (sample == NULL)
        break;
      gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ);
      g_array_append_vals (samples, map.data, map.size / 2);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return samples;
}

static gint64
find_loud (GArray *samples, guint from)
{
  for (guint i = from; i < samples->len; i++)
    {
      if (ABS (g_array_index (samples, gint16, i)) > 8000)
        return (gint64) i * 1000 / 48000;
    }

  return -1;
}

/* A tick each second: it is heard where the picture is, what AAC takes to begin notwithstanding. */
static void
test_sound (void)
{
  g_autofree char *path = path_of ("ticks.mp4");
  g_autofree char *description =
    g_strdup_printf ("mp4mux name=mux ! filesink location=\"%s\" videotestsrc num-buffers=96 "
                     "! video/x-raw,width=320,height=180,framerate=24/1 ! x264enc "
                     "speed-preset=ultrafast ! h264parse ! queue ! mux. "
                     "audiotestsrc wave=ticks volume=1 num-buffers=20 samplesperbuffer=9600 ! "
                     "audio/x-raw,rate=48000 "
                     "! avenc_aac ! queue ! mux.",
                     path);
  static const struct
  {
    int    slip;
    gint64 in;
  } cases[] = {
    { 0, 0 },
    { 0, GST_SECOND / 2 },
    { 12, GST_SECOND / 4 },
    { -12, 0 },
  };
  g_autoptr (GArray) before = NULL;

  media_run_pipeline (description);
  before = read_sound ("ticks.mp4");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesExport *export = dailies_export_new ();
      int shift = cases[i].in / GST_MSECOND + cases[i].slip * 1000 / 24;
      g_autoptr (GArray) samples = NULL;

      add (export, "plain.mp4", NULL, 0);
      add (export, "ticks.mp4", NULL, cases[i].slip);
      dailies_export_set_sound (export, 1);
      dailies_export_set_range (export, cases[i].in, cases[i].in + 59 * GST_SECOND / 24);
      run_well (export, "ticked.mp4");

      samples = read_sound ("ticked.mp4");
      g_assert_cmpint (ABS ((int) samples->len - 5 * 48000 / 2), <, 4096);
      for (int second = 1; second <= 2; second++)
        {
          int from = 500 + second * 1000;
          int tick = find_loud (before, from * 48) - shift;
          int found = find_loud (samples, (from - shift) * 48);

          g_test_message ("a tick at %d ms, heard at %d ms", tick, found);
          if (tick < 2450)
            g_assert_cmpint (ABS (tick - found), <=, 3);
        }
    }
}

static void
test_no_sound (void)
{
  static const int sides[] = { -1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      DailiesExport *export = dailies_export_new ();
      g_autoptr (GArray) samples = NULL;

      add (export, "plain.mp4", NULL, 0);
      add (export, "short.mp4", NULL, 0);
      dailies_export_set_sound (export, sides[i]);
      run_well (export, "quiet.mp4");
      samples = read_sound ("quiet.mp4");
      g_assert_cmpuint (samples->len, ==, 0);
    }
}

/* --- going wrong ------------------------------------------------------------------------------ */

static void
progressed_cb (DailiesExport *export, GParamSpec *pspec, GCancellable *cancellable)
{
  g_assert_cmpfloat (dailies_export_get_progress (export), >, 0);
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  g_autoptr (DailiesExport) export = dailies_export_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint before = count_files ();

  for (guint i = 0; i < 4; i++)
    add (export, "large.mp4", NULL, i);
  g_signal_connect (export, "notify::progress", G_CALLBACK (progressed_cb), cancellable);
  g_assert_false (run (export, "cancelled.mp4", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (), ==, before);
}

static void
test_full_disk (void)
{
  g_autoptr (DailiesExport) export = dailies_export_new ();
  g_autoptr (GError) error = NULL;
  guint         before = count_files ();
  struct rlimit limit, small;
  gboolean      done;

  add (export, "large.mp4", NULL, 0);
  add (export, "plain.mp4", NULL, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 2000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  done = run (export, "full.mp4", NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  g_assert_false (done);
  g_test_message ("%s", error->message);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "“full.mp4”"));
  g_assert_cmpuint (count_files (), ==, before);
}

static void
test_refused (void)
{
  static const struct
  {
    const char       *names[4];
    DailiesExportMode mode;
    gint64            in, out;
    const char       *movie;
    int               code;
    const char       *words;
  } cases[] = {
    { { NULL }, DAILIES_EXPORT_ROW, -1, -1, "no.mp4", DAILIES_ERROR_INVALID, "no cut" },
    { { "plain.mp4", "pal.mp4", "film.mp4" },
      DAILIES_EXPORT_WIPE,
      -1,
      -1,
      "no.mp4",
      DAILIES_ERROR_INVALID,
      "two cuts, not 3" },
    { { "plain.mp4" },
      DAILIES_EXPORT_ROW,
      2 * GST_SECOND,
      GST_SECOND,
      "no.mp4",
      DAILIES_ERROR_INVALID,
      "no frame" },
    { { "plain.mp4", "damaged.mp4" },
      DAILIES_EXPORT_ROW,
      -1,
      -1,
      "no.mp4",
      DAILIES_ERROR_MEDIA,
      "“damaged.mp4”" },
    { { "plain.mp4", "nowhere.mp4" },
      DAILIES_EXPORT_ROW,
      -1,
      -1,
      "no.mp4",
      DAILIES_ERROR_DISK,
      "“nowhere.mp4”" },
    { { "plain.mp4" },
      DAILIES_EXPORT_ROW,
      -1,
      -1,
      "nowhere/no.mp4",
      DAILIES_ERROR_DISK,
      "“nowhere”" },
  };
  guint before;

  g_free (media_write (folder, "damaged.mp4", "nothing like a clip, only words in a file", -1));
  before = count_files ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesExport) export = dailies_export_new ();
      g_autoptr (GError) error = NULL;

      for (guint j = 0; cases[i].names[j] != NULL; j++)
        add (export, cases[i].names[j], NULL, 0);
      dailies_export_set_mode (export, cases[i].mode);
      dailies_export_set_range (export, cases[i].in, cases[i].out);
      g_assert_false (run (export, cases[i].movie, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, DAILIES_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_cmpuint (count_files (), ==, before);
    }
}

/* Neither a side nor what is looked at beside them is given up for a movie of them. */
static void
test_spares (void)
{
  g_autofree char *path = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree char *before = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DailiesExport) export = dailies_export_new ();
      g_autoptr (GFile) shown = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      gsize            now;

      add (export, "short.mp4", NULL, 0);
      if (i == 0)
        add (export, "plain.mp4", NULL, 0);
      else
        dailies_export_spare (export, shown);
      g_assert_false (run (export, "plain.mp4", NULL, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "“plain.mp4”"));
      g_assert_true (g_file_get_contents (path, &after, &now, NULL));
      g_assert_cmpmem (after, now, before, length);
    }
}

static void
test_object (void)
{
  DailiesExport *export = dailies_export_new ();
  double progress = -1;

  add (export, "plain.mp4", "A", 0);
  g_object_get (export, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, ==, 0);
  g_assert_finalize_object (export);
}

int
main (int argc, char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/export/object", test_object);
  g_test_add_func ("/export/row", test_row);
  g_test_add_func ("/export/range-and-slip", test_range_and_slip);
  g_test_add_func ("/export/sound-outlasts", test_sound_outlasts);
  g_test_add_func ("/export/mixed-rates", test_mixed_rates);
  g_test_add_func ("/export/shapes", test_shapes);
  g_test_add_func ("/export/one", test_one);
  g_test_add_func ("/export/one-over", test_one_over);
  g_test_add_func ("/export/one-behind", test_one_behind);
  g_test_add_func ("/export/one-slower", test_one_slower);
  g_test_add_func ("/export/wipe-upright", test_wipe_upright);
  g_test_add_func ("/export/wipe-level", test_wipe_level);
  g_test_add_func ("/export/sound", test_sound);
  g_test_add_func ("/export/no-sound", test_no_sound);
  g_test_add_func ("/export/cancel", test_cancel);
  g_test_add_func ("/export/full-disk", test_full_disk);
  g_test_add_func ("/export/refused", test_refused);
  g_test_add_func ("/export/spares", test_spares);

  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
