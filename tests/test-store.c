/* test-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/mount.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include "dailies-error.h"
#include "dailies-sql.h"
#include "fixture-library.h"

static gpointer
add_shot (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  dailies_sql_run (db, error, "INSERT INTO shot (title, created, updated) VALUES (?1, 1, 1)", "s", (const char *) data);
  return NULL;
}

static gpointer
add_shot_and_fail (sqlite3   *db,
                   gpointer   data,
                   GError   **error)
{
  add_shot (db, data, error);
  g_assert_no_error (*error);
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, "no");
  return NULL;
}

static gpointer
add_orphan (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  dailies_sql_run (db, error, "INSERT INTO cut (shot, job, output, number, path, created) VALUES (77, 'x', 0, 1, 'a', 1)", "");
  return NULL;
}

static gpointer
count_shots (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, "SELECT count (*) FROM shot", "");

  g_assert_true (dailies_sql_next (stmt, error));
  return GINT_TO_POINTER (sqlite3_column_int (stmt, 0));
}

static gpointer
get_pragma (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, data, "");

  g_assert_true (dailies_sql_next (stmt, error));
  return dailies_sql_dup_text (stmt, 0);
}

static gpointer
future_version (sqlite3   *db,
                gpointer   data,
                GError   **error)
{
  dailies_sql_exec (db, "PRAGMA user_version = 999", error);
  return NULL;
}

static void
test_new (void)
{
  static const struct { const char *pragma; const char *value; } cases[] = {
    { "PRAGMA journal_mode", "wal" },
    { "PRAGMA synchronous", "2" },
    { "PRAGMA foreign_keys", "1" },
    { "PRAGMA user_version", "5" },
    { "PRAGMA busy_timeout", "10000" },
  };
  g_autofree char   *root = fixture_make_folder ();
  g_autofree char   *path = g_build_filename (root, "deep", "library", NULL);
  g_autofree char   *file = g_build_filename (path, "dailies.db", NULL);
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);
  GStatBuf           buffer;

  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (dailies_store_get_directory (store)), ==, path);
  g_assert_null (dailies_store_get_complaint (store));
  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmpuint (buffer.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (file, &buffer), ==, 0);
  g_assert_cmpuint (buffer.st_mode & 0777, ==, 0600);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = fixture_run (store, get_pragma, (gpointer) cases[i].pragma, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, cases[i].value);
    }

  fixture_close_store (store);
  fixture_remove_folder (root);
}

static void
test_transaction (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);

  fixture_run (store, add_shot, (gpointer) "one", &error);
  g_assert_no_error (error);
  fixture_run (store, add_shot_and_fail, (gpointer) "two", &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  fixture_run (store, add_orphan, NULL, &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (dailies_error_get_words (error));
  g_clear_error (&error);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, count_shots, NULL, &error)), ==, 1);
  g_assert_no_error (error);

  fixture_close_store (store);
  store = fixture_open_store (path, &error);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, count_shots, NULL, &error)), ==, 1);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static void
test_order (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);
  GAsyncResult      *results[50] = { NULL };
  g_autoptr(GAsyncResult) closed = NULL;

  /* Closing waits for what was asked before it, and refuses what is asked behind it. */
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    dailies_store_run_async (store, i % 2 ? count_shots : add_shot, (gpointer) "x", NULL, NULL, NULL, fixture_result_cb,
                             &results[i]);
  dailies_store_close_async (store, fixture_result_cb, &closed);
  fixture_wait (closed != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      gpointer n = dailies_store_run_finish (store, results[i], &error);

      g_assert_no_error (error);
      if (i % 2)
        g_assert_cmpint (GPOINTER_TO_INT (n), ==, i / 2 + 1);
      g_object_unref (results[i]);
    }
  fixture_run (store, add_shot, (gpointer) "late", &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);

  g_clear_object (&closed);
  g_assert_finalize_object (store);
  fixture_remove_folder (path);
}

