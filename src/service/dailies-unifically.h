/* dailies-unifically.h: Unifically's task API, api.md section 2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-service.h"

G_BEGIN_DECLS

#define DAILIES_UNIFICALLY_URL "https://api.unifically.com"
#define DAILIES_UNIFICALLY_UPLOAD_URL "https://files.storagecdn.online/upload"

/* @access: its title is the service's
 * @hosts: (element-type DailiesHost): where local files may go, in the order of preference
 * @is_free: nothing is ever charged (the practice service), so that no price is asked for */
DailiesService *dailies_unifically_new (DailiesTransport *transport,
                                        DailiesAccess    *access,
                                        GPtrArray        *hosts,
                                        gboolean          is_free);

G_END_DECLS
