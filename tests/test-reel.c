/* test-reel.c: real clips, really decoded; the number burnt into each frame tells what is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "odd-clips.h"
#include "reel-stage.h"

#include <sys/stat.h>
#include <unistd.h>

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 120 },
  { "sound.mp4", 320, 180, 30, 1, 90, .sound = 141 },
  { "long-sound.mp4", 320, 180, 24, 1, 24, .sound = 100 },
  { "film.mp4", 320, 180, 24000, 1001, 72 },
  { "short.mp4", 320, 180, 24, 1, 12 },
  { "single.mp4", 320, 180, 24, 1, 1 },
  { "portrait.mp4", 180, 320, 25, 1, 25 },
  { "wide.mp4", 240, 180, 25, 1, 25, .par_n = 4, .par_d = 3 },
  { "turned.mp4", 320, 180, 25, 1, 25, .turned = TRUE },
  { "silence.mp4", .sound = 20 },
};

/* --- what a clip is --------------------------------------------------------------------------- */

static void
test_empty (void)
{
  Stage *stage = stage_new ();
  guint  n_sides;
  int    width, height;

  /* Nothing to do it with: nothing happens, and nothing is held up. */
  dailies_reel_play (stage->reel);
  dailies_reel_seek (stage->reel, GST_SECOND);
  dailies_reel_step (stage->reel, -1);
  g_object_get (stage->reel, "n-sides", &n_sides, NULL);
  g_assert_cmpuint (n_sides, ==, 0);
  dailies_reel_get_size (stage->reel, 3, &width, &height);
  g_assert_cmpint (width, ==, 0);
  g_assert_cmpfloat (dailies_reel_get_fps (stage->reel, 0), ==, 0);
  g_assert_null (dailies_reel_dup_frame (stage->reel, 0));
  stage_free (stage);
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *name;
    int         width, height; /* of the clip, as shown */
    int         tile_width, tile_height;
    int         expected_width, expected_height;
    double      fps;
    gboolean    sideways;
  } cases[] = {
    { "plain.mp4", 320, 180, 0, 0, 320, 180, 24 },
    { "plain.mp4", 320, 180, 160, 160, 160, 90, 24 },
    { "plain.mp4", 320, 180, 1000, 1000, 320, 180, 24 },
    { "film.mp4", 320, 180, 0, 0, 320, 180, 24000 / 1001. },
    { "portrait.mp4", 180, 320, 160, 160, 90, 160, 25 },
    { "wide.mp4", 320, 180, 160, 160, 160, 90, 25 },
    { "turned.mp4", 180, 320, 160, 160, 90, 160, 25, TRUE },
    { "single.mp4", 320, 180, 0, 0, 320, 180, 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Stage *stage = stage_new ();
      g_autoptr (GstSample) sample = NULL;
      GstVideoInfo info;
      int          width, height;

      g_test_message ("%s in %d×%d", cases[i].name, cases[i].tile_width, cases[i].tile_height);
      dailies_reel_set_tile (stage->reel, 0, cases[i].tile_width, cases[i].tile_height);
      set_clip (stage, 0, cases[i].name);
      wait_for (stage->frames > 0 && duration (stage) > 0);

      sample = dailies_reel_dup_frame (stage->reel, 0);
      g_assert_cmpint (barcode_clip_read (sample, cases[i].sideways), ==, 0);
      gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
      g_assert_cmpint (info.width, ==, cases[i].expected_width);
      g_assert_cmpint (info.height, ==, cases[i].expected_height);
      g_assert_cmpint (info.par_n, ==, info.par_d);
      dailies_reel_get_size (stage->reel, 0, &width, &height);
      g_assert_cmpint (width, ==, cases[i].width);
      g_assert_cmpint (height, ==, cases[i].height);
      g_assert_cmpfloat_with_epsilon (dailies_reel_get_fps (stage->reel, 0), cases[i].fps, 1e-6);
      stage_free (stage);
    }
}

static void
test_tile_while_paused (void)
{
  Stage       *stage = stage_new_with_clip ("plain.mp4");
  GstVideoInfo info = { 0 };

  dailies_reel_seek (stage->reel, frame_time (70, 24, 1));
  wait_for (shown (stage, 0) == 70);
  dailies_reel_set_tile (stage->reel, 0, 160, 90);
  while (info.width != 160)
    {
      int before = stage->frames;
      g_autoptr (GstSample) sample = NULL;

      wait_for (stage->frames > before);
      sample = dailies_reel_dup_frame (stage->reel, 0);
      gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
    }
  g_assert_cmpint (shown (stage, 0), ==, 70);
  stage_free (stage);
}

