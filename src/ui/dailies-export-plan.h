/* dailies-export-plan.h: what is on the stage, as it is exported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-export.h"
#include "dailies-stage-view.h"

G_BEGIN_DECLS

/**
 * DailiesExportPlanSide:
 * @cut: (nullable): %NULL for a file that is no cut
 * @letter: of its side of the stage, "A" … "D"
 * @name: "Cut 3", or that of the file without its ending
 * @slip: frames of its own rate
 * @shift: the same in ns
 * @time: ns in its clip of the frame that is shown, -1 none
 */
typedef struct
{
  GFile      *file;
  DailiesCut *cut;
  const char *letter;
  char       *name;
  int         slip;
  gint64      shift;
  gint64      time;
  gboolean    has_sound;
} DailiesExportPlanSide;

/**
 * DailiesExportPlan: sides that can be played, in the order of the stage
 * @in, @out: ns of the reel, -1 none
 * @duration: ns of the reel
 * @fps: in which the reel counts
 * @audible: the index of the side that is heard, -1 none
 * @wipe_angle, @wipe_position: as dailies_export_set_wipe() takes them
 */
typedef struct
{
  guint                 n_sides;
  DailiesExportPlanSide sides[DAILIES_EXPORT_MAX_SIDES];
  gint64                in, out, duration;
  double                fps;
  int                   audible;
  DailiesSidesMode      mode;
  double                wipe_angle, wipe_position;
} DailiesExportPlan;

/* Main thread. */
DailiesExportPlan *dailies_export_plan_new       (DailiesStageView  *stage);
void               dailies_export_plan_free      (DailiesExportPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesExportPlan, dailies_export_plan_free)

/* (transfer full): "A · Cut 1, B · Cut 3" */
char              *dailies_export_plan_dup_sides (const DailiesExportPlan *self);
/* (transfer full): "A · Cut 1"; the name alone where there is one side */
char              *dailies_export_plan_dup_label (const DailiesExportPlan *self,
                                                  guint                    side);
/* (transfer full): from where to where, for the artist to read */
char              *dailies_export_plan_dup_range (const DailiesExportPlan *self);

G_END_DECLS
