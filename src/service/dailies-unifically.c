/* dailies-unifically.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-unifically.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-answer.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-reading.h"
#include "dailies-transport.h"

struct _DailiesUnifically
{
  GObject           parent_instance;

  DailiesTransport *transport;
  DailiesAccess    *access;
  GPtrArray        *hosts;
  gboolean          is_free;
};

static void dailies_unifically_iface_init (DailiesServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesUnifically, dailies_unifically, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DAILIES_TYPE_SERVICE, dailies_unifically_iface_init))

static JsonObject *
get_root (JsonNode *answer)
{
  return JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
}

static JsonObject *
get_data (JsonNode *answer)
{
  return dailies_json_get_object (get_root (answer), "data");
}

/* Whether the answer itself says that it is a refusal. Its `code` is no help: a page shows 400 for a task that runs. */
static gboolean
says_no (JsonNode *answer)
{
  JsonNode *success = get_root (answer) != NULL ? json_object_get_member (get_root (answer), "success") : NULL;

  return success != NULL && JSON_NODE_HOLDS_VALUE (success) && !json_node_get_boolean (success);
}

/* An answer to a submit without a task and without a word on success is as good as its code. */
static gboolean
says_nothing (JsonNode *answer)
{
  JsonObject *root = get_root (answer);

  return root != NULL && !json_object_has_member (root, "success") && get_data (answer) == NULL;
}

/* The input in its envelope; what travels beside the input (`callback_url`) lies beside it. */
static JsonNode *
dailies_unifically_dup_body (DailiesService    *service,
                             DailiesDefinition *definition,
                             JsonNode          *input,
                             JsonNode          *beside)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "model", dailies_definition_get_endpoint (definition));
  json_object_set_member (object, "input", json_node_copy (input));
  if (beside != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (beside));
      while (json_object_iter_next (&iter, &name, &member))
        json_object_set_member (object, name, json_node_copy (member));
    }
  json_object_unref (object);
  return node;
}

static const char *
dailies_unifically_get_protocol (DailiesService *service)
{
  return "unifically";
}

static const char *
dailies_unifically_get_title (DailiesService *service)
{
  return dailies_access_get_title (DAILIES_UNIFICALLY (service)->access);
}

static gboolean
dailies_unifically_can_cancel (DailiesService *service)
{
  return FALSE;
}

static GPtrArray *
dailies_unifically_dup_hosts (DailiesService *service)
{
  /* Never changed once it is made, so that everybody can have the same. */
  return g_ptr_array_ref (DAILIES_UNIFICALLY (service)->hosts);
}

static goffset
dailies_unifically_get_max_body (DailiesService *service)
{
  return -1;
}

/* --- submit --------------------------------------------------------------------------------- */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *said = NULL;
  DailiesUnifically *self = g_task_get_source_object (task);
  GError *error = NULL;
  const char *id;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  id = dailies_json_get_string (get_data (answer), "task_id");
  if (id == NULL)
    id = dailies_json_get_string (get_root (answer), "task_id");
  if (dailies_remote_id_is_valid (id))
    {
      g_task_return_pointer (task, g_strdup (id), g_free);
    }
  else if (id == NULL && (says_no (answer) || says_nothing (answer)))
    {
      g_task_return_error (task, dailies_answer_read_refusal (self->access, DAILIES_CALL_PAID, answer));
    }
  else
    {
      said = dailies_answer_dup_words (self->access, answer);
      g_task_return_error (task, dailies_answer_new_error (self->access, DAILIES_ERROR_UNKNOWN_OUTCOME, 0, 0, said));
    }
}

static void
dailies_unifically_submit_async (DailiesService      *service,
                                 DailiesDefinition   *definition,
                                 JsonNode            *input,
                                 JsonNode            *beside,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DailiesUnifically *self = DAILIES_UNIFICALLY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonNode) body = dailies_unifically_dup_body (service, definition, input, beside);

  g_task_set_source_tag (task, dailies_unifically_submit_async);
  /* An id that was paid for must never be lost to a late cancel. */
  g_task_set_check_cancellable (task, FALSE);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_PAID, "POST", "/v1/tasks", body, cancellable,
                                submitted_cb, g_steal_pointer (&task));
}

