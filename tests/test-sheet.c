/* test-sheet.c: contact sheets, looked at again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "barcode-clip.h"
#include "media.h"

#include "dailies-error.h"
#include "dailies-sheet.h"

static char *folder;

static const BarcodeClip clips[] = {
  { "one.mp4", 320, 180, 24, 1, 48 },
  { "two.mp4", 320, 180, 25, 1, 73 },
  { "upright.mp4", 180, 320, 24, 1, 24 },
  { "long-sound.mp4", 320, 180, 24, 1, 24, .sound = 136 },
};

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

static gboolean
write_sheet (DailiesSheet *sheet, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = file_named (name);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_sheet_write_async (sheet, file, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dailies_sheet_write_finish (result, error);
}

static void
add (DailiesSheet *sheet, const char *file_name, const char *name)
{
  g_autoptr (GFile) clip = file_named (file_name);

  dailies_sheet_add_cut (
    sheet,
    clip,
    name,
    "A fox turns its head in falling snow, the light behind it grows warmer, and "
    "for a moment it looks straight into the camera before it trots off. "
    "Handheld, shallow focus, grain of 16 mm film, no cuts, no words, a prompt "
    "that is far longer than there is room for on any sheet",
    "1080p · 24 fps · 2.0 s");
}

static gboolean
is_white (GdkPixbuf *pixbuf, int x, int y)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) +
                        (gsize) y * gdk_pixbuf_get_rowstride (pixbuf) +
                        x * gdk_pixbuf_get_n_channels (pixbuf);

  return pixel[1] > 127;
}

/* The number burnt into the picture whose left edge is at @x, read along the row @y; -1: no bars
 * there */
static int
read_number (GdkPixbuf *pixbuf, double x, double width, int y)
{
  int code = 0;

  for (int bar = 0; bar < BARCODE_BARS; bar++)
    code |= is_white (pixbuf, x + (2 * bar + 1) * width / (2 * BARCODE_BARS), y) << bar;

  return code >> 10 == 1 ? code & 1023 : -1;
}

static void
test_png (void)
{
  static const int expected[2][4] = { { 0, 16, 31, 47 }, { 0, 24, 48, 72 } };
  DailiesSheet    *sheet = dailies_sheet_new ("A fox in the snow");
  g_autofree char *path = g_build_filename (folder, "sheet.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  double cell = (2400 - 2 * 60 - 3 * 18) / 4.0;
  int    rows = 0;

  add (sheet, "one.mp4", "Cut 1");
  add (sheet, "two.mp4", "Cut 2");
  dailies_sheet_set_columns (sheet, 4);
  g_assert_true (write_sheet (sheet, "sheet.png", NULL, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (sheet);

  pixbuf = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 2400);
  /* Down the sheet: wherever the last picture of a row can be read, all of that row can. */
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf) && rows < 2; y++)
    {
      int last = read_number (pixbuf, 60 + 3 * (cell + 18), cell, y);

      if (last != expected[rows][3])
        continue;
      for (guint i = 0; i < 4; i++)
        g_assert_cmpint (
          read_number (pixbuf, 60 + i * (cell + 18), cell, y + 40), ==, expected[rows][i]);
      rows++;
    }
  g_assert_cmpint (rows, ==, 2);
}

/* Down the sheet: whether there is a row that begins with frames of these numbers. */
static gboolean
has_row (const char *name, guint columns, int first, int second)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  const double cell = (2400 - 2 * 60 - (columns - 1) * 18) / (double) columns;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      if (read_number (pixbuf, 60, cell, y) == first &&
          read_number (pixbuf, 60 + cell + 18, cell, y) == second)
        return TRUE;
    }

  return FALSE;
}

