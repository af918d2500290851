/* test-asset.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "dailies-address.h"
#include "dailies-asset.h"
#include "dailies-error.h"
#include "dailies-probe.h"
#include "media.h"

#define DEADLINE_SECONDS 60

typedef struct
{
  gboolean done;
  gboolean ok;
  GError  *error;
} Outcome;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = dailies_asset_load_finish (DAILIES_ASSET (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
wait_until (const gboolean *flag)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (!*flag)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, g_main_context_pending (NULL));
    }
}

/* Loads and keeps iterating until the answer is there. */
static GError *
load (DailiesAsset *asset,
      GCancellable *cancellable)
{
  Outcome outcome = { 0 };

  dailies_asset_load_async (asset, cancellable, loaded_cb, &outcome);
  wait_until (&outcome.done);
  g_assert_cmpint (outcome.ok, ==, outcome.error == NULL);

  return outcome.error;
}

static DailiesAsset *
load_path (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_NEW);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_READY);
  g_assert_null (dailies_asset_get_error (asset));

  return asset;
}

static void
assert_thumbnail_fits (DailiesAsset *asset)
{
  GdkPixbuf *thumbnail = dailies_asset_get_thumbnail (asset);
  double     shape = (double) dailies_asset_get_width (asset) / dailies_asset_get_height (asset);
  int        width, height;

  g_assert_nonnull (thumbnail);
  width = gdk_pixbuf_get_width (thumbnail);
  height = gdk_pixbuf_get_height (thumbnail);
  g_assert_cmpint (MAX (width, height), <=, 512);
  g_assert_cmpfloat_with_epsilon ((double) width / height, shape, shape * 0.03);
}

static void
test_images (void)
{
  static const struct
  {
    const char *name;
    const char *writer;
    const char *container;
    const char *mime_type;
    int         width;
    int         height;
  } cases[] = {
    { "a.png", "png", "png", "image/png", 640, 480 },
    { "wrong-name.png", "jpeg", "jpg", "image/jpeg", 333, 1000 },
    { "b.jpg", "png", "png", "image/png", 301, 301 },
    { "no-extension", "webp", "webp", "image/webp", 480, 270 },
    { "picture.txt", "avif", "avif", "image/avif", 500, 400 },
    { "t.tiff", "tiff", "tiff", "image/tiff", 64, 32 },
    { "one.png", "png", "png", "image/png", 1, 1 },
    { "thin.bmp", "bmp", "bmp", "image/bmp", 2000, 2 },
  };
  g_autofree char *folder = media_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = media_make_image (folder, cases[i].name, cases[i].writer, cases[i].width, cases[i].height);
      DailiesAsset    *asset = load_path (path);
      GStatBuf         info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (dailies_asset_get_kind (asset), ==, DAILIES_MEDIA_IMAGE);
      g_assert_cmpstr (dailies_asset_get_container (asset), ==, cases[i].container);
      g_assert_cmpstr (dailies_asset_get_mime_type (asset), ==, cases[i].mime_type);
      g_assert_cmpint (dailies_asset_get_width (asset), ==, cases[i].width);
      g_assert_cmpint (dailies_asset_get_height (asset), ==, cases[i].height);
      g_assert_cmpint (dailies_asset_get_bytes (asset), ==, info.st_size);
      g_assert_cmpstr (dailies_asset_get_name (asset), ==, cases[i].name);
      g_assert_cmpfloat (dailies_asset_get_seconds (asset), ==, 0);
      g_assert_nonnull (dailies_asset_get_thumbnail (asset));
      if (MIN (cases[i].width, cases[i].height) > 100)
        assert_thumbnail_fits (asset);
      g_assert_finalize_object (asset);
    }

  media_folder_remove (folder);
}

/* A JPEG whose EXIF says "lies on its side" is as wide as it is shown. */
static void
test_exif_rotation (void)
{
  static const guint8 exif[] = { 0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8,
                                 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0 };
  g_autofree char *folder = media_folder_new ();
  g_autofree char *plain = media_make_image (folder, "plain.jpg", "jpeg", 600, 400);
  g_autofree char *turned = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GByteArray) with_exif = g_byte_array_new ();
  DailiesAsset *asset;
  gsize         length;

  g_assert_true (g_file_get_contents (plain, &bytes, &length, NULL));
  g_byte_array_append (with_exif, (guint8 *) bytes, 2);
  g_byte_array_append (with_exif, exif, sizeof exif);
  g_byte_array_append (with_exif, (guint8 *) bytes + 2, length - 2);
  turned = media_write (folder, "turned.jpg", with_exif->data, with_exif->len);

  asset = load_path (turned);
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 400);
  g_assert_cmpint (dailies_asset_get_height (asset), ==, 600);
  assert_thumbnail_fits (asset);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
