/* test-reel-sides.c: several sides in step: frame rates, slip, range, lengths, coming and going, one that is heard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reel-stage.h"
#include "wait.h"

static const BarcodeClip clips[] = {
  { "a.mp4", 320, 180, 24, 1, 120 },
  { "b.mp4", 320, 180, 25, 1, 75, .sound = 141 },
  { "c.mp4", 192, 320, 30000, 1001, 150, .sound = 235 },
  { "d.mp4", 320, 240, 60, 1, 600 },
  { "e.mp4", 240, 240, 30, 1, 240 },
  { "tiny.mp4", 320, 180, 24, 1, 20 },
  { "small.mp4", 320, 180, 30, 1, 31 },
  { "heavy.mp4", 2560, 1440, 24, 1, 58 },
};

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

/* --- the judge: how far apart in time the sides are ------------------------------------------- */

typedef struct
{
  Stage      *stage;
  const char *names[DAILIES_REEL_MAX_SIDES];
  double      worst; /* in frames of the slower of two sides */
  guint       judged;
  guint       lies; /* a side's time is not that of the frame on it */
} Judge;

/* When the frame on @side begins and ends, in ns of the reel; a first or last frame is held for ever. */
static gboolean
span (Judge  *judge,
      guint   side,
      double *begin,
      double *end)
{
  const BarcodeClip *clip;
  int                number = shown (judge->stage, side);
  gint64             time = dailies_reel_get_side_time (judge->stage->reel, side);
  int                slip = dailies_reel_get_slip (judge->stage->reel, side);

  if (judge->names[side] == NULL || number < 0)
    return FALSE;

  clip = find_clip (judge->names[side]);
  if (time != (gint64) gst_util_uint64_scale (number, clip->fps_d * GST_SECOND, clip->fps_n))
    {
      g_test_message ("frame %d of %s is said to be at %" G_GINT64_FORMAT, number, clip->name, time);
      judge->lies++;
    }
  *begin = (double) (number - slip) * clip->fps_d / clip->fps_n;
  *end = *begin + (double) clip->fps_d / clip->fps_n;
  if (number == 0)
    *begin = -G_MAXDOUBLE;
  if (number == (int) clip->n_frames - 1)
    *end = G_MAXDOUBLE;

  return TRUE;
}

static double
slower (Judge *judge,
        guint  one,
        guint  other)
{
  const BarcodeClip *a = find_clip (judge->names[one]);
  const BarcodeClip *b = find_clip (judge->names[other]);

  return MAX ((double) a->fps_d / a->fps_n, (double) b->fps_d / b->fps_n);
}

static void
judge_now (Judge *judge)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      double begin, end, other_begin, other_end;

      if (!span (judge, i, &begin, &end))
        continue;
      for (guint j = 0; j < i; j++)
        {
          double apart;

          if (!span (judge, j, &other_begin, &other_end))
            continue;
          apart = MAX (begin - other_end, other_begin - end) / slower (judge, i, j);
          judge->judged++;
          if (apart > judge->worst && apart > 0.01)
            g_test_message ("%s %d beside %s %d: %.3f frames apart",
                            judge->names[i], shown (judge->stage, i), judge->names[j],
                            shown (judge->stage, j), apart);
          judge->worst = MAX (judge->worst, apart);
        }
    }
}

/* Once for each moment, when all sides of it have been told. */
static void
judge_frame_cb (DailiesReel *reel,
                guint        side,
                Judge       *judge)
{
  judge_now (judge);
}

static Judge *
judge_new (void)
{
  Judge *judge = g_new0 (Judge, 1);

  judge->stage = stage_new ();
  g_signal_connect (judge->stage->reel, "frame", G_CALLBACK (judge_frame_cb), judge);

  return judge;
}

static void
judge_free (Judge *judge)
{
  g_assert_cmpuint (judge->judged, >, 0);
  g_assert_cmpfloat (judge->worst, <=, 0.5);
  g_assert_cmpuint (judge->lies, ==, 0);
  stage_free (judge->stage);
  g_free (judge);
}

static void
judge_set (Judge      *judge,
           guint       side,
           const char *name)
{
  judge->names[side] = name;
  if (name != NULL)
    set_clip (judge->stage, side, name);
  else
    dailies_reel_set_file (judge->stage->reel, side, NULL);
}

