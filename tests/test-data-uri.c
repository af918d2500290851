/* test-data-uri.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-asset.h"
#include "dailies-error.h"
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

static GBytes *
read_all (DailiesAsset *asset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = dailies_asset_open (asset, NULL, &error);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
check_data_value (const char *value,
                  GBytes     *expected,
                  int         width)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, expected);
  DailiesAsset *asset = dailies_asset_new_for_value (value, &error);

  g_assert_no_error (error);
  error = load (asset, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (dailies_asset_get_width (asset), ==, width);
  g_assert_cmpint (dailies_asset_get_bytes (asset), ==, g_bytes_get_size (expected));
  g_assert_cmpstr (dailies_asset_get_key (asset), ==, sum);
  g_assert_cmpstr (dailies_asset_get_uri (asset), ==, value);
  bytes = read_all (asset);
  g_assert_true (g_bytes_equal (bytes, expected));
  g_assert_finalize_object (asset);
}

static void
test_data (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_make_image (folder, "a.png", "png", 320, 200);
  g_autofree char *clip = media_make_clip (folder, "a.mp4", "mp4mux", 320, 180, 24, 24, TRUE);
  const char *const paths[] = { path, clip };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      char              *contents;
      gsize              length;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char   *base64 = NULL;
      g_autofree char   *escaped_base64 = NULL;
      g_autofree char   *percent = NULL;
      g_autofree char   *plain_value = NULL;
      g_autofree char   *escaped_value = NULL;
      g_autofree char   *percent_value = NULL;

      g_assert_true (g_file_get_contents (paths[i], &contents, &length, NULL));
      bytes = g_bytes_new_take (contents, length);
      base64 = g_base64_encode ((guint8 *) contents, length);
      escaped_base64 = g_uri_escape_string (base64, NULL, FALSE);
      percent = g_uri_escape_bytes ((guint8 *) contents, length, NULL);

      /* What the value says of its type is not believed either. */
      plain_value = g_strdup_printf ("data:image/gif;base64,%s", base64);
      escaped_value = g_strdup_printf ("DATA:;x=\"y\";BASE64,%s", escaped_base64);
      percent_value = g_strdup_printf ("data:,%s", percent);
      check_data_value (plain_value, bytes, 320);
      check_data_value (escaped_value, bytes, 320);
      check_data_value (percent_value, bytes, 320);
    }

  media_folder_remove (folder);
}

static void
test_bad_data (void)
{
  static const struct
  {
    const char *value;
    int         code;
    const char *says;
  } cases[] = {
    { "data:image/png;base64,", DAILIES_ERROR_INVALID, "empty" },
    { "data:,", DAILIES_ERROR_INVALID, "empty" },
    { "data:image/png;base64,iVBO*w0K", DAILIES_ERROR_INVALID, "base64" },
    { "data:image/png;base64,iVBOR", DAILIES_ERROR_INVALID, "base64" },
    { "data:image/png;base64,iVB=Rw0K", DAILIES_ERROR_INVALID, "base64" },
    { "data:image/png;base64,iVBORw0===", DAILIES_ERROR_INVALID, "base64" },
    { "data:image/png,%89PNG%0", DAILIES_ERROR_INVALID, "hexadecimal" },
    { "data:image/png,%89PNG%zz", DAILIES_ERROR_INVALID, "hexadecimal" },
    { "data:image/png;base64,iVBORw0KGgo=", DAILIES_ERROR_MEDIA, "is cut off" },
    { "data:image/png;base64,SGVsbG8=", DAILIES_ERROR_MEDIA, "holds no picture" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DailiesAsset *asset = dailies_asset_new_for_value (cases[i].value, &error);

      g_assert_no_error (error);
      error = load (asset, NULL);
      g_assert_error (error, DAILIES_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_FAILED);
      g_assert_finalize_object (asset);
    }
}

static void
test_data_too_large (void)
{
  const gsize      length = 96 * 1024 * 1024;
  g_autofree char *value = g_malloc (length + 1);
  g_autoptr (GError) error = NULL;
  DailiesAsset    *asset;

  memset (value, 'A', length);
  value[length] = '\0';
  memcpy (value, "data:image/png;base64,", 22);
  asset = dailies_asset_new_for_value (value, &error);
  g_assert_no_error (error);
  error = load (asset, NULL);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "67 MB"));
  g_assert_finalize_object (asset);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/data-uri/good", test_data);
  g_test_add_func ("/data-uri/bad", test_bad_data);
  g_test_add_func ("/data-uri/too-large", test_data_too_large);
  return g_test_run ();
}
