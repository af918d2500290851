/* test-jog-reel.c: scrubbing and steps of a reel that its jogs answer, told by the numbers burnt into the frames
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include "dailies-jog.h"
#include "dailies-jog-maker.h"
#include "dailies-jog-store.h"
#include "dailies-reel.h"

#define PATIENCE_SECONDS 30

static char *folder;

static const BarcodeClip clips[] = {
  { "a.mp4", 320, 180, 24, 1, 120 },
  { "b.mp4", 320, 180, 24, 1, 120 },
  { "one.mp4", 640, 360, 30, 1, 150 },
  { "two.mp4", 640, 360, 30, 1, 150 },
  { "three.mp4", 640, 360, 30, 1, 150 },
  { "four.mp4", 640, 360, 30, 1, 150 },
  { "quick.mp4", 320, 180, 30, 1, 90 },
  { "twice.mp4", 320, 180, 48, 1, 240 },
  { "film.mp4", 320, 180, 24000, 1001, 72 },
  { "long-sound.mp4", 320, 180, 24, 1, 48, .sound = 150 },
  { "phone.mp4", 320, 180, 25, 1, 100, .uneven = TRUE },
  { "even.mp4", 320, 180, 25, 1, 100 },
  { "thin.mp4", 320, 180, 24, 1, 121, .thin = 20 },
  { "fields.mp4", 320, 192, 25, 1, 50, .interlaced = TRUE },
};

typedef struct
{
  DailiesReel *reel;
  int          seen[4096]; /* on side 0, in order */
  int          n_seen;
  int          n_jogged; /* of them, from the jog */
  int          n_apart;  /* the sides showed different frames */
  gboolean     compare;
} Stage;

static gboolean
expire_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

#define wait_for(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean expired = FALSE;                                                                      \
    guint    timer = g_timeout_add_seconds (PATIENCE_SECONDS, expire_cb, &expired);                \
                                                                                                   \
    while (!(condition) && !expired)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (expired)                                                                                   \
      g_error ("%s: never became true: %s", G_STRLOC, #condition);                                 \
    else                                                                                           \
      g_source_remove (timer);                                                                     \
  }                                                                                                \
  G_STMT_END

static gboolean
is_jogged (Stage *stage,
           guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, side);
  const GstStructure *info = sample != NULL ? gst_sample_get_info (sample) : NULL;

  return info != NULL && gst_structure_has_name (info, DAILIES_JOG_INFO);
}

static int
shown (Stage *stage,
       guint  side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, side);

  return sample != NULL ? barcode_clip_read (sample, FALSE) : -1;
}

static void
frame_cb (DailiesReel *reel,
          guint        side,
          Stage       *stage)
{
  if (side != 0 || stage->n_seen == G_N_ELEMENTS (stage->seen))
    return;

  stage->seen[stage->n_seen++] = shown (stage, 0);
  stage->n_jogged += is_jogged (stage, 0);
  if (stage->compare)
    stage->n_apart += shown (stage, 0) != shown (stage, 1);
}

static void
set_clip (Stage      *stage,
          guint       side,
          const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

  dailies_reel_set_file (stage->reel, side, file);
}

static gint64
position (Stage *stage)
{
  gint64 value;

  g_object_get (stage->reel, "position", &value, NULL);
  return value;
}

static gboolean
is_playing (Stage *stage)
{
  gboolean value;

  g_object_get (stage->reel, "playing", &value, NULL);
  return value;
}

static gint64
start_of (int number,
          int fps_n,
          int fps_d)
{
  return gst_util_uint64_scale (number, fps_d * GST_SECOND, fps_n);
}

/* A little behind the start of the frame, as a pointer would hit it. */
static void
seek (Stage *stage,
      int    number,
      int    fps)
{
  dailies_reel_seek (stage->reel, start_of (4 * number + 1, 4 * fps, 1));
}

/* Frames from the jogs come as soon as they are made; until then the same seeks are flown. */
static void
wait_for_jogs (Stage *stage,
               int    last,
               int    fps)
{
  gboolean ready = FALSE;

  for (int i = 0; !ready; i++)
    {
      int number = i % 2 == 0 ? last : 1;

      seek (stage, number, fps);
      wait_for (position (stage) == start_of (number, fps, 1) && shown (stage, 0) == number);
      ready = number == last && is_jogged (stage, 0);
    }
}

