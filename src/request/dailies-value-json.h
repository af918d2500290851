/* dailies-value-json.h: what was typed into a field as the JSON that the service wants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/* The same on every locale, finite, and nothing beside the number. */
gboolean  dailies_value_parse_number  (const char    *text,
                                       double        *number);
gboolean  dailies_value_parse_integer (const char    *text,
                                       gint64        *number);

/* (transfer full) (nullable): @text in the field's own JSON type; %NULL where it cannot be that. A list is typed as JSON
 * or as values between commas or line breaks, where "\," is a comma of the value itself. */
JsonNode *dailies_value_to_json       (DailiesField  *field,
                                       const char    *text);
/* @bad: (out) (optional) (nullable) (transfer full): the first value that is not of the list's type; left alone where the
 * text is no list at all */
JsonNode *dailies_value_list_to_json  (DailiesField  *field,
                                       const char    *text,
                                       char         **bad);
/* How many values a list has; 0 where it cannot be read. */
guint     dailies_value_count         (DailiesField  *field,
                                       const char    *text);

G_END_DECLS