static char *
dailies_unifically_submit_finish (DailiesService *service,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- poll ----------------------------------------------------------------------------------- */

static DailiesReport *
read_task (DailiesUnifically *self,
           JsonNode          *answer,
           GError           **error)
{
  const char *members[] = { "video_url", "video", "videos", "image_url", "image", "images" };
  JsonObject *data = get_data (answer);
  JsonObject *output = dailies_json_get_object (data, "output");
  const char *word = dailies_json_get_string (data, "status");
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = dailies_answer_dup_words (self->access, answer);
  DailiesReport *report;
  guint n_refused = 0;

  if (word == NULL)
    {
      g_propagate_error (error, says_no (answer)
                                  ? dailies_answer_read_refusal (self->access, DAILIES_CALL_READ, answer)
                                  : dailies_answer_new_error (self->access, DAILIES_ERROR_PROTOCOL, 0, 0, said));
      return NULL;
    }

  report = dailies_reading_new_report (word);
  report->cost_usd = dailies_reading_get_usd (data, "cost");
  if (report->state == DAILIES_REPORT_DONE)
    {
      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        dailies_reading_take_urls (self->access, output, members[i], urls, &n_refused);
      /* Beside the status only the result's own names count: anything else may be an echo of the input. */
      if (urls->len == 0)
        dailies_reading_take_urls (self->access, data, "video_url", urls, &n_refused);
      if (urls->len == 0)
        dailies_reading_take_urls (self->access, data, "image_url", urls, &n_refused);
      dailies_reading_finish (report, self->access, urls, n_refused, said);
    }
  else if (report->state == DAILIES_REPORT_FAILED)
    {
      dailies_reading_fail (report, self->access, said);
    }
  return report;
}

static void
polled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  DailiesReport *report = NULL;
  GError *error = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer != NULL)
    report = read_task (g_task_get_source_object (task), answer, &error);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) dailies_report_free);
  else
    g_task_return_error (task, error);
}

static void
dailies_unifically_poll_async (DailiesService      *service,
                               const char          *remote_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DailiesUnifically *self = DAILIES_UNIFICALLY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_unifically_poll_async);
  if (!dailies_reading_check_id (remote_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  path = g_strconcat ("/v1/tasks/", remote_id, NULL);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", path, NULL, cancellable,
                                polled_cb, g_steal_pointer (&task));
}

static DailiesReport *
dailies_unifically_poll_finish (DailiesService *service,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- cancel: there is none ------------------------------------------------------------------- */

static void
dailies_unifically_cancel_async (DailiesService      *service,
                                 const char          *remote_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (service, cancellable, callback, user_data);

  g_task_set_source_tag (task, dailies_unifically_cancel_async);
  g_task_return_boolean (task, TRUE);
}

static gboolean
dailies_unifically_cancel_finish (DailiesService        *service,
                                  GAsyncResult          *result,
                                  DailiesCancelOutcome  *outcome,
                                  GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);

  *outcome = DAILIES_CANCEL_NOT_POSSIBLE;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- price ---------------------------------------------------------------------------------- */

static void
priced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;
  DailiesPrice *hint = g_task_get_task_data (task);
  double usd = NAN;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (answer != NULL && !says_no (answer))
    {
      usd = dailies_reading_get_usd (get_data (answer), "cost");
      if (isnan (usd))
        usd = dailies_reading_get_usd (get_root (answer), "cost");
    }
  /* Nothing here is free: a zero stands for a price that could not be had. */
  g_task_return_pointer (task,
                         usd > 0 ? dailies_reading_new_price (usd, _("dry run"), TRUE)
                                 : dailies_reading_new_price (hint->usd, hint->source, FALSE),
                         (GDestroyNotify) dailies_price_free);
}

