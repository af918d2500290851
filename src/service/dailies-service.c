/* dailies-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-service-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-reading.h"

typedef struct
{
  DailiesTransport *transport;
  DailiesAccess    *access;
  GPtrArray        *hosts;
  gboolean          is_free;
} DailiesServicePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DailiesService, dailies_service, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TRANSPORT,
  PROP_ACCESS,
  PROP_HOSTS,
  PROP_FREE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A look at a job that takes a second call. */
typedef struct
{
  char     *remote_id;
  JsonNode *status;
} Look;

static DailiesServicePrivate *
get_private (gpointer self)
{
  return dailies_service_get_instance_private (self);
}

static void
look_free (Look *look)
{
  g_free (look->remote_id);
  g_clear_pointer (&look->status, json_node_unref);
  g_free (look);
}

static void
return_report (GTask *task, DailiesReport *report, GError *error)
{
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) dailies_report_free);
  else
    g_task_return_error (task, error);
}

/* --- submit ----------------------------------------------------------------------------------- */

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = dailies_service_take_answer (source, result, task);
  DailiesService *self = g_task_get_source_object (task);
  GError         *error = NULL;
  char           *id;

  if (answer == NULL)
    return;

  id = DAILIES_SERVICE_GET_CLASS (self)->read_id (self, answer, &error);
  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

static gboolean
check_size (DailiesService *self, JsonNode *body, GError **error)
{
  goffset          max = DAILIES_SERVICE_GET_CLASS (self)->max_body;
  g_autofree char *size = NULL;
  g_autofree char *most = NULL;

  if (max < 0 || dailies_reading_estimate_size (body) <= max)
    return TRUE;

  size = g_format_size_full (dailies_reading_estimate_size (body), G_FORMAT_SIZE_IEC_UNITS);
  most = g_format_size_full (max, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_INVALID,
               _ ("With its files inside, the request is %s, more than the %s that %s takes. Use "
                  "smaller files, or put one on the web and drop its https address instead."),
               size,
               most,
               dailies_service_get_title (self));
  return FALSE;
}

/* --- poll ------------------------------------------------------------------------------------- */

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) failure = NULL;
  DailiesService *self = g_task_get_source_object (task);
  Look           *look = g_task_get_task_data (task);
  DailiesReport  *report;
  GError         *error = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &failure);
  report =
    DAILIES_SERVICE_GET_CLASS (self)->read_result (self, look->status, answer, failure, &error);
  return_report (task, report, error);
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = dailies_service_take_answer (source, result, task);
  DailiesService      *self = g_task_get_source_object (task);
  DailiesServiceClass *klass = DAILIES_SERVICE_GET_CLASS (self);
  Look                *look = g_task_get_task_data (task);
  g_autoptr (DailiesReport) report = NULL;
  g_autofree char *path = NULL;
  gboolean         wants_result = FALSE;
  GError          *error = NULL;

  if (answer == NULL)
    return;

  report = klass->read_status (self, answer, &wants_result, &error);
  if (report == NULL || !wants_result)
    {
      return_report (task, g_steal_pointer (&report), error);
      return;
    }

  look->status = g_steal_pointer (&answer);
  path = klass->dup_result_path (look->remote_id);
  dailies_service_call (task, DAILIES_CALL_READ, "GET", path, NULL, result_cb);
}

/* --- cancel ----------------------------------------------------------------------------------- */

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  DailiesService *self = g_task_get_source_object (task);
  GError         *error = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer != NULL)
    {
      g_task_return_int (task, DAILIES_SERVICE_GET_CLASS (self)->read_cancel (self, answer));
    }
  else if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID))
    {
      /* There is nothing in the question that could be wrong but its moment. */
      g_error_free (error);
      g_task_return_int (task, DAILIES_CANCEL_NOT_POSSIBLE);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_service_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DailiesServicePrivate *priv = get_private (object);

  switch (prop_id)
    {
    case PROP_TRANSPORT:
      priv->transport = g_value_dup_object (value);
      break;
    case PROP_ACCESS:
      priv->access = g_value_dup_object (value);
      break;
    case PROP_HOSTS:
      priv->hosts = g_value_dup_boxed (value);
      break;
    case PROP_FREE:
      priv->is_free = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_service_dispose (GObject *object)
{
  DailiesServicePrivate *priv = get_private (object);

  g_clear_object (&priv->transport);
  g_clear_object (&priv->access);
  g_clear_pointer (&priv->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_service_parent_class)->dispose (object);
}

static void
dailies_service_class_init (DailiesServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   once = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = dailies_service_set_property;
  object_class->dispose = dailies_service_dispose;

  klass->max_body = -1;

  properties[PROP_TRANSPORT] =
    g_param_spec_object ("transport", NULL, NULL, DAILIES_TYPE_TRANSPORT, once);
  properties[PROP_ACCESS] = g_param_spec_object ("access", NULL, NULL, DAILIES_TYPE_ACCESS, once);
  properties[PROP_HOSTS] = g_param_spec_boxed ("hosts", NULL, NULL, G_TYPE_PTR_ARRAY, once);
  properties[PROP_FREE] = g_param_spec_boolean ("free", NULL, NULL, FALSE, once);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_service_init (DailiesService *self)
{
}

/* --- for the protocols ------------------------------------------------------------------------ */

gboolean
dailies_service_is_free (DailiesService *self)
{
  return get_private (self)->is_free;
}

DailiesAccess *
dailies_service_get_access (DailiesService *self)
{
  return get_private (self)->access;
}

JsonObject *
dailies_service_get_root (JsonNode *answer)
{
  return JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
}

void
dailies_service_call (GTask              *task,
                      DailiesCallKind     kind,
                      const char         *method,
                      const char         *path,
                      JsonNode           *body,
                      GAsyncReadyCallback callback)
{
  DailiesServicePrivate *priv = get_private (g_task_get_source_object (task));

  dailies_transport_call_async (priv->transport,
                                priv->access,
                                kind,
                                method,
                                path,
                                body,
                                g_task_get_cancellable (task),
                                callback,
                                g_object_ref (task));
}

JsonNode *
dailies_service_take_answer (GObject *source, GAsyncResult *result, GTask *task)
{
  GError   *error = NULL;
  JsonNode *answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);

  return answer;
}

/* --- public ----------------------------------------------------------------------------------- */

const char *
dailies_service_get_protocol (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);

  return DAILIES_SERVICE_GET_CLASS (self)->protocol;
}

const char *
dailies_service_get_title (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);

  return dailies_access_get_title (get_private (self)->access);
}

