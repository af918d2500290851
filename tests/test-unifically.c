/* test-unifically.c: every row of api.md, section 2, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-access.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-transport.h"
#include "dailies-unifically.h"

#include <math.h>
#include <string.h>

#include "wire.h"
#include "finalize.h"

#define TOKEN "s3cret-t0ken"
#define TASKS "/v1/tasks"
#define TASK "/v1/tasks/t-1_X"

typedef struct
{
  Wire              *wire;
  DailiesTransport  *transport;
  DailiesAccess     *access;
  DailiesService    *service;
  DailiesDefinition *definition;
  JsonNode          *input;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"unifically:kuaishou/kling-o1-video-edit\",\"service\":\"unifically\","
                                                "\"endpoint\":\"kuaishou/kling-o1-video-edit\",\"title\":\"Edit\","
                                                "\"input\":{\"prompt\":{\"type\":\"string\"}},"
                                                "\"price\":{\"usd-per-second\":0.168,\"as-of\":\"2026-11\"}}", NULL);
  g_autoptr (GError) error = NULL;

  self->wire = wire_new ();
  self->transport = dailies_transport_new ();
  g_object_set (self->transport, "retry-pause", 1, NULL);
  self->access = dailies_access_new (wire_get_url (self->wire), TOKEN, NULL);
  dailies_access_set_title (self->access, "Unifically");
  self->service = dailies_unifically_new (self->transport, self->access, hosts, FALSE);
  self->definition = dailies_definition_new_from_json (node, &error);
  g_assert_no_error (error);
  self->input = json_from_string ("{\"prompt\":\"a\",\"video_url\":\"https://x.example/v.mp4\"}", NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->service);
  assert_finalize_when_threads_let_go (self->transport);
  g_assert_finalize_object (self->access);
  g_assert_finalize_object (self->definition);
  json_node_unref (self->input);
  wire_free (self->wire);
}

static char *
submit (Fixture  *self,
        JsonNode *beside,
        GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_service_submit_async (self->service, self->definition, self->input, beside, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_service_submit_finish (self->service, result, error);
}

static char *
dup_text (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_facts (Fixture      *self,
            gconstpointer data)
{
  g_assert_cmpstr (dailies_service_get_protocol (self->service), ==, "unifically");
  g_assert_cmpstr (dailies_service_get_title (self->service), ==, "Unifically");
  g_assert_false (dailies_service_can_cancel (self->service));
  g_assert_cmpint (dailies_service_get_max_body (self->service), ==, -1);
}

static void
test_submit (Fixture      *self,
             gconstpointer data)
{
  const char *expected = "{\"model\":\"kuaishou/kling-o1-video-edit\",\"input\":{\"prompt\":\"a\",\"video_url\":"
                         "\"https://x.example/v.mp4\"},\"callback_url\":\"https://me.example/hook\"}";
  g_autoptr (JsonNode) beside = json_from_string ("{\"callback_url\":\"https://me.example/hook\"}", NULL);
  g_autoptr (JsonNode) body = dailies_service_dup_body (self->service, self->definition, self->input, beside);
  g_autofree char *shown = json_to_string (body, FALSE);
  g_autofree char *sent = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  wire_answer (self->wire, "POST", TASKS, 200, NULL,
               "{\"code\":200,\"success\":true,\"data\":{\"task_id\":\"t-1_X\",\"status\":\"pending\"}}");
  id = submit (self, beside, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "t-1_X");
  g_assert_cmpstr (wire_request_get_header (wire_last (self->wire, "POST", TASKS), "Authorization"), ==, "Bearer " TOKEN);
  sent = dup_text (wire_last (self->wire, "POST", TASKS)->body);
  g_assert_cmpstr (sent, ==, expected);
  g_assert_cmpstr (shown, ==, expected);
}

static const struct
{
  guint       status; /* 0: raw */
  const char *body;
  int         code;   /* -1: none */
  const char *said;
} submits[] = {
  { 201, "{\"code\":400,\"success\":true,\"data\":{\"task_id\":\"t1\",\"status\":\"processing\"}}", -1, NULL },
  { 200, "{\"task_id\":\"t1\"}", -1, NULL },
  { 422, "{\"success\":false,\"data\":{\"code\":\"validation_error\",\"message\":\"prompt missing\"}}",
    DAILIES_ERROR_INVALID, "prompt missing" },
  { 401, "{\"data\":{\"error\":{\"code\":\"authentication_failed\",\"message\":\"who\"}}}", DAILIES_ERROR_TOKEN, "who" },
  { 400, "{\"data\":{\"error\":{\"code\":\"generation_failed\",\"message\":\"no\"}}}", DAILIES_ERROR_INVALID, "no" },
  { 429, "{\"error_message\":\"slow\",\"code\":\"rate_limit_exceeded\"}", DAILIES_ERROR_RATE, "slow" },
  { 402, "{\"error_message\":\"balance\"}", DAILIES_ERROR_BALANCE, "balance" },
  { 404, "", DAILIES_ERROR_NOT_FOUND, NULL },
  { 500, "{\"data\":{\"code\":\"internal_error\",\"message\":\"oops\"}}", DAILIES_ERROR_UNKNOWN_OUTCOME, "oops" },
  { 502, "<html></html>", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"code\":401,\"success\":false,\"data\":{\"message\":\"who\"}}", DAILIES_ERROR_TOKEN, "who" },
  { 200, "{\"code\":402,\"success\":false,\"message\":\"pay\"}", DAILIES_ERROR_BALANCE, "pay" },
  { 200, "{\"success\":false,\"data\":{\"code\":\"validation_error\"}}", DAILIES_ERROR_INVALID, NULL },
  { 200, "{\"success\":false,\"data\":{\"code\":\"internal_error\"}}", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"success\":false}", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"code\":402,\"message\":\"pay\",\"data\":null}", DAILIES_ERROR_BALANCE, "pay" },
  { 200, "{\"code\":500,\"message\":\"hm\",\"data\":null}", DAILIES_ERROR_UNKNOWN_OUTCOME, "hm" },
  { 200, "{\"code\":400,\"message\":\"hm\",\"data\":{\"status\":\"processing\"}}", DAILIES_ERROR_UNKNOWN_OUTCOME, "hm" },
  { 200, "{\"code\":400,\"success\":true,\"message\":\"hm\"}", DAILIES_ERROR_UNKNOWN_OUTCOME, "hm" },
  { 200, "{\"error_code\":\"insufficient_balance\",\"error_message\":\"pay\"}", DAILIES_ERROR_BALANCE, "pay" },
  { 200, "{\"data\":{\"task_id\":\"a/b\"}}", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"data\":{\"task_id\":\"a/b\"},\"success\":false,\"code\":401}", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"data\":[]}", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "<html>", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "{\"data\":{\"task_id\":\"t", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 0, NULL, DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
  { 0, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\":", DAILIES_ERROR_UNKNOWN_OUTCOME, NULL },
};

static void
test_submits (Fixture      *self,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (submits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      g_test_message ("%u %s", submits[i].status, submits[i].body);
      wire_forget (self->wire, "POST", TASKS);
      if (submits[i].status == 0)
        wire_answer_raw (self->wire, "POST", TASKS, submits[i].body);
      else
        wire_answer (self->wire, "POST", TASKS, submits[i].status, NULL, submits[i].body);
      id = submit (self, NULL, &error);
      if (submits[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (id, ==, "t1");
        }
      else
        {
          g_assert_null (id);
          g_assert_error (error, DAILIES_ERROR, submits[i].code);
          g_assert_cmpstr (dailies_error_get_words (error), ==, submits[i].said);
        }
      g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, i + 1);
    }
}

static const struct
{
  guint       status;
  const char *body;
  int         state; /* -1: an error */
  int         code;
  gboolean    known;
  guint       n_urls;
  const char *said;
} polls[] = {
  { 200, "{\"code\":200,\"data\":{\"status\":\"pending\"}}", DAILIES_REPORT_QUEUED, 0, TRUE, 0, NULL },
  { 200, "{\"code\":400,\"success\":false,\"data\":{\"status\":\"processing\"}}", DAILIES_REPORT_RUNNING, 0, TRUE, 0, NULL },
  { 200, "{\"code\":200,\"data\":{\"status\":\"dreaming\"}}", DAILIES_REPORT_RUNNING, 0, FALSE, 0, NULL },
  { 200, "{\"code\":200,\"data\":{\"status\":\"processing\",\"output\":{\"video_url\":\"%s\"}}}", DAILIES_REPORT_RUNNING, 0, TRUE, 0, NULL },
  { 200, "{\"code\":200,\"data\":{\"status\":\"completed\",\"output\":{\"video_url\":\"%s\"}}}", DAILIES_REPORT_DONE, 0, TRUE, 1, NULL },
  { 200, "{\"code\":400,\"data\":{\"status\":\"completed\",\"video_url\":\"%s\"}}", DAILIES_REPORT_DONE, 0, TRUE, 1, NULL },
  { 200, "{\"data\":{\"video_url\":\"https://in.example/i.mp4\",\"input\":{\"video_url\":\"https://in.example/i.mp4\"},"
         "\"status\":\"completed\",\"output\":{\"video_url\":\"%s\"}}}", DAILIES_REPORT_DONE, 0, TRUE, 1, NULL },
  { 200, "{\"data\":{\"input\":{\"video_url\":\"https://in.example/i.mp4\"},\"status\":\"completed\"}}",
    DAILIES_REPORT_FAILED, 0, TRUE, 0, NULL },
  { 200, "{\"data\":{\"status\":\"completed\",\"output\":{\"video_url\":\"file:///etc/passwd\"}}}",
    DAILIES_REPORT_FAILED, 0, TRUE, 0, NULL },
  { 200, "{\"data\":{\"status\":\"failed\",\"message\":\"nsfw\",\"code\":\"generation_failed\"}}",
    DAILIES_REPORT_FAILED, 0, TRUE, 0, "nsfw" },
  { 200, "{\"data\":{\"status\":\"failed\",\"error\":{\"message\":\"" TOKEN " gpu\",\"code\":\"internal_error\"}}}",
    DAILIES_REPORT_FAILED, 0, TRUE, 0, "••• gpu" },
  { 200, "{\"error_message\":\"top\",\"data\":{\"status\":\"failed\"}}", DAILIES_REPORT_FAILED, 0, TRUE, 0, "top" },
  { 200, "{\"error_code\":\"x\",\"error_message\":\"top\",\"data\":{\"status\":\"failed\"}}", DAILIES_REPORT_FAILED, 0, TRUE, 0, "top" },
  { 200, "{\"data\":{\"status\":\"failed\"}}", DAILIES_REPORT_FAILED, 0, TRUE, 0, NULL },
  { 200, "{\"code\":404,\"success\":false,\"message\":\"no such task\"}", -1, DAILIES_ERROR_NOT_FOUND, FALSE, 0, "no such task" },
  { 200, "{\"code\":200,\"data\":{}}", -1, DAILIES_ERROR_PROTOCOL, FALSE, 0, NULL },
  { 200, "[]", -1, DAILIES_ERROR_PROTOCOL, FALSE, 0, NULL },
  { 200, "", -1, DAILIES_ERROR_PROTOCOL, FALSE, 0, NULL },
  { 200, "<html>", -1, DAILIES_ERROR_PROTOCOL, FALSE, 0, NULL },
  /* The task's own state decides, wherever its code has got to. */
  { 400, "{\"code\":400,\"data\":{\"status\":\"processing\"}}", DAILIES_REPORT_RUNNING, 0, TRUE, 0, NULL },
  { 400, "{\"code\":400,\"success\":false,\"data\":{\"status\":\"failed\",\"error\":{\"code\":\"generation_failed\","
         "\"message\":\"bad frames\"}}}", DAILIES_REPORT_FAILED, 0, TRUE, 0, "bad frames" },
  { 400, "{\"code\":400,\"data\":{\"status\":\"error\"},\"message\":\"odd\"}", -1, DAILIES_ERROR_INVALID, FALSE, 0, "odd" },
  { 400, "{\"code\":\"generation_failed\",\"message\":\"bad frames\"}", -1, DAILIES_ERROR_FAILED, FALSE, 0, "bad frames" },
  { 200, "{\"error_code\":\"generation_failed\",\"error_message\":\"bad frames\"}", -1, DAILIES_ERROR_FAILED, FALSE, 0, "bad frames" },
  { 401, "", -1, DAILIES_ERROR_TOKEN, FALSE, 0, NULL },
  { 404, "{\"message\":\"gone\"}", -1, DAILIES_ERROR_NOT_FOUND, FALSE, 0, "gone" },
  { 429, "", -1, DAILIES_ERROR_RATE, FALSE, 0, NULL },
  { 500, "", -1, DAILIES_ERROR_SERVER, FALSE, 0, NULL },
};

static void
test_polls (Fixture      *self,
            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++)
    {
      g_autofree char *good = g_strconcat (wire_get_url (self->wire), "/out/a.mp4", NULL);
      g_autoptr (GString) body = g_string_new (polls[i].body);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (DailiesReport) report = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", polls[i].status, polls[i].body);
      g_string_replace (body, "%s", good, 0);
      wire_forget (self->wire, "GET", TASK);
      wire_answer (self->wire, "GET", TASK, polls[i].status, NULL, body->str);
      dailies_service_poll_async (self->service, "t-1_X", NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      report = dailies_service_poll_finish (self->service, result, &error);
      if (polls[i].state < 0)
        {
          g_assert_null (report);
          g_assert_error (error, DAILIES_ERROR, polls[i].code);
          g_assert_cmpstr (dailies_error_get_words (error), ==, polls[i].said);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (report->state, ==, polls[i].state);
      g_assert_cmpint (report->known, ==, polls[i].known);
      g_assert_cmpuint (report->urls != NULL ? g_strv_length (report->urls) : 0, ==, polls[i].n_urls);
      if (polls[i].n_urls > 0)
        g_assert_cmpstr (report->urls[0], ==, good);
      g_assert_cmpint (report->error != NULL, ==, polls[i].state == DAILIES_REPORT_FAILED);
      if (report->error != NULL)
        g_assert_cmpstr (dailies_error_get_words (report->error), ==, polls[i].said);
    }
}

static void
test_bad_id (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dailies_service_poll_async (self->service, "../account", NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  g_assert_null (dailies_service_poll_finish (self->service, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DailiesCancelOutcome outcome = DAILIES_CANCEL_DONE;

  dailies_service_cancel_async (self->service, "t-1_X", NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  g_assert_true (dailies_service_cancel_finish (self->service, result, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, DAILIES_CANCEL_NOT_POSSIBLE);
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_price (Fixture      *self,
            gconstpointer data)
{
  const struct
  {
    guint       status; /* 0: no input, nothing is asked */
    const char *body;
    double      usd; /* -1: unknown */
    double      seconds;
    const char *source;
    gboolean    exact;
  } cases[] = {
    { 200, "{\"code\":200,\"success\":true,\"data\":{\"cost\":0.42}}", 0.42, 5, "What the service says that this request costs.", TRUE },
    { 200, "{\"code\":200,\"success\":true,\"data\":{\"cost\":\"0.42\"}}", 0.42, NAN, "What the service says that this request costs.", TRUE },
    { 200, "{\"code\":200,\"success\":true,\"data\":{}}", 0.84, 5, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"code\":200,\"success\":true,\"data\":{\"cost\":0}}", 0.84, 5, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"code\":400,\"success\":false,\"data\":{\"cost\":3}}", 0.84, 5, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 500, "", 0.84, 5, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 402, "", -1, NAN, "unknown", FALSE },
    { 0, NULL, 0.84, 5, "The usual price in November 2026. What the service charges may differ.", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesPrice) price = NULL;
      g_autofree char *sent = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "POST", TASKS);
      wire_forget_requests (self->wire);
      wire_answer (self->wire, "POST", TASKS, cases[i].status, NULL, cases[i].body);
      dailies_service_price_async (self->service, self->definition, cases[i].status != 0 ? self->input : NULL,
                                   cases[i].seconds, NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      price = dailies_service_price_finish (self->service, result, &error);
      g_assert_no_error (error);
      if (cases[i].usd < 0)
        g_assert_true (isnan (price->usd));
      else
        g_assert_cmpfloat_with_epsilon (price->usd, cases[i].usd, 1e-9);
      g_assert_cmpstr (price->source, ==, cases[i].source);
      g_assert_cmpint (price->exact, ==, cases[i].exact);
      g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, cases[i].status != 0 ? 1 : 0);
      if (cases[i].status != 0)
        {
          sent = dup_text (wire_last (self->wire, "POST", TASKS)->body);
          g_assert_true (g_str_has_suffix (sent, ",\"dry_run\":true}"));
        }
    }
}

static void
test_balance (Fixture      *self,
              gconstpointer data)
{
  const struct
  {
    guint       status;
    const char *body;
    double      usd; /* NaN: an error */
    int         code;
  } cases[] = {
    { 200, "{\"code\":200,\"data\":{\"balance_usd\":12.5}}", 12.5, 0 },
    { 200, "{\"data\":{\"balance_usd\":\"0.75\"}}", 0.75, 0 },
    { 200, "{\"balance_usd\":0}", 0, 0 },
    { 200, "{\"balance_usd\":-0.1}", -0.1, 0 },
    { 200, "{\"data\":{}}", NAN, DAILIES_ERROR_PROTOCOL },
    { 200, "{\"success\":false,\"code\":401}", NAN, DAILIES_ERROR_TOKEN },
    { 401, "", NAN, DAILIES_ERROR_TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      double usd = 99;
      gboolean had;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "GET", "/account");
      wire_answer (self->wire, "GET", "/account", cases[i].status, NULL, cases[i].body);
      dailies_service_balance_async (self->service, NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      had = dailies_service_balance_finish (self->service, result, &usd, &error);
      g_assert_cmpint (had, ==, !isnan (cases[i].usd));
      if (had)
        g_assert_cmpfloat (usd, ==, cases[i].usd);
      else
        g_assert_error (error, DAILIES_ERROR, cases[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  const struct
  {
    const char *path;
    void      (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/unifically/facts", test_facts },
    { "/unifically/submit", test_submit },
    { "/unifically/submits", test_submits },
    { "/unifically/polls", test_polls },
    { "/unifically/bad-id", test_bad_id },
    { "/unifically/cancel", test_cancel },
    { "/unifically/price", test_price },
    { "/unifically/balance", test_balance },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