static Stage *
stage_new_empty (void)
{
  Stage *stage = g_new0 (Stage, 1);

  stage->reel = dailies_reel_new ();
  g_signal_connect (stage->reel, "frame", G_CALLBACK (frame_cb), stage);

  return stage;
}

static Stage *
stage_new (const char *first,
           const char *second)
{
  Stage *stage = stage_new_empty ();

  set_clip (stage, 0, first);
  if (second != NULL)
    set_clip (stage, 1, second);
  wait_for (shown (stage, 0) == 0 && (second == NULL || shown (stage, 1) == 0));

  return stage;
}

static void
stage_free (Stage *stage)
{
  dailies_reel_close (stage->reel);
  g_assert_finalize_object (stage->reel);
  g_free (stage);
}

/* --- scrubbing -------------------------------------------------------------------------------- */

static void
test_scrub (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");
  int    number = 0;

  wait_for_jogs (stage, 118, 24);
  stage->compare = TRUE;
  for (int i = 0; i < 60; i++)
    {
      number = (i * 47 + 13) % 119;
      seek (stage, number, 24);
      wait_for (position (stage) == start_of (number, 24, 1));
      for (int side = 0; side < 2; side++)
        {
          g_assert_cmpint (shown (stage, side), ==, number);
          g_assert_true (is_jogged (stage, side));
        }
      g_assert_cmpint (dailies_reel_get_side_time (stage->reel, 1), ==, start_of (number, 24, 1));
    }

  /* When the pointer rests the decoder's own picture takes the place. */
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (shown (stage, 0), ==, number);
  g_assert_cmpint (shown (stage, 1), ==, number);
  g_assert_cmpint (position (stage), ==, start_of (number, 24, 1));
  g_assert_cmpint (stage->n_apart, ==, 0);
  stage_free (stage);
}

/* Interlaced, as some cameras still are. */
static void
test_fields (void)
{
  static const int numbers[] = { 7, 40, 0, 23 };
  Stage *stage = stage_new ("fields.mp4", "even.mp4");

  wait_for_jogs (stage, 48, 25);
  stage->compare = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      seek (stage, numbers[i], 25);
      wait_for (position (stage) == start_of (numbers[i], 25, 1));
      g_assert_true (is_jogged (stage, 0));
      g_assert_cmpint (shown (stage, 0), ==, numbers[i]);
      wait_for (!is_jogged (stage, 0));
      g_assert_cmpint (shown (stage, 0), ==, numbers[i]);
    }
  g_assert_cmpint (stage->n_apart, ==, 0);
  stage_free (stage);
}

static void
test_steps (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");
  int    number = 118;

  wait_for_jogs (stage, 118, 24);
  for (int i = 0; i < 30; i++)
    {
      int by = i % 3 == 0 ? 1 : -(i % 5);

      dailies_reel_step (stage->reel, by);
      number = MIN (number + by, 119);
      wait_for (position (stage) == start_of (number, 24, 1));
      g_assert_cmpint (shown (stage, 0), ==, number);
      g_assert_cmpint (shown (stage, 1), ==, number);
    }
  g_assert_true (is_jogged (stage, 0));

  /* Steps add up, however quickly they come, and end at the first frame. */
  for (int i = 0; i < 10; i++)
    dailies_reel_step (stage->reel, -1);
  wait_for (position (stage) == start_of (number - 10, 24, 1));
  g_assert_cmpint (shown (stage, 0), ==, number - 10);
  dailies_reel_step (stage->reel, -500);
  wait_for (position (stage) == 0);
  g_assert_cmpint (shown (stage, 0), ==, 0);
  stage_free (stage);
}

/* A frame is as long as two of the other, of which the first is shown, however it is come to. */
static void
test_twice_the_rate (void)
{
  Stage *stage = stage_new ("a.mp4", "twice.mp4");

  wait_for_jogs (stage, 118, 24);
  for (int i = 0; i < 40; i++)
    {
      int number = (i * 47 + 13) % 119;

      seek (stage, number, 24);
      wait_for (position (stage) == start_of (number, 24, 1));
      g_assert_cmpint (shown (stage, 0), ==, number);
      g_assert_cmpint (shown (stage, 1), ==, 2 * number);
    }
  seek (stage, 20, 24);
  for (int number = 21; number < 50; number++)
    {
      dailies_reel_step (stage->reel, 1);
      wait_for (position (stage) == start_of (number, 24, 1));
      g_assert_cmpint (shown (stage, 1), ==, 2 * number);
    }
  g_assert_true (is_jogged (stage, 1));
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (shown (stage, 1), ==, 98);
  stage_free (stage);
}

