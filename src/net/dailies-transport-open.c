/* dailies-transport-open.c: plain GETs of results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"

#define MAX_REDIRECTS 5

typedef struct
{
  char        *url;
  goffset      offset;
  char        *etag;
  guint        redirects;
  SoupMessage *message;
} Opening;

static void
opening_free (Opening *self)
{
  g_free (self->url);
  g_free (self->etag);
  g_clear_object (&self->message);
  g_free (self);
}

void
dailies_body_free (DailiesBody *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->stream);
  g_free (self->etag);
  g_free (self->content_type);
  g_free (self);
}

static const char *
get_header (Opening    *self,
            const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : NULL);
}

static GError *
new_status_error (Opening *self)
{
  guint status = soup_message_get_status (self->message);
  g_autofree char *host = dup_host (self->url);

  switch (status)
    {
    case 401:
      return dailies_error_new_with_words (DAILIES_ERROR_NOT_FOUND, NULL, 0,
                                           _("%s refuses to hand out the clip (HTTP %u): it takes a new address from the service."),
                                           host, status);
    case 403:
    case 404:
    case 410:
      return dailies_error_new_with_words (DAILIES_ERROR_NOT_FOUND, NULL, 0,
                                           _("The clip is not at %s any more: its address has expired (HTTP %u)."),
                                           host, status);
    case 429:
      return dailies_error_new_with_words (DAILIES_ERROR_RATE, NULL, dailies_exchange_retry_after (self->message),
                                           _("%s asks to slow down. The clip is fetched a little later."), host);
    default:
      if (status >= 500)
        return dailies_error_new_with_words (DAILIES_ERROR_SERVER, NULL, dailies_exchange_retry_after (self->message),
                                             _("%s has a fault of its own and cannot send the clip now (HTTP %u)."),
                                             host, status);
      return dailies_error_new_with_words (DAILIES_ERROR_PROTOCOL, NULL, 0,
                                           _("%s does not send the clip but answers HTTP %u."), host, status);
    }
}

/* "bytes 0-99/200" and "bytes *" "/200"; the numbers that are not there stay -1. */
static gboolean
parse_content_range (const char *value,
                     goffset    *start,
                     goffset    *total)
{
  char *end = NULL;

  *start = *total = -1;
  if (value == NULL || g_ascii_strncasecmp (value, "bytes ", 6) != 0)
    return FALSE;
  value += 6;
  if (*value != '*')
    {
      if (!g_ascii_isdigit (*value))
        return FALSE;
      *start = g_ascii_strtoll (value, &end, 10);
      if (*end != '-' || !g_ascii_isdigit (end[1]))
        return FALSE;
    }
  value = strchr (value, '/');
  if (value == NULL)
    return FALSE;
  if (g_ascii_isdigit (value[1]))
    *total = g_ascii_strtoll (value + 1, NULL, 10);
  return TRUE;
}

static gboolean
is_same_file (Opening *self)
{
  const char *etag = get_header (self, "ETag");

  return self->etag == NULL || etag == NULL || strcmp (etag, self->etag) == 0;
}

static DailiesBody *
new_body (Opening      *self,
          GInputStream *stream,
          goffset       offset,
          goffset       length)
{
  DailiesBody *body = g_new0 (DailiesBody, 1);

  body->stream = g_object_ref (stream);
  body->offset = offset;
  body->length = length;
  body->etag = g_strdup (get_header (self, "ETag"));
  body->content_type = g_strdup (soup_message_headers_get_content_type (
    soup_message_get_response_headers (self->message), NULL));
  return body;
}

