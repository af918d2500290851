/* test-file-check.c: whatever can have the name of a clip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dailies-error.h"
#include "dailies-file-check.h"

static gboolean
check (const char  *path,
       GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, DAILIES_FILE_CHECK_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, error);

  g_assert_nonnull (info);
  return dailies_file_check (info, "the clip", error);
}

static void
test_check (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dailies-file-check-XXXXXX", NULL);
  g_autofree char *full = g_build_filename (folder, "full.mp4", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.mp4", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.mp4", NULL);
  g_autofree char *link = g_build_filename (folder, "link.mp4", NULL);
  g_autofree char *lost = g_build_filename (folder, "lost.mp4", NULL);
  const struct
  {
    const char *path;
    int         code;
    const char *words; /* NULL: it can be read */
  } cases[] = {
    { full, 0, NULL },
    { link, 0, NULL },
    { empty, DAILIES_ERROR_MEDIA, "“the clip” is empty" },
    { folder, DAILIES_ERROR_MEDIA, "“the clip” is a folder" },
    { pipe, DAILIES_ERROR_MEDIA, "“the clip” is a pipe or a device" },
    { "/dev/null", DAILIES_ERROR_MEDIA, "“the clip” is a pipe or a device" },
    { lost, DAILIES_ERROR_DISK, "“the clip” is a link to a file that is not there" },
  };

  g_assert_true (g_file_set_contents (full, "clip", 4, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink (full, link), ==, 0);
  g_assert_cmpint (symlink ("nowhere", lost), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (check (cases[i].path, &error), ==, cases[i].words == NULL);
      if (cases[i].words == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, DAILIES_ERROR, cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, cases[i].words));
    }

  g_unlink (full);
  g_unlink (empty);
  g_unlink (pipe);
  g_unlink (link);
  g_unlink (lost);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-check/whatever", test_check);
  return g_test_run ();
}
