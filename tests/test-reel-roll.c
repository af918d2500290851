/* test-reel-roll.c: where there are more sides than processors, a reel plays from its jogs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "reel-screen.h"
#include "slow-decoders.h"
#include "wait.h"

#define FPS  24
#define LAST 71

static const BarcodeClip clips[] = {
  { "a.mp4", 320, 180, FPS, 1, LAST + 1 },
  { "b.mp4", 320, 180, FPS, 1, LAST + 1 },
  { "slow-a.mp4", 320, 180, FPS, 1, LAST + 1 },
  { "slow-b.mp4", 320, 180, FPS, 1, LAST + 1 },
  { "short.mp4", 320, 180, FPS, 1, 30 },
  { "quick.mp4", 320, 180, 30, 1, 90 },
  { "sound.mp4", 320, 180, FPS, 1, LAST + 1, .sound = 140 },
};

/* Stands in for the one of GLib: two sides are more than one processor, wherever this runs. */
guint
g_get_num_processors (void)
{
  return 1;
}

/* Counts pictures of the pipeline's own. */
static void
count_decoded_cb (DailiesReel *reel,
                  guint        side,
                  int         *n_decoded)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, side);
  const GstStructure *info = sample != NULL ? gst_sample_get_info (sample) : NULL;

  *n_decoded += info == NULL || !gst_structure_has_name (info, DAILIES_JOG_INFO);
}

static void
seek (Stage *stage,
      int    number)
{
  dailies_reel_seek (stage->reel, frame_time (4 * number + 1, 4 * FPS, 1));
}

/* Two sides with every frame in their jogs, at the first. */
static Stage *
stage_new_ready (const char *first,
                 const char *second)
{
  Stage *stage = stage_new ();

  for (guint side = 0; side < 2; side++)
    dailies_reel_set_tile (stage->reel, side, 320, 180);
  set_clip (stage, 0, first);
  set_clip (stage, 1, second);
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0);
  do
    {
      seek (stage, 1);
      wait_for (shown (stage, 0) == 1);
      seek (stage, LAST);
      wait_for (shown (stage, 0) == LAST);
    }
  while (!is_jogged (stage, 0) || !is_jogged (stage, 1));
  seek (stage, 0);
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0 && !is_jogged (stage, 0));
  stage->n_seen = 0;
  stage->compare = TRUE;

  return stage;
}

static int
count_turns (Stage *stage)
{
  int turns = 0;

  for (int i = 1; i < stage->n_seen; i++)
    turns += stage->seen[i] < stage->seen[i - 1];

  return turns;
}

static void
test_once (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "b.mp4");
  gint64 began = g_get_monotonic_time ();
  int    n_decoded = 0;
  gulong handler;

  handler = g_signal_connect (stage->reel, "frame", G_CALLBACK (count_decoded_cb), &n_decoded);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) == LAST);
  g_assert_cmpint (n_decoded, ==, 0);
  g_signal_handler_disconnect (stage->reel, handler);
  wait_for (!is_playing (stage));
  g_assert_cmpint (g_get_monotonic_time () - began, >=, frame_time (LAST + 1, FPS, 1) / 1000);

  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, stage->seen[i - 1]);
  g_assert_cmpint (stage->n_seen, >, LAST / 2);
  g_assert_cmpint (stage->mismatches, ==, 0);
  /* The decoder's own picture takes the place, and what is played again is the whole. */
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (shown (stage, 0), ==, LAST);
  dailies_reel_play (stage->reel);
  wait_for (is_playing (stage) && shown (stage, 0) < LAST / 2);
  wait_for (shown (stage, 0) == LAST);
  stage_free (stage);
}