/* Takes the body where the answer fits what was asked. NULL: ask once more, for the whole file. */
static DailiesBody *
take_body (Opening      *self,
           GInputStream *stream)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  guint status = soup_message_get_status (self->message);
  goffset start, total;
  gboolean ranged = parse_content_range (get_header (self, "Content-Range"), &start, &total);

  if (status == 206 && ranged && start == self->offset && is_same_file (self))
    {
      if (total < 0 && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
        total = start + soup_message_headers_get_content_length (headers);
      return new_body (self, stream, start, total);
    }
  /* There is nothing behind the end: the file was whole already. */
  if (status == 416 && ranged && total == self->offset && self->offset > 0 && is_same_file (self))
    {
      g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();

      return new_body (self, nothing, self->offset, total);
    }
  if (status == 200)
    return new_body (self, stream, 0,
                     soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
                       ? soup_message_headers_get_content_length (headers) : -1);
  return NULL;
}

static gboolean
follow_redirect (Opening *self,
                 GError **error)
{
  const char *location = get_header (self, "Location");
  g_autofree char *target = NULL;
  g_autofree char *host = dup_host (self->url);

  target = location != NULL ? g_uri_resolve_relative (self->url, location, G_URI_FLAGS_ENCODED, NULL) : NULL;
  if (target == NULL || ++self->redirects > MAX_REDIRECTS)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                   _("%s redirects again and again, or to nowhere. The clip cannot be fetched."), host);
      return FALSE;
    }
  if (!dailies_url_check (target, error))
    return FALSE;
  /* A server elsewhere has no business making this computer talk to itself. */
  if (dailies_url_is_loopback (target) && !dailies_url_is_loopback (self->url))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                   _("%s redirects to an address on this computer. The clip is not fetched from there."), host);
      return FALSE;
    }
  g_free (self->url);
  self->url = g_steal_pointer (&target);
  return TRUE;
}

static void send_request (GTask *task);

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;
  DailiesBody *body;
  guint status;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream == NULL)
    {
      g_autofree char *host = dup_host (self->url);

      g_task_return_error (task, dailies_exchange_new_fault (host, error));
      g_error_free (error);
      return;
    }

  status = soup_message_get_status (self->message);
  if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED)
    {
      if (follow_redirect (self, &error))
        send_request (g_steal_pointer (&task));
      else
        g_task_return_error (task, error);
      return;
    }

  body = take_body (self, stream);
  if (body != NULL)
    {
      g_task_return_pointer (task, body, (GDestroyNotify) dailies_body_free);
    }
  else if (self->offset > 0 && (status == 206 || status == 416 || status == 412))
    {
      self->offset = 0;
      g_clear_pointer (&self->etag, g_free);
      send_request (g_steal_pointer (&task));
    }
  else
    {
      g_task_return_error (task, new_status_error (self));
    }
}

/* Takes @task over. */
static void
send_request (GTask *task)
{
  DailiesTransport *transport = g_task_get_source_object (task);
  Opening *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers;
  GError *error = NULL;

  g_clear_object (&self->message);
  self->message = dailies_exchange_new_message ("GET", self->url, &error);
  if (self->message == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  /* Offsets count the bytes of the file itself, so it must not come compressed. */
  soup_message_disable_feature (self->message, SOUP_TYPE_CONTENT_DECODER);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (self->offset > 0)
    {
      soup_message_headers_set_range (headers, self->offset, -1);
      /* If-Range takes strong tags only; a weak one is compared afterwards. */
      if (self->etag != NULL && !g_str_has_prefix (self->etag, "W/"))
        soup_message_headers_replace (headers, "If-Range", self->etag);
    }
  soup_session_send_async (dailies_transport_get_session (transport, soup_message_get_uri (self->message)),
                           self->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), sent_cb, task);
}

void
dailies_transport_open_async (DailiesTransport    *self,
                              const char          *url,
                              goffset              offset,
                              const char          *etag,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  Opening *opening;

  g_return_if_fail (DAILIES_IS_TRANSPORT (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (offset >= 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_transport_open_async);
  opening = g_new0 (Opening, 1);
  opening->url = g_strdup (url);
  opening->offset = offset;
  opening->etag = g_strdup (etag);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  send_request (task);
}

DailiesBody *
dailies_transport_open_finish (DailiesTransport *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
