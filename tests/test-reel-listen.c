/* test-reel-listen.c: what is heard while a reel plays from its jogs: in step with the picture, without a gap from round to round, and
 * switched without a click
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "beeps-clip.h"

#include <glib/gstdio.h>

#include "dailies-jog.h"
#include "media.h"

#define TOLERANCE 40000
/* A machine that is busy with something else paints late, and lets the device run dry; what is wrong with the reel is there every
 * time. */
#define ATTEMPTS  12
/* As in test-reel-sound.c: the tone moves by 172 from one sample to the next, fading adds to it, and a cut makes up to 13107. */
#define STEP      300
#define LOUD      3000
#define QUIET     (SAMPLE_RATE / 100)

static GFile *beeps_file, *tone_file, *silent_file;

/* Of the tone; under the lock. */
static GMutex lock;
static int    step;   /* the largest from one sample to the next */
static int    gap;    /* samples, the longest silence in the midst of the tone */
static int    silent; /* samples since the last loud one */
static gint64 n_loud;

/* Stands in for the one of GLib: two sides are more than one processor, wherever this runs. */
guint
g_get_num_processors (void)
{
  return 1;
}

static void
hear_tone (TestDevice   *device,
           const gint16 *samples,
           guint         n,
           gint64        begin)
{
  g_mutex_lock (&lock);
  for (guint i = 0; i < n; i++)
    {
      step = MAX (step, ABS (samples[i] - device->previous));
      device->previous = samples[i];
      if (ABS (samples[i]) < LOUD)
        {
          silent++;
          continue;
        }
      if (n_loud++ > 0)
        gap = MAX (gap, silent);
      silent = 0;
    }
  g_mutex_unlock (&lock);
}

static void
forget (void)
{
  g_mutex_lock (&lock);
  step = gap = silent = 0;
  n_loud = 0;
  g_mutex_unlock (&lock);
}

static gboolean
has_heard (gint64 n)
{
  gboolean enough;

  g_mutex_lock (&lock);
  enough = n_loud >= n;
  g_mutex_unlock (&lock);

  return enough;
}

static gboolean
is_quiet (void)
{
  gboolean quiet;

  g_mutex_lock (&lock);
  quiet = silent > QUIET;
  g_mutex_unlock (&lock);

  return quiet;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("%s: never became true", (const char *) data);
  return G_SOURCE_REMOVE;
}

#define wait_for(condition)                                                                                             \
  G_STMT_START                                                                                                          \
  {                                                                                                                     \
    guint tick = g_timeout_add (5, tick_cb, NULL);                                                                      \
    guint timer = g_timeout_add_seconds (30, give_up_cb, (gpointer) G_STRLOC ": " #condition);                          \
                                                                                                                        \
    while (!(condition))                                                                                                \
      g_main_context_iteration (NULL, TRUE);                                                                            \
    g_source_remove (tick);                                                                                             \
    g_source_remove (timer);                                                                                            \
  }                                                                                                                     \
  G_STMT_END

static gboolean
is_jogged (DailiesReel *reel)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, 0);
  const GstStructure *info = sample != NULL ? gst_sample_get_info (sample) : NULL;

  return info != NULL && gst_structure_has_name (info, DAILIES_JOG_INFO);
}

/* Plays in a loop, muted, until the jogs do it. */
static DailiesReel *
reel_new (GFile *first,
          GFile *second)
{
  DailiesReel *reel = dailies_reel_new ();

  g_object_set (reel, "looping", TRUE, "muted", TRUE, NULL);
  for (guint side = 0; side < 2; side++)
    {
      dailies_reel_set_tile (reel, side, SIZE, SIZE);
      dailies_reel_set_file (reel, side, side == 0 ? first : second);
    }
  dailies_reel_play (reel);
  wait_for (is_jogged (reel));
  dailies_reel_pause (reel);
  g_object_set (reel, "muted", FALSE, NULL);
  dailies_reel_seek (reel, 0);
  wait_for (!is_jogged (reel));

  return reel;
}

static void
reel_end (DailiesReel *reel)
{
  dailies_reel_close (reel);
  g_assert_finalize_object (reel);
}

/* --- in step ------------------------------------------------------------------------------------ */

static gint64
play_beeps (double rate)
{
  DailiesReel *reel = reel_new (beeps_file, beeps_file);
  gboolean     white = FALSE;

  beeps.n = flashes.n = 0;
  g_signal_connect (reel, "frame", G_CALLBACK (frame_cb), &white);
  g_object_set (reel, "rate", rate, NULL);
  dailies_reel_play (reel);
  wait_for_both (2 * N_FLASHES - 1);
  g_assert_true (is_jogged (reel));
  if (rate == 1)
    {
      dailies_reel_pause (reel);
      dailies_reel_play (reel);
      wait_for_both (3 * N_FLASHES);
      dailies_reel_seek (reel, GST_SECOND / 5);
      wait_for_both (4 * N_FLASHES);
    }
  g_assert_true (is_jogged (reel));
  reel_end (reel);

  return find_worst ();
}

