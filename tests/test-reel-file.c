/* test-reel-file.c: files that are deleted, cut off or of two minds while they play
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "reel-stage.h"

#include <unistd.h>

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 120 },
  { "deleted.mp4", 320, 180, 24, 1, 48 },
  { "cut-off.mp4", 320, 180, 24, 1, 120 },
  { "late.mp4", 320, 180, 24, 1, 72, .late = 30 },
  { "fragments.mp4", 320, 180, 24, 1, 96, .fragments = 500 },
  { "stream.ts", 320, 180, 24, 1, 96 },
};

/* Its container says that there is nothing for more than a second: its time begins with its first picture all the same. */
static void
test_late_picture (void)
{
  Stage *stage = stage_new_with_clip ("late.mp4");

  set_clip (stage, 1, "plain.mp4");
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0);
  stage->compare = TRUE;
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 10);
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, frame_time (50, 24, 1));
  wait_for (shown (stage, 0) == 50 && shown (stage, 1) == 50);
  g_assert_cmpint (stage->mismatches, ==, 0);
  g_assert_null (stage->error);
  stage_free (stage);
}

/* Of 96 frames: the muxer forgets in its edit that the first one is shown two frames after it is decoded. */
#define FRAGMENTS_END 94

#define ENTRY 11 /* of the table of fragments: when, where, and three bytes of counts */

static guint32
read_number (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* In the table at the end of it, some muxers tell when the first frame of a fragment is shown, where this one tells when it is
 * decoded: two frames earlier, of the twelve of a fragment. */
static void
move_table (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  guint8 *table = NULL;
  gsize   length;
  guint32 two;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = length - 4; i > 0 && table == NULL; i--)
    if (memcmp (bytes + i, "tfra", 4) == 0)
      table = (guint8 *) bytes + i;
  g_assert_true (table != NULL && table[4] == 0);
  two = (read_number (table + 20 + ENTRY) - read_number (table + 20)) / 6;
  g_assert_cmpuint (two, >, 0);
  for (guint32 i = 0; i < read_number (table + 16); i++)
    {
      guint8 *at = table + 20 + ENTRY * i;
      guint32 time = GUINT32_TO_BE (read_number (at) + two);

      memcpy (at, &time, sizeof time);
    }
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static gboolean
is_still_jogged (Stage *stage)
{
  return is_jogged (stage, 0);
}

/* As recorders and browsers write it. What is sought before there is jog material, what that shows and what comes after it are the
 * same frame; and how long it is, is known as soon as all of it was seen. */
static void
test_fragments (void)
{
  static const int numbers[] = { 5, 30, 31, 2, 61, FRAGMENTS_END - 1, 0, 48 };
  Stage *stage;

  move_table ("fragments.mp4");
  stage = stage_new_with_clip ("fragments.mp4");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      dailies_reel_seek (stage->reel, frame_time (numbers[i], 24, 1));
      wait_for (shown (stage, 0) == numbers[i] && !is_still_jogged (stage));
    }
  dailies_reel_set_tile (stage->reel, 0, 160, 90);
  dailies_reel_seek (stage->reel, frame_time (70, 24, 1));
  wait_for (duration (stage) == frame_time (FRAGMENTS_END, 24, 1));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      dailies_reel_seek (stage->reel, frame_time (numbers[i], 24, 1));
      wait_for (shown (stage, 0) == numbers[i]);
      wait_for (!is_still_jogged (stage));
      g_assert_cmpint (shown (stage, 0), ==, numbers[i]);
    }
  g_assert_null (stage->error);
  stage_free (stage);
}

/* Whose container has a while of nothing before the first frame, or counts its times anew with each seek: it plays beside another
 * in step, and what is shown is the frame of that time, on the first way through it and on the second. */
