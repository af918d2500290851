/* dailies-runcomfy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-runcomfy.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-answer.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-reading.h"
#include "dailies-transport.h"

struct _DailiesRuncomfy
{
  GObject           parent_instance;

  DailiesTransport *transport;
  DailiesAccess    *access;
  GPtrArray        *hosts;
  gboolean          is_free;
};

static void dailies_runcomfy_iface_init (DailiesServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesRuncomfy, dailies_runcomfy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DAILIES_TYPE_SERVICE, dailies_runcomfy_iface_init))

static JsonObject *
get_root (JsonNode *answer)
{
  return JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
}

/* "/v1/models/a/b". An imported definition names its endpoint itself: it must not climb out of its place. */
static char *
dup_model_path (DailiesDefinition *definition,
                GError           **error)
{
  const char *endpoint = dailies_definition_get_endpoint (definition);
  g_auto (GStrv) parts = g_strsplit (endpoint, "/", -1);
  g_autofree char *escaped = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
      {
        g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                     _("The model “%s” has no usable name at the service (“%s”). Import it again."),
                     dailies_definition_get_title (definition), endpoint);
        return NULL;
      }
  escaped = g_uri_escape_string (endpoint, "/", FALSE);
  return g_strconcat ("/v1/models/", escaped, NULL);
}

static const char *
dailies_runcomfy_get_protocol (DailiesService *service)
{
  return "runcomfy";
}

static const char *
dailies_runcomfy_get_title (DailiesService *service)
{
  return dailies_access_get_title (DAILIES_RUNCOMFY (service)->access);
}

static gboolean
dailies_runcomfy_can_cancel (DailiesService *service)
{
  return TRUE;
}

static GPtrArray *
dailies_runcomfy_dup_hosts (DailiesService *service)
{
  /* Never changed once it is made, so that everybody can have the same. */
  return g_ptr_array_ref (DAILIES_RUNCOMFY (service)->hosts);
}

static goffset
dailies_runcomfy_get_max_body (DailiesService *service)
{
  return DAILIES_RUNCOMFY_MAX_BODY;
}

static JsonNode *
dailies_runcomfy_dup_body (DailiesService    *service,
                           DailiesDefinition *definition,
                           JsonNode          *input,
                           JsonNode          *beside)
{
  return json_node_ref (input);
}

/* --- submit --------------------------------------------------------------------------------- */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  DailiesRuncomfy *self = g_task_get_source_object (task);
  GError *error = NULL;
  const char *id;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  id = dailies_json_get_string (get_root (answer), "request_id");
  if (dailies_remote_id_is_valid (id))
    g_task_return_pointer (task, g_strdup (id), g_free);
  else if (id != NULL)
    g_task_return_error (task, dailies_answer_new_error (self->access, DAILIES_ERROR_UNKNOWN_OUTCOME, 0, 0, NULL));
  else
    g_task_return_error (task, dailies_answer_read_refusal (self->access, DAILIES_CALL_PAID, answer));
}

static void
dailies_runcomfy_submit_async (DailiesService      *service,
                               DailiesDefinition   *definition,
                               JsonNode            *input,
                               JsonNode            *beside,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_runcomfy_submit_async);
  /* An id that was paid for must never be lost to a late cancel. */
  g_task_set_check_cancellable (task, FALSE);
  path = dup_model_path (definition, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (dailies_reading_estimate_size (input) > DAILIES_RUNCOMFY_MAX_BODY)
    {
      g_autofree char *size = g_format_size_full (dailies_reading_estimate_size (input), G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *most = g_format_size_full (DAILIES_RUNCOMFY_MAX_BODY, G_FORMAT_SIZE_IEC_UNITS);

      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("With its files inside, the request is %s, more than the %s that %s takes. Use smaller files, "
                                 "or put one on the web and drop its https address instead."),
                               size, most, dailies_access_get_title (self->access));
      return;
    }
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_PAID, "POST", path, input, cancellable,
                                submitted_cb, g_steal_pointer (&task));
}

