/* test-still.c: the frame that was asked for, whole and upright
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "dailies-error.h"
#include "dailies-still.h"

static char *folder;

static const BarcodeClip clips[] = {
  { "plain.mp4", 320, 180, 24, 1, 100 },
  { "film.mp4", 320, 180, 24000, 1001, 72 },
  { "fast.mp4", 324, 182, 60, 1, 90 },
  { "long-sound.mp4", 320, 180, 24, 1, 24, .sound = 100 },
  { "single.mp4", 320, 180, 24, 1, 1 },
  { "wide.mp4", 240, 180, 25, 1, 25, .par_n = 4, .par_d = 3 },
  { "turned.mp4", 320, 180, 25, 1, 25, .turned = TRUE },
  { "silence.mp4", .sound = 20 },
  { "late.mp4", 320, 180, 24, 1, 40, .late = 30 },
  { "stream.ts", 320, 180, 24, 1, 48 },
  { "fragments.mp4", 320, 180, 24, 1, 48, .fragments = 500 },
  { "phone.mp4", 320, 180, 25, 1, 75, .uneven = TRUE },
};

/* --- helpers ---------------------------------------------------------------------------------- */

static GFile *
file_named (const char *name)
{
  return g_file_new_build_filename (folder, name, NULL);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GstSample *
load (const char *name, gint64 time, GError **error)
{
  g_autoptr (GFile) file = file_named (name);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_still_load_async (file, time, NULL, keep_result_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_still_load_finish (result, error);
}

static gboolean
save (const char *name, gint64 time, const char *png, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = file_named (name);
  g_autoptr (GFile) target = file_named (png);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_still_save_async (file, time, target, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_still_save_finish (result, error);
}

static void
assert_frame (const char *name, gint64 time, int number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstSample) sample = load (name, time, &error);
  int read;

  g_assert_no_error (error);
  read = barcode_clip_read (sample, FALSE);
  if (read != number)
    g_error ("%s at %" G_GINT64_FORMAT " ns: frame %d, not %d", name, time, read, number);
}

static gboolean
is_left_over (const char *name)
{
  return g_str_has_suffix (name, ".part");
}

static void
assert_nothing_left_over (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (is_left_over (name));
}

/* --- tests ------------------------------------------------------------------------------------ */

/* The beginning, the middle and the last nanosecond of a frame mean that frame. */
static void
test_every_time (void)
{
  for (guint i = 0; i < 3; i++)
    {
      const BarcodeClip *clip = &clips[i];
      const guint        stride = clip->n_frames / 9;

      for (guint k = 0; k < clip->n_frames; k += stride)
        {
          gint64 begin = gst_util_uint64_scale (k, clip->fps_d * GST_SECOND, clip->fps_n);
          gint64 length = gst_util_uint64_scale (GST_SECOND, clip->fps_d, clip->fps_n);

          assert_frame (clip->name, begin, k);
          assert_frame (clip->name, begin + length / 2, k);
          assert_frame (clip->name, begin + length * 8 / 10, k);
        }
      assert_frame (
        clip->name,
        gst_util_uint64_scale (clip->n_frames - 1, clip->fps_d * GST_SECOND, clip->fps_n),
        clip->n_frames - 1);
    }
}

/* Where frames last differently long, too: what the stage shows is what is taken from it. */
static void
test_uneven (void)
{
  const BarcodeClip *clip = &clips[G_N_ELEMENTS (clips) - 1];

  g_assert_true (clip->uneven);
  for (guint k = 20; k < 40; k++)
    {
      assert_frame (clip->name, barcode_clip_start (clip, k), k);
      assert_frame (clip->name, (barcode_clip_start (clip, k) + barcode_clip_start (clip, k + 1)) / 2, k);
    }
  assert_frame (clip->name, 0, 0);
  assert_frame (clip->name, barcode_clip_start (clip, 1), 1);
  assert_frame (clip->name, barcode_clip_start (clip, 74), 74);
}

/* A clip whose first frame does not begin at 0 is counted from that, as the reel counts. */
static void
test_late (void)
{
  assert_frame ("late.mp4", 0, 0);
  assert_frame ("late.mp4", GST_SECOND, 24);
  assert_frame ("late.mp4", 3600 * GST_SECOND, 39);
}

static void
test_outside (void)
{
  assert_frame ("plain.mp4", -GST_SECOND, 0);
  assert_frame ("plain.mp4", 3600 * GST_SECOND, 99);
  assert_frame ("long-sound.mp4", 2 * GST_SECOND, 23);
  assert_frame ("single.mp4", 0, 0);
  assert_frame ("single.mp4", GST_SECOND, 0);
}

static void
test_as_shown (void)
{
  static const struct
  {
    const char *name;
    int         width, height;
    gboolean    sideways;
  } cases[] = {
    { "plain.mp4", 320, 180, FALSE },
    { "fast.mp4", 324, 182, FALSE },
    { "wide.mp4", 320, 180, FALSE },
    { "turned.mp4", 180, 320, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GstSample) sample = load (cases[i].name, 13 * GST_SECOND / 25, &error);
      GstVideoInfo info;

      g_assert_no_error (error);
      g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
      g_assert_cmpint (GST_VIDEO_INFO_FORMAT (&info), ==, GST_VIDEO_FORMAT_RGBA);
      g_assert_cmpint (info.width, ==, cases[i].width);
      g_assert_cmpint (info.height, ==, cases[i].height);
      g_assert_cmpint (info.par_n, ==, info.par_d);
      g_assert_cmpint (barcode_clip_read (sample, cases[i].sideways), >=, 0);
    }
}

static void
test_save (void)
{
  g_autofree char *path = g_build_filename (folder, "frame.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GstSample) sample = load ("fast.mp4", GST_SECOND, NULL);
  GstVideoInfo  info;
  GstVideoFrame frame;
  struct stat   status;
  mode_t        mask = umask (0);

  umask (mask);
  g_assert_true (save ("fast.mp4", GST_SECOND, "frame.png", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0666 & ~mask);

  pixbuf = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 324);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 182);
  g_assert_false (gdk_pixbuf_get_has_alpha (pixbuf));

  /* The same pixels as in memory, all of them. */
  gst_video_info_from_caps (&info, gst_sample_get_caps (sample));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  for (int y = 0; y < 182; y++)
    {
      for (int x = 0; x < 324; x++)
        g_assert_cmpmem (gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) +
                           x * 3,
                         3,
                         (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                           y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0) + x * 4,
                         3);
    }
  gst_video_frame_unmap (&frame);
  assert_nothing_left_over ();
}

/* Returns: the number burnt into it */
static int
read_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);
  int code = 0;

  g_assert_no_error (error);
  for (int bar = 0; bar < BARCODE_BARS; bar++)
    {
      int x = (2 * bar + 1) * 320 / (2 * BARCODE_BARS);

      if (gdk_pixbuf_read_pixels (pixbuf)[90 * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x] > 127)
        code |= 1 << bar;
    }
  g_assert_cmpint (code & 1 << 10, !=, 0);
  return code & ~(1 << 10);
}

