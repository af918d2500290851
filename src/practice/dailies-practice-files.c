/* dailies-practice-files.c: uploads in, clips out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dailies-practice-server.h"

/* The extension of an upload's name, where it is a plain one. */
static char *
suffix_of (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (dot == NULL || strlen (dot) < 2 || strlen (dot) > 6
      || strspn (dot + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) != strlen (dot + 1))
    return g_strdup ("");

  return g_ascii_strdown (dot, -1);
}

/* Returns: (transfer full) (nullable): the part called "file" */
static GBytes *
find_part (SoupServerMessage *message,
           char             **suffix)
{
  SoupMessageBody       *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes)     bytes = soup_message_body_flatten (body);
  SoupMultipart         *multipart;
  GBytes                *found = NULL;

  multipart = soup_multipart_new_from_message (soup_server_message_get_request_headers (message), bytes);
  if (multipart == NULL)
    return NULL;

  for (int i = 0; i < soup_multipart_get_length (multipart) && found == NULL; i++)
    {
      SoupMessageHeaders     *headers;
      GBytes                 *part;
      g_autofree char        *disposition = NULL;
      g_autoptr (GHashTable)  parameters = NULL;

      if (!soup_multipart_get_part (multipart, i, &headers, &part)
          || !soup_message_headers_get_content_disposition (headers, &disposition, &parameters)
          || g_strcmp0 (g_hash_table_lookup (parameters, "name"), "file") != 0)
        continue;

      found = g_bytes_ref (part);
      *suffix = suffix_of (g_hash_table_lookup (parameters, "filename"));
    }
  soup_multipart_free (multipart);

  return found;
}

void
dailies_practice_upload (const DailiesPracticeCall *call)
{
  g_autofree char    *suffix = NULL;
  g_autofree char    *name = NULL;
  g_autofree char    *url = NULL;
  g_autoptr (GBytes)  part = NULL;
  g_autoptr (GError)  error = NULL;
  JsonObject         *object;

  if (!g_str_equal (soup_server_message_get_method (call->message), "PUT"))
    {
      dailies_practice_unifically_refuse (call->message, SOUP_STATUS_METHOD_NOT_ALLOWED, 0, "no such call");
      return;
    }
  part = find_part (call->message, &suffix);
  if (part == NULL || g_bytes_get_size (part) == 0)
    {
      dailies_practice_unifically_refuse (call->message, SOUP_STATUS_BAD_REQUEST, 0, "no file in the field “file”");
      return;
    }
  name = dailies_practice_queue_keep_file (call->queue, part, suffix, &error);
  if (name == NULL)
    {
      dailies_practice_unifically_refuse (call->message, SOUP_STATUS_INSUFFICIENT_STORAGE, 0, error->message);
      return;
    }

  url = g_strdup_printf ("%s/files/%s", dailies_practice_server_get_url (call->server), name);
  object = json_object_new ();
  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_string_member (object, "file_url", url);
  dailies_practice_answer_at (call, DAILIES_FAULT_AT_UPLOAD, dailies_practice_unifically_refuse, object);
}

/* The name on disk, not the lent one: a download goes on under a new address. */
static char *
etag_of (const char *path,
         gsize       length)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strdup_printf ("\"%s-%" G_GSIZE_FORMAT "\"", name, length);
}

/* A resumed download is only good for the same file. */
static void
settle_range (const DailiesPracticeCall *call,
              const char                *etag)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char         *same = soup_message_headers_get_one (headers, "If-Range");

  if ((same != NULL && !g_str_equal (same, etag)) || dailies_faults_get (call->faults, "norange") != NULL)
    soup_message_headers_remove (headers, "Range");
}

static void
serve (const DailiesPracticeCall *call,
       const char                *path)
{
  SoupMessageHeaders     *headers = soup_server_message_get_response_headers (call->message);
  g_autoptr (GError)      error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes)      bytes = NULL;
  g_autofree char        *etag = NULL;
  g_autofree char        *type = NULL;

  if (file == NULL)
    {
      dailies_practice_runcomfy_refuse (call->message, SOUP_STATUS_NOT_FOUND, 0, "the file is gone");
      return;
    }

  bytes = g_mapped_file_get_bytes (file);
  etag = etag_of (path, g_bytes_get_size (bytes));
  type = g_content_type_guess (path, NULL, 0, NULL);
  settle_range (call, etag);
  soup_message_headers_replace (headers, "ETag", etag);
  if (dailies_faults_get (call->faults, "norange") == NULL)
    soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (dailies_faults_get (call->faults, "nolength") != NULL)
    {
      soup_message_headers_remove (soup_server_message_get_request_headers (call->message), "Range");
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
    }
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_server_message_set_status (call->message, SOUP_STATUS_OK, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (call->message), bytes);
  soup_message_body_complete (soup_server_message_get_response_body (call->message));
}

