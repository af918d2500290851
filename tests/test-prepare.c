/* test-prepare.c: pictures made anew: their size, format, bytes, colours, and what is said of those that cannot be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "wait.h"

#include <string.h>

#include "dailies-error.h"
#include "dailies-prepare.h"
#include "dailies-profile.h"

static char *folder;

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns: (transfer full): what is at @path, probed */
static DailiesAsset *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  DailiesAsset *asset = dailies_asset_new_for_file (file);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_asset_load_async (asset, NULL, keep_result_cb, &result);
  fixture_wait_seconds (result != NULL, 30);
  dailies_asset_load_finish (asset, result, NULL);
  return asset;
}

static GBytes *
prepare (DailiesAsset             *asset,
         const DailiesPicturePlan *plan,
         GCancellable             *cancellable,
         const char              **format,
         GError                  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_prepare_picture_async (asset, plan, cancellable, keep_result_cb, &result);
  fixture_wait_seconds (result != NULL, 60);
  return dailies_prepare_picture_finish (result, format, error);
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

/* Returns: (transfer full): what became of the picture at @path, after looking at its size and format */
static GdkPixbuf *
make (const char               *path,
      const DailiesPicturePlan *plan,
      const char               *wanted_format,
      int                       width,
      int                       height)
{
  g_autoptr (DailiesAsset) asset = load (path);
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  g_autoptr (GBytes) bytes = prepare (asset, plan, NULL, &format, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (format, ==, wanted_format);
  if (plan->most_bytes >= 0)
    g_assert_cmpuint (g_bytes_get_size (bytes), <=, plan->most_bytes);
  pixbuf = decode (bytes);
  if (width > 0)
    {
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
    }
  return g_steal_pointer (&pixbuf);
}

static void
test_keeps (void)
{
  g_autofree char *png = media_make_image (folder, "a.png", "png", 400, 300);
  g_autofree char *jpg = media_make_image (folder, "a.jpg", "jpeg", 400, 300);
  g_autofree char *bmp = media_make_image (folder, "a.bmp", "bmp", 400, 300);
  DailiesPicturePlan plan = { 0, 0, 400, 300, 400, 300, 0, 0, -1, NULL };
  g_autoptr (GdkPixbuf) before = gdk_pixbuf_new_from_file (png, NULL);
  g_autoptr (GdkPixbuf) after = make (png, &plan, "png", 400, 300);

  /* Nothing is lost that need not be. */
  g_assert_cmpmem (gdk_pixbuf_read_pixels (after), gdk_pixbuf_get_byte_length (after), gdk_pixbuf_read_pixels (before),
                   gdk_pixbuf_get_byte_length (before));
  g_object_unref (make (jpg, &plan, "jpg", 400, 300));
  g_object_unref (make (bmp, &plan, "png", 400, 300));
}

static void
test_formats (void)
{
  g_autofree char *png = media_make_image (folder, "b.png", "png", 400, 300);
  g_autofree char *jpg = media_make_image (folder, "b.jpg", "jpeg", 400, 300);
  const char *only_jpg[] = { "jpeg", NULL };
  const char *only_png[] = { "webp", "PNG", NULL };
  const char *neither[] = { "webp", NULL };
  DailiesPicturePlan plan = { 0, 0, 400, 300, 400, 300, 0, 0, -1, (char **) only_jpg };

  g_object_unref (make (png, &plan, "jpg", 400, 300));
  plan.formats = (char **) only_png;
  g_object_unref (make (jpg, &plan, "png", 400, 300));
  g_assert_true (dailies_prepare_can_write (NULL));
  g_assert_true (dailies_prepare_can_write (only_jpg));
  g_assert_true (dailies_prepare_can_write (only_png));
  g_assert_false (dailies_prepare_can_write (neither));
}

static void
fill (GdkPixbuf *pixbuf,
      int        x,
      int        width,
      guint32    colour)
{
  g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (pixbuf, x, 0, width, gdk_pixbuf_get_height (pixbuf));

  gdk_pixbuf_fill (part, colour);
}

static guint32
colour_at (GdkPixbuf *pixbuf,
           int        x,
           int        y)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf) +
                        (gsize) x * gdk_pixbuf_get_n_channels (pixbuf);

  return (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
}

static char *
save (GdkPixbuf  *pixbuf,
      const char *name,
      const char *type,
      const char *key,
      const char *value)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_save (pixbuf, path, type, &error, key, value, NULL);
  g_assert_no_error (error);
  return path;
}