static void
test_slip (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");

  dailies_reel_set_slip (stage->reel, 1, 7);
  wait_for (shown (stage, 1) == 7);
  wait_for_jogs (stage, 110, 24);
  seek (stage, 50, 24);
  wait_for (shown (stage, 0) == 50 && shown (stage, 1) == 57);
  g_assert_true (is_jogged (stage, 1));
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (shown (stage, 1), ==, 57);
  stage_free (stage);
}

/* Whatever the sides are, what the jog shows is what the decoder shows when it has come there. */
static void
test_no_jump (gconstpointer data)
{
  const char *second = data;
  Stage      *stage = stage_new ("a.mp4", second);

  wait_for_jogs (stage, 100, 24);
  for (int number = 3; number < 120; number += 23)
    {
      int before[2];
      gint64 time;

      seek (stage, number, 24);
      wait_for (shown (stage, 0) == number && is_jogged (stage, 0));
      for (int side = 0; side < 2; side++)
        before[side] = shown (stage, side);
      time = dailies_reel_get_side_time (stage->reel, 1);
      wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
      for (int side = 0; side < 2; side++)
        g_assert_cmpint (shown (stage, side), ==, before[side]);
      g_assert_cmpint (dailies_reel_get_side_time (stage->reel, 1), ==, time);
      g_assert_cmpint (position (stage), ==, start_of (number, 24, 1));
    }
  stage_free (stage);
}

/* --- variable frame rate ---------------------------------------------------------------------- */

#define UNEVEN_LAST 99

static const BarcodeClip *
get_clip (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++)
    if (strcmp (clips[i].name, name) == 0)
      return &clips[i];
  g_assert_not_reached ();
}

/* Until they are there nobody knows that the frames last differently long. */
static void
wait_for_starts (Stage *stage)
{
  for (int i = 0; !is_jogged (stage, 0); i++)
    {
      gint64 before = stage->n_seen;

      dailies_reel_seek (stage->reel, i % 2 == 0 ? 3 * GST_SECOND : GST_SECOND);
      wait_for (stage->n_seen > before);
    }
}

/* Each step shows the next picture, none twice and none left out, and the clock says when it begins. */
static void
test_uneven_steps (void)
{
  const BarcodeClip *clip = get_clip ("phone.mp4");
  Stage *stage = stage_new ("phone.mp4", NULL);

  wait_for_starts (stage);
  dailies_reel_seek (stage->reel, 0);
  wait_for (position (stage) == 0 && shown (stage, 0) == 0);
  for (int i = 1; i <= UNEVEN_LAST; i++)
    {
      dailies_reel_step (stage->reel, 1);
      wait_for (position (stage) == barcode_clip_start (clip, i));
      g_assert_cmpint (shown (stage, 0), ==, i);
    }
  dailies_reel_step (stage->reel, -48);
  wait_for (position (stage) == barcode_clip_start (clip, UNEVEN_LAST - 48));
  wait_for (!is_jogged (stage, 0));
  g_assert_cmpint (shown (stage, 0), ==, UNEVEN_LAST - 48);
  g_assert_cmpint (position (stage), ==, barcode_clip_start (clip, UNEVEN_LAST - 48));

  /* Now by the decoder alone. */
  dailies_reel_step (stage->reel, 1);
  wait_for (position (stage) == barcode_clip_start (clip, UNEVEN_LAST - 47));
  g_assert_cmpint (shown (stage, 0), ==, UNEVEN_LAST - 47);
  stage_free (stage);
}

static gint64
get_point (Stage      *stage,
           const char *name)
{
  gint64 time;

  g_object_get (stage->reel, name, &time, NULL);
  return time;
}