static void
wrote_cb (SoupServerMessage *message,
          guint              n,
          gpointer           user_data)
{
  gsize *left = user_data;

  *left = n < *left ? *left - n : 0;
  if (*left == 0)
    dailies_practice_cut (message);
}

/* Announces the whole (or the asked range of it), sends some of it and hangs up. */
static void
serve_cut (const DailiesPracticeCall *call,
           const char                *path,
           guint                      n)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  g_autofree char    *content = NULL;
  g_autofree char    *etag = NULL;
  gsize               length, offset = 0;
  SoupRange          *ranges;
  int                 n_ranges;
  gsize              *left = g_new (gsize, 1);

  if (!g_file_get_contents (path, &content, &length, NULL))
    length = 0;
  etag = etag_of (path, length);
  settle_range (call, etag);
  soup_server_message_set_status (call->message, SOUP_STATUS_OK, NULL);
  if (soup_message_headers_get_ranges (soup_server_message_get_request_headers (call->message), (goffset) length,
                                       &ranges, &n_ranges))
    {
      offset = (gsize) ranges[0].start;
      soup_message_headers_set_content_range (headers, ranges[0].start, (goffset) length - 1, (goffset) length);
      soup_server_message_set_status (call->message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
      soup_message_headers_free_ranges (soup_server_message_get_request_headers (call->message), ranges);
    }
  /* Answered here already; libsoup must not look for the range a second time. */
  soup_message_headers_remove (soup_server_message_get_request_headers (call->message), "Range");

  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_set_content_type (headers, "video/mp4", NULL);
  soup_message_headers_set_content_length (headers, (goffset) (length - offset));
  *left = MIN (n, length - offset);
  g_signal_connect_data (call->message, "wrote-body-data", G_CALLBACK (wrote_cb), left,
                         (GClosureNotify) (GCallback) g_free, 0);
  if (*left > 0)
    soup_message_body_append (soup_server_message_get_response_body (call->message), SOUP_MEMORY_COPY,
                              content + offset, *left);
  else
    dailies_practice_cut (call->message);
}

static void
serve_broken (const DailiesPracticeCall *call,
              const char                *path,
              const DailiesFault        *fault)
{
  g_autofree char *content = NULL;
  gsize            length;

  if (fault->kind == DAILIES_FAULT_CUT)
    serve_cut (call, path, fault->number);
  else if (fault->kind == DAILIES_FAULT_HALF && g_file_get_contents (path, &content, &length, NULL))
    {
      soup_server_message_set_status (call->message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (call->message, "video/mp4", SOUP_MEMORY_COPY, content, length / 2);
    }
  else
    dailies_practice_misbehave (call, fault, dailies_practice_runcomfy_refuse, json_object_new ());
}

void
dailies_practice_serve_clip (const DailiesPracticeCall *call)
{
  const char      *name = strlen (call->path) > strlen ("/out/") ? call->path + strlen ("/out/") : "";
  g_autofree char *path = dailies_practice_queue_find_clip (call->queue, name);
  DailiesFault     fault;

  if (path == NULL)
    {
      static const char denied[] = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>"
                                   "<Message>Request has expired</Message></Error>";

      soup_server_message_set_status (call->message, SOUP_STATUS_FORBIDDEN, NULL);
      soup_server_message_set_response (call->message, "application/xml", SOUP_MEMORY_STATIC, denied, strlen (denied));
    }
  else if (dailies_faults_take (call->faults, DAILIES_FAULT_AT_DOWNLOAD, &fault))
    serve_broken (call, path, &fault);
  else
    serve (call, path);
}

void
dailies_practice_serve_file (const DailiesPracticeCall *call)
{
  const char      *name = strlen (call->path) > strlen ("/files/") ? call->path + strlen ("/files/") : "";
  g_autofree char *path = *name != '\0' ? dailies_practice_queue_find_file (call->queue, name) : NULL;

  if (path == NULL)
    dailies_practice_runcomfy_refuse (call->message, SOUP_STATUS_NOT_FOUND, 0, "no such file");
  else
    serve (call, path);
}