test_clips (void)
{
  static const struct
  {
    const char *name;
    const char *muxer;
    const char *container;
    int         width;
    int         height;
    int         fps;
    int         n_frames;
    gboolean    sound;
    int         degrees;
    int         shown_width;
    int         shown_height;
  } cases[] = {
    { "plain.mp4", "mp4mux", "mp4", 320, 180, 24, 48, FALSE, 0, 320, 180 },
    { "sound.mp4", "mp4mux", "mp4", 320, 180, 30, 90, TRUE, 0, 320, 180 },
    { "called.webm", "qtmux", "mov", 640, 360, 25, 25, TRUE, 0, 640, 360 },
    { "turned.mp4", "mp4mux", "mp4", 320, 180, 24, 24, FALSE, 90, 180, 320 },
    { "upside.mp4", "mp4mux", "mp4", 320, 180, 24, 24, FALSE, 180, 320, 180 },
    { "film.mkv", "matroskamux", "mkv", 320, 180, 60, 60, TRUE, 0, 320, 180 },
  };
  g_autofree char *folder = media_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
        media_make_clip (folder, cases[i].name, cases[i].muxer, cases[i].width, cases[i].height,
                         cases[i].fps, cases[i].n_frames, cases[i].sound);
      DailiesAsset *asset;

      g_test_message ("%s", cases[i].name);
      if (cases[i].degrees != 0)
        media_turn_clip (path, cases[i].degrees);
      asset = load_path (path);
      g_assert_cmpint (dailies_asset_get_kind (asset), ==, DAILIES_MEDIA_VIDEO);
      g_assert_cmpstr (dailies_asset_get_container (asset), ==, cases[i].container);
      g_assert_cmpint (dailies_asset_get_width (asset), ==, cases[i].shown_width);
      g_assert_cmpint (dailies_asset_get_height (asset), ==, cases[i].shown_height);
      g_assert_cmpfloat_with_epsilon (dailies_asset_get_fps (asset), cases[i].fps, 0.5);
      g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (asset), (double) cases[i].n_frames / cases[i].fps, 0.1);
      g_assert_cmpint (dailies_asset_has_sound (asset), ==, cases[i].sound);
      assert_thumbnail_fits (asset);
      g_assert_finalize_object (asset);
    }

  media_folder_remove (folder);
}

/* Pixels that are not square are counted as they are shown. */
static void
test_wide_pixels (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "dv.mp4", NULL);
  g_autofree char *description =
    g_strdup_printf ("videotestsrc num-buffers=25 ! "
                     "video/x-raw,width=720,height=576,framerate=25/1,pixel-aspect-ratio=16/15 ! "
                     "x264enc speed-preset=ultrafast ! mp4mux ! filesink location=%s", path);
  DailiesAsset *asset;

  media_run_pipeline (description);
  asset = load_path (path);
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 768);
  g_assert_cmpint (dailies_asset_get_height (asset), ==, 576);
  assert_thumbnail_fits (asset);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
make_cut (const char *path,
          const char *made,
          int         percent)
{
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (made, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, length * percent / 100, NULL));
}

static void
forget_box (char       *bytes,
            gsize       length,
            const char *type)
{
  for (gsize i = 0; i + 4 <= length; i++)
    if (memcmp (bytes + i, type, 4) == 0)
      memcpy (bytes + i, "free", 4);
}

/* A recorder that was stopped, or a browser, tells nowhere how long all fragments are. */
static void
test_fragments (void)
{
  static const char *const telling[] = { "mehd", "mfra", "mfro" };
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "recorded.mp4", NULL);
  g_autofree char *description =
    g_strdup_printf ("videotestsrc num-buffers=100 ! video/x-raw,width=320,height=180,framerate=25/1 ! "
                     "x264enc speed-preset=ultrafast key-int-max=25 bframes=2 ! queue ! mux. "
                     "audiotestsrc num-buffers=188 samplesperbuffer=1024 ! audio/x-raw,rate=48000 ! audioconvert ! avenc_aac ! "
                     "queue ! mux. mp4mux name=mux fragment-duration=500 ! filesink location=%s", path);
  g_autofree char *bytes = NULL;
  DailiesAsset *asset;
  gsize length;

  media_run_pipeline (description);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    forget_box (bytes, length, telling[i]);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  asset = load_path (path);
  g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (asset), 4, 0.001);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

/* What browsers and screen recorders make, whole and cut off. */
static void
test_webm (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "recording.mp4", NULL);
  g_autofree char *description =
    g_strdup_printf ("videotestsrc num-buffers=48 ! video/x-raw,width=320,height=180,framerate=24/1 ! "
                     "vp8enc deadline=1 ! webmmux ! filesink location=%s", path);
  g_autofree char *cut = g_build_filename (folder, "cut.webm", NULL);
  g_autoptr (GFile) cut_file = g_file_new_for_path (cut);
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset;
  DailiesAsset *cut_asset;

  media_run_pipeline (description);
  asset = load_path (path);
  g_assert_cmpstr (dailies_asset_get_container (asset), ==, "webm");
  g_assert_cmpstr (dailies_asset_get_mime_type (asset), ==, "video/webm");
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 320);
  g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (asset), 2, 0.1);
  assert_thumbnail_fits (asset);
  g_assert_finalize_object (asset);

  make_cut (cut, path, 50);
  cut_asset = dailies_asset_new_for_file (cut_file);
  error = load (cut_asset, NULL);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
  g_assert_nonnull (strstr (error->message, "is cut off"));
  g_assert_finalize_object (cut_asset);

  media_folder_remove (folder);
}

