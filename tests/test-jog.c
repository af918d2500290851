/* test-jog.c: every frame of real clips, told by the number that is burnt into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "dailies-jog.h"
#include "dailies-jog-maker.h"
#include "dailies-jog-store.h"
#include "dailies-reel.h"

#define PATIENCE_SECONDS 30

static char *folder;

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 120 },
  { "film.mp4", 320, 180, 24000, 1001, 72 },
  { "single.mp4", 320, 180, 24, 1, 1 },
  { "portrait.mp4", 180, 320, 25, 1, 25 },
  { "wide.mp4", 240, 180, 25, 1, 25, .par_n = 4, .par_d = 3 },
  { "turned.mp4", 320, 180, 25, 1, 25, .turned = TRUE },
  { "sound.mp4", 320, 180, 30, 1, 60, .sound = 141 },
  { "silence.mp4", .sound = 20 },
};

static gboolean
expire_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
look_again_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Looks again every few milliseconds: the maker's thread does not tell everything that it does. */
#define wait_for(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean expired = FALSE;                                                                      \
    guint    timer = g_timeout_add_seconds (PATIENCE_SECONDS, expire_cb, &expired);                \
    guint    again = g_timeout_add (5, look_again_cb, NULL);                                       \
                                                                                                   \
    while (!(condition) && !expired)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (expired)                                                                                   \
      g_error ("%s: never became true: %s", G_STRLOC, #condition);                                 \
    else                                                                                           \
      g_source_remove (timer);                                                                     \
    g_source_remove (again);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
settled_cb (DailiesJog *jog,
            int        *n_settled)
{
  (*n_settled)++;
}

static DailiesJog *
jog_new (const char *name,
         int         width,
         int         height)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

  return dailies_jog_new (file, width, height);
}

static DailiesJog *
jog_new_settled (const char *name,
                 int         width,
                 int         height)
{
  DailiesJog *jog = jog_new (name, width, height);
  int         n_settled = 0;
  gulong      id = g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);

  wait_for (n_settled > 0);
  g_signal_handler_disconnect (jog, id);

  return jog;
}

/* The maker lets go of a jog a little later than whoever had it. */
static void
jog_free_kept (DailiesJog *jog)
{
  gpointer gone = jog;

  g_object_add_weak_pointer (G_OBJECT (jog), &gone);
  g_object_unref (jog);
  wait_for (gone == NULL);
}

/* And nothing is kept for the next test. */
static void
jog_free (DailiesJog *jog)
{
  jog_free_kept (jog);
  dailies_jog_maker_forget ();
}

static gint64
middle_of (int number,
           int fps_n,
           int fps_d)
{
  return gst_util_uint64_scale (2 * number + 1, fps_d * GST_SECOND, 2 * fps_n);
}

static int
number_at (DailiesJog *jog,
           gint64      time)
{
  g_autoptr (GstSample) sample = dailies_jog_dup_frame (jog, time, NULL);

  return sample != NULL ? barcode_clip_read (sample, FALSE) : -1;
}

static void
assert_size (GstSample *sample,
             int        width,
             int        height)
{
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_cmpint (info.width, ==, width);
  g_assert_cmpint (info.height, ==, height);
}

/* --- frames ----------------------------------------------------------------------------------- */

static void
assert_every_frame (DailiesJog        *jog,
                    const BarcodeClip *clip)
{
  for (guint i = 0; i < clip->n_frames; i++)
    {
      g_autoptr (GstSample) sample = NULL;
      gint64 start = -1;

      sample = dailies_jog_dup_frame (jog, middle_of (i, clip->fps_n, clip->fps_d), &start);
      g_assert_nonnull (sample);
      g_assert_cmpint (barcode_clip_read (sample, clip->turned), ==, i);
      g_assert_cmpint (
        ABS (start - (gint64) gst_util_uint64_scale (i, clip->fps_d * GST_SECOND, clip->fps_n)),
        <,
        GST_MSECOND);
    }
}

