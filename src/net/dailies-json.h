/* dailies-json.h: reads JSON that somebody else wrote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Deeper nesting is refused: json-glib 1.6 reads recursively and would run out of stack. */
#define DAILIES_JSON_MAX_DEPTH 128

/* Returns: (transfer full): the root, never %NULL without DAILIES_ERROR_PROTOCOL. Text that is not UTF-8, empty,
 * cut off or nested too deep is an error. */
JsonNode   *dailies_json_parse      (const char *text,
                                     gssize      length,
                                     GError    **error);

/* Tolerant readers: @object may be %NULL, the member may be missing or of another type. */
/* (nullable) (transfer none): %NULL for an empty string as well */
const char *dailies_json_get_string (JsonObject *object,
                                     const char *member);
/* (nullable) (transfer none) */
JsonObject *dailies_json_get_object (JsonObject *object,
                                     const char *member);
/* NaN where there is none; a number written as a string counts */
double      dailies_json_get_number (JsonObject *object,
                                     const char *member);

G_END_DECLS
