/* dailies-store.h: the one writer of the database, on a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STORE (dailies_store_get_type ())
/* Signal "changed-elsewhere": another process wrote to the database. */
G_DECLARE_FINAL_TYPE (DailiesStore, dailies_store, DAILIES, STORE, GObject)

/* Opens or makes @directory/dailies.db (WAL, synchronous=FULL), migrating an older one. A damaged database is set
 * aside, never overwritten, and told. */
void          dailies_store_open_async  (GFile                *directory,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
DailiesStore *dailies_store_open_finish (GAsyncResult         *result,
                                         GError              **error);
GFile        *dailies_store_get_directory (DailiesStore       *self);
/* (nullable): a sentence to show where a damaged database was set aside and a new one begun */
const char   *dailies_store_get_complaint (DailiesStore       *self);

/* Runs on the store's thread inside one transaction, which is rolled back where @error is set. Returns the result
 * for dailies_store_run_finish(). Runs in the order in which they were asked for; committed when they finish. */
typedef gpointer (*DailiesStoreFunc) (sqlite3   *db,
                                      gpointer   data,
                                      GError   **error);

void          dailies_store_run_async   (DailiesStore         *self,
                                         DailiesStoreFunc      func,
                                         gpointer              data,
                                         GDestroyNotify        data_free,
                                         GDestroyNotify        result_free,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* The same for what only reads: does not wait for another process that writes, and works on a full disk. */
void          dailies_store_read_async  (DailiesStore         *self,
                                         DailiesStoreFunc      func,
                                         gpointer              data,
                                         GDestroyNotify        data_free,
                                         GDestroyNotify        result_free,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gpointer      dailies_store_run_finish  (DailiesStore         *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/* Everything asked for before is done and on disk; what is asked for afterwards fails. */
void          dailies_store_close_async  (DailiesStore        *self,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean      dailies_store_close_finish (DailiesStore        *self,
                                          GAsyncResult        *result,
                                          GError             **error);

G_END_DECLS
