/* dailies-problem-row.h: one problem of the request, with the button that mends it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-problem.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PROBLEM_ROW (dailies_problem_row_get_type ())
/* Signal "fix" (self): the artist pressed the button. */
G_DECLARE_FINAL_TYPE (DailiesProblemRow, dailies_problem_row, DAILIES, PROBLEM_ROW, GtkWidget)

GtkWidget      *dailies_problem_row_new         (DailiesProblem    *problem);
/* What its button asked for is under way. */
void            dailies_problem_row_set_busy    (DailiesProblemRow *self,
                                                 gboolean           busy);
DailiesProblem *dailies_problem_row_get_problem (DailiesProblemRow *self); /* (transfer none) */

G_END_DECLS
