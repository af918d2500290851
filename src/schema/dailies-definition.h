/* dailies-definition.h: one model of a service: its input schema and what its page says only in
 * prose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_DEFINITION (dailies_definition_get_type ())
G_DECLARE_FINAL_TYPE (DailiesDefinition, dailies_definition, DAILIES, DEFINITION, GObject)

/* Reads a definition file, a raw input schema in the service's dialect, or a catalogue entry.
 * Immutable.
 * Titles and descriptions go through gettext as they are read: those of the bundled files are
 * listed for xgettext in
 * data/models/model-strings.c. DAILIES_ERROR_INVALID with a sentence for whatever cannot be read.
 * */
DailiesDefinition *dailies_definition_new_from_json (JsonNode           *node,
                                                     GError            **error);
JsonNode          *dailies_definition_to_json       (DailiesDefinition  *self);

const char   *dailies_definition_get_id       (DailiesDefinition *self); /* "runcomfy:kling/…/edit" */
const char   *dailies_definition_get_service  (DailiesDefinition *self); /* "runcomfy", "unifically" */
const char   *dailies_definition_get_endpoint (DailiesDefinition *self); /* what the service calls it */
const char   *dailies_definition_get_title    (DailiesDefinition *self); /* "Edit Video" */
const char   *dailies_definition_get_family   (DailiesDefinition *self); /* "Kling O1", may be "" */
const char   *dailies_definition_get_makes    (DailiesDefinition *self); /* "video", "image" */

/* (transfer none): the #DailiesField objects in the order of the form */
GListModel   *dailies_definition_get_fields   (DailiesDefinition *self);
DailiesField *dailies_definition_get_field    (DailiesDefinition *self,
                                               const char        *name); /* (nullable) (transfer none) */

/* A dated hint. usd_per_second and usd_per_output are NaN where unknown. */
double        dailies_definition_get_usd_per_second (DailiesDefinition *self);
double        dailies_definition_get_usd_per_output (DailiesDefinition *self);
/* (nullable): the field whose choice decides on the price of a second ("mode") */
const char   *dailies_definition_get_price_field    (DailiesDefinition *self);
/* @choice: (nullable): of the price field. Where it is not known what that costs, the price without a choice. */
double        dailies_definition_get_usd_per_second_of (DailiesDefinition *self,
                                                        const char        *choice);
const char   *dailies_definition_get_price_as_of    (DailiesDefinition *self); /* (nullable) "2026-11" */

/* Rules beyond one field; rules of a kind the reader does not know are kept and ignored. */
typedef struct
{
  char **fields;
  int    max;
} DailiesBudget;

/* (transfer none) (element-type DailiesBudget) */
GPtrArray    *dailies_definition_get_budgets  (DailiesDefinition *self);
gboolean      dailies_definition_always_sends (DailiesDefinition *self,
                                               const char        *field);
/* TRUE for a field that travels beside the input and not in it (`callback_url`) */
gboolean      dailies_definition_is_beside    (DailiesDefinition *self,
                                               const char        *field);
/* (nullable) (transfer none): the field that says how many seconds of video are made; without one
 * the output is as long as
 * the source */
DailiesField *dailies_definition_get_length_field (DailiesDefinition *self);
/* (transfer none) (nullable): the raw "rules" object, for rules only the request layer reads */
JsonObject   *dailies_definition_get_rules    (DailiesDefinition *self);

G_END_DECLS
