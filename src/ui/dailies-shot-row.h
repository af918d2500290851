/* dailies-shot-row.h: one shot in the list of shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_SHOT_ROW (dailies_shot_row_get_type ())
/* Property: "shot" (DailiesShot, nullable). Signal "renamed" (self, title). Its menu activates "shots.rename" and
 * "shots.delete" with the shot's id as target. */
G_DECLARE_FINAL_TYPE (DailiesShotRow, dailies_shot_row, DAILIES, SHOT_ROW, AdwBin)

GtkWidget   *dailies_shot_row_new         (void);
DailiesShot *dailies_shot_row_get_shot    (DailiesShotRow *self);
void         dailies_shot_row_set_shot    (DailiesShotRow *self,
                                           DailiesShot    *shot);
/* @heading: the day above this row, "" for none */
void         dailies_shot_row_set_heading (DailiesShotRow *self,
                                           const char     *heading);
/* Asks for another title in a popover beside the row. */
void         dailies_shot_row_rename      (DailiesShotRow *self);
/* At the pointer, or below the row where @x is negative. */
void         dailies_shot_row_popup_menu  (DailiesShotRow *self,
                                           double          x,
                                           double          y);

G_END_DECLS
