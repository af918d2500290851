/* test-runcomfy.c: every row of api.md, section 1, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-access.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-host-inline.h"
#include "dailies-runcomfy.h"
#include "dailies-transport.h"

#include <math.h>
#include <string.h>

#include "wire.h"
#include "finalize.h"

#define TOKEN "s3cret-t0ken"
#define MODEL "/v1/models/kling/kling-video-o1/image-to-video"
#define STATUS "/v1/requests/r-1_X/status"
#define RESULT "/v1/requests/r-1_X/result"
#define CANCEL "/v1/requests/r-1_X/cancel"

typedef struct
{
  Wire              *wire;
  DailiesTransport  *transport;
  DailiesAccess     *access;
  DailiesService    *service;
  DailiesDefinition *definition;
  JsonNode          *input;
} Fixture;

static DailiesDefinition *
new_definition (const char *endpoint,
                const char *price)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"runcomfy:%s\",\"service\":\"runcomfy\",\"endpoint\":\"%s\",\"title\":\"Test\","
                                           "\"makes\":\"video\",\"input\":{\"prompt\":{\"type\":\"string\"}}%s%s}",
                                           endpoint, endpoint, price != NULL ? ",\"price\":" : "", price != NULL ? price : "");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = dailies_definition_new_from_json (node, &error);

  g_assert_no_error (error);
  return definition;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (hosts, dailies_host_inline_new (1000, 1000));
  self->wire = wire_new ();
  self->transport = dailies_transport_new ();
  g_object_set (self->transport, "retry-pause", 1, NULL);
  self->access = dailies_access_new (wire_get_url (self->wire), TOKEN, NULL);
  dailies_access_set_title (self->access, "RunComfy");
  self->service = dailies_runcomfy_new (self->transport, self->access, hosts, FALSE);
  self->definition = new_definition ("kling/kling-video-o1/image-to-video", "{\"usd-per-second\":0.112,\"as-of\":\"2026-11\"}");
  self->input = json_from_string ("{\"prompt\":\"a\",\"duration\":5}", NULL);
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
submit (Fixture *self,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_service_submit_async (self->service, self->definition, self->input, NULL, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_service_submit_finish (self->service, result, error);
}

static DailiesReport *
poll_job (Fixture    *self,
          const char *id,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_service_poll_async (self->service, id, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_service_poll_finish (self->service, result, error);
}

static DailiesPrice *
get_price (Fixture *self,
           double   seconds)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DailiesPrice *price;

  dailies_service_price_async (self->service, self->definition, NULL, seconds, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  price = dailies_service_price_finish (self->service, result, &error);
  g_assert_no_error (error);
  return price;
}

static void
test_facts (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) hosts = dailies_service_dup_hosts (self->service);
  g_autoptr (JsonNode) body = dailies_service_dup_body (self->service, self->definition, self->input, NULL);
  g_autofree char *text = json_to_string (body, FALSE);

  g_assert_cmpstr (dailies_service_get_protocol (self->service), ==, "runcomfy");
  g_assert_cmpstr (dailies_service_get_title (self->service), ==, "RunComfy");
  g_assert_true (dailies_service_can_cancel (self->service));
  g_assert_cmpint (dailies_service_get_max_body (self->service), ==, 64 * 1024 * 1024);
  g_assert_cmpuint (hosts->len, ==, 1);
  g_assert_cmpstr (text, ==, "{\"prompt\":\"a\",\"duration\":5}");
}

static void
test_submit (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  WireRequest *request;
  gsize size;
  const char *body;

  wire_answer (self->wire, "POST", MODEL, 200, NULL,
               "{\"request_id\":\"r-1_X\",\"status_url\":\"https://evil.example/s\",\"result_url\":\"https://evil.example/r\","
               "\"cancel_url\":\"https://evil.example/c\"}");
  id = submit (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "r-1_X");
  request = wire_last (self->wire, "POST", MODEL);
  g_assert_cmpstr (wire_request_get_header (request, "Authorization"), ==, "Bearer " TOKEN);
  body = g_bytes_get_data (request->body, &size);
  g_assert_cmpmem (body, size, "{\"prompt\":\"a\",\"duration\":5}", strlen ("{\"prompt\":\"a\",\"duration\":5}"));
}

static const struct
{
  guint       status; /* 0: raw */
  const char *body;
  int         code;
} submits[] = {
  { 400, "{\"code\":400001,\"error\":\"bad identifier\"}", DAILIES_ERROR_INVALID },
  { 400, "{\"error_code\":400002,\"error_message\":\"no balance\"}", DAILIES_ERROR_BALANCE },
  { 400, "{\"error_code\":400004,\"error_message\":\"bad token\"}", DAILIES_ERROR_TOKEN },
  { 401, "", DAILIES_ERROR_TOKEN },
  { 402, "{\"message\":\"pay\"}", DAILIES_ERROR_BALANCE },
  { 403, "{\"code\":403001}", DAILIES_ERROR_TOKEN },
  { 404, "{\"code\":404001}", DAILIES_ERROR_NOT_FOUND },
  { 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"required\"}]}", DAILIES_ERROR_INVALID },
  { 429, "", DAILIES_ERROR_RATE },
  { 500, "{\"message\":\"no\"}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 503, "<html></html>", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "<html></html>", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":\"r1", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "[]", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":null}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":12}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":\"../../x\"}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":\"a b\"}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"request_id\":\"req-1\\u0000x\"}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 200, "{\"error_code\":400002,\"error_message\":\"no balance\"}", DAILIES_ERROR_BALANCE },
  { 200, "{\"error_code\":400004}", DAILIES_ERROR_TOKEN },
  { 200, "{\"error_code\":500001}", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 302, "", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 0, NULL, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { 0, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"request_id\":\"r1\"}", DAILIES_ERROR_UNKNOWN_OUTCOME },
};

static void
test_submit_errors (Fixture      *self,
                    gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (submits); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", submits[i].status, submits[i].body);
      if (submits[i].status == 0)
        wire_answer_raw (self->wire, "POST", MODEL, submits[i].body);
      else
        wire_answer (self->wire, "POST", MODEL, submits[i].status, "Location: /elsewhere", submits[i].body);
      g_assert_null (submit (self, &error));
      g_assert_error (error, DAILIES_ERROR, submits[i].code);
      g_assert_nonnull (strstr (error->message, "RunComfy"));
      g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, i + 1);
      wire_forget (self->wire, "POST", MODEL);
    }
}

