/* dailies-compare-bar.h: how the sides are compared, to be chosen with the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-sides.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_COMPARE_BAR (dailies_compare_bar_get_type ())
/* Its buttons are the actions "view.…" and "stage.…" of the stage view around it. */
G_DECLARE_FINAL_TYPE (DailiesCompareBar, dailies_compare_bar, DAILIES, COMPARE_BAR, GtkWidget)

/* @sides: what is compared; set once */
void     dailies_compare_bar_set_sides (DailiesCompareBar *self,
                                        DailiesSides      *sides);
/* Whether one of its menus is open. */
gboolean dailies_compare_bar_is_busy   (DailiesCompareBar *self);

G_END_DECLS
