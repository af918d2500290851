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

/* How much larger the magnifier shows what lies under the pointer. */
#define DAILIES_SIDES_LENS 3

typedef struct
{
  DailiesFramePaintable *paintable;
  DailiesPane           *pane;
  char                  *title;
  guint                  reel_side; /* whose frames it shows: A and B change over without being loaded anew */
  int                    slip;
  graphene_rect_t        area; /* of the pane, application pixels; empty where it is not seen */
} DailiesSide;

/* The line of the wipe, in the pane: A lies to its left, B to its right. */
typedef struct
{
  double x; /* where its handle lies, 0 … 1 of the pane */
  double y;
  double angle; /* degrees clockwise from upright */
} DailiesWipe;

/* What the pointer has taken hold of. */
typedef enum
{
  DAILIES_GRIP_NONE,
  DAILIES_GRIP_PICTURE,
  DAILIES_GRIP_LINE,
  DAILIES_GRIP_END,
} DailiesGrip;

struct _DailiesSides
{
  GtkWidget parent_instance;

  DailiesReel     *reel;
  DailiesSide      sides[DAILIES_REEL_MAX_SIDES];
  guint            n_sides;
  DailiesSidesMode mode;
  guint            solo;
  gboolean         flipped;
  double           gain;
  double           opacity;
  gboolean         safe_areas;
  gboolean         magnifying;
  DailiesWipe      wipe;
  DailiesSidesLook look;
  guint            tick_id;
  guint            tile_id;

  /* the difference, and what it was made from */
  DailiesFramePaintable *difference;
  GdkTexture            *made_from[2]; /* (owned) */
  double                 made_with;

  /* the pointer */
  double      pointer_x; /* -1: not over the sides */
  double      pointer_y;
  DailiesGrip grip;
  double      drag_x; /* how far it has been followed */
  double      drag_y;
  double      pinch_zoom;
};

/* dailies-sides.c */

/* The panes that are seen changed, or what is to be painted in them. */
void             dailies_sides_update_panes   (DailiesSides    *self);
/* The zoom changed: paint now, decode in the new size a little later. */
void             dailies_sides_look_changed   (DailiesSides    *self);

/* dailies-sides-place.c */

/* What is really shown: with one side that is always "single". */
DailiesSidesMode dailies_sides_effective_mode (DailiesSides    *self);
/* Width over height; 0 not known */
double           dailies_sides_get_aspect     (DailiesSides    *self,
                                               guint            side);
gboolean         dailies_sides_is_seen        (DailiesSides    *self,
                                               guint            side);
void             dailies_sides_lay_out        (DailiesSides    *self,
                                               int              width,
                                               int              height);
/* The figure in each pane. Not while the panes are laid out: no label may change then. */
void             dailies_sides_update_zoom    (DailiesSides    *self);
/* Tells the reel how large each is painted, now or when the window has come to rest. */
void             dailies_sides_fit_tiles      (DailiesSides    *self);
void             dailies_sides_queue_tiles    (DailiesSides    *self);

/* dailies-sides-content.c */

void             dailies_sides_update_titles  (DailiesSides    *self);

/* dailies-sides-code.c */

/* Timecode and frame number of each side, where they are not those of the others, and which of them are over. */
void             dailies_sides_update_codes   (DailiesSides    *self);

/* dailies-sides-paint.c */

void             dailies_sides_paint          (DailiesSides    *self,
                                               GtkSnapshot     *snapshot);

/* dailies-sides-marks.c: what is painted over the pictures */

void             dailies_sides_paint_safe_areas (GtkSnapshot           *snapshot,
                                                 const graphene_rect_t *place);
void             dailies_sides_paint_grid     (GtkSnapshot           *snapshot,
                                               const graphene_rect_t *area,
                                               const graphene_rect_t *place,
                                               int                    width,
                                               int                    height);
/* The part of @texture that is seen, each of its pixels a square. (transfer full) @part: (out): where it belongs */
GdkTexture      *dailies_sides_dup_squares    (GdkTexture            *texture,
                                               const graphene_rect_t *area,
                                               const graphene_rect_t *place,
                                               graphene_rect_t       *part);

/* dailies-sides-wipe.c */

void             dailies_sides_push_wipe      (DailiesSides    *self,
                                               GtkSnapshot     *snapshot);
void             dailies_sides_paint_wipe     (DailiesSides    *self,
                                               GtkSnapshot     *snapshot);
/* What of the line lies at a point of the widget. */
DailiesGrip      dailies_sides_grip_wipe      (DailiesSides    *self,
                                               double           x,
                                               double           y);
void             dailies_sides_drag_wipe      (DailiesSides    *self,
                                               double           x,
                                               double           y,
                                               double           dx,
                                               double           dy);
/* Tells screen readers where the line lies. */
void             dailies_sides_describe_wipe  (DailiesSides    *self);
/* Whether a point lies on the side of B. */
gboolean         dailies_sides_is_behind_wipe (DailiesSides    *self,
                                               double           x,
                                               double           y);

/* dailies-sides-difference.c */

/* (transfer none) (nullable): |A − B| of what is shown now, as large as A. */
DailiesFramePaintable *dailies_sides_get_difference (DailiesSides    *self);

/* dailies-sides-pointer.c */

void             dailies_sides_follow_pointer (DailiesSides    *self);

G_END_DECLS