static void
test_every_frame (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      DailiesJog *jog;
      gboolean    ready;

      if (clips[i].n_frames == 0)
        continue;

      g_test_message ("%s", clips[i].name);
      jog = jog_new_settled (clips[i].name, 0, 0);
      g_object_get (jog, "ready", &ready, NULL);
      g_assert_true (ready);
      g_assert_true (dailies_jog_is_ready (jog));
      assert_every_frame (jog, &clips[i]);
      jog_free (jog);
    }
}

static void
test_ends (void)
{
  DailiesJog *jog = jog_new_settled ("plain.mp4", 0, 0);

  g_assert_cmpint (number_at (jog, 0), ==, 0);
  g_assert_cmpint (number_at (jog, GST_SECOND * 3600), ==, 119);
  jog_free (jog);
}

/* Frames may be taken while others are still being made, and are never others than those asked for. */
static void
test_unready (void)
{
  DailiesJog *jog = jog_new ("plain.mp4", 0, 0);
  int         n_settled = 0;
  int         n_there = 0;
  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  for (int i = 0; n_settled == 0; i = (i + 7) % 120)
    {
      int number = number_at (jog, middle_of (i, 24, 1));

      g_assert_true (number == -1 || number == i);
      n_there += number == i;
      g_main_context_iteration (NULL, FALSE);
    }
  g_test_message ("%d frames were taken while others were made", n_there);
  jog_free (jog);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *name;
    int         tile_width, tile_height;
    int         width, height;
  } cases[] = {
    { "plain.mp4", 160, 160, 160, 90 },   { "plain.mp4", 201, 113, 201, 113 },
    { "plain.mp4", 4000, 4000, 320, 180 }, { "portrait.mp4", 160, 160, 90, 160 },
    { "wide.mp4", 160, 160, 160, 90 },    { "turned.mp4", 160, 160, 90, 160 },
    /* A pane that has no place yet: the picture is shown all the same when it has got one. */
    { "plain.mp4", 1, 1, 160, 90 },       { "portrait.mp4", 1, 40, 90, 160 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesJog *jog;
      g_autoptr (GstSample) sample = NULL;

      g_test_message ("%s in %d×%d", cases[i].name, cases[i].tile_width, cases[i].tile_height);
      jog = jog_new_settled (cases[i].name, cases[i].tile_width, cases[i].tile_height);
      sample = dailies_jog_dup_frame (jog, 0, NULL);
      g_assert_nonnull (sample);
      assert_size (sample, cases[i].width, cases[i].height);
      jog_free (jog);
    }
}

/* What was made serves until the other size is there. */
static void
test_other_size (void)
{
  DailiesJog *jog = jog_new_settled ("plain.mp4", 160, 160);
  int         n_settled = 0;
  g_autoptr (GstSample) sample = NULL;
  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  dailies_jog_set_size (jog, 240, 240);
  while (n_settled == 0)
    {
      g_assert_true (dailies_jog_is_ready (jog));
      g_assert_cmpint (number_at (jog, middle_of (70, 24, 1)), ==, 70);
      g_main_context_iteration (NULL, FALSE);
    }
  sample = dailies_jog_dup_frame (jog, middle_of (70, 24, 1), NULL);
  g_assert_cmpint (barcode_clip_read (sample, FALSE), ==, 70);
  assert_size (sample, 240, 135);

  dailies_jog_set_size (jog, 240, 240);
  g_assert_cmpint (n_settled, ==, 1);
  jog_free (jog);
}

/* A pane that gets its place late: nothing is made in a size that nobody wants any more. */
static void
test_not_begun (void)
{
  DailiesJog *jog;
  int         n_settled = 0;
  g_autoptr (GstSample) sample = NULL;

  /* Where cores are few the maker waits, and has not begun. */
  dailies_jog_maker_claim (TRUE);
  jog = jog_new ("plain.mp4", 200, 200);
  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  dailies_jog_set_size (jog, 240, 240);
  dailies_jog_maker_claim (FALSE);
  wait_for (n_settled > 0);
  sample = dailies_jog_dup_frame (jog, 0, NULL);
  g_assert_nonnull (sample);
  assert_size (sample, 240, 135);
  jog_free (jog);
}