static void
dailies_unifically_price_async (DailiesService      *service,
                                DailiesDefinition   *definition,
                                JsonNode            *input,
                                double               seconds,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DailiesUnifically *self = DAILIES_UNIFICALLY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonNode) body = NULL;

  g_task_set_source_tag (task, dailies_unifically_price_async);
  g_task_set_task_data (task, dailies_reading_new_hint (definition, seconds), (GDestroyNotify) dailies_price_free);
  if (self->is_free)
    {
      g_task_return_pointer (task, dailies_reading_new_price (0, _("free · practice"), TRUE),
                             (GDestroyNotify) dailies_price_free);
      return;
    }
  if (input == NULL)
    {
      g_task_return_pointer (task, dailies_reading_new_hint (definition, seconds), (GDestroyNotify) dailies_price_free);
      return;
    }

  body = dailies_unifically_dup_body (service, definition, input, NULL);
  json_object_set_boolean_member (json_node_get_object (body), "dry_run", TRUE);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_ONCE, "POST", "/v1/tasks", body, cancellable,
                                priced_cb, g_steal_pointer (&task));
}

static DailiesPrice *
dailies_unifically_price_finish (DailiesService *service,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- balance -------------------------------------------------------------------------------- */

static void
balance_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  DailiesUnifically *self = g_task_get_source_object (task);
  GError *error = NULL;
  double *usd;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  usd = g_new (double, 1);
  *usd = dailies_json_get_number (get_data (answer), "balance_usd");
  if (isnan (*usd))
    *usd = dailies_json_get_number (get_root (answer), "balance_usd");
  if (!isnan (*usd))
    {
      g_task_return_pointer (task, usd, g_free);
      return;
    }
  g_free (usd);
  g_task_return_error (task, says_no (answer)
                               ? dailies_answer_read_refusal (self->access, DAILIES_CALL_READ, answer)
                               : dailies_answer_new_error (self->access, DAILIES_ERROR_PROTOCOL, 0, 0, NULL));
}

static void
dailies_unifically_balance_async (DailiesService      *service,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  DailiesUnifically *self = DAILIES_UNIFICALLY (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dailies_unifically_balance_async);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", "/account", NULL, cancellable,
                                balance_cb, task);
}

static gboolean
dailies_unifically_balance_finish (DailiesService *service,
                                   GAsyncResult   *result,
                                   double         *usd,
                                   GError        **error)
{
  g_autofree double *value = NULL;

  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);

  value = g_task_propagate_pointer (G_TASK (result), error);
  *usd = value != NULL ? *value : NAN;
  return value != NULL;
}

static void
dailies_unifically_iface_init (DailiesServiceInterface *iface)
{
  iface->get_protocol = dailies_unifically_get_protocol;
  iface->get_title = dailies_unifically_get_title;
  iface->can_cancel = dailies_unifically_can_cancel;
  iface->dup_hosts = dailies_unifically_dup_hosts;
  iface->get_max_body = dailies_unifically_get_max_body;
  iface->dup_body = dailies_unifically_dup_body;
  iface->submit_async = dailies_unifically_submit_async;
  iface->submit_finish = dailies_unifically_submit_finish;
  iface->poll_async = dailies_unifically_poll_async;
  iface->poll_finish = dailies_unifically_poll_finish;
  iface->cancel_async = dailies_unifically_cancel_async;
  iface->cancel_finish = dailies_unifically_cancel_finish;
  iface->price_async = dailies_unifically_price_async;
  iface->price_finish = dailies_unifically_price_finish;
  iface->balance_async = dailies_unifically_balance_async;
  iface->balance_finish = dailies_unifically_balance_finish;
}

static void
dailies_unifically_dispose (GObject *object)
{
  DailiesUnifically *self = DAILIES_UNIFICALLY (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->access);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_unifically_parent_class)->dispose (object);
}

static void
dailies_unifically_class_init (DailiesUnificallyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_unifically_dispose;
}

static void
dailies_unifically_init (DailiesUnifically *self)
{
}

DailiesService *
dailies_unifically_new (DailiesTransport *transport,
                        DailiesAccess    *access,
                        GPtrArray        *hosts,
                        gboolean          is_free)
{
  DailiesUnifically *self;

  g_return_val_if_fail (transport != NULL, NULL);
  g_return_val_if_fail (access != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  self = g_object_new (DAILIES_TYPE_UNIFICALLY, NULL);
  self->transport = g_object_ref (transport);
  self->access = g_object_ref (access);
  self->hosts = g_ptr_array_ref (hosts);
  self->is_free = is_free;
  return DAILIES_SERVICE (self);
}
