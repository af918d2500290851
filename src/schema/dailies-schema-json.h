/* dailies-schema-json.h: reading JSON that somebody else wrote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* At most 1 MiB and 64 levels; DAILIES_ERROR_INVALID with a sentence. Returns: (transfer full) */
JsonNode   *dailies_schema_json_parse      (GBytes      *bytes,
                                            GError     **error);
/* The same limit of levels for a tree that is already there. */
gboolean    dailies_schema_json_is_shallow (JsonNode    *node);

/* All of these take anything under @name, or nothing, without a complaint, as those of
 * dailies-json.h do; strings may be
 * empty here. */
JsonArray  *dailies_schema_json_get_array  (JsonObject  *object,
                                            const char  *name); /* (nullable) (transfer none) */
const char *dailies_schema_json_get_string (JsonObject  *object,
                                            const char  *name); /* (nullable) (transfer none) */
gboolean    dailies_schema_json_get_bool   (JsonObject  *object,
                                            const char  *name,
                                            gboolean     fallback);
/* A number, or a string that is one; NaN otherwise. Never infinite. */
double      dailies_schema_json_get_double (JsonObject  *object,
                                            const char  *name);
/* A count between 0 and 10,000, where larger ones are cut off; -1 where there is none. */
int         dailies_schema_json_get_count  (JsonObject  *object,
                                            const char  *name);
/* Two numbers, `"seconds": [3, 10]`; either may be null. FALSE and NaN where it is not a pair. */
gboolean    dailies_schema_json_get_pair   (JsonObject  *object,
                                            const char  *name,
                                            double      *first,
                                            double      *second);
/* (transfer full) (nullable): the strings in an array, anything else in it left out */
char      **dailies_schema_json_dup_strv   (JsonObject  *object,
                                            const char  *name);

/* (transfer full) (nullable): a string, number or boolean as text, the same on every locale */
char       *dailies_schema_json_dup_scalar (JsonNode    *node);
/* (transfer full): words to show: what dailies_schema_json_dup_text() gives, in one line and without anything that commands
 * a terminal or turns the letters that follow around */
char       *dailies_schema_json_dup_words  (const char  *text,
                                            glong        max_chars);
/* (transfer full): valid UTF-8 of at most @max_chars characters */
char       *dailies_schema_json_dup_text   (const char  *text,
                                            glong        max_chars);

G_END_DECLS
