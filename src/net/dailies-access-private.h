/* dailies-access-private.h: the token, for the transport alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-access.h"

G_BEGIN_DECLS

/* (nullable) (transfer none). Only ever written into an Authorization header. */
const char *dailies_access_get_token (DailiesAccess *self);

G_END_DECLS
