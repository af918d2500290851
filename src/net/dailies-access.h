/* dailies-access.h: where a service is reached and with which token
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_ACCESS (dailies_access_get_type ())
G_DECLARE_FINAL_TYPE (DailiesAccess, dailies_access, DAILIES, ACCESS, GObject)

/* @base_url: https, or http on loopback; anything else is DAILIES_ERROR_INVALID. No trailing slash is needed.
 * @token: (nullable). It never appears in a property, a log or an error text. */
DailiesAccess *dailies_access_new          (const char     *base_url,
                                            const char     *token,
                                            GError        **error);
const char    *dailies_access_get_base_url (DailiesAccess  *self);
gboolean       dailies_access_has_token    (DailiesAccess  *self);
void           dailies_access_set_token    (DailiesAccess  *self,
                                            const char     *token);

/* https with a host, or http where the host is loopback; no user info. Used for everything that is fetched. */
gboolean       dailies_url_check           (const char     *url,
                                            GError        **error);

G_END_DECLS