static void
test_failures (void)
{
  static const struct
  {
    const char *name;
    int         code;
    const char *words;
  } cases[] = {
    { "missing.mp4", DAILIES_ERROR_DISK, "*“missing.mp4”*not there any more*" },
    { "garbage.mp4", DAILIES_ERROR_MEDIA, "*“garbage.mp4”*" },
    { "text.mp4", DAILIES_ERROR_MEDIA, "*“text.mp4”*" },
    { "nothing.mp4", DAILIES_ERROR_MEDIA, "*“nothing.mp4”*" },
    { "headless.mp4", DAILIES_ERROR_MEDIA, "*“headless.mp4”*damaged or incomplete*" },
    { "silence.mp4", DAILIES_ERROR_MEDIA, "*“silence.mp4” has no picture*" },
    { "turning.gif", DAILIES_ERROR_MEDIA, "*“turning.gif” (GIF) cannot be stepped*MP4*" },
    { "program.mpg", DAILIES_ERROR_MEDIA, "*“program.mpg” (MPEG program stream) cannot be stepped*MP4*" },
    { "deep.mkv", DAILIES_ERROR_MEDIA, "*“deep.mkv” has pictures of a kind*" },
    { "gray.mp4", DAILIES_ERROR_MEDIA, "*“gray.mp4” has pictures of a kind*" },
    { "pipe.mp4", DAILIES_ERROR_MEDIA, "*“pipe.mp4” is a pipe*" },
    { "folder.mp4", DAILIES_ERROR_MEDIA, "*“folder.mp4” is a folder*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Stage *stage = stage_new_with_clip ("plain.mp4");

      g_test_message ("%s", cases[i].name);
      set_clip (stage, 1, cases[i].name);
      wait_for (stage->error != NULL);
      g_assert_cmpint (stage->failed_side, ==, 1);
      g_assert_error (stage->error, DAILIES_ERROR, cases[i].code);
      g_test_message ("%s", stage->error->message);
      g_assert_true (g_pattern_match_simple (cases[i].words, stage->error->message));

      /* The other side does not mind. */
      dailies_reel_seek (stage->reel, frame_time (33, 24, 1));
      wait_for (shown (stage, 0) == 33);
      dailies_reel_play (stage->reel);
      wait_for (shown (stage, 0) > 36);

      /* And alone on the stage it leaves it empty, ready for the next. */
      dailies_reel_set_file (stage->reel, 0, NULL);
      g_clear_error (&stage->error);
      set_clip (stage, 0, cases[i].name);
      wait_for (stage->error != NULL);
      g_assert_cmpint (stage->failed_side, ==, 0);
      g_assert_null (dailies_reel_dup_frame (stage->reel, 0));
      g_assert_false (is_playing (stage));
      set_clip (stage, 0, "plain.mp4");
      wait_for (shown (stage, 0) == 0);
      stage_free (stage);
    }
}

/* Cut in the middle of the pictures: what is there plays, and it comes to an end, one way or the
 * other. */
static void
test_truncated (void)
{
  Stage *stage = stage_new_with_clip ("truncated.mov");

  dailies_reel_play (stage->reel);
  wait_for (stage->error != NULL || (stage->n_seen > 5 && !is_playing (stage)));
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >, stage->seen[i - 1]);
  g_assert_cmpint (stage->n_seen, >, 5);
  stage_free (stage);
}

/* --- where it is ------------------------------------------------------------------------------ */

