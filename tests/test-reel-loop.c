/* test-reel-loop.c: the loop, switched on and off at every moment of a round; what play does at the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reel-stage.h"

#define FPS    24
#define LENGTH 18
#define LONG_LENGTH 36

/* The sound of a clip is decoded well ahead of its picture: its end is reached at another moment. */
static const BarcodeClip clips[] = {
  { "sound.mp4", 160, 90, FPS, 1, LENGTH, .sound = 33 },
  { "mute.mp4", 160, 90, FPS, 1, LENGTH },
  { "long.mp4", 160, 90, FPS, 1, LONG_LENGTH, .sound = 72 },
};

/* --- what each side showed -------------------------------------------------------------------- */

typedef struct
{
  Stage *stage;
  guint  n_sides;
  int    last[DAILIES_REEL_MAX_SIDES];
  int    rounds[DAILIES_REEL_MAX_SIDES]; /* how often it went back to the beginning */
  int    lowest, highest;
  int    apart;
} Watched;

static void
watch_cb (DailiesReel *reel,
          guint        side,
          Watched     *watched)
{
  int number = shown (watched->stage, side);

  if (number < 0)
    return;

  watched->rounds[side] += number < watched->last[side];
  watched->last[side] = number;
  watched->lowest = MIN (watched->lowest, number);
  watched->highest = MAX (watched->highest, number);
  for (guint i = 0; i < watched->n_sides; i++)
    watched->apart += shown (watched->stage, i) != number;
}

static void
count_anew (Watched *watched)
{
  memset (watched->rounds, 0, sizeof watched->rounds);
  watched->lowest = G_MAXINT;
  watched->highest = -1;
}

static gboolean
all_there (Watched *watched)
{
  for (guint i = 0; i < watched->n_sides; i++)
    {
      if (shown (watched->stage, i) < 0)
        return FALSE;
    }

  return TRUE;
}

static Watched *
watched_new (guint n_sides)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->stage = stage_new ();
  for (guint i = 0; i < n_sides; i++)
    set_clip (watched->stage, i, clips[i % 2].name);
  watched->n_sides = n_sides;
  wait_for (all_there (watched));
  g_signal_connect (watched->stage->reel, "frame", G_CALLBACK (watch_cb), watched);

  return watched;
}

static void
watched_free (Watched *watched)
{
  g_assert_cmpint (watched->apart, ==, 0);
  stage_free (watched->stage);
  g_free (watched);
}

/* Returns: whether every side has gone round @n times */
static gboolean
went_round (Watched *watched,
            int      n)
{
  for (guint i = 0; i < watched->n_sides; i++)
    {
      if (watched->rounds[i] < n)
        return FALSE;
    }

  return TRUE;
}

static void
set_looping (Watched *watched,
             gboolean looping)
{
  g_object_set (watched->stage->reel, "looping", looping, NULL);
}

/* From the beginning, as a clip that was just opened or, @sought, as one that the artist has moved in. */
static void
play_until (Watched *watched,
            gboolean sought,
            int      number)
{
  if (sought)
    {
      dailies_reel_seek (watched->stage->reel, frame_time (1, FPS, 1));
      wait_for (shown (watched->stage, 0) == 1);
    }
  dailies_reel_play (watched->stage->reel);
  wait_for (shown (watched->stage, 0) >= number);
}

/* --- on and off ------------------------------------------------------------------------------- */