static void
test_loop (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "short.mp4");
  gint64 began;

  stage->compare = FALSE;
  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) == 1);
  began = g_get_monotonic_time ();
  wait_for (count_turns (stage) == 2);
  /* No round is shorter. */
  g_assert_cmpint (g_get_monotonic_time () - began, >=, frame_time (2 * LAST, FPS, 1) / 1000 - fixture_late ());
  g_assert_true (is_jogged (stage, 0) && is_jogged (stage, 1));
  for (int i = 1; i < stage->n_seen; i++)
    {
      if (stage->seen[i] < stage->seen[i - 1])
        g_assert_cmpint (stage->seen[i - 1], ==, LAST);
    }

  /* The shorter one stands at its end, until the round begins anew. */
  wait_for (shown (stage, 0) > 40);
  g_assert_cmpint (shown (stage, 1), ==, 29);
  g_object_set (stage->reel, "looping", FALSE, NULL);
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, LAST);
  stage_free (stage);
}

static void
test_range (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "b.mp4");

  g_object_set (stage->reel,
                "range-in", frame_time (10, FPS, 1),
                "range-out", frame_time (20, FPS, 1),
                "looping", TRUE,
                NULL);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) == 10);
  stage->n_seen = 0;
  wait_for (count_turns (stage) == 3);
  for (int i = 0; i < stage->n_seen; i++)
    {
      g_assert_cmpint (stage->seen[i], >=, 10);
      g_assert_cmpint (stage->seen[i], <=, 20);
    }
  g_assert_true (is_jogged (stage, 0));
  g_assert_cmpint (stage->mismatches, ==, 0);

  /* Another range is gone to at once, whether it lies behind or before what is shown. */
  for (int in = 40; in >= 0; in -= 40)
    {
      stage->n_seen = 0;
      g_object_set (stage->reel, "range-in", frame_time (in, FPS, 1), "range-out", frame_time (in + 5, FPS, 1), NULL);
      wait_for (shown (stage, 0) == in);
      wait_for (shown (stage, 0) == in + 5);
      for (int i = 0; i < stage->n_seen; i++)
        g_assert_true (stage->seen[i] <= 20 || stage->seen[i] >= 40);
      g_assert_true (is_playing (stage) && is_jogged (stage, 0));
    }
  stage_free (stage);
}

static void
test_seek (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "b.mp4");

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 5);
  stage->n_seen = 0;
  seek (stage, 50);
  wait_for (shown (stage, 0) > 60);
  g_assert_true (is_playing (stage) && is_jogged (stage, 0));
  for (int i = 0; i < stage->n_seen; i++)
    g_assert_true (stage->seen[i] < 12 || stage->seen[i] >= 50);

  /* Back and on again, without a rest in between. */
  dailies_reel_shuttle (stage->reel, -2);
  wait_for (shown (stage, 0) < 50);
  dailies_reel_shuttle (stage->reel, 2);
  wait_for (shown (stage, 0) > 60);
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage) && !is_jogged (stage, 0));
  g_assert_cmpint (stage->mismatches, ==, 0);
  stage_free (stage);
}

/* What is heard comes from memory then; see test-reel-listen.c. */
static void
test_sound (void)
{
  Stage *stage = stage_new_ready ("sound.mp4", "b.mp4");
  gint64 began = g_get_monotonic_time ();

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 5);
  g_assert_true (is_jogged (stage, 0));
  g_object_set (stage->reel, "muted", TRUE, NULL);
  wait_for (shown (stage, 0) >= 15);
  g_object_set (stage->reel, "muted", FALSE, "audible", 1, NULL);
  wait_for (shown (stage, 0) >= 25);
  g_object_set (stage->reel, "audible", 0, NULL);
  wait_for (shown (stage, 0) == LAST);
  g_assert_true (is_jogged (stage, 0));
  wait_for (!is_playing (stage));
  g_assert_cmpint (g_get_monotonic_time () - began, >=, frame_time (LAST + 1, FPS, 1) / 1000);
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, stage->seen[i - 1]);
  g_assert_cmpint (stage->mismatches, ==, 0);
  stage_free (stage);
}

static gboolean
is_preparing (Stage *stage)
{
  gboolean preparing;

  g_object_get (stage->reel, "preparing", &preparing, NULL);
  return preparing;
}

