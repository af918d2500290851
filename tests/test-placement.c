/* test-placement.c: where files go, and how they get there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-placement.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "dailies-access.h"
#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-host-inline.h"
#include "dailies-host-upload.h"
#include "dailies-problem.h"
#include "dailies-request.h"
#include "dailies-transport.h"

#include "wire.h"

typedef struct
{
  Wire              *wire;
  DailiesTransport  *transport;
  DailiesAccess     *access;
  DailiesRequest    *request;
  GPtrArray         *hosts;
  char              *folder;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"runcomfy:a/b\",\"service\":\"runcomfy\",\"endpoint\":\"a/b\","
                                                "\"title\":\"Test\",\"input\":{\"type\":\"object\",\"properties\":{"
                                                "\"prompt\":{\"type\":\"string\"},"
                                                "\"image_urls\":{\"type\":\"array\",\"format\":\"image_uris\"}}}}", NULL);
  g_autoptr (DailiesDefinition) definition = NULL;
  g_autoptr (GError) error = NULL;

  definition = dailies_definition_new_from_json (node, &error);
  g_assert_no_error (error);
  self->request = dailies_request_new (definition);
  self->wire = wire_new ();
  self->transport = dailies_transport_new ();
  self->access = dailies_access_new (wire_get_url (self->wire), "tok", NULL);
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
  self->folder = g_dir_make_tmp ("dailies-XXXXXX", NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  const char *names[] = { "a.png", "b.png", "c.png", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_remove (path);
    }
  g_object_unref (self->request);
  g_ptr_array_unref (self->hosts);
  g_assert_finalize_object (self->transport);
  g_assert_finalize_object (self->access);
  wire_free (self->wire);
  g_free (self->folder);
}

static void
load (DailiesAsset *asset)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dailies_asset_load_async (asset, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  dailies_asset_load_finish (asset, result, &error);
  g_assert_no_error (error);
}

/* Another size, another picture. */
static DailiesAsset *
new_picture (Fixture    *self,
             const char *name,
             int         size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size, size);
  g_autoptr (GError) error = NULL;
  DailiesAsset *asset;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  asset = dailies_asset_new_for_file (file);
  load (asset);
  return asset;
}

static void
add (Fixture      *self,
     DailiesAsset *asset)
{
  dailies_request_add_asset (self->request, "image_urls", asset, G_MAXUINT);
}

static void
add_inline (Fixture *self,
            goffset  max_image)
{
  g_ptr_array_add (self->hosts, dailies_host_inline_new (max_image, max_image));
}

static void
add_upload (Fixture *self)
{
  g_autofree char *url = g_strconcat (wire_get_url (self->wire), "/upload", NULL);

  g_ptr_array_add (self->hosts, dailies_host_upload_new (self->transport, self->access, url, "the shelf"));
}

