/* dailies-strip.h: the cuts of one shot, then its jobs, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STRIP (dailies_strip_get_type ())
/* Signals: "show-cut" (self, DailiesCut): the artist chose it for the stage; "compare" (self, DailiesCut): it
 * is to join those on the stage, or to leave them; "use-as-draft" (self, DailiesCut); "trash" (self, DailiesCut). Actions, with a cut's id or -1 for the selected one: "strip.play", "strip.compare", "strip.pick",
 * "strip.copy", "strip.reveal", "strip.use-as-draft", "strip.trash". */
G_DECLARE_FINAL_TYPE (DailiesStrip, dailies_strip, DAILIES, STRIP, AdwBin)

GtkWidget   *dailies_strip_new          (void);
/* Once, before a shot is set. @jobs: of #DailiesJob, those of other shots too: normally the queue */
void         dailies_strip_set_library  (DailiesStrip   *self,
                                         DailiesLibrary *library,
                                         GListModel     *jobs);
/* @shot: (nullable) */
void         dailies_strip_set_shot     (DailiesStrip  *self,
                                         DailiesShot   *shot);
/* The cuts that are on the stage, marked A, B, C, D in this order; 0 for a side that is no cut. */
void         dailies_strip_set_shown    (DailiesStrip  *self,
                                         const gint64  *cut_ids,
                                         guint          n_sides);
/* (transfer none): #DailiesCut and #DailiesJob, in the order of the cards */
GListModel  *dailies_strip_get_items    (DailiesStrip  *self);

G_END_DECLS
