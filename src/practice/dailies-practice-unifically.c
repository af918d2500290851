/* dailies-practice-unifically.c: what api.unifically.com says, word for word as far as it is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "dailies-access.h"
#include "dailies-definition.h"
#include "dailies-practice-check.h"
#include "dailies-practice-server.h"
#include "dailies-schema-json.h"

#define SERVICE "unifically"

static const char *
name_of_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return "authentication_failed";
    case SOUP_STATUS_PAYMENT_REQUIRED:
      return "insufficient_balance";
    case SOUP_STATUS_NOT_FOUND:
      return "not_found";
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return "validation_error";
    case DAILIES_PRACTICE_TOO_MANY:
      return "rate_limit_exceeded";
    default:
      return status < 500 ? "generation_failed" : "internal_error";
    }
}

void
dailies_practice_unifically_refuse (SoupServerMessage *message,
                                    guint              status,
                                    guint              code,
                                    const char        *words)
{
  JsonObject *object = json_object_new ();
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "code", name_of_status (status));
  json_object_set_string_member (data, "message", words);
  json_object_set_int_member (object, "code", code != 0 ? code : status);
  json_object_set_boolean_member (object, "success", FALSE);
  /* The upload host words it flat. */
  json_object_set_string_member (object, "message", words);
  json_object_set_object_member (object, "data", data);
  if (status == DAILIES_PRACTICE_TOO_MANY)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "1");
  dailies_practice_answer (message, status, object);
}

static void
refuse (const DailiesPracticeCall *call,
        guint                      status,
        const char                *words)
{
  dailies_practice_unifically_refuse (call->message, status, 0, words);
}

/* @data: (transfer full) */
static JsonObject *
wrap (JsonObject *data)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "code", 200);
  json_object_set_boolean_member (object, "success", TRUE);
  json_object_set_object_member (object, "data", data);

  return object;
}

static const char *
word_of (const DailiesPracticeCall *call,
         DailiesPracticeJob        *job)
{
  const char *word = dailies_faults_get (call->faults, "word");

  switch (job->state)
    {
    case DAILIES_PRACTICE_QUEUED:
      return "pending";
    case DAILIES_PRACTICE_RUNNING:
      return word != NULL ? word : "processing";
    case DAILIES_PRACTICE_COMPLETED:
      return "completed";
    case DAILIES_PRACTICE_FAILED:
    case DAILIES_PRACTICE_CANCELLED:
    default:
      return "failed";
    }
}

static void
poll_task (const DailiesPracticeCall *call,
           const char                *id)
{
  DailiesPracticeJob *job = dailies_practice_queue_lookup (call->queue, id);
  JsonObject         *data;
  g_autofree char    *url = NULL;

  if (job == NULL)
    {
      refuse (call, SOUP_STATUS_NOT_FOUND, "the task is unknown");
      return;
    }

  data = json_object_new ();
  json_object_set_string_member (data, "task_id", job->id);
  json_object_set_string_member (data, "status", word_of (call, job));
  url = dailies_practice_clip_url (call, job);
  if (url != NULL)
    {
      JsonObject *output = json_object_new ();

      json_object_set_string_member (output, "video_url", url);
      json_object_set_object_member (data, "output", output);
    }
  if (job->state == DAILIES_PRACTICE_FAILED)
    {
      JsonObject *error = json_object_new ();

      json_object_set_string_member (error, "code", "generation_failed");
      json_object_set_string_member (error, "message", job->error != NULL ? job->error : "");
      json_object_set_object_member (data, "error", error);
    }
  dailies_practice_answer_at (call, DAILIES_FAULT_AT_STATUS, dailies_practice_unifically_refuse, wrap (data));
}

static void
refuse_input (const DailiesPracticeCall *call,
              GPtrArray                 *complaints)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < complaints->len; i++)
    {
      DailiesComplaint *complaint = g_ptr_array_index (complaints, i);

      g_string_append_printf (words, "%s%s: %s", i > 0 ? "; " : "", complaint->field, complaint->message);
    }
  refuse (call, SOUP_STATUS_UNPROCESSABLE_ENTITY, words->str);
}

