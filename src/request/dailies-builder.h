/* dailies-builder.h: a form as the JSON that the service takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-request.h"

G_BEGIN_DECLS

/* Of a request without problems. @urls: (nullable): asset key to URL. @beside: (out) (optional)
 * (nullable). */
JsonNode *dailies_builder_run (DailiesRequest  *request,
                               GHashTable      *urls,
                               JsonNode       **beside,
                               GError         **error);

G_END_DECLS
