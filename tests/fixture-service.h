/* fixture-service.h: a RunComfy of the test's own, with every bad habit a service can have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "fixture-library.h"
#include "media.h"

typedef enum
{
  POST_GOOD,
  POST_CUT,       /* takes the request and closes the line */
  POST_STATUS,    /* answers fake.post_status */
  POST_HALF,      /* answers half a JSON */
  POST_HOLD,      /* answers when the test says so */
} FakePost;

typedef struct
{
  SoupServer        *server;
  char              *url;
  char              *folder;
  GBytes            *clip;

  FakePost           post;
  guint              post_status;
  guint              n_slow_down; /* so many POSTs are answered 429 first */
  const char        *retry_after; /* (nullable): of each */
  SoupServerMessage *held;
  SoupServerMessage *cancelling;  /* (nullable): one that is not answered */
  const char * const *words;      /* what /status says in turn; the last one stays */
  guint              n_unknown;   /* so many GETs of a job are answered 404 first */
  guint              status;      /* of /status and /result, 200 */
  const char        *result_word;
  const char        *output;      /* (nullable): JSON of "output"; else the clip of this server */
  const char        *outcome;     /* of a cancel; %NULL: never answered */
  const char        *etag;        /* (nullable) */
  const char        *type;        /* of the clip */
  const char        *page;        /* (nullable): sent in place of the clip */
  guint              n_cuts;      /* so many downloads are cut in the middle */
  gsize              cut_after;   /* bytes of each */
  gboolean           no_range;
  gssize             lie;         /* added to the length it says */
  gboolean           no_length;   /* says none */
  gboolean           chunked;     /* says so, and that more comes than does */
  guint              file_status;

  guint              n_posts;
  guint              n_polls;
  guint              n_cancels;
  guint              n_files;
  gint64             last_offset;
} Fake;