static void
test_save_all (void)
{
  g_autoptr (GFile) clip = file_named ("plain.mp4");
  g_autoptr (GFile) target = file_named ("many.PNG");
  g_autoptr (GFile) before = file_named ("many-0011.png");
  g_autoptr (GFile) after = file_named ("many-0015.png");
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dailies_still_save_all_async (
    clip, GST_SECOND / 2, 14 * GST_SECOND / 24, target, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  written = dailies_still_save_all_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 3);

  for (int number = 12; number <= 14; number++)
    {
      g_autofree char *name = g_strdup_printf ("%s/many-%04d.png", folder, number);

      g_assert_cmpint (read_picture (name), ==, number);
      g_assert_cmpstr (g_file_peek_path (g_ptr_array_index (written, number - 12)), ==, name);
    }
  g_assert_false (g_file_query_exists (before, NULL));
  g_assert_false (g_file_query_exists (after, NULL));
  assert_nothing_left_over ();
}

/* The clip ends with its last picture, however long its sound goes on. */
static void
test_save_all_of (gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint       n;
  } cases[] = {
    { "long-sound.mp4", 24 },
    { "stream.ts", 48 },
    /* The muxer forgets in its edit that the first frame is shown two frames after it is decoded. */
    { "fragments.mp4", 46 },
  };
  const char *name = cases[GPOINTER_TO_INT (data)].name;
  guint n = cases[GPOINTER_TO_INT (data)].n;
  g_autoptr (GFile) clip = file_named (name);
  g_autoptr (GFile) target = file_named ("all.png");
  g_autofree char *behind = g_strdup_printf ("%s/all-%04u.png", folder, n);
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dailies_still_save_all_async (clip, -1, -1, target, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  written = dailies_still_save_all_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/all-%04u.png", folder, i);

      g_assert_cmpint (read_picture (path), ==, (int) i);
      g_unlink (path);
    }
  g_assert_false (g_file_test (behind, G_FILE_TEST_EXISTS));
  assert_nothing_left_over ();
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = file_named ("cancelled.png");

  g_cancellable_cancel (cancellable);
  g_assert_false (save ("plain.mp4", 0, "cancelled.png", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (target, NULL));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *name;
    int         code;
    const char *words;
  } cases[] = {
    { "silence.mp4", DAILIES_ERROR_MEDIA, "no picture" },
    { "text.mp4", DAILIES_ERROR_MEDIA, "“text.mp4”" },
    { "cut.mp4", DAILIES_ERROR_MEDIA, "“cut.mp4” is damaged" },
    { "nothing.mp4", DAILIES_ERROR_DISK, "“nothing.mp4”" },
    { "empty.mp4", DAILIES_ERROR_MEDIA, "“empty.mp4”" },
  };
  g_autofree char *whole = g_build_filename (folder, "plain.mp4", NULL);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_free (media_write (folder, "text.mp4", "this is no clip at all, but it is long enough", -1));
  g_free (media_write (folder, "empty.mp4", "", 0));
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  g_free (media_write (folder, "cut.mp4", bytes, length / 2));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (cases[i].name, 0, &error));
      g_test_message ("%s", error->message);
      g_assert_cmpint (error->code, ==, cases[i].code);
      g_assert_true (error->domain == DAILIES_ERROR);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_clear_error (&error);
      g_assert_false (save (cases[i].name, 0, "error.png", NULL, &error));
      g_assert_true (error->domain == DAILIES_ERROR);
    }
  assert_nothing_left_over ();
}

