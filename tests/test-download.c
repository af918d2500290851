/* test-download.c: bringing a file home from servers with bad habits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-download.h"
#include "dailies-error.h"
#include "dailies-transport.h"
#include "fixture-service.h"
#include "finalize.h"

typedef struct
{
  Fake             *fake;
  char             *path;
  GFile            *part;
  char             *url;
  DailiesTransport *transport;
  DailiesDownload  *download;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *part = NULL;

  fixture->fake = fake_new ();
  fixture->path = fixture_make_folder ();
  part = g_build_filename (fixture->path, "cuts", ".part", NULL);
  fixture->part = g_file_new_for_path (part);
  fixture->url = g_strconcat (fixture->fake->url, "/clip.mp4?sig=1", NULL);
  fixture->transport = dailies_transport_new ();
  fixture->download = dailies_download_new (fixture->transport, fixture->part);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  assert_finalize_when_threads_let_go (fixture->download);
  g_object_unref (fixture->transport);
  g_object_unref (fixture->part);
  fake_free (fixture->fake);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
  g_free (fixture->url);
}

static gboolean
run (Fixture     *fixture,
     const char  *url,
     GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_download_run_async (fixture->download, url, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  return dailies_download_run_finish (fixture->download, result, error);
}

/* Another process goes on with what this one has left. */
static void
renew (Fixture *fixture)
{
  assert_finalize_when_threads_let_go (fixture->download);
  fixture->download = dailies_download_new (fixture->transport, fixture->part);
}

static void
assert_whole (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes (fixture->part, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, fixture->fake->clip));
  g_assert_cmpint (dailies_download_get_fetched (fixture->download), ==, g_bytes_get_size (bytes));
  g_assert_cmpint (dailies_download_get_size (fixture->download), ==, g_bytes_get_size (bytes));
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (run (fixture, fixture->url, &error));
  g_assert_no_error (error);
  assert_whole (fixture);

  /* What is whole is not asked for again. */
  renew (fixture);
  g_assert_true (run (fixture, fixture->url, &error));
  assert_whole (fixture);
  g_assert_cmpuint (fixture->fake->n_files, ==, 1);
}

static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  gboolean          tagged = GPOINTER_TO_INT (data);
  g_autoptr(GError) error = NULL;
  g_autofree char  *other = g_strconcat (fixture->fake->url, "/clip.mp4?sig=2", NULL);

  if (!tagged)
    fixture->fake->etag = NULL;
  fixture->fake->n_cuts = 2;
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (run (fixture, fixture->url, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK);
      g_clear_error (&error);
      g_assert_true (dailies_download_get_reached (fixture->download));
      g_assert_true (dailies_download_get_advanced (fixture->download));
      renew (fixture);
    }
  g_assert_true (run (fixture, other, &error));
  g_assert_no_error (error);
  assert_whole (fixture);
  g_assert_cmpint (fixture->fake->last_offset, ==, 2 * fixture->fake->cut_after);
}

/* Between two attempts the file has become another one: no beginning of the old stays in the new. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  gboolean             tagged = GPOINTER_TO_INT (data);
  g_autoptr(GError)    error = NULL;
  g_autoptr(GByteArray) other = g_byte_array_new ();

  if (!tagged)
    fixture->fake->etag = NULL;
  fixture->fake->n_cuts = 1;
  g_assert_false (run (fixture, fixture->url, &error));
  g_clear_error (&error);

  g_byte_array_append (other, g_bytes_get_data (fixture->fake->clip, NULL), g_bytes_get_size (fixture->fake->clip));
  other->data[10] ^= 1;
  if (!tagged)
    g_byte_array_append (other, (const guint8 *) "more", 4);
  g_bytes_unref (fixture->fake->clip);
  fixture->fake->clip = g_byte_array_free_to_bytes (g_steal_pointer (&other));
  if (tagged)
    fixture->fake->etag = "\"two\"";
  g_assert_true (run (fixture, fixture->url, &error));
  g_assert_no_error (error);
  assert_whole (fixture);
}

static void
test_no_range (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->fake->no_range = TRUE;
  fixture->fake->n_cuts = 2;
  g_assert_false (run (fixture, fixture->url, &error));
  g_clear_error (&error);
  g_assert_false (run (fixture, fixture->url, &error));
  g_clear_error (&error);
  g_assert_false (dailies_download_get_advanced (fixture->download)); /* as far as before, from the beginning */
  g_assert_true (run (fixture, fixture->url, &error));
  assert_whole (fixture);
}

typedef struct
{
  const char *name;
  const char *type;
  const char *page;
  guint       status;
  gboolean    empty;
  const char *url;
  int         code;
} BadCase;