/* The middle is what stays, in its colours. */
static void
test_crops (void)
{
  g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1000, 200);
  g_autoptr (GdkPixbuf) after = NULL;
  g_autofree char *path = NULL;
  DailiesPicturePlan plan = { 250, 0, 500, 200, 750, 300, 0, 0, -1, NULL };

  fill (whole, 0, 250, 0xff0000ff);
  fill (whole, 250, 500, 0x20c040ff);
  fill (whole, 750, 250, 0x0000ffff);
  path = save (whole, "wide.png", "png", NULL, NULL);
  after = make (path, &plan, "png", 750, 300);
  g_assert_cmphex (colour_at (after, 1, 150), ==, 0x20c040);
  g_assert_cmphex (colour_at (after, 748, 150), ==, 0x20c040);
}

/* The head of a JPEG with EXIF of one entry, the orientation. Returns: (transfer full): the path of a copy of @path that has it */
static char *
turn (const char *path,
      const char *name,
      guint8      orientation)
{
  const guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3,
                          0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_byte_array_append (file, (guint8 *) bytes, 2);
  g_byte_array_append (file, exif, sizeof exif);
  g_byte_array_append (file, (guint8 *) bytes + 2, length - 2);
  return media_write (folder, name, file->data, file->len);
}

/* A telephone's photo lies on its side in the file; sizes and parts are of what is seen. */
static void
test_turned (void)
{
  g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 200);
  g_autoptr (GdkPixbuf) after = NULL;
  g_autofree char *path = NULL;
  g_autofree char *turned = NULL;
  DailiesPicturePlan plan = { 0, 0, 200, 200, 200, 200, 0, 0, -1, NULL };

  fill (whole, 0, 200, 0xf01010ff);
  fill (whole, 200, 200, 0x1010f0ff);
  path = save (whole, "lies.jpg", "jpeg", "quality", "95");
  turned = turn (path, "turned.jpg", 6);

  /* Turned clockwise the left half is above: the upper square is red all over. */
  after = make (turned, &plan, "jpg", 200, 200);
  g_assert_cmpint (colour_at (after, 100, 20) >> 16, >, 0xd0);
  g_assert_cmpint (colour_at (after, 100, 180) >> 16, >, 0xd0);
}

/* Noise is what no format makes small. */
static char *
make_noise (const char *name,
            int         width,
            int         height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guint8) g_rand_int (rand);
  return save (pixbuf, name, "png", NULL, NULL);
}

static void
test_shrinks (void)
{
  g_autofree char *path = make_noise ("noise.png", 600, 400);
  DailiesPicturePlan plan = { 0, 0, 600, 400, 600, 400, 0, 0, 300000, NULL };
  g_autoptr (GdkPixbuf) smaller = NULL;

  /* 720 kB of pixels: a fair JPEG of the same size is enough … */
  g_object_unref (make (path, &plan, "jpg", 600, 400));
  /* … and then it is not, and the shape stays. */
  plan.most_bytes = 60000;
  smaller = make (path, &plan, "jpg", 0, 0);
  g_assert_cmpint (gdk_pixbuf_get_width (smaller), <, 600);
  /* Never a longer shape than it was. */
  g_assert_cmpfloat_with_epsilon (gdk_pixbuf_get_width (smaller) / (double) gdk_pixbuf_get_height (smaller), 1.49, 0.01);
}

static void
test_transparent (void)
{
  g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 400, 300);
  g_autoptr (GdkPixbuf) png = NULL;
  g_autoptr (GdkPixbuf) jpg = NULL;
  const char *only_jpg[] = { "jpg", NULL };
  g_autofree char *path = NULL;
  DailiesPicturePlan plan = { 0, 0, 400, 300, 400, 300, 0, 0, -1, NULL };

  fill (whole, 0, 200, 0xff0000ff);
  fill (whole, 200, 200, 0x00000000);
  path = save (whole, "clear.png", "png", NULL, NULL);
  png = make (path, &plan, "png", 400, 300);
  g_assert_true (gdk_pixbuf_get_has_alpha (png));
  plan.formats = (char **) only_jpg;
  jpg = make (path, &plan, "jpg", 400, 300);
  g_assert_cmphex (colour_at (jpg, 300, 150) & 0xf0f0f0, ==, 0xf0f0f0);
}

/* @bytes: of a profile of @space that says nothing of any colour; long ones take several segments */
static char *
make_profile (const char *space,
              gsize       bytes)
{
  g_autofree guchar *data = g_malloc (bytes);

  for (gsize i = 0; i < bytes; i++)
    data[i] = (guchar) (i * 7 + (i >> 8));
  /* A header and no tags, under the light of the ICC: as much as libpng looks at. */
  memset (data, 0, 132);
  memcpy (data + 68, "\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d", 12);
  data[1] = (guchar) (bytes >> 16);
  data[2] = (guchar) (bytes >> 8);
  data[3] = (guchar) bytes;
  memcpy (data + 12, "mntr", 4);
  memcpy (data + 16, space, 4);
  memcpy (data + 20, "XYZ ", 4);
  memcpy (data + 36, "acsp", 4);
  return g_base64_encode (data, bytes);
}

