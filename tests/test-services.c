/* test-services.c: addresses and tokens, with libsecret's own file in place of a keyring daemon
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-services.h"

#include <string.h>

#include <glib/gstdio.h>

#include "dailies-error.h"
#include "dailies-host.h"
#include "dailies-transport.h"

#include "wire.h"
#include "finalize.h"

#ifdef __SANITIZE_ADDRESS__
/* libsecret's file, which stands in for the daemon here, leaks an entity tag with every write (0.20.5). */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static const char *variables[] = {
  "RUNCOMFY_API_TOKEN", "RUNCOMFY_TOKEN", "YOUR_API_TOKEN", "UNIFICALLY_API_KEY", "DAILIES_RUNCOMFY_URL",
  "DAILIES_UNIFICALLY_URL", "DAILIES_UNIFICALLY_UPLOAD_URL", "DAILIES_PRACTICE_URL", "DAILIES_PRACTICE_TOKEN",
};

typedef struct
{
  Wire             *wire;
  DailiesTransport *transport;
  DailiesServices  *services;
  guint             n_changes;
} Fixture;

static void
tokens_changed_cb (DailiesServices *services,
                   const char      *id,
                   Fixture         *self)
{
  g_assert_nonnull (id);
  self->n_changes++;
}

static void
renew (Fixture *self)
{
  g_clear_object (&self->services);
  self->services = dailies_services_new (self->transport, NULL);
  g_signal_connect (self->services, "tokens-changed", G_CALLBACK (tokens_changed_cb), self);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  self->wire = wire_new ();
  self->transport = dailies_transport_new ();
  renew (self);
}