static void
test_seek (void)
{
  static const struct
  {
    const char *name;
    int         fps_n, fps_d, last;
  } cases[] = {
    { "plain.mp4", 24, 1, 119 },     { "sound.mp4", 30, 1, 89 }, { "film.mp4", 24000, 1001, 71 },
    { "long-sound.mp4", 24, 1, 23 }, { "single.mp4", 24, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Stage *stage = stage_new_with_clip (cases[i].name);

      g_test_message ("%s", cases[i].name);
      for (int j = 0; j <= 8; j++)
        {
          int    number = (cases[i].last * j * 5 / 8) % (cases[i].last + 1);
          gint64 time = frame_time (number, cases[i].fps_n, cases[i].fps_d);

          /* The first nanosecond of the frame, as "position" gives it, means that frame, and so
           * does its middle. */
          dailies_reel_seek (
            stage->reel, j % 2 ? time : time + frame_time (1, cases[i].fps_n, cases[i].fps_d) / 2);
          wait_for (shown (stage, 0) == number && position (stage) == time);
        }

      /* Behind the end is the last frame, even where the sound goes on longer than the picture. */
      dailies_reel_seek (stage->reel, duration (stage));
      wait_for (shown (stage, 0) == cases[i].last);
      dailies_reel_seek (stage->reel, 0);
      wait_for (shown (stage, 0) == 0);
      dailies_reel_seek (stage->reel, 1000 * GST_SECOND);
      wait_for (shown (stage, 0) == cases[i].last);
      g_assert_cmpint (
        position (stage), ==, frame_time (cases[i].last, cases[i].fps_n, cases[i].fps_d));
      stage_free (stage);
    }
}

/* The sound goes on longer than the picture: in a loop, too, there is a last frame. */
static void
test_seek_behind_the_end_of_a_loop (void)
{
  Stage *stage = stage_new_with_clip ("long-sound.mp4");

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_seek (stage->reel, frame_time (3, 24, 1));
  wait_for (shown (stage, 0) == 3);
  dailies_reel_seek (stage->reel, duration (stage));
  wait_for (shown (stage, 0) == 23);
  stage_free (stage);
}

static void
test_newest_seek_wins (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");
  int    before = stage->frames;

  for (int i = 1; i <= 100; i++)
    dailies_reel_seek (stage->reel, frame_time (i, 24, 1));
  wait_for (shown (stage, 0) == 100);
  /* At most the first, one that was the newest then, and the last are made. */
  g_assert_cmpint (stage->frames - before, <=, 4);
  stage_free (stage);
}

static void
test_step (void)
{
  static const char *const names[] = { "plain.mp4", "sound.mp4", "film.mp4" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Stage *stage = stage_new_with_clip (names[i]);
      int    number = 0;

      g_test_message ("%s", names[i]);
      for (int j = 0; j < 6; j++)
        {
          number++;
          dailies_reel_step (stage->reel, 1);
          wait_for (shown (stage, 0) == number);
        }
      for (int j = 0; j < 4; j++)
        {
          number--;
          dailies_reel_step (stage->reel, -1);
          wait_for (shown (stage, 0) == number);
        }
      /* Steps that come at once add up. */
      for (int j = 0; j < 7; j++)
        dailies_reel_step (stage->reel, 1);
      dailies_reel_step (stage->reel, -2);
      wait_for (shown (stage, 0) == number + 5);
      dailies_reel_step (stage->reel, 40);
      wait_for (shown (stage, 0) == number + 45);
      dailies_reel_step (stage->reel, -1000);
      wait_for (shown (stage, 0) == 0);
      stage_free (stage);
    }
}

static void
test_step_at_the_ends (void)
{
  Stage *stage = stage_new_with_clip ("short.mp4");

  dailies_reel_step (stage->reel, -1);
  dailies_reel_seek (stage->reel, duration (stage));
  wait_for (shown (stage, 0) == 11);
  dailies_reel_step (stage->reel, 1);
  dailies_reel_step (stage->reel, 1);
  dailies_reel_step (stage->reel, -1);
  wait_for (shown (stage, 0) == 10 || shown (stage, 0) == 11);
  dailies_reel_step (stage->reel, -1000);
  wait_for (shown (stage, 0) == 0);
  stage_free (stage);
}

/* Who says "here" right after a burst of keys means where they lead, however long the picture takes; and when it is there, that. */
static void
test_aim_is_ahead_of_the_picture (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");

  g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, 0);
  for (int round = 0; round < 6; round++)
    {
      int from = shown (stage, 0);

      for (int i = 1; i <= 9; i++)
        {
          dailies_reel_step (stage->reel, 1);
          /* Some of them are on their way already. */
          if (i % 3 == 0)
            g_usleep (4000 * round);
          g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, frame_time (from + i, 24, 1));
        }
      dailies_reel_step (stage->reel, -1);
      g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, frame_time (from + 8, 24, 1));
      wait_for (shown (stage, 0) == from + 8);
      g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, frame_time (from + 8, 24, 1));
    }

  dailies_reel_seek (stage->reel, frame_time (90, 24, 1) + 7);
  dailies_reel_step (stage->reel, -5);
  g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, frame_time (85, 24, 1));
  wait_for (shown (stage, 0) == 85);
  dailies_reel_step (stage->reel, -1000);
  g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, 0);
  wait_for (shown (stage, 0) == 0);
  stage_free (stage);
}

