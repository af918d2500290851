/* dailies-sides-place.c: where the sides lie, and how large they are decoded for that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

/* While the window is being resized the pictures are scaled by the painter; they are decoded anew
 * when that is over. */
#define TILE_PAUSE_MS 120

/* --- where they lie --------------------------------------------------------------------------- */

DailiesSidesMode
dailies_sides_effective_mode (DailiesSides *self)
{
  return self->n_sides > 1 && !self->flipped ? self->mode : DAILIES_SIDES_SINGLE;
}

/* The one that "single" shows. Flipped it is B in place of A, and A in place of every other. */
static guint
get_single (DailiesSides *self)
{
  guint single = MIN (self->solo, MAX (self->n_sides, 1) - 1);

  if (!self->flipped || self->n_sides < 2)
    return single;
  if (self->mode != DAILIES_SIDES_SINGLE)
    return 1;

  return single == 0 ? 1 : 0;
}

double
dailies_sides_get_aspect (DailiesSides *self,
                          guint         side)
{
  GdkPaintable *paintable = GDK_PAINTABLE (self->sides[side].paintable);
  int           height = gdk_paintable_get_intrinsic_height (paintable);

  return height > 0 ? (double) gdk_paintable_get_intrinsic_width (paintable) / height : 0;
}

gboolean
dailies_sides_is_seen (DailiesSides *self,
                       guint         side)
{
  switch (dailies_sides_effective_mode (self))
    {
    case DAILIES_SIDES_SIDE_BY_SIDE:
      return side < self->n_sides;
    case DAILIES_SIDES_WIPE:
    case DAILIES_SIDES_DIFFERENCE:
    case DAILIES_SIDES_ONION:
      return side < 2;
    case DAILIES_SIDES_SINGLE:
    default:
      return side < self->n_sides && side == get_single (self);
    }
}

void
dailies_sides_lay_out (DailiesSides *self,
                       int           width,
                       int           height)
{
  graphene_rect_t panes[DAILIES_REEL_MAX_SIDES];
  double          aspects[DAILIES_REEL_MAX_SIDES];
  gboolean        apart = dailies_sides_effective_mode (self) == DAILIES_SIDES_SIDE_BY_SIDE;

  for (guint i = 0; i < self->n_sides; i++)
    {
      aspects[i] = dailies_sides_get_aspect (self, i);
      graphene_rect_init (&panes[i], 0, 0, width, height);
    }
  if (apart)
    dailies_sides_layout_panes (self->n_sides, aspects, width, height, panes);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    self->sides[i].area = dailies_sides_is_seen (self, i) ? panes[i] : GRAPHENE_RECT_INIT (0, 0, 0, 0);
}

/* Pixels of the screen against those of the clip: 1 where each is shown as one. */
static double
get_scale (DailiesSides *self,
           guint         side)
{
  int             width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->sides[side].paintable));
  graphene_rect_t place;

  if (width <= 0 || self->sides[side].area.size.width <= 0)
    return 0;

  place = dailies_sides_layout_place (
    &self->sides[side].area, dailies_sides_get_aspect (self, side), &self->look);
  return place.size.width * gtk_widget_get_scale_factor (GTK_WIDGET (self)) / width;
}

void
dailies_sides_update_zoom (DailiesSides *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_pane_set_zoom (self->sides[i].pane,
                           i < self->n_sides && self->look.zoom > 1 ? get_scale (self, i) : 0);
}

/* --- how large they are decoded --------------------------------------------------------------- */

/* A side that is not seen keeps the size of what is, so that it is sharp at once when it is. */
void
dailies_sides_fit_tiles (DailiesSides *self)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)) * self->look.zoom *
                 (self->magnifying ? DAILIES_SIDES_LENS : 1);

  /* Not laid out yet: pictures of a pixel would be decoded, and kept for scrubbing. */
  if (gtk_widget_get_width (GTK_WIDGET (self)) <= 0 || gtk_widget_get_height (GTK_WIDGET (self)) <= 0)
    return;

  for (guint i = 0; i < self->n_sides; i++)
    {
      const DailiesSide *side = &self->sides[i];
      double             width = side->area.size.width;
      double             height = side->area.size.height;

      if (width <= 0)
        {
          width = gtk_widget_get_width (GTK_WIDGET (self));
          height = gtk_widget_get_height (GTK_WIDGET (self));
        }
      dailies_reel_set_tile (
        self->reel, side->reel_side, (int) (width * scale + 0.5), (int) (height * scale + 0.5));
    }
}

static gboolean
tile_cb (gpointer data)
{
  DailiesSides *self = data;

  self->tile_id = 0;
  dailies_sides_update_zoom (self);
  dailies_sides_fit_tiles (self);

  return G_SOURCE_REMOVE;
}

void
dailies_sides_queue_tiles (DailiesSides *self)
{
  g_clear_handle_id (&self->tile_id, g_source_remove);
  if (self->reel != NULL)
    self->tile_id = g_timeout_add (TILE_PAUSE_MS, tile_cb, self);
}

/* --- public ----------------------------------------------------------------------------------- */

int
dailies_sides_get_side_at (DailiesSides *self,
                           double        x,
                           double        y)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), -1);

  if (dailies_sides_effective_mode (self) == DAILIES_SIDES_WIPE)
    return dailies_sides_is_behind_wipe (self, x, y) ? 1 : 0;

  for (guint i = 0; i < self->n_sides; i++)
    {
      if (graphene_rect_contains_point (&self->sides[i].area, &GRAPHENE_POINT_INIT (x, y)))
        return (int) i;
    }

  /* Beside one that lies alone in its row, that one is meant. */
  for (guint i = 0; i < self->n_sides; i++)
    {
      const graphene_rect_t *area = &self->sides[i].area;

      if (area->size.width > 0 && y >= area->origin.y && y < area->origin.y + area->size.height)
        return (int) i;
    }

  return -1;
}

void
dailies_sides_get_area (DailiesSides    *self,
                        guint            side,
                        graphene_rect_t *area)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  *area = self->sides[side].area;
}