static gboolean
all_there (Judge *judge)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (judge->names[i] != NULL && shown (judge->stage, i) < 0)
        return FALSE;
    }

  return TRUE;
}

static gint64
next_seen (Judge *judge)
{
  return judge->stage->frames;
}

/* Waits for @n more frames. */
static void
watch (Judge *judge,
       guint  n)
{
  gint64 until = next_seen (judge) + n;

  wait_for (next_seen (judge) >= until);
}

/* --- frame rates ------------------------------------------------------------------------------ */

static const char *const mixed[][DAILIES_REEL_MAX_SIDES] = {
  { "a.mp4", "b.mp4", "c.mp4", "d.mp4" },
  { "d.mp4", "e.mp4", "a.mp4" },
  { "c.mp4", "e.mp4" },
  { "b.mp4", "d.mp4", "e.mp4", "c.mp4" },
};

static void
test_mixed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    {
      Judge *judge = judge_new ();
      Stage *stage = judge->stage;

      g_test_message ("%s, %s, …", mixed[i][0], mixed[i][1]);
      for (guint side = 0; side < DAILIES_REEL_MAX_SIDES && mixed[i][side] != NULL; side++)
        judge_set (judge, side, mixed[i][side]);
      wait_for (all_there (judge));
      dailies_reel_play (stage->reel);
      watch (judge, 60);
      for (int j = 0; j < 6; j++)
        {
          gint64 to = (j * 37 % 50) * GST_SECOND / 10;

          dailies_reel_seek (stage->reel, to);
          wait_for (ABS (position (stage) - to) < 3 * GST_SECOND / 10);
          watch (judge, 12);
        }
      dailies_reel_pause (stage->reel);
      wait_for (!is_playing (stage));
      /* The frame that was due when it paused may still come: steps are counted from where nothing moves any more. */
      dailies_reel_seek (stage->reel, GST_SECOND);
      wait_for (ABS (position (stage) - (gint64) GST_SECOND) < GST_SECOND / 20);
      for (int j = 0; j < 8; j++)
        {
          gint64 before = position (stage);

          dailies_reel_step (stage->reel, j % 3 == 2 ? -1 : 1);
          wait_for (position (stage) != before);
          judge_now (judge);
        }
      g_test_message ("worst %.3f frames in %u comparisons", judge->worst, judge->judged);
      judge_free (judge);
    }
}

/* Each frame of the one is as long as two of the other, of which the first is shown: both begin together. */
static void
test_twice_the_rate (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;

  /* Also beside one that stands already, and from its first picture on. */
  judge_set (judge, 0, "e.mp4");
  wait_for (all_there (judge));
  dailies_reel_seek (stage->reel, 45 * GST_SECOND / 30 + GST_MSECOND);
  wait_for (shown (stage, 0) == 45);
  judge_set (judge, 1, "d.mp4");
  wait_for (shown (stage, 1) >= 0);
  g_assert_cmpint (shown (stage, 1), ==, 90);
  for (int i = 0; i < 8; i++)
    {
      int number = (i * 37 + 11) % 200;

      dailies_reel_seek (stage->reel, number * GST_SECOND / 30 + GST_MSECOND);
      wait_for (shown (stage, 0) == number);
      g_assert_cmpint (shown (stage, 1), ==, 2 * number);
      for (int j = 1; j < 4; j++)
        {
          dailies_reel_step (stage->reel, 1);
          wait_for (shown (stage, 0) == number + j);
          g_assert_cmpint (shown (stage, 1), ==, 2 * (number + j));
        }
    }

  /* Shifted by one they begin together still. */
  dailies_reel_set_slip (stage->reel, 1, 1);
  dailies_reel_seek (stage->reel, 50 * GST_SECOND / 30 + GST_MSECOND);
  wait_for (shown (stage, 0) == 50 && shown (stage, 1) == 101);
  dailies_reel_step (stage->reel, -1);
  wait_for (shown (stage, 0) == 49);
  g_assert_cmpint (shown (stage, 1), ==, 99);
  judge_free (judge);
}