/* --- as the player shows it ------------------------------------------------------------------- */

static GstSample *
reel_dup_still (const char *name,
                int         width,
                int         height)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
  DailiesReel *reel = dailies_reel_new ();
  GstSample   *sample;

  dailies_reel_set_tile (reel, 0, width, height);
  dailies_reel_set_file (reel, 0, file);
  wait_for ((sample = dailies_reel_dup_frame (reel, 0)) != NULL);
  dailies_reel_close (reel);
  g_object_unref (reel);

  return sample;
}

#define CELLS 10

/* The mean of each channel in a grid of cells: coding changes single pixels, not these. */
static void
get_means (GstSample *sample,
           double     means[CELLS][CELLS][3])
{
  GstVideoFrame frame;
  GstVideoInfo  info;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ);
  memset (means, 0, sizeof (double[CELLS][CELLS][3]));
  for (int y = 0; y < info.height; y++)
    {
      const guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                          (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

      for (int x = 0; x < 3 * info.width; x++)
        means[y * CELLS / info.height][x / 3 * CELLS / info.width][x % 3] +=
          row[x / 3 * 4 + x % 3] * (double) CELLS * CELLS / (info.width * info.height);
    }
  gst_video_frame_unmap (&frame);
}

/* Returns: the largest difference between two cells */
static double
compare (GstSample *a,
         GstSample *b)
{
  double means[2][CELLS][CELLS][3];
  double most = 0;

  get_means (a, means[0]);
  get_means (b, means[1]);
  for (int i = 0; i < CELLS * CELLS * 3; i++)
    most = MAX (most, ABS ((&means[0][0][0][0])[i] - (&means[1][0][0][0])[i]));

  return most;
}

/* Neither the colours nor the shape may jump between scrubbing and playing. Read with the wrong
 * matrix some bars differ by more than 20. */
static void
test_same_as_reel (gconstpointer data)
{
  const char *name = data;
  DailiesJog *jog = jog_new_settled (name, 300, 300);
  g_autoptr (GstSample) scrubbed = dailies_jog_dup_frame (jog, 0, NULL);
  g_autoptr (GstSample) played = reel_dup_still (name, 300, 300);
  GstVideoInfo infos[2];
  double       difference = compare (scrubbed, played);

  for (int i = 0; i < 2; i++)
    gst_video_info_from_caps (&infos[i], gst_sample_get_caps (i == 0 ? scrubbed : played));
  g_assert_cmpint (infos[0].width, ==, infos[1].width);
  g_assert_cmpint (infos[0].height, ==, infos[1].height);
  g_test_message ("%s: cells differ by %.2f at most", name, difference);
  g_assert_cmpfloat (difference, <, 12);
  jog_free (jog);
}

/* --- room ------------------------------------------------------------------------------------- */

static void
assert_no_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "dailies", "jog", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

/* Also while it is in use: so nothing can be left behind by a program that is killed. */
static void
test_no_files (void)
{
  DailiesJog *jog = jog_new_settled ("plain.mp4", 0, 0);
  assert_no_files ();
  g_assert_cmpuint (dailies_jog_store_get_total (), >, 0);
  jog_free (jog);
  wait_for (dailies_jog_store_get_total () == 0);
}

static void
test_full_disk (void)
{
  struct rlimit before, little;
  DailiesJog   *jog;
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  little = before;
  little.rlim_cur = 60000;
  setrlimit (RLIMIT_FSIZE, &little);
  jog = jog_new_settled ("plain.mp4", 0, 0);
  setrlimit (RLIMIT_FSIZE, &before);

  g_assert_false (dailies_jog_is_ready (jog));
  for (int i = 0; i < 120; i++)
    g_assert_cmpint (number_at (jog, middle_of (i, 24, 1)), ==, -1);
  g_assert_cmpuint (dailies_jog_store_get_total (), ==, 0);
  jog_free (jog);
}

