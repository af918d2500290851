/* dailies-practice-runcomfy.c: what model-api.runcomfy.net says, word for word as far as it is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "dailies-definition.h"
#include "dailies-practice-check.h"
#include "dailies-practice-server.h"

#define SERVICE "runcomfy"

void
dailies_practice_runcomfy_refuse (SoupServerMessage *message,
                                  guint              status,
                                  guint              code,
                                  const char        *words)
{
  JsonObject *object = json_object_new ();

  if (status == SOUP_STATUS_UNAUTHORIZED)
    {
      json_object_set_string_member (object, "detail", words);
      soup_message_headers_append (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
    }
  else
    {
      json_object_set_int_member (object, "error_code", code != 0 ? code : status * 1000 + 1);
      json_object_set_string_member (object, "error_message", words);
    }
  if (status == DAILIES_PRACTICE_TOO_MANY)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "1");
  dailies_practice_answer (message, status, object);
}

static void
refuse (const DailiesPracticeCall *call,
        guint                      status,
        guint                      code,
        const char                *words)
{
  dailies_practice_runcomfy_refuse (call->message, status, code, words);
}

static void
set_url (const DailiesPracticeCall *call,
         JsonObject                *object,
         const char                *member,
         DailiesPracticeJob        *job,
         const char                *tail)
{
  g_autofree char *url = g_strdup_printf ("%s/v1/requests/%s/%s", dailies_practice_server_get_url (call->server),
                                          job->id, tail);

  json_object_set_string_member (object, member, url);
}

static void
set_time (JsonObject *object,
          const char *member,
          gint64      seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char      *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  json_object_set_string_member (object, member, text);
}

static const char *
word_of (const DailiesPracticeCall *call,
         DailiesPracticeJob        *job,
         gboolean                   in_result)
{
  const char *fail = dailies_faults_get (call->faults, "fail");
  const char *word = dailies_faults_get (call->faults, "word");

  switch (job->state)
    {
    case DAILIES_PRACTICE_QUEUED:
      return "in_queue";
    case DAILIES_PRACTICE_RUNNING:
      return word != NULL ? word : "in_progress";
    case DAILIES_PRACTICE_CANCELLED:
      return "cancelled";
    case DAILIES_PRACTICE_FAILED:
      /* The documented words for /status know no failure: only the result tells. */
      return in_result || g_strcmp0 (fail, "status") == 0 ? "failed" : "completed";
    case DAILIES_PRACTICE_COMPLETED:
    default:
      return "completed";
    }
}

static JsonObject *
state_of (const DailiesPracticeCall *call,
          DailiesPracticeJob        *job)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "request_id", job->id);
  json_object_set_string_member (object, "status", word_of (call, job, FALSE));
  if (job->state == DAILIES_PRACTICE_QUEUED)
    json_object_set_int_member (object, "queue_position", dailies_practice_queue_position (call->queue, job));
  set_url (call, object, "status_url", job, "status");
  set_url (call, object, "result_url", job, "result");

  return object;
}

static JsonObject *
result_of (const DailiesPracticeCall *call,
           DailiesPracticeJob        *job)
{
  JsonObject      *object = json_object_new ();
  JsonObject      *output = json_object_new ();
  g_autofree char *url = dailies_practice_clip_url (call, job);

  /* The echo of the input comes first on purpose: whoever takes the first address in the answer gets a wrong one. */
  json_object_set_string_member (object, "request_id", job->id);
  json_object_set_member (object, "input", json_node_copy (job->input));
  json_object_set_string_member (object, "status", word_of (call, job, TRUE));
  if (url != NULL)
    {
      JsonArray *videos = json_array_new ();

      json_array_add_string_element (videos, url);
      json_object_set_string_member (output, "video", url);
      json_object_set_array_member (output, "videos", videos);
    }
  json_object_set_object_member (object, "output", output);
  if (job->error != NULL)
    json_object_set_string_member (object, "error", job->error);
  if (call->query != NULL && g_strcmp0 (g_hash_table_lookup (call->query, "include_cost"), "true") == 0)
    json_object_set_int_member (object, "cost", 0);
  set_time (object, "created_at", job->created);
  set_time (object, "finished_at", job->finished);

  return object;
}

static void
cancel (const DailiesPracticeCall *call,
        DailiesPracticeJob        *job)
{
  JsonObject *object = json_object_new ();
  gboolean    cancelled = dailies_practice_queue_cancel (call->queue, job);

  json_object_set_string_member (object, "request_id", job->id);
  json_object_set_string_member (object, "status", word_of (call, job, FALSE));
  json_object_set_string_member (object, "outcome", cancelled ? "cancelled" : "not_cancellable");
  dailies_practice_answer_at (call, DAILIES_FAULT_AT_CANCEL, dailies_practice_runcomfy_refuse, object);
}

