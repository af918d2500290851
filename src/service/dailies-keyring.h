/* dailies-keyring.h: tokens in the Secret Service, with a limit on how long it may take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Seconds after which a keyring that does not answer counts as missing; unlocking by hand takes a while. Tests set
 * DAILIES_KEYRING_TIMEOUT (milliseconds). */
#define DAILIES_KEYRING_TIMEOUT 30

/* Returns: (transfer full) (nullable): %NULL without an error where there is none, and where nobody can unlock the keyring;
 * DAILIES_ERROR_KEYRING where it cannot be asked */
void     dailies_keyring_lookup_async  (const char           *service,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
char    *dailies_keyring_lookup_finish (GAsyncResult         *result,
                                        GError              **error);
/* @token: (nullable): %NULL takes it out. DAILIES_ERROR_KEYRING where that is not possible */
void     dailies_keyring_store_async   (const char           *service,
                                        const char           *title,
                                        const char           *token,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean dailies_keyring_store_finish  (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