static void
test_sound_only (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "voice.mp4", NULL);
  g_autofree char *description =
    g_strdup_printf ("audiotestsrc num-buffers=20 samplesperbuffer=4800 ! audio/x-raw,rate=48000 ! "
                     "voaacenc ! mp4mux ! filesink location=%s", path);
  DailiesAsset *asset;

  media_run_pipeline (description);
  asset = load_path (path);
  g_assert_cmpint (dailies_asset_get_kind (asset), ==, DAILIES_MEDIA_AUDIO);
  g_assert_true (dailies_asset_has_sound (asset));
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 0);
  g_assert_cmpfloat_with_epsilon (dailies_asset_get_seconds (asset), 2, 0.1);
  g_assert_null (dailies_asset_get_thumbnail (asset));
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
test_key (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_image (folder, "a.png", "png", 64, 64);
  g_autofree char *bytes = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *copy = NULL;
  DailiesAsset *asset;
  DailiesAsset *other;
  gsize         length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) bytes, length);
  copy = media_write (folder, "another name.jpg", bytes, length);

  asset = load_path (path);
  other = load_path (copy);
  g_assert_cmpstr (dailies_asset_get_key (asset), ==, sum);
  g_assert_cmpstr (dailies_asset_get_key (other), ==, sum);
  g_assert_finalize_object (asset);
  g_assert_finalize_object (other);

  media_folder_remove (folder);
}

typedef void (*MakeFunc) (const char *path);

static void
make_nothing (const char *path)
{
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_pipe (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_empty (const char *path)
{
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
make_text (const char *path)
{
  g_assert_true (g_file_set_contents (path, "BM is how this text begins, but it is no bitmap.\n", -1, NULL));
}

static void
make_page (const char *path)
{
  g_assert_true (g_file_set_contents (path, "<!DOCTYPE html><html>404</html>", -1, NULL));
}

static void
make_svg (const char *path)
{
  g_assert_true (g_file_set_contents (path, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", -1, NULL));
}

static void
make_declared_svg (const char *path)
{
  g_assert_true (g_file_set_contents (path, "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<svg/>", -1, NULL));
}

static void
make_device (const char *path)
{
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
}

static void
make_dangling (const char *path)
{
  g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
}

static void
make_loop (const char *path)
{
  g_assert_cmpint (symlink (path, path), ==, 0);
}

static void
make_png_head (const char *path)
{
  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n", 8, NULL));
}

/* All chunks are there, and what they hold is noise. */
static void
make_noise_jpeg (const char *path)
{
  static const guint8 bytes[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xda, 0, 4, 0, 0, 7, 7, 7, 0xff, 0xd9 };

  g_assert_true (g_file_set_contents (path, (const char *) bytes, sizeof bytes, NULL));
}

static void
make_cut_image (const char *path,
                const char *writer)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *made = media_make_image (folder, "whole", writer, 640, 480);

  make_cut (path, made, 50);
  media_folder_remove (folder);
}

static void
make_cut_png (const char *path)
{
  make_cut_image (path, "png");
}

static void
make_cut_jpeg (const char *path)
{
  make_cut_image (path, "jpeg");
}

static void
make_cut_webp (const char *path)
{
  make_cut_image (path, "webp");
}

static void
make_cut_avif (const char *path)
{
  make_cut_image (path, "avif");
}

static void
make_cut_clip (const char *path,
               const char *muxer)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *made = media_make_clip (folder, "whole", muxer, 320, 180, 24, 48, TRUE);

  make_cut (path, made, 60);
  media_folder_remove (folder);
}

static void
make_cut_mp4 (const char *path)
{
  make_cut_clip (path, "mp4mux");
}

/* The index comes first, so that a decoder would play the beginning without a complaint. */
static void
make_cut_fast_start (const char *path)
{
  make_cut_clip (path, "mp4mux faststart=true");
}

static void
make_cut_webm (const char *path)
{
  make_cut_clip (path, "matroskamux");
}

static void
make_mp4_without_tracks (const char *path)
{
  static const guint8 bytes[] = { 0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0,
                                  0, 0, 0, 8, 'm', 'd', 'a', 't' };

  g_assert_true (g_file_set_contents (path, (const char *) bytes, sizeof bytes, NULL));
}

/* Every bad file ends in FAILED, with a sentence that names it, and nothing hangs. */
static void
test_bad_files (void)
{
  static const struct
  {
    const char  *name;
    MakeFunc     make;
    DailiesError code;
    const char  *says;
  } cases[] = {
    { "gone.png", make_nothing, DAILIES_ERROR_DISK, "is not there any more" },
    { "folder.png", make_folder, DAILIES_ERROR_MEDIA, "is a folder" },
    { "pipe.mp4", make_pipe, DAILIES_ERROR_MEDIA, "pipe or a device" },
    { "device.png", make_device, DAILIES_ERROR_MEDIA, "pipe or a device" },
    { "dangling.png", make_dangling, DAILIES_ERROR_DISK, "" },
    { "loop.png", make_loop, DAILIES_ERROR_DISK, "" },
    { "empty.jpg", make_empty, DAILIES_ERROR_MEDIA, "0 bytes" },
    { "text.png", make_text, DAILIES_ERROR_MEDIA, "whatever its name says" },
    { "text.txt", make_text, DAILIES_ERROR_MEDIA, "not a picture, a clip or a sound. Choose" },
    { "text", make_text, DAILIES_ERROR_MEDIA, "not a picture, a clip or a sound. Choose" },
    { "page.mp4", make_page, DAILIES_ERROR_MEDIA, "not a picture" },
    { "page.svg", make_page, DAILIES_ERROR_MEDIA, "whatever its name says" },
    { "vector.png", make_svg, DAILIES_ERROR_MEDIA, "Export it as PNG" },
    { "vector.svg", make_declared_svg, DAILIES_ERROR_MEDIA, "Export it as PNG" },
    { "head.png", make_png_head, DAILIES_ERROR_MEDIA, "is cut off" },
    { "noise.jpg", make_noise_jpeg, DAILIES_ERROR_MEDIA, "damaged jpg" },
    { "cut.png", make_cut_png, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut.jpg", make_cut_jpeg, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut.webp", make_cut_webp, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut.avif", make_cut_avif, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut.mp4", make_cut_mp4, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut-fast.mp4", make_cut_fast_start, DAILIES_ERROR_MEDIA, "is cut off" },
    { "cut.mkv", make_cut_webm, DAILIES_ERROR_MEDIA, "is cut off" },
    { "no-tracks.mp4", make_mp4_without_tracks, DAILIES_ERROR_MEDIA, "mp4" },
  };
  g_autofree char *folder = media_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autofree char *summary = NULL;
      DailiesAsset *asset;

      g_test_message ("%s", cases[i].name);
      cases[i].make (path);
      asset = dailies_asset_new_for_file (file);
      error = load (asset, NULL);
      if (error != NULL)
        g_test_message ("%s", error->message);
      g_assert_error (error, DAILIES_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].name));
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_FAILED);
      g_assert_error (dailies_asset_get_error (asset), DAILIES_ERROR, (int) cases[i].code);
      g_assert_null (dailies_asset_get_key (asset));
      g_assert_null (dailies_asset_get_thumbnail (asset));
      summary = dailies_asset_dup_summary (asset);
      g_assert_cmpstr (summary, ==, error->message);
      g_assert_finalize_object (asset);
    }

  media_folder_remove (folder);
}