/* Whoever asks is not held up: their main loop turns while the frame is decoded. */
static void
test_beside_the_loop (void)
{
  g_autoptr (GFile) file = file_named ("plain.mp4");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GstSample) sample = NULL;
  gint64 longest = 0;
  gint64 before = g_get_monotonic_time ();

  dailies_still_load_async (file, 90 * GST_SECOND / 24, NULL, keep_result_cb, &result);
  while (result == NULL)
    {
      longest = MAX (longest, g_get_monotonic_time () - before);
      before = g_get_monotonic_time ();
      if (!g_main_context_iteration (NULL, FALSE))
        g_thread_yield ();
    }
  sample = dailies_still_load_finish (result, NULL);
  g_assert_cmpint (barcode_clip_read (sample, FALSE), ==, 90);
  g_test_message ("the main loop turned; longest turn %" G_GINT64_FORMAT " µs", longest);
}

int
main (int argc, char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/still/every-time", test_every_time);
  g_test_add_func ("/still/uneven", test_uneven);
  g_test_add_func ("/still/late", test_late);
  g_test_add_func ("/still/outside", test_outside);
  g_test_add_func ("/still/as-shown", test_as_shown);
  g_test_add_func ("/still/save", test_save);
  g_test_add_func ("/still/save-all", test_save_all);
  g_test_add_data_func ("/still/save-all/long-sound", GINT_TO_POINTER (0), test_save_all_of);
  g_test_add_data_func ("/still/save-all/transport-stream", GINT_TO_POINTER (1), test_save_all_of);
  g_test_add_data_func ("/still/save-all/fragments", GINT_TO_POINTER (2), test_save_all_of);
  g_test_add_func ("/still/cancelled", test_cancelled);
  g_test_add_func ("/still/errors", test_errors);
  g_test_add_func ("/still/beside-the-loop", test_beside_the_loop);

  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
