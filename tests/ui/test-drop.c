/* test-drop.c: parsing of what drags and clipboards bring, and reading it from a clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-drop-private.h"

#include <glib/gstdio.h>

static void
assert_values (char      **values,
               const char *expected)
{
  g_autofree char *joined = g_strjoinv (" ", values);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *values;
  } cases[] = {
    { "", "" },
    { "file:///a/b.png\r\nfile:///c.png\r\n", "file:///a/b.png file:///c.png" },
    { "# a comment\r\nhttps://example.org/x.png\r\n", "https://example.org/x.png" },
    { "  https://example.org/x.png  ", "https://example.org/x.png" },
    { "/home/me/a picture.png", "/home/me/a picture.png" },
    { "data:image/png;base64,AAAA", "data:image/png;base64,AAAA" },
    { "HTTPS://EXAMPLE.ORG/X.PNG", "HTTPS://EXAMPLE.ORG/X.PNG" },
    { "http://example.org/x.png", "http://example.org/x.png" },
    { "a walk: over the roofs", "" },
    { "javascript:alert(1)", "" },
    { "just words\nand more", "" },
    { "words\nhttps://example.org/x.png\nwords", "https://example.org/x.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) values = dailies_drop_parse_text (cases[i].text);

      assert_values (values, cases[i].values);
    }
}

static void
test_moz_url (void)
{
  static const struct
  {
    const char *text;
    const char *encoding;
    const char *values;
  } cases[] = {
    { "https://example.org/x.png\nA title", "UTF-16LE", "https://example.org/x.png" },
    { "https://example.org/x.png\nhttps://a.title/", "UTF-16LE", "https://example.org/x.png" },
    { "https://example.org/x.png\nA title", "UTF-16BE", "https://example.org/x.png" },
    { "\xef\xbb\xbfhttps://example.org/x.png\nA title", "UTF-16BE", "https://example.org/x.png" },
    { "\xef\xbb\xbfhttps://example.org/x.png\nA title", "UTF-16LE", "https://example.org/x.png" },
    { "https://example.org/x.png\nA title", "UTF-8", "https://example.org/x.png" },
    { "https://a.org/1\none\nhttps://a.org/2\ntwo", "UTF-16LE", "https://a.org/1 https://a.org/2" },
    { "", "UTF-8", "" },
    { "x", "UTF-8", "" },
    { "words\nwords", "UTF-16LE", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = 0;
      char *data = g_convert (cases[i].text, -1, cases[i].encoding, "UTF-8", NULL, &length, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
      g_auto (GStrv) values = dailies_drop_parse_moz_url (bytes);

      assert_values (values, cases[i].values);
    }
}

static void
test_kinds (void)
{
  static const struct
  {
    const char      *type;
    DailiesMediaKind kind;
  } cases[] = {
    { "image/png", DAILIES_MEDIA_IMAGE },       { "image/avif", DAILIES_MEDIA_IMAGE },
    { "video/mp4", DAILIES_MEDIA_VIDEO },       { "video/quicktime", DAILIES_MEDIA_VIDEO },
    { "audio/flac", DAILIES_MEDIA_AUDIO },      { "text/plain", DAILIES_MEDIA_UNKNOWN },
    { "inode/directory", DAILIES_MEDIA_UNKNOWN }, { NULL, DAILIES_MEDIA_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dailies_drop_kind_of_content_type (cases[i].type), ==, cases[i].kind);
  g_assert_cmpstr (dailies_drop_extension_for_mime ("image/jpeg"), ==, "jpg");
  g_assert_null (dailies_drop_extension_for_mime ("image/bmp"));
  g_assert_null (dailies_drop_extension_for_mime (NULL));
}

static void
test_values (void)
{
  g_autoptr (DailiesDrop) drop = dailies_drop_new ();

  dailies_drop_add_values (drop, (const char *const[]) { "https://example.org/clip.mp4?x=1",
                                                         "http://example.org/x.png",
                                                         "https://example.org/pages/", NULL });
  g_assert_cmpuint (drop->assets->len, ==, 2);
  g_assert_cmpuint (drop->complaints->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "http"));
  g_assert_cmpint (dailies_drop_get_kind (drop, 0), ==, DAILIES_MEDIA_VIDEO);
  g_assert_cmpint (dailies_drop_get_kind (drop, 1), ==, DAILIES_MEDIA_UNKNOWN);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  DailiesDrop **drop = user_data;
  g_autoptr (GError) error = NULL;

  *drop = dailies_drop_read_finish (result, &error);
  g_assert_no_error (error);
}

static DailiesDrop *
paste (GdkContentProvider *provider)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (""));
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  DailiesDrop *drop = NULL;

  g_assert_true (gdk_clipboard_set_content (clipboard, provider));
  dailies_drop_paste_async (widget, clipboard, NULL, read_cb, &drop);
  while (drop == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* The clipboard keeps it until the next one: what is given up is told by the display later, when that has it again, and
   * GDK then takes it for somebody else's. */
  g_object_unref (provider);
  g_object_unref (widget);
  return drop;
}

