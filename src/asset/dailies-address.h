/* dailies-address.h: web addresses that an artist gives, before a service is asked to fetch them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What dailies_url_check() takes, without white space and with a host that can be one; DAILIES_ERROR_INVALID with a sentence
 * otherwise. */
gboolean dailies_address_check    (const char  *url,
                                   GError     **error);
/* (transfer full) (nullable): the host of @url where nobody outside of this network can reach it: this machine, a private
 * or link-local address, a name without a domain or in one that is only known nearby */
char    *dailies_address_dup_near (const char  *url);

G_END_DECLS