/* What was marked by the average is on a frame when they are known, for everybody, and stays there when the other end is marked. */
static void
test_uneven_range (void)
{
  const BarcodeClip *clip = get_clip ("phone.mp4");
  Stage *stage = stage_new_empty ();

  g_object_set (stage->reel, "range-in", gst_util_uint64_scale (11, GST_SECOND, 25), NULL);
  set_clip (stage, 0, "phone.mp4");
  wait_for (shown (stage, 0) == 0);
  wait_for_starts (stage);
  wait_for (get_point (stage, "range-in") == barcode_clip_start (clip, 11));
  g_object_set (stage->reel, "range-out", barcode_clip_start (clip, 20), NULL);
  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_seek (stage->reel, barcode_clip_start (clip, 18));
  wait_for (shown (stage, 0) == 18);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 18);
  wait_for (shown (stage, 0) < 18);
  g_assert_cmpint (shown (stage, 0), >=, 11);
  g_assert_cmpint (get_point (stage, "range-in"), ==, barcode_clip_start (clip, 11));
  stage_free (stage);
}

/* Also when that becomes known while it goes round: from the next turn on it shows what was marked, and nothing else. */
static void
test_uneven_range_in_a_loop (void)
{
  const BarcodeClip *clip = get_clip ("phone.mp4");
  gint64 in = gst_util_uint64_scale (11, GST_SECOND, 25);
  gint64 out = gst_util_uint64_scale (20, GST_SECOND, 25);
  Stage *stage = stage_new_empty ();
  int    first, rounds = 0;

  /* Until it is asked to, nobody looks at all of it. */
  dailies_jog_maker_claim (TRUE);
  /* Slow enough that none of the short frames is missed where the machine does other things too. */
  g_object_set (stage->reel, "range-in", in, "range-out", out, "looping", TRUE, "rate", 0.5, NULL);
  set_clip (stage, 0, "phone.mp4");
  wait_for (shown (stage, 0) == 0);
  dailies_reel_play (stage->reel);
  wait_for (stage->n_seen > 1 && stage->seen[stage->n_seen - 1] < stage->seen[stage->n_seen - 2]);
  dailies_jog_maker_claim (FALSE);
  dailies_jog_maker_claim (FALSE); /* what the reel has said */
  wait_for (get_point (stage, "range-in") == barcode_clip_start (clip, 11));
  dailies_jog_maker_claim (TRUE);
  g_assert_cmpint (get_point (stage, "range-out"), ==, barcode_clip_start (clip, 20));
  first = stage->n_seen;
  wait_for (stage->n_seen > first + 60);
  for (int i = first + 20; i < stage->n_seen; i++)
    {
      g_assert_cmpint (stage->seen[i], >=, 11);
      g_assert_cmpint (stage->seen[i], <=, 20);
      if (stage->seen[i] < stage->seen[i - 1])
        {
          g_assert_cmpint (stage->seen[i], ==, 11);
          g_assert_cmpint (stage->seen[i - 1], ==, 20);
          rounds++;
        }
    }
  g_assert_cmpint (rounds, >=, 2);
  stage_free (stage);
}

/* Beside another it is compared by time, whichever of the two leads. */
static void
test_uneven_beside (gconstpointer data)
{
  gboolean leads = GPOINTER_TO_INT (data);
  const BarcodeClip *clip = get_clip ("phone.mp4");
  Stage *stage = stage_new (leads ? "phone.mp4" : "even.mp4", leads ? "even.mp4" : "phone.mp4");

  wait_for_starts (stage);
  for (gint64 time = GST_SECOND; time < 2 * (gint64) GST_SECOND; time += 110 * (gint64) GST_MSECOND)
    {
      int uneven, even, before[2];

      dailies_reel_seek (stage->reel, time);
      wait_for (is_jogged (stage, 0) && is_jogged (stage, 1) && ABS (position (stage) - time) < 60 * (gint64) GST_MSECOND);
      for (int side = 0; side < 2; side++)
        before[side] = shown (stage, side);
      wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
      for (int side = 0; side < 2; side++)
        g_assert_cmpint (shown (stage, side), ==, before[side]);
      uneven = shown (stage, leads ? 0 : 1);
      even = shown (stage, leads ? 1 : 0);
      if (leads)
        g_assert_cmpint (position (stage), ==, barcode_clip_start (clip, uneven));
      else
        g_assert_cmpint (dailies_reel_get_side_time (stage->reel, 1), ==, barcode_clip_start (clip, uneven));
      /* Never more than half of a frame apart from what the other shows in its middle. */
      g_assert_cmpint (ABS (barcode_clip_start (clip, uneven) - even * 40 * (gint64) GST_MSECOND), <=, 40 * (gint64) GST_MSECOND);
    }
  stage_free (stage);
}