/* What the system says of a file is said in words of our own. */
static void
test_unreadable (void)
{
  static const struct
  {
    int         code;
    const char *says;
  } cases[] = {
    { G_IO_ERROR_NOT_FOUND, "is not there any more" },
    { G_IO_ERROR_PERMISSION_DENIED, "may not be read by you" },
    { G_IO_ERROR_TOO_MANY_LINKS, "leads in a circle" },
    { G_IO_ERROR_FAILED, "use the copy" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, cases[i].code, "raw words");
      g_autoptr (GError) error = NULL;

      dailies_probe_set_unreadable ("day.png", cause, &error);
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
      g_assert_true (g_str_has_prefix (error->message, "“day.png” "));
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "raw"));
    }
}

/* A data: value has no name to blame. */
static void
test_data_without_media (void)
{
  static const struct
  {
    const char *value;
    const char *says;
  } cases[] = {
    { "data:image/png;base64,AAAA", "holds no picture" },
    { "data:text/plain,only%20words", "holds no picture" },
    { "data:image/svg+xml,%3Csvg/%3E", "Export it as PNG" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (cases[i].value, &error);

      g_assert_no_error (error);
      error = load (asset, NULL);
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "its name"));
    }
}

/* A file that was bad and is whole now is read again. */
static void
test_load_again (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_write (folder, "a.png", "no picture yet", -1);
  g_autofree char *again = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_file (file);

  error = load (asset, NULL);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
  g_clear_error (&error);

  again = media_make_image (folder, "a.png", "png", 320, 200);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_READY);
  g_assert_null (dailies_asset_get_error (asset));
  first = g_strdup (dailies_asset_get_key (asset));

  g_free (again);
  again = media_make_image (folder, "a.png", "png", 100, 100);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (dailies_asset_get_width (asset), ==, 100);
  g_assert_cmpstr (dailies_asset_get_key (asset), !=, first);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
write_more_cb (DailiesAsset *asset,
               GParamSpec   *pspec,
               const char   *path)
{
  g_autofree char *bytes = NULL;
  gsize            length;

  /* The size is told after the probe and before the hash is done: just then somebody writes. */
  if (dailies_asset_get_width (asset) == 0)
    return;
  g_signal_handlers_disconnect_by_func (asset, write_more_cb, (gpointer) path);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes = g_realloc (bytes, length + 1);
  g_assert_true (g_file_set_contents (path, bytes, length + 1, NULL));
}

