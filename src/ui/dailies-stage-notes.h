/* dailies-stage-notes.h: what the stage knows about its clips: notes, what differs and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-stage-view.h"

#include "dailies-stage-bar.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STAGE_NOTES (dailies_stage_notes_get_type ())
/* Puts its widgets into the bar and the panes and follows the stage. Owned by the stage. */
G_DECLARE_FINAL_TYPE (DailiesStageNotes, dailies_stage_notes, DAILIES, STAGE_NOTES, GObject)

/* For the class of the stage: "stage.note", "stage.next-difference", "stage.previous-difference". */
void               dailies_stage_notes_install_actions (GtkWidgetClass    *klass);

/* @stage: owns it; @bar: its bar */
DailiesStageNotes *dailies_stage_notes_new             (DailiesStageView  *stage,
                                                        DailiesStageBar   *bar);
/* @library, @catalogue: (nullable): without them there are no notes and no titles */
void               dailies_stage_notes_set_library     (DailiesStageNotes *self,
                                                        DailiesLibrary    *library,
                                                        DailiesCatalogue  *catalogue);
/* Something of it is open and wants the bar to stay. */
gboolean           dailies_stage_notes_is_busy         (DailiesStageNotes *self);

G_END_DECLS