static void
test_paste_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "a picture.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GFile) gone = g_file_new_for_path ("/nowhere/at/\351-all.png");
  GFile *files[] = { file, folder, gone };
  GdkFileList *list;
  g_autoptr (DailiesDrop) drop = NULL;

  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n", 8, NULL));
  list = gdk_file_list_new_from_array (files, G_N_ELEMENTS (files));
  drop = paste (gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list));
  g_boxed_free (GDK_TYPE_FILE_LIST, list);

  g_assert_cmpuint (drop->assets->len, ==, 1);
  g_assert_cmpstr (dailies_asset_get_name (g_ptr_array_index (drop->assets, 0)), ==,
                   "a picture.png");
  g_assert_cmpint (dailies_drop_get_kind (drop, 0), ==, DAILIES_MEDIA_IMAGE);
  g_assert_cmpuint (drop->complaints->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "folder"));
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 1), "is not there any more"));
  /* Its name is not UTF-8, and what is said of it is. */
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 1), "-all.png"));
  g_assert_true (g_utf8_validate (g_ptr_array_index (drop->complaints, 1), -1, NULL));
  g_remove (path);
}

/* Among others, what its name does not tell is looked into: it would take the place of one of them. */
static void
test_paste_other_files (void)
{
  static const struct
  {
    const char *name, *contents;
    gssize      length;
  } made[] = {
    { "notes.txt", "look at this", -1 }, { "scan.dat", "\x89PNG\r\n\x1a\n", 8 }, { "nothing.dat", "", 0 }, { "a.png", "\x89PNG", 4 },
  };
  GFile *files[G_N_ELEMENTS (made)];
  GdkFileList *list;
  g_autoptr (DailiesDrop) drop = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      files[i] = g_file_new_build_filename (g_get_user_runtime_dir (), made[i].name, NULL);
      g_assert_true (g_file_set_contents (g_file_peek_path (files[i]), made[i].contents, made[i].length, NULL));
    }
  list = gdk_file_list_new_from_array (files, G_N_ELEMENTS (files));
  drop = paste (gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list));
  g_boxed_free (GDK_TYPE_FILE_LIST, list);

  g_assert_cmpuint (drop->complaints->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "“notes.txt” is not a picture"));
  g_assert_cmpuint (drop->assets->len, ==, 3);
  g_assert_cmpstr (dailies_asset_get_name (g_ptr_array_index (drop->assets, 0)), ==, "scan.dat");
  g_assert_cmpstr (dailies_asset_get_name (g_ptr_array_index (drop->assets, 2)), ==, "a.png");
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_file_delete (files[i], NULL, NULL);
      g_object_unref (files[i]);
    }
}

/* A list of addresses is told what an address has to be, in the words that text gets. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *uris[3];
    guint       assets;
    const char *says;
  } cases[] = {
    { { "ftp://example.org/x.png" }, 0, "nor an https address" },
    { { "javascript:alert(1)" }, 0, "nor an https address" },
    { { "ftp://example.org/x.png", "javascript:alert(1)" }, 0, "nor an https address" },
    { { "file:///dev/null", "ftp://example.org/x.png" }, 1, "nor an https address" },
    { { "smb://studio/plates/x.mov" }, 0, "Copy it to a local folder" },
    { { "http://example.org/x.png" }, 0, "not encrypted" },
    { { "https://example.org/x.png", "ftp://example.org/x.png" }, 1, "nor an https address" },
  };
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (""));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
      g_autoptr (DailiesDrop) drop = NULL;

      g_test_message ("%s", cases[i].uris[0]);
      for (guint k = 0; cases[i].uris[k] != NULL; k++)
        {
          g_autoptr (GFile) file = g_file_new_for_uri (cases[i].uris[k]);

          g_list_store_append (files, file);
        }
      dailies_drop_take_files_async (widget, G_LIST_MODEL (files), NULL, read_cb, &drop);
      while (drop == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (drop->assets->len, ==, cases[i].assets);
      g_assert_cmpuint (drop->complaints->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), cases[i].says));
    }
  g_object_unref (widget);
}

static void
test_paste_words (void)
{
  static const struct
  {
    const char *text;
    guint       assets;
    guint       complaints;
  } cases[] = {
    { "https://example.org/x.png", 1, 0 },
    { "only words", 0, 1 },
    { "http://example.org/x.png", 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesDrop) drop = NULL;

      drop = paste (gdk_content_provider_new_typed (G_TYPE_STRING, cases[i].text));
      g_assert_cmpuint (drop->assets->len, ==, cases[i].assets);
      g_assert_cmpuint (drop->complaints->len, ==, cases[i].complaints);
    }
}

/* A picture without a file can only be kept where there is a library: it is told, not lost without a word. */
static void
test_paste_picture_without_library (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 4);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (DailiesDrop) drop = NULL;

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  drop = paste (gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture));
  g_assert_cmpuint (drop->assets->len, ==, 0);
  g_assert_cmpuint (drop->complaints->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "library"));
}

