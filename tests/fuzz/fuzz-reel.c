/* fuzz-reel.c: damaged clips beside a good one, which must not mind
 *
 *   fuzz-reel N    that many clips, each damaged in another way; the seed is printed, and taken with --seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>

#include "../media.h"
#include "../reel-stage.h"

/* How long a damaged clip may try, µs. */
#define TRIAL (1500 * G_TIME_SPAN_MILLISECOND)

static const BarcodeClip clips[] = {
  { "good.mp4", 320, 180, 30, 1, 60 },
  { "victim.mp4", 160, 96, 24, 1, 30, .sound = 60 },
};

static guint n_rounds = 25;
static char *originals[3];
static gsize lengths[3];

/* --- damage ----------------------------------------------------------------------------------- */

static void
put_number (GByteArray *bytes,
            gsize       at)
{
  static const guint32 numbers[] = { 0, 1, 8, 0x7fffffff, 0x80000000, 0xffffffff, 0x00010000, 0xfffffff8 };
  guint32 number = GUINT32_TO_BE (numbers[g_test_rand_int_range (0, G_N_ELEMENTS (numbers))]);

  if (at + sizeof number <= bytes->len)
    memcpy (bytes->data + at, &number, sizeof number);
}

/* The size, the version or an entry of some box of the index. */
static void
damage_box (GByteArray *bytes)
{
  static const char *const boxes[] = { "moov", "trak", "mdia", "minf", "stbl", "stsd", "stts", "stsc", "stsz",
                                       "stco", "ctts", "stss", "avcC", "mvhd", "tkhd", "mdhd", "hdlr", "elst",
                                       "edts", "esds", "mdat", "ftyp", "avc1", "mp4a" };
  const char *name = boxes[g_test_rand_int_range (0, G_N_ELEMENTS (boxes))];
  guint8     *found = memmem (bytes->data, bytes->len, name, 4);

  if (found == NULL || found - bytes->data < 4)
    return;
  if (g_test_rand_bit ())
    put_number (bytes, found - bytes->data - 4);
  else
    put_number (bytes, found - bytes->data + 4 * g_test_rand_int_range (0, 12));
}

static void
damage (GByteArray *bytes)
{
  gsize at = g_test_rand_int_range (0, bytes->len);
  gsize length = g_test_rand_int_range (1, 200);

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      bytes->data[at] ^= 1 << g_test_rand_int_range (0, 8);
      break;
    case 1:
      put_number (bytes, at);
      break;
    case 2:
      memset (bytes->data + at, g_test_rand_int_range (0, 256), MIN (length, bytes->len - at));
      break;
    case 3:
      g_byte_array_remove_range (bytes, at, MIN (length, bytes->len - at));
      break;
    case 4:
      if (g_test_rand_int_range (0, 8) == 0)
        g_byte_array_set_size (bytes, at + 1);
      break;
    default:
      damage_box (bytes);
      break;
    }
}

static void
write_damaged (const char *path)
{
  guint which = g_test_rand_int_range (0, G_N_ELEMENTS (originals));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (guint8 *) originals[which], lengths[which]);
  for (int n = g_test_rand_int_range (1, 12); n > 0 && bytes->len > 1; n--)
    damage (bytes);
  g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, NULL));
}

/* --- the test --------------------------------------------------------------------------------- */

typedef struct
{
  Stage *stage;
  int    good, damaged; /* frames seen */
} Watch;

static void
count_cb (DailiesReel *reel,
          guint        side,
          Watch       *watch)
{
  if (side == 0)
    watch->good++;
  else
    watch->damaged++;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_damaged (void)
{
  Watch            watch = { stage_new () };
  DailiesReel     *reel = watch.stage->reel;
  g_autofree char *path = g_build_filename (folder, "damaged.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint failed = 0, played = 0, neither = 0;
  guint tick = g_timeout_add (100, tick_cb, NULL);

  /* Not every number in a damaged picture can be read. */
  g_signal_handlers_disconnect_by_data (reel, watch.stage);
  g_signal_connect (reel, "side-failed", G_CALLBACK (side_failed_cb), watch.stage);
  g_signal_connect (reel, "frame", G_CALLBACK (count_cb), &watch);
  g_object_set (reel, "looping", TRUE, NULL);
  set_clip (watch.stage, 0, "good.mp4");
  wait_for (watch.good > 0);
  dailies_reel_play (reel);

  for (guint i = 0; i < n_rounds; i++)
    {
      gint64 until = g_get_monotonic_time () + TRIAL;
      int    before = watch.good;

      write_damaged (path);
      g_clear_error (&watch.stage->error);
      watch.damaged = 0;
      dailies_reel_set_file (reel, 1, file);
      while (watch.stage->error == NULL && watch.damaged < 6 && g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, TRUE);
      if (i % 3 == 0)
        dailies_reel_seek (reel, i % 2 * GST_SECOND);
      failed += watch.stage->error != NULL;
      played += watch.stage->error == NULL && watch.damaged >= 6;
      neither += watch.stage->error == NULL && watch.damaged < 6;
      if (watch.stage->error != NULL)
        {
          g_assert_cmpint (watch.stage->failed_side, ==, 1);
          g_assert_cmpint (watch.stage->error->domain, ==, DAILIES_ERROR);
        }
      dailies_reel_set_file (reel, 1, NULL);
      /* The good one goes on. */
      wait_for (watch.good > before + 2);
    }

  g_test_message ("%u said to be damaged, %u played, %u neither in %.1f s", failed, played, neither, TRIAL / 1e6);
  g_assert_true (is_playing (watch.stage));
  g_source_remove (tick);
  stage_free (watch.stage);
}

static void
make_originals (void)
{
  g_autofree char *victim = g_build_filename (folder, "victim.mp4", NULL);
  g_autofree char *mkv = media_make_clip (folder, "victim.mkv", "matroskamux", 160, 96, 25, 25, TRUE);
  g_autofree char *fragmented =
    media_make_clip (folder, "victim.mov", "qtmux fragment-duration=300", 160, 96, 25, 25, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clips[i], folder);
    }
  g_assert_true (g_file_get_contents (victim, &originals[0], &lengths[0], NULL));
  g_assert_true (g_file_get_contents (mkv, &originals[1], &lengths[1], NULL));
  g_assert_true (g_file_get_contents (fragmented, &originals[2], &lengths[2], NULL));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n_rounds = atoi (argv[1]);
  folder = g_dir_make_tmp ("dailies-reel-XXXXXX", NULL);
  make_originals ();

  g_test_add_func ("/reel/damaged", test_damaged);
  status = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (originals); i++)
    g_free (originals[i]);
  remove_clips ();

  return status;
}