/* Whoever sees the first frame may ask for the last one. */
static void
test_length_comes_with_the_frame (void)
{
  for (int i = 0; i < 10; i++)
    {
      Stage *stage = stage_new_with_clip ("short.mp4");
      guint  n_sides;

      g_object_get (stage->reel, "n-sides", &n_sides, NULL);
      g_assert_cmpint (duration (stage), >, 0);
      g_assert_cmpuint (n_sides, ==, 1);
      stage_free (stage);
    }
}

static void
test_step_while_playing (void)
{
  Stage *stage = stage_new_with_clip ("sound.mp4");
  int    number;

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 5);
  dailies_reel_step (stage->reel, 1);
  wait_for (!is_playing (stage));
  dailies_reel_seek (stage->reel, frame_time (40, 30, 1));
  wait_for (shown (stage, 0) == 40);
  dailies_reel_step (stage->reel, 1);
  wait_for (shown (stage, 0) == 41);

  /* After steps the clip goes on from what is shown. */
  stage->n_seen = 0;
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 50);
  for (int i = 0; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, 41);
  number = stage->seen[0];
  g_assert_cmpint (number, <=, 44);
  stage_free (stage);
}

/* --- playing ---------------------------------------------------------------------------------- */

static void
test_play_to_the_end (void)
{
  static const struct
  {
    const char *name;
    int         last;
    int         fps;
  } cases[] = { { "short.mp4", 11, 24 },
                { "sound.mp4", 89, 30 },
                { "long-sound.mp4", 23, 24 },
                { "single.mp4", 0, 24 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Stage *stage = stage_new_with_clip (cases[i].name);
      gint64 start = g_get_monotonic_time ();

      g_test_message ("%s", cases[i].name);
      dailies_reel_play (stage->reel);
      wait_for (is_playing (stage));
      wait_for (!is_playing (stage));
      g_assert_cmpint (shown (stage, 0), ==, cases[i].last);
      g_assert_cmpint (position (stage), ==, frame_time (cases[i].last, cases[i].fps, 1));
      for (int j = 1; j < stage->n_seen; j++)
        g_assert_cmpint (stage->seen[j], >, stage->seen[j - 1]);
      /* In real time, with sound and without a device for it. */
      g_assert_cmpint (
        g_get_monotonic_time () - start, >, cases[i].last * G_USEC_PER_SEC / cases[i].fps * 8 / 10);

      /* Once more from the start. */
      stage->n_seen = 0;
      dailies_reel_play (stage->reel);
      wait_for (is_playing (stage));
      wait_for (!is_playing (stage));
      g_assert_cmpint (stage->n_seen, >, 0);
      g_assert_cmpint (stage->seen[0], <=, cases[i].last / 2);
      g_assert_cmpint (shown (stage, 0), ==, cases[i].last);
      stage_free (stage);
    }
}

static int
count_rounds (Stage *stage)
{
  int rounds = 0;

  for (int i = 1; i < stage->n_seen; i++)
    rounds += stage->seen[i] < stage->seen[i - 1];

  return rounds;
}

static void
test_loop (void)
{
  Stage   *stage = stage_new_with_clip ("short.mp4");
  gint64   start;
  gboolean looping;

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (is_playing (stage));
  start = g_get_monotonic_time ();
  stage->n_seen = 0;
  wait_for (count_rounds (stage) == 4);
  /* Four rounds of half a second; a flush with each would show as time. */
  g_assert_cmpint (g_get_monotonic_time () - start, >, 1.4 * G_USEC_PER_SEC);
  g_assert_true (is_playing (stage));
  for (int i = 1; i < stage->n_seen; i++)
    {
      g_assert_cmpint (stage->seen[i], >=, 0);
      g_assert_cmpint (stage->seen[i], <=, 11);
    }

  /* Seeking and pausing work in a later round as in the first. */
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, frame_time (7, 24, 1));
  wait_for (shown (stage, 0) == 7 && position (stage) == frame_time (7, 24, 1));
  dailies_reel_play (stage->reel);
  stage->n_seen = 0;
  wait_for (count_rounds (stage) == 2);

  /* Without the loop it ends at the end. */
  g_object_set (stage->reel, "looping", FALSE, NULL);
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, 11);
  g_object_get (stage->reel, "looping", &looping, NULL);
  g_assert_false (looping);
  stage_free (stage);
}

static void
test_loop_with_sound (void)
{
  Stage *stage = stage_new_with_clip ("long-sound.mp4");

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (count_rounds (stage) == 2);
  g_assert_true (is_playing (stage));
  stage_free (stage);
}

