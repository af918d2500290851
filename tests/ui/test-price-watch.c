/* test-price-watch.c: what the form says a request costs, by the service's own word or by the definition's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-price-watch.h"

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-transport.h"
#include "wire.h"

#define MODEL_PATH "/v1/models/a/b/video"

typedef struct
{
  Wire              *wire;
  DailiesTransport  *transport;
  DailiesServices   *services;
  DailiesRequest    *request;
  DailiesPriceWatch *watch;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->wire = wire_new ();
  g_setenv ("DAILIES_RUNCOMFY_URL", wire_get_url (self->wire), TRUE);
  g_setenv ("RUNCOMFY_API_TOKEN", "token-of-the-test", TRUE);
  self->transport = dailies_transport_new ();
  self->services = dailies_services_new (self->transport, NULL);
  self->watch = dailies_price_watch_new (self->services);
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  dailies_price_watch_update (self->watch, NULL, "runcomfy");
  wire_wait_for (is_alone, self->watch);
  g_assert_finalize_object (self->watch);
  g_clear_object (&self->request);
  wire_wait_for (is_alone, self->services);
  g_assert_finalize_object (self->services);
  wire_wait_for (is_alone, self->transport);
  g_assert_finalize_object (self->transport);
  wire_free (self->wire);
  g_unsetenv ("DAILIES_RUNCOMFY_URL");
  g_unsetenv ("RUNCOMFY_API_TOKEN");
}

/* A request that can be sent. @price: JSON of the definition's hint */
static void
make_request (Fixture    *self,
              const char *price)
{
  g_autofree char *text = g_strdup_printf (
    "{ \"id\": \"runcomfy:a/b/video\", \"service\": \"runcomfy\", \"endpoint\": \"a/b/video\","
    "  \"title\": \"Test\", \"price\": %s, \"input\": { \"type\": \"object\", \"required\": [\"prompt\"],"
    "  \"properties\": { \"prompt\": { \"type\": \"string\" },"
    "    \"image_url\": { \"type\": \"string\", \"format\": \"image_uri\" },"
    "    \"duration\": { \"type\": \"integer\", \"enum\": [5, 10], \"default\": 5 } } } }", price);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, &error);

  g_assert_no_error (error);
  g_clear_object (&self->request);
  self->request = dailies_request_new (definition);
  dailies_request_set_prompt (self->request, "Rain");
  g_assert_true (dailies_request_is_sendable (self->request));
}

static void
assert_price (Fixture    *self,
              guint       count,
              const char *wanted)
{
  g_autofree char *label = dailies_price_watch_dup_label (self->watch, count);

  g_assert_cmpstr (label, ==, wanted);
}

typedef struct
{
  Fixture    *fixture;
  const char *wanted;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;
  g_autofree char *label = dailies_price_watch_dup_label (shown->fixture->watch, 1);

  return g_str_equal (label, shown->wanted);
}

static gboolean
is_asked (gpointer data)
{
  return wire_count (((Fixture *) data)->wire, "GET", MODEL_PATH) > 0;
}

/* What is heard while the service is asked, and a little after. */
static void
let_pass (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* At once what the definition says, marked as such; then what the service says. */
static void
test_live (Fixture      *self,
           gconstpointer data)
{
  make_request (self, "{ \"usd-per-second\": 0.112, \"as-of\": \"2026-11\" }");
  wire_answer (self->wire, "GET", MODEL_PATH, 200, NULL,
               "{ \"base_price_usd\": 0.2, \"price_unit\": \"second\" }");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "about $0.56");
  assert_price (self, 3, "about $1.68");
  g_assert_cmpstr (dailies_price_watch_get_source (self->watch), ==, "The usual price in November 2026. What the service charges may differ.");

  wire_wait_for (is_shown, &(Shown) { self, "$1.00" });
  assert_price (self, 4, "$4.00");
  g_assert_cmpstr (dailies_price_watch_get_source (self->watch), ==, "What the service asks for this model today.");
  g_assert_cmpstr (wire_request_get_header (wire_last (self->wire, "GET", MODEL_PATH), "Authorization"), ==,
                   "Bearer token-of-the-test");

  /* Another prompt costs the same: nobody is asked. Another length does not. */
  dailies_request_set_prompt (self->request, "Snow");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "$1.00");
  dailies_request_set_text (self->request, "duration", "10");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "about $1.12");
  wire_wait_for (is_shown, &(Shown) { self, "$2.00" });
  g_assert_cmpuint (wire_count (self->wire, "GET", MODEL_PATH), ==, 2);
}

