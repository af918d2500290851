/* dailies-runcomfy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-runcomfy.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-answer.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-reading.h"
#include "dailies-service-private.h"

#define DAILIES_TYPE_RUNCOMFY (dailies_runcomfy_get_type ())
G_DECLARE_FINAL_TYPE (DailiesRuncomfy, dailies_runcomfy, DAILIES, RUNCOMFY, DailiesService)

struct _DailiesRuncomfy
{
  DailiesService parent_instance;
};

G_DEFINE_FINAL_TYPE (DailiesRuncomfy, dailies_runcomfy, DAILIES_TYPE_SERVICE)

/* --- submit ----------------------------------------------------------------------------------- */

/* "/v1/models/a/b". An imported definition names its endpoint itself: it must not climb out of its
 * place. */
static char *
dup_model_path (DailiesService *service, DailiesDefinition *definition, GError **error)
{
  const char *endpoint = dailies_definition_get_endpoint (definition);
  g_auto (GStrv) parts = g_strsplit (endpoint, "/", -1);
  g_autofree char *escaped = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
      {
        g_set_error (
          error,
          DAILIES_ERROR,
          DAILIES_ERROR_INVALID,
          _ ("The model “%s” has no usable name at the service (“%s”). Import it again."),
          dailies_definition_get_title (definition),
          endpoint);
        return NULL;
      }

  escaped = g_uri_escape_string (endpoint, "/", FALSE);
  return g_strconcat ("/v1/models/", escaped, NULL);
}

static JsonNode *
dailies_runcomfy_dup_body (DailiesService    *service,
                           DailiesDefinition *definition,
                           JsonNode          *input,
                           JsonNode          *beside)
{
  return json_node_ref (input);
}

static char *
dailies_runcomfy_read_id (DailiesService *service, JsonNode *answer, GError **error)
{
  DailiesAccess *access = dailies_service_get_access (service);
  const char    *id = dailies_json_get_string (dailies_service_get_root (answer), "request_id");

  if (dailies_remote_id_is_valid (id))
    return g_strdup (id);

  g_propagate_error (
    error,
    id != NULL ? dailies_answer_new_error (access, DAILIES_ERROR_UNKNOWN_OUTCOME, 0, 0, NULL)
               : dailies_answer_read_refusal (access, DAILIES_CALL_PAID, answer));
  return NULL;
}

/* --- poll ------------------------------------------------------------------------------------- */

static char *
dailies_runcomfy_dup_status_path (const char *remote_id)
{
  return g_strdup_printf ("/v1/requests/%s/status", remote_id);
}

static char *
dailies_runcomfy_dup_result_path (const char *remote_id)
{
  return g_strdup_printf ("/v1/requests/%s/result?include_cost=true", remote_id);
}

static void
read_position (DailiesReport *report, JsonObject *root)
{
  double position = dailies_json_get_number (root, "queue_position");

  if (position >= 0 && position < G_MAXINT)
    report->queue_position = position;
}

static DailiesReport *
dailies_runcomfy_read_status (DailiesService *service,
                              JsonNode       *answer,
                              gboolean       *wants_result,
                              GError        **error)
{
  DailiesAccess *access = dailies_service_get_access (service);
  JsonObject    *root = dailies_service_get_root (answer);
  const char    *word = dailies_json_get_string (root, "status");
  DailiesReport *report;

  if (word == NULL)
    {
      g_autofree char *said = dailies_answer_dup_words (access, answer);

      g_propagate_error (error,
                         dailies_answer_new_error (access, DAILIES_ERROR_PROTOCOL, 0, 0, said));
      return NULL;
    }

  report = dailies_reading_new_report (word);
  read_position (report, root);
  /* "completed" does not mean success: the result has a state of its own. */
  *wants_result = report->state == DAILIES_REPORT_DONE || report->state == DAILIES_REPORT_FAILED;
  return report;
}

/* Only `output` is read: the answer may echo the inputs' addresses beside it. */
static DailiesReport *
read_job (DailiesAccess *access, JsonNode *answer)
{
  const char    *members[] = { "video", "videos", "image", "images" };
  JsonObject    *root = dailies_service_get_root (answer);
  JsonObject    *output = dailies_json_get_object (root, "output");
  const char    *word = dailies_json_get_string (root, "status");
  DailiesReport *report = dailies_reading_new_report (word);
  guint          n_refused = 0;
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = dailies_answer_dup_words (access, answer);

  report->cost_usd = dailies_reading_get_usd (root, "cost");
  read_position (report, root);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    dailies_reading_take_urls (access, output, members[i], urls, &n_refused);

  if (report->state == DAILIES_REPORT_DONE || (word == NULL && urls->len > 0))
    dailies_reading_finish (report, access, urls, n_refused, said);
  else if (report->state == DAILIES_REPORT_FAILED)
    dailies_reading_fail (report, access, said);
  return report;
}

/* The service's own words, from the result or, where there is none, from what its error said. */
static char *
dup_result_words (DailiesAccess *access, JsonNode *result, const GError *failure, JsonNode *status)
{
  char *said = result != NULL ? dailies_answer_dup_words (access, result)
                              : g_strdup (dailies_error_get_words (failure));

  return said != NULL ? said : dailies_answer_dup_words (access, status);
}