static void
test_cancelled (void)
{
  g_autofree char         *path = fixture_make_folder ();
  g_autoptr(GError)        error = NULL;
  g_autoptr(GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult)  result = NULL;
  DailiesStore            *store = fixture_open_store (path, &error);

  g_cancellable_cancel (cancellable);
  dailies_store_run_async (store, add_shot, (gpointer) "x", NULL, NULL, cancellable, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  dailies_store_run_finish (store, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, count_shots, NULL, &error)), ==, 0);

  g_clear_object (&result);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_changed_elsewhere (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autoptr(GError)  error = NULL;
  DailiesStore      *one = fixture_open_store (path, &error);
  DailiesStore      *two = fixture_open_store (path, &error);
  guint              n_one = 0;
  guint              n_two = 0;

  g_signal_connect_swapped (one, "changed-elsewhere", G_CALLBACK (count_cb), &n_one);
  g_signal_connect_swapped (two, "changed-elsewhere", G_CALLBACK (count_cb), &n_two);
  fixture_run (one, add_shot, (gpointer) "x", &error);
  g_assert_no_error (error);
  fixture_wait (n_two == 1);
  g_assert_cmpuint (n_one, ==, 0);
  fixture_run (two, add_shot, (gpointer) "y", &error);
  fixture_wait (n_one == 1);
  g_assert_cmpuint (n_two, ==, 1);

  fixture_close_store (two);
  fixture_close_store (one);
  fixture_remove_folder (path);
}

/* What a process leaves behind that is killed in the middle: the log is still there, everything committed is read. */
static void
test_killed (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *wal = g_build_filename (path, "dailies.db-wal", NULL);
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store;

  if (g_test_subprocess ())
    {
      store = fixture_open_store (g_getenv ("TEST_STORE_FOLDER"), &error);
      fixture_run (store, add_shot, (gpointer) "x", &error);
      g_assert_no_error (error);
      kill (getpid (), SIGKILL);
    }

  g_setenv ("TEST_STORE_FOLDER", path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS));
  store = fixture_open_store (path, &error);
  g_assert_no_error (error);
  g_assert_null (dailies_store_get_complaint (store));
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, count_shots, NULL, &error)), ==, 1);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static guint
count_files (const char *path,
             const char *prefix)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char     *name;
  guint           n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_prefix (name, prefix);

  return n;
}

typedef void (*Damage) (char  *bytes,
                        gsize  length);

static void
damage_head (char  *bytes,
             gsize  length)
{
  memset (bytes, 'x', MIN (length, 200));
}

static void
damage_middle (char  *bytes,
               gsize  length)
{
  memset (bytes + 4096, 0xa5, length - 4096);
}

static void
damage_schema (char  *bytes,
               gsize  length)
{
  memset (bytes + 110, 0xff, 3900);
}

static void
test_damaged (gconstpointer data)
{
  Damage             damage = (Damage) data;
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *file = g_build_filename (path, "dailies.db", NULL);
  g_autofree char   *wal = g_build_filename (path, "dailies.db-wal", NULL);
  g_autofree char   *bytes = NULL;
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);
  gsize              length;

  for (guint i = 0; i < 20; i++)
    fixture_run (store, add_shot, (gpointer) "x", &error);
  fixture_close_store (store);
  g_assert_true (g_file_get_contents (file, &bytes, &length, &error));
  damage (bytes, length);
  g_assert_true (g_file_set_contents (file, bytes, length, &error));
  g_assert_true (g_file_set_contents (wal, "", 0, &error)); /* as after a crash */

  g_test_expect_message ("dailies", G_LOG_LEVEL_WARNING, "*was damaged*");
  store = fixture_open_store (path, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_nonnull (strstr (dailies_store_get_complaint (store), "dailies.db.damaged-"));
  g_assert_cmpuint (count_files (path, "dailies.db.damaged-"), >=, 1);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_run (store, count_shots, NULL, &error)), ==, 0);
  g_assert_no_error (error);
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static gpointer
first_version (sqlite3   *db,
               gpointer   data,
               GError   **error)
{
  dailies_sql_exec (db,
                    "DROP TABLE note; ALTER TABLE job DROP COLUMN held_until; ALTER TABLE job DROP COLUMN n_held;"
                    "ALTER TABLE cut DROP COLUMN fresh; ALTER TABLE job DROP COLUMN n_left_out; DROP INDEX job_told;"
                    "INSERT INTO shot (title, created, updated) VALUES ('kept', 1, 1);"
                    "PRAGMA user_version = 1", error);
  return NULL;
}