/* Also while both play: neither is late. */
static void
check_beside_cb (DailiesReel *reel,
                 guint        side,
                 Stage       *stage)
{
  const BarcodeClip *clip = get_clip ("phone.mp4");
  gint64 here = position (stage);
  int number = shown (stage, 1);

  if (!is_playing (stage) || number < 0 || number == UNEVEN_LAST || here < 0)
    return;
  g_assert_cmpint (barcode_clip_start (clip, number), <=, here + 21 * (gint64) GST_MSECOND);
  g_assert_cmpint (barcode_clip_start (clip, number + 1), >, here - (gint64) GST_MSECOND);
}

static void
test_uneven_beside_playing (void)
{
  const BarcodeClip *clip = get_clip ("phone.mp4");
  Stage *stage = stage_new ("even.mp4", "phone.mp4");

  wait_for_starts (stage);
  dailies_reel_seek (stage->reel, 3 * 40 * (gint64) GST_MSECOND);
  wait_for (position (stage) == 3 * 40 * (gint64) GST_MSECOND && is_jogged (stage, 1));
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (dailies_reel_get_side_time (stage->reel, 1), ==, barcode_clip_start (clip, shown (stage, 1)));
  g_signal_connect (stage->reel, "frame", G_CALLBACK (check_beside_cb), stage);
  stage->n_seen = 0;
  dailies_reel_play (stage->reel);
  wait_for (stage->n_seen > 40);
  stage_free (stage);
}

/* Where frames were left out the one before stands, however it is come to: what is shown later is not shown yet. */
static void
test_thin (void)
{
  Stage *stage = stage_new ("a.mp4", "thin.mp4");

  wait_for_jogs (stage, 118, 24);
  /* The muxer takes each frame to last equally long, and ends the track before the last two. */
  for (int number = 17; number < 106; number += 7)
    {
      int held = number < 20 ? number : number / 4 * 4;

      seek (stage, number, 24);
      wait_for (position (stage) == start_of (number, 24, 1) && is_jogged (stage, 0));
      g_assert_cmpint (shown (stage, 1), ==, held);
      wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
      g_assert_cmpint (shown (stage, 0), ==, number);
      g_assert_cmpint (shown (stage, 1), ==, held);

      dailies_reel_step (stage->reel, 1);
      wait_for (position (stage) == start_of (number + 1, 24, 1));
      g_assert_cmpint (shown (stage, 1), ==, number + 1 < 20 ? number + 1 : (number + 1) / 4 * 4);
      wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
      g_assert_cmpint (shown (stage, 1), ==, number + 1 < 20 ? number + 1 : (number + 1) / 4 * 4);
    }
  stage_free (stage);
}

static void
check_uneven_cb (DailiesReel *reel,
                 guint        side,
                 Stage       *stage)
{
  int number = shown (stage, 0);

  if (is_playing (stage) && number >= 0)
    g_assert_cmpint (dailies_reel_get_side_time (reel, 0), ==, barcode_clip_start (get_clip ("phone.mp4"), number));
}

static void
test_uneven_play (void)
{
  Stage *stage = stage_new ("phone.mp4", NULL);

  wait_for_starts (stage);
  dailies_reel_seek (stage->reel, barcode_clip_start (get_clip ("phone.mp4"), 26));
  wait_for (position (stage) == barcode_clip_start (get_clip ("phone.mp4"), 26) && !is_jogged (stage, 0));
  g_signal_connect (stage->reel, "frame", G_CALLBACK (check_uneven_cb), stage);
  stage->n_seen = 0;
  dailies_reel_play (stage->reel);
  wait_for (stage->n_seen > 30);
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, stage->seen[i - 1]);
  stage_free (stage);
}

/* --- four sides, in a hurry ------------------------------------------------------------------- */

#define HURRY_LAST 149
#define HURRY_FPS  30
#define N_HURRIES  200

/* Whatever is told to be shown, all sides show what the timecode says. */
static void
check_frames_cb (DailiesReel *reel,
                 guint        side,
                 Stage       *stage)
{
  gint64 here = position (stage);
  int    expected = (int) ((here * HURRY_FPS + GST_SECOND / 2) / GST_SECOND);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      int number = shown (stage, i);

      g_assert_cmpint (number, ==, expected);
      g_assert_cmpint (dailies_reel_get_side_time (reel, i), ==, start_of (number, HURRY_FPS, 1));
    }
}