/* Longer than there is room for even in small pictures: what fits is of use. */
static void
test_small_budget (void)
{
  DailiesJog *jog;
  int         n_there = 0;
  dailies_jog_store_set_budget (DAILIES_JOG_STORE_SHARE * 50000);
  jog = jog_new_settled ("plain.mp4", 0, 0);
  dailies_jog_store_set_budget (0);

  g_assert_false (dailies_jog_is_ready (jog));
  g_assert_cmpuint (dailies_jog_store_get_total (), <=, 50000);
  for (int i = 0; i < 120; i++)
    {
      int number = number_at (jog, middle_of (i, 24, 1));

      g_assert_true (number == -1 || number == i);
      n_there += number == i;
    }
  g_assert_cmpint (n_there, >, 0);
  g_assert_cmpint (n_there, <, 119);
  jog_free (jog);
}

static GstBuffer *
bytes_new (gsize n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, n, NULL);

  gst_buffer_memset (buffer, 0, 7, n);
  return buffer;
}

static void
test_oldest_gives_way (void)
{
  g_autofree char *path = g_build_filename (folder, "stores", NULL);
  DailiesJogStore *stores[DAILIES_JOG_STORE_SHARE + 1];
  g_autoptr (GstBuffer) frame = bytes_new (1000);
  g_autoptr (GError) error = NULL;

  dailies_jog_store_set_budget (DAILIES_JOG_STORE_SHARE * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      stores[i] = dailies_jog_store_new (path, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < DAILIES_JOG_STORE_SHARE; i++)
    {
      g_autoptr (GstBuffer) read = NULL;

      g_assert_true (dailies_jog_store_append (stores[i], frame, 0, &error));
      dailies_jog_store_finish (stores[i]);
      read = dailies_jog_store_read (stores[i], 0, NULL);
      g_assert_cmpuint (gst_buffer_get_size (read), ==, 1000);
    }

  /* The first is looked at again, so the second is the one that was not for the longest time. */
  gst_buffer_unref (dailies_jog_store_read (stores[0], 0, NULL));
  g_assert_true (dailies_jog_store_append (stores[DAILIES_JOG_STORE_SHARE], frame, 0, &error));
  g_assert_cmpuint (dailies_jog_store_get_total (), ==, DAILIES_JOG_STORE_SHARE * 1000);
  g_assert_true (dailies_jog_store_is_complete (stores[0]));
  g_assert_false (dailies_jog_store_is_complete (stores[1]));
  g_assert_null (dailies_jog_store_read (stores[1], 0, NULL));
  g_assert_false (dailies_jog_store_append (stores[1], frame, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    dailies_jog_store_unref (stores[i]);
  dailies_jog_store_set_budget (0);
  g_assert_cmpuint (dailies_jog_store_get_total (), ==, 0);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dailies_jog_store_new ("/proc/self/nowhere", &error));
  g_assert_nonnull (error);
}

/* --- bad clips -------------------------------------------------------------------------------- */

static void
test_not_a_clip (gconstpointer data)
{
  DailiesJog *jog = jog_new_settled (data, 0, 0);

  g_assert_false (dailies_jog_is_ready (jog));
  g_assert_cmpint (number_at (jog, 0), ==, -1);
  jog_free (jog);
}

/* Half a clip gives its half, and nothing false behind it. */
static void
test_cut_off (void)
{
  g_autofree char *whole = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree char *path = g_build_filename (folder, "cut-off.mkv", NULL);
  g_autofree char *description = NULL;
  g_autofree char *bytes = NULL;
  DailiesJog *jog;
  gsize       length;
  int         n_there = 0;

  description = g_strdup_printf ("filesrc location=\"%s\" ! qtdemux ! h264parse ! matroskamux ! "
                                 "filesink location=\"%s\"",
                                 whole, path);
  media_run_pipeline (description);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length / 2, NULL));

  jog = jog_new_settled ("cut-off.mkv", 0, 0);
  for (int i = 0; i < 100; i++)
    {
      int number = number_at (jog, middle_of (i, 24, 1));

      g_assert_true (number <= i);
      n_there += number == i;
    }
  g_assert_cmpint (n_there, >, 20);
  jog_free (jog);
}