/* An imported definition names its endpoint itself. Whoever refuses it first: nothing may leave for another path. */
static void
test_endpoint (Fixture      *self,
               gconstpointer data)
{
  const char *bad[] = { "../requests/x/cancel", "a//b", "a/./b", "a/..", "/a", "", "a/../../requests/x/cancel" };

  wire_answer (self->wire, "POST", MODEL, 200, NULL, "{\"request_id\":\"r1\"}");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"runcomfy:x\",\"service\":\"runcomfy\",\"endpoint\":\"%s\","
                                               "\"input\":{\"prompt\":{\"type\":\"string\"}}}", bad[i]);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      if (definition == NULL)
        continue;
      g_set_object (&self->definition, definition);
      id = submit (self, &error);
      g_test_message ("%s", bad[i]);
      g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
      g_assert_null (id);
    }
}

static void
test_too_large (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *text = g_strnfill (65 * 1024 * 1024, 'A');
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (json_node_get_object (self->input), "start_image_url", text);
  g_assert_null (submit (self, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static const struct
{
  const char *word;
  int         state;
  gboolean    known;
} words[] = {
  { "in_queue", DAILIES_REPORT_QUEUED, TRUE },
  { "pending", DAILIES_REPORT_QUEUED, TRUE },
  { "waiting", DAILIES_REPORT_QUEUED, TRUE },
  { "IN_QUEUE", DAILIES_REPORT_QUEUED, TRUE },
  { "in_progress", DAILIES_REPORT_RUNNING, TRUE },
  { "starting", DAILIES_REPORT_RUNNING, TRUE },
  { "processing", DAILIES_REPORT_RUNNING, TRUE },
  { "reticulating", DAILIES_REPORT_RUNNING, FALSE },
  { "cancelled", DAILIES_REPORT_CANCELLED, TRUE },
  { "canceled", DAILIES_REPORT_CANCELLED, TRUE },
};

static void
test_words (Fixture      *self,
            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"request_id\":\"r-1_X\",\"status\":\"%s\",\"queue_position\":3,"
                                               "\"status_url\":\"https://evil.example/x\"}", words[i].word);
      g_autoptr (DailiesReport) report = NULL;
      g_autoptr (GError) error = NULL;

      wire_forget (self->wire, "GET", STATUS);
      wire_answer (self->wire, "GET", STATUS, 200, NULL, body);
      report = poll_job (self, "r-1_X", &error);
      g_assert_no_error (error);
      g_assert_cmpint (report->state, ==, words[i].state);
      g_assert_cmpint (report->known, ==, words[i].known);
      g_assert_cmpstr (report->word, ==, words[i].word);
      g_assert_cmpint (report->queue_position, ==, 3);
      g_assert_true (isnan (report->cost_usd));
      g_assert_null (report->urls);
    }
}

/* What goes into a sentence is one short line, whatever a service writes. */
static void
test_long_words (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *xs = g_strnfill (5000, 'x');
  g_autofree char *sixty = g_strnfill (60, 'x');
  g_autofree char *cut = g_strconcat (sixty, "…", NULL);
  const struct
  {
    const char *sent;
    const char *word;
  } cases[] = {
    { xs, cut },
    { sixty, sixty },
    { "two\\nlines", "two lines" },
    { "bell\\u0007\\u202e", "bell" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"status\":\"%s\"}", cases[i].sent);
      g_autoptr (DailiesReport) report = NULL;
      g_autoptr (GError) error = NULL;

      wire_forget (self->wire, "GET", STATUS);
      wire_answer (self->wire, "GET", STATUS, 200, NULL, body);
      report = poll_job (self, "r-1_X", &error);
      g_assert_no_error (error);
      g_assert_false (report->known);
      g_assert_cmpstr (report->word, ==, cases[i].word);
    }
}

/* @status is what /status says; the result then decides. %s is a good address. */
static const struct
{
  const char *status;
  guint       code; /* HTTP, of the result */
  const char *result;
  int         state; /* -1: an error */
  int         error;
  guint       n_urls;
  double      cost; /* -1: unknown */
  const char *said;
} results[] = {
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"video\":\"%s\"},\"cost\":0.56}", DAILIES_REPORT_DONE, 0, 1, 0.56, NULL },
  { "succeeded", 200, "{\"status\":\"succeeded\",\"output\":{\"video\":{\"url\":\"%s\"}},\"cost\":\"0.56\"}",
    DAILIES_REPORT_DONE, 0, 1, 0.56, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"videos\":[\"%s\",{\"url\":\"%s2\"}]},\"cost\":{\"usd\":1}}",
    DAILIES_REPORT_DONE, 0, 2, 1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"video\":\"%s\",\"videos\":[\"%s\"]}}", DAILIES_REPORT_DONE, 0, 1, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"image\":\"%s\"}}", DAILIES_REPORT_DONE, 0, 1, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"images\":[{\"url\":\"%s\"},{\"url\":\"%s2\"}]}}",
    DAILIES_REPORT_DONE, 0, 2, -1, NULL },
  /* The echo of the inputs comes first and must not be taken. */
  { "completed", 200, "{\"input\":{\"video_url\":\"https://in.example/src.mp4\",\"video\":\"https://in.example/src.mp4\"},"
                      "\"video\":\"https://in.example/src.mp4\",\"status\":\"completed\",\"output\":{\"video\":\"%s\"}}",
    DAILIES_REPORT_DONE, 0, 1, -1, NULL },
  { "completed", 200, "{\"input\":{\"video\":\"https://in.example/a.mp4\"},\"status\":\"completed\",\"output\":{}}",
    DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "completed", 200, "{\"output\":{\"video\":\"%s\"}}", DAILIES_REPORT_DONE, 0, 1, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":null}", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"video\":\"\"}}", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"video\":\"file:///etc/passwd\"}}", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"video\":\"http://files.example.org/a.mp4\"}}",
    DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"completed\",\"output\":{\"videos\":[\"javascript:1\",7,null,[\"%s3\"],\"%s\"]}}",
    DAILIES_REPORT_DONE, 0, 1, -1, NULL },
  { "completed", 200, "{\"status\":\"failed\",\"error\":\"nsfw\"}", DAILIES_REPORT_FAILED, 0, 0, -1, "nsfw" },
  { "completed", 200, "{\"status\":\"failed\",\"error\":{\"code\":\"x\",\"message\":\"bad " TOKEN " frame\"},\"cost\":0}",
    DAILIES_REPORT_FAILED, 0, 0, 0, "bad ••• frame" },
  { "completed", 200, "{\"status\":\"failed\",\"error\":[\"too dark\"]}", DAILIES_REPORT_FAILED, 0, 0, -1, "[\"too dark\"]" },
  { "completed", 200, "{\"status\":\"failed\",\"error\":17}", DAILIES_REPORT_FAILED, 0, 0, -1, "17" },
  { "completed", 200, "{\"status\":\"failed\",\"error_code\":500123,\"error_message\":\"gpu\"}", DAILIES_REPORT_FAILED, 0, 0, -1, "gpu" },
  { "completed", 200, "{\"status\":\"cancelled\"}", DAILIES_REPORT_CANCELLED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"in_progress\"}", DAILIES_REPORT_RUNNING, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"in_queue\",\"output\":{\"video\":\"%s\"}}", DAILIES_REPORT_QUEUED, 0, 0, -1, NULL },
  { "completed", 200, "{\"status\":\"polishing\"}", DAILIES_REPORT_RUNNING, 0, 0, -1, NULL },
  /* Without a state of its own a result says nothing: it is asked for again, and its words are told. */
  { "completed", 200, "{}", -1, DAILIES_ERROR_PROTOCOL, 0, -1, NULL },
  { "completed", 200, "{\"request_id\":\"r-1_X\",\"error\":\"boom\"}", -1, DAILIES_ERROR_PROTOCOL, 0, -1, "boom" },
  { "completed", 200, "{\"code\":400004,\"error\":\"boom\"}", -1, DAILIES_ERROR_TOKEN, 0, -1, "boom" },
  { "completed", 422, "{\"status\":\"failed\",\"detail\":\"boom\"}", DAILIES_REPORT_FAILED, 0, 0, -1, "boom" },
  { "failed", 200, "{\"status\":\"failed\",\"error\":\"nsfw\"}", DAILIES_REPORT_FAILED, 0, 0, -1, "nsfw" },
  { "failed", 200, "{\"status\":\"failed\"}", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "failed", 200, "{}", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "failed", 200, "{\"error\":\"boom\"}", DAILIES_REPORT_FAILED, 0, 0, -1, "boom" },
  { "failed", 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"naughty\"}]}", DAILIES_REPORT_FAILED, 0, 0, -1,
    "prompt: naughty" },
  { "failed", 404, "", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  { "failed", 500, "", DAILIES_REPORT_FAILED, 0, 0, -1, NULL },
  /* What is refused may as well be the question: the job is completed, and paid. */
  { "completed", 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"naughty\"}]}", -1, DAILIES_ERROR_INVALID, 0, -1,
    "prompt: naughty" },
  { "completed", 405, "", -1, DAILIES_ERROR_INVALID, 0, -1, NULL },
  { "completed", 404, "{\"code\":404001,\"error\":\"expired\"}", -1, DAILIES_ERROR_NOT_FOUND, 0, -1, "expired" },
  { "completed", 500, "", -1, DAILIES_ERROR_SERVER, 0, -1, NULL },
  { "completed", 200, "<html>", -1, DAILIES_ERROR_PROTOCOL, 0, -1, NULL },
  { "completed", 200, "{\"error_code\":400004}", -1, DAILIES_ERROR_TOKEN, 0, -1, NULL },
};

static void
test_results (Fixture      *self,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *status = g_strdup_printf ("{\"status\":\"%s\"}", results[i].status);
      g_autofree char *good = g_strconcat (wire_get_url (self->wire), "/out/a.mp4?sig=%2B", NULL);
      g_autoptr (GString) result = g_string_new (results[i].result);
      g_autoptr (DailiesReport) report = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s → %u %s", results[i].status, results[i].code, results[i].result);
      g_string_replace (result, "%s", good, 0);
      wire_forget (self->wire, "GET", STATUS);
      wire_forget (self->wire, "GET", RESULT);
      wire_answer (self->wire, "GET", STATUS, 200, NULL, status);
      wire_answer (self->wire, "GET", RESULT, results[i].code, NULL, result->str);
      report = poll_job (self, "r-1_X", &error);
      g_assert_cmpstr (wire_last (self->wire, "GET", RESULT)->query, ==, "include_cost=true");
      if (results[i].state < 0)
        {
          g_assert_null (report);
          g_assert_error (error, DAILIES_ERROR, results[i].error);
          g_assert_cmpstr (dailies_error_get_words (error), ==, results[i].said);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (report->state, ==, results[i].state);
      g_assert_cmpuint (report->urls != NULL ? g_strv_length (report->urls) : 0, ==, results[i].n_urls);
      if (results[i].n_urls > 0)
        g_assert_cmpstr (report->urls[0], ==, good);
      if (results[i].cost < 0)
        g_assert_true (isnan (report->cost_usd));
      else
        g_assert_cmpfloat (report->cost_usd, ==, results[i].cost);
      g_assert_cmpint (report->error != NULL, ==, results[i].state == DAILIES_REPORT_FAILED);
      if (report->error != NULL)
        {
          g_assert_error (report->error, DAILIES_ERROR, DAILIES_ERROR_FAILED);
          g_assert_cmpstr (dailies_error_get_words (report->error), ==, results[i].said);
        }
    }
}

static void
test_status_errors (Fixture      *self,
                    gconstpointer data)
{
  const struct
  {
    guint       status;
    const char *body;
    int         code;
  } cases[] = {
    { 401, "", DAILIES_ERROR_TOKEN },
    { 404, "{\"code\":404001}", DAILIES_ERROR_NOT_FOUND },
    { 429, "", DAILIES_ERROR_RATE },
    { 500, "", DAILIES_ERROR_SERVER },
    { 200, "<html>", DAILIES_ERROR_PROTOCOL },
    { 200, "", DAILIES_ERROR_PROTOCOL },
    { 200, "{\"status\":", DAILIES_ERROR_PROTOCOL },
    { 200, "{}", DAILIES_ERROR_PROTOCOL },
    { 200, "[1]", DAILIES_ERROR_PROTOCOL },
    { 200, "{\"status\":7}", DAILIES_ERROR_PROTOCOL },
    { 200, "{\"error_code\":404001}", DAILIES_ERROR_NOT_FOUND },
  };
  const char *ids[] = { "", "a/b", "..", "a?b", "a b", "ä",
                        ("x1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
                         "1234567890123456789012345678") };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "GET", STATUS);
      wire_answer (self->wire, "GET", STATUS, cases[i].status, NULL, cases[i].body);
      g_assert_null (poll_job (self, "r-1_X", &error));
      g_assert_error (error, DAILIES_ERROR, cases[i].code);
    }
  wire_forget_requests (self->wire);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (poll_job (self, ids[i], &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
    }
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  const struct
  {
    guint       status;
    const char *body;
    int         outcome; /* -1: an error */
    int         code;
  } cases[] = {
    { 200, "{\"status\":\"cancelled\",\"outcome\":\"cancelled\"}", DAILIES_CANCEL_DONE, 0 },
    { 200, "{\"status\":\"in_progress\",\"outcome\":\"not_cancellable\"}", DAILIES_CANCEL_NOT_POSSIBLE, 0 },
    { 200, "{\"status\":\"completed\",\"outcome\":\"not_cancellable\"}", DAILIES_CANCEL_NOT_POSSIBLE, 0 },
    { 200, "{\"status\":\"canceled\"}", DAILIES_CANCEL_DONE, 0 },
    { 200, "{\"status\":\"in_progress\"}", DAILIES_CANCEL_NOT_POSSIBLE, 0 },
    { 200, "{\"status\":\"in_queue\"}", DAILIES_CANCEL_UNCLEAR, 0 },
    { 200, "{\"outcome\":\"perhaps\"}", DAILIES_CANCEL_UNCLEAR, 0 },
    { 200, "{}", DAILIES_CANCEL_UNCLEAR, 0 },
    { 409, "{\"message\":\"too late\"}", DAILIES_CANCEL_NOT_POSSIBLE, 0 },
    { 400, "{\"message\":\"too late\"}", DAILIES_CANCEL_NOT_POSSIBLE, 0 },
    { 400, "{\"code\":400004}", -1, DAILIES_ERROR_TOKEN },
    { 404, "", -1, DAILIES_ERROR_NOT_FOUND },
    { 500, "", -1, DAILIES_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      DailiesCancelOutcome outcome = 99;
      gboolean done;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "POST", CANCEL);
      wire_answer (self->wire, "POST", CANCEL, cases[i].status, NULL, cases[i].body);
      dailies_service_cancel_async (self->service, "r-1_X", NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      done = dailies_service_cancel_finish (self->service, result, &outcome, &error);
      g_assert_cmpint (done, ==, cases[i].outcome >= 0);
      if (done)
        g_assert_cmpint (outcome, ==, cases[i].outcome);
      else
        g_assert_error (error, DAILIES_ERROR, cases[i].code);
      g_assert_cmpuint (wire_count (self->wire, "POST", CANCEL), ==, i + 1);
    }
}

static void
test_price (Fixture      *self,
            gconstpointer data)
{
  const struct
  {
    guint       status;
    const char *body;
    double      seconds;
    double      usd; /* -1: unknown */
    const char *source;
    gboolean    exact;
  } cases[] = {
    { 200, "{\"base_price_usd\":0.2,\"price_unit\":\"second\"}", 5, 1.0, "What the service asks for this model today.", TRUE },
    { 200, "{\"base_price_usd\":\"0.2\",\"price_unit\":\"second\"}", 5, 1.0, "What the service asks for this model today.", TRUE },
    { 200, "{\"base_price_usd\":0.9,\"price_unit\":\"output\"}", NAN, 0.9, "What the service asks for this model today.", TRUE },
    { 200, "{\"base_price_usd\":0,\"price_unit\":\"second\"}", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"base_price_usd\":-1,\"price_unit\":\"output\"}", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"base_price_usd\":null,\"price_unit\":\"second\"}", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"base_price_usd\":0.2}", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"base_price_usd\":0.2,\"price_unit\":\"moon\"}", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 404, "", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "<html>", 5, 0.56, "The usual price in November 2026. What the service charges may differ.", FALSE },
    { 200, "{\"base_price_usd\":0.2,\"price_unit\":\"second\"}", NAN, -1, "unknown", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesPrice) price = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      wire_forget (self->wire, "GET", MODEL);
      wire_answer (self->wire, "GET", MODEL, cases[i].status, NULL, cases[i].body);
      price = get_price (self, cases[i].seconds);
      if (cases[i].usd < 0)
        g_assert_true (isnan (price->usd));
      else
        g_assert_cmpfloat_with_epsilon (price->usd, cases[i].usd, 1e-9);
      g_assert_cmpstr (price->source, ==, cases[i].source);
      g_assert_cmpint (price->exact, ==, cases[i].exact);
    }
}

static void
test_free (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();
  g_autoptr (DailiesPrice) price = NULL;

  g_clear_object (&self->service);
  self->service = dailies_runcomfy_new (self->transport, self->access, hosts, TRUE);
  price = get_price (self, NAN);
  g_assert_cmpfloat (price->usd, ==, 0);
  g_assert_cmpstr (price->source, ==, "free · practice");
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_balance (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double usd = 1;

  dailies_service_balance_async (self->service, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  g_assert_false (dailies_service_balance_finish (self->service, result, &usd, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_assert_true (isnan (usd));
}

static gboolean
was_seen (gpointer wire)
{
  return wire_count (wire, NULL, NULL) > 0;
}

/* The id of a paid job arrives although its caller cancelled in the very moment of the answer. */
static void
test_late_cancel (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  wire_answer (self->wire, "POST", MODEL, 200, NULL, "{\"request_id\":\"r1\"}");
  dailies_service_submit_async (self->service, self->definition, self->input, NULL, cancellable,
                                wire_keep_result_cb, &result);
  wire_wait (&result);
  g_cancellable_cancel (cancellable);
  id = dailies_service_submit_finish (self->service, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "r1");

  /* Cancelled while the answer is awaited: in doubt, never "cancelled". */
  g_clear_object (&result);
  g_clear_object (&cancellable);
  cancellable = g_cancellable_new ();
  wire_forget (self->wire, "POST", MODEL);
  wire_forget_requests (self->wire);
  wire_answer_never (self->wire, "POST", MODEL);
  dailies_service_submit_async (self->service, self->definition, self->input, NULL, cancellable,
                                wire_keep_result_cb, &result);
  wire_wait_for (was_seen, self->wire);
  g_cancellable_cancel (cancellable);
  wire_wait (&result);
  g_assert_null (dailies_service_submit_finish (self->service, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
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
    { "/runcomfy/facts", test_facts },
    { "/runcomfy/submit", test_submit },
    { "/runcomfy/submit-errors", test_submit_errors },
    { "/runcomfy/endpoint", test_endpoint },
    { "/runcomfy/too-large", test_too_large },
    { "/runcomfy/words", test_words },
    { "/runcomfy/results", test_results },
    { "/runcomfy/status-errors", test_status_errors },
    { "/runcomfy/long-words", test_long_words },
    { "/runcomfy/cancel", test_cancel },
    { "/runcomfy/price", test_price },
    { "/runcomfy/free", test_free },
    { "/runcomfy/balance", test_balance },
    { "/runcomfy/late-cancel", test_late_cancel },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