static void
test_loop_switched_on_while_playing (void)
{
  Stage *stage = stage_new_with_clip ("short.mp4");

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 8);
  g_object_set (stage->reel, "looping", TRUE, NULL);
  wait_for (count_rounds (stage) >= 2);
  stage_free (stage);
}

/* One picture has nothing to go round; it must not become a busy circle. */
static void
test_loop_of_one (void)
{
  Stage *stage = stage_new_with_clip ("single.mp4");

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (is_playing (stage));
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, 0);
  stage_free (stage);
}

static void
test_rate (void)
{
  static const double rates[] = { 0.5, 2, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      Stage *stage = stage_new_with_clip ("sound.mp4");
      gint64 asked, start, taken;
      int    first;
      double rate;

      g_object_set (stage->reel, "rate", rates[i], NULL);
      asked = g_get_monotonic_time ();
      dailies_reel_play (stage->reel);
      wait_for (shown (stage, 0) >= 10);
      start = g_get_monotonic_time ();
      first = shown (stage, 0);
      wait_for (shown (stage, 0) >= 40);
      taken = g_get_monotonic_time () - start;
      g_object_get (stage->reel, "rate", &rate, NULL);
      g_assert_cmpfloat (rate, ==, rates[i]);
      g_test_message ("%d frames in %.3f s at %.1f×", shown (stage, 0) - first, taken / 1e6, rate);
      /* Not too fast since play was asked for: a busy machine is late with the first frames and catches up. */
      g_assert_cmpfloat ((start + taken - asked) / 1e6, >, shown (stage, 0) / 30. / rate * 0.7);
      g_assert_cmpfloat (taken / 1e6, <, (shown (stage, 0) - first) / 30. / rate * 2 + 0.5);
      stage_free (stage);
    }
}

static void
test_rate_while_playing (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 5);
  g_object_set (stage->reel, "rate", 4., NULL);
  wait_for (!is_playing (stage));
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, stage->seen[i - 1]);
  g_assert_cmpint (shown (stage, 0), ==, 119);
  stage_free (stage);
}

static void
test_sound_properties (void)
{
  Stage   *stage = stage_new_with_clip ("sound.mp4");
  double   volume;
  gboolean muted;

  g_object_set (stage->reel, "volume", 0.25, "muted", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 10);
  g_object_set (stage->reel, "volume", 1., "muted", FALSE, NULL);
  wait_for (shown (stage, 0) > 20);
  g_object_get (stage->reel, "volume", &volume, "muted", &muted, NULL);
  g_assert_cmpfloat (volume, ==, 1);
  g_assert_false (muted);
  stage_free (stage);
}

/* --- several sides ---------------------------------------------------------------------------- */

static void
test_two_sides (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");
  guint  n_sides;

  stage->compare = TRUE;
  dailies_reel_seek (stage->reel, frame_time (20, 24, 1));
  wait_for (shown (stage, 0) == 20);
  set_clip (stage, 1, "twin.mp4");
  wait_for (shown (stage, 1) == 20);
  g_object_get (stage->reel, "n-sides", &n_sides, NULL);
  g_assert_cmpuint (n_sides, ==, 2);

  for (int number = 90; number > 0; number -= 23)
    {
      dailies_reel_seek (stage->reel, frame_time (number, 24, 1));
      wait_for (shown (stage, 0) == number && shown (stage, 1) == number);
    }
  for (int i = 0; i < 3; i++)
    {
      int number = shown (stage, 0);

      dailies_reel_step (stage->reel, 1);
      wait_for (shown (stage, 0) == number + 1 && shown (stage, 1) == number + 1);
      dailies_reel_step (stage->reel, -2);
      wait_for (shown (stage, 0) == number - 1 && shown (stage, 1) == number - 1);
    }

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_seek (stage->reel, frame_time (90, 24, 1));
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 110);
  wait_for (shown (stage, 0) > 30 && shown (stage, 0) < 90);
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage));
  g_assert_cmpint (stage->mismatches, ==, 0);
  stage_free (stage);
}

/* The nice value of a thread of this process; @name: (out): with room for 64 */
static int
read_nice (const char *id,
           char       *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/stat", id);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  int nice = 0;

  *name = '\0';
  if (g_file_get_contents (path, &text, NULL, NULL))
    {
      g_assert_cmpint (sscanf (text, "%*d (%63[^)]", name), ==, 1);
      /* The state of the thread comes next; its nice value is the 17th field from there. */
      fields = g_strsplit (strrchr (text, ')') + 2, " ", 18);
      nice = atoi (fields[16]);
    }

  return nice;
}