static inline void
fake_write_raw (SoupServerMessage *message,
                const char        *head,
                gconstpointer      body,
                gsize              length)
{
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);
  GOutputStream       *output = g_io_stream_get_output_stream (stream);

  if (head != NULL)
    g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  if (length > 0)
    g_output_stream_write_all (output, body, length, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static inline void
fake_answer (SoupServerMessage *message,
             guint              status,
             const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static inline void
fake_accept (Fake              *fake,
             SoupServerMessage *message)
{
  g_autofree char *body = g_strdup_printf ("{\"request_id\":\"remote-%u\",\"status_url\":\"https://elsewhere.example/\"}", fake->n_posts);

  fake_answer (message, 200, body);
}

static inline void
fake_post_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  Fake *fake = user_data;

  fake->n_posts++;
  if (fake->n_slow_down > 0)
    {
      fake->n_slow_down--;
      if (fake->retry_after != NULL)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", fake->retry_after);
      fake_answer (message, 429, "{\"message\":\"slow down\"}");
      return;
    }

  switch (fake->post)
    {
    case POST_GOOD:
      fake_accept (fake, message);
      break;
    case POST_CUT:
      fake_write_raw (message, NULL, NULL, 0);
      break;
    case POST_STATUS:
      fake_answer (message, fake->post_status, "{\"message\":\"the service's own words\"}");
      break;
    case POST_HALF:
      fake_write_raw (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n", "{\"request_", 10);
      break;
    case POST_HOLD:
    default:
      g_assert_null (fake->held);
      fake->held = g_object_ref (message);
      soup_server_message_pause (message);
      break;
    }
}

static inline void
fake_release (Fake *fake)
{
  g_autoptr(SoupServerMessage) message = g_steal_pointer (&fake->held);

  fake_accept (fake, message);
  soup_server_message_unpause (message);
}

static inline void
fake_request_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           user_data)
{
  Fake            *fake = user_data;
  g_autofree char *output = NULL;
  g_autofree char *body = NULL;

  if (fake->n_unknown > 0)
    {
      fake->n_unknown--;
      fake_answer (message, 404, "{\"message\":\"no\"}");
      return;
    }
  if (g_str_has_suffix (path, "/cancel"))
    {
      fake->n_cancels++;
      if (fake->outcome == NULL)
        {
          g_set_object (&fake->cancelling, message);
          soup_server_message_pause (message);
          return;
        }
      body = g_strdup_printf ("{\"status\":\"x\",\"outcome\":\"%s\"}", fake->outcome);
    }
  else if (fake->status != 200)
    body = g_strdup ("{\"message\":\"no\"}");
  else if (g_str_has_suffix (path, "/status"))
    {
      fake->n_polls++;
      body = g_strdup_printf ("{\"request_id\":\"r\",\"status\":\"%s\",\"queue_position\":3}", *fake->words);
      if (fake->words[1] != NULL)
        fake->words++;
    }
  else
    {
      output = fake->output != NULL ? g_strdup (fake->output) : g_strdup_printf ("{\"video\":\"%s/clip.mp4?sig=%u\"}", fake->url, fake->n_polls);
      body = g_strdup_printf ("{\"request_id\":\"r\",\"status\":\"%s\",\"output\":%s,\"cost\":0.56,"
                              "\"input\":{\"start_image_url\":\"https://x.example/in.png\"}}", fake->result_word, output);
    }
  fake_answer (message, g_str_has_suffix (path, "/cancel") ? 200 : fake->status, body);
}

static inline void
fake_file_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  Fake             *fake = user_data;
  g_autoptr(GBytes) bytes = fake->page != NULL ? g_bytes_new_static (fake->page, strlen (fake->page)) : g_bytes_ref (fake->clip);
  gsize             length;
  const char       *data = g_bytes_get_data (bytes, &length);
  const char       *range = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Range");
  const char       *condition = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-Range");
  gint64            offset = range != NULL ? g_ascii_strtoll (range + strlen ("bytes="), NULL, 10) : 0;
  g_autoptr(GString) head = g_string_new (NULL);
  gsize             send;

  g_assert_null (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  fake->n_files++;
  fake->last_offset = offset;
  if (fake->file_status != 200)
    {
      fake_answer (message, fake->file_status, "{}");
      return;
    }
  if (fake->no_range || (condition != NULL && g_strcmp0 (condition, fake->etag) != 0))
    offset = 0;

  g_string_append (head, offset > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");
  g_string_append_printf (head, "Content-Type: %s\r\nConnection: close\r\n", fake->type);
  if (fake->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (!fake->no_length)
    g_string_append_printf (head, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", (gssize) (length - offset) + fake->lie);
  if (offset > 0)
    g_string_append_printf (head, "Content-Range: bytes %" G_GINT64_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "\r\n", offset,
                            length - 1, length + fake->lie);
  if (fake->etag != NULL)
    g_string_append_printf (head, "ETag: %s\r\n", fake->etag);
  g_string_append (head, fake->chunked ? "\r\nfffffff\r\n" : "\r\n");

  send = length - offset;
  if (fake->n_cuts > 0)
    {
      fake->n_cuts--;
      send = MIN (send, fake->cut_after);
    }
  fake_write_raw (message, head->str, data + offset, send);
}

static inline Fake *
fake_new (void)
{
  static const char * const words[] = { "in_queue", "in_progress", "completed", NULL };
  Fake                     *fake = g_new0 (Fake, 1);
  g_autoptr(GError)         error = NULL;
  g_autofree char          *path = NULL;
  g_autoslist(GUri)         uris = NULL;
  char                     *bytes;
  gsize                     length;

  g_assert_true (gst_init_check (NULL, NULL, NULL));
  fake->folder = fixture_make_folder ();
  path = media_make_clip (fake->folder, "clip.mp4", "mp4mux", 320, 240, 24, 24, TRUE);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  fake->clip = g_bytes_new_take (bytes, length);
  fake->words = words;
  fake->status = 200;
  fake->result_word = "completed";
  fake->retry_after = "1";
  fake->outcome = "cancelled";
  fake->etag = "\"one\"";
  fake->type = "video/mp4";
  fake->cut_after = length / 3;
  fake->file_status = 200;

  fake->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fake->server, "/v1/models", fake_post_cb, fake, NULL);
  soup_server_add_handler (fake->server, "/v1/requests", fake_request_cb, fake, NULL);
  soup_server_add_handler (fake->server, "/clip.mp4", fake_file_cb, fake, NULL);
  soup_server_listen_local (fake->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fake->server);
  fake->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  return fake;
}

static inline void
fake_free (Fake *fake)
{
  soup_server_disconnect (fake->server);
  g_clear_object (&fake->cancelling);
  g_object_unref (fake->server);
  fixture_remove_folder (fake->folder);
  g_free (fake->folder);
  g_free (fake->url);
  g_bytes_unref (fake->clip);
  g_free (fake);
}
