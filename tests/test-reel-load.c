/* test-reel-load.c: sides that have no time for every frame go on in step, as fast as they can
 *
 * The load is made in the chain of one side, by waiting there: it does not depend on the machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reel-stage.h"

static const BarcodeClip clips[] = {
  { "fast.mp4", 320, 180, 30, 1, 600 },
  { "slow.mp4", 320, 180, 30, 1, 600 },
  { "quick.mp4", 320, 180, 24, 1, 480 },
  { "brief.mp4", 320, 180, 30, 1, 100 },
};

/* µs that each picture of slow.mp4 takes, before its decoder and behind it; for the next picture alone. */
static int before_decoder, behind_decoder, once;

/* --- the load --------------------------------------------------------------------------------- */

static GstPadProbeReturn
wait_before_cb (GstPad          *pad,
                GstPadProbeInfo *info,
                gpointer         data)
{
  int wait = g_atomic_int_get (&before_decoder);
  int first = g_atomic_int_exchange (&once, 0);

  if (wait + first > 0)
    g_usleep (wait + first);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
wait_behind_cb (GstPad          *pad,
                GstPadProbeInfo *info,
                gpointer         data)
{
  int wait = g_atomic_int_get (&behind_decoder);

  if (wait > 0)
    g_usleep (wait);
  return GST_PAD_PROBE_OK;
}

/* Of each element of each pipeline. */
static gboolean
added_hook (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  GstElement *bin = g_value_get_object (&values[0]);
  GstElement *element = g_value_get_object (&values[2]);
  g_autofree char *uri = NULL;

  if (!GST_IS_VIDEO_DECODER (element))
    return TRUE;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (bin), "uri") != NULL)
    g_object_get (bin, "uri", &uri, NULL);
  if (uri != NULL && g_str_has_suffix (uri, "/slow.mp4"))
    {
      gst_pad_add_probe (
        GST_VIDEO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BUFFER, wait_before_cb, NULL, NULL);
      gst_pad_add_probe (
        GST_VIDEO_DECODER_SRC_PAD (element), GST_PAD_PROBE_TYPE_BUFFER, wait_behind_cb, NULL, NULL);
    }

  return TRUE;
}

static void
load (int before,
      int behind)
{
  g_atomic_int_set (&before_decoder, before);
  g_atomic_int_set (&behind_decoder, behind);
}

/* --- the judge -------------------------------------------------------------------------------- */

/* So many frames in a row are seen only where none is left out: the reel leaves out every second one at the least. More cannot
 * be asked of a machine that does other things too. */
#define EVERY 12

typedef struct
{
  Stage *stage;
  gint64 from;      /* µs, when it began to play … */
  gint64 at;        /* … and where, ns */
  gint64 behind;    /* ns: how far the picture was behind the clock at worst */
  gint64 longest;   /* µs without a new picture */
  gint64 last;
  int    row;       /* frames one after the other, of side 0 */
  int    before;
  int    pictures;
  int    apart;
} Watch;

static void
watch_cb (DailiesReel *reel,
          guint        side,
          Watch       *watch)
{
  gint64 now = g_get_monotonic_time ();
  int    number = shown (watch->stage, 0);

  if (watch->from > 0 && number != watch->before)
    {
      watch->pictures++;
      watch->longest = MAX (watch->longest, now - watch->last);
      watch->row = number == watch->before + 1 ? watch->row + 1 : 0;
      watch->behind = MAX (watch->behind, watch->at + (now - watch->from) * 1000 - frame_time (number, 30, 1));
      watch->last = now;
    }
  watch->before = number;
  if (shown (watch->stage, 1) >= 0 && shown (watch->stage, 1) != number)
    {
      g_test_message ("frame %d (%.1f) beside frame %d (%.1f) and %d (%.1f)", number,
                      dailies_reel_get_side_time (reel, 0) * 30 / 1e9, shown (watch->stage, 1),
                      dailies_reel_get_side_time (reel, 1) * 30 / 1e9, shown (watch->stage, 2),
                      dailies_reel_get_side_time (reel, 2) * 24 / 1e9);
      watch->apart++;
    }
}

static void
begin (Watch *watch)
{
  watch->stage = stage_new ();
  set_clip (watch->stage, 0, "fast.mp4");
  set_clip (watch->stage, 1, "slow.mp4");
  set_clip (watch->stage, 2, "quick.mp4");
  wait_for (shown (watch->stage, 0) == 0 && shown (watch->stage, 1) == 0 && shown (watch->stage, 2) == 0);
  g_signal_connect (watch->stage->reel, "frame", G_CALLBACK (watch_cb), watch);
  dailies_reel_play (watch->stage->reel);
  wait_for (shown (watch->stage, 0) > 2);
  watch->at = position (watch->stage);
  watch->from = watch->last = g_get_monotonic_time ();
}

