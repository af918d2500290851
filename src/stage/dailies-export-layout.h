/* dailies-export-layout.h: where each side goes in an exported picture
 *
 * Private to stage/. Plain arithmetic; no locks, no errors. All numbers are even: the colours have half as many pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-export.h"

G_BEGIN_DECLS

/* What every player and editor still takes. */
#define DAILIES_EXPORT_MAX_WIDTH 3840
#define DAILIES_EXPORT_MAX_HEIGHT 2160

typedef struct
{
  int x, y;
  int width, height;
} DailiesExportArea;

/* @cells: what belongs to a side, for its label; @frames: where its picture lies in that, unscathed in shape */
typedef struct
{
  int               width;
  int               height;
  guint             n_sides;
  DailiesExportArea cells[DAILIES_EXPORT_MAX_SIDES];
  DailiesExportArea frames[DAILIES_EXPORT_MAX_SIDES];
} DailiesExportLayout;

/* What a row of the picture shows of one side: from @begin up to, not with, @end. */
typedef struct
{
  int begin, end;
} DailiesExportSpan;

void     dailies_export_layout_compute    (DailiesExportLayout       *self,
                                           DailiesExportMode          mode,
                                           guint                      n_sides,
                                           const DailiesExportArea   *clips);
void     dailies_export_layout_set_size   (DailiesExportLayout       *self,
                                           int                        width,
                                           int                        height);
gboolean dailies_export_layout_is_covered (const DailiesExportLayout *self);
void     dailies_export_layout_wipe       (const DailiesExportLayout *self,
                                           double                     angle,
                                           double                     position,
                                           DailiesExportSpan         *first,
                                           DailiesExportSpan         *second,
                                           DailiesExportSpan         *line);

G_END_DECLS
