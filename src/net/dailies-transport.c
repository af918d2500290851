/* dailies-transport.c: the sessions, and calls with their repetitions
 *
 * Downloads are in dailies-transport-open.c, uploads in dailies-transport-upload.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-error.h"

#define MAX_TRIES 4
/* A service that wants a longer pause than this gets it from the caller, who can show it. */
#define MAX_PATIENCE 30 /* seconds */

struct _DailiesTransport
{
  GObject      parent_instance;

  SoupSession *outside;
  SoupSession *loopback;
  guint        timeout;
  guint        retry_pause;
};

G_DEFINE_FINAL_TYPE (DailiesTransport, dailies_transport, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TIMEOUT,
  PROP_RETRY_PAUSE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  DailiesAccess  *access;
  DailiesCallKind kind;
  char           *method;
  char           *url;
  GBytes         *body; /* (nullable) */
  guint           tries;
} Call;

static void
call_free (Call *self)
{
  g_clear_object (&self->access);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->method);
  g_free (self->url);
  g_free (self);
}

static void try_call (GTask *task);

static gboolean
pause_over_cb (gpointer user_data)
{
  GTask *task = user_data;

  try_call (g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static gboolean
pause_cancelled_cb (GCancellable *cancellable,
                    gpointer      user_data)
{
  return pause_over_cb (user_data);
}

/* One source that is ready when the pause is over or the caller cancels, whichever comes first. */
static void
wait_and_try (GTask *task,
              guint  milliseconds)
{
  g_autoptr (GSource) source = NULL;
  g_autoptr (GSource) pause = g_timeout_source_new (milliseconds);

  if (g_task_get_cancellable (task) == NULL)
    {
      source = g_source_ref (pause);
      g_source_set_callback (source, pause_over_cb, g_object_ref (task), g_object_unref);
    }
  else
    {
      source = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_callback (source, G_SOURCE_FUNC (pause_cancelled_cb), g_object_ref (task), g_object_unref);
      g_source_set_dummy_callback (pause);
      g_source_add_child_source (source, pause);
    }
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
may_try_again (Call         *call,
               const GError *error)
{
  return call->kind == DAILIES_CALL_READ && call->tries < MAX_TRIES &&
         (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK) ||
          g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_SERVER) ||
          g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_RATE)) &&
         dailies_error_get_retry_after (error) <= MAX_PATIENCE;
}

static void
exchange_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DailiesTransport *self = DAILIES_TRANSPORT (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  JsonNode *answer;

  answer = dailies_exchange_finish (self, result, &error);
  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify) json_node_unref);
    }
  else if (may_try_again (call, error))
    {
      guint pause = self->retry_pause << (call->tries - 1);

      wait_and_try (task, MAX (pause, dailies_error_get_retry_after (error) * 1000));
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* Takes @task over. */
static void
try_call (GTask *task)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (SoupMessage) message = NULL;
  GError *error = NULL;
  Call *call = g_task_get_task_data (task);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  message = dailies_exchange_new_message (call->method, call->url, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  call->tries++;
  dailies_exchange_sign (message, call->access);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", call->body);
  dailies_exchange_async (g_task_get_source_object (task), call->access, call->kind, message,
                          g_task_get_cancellable (task), exchange_cb, g_steal_pointer (&owned));
}

/* With pictures inline a body has up to 64 MiB: too much to write out on the main thread. */
static void
write_body_thread (GTask        *task,
                   gpointer      source,
                   gpointer      body,
                   GCancellable *cancellable)
{
  char *text = json_to_string (body, FALSE);

  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
}

static void
body_written_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  call->body = g_task_propagate_pointer (G_TASK (result), NULL);
  try_call (task);
}

static SoupSession *
new_session (void)
{
  return soup_session_new_with_options ("user-agent", "Dailies/" PACKAGE_VERSION,
                                        "max-conns", 32,
                                        /* A long download must not keep the polls of its jobs waiting. */
                                        "max-conns-per-host", 12,
                                        NULL);
}