static void
test_changed_while_read (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_image (folder, "render.png", "png", 640, 480);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_file (file);

  g_signal_connect (asset, "notify::width", G_CALLBACK (write_more_cb), path);
  error = load (asset, NULL);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
  g_assert_nonnull (strstr (error->message, "render.png"));
  g_assert_nonnull (strstr (error->message, "changed"));
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_FAILED);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

#define LARGE 500000000

typedef struct
{
  double last;
  guint  n_between;
  guint  n_ends;
} Fractions;

static void
fraction_cb (DailiesAsset *asset,
             GParamSpec   *pspec,
             Fractions    *seen)
{
  double fraction = dailies_asset_get_fraction (asset);

  if (fraction < 0)
    {
      g_assert_cmpfloat (seen->last, >, 0);
      seen->n_ends++;
      return;
    }
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_LOADING);
  g_assert_cmpfloat (fraction, >, seen->last);
  g_assert_cmpfloat (fraction, <=, 1);
  seen->n_between += fraction > 0 && fraction < 1;
  seen->last = fraction;
}

/* While a large file is read it is told how far that is, and nothing before and after. */
static void
test_fraction (void)
{
  const guint32 head[] = { GUINT32_TO_BE (LARGE), GUINT32_TO_BE (0x66726565) }; /* "free" */
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_clip (folder, "a.mp4", "mp4mux", 320, 180, 24, 24, FALSE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  Fractions     seen = { .last = -1 };
  goffset       size;

  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL));
  size = g_seekable_tell (G_SEEKABLE (stream));
  g_assert_true (g_output_stream_write_all (
    g_io_stream_get_output_stream (G_IO_STREAM (stream)), head, sizeof head, NULL, NULL, NULL));
  g_assert_true (g_seekable_truncate (G_SEEKABLE (stream), size + LARGE, NULL, NULL));

  g_assert_cmpfloat (dailies_asset_get_fraction (asset), ==, -1);
  g_signal_connect (asset, "notify::fraction", G_CALLBACK (fraction_cb), &seen);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n_between, >, 0);
  g_assert_cmpuint (seen.n_ends, ==, 1);
  g_assert_cmpfloat (dailies_asset_get_fraction (asset), ==, -1);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
test_cancel (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_image (folder, "a.png", "png", 64, 64);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  Outcome outcome = { 0 };

  dailies_asset_load_async (asset, cancellable, loaded_cb, &outcome);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_LOADING);
  g_cancellable_cancel (cancellable);
  wait_until (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_NEW);

  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

/* Two loads at the same time: both are answered, the newest one decides. */
static void
test_two_loads (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_image (folder, "a.png", "png", 64, 64);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  Outcome first = { 0 };
  Outcome second = { 0 };

  dailies_asset_load_async (asset, NULL, loaded_cb, &first);
  dailies_asset_load_async (asset, NULL, loaded_cb, &second);
  wait_until (&first.done);
  wait_until (&second.done);
  g_assert_no_error (first.error);
  g_assert_no_error (second.error);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_READY);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