/* A library of the first release, which had no notes and forgot when it may ask again. */
static void
test_older (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *title = NULL;
  g_autofree char   *version = NULL;
  g_autofree char   *n_notes = NULL;
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);

  fixture_run (store, first_version, NULL, &error);
  g_assert_no_error (error);
  fixture_close_store (store);

  store = fixture_open_store (path, &error);
  g_assert_no_error (error);
  title = fixture_run (store, get_pragma, (gpointer) "SELECT title FROM shot", &error);
  g_assert_cmpstr (title, ==, "kept");
  version = fixture_run (store, get_pragma, (gpointer) "PRAGMA user_version", &error);
  g_assert_cmpstr (version, ==, "5");
  n_notes = fixture_run (store, get_pragma, (gpointer) "SELECT count (*) FROM note", &error);
  g_assert_cmpstr (n_notes, ==, "0");
  fixture_close_store (store);
  fixture_remove_folder (path);
}

static void
test_newer (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store = fixture_open_store (path, &error);

  fixture_run (store, future_version, NULL, &error);
  fixture_close_store (store);
  store = fixture_open_store (path, &error);
  g_assert_null (store);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "999"));
  g_assert_cmpuint (count_files (path, "dailies.db.damaged-"), ==, 0);
  fixture_remove_folder (path);
}

static void
test_no_folder (void)
{
  g_autofree char   *path = fixture_make_folder ();
  g_autofree char   *file = g_build_filename (path, "file", NULL);
  g_autofree char   *below = g_build_filename (file, "library", NULL);
  g_autoptr(GError)  error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (fixture_open_store (below, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, below));
  fixture_remove_folder (path);
}

/* A disk without room is told as such, in whatever way SQLite notices it. */
static void
test_full (void)
{
  g_autofree char *path = fixture_make_folder ();
  g_autofree char *filler = g_build_filename (path, "filler", NULL);
  static char      block[4096];
  guint            n_told = 0;

  if (mount ("dailies-test", path, "tmpfs", 0, "size=1m") != 0)
    {
      g_test_skip ("needs the right to mount a small disk");
      g_rmdir (path);
      return;
    }

  for (guint free_blocks = 0; free_blocks < 40; free_blocks += 4)
    {
      g_autoptr(GError)  error = NULL;
      DailiesStore      *store;
      FILE              *file = fopen (filler, "w");

      while (fwrite (block, 1, sizeof block, file) == sizeof block && fflush (file) == 0)
        continue;
      fclose (file);
      g_assert_cmpint (truncate (filler, 1024 * 1024 - free_blocks * sizeof block), ==, 0);
      store = fixture_open_store (path, &error);
      g_test_message ("%u: %s", free_blocks, error != NULL ? error->message : "opened");
      if (store != NULL)
        {
          fixture_close_store (store);
          break;
        }
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
      n_told += strstr (error->message, "is full") != NULL;
      if (free_blocks < 8)
        g_assert_true (strstr (error->message, "is full") != NULL || strstr (error->message, "No space left") != NULL);
    }
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpint (umount (path), ==, 0);
  g_rmdir (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/new", test_new);
  g_test_add_func ("/store/transaction", test_transaction);
  g_test_add_func ("/store/order", test_order);
  g_test_add_func ("/store/cancelled", test_cancelled);
  g_test_add_func ("/store/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/store/killed", test_killed);
  g_test_add_data_func ("/store/damaged/head", damage_head, test_damaged);
  g_test_add_data_func ("/store/damaged/middle", damage_middle, test_damaged);
  g_test_add_data_func ("/store/damaged/schema", damage_schema, test_damaged);
  g_test_add_func ("/store/older", test_older);
  g_test_add_func ("/store/newer", test_newer);
  g_test_add_func ("/store/no-folder", test_no_folder);
  g_test_add_func ("/store/full", test_full);
  return g_test_run ();
}