/* --- coming and going ------------------------------------------------------------------------- */

static void
test_join_while_playing (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;
  gint64 longest = 0, last;
  int    frames;

  judge_set (judge, 0, "d.mp4");
  wait_for (all_there (judge));
  dailies_reel_play (stage->reel);
  watch (judge, 10);
  for (guint side = 1; side < DAILIES_REEL_MAX_SIDES; side++)
    {
      judge_set (judge, side, mixed[0][side - 1]);
      last = g_get_monotonic_time ();
      frames = shown (stage, 0);
      while (!all_there (judge))
        {
          g_main_context_iteration (NULL, TRUE);
          if (shown (stage, 0) != frames)
            {
              longest = MAX (longest, g_get_monotonic_time () - last);
              last = g_get_monotonic_time ();
              frames = shown (stage, 0);
            }
        }
      watch (judge, 20);
    }
  /* Who plays already hardly notices. */
  g_test_message ("longest halt %.1f ms", longest / 1e3);
  g_assert_cmpint (longest, <, 200 * 1000);
  for (guint side = 3; side > 0; side--)
    {
      judge_set (judge, side, NULL);
      wait_for (shown (stage, side) == -1);
      watch (judge, 10);
    }
  g_assert_true (is_playing (stage));
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >, stage->seen[i - 1]);
  judge_free (judge);
}

static void
test_join_while_paused (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;

  judge_set (judge, 0, "a.mp4");
  wait_for (all_there (judge));
  dailies_reel_seek (stage->reel, frame_time (48, 24, 1));
  wait_for (shown (stage, 0) == 48);
  judge_set (judge, 1, "d.mp4");
  judge_set (judge, 2, "tiny.mp4");
  wait_for (all_there (judge));
  wait_for (shown (stage, 1) == 121 && shown (stage, 2) == 19);
  g_assert_cmpint (shown (stage, 0), ==, 48);
  /* A side that takes the place of another comes to where they are, too. */
  judge_set (judge, 1, "e.mp4");
  wait_for (dailies_reel_get_fps (stage->reel, 1) == 30 && shown (stage, 1) == 60);
  judge_free (judge);
}

static void
test_join_while_looping (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;

  g_object_set (stage->reel, "looping", TRUE, NULL);
  judge_set (judge, 0, "tiny.mp4");
  wait_for (all_there (judge));
  dailies_reel_play (stage->reel);
  for (int i = 0; i < 6; i++)
    {
      watch (judge, 7 + i);
      judge_set (judge, 1, "small.mp4");
      wait_for (all_there (judge));
      watch (judge, 60);
      judge_set (judge, 1, NULL);
      wait_for (shown (stage, 1) == -1);
    }
  g_assert_true (is_playing (stage));
  judge_free (judge);
}

/* What takes longer to get there than the others take to go round does not chase them for ever. */
static void
test_join_short_loop (void)
{
  Stage *stage = stage_new_with_clip ("a.mp4");

  g_object_set (stage->reel, "looping", TRUE, "range-in", frame_time (54, 24, 1), "range-out", frame_time (56, 24, 1), NULL);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) == 55);
  set_clip (stage, 1, "heavy.mp4");
  wait_for (shown (stage, 1) >= 54 && shown (stage, 1) <= 55 && shown (stage, 0) == shown (stage, 1));
  g_assert_true (is_playing (stage));
  g_assert_no_error (stage->error);
  stage_free (stage);
}

/* What failed was the clip before: whoever goes through clips quickly sees nothing of it. */
static void
test_replaced_failure (void)
{
  Stage *stage = stage_new ();

  for (int i = 0; i < 40; i++)
    {
      gint64 start = g_get_monotonic_time ();

      set_clip (stage, 0, "words.mp4");
      while (g_get_monotonic_time () - start < i * 500 && stage->failed_side < 0)
        g_main_context_iteration (NULL, FALSE);
      g_clear_error (&stage->error);
      stage->failed_side = -1;
      set_clip (stage, 0, "tiny.mp4");
      wait_for (shown (stage, 0) == 0);
      g_assert_no_error (stage->error);
      dailies_reel_set_file (stage->reel, 0, NULL);
      wait_for (shown (stage, 0) < 0);
      g_assert_no_error (stage->error);
    }
  stage_free (stage);
}