static void
test_values (void)
{
  static const struct
  {
    const char *value;
    const char *scheme; /* NULL: refused */
    const char *name;
  } cases[] = {
    { "picture.png", "file", "picture.png" },
    { "./take 3: final.png", "file", "take 3: final.png" },
    { "c:final.png", "file", "c:final.png" },
    { "/tmp/ä.png", "file", "ä.png" },
    { "file:///tmp/a%20b.mov", "file", "a b.mov" },
    { "file://localhost/tmp/a.mov", "file", "a.mov" },
    /* Line breaks, commands to a terminal and marks that turn letters around are shown as what they are not. */
    { "file:///tmp/a%0Ab%1B%5B2J%E2%80%AEgpj.exe", "file", "a\357\277\275b\357\277\275[2J\357\277\275gpj.exe" },
    { "https://example.com/a%E2%80%AEgpj.exe", "https", "a\357\277\275gpj.exe" },
    { "file:///tmp/%E9t%E9.png", "file", "\357\277\275t\357\277\275.png" },
    { "file://elsewhere/tmp/a.mov", NULL, NULL },
    { "file:///tmp/a%00b", NULL, NULL },
    { "file:nothing", NULL, NULL },
    { "https://example.com/start%201.png?x=1", "https", "start 1.png" },
    { "https://example.com/", "https", "example.com" },
    { "HTTPS://example.com/a.png", "https", "a.png" },
    { "http://127.0.0.1:8000/a.png", "http", "a.png" },
    { "http://example.com/a.png", NULL, NULL },
    { "https://user:secret@example.com/a.png", NULL, NULL },
    { "https:///a.png", NULL, NULL },
    { "https://exa mple.com/a b.png", NULL, NULL },
    { "https://example.com/a b.png", NULL, NULL },
    { "https://example.com/a.png\n", NULL, NULL },
    { "https://example.com/\xe2\x80\x89" "a.png", NULL, NULL },
    { "https://exa%20mple.com/a.png", NULL, NULL },
    { "https://example..com/a.png", NULL, NULL },
    { "https://.example.com/a.png", NULL, NULL },
    { "https://exa!mple.com/a.png", NULL, NULL },
    { "https://example.com\\/a.png", NULL, NULL },
    { "https://b\xc3\xbc" "cher.example/\xc3\xa4.png", "https", "\xc3\xa4.png" },
    { "https://[2001:db8::1]:8443/a.png", "https", "a.png" },
    { "https://my_bucket.s3-eu.example.com./a.png", "https", "a.png" },
    { "ftp://example.com/a.png", NULL, NULL },
    { "javascript://%0aalert(1)", NULL, NULL },
    { "", NULL, NULL },
    { "data:image/png;base64", NULL, NULL },
    { "data:image/png;base64,AAAA", "data", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (cases[i].value, &error);
      g_autofree char *scheme = NULL;

      g_test_message ("“%s”", cases[i].value);
      if (cases[i].scheme == NULL)
        {
          g_assert_null (asset);
          g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
          g_assert_null (strstr (error->message, "secret"));
          continue;
        }
      g_assert_no_error (error);
      scheme = g_strdup (g_uri_peek_scheme (dailies_asset_get_uri (asset)));
      g_assert_cmpstr (scheme, ==, cases[i].scheme);
      if (cases[i].name != NULL)
        g_assert_cmpstr (dailies_asset_get_name (asset), ==, cases[i].name);
      g_assert_cmpint (dailies_asset_is_remote (asset), ==, g_str_has_prefix (cases[i].scheme, "http"));
      g_assert_cmpint (dailies_asset_get_file (asset) != NULL, ==, g_str_equal (cases[i].scheme, "file"));
    }
}

static void
test_near (void)
{
  static const struct
  {
    const char *url;
    const char *near; /* NULL: anybody can reach it */
  } cases[] = {
    { "https://localhost/a.png", "localhost" },
    { "https://LOCALHOST:8443/a.png", "LOCALHOST" },
    { "https://studio.localhost/a.png", "studio.localhost" },
    { "https://127.0.0.1/a.png", "127.0.0.1" },
    { "https://127.9.9.9/a.png", "127.9.9.9" },
    { "https://10.0.0.7/a.png", "10.0.0.7" },
    { "https://172.16.0.1/a.png", "172.16.0.1" },
    { "https://172.32.0.1/a.png", NULL },
    { "https://192.168.1.5/a.png", "192.168.1.5" },
    { "https://169.254.1.5/a.png", "169.254.1.5" },
    { "https://100.64.0.1/a.png", "100.64.0.1" },
    { "https://100.128.0.1/a.png", NULL },
    { "https://0.0.0.0/a.png", "0.0.0.0" },
    { "https://8.8.8.8/a.png", NULL },
    { "https://[::1]/a.png", "::1" },
    { "https://[fe80::1]/a.png", "fe80::1" },
    { "https://[fd00::1]/a.png", "fd00::1" },
    { "https://[2001:db8::1]/a.png", NULL },
    { "https://mac.local/a.png", "mac.local" },
    { "https://mac.local./a.png", "mac.local." },
    { "https://nas/a.png", "nas" },
    { "https://nas.lan/a.png", "nas.lan" },
    { "https://example.com/a.png", NULL },
    { "https://127.0.0.1.example.com/a.png", NULL },
    { "https://local.example.com/a.png", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *near = dailies_address_dup_near (cases[i].url);

      g_test_message ("%s", cases[i].url);
      g_assert_true (dailies_address_check (cases[i].url, NULL));
      g_assert_cmpstr (near, ==, cases[i].near);
    }
}

/* The service fetches it, not we: it is ready without a byte being read. */
static void
test_remote (void)
{
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_value ("https://example.com/a.png", &error);

  g_assert_no_error (error);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_READY);
  g_assert_cmpint (dailies_asset_get_kind (asset), ==, DAILIES_MEDIA_UNKNOWN);
  g_assert_cmpstr (dailies_asset_get_key (asset), ==, "https://example.com/a.png");
  g_assert_cmpint (dailies_asset_get_bytes (asset), ==, -1);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_null (dailies_asset_open (asset, NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_finalize_object (asset);
}

static guint32
crc_of (const guint8 *bytes,
        gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }

  return ~crc;
}

static void
append_u32 (GByteArray *to,
            guint32     value)
{
  guint8 bytes[] = { value >> 24, value >> 16, value >> 8, value };

  g_byte_array_append (to, bytes, sizeof bytes);
}

static void
append_chunk (GByteArray   *png,
              const char   *type,
              const guint8 *bytes,
              gsize         length)
{
  guint start = png->len + 4;

  append_u32 (png, length);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, bytes, length);
  append_u32 (png, crc_of (png->data + start, png->len - start));
}

/* A whole picture of black and white, each pixel of it: 20000 × 20000 are 50 kB. */
static GByteArray *
make_png (guint32 side)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GConverter) deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  gsize    rows = (gsize) side * (1 + (side + 7) / 8), room = rows / 500 + 4096, n_read, n_written;
  g_autofree guint8 *zeros = g_malloc0 (rows);
  g_autofree guint8 *data = g_malloc (room);
  static const guint8 rest[] = { 1, 0, 0, 0, 0 };

  g_assert_cmpint (g_converter_convert (deflate, zeros, rows, data, room, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                                        NULL), ==, G_CONVERTER_FINISHED);
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_u32 (head, side);
  append_u32 (head, side);
  g_byte_array_append (head, rest, sizeof rest);
  append_chunk (png, "IHDR", head->data, head->len);
  append_chunk (png, "IDAT", data, n_written);
  append_chunk (png, "IEND", NULL, 0);

  return png;
}

