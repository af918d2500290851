/* dailies-shots-pane.h: the list of shots with its search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_SHOTS_PANE (dailies_shots_pane_get_type ())
/* Property: "shot" (DailiesShot, nullable): the one being worked on; choosing a row sets it. Signal "deleted" (self,
 * DailiesShot): the artist wants it gone; it is hidden until dailies_shots_pane_restore() or until the library drops it.
 * Actions, with a shot's id or -1 for the current one: "shots.rename", "shots.delete". */
G_DECLARE_FINAL_TYPE (DailiesShotsPane, dailies_shots_pane, DAILIES, SHOTS_PANE, AdwBin)

GtkWidget   *dailies_shots_pane_new         (void);
/* Once. */
void         dailies_shots_pane_set_library (DailiesShotsPane *self,
                                             DailiesLibrary   *library);
DailiesShot *dailies_shots_pane_get_shot    (DailiesShotsPane *self);
void         dailies_shots_pane_set_shot    (DailiesShotsPane *self,
                                             DailiesShot      *shot);
void         dailies_shots_pane_restore     (DailiesShotsPane *self,
                                             DailiesShot      *shot);
/* (transfer none): #DailiesShot as listed: found by the search and not deleted */
GListModel  *dailies_shots_pane_get_items   (DailiesShotsPane *self);
void         dailies_shots_pane_focus_search (DailiesShotsPane *self);
/* Lists all shots again. */
void         dailies_shots_pane_clear_search (DailiesShotsPane *self);

G_END_DECLS
