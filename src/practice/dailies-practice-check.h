/* dailies-practice-check.h: what a service says to a request before it takes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/* @field: where in the input, "elements.0.frontal_image_url"; @message: what is wrong there */
typedef struct
{
  char *field;
  char *message;
} DailiesComplaint;

void       dailies_complaint_free  (DailiesComplaint  *self);
/* Adds one to @complaints. */
void       dailies_complain        (GPtrArray         *complaints,
                                    const char        *field,
                                    const char        *format,
                                    ...) G_GNUC_PRINTF (3, 4);

/* Types to the letter, as the real services do: "5" is no integer and 5 is no string. Media are only looked at for being
 * addresses here; what lies behind them shows when the job runs.
 * Returns: (transfer full) (element-type DailiesComplaint): empty where @input fits */
GPtrArray *dailies_practice_check  (DailiesDefinition *definition,
                                    JsonNode          *input);

/**
 * DailiesPracticeInput: one file that a request names
 * @field: where in the input
 * @url: https:, http: on loopback, or data:
 * @of: the field of the definition
 * @rank: 0 a single picture or video, 1 the front of an element, 2 another angle, 3 a reference image
 */
typedef struct
{
  char         *field;
  char         *url;
  DailiesField *of;
  int           rank;
} DailiesPracticeInput;

/* Returns: (transfer full) (element-type DailiesPracticeInput): in the order of the form. @input must fit. */
GPtrArray *dailies_practice_list_inputs (DailiesDefinition *definition,
                                         JsonNode          *input);

G_END_DECLS