/* Returns: where it leads from @number */
static int
hurry (Stage *stage,
       GRand *rand,
       int    number)
{
  int by;

  if (g_rand_int_range (rand, 0, 3) > 0)
    {
      number = g_rand_int_range (rand, 0, HURRY_LAST + 1);
      seek (stage, number, HURRY_FPS);
      return number;
    }

  by = g_rand_int_range (rand, -3, 4);
  dailies_reel_step (stage->reel, by);
  return CLAMP (number + by, 0, HURRY_LAST);
}

/* Seeks and steps that do not wait for one another, and rests in between, in which the pipeline follows: at times it is still on its way
 * when the next ones come. */
static void
test_hurry (void)
{
  Stage *stage = stage_new ("one.mp4", "two.mp4");
  GRand *rand = g_rand_new_with_seed (23);
  int    number = HURRY_LAST;

  set_clip (stage, 2, "three.mp4");
  set_clip (stage, 3, "four.mp4");
  wait_for (shown (stage, 2) == 0 && shown (stage, 3) == 0);
  do
    {
      seek (stage, 1, HURRY_FPS);
      wait_for (shown (stage, 3) == 1);
      seek (stage, HURRY_LAST, HURRY_FPS);
      wait_for (shown (stage, 3) == HURRY_LAST);
    }
  while (!is_jogged (stage, 0) || !is_jogged (stage, 1) || !is_jogged (stage, 2) || !is_jogged (stage, 3));

  g_signal_connect (stage->reel, "frame", G_CALLBACK (check_frames_cb), stage);
  for (int i = 0; i < N_HURRIES; i++)
    {
      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        number = hurry (stage, rand, number);
      wait_for (position (stage) == start_of (number, HURRY_FPS, 1));
      for (int side = 0; side < DAILIES_REEL_MAX_SIDES; side++)
        g_assert_cmpint (shown (stage, side), ==, number);
      if (g_rand_int_range (rand, 0, 8) == 0)
        wait_for (!is_jogged (stage, 0));
    }
  g_rand_free (rand);
  stage_free (stage);
}

/* --- playing ---------------------------------------------------------------------------------- */

static void
test_play_on (void)
{
  Stage *stage = stage_new ("a.mp4", NULL);

  wait_for_jogs (stage, 118, 24);
  seek (stage, 40, 24);
  wait_for (shown (stage, 0) == 40 && is_jogged (stage, 0));
  stage->n_seen = 0;
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 50);
  dailies_reel_pause (stage->reel);

  g_assert_cmpint (stage->seen[0], ==, 40);
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], >=, stage->seen[i - 1]);
  stage_free (stage);
}

/* A click while playing shows that place at once, and plays on from there. */
static void
test_seek_in_play (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");

  wait_for_jogs (stage, 118, 24);
  seek (stage, 0, 24);
  wait_for (position (stage) == 0 && !is_jogged (stage, 0));
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 5);
  stage->n_seen = stage->n_jogged = 0;
  stage->compare = TRUE;
  seek (stage, 80, 24);
  wait_for (shown (stage, 0) >= 90);
  g_assert_true (is_playing (stage));
  g_assert_cmpint (stage->n_jogged, ==, 1);
  g_assert_cmpint (stage->n_apart, ==, 0);
  for (int i = 0; i < stage->n_seen; i++)
    g_assert_true (stage->seen[i] < 12 || stage->seen[i] >= 80);
  stage_free (stage);
}

static void
test_backwards (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");

  wait_for_jogs (stage, 118, 24);
  wait_for (!is_jogged (stage, 0));
  stage->n_seen = stage->n_jogged = 0;
  stage->compare = TRUE;
  dailies_reel_shuttle (stage->reel, -1);
  wait_for (shown (stage, 0) <= 100);
  dailies_reel_pause (stage->reel);

  g_assert_cmpint (stage->n_jogged, >, 5);
  g_assert_cmpint (stage->n_jogged, ==, stage->n_seen);
  g_assert_cmpint (stage->n_apart, ==, 0);
  for (int i = 1; i < stage->n_seen; i++)
    g_assert_cmpint (stage->seen[i], <, stage->seen[i - 1]);

  wait_for (!is_jogged (stage, 0));
  g_assert_cmpint (shown (stage, 0), ==, stage->seen[stage->n_seen - 1]);
  stage_free (stage);
}