static char *
place_one (DailiesHost  *host,
           DailiesAsset *asset,
           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_host_place_async (host, asset, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_host_place_finish (host, result, error);
}

static GHashTable *
place_all (DailiesPlacement *placement,
           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_placement_place_async (placement, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_placement_place_finish (placement, result, error);
}

static void
test_inline (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (DailiesAsset) asset = new_picture (self, "a.png", 400);
  g_autofree char *path = g_file_get_path (dailies_asset_get_file (asset));
  g_autofree char *bytes = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  add_inline (self, 100000);
  url = place_one (g_ptr_array_index (self->hosts, 0), asset, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &bytes, &length, NULL);
  encoded = g_base64_encode ((const guchar *) bytes, length);
  expected = g_strconcat ("data:image/png;base64,", encoded, NULL);
  g_assert_cmpstr (url, ==, expected);
  g_assert_cmpint (dailies_host_inline_get_size (asset), ==, strlen (expected));

  /* What was checked is not what is there now. */
  g_clear_pointer (&url, g_free);
  bytes[length - 1] ^= 1;
  g_file_set_contents (path, bytes, length, NULL);
  g_assert_null (place_one (g_ptr_array_index (self->hosts, 0), asset, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "a.png"));
  g_clear_error (&error);
  g_file_set_contents (path, bytes, length / 2, NULL);
  g_assert_null (place_one (g_ptr_array_index (self->hosts, 0), asset, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_clear_error (&error);
  g_remove (path);
  g_assert_null (place_one (g_ptr_array_index (self->hosts, 0), asset, &error));
  g_assert_nonnull (error);
}

static void
test_inline_large (Fixture      *self,
                   gconstpointer data)
{
  g_autoptr (DailiesAsset) asset = new_picture (self, "a.png", 400);
  g_autoptr (DailiesPlacement) placement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  add_inline (self, 100);
  add (self, asset);
  placement = dailies_placement_new (self->request, self->hosts, -1);
  g_assert_false (dailies_placement_check (placement, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a.png"));
  g_assert_nonnull (strstr (error->message, "100 bytes"));
  g_assert_null (dailies_placement_dup_place (placement, asset));
  summary = dailies_placement_dup_summary (placement);
  g_assert_cmpstr (summary, ==, error->message);
  g_clear_error (&error);
  g_assert_null (place_all (placement, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (place_one (g_ptr_array_index (self->hosts, 0), asset, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
test_upload (Fixture      *self,
             gconstpointer data)
{
  const struct
  {
    guint       status; /* 0: cut */
    const char *body;
    const char *url;
    int         code;
    const char *said;
  } cases[] = {
    { 200, "{\"success\":true,\"file_url\":\"https://files.example.org/1.png\"}", "https://files.example.org/1.png", 0, NULL },
    { 200, "{\"file_url\":\"https://files.example.org/1.png\"}", "https://files.example.org/1.png", 0, NULL },
    { 200, "{\"success\":false,\"message\":\"full\"}", NULL, DAILIES_ERROR_SERVER, "full" },
    { 200, "{\"success\":false,\"file_url\":\"https://files.example.org/1.png\"}", NULL, DAILIES_ERROR_SERVER, NULL },
    { 200, "{\"success\":\"false\",\"message\":\"odd\"}", NULL, DAILIES_ERROR_SERVER, "odd" },
    { 200, "{\"success\":{},\"message\":\"odd\"}", NULL, DAILIES_ERROR_SERVER, "odd" },
    { 200, "{\"success\":[1],\"file_url\":\"https://files.example.org/1.png\"}", NULL, DAILIES_ERROR_SERVER, NULL },
    { 200, "{\"success\":null,\"file_url\":\"https://files.example.org/1.png\"}", "https://files.example.org/1.png", 0, NULL },
    { 200, "{\"success\":true}", NULL, DAILIES_ERROR_SERVER, NULL },
    { 200, "{\"success\":true,\"file_url\":\"http://files.example.org/1.png\"}", NULL, DAILIES_ERROR_PROTOCOL, NULL },
    { 200, "[]", NULL, DAILIES_ERROR_SERVER, NULL },
    { 200, "<html>", NULL, DAILIES_ERROR_PROTOCOL, NULL },
    { 401, "{\"message\":\"tok is bad\"}", NULL, DAILIES_ERROR_TOKEN, "••• is bad" },
    { 413, "", NULL, DAILIES_ERROR_INVALID, NULL },
    { 500, "", NULL, DAILIES_ERROR_SERVER, NULL },
    { 0, NULL, NULL, DAILIES_ERROR_NETWORK, NULL },
  };
  g_autoptr (DailiesAsset) asset = new_picture (self, "a.png", 400);

  add_upload (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr (GError) error = NULL;
      WireRequest *request;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "PUT", "/upload");
      if (cases[i].status == 0)
        wire_answer_raw (self->wire, "PUT", "/upload", NULL);
      else
        wire_answer (self->wire, "PUT", "/upload", cases[i].status, NULL, cases[i].body);
      url = place_one (g_ptr_array_index (self->hosts, 0), asset, &error);
      g_assert_cmpstr (url, ==, cases[i].url);
      if (cases[i].url == NULL)
        {
          g_assert_error (error, DAILIES_ERROR, cases[i].code);
          g_assert_cmpstr (dailies_error_get_words (error), ==, cases[i].said);
        }
      request = wire_last (self->wire, "PUT", "/upload");
      g_assert_cmpstr (wire_request_get_header (request, "Authorization"), ==, "Bearer tok");
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (request->body, NULL), 300,
                                      "name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n"));
    }
}

static void
test_mixed (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (DailiesAsset) small = new_picture (self, "a.png", 320);
  g_autoptr (DailiesAsset) large = new_picture (self, "b.png", 2000);
  g_autoptr (DailiesAsset) remote = dailies_asset_new_for_value ("https://x.example/c.png", NULL);
  g_autoptr (DailiesPlacement) placement = dailies_placement_new (self->request, self->hosts, -1);
  g_autoptr (GHashTable) urls = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *place = NULL;

  load (remote);
  add_inline (self, dailies_asset_get_bytes (small));
  add_upload (self);
  add (self, small);
  add (self, large);
  add (self, remote);
  g_assert_true (dailies_placement_check (placement, &error));
  g_assert_no_error (error);
  summary = dailies_placement_dup_summary (placement);
  g_assert_cmpstr (summary, ==, "a.png travels inside the request · b.png is uploaded to the shelf · c.png stays where it is");
  place = dailies_placement_dup_place (placement, small);
  g_assert_cmpstr (place, ==, "inside the request");
  g_clear_pointer (&place, g_free);
  place = dailies_placement_dup_place (placement, large);
  g_assert_cmpstr (place, ==, "the shelf");
  g_clear_pointer (&place, g_free);
  place = dailies_placement_dup_place (placement, remote);
  g_assert_cmpstr (place, ==, "stays where it is");

  wire_answer (self->wire, "PUT", "/upload", 200, NULL, "{\"success\":true,\"file_url\":\"https://files.example.org/b.png\"}");
  urls = place_all (placement, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (urls), ==, 2);
  g_assert_true (g_str_has_prefix (g_hash_table_lookup (urls, dailies_asset_get_key (small)), "data:image/png;base64,"));
  g_assert_cmpstr (g_hash_table_lookup (urls, dailies_asset_get_key (large)), ==, "https://files.example.org/b.png");
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 1);
}

static void
test_body (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (DailiesAsset) one = new_picture (self, "a.png", 400);
  g_autoptr (DailiesAsset) two = new_picture (self, "b.png", 401);
  goffset room = 64 * 1024 + dailies_host_inline_get_size (one) + dailies_host_inline_get_size (two);
  g_autoptr (DailiesPlacement) fits = NULL;
  g_autoptr (DailiesPlacement) full = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *overflow = NULL;
  g_autofree char *size = g_format_size (dailies_asset_get_bytes (two));
  g_autofree char *most = g_format_size_full (room - 1, G_FORMAT_SIZE_IEC_UNITS);

  add_inline (self, 1000000);
  add (self, one);
  add (self, two);
  fits = dailies_placement_new (self->request, self->hosts, room);
  g_assert_true (dailies_placement_check (fits, &error));
  g_assert_no_error (error);
  summary = dailies_placement_dup_summary (fits);
  g_assert_cmpstr (summary, ==, "2 pictures travel inside the request");

  full = dailies_placement_new (self->request, self->hosts, room - 1);
  g_assert_false (dailies_placement_check (full, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "b.png"));
  g_assert_nonnull (strstr (error->message, size));
  g_assert_nonnull (strstr (error->message, most));

  /* Where there is another host, it takes what no longer fits. */
  add_upload (self);
  g_clear_error (&error);
  g_assert_true (dailies_placement_check (full, &error));
  g_assert_no_error (error);
  overflow = dailies_placement_dup_summary (full);
  g_assert_cmpstr (overflow, ==, "a.png travels inside the request · b.png is uploaded to the shelf");
}

static void
test_same_bytes (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (DailiesAsset) one = new_picture (self, "a.png", 400);
  g_autoptr (DailiesAsset) two = new_picture (self, "b.png", 400);
  g_autoptr (DailiesPlacement) placement = dailies_placement_new (self->request, self->hosts, -1);
  g_autoptr (GHashTable) urls = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (dailies_asset_get_key (one), ==, dailies_asset_get_key (two));
  add_upload (self);
  add (self, one);
  add (self, two);
  wire_answer (self->wire, "PUT", "/upload", 200, NULL, "{\"success\":true,\"file_url\":\"https://files.example.org/a.png\"}");
  urls = place_all (placement, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (urls), ==, 1);
  g_assert_cmpuint (wire_count (self->wire, "PUT", "/upload"), ==, 1);
}

static void
test_nobody (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (DailiesAsset) asset = new_picture (self, "a.png", 400);
  g_autoptr (DailiesPlacement) placement = dailies_placement_new (self->request, self->hosts, -1);
  g_autoptr (GHashTable) nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  nothing = place_all (placement, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (nothing), ==, 0);
  summary = dailies_placement_dup_summary (placement);
  g_assert_cmpstr (summary, ==, "");

  add (self, asset);
  g_assert_false (dailies_placement_check (placement, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a.png"));
}

/* One error for each file that goes nowhere; what is on the web, or small enough, is none. */
static void
test_problems (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (DailiesAsset) small = new_picture (self, "a.png", 10);
  g_autoptr (DailiesAsset) large = new_picture (self, "b.png", 1000);
  g_autoptr (DailiesAsset) huge = new_picture (self, "c.png", 1200);
  g_autoptr (DailiesAsset) remote = dailies_asset_new_for_value ("https://example.org/d.png", NULL);
  g_autoptr (DailiesPlacement) placement = dailies_placement_new (self->request, self->hosts, -1);
  g_autoptr (GPtrArray) problems = NULL;
  const char *names[] = { "b.png", "c.png" };

  add_inline (self, dailies_asset_get_bytes (large) - 1);
  add (self, small);
  add (self, remote);
  problems = dailies_placement_dup_problems (placement);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_pointer (&problems, g_ptr_array_unref);

  add (self, large);
  add (self, huge);
  problems = dailies_placement_dup_problems (placement);
  g_assert_cmpuint (problems->len, ==, 2);
  for (guint i = 0; i < problems->len; i++)
    {
      DailiesProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpint (dailies_problem_get_severity (problem), ==, DAILIES_PROBLEM_ERROR);
      g_assert_nonnull (strstr (dailies_problem_get_message (problem), names[i]));
      g_assert_cmpstr (dailies_problem_get_field (problem), ==, "image_urls");
    }
}

int
main (int   argc,
      char *argv[])
{
  const struct
  {
    const char *path;
    void      (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/placement/inline", test_inline },
    { "/placement/inline-large", test_inline_large },
    { "/placement/upload", test_upload },
    { "/placement/mixed", test_mixed },
    { "/placement/body", test_body },
    { "/placement/same-bytes", test_same_bytes },
    { "/placement/nobody", test_nobody },
    { "/placement/problems", test_problems },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
