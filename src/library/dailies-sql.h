/* dailies-sql.h: the few SQLite calls everybody makes, with errors an artist can read
 *
 * Store thread only: for the bodies of #DailiesStoreFunc, where @error is never %NULL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Sets @error from the last failure of @db: always DAILIES_ERROR_DISK, SQLite's own words kept beside. */
void          dailies_sql_set_error  (sqlite3       *db,
                                      int            code,
                                      GError       **error);
/* Runs statements that return nothing. */
gboolean      dailies_sql_exec       (sqlite3       *db,
                                      const char    *sql,
                                      GError       **error);
/* @types: one letter a parameter: "s" const char * (nullable), "i" gint64, "d" double (NaN becomes NULL).
 * Returns: (transfer full) (nullable): the statement, bound */
sqlite3_stmt *dailies_sql_prepare    (sqlite3       *db,
                                      GError       **error,
                                      const char    *sql,
                                      const char    *types,
                                      ...);
/* Prepares, runs to the end and throws away; parameters as in dailies_sql_prepare(). */
gboolean      dailies_sql_run        (sqlite3       *db,
                                      GError       **error,
                                      const char    *sql,
                                      const char    *types,
                                      ...);
/* TRUE while there is a row; at the end FALSE, with @error set where it is not the end. */
gboolean      dailies_sql_next       (sqlite3_stmt  *stmt,
                                      GError       **error);
/* Returns: (transfer full) (nullable) */
char         *dailies_sql_dup_text   (sqlite3_stmt  *stmt,
                                      int            column);
/* NaN for NULL */
double        dailies_sql_get_double (sqlite3_stmt  *stmt,
                                      int            column);

G_END_DECLS