/* What another program offers may have no end. */
static void
test_paste_too_much (void)
{
  g_autofree char *data = g_malloc0 (300000);
  g_autoptr (GBytes) bytes = g_bytes_new (data, 300000);
  gsize before = dailies_drop_get_max_bytes ();
  g_autoptr (DailiesDrop) drop = NULL;

  g_assert_cmpuint (before, ==, 512000000);
  dailies_drop_set_max_bytes (200000);
  drop = paste (gdk_content_provider_new_for_bytes ("image/png", bytes));
  g_assert_cmpuint (drop->assets->len, ==, 0);
  g_assert_cmpuint (drop->complaints->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "larger than 200.0"));
  dailies_drop_free (drop);

  /* What is within the limit is read to its end; here there is no library to keep it. */
  dailies_drop_set_max_bytes (300000);
  drop = paste (gdk_content_provider_new_for_bytes ("image/png", bytes));
  g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "library"));
  dailies_drop_set_max_bytes (before);
}

/* What GDK would decode by itself, and text, end at the same limit and are told in the same words. */
static void
test_paste_too_much_of_others (void)
{
  static const char *const cases[] = {
    "image/bmp", "image/tiff", "text/plain;charset=utf-8", "text/plain", "text/x-moz-url",
  };
  gsize before = dailies_drop_get_max_bytes ();
  g_autofree char *data = g_malloc (300000);
  g_autoptr (GBytes) bytes = NULL;

  memset (data, ' ', 300000);
  bytes = g_bytes_new (data, 300000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesDrop *drop;

      g_test_message ("%s", cases[i]);
      dailies_drop_set_max_bytes (200000);
      drop = paste (gdk_content_provider_new_for_bytes (cases[i], bytes));
      g_assert_cmpuint (drop->assets->len, ==, 0);
      g_assert_cmpuint (drop->complaints->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "larger than 200.0"));
      dailies_drop_free (drop);

      /* Within the limit all of it is read, and there is nothing in it. */
      dailies_drop_set_max_bytes (300000);
      drop = paste (gdk_content_provider_new_for_bytes (cases[i], bytes));
      g_assert_cmpuint (drop->complaints->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "neither a file nor a picture"));
      dailies_drop_free (drop);
    }
  dailies_drop_set_max_bytes (before);
}

/* A picture in a format that no service takes is decoded; here there is no library to keep it. */
static void
test_paste_other_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 4);
  static const char *const formats[] = { "bmp", "tiff" };

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *mime_type = g_strconcat ("image/", formats[i], NULL);
      g_autoptr (DailiesDrop) drop = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      char *data;
      gsize length;

      gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, formats[i], &error, NULL);
      g_assert_no_error (error);
      bytes = g_bytes_new_take (data, length);
      drop = paste (gdk_content_provider_new_for_bytes (mime_type, bytes));
      g_assert_cmpuint (drop->complaints->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (drop->complaints, 0), "library is not open"));
    }
}

/* GDK makes of a list of addresses a list of files, and one file. */
static void
test_paste_address_twice (void)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("https://example.org/x.png");
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list), gdk_content_provider_new_typed (G_TYPE_FILE, file),
  };
  g_autoptr (DailiesDrop) drop = paste (gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers)));

  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  g_assert_cmpuint (drop->assets->len, ==, 1);
  g_assert_cmpuint (drop->complaints->len, ==, 0);
}

static void
test_paste_text_of_others (void)
{
  static const struct
  {
    const char *mime_type;
    const char *text;
    guint       assets;
  } cases[] = {
    { "text/plain;charset=utf-8", "https://example.org/x.png", 1 },
    { "text/plain", "words\nhttps://example.org/x.png\n", 1 },
    { "text/plain;charset=utf-8", "https://example.org/\xff.png", 1 },
    { "text/plain;charset=utf-8", "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (DailiesDrop) drop = paste (gdk_content_provider_new_for_bytes (cases[i].mime_type, bytes));
      g_autofree char *shown = g_utf8_make_valid (cases[i].text, -1);

      g_test_message ("%s", shown);
      g_assert_cmpuint (drop->assets->len, ==, cases[i].assets);
      g_assert_cmpuint (drop->complaints->len, ==, 1 - cases[i].assets);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drop/text", test_text);
  g_test_add_func ("/drop/moz-url", test_moz_url);
  g_test_add_func ("/drop/kinds", test_kinds);
  g_test_add_func ("/drop/values", test_values);
  g_test_add_func ("/drop/addresses", test_addresses);
  g_test_add_func ("/drop/paste/files", test_paste_files);
  g_test_add_func ("/drop/paste/other-files", test_paste_other_files);
  g_test_add_func ("/drop/paste/words", test_paste_words);
  g_test_add_func ("/drop/paste/address-twice", test_paste_address_twice);
  g_test_add_func ("/drop/paste/picture-without-library", test_paste_picture_without_library);
  g_test_add_func ("/drop/paste/too-much", test_paste_too_much);
  g_test_add_func ("/drop/paste/too-much-of-others", test_paste_too_much_of_others);
  g_test_add_func ("/drop/paste/other-picture", test_paste_other_picture);
  g_test_add_func ("/drop/paste/text-of-others", test_paste_text_of_others);
  return g_test_run ();
}
