/* dailies-exchange.c: one HTTP request and its JSON answer
 *
 * What makes a paid request leave once only: it gets a fresh connection (libsoup 3.2 repeats a request by itself when a kept
 * connection turns out to be dead), no redirect is followed, no password asked for, and whatever makes libsoup begin
 * again all the same (421, a refused HTTP/2 stream) meets a cancelled cancellable before anything is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access-private.h"
#include "dailies-answer.h"
#include "dailies-error.h"
#include "dailies-json.h"

#define CHUNK (64 * 1024)
/* A server that asks for a longer pause than a day has its clock wrong. */
#define LONGEST_PAUSE (24 * 3600) /* seconds */
/* A longer body is read as JSON on another thread: it would be seen in the window. */
#define LONG_BODY (256 * 1024)
/* A server that sends a byte now and then keeps a connection for ever: the whole answer may take so many times as long as it may be
 * silent, and a second more for each so many bytes that have come. */
#define LONGEST_ANSWER 5
#define SLOWEST 8192

typedef struct
{
  DailiesAccess  *access;
  DailiesCallKind kind;
  SoupMessage    *message;
  GCancellable   *outer; /* the caller's */
  gulong          outer_id;
  GCancellable   *inner; /* what libsoup gets, so that the exchange can stop itself */
  GInputStream   *stream;
  GByteArray     *body;
  gboolean        left; /* the connection stands and the first byte may be on its way */
  guint           timeout; /* seconds that the server may be silent; 0 for ever */
  gint64          asked;   /* µs: when all of the request had gone */
  GSource        *watch;
} Exchange;

static void
drop_watch (Exchange *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static void
exchange_free (Exchange *self)
{
  /* Not g_cancellable_disconnect(), which waits for ever when the exchange ends within the cancelling itself. */
  if (self->outer_id != 0)
    g_signal_handler_disconnect (self->outer, self->outer_id);
  g_signal_handlers_disconnect_by_data (self->message, self);
  drop_watch (self);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->access);
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_byte_array_unref (self->body);
  g_free (self);
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static void
starting_cb (SoupMessage *message,
             Exchange    *self)
{
  if (self->left && self->kind != DAILIES_CALL_READ)
    g_cancellable_cancel (self->inner);
  self->left = TRUE;
}

static void
restarted_cb (SoupMessage *message,
              Exchange    *self)
{
  if (self->left && self->kind != DAILIES_CALL_READ)
    g_cancellable_cancel (self->inner);
}

static gboolean
watch_cb (gpointer data)
{
  Exchange *self = data;
  gint64 seconds = (gint64) self->timeout * LONGEST_ANSWER + self->body->len / SLOWEST;

  if (g_get_monotonic_time () - self->asked >= seconds * G_USEC_PER_SEC)
    g_cancellable_cancel (self->inner);
  return G_SOURCE_CONTINUE;
}

static void
wrote_body_cb (SoupMessage *message,
               Exchange    *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  drop_watch (self);
  if (self->timeout == 0)
    return;

  self->asked = g_get_monotonic_time ();
  self->watch = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->watch, watch_cb, self, NULL);
  g_source_attach (self->watch, context);
}

GError *
dailies_exchange_new_fault (const char   *title,
                            const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cause->domain == DAILIES_ERROR)
    return g_error_copy (cause);
  if (cause->domain == G_TLS_ERROR)
    return dailies_error_new_with_words (DAILIES_ERROR_NETWORK, NULL, 0,
                                         _("%s cannot be reached safely (%s). Check the clock of this computer and the network."),
                                         title, cause->message);
  return dailies_error_new_with_words (DAILIES_ERROR_NETWORK, NULL, 0,
                                       _("%s cannot be reached (%s). Check the connection, then try again."),
                                       title, cause->message);
}

static void
fail (GTask        *task,
      const GError *cause)
{
  Exchange *self = g_task_get_task_data (task);
  const char *title = dailies_access_get_title (self->access);

  if (self->kind == DAILIES_CALL_PAID && self->left)
    g_task_return_error (task, dailies_answer_new_error (self->access, DAILIES_ERROR_UNKNOWN_OUTCOME, 0, 0, NULL));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_cancellable_is_cancelled (self->outer))
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_NETWORK,
                             _("The connection to %s was lost on the way. Try again."), title);
  else
    g_task_return_error (task, dailies_exchange_new_fault (title, cause));
}

static void
return_unreadable (GTask *task,
                   guint  status)
{
  Exchange *self = g_task_get_task_data (task);
  DailiesError code = self->kind == DAILIES_CALL_PAID ? DAILIES_ERROR_UNKNOWN_OUTCOME : DAILIES_ERROR_PROTOCOL;

  g_task_return_error (task, dailies_answer_new_error (self->access, code, status, 0, NULL));
}

/* @answer: (nullable): the body as JSON */
static void
take_answer (GTask    *task,
             JsonNode *body)
{
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  g_autoptr (JsonNode) answer = body;
  GError *error = NULL;

  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      if (answer != NULL && self->kind == DAILIES_CALL_READ && dailies_answer_tells_state (status, answer))
        {
          g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) json_node_unref);
          return;
        }
      g_byte_array_append (self->body, (const guint8 *) "", 1);
      g_task_return_error (task, dailies_answer_read_error (self->access, self->kind, status,
                                                            dailies_exchange_retry_after (self->message),
                                                            (const char *) self->body->data));
      return;
    }

  if (answer == NULL)
    return_unreadable (task, status);
  else if (!dailies_answer_check (self->access, self->kind, answer, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) json_node_unref);
}