/* --- lengths ---------------------------------------------------------------------------------- */

static int
count_rounds (Stage *stage)
{
  int rounds = 0;

  for (int i = 1; i < stage->n_seen; i++)
    rounds += stage->seen[i] < stage->seen[i - 1];

  return rounds;
}

static void
test_unequal_loop (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;
  gint64 start;

  g_object_set (stage->reel, "looping", TRUE, NULL);
  judge_set (judge, 0, "tiny.mp4");
  judge_set (judge, 1, "small.mp4");
  wait_for (all_there (judge));
  dailies_reel_play (stage->reel);
  wait_for (count_rounds (stage) == 1);
  start = g_get_monotonic_time ();
  wait_for (count_rounds (stage) == 4);
  /* Three rounds of the longer one, and no more: nothing is lost at the turn. */
  g_assert_cmpint (g_get_monotonic_time () - start, >, 3 * 31 * G_USEC_PER_SEC / 30 - 80000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * 31 * G_USEC_PER_SEC / 30 + 120000);
  judge_free (judge);
}

/* The position goes on where the first side is over. */
static void
test_first_is_shorter (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;

  judge_set (judge, 0, "tiny.mp4");
  judge_set (judge, 1, "a.mp4");
  wait_for (all_there (judge));
  dailies_reel_seek (stage->reel, frame_time (100, 24, 1));
  wait_for (shown (stage, 1) == 100 && shown (stage, 0) == 19);
  g_assert_cmpint (position (stage), ==, frame_time (100, 24, 1));
  dailies_reel_step (stage->reel, 1);
  wait_for (shown (stage, 1) == 101 && position (stage) == frame_time (101, 24, 1));
  dailies_reel_step (stage->reel, -3);
  wait_for (shown (stage, 1) == 98 && position (stage) == frame_time (98, 24, 1));
  dailies_reel_play (stage->reel);
  wait_for (is_playing (stage));
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 1), ==, 119);
  g_assert_cmpint (position (stage), ==, frame_time (119, 24, 1));
  judge_free (judge);
}

/* --- slip ------------------------------------------------------------------------------------- */

static void
test_slip (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;

  judge_set (judge, 0, "a.mp4");
  judge_set (judge, 1, "a.mp4");
  wait_for (all_there (judge));
  dailies_reel_seek (stage->reel, frame_time (30, 24, 1));
  wait_for (shown (stage, 0) == 30);
  dailies_reel_set_slip (stage->reel, 1, 7);
  g_assert_cmpint (dailies_reel_get_slip (stage->reel, 1), ==, 7);
  wait_for (shown (stage, 1) == 37);
  g_assert_cmpint (shown (stage, 0), ==, 30);
  dailies_reel_set_slip (stage->reel, 1, -10);
  wait_for (shown (stage, 1) == 20);
  g_assert_cmpint (dailies_reel_get_side_time (stage->reel, 1), ==, frame_time (20, 24, 1));
  dailies_reel_step (stage->reel, 1);
  wait_for (shown (stage, 0) == 31 && shown (stage, 1) == 21);

  /* Before its beginning the first frame is held; the reel is as long as the side that is over last. */
  dailies_reel_seek (stage->reel, frame_time (4, 24, 1));
  wait_for (shown (stage, 0) == 4 && shown (stage, 1) == 0);
  g_assert_cmpint (duration (stage), ==, frame_time (130, 24, 1));
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) == 8);
  g_assert_cmpint (shown (stage, 1), ==, 0);
  wait_for (shown (stage, 0) > 30);
  g_assert_cmpint (shown (stage, 1), ==, shown (stage, 0) - 10);

  /* While it plays. */
  dailies_reel_set_slip (stage->reel, 1, 3);
  judge->judged = 0;
  wait_for (shown (stage, 1) == shown (stage, 0) + 3);
  watch (judge, 20);
  g_assert_cmpint (shown (stage, 1), ==, shown (stage, 0) + 3);
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage));
  judge_free (judge);
}

/* --- range ------------------------------------------------------------------------------------ */

