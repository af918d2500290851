/* test-studio.c: what a studio brings to its end before it is closed, and what one that was killed left behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-sql.h"
#include "fixture-studio.h"

/* Enough that to take them to the trash takes longer than to close the store. */
#define N_CUTS 50

/* A shot with its cuts. */
static gpointer
insert_cuts (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO shot (id, created, updated) VALUES (1, 1, 1);"
                    "INSERT INTO job (id, shot, service, protocol, model, prompt, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', 'a prompt', '{}', 'done', 1, 2);"
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (N_CUTS) ")"
                    "INSERT INTO cut (shot, job, output, number, path, poster, created)"
                    "  SELECT 1, 'job', i, i, 'cuts/1/' || i || '.mp4', 'cuts/1/' || i || '.jpg', i FROM n",
                    error);
  return NULL;
}

/* What a killed program leaves: the row says so, the clip is still there. */
static gpointer
remove_row (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  dailies_sql_exec (db, "UPDATE cut SET removed = 1", error);
  return NULL;
}

/* What it leaves where the clip could still be brought back. */
static gpointer
set_row_aside (sqlite3   *db,
               gpointer   data,
               GError   **error)
{
  dailies_sql_exec (db, "UPDATE shot SET removed = 3", error);
  return NULL;
}

static gpointer
read_removed (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, "SELECT min (removed) FROM cut", "");

  g_assert_true (dailies_sql_next (stmt, error));
  return GINT_TO_POINTER (sqlite3_column_int (stmt, 0));
}

static char *
dup_file (const char *path,
          guint       number,
          const char *extension)
{
  return g_strdup_printf ("%s/cuts/1/%u.%s", path, number, extension);
}

static void
make_file (const char *path,
           guint       number,
           const char *extension)
{
  g_autofree char *file = dup_file (path, number, extension);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
}

/* Of both kinds. */
static guint
count_files (const char *path)
{
  guint n = 0;

  for (guint i = 1; i <= N_CUTS; i++)
    {
      g_autofree char *clip = dup_file (path, i, "mp4");
      g_autofree char *poster = dup_file (path, i, "jpg");

      n += g_file_test (clip, G_FILE_TEST_EXISTS) + g_file_test (poster, G_FILE_TEST_EXISTS);
    }
  return n;
}

static char *
make_library (DailiesStoreFunc func)
{
  char             *path = fixture_make_folder ();
  g_autofree char  *folder = g_build_filename (path, "cuts", "1", NULL);
  g_autoptr(GError) error = NULL;
  DailiesStore     *store = fixture_open_store (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 1; i <= N_CUTS; i++)
    {
      make_file (path, i, "mp4");
      make_file (path, i, "jpg");
    }
  fixture_run (store, insert_cuts, NULL, &error);
  g_assert_no_error (error);
  if (func != NULL)
    fixture_run (store, func, NULL, &error);
  g_assert_no_error (error);
  fixture_close_store (store);
  return path;
}

typedef struct
{
  gboolean removed;
  gboolean closed;
} End;

static void
set_aside_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  End *end = user_data;

  end->removed = dailies_library_set_aside_finish (DAILIES_LIBRARY (object), result, NULL);
}

/* The program ends here. */
static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  End *end = user_data;

  g_assert_true (dailies_studio_close_finish (DAILIES_STUDIO (object), result, NULL));
  g_assert_true (end->removed);
  end->closed = TRUE;
}

/* Removed as late as can be, as when the program quits while Undo is still offered. */
static void
test_removed_at_the_end (void)
{
  g_autofree char *path = make_library (NULL);
  DailiesStudio   *studio = studio_open (path);
  DailiesLibrary  *library = dailies_studio_get_library (studio);
  End              end = { FALSE, FALSE };

  dailies_library_set_aside_async (library, G_OBJECT (dailies_library_lookup_shot (library, 1)), NULL, set_aside_cb, &end);
  dailies_library_empty (library);
  dailies_studio_close_async (studio, closed_cb, &end);
  fixture_wait (end.closed);
  g_assert_cmpuint (count_files (path), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (studio);
  fixture_remove_folder (path);
}

static void
test_taken_up (void)
{
  g_autofree char *path = make_library (remove_row);
  DailiesStudio   *studio = studio_open (path);
  DailiesStore    *store;

  studio_close (studio);
  g_assert_cmpuint (count_files (path), ==, 0);
  store = fixture_open_store (path, NULL);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, read_removed, NULL, NULL)), ==, 2);
  fixture_close_store (store);

  /* Out of the trash again by the artist's hand: it is theirs. */
  make_file (path, 1, "mp4");
  studio_close (studio_open (path));
  g_assert_cmpuint (count_files (path), ==, 1);
  fixture_remove_folder (path);
}

/* The command line opens the library too, while a window can still bring it back. */
static void
test_aside (void)
{
  g_autofree char *path = make_library (set_row_aside);
  DailiesStudio   *studio = studio_open (path);

  g_assert_null (dailies_library_lookup_shot (dailies_studio_get_library (studio), 1));
  studio_close (studio);
  g_assert_cmpuint (count_files (path), ==, 2 * N_CUTS);

  studio = studio_open (path);
  dailies_library_empty (dailies_studio_get_library (studio));
  studio_close (studio);
  g_assert_cmpuint (count_files (path), ==, 0);
  fixture_remove_folder (path);
}

/* Quit before the library is open, wherever that stands: it is no fault that is complained of. */
static void
test_cancelled (void)
{
  gboolean open = FALSE;

  for (guint turns = 0; !open; turns++)
    {
      g_autofree char *path = fixture_make_folder ();
      g_autoptr (GFile) directory = g_file_new_for_path (path);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      DailiesStudio *studio;

      dailies_studio_open_async (directory, cancellable, fixture_result_cb, &result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      open = result != NULL;
      g_cancellable_cancel (cancellable);
      fixture_wait (result != NULL);
      studio = dailies_studio_open_finish (result, &error);
      if (studio != NULL)
        studio_close (studio);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      fixture_remove_folder (path);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/studio/removed-at-the-end", test_removed_at_the_end);
  g_test_add_func ("/studio/taken-up", test_taken_up);
  g_test_add_func ("/studio/aside", test_aside);
  g_test_add_func ("/studio/cancelled", test_cancelled);
  return g_test_run ();
}