static char *
dailies_runcomfy_submit_finish (DailiesService *service,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- poll ----------------------------------------------------------------------------------- */

/* Only `output` is read: the answer may echo the inputs' addresses beside it. */
static DailiesReport *
read_result (DailiesRuncomfy *self,
             JsonNode        *answer)
{
  const char *members[] = { "video", "videos", "image", "images" };
  JsonObject *root = get_root (answer);
  JsonObject *output = dailies_json_get_object (root, "output");
  const char *word = dailies_json_get_string (root, "status");
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = dailies_answer_dup_words (self->access, answer);
  DailiesReport *report = dailies_reading_new_report (word);
  double position = dailies_json_get_number (root, "queue_position");
  guint n_refused = 0;

  report->cost_usd = dailies_reading_get_usd (root, "cost");
  if (position >= 0 && position < G_MAXINT)
    report->queue_position = position;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    dailies_reading_take_urls (self->access, output, members[i], urls, &n_refused);

  if (report->state == DAILIES_REPORT_DONE || (word == NULL && urls->len > 0))
    dailies_reading_finish (report, self->access, urls, n_refused, said);
  else if (report->state == DAILIES_REPORT_FAILED)
    dailies_reading_fail (report, self->access, said);
  return report;
}

/* The service's own words, from the result or, where there is none, from what its error said. */
static char *
dup_result_words (DailiesRuncomfy *self,
                  JsonNode        *result,
                  const GError    *error,
                  JsonNode        *status)
{
  char *said = result != NULL ? dailies_answer_dup_words (self->access, result) : g_strdup (dailies_error_get_words (error));

  return said != NULL ? said : dailies_answer_dup_words (self->access, status);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (DailiesReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  DailiesRuncomfy *self = g_task_get_source_object (task);
  JsonNode *status = g_task_get_task_data (task);
  gboolean has_failed;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  report = dailies_reading_new_report (dailies_json_get_string (get_root (status), "status"));
  has_failed = report->state == DAILIES_REPORT_FAILED;
  /* The status of a failed job is proof enough when its result cannot be had; that of a completed one is not. */
  if (answer == NULL && !has_failed)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  said = dup_result_words (self, answer, error, status);
  g_clear_pointer (&report, dailies_report_free);
  report = read_result (self, answer != NULL ? answer : status);
  if (has_failed && (!report->known || (report->state == DAILIES_REPORT_FAILED && dailies_error_get_words (report->error) == NULL)))
    {
      dailies_reading_fail (report, self->access, said);
    }
  else if (*report->word == '\0' && report->state != DAILIES_REPORT_DONE)
    {
      g_autoptr (GError) refusal = dailies_answer_read_refusal (self->access, DAILIES_CALL_READ, answer);

      if (!g_error_matches (refusal, DAILIES_ERROR, DAILIES_ERROR_SERVER))
        g_task_return_error (task, g_steal_pointer (&refusal));
      else
        g_task_return_error (task, dailies_answer_new_error (self->access, DAILIES_ERROR_PROTOCOL, 0, 0, said));
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) dailies_report_free);
}

static void
status_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (DailiesReport) report = NULL;
  DailiesRuncomfy *self = g_task_get_source_object (task);
  g_autofree char *path = NULL;
  g_autofree char *said = NULL;
  g_autofree char *id = NULL;
  double position;
  GError *error = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (dailies_json_get_string (get_root (answer), "status") == NULL)
    {
      said = dailies_answer_dup_words (self->access, answer);
      g_task_return_error (task, dailies_answer_new_error (self->access, DAILIES_ERROR_PROTOCOL, 0, 0, said));
      return;
    }

  report = dailies_reading_new_report (dailies_json_get_string (get_root (answer), "status"));
  if (report->state == DAILIES_REPORT_DONE || report->state == DAILIES_REPORT_FAILED)
    {
      id = g_strdup (g_task_get_task_data (task));
      path = g_strdup_printf ("/v1/requests/%s/result?include_cost=true", id);
      g_task_set_task_data (task, g_steal_pointer (&answer), (GDestroyNotify) json_node_unref);
      dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", path, NULL,
                                    g_task_get_cancellable (task), result_cb, g_object_ref (task));
      return;
    }
  position = dailies_json_get_number (get_root (answer), "queue_position");
  if (position >= 0 && position < G_MAXINT)
    report->queue_position = position;
  g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) dailies_report_free);
}

static void
dailies_runcomfy_poll_async (DailiesService      *service,
                             const char          *remote_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_runcomfy_poll_async);
  if (!dailies_reading_check_id (remote_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_strdup (remote_id), g_free);
  path = g_strdup_printf ("/v1/requests/%s/status", remote_id);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", path, NULL, cancellable,
                                status_cb, g_steal_pointer (&task));
}

static DailiesReport *
dailies_runcomfy_poll_finish (DailiesService *service,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- cancel --------------------------------------------------------------------------------- */

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (DailiesReport) report = NULL;
  const char *outcome;
  GError *error = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Only a clear yes is one: with anything else the job is polled on. */
  outcome = dailies_json_get_string (get_root (answer), "outcome");
  if (outcome == NULL)
    outcome = dailies_json_get_string (get_root (answer), "status");
  report = dailies_reading_new_report (outcome);
  g_task_return_int (task, report->state == DAILIES_REPORT_CANCELLED ? DAILIES_CANCEL_DONE : DAILIES_CANCEL_NOT_POSSIBLE);
}

static void
dailies_runcomfy_cancel_async (DailiesService      *service,
                               const char          *remote_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_runcomfy_cancel_async);
  if (!dailies_reading_check_id (remote_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  path = g_strdup_printf ("/v1/requests/%s/cancel", remote_id);
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_ONCE, "POST", path, NULL, cancellable,
                                cancelled_cb, g_steal_pointer (&task));
}

static gboolean
dailies_runcomfy_cancel_finish (DailiesService        *service,
                                GAsyncResult          *result,
                                DailiesCancelOutcome  *outcome,
                                GError               **error)
{
  g_autoptr (GError) failure = NULL;
  gssize value;

  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);

  value = g_task_propagate_int (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *outcome = value;
  return TRUE;
}

