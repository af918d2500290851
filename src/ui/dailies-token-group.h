/* dailies-token-group.h: the token of one service: where it comes from, what it is good for, paste, import, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-services.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_TOKEN_GROUP (dailies_token_group_get_type ())
/* Signals: "connected" (self): the service has got its first token by the artist's hand; "told" (self, sentence) */
G_DECLARE_FINAL_TYPE (DailiesTokenGroup, dailies_token_group, DAILIES, TOKEN_GROUP, AdwPreferencesGroup)

/* Once. @service_id: "runcomfy" or "unifically" */
void        dailies_token_group_set_service (DailiesTokenGroup *self,
                                             DailiesServices   *services,
                                             const char        *service_id);
const char *dailies_token_group_get_service (DailiesTokenGroup *self);

G_END_DECLS