static char *
make_avif (const char *folder)
{
  static const guint8 file[] = {
    0, 0, 0, 20, 'f', 't', 'y', 'p', 'a', 'v', 'i', 'f', 0, 0, 0, 0, 'a', 'v', 'i', 'f',
    0, 0, 0, 48, 'm', 'e', 't', 'a', 0, 0, 0, 0,
    0, 0, 0, 36, 'i', 'p', 'r', 'p', 0, 0, 0, 28, 'i', 'p', 'c', 'o',
    0, 0, 0, 20, 'i', 's', 'p', 'e', 0, 0, 0, 0, 0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40,
  };

  return media_write (folder, "bomb.avif", file, sizeof file);
}

/* A few kilobytes that ask for more memory than there should be: refused by what their first bytes say. */
static void
test_bomb (void)
{
  static const guint8 gif[] = { 'G', 'I', 'F', '8', '9', 'a', 0x30, 0x75, 0x30, 0x75, 0x91, 0, 0, 0, 0, 0, 255, 255, 255,
                                255, 0, 0, 0, 255, 0, 0x2c, 0, 0, 0, 0, 0x30, 0x75, 0x30, 0x75, 0, 2, 2, 0x4c, 0x01, 0, 0x3b };
  static const guint8 extended[] = { 'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X', 10, 0, 0, 0,
                                     0, 0, 0, 0, 0x3f, 0x1f, 0, 0x3f, 0x1f, 0 };
  static const guint8 animated[] = { 'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X', 10, 0, 0, 0,
                                     2, 0, 0, 0, 0x87, 0x13, 0, 0x87, 0x13, 0 };
  static const guint8 lossless[] = { 'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'L', 10, 0, 0, 0,
                                     0x2f, 0x3f, 0xdf, 0xcf, 0x07, 0, 0, 0, 0, 0 };
  static const guint8 lossy[] = { 'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', ' ', 10, 0, 0, 0,
                                  0, 0, 0, 0x9d, 1, 0x2a, 0x40, 0x1f, 0x40, 0x1f };
  g_autofree char *folder = media_folder_new ();
  g_autoptr (GByteArray) png = make_png (20000);
  const struct
  {
    char       *path;
    const char *words;
  } cases[] = {
    { media_write (folder, "bomb.png", png->data, png->len), "20000×20000 pixels, which are 400 megapixels; at most 80" },
    { media_write (folder, "bomb.gif", gif, sizeof gif), "30000×30000 pixels, which are 900 megapixels; at most 80" },
    { media_write (folder, "bomb.webp", extended, sizeof extended), "8000×8000 pixels, which are 64 megapixels; at most 40" },
    { media_write (folder, "moving.webp", animated, sizeof animated), "5000×5000 pixels, which are 25 megapixels; at most 24" },
    { media_write (folder, "lossless.webp", lossless, sizeof lossless), "8000×8000 pixels, which are 64 megapixels; at most 40" },
    { media_write (folder, "lossy.webp", lossy, sizeof lossy), "8000×8000 pixels, which are 64 megapixels; at most 40" },
    { make_avif (folder), "8000×8000 pixels, which are 64 megapixels; at most 40" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (cases[i].path);
      g_autofree char *format = g_strdup (strrchr (cases[i].path, '.') + 1);
      g_autofree char *mime_type = g_strconcat ("image/", format, NULL);
      g_autoptr (GdkPixbufLoader) reader = gdk_pixbuf_loader_new_with_mime_type (mime_type, NULL);
      DailiesAsset *asset = dailies_asset_new_for_file (file);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].path);
      if (reader != NULL)
        {
          gdk_pixbuf_loader_close (reader, NULL);
          error = load (asset, NULL);
          g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
          g_assert_nonnull (strstr (error->message, cases[i].words));
          g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_FAILED);
        }
      g_assert_finalize_object (asset);
      g_free (cases[i].path);
    }

  media_folder_remove (folder);
}