static GError *
read_no_state (DailiesAccess *access, JsonNode *result, const char *said)
{
  g_autoptr (GError) refusal = dailies_answer_read_refusal (access, DAILIES_CALL_READ, result);

  if (!g_error_matches (refusal, DAILIES_ERROR, DAILIES_ERROR_SERVER))
    return g_steal_pointer (&refusal);

  return dailies_answer_new_error (access, DAILIES_ERROR_PROTOCOL, 0, 0, said);
}

static gboolean
has_failed (JsonNode *status)
{
  g_autoptr (DailiesReport) report = dailies_reading_new_report (
    dailies_json_get_string (dailies_service_get_root (status), "status"));

  return report->state == DAILIES_REPORT_FAILED;
}

static DailiesReport *
dailies_runcomfy_read_result (DailiesService *service,
                              JsonNode       *status,
                              JsonNode       *result,
                              const GError   *failure,
                              GError        **error)
{
  DailiesAccess *access = dailies_service_get_access (service);
  gboolean       failed = has_failed (status);
  g_autoptr (DailiesReport) report = NULL;
  g_autofree char *said = NULL;

  /* The status of a failed job is proof enough when its result cannot be had; that of a completed
   * one is not. */
  if (result == NULL && !failed)
    {
      g_propagate_error (error, g_error_copy (failure));
      return NULL;
    }

  said = dup_result_words (access, result, failure, status);
  report = read_job (access, result != NULL ? result : status);
  if (failed && (!report->known || (report->state == DAILIES_REPORT_FAILED &&
                                    dailies_error_get_words (report->error) == NULL)))
    {
      dailies_reading_fail (report, access, said);
    }
  else if (*report->word == '\0' && report->state != DAILIES_REPORT_DONE)
    {
      g_propagate_error (error, read_no_state (access, result, said));
      return NULL;
    }

  return g_steal_pointer (&report);
}

/* --- cancel ----------------------------------------------------------------------------------- */

static char *
dailies_runcomfy_dup_cancel_path (const char *remote_id)
{
  return g_strdup_printf ("/v1/requests/%s/cancel", remote_id);
}

/* Only a clear yes is one: with anything else the job is polled on. */
static DailiesCancelOutcome
dailies_runcomfy_read_cancel (DailiesService *service, JsonNode *answer)
{
  JsonObject *root = dailies_service_get_root (answer);
  const char *outcome = dailies_json_get_string (root, "outcome");
  const char *word = dailies_json_get_string (root, "status");
  g_autoptr (DailiesReport) report =
    dailies_reading_new_report (outcome != NULL ? outcome : word);

  if (report->state == DAILIES_REPORT_CANCELLED)
    return DAILIES_CANCEL_DONE;
  if (outcome != NULL)
    return g_ascii_strcasecmp (outcome, "not_cancellable") == 0 ? DAILIES_CANCEL_NOT_POSSIBLE
                                                               : DAILIES_CANCEL_UNCLEAR;
  /* A job that waits is cancelled on request; that it still waits is no answer. */
  return report->known && report->state != DAILIES_REPORT_QUEUED ? DAILIES_CANCEL_NOT_POSSIBLE
                                                                 : DAILIES_CANCEL_UNCLEAR;
}

/* --- price ------------------------------------------------------------------------------------ */

static gboolean
dailies_runcomfy_plan_price (DailiesService     *service,
                             DailiesDefinition  *definition,
                             JsonNode           *input,
                             DailiesServiceCall *call,
                             GError            **error)
{
  call->kind = DAILIES_CALL_READ;
  call->method = "GET";
  call->path = dup_model_path (service, definition, error);
  return call->path != NULL;
}

static double
dailies_runcomfy_read_price (DailiesService *service, JsonNode *answer, double seconds)
{
  JsonObject *root = dailies_service_get_root (answer);
  double      base = dailies_reading_get_usd (root, "base_price_usd");
  const char *unit = dailies_json_get_string (root, "price_unit");

  if (unit != NULL && g_ascii_strcasecmp (unit, "second") == 0)
    return base * seconds;
  if (unit != NULL && g_ascii_strcasecmp (unit, "output") == 0)
    return base;
  return NAN;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_runcomfy_class_init (DailiesRuncomfyClass *klass)
{
  DailiesServiceClass *service_class = DAILIES_SERVICE_CLASS (klass);

  service_class->protocol = "runcomfy";
  service_class->max_body = DAILIES_RUNCOMFY_MAX_BODY;
  service_class->price_source = N_ ("What the service asks for this model today.");
  service_class->dup_submit_path = dup_model_path;
  service_class->dup_body = dailies_runcomfy_dup_body;
  service_class->read_id = dailies_runcomfy_read_id;
  service_class->dup_status_path = dailies_runcomfy_dup_status_path;
  service_class->read_status = dailies_runcomfy_read_status;
  service_class->dup_result_path = dailies_runcomfy_dup_result_path;
  service_class->read_result = dailies_runcomfy_read_result;
  service_class->dup_cancel_path = dailies_runcomfy_dup_cancel_path;
  service_class->read_cancel = dailies_runcomfy_read_cancel;
  service_class->plan_price = dailies_runcomfy_plan_price;
  service_class->read_price = dailies_runcomfy_read_price;
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
  g_return_val_if_fail (transport != NULL, NULL);
  g_return_val_if_fail (access != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  return g_object_new (DAILIES_TYPE_RUNCOMFY,
                       "transport",
                       transport,
                       "access",
                       access,
                       "hosts",
                       hosts,
                       "free",
                       is_free,
                       NULL);
}