static void
test_on_while_playing (gconstpointer data)
{
  static const struct
  {
    int      number;
    gboolean sought;
  } moments[] = { { 3 }, { LENGTH - 1 }, { 9, TRUE }, { LENGTH - 4, TRUE }, { LENGTH - 1, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Watched *watched = watched_new (GPOINTER_TO_UINT (data));

      g_test_message ("at frame %d%s", moments[i].number, moments[i].sought ? ", sought" : "");
      play_until (watched, moments[i].sought, moments[i].number);
      set_looping (watched, TRUE);
      count_anew (watched);
      wait_for (went_round (watched, 2));
      g_assert_true (is_playing (watched->stage));
      watched_free (watched);
    }
}

static void
test_off_while_playing (gconstpointer data)
{
  static const int moments[] = { 2, 9, LENGTH - 4, LENGTH - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Watched *watched = watched_new (GPOINTER_TO_UINT (data));

      g_test_message ("at frame %d", moments[i]);
      set_looping (watched, TRUE);
      play_until (watched, FALSE, LENGTH / 2);
      count_anew (watched);
      wait_for (went_round (watched, 1));
      wait_for (shown (watched->stage, 0) >= moments[i]);
      set_looping (watched, FALSE);
      count_anew (watched);
      /* What is being played is the last round; on a busy machine the next may have begun before the wish arrived. */
      wait_for (!is_playing (watched->stage));
      for (guint side = 0; side < watched->n_sides; side++)
        {
          g_assert_cmpint (shown (watched->stage, side), ==, LENGTH - 1);
          g_assert_cmpint (watched->rounds[side], <=, 1);
        }
      watched_free (watched);
    }
}

static void
test_on_after_the_end (gconstpointer data)
{
  Watched *watched = watched_new (GPOINTER_TO_UINT (data));

  play_until (watched, FALSE, 5);
  wait_for (!is_playing (watched->stage));
  set_looping (watched, TRUE);
  count_anew (watched);
  dailies_reel_play (watched->stage->reel);
  wait_for (went_round (watched, 3));
  set_looping (watched, FALSE);
  set_looping (watched, TRUE);
  count_anew (watched);
  wait_for (went_round (watched, 1));
  g_assert_true (is_playing (watched->stage));
  watched_free (watched);
}

static int
shown_width (Stage *stage,
             guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, side);
  int width = 0;

  if (sample != NULL)
    gst_structure_get_int (
      gst_caps_get_structure (gst_sample_get_caps (sample), 0), "width", &width);

  return width;
}

/* The first side has moved, because its pane became smaller, and the others come when it stands at the beginning: all go
 * round together all the same. */
static void
test_latecomers (gconstpointer data)
{
  Watched *watched = watched_new (1);

  set_looping (watched, TRUE);
  dailies_reel_set_tile (watched->stage->reel, 0, 120, 68);
  wait_for (shown_width (watched->stage, 0) == 120);
  for (guint i = 1; i < GPOINTER_TO_UINT (data); i++)
    set_clip (watched->stage, i, clips[i % 2].name);
  watched->n_sides = GPOINTER_TO_UINT (data);
  wait_for (all_there (watched));
  watched->apart = 0;

  play_until (watched, FALSE, 3);
  count_anew (watched);
  wait_for (went_round (watched, 2));
  g_assert_true (is_playing (watched->stage));
  watched_free (watched);
}

/* --- range ------------------------------------------------------------------------------------ */

static void
test_range_while_playing (gconstpointer data)
{
  Watched *watched = watched_new (GPOINTER_TO_UINT (data));

  play_until (watched, FALSE, 5);
  set_looping (watched, TRUE);
  g_object_set (watched->stage->reel, "range-in", frame_time (4, FPS, 1), NULL);
  wait_for (shown (watched->stage, 0) >= 9);
  g_object_set (watched->stage->reel, "range-out", frame_time (10, FPS, 1), NULL);
  wait_for (shown (watched->stage, 0) == 4);
  count_anew (watched);
  wait_for (went_round (watched, 3));
  g_assert_cmpint (watched->lowest, ==, 4);
  g_assert_cmpint (watched->highest, ==, 10);

  /* Without the loop it ends with the range, and begins there again. */
  set_looping (watched, FALSE);
  wait_for (!is_playing (watched->stage));
  g_assert_cmpint (shown (watched->stage, 0), ==, 10);
  count_anew (watched);
  dailies_reel_play (watched->stage->reel);
  wait_for (watched->highest >= 7);
  g_assert_cmpint (watched->lowest, ==, 4);
  wait_for (!is_playing (watched->stage));
  g_assert_cmpint (watched->highest, ==, 10);
  watched_free (watched);
}

/* A pipeline that comes to rest near the out point shows the frame that it was sent to: pictures that are decoded first and shown later
 * lie behind it. */
