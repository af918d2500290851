/* test-transport.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-access.h"
#include "dailies-error.h"
#include "dailies-transport.h"

#include <string.h>

#include "wire.h"
#include "finalize.h"

#define TOKEN "s3cret-t0ken"

typedef struct
{
  Wire             *wire;
  Wire             *other; /* another origin */
  DailiesTransport *transport;
  DailiesAccess    *access;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->wire = wire_new ();
  self->other = wire_new ();
  self->transport = dailies_transport_new ();
  g_object_set (self->transport, "retry-pause", 1, NULL);
  self->access = dailies_access_new (wire_get_url (self->wire), TOKEN, NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  assert_finalize_when_threads_let_go (self->transport);
  g_assert_finalize_object (self->access);
  wire_free (self->wire);
  wire_free (self->other);
}

static JsonNode *
call (Fixture        *self,
      DailiesCallKind kind,
      const char     *method,
      const char     *path,
      const char     *body,
      GError        **error)
{
  g_autoptr (JsonNode) node = body != NULL ? json_from_string (body, NULL) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dailies_transport_call_async (self->transport, self->access, kind, method, path, node, NULL,
                                wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_transport_call_finish (self->transport, result, error);
}

static void
test_call (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;
  WireRequest *request;

  wire_answer (self->wire, "POST", "/v1/models/a/b", 200, "Set-Cookie: a=b", "{\"request_id\":\"r1\"}");
  wire_answer (self->wire, "GET", "/v1/x", 200, NULL, "{}");
  answer = call (self, DAILIES_CALL_PAID, "POST", "/v1/models/a/b?q=1", "{\"prompt\":\"hé\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "request_id"), ==, "r1");
  request = wire_last (self->wire, "POST", "/v1/models/a/b");
  g_assert_cmpstr (request->query, ==, "q=1");
  g_assert_cmpstr (wire_request_get_header (request, "Authorization"), ==, "Bearer " TOKEN);
  g_assert_cmpstr (wire_request_get_header (request, "Content-Type"), ==, "application/json");
  g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body),
                   "{\"prompt\":\"hé\"}", strlen ("{\"prompt\":\"hé\"}"));

  json_node_unref (answer);
  answer = call (self, DAILIES_CALL_READ, "GET", "/v1/x", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (wire_request_get_header (wire_last (self->wire, "GET", "/v1/x"), "Cookie"));
}

static const struct
{
  const char  *name;
  guint        status; /* 0: @body is raw and the line is cut */
  const char  *header;
  const char  *body;
  int          read;
  guint        tries;
  int          paid;
} answers[] = {
  { "400", 400, NULL, "{\"code\":400001,\"error\":\"no\"}", DAILIES_ERROR_INVALID, 1, DAILIES_ERROR_INVALID },
  { "400-token", 400, NULL, "{\"code\":400004,\"error\":\"no\"}", DAILIES_ERROR_TOKEN, 1, DAILIES_ERROR_TOKEN },
  { "401", 401, "WWW-Authenticate: Basic realm=\"x\"", "", DAILIES_ERROR_TOKEN, 1, DAILIES_ERROR_TOKEN },
  { "402", 402, NULL, "", DAILIES_ERROR_BALANCE, 1, DAILIES_ERROR_BALANCE },
  { "403", 403, NULL, "", DAILIES_ERROR_TOKEN, 1, DAILIES_ERROR_TOKEN },
  { "404", 404, NULL, "<html>", DAILIES_ERROR_NOT_FOUND, 1, DAILIES_ERROR_NOT_FOUND },
  { "407", 407, "Proxy-Authenticate: Basic realm=\"x\"", "", DAILIES_ERROR_SERVER, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "422", 422, NULL, "{\"detail\":[]}", DAILIES_ERROR_INVALID, 1, DAILIES_ERROR_INVALID },
  { "429", 429, NULL, "", DAILIES_ERROR_RATE, 4, DAILIES_ERROR_RATE },
  { "429-long", 429, "Retry-After: 900", "", DAILIES_ERROR_RATE, 1, DAILIES_ERROR_RATE },
  { "500", 500, NULL, "{\"message\":\"no\"}", DAILIES_ERROR_SERVER, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "502-html", 502, "Content-Type: text/html", "<html><title>Bad Gateway</title></html>",
    DAILIES_ERROR_SERVER, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "421", 421, NULL, "", DAILIES_ERROR_SERVER, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "200-error", 200, NULL, "{\"error_code\":400002,\"error_message\":\"no\"}", DAILIES_ERROR_BALANCE, 1, DAILIES_ERROR_BALANCE },
  { "200-unknown-error", 200, NULL, "{\"error_code\":500001}", DAILIES_ERROR_SERVER, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "200-html", 200, NULL, "<html>hello</html>", DAILIES_ERROR_PROTOCOL, 1, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "200-empty", 200, NULL, "", DAILIES_ERROR_PROTOCOL, 1, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "204", 204, NULL, NULL, DAILIES_ERROR_PROTOCOL, 1, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "200-half", 200, NULL, "{\"request_id\":\"r", DAILIES_ERROR_PROTOCOL, 1, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "cut", 0, NULL, NULL, DAILIES_ERROR_NETWORK, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "cut-headers", 0, NULL, "HTTP/1.1 200 OK\r\nContent-Type: app", DAILIES_ERROR_NETWORK, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "cut-body", 0, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"request_id\":\"r1\"}",
    DAILIES_ERROR_NETWORK, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "cut-chunk", 0, NULL, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{\"request_id\":",
    DAILIES_ERROR_NETWORK, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "cut-401", 0, NULL, "HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{\"mess", DAILIES_ERROR_TOKEN, 1, DAILIES_ERROR_TOKEN },
  { "not-http", 0, NULL, "220 ftp ready\r\n", DAILIES_ERROR_NETWORK, 4, DAILIES_ERROR_UNKNOWN_OUTCOME },
};

static void
test_errors (Fixture      *self,
             gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/case/%s", answers[i].name);
      g_autoptr (GError) read = NULL;
      g_autoptr (GError) paid = NULL;

      g_test_message ("%s", answers[i].name);
      for (guint k = 0; k < 2; k++)
        {
          const char *method = k == 0 ? "GET" : "POST";

          if (answers[i].status == 0)
            wire_answer_raw (self->wire, method, path, answers[i].body);
          else
            wire_answer (self->wire, method, path, answers[i].status, answers[i].header, answers[i].body);
        }

      g_assert_null (call (self, DAILIES_CALL_READ, "GET", path, NULL, &read));
      g_assert_error (read, DAILIES_ERROR, answers[i].read);
      /* A GET may be repeated by libsoup too: after a 421, and when a kept connection is cut. */
      if (answers[i].status == 421 || answers[i].status == 0)
        g_assert_cmpuint (wire_count (self->wire, "GET", path), >=, answers[i].tries);
      else
        g_assert_cmpuint (wire_count (self->wire, "GET", path), ==, answers[i].tries);

      g_assert_null (call (self, DAILIES_CALL_PAID, "POST", path, "{}", &paid));
      g_assert_error (paid, DAILIES_ERROR, answers[i].paid);
      g_assert_cmpuint (wire_count (self->wire, "POST", path), ==, 1);
    }
}

/* A connection that was kept and then dropped by the server is where libsoup repeats by itself. */
static void
test_paid_after_kept (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) first = NULL;

  wire_answer (self->wire, "GET", "/warm", 200, NULL, "{}");
  wire_answer_raw (self->wire, "POST", "/paid", NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_clear_pointer (&first, json_node_unref);
      first = call (self, DAILIES_CALL_READ, "GET", "/warm", NULL, &error);
      g_assert_no_error (error);
      g_assert_null (call (self, DAILIES_CALL_PAID, "POST", "/paid", "{}", &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
      g_clear_error (&error);
      g_assert_cmpuint (wire_count (self->wire, "POST", "/paid"), ==, i + 1);
    }
}

static void
test_redirect (Fixture      *self,
               gconstpointer data)
{
  const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autofree char *header = g_strdup_printf ("Location: %s/stolen", wire_get_url (self->other));

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", statuses[i]);
      g_autoptr (GError) read = NULL;
      g_autoptr (GError) paid = NULL;

      wire_answer (self->wire, "GET", path, statuses[i], header, "");
      wire_answer (self->wire, "POST", path, statuses[i], header, "");
      g_assert_null (call (self, DAILIES_CALL_READ, "GET", path, NULL, &read));
      g_assert_error (read, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL);
      g_assert_null (call (self, DAILIES_CALL_PAID, "POST", path, "{}", &paid));
      g_assert_error (paid, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
      g_assert_cmpuint (wire_count (self->wire, "POST", path), ==, 1);
    }
  g_assert_cmpuint (wire_count (self->other, NULL, NULL), ==, 0);
}

static void
test_retry (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;
  gint64 start;

  wire_answer (self->wire, "GET", "/flaky", 500, NULL, "");
  wire_answer_raw (self->wire, "GET", "/flaky", NULL);
  wire_answer (self->wire, "GET", "/flaky", 200, NULL, "{}");
  answer = call (self, DAILIES_CALL_READ, "GET", "/flaky", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wire_count (self->wire, "GET", "/flaky"), ==, 3);
  g_clear_pointer (&answer, json_node_unref);

  wire_answer (self->wire, "GET", "/slow", 429, "Retry-After: 1", "");
  wire_answer (self->wire, "GET", "/slow", 200, NULL, "{}");
  start = g_get_monotonic_time ();
  answer = call (self, DAILIES_CALL_READ, "GET", "/slow", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 990 * 1000);
  g_clear_pointer (&answer, json_node_unref);

  wire_answer (self->wire, "POST", "/once", 500, NULL, "");
  g_assert_null (call (self, DAILIES_CALL_ONCE, "POST", "/once", "{}", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_SERVER);
  g_assert_cmpuint (wire_count (self->wire, "POST", "/once"), ==, 1);
}

static void
test_retry_after_date (Fixture      *self,
                       gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 600);
  g_autofree char *date = g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *header = g_strconcat ("Retry-After: ", date, NULL);
  const struct
  {
    const char *header;
    guint       least;
    guint       most;
  } cases[] = {
    { "Retry-After: 42", 42, 42 },
    { header, 595, 601 },
    { "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", 0, 0 },
    { "Retry-After: 7200", 7200, 7200 },
    { "Retry-After: 4294968", 86400, 86400 },
    { "Retry-After: 99999999999999999999999", 86400, 86400 },
    { "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT", 86400, 86400 },
    { "Retry-After: soon", 0, 0 },
    { "Retry-After: -5", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);
      g_autoptr (GError) error = NULL;

      wire_answer (self->wire, "POST", path, 429, cases[i].header, "");
      g_assert_null (call (self, DAILIES_CALL_PAID, "POST", path, NULL, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_RATE);
      g_assert_cmpuint (dailies_error_get_retry_after (error), >=, cases[i].least);
      g_assert_cmpuint (dailies_error_get_retry_after (error), <=, cases[i].most);
    }
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  const DailiesCallKind kinds[] = { DAILIES_CALL_READ, DAILIES_CALL_ONCE, DAILIES_CALL_PAID };
  Wire *gone = wire_new ();
  g_autofree char *url = g_strdup (wire_get_url (gone));

  wire_free (gone);
  g_clear_object (&self->access);
  self->access = dailies_access_new (url, TOKEN, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (call (self, kinds[i], "POST", "/", "{}", &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK);
      g_assert_null (strstr (error->message, TOKEN));
    }
}

/* A port that accepts and does not speak TLS: the handshake never ends, so nothing of the request left. */
static void
test_no_tls (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *url = g_strconcat ("https", strchr (wire_get_url (self->wire), ':'), NULL);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->access);
  self->access = dailies_access_new (url, TOKEN, NULL);
  g_object_set (self->transport, "timeout", 1, NULL);
  g_assert_null (call (self, DAILIES_CALL_PAID, "POST", "/", "{}", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK);
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_timeout (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_set (self->transport, "timeout", 1, NULL);
  wire_answer_never (self->wire, "POST", "/never");
  g_assert_null (call (self, DAILIES_CALL_PAID, "POST", "/never", "{}", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (wire_count (self->wire, "POST", "/never"), ==, 1);
}

/* A byte now and then keeps nobody for ever, be it one of the head or of the body. */
static void
test_drip (Fixture      *self,
           gconstpointer data)
{
  const char *raws[] = { "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", "HTTP/1.1 200 OK\r\nX-Long: " };
  const DailiesCallKind kinds[] = { DAILIES_CALL_PAID, DAILIES_CALL_ONCE };
  const int codes[] = { DAILIES_ERROR_UNKNOWN_OUTCOME, DAILIES_ERROR_NETWORK };

  g_object_set (self->transport, "timeout", 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (raws); i++)
    {
      g_autoptr (GError) error = NULL;

      wire_forget_requests (self->wire);
      wire_forget (self->wire, "POST", "/drip");
      wire_answer_drip (self->wire, "POST", "/drip", raws[i]);
      g_assert_null (call (self, kinds[i], "POST", "/drip", "{}", &error));
      g_assert_error (error, DAILIES_ERROR, codes[i]);
      g_assert_cmpuint (wire_count (self->wire, "POST", "/drip"), ==, 1);
    }
}

static gboolean
was_seen (gpointer wire)
{
  return wire_count (wire, NULL, NULL) > 0;
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  const DailiesCallKind kinds[] = { DAILIES_CALL_READ, DAILIES_CALL_ONCE, DAILIES_CALL_PAID };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (Wire) wire = wire_new ();
      g_autoptr (DailiesAccess) access = dailies_access_new (wire_get_url (wire), NULL, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GAsyncResult) before = NULL;
      g_autoptr (GError) error = NULL;

      wire_answer_never (wire, "POST", "/never");
      dailies_transport_call_async (self->transport, access, kinds[i], "POST", "/never", NULL, cancellable,
                                    wire_keep_result_cb, &result);
      wire_wait_for (was_seen, wire);
      g_assert_null (wire_request_get_header (wire_last (wire, "POST", "/never"), "Authorization"));
      g_cancellable_cancel (cancellable);
      wire_wait (&result);
      g_assert_null (dailies_transport_call_finish (self->transport, result, &error));
      if (kinds[i] == DAILIES_CALL_PAID)
        g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);

      /* Cancelled beforehand: certainly not sent, also when it would be paid. */
      dailies_transport_call_async (self->transport, access, kinds[i], "POST", "/never", NULL, cancellable,
                                    wire_keep_result_cb, &before);
      wire_wait (&before);
      g_assert_null (dailies_transport_call_finish (self->transport, before, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (wire_count (wire, NULL, NULL), ==, 1);
    }
}

static void
test_cancel_pause (Fixture      *self,
                   gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (self->transport, "retry-pause", 60000, NULL);
  wire_answer (self->wire, "GET", "/busy", 503, NULL, "");
  dailies_transport_call_async (self->transport, self->access, DAILIES_CALL_READ, "GET", "/busy", NULL, cancellable,
                                wire_keep_result_cb, &result);
  wire_wait_for (was_seen, self->wire);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  wire_wait (&result);
  g_assert_null (dailies_transport_call_finish (self->transport, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_large (Fixture      *self,
            gconstpointer data)
{
  /* The files of a request may come back with the answer that names its clip. */
  g_autofree char *files = g_strnfill (65 * 1024 * 1024, 'A');
  g_autofree char *echo = g_strconcat ("{\"status\":\"completed\",\"input\":\"", files, "\"}", NULL);
  g_autofree char *endless = g_strnfill (97 * 1024 * 1024, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;

  wire_answer (self->wire, "GET", "/echo", 200, NULL, echo);
  answer = call (self, DAILIES_CALL_READ, "GET", "/echo", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "status"), ==, "completed");

  /* What is longer than any answer is called so: nothing is wrong with the address. */
  wire_answer (self->wire, "GET", "/endless", 200, NULL, endless);
  g_assert_null (call (self, DAILIES_CALL_READ, "GET", "/endless", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "too large"));
  g_assert_nonnull (strstr (error->message, "96.0"));
  g_clear_error (&error);
  wire_answer (self->wire, "POST", "/endless", 200, NULL, endless);
  g_assert_null (call (self, DAILIES_CALL_PAID, "POST", "/endless", "{}", &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);

  /* Of an explanation the beginning is enough. */
  wire_answer (self->wire, "GET", "/refused", 422, NULL, endless);
  g_assert_null (call (self, DAILIES_CALL_READ, "GET", "/refused", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static DailiesBody *
open_url (Fixture    *self,
          const char *url,
          goffset     offset,
          const char *etag,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_transport_open_async (self->transport, url, offset, etag, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_transport_open_finish (self->transport, result, error);
}

static void
assert_body (DailiesBody *body,
             const char  *expected)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_output_stream_splice_async (memory, body->stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                wire_keep_result_cb, &result);
  wire_wait (&result);
  g_output_stream_splice_finish (memory, result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)), expected, strlen (expected));
}

static void
test_open (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *url = g_strconcat (wire_get_url (self->other), "/a%20b.mp4?sig=x%2By", NULL);
  g_autofree char *away = g_strdup_printf ("Location: %s", url);
  g_autofree char *start = g_strconcat (wire_get_url (self->wire), "/hop", NULL);
  g_autoptr (DailiesBody) body = NULL;
  g_autoptr (GError) error = NULL;
  WireRequest *request;

  wire_answer (self->wire, "GET", "/hop", 302, "Location: /hop2", "");
  wire_answer (self->wire, "GET", "/hop2", 307, away, "");
  wire_answer (self->other, "GET", "/a b.mp4", 200, "ETag: \"e1\"\nContent-Type: video/mp4; x=y", "0123456789");
  body = open_url (self, start, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (body->offset, ==, 0);
  g_assert_cmpint (body->length, ==, 10);
  g_assert_cmpstr (body->etag, ==, "\"e1\"");
  g_assert_cmpstr (body->content_type, ==, "video/mp4");
  assert_body (body, "0123456789");
  request = wire_last (self->other, "GET", "/a b.mp4");
  g_assert_cmpstr (request->query, ==, "sig=x%2By");
  g_assert_null (wire_request_get_header (request, "Authorization"));
  g_assert_null (wire_request_get_header (request, "Range"));
  g_assert_cmpstr (wire_request_get_header (request, "Accept-Encoding"), ==, "identity");
  g_assert_null (wire_request_get_header (wire_last (self->wire, "GET", "/hop"), "Authorization"));
}

/* The answers to a request for everything from byte 4 of a file of 10 bytes. */
static const struct
{
  const char *name;
  guint       status;
  const char *header;
  const char *body;
  const char *etag;      /* what was kept of the first part */
  const char *if_range;  /* what is to be sent */
  goffset     offset;
  goffset     length;
  const char *expected;
  guint       requests;
} ranges[] = {
  { "resumed", 206, "Content-Range: bytes 4-9/10\nETag: \"e\"", "456789", "\"e\"", "\"e\"", 4, 10, "456789", 1 },
  { "no-tag", 206, "Content-Range: bytes 4-9/10", "456789", NULL, NULL, 4, 10, "456789", 1 },
  { "unknown-total", 206, "Content-Range: bytes 4-9/*", "456789", NULL, NULL, 4, 10, "456789", 1 },
  { "weak", 206, "Content-Range: bytes 4-9/10\nETag: W/\"e\"", "456789", "W/\"e\"", NULL, 4, 10, "456789", 1 },
  { "weak-changed", 206, "Content-Range: bytes 4-9/10\nETag: W/\"f\"", "456789", "W/\"e\"", NULL, 0, 10, "0123456789", 2 },
  { "started-over", 0, NULL, "HTTP/1.1 200 OK\r\nETag: \"f\"\r\nContent-Length: 12\r\n\r\nabcdefghijkl", "\"e\"", "\"e\"", 0, 12, "abcdefghijkl", 1 },
  { "wrong-start", 206, "Content-Range: bytes 2-9/10", "23456789", NULL, NULL, 0, 10, "0123456789", 2 },
  { "no-range", 206, NULL, "456789", NULL, NULL, 0, 10, "0123456789", 2 },
  { "bad-range", 206, "Content-Range: bytes x-9/10", "456789", NULL, NULL, 0, 10, "0123456789", 2 },
  { "complete", 416, "Content-Range: bytes */4", "no", NULL, NULL, 4, 4, "", 1 },
  { "shrunk", 416, "Content-Range: bytes */3", "no", NULL, NULL, 0, 10, "0123456789", 2 },
  { "just-416", 416, NULL, "no", NULL, NULL, 0, 10, "0123456789", 2 },
};

static void
test_range (Fixture      *self,
            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *path = g_strconcat ("/", ranges[i].name, NULL);
      g_autofree char *url = g_strconcat (wire_get_url (self->wire), path, NULL);
      g_autoptr (DailiesBody) body = NULL;
      g_autoptr (GError) error = NULL;
      WireRequest *request;

      g_test_message ("%s", ranges[i].name);
      /* SoupServer cuts the range out of every 200 by itself, so that one is written by hand. */
      if (ranges[i].status == 0)
        wire_answer_raw (self->wire, "GET", path, ranges[i].body);
      else
        wire_answer (self->wire, "GET", path, ranges[i].status, ranges[i].header, ranges[i].body);
      if (ranges[i].requests == 2)
        wire_answer (self->wire, "GET", path, 200, NULL, "0123456789");
      body = open_url (self, url, 4, ranges[i].etag, &error);
      g_assert_no_error (error);
      g_assert_cmpint (body->offset, ==, ranges[i].offset);
      g_assert_cmpint (body->length, ==, ranges[i].length);
      g_assert_cmpuint (wire_count (self->wire, "GET", path), ==, ranges[i].requests);
      request = wire_last (self->wire, "GET", path);
      g_assert_cmpstr (wire_request_get_header (request, "Range"), ==, ranges[i].requests == 1 ? "bytes=4-" : NULL);
      g_assert_cmpstr (wire_request_get_header (request, "If-Range"), ==, ranges[i].if_range);
      assert_body (body, ranges[i].expected);
    }
}

static const struct
{
  guint        status;
  const char  *header;
  int          code;
  const char  *says; /* (nullable) */
} refusals[] = {
  { 403, NULL, DAILIES_ERROR_NOT_FOUND, "expired" },
  { 404, NULL, DAILIES_ERROR_NOT_FOUND, "expired" },
  { 410, NULL, DAILIES_ERROR_NOT_FOUND, "expired" },
  { 401, "WWW-Authenticate: Basic realm=\"x\"", DAILIES_ERROR_NOT_FOUND, "refuses" },
  { 418, NULL, DAILIES_ERROR_PROTOCOL },
  { 204, NULL, DAILIES_ERROR_PROTOCOL },
  { 429, "Retry-After: 3", DAILIES_ERROR_RATE },
  { 503, NULL, DAILIES_ERROR_SERVER },
  { 302, NULL, DAILIES_ERROR_PROTOCOL },
  { 302, "Location: /again", DAILIES_ERROR_PROTOCOL },
  { 302, "Location: http://files.example.org/a.mp4", DAILIES_ERROR_INVALID },
  { 302, "Location: file:///etc/passwd", DAILIES_ERROR_INVALID },
  { 302, "Location: //user:x@127.0.0.1/a", DAILIES_ERROR_INVALID },
};

static void
test_open_errors (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wire_answer (self->wire, "GET", "/again", 302, "Location: /again", "");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);
      g_autofree char *url = g_strconcat (wire_get_url (self->wire), path, NULL);

      g_test_message ("%u %s", refusals[i].status, refusals[i].header);
      wire_answer (self->wire, "GET", path, refusals[i].status, refusals[i].header, refusals[i].status == 204 ? NULL : "x");
      g_assert_null (open_url (self, url, 0, NULL, &error));
      g_assert_error (error, DAILIES_ERROR, refusals[i].code);
      if (refusals[i].says != NULL)
        g_assert_nonnull (strstr (error->message, refusals[i].says));
      g_clear_error (&error);
    }
  g_assert_cmpuint (wire_count (self->wire, "GET", "/again"), <=, 6);

  g_assert_null (open_url (self, "http://files.example.org/a.mp4", 0, NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
progress_cb (goffset  sent,
             goffset  total,
             gpointer data)
{
  goffset *last = data;

  g_assert_cmpint (total, ==, 3000000);
  g_assert_cmpint (sent, >=, *last);
  g_assert_cmpint (sent, <=, total);
  *last = sent;
}

static void
test_upload (Fixture      *self,
             gconstpointer data)
{
  for (guint send_token = 0; send_token < 2; send_token++)
    {
      g_autofree char *url = g_strconcat (wire_get_url (self->other), "/upload", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (3000000, 'v'), 3000000);
      g_autoptr (GInputStream) file = g_memory_input_stream_new_from_bytes (bytes);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) answer = NULL;
      WireRequest *request;
      const char *body;
      goffset last = -1;
      gsize size;

      wire_answer (self->other, "PUT", "/upload", 200, NULL, "{\"success\":true,\"file_url\":\"https://x/y\"}");
      dailies_transport_upload_async (self->transport, self->access, "PUT", url, send_token, "file", "clip.mp4", "video/mp4",
                                      file, 3000000, progress_cb, &last, NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      answer = dailies_transport_upload_finish (self->transport, result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (last, ==, 3000000);
      request = wire_last (self->other, "PUT", "/upload");
      g_assert_cmpstr (wire_request_get_header (request, "Authorization"), ==, send_token ? "Bearer " TOKEN : NULL);
      g_assert_true (g_str_has_prefix (wire_request_get_header (request, "Content-Type"), "multipart/form-data; boundary="));
      body = g_bytes_get_data (request->body, &size);
      g_assert_nonnull (g_strstr_len (body, 300, "name=\"file\"; filename=\"clip.mp4\"\r\nContent-Type: video/mp4\r\n\r\nvvvv"));
      g_assert_cmpuint (size, >, 3000000);
    }
}

static void
test_upload_errors (Fixture      *self,
                    gconstpointer data)
{
  const struct
  {
    guint        status;
    goffset      length;
    int          code;
  } cases[] = {
    { 401, 5, DAILIES_ERROR_TOKEN },
    { 413, 5, DAILIES_ERROR_INVALID },
    { 500, 5, DAILIES_ERROR_SERVER },
    { 0, 5, DAILIES_ERROR_NETWORK },
    { 200, 9, DAILIES_ERROR_DISK }, /* the file became shorter */
    { 308, 5, DAILIES_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);
      g_autofree char *url = g_strconcat (wire_get_url (self->wire), path, NULL);
      g_autoptr (GInputStream) file = g_memory_input_stream_new_from_data ("12345", 5, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", cases[i].status);
      if (cases[i].status == 0)
        wire_answer_raw (self->wire, "PUT", path, NULL);
      else
        wire_answer (self->wire, "PUT", path, cases[i].status, "Location: /elsewhere", "{\"message\":\"no\"}");
      dailies_transport_upload_async (self->transport, self->access, "PUT", url, TRUE, "file", "clip.mp4", NULL,
                                      file, cases[i].length, NULL, NULL, NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      g_assert_null (dailies_transport_upload_finish (self->transport, result, &error));
      g_assert_error (error, DAILIES_ERROR, cases[i].code);
      g_assert_cmpuint (wire_count (self->wire, "PUT", path), <=, 1);
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
    { "/transport/call", test_call },
    { "/transport/errors", test_errors },
    { "/transport/paid-after-kept", test_paid_after_kept },
    { "/transport/redirect", test_redirect },
    { "/transport/retry", test_retry },
    { "/transport/retry-after", test_retry_after_date },
    { "/transport/refused", test_refused },
    { "/transport/no-tls", test_no_tls },
    { "/transport/timeout", test_timeout },
    { "/transport/drip", test_drip },
    { "/transport/cancel", test_cancel },
    { "/transport/cancel-pause", test_cancel_pause },
    { "/transport/large", test_large },
    { "/transport/open", test_open },
    { "/transport/range", test_range },
    { "/transport/open-errors", test_open_errors },
    { "/transport/upload", test_upload },
    { "/transport/upload-errors", test_upload_errors },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
