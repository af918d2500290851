/* dailies-sides-paint.c: the pictures of the sides, mode by mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <math.h>

#include "dailies-compat.h"

/* From this many application pixels to one of the clip on, each is shown as the square it is. */
#define SQUARES_FROM 8
#define LENS_RADIUS 100.f

/* --- one picture ------------------------------------------------------------------------------ */

static gboolean
has_picture (DailiesSides *self,
             guint         side)
{
  return dailies_frame_paintable_get_texture (self->sides[side].paintable) != NULL &&
         !dailies_pane_has_error (self->sides[side].pane);
}

static void
append_squares (GtkSnapshot           *snapshot,
                GdkTexture            *texture,
                const graphene_rect_t *area,
                const graphene_rect_t *place)
{
  g_autoptr (GdkTexture) squares = NULL;
  graphene_rect_t part;

  /* What lies on the card is better painted there than fetched. */
  if (GDK_IS_GL_TEXTURE (texture) && dailies_compat_append_squares (snapshot, texture, place))
    return;

  squares = dailies_sides_dup_squares (texture, area, place, &part);
  if (squares != NULL)
    gtk_snapshot_append_texture (snapshot, squares, &part);
}

/* Decoded to the whole pixels of its place it is shown pixel by pixel: a picture that is scaled by a quarter of a pixel
 * costs ten times as much and is blurred. */
static void
snap_to_pixels (DailiesSides    *self,
                GdkTexture      *texture,
                graphene_rect_t *place)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double width = gdk_texture_get_width (texture) / scale;
  double height = gdk_texture_get_height (texture) / scale;

  if (fabs (width - place->size.width) * scale > 1.01 ||
      fabs (height - place->size.height) * scale > 1.01)
    return;

  graphene_rect_init (place,
                      round ((place->origin.x + (place->size.width - width) / 2) * scale) / scale,
                      round ((place->origin.y + (place->size.height - height) / 2) * scale) / scale,
                      width,
                      height);
}

/* Where the picture of @side lies, and whether its pixels are to be seen as squares. */
static graphene_rect_t
get_place (DailiesSides *self,
           guint         side,
           gboolean     *squares)
{
  int width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->sides[side].paintable));
  graphene_rect_t place =
    dailies_sides_layout_place (&self->sides[side].area, dailies_sides_get_aspect (self, side), &self->look);

  *squares = width > 0 && place.size.width / width >= SQUARES_FROM;
  return place;
}

/* @picture is what is to be seen of @side: its frame, or what was made from it. */
static void
append_pixels (DailiesSides          *self,
               GtkSnapshot           *snapshot,
               guint                  side,
               DailiesFramePaintable *picture)
{
  GdkTexture     *texture = dailies_frame_paintable_get_texture (picture);
  gboolean        squares;
  graphene_rect_t place = get_place (self, side, &squares);

  if (squares)
    {
      append_squares (snapshot, texture, &self->sides[side].area, &place);
      return;
    }

  snap_to_pixels (self, texture, &place);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &place.origin);
  gdk_paintable_snapshot (
    GDK_PAINTABLE (picture), GDK_SNAPSHOT (snapshot), place.size.width, place.size.height);
  gtk_snapshot_restore (snapshot);
}

/* What lies over the pixels of @side. */
static void
append_marks (DailiesSides *self,
              GtkSnapshot  *snapshot,
              guint         side)
{
  GdkPaintable   *paintable = GDK_PAINTABLE (self->sides[side].paintable);
  gboolean        squares;
  graphene_rect_t place = get_place (self, side, &squares);

  if (squares)
    dailies_sides_paint_grid (snapshot,
                              &self->sides[side].area,
                              &place,
                              gdk_paintable_get_intrinsic_width (paintable),
                              gdk_paintable_get_intrinsic_height (paintable));
  if (self->safe_areas)
    dailies_sides_paint_safe_areas (snapshot, &place);
}

static void
append_picture (DailiesSides          *self,
                GtkSnapshot           *snapshot,
                guint                  side,
                DailiesFramePaintable *picture)
{
  gtk_snapshot_push_clip (snapshot, &self->sides[side].area);
  append_pixels (self, snapshot, side, picture);
  append_marks (self, snapshot, side);
  gtk_snapshot_pop (snapshot);
}

static void
append_side (DailiesSides *self,
             GtkSnapshot  *snapshot,
             guint         side)
{
  if (has_picture (self, side))
    append_picture (self, snapshot, side, self->sides[side].paintable);
}

/* --- one pane --------------------------------------------------------------------------------- */