/* What is decoded by other means is asked for its size first. */
static void
test_check_picture (void)
{
  const guint32 sides[] = { 16, 9000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (make_png (sides[i]));
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (dailies_probe_check_picture (bytes, "It", &error), ==, sides[i] < 9000);
      if (sides[i] == 9000)
        g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
      else
        g_assert_no_error (error);
    }
}

static void
test_summary (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *image = media_make_image (folder, "a.png", "png", 320, 200);
  g_autofree char *clip = media_make_clip (folder, "a.mp4", "mp4mux", 320, 180, 24, 36, FALSE);
  g_autoptr (DailiesAsset) picture = load_path (image);
  g_autoptr (DailiesAsset) video = load_path (clip);
  g_autoptr (DailiesAsset) remote = dailies_asset_new_for_value ("https://example.com/a.png", NULL);
  g_autofree char *of_picture = dailies_asset_dup_summary (picture);
  g_autofree char *of_video = dailies_asset_dup_summary (video);
  g_autofree char *of_remote = dailies_asset_dup_summary (remote);

  g_assert_true (g_str_has_prefix (of_picture, "320×200 · "));
  g_assert_true (g_str_has_suffix (of_picture, " kB"));
  g_assert_true (g_str_has_prefix (of_video, "1.5 s · 180p24 · "));
  g_assert_cmpstr (of_remote, ==, "example.com");

  media_folder_remove (folder);
}

static void
count_cb (DailiesAsset *asset,
          GParamSpec   *pspec,
          GHashTable   *seen)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, pspec->name));

  g_hash_table_insert (seen, (gpointer) pspec->name, GUINT_TO_POINTER (n + 1));
}

static void
test_properties (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_clip (folder, "a.mp4", "mp4mux", 320, 180, 24, 36, TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  g_autofree char *name = NULL, *uri = NULL, *key = NULL, *container = NULL, *mime_type = NULL;
  g_autoptr (GdkPixbuf) thumbnail = NULL;
  g_autoptr (GError) none = NULL;
  DailiesAssetState state;
  DailiesMediaKind  kind;
  gint64   bytes;
  int      width, height;
  double   seconds, fps;
  gboolean has_sound;

  g_signal_connect (asset, "notify", G_CALLBACK (count_cb), seen);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_object_get (asset, "state", &state, "error", &none, "name", &name, "uri", &uri, "key", &key, "kind", &kind,
                "container", &container, "mime-type", &mime_type, "bytes", &bytes, "width", &width,
                "height", &height, "seconds", &seconds, "fps", &fps, "has-sound", &has_sound,
                "thumbnail", &thumbnail, NULL);
  g_assert_cmpint (state, ==, DAILIES_ASSET_READY);
  g_assert_null (none);
  g_assert_cmpstr (name, ==, "a.mp4");
  g_assert_cmpstr (uri, ==, dailies_asset_get_uri (asset));
  g_assert_cmpstr (key, ==, dailies_asset_get_key (asset));
  g_assert_cmpint (kind, ==, DAILIES_MEDIA_VIDEO);
  g_assert_cmpstr (container, ==, "mp4");
  g_assert_cmpstr (mime_type, ==, "video/mp4");
  g_assert_cmpint (bytes, ==, dailies_asset_get_bytes (asset));
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 180);
  g_assert_cmpfloat_with_epsilon (seconds, 1.5, 0.1);
  g_assert_cmpfloat_with_epsilon (fps, 24, 0.01);
  g_assert_true (has_sound);
  g_assert_nonnull (thumbnail);

  /* LOADING, then READY. */
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (seen, "state")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (seen, "key")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (seen, "thumbnail")), ==, 1);
  g_assert_finalize_object (asset);

  media_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/asset/images", test_images);
  g_test_add_func ("/asset/exif-rotation", test_exif_rotation);
  g_test_add_func ("/asset/clips", test_clips);
  g_test_add_func ("/asset/wide-pixels", test_wide_pixels);
  g_test_add_func ("/asset/fragments", test_fragments);
  g_test_add_func ("/asset/webm", test_webm);
  g_test_add_func ("/asset/sound-only", test_sound_only);
  g_test_add_func ("/asset/key", test_key);
  g_test_add_func ("/asset/bad-files", test_bad_files);
  g_test_add_func ("/asset/unreadable", test_unreadable);
  g_test_add_func ("/asset/data-without-media", test_data_without_media);
  g_test_add_func ("/asset/load-again", test_load_again);
  g_test_add_func ("/asset/changed-while-read", test_changed_while_read);
  g_test_add_func ("/asset/fraction", test_fraction);
  g_test_add_func ("/asset/cancel", test_cancel);
  g_test_add_func ("/asset/two-loads", test_two_loads);
  g_test_add_func ("/asset/values", test_values);
  g_test_add_func ("/asset/near", test_near);
  g_test_add_func ("/asset/remote", test_remote);
  g_test_add_func ("/asset/bomb", test_bomb);
  g_test_add_func ("/asset/check-picture", test_check_picture);
  g_test_add_func ("/asset/summary", test_summary);
  g_test_add_func ("/asset/properties", test_properties);

  return g_test_run ();
}