/* The price of the choice on the form; one that the price list does not name costs what most do. */
static void
test_by_choice (Fixture      *self,
                gconstpointer data)
{
  make_request (self, "{ \"usd-per-second\": 0.168, \"by\": { \"field\": \"duration\","
                      "  \"usd-per-second\": { \"10\": 0.126 } }, \"as-of\": \"2026-11\" }");
  /* No live price: what the service layer falls back on does not know the choice and is not taken. */
  wire_answer (self->wire, "GET", MODEL_PATH, 200, NULL, "{}");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "about $0.84");
  dailies_request_set_text (self->request, "duration", "10");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "about $1.26");
  wire_wait_for (is_asked, self);
  let_pass (100);
  assert_price (self, 1, "about $1.26");
}

/* What is not a price is none: a cut costs what the definition says, or nobody knows; never 0. */
static void
test_unknown (Fixture      *self,
              gconstpointer data)
{
  static const struct
  {
    guint       status;
    const char *answer;
  } cases[] = {
    { 200, "{ \"base_price_usd\": 0, \"price_unit\": \"second\" }" },
    { 200, "{ \"base_price_usd\": -1, \"price_unit\": \"output\" }" },
    { 200, "{ \"base_price_usd\": 0.2, \"price_unit\": \"furlong\" }" },
    { 200, "{ \"base_price_usd\": null, \"price_unit\": \"second\" }" },
    { 200, "{ }" },
    { 200, "[]" },
    { 404, "{ \"detail\": \"no such model\" }" },
    { 401, "{ \"detail\": \"bad token\" }" },
  };
  static const char *const prices[][2] = {
    { "{ }", "price unknown" },
    { "{ \"usd-per-second\": null }", "price unknown" },
    { "{ \"usd-per-output\": 0.4, \"as-of\": \"2026-11\" }", "about $0.40" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *price = prices[i % G_N_ELEMENTS (prices)];

      wire_forget (self->wire, "GET", MODEL_PATH);
      wire_forget_requests (self->wire);
      wire_answer (self->wire, "GET", MODEL_PATH, cases[i].status, NULL, cases[i].answer);
      make_request (self, price[0]);
      dailies_price_watch_update (self->watch, self->request, "runcomfy");
      assert_price (self, 2, g_str_equal (price[1], "about $0.40") ? "about $0.80" : price[1]);
      wire_wait_for (is_asked, self);
      let_pass (100);
      assert_price (self, 1, price[1]);
    }
}

/* Practice costs nothing and nobody is asked; nor is a service without a token. */
static void
test_unasked (Fixture      *self,
              gconstpointer data)
{
  make_request (self, "{ \"usd-per-second\": 0.112 }");
  wire_answer (self->wire, "GET", MODEL_PATH, 200, NULL,
               "{ \"base_price_usd\": 0.2, \"price_unit\": \"second\" }");
  dailies_price_watch_update (self->watch, self->request, "practice");
  assert_price (self, 8, "free · practice");
  g_assert_null (dailies_price_watch_get_source (self->watch));

  g_unsetenv ("RUNCOMFY_API_TOKEN");
  dailies_price_watch_update (self->watch, self->request, "runcomfy");
  assert_price (self, 1, "about $0.56");
  let_pass (1000);
  assert_price (self, 1, "about $0.56");
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);

  /* The token is pasted while the form is open. */
  g_setenv ("RUNCOMFY_API_TOKEN", "token-of-the-test", TRUE);
  g_signal_emit_by_name (self->services, "tokens-changed", "runcomfy");
  wire_wait_for (is_shown, &(Shown) { self, "$1.00" });
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/price-watch/by-choice", test_by_choice);
  ADD ("/price-watch/live", test_live);
  ADD ("/price-watch/unknown", test_unknown);
  ADD ("/price-watch/unasked", test_unasked);
  return g_test_run ();
}
