/* test-practice-launcher.c: with a stand-in for dailies-practice that tells the address of the test's own server, and with
 * the real one, which must be gone soon after everybody who used it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-practice-launcher.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "dailies-access.h"
#include "dailies-error.h"
#include "dailies-transport.h"

#include "fixture-library.h"
#include "wire.h"
#include "finalize.h"

typedef struct
{
  Wire             *wire;
  DailiesTransport *transport;
  char             *folder;
  char             *state;
  char             *address; /* path of address.json */
} Fixture;

static void
write_file (const char *path,
            const char *text,
            int         mode)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, &error);
  g_assert_no_error (error);
}

/* A program that notes its start, its arguments and its session beside the state folder and then does @rest. */
static void
write_program (Fixture    *self,
               const char *rest)
{
  g_autofree char *path = g_build_filename (self->folder, "practice.sh", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "echo \"$*\" >> '%s/started'\n"
                                           "read -r pid comm st ppid pgrp sid other < /proc/$$/stat\n"
                                           "[ \"$pid\" = \"$sid\" ] && echo own >> '%s/session'\n"
                                           "%s\n", self->folder, self->folder, rest);

  write_file (path, text, 0700);
  g_setenv ("DAILIES_PRACTICE_BIN", path, TRUE);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autofree char *rest = NULL;

  self->wire = wire_new ();
  self->transport = dailies_transport_new ();
  self->folder = g_dir_make_tmp ("dailies-XXXXXX", NULL);
  self->state = g_build_filename (self->folder, "share", "practice", NULL);
  self->address = g_build_filename (self->state, "address.json", NULL);
  rest = g_strdup_printf ("echo '{\"url\":\"%s\",\"token\":\"tok\"}'", wire_get_url (self->wire));
  write_program (self, rest);
  wire_answer (self->wire, "GET", "/v1/models", 200, NULL, "{\"models\":[],\"total\":0}");
  g_unsetenv ("DAILIES_PRACTICE_URL");
  g_unsetenv ("DAILIES_PRACTICE_TOKEN");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  fixture_remove_folder (self->folder);
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));
  assert_finalize_when_threads_let_go (self->transport);
  wire_free (self->wire);
  g_free (self->folder);
  g_free (self->state);
  g_free (self->address);
}

static DailiesPracticeLauncher *
new_launcher (Fixture *self)
{
  g_autoptr (GFile) state = g_file_new_for_path (self->state);

  return dailies_practice_launcher_new (self->transport, state);
}

static DailiesAccess *
run (Fixture *self,
     GError **error)
{
  g_autoptr (DailiesPracticeLauncher) launcher = new_launcher (self);
  g_autoptr (GAsyncResult) result = NULL;

  dailies_practice_launcher_run_async (launcher, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  return dailies_practice_launcher_run_finish (launcher, result, error);
}

static guint
count_lines (Fixture    *self,
             const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  guint n_lines = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *p = text; *p != '\0'; p++)
      n_lines += *p == '\n';
  return n_lines;
}

static void
assert_found (Fixture *self,
              guint    n_starts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesAccess) access = run (self, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dailies_access_get_base_url (access), ==, wire_get_url (self->wire));
  g_assert_cmpstr (dailies_access_get_title (access), ==, "Practice");
  g_assert_true (dailies_access_has_token (access));
  g_assert_cmpuint (count_lines (self, "started"), ==, n_starts);
}