gboolean
dailies_service_can_cancel (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);

  return DAILIES_SERVICE_GET_CLASS (self)->dup_cancel_path != NULL;
}

GPtrArray *
dailies_service_dup_hosts (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);

  /* Never changed once it is made, so that everybody can have the same. */
  return g_ptr_array_ref (get_private (self)->hosts);
}

goffset
dailies_service_get_max_body (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), -1);

  return DAILIES_SERVICE_GET_CLASS (self)->max_body;
}

JsonNode *
dailies_service_dup_body (DailiesService    *self,
                          DailiesDefinition *definition,
                          JsonNode          *input,
                          JsonNode          *beside)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  g_return_val_if_fail (definition != NULL, NULL);
  g_return_val_if_fail (input != NULL && JSON_NODE_HOLDS_OBJECT (input), NULL);
  g_return_val_if_fail (beside == NULL || JSON_NODE_HOLDS_OBJECT (beside), NULL);

  return DAILIES_SERVICE_GET_CLASS (self)->dup_body (self, definition, input, beside);
}

void
dailies_service_submit_async (DailiesService     *self,
                              DailiesDefinition  *definition,
                              JsonNode           *input,
                              JsonNode           *beside,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *path = NULL;
  GError          *error = NULL;

  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (definition != NULL);
  g_return_if_fail (input != NULL && JSON_NODE_HOLDS_OBJECT (input));
  g_return_if_fail (beside == NULL || JSON_NODE_HOLDS_OBJECT (beside));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_service_submit_async);
  /* An id that was paid for must never be lost to a late cancel. */
  g_task_set_check_cancellable (task, FALSE);

  path = DAILIES_SERVICE_GET_CLASS (self)->dup_submit_path (self, definition, &error);
  body = dailies_service_dup_body (self, definition, input, beside);
  if (path == NULL || !check_size (self, body, &error))
    g_task_return_error (task, error);
  else
    dailies_service_call (task, DAILIES_CALL_PAID, "POST", path, body, submitted_cb);
}

char *
dailies_service_submit_finish (DailiesService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_service_poll_async (DailiesService     *self,
                            const char         *remote_id,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  Look            *look;
  GError          *error = NULL;

  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (remote_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_service_poll_async);
  if (!dailies_reading_check_id (remote_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  look = g_new0 (Look, 1);
  look->remote_id = g_strdup (remote_id);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  path = DAILIES_SERVICE_GET_CLASS (self)->dup_status_path (remote_id);
  dailies_service_call (task, DAILIES_CALL_READ, "GET", path, NULL, status_cb);
}

DailiesReport *
dailies_service_poll_finish (DailiesService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_service_cancel_async (DailiesService     *self,
                              const char         *remote_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  GError          *error = NULL;

  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (remote_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_service_cancel_async);
  if (!dailies_service_can_cancel (self))
    {
      g_task_return_int (task, DAILIES_CANCEL_NOT_POSSIBLE);
      return;
    }
  if (!dailies_reading_check_id (remote_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  path = DAILIES_SERVICE_GET_CLASS (self)->dup_cancel_path (remote_id);
  dailies_service_call (task, DAILIES_CALL_ONCE, "POST", path, NULL, cancelled_cb);
}

gboolean
dailies_service_cancel_finish (DailiesService       *self,
                               GAsyncResult         *result,
                               DailiesCancelOutcome *outcome,
                               GError              **error)
{
  g_autoptr (GError) failure = NULL;
  gssize value;

  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  value = g_task_propagate_int (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (outcome != NULL)
    *outcome = value;
  return TRUE;
}