/* (element-type utf8): the threads of this process that stream, by id */
static GHashTable *
list_streaming_threads (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *id;
  char        name[64];

  g_assert_nonnull (threads);
  while ((id = g_dir_read_name (threads)) != NULL)
    {
      int nice = read_nice (id, name);

      if (g_str_has_suffix (name, ":src") || g_str_has_suffix (name, ":sink"))
        g_hash_table_insert (found, g_strdup (id), GINT_TO_POINTER (nice));
    }

  return found;
}

/* Those that were there before idle in a pool; what is made in the background gives way to everything. */
static void
test_painting_goes_first (void)
{
  g_autoptr (GHashTable) before = list_streaming_threads ();
  Stage *stage = stage_new_with_clip ("plain.mp4");
  g_autoptr (GHashTable) threads = list_streaming_threads ();
  g_autofree char *own = g_strdup_printf ("%d", getpid ());
  char             name[64];
  int              painting = read_nice (own, name);
  int              n_decoding = 0;
  GHashTableIter   iter;
  gpointer         id, nice;

  g_hash_table_iter_init (&iter, threads);
  while (g_hash_table_iter_next (&iter, &id, &nice))
    {
      if (g_hash_table_contains (before, id))
        continue;
      g_assert_cmpint (GPOINTER_TO_INT (nice), >, painting);
      n_decoding += GPOINTER_TO_INT (nice) < 19;
    }
  g_assert_cmpint (n_decoding, >=, 2);
  stage_free (stage);
}

static void
test_side_added_while_playing (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 10);
  set_clip (stage, 1, "twin.mp4");
  wait_for (shown (stage, 1) > 20);
  g_assert_true (is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, shown (stage, 1));
  dailies_reel_set_file (stage->reel, 1, NULL);
  wait_for (shown (stage, 1) == -1);
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, 119);
  stage_free (stage);
}

static void
test_unequal_sides (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");

  /* A side that is over shows its last frame and does not hold the other back. */
  set_clip (stage, 1, "short.mp4");
  wait_for (shown (stage, 1) == 0);
  dailies_reel_seek (stage->reel, frame_time (60, 24, 1));
  wait_for (shown (stage, 0) == 60 && shown (stage, 1) == 11);
  dailies_reel_seek (stage->reel, frame_time (5, 24, 1));
  wait_for (shown (stage, 0) == 5 && shown (stage, 1) == 5);
  dailies_reel_play (stage->reel);
  wait_for (!is_playing (stage) && shown (stage, 0) == 119);
  g_assert_cmpint (shown (stage, 1), ==, 11);

  g_object_set (stage->reel, "looping", TRUE, NULL);
  stage->n_seen = 0;
  dailies_reel_seek (stage->reel, frame_time (110, 24, 1));
  dailies_reel_play (stage->reel);
  wait_for (count_rounds (stage) >= 1 && shown (stage, 0) > 14 && shown (stage, 0) < 60);
  g_assert_cmpint (shown (stage, 1), ==, 11);
  stage_free (stage);
}

/* --- changing one's mind ---------------------------------------------------------------------- */

/* Who asks for a place before the clip is there sees that first, and not its beginning. */
static void
test_seek_before_the_clip (void)
{
  for (int i = 0; i < 5; i++)
    {
      Stage *stage = stage_new ();
      int    slip = i % 2 * 3;

      set_clip (stage, 0, "plain.mp4");
      dailies_reel_set_slip (stage->reel, 0, slip);
      dailies_reel_seek (stage->reel, frame_time (20, 24, 1));
      wait_for (shown (stage, 0) >= 0);
      g_assert_cmpint (shown (stage, 0), ==, 20 + slip);
      g_assert_cmpint (position (stage), ==, frame_time (20, 24, 1));
      stage_free (stage);
    }
}

/* A place that only one of them has is found also where the other is there first. */
static void
test_seek_while_clips_come (void)
{
  for (int round = 0; round < 5; round++)
    {
      Stage *stage = stage_new_with_clip ("short.mp4");

      stage->compare = TRUE;
      set_clip (stage, 1, "plain.mp4");
      dailies_reel_seek (stage->reel, frame_time (60, 24, 1));
      wait_for (shown (stage, 0) == 11 && shown (stage, 1) == 60);
      /* The end of what is there is nobody else's. */
      set_clip (stage, 2, "twin.mp4");
      dailies_reel_seek (stage->reel, frame_time (5, 24, 1));
      wait_for (shown (stage, 0) == 5 && shown (stage, 1) == 5 && shown (stage, 2) == 5);
      stage_free (stage);
    }
}