static void
test_range (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;
  gint64 start;

  judge_set (judge, 0, "a.mp4");
  judge_set (judge, 1, "e.mp4");
  wait_for (all_there (judge));
  g_object_set (
    stage->reel, "range-in", frame_time (24, 24, 1), "range-out", frame_time (35, 24, 1), NULL);
  dailies_reel_play (stage->reel);
  stage->n_seen = 0;
  wait_for (is_playing (stage));
  wait_for (!is_playing (stage));
  g_assert_cmpint (shown (stage, 0), ==, 35);
  for (int i = 0; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, 24);

  g_object_set (stage->reel, "looping", TRUE, NULL);
  stage->n_seen = 0;
  dailies_reel_play (stage->reel);
  wait_for (count_rounds (stage) == 1);
  start = g_get_monotonic_time ();
  wait_for (count_rounds (stage) == 5);
  /* Half a second each. */
  g_test_message ("four rounds in %.3f s", (g_get_monotonic_time () - start) / 1e6);
  g_assert_cmpint (ABS (g_get_monotonic_time () - start - 2 * G_USEC_PER_SEC), <, 2 * fixture_late ());
  for (int i = 0; i < stage->n_seen; i++)
    {
      g_assert_cmpint (stage->seen[i], >=, 24);
      g_assert_cmpint (stage->seen[i], <=, 35);
    }

  /* Moved while it plays: it goes there. */
  g_object_set (
    stage->reel, "range-out", frame_time (71, 24, 1), "range-in", frame_time (60, 24, 1), NULL);
  wait_for (shown (stage, 0) >= 60);
  stage->n_seen = 0;
  wait_for (count_rounds (stage) == 1);
  g_assert_cmpint (shown (stage, 0), >=, 60);
  g_object_set (stage->reel, "range-in", (gint64) -1, "range-out", (gint64) -1, "looping", FALSE, NULL);
  wait_for (shown (stage, 0) > 75);
  judge_free (judge);
}

/* --- shuttle ---------------------------------------------------------------------------------- */

static double
shuttle (Stage *stage)
{
  double value;

  g_object_get (stage->reel, "shuttle", &value, NULL);
  return value;
}

static void
test_shuttle (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;
  gint64 start;
  int    from;
  double rate;

  judge_set (judge, 0, "a.mp4");
  judge_set (judge, 1, "e.mp4");
  wait_for (all_there (judge));
  dailies_reel_shuttle (stage->reel, 2);
  wait_for (shown (stage, 0) > 40);
  g_assert_cmpfloat (shuttle (stage), ==, 2);
  g_assert_true (is_playing (stage));
  g_object_get (stage->reel, "rate", &rate, NULL);
  g_assert_cmpfloat (rate, ==, 1);

  stage->n_seen = 0;
  dailies_reel_shuttle (stage->reel, -1);
  wait_for (shuttle (stage) == -1);
  wait_for (stage->n_seen > 2);
  start = g_get_monotonic_time ();
  from = shown (stage, 0);
  stage->n_seen = 0;
  wait_for (shown (stage, 0) <= from - 24);
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], <=, stage->seen[i - 1]);
  g_test_message ("24 frames back in %.3f s, %d seen", (g_get_monotonic_time () - start) / 1e6, stage->n_seen);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 0.8 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1.6 * G_USEC_PER_SEC);

  /* At the beginning it stops. */
  dailies_reel_shuttle (stage->reel, -4);
  wait_for (!is_playing (stage));
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0);
  g_assert_cmpfloat (shuttle (stage), ==, 0);

  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 5);
  g_assert_cmpfloat (shuttle (stage), ==, 1);
  dailies_reel_shuttle (stage->reel, 0);
  wait_for (!is_playing (stage));

  /* Backwards in a loop it goes round. */
  g_object_set (stage->reel, "looping", TRUE, "range-in", frame_time (12, 24, 1), "range-out",
                frame_time (23, 24, 1), NULL);
  dailies_reel_seek (stage->reel, frame_time (15, 24, 1));
  wait_for (shown (stage, 0) == 15);
  dailies_reel_shuttle (stage->reel, -1);
  wait_for (shown (stage, 0) == 12);
  wait_for (shown (stage, 0) > 18 && shown (stage, 0) <= 23);
  wait_for (shown (stage, 0) == 12);
  judge_free (judge);
}