static void
test_shared (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *started = g_build_filename (self->folder, "started", NULL);
  g_autofree char *expected = g_strdup_printf ("--port 0 --state %s --unused-exit 3\n", self->state);
  g_autofree char *arguments = NULL;
  GStatBuf info;

  assert_found (self, 1);
  g_file_get_contents (started, &arguments, NULL, NULL);
  g_assert_cmpstr (arguments, ==, expected);
  g_assert_cmpuint (count_lines (self, "session"), ==, 1);
  g_assert_cmpint (g_stat (self->address, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (self->state, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  /* The next process finds it, asks it once and starts nothing. */
  assert_found (self, 1);
  g_assert_cmpuint (wire_count (self->wire, "GET", "/v1/models"), ==, 1);
  g_assert_cmpstr (wire_request_get_header (wire_last (self->wire, NULL, NULL), "Authorization"), ==, "Bearer tok");
}

static void
test_stale (Fixture      *self,
            gconstpointer data)
{
  Wire *gone = wire_new ();
  Wire *stranger = wire_new ();
  g_autofree char *dead = g_strdup_printf ("{\"url\":\"%s\",\"token\":\"tok\"}", wire_get_url (gone));
  g_autofree char *foreign = g_strdup_printf ("{\"url\":\"%s\",\"token\":\"tok\"}", wire_get_url (stranger));
  const char *texts[] = {
    dead, foreign, "", "{\"url\":", "{}", "[]", "{\"url\":\"https://evil.example\",\"token\":\"tok\"}",
    "{\"url\":\"http://127.0.0.1:1\"}",
  };

  wire_free (gone);
  wire_answer (stranger, "GET", "/v1/models", 200, NULL, "{\"hello\":1}");
  g_mkdir_with_parents (self->state, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      write_file (self->address, texts[i], 0600);
      assert_found (self, i + 1);
    }
  g_assert_cmpuint (wire_count (stranger, NULL, NULL), ==, 1);
  wire_free (stranger);
}

static void
test_at_once (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (DailiesPracticeLauncher) one = new_launcher (self);
  g_autoptr (DailiesPracticeLauncher) two = new_launcher (self);
  GAsyncResult *results[12] = { NULL, };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    dailies_practice_launcher_run_async (i % 2 == 0 ? one : two, NULL, wire_keep_result_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (DailiesAccess) access = NULL;
      g_autoptr (GError) error = NULL;

      wire_wait (&results[i]);
      access = dailies_practice_launcher_run_finish (i % 2 == 0 ? one : two, results[i], &error);
      g_assert_no_error (error);
      g_assert_nonnull (access);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (count_lines (self, "started"), ==, 1);
}

static void
test_failures (Fixture      *self,
               gconstpointer data)
{
  const char *programs[] = {
    "exit 1",
    "echo hello",
    "echo '{\"url\":\"https://evil.example\",\"token\":\"tok\"}'",
    "echo '{\"url\":\"http://127.0.0.1:1\"}'",
    "kill -9 $$",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_test_message ("%s", programs[i]);
      write_program (self, programs[i]);
      g_assert_null (run (self, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_PRACTICE);
      g_assert_false (g_file_test (self->address, G_FILE_TEST_EXISTS));
      g_clear_error (&error);
    }
  g_setenv ("DAILIES_PRACTICE_BIN", "/nowhere/dailies-practice", TRUE);
  g_assert_null (run (self, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_PRACTICE);
  g_assert_nonnull (strstr (error->message, "/nowhere/dailies-practice"));
}

static void
test_no_folder (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *share = g_build_filename (self->folder, "share", NULL);
  g_autoptr (GError) error = NULL;

  write_file (share, "in the way", 0600);
  g_assert_null (run (self, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, self->state));
}

static void
test_named (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (DailiesAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("DAILIES_PRACTICE_URL", "http://127.0.0.1:7", TRUE);
  g_setenv ("DAILIES_PRACTICE_TOKEN", "given", TRUE);
  access = run (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dailies_access_get_base_url (access), ==, "http://127.0.0.1:7");
  g_assert_true (dailies_access_has_token (access));
  g_clear_object (&access);

  g_setenv ("DAILIES_PRACTICE_URL", "http://elsewhere.example", TRUE);
  g_assert_null (run (self, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpuint (count_lines (self, "started"), ==, 0);
}

/* --- the real service ------------------------------------------------------------------------- */

static char *real_service;

/* A service holds the lock of its folder from before it tells its address to its end. */
static gboolean
is_served (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->state, "lock", NULL);
  int lock = open (path, O_RDWR | O_CLOEXEC);
  gboolean served = lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) != 0;

  if (lock >= 0)
    close (lock);
  return served;
}

/* Another program of the same library: finds the service, says where, and goes on until it is killed. */
static G_NORETURN void
use (const char *folder)
{
  Fixture self = { .transport = dailies_transport_new (), .state = (char *) folder };
  g_autoptr (DailiesPracticeLauncher) launcher = new_launcher (&self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DailiesAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  dailies_practice_launcher_run_async (launcher, NULL, wire_keep_result_cb, &result);
  wire_wait (&result);
  access = dailies_practice_launcher_run_finish (launcher, result, &error);
  g_assert_no_error (error);
  g_print ("%s\n", dailies_access_get_base_url (access));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static GSubprocess *
start_program (Fixture *self,
               char   **url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  GSubprocess *program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--use", self->state,
                                           NULL);

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  *url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*url);
  g_assert_true (is_served (self));
  return program;
}

static void
end_program (GSubprocess *program,
             int          how)
{
  g_subprocess_send_signal (program, how);
  g_subprocess_wait (program, NULL, NULL);
  g_object_unref (program);
}

static void
test_ends (Fixture      *self,
           gconstpointer data)
{
  const int ways[] = { SIGKILL, SIGTERM, SIGHUP };

  g_setenv ("DAILIES_PRACTICE_BIN", real_service, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *url = NULL;

      g_test_message ("%s", g_strsignal (ways[i]));
      end_program (start_program (self, &url), ways[i]);
      fixture_wait_seconds (!is_served (self), 10);
    }
}

/* As long as a program is there, even one that did not start it. */
static void
test_ends_with_the_last (Fixture      *self,
                         gconstpointer data)
{
  g_autofree char *first_url = NULL;
  g_autofree char *second_url = NULL;
  g_autofree char *third_url = NULL;
  GSubprocess *first, *second, *third;
  gint64 end;

  g_setenv ("DAILIES_PRACTICE_BIN", real_service, TRUE);
  first = start_program (self, &first_url);
  second = start_program (self, &second_url);
  g_assert_cmpstr (second_url, ==, first_url);
  end_program (first, SIGKILL);

  /* That nothing happens can only be seen by looking on for longer than it would take. */
  end = g_get_monotonic_time () + 6 * G_USEC_PER_SEC;
  fixture_wait (!is_served (self) || g_get_monotonic_time () > end);
  g_assert_true (is_served (self));

  third = start_program (self, &third_url);
  g_assert_cmpstr (third_url, ==, first_url);
  end_program (second, SIGKILL);
  end_program (third, SIGKILL);
  fixture_wait_seconds (!is_served (self), 10);
}

/* A window that is closed and opened again finds the service as it was, or gets a new one; never one that is about to go. */
static void
test_ends_or_stays (Fixture      *self,
                    gconstpointer data)
{
  g_setenv ("DAILIES_PRACTICE_BIN", real_service, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (DailiesPracticeLauncher) launcher = NULL;
      g_autoptr (DailiesAccess) access = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GAsyncResult) called = NULL;
      g_autoptr (JsonNode) answer = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *url = NULL;
      gint64 end;

      end_program (start_program (self, &url), SIGKILL);
      /* Around the moment in which it ends. */
      end = g_get_monotonic_time () + (3000 + 500 * i) * 1000;
      fixture_wait (!is_served (self) || g_get_monotonic_time () > end);
      launcher = new_launcher (self);
      dailies_practice_launcher_run_async (launcher, NULL, wire_keep_result_cb, &result);
      wire_wait (&result);
      access = dailies_practice_launcher_run_finish (launcher, result, &error);
      g_assert_no_error (error);
      dailies_transport_call_async (self->transport, access, DAILIES_CALL_ONCE, "GET", "/v1/models?limit=1", NULL, NULL,
                                    wire_keep_result_cb, &called);
      wire_wait (&called);
      answer = dailies_transport_call_finish (self->transport, called, &error);
      g_assert_no_error (error);
      g_assert_true (is_served (self));
    }
  fixture_wait_seconds (!is_served (self), 10);
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
    { "/practice-launcher/shared", test_shared },
    { "/practice-launcher/stale", test_stale },
    { "/practice-launcher/at-once", test_at_once },
    { "/practice-launcher/failures", test_failures },
    { "/practice-launcher/no-folder", test_no_folder },
    { "/practice-launcher/named", test_named },
    { "/practice-launcher/ends", test_ends },
    { "/practice-launcher/ends-with-the-last", test_ends_with_the_last },
    { "/practice-launcher/ends-or-stays", test_ends_or_stays },
  };

  if (argc == 3 && g_str_equal (argv[1], "--use"))
    use (argv[2]);
  g_test_init (&argc, &argv, NULL);
  real_service = g_strdup (g_getenv ("DAILIES_PRACTICE_BIN"));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