/* Until there are jogs, their making gives way to a place that somebody waits for; but not to play that waits for them. */
static void
test_gives_way (void)
{
  Stage *stage;
  guint  n;

  /* A reel that was closed lets go when its thread ends. */
  wait_for (!dailies_jog_maker_is_claimed ());
  dailies_jog_maker_forget ();
  n = dailies_jog_maker_count_claims ();
  dailies_jog_store_set_budget (1);
  stage = stage_new ("a.mp4", "b.mp4");
  wait_for (!dailies_jog_maker_is_claimed ());
  g_assert_cmpuint (dailies_jog_maker_count_claims (), >, n);

  n = dailies_jog_maker_count_claims ();
  seek (stage, 100, 24);
  wait_for (shown (stage, 0) == 100 && shown (stage, 1) == 100);
  g_assert_false (is_jogged (stage, 0));
  wait_for (!dailies_jog_maker_is_claimed ());
  g_assert_cmpuint (dailies_jog_maker_count_claims (), >, n);

  n = dailies_jog_maker_count_claims ();
  dailies_reel_shuttle (stage->reel, -1);
  wait_for (shown (stage, 0) <= 90);
  g_assert_cmpuint (dailies_jog_maker_count_claims (), ==, n);
  stage_free (stage);
  dailies_jog_store_set_budget (0);
}

/* --- sides come and go ------------------------------------------------------------------------ */

static void
test_other_clip (void)
{
  Stage *stage = stage_new ("a.mp4", "b.mp4");

  wait_for_jogs (stage, 118, 24);
  seek (stage, 30, 24);
  wait_for (shown (stage, 1) == 30 && is_jogged (stage, 1));
  set_clip (stage, 1, "film.mp4");
  dailies_reel_set_tile (stage->reel, 0, 160, 160);
  wait_for (!is_jogged (stage, 0) && !is_jogged (stage, 1));
  g_assert_cmpint (shown (stage, 0), ==, 30);

  dailies_reel_set_file (stage->reel, 0, NULL);
  wait_for (dailies_reel_get_fps (stage->reel, 0) == 0);
  dailies_reel_set_file (stage->reel, 1, NULL);
  wait_for (dailies_reel_get_fps (stage->reel, 1) == 0);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/jog-reel/scrub", test_scrub);
  g_test_add_func ("/jog-reel/fields", test_fields);
  g_test_add_func ("/jog-reel/steps", test_steps);
  g_test_add_func ("/jog-reel/twice-the-rate", test_twice_the_rate);
  g_test_add_func ("/jog-reel/slip", test_slip);
  g_test_add_data_func ("/jog-reel/no-jump/same", "b.mp4", test_no_jump);
  g_test_add_func ("/jog-reel/uneven/steps", test_uneven_steps);
  g_test_add_func ("/jog-reel/uneven/range", test_uneven_range);
  g_test_add_func ("/jog-reel/uneven/range-in-a-loop", test_uneven_range_in_a_loop);
  g_test_add_data_func ("/jog-reel/uneven/leads", GINT_TO_POINTER (TRUE), test_uneven_beside);
  g_test_add_data_func ("/jog-reel/uneven/follows", GINT_TO_POINTER (FALSE), test_uneven_beside);
  g_test_add_func ("/jog-reel/uneven/thin", test_thin);
  g_test_add_func ("/jog-reel/uneven/play", test_uneven_play);
  g_test_add_func ("/jog-reel/uneven/beside-playing", test_uneven_beside_playing);
  g_test_add_data_func ("/jog-reel/no-jump/uneven", "phone.mp4", test_no_jump);
  g_test_add_data_func ("/jog-reel/no-jump/quick", "quick.mp4", test_no_jump);
  g_test_add_data_func ("/jog-reel/no-jump/film", "film.mp4", test_no_jump);
  g_test_add_data_func ("/jog-reel/no-jump/long-sound", "long-sound.mp4", test_no_jump);
  g_test_add_func ("/jog-reel/hurry", test_hurry);
  g_test_add_func ("/jog-reel/play-on", test_play_on);
  g_test_add_func ("/jog-reel/seek-in-play", test_seek_in_play);
  g_test_add_func ("/jog-reel/backwards", test_backwards);
  g_test_add_func ("/jog-reel/gives-way", test_gives_way);
  g_test_add_func ("/jog-reel/other-clip", test_other_clip);
  result = g_test_run ();

  media_folder_remove (folder);
  g_free (folder);
  return result;
}