static void
test_rest_at_the_out_point (gconstpointer data)
{
  Watched *watched = watched_new (GPOINTER_TO_UINT (data));

  for (int out = 1; out < 8; out++)
    {
      g_object_set (watched->stage->reel, "range-out", frame_time (out, FPS, 1), NULL);
      for (int number = MAX (out - 2, 0); number <= out; number++)
        {
          dailies_reel_seek (watched->stage->reel, frame_time (number, FPS, 1));
          wait_for (position (watched->stage) == frame_time (number, FPS, 1) && !is_jogged (watched->stage, 0));
          for (guint side = 0; side < watched->n_sides; side++)
            g_assert_cmpint (shown (watched->stage, side), ==, number);
        }
    }

  /* Whoever presses play there wants to see the range again. */
  count_anew (watched);
  dailies_reel_play (watched->stage->reel);
  wait_for (watched->lowest == 0);
  wait_for (!is_playing (watched->stage));
  g_assert_cmpint (watched->highest, ==, 7);
  watched_free (watched);
}

/* --- play at the end -------------------------------------------------------------------------- */

static void
test_play_at_the_end (gconstpointer data)
{
  for (int looping = 0; looping < 2; looping++)
    {
      Watched *watched = watched_new (GPOINTER_TO_UINT (data));

      for (int in = -1; in < 5; in += 5)
        {
          g_object_set (watched->stage->reel, "range-in", in < 0 ? (gint64) -1 : frame_time (in, FPS, 1), NULL);
          g_test_message ("%s, from %d", looping ? "looping" : "once", in);
          set_looping (watched, looping);
          dailies_reel_seek (watched->stage->reel, duration (watched->stage));
          wait_for (shown (watched->stage, 0) == LENGTH - 1 &&
                    position (watched->stage) == frame_time (LENGTH - 1, FPS, 1));
          count_anew (watched);
          dailies_reel_play (watched->stage->reel);
          wait_for (went_round (watched, 1));
          g_assert_cmpint (shown (watched->stage, 0), ==, MAX (in, 0));
          wait_for (shown (watched->stage, 0) >= 8);
          set_looping (watched, FALSE);
          wait_for (!is_playing (watched->stage));
          g_assert_cmpint (shown (watched->stage, 0), ==, LENGTH - 1);

          /* Once more, where it ended by itself. */
          count_anew (watched);
          dailies_reel_play (watched->stage->reel);
          wait_for (went_round (watched, 1));
          g_assert_cmpint (shown (watched->stage, 0), ==, MAX (in, 0));
          dailies_reel_pause (watched->stage->reel);
          wait_for (!is_playing (watched->stage));
        }
      watched_free (watched);
    }
}

/* Slower than life the sound, which is read ahead of the picture, is ahead of it by many seconds of the clock. */
static void
test_slow_sound (gconstpointer data)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->stage = stage_new ();
  watched->n_sides = GPOINTER_TO_UINT (data);
  for (guint i = 0; i < watched->n_sides; i++)
    set_clip (watched->stage, i, "long.mp4");
  wait_for (all_there (watched));
  g_signal_connect (watched->stage->reel, "frame", G_CALLBACK (watch_cb), watched);
  g_object_set (watched->stage->reel, "rate", 0.25, "looping", TRUE, NULL);
  dailies_reel_seek (watched->stage->reel, GST_SECOND);
  wait_for (watched->last[0] == 24);
  dailies_reel_play (watched->stage->reel);
  for (int round = 1; round < 3; round++)
    {
      g_test_message ("round %d", round);
      for (int third = 1; third < 3; third++)
        wait_for (watched->last[0] >= third * LONG_LENGTH / 3);
      wait_for (went_round (watched, round));
    }
  watched_free (watched);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "on-while-playing", test_on_while_playing }, { "off-while-playing", test_off_while_playing },
    { "on-after-the-end", test_on_after_the_end }, { "range-while-playing", test_range_while_playing },
    { "rest-at-the-out-point", test_rest_at_the_out_point },
    { "play-at-the-end", test_play_at_the_end }, { "latecomers", test_latecomers },
  };
  static const guint sides[] = { 1, 2, 4 };
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sides); j++)
      {
        g_autofree char *path = g_strdup_printf ("/reel-loop/%s/%u", tests[i].name, sides[j]);

        g_test_add_data_func (path, GUINT_TO_POINTER (sides[j]), tests[i].func);
      }

  g_test_add_data_func ("/reel-loop/slow-sound", GUINT_TO_POINTER (2), test_slow_sound);

  status = g_test_run ();
  remove_clips ();

  return status;
}
