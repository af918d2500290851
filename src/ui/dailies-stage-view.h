/* dailies-stage-view.h: the player: picture, timeline, transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STAGE_VIEW (dailies_stage_view_get_type ())
/* Property "fullscreened" (boolean, read only): the artist asked for full screen; the window follows it.
 * Actions: "stage.play", "stage.step-forward", "stage.step-back", "stage.loop", "stage.fullscreen", … */
G_DECLARE_FINAL_TYPE (DailiesStageView, dailies_stage_view, DAILIES, STAGE_VIEW, GtkWidget)

GtkWidget   *dailies_stage_view_new       (void);
DailiesReel *dailies_stage_view_get_reel  (DailiesStageView *self);
/* Puts a clip on side 0 and plays it; @title is shown over it. @file %NULL: shows the child for an empty stage. */
void         dailies_stage_view_show_clip (DailiesStageView *self,
                                           GFile            *file,
                                           const char       *title);
/* What is to be seen while there is no clip ("Make the first cut"). */
void         dailies_stage_view_set_empty (DailiesStageView *self,
                                           GtkWidget        *child);
/* The window tells that it really is (or is no longer) full screen. */
void         dailies_stage_view_set_fullscreened (DailiesStageView *self,
                                                  gboolean          fullscreened);
/* Stops playing and waits for the pipeline; before the window goes. */
void         dailies_stage_view_close     (DailiesStageView *self);

G_END_DECLS
