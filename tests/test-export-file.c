/* test-export-file.c: whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "dailies-error.h"
#include "dailies-export-file.h"
#include "media.h"

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_commit (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_write (folder, "name.txt", "before", -1);
  g_autofree char *content = NULL;
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesExportFile) file = dailies_export_file_new (target, &error);

  g_assert_no_error (error);
  g_assert_true (dailies_export_file_write (file, "after", 5, &error));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  g_clear_pointer (&content, g_free);

  g_assert_true (dailies_export_file_commit (file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "after");
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_clear_pointer (&file, dailies_export_file_free);
  g_assert_cmpuint (count_files (folder), ==, 1);
  media_folder_remove (folder);
}

static void
test_given_up (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "name.txt", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (DailiesExportFile) file = dailies_export_file_new (target, NULL);

  g_assert_nonnull (file);
  g_assert_true (dailies_export_file_write (file, "half", 4, NULL));
  g_clear_pointer (&file, dailies_export_file_free);
  g_assert_cmpuint (count_files (folder), ==, 0);
  media_folder_remove (folder);
}

/* As by a crash, or a power cut: nothing can be tidied up any more. */
static void
test_killed (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_write (folder, "name.txt", "before", -1);
  g_autofree char *content = NULL;
  g_autoptr (GFile) target = g_file_new_for_path (path);
  pid_t child = fork ();
  int   status;

  if (child == 0)
    {
      DailiesExportFile *file = dailies_export_file_new (target, NULL);

      if (file != NULL && dailies_export_file_write (file, "half", 4, NULL))
        kill (getpid (), SIGKILL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  media_folder_remove (folder);
}

/* What others write by its path is what is put in place. */
static void
test_by_path (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "new.txt", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (DailiesExportFile) file = dailies_export_file_new (target, NULL);
  FILE *other = fopen (dailies_export_file_get_path (file), "wb");

  g_assert_nonnull (other);
  g_assert_cmpint (fputs ("by another", other), >=, 0);
  g_assert_cmpint (fclose (other), ==, 0);
  g_assert_true (dailies_export_file_commit (file, NULL));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "by another");
  g_assert_cmpuint (count_files (folder), ==, 1);
  media_folder_remove (folder);
}

static void
test_no_place (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *missing = g_build_filename (folder, "nowhere", "name.txt", NULL);
  g_autoptr (GFile) away = g_file_new_for_path (missing);
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.com/name.txt");
  g_autoptr (GFile) kernel = g_file_new_for_path ("/proc/name.txt");
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (GError) error = NULL;

  g_assert_null (dailies_export_file_new (away, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "no folder “nowhere”"));
  g_clear_error (&error);
  g_assert_null (dailies_export_file_new (remote, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_clear_error (&error);
  g_assert_null (dailies_export_file_new (directory, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_clear_error (&error);
  /* It is there, but nothing new can be in it. */
  g_assert_null (dailies_export_file_new (kernel, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "the folder “proc” does not allow it"));
  media_folder_remove (folder);
}

/* A clip has several names, and each of them leads to what must not be lost. */
static void
test_spares (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = media_write (folder, "clip.mp4", "dear", -1);
  g_autofree char *other = media_write (folder, "other.mp4", "dear", -1);
  g_autofree char *linked = g_build_filename (folder, "linked.mp4", NULL);
  g_autofree char *twin = g_build_filename (folder, "twin.mp4", NULL);
  g_autofree char *spelt = g_build_filename (folder, ".", "..", NULL);
  g_autofree char *base = g_path_get_basename (folder);
  g_autofree char *around = g_build_filename (spelt, base, "clip.mp4", NULL);
  g_autofree char *missing = g_build_filename (folder, "new.mp4", NULL);
  g_autoptr (GFile) clip = g_file_new_for_path (path);
  const struct
  {
    const char *target;
    gboolean    spares;
  } cases[] = {
    { path, FALSE }, { linked, FALSE }, { twin, FALSE }, { around, FALSE }, { other, TRUE }, { missing, TRUE },
  };

  g_assert_cmpint (symlink ("clip.mp4", linked), ==, 0);
  g_assert_cmpint (link (path, twin), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) target = g_file_new_for_path (cases[i].target);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) back = NULL;

      g_assert_cmpint (dailies_export_file_spares (target, clip, &error), ==, cases[i].spares);
      g_assert_cmpint (dailies_export_file_spares (clip, target, &back), ==, cases[i].spares);
      if (cases[i].spares)
        continue;
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "“clip.mp4”"));
    }
  media_folder_remove (folder);
}

static void
test_full (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = g_build_filename (folder, "name.txt", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (DailiesExportFile) file = dailies_export_file_new (target, NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gboolean      written;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 3;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = dailies_export_file_write (file, "too much", 8, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (written);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "“name.txt”"));
  g_clear_error (&error);
  error = dailies_export_file_explain (file, ENOSPC);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "no room left"));
  g_clear_pointer (&file, dailies_export_file_free);
  g_assert_cmpuint (count_files (folder), ==, 0);
  media_folder_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);

  g_test_add_func ("/export-file/commit", test_commit);
  g_test_add_func ("/export-file/given-up", test_given_up);
  g_test_add_func ("/export-file/killed", test_killed);
  g_test_add_func ("/export-file/by-path", test_by_path);
  g_test_add_func ("/export-file/no-place", test_no_place);
  g_test_add_func ("/export-file/spares", test_spares);
  g_test_add_func ("/export-file/full", test_full);

  return g_test_run ();
}