static gboolean
set_token (Fixture             *self,
           const char          *id,
           const char          *token,
           DailiesTokenSource  *source,
           GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_services_set_token_async (self->services, id, token, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_services_set_token_finish (self->services, result, source, error);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_token (self, "runcomfy", NULL, NULL, &error);
  g_assert_no_error (error);
  set_token (self, "unifically", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (self->services);
  assert_finalize_when_threads_let_go (self->transport);
  wire_free (self->wire);
}

static DailiesTokenSource
find_token (Fixture    *self,
            const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DailiesTokenSource source;

  dailies_services_find_token_async (self->services, id, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  source = dailies_services_find_token_finish (self->services, result, &error);
  g_assert_no_error (error);
  return source;
}

static DailiesService *
get_service (Fixture    *self,
             const char *id,
             const char *protocol,
             GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_services_get_async (self->services, id, protocol, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_services_get_finish (self->services, result, error);
}

/* Which token a service really sends. */
static void
assert_sends (Fixture    *self,
              const char *id,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesService) service = get_service (self, id, id, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DailiesReport) report = NULL;

  g_assert_no_error (error);
  dailies_service_poll_async (service, "x", NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  report = dailies_service_poll_finish (service, result, &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_assert_cmpstr (wire_request_get_header (wire_last (self->wire, NULL, NULL), "Authorization"), ==, expected);
}

static void
test_none (Fixture      *self,
           gconstpointer data)
{
  const char *ids[] = { "runcomfy", "unifically" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (find_token (self, ids[i]), ==, DAILIES_TOKEN_NONE);
      g_assert_null (get_service (self, ids[i], ids[i], &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN);
    }
  g_assert_cmpint (find_token (self, "practice"), ==, DAILIES_TOKEN_NONE);
}

/* What is set and cannot be a token is called by its name instead of missed. */
static void
test_malformed (Fixture      *self,
                gconstpointer data)
{
  const char *values[] = { "not a token", "a\nb", "t\xc3\xb6ken", " " };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("RUNCOMFY_TOKEN", values[i], TRUE);
      g_assert_null (get_service (self, "runcomfy", "runcomfy", &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN);
      g_assert_nonnull (strstr (error->message, "RUNCOMFY_TOKEN is set"));
    }
}

static void
test_environment (Fixture      *self,
                  gconstpointer data)
{
  g_setenv ("DAILIES_RUNCOMFY_URL", wire_get_url (self->wire), TRUE);
  g_setenv ("DAILIES_UNIFICALLY_URL", wire_get_url (self->wire), TRUE);
  g_setenv ("YOUR_API_TOKEN", "third", TRUE);
  assert_sends (self, "runcomfy", "Bearer third");
  g_setenv ("RUNCOMFY_TOKEN", "second", TRUE);
  assert_sends (self, "runcomfy", "Bearer second");
  g_setenv ("RUNCOMFY_API_TOKEN", " first\n", TRUE);
  assert_sends (self, "runcomfy", "Bearer first");
  g_setenv ("RUNCOMFY_API_TOKEN", "not a token", TRUE);
  assert_sends (self, "runcomfy", "Bearer second");
  g_assert_cmpint (find_token (self, "runcomfy"), ==, DAILIES_TOKEN_ENVIRONMENT);
  g_assert_cmpint (find_token (self, "unifically"), ==, DAILIES_TOKEN_NONE);
  g_setenv ("UNIFICALLY_API_KEY", "key", TRUE);
  assert_sends (self, "unifically", "Bearer key");
}

static void
test_keyring (Fixture      *self,
              gconstpointer data)
{
  DailiesTokenSource source = DAILIES_TOKEN_NONE;
  g_autoptr (GError) error = NULL;

  g_setenv ("DAILIES_RUNCOMFY_URL", wire_get_url (self->wire), TRUE);
  g_setenv ("RUNCOMFY_API_TOKEN", "environment", TRUE);
  g_assert_true (set_token (self, "runcomfy", " Bearer kept \n", &source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source, ==, DAILIES_TOKEN_KEYRING);
  g_assert_cmpuint (self->n_changes, ==, 1);
  assert_sends (self, "runcomfy", "Bearer kept");

  /* The next start of the program finds it, and it comes before the environment. */
  renew (self);
  g_assert_cmpint (find_token (self, "runcomfy"), ==, DAILIES_TOKEN_KEYRING);
  assert_sends (self, "runcomfy", "Bearer kept");

  /* What cannot be a token does not replace one. */
  g_assert_false (set_token (self, "runcomfy", "a b", &source, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN);
  g_clear_error (&error);
  assert_sends (self, "runcomfy", "Bearer kept");

  g_assert_true (set_token (self, "runcomfy", NULL, &source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source, ==, DAILIES_TOKEN_ENVIRONMENT);
  g_assert_cmpuint (self->n_changes, ==, 2);
  assert_sends (self, "runcomfy", "Bearer environment");
  renew (self);
  g_assert_cmpint (find_token (self, "runcomfy"), ==, DAILIES_TOKEN_ENVIRONMENT);
}

static gboolean
import (Fixture *self,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dailies_services_import_token_async (self->services, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_services_import_token_finish (self->services, result, error);
}

static void
test_import (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "runcomfy", NULL);
  g_autofree char *path = g_build_filename (folder, "token.json", NULL);
  const char *bad[] = { "", "{}", "[]", "{\"access_token\":7}", "{\"access_token\":\"a b\"}", "{\"access_token\":" };
  g_autoptr (GError) error = NULL;

  g_setenv ("DAILIES_RUNCOMFY_URL", wire_get_url (self->wire), TRUE);
  g_remove (path);
  g_assert_false (import (self, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_mkdir_with_parents (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_file_set_contents (path, bad[i], -1, NULL);
      g_assert_false (import (self, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN);
      g_clear_error (&error);
    }

  /* It lies there, but nobody takes it before the artist says so. */
  g_file_set_contents (path, "{\"access_token\":\"from-cli\",\"refresh\":1}", -1, NULL);
  g_assert_cmpint (find_token (self, "runcomfy"), ==, DAILIES_TOKEN_NONE);
  g_assert_true (import (self, &error));
  g_assert_no_error (error);
  assert_sends (self, "runcomfy", "Bearer from-cli");
  g_assert_cmpint (find_token (self, "runcomfy"), ==, DAILIES_TOKEN_KEYRING);
  g_remove (path);
}

static void
test_addresses (Fixture      *self,
                gconstpointer data)
{
  const char *bad[] = { "http://model-api.example.org", "file:///tmp", "nonsense", "https://u:p@x.example" };

  g_setenv ("RUNCOMFY_API_TOKEN", "t", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesService) shown = NULL;

      g_setenv ("DAILIES_RUNCOMFY_URL", bad[i], TRUE);
      g_assert_null (get_service (self, "runcomfy", "runcomfy", &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "DAILIES_RUNCOMFY_URL"));
      shown = dailies_services_peek (self->services, "runcomfy", "runcomfy");
      g_assert_cmpstr (dailies_service_get_title (shown), ==, "RunComfy");
    }
}

static void
test_wanted (Fixture      *self,
             gconstpointer data)
{
  const char *pairs[][2] = { { "runcomfy", "unifically" }, { "unifically", "runcomfy" }, { "moon", "moon" },
                             { "practice", "practice" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (get_service (self, pairs[i][0], pairs[i][1], &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
    }
}

static void
test_peek (Fixture      *self,
           gconstpointer data)
{
  const struct
  {
    const char *id;
    const char *protocol;
    const char *title;
    const char *hosts;
    goffset     max_body;
  } cases[] = {
    { "runcomfy", "runcomfy", "RunComfy", "inside the request", 64 * 1024 * 1024 },
    { "unifically", "unifically", "Unifically", "files.storagecdn.online", -1 },
    { "practice", "runcomfy", "Practice", "inside the request|the practice service", 64 * 1024 * 1024 },
    { "practice", "unifically", "Practice", "the practice service", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesService) service = dailies_services_peek (self->services, cases[i].id, cases[i].protocol);
      g_autoptr (GPtrArray) hosts = dailies_service_dup_hosts (service);
      g_autoptr (GString) titles = g_string_new (NULL);

      for (guint k = 0; k < hosts->len; k++)
        g_string_append_printf (titles, "%s%s", k > 0 ? "|" : "", dailies_host_get_title (g_ptr_array_index (hosts, k)));
      g_assert_cmpstr (dailies_service_get_protocol (service), ==, cases[i].protocol);
      g_assert_cmpstr (dailies_service_get_title (service), ==, cases[i].title);
      g_assert_cmpstr (titles->str, ==, cases[i].hosts);
      g_assert_cmpint (dailies_service_get_max_body (service), ==, cases[i].max_body);
    }
  g_assert_cmpuint (wire_count (self->wire, NULL, NULL), ==, 0);
}

static void
test_practice (Fixture      *self,
               gconstpointer data)
{
  const char *protocols[] = { "runcomfy", "unifically" };

  g_setenv ("DAILIES_PRACTICE_URL", wire_get_url (self->wire), TRUE);
  g_setenv ("DAILIES_PRACTICE_TOKEN", "practice-token", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesService) service = get_service (self, "practice", protocols[i], &error);
      g_autoptr (GAsyncResult) result = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (dailies_service_get_title (service), ==, "Practice");
      dailies_service_poll_async (service, "x", NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      g_assert_null (dailies_service_poll_finish (service, result, NULL));
      g_assert_cmpstr (wire_request_get_header (wire_last (self->wire, NULL, NULL), "Authorization"), ==,
                       "Bearer practice-token");
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
    { "/services/none", test_none },
    { "/services/environment", test_environment },
    { "/services/malformed", test_malformed },
    { "/services/keyring", test_keyring },
    { "/services/import", test_import },
    { "/services/addresses", test_addresses },
    { "/services/wanted", test_wanted },
    { "/services/peek", test_peek },
    { "/services/practice", test_practice },
  };
  g_autofree char *folder = g_dir_make_tmp ("dailies-XXXXXX", NULL);
  g_autofree char *secrets = g_build_filename (folder, "keyring", NULL);
  g_autofree char *config = g_build_filename (folder, "config", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  status = g_test_run ();

  g_remove (secrets);
  for (guint i = 0; i < 3; i++)
    {
      const char *names[] = { "config/runcomfy", "config", "" };
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_rmdir (path);
    }
  return status;
}
