/* dailies-value-check.h: texts, choices, numbers and switches against what a field accepts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-request.h"

G_BEGIN_DECLS

/* TRUE where @field takes @text as a value. */
gboolean dailies_value_fits  (DailiesField   *field,
                              const char     *text);
/* @text: the value that the artist gave @field. @problems: (element-type DailiesProblem) */
void     dailies_value_check (DailiesField   *field,
                              const char     *text,
                              GPtrArray      *problems);

G_END_DECLS