/* --- sound ------------------------------------------------------------------------------------ */

static void
test_has_sound (void)
{
  Judge *judge = judge_new ();
  Stage *stage = judge->stage;
  int    audible;

  judge_set (judge, 0, "a.mp4");
  judge_set (judge, 1, "b.mp4");
  wait_for (all_there (judge));
  g_assert_false (dailies_reel_has_sound (stage->reel, 0));
  g_assert_true (dailies_reel_has_sound (stage->reel, 1));
  g_assert_false (dailies_reel_has_sound (stage->reel, 2));
  g_assert_cmpint (dailies_reel_get_side_duration (stage->reel, 0), ==, 5 * GST_SECOND);
  g_object_get (stage->reel, "audible", &audible, NULL);
  g_assert_cmpint (audible, ==, 0);
  dailies_reel_play (stage->reel);
  for (int i = 0; i < 8; i++)
    {
      g_object_set (stage->reel, "audible", i % 3 - 1, NULL);
      watch (judge, 6);
    }
  g_assert_true (is_playing (stage));
  judge_free (judge);
}

/* Each frame of the side that leads is stepped to, and the other shows what belongs to the middle of it; where that is between two of
 * its frames, the first. */
static void
test_lead (void)
{
  Stage *stage = stage_new_with_clip ("a.mp4");

  set_clip (stage, 1, "d.mp4");
  wait_for (shown (stage, 1) == 0);
  dailies_reel_step (stage->reel, 2);
  wait_for (position (stage) == frame_time (2, 24, 1) && shown (stage, 0) == 2 && shown (stage, 1) == 6);

  dailies_reel_set_lead (stage->reel, 1);
  wait_for (position (stage) == frame_time (6, 60, 1));
  g_assert_cmpint (shown (stage, 0), ==, 2);
  g_assert_cmpint (shown (stage, 1), ==, 6);
  for (int i = 7; i <= 11; i++)
    {
      dailies_reel_step (stage->reel, 1);
      wait_for (position (stage) == frame_time (i, 60, 1) && shown (stage, 1) == i);
      g_assert_cmpint (shown (stage, 0), ==, ((2 * i + 1) * 24 - 1) / 120);
    }

  /* However often it changes, nothing moves. */
  for (int i = 0; i < 6; i++)
    {
      dailies_reel_set_lead (stage->reel, i % 2);
      wait_for (position (stage) == (i % 2 == 0 ? frame_time (4, 24, 1) : frame_time (11, 60, 1)));
      g_assert_cmpint (shown (stage, 0), ==, 4);
      g_assert_cmpint (shown (stage, 1), ==, 11);
    }

  /* When it goes, the other has to. */
  dailies_reel_set_file (stage->reel, 1, NULL);
  wait_for (shown (stage, 1) < 0);
  dailies_reel_step (stage->reel, 1);
  wait_for (position (stage) == frame_time (5, 24, 1) && shown (stage, 0) == 5);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }

  g_test_add_func ("/reel-sides/lead", test_lead);
  g_test_add_func ("/reel-sides/mixed", test_mixed);
  g_test_add_func ("/reel-sides/twice-the-rate", test_twice_the_rate);
  g_test_add_func ("/reel-sides/join-while-playing", test_join_while_playing);
  g_test_add_func ("/reel-sides/join-while-paused", test_join_while_paused);
  g_test_add_func ("/reel-sides/join-while-looping", test_join_while_looping);
  g_test_add_func ("/reel-sides/join-short-loop", test_join_short_loop);
  g_test_add_func ("/reel-sides/replaced-failure", test_replaced_failure);
  g_test_add_func ("/reel-sides/unequal-loop", test_unequal_loop);
  g_test_add_func ("/reel-sides/first-is-shorter", test_first_is_shorter);
  g_test_add_func ("/reel-sides/slip", test_slip);
  g_test_add_func ("/reel-sides/range", test_range);
  g_test_add_func ("/reel-sides/shuttle", test_shuttle);
  g_test_add_func ("/reel-sides/has-sound", test_has_sound);

  status = g_test_run ();
  remove_clips ();

  return status;
}
