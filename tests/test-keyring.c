/* test-keyring.c: a keyring that is missing, and one that does not answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-keyring.h"

#include <string.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "dailies-error.h"
#include "dailies-tokens.h"

#include "wire.h"

/* libsecret picks its bus once a process, so every case is a process of its own. */
static void
test_missing (void)
{
  g_autoptr (DailiesTokens) tokens = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) set = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  DailiesTokenSource source;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);
  g_unsetenv ("SECRET_BACKEND");
  g_unsetenv ("UNIFICALLY_API_KEY");
  tokens = dailies_tokens_new ();
  dailies_tokens_find_async (tokens, "unifically", NULL, wire_keep_result_cb, &found);
  wire_wait (&found);
  g_assert_null (dailies_tokens_find_finish (tokens, found, &source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source, ==, DAILIES_TOKEN_NONE);

  /* Told, but it works for this session. */
  dailies_tokens_set_async (tokens, "unifically", "abc", NULL, wire_keep_result_cb, &set);
  wire_wait (&set);
  g_assert_false (dailies_tokens_set_finish (tokens, set, &source, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_KEYRING);
  g_assert_null (strstr (error->message, "abc"));
  g_clear_error (&error);
  g_assert_cmpint (source, ==, DAILIES_TOKEN_SESSION);
  dailies_tokens_find_async (tokens, "unifically", NULL, wire_keep_result_cb, &again);
  wire_wait (&again);
  token = dailies_tokens_find_finish (tokens, again, &source, &error);
  g_assert_cmpstr (token, ==, "abc");
  g_assert_cmpint (source, ==, DAILIES_TOKEN_SESSION);

  /* What was never in the keyring can be forgotten without it. */
  dailies_tokens_set_async (tokens, "unifically", NULL, NULL, wire_keep_result_cb, &forgotten);
  wire_wait (&forgotten);
  g_assert_true (dailies_tokens_set_finish (tokens, forgotten, &source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (source, ==, DAILIES_TOKEN_NONE);
}

static void
test_silent (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bus = NULL;
  g_autoptr (GSocketListener) listener = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  /* A bus that accepts and then says nothing. */
  folder = g_dir_make_tmp ("dailies-XXXXXX", NULL);
  path = g_build_filename (folder, "bus", NULL);
  bus = g_strdup_printf ("unix:path=%s", path);
  listener = g_socket_listener_new ();
  address = g_unix_socket_address_new (path);
  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                NULL, NULL, NULL));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  g_setenv ("DAILIES_KEYRING_TIMEOUT", "200", TRUE);
  g_unsetenv ("SECRET_BACKEND");
  start = g_get_monotonic_time ();
  dailies_keyring_lookup_async ("runcomfy", NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  g_assert_null (dailies_keyring_lookup_finish (result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_KEYRING);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_clear_error (&error);

  g_setenv ("DAILIES_KEYRING_TIMEOUT", "2000", TRUE);
  cancellable = g_cancellable_new ();
  dailies_keyring_store_async ("runcomfy", "RunComfy", "abc", cancellable, wire_keep_result_cb, &stopped);
  g_cancellable_cancel (cancellable);
  wire_wait (&stopped);
  g_assert_false (dailies_keyring_store_finish (stopped, &error));
  g_assert_nonnull (error);
  g_socket_listener_close (listener);
  g_remove (path);
  g_rmdir (folder);
  /* The thread that libsecret left waiting for the bus must not keep the process. */
  _exit (0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyring/missing", test_missing);
  g_test_add_func ("/keyring/silent", test_silent);
  return g_test_run ();
}