/* Whatever is done to it, its colours mean what they meant: in both formats, turned, and with a profile of any length. */
static void
test_profile (void)
{
  static const gsize lengths[] = { 400, 65519, 200000 };
  const char *only_png[] = { "png", NULL };
  DailiesPicturePlan plan = { 0, 0, 300, 300, 200, 200, 0, 0, -1, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *profile = make_profile ("RGB ", lengths[i]);
      g_autoptr (GBytes) raw = g_bytes_new_take (g_base64_decode (profile, &(gsize) { 0 }), lengths[i]);
      g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 300);
      g_autofree char *plain = NULL;
      g_autofree char *turned = NULL;
      g_autofree char *path = NULL;
      g_autofree char *contents = NULL;
      g_autoptr (GBytes) without = NULL;
      g_autoptr (GBytes) with = NULL;
      gsize length;

      gdk_pixbuf_fill (whole, 0x808080ff);
      plain = save (whole, "plain.jpg", "jpeg", "quality", "90");
      g_assert_true (g_file_get_contents (plain, &contents, &length, NULL));
      without = g_bytes_new_static (contents, length);
      with = dailies_profile_write_jpeg (without, raw);
      path = media_write (folder, "profile.jpg", g_bytes_get_data (with, NULL), g_bytes_get_size (with));
      turned = turn (path, "turned-profile.jpg", 6);
      for (guint k = 0; k < 4; k++)
        {
          g_autoptr (GdkPixbuf) after = NULL;

          plan.formats = k % 2 ? (char **) only_png : NULL;
          after = make (k < 2 ? path : turned, &plan, k % 2 ? "png" : "jpg", 200, 200);
          g_assert_cmpstr (gdk_pixbuf_get_option (after, "icc-profile"), ==, profile);
          g_assert_cmphex (colour_at (after, 100, 100) & 0xf0f0f0, ==, 0x808080);
        }
    }
}

/* One of paper, or a damaged one, says nothing of red, green and blue. */
static void
test_no_profile (void)
{
  g_autofree char *paper = make_profile ("CMYK", 400);
  g_autofree char *damaged = make_profile ("RGB ", 400);
  const char *bad[] = { paper, "AAAA", damaged };

  damaged[4] = 'z';
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 4);

      gdk_pixbuf_set_option (pixbuf, "icc-profile", bad[i]);
      g_assert_null (dailies_profile_read (pixbuf));
    }
}

static void
check_refused (const char               *path,
               const DailiesPicturePlan *plan,
               int                       code,
               const char               *words)
{
  g_autoptr (DailiesAsset) asset = load (path);
  g_autoptr (GError) error = NULL;
  const char *format = NULL;

  g_assert_null (prepare (asset, plan, NULL, &format, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DAILIES_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  g_autofree char *damaged = media_make_image (folder, "damaged.jpg", "jpeg", 400, 300);
  g_autofree char *noise = make_noise ("stays.png", 200, 200);
  g_autofree char *gone = g_build_filename (folder, "gone.png", NULL);
  DailiesPicturePlan plan = { 0, 0, 200, 200, 200, 200, 0, 0, 1000, NULL };

  g_assert_true (g_file_set_contents (damaged, "\xff\xd8\xff\xe0 and no more", -1, NULL));
  check_refused (damaged, &plan, DAILIES_ERROR_MEDIA, "“damaged.jpg”");
  check_refused (noise, &plan, DAILIES_ERROR_MEDIA, "0.001 MB");
  check_refused (gone, &plan, DAILIES_ERROR_DISK, "“gone.png”");
}

static void
test_cancelled (void)
{
  g_autofree char *path = make_noise ("slow.png", 600, 400);
  g_autoptr (DailiesAsset) asset = load (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  DailiesPicturePlan plan = { 0, 0, 600, 400, 600, 400, 0, 0, 1000, NULL };

  g_cancellable_cancel (cancellable);
  g_assert_null (prepare (asset, &plan, cancellable, &format, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  folder = media_folder_new ();
  g_test_add_func ("/prepare/keeps", test_keeps);
  g_test_add_func ("/prepare/formats", test_formats);
  g_test_add_func ("/prepare/crops", test_crops);
  g_test_add_func ("/prepare/turned", test_turned);
  g_test_add_func ("/prepare/shrinks", test_shrinks);
  g_test_add_func ("/prepare/transparent", test_transparent);
  g_test_add_func ("/prepare/profile", test_profile);
  g_test_add_func ("/prepare/no-profile", test_no_profile);
  g_test_add_func ("/prepare/refused", test_refused);
  g_test_add_func ("/prepare/cancelled", test_cancelled);
  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);
  return status;
}
