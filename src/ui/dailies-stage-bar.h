/* dailies-stage-bar.h: timeline and transport under the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-sides.h"
#include "dailies-timeline.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STAGE_BAR (dailies_stage_bar_get_type ())
/* Shows what the reel reports; its buttons are the actions "stage.…" of the stage view around it. */
G_DECLARE_FINAL_TYPE (DailiesStageBar, dailies_stage_bar, DAILIES, STAGE_BAR, GtkWidget)

void     dailies_stage_bar_set_reel         (DailiesStageBar *self,
                                             DailiesReel     *reel);
/* What is compared; set once, after the reel. */
void     dailies_stage_bar_set_sides        (DailiesStageBar *self,
                                             DailiesSides    *sides);
/* Another side is A, or A is found to be no clip: time is counted in the frames of the first that can be played. */
void     dailies_stage_bar_follow_lead      (DailiesStageBar *self);
void     dailies_stage_bar_set_fullscreened (DailiesStageBar *self,
                                             gboolean         fullscreened);
/* Whether none of the clips has sound: then there is nothing to choose. */
void     dailies_stage_bar_set_silent       (DailiesStageBar *self,
                                             gboolean         silent);
/* Whether one of its popovers is open, or its timeline is being held: not the time to hide it. */
gboolean dailies_stage_bar_is_busy          (DailiesStageBar *self);
DailiesTimeline *dailies_stage_bar_get_timeline (DailiesStageBar *self);
/* @above, @below: lie along the timeline; @button: stands beside the sound */
void             dailies_stage_bar_add          (DailiesStageBar *self,
                                                 GtkWidget       *above,
                                                 GtkWidget       *below,
                                                 GtkWidget       *button);

G_END_DECLS