static void
dailies_transport_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DailiesTransport *self = DAILIES_TRANSPORT (object);

  switch (prop_id)
    {
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    case PROP_RETRY_PAUSE:
      g_value_set_uint (value, self->retry_pause);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_transport_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DailiesTransport *self = DAILIES_TRANSPORT (object);
  guint number = g_value_get_uint (value);

  switch (prop_id)
    {
    case PROP_TIMEOUT:
      if (self->timeout == number)
        return;
      self->timeout = number;
      soup_session_set_timeout (self->outside, number);
      soup_session_set_timeout (self->loopback, number);
      break;
    case PROP_RETRY_PAUSE:
      if (self->retry_pause == number)
        return;
      self->retry_pause = number;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
dailies_transport_dispose (GObject *object)
{
  DailiesTransport *self = DAILIES_TRANSPORT (object);

  g_clear_object (&self->outside);
  g_clear_object (&self->loopback);

  G_OBJECT_CLASS (dailies_transport_parent_class)->dispose (object);
}

static void
dailies_transport_class_init (DailiesTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_transport_get_property;
  object_class->set_property = dailies_transport_set_property;
  object_class->dispose = dailies_transport_dispose;

  /**
   * DailiesTransport:timeout: seconds without a byte after which a connection is given up; 0 never
   */
  properties[PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 0, G_MAXUINT, 60,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * DailiesTransport:retry-pause: milliseconds before a READ is repeated for the first time
   */
  properties[PROP_RETRY_PAUSE] =
    g_param_spec_uint ("retry-pause", NULL, NULL, 0, 60000, 500,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_transport_init (DailiesTransport *self)
{
  self->timeout = 60;
  self->retry_pause = 500;
  self->outside = new_session ();
  self->loopback = new_session ();
  soup_session_set_proxy_resolver (self->loopback, NULL);
}

DailiesTransport *
dailies_transport_new (void)
{
  return g_object_new (DAILIES_TYPE_TRANSPORT, NULL);
}

SoupSession *
dailies_transport_get_session (DailiesTransport *self,
                               GUri             *uri)
{
  g_autofree char *url = g_uri_to_string (uri);

  return dailies_url_is_loopback (url) ? self->loopback : self->outside;
}

/**
 * dailies_transport_call_async:
 * @path: absolute and escaped, with its query
 * @body: (nullable): sent as JSON; written out on another thread, so it must not change any more
 *
 * See dailies-transport.h. DAILIES_ERROR_NETWORK of a PAID call means that nothing was sent.
 */
void
dailies_transport_call_async (DailiesTransport    *self,
                              DailiesAccess       *access,
                              DailiesCallKind      kind,
                              const char          *method,
                              const char          *path,
                              JsonNode            *body,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (DAILIES_IS_TRANSPORT (self));
  g_return_if_fail (DAILIES_IS_ACCESS (access));
  g_return_if_fail (method != NULL);
  g_return_if_fail (path != NULL && *path == '/');
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_transport_call_async);
  /* Whether something left decides between "cancelled" and "unknown outcome"; only the exchange knows that. */
  g_task_set_check_cancellable (task, FALSE);

  call = g_new0 (Call, 1);
  call->access = g_object_ref (access);
  call->kind = kind;
  call->method = g_strdup (method);
  call->url = g_strconcat (dailies_access_get_base_url (access), path, NULL);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (body == NULL)
    {
      try_call (g_steal_pointer (&task));
    }
  else
    {
      /* Without a source: the pool's thread lets go of its task a little later, and must not be the last to hold us. */
      g_autoptr (GTask) writing = g_task_new (NULL, NULL, body_written_cb, g_steal_pointer (&task));

      g_task_set_source_tag (writing, dailies_transport_call_async);
      g_task_set_task_data (writing, json_node_ref (body), (GDestroyNotify) json_node_unref);
      g_task_run_in_thread (writing, write_body_thread);
    }
}

JsonNode *
dailies_transport_call_finish (DailiesTransport *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