static void
handle_request (const DailiesPracticeCall *call,
                const char                *tail)
{
  g_auto (GStrv)      parts = g_strsplit (tail, "/", -1);
  const char         *method = soup_server_message_get_method (call->message);
  DailiesPracticeJob *job;

  if (g_strv_length (parts) != 2)
    {
      refuse (call, SOUP_STATUS_NOT_FOUND, 0, "no such address");
      return;
    }
  if (*parts[0] == '\0' || strlen (parts[0]) > 128
      || strspn (parts[0], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") != strlen (parts[0]))
    {
      refuse (call, SOUP_STATUS_BAD_REQUEST, 400001, "bad request identifier");
      return;
    }
  job = dailies_practice_queue_lookup (call->queue, parts[0]);
  if (job == NULL)
    {
      refuse (call, SOUP_STATUS_NOT_FOUND, 0, "the request is unknown or has expired");
      return;
    }

  if (g_str_equal (parts[1], "status") && g_str_equal (method, "GET"))
    dailies_practice_answer_at (call, DAILIES_FAULT_AT_STATUS, dailies_practice_runcomfy_refuse, state_of (call, job));
  else if (g_str_equal (parts[1], "result") && g_str_equal (method, "GET"))
    dailies_practice_answer_at (call, DAILIES_FAULT_AT_RESULT, dailies_practice_runcomfy_refuse,
                                dailies_practice_job_is_over (job) ? result_of (call, job) : state_of (call, job));
  else if (g_str_equal (parts[1], "cancel") && g_str_equal (method, "POST"))
    cancel (call, job);
  else
    refuse (call, SOUP_STATUS_METHOD_NOT_ALLOWED, 0, "no such call");
}

/* 422 with a list that names the fields */
static void
refuse_input (const DailiesPracticeCall *call,
              GPtrArray                 *complaints)
{
  JsonObject *object = json_object_new ();
  JsonArray  *list = json_array_new ();

  for (guint i = 0; i < complaints->len; i++)
    {
      DailiesComplaint *complaint = g_ptr_array_index (complaints, i);
      JsonObject       *entry = json_object_new ();
      JsonArray        *where = json_array_new ();
      g_auto (GStrv)    parts = g_strsplit (complaint->field, ".", -1);

      json_array_add_string_element (where, "body");
      for (int p = 0; parts[p] != NULL && *parts[p] != '\0'; p++)
        if (g_ascii_isdigit (*parts[p]))
          json_array_add_int_element (where, g_ascii_strtoll (parts[p], NULL, 10));
        else
          json_array_add_string_element (where, parts[p]);
      json_object_set_array_member (entry, "loc", where);
      json_object_set_string_member (entry, "msg", complaint->message);
      json_object_set_string_member (entry, "type", "value_error");
      json_array_add_object_element (list, entry);
    }
  json_object_set_array_member (object, "detail", list);
  dailies_practice_answer (call->message, SOUP_STATUS_UNPROCESSABLE_ENTITY, object);
}

static void
submit (const DailiesPracticeCall *call,
        DailiesDefinition         *definition)
{
  g_autoptr (GPtrArray) complaints = NULL;
  g_autoptr (GError)    error = NULL;
  DailiesFault          fault;
  gboolean              faulty;
  DailiesPracticeJob   *job;
  JsonObject           *object = NULL;

  if (call->body == NULL)
    {
      refuse (call, SOUP_STATUS_BAD_REQUEST, 0, "the body is no JSON");
      return;
    }
  complaints = dailies_practice_check (definition, call->body);
  if (complaints->len > 0)
    {
      refuse_input (call, complaints);
      return;
    }
  faulty = dailies_faults_take (call->faults, DAILIES_FAULT_AT_SUBMIT, &fault);
  if (faulty && !dailies_practice_fault_takes (&fault))
    {
      dailies_practice_misbehave (call, &fault, dailies_practice_runcomfy_refuse, json_object_new ());
      return;
    }

  job = dailies_practice_queue_submit (call->queue, definition, call->body,
                                       dailies_practice_server_get_url (call->server), &error);
  if (job == NULL)
    {
      refuse (call, SOUP_STATUS_INTERNAL_SERVER_ERROR, 0, error->message);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "request_id", job->id);
  set_url (call, object, "status_url", job, "status");
  set_url (call, object, "result_url", job, "result");
  set_url (call, object, "cancel_url", job, "cancel");
  if (faulty)
    dailies_practice_misbehave (call, &fault, dailies_practice_runcomfy_refuse, object);
  else
    dailies_practice_answer (call->message, SOUP_STATUS_OK, object);
}

static JsonObject *
describe (DailiesDefinition *definition,
          gboolean           with_schema)
{
  JsonObject          *object = json_object_new ();
  JsonArray           *categories = json_array_new ();
  const char          *endpoint = dailies_definition_get_endpoint (definition);
  g_autoptr (JsonNode) node = dailies_definition_to_json (definition);
  JsonObject          *whole = json_node_get_object (node);

  json_array_add_string_element (categories, strstr (endpoint, "video-to-video") != NULL ? "video-to-video"
                                                                                         : "image-to-video");
  json_object_set_string_member (object, "model_id", endpoint);
  json_object_set_string_member (object, "display_name", dailies_definition_get_title (definition));
  json_object_set_array_member (object, "categories", categories);
  json_object_set_string_member (object, "kind", dailies_definition_get_makes (definition));
  json_object_set_double_member (object, "base_price_usd", 0);
  json_object_set_string_member (object, "price_unit", "second");
  json_object_set_string_member (object, "pricing_note", "Practice clips are free.");
  if (with_schema && json_object_has_member (whole, "input"))
    json_object_set_member (object, "input_schema", json_node_copy (json_object_get_member (whole, "input")));

  return object;
}

static const char *
query_text (const DailiesPracticeCall *call,
            const char                *name)
{
  const char *text = call->query != NULL ? g_hash_table_lookup (call->query, name) : NULL;

  return text != NULL ? text : "";
}

static gboolean
matches (JsonObject *entry,
         const char *search,
         const char *category,
         const char *kind)
{
  g_autofree char *needle = g_utf8_casefold (search, -1);
  g_autofree char *title = g_utf8_casefold (json_object_get_string_member (entry, "display_name"), -1);
  const char      *id = json_object_get_string_member (entry, "model_id");
  const char      *first = json_array_get_string_element (json_object_get_array_member (entry, "categories"), 0);

  return (strstr (title, needle) != NULL || strstr (id, needle) != NULL)
         && (*category == '\0' || g_str_equal (first, category))
         && (*kind == '\0' || g_str_equal (json_object_get_string_member (entry, "kind"), kind));
}

static void
list_models (const DailiesPracticeCall *call)
{
  JsonObject *object = json_object_new ();
  JsonArray  *models = json_array_new ();
  const char *wanted = *query_text (call, "limit") != '\0' ? query_text (call, "limit") : "20";
  gint64      limit;
  gint64      offset = g_ascii_strtoll (query_text (call, "offset"), NULL, 10);
  gint64      total = 0;

  if (!g_ascii_string_to_signed (wanted, 10, 1, 100, &limit, NULL))
    {
      json_object_unref (object);
      json_array_unref (models);
      refuse (call, SOUP_STATUS_BAD_REQUEST, 0, "limit: ensure this value is between 1 and 100");
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (call->catalogue)); i++)
    {
      g_autoptr (DailiesDefinition) definition = g_list_model_get_item (G_LIST_MODEL (call->catalogue), i);
      JsonObject                   *entry;

      if (!g_str_equal (dailies_definition_get_service (definition), SERVICE))
        continue;

      entry = describe (definition, g_str_equal (query_text (call, "include_schema"), "true"));
      if (!matches (entry, query_text (call, "search"), query_text (call, "category"), query_text (call, "kind")))
        json_object_unref (entry);
      else if (total++ >= offset && json_array_get_length (models) < limit)
        json_array_add_object_element (models, entry);
      else
        json_object_unref (entry);
    }
  json_object_set_array_member (object, "models", models);
  json_object_set_int_member (object, "total", total);
  dailies_practice_answer_at (call, DAILIES_FAULT_AT_MODELS, dailies_practice_runcomfy_refuse, object);
}

static void
handle_model (const DailiesPracticeCall *call,
              const char                *endpoint)
{
  const char        *method = soup_server_message_get_method (call->message);
  DailiesDefinition *definition = dailies_practice_find_model (call, SERVICE, endpoint);

  if (definition == NULL)
    refuse (call, SOUP_STATUS_NOT_FOUND, 0, "no such model");
  else if (g_str_equal (method, "POST"))
    submit (call, definition);
  else if (g_str_equal (method, "GET"))
    dailies_practice_answer_at (call, DAILIES_FAULT_AT_MODELS, dailies_practice_runcomfy_refuse,
                                describe (definition, TRUE));
  else
    refuse (call, SOUP_STATUS_METHOD_NOT_ALLOWED, 0, "no such call");
}

void
dailies_practice_runcomfy (const DailiesPracticeCall *call)
{
  const char *models = "/v1/models";
  const char *requests = "/v1/requests/";

  if (g_str_has_prefix (call->path, requests))
    handle_request (call, call->path + strlen (requests));
  else if (g_str_has_prefix (call->path, "/v1/models/") && call->path[strlen (models) + 1] != '\0')
    handle_model (call, call->path + strlen (models) + 1);
  else if (g_str_equal (soup_server_message_get_method (call->message), "GET"))
    list_models (call);
  else
    refuse (call, SOUP_STATUS_METHOD_NOT_ALLOWED, 0, "no such call");
}
