/* dailies-dialect.h: the reader of a service's input schema
 *
 * The pages' schemas look like JSON Schema and are not: capital "String", "float", format
 * image_uri(s), `items` as a bare
 * map of properties, `validations`, samples as defaults. This reads what is there and guesses the
 * rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/* TRUE where @object is a schema with `properties`, or a bare map of property name to property. */
gboolean   dailies_dialect_is_schema   (JsonObject  *object);

/* @schema: a schema with `properties`, or a bare map
 * @rules: (nullable): a definition's "rules", whose members named like a field add to it
 * @mentions: (nullable): field name to "@Image%u"; without it the spelling is guessed
 *
 * Returns: (transfer full) (element-type DailiesField): in the order of the form, or %NULL with
 * DAILIES_ERROR_INVALID */
GPtrArray *dailies_dialect_read_fields (JsonObject  *schema,
                                        JsonObject  *rules,
                                        JsonObject  *mentions,
                                        GError     **error);

G_END_DECLS
