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

/* What error sentences call the service: the host of the base URL unless @title says better ("RunComfy"). */
const char    *dailies_access_get_title    (DailiesAccess  *self);
void           dailies_access_set_title    (DailiesAccess  *self,
                                            const char     *title);
/* Whether the base URL is this machine itself (the practice service, tests). */
gboolean       dailies_access_is_loopback  (DailiesAccess  *self);
/* For every text that came from a server and is kept or shown: a server may echo the token.
 * Returns: (transfer full) (nullable): @text without the token; %NULL for %NULL */
char          *dailies_access_redact       (DailiesAccess  *self,
                                            const char     *text);

/* https with a host, or http where the host is loopback; no user info. Used for everything that is fetched. */
gboolean       dailies_url_check           (const char     *url,
                                            GError        **error);
/* Whether @url names this machine itself: localhost, 127.0.0.0/8 or ::1. */
gboolean       dailies_url_is_loopback     (const char     *url);
/* A token as it was pasted: white space around it and a leading "Bearer" are taken off.
 * From the first one on this process writes no crash file, outside the development profile.
 * Returns: (transfer full): DAILIES_ERROR_TOKEN where it is empty or has characters no token has */
char          *dailies_token_clean         (const char     *text,
                                            GError        **error);

G_END_DECLS
