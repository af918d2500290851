/* dailies-limits.h: what a schema and a definition's rules demand of one image, video or audio
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-field-private.h"

G_BEGIN_DECLS

/* @validations: (nullable): the dialect's `[{"validation_rule": "file_size_mb<",
 * "validation_value": 10}]` */
void dailies_limits_read_validations (DailiesFieldInfo *info,
                                      JsonArray        *validations);
/* @rules: (nullable): one field of a definition's "rules": container, megabytes, warn-megabytes,
 * pixels, ratio,
 * short-side, seconds, seconds-warn, fps; all limits are themselves still inside */
void dailies_limits_read_rules       (DailiesFieldInfo *info,
                                      JsonObject       *rules);

G_END_DECLS