static void
look_on (Watch *watch,
         int    seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  wait_for (g_get_monotonic_time () > until);
  watch->longest = MAX (watch->longest, g_get_monotonic_time () - watch->last);
  g_test_message ("%d pictures, %d apart, %.0f ms without one, %.0f ms behind the clock",
                  watch->pictures, watch->apart, watch->longest / 1e3, watch->behind / 1e6);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* --- the tests -------------------------------------------------------------------------------- */

/* µs: so long may the picture stand. With sanitizers decoding alone takes several times as long. */
static gint64
get_longest (void)
{
  return (g_getenv ("DAILIES_TEST_DEADLINE") != NULL ? 8 : 2) * G_USEC_PER_SEC;
}

/* What comes behind the decoder takes twice the time there is. */
static void
test_slow_side (void)
{
  Watch watch = { 0 };
  guint tick = g_timeout_add (50, tick_cb, NULL);

  begin (&watch);
  load (0, 66000);
  look_on (&watch, 4);
  /* A quiet machine shows sixty; a reel that waits for the slow side shows one or two. */
  g_assert_cmpint (watch.pictures, >, 8);
  g_assert_cmpint (watch.longest, <, get_longest ());

  /* There is time again: every frame. */
  load (0, 0);
  watch.row = 0;
  wait_for (watch.row > EVERY);
  g_assert_cmpint (watch.apart, ==, 0);
  g_assert_true (is_playing (watch.stage));
  stage_free (watch.stage);
  g_source_remove (tick);
}

static gboolean
is_waiting (Stage *stage)
{
  gboolean waiting;

  g_object_get (stage->reel, "waiting", &waiting, NULL);
  return waiting;
}

/* The decoder itself cannot follow, whatever is left out: the film goes slower, and says so. A reel that jumps to the clock
 * shows four pictures here, one for each time that it begins again at a key frame. */
static void
test_slow_decoder (void)
{
  Watch watch = { 0 };
  guint tick = g_timeout_add (50, tick_cb, NULL);

  begin (&watch);
  load (50000, 0);
  look_on (&watch, 8);
  g_assert_cmpint (watch.pictures, >, 25);
  g_assert_cmpint (watch.longest, <, get_longest ());
  g_assert_true (is_waiting (watch.stage));
  load (0, 0);
  watch.row = 0;
  wait_for (watch.row > EVERY || !is_playing (watch.stage));
  g_assert_cmpint (watch.row, >, EVERY);
  g_assert_cmpint (watch.apart, ==, 0);
  wait_for (!is_waiting (watch.stage));
  stage_free (watch.stage);
  g_source_remove (tick);
}

/* One halt, as when the machine is busy for a moment: it goes on at the clock's place. */
static void
test_halt (void)
{
  Watch watch = { 0 };

  begin (&watch);
  g_atomic_int_set (&once, 700000);
  wait_for (g_atomic_int_get (&once) == 0);
  watch.row = 0;
  wait_for (watch.row > EVERY);
  watch.behind = 0;
  wait_for (watch.row > EVERY);
  g_assert_cmpint (watch.behind, <, GST_SECOND / 4);
  g_assert_cmpint (watch.apart, ==, 0);
  stage_free (watch.stage);
}

/* A clip that takes long to load holds the beginning, and the frames of all sides are there before anything plays. */
static void
test_slow_start (void)
{
  Stage *stage = stage_new ();

  g_atomic_int_set (&once, 2500000);
  set_clip (stage, 0, "fast.mp4");
  set_clip (stage, 1, "slow.mp4");
  dailies_reel_play (stage->reel);
  while (shown (stage, 1) < 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (shown (stage, 0), <=, 0);
    }
  g_assert_cmpint (shown (stage, 1), ==, 0);
  stage->compare = TRUE;
  wait_for (shown (stage, 0) > 20 && shown (stage, 1) > 20);
  g_assert_cmpint (stage->mismatches, ==, 0);
  stage_free (stage);
}

/* With frames left out, the last one is still there, and a loop goes round. */
static void
test_end (void)
{
  Stage *stage = stage_new ();
  int    rounds = 0;
  int    before = 0;

  set_clip (stage, 0, "brief.mp4");
  set_clip (stage, 1, "slow.mp4");
  g_object_set (stage->reel, "range-out", frame_time (99, 30, 1), NULL);
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0);
  stage->compare = TRUE;
  load (0, 60000);
  dailies_reel_play (stage->reel);
  wait_for (is_playing (stage));
  wait_for (!is_playing (stage));
  wait_for (shown (stage, 0) == 99 && shown (stage, 1) == 99);

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  while (rounds < 3)
    {
      int number = shown (stage, 0);

      rounds += number < before;
      before = number;
      g_main_context_iteration (NULL, TRUE);
    }
  load (0, 0);
  g_assert_cmpint (stage->mismatches, ==, 0);
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
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN));
  g_signal_add_emission_hook (
    g_signal_lookup ("deep-element-added", GST_TYPE_BIN), 0, added_hook, NULL, NULL);

  g_test_add_func ("/reel-load/slow-side", test_slow_side);
  g_test_add_func ("/reel-load/slow-decoder", test_slow_decoder);
  g_test_add_func ("/reel-load/halt", test_halt);
  g_test_add_func ("/reel-load/slow-start", test_slow_start);
  g_test_add_func ("/reel-load/end", test_end);

  status = g_test_run ();
  remove_clips ();

  return status;
}