/* --- manners ---------------------------------------------------------------------------------- */

static int
count_lowered_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  int         n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += getpriority (PRIO_PROCESS, atoi (name)) == 19;

  return n;
}

/* Returns: how many threads have given way at once while a clip was made */
static int
count_while_making (void)
{
  DailiesJog *jog = jog_new ("plain.mp4", 0, 0);
  int         most = 0;
  int         n_settled = 0;

  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  while (n_settled == 0)
    {
      int n = count_lowered_threads ();

      most = MAX (most, n);
      g_main_context_iteration (NULL, FALSE);
    }
  jog_free (jog);
  dailies_jog_maker_forget ();

  return most;
}

/* The thread that makes, one that reads, one that decodes; and this one stays what it was. On a busy machine a clip may be made
 * while this thread does not run at all. */
static void
test_gives_way (void)
{
  int niceness = getpriority (PRIO_PROCESS, 0);
  int most = 0;

  for (int i = 0; i < 20 && most < 3; i++)
    most = MAX (most, count_while_making ());
  g_assert_cmpint (most, >=, 3);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, niceness);
}

/* Clips that come and go faster than they can be made leave nothing behind, and do not hold up the
 * one that stays. */
static void
test_come_and_go (void)
{
  DailiesJog *jog;

  for (int i = 0; i < 20; i++)
    {
      g_autoptr (DailiesJog) passing = jog_new ("plain.mp4", 100 + i, 100 + i);

      g_assert_cmpint (number_at (passing, GST_SECOND * 3600), ==, -1);
    }
  jog = jog_new_settled ("plain.mp4", 0, 0);
  g_assert_true (dailies_jog_is_ready (jog));
  jog_free (jog);
  wait_for (dailies_jog_store_get_total () == 0);
}

/* Flipping back to a cut: its frames are there from the first moment, and the signal comes all the same. */
static void
test_kept (void)
{
  DailiesJog *jog;
  guint64     total;
  int         n_settled = 0;

  jog_free_kept (jog_new_settled ("plain.mp4", 0, 0));
  jog_free_kept (jog_new_settled ("plain.mp4", 160, 160));
  total = dailies_jog_store_get_total ();

  jog = jog_new ("plain.mp4", 0, 0);
  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  g_assert_true (dailies_jog_is_ready (jog));
  g_assert_cmpint (number_at (jog, middle_of (70, 24, 1)), ==, 70);
  wait_for (n_settled == 1);
  g_assert_cmpuint (dailies_jog_store_get_total (), ==, total);
  jog_free (jog);
}

/* Another film under the same name is another film. */
static void
test_kept_not_changed (void)
{
  g_autofree char *from = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree char *path = g_build_filename (folder, "changing.mp4", NULL);
  g_autofree char *bytes = NULL;
  DailiesJog *jog;
  gsize       length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  jog_free_kept (jog_new_settled ("changing.mp4", 0, 0));
  g_assert_true (g_file_set_contents (path, "Not a clip at all.", 18, NULL));
  jog = jog_new_settled ("changing.mp4", 0, 0);
  g_assert_false (dailies_jog_is_ready (jog));
  jog_free (jog);
}

/* What is shown stays, though it was read earlier. */
static void
test_kept_gives_way_first (void)
{
  g_autofree char *path = g_build_filename (folder, "stores", NULL);
  DailiesJogStore *stores[DAILIES_JOG_STORE_SHARE + 1];
  DailiesJogStore *shown = NULL;
  g_autoptr (GstBuffer) frame = bytes_new (1000);

  wait_for (dailies_jog_store_get_total () == 0);
  dailies_jog_store_set_budget (DAILIES_JOG_STORE_SHARE * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      if (i == DAILIES_JOG_STORE_SHARE)
        shown = dailies_jog_store_ref (stores[0]);
      stores[i] = dailies_jog_store_new (path, NULL);
      g_assert_true (dailies_jog_store_append (stores[i], frame, 0, NULL));
      dailies_jog_store_finish (stores[i]);
    }
  g_assert_true (dailies_jog_store_is_complete (shown));
  g_assert_false (dailies_jog_store_is_complete (stores[1]));

  dailies_jog_store_unref (shown);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    dailies_jog_store_unref (stores[i]);
  dailies_jog_store_set_budget (0);
}

