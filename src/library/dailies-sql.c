/* dailies-sql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sql.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <sys/statvfs.h>

#include "dailies-error.h"

/* As much as SQLite takes at once for what programs share. */
#define LEAST_ROOM (32 * 1024)

/* A full disk also shows as an I/O error (a mapped file that cannot grow) or as a file that cannot be made. */
static gboolean
is_full (sqlite3    *db,
         const char *path)
{
  int               number = db != NULL ? sqlite3_system_errno (db) : 0;
  g_autofree char  *folder = path != NULL && *path != '\0' ? g_path_get_dirname (path) : NULL;
  struct statvfs    room;

  if (number == ENOSPC || number == EDQUOT)
    return TRUE;

  return folder != NULL && statvfs (folder, &room) == 0
         && ((guint64) room.f_bavail * room.f_frsize < LEAST_ROOM || (room.f_files > 0 && room.f_favail == 0));
}

void
dailies_sql_set_error (sqlite3  *db,
                       int       code,
                       GError  **error)
{
  const char       *path = db != NULL ? sqlite3_db_filename (db, "main") : NULL;
  const char       *words = db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (code);
  g_autofree char  *name = g_filename_display_name (path != NULL ? path : "dailies.db");
  g_autoptr(GError) failure = NULL;
  int               kind = code & 0xff;

  if ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) && is_full (db, path))
    kind = SQLITE_FULL;
  switch (kind)
    {
    case SQLITE_FULL:
      failure = dailies_error_new_with_words (DAILIES_ERROR_DISK, words, 0,
                                              _("The disk with the library “%s” is full. Make room and try again."), name);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      failure = dailies_error_new_with_words (DAILIES_ERROR_DISK, words, 0,
                                              _("The library “%s” cannot be written. Check the permissions of its folder."), name);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      failure = dailies_error_new_with_words (DAILIES_ERROR_DISK, words, 0,
                                              _("Another program keeps the library “%s” locked. Try again when it has finished."), name);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      failure = dailies_error_new_with_words (DAILIES_ERROR_DISK, words, 0,
                                              _("The library “%s” is damaged. Start Dailies again: it sets the file aside and begins a new one."), name);
      break;
    default:
      failure = dailies_error_new_with_words (DAILIES_ERROR_DISK, words, 0,
                                              _("The library “%s” could not be read or written: %s"), name, words);
      break;
    }

  g_propagate_error (error, g_steal_pointer (&failure));
}

gboolean
dailies_sql_exec (sqlite3     *db,
                  const char  *sql,
                  GError     **error)
{
  int code = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  dailies_sql_set_error (db, code, error);
  return FALSE;
}

static void
bind_one (sqlite3_stmt *stmt,
          int           position,
          char          type,
          va_list      *args)
{
  double number;

  switch (type)
    {
    case 's':
      sqlite3_bind_text (stmt, position, va_arg (*args, const char *), -1, SQLITE_TRANSIENT);
      break;
    case 'i':
      sqlite3_bind_int64 (stmt, position, va_arg (*args, gint64));
      break;
    case 'd':
      number = va_arg (*args, double);
      if (isnan (number))
        sqlite3_bind_null (stmt, position);
      else
        sqlite3_bind_double (stmt, position, number);
      break;
    default:
      g_assert_not_reached ();
    }
}

static sqlite3_stmt *
prepare_valist (sqlite3     *db,
                GError     **error,
                const char  *sql,
                const char  *types,
                va_list     *args)
{
  g_autoptr(sqlite3_stmt) stmt = NULL;
  int                     code = sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL);

  if (code != SQLITE_OK)
    {
      dailies_sql_set_error (db, code, error);
      return NULL;
    }

  for (int i = 0; types[i] != '\0'; i++)
    bind_one (stmt, i + 1, types[i], args);

  return g_steal_pointer (&stmt);
}

sqlite3_stmt *
dailies_sql_prepare (sqlite3     *db,
                     GError     **error,
                     const char  *sql,
                     const char  *types,
                     ...)
{
  sqlite3_stmt *stmt;
  va_list       args;

  va_start (args, types);
  stmt = prepare_valist (db, error, sql, types, &args);
  va_end (args);

  return stmt;
}

gboolean
dailies_sql_run (sqlite3     *db,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  g_autoptr(sqlite3_stmt) stmt = NULL;
  va_list                 args;

  va_start (args, types);
  stmt = prepare_valist (db, error, sql, types, &args);
  va_end (args);
  if (stmt == NULL)
    return FALSE;

  while (dailies_sql_next (stmt, error))
    continue;

  return *error == NULL;
}

gboolean
dailies_sql_next (sqlite3_stmt  *stmt,
                  GError       **error)
{
  int code = sqlite3_step (stmt);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    dailies_sql_set_error (sqlite3_db_handle (stmt), code, error);

  return FALSE;
}

char *
dailies_sql_dup_text (sqlite3_stmt *stmt,
                      int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

double
dailies_sql_get_double (sqlite3_stmt *stmt,
                        int           column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return NAN;

  return sqlite3_column_double (stmt, column);
}
