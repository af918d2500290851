/* dailies-unifically.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-unifically.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "dailies-answer.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-reading.h"
#include "dailies-service-private.h"

#define TASKS "/v1/tasks"

#define DAILIES_TYPE_UNIFICALLY (dailies_unifically_get_type ())
G_DECLARE_FINAL_TYPE (DailiesUnifically, dailies_unifically, DAILIES, UNIFICALLY, DailiesService)

struct _DailiesUnifically
{
  DailiesService parent_instance;
};

G_DEFINE_FINAL_TYPE (DailiesUnifically, dailies_unifically, DAILIES_TYPE_SERVICE)

/* --- the envelope ----------------------------------------------------------------------------- */

static JsonObject *
get_data (JsonNode *answer)
{
  return dailies_json_get_object (dailies_service_get_root (answer), "data");
}

/* What may lie in the envelope's data or, in some answers, beside it. */
static double
get_usd (JsonNode *answer, const char *member)
{
  double usd = dailies_reading_get_usd (get_data (answer), member);

  return isnan (usd) ? dailies_reading_get_usd (dailies_service_get_root (answer), member) : usd;
}

/* Whether the answer itself says that it is a refusal. Its `code` is no help: a page shows 400 for
 * a task that runs. */
static gboolean
says_no (JsonNode *answer)
{
  JsonObject *root = dailies_service_get_root (answer);
  JsonNode   *success = root != NULL ? json_object_get_member (root, "success") : NULL;

  return success != NULL && JSON_NODE_HOLDS_VALUE (success) && !json_node_get_boolean (success);
}

/* An answer to a submit without a task and without a word on success is as good as its code. */
static gboolean
says_nothing (JsonNode *answer)
{
  JsonObject *root = dailies_service_get_root (answer);

  return root != NULL && !json_object_has_member (root, "success") && get_data (answer) == NULL;
}

static GError *
read_refusal (DailiesAccess *access, JsonNode *answer, const char *said)
{
  return says_no (answer) ? dailies_answer_read_refusal (access, DAILIES_CALL_READ, answer)
                          : dailies_answer_new_error (access, DAILIES_ERROR_PROTOCOL, 0, 0, said);
}

/* --- submit ----------------------------------------------------------------------------------- */

/* The input in its envelope; what travels beside the input (`callback_url`) lies beside it. */
static JsonNode *
dailies_unifically_dup_body (DailiesService    *service,
                             DailiesDefinition *definition,
                             JsonNode          *input,
                             JsonNode          *beside)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "model", dailies_definition_get_endpoint (definition));
  json_object_set_member (object, "input", json_node_copy (input));
  if (beside != NULL)
    {
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *member;

      json_object_iter_init (&iter, json_node_get_object (beside));
      while (json_object_iter_next (&iter, &name, &member))
        json_object_set_member (object, name, json_node_copy (member));
    }
  json_object_unref (object);
  return node;
}

static char *
dailies_unifically_dup_submit_path (DailiesService    *service,
                                    DailiesDefinition *definition,
                                    GError           **error)
{
  return g_strdup (TASKS);
}

static char *
dailies_unifically_read_id (DailiesService *service, JsonNode *answer, GError **error)
{
  DailiesAccess   *access = dailies_service_get_access (service);
  const char      *id = dailies_json_get_string (get_data (answer), "task_id");
  g_autofree char *said = NULL;

  if (id == NULL)
    id = dailies_json_get_string (dailies_service_get_root (answer), "task_id");
  if (dailies_remote_id_is_valid (id))
    return g_strdup (id);

  if (id == NULL && (says_no (answer) || says_nothing (answer)))
    {
      g_propagate_error (error, dailies_answer_read_refusal (access, DAILIES_CALL_PAID, answer));
      return NULL;
    }

  said = dailies_answer_dup_words (access, answer);
  g_propagate_error (error,
                     dailies_answer_new_error (access, DAILIES_ERROR_UNKNOWN_OUTCOME, 0, 0, said));
  return NULL;
}

/* --- poll ------------------------------------------------------------------------------------- */