static void
parse_thread (GTask        *parsing,
              gpointer      source,
              gpointer      body,
              GCancellable *cancellable)
{
  GByteArray *bytes = body;

  g_task_return_pointer (parsing, dailies_json_parse ((const char *) bytes->data, bytes->len, NULL),
                         (GDestroyNotify) json_node_unref);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  take_answer (task, g_task_propagate_pointer (G_TASK (result), NULL));
}

static void
conclude (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  if (self->body->len <= LONG_BODY)
    {
      take_answer (task, dailies_json_parse ((const char *) self->body->data, self->body->len, NULL));
    }
  else
    {
      /* Without a source: the pool's thread lets go of its task a little later, and must not be the last to hold us. */
      g_autoptr (GTask) parsing = g_task_new (NULL, NULL, parsed_cb, g_object_ref (task));

      g_task_set_source_tag (parsing, conclude);
      g_task_set_task_data (parsing, g_byte_array_ref (self->body), (GDestroyNotify) g_byte_array_unref);
      g_task_run_in_thread (parsing, parse_thread);
    }
}

static void
return_too_long (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  g_autofree char *most = g_format_size_full (DAILIES_EXCHANGE_MAX_BODY, G_FORMAT_SIZE_IEC_UNITS);
  const char *title = dailies_access_get_title (self->access);

  if (self->kind == DAILIES_CALL_PAID)
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME,
                             _("The request left for %s, but its answer is longer than the %s that are read of one: it may "
                               "have been accepted and charged."), title, most);
  else
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                             _("The answer of %s is too large: it is longer than the %s that are read of one. Ask the "
                               "service about it; smaller files in the request make its answers smaller."), title, most);
}

static void read_on (GTask *task);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  gsize size;
  gconstpointer data;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (bytes == NULL)
    {
      /* The status already says no: a cut explanation does not change that. */
      if (!SOUP_STATUS_IS_SUCCESSFUL (status) && !g_cancellable_is_cancelled (self->outer))
        conclude (task);
      else
        fail (task, error);
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    {
      conclude (task);
    }
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status) && self->body->len + size > DAILIES_EXCHANGE_MAX_EXPLANATION)
    {
      g_cancellable_cancel (self->inner);
      conclude (task);
    }
  else if (self->body->len + size > DAILIES_EXCHANGE_MAX_BODY)
    {
      g_cancellable_cancel (self->inner);
      return_too_long (task);
    }
  else
    {
      g_byte_array_append (self->body, data, size);
      read_on (g_steal_pointer (&task));
    }
}

static void
read_on (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->inner, read_cb, task);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Exchange *self = g_task_get_task_data (task);

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    {
      fail (task, error);
    }
  else if (!self->left)
    {
      /* A status without a request: it is the proxy that said no. */
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_NETWORK,
                               _("%s cannot be reached: the proxy answers %u. Check the proxy in the system settings."),
                               dailies_access_get_title (self->access), soup_message_get_status (self->message));
    }
  else
    {
      read_on (g_steal_pointer (&task));
    }
}

SoupMessage *
dailies_exchange_new_message (const char *method,
                              const char *url,
                              GError    **error)
{
  g_autoptr (GUri) uri = NULL;
  SoupMessage *message;

  if (!dailies_url_check (url, error))
    return NULL;

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  message = uri != NULL ? soup_message_new_from_uri (method, uri) : NULL;
  if (message == NULL)
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("This is not a complete web address."));
      return NULL;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  return message;
}

void
dailies_exchange_sign (SoupMessage   *message,
                       DailiesAccess *access)
{
  g_autofree char *value = NULL;

  if (!dailies_access_has_token (access))
    return;
  value = g_strconcat ("Bearer ", dailies_access_get_token (access), NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

guint
dailies_exchange_retry_after (SoupMessage *message)
{
  const char *value = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  gint64 wait;

  if (value == NULL)
    return 0;
  /* However many digits: what is too large for any number is a long pause, not none. */
  if (*value != '\0' && value[strspn (value, "0123456789")] == '\0')
    return MIN (g_ascii_strtoull (value, NULL, 10), LONGEST_PAUSE);

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;
  now = g_date_time_new_now_utc ();
  wait = (g_date_time_difference (date, now) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  return CLAMP (wait, 0, LONGEST_PAUSE);
}

void
dailies_exchange_async (DailiesTransport    *transport,
                        DailiesAccess       *access,
                        DailiesCallKind      kind,
                        SoupMessage         *message,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (transport, cancellable, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, dailies_exchange_async);
  /* The answer to a paid request must reach its caller even when the caller has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) exchange_free);
  self->access = g_object_ref (access);
  self->kind = kind;
  self->message = g_object_ref (message);
  self->inner = g_cancellable_new ();
  self->body = g_byte_array_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                              g_object_ref (self->inner), g_object_unref);
    }

  if (kind != DAILIES_CALL_READ)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), self);
  g_object_get (transport, "timeout", &self->timeout, NULL);
  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), self);
  soup_session_send_async (dailies_transport_get_session (transport, soup_message_get_uri (message)), message,
                           G_PRIORITY_DEFAULT, self->inner, sent_cb, g_steal_pointer (&task));
}

JsonNode *
dailies_exchange_finish (DailiesTransport *transport,
                         GAsyncResult     *result,
                         GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
