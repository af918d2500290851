/* dailies-practice-ties.h: what a page says of several fields together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-definition.h"
#include "dailies-practice-check.h"

G_BEGIN_DECLS

/* The rules "follows", "needs" and "index-of" of a bundled definition. @input fits field by field.
 * @complaints: (element-type DailiesComplaint): takes what is wrong */
void dailies_practice_check_ties (DailiesDefinition *definition,
                                  JsonObject        *input,
                                  GPtrArray         *complaints);

G_END_DECLS