static char *
dailies_unifically_dup_status_path (const char *remote_id)
{
  return g_strconcat (TASKS "/", remote_id, NULL);
}

static void
take_outputs (DailiesReport *report, DailiesAccess *access, JsonObject *data, const char *said)
{
  const char *members[] = { "video_url", "video", "videos", "image_url", "image", "images" };
  JsonObject *output = dailies_json_get_object (data, "output");
  guint       n_refused = 0;
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    dailies_reading_take_urls (access, output, members[i], urls, &n_refused);
  /* Beside the status only the result's own names count: anything else may be an echo of the input.
   */
  if (urls->len == 0)
    dailies_reading_take_urls (access, data, "video_url", urls, &n_refused);
  if (urls->len == 0)
    dailies_reading_take_urls (access, data, "image_url", urls, &n_refused);
  dailies_reading_finish (report, access, urls, n_refused, said);
}

static DailiesReport *
dailies_unifically_read_status (DailiesService *service,
                                JsonNode       *answer,
                                gboolean       *wants_result,
                                GError        **error)
{
  DailiesAccess   *access = dailies_service_get_access (service);
  JsonObject      *data = get_data (answer);
  const char      *word = dailies_json_get_string (data, "status");
  DailiesReport   *report;
  g_autofree char *said = dailies_answer_dup_words (access, answer);

  if (word == NULL)
    {
      g_propagate_error (error, read_refusal (access, answer, said));
      return NULL;
    }

  report = dailies_reading_new_report (word);
  report->cost_usd = dailies_reading_get_usd (data, "cost");
  if (report->state == DAILIES_REPORT_DONE)
    take_outputs (report, access, data, said);
  else if (report->state == DAILIES_REPORT_FAILED)
    dailies_reading_fail (report, access, said);
  return report;
}

/* --- price and balance ------------------------------------------------------------------------ */

static gboolean
dailies_unifically_plan_price (DailiesService     *service,
                               DailiesDefinition  *definition,
                               JsonNode           *input,
                               DailiesServiceCall *call,
                               GError            **error)
{
  if (input == NULL)
    return FALSE;

  call->kind = DAILIES_CALL_ONCE;
  call->method = "POST";
  call->path = g_strdup (TASKS);
  call->body = dailies_unifically_dup_body (service, definition, input, NULL);
  json_object_set_boolean_member (json_node_get_object (call->body), "dry_run", TRUE);
  return TRUE;
}

static double
dailies_unifically_read_price (DailiesService *service, JsonNode *answer, double seconds)
{
  return says_no (answer) ? NAN : get_usd (answer, "cost");
}

static double
dailies_unifically_read_balance (DailiesService *service, JsonNode *answer, GError **error)
{
  double usd = dailies_json_get_number (get_data (answer), "balance_usd");

  if (isnan (usd))
    usd = dailies_json_get_number (dailies_service_get_root (answer), "balance_usd");
  if (isnan (usd))
    g_propagate_error (error, read_refusal (dailies_service_get_access (service), answer, NULL));
  return usd;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_unifically_class_init (DailiesUnificallyClass *klass)
{
  DailiesServiceClass *service_class = DAILIES_SERVICE_CLASS (klass);

  service_class->protocol = "unifically";
  service_class->price_source = N_ ("What the service says that this request costs.");
  service_class->balance_path = "/account";
  service_class->dup_body = dailies_unifically_dup_body;
  service_class->dup_submit_path = dailies_unifically_dup_submit_path;
  service_class->read_id = dailies_unifically_read_id;
  service_class->dup_status_path = dailies_unifically_dup_status_path;
  service_class->read_status = dailies_unifically_read_status;
  service_class->plan_price = dailies_unifically_plan_price;
  service_class->read_price = dailies_unifically_read_price;
  service_class->read_balance = dailies_unifically_read_balance;
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
  g_return_val_if_fail (transport != NULL, NULL);
  g_return_val_if_fail (access != NULL, NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  return g_object_new (DAILIES_TYPE_UNIFICALLY,
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
