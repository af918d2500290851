/* dailies-compat.h: the few places where the newest GTK differs from the oldest one that is supported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dailies_compat_choose_files_async:
 * @parent: (nullable): the window the dialog belongs to
 * @title: the dialog's title, translated
 * @filter: (nullable): what is offered
 * @multiple: whether several files may be chosen
 *
 * Lets the artist choose files to open. Main thread. Ends with %G_IO_ERROR_CANCELLED where they thought better of it.
 */
void        dailies_compat_choose_files_async  (GtkWindow            *parent,
                                                const char           *title,
                                                GtkFileFilter        *filter,
                                                gboolean              multiple,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* Returns: (transfer full) (element-type GFile): at least one */
GListModel *dailies_compat_choose_files_finish (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