static void
test_offset (gconstpointer data)
{
  double rate = *(const double *) data;
  /* Of the clip's own time: what stretches the sound works in pieces of some 30 ms. */
  gint64 tolerance = (gint64) (TOLERANCE / rate);
  gint64 best = G_MAXINT64;

  test_device_hear = hear;
  for (int i = 0; i < ATTEMPTS && best >= tolerance; i++)
    best = MIN (best, play_beeps (rate));
  g_assert_cmpint (best, <, tolerance);
}

/* --- without a gap, without a click --------------------------------------------------------------- */

static gboolean
has_gap (void)
{
  DailiesReel *reel = reel_new (tone_file, silent_file);

  forget ();
  dailies_reel_play (reel);
  /* More than a round. */
  wait_for (has_heard (3 * SAMPLE_RATE));
  g_assert_true (is_jogged (reel));
  reel_end (reel);
  g_test_message ("the longest silence is %d samples", gap);

  return gap > QUIET;
}

static void
test_rounds (void)
{
  gboolean gapped = TRUE;

  test_device_hear = hear_tone;
  for (int i = 0; i < ATTEMPTS && gapped; i++)
    gapped = has_gap ();
  g_assert_false (gapped);
}

static int
switch_sides (void)
{
  DailiesReel *reel = reel_new (tone_file, tone_file);

  /* In the midst of the clip, whose first and last samples are not the tone alone. */
  g_object_set (reel, "looping", FALSE, NULL);
  dailies_reel_seek (reel, GST_SECOND / 2);
  forget ();
  dailies_reel_play (reel);
  wait_for (has_heard (SAMPLE_RATE / 10));
  g_object_set (reel, "audible", 1, NULL);
  wait_for (has_heard (SAMPLE_RATE / 2));
  g_object_set (reel, "muted", TRUE, NULL);
  wait_for (is_quiet ());
  forget ();
  g_object_set (reel, "muted", FALSE, NULL);
  wait_for (has_heard (SAMPLE_RATE / 10));
  g_object_set (reel, "audible", -1, NULL);
  wait_for (is_quiet ());
  g_assert_true (is_jogged (reel));
  reel_end (reel);
  g_test_message ("the largest step is %d", step);
  g_assert_cmpint (step, >, 100);

  return step;
}

static void
test_switch (void)
{
  int best = G_MAXINT;

  test_device_hear = hear_tone;
  for (int i = 0; i < ATTEMPTS && best >= STEP; i++)
    best = MIN (best, switch_sides ());
  g_assert_cmpint (best, <, STEP);
}

/* --- what it is played to ------------------------------------------------------------------------- */

static GFile *
make_tone (const char *path,
           gboolean    with_sound)
{
  g_autofree char *sound = g_strdup_printf (
    "audiotestsrc freq=100 volume=0.4 samplesperbuffer=4800 num-buffers=20 "
    "! audio/x-raw,format=S16LE,rate=%d,channels=1 ! queue ! mux.", SAMPLE_RATE);
  g_autofree char *description = g_strdup_printf (
    "videotestsrc num-buffers=60 ! video/x-raw,width=96,height=96,framerate=30/1 ! x264enc speed-preset=ultrafast ! h264parse "
    "! queue ! qtmux name=mux ! filesink location=\"%s\" %s", path, with_sound ? sound : "");

  media_run_pipeline (description);

  return g_file_new_for_path (path);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  g_autofree char *beeps_path = g_build_filename (folder, "beeps.mov", NULL);
  g_autofree char *tone_path = g_build_filename (folder, "tone.mov", NULL);
  g_autofree char *silent_path = g_build_filename (folder, "silent.mov", NULL);
  double normal = 1, slow = 0.5;
  int    status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_mutex_init (&beeps.lock);
  g_mutex_init (&flashes.lock);
  test_device_register (hear);
  beeps_file = make_clip (beeps_path);
  tone_file = make_tone (tone_path, TRUE);
  silent_file = make_tone (silent_path, FALSE);

  g_test_add_data_func ("/reel-listen/offset", &normal, test_offset);
  g_test_add_data_func ("/reel-listen/offset-at-half-speed", &slow, test_offset);
  g_test_add_func ("/reel-listen/rounds", test_rounds);
  g_test_add_func ("/reel-listen/switch", test_switch);
  status = g_test_run ();

  g_unlink (beeps_path);
  g_unlink (tone_path);
  g_unlink (silent_path);
  g_rmdir (folder);
  g_object_unref (beeps_file);
  g_object_unref (tone_file);
  g_object_unref (silent_file);
  return status;
}
