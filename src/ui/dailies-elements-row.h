/* dailies-elements-row.h: the elements of a request as cards, with one more place to drop a new one on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-field.h"
#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_ELEMENTS_ROW (dailies_elements_row_get_type ())
G_DECLARE_FINAL_TYPE (DailiesElementsRow, dailies_elements_row, DAILIES, ELEMENTS_ROW, GtkWidget)

GtkWidget *dailies_elements_row_new     (DailiesRequest     *request,
                                         DailiesField       *field);
/* Badges or problems may have changed. */
void       dailies_elements_row_refresh (DailiesElementsRow *self);
void       dailies_elements_row_set_lit (DailiesElementsRow *self,
                                         gboolean            lit);
/* Brings up the file chooser for a new element. */
void       dailies_elements_row_choose  (DailiesElementsRow *self);

G_END_DECLS
