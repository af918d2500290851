/* dailies-runcomfy.h: RunComfy's model API, api.md section 1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-service.h"

G_BEGIN_DECLS

#define DAILIES_RUNCOMFY_URL "https://model-api.runcomfy.net"
#define DAILIES_RUNCOMFY_MAX_BODY (64 * 1024 * 1024)

/* @access: its title is the service's
 * @hosts: (element-type DailiesHost): where local files may go, in the order of preference
 * @is_free: nothing is ever charged (the practice service), so that no price is asked for */
DailiesService *dailies_runcomfy_new (DailiesTransport *transport,
                                      DailiesAccess    *access,
                                      GPtrArray        *hosts,
                                      gboolean          is_free);

G_END_DECLS