static void
test_newest_clip_wins (void)
{
  Stage *stage = stage_new ();

  for (int i = 0; i < 12; i++)
    {
      set_clip (stage, 0, i % 2 ? "plain.mp4" : "film.mp4");
      dailies_reel_play (stage->reel);
    }
  set_clip (stage, 0, "short.mp4");
  dailies_reel_pause (stage->reel);
  wait_for (stage->frames > 0 && dailies_reel_get_fps (stage->reel, 0) == 24 &&
            duration (stage) == GST_SECOND / 2);
  wait_for (shown (stage, 0) == 0);
  g_assert_null (stage->error);
  stage_free (stage);
}

static void
test_close_at_any_time (void)
{
  for (int i = 0; i < 20; i++)
    {
      Stage *stage = stage_new ();
      gint64 until;

      set_clip (stage, 0, "sound.mp4");
      dailies_reel_play (stage->reel);
      dailies_reel_seek (stage->reel, frame_time (10 + i, 30, 1));
      until = g_get_monotonic_time () + i * 7000;
      while (g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
      stage_free (stage);
    }
}

/* Nothing that is asked of the reel may hold up its caller. */
static void
test_never_blocks (void)
{
  Stage *stage = stage_new_with_clip ("sound.mp4");
  gint64 longest = 0;

  for (int i = 0; i < 60; i++)
    {
      gint64 start = g_get_monotonic_time ();

      dailies_reel_seek (stage->reel, frame_time (i, 30, 1));
      dailies_reel_play (stage->reel);
      dailies_reel_step (stage->reel, i % 3 - 1);
      dailies_reel_pause (stage->reel);
      g_object_set (stage->reel, "rate", i % 2 ? 1. : 2., NULL);
      set_clip (stage, i % 2, "sound.mp4");
      longest = MAX (longest, g_get_monotonic_time () - start);
      g_main_context_iteration (NULL, FALSE);
    }
  g_test_message ("longest %.3f ms", longest / 1e3);
  g_assert_cmpint (longest, <, 50 * 1000);
  stage_free (stage);
}

/* --- a sound device that gives up ------------------------------------------------------------- */

#define TEST_TYPE_BAD_DEVICE (test_bad_device_get_type ())
G_DECLARE_FINAL_TYPE (TestBadDevice, test_bad_device, TEST, BAD_DEVICE, GstBaseSink)

struct _TestBadDevice
{
  GstBaseSink parent_instance;
};

G_DEFINE_FINAL_TYPE (TestBadDevice, test_bad_device, GST_TYPE_BASE_SINK)

static int bad_device_heard;

static GstFlowReturn
test_bad_device_render (GstBaseSink *sink,
                        GstBuffer   *buffer)
{
  if (g_atomic_int_add (&bad_device_heard, 1) < 5)
    return GST_FLOW_OK;

  GST_ELEMENT_ERROR (sink, RESOURCE, WRITE, ("unplugged"), (NULL));
  return GST_FLOW_ERROR;
}

static void
test_bad_device_class_init (TestBadDeviceClass *klass)
{
  static GstStaticPadTemplate template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-raw"));

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (
    GST_ELEMENT_CLASS (klass), "Bad device", "Sink/Audio", "Gives up", "Dailies");
  GST_BASE_SINK_CLASS (klass)->render = test_bad_device_render;
}

static void
test_bad_device_init (TestBadDevice *self)
{
}

static void
test_bad_sound_device (void)
{
  Stage *stage;

  gst_element_register (NULL, "testbaddevice", GST_RANK_PRIMARY + 100, TEST_TYPE_BAD_DEVICE);
  stage = stage_new_with_clip ("sound.mp4");
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 60);
  g_assert_cmpint (g_atomic_int_get (&bad_device_heard), >, 5);
  g_assert_null (stage->error);
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, 89);
  stage_free (stage);
}

/* --- all of it -------------------------------------------------------------------------------- */

static void
write_part (const char *from,
            const char *name,
            double      share)
{
  g_autofree char *source = g_build_filename (folder, from, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length * share, NULL));
}

