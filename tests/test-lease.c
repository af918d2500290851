/* test-lease.c: two processes, one of which is killed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dailies-error.h"
#include "dailies-lease.h"
#include "fixture-library.h"

static void
test_hold (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *folder = g_build_filename (path, "leases", NULL);
  g_autofree char   *id = NULL;
  g_autofree char   *file = NULL;
  DailiesLease      *lease = dailies_lease_new (folder);
  g_autoptr(GError)  error = NULL;

  id = g_strdup (dailies_lease_get_id (lease));
  file = g_build_filename (folder, id, NULL);
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (dailies_lease_hold (lease, &error));
  g_assert_no_error (error);
  g_assert_true (dailies_lease_hold (lease, &error));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (dailies_lease_is_free (folder, id));
  g_assert_false (dailies_lease_is_free (folder, id));
  dailies_lease_free (lease);
  g_assert_true (dailies_lease_is_free (folder, id));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  fixture_remove_folder (path);
}

static void
test_strange_ids (void)
{
  g_autofree char *path = fixture_make_folder ();

  g_assert_true (dailies_lease_is_free (path, "0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111"));
  g_assert_true (dailies_lease_is_free (path, "../../etc/passwd"));
  g_assert_true (dailies_lease_is_free (path, ""));
  g_assert_true (dailies_lease_is_free ("/nowhere/at/all", "0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111"));
  fixture_remove_folder (path);
}

static void
test_cannot_hold (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *file = g_build_filename (path, "file", NULL);
  g_autoptr(GError)  error = NULL;
  DailiesLease      *lease = dailies_lease_new (file);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (dailies_lease_hold (lease, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  dailies_lease_free (lease);
  fixture_remove_folder (path);
}

/* The lock goes with the process, at once and however it ends. */
static void
test_killed (void)
{
  g_autofree char *path = fixture_make_folder ();
  DailiesLease    *lease = dailies_lease_new (path);
  int              ready[2];
  char             byte;
  pid_t            child;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      if (!dailies_lease_hold (lease, NULL) || write (ready[1], "x", 1) != 1)
        _exit (1);
      pause ();
      _exit (0);
    }

  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_false (dailies_lease_is_free (path, dailies_lease_get_id (lease)));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (dailies_lease_is_free (path, dailies_lease_get_id (lease)));
  dailies_lease_free (lease);
  close (ready[0]);
  close (ready[1]);
  fixture_remove_folder (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lease/hold", test_hold);
  g_test_add_func ("/lease/strange-ids", test_strange_ids);
  g_test_add_func ("/lease/cannot-hold", test_cannot_hold);
  g_test_add_func ("/lease/killed", test_killed);
  return g_test_run ();
}
