/* wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire.h"

#include <string.h>

typedef enum
{
  SCRIPT_PLAIN,
  SCRIPT_RAW,
  SCRIPT_NEVER,
  SCRIPT_DRIP,
} ScriptKind;

typedef struct
{
  ScriptKind kind;
  char      *method;
  char      *path;
  guint      status;
  char      *header;
  char      *body;
} Script;

struct _Wire
{
  SoupServer *server;
  char       *url;
  GPtrArray  *scripts;
  GPtrArray  *requests;
  GPtrArray  *paused;
  GPtrArray  *drips;
};

/* A connection on which a byte leaves now and then. */
typedef struct
{
  GIOStream *stream;
  char      *raw;
  gsize      sent;
  guint      timer;
} Drip;

static void
script_free (gpointer data)
{
  Script *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->header);
  g_free (self->body);
  g_free (self);
}

static void
request_free (gpointer data)
{
  WireRequest *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

static void
copy_header_cb (const char *name,
                const char *value,
                gpointer    headers)
{
  soup_message_headers_append (headers, name, value);
}

static void
keep_request (Wire              *self,
              SoupServerMessage *message,
              const char        *path)
{
  WireRequest *request = g_new0 (WireRequest, 1);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header_cb, request->headers);
  request->body = g_bytes_ref (body);
  g_ptr_array_add (self->requests, request);
}

static Script *
take_script (Wire       *self,
             const char *method,
             const char *path)
{
  Script *found = NULL;

  for (guint i = 0; i < self->scripts->len; i++)
    {
      Script *script = g_ptr_array_index (self->scripts, i);

      if (strcmp (script->method, method) != 0 || strcmp (script->path, path) != 0)
        continue;
      if (found != NULL)
        {
          /* There is another one to come: this one is used up. It stays in memory, without its key. */
          g_free (found->method);
          found->method = g_strdup ("-");
          return found;
        }
      found = script;
    }
  return found;
}

static void
cut (SoupServerMessage *message,
     const char        *raw)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (raw != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), raw, strlen (raw), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
drip_free (gpointer data)
{
  Drip *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->stream);
  g_free (self->raw);
  g_free (self);
}

static gboolean
drip_cb (gpointer data)
{
  Drip *self = data;
  const char *byte = self->sent < strlen (self->raw) ? self->raw + self->sent++ : " ";

  if (g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), byte, 1, NULL, NULL, NULL))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
drip (Wire              *self,
      SoupServerMessage *message,
      const char        *raw)
{
  Drip *drop = g_new0 (Drip, 1);

  drop->stream = soup_server_message_steal_connection (message);
  drop->raw = g_strdup (raw);
  drop->timer = g_timeout_add (20, drip_cb, drop);
  g_ptr_array_add (self->drips, drop);
}

static void
handler_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Wire *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Script *script;

  keep_request (self, message, path);
  script = take_script (self, soup_server_message_get_method (message), path);
  if (script == NULL)
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  if (script->kind == SCRIPT_RAW)
    {
      cut (message, script->body);
      return;
    }
  if (script->kind == SCRIPT_DRIP)
    {
      drip (self, message, script->body);
      return;
    }
  if (script->kind == SCRIPT_NEVER)
    {
      g_ptr_array_add (self->paused, g_object_ref (message));
      soup_server_message_pause (message);
      return;
    }

  soup_server_message_set_status (message, script->status, NULL);
  if (script->body != NULL)
    soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY,
                              script->body, strlen (script->body));
  if (script->header != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (script->header, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);

          soup_message_headers_replace (headers, parts[0], parts[1]);
        }
    }
}

Wire *
wire_new (void)
{
  Wire *self = g_new0 (Wire, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->scripts = g_ptr_array_new_with_free_func (script_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->drips = g_ptr_array_new_with_free_func (drip_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handler_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_strchomp (self->url);
  if (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
wire_free (Wire *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->drips);
  g_ptr_array_unref (self->paused);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->scripts);
  g_free (self->url);
  g_free (self);
}

const char *
wire_get_url (Wire *self)
{
  return self->url;
}

static void
add_script (Wire       *self,
            ScriptKind  kind,
            const char *method,
            const char *path,
            guint       status,
            const char *header,
            const char *body)
{
  Script *script = g_new0 (Script, 1);

  script->kind = kind;
  script->method = g_strdup (method);
  script->path = g_strdup (path);
  script->status = status;
  script->header = g_strdup (header);
  script->body = g_strdup (body);
  g_ptr_array_add (self->scripts, script);
}

void
wire_answer (Wire       *self,
             const char *method,
             const char *path,
             guint       status,
             const char *header,
             const char *body)
{
  add_script (self, SCRIPT_PLAIN, method, path, status, header, body);
}

void
wire_answer_raw (Wire       *self,
                 const char *method,
                 const char *path,
                 const char *raw)
{
  add_script (self, SCRIPT_RAW, method, path, 0, NULL, raw);
}

void
wire_answer_never (Wire       *self,
                   const char *method,
                   const char *path)
{
  add_script (self, SCRIPT_NEVER, method, path, 0, NULL, NULL);
}

void
wire_answer_drip (Wire       *self,
                  const char *method,
                  const char *path,
                  const char *raw)
{
  add_script (self, SCRIPT_DRIP, method, path, 0, NULL, raw);
}

void
wire_forget (Wire       *self,
             const char *method,
             const char *path)
{
  for (guint i = self->scripts->len; i > 0; i--)
    {
      Script *script = g_ptr_array_index (self->scripts, i - 1);

      if (strcmp (script->method, method) == 0 && strcmp (script->path, path) == 0)
        g_ptr_array_remove_index (self->scripts, i - 1);
    }
}

void
wire_forget_requests (Wire *self)
{
  g_ptr_array_set_size (self->requests, 0);
}

static gboolean
matches (WireRequest *request,
         const char  *method,
         const char  *path)
{
  return (method == NULL || strcmp (request->method, method) == 0) &&
         (path == NULL || strcmp (request->path, path) == 0);
}

guint
wire_count (Wire       *self,
            const char *method,
            const char *path)
{
  guint count = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (matches (g_ptr_array_index (self->requests, i), method, path))
      count++;
  return count;
}

WireRequest *
wire_last (Wire       *self,
           const char *method,
           const char *path)
{
  for (guint i = self->requests->len; i > 0; i--)
    if (matches (g_ptr_array_index (self->requests, i - 1), method, path))
      return g_ptr_array_index (self->requests, i - 1);
  g_error ("no %s %s was seen", method != NULL ? method : "request", path != NULL ? path : "");
}

const char *
wire_request_get_header (WireRequest *self,
                         const char  *name)
{
  return soup_message_headers_get_one (self->headers, name);
}

void
wire_keep_result_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GAsyncResult **keep = user_data;

  g_assert_null (*keep);
  *keep = g_object_ref (result);
}

static gboolean
too_late_cb (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;
  return G_SOURCE_CONTINUE;
}

void
wire_wait_for (gboolean (*condition) (gpointer data),
               gpointer   data)
{
  gboolean late = FALSE;
  guint id = g_timeout_add_seconds (20, too_late_cb, &late);

  while (!condition (data))
    {
      g_assert_false (late);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (id);
}

static gboolean
has_result (gpointer data)
{
  GAsyncResult **result = data;

  return *result != NULL;
}

void
wire_wait (GAsyncResult **result)
{
  wire_wait_for (has_result, result);
}
