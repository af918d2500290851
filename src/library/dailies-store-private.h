/* dailies-store-private.h: opening the database, for the store and its tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Makes the folder where it is missing, opens or makes the database in it and brings it to today's shape. Blocking.
 * @complaint: (out) (transfer full) (nullable): a sentence where a damaged database was set aside.
 * Returns: (transfer full) (nullable) */
sqlite3 *dailies_store_open_database (const char  *directory,
                                      char       **complaint,
                                      GError     **error);

G_END_DECLS