static void
append_wiped (DailiesSides *self,
              GtkSnapshot  *snapshot)
{
  GdkRGBA black = { 0, 0, 0, 1 };

  append_side (self, snapshot, 0);
  dailies_sides_push_wipe (self, snapshot);
  /* Where B is smaller than A nothing of A is seen on its side. */
  gtk_snapshot_append_color (snapshot, &black, &self->sides[1].area);
  append_side (self, snapshot, 1);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static gboolean
is_on_card (DailiesSides *self,
            guint         side)
{
  return GDK_IS_GL_TEXTURE (dailies_frame_paintable_get_texture (self->sides[side].paintable));
}

/* What dailies_sides_get_difference() computes of two pictures in memory, by whoever paints. */
static void
append_difference_on_card (DailiesSides *self,
                           GtkSnapshot  *snapshot)
{
  gboolean          squares;
  graphene_rect_t   place = get_place (self, 0, &squares);
  graphene_matrix_t gain;

  graphene_matrix_init_scale (&gain, (float) self->gain, (float) self->gain, (float) self->gain);
  gtk_snapshot_push_clip (snapshot, &self->sides[0].area);
  gtk_snapshot_push_clip (snapshot, &place);
  gtk_snapshot_push_color_matrix (snapshot, &gain, graphene_vec4_zero ());
  gtk_snapshot_push_blend (snapshot, GSK_BLEND_MODE_DIFFERENCE);
  append_pixels (self, snapshot, 0, self->sides[0].paintable);
  gtk_snapshot_pop (snapshot);
  append_pixels (self, snapshot, 1, self->sides[1].paintable);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  append_marks (self, snapshot, 0);
  gtk_snapshot_pop (snapshot);
}

static void
append_difference (DailiesSides *self,
                   GtkSnapshot  *snapshot)
{
  if (!has_picture (self, 0) || !has_picture (self, 1))
    return;

  /* One of them would have to be fetched from there for each frame, in the size of its clip. */
  if (is_on_card (self, 0) || is_on_card (self, 1))
    append_difference_on_card (self, snapshot);
  else
    append_picture (self, snapshot, 0, dailies_sides_get_difference (self));
}

static void
append_onion (DailiesSides *self,
              GtkSnapshot  *snapshot)
{
  append_side (self, snapshot, 0);
  gtk_snapshot_push_opacity (snapshot, self->opacity);
  append_side (self, snapshot, 1);
  gtk_snapshot_pop (snapshot);
}

/* Of two that share a place both are painted with the first. */
static void
append_pane (DailiesSides *self,
             GtkSnapshot  *snapshot,
             guint         side)
{
  switch (dailies_sides_effective_mode (self))
    {
    case DAILIES_SIDES_WIPE:
      append_wiped (self, snapshot);
      break;
    case DAILIES_SIDES_DIFFERENCE:
      append_difference (self, snapshot);
      break;
    case DAILIES_SIDES_ONION:
      append_onion (self, snapshot);
      break;
    case DAILIES_SIDES_SINGLE:
    case DAILIES_SIDES_SIDE_BY_SIDE:
    default:
      append_side (self, snapshot, side);
      break;
    }
}

/* The same place of the picture on every pane, whichever the pointer is on. */
static void
append_lens (DailiesSides *self,
             GtkSnapshot  *snapshot,
             guint         side,
             int           pointed)
{
  const graphene_rect_t *area = &self->sides[side].area;
  const graphene_rect_t *under = &self->sides[pointed].area;
  float                  x =
    area->origin.x + (self->pointer_x - under->origin.x) * area->size.width / under->size.width;
  float y =
    area->origin.y + (self->pointer_y - under->origin.y) * area->size.height / under->size.height;
  float          widths[4] = { 2, 2, 2, 2 };
  GdkRGBA        white = { 1, 1, 1, 0.9f };
  GdkRGBA        colors[4] = { white, white, white, white };
  GdkRGBA        black = { 0, 0, 0, 1 };
  GskRoundedRect lens;

  gsk_rounded_rect_init_from_rect (
    &lens,
    &GRAPHENE_RECT_INIT (x - LENS_RADIUS, y - LENS_RADIUS, 2 * LENS_RADIUS, 2 * LENS_RADIUS),
    LENS_RADIUS);
  gtk_snapshot_push_clip (snapshot, area);
  gtk_snapshot_push_rounded_clip (snapshot, &lens);
  gtk_snapshot_append_color (snapshot, &black, &lens.bounds);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_scale (snapshot, DAILIES_SIDES_LENS, DAILIES_SIDES_LENS);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-x, -y));
  append_pane (self, snapshot, side);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &lens, widths, colors);
  gtk_snapshot_pop (snapshot);
}

/* --- all of them ------------------------------------------------------------------------------ */

void
dailies_sides_paint (DailiesSides *self,
                     GtkSnapshot  *snapshot)
{
  DailiesSidesMode mode = dailies_sides_effective_mode (self);
  gboolean         shared = mode >= DAILIES_SIDES_WIPE;
  int              pointed = -1;

  if (self->magnifying && self->pointer_x >= 0)
    pointed = dailies_sides_get_side_at (self, self->pointer_x, self->pointer_y);

  for (guint i = 0; i < (shared ? 1 : self->n_sides); i++)
    {
      if (self->sides[i].area.size.width <= 0)
        continue;
      append_pane (self, snapshot, i);
      if (pointed >= 0)
        append_lens (self, snapshot, i, shared ? 0 : pointed);
    }
  if (mode == DAILIES_SIDES_WIPE)
    dailies_sides_paint_wipe (self, snapshot);
}