/* What stands beside the input. Taking "true" for no dry run would start what nobody asked for. */
static void
check_beside (JsonObject *body,
              GPtrArray  *complaints)
{
  JsonNode   *dry = json_object_get_member (body, "dry_run");
  JsonNode   *callback = json_object_get_member (body, "callback_url");
  const char *url = dailies_schema_json_get_string (body, "callback_url");

  if (dry != NULL && (!JSON_NODE_HOLDS_VALUE (dry) || json_node_get_value_type (dry) != G_TYPE_BOOLEAN))
    dailies_complain (complaints, "dry_run", "value could not be parsed to a boolean");
  if (callback != NULL && url == NULL)
    dailies_complain (complaints, "callback_url", "str type expected");
  else if (callback != NULL && (g_ascii_strncasecmp (url, "https:", 6) != 0 || !dailies_url_check (url, NULL)))
    dailies_complain (complaints, "callback_url", "has to be an HTTPS address");
}

static void
submit_task (const DailiesPracticeCall *call)
{
  JsonObject           *body = call->body != NULL && JSON_NODE_HOLDS_OBJECT (call->body)
                               ? json_node_get_object (call->body) : NULL;
  JsonNode             *input = body != NULL ? json_object_get_member (body, "input") : NULL;
  const char           *model = body != NULL ? json_object_get_string_member_with_default (body, "model", NULL) : NULL;
  DailiesDefinition    *definition = model != NULL ? dailies_practice_find_model (call, SERVICE, model) : NULL;
  g_autoptr (GPtrArray) complaints = NULL;
  g_autoptr (GError)    error = NULL;
  DailiesPracticeJob   *job;
  DailiesFault          fault;
  gboolean              faulty;
  JsonObject           *data;

  if (model == NULL || input == NULL)
    {
      refuse (call, SOUP_STATUS_UNPROCESSABLE_ENTITY, "model and input are required");
      return;
    }
  if (definition == NULL)
    {
      refuse (call, SOUP_STATUS_NOT_FOUND, "no such model");
      return;
    }
  complaints = dailies_practice_check (definition, input);
  check_beside (body, complaints);
  if (complaints->len > 0)
    {
      refuse_input (call, complaints);
      return;
    }

  data = json_object_new ();
  if (json_object_get_boolean_member_with_default (body, "dry_run", FALSE))
    {
      json_object_set_double_member (data, "cost", 0);
      dailies_practice_answer_at (call, DAILIES_FAULT_AT_MODELS, dailies_practice_unifically_refuse, wrap (data));
      return;
    }
  faulty = dailies_faults_take (call->faults, DAILIES_FAULT_AT_SUBMIT, &fault);
  if (faulty && !dailies_practice_fault_takes (&fault))
    {
      dailies_practice_misbehave (call, &fault, dailies_practice_unifically_refuse, wrap (data));
      return;
    }

  job = dailies_practice_queue_submit (call->queue, definition, input,
                                       dailies_practice_server_get_url (call->server), &error);
  if (job == NULL)
    {
      json_object_unref (data);
      refuse (call, SOUP_STATUS_INTERNAL_SERVER_ERROR, error->message);
      return;
    }
  json_object_set_string_member (data, "task_id", job->id);
  json_object_set_string_member (data, "status", "pending");
  if (faulty)
    dailies_practice_misbehave (call, &fault, dailies_practice_unifically_refuse, wrap (data));
  else
    dailies_practice_answer (call->message, SOUP_STATUS_OK, wrap (data));
}

void
dailies_practice_unifically (const DailiesPracticeCall *call)
{
  const char *method = soup_server_message_get_method (call->message);

  if (g_str_equal (call->path, "/account") && g_str_equal (method, "GET"))
    {
      JsonObject *data = json_object_new ();
      JsonObject *object;

      json_object_set_double_member (data, "balance_usd", 100);
      object = wrap (data);
      json_object_set_double_member (object, "balance_usd", 100);
      dailies_practice_answer_at (call, DAILIES_FAULT_AT_ACCOUNT, dailies_practice_unifically_refuse, object);
    }
  else if (g_str_equal (call->path, "/v1/tasks") && g_str_equal (method, "POST"))
    submit_task (call);
  else if (g_str_has_prefix (call->path, "/v1/tasks/") && g_str_equal (method, "GET"))
    poll_task (call, call->path + strlen ("/v1/tasks/"));
  else
    refuse (call, SOUP_STATUS_METHOD_NOT_ALLOWED, "no such call");
}
