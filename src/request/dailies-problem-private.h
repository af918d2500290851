/* dailies-problem-private.h: what the validator adds to a problem
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-problem.h"

G_BEGIN_DECLS

void        dailies_problem_set_fix     (DailiesProblem *self,
                                         DailiesFix      fix,
                                         const char     *label);
void        dailies_problem_set_asset   (DailiesProblem *self,
                                         DailiesAsset   *asset);
/* The text of the mention that DAILIES_FIX_REMOVE_MENTION takes out, and where it stood. */
void        dailies_problem_set_mention (DailiesProblem *self,
                                         const char     *mention,
                                         gsize           start);
const char *dailies_problem_get_mention (DailiesProblem *self,
                                         gsize          *start);
gboolean    dailies_problem_equal       (DailiesProblem *self,
                                         DailiesProblem *other);
/* For sorting: errors first, then waits, empties, warnings. */
int         dailies_problem_compare     (DailiesProblem *self,
                                         DailiesProblem *other);

G_END_DECLS