static const BadCase bad_cases[] = {
  { "html", "text/html; charset=utf-8", "\n<html></html>", 200, FALSE, NULL, DAILIES_ERROR_MEDIA },
  { "html-as-mp4", "video/mp4", "<!DOCTYPE html>", 200, FALSE, NULL, DAILIES_ERROR_MEDIA },
  { "json", "application/json", "{\"error\":\"gone\"}", 200, FALSE, NULL, DAILIES_ERROR_MEDIA },
  { "json-as-mp4", "video/mp4", "\xef\xbb\xbf [1]", 200, FALSE, NULL, DAILIES_ERROR_MEDIA },
  { "empty", "video/mp4", NULL, 200, TRUE, NULL, DAILIES_ERROR_MEDIA },
  { "403", "video/mp4", NULL, 403, FALSE, NULL, DAILIES_ERROR_NOT_FOUND },
  { "404", "video/mp4", NULL, 404, FALSE, NULL, DAILIES_ERROR_NOT_FOUND },
  { "500", "video/mp4", NULL, 500, FALSE, NULL, DAILIES_ERROR_SERVER },
  { "file", "video/mp4", NULL, 200, FALSE, "file:///etc/passwd", DAILIES_ERROR_INVALID },
  { "http", "video/mp4", NULL, 200, FALSE, "http://x.example/clip.mp4", DAILIES_ERROR_INVALID },
};

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  const BadCase     *test = data;
  g_autoptr(GError)  error = NULL;

  fixture->fake->type = test->type;
  fixture->fake->page = test->page;
  fixture->fake->file_status = test->status;
  if (test->empty)
    {
      g_bytes_unref (fixture->fake->clip);
      fixture->fake->clip = g_bytes_new (NULL, 0);
    }
  g_assert_false (run (fixture, test->url != NULL ? test->url : fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, test->code);
  g_assert_cmpuint (fixture->fake->n_files, ==, test->url != NULL ? 0 : 1);
}

static void
test_length (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->fake->lie = 100;
  g_assert_false (run (fixture, fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK);
}

/* What a clip is called does not make it another file. */
static void
test_label (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->fake->type = data;
  g_assert_true (run (fixture, fixture->url, &error));
  g_assert_no_error (error);
  assert_whole (fixture);
}

/* A page in between does not cost what was fetched before. */
static void
test_page_between (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->fake->n_cuts = 1;
  g_assert_false (run (fixture, fixture->url, &error));
  g_clear_error (&error);
  fixture->fake->no_range = TRUE;
  fixture->fake->page = "<html></html>";
  g_assert_false (run (fixture, fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA);
  g_clear_error (&error);
  fixture->fake->no_range = FALSE;
  fixture->fake->page = NULL;
  g_assert_true (run (fixture, fixture->url, &error));
  assert_whole (fixture);
  g_assert_cmpint (fixture->fake->last_offset, ==, fixture->fake->cut_after);
}

/* No clip is that long, whether its server says so or just goes on sending. */
static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64            length = g_bytes_get_size (fixture->fake->clip);

  fixture->fake->no_length = GPOINTER_TO_INT (data);
  dailies_download_set_limit (fixture->download, length - 1);
  g_assert_false (run (fixture, fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpint (dailies_download_get_fetched (fixture->download), <, length);
  g_clear_error (&error);
  dailies_download_set_limit (fixture->download, length);
  g_assert_true (run (fixture, fixture->url, &error));
  g_assert_no_error (error);
  assert_whole (fixture);
}

/* A length that no clip has is told as it is, however near it lies to the end of the number. */
static void
test_absurd_length (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->fake->lie = G_MAXSSIZE - (gssize) g_bytes_get_size (fixture->fake->clip);
  g_assert_false (run (fixture, fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
test_unreachable (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  soup_server_disconnect (fixture->fake->server);
  g_assert_false (run (fixture, fixture->url, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK);
  g_assert_false (dailies_download_get_reached (fixture->download));
}

static void
test_stray_part (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char  *folder = g_path_get_dirname (g_file_peek_path (fixture->part));
  g_autoptr(GError) error = NULL;

  /* Bytes whose origin nobody knows are not gone on with. */
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->part), "garbage", 7, NULL));
  g_assert_true (run (fixture, fixture->url, &error));
  g_assert_no_error (error);
  assert_whole (fixture);
  g_assert_cmpint (fixture->fake->last_offset, ==, 0);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_download_run_async (fixture->download, fixture->url, cancellable, fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  fixture_wait (result != NULL);
  g_assert_false (dailies_download_run_finish (fixture->download, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/download/whole", NULL, test_whole);
  ADD ("/download/cut/tagged", GINT_TO_POINTER (TRUE), test_cut);
  ADD ("/download/cut/untagged", GINT_TO_POINTER (FALSE), test_cut);
  ADD ("/download/changed/tagged", GINT_TO_POINTER (TRUE), test_changed);
  ADD ("/download/changed/untagged", GINT_TO_POINTER (FALSE), test_changed);
  ADD ("/download/no-range", NULL, test_no_range);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *name = g_strconcat ("/download/bad/", bad_cases[i].name, NULL);

      ADD (name, &bad_cases[i], test_bad);
    }
  ADD ("/download/label/text", "text/plain", test_label);
  ADD ("/download/label/html", "text/html", test_label);
  ADD ("/download/label/json", "application/json", test_label);
  ADD ("/download/page-between", NULL, test_page_between);
  ADD ("/download/limit/said", GINT_TO_POINTER (FALSE), test_limit);
  ADD ("/download/limit/endless", GINT_TO_POINTER (TRUE), test_limit);
  ADD ("/download/length", NULL, test_length);
  ADD ("/download/absurd-length", NULL, test_absurd_length);
  ADD ("/download/unreachable", NULL, test_unreachable);
  ADD ("/download/stray-part", NULL, test_stray_part);
  ADD ("/download/cancelled", NULL, test_cancelled);
  return g_test_run ();
}
