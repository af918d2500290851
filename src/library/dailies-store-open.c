/* dailies-store-open.c: from a folder to an open database of today's shape
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "dailies-error.h"
#include "dailies-sql.h"

#define BUSY_MILLISECONDS 10000

/* Entry n takes a database from user_version n to n + 1. Entries are history: add to the end, never change one. */
static const char * const migrations[] = {
  "CREATE TABLE shot ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  title TEXT NOT NULL DEFAULT '',"
  "  prompt TEXT NOT NULL DEFAULT '',"
  "  draft TEXT,"
  "  created INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL,"
  "  removed INTEGER NOT NULL DEFAULT 0);"
  "CREATE TABLE job ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  shot INTEGER NOT NULL REFERENCES shot (id),"
  "  service TEXT NOT NULL,"
  "  protocol TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  prompt TEXT NOT NULL DEFAULT '',"
  "  request TEXT NOT NULL,"
  "  assets TEXT NOT NULL DEFAULT '[]',"
  "  state TEXT NOT NULL,"
  "  owner TEXT,"
  "  remote_id TEXT,"
  "  urls TEXT NOT NULL DEFAULT '[]',"
  "  word TEXT,"
  "  queue_position INTEGER NOT NULL DEFAULT -1,"
  "  waiting INTEGER NOT NULL DEFAULT 0,"
  "  message TEXT,"
  "  words TEXT,"
  "  error_code INTEGER NOT NULL DEFAULT -1,"
  "  cost REAL,"
  "  cancel_wanted INTEGER NOT NULL DEFAULT 0,"
  "  forgotten INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  submitted INTEGER NOT NULL DEFAULT 0,"
  "  ended INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX job_by_shot ON job (shot);"
  "CREATE INDEX job_to_show ON job (created) WHERE forgotten = 0 AND state <> 'done';"
  "CREATE INDEX job_by_end ON job (ended);"
  "CREATE TABLE cut ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  shot INTEGER NOT NULL REFERENCES shot (id),"
  "  job TEXT NOT NULL REFERENCES job (id),"
  "  output INTEGER NOT NULL,"
  "  number INTEGER NOT NULL,"
  "  path TEXT NOT NULL,"
  "  poster TEXT,"
  "  width INTEGER NOT NULL DEFAULT 0,"
  "  height INTEGER NOT NULL DEFAULT 0,"
  "  seconds REAL NOT NULL DEFAULT 0,"
  "  fps REAL NOT NULL DEFAULT 0,"
  "  sound INTEGER NOT NULL DEFAULT 0,"
  "  picked INTEGER NOT NULL DEFAULT 0,"
  "  cost REAL,"
  "  created INTEGER NOT NULL,"
  "  removed INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (job, output));"
  "CREATE INDEX cut_by_shot ON cut (shot, number);",

  /* Nanoseconds in the clip's own time; the same twice for one frame. */
  "CREATE TABLE note ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  cut INTEGER NOT NULL REFERENCES cut (id),"
  "  first INTEGER NOT NULL,"
  "  last INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  removed INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX note_by_cut ON note (cut, first) WHERE removed = 0;",

  /* The service asked to be left alone until then, µs since the epoch, and that so often in a row. */
  "ALTER TABLE job ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE job ADD COLUMN n_held INTEGER NOT NULL DEFAULT 0;",

  /* A cut that has come and was never on the stage. */
  "ALTER TABLE cut ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;",

  /* So many addresses of the service were not taken; and the jobs that are done, but have something to say. */
  "ALTER TABLE job ADD COLUMN n_left_out INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX job_told ON job (ended) WHERE forgotten = 0 AND state = 'done' AND message NOT NULL;",
};

static gboolean
make_folder (const char  *directory,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (directory);

  if (g_mkdir_with_parents (directory, 0700) == 0)
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The folder “%s” for the library cannot be made: %s"), name,
               g_strerror (errno));
  return FALSE;
}

/* Prompts and drafts are nobody else's business; SQLite gives the files beside it the same permissions. */
static void
make_private_file (const char *path)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

static int
read_number (sqlite3     *db,
             const char  *sql,
             GError     **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, sql, "");

  if (stmt == NULL || !dailies_sql_next (stmt, error))
    return -1;

  return sqlite3_column_int (stmt, 0);
}

