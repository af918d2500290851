/* dailies-sides-layout.h: where the panes and their pictures lie; pure geometry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/* Application pixels between two panes. */
#define DAILIES_SIDES_GAP 2
#define DAILIES_SIDES_MAX_ZOOM 64.

/* What of the picture is seen, the same on every side. */
typedef struct
{
  double zoom; /* 1: the whole picture fits */
  double x;    /* the point of the picture that lies in the middle of the pane, 0 … 1 */
  double y;
} DailiesSidesLook;

/* One to four panes in @width × @height application pixels. @aspects: width over height of each picture; 0 not known. */
void            dailies_sides_layout_panes (guint                   n_panes,
                                            const double           *aspects,
                                            int                     width,
                                            int                     height,
                                            graphene_rect_t        *panes);
/* Where the picture lies: as large as it fits into @pane, then enlarged. May reach beyond the pane. */
graphene_rect_t dailies_sides_layout_place (const graphene_rect_t  *pane,
                                            double                  aspect,
                                            const DailiesSidesLook *look);
/* Changes the zoom so that the point of the picture under (@x, @y) stays under it. */
void            dailies_sides_look_zoom_at (DailiesSidesLook       *look,
                                            const graphene_rect_t  *pane,
                                            double                  aspect,
                                            double                  zoom,
                                            double                  x,
                                            double                  y);
/* Moves the picture by application pixels. */
void            dailies_sides_look_pan     (DailiesSidesLook       *look,
                                            const graphene_rect_t  *pane,
                                            double                  aspect,
                                            double                  dx,
                                            double                  dy);

G_END_DECLS
