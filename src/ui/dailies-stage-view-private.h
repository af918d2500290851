/* dailies-stage-view-private.h: what the files of the stage share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-stage-view.h"

#include "dailies-frame-paintable.h"
#include "dailies-reel.h"
#include "dailies-stage-bar.h"

G_BEGIN_DECLS

struct _DailiesStageView
{
  GtkWidget parent_instance;

  GtkOverlay      *overlay;
  GtkWidget       *screen;
  GtkStack        *pages;
  AdwBin          *empty;
  GtkPicture      *picture;
  AdwStatusPage   *failed;
  GtkLabel        *title_label;
  AdwBin          *below;
  GtkRevealer     *above;
  DailiesStageBar *bar;

  DailiesReel           *reel;
  DailiesFramePaintable *paintable;
  guint                  tick_id;
  guint                  resize_id;
  guint                  hide_id;
  gboolean               has_clip;
  gboolean               asked_to_play;
  gboolean               fullscreened;
  double                 pointer_x;
  double                 pointer_y;
};

/* dailies-stage-view-actions.c */

void dailies_stage_view_install_actions (GtkWidgetClass   *klass);
void dailies_stage_view_add_keys        (DailiesStageView *self);
/* What can be done depends on whether there is a clip and on full screen. */
void dailies_stage_view_update_actions  (DailiesStageView *self);
void dailies_stage_view_ask_to_play     (DailiesStageView *self,
                                         gboolean          play);

/* dailies-stage-view-fullscreen.c */

/* In full screen the transport lies over the picture and hides when the pointer rests. */
void dailies_stage_view_follow_pointer  (DailiesStageView *self);

G_END_DECLS