/* Returns: a result code: SQLITE_OK, SQLITE_CORRUPT, or why it cannot be said */
static int
check_pages (sqlite3 *db)
{
  g_autoptr(sqlite3_stmt) stmt = NULL;
  int                     code = sqlite3_prepare_v2 (db, "PRAGMA quick_check (1)", -1, &stmt, NULL);

  if (code != SQLITE_OK)
    return code;

  code = sqlite3_step (stmt);
  if (code != SQLITE_ROW)
    return code;

  return g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
}

static gboolean
migrate (sqlite3  *db,
         GError  **error)
{
  int version = read_number (db, "PRAGMA user_version", error);

  if (*error != NULL)
    return FALSE;
  if (version == G_N_ELEMENTS (migrations))
    return TRUE;
  if (version > (int) G_N_ELEMENTS (migrations) || version < 0)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                   _("The library was last written by a newer Dailies (its version is %d, this program knows %d). Update Dailies to open it."),
                   version, (int) G_N_ELEMENTS (migrations));
      return FALSE;
    }

  for (; version < (int) G_N_ELEMENTS (migrations); version++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      if (!dailies_sql_exec (db, "BEGIN EXCLUSIVE", error))
        return FALSE;
      if (!dailies_sql_exec (db, migrations[version], error)
          || !dailies_sql_exec (db, stamp, error)
          || !dailies_sql_exec (db, "COMMIT", error))
        {
          sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }

  return TRUE;
}

static sqlite3 *
open_file (const char  *path,
           GError     **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  gboolean         unclean = g_file_test (wal, G_FILE_TEST_EXISTS);
  sqlite3         *db = NULL;
  int              code;

  make_private_file (path);
  code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      dailies_sql_set_error (db, code, error);
      sqlite3_close (db);
      return NULL;
    }

  sqlite3_extended_result_codes (db, 1);
  sqlite3_busy_timeout (db, BUSY_MILLISECONDS);

  /* The log is gone after a clean end; reading every page is for the start after a crash only. */
  if (unclean)
    code = check_pages (db);
  if (code != SQLITE_OK)
    dailies_sql_set_error (db, code, error);
  else if (dailies_sql_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", error))
    migrate (db, error);

  if (*error != NULL)
    {
      sqlite3_close (db);
      return NULL;
    }

  return db;
}

static gboolean
is_damaged (const char *path)
{
  sqlite3 *db = NULL;
  int      code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, BUSY_MILLISECONDS);
      code = check_pages (db);
    }
  sqlite3_close (db);

  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/* The log and its index belong to the database: what can be rescued from it needs them beside it. */
static char *
set_aside (const char  *path,
           GError     **error)
{
  static const char * const tails[] = { "-wal", "-shm", "" };
  g_autoptr(GDateTime)      now = g_date_time_new_now_local ();
  g_autofree char          *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char          *aside = NULL;

  for (guint n = 0; aside == NULL || g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = n == 0 ? g_strdup_printf ("%s.damaged-%s", path, stamp)
                     : g_strdup_printf ("%s.damaged-%s-%u", path, stamp, n);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *from = g_strconcat (path, tails[i], NULL);
      g_autofree char *to = g_strconcat (aside, tails[i], NULL);

      if (g_rename (from, to) == 0 || errno == ENOENT)
        continue;

      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                   _("The library “%s” is damaged and cannot be set aside: %s"), from, g_strerror (errno));
      return NULL;
    }

  return g_steal_pointer (&aside);
}

static sqlite3 *
open_or_replace (const char  *path,
                 char       **complaint,
                 GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char  *aside = NULL;
  g_autofree char  *name = NULL;
  sqlite3          *db = open_file (path, &failure);

  if (db != NULL)
    return db;
  if (!is_damaged (path))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  aside = set_aside (path, error);
  if (aside == NULL)
    return NULL;

  db = open_file (path, error);
  if (db == NULL)
    return NULL;

  name = g_filename_display_name (aside);
  *complaint = g_strdup_printf (_("The library was damaged. It is kept as “%s”, and a new one was begun; the clips themselves are still in the folder “cuts” beside it."), name);
  g_warning ("%s", *complaint);
  return db;
}

sqlite3 *
dailies_store_open_database (const char  *directory,
                             char       **complaint,
                             GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "dailies.db", NULL);
  sqlite3         *db;
  int              fd;

  if (!make_folder (directory, error))
    return NULL;

  /* One process at a time: two that find the same damage must not set aside each other's new database. */
  fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    flock (fd, LOCK_EX);
  db = open_or_replace (path, complaint, error);
  if (fd >= 0)
    close (fd);

  return db;
}