static void
test_in_step (gconstpointer data)
{
  const char *name = data;
  Stage *stage = stage_new ();

  set_clip (stage, 0, name);
  set_clip (stage, 1, "plain.mp4");
  wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0);
  stage->compare = TRUE;
  for (int way = 0; way < 2; way++)
    {
      dailies_reel_play (stage->reel);
      wait_for (shown (stage, 0) > 20);
      dailies_reel_pause (stage->reel);
      wait_for (!is_playing (stage) && position (stage) == frame_time (shown (stage, 0), 24, 1));
      dailies_reel_seek (stage->reel, 0);
      wait_for (shown (stage, 0) == 0 && shown (stage, 1) == 0 && position (stage) == 0);
    }
  g_assert_cmpint (stage->mismatches, ==, 0);
  g_assert_null (stage->error);
  stage_free (stage);
}

/* What is open stays whole until it is closed. */
static void
test_deleted (void)
{
  Stage *stage = stage_new_with_clip ("deleted.mp4");
  g_autoptr (GFile) file = clip_file ("deleted.mp4");
  int round;

  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (stage->n_seen > 5);
  g_assert_true (g_file_delete (file, NULL, NULL));

  for (round = 0; round < 2; round++)
    {
      wait_for (shown (stage, 0) > 40);
      wait_for (shown (stage, 0) < 10);
    }
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, frame_time (30, 24, 1));
  wait_for (shown (stage, 0) == 30);
  g_assert_null (stage->error);
  stage_free (stage);
}

/* A clip that a program is writing over: its side tells so, and the other one plays on. */
static void
test_cut_off (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");
  g_autofree char *path = g_build_filename (folder, "cut-off.mp4", NULL);
  int number;

  set_clip (stage, 1, "cut-off.mp4");
  wait_for (shown (stage, 1) == 0);
  dailies_reel_play (stage->reel);
  wait_for (stage->n_seen > 5);
  g_assert_cmpint (truncate (path, 100), ==, 0);

  dailies_reel_seek (stage->reel, frame_time (60, 24, 1));
  wait_for (stage->error != NULL);
  g_assert_cmpint (stage->failed_side, ==, 1);
  g_assert_error (stage->error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
  g_test_message ("%s", stage->error->message);
  g_assert_true (g_str_has_prefix (stage->error->message, "“cut-off.mp4” is damaged or incomplete"));
  wait_for (shown (stage, 0) >= 60);
  number = shown (stage, 0);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > number + 5);
  stage_free (stage);
}

/* --- a clip that changes its shape ------------------------------------------------------------ */

/* MPEG-TS, whose demuxer cannot go round without a gap. */
static void
make_two_shapes (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *description = g_strdup_printf (
    "concat name=c ! mpegtsmux ! filesink location=\"%s\" "
    "videotestsrc num-buffers=30 ! video/x-raw,width=320,height=180,framerate=30/1 ! x264enc speed-preset=ultrafast key-int-max=15 "
    "! h264parse ! video/x-h264,stream-format=byte-stream,alignment=au ! c. "
    "videotestsrc num-buffers=60 ! video/x-raw,width=180,height=320,framerate=30/1 ! x264enc speed-preset=ultrafast key-int-max=15 "
    "! h264parse ! video/x-h264,stream-format=byte-stream,alignment=au ! c.",
    path);

  media_run_pipeline (description);
}

/* Returns: whether the frame on side 0 is of that size, and whole */
static gboolean
is_shown_in (Stage *stage,
             int    width,
             int    height)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (stage->reel, 0);
  GstVideoFrame frame;
  GstVideoInfo  info;

  if (sample == NULL)
    return FALSE;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  gst_video_frame_unmap (&frame);

  return info.width == width && info.height == height;
}

static void
test_two_shapes (void)
{
  Stage *stage = stage_new ();

  make_two_shapes ("two.ts");
  dailies_reel_set_tile (stage->reel, 0, 160, 160);
  set_clip (stage, 0, "two.ts");
  wait_for (is_shown_in (stage, 160, 90));
  dailies_reel_play (stage->reel);
  wait_for (is_shown_in (stage, 90, 160));
  dailies_reel_pause (stage->reel);
  dailies_reel_seek (stage->reel, 0);
  wait_for (is_shown_in (stage, 160, 90));
  g_assert_null (stage->error);
  stage_free (stage);
}