/* On one core nothing is made while a reel plays, and all of it as soon as it stands still. */
static void
test_waits_while_playing (void)
{
  DailiesJog *jog;
  cpu_set_t   before, one;
  int         n_settled = 0;
  gboolean    over = FALSE;

  wait_for (dailies_jog_store_get_total () == 0);
  sched_getaffinity (0, sizeof before, &before);
  CPU_ZERO (&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT (&one) == 0; i++)
    {
      if (CPU_ISSET (i, &before))
        CPU_SET (i, &one);
    }
  sched_setaffinity (0, sizeof one, &one);

  dailies_jog_maker_claim (TRUE);
  jog = jog_new ("plain.mp4", 0, 0);
  g_signal_connect (jog, "settled", G_CALLBACK (settled_cb), &n_settled);
  g_timeout_add (1000, expire_cb, &over);
  wait_for (over);
  g_assert_cmpint (n_settled, ==, 0);
  g_assert_cmpuint (dailies_jog_store_get_total (), ==, 0);

  dailies_jog_maker_claim (FALSE);
  sched_setaffinity (0, sizeof before, &before);
  wait_for (n_settled == 1);
  g_assert_true (dailies_jog_is_ready (jog));
  jog_free (jog);
}

static void
make_clips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));
  g_free (media_make_clip (folder, "high.mp4", "mp4mux", 1280, 720, 25, 5, FALSE));
  g_free (media_make_clip (folder, "low.mp4", "mp4mux", 640, 360, 25, 5, FALSE));
  g_free (media_write (folder, "words.mp4", "Not a clip at all.", 18));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = media_folder_new ();
  make_clips ();

  g_test_add_func ("/jog/every-frame", test_every_frame);
  g_test_add_func ("/jog/ends", test_ends);
  g_test_add_func ("/jog/unready", test_unready);
  g_test_add_func ("/jog/sizes", test_sizes);
  g_test_add_func ("/jog/other-size", test_other_size);
  g_test_add_func ("/jog/not-begun", test_not_begun);
  g_test_add_data_func ("/jog/same-as-reel/high", "high.mp4", test_same_as_reel);
  g_test_add_data_func ("/jog/same-as-reel/low", "low.mp4", test_same_as_reel);
  g_test_add_func ("/jog/no-files", test_no_files);
  g_test_add_func ("/jog/full-disk", test_full_disk);
  g_test_add_func ("/jog/small-budget", test_small_budget);
  g_test_add_func ("/jog/oldest-gives-way", test_oldest_gives_way);
  g_test_add_func ("/jog/no-folder", test_no_folder);
  g_test_add_data_func ("/jog/bad/words", "words.mp4", test_not_a_clip);
  g_test_add_data_func ("/jog/bad/missing", "nowhere.mp4", test_not_a_clip);
  g_test_add_data_func ("/jog/bad/sound-only", "silence.mp4", test_not_a_clip);
  g_test_add_func ("/jog/bad/cut-off", test_cut_off);
  g_test_add_func ("/jog/gives-way", test_gives_way);
  g_test_add_func ("/jog/come-and-go", test_come_and_go);
  g_test_add_func ("/jog/kept", test_kept);
  g_test_add_func ("/jog/kept-not-changed", test_kept_not_changed);
  g_test_add_func ("/jog/kept-gives-way-first", test_kept_gives_way_first);
  g_test_add_func ("/jog/waits-while-playing", test_waits_while_playing);
  result = g_test_run ();

  media_folder_remove (folder);
  g_free (folder);
  return result;
}
