/* dailies-sides-private.h: what the files of the sides share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-sides.h"

#include "dailies-frame-paintable.h"
#include "dailies-reel.h"
#include "dailies-sides-layout.h"

G_BEGIN_DECLS

typedef struct
{
  DailiesFramePaintable *paintable;
  DailiesPane           *pane;
  char                  *title;
  graphene_rect_t        area; /* of the pane, application pixels; empty where it is not seen */
} DailiesSide;

struct _DailiesSides
{
  GtkWidget parent_instance;

  DailiesReel     *reel;
  DailiesSide      sides[DAILIES_REEL_MAX_SIDES];
  guint            n_sides;
  DailiesSidesMode mode;
  guint            solo;
  DailiesSidesLook look;
  guint            tick_id;
  guint            tile_id;
};

/* dailies-sides.c */

/* What is really shown: with one side that is always "single". */
DailiesSidesMode dailies_sides_effective_mode (DailiesSides *self);
/* Width over height; 0 not known */
double           dailies_sides_get_aspect     (DailiesSides *self,
                                               guint         side);

/* dailies-sides-paint.c */

void             dailies_sides_paint          (DailiesSides *self,
                                               GtkSnapshot  *snapshot);

G_END_DECLS