/* Played at once, where there is no time to decode all sides: it stands as soon as it stutters, and goes on from the jogs. */
static void
test_hold (void)
{
  Stage *stage = stage_new ();
  int    stood;

  g_atomic_int_set (&slowness, 80000);
  stage->compare = TRUE;
  for (guint side = 0; side < 2; side++)
    dailies_reel_set_tile (stage->reel, side, 320, 180);
  set_clip (stage, 0, "slow-a.mp4");
  set_clip (stage, 1, "slow-b.mp4");
  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (is_preparing (stage));
  g_assert_true (is_playing (stage));

  /* It can be paused, and stands on one frame; played again, it waits again. */
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage) && !is_preparing (stage));
  stood = shown (stage, 0);
  g_assert_cmpint (shown (stage, 1), ==, stood);
  dailies_reel_play (stage->reel);
  wait_for (is_preparing (stage));

  g_atomic_int_set (&slowness, 0);
  wait_for (is_jogged (stage, 0) && is_jogged (stage, 1));
  wait_for (!is_preparing (stage) && shown (stage, 0) > 40);
  g_assert_true (is_playing (stage));
  g_assert_cmpint (stage->mismatches, ==, 0);
  stage_free (stage);
}

/* A frame of the other side that begins between two of the lead would not be seen. */
static void
test_rates (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "quick.mp4");
  int    n_decoded = 0;

  stage->compare = FALSE;
  g_signal_connect (stage->reel, "frame", G_CALLBACK (count_decoded_cb), &n_decoded);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 20);
  g_assert_cmpint (n_decoded, >, 20);
  g_assert_false (is_jogged (stage, 1));
  stage_free (stage);
}

/* What was held up for a moment leaves out no frame, in either direction and at the turn of a round; soon it is in time again. */
static void
test_held_up (void)
{
  Stage *stage = stage_new_ready ("a.mp4", "b.mp4");
  Screen screen;

  g_object_set (stage->reel, "rate", 0.25, NULL);
  screen_start (&screen, stage);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 3);
  for (int i = 0; i < 3; i++)
    screen_hold_up (&screen, 300);
  g_assert_true (is_jogged (stage, 0));
  dailies_reel_shuttle (stage->reel, -0.25);
  wait_for (shown (stage, 0) < 17);
  screen_hold_up (&screen, 300);
  g_assert_cmpint (screen.left_out[0], ==, 0);
  g_assert_cmpint (screen.left_out[1], ==, 0);

  g_object_set (stage->reel, "range-in", (gint64) 0, "range-out", frame_time (9, FPS, 1), "looping", TRUE, NULL);
  dailies_reel_shuttle (stage->reel, 0.25);
  wait_for (shown (stage, 0) == 8);
  screen.n_painted = 0;
  stage->n_seen = 0;
  g_usleep (400 * G_TIME_SPAN_MILLISECOND);
  wait_for (count_turns (stage) == 1 && shown (stage, 0) > 6);
  /* The last of the round and the first of the next are among them. */
  for (int i = 1; i < screen.n_painted; i++)
    g_assert_cmpint (screen.painted[i], ==, (screen.painted[i - 1] + 1) % 10);
  g_assert_cmpint (screen.n_painted, >, 6);
  g_assert_cmpint (screen.painted[0], >=, 8);
  screen_stop (&screen);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  slow_decoders_watch ();
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/reel-roll/once", test_once);
  g_test_add_func ("/reel-roll/loop", test_loop);
  g_test_add_func ("/reel-roll/range", test_range);
  g_test_add_func ("/reel-roll/seek", test_seek);
  g_test_add_func ("/reel-roll/sound", test_sound);
  g_test_add_func ("/reel-roll/hold", test_hold);
  g_test_add_func ("/reel-roll/held-up", test_held_up);
  g_test_add_func ("/reel-roll/rates", test_rates);
  result = g_test_run ();

  remove_clips ();
  return result;
}