/* Beside one that could go round without a gap, and whichever came first. */
static void
test_gapped_loop (gconstpointer data)
{
  gboolean first = GPOINTER_TO_INT (data);
  Stage   *stage = stage_new ();

  make_two_shapes ("two.ts");
  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_set_tile (stage->reel, 0, 160, 160);
  set_clip (stage, 0, "two.ts");
  if (first)
    wait_for (is_shown_in (stage, 160, 90));
  set_clip (stage, 1, "plain.mp4");
  wait_for (is_shown_in (stage, 160, 90) && shown (stage, 1) == 0);
  dailies_reel_play (stage->reel);
  for (int round = 0; round < 3; round++)
    {
      wait_for (is_shown_in (stage, 90, 160) && shown (stage, 1) > 40);
      wait_for (is_shown_in (stage, 160, 90) && shown (stage, 1) < 20);
    }
  g_assert_null (stage->error);
  stage_free (stage);
}

/* The one that has gaps comes while the other goes round without. */
static void
test_gapped_comes_late (void)
{
  Stage *stage = stage_new_with_clip ("plain.mp4");

  make_two_shapes ("two.ts");
  dailies_reel_set_tile (stage->reel, 1, 160, 160);
  g_object_set (stage->reel, "looping", TRUE, NULL);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) > 5);
  set_clip (stage, 1, "two.ts");
  for (int round = 0; round < 3; round++)
    {
      wait_for (shown (stage, 0) > 100 && dailies_reel_get_fps (stage->reel, 1) > 0);
      wait_for (shown (stage, 0) < 20);
    }
  g_assert_true (is_playing (stage));
  g_assert_null (stage->error);
  stage_free (stage);
}

/* Its header has 2 000 000 000 frames a second: there are none so short, and its pictures are shown all the same. */
static void
test_impossible_rate (void)
{
  static const guint8 header[] = "strh";
  g_autofree char *path = g_build_filename (folder, "fast.avi", NULL);
  g_autofree char *text =
    g_strdup_printf ("videotestsrc num-buffers=24 ! video/x-raw,width=160,height=90,framerate=24/1 ! jpegenc ! avimux "
                     "! filesink location=%s",
                     path);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  const guint32 scale = GUINT32_TO_LE (1);
  const guint32 rate = GUINT32_TO_LE (2000000000);
  Stage *stage = stage_new ();
  char  *at;
  gsize  length;

  media_run_pipeline (text);
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  at = memmem (contents, length, header, 4);
  g_assert_nonnull (at);
  memcpy (at + 28, &scale, 4);
  memcpy (at + 32, &rate, 4);
  g_assert_true (g_file_set_contents (path, contents, length, &error));

  set_clip (stage, 0, "fast.avi");
  wait_for (is_shown_in (stage, 160, 90));
  g_assert_cmpfloat (dailies_reel_get_fps (stage->reel, 0), ==, 0);
  dailies_reel_play (stage->reel);
  wait_for (!is_playing (stage));
  g_assert_null (stage->error);
  stage_free (stage);
  g_unlink (path);
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
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/reel-file/late-picture", test_late_picture);
  g_test_add_func ("/reel-file/fragments", test_fragments);
  g_test_add_data_func ("/reel-file/in-step/fragments", "fragments.mp4", test_in_step);
  g_test_add_data_func ("/reel-file/in-step/stream", "stream.ts", test_in_step);
  g_test_add_data_func ("/reel-file/in-step/late", "late.mp4", test_in_step);
  g_test_add_func ("/reel-file/deleted", test_deleted);
  g_test_add_func ("/reel-file/cut-off", test_cut_off);
  g_test_add_func ("/reel-file/two-shapes", test_two_shapes);
  g_test_add_data_func ("/reel-file/gapped-loop/first", GINT_TO_POINTER (TRUE), test_gapped_loop);
  g_test_add_data_func ("/reel-file/gapped-loop/with-another", GINT_TO_POINTER (FALSE), test_gapped_loop);
  g_test_add_func ("/reel-file/gapped-comes-late", test_gapped_comes_late);
  g_test_add_func ("/reel-file/impossible-rate", test_impossible_rate);
  status = g_test_run ();
  remove_clips ();

  return status;
}