/* The frames are spread over the picture, however long the sound goes on. */
static void
test_long_sound (void)
{
  static const struct
  {
    gint64 in, out;
    int    first, second;
  } cases[] = {
    { -1, -1, 0, 12 },
    { GST_SECOND / 2, -1, 12, 18 },
    { GST_SECOND / 2, 2 * GST_SECOND, 12, 18 },
    { 2 * GST_SECOND, -1, 23, 23 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesSheet) sheet = dailies_sheet_new (NULL);
      g_autoptr (GError) error = NULL;

      add (sheet, "long-sound.mp4", "Cut 1");
      dailies_sheet_set_columns (sheet, 3);
      dailies_sheet_set_range (sheet, cases[i].in, cases[i].out);
      g_assert_true (write_sheet (sheet, "long-sound.png", NULL, &error));
      g_assert_no_error (error);
      g_assert_true (has_row ("long-sound.png", 3, cases[i].first, cases[i].second));
    }
}

static void
test_range_of_one (void)
{
  DailiesSheet *sheet = dailies_sheet_new (NULL);

  add (sheet, "one.mp4", "Cut 1");
  dailies_sheet_set_columns (sheet, 2);
  dailies_sheet_set_range (sheet, GST_SECOND / 2, 23 * GST_SECOND / 24);
  g_assert_true (write_sheet (sheet, "range.png", NULL, NULL));
  g_object_unref (sheet);
  g_assert_true (has_row ("range.png", 2, 12, 23));
}

/* How many pages, and their size */
static void
read_pdf (const char *name, guint *n_pages, gboolean *lying)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length;
  const char      *box;
  double           width = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  *n_pages = 0;
  for (const char *p = bytes; (p = memmem (p, bytes + length - p, "/Type /Page ", 12)) != NULL; p++)
    (*n_pages)++;
  box = memmem (bytes, length, "/MediaBox [", 11);
  g_assert_nonnull (box);
  g_assert_cmpint (sscanf (box, "/MediaBox [ 0 0 %lf", &width), ==, 1);
  *lying = width > 700;
  g_assert_cmpuint (length, <, 3 * 1000 * 1000);
}

static void
test_pdf (void)
{
  static const struct
  {
    const char *clip;
    guint       n_cuts, columns;
    guint       n_pages;
    gboolean    lying;
  } cases[] = {
    { "one.mp4", 3, 6, 1, TRUE },      { "one.mp4", 3, 3, 1, FALSE },
    { "one.mp4", 12, 6, 4, TRUE },     { "upright.mp4", 2, 6, 1, FALSE },
    { "upright.mp4", 2, 12, 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesSheet) sheet = dailies_sheet_new ("A fox in the snow");
      g_autoptr (GError) error = NULL;
      guint    n_pages;
      gboolean lying;

      for (guint k = 0; k < cases[i].n_cuts; k++)
        add (sheet, cases[i].clip, "Cut");
      dailies_sheet_set_columns (sheet, cases[i].columns);
      g_assert_true (write_sheet (sheet, "sheet.PDF", NULL, &error));
      g_assert_no_error (error);
      read_pdf ("sheet.PDF", &n_pages, &lying);
      g_test_message ("case %u: %u pages", i, n_pages);
      g_assert_cmpint (lying, ==, cases[i].lying);
      g_assert_cmpuint (n_pages, ==, cases[i].n_pages);
    }
}

static void
test_refused (void)
{
  g_autoptr (DailiesSheet) empty = dailies_sheet_new (NULL);
  g_autoptr (DailiesSheet) missing = dailies_sheet_new (NULL);
  g_autoptr (DailiesSheet) cancelled = dailies_sheet_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = file_named ("no.pdf");
  g_autoptr (GError) error = NULL;

  g_assert_false (write_sheet (empty, "no.pdf", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  add (missing, "nowhere.mp4", "Cut 1");
  g_assert_false (write_sheet (missing, "no.pdf", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  add (cancelled, "one.mp4", "Cut 1");
  g_assert_false (write_sheet (cancelled, "no.pdf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (file, NULL));
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

  g_test_add_func ("/sheet/png", test_png);
  g_test_add_func ("/sheet/range-of-one", test_range_of_one);
  g_test_add_func ("/sheet/long-sound", test_long_sound);
  g_test_add_func ("/sheet/pdf", test_pdf);
  g_test_add_func ("/sheet/refused", test_refused);

  status = g_test_run ();
  media_folder_remove (folder);
  g_free (folder);

  return status;
}