/* --- price ---------------------------------------------------------------------------------- */

typedef struct
{
  DailiesDefinition *definition;
  double             seconds;
} Pricing;

static void
pricing_free (Pricing *self)
{
  g_object_unref (self->definition);
  g_free (self);
}

static DailiesPrice *
read_price (JsonNode *answer,
            double    seconds)
{
  double base = dailies_reading_get_usd (get_root (answer), "base_price_usd");
  const char *unit = dailies_json_get_string (get_root (answer), "price_unit");
  double usd = NAN;

  if (unit != NULL && g_ascii_strcasecmp (unit, "second") == 0)
    usd = base * seconds;
  else if (unit != NULL && g_ascii_strcasecmp (unit, "output") == 0)
    usd = base;
  /* Nothing here is free: a zero stands for a price that nobody entered. */
  return usd > 0 ? dailies_reading_new_price (usd, _("live price"), TRUE) : NULL;
}

static void
priced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;
  Pricing *pricing = g_task_get_task_data (task);
  DailiesPrice *price = NULL;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (answer != NULL)
    price = read_price (answer, pricing->seconds);
  if (price == NULL)
    price = dailies_reading_new_hint (pricing->definition, pricing->seconds);
  g_task_return_pointer (task, price, (GDestroyNotify) dailies_price_free);
}

static void
dailies_runcomfy_price_async (DailiesService      *service,
                              DailiesDefinition   *definition,
                              JsonNode            *input,
                              double               seconds,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  Pricing *pricing = g_new0 (Pricing, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, dailies_runcomfy_price_async);
  pricing->definition = g_object_ref (definition);
  pricing->seconds = seconds;
  g_task_set_task_data (task, pricing, (GDestroyNotify) pricing_free);
  if (self->is_free)
    {
      g_task_return_pointer (task, dailies_reading_new_price (0, _("free · practice"), TRUE),
                             (GDestroyNotify) dailies_price_free);
      return;
    }
  path = dup_model_path (definition, &error);
  if (path == NULL)
    g_task_return_error (task, error);
  else
    dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", path, NULL, cancellable,
                                  priced_cb, g_steal_pointer (&task));
}

static DailiesPrice *
dailies_runcomfy_price_finish (DailiesService *service,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- balance -------------------------------------------------------------------------------- */

static void
dailies_runcomfy_balance_async (DailiesService      *service,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (service);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dailies_runcomfy_balance_async);
  g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND,
                           _("%s does not tell the balance of an account to programs. Look it up on its pages."),
                           dailies_access_get_title (self->access));
}

static gboolean
dailies_runcomfy_balance_finish (DailiesService *service,
                                 GAsyncResult   *result,
                                 double         *usd,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);

  *usd = NAN;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dailies_runcomfy_iface_init (DailiesServiceInterface *iface)
{
  iface->get_protocol = dailies_runcomfy_get_protocol;
  iface->get_title = dailies_runcomfy_get_title;
  iface->can_cancel = dailies_runcomfy_can_cancel;
  iface->dup_hosts = dailies_runcomfy_dup_hosts;
  iface->get_max_body = dailies_runcomfy_get_max_body;
  iface->dup_body = dailies_runcomfy_dup_body;
  iface->submit_async = dailies_runcomfy_submit_async;
  iface->submit_finish = dailies_runcomfy_submit_finish;
  iface->poll_async = dailies_runcomfy_poll_async;
  iface->poll_finish = dailies_runcomfy_poll_finish;
  iface->cancel_async = dailies_runcomfy_cancel_async;
  iface->cancel_finish = dailies_runcomfy_cancel_finish;
  iface->price_async = dailies_runcomfy_price_async;
  iface->price_finish = dailies_runcomfy_price_finish;
  iface->balance_async = dailies_runcomfy_balance_async;
  iface->balance_finish = dailies_runcomfy_balance_finish;
}

static void
dailies_runcomfy_dispose (GObject *object)
{
  DailiesRuncomfy *self = DAILIES_RUNCOMFY (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->access);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_runcomfy_parent_class)->dispose (object);
}

static void
dailies_runcomfy_class_init (DailiesRuncomfyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_runcomfy_dispose;
}

static void
dailies_runcomfy_init (DailiesRuncomfy *self)
{
}

DailiesService *
dailies_runcomfy_new (DailiesTransport *transport,
                      DailiesAccess    *access,
                      GPtrArray        *hosts,
                      gboolean          is_free)
{
  DailiesRuncomfy *self;

  g_return_val_if_fail (transport != NULL, NULL);
  g_return_val_if_fail (access != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  self = g_object_new (DAILIES_TYPE_RUNCOMFY, NULL);
  self->transport = g_object_ref (transport);
  self->access = g_object_ref (access);
  self->hosts = g_ptr_array_ref (hosts);
  self->is_free = is_free;
  return DAILIES_SERVICE (self);
}
