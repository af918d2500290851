/* dailies-drop-private.h: what reading a drop and looking at one share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-drop.h"

G_BEGIN_DECLS

/* (transfer full): of GFile, from the file list or the file that @value holds; else empty */
GListModel *dailies_drop_files_from_value (const GValue         *value);
/* Whether at least one of @files can be opened here. */
gboolean    dailies_drop_has_local_file   (GListModel           *files);
/* Says what an address has to be, once for all of them. */
void        dailies_drop_complain_of_address (DailiesDrop        *self);
/* How much is read of what another program offers as bytes. To be set by tests, which have no half a gigabyte. */
void        dailies_drop_set_max_bytes    (gsize                 bytes);
gsize       dailies_drop_get_max_bytes    (void);
/* @source: (type GObject): a GdkDrop or a GdkClipboard.
 * Returns: (transfer full): all that it offers as @mime_type; G_IO_ERROR_MESSAGE_TOO_LARGE where that is more than the limit */
void        dailies_drop_read_bytes_async (gpointer              source,
                                           const char           *mime_type,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GBytes     *dailies_drop_read_bytes_finish (GAsyncResult        *result,
                                            GError             **error);
/* (nullable) (transfer none): what dailies_drop_peek_async() read: a portal hands the files out once only */
GListModel *dailies_drop_get_peeked_files (GdkDrop              *drop);

/* Adds each of @files to @self, with its kind, or a complaint about it. Fails only when cancelled. @self stays alive until then. */
void        dailies_drop_add_files_async  (DailiesDrop          *self,
                                           GListModel           *files,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    dailies_drop_add_files_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