static void
write_bytes (const char *name,
             guint       n,
             gboolean    text)
{
  g_autofree char   *path = g_build_filename (folder, name, NULL);
  g_autofree guint8 *bytes = g_malloc (n + 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    bytes[i] = text ? "<html>not a clip</html>\n"[i % 24] : g_rand_int_range (rand, 0, 256);
  g_assert_true (g_file_set_contents (path, (char *) bytes, n, NULL));
}

static void
make_truncated (void)
{
  g_autofree char *from = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree char *path = g_build_filename (folder, "whole.mov", NULL);
  g_autofree char *description = g_strdup_printf ("filesrc location=\"%s\" ! qtdemux ! h264parse ! "
                                                  "qtmux faststart=true ! filesink location=\"%s\"",
                                                  from,
                                                  path);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, NULL));
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  write_part ("whole.mov", "truncated.mov", 0.6);
}

/* The smallest there is; it is refused for what it is. */
static void
write_gif (const char *name)
{
  static const guint8 bytes[] = { 'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
                                  0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b };
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) bytes, sizeof bytes, NULL));
}

/* Packs of MPEG-1 with nothing to look at in them: what it is is known before. */
static void
write_program (const char *name)
{
  static const guint8 pack[] = { 0, 0, 1, 0xba, 0x21, 0, 1, 0, 1, 0xa1, 0xa1, 0xad,
                                 0, 0, 1, 0xe0, 0, 8, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autofree char    *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < 64; i++)
    g_byte_array_append (bytes, pack, sizeof pack);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
make_pipe (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_folder (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_clips (void)
{
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }
  write_part ("plain.mp4", "twin.mp4", 1);
  write_part ("plain.mp4", "headless.mp4", 0.5);
  write_bytes ("garbage.mp4", 100000, FALSE);
  write_bytes ("text.mp4", 5000, TRUE);
  write_bytes ("nothing.mp4", 0, FALSE);
  write_gif ("turning.gif");
  odd_clip_write (folder, "deep.mkv", odd_clip_deep);
  odd_clip_write (folder, "gray.mp4", odd_clip_gray);
  write_program ("program.mpg");
  make_pipe ("pipe.mp4");
  make_folder ("folder.mp4");
  make_truncated ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  make_clips ();

  g_test_add_func ("/reel/empty", test_empty);
  g_test_add_func ("/reel/shapes", test_shapes);
  g_test_add_func ("/reel/tile-while-paused", test_tile_while_paused);
  g_test_add_func ("/reel/failures", test_failures);
  g_test_add_func ("/reel/truncated", test_truncated);
  g_test_add_func ("/reel/seek", test_seek);
  g_test_add_func ("/reel/seek-behind-the-end-of-a-loop", test_seek_behind_the_end_of_a_loop);
  g_test_add_func ("/reel/newest-seek-wins", test_newest_seek_wins);
  g_test_add_func ("/reel/step", test_step);
  g_test_add_func ("/reel/step-at-the-ends", test_step_at_the_ends);
  g_test_add_func ("/reel/aim-is-ahead-of-the-picture", test_aim_is_ahead_of_the_picture);
  g_test_add_func ("/reel/length-comes-with-the-frame", test_length_comes_with_the_frame);
  g_test_add_func ("/reel/step-while-playing", test_step_while_playing);
  g_test_add_func ("/reel/play-to-the-end", test_play_to_the_end);
  g_test_add_func ("/reel/loop", test_loop);
  g_test_add_func ("/reel/loop-with-sound", test_loop_with_sound);
  g_test_add_func ("/reel/loop-switched-on-while-playing", test_loop_switched_on_while_playing);
  g_test_add_func ("/reel/loop-of-one", test_loop_of_one);
  g_test_add_func ("/reel/rate", test_rate);
  g_test_add_func ("/reel/rate-while-playing", test_rate_while_playing);
  g_test_add_func ("/reel/sound-properties", test_sound_properties);
  g_test_add_func ("/reel/two-sides", test_two_sides);
  g_test_add_func ("/reel/painting-goes-first", test_painting_goes_first);
  g_test_add_func ("/reel/side-added-while-playing", test_side_added_while_playing);
  g_test_add_func ("/reel/unequal-sides", test_unequal_sides);
  g_test_add_func ("/reel/seek-before-the-clip", test_seek_before_the_clip);
  g_test_add_func ("/reel/seek-while-clips-come", test_seek_while_clips_come);
  g_test_add_func ("/reel/newest-clip-wins", test_newest_clip_wins);
  g_test_add_func ("/reel/close-at-any-time", test_close_at_any_time);
  g_test_add_func ("/reel/never-blocks", test_never_blocks);
  g_test_add_func ("/reel/bad-sound-device", test_bad_sound_device);

  status = g_test_run ();
  remove_clips ();

  return status;
}
