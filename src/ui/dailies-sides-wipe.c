/* dailies-sides-wipe.c: the line between A and B
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Application pixels. */
#define LINE_WIDTH 2.f
#define HANDLE_RADIUS 14.f
#define END_RADIUS 6.f
#define END_INSET 22.
#define REACH 10.
/* Longer than any stage, on each side of the handle. */
#define ENDLESS 20000.f

static void
get_handle (DailiesSides *self,
            double       *x,
            double       *y)
{
  const graphene_rect_t *area = &self->sides[0].area;

  *x = area->origin.x + self->wipe.x * area->size.width;
  *y = area->origin.y + self->wipe.y * area->size.height;
}

/* The direction of the line, downwards at 0 degrees. */
static void
get_direction (DailiesSides *self,
               double       *dx,
               double       *dy)
{
  double angle = self->wipe.angle * G_PI / 180;

  *dx = -sin (angle);
  *dy = cos (angle);
}

/* How far one may go from the handle in a direction before the edge of the pane is near. */
static double
distance_to_edge (DailiesSides *self,
                  double        dx,
                  double        dy)
{
  const graphene_rect_t *area = &self->sides[0].area;
  double                 x, y;
  double                 across = ENDLESS;
  double                 along = ENDLESS;

  get_handle (self, &x, &y);
  x -= area->origin.x;
  y -= area->origin.y;
  if (fabs (dx) > 0.001)
    across = (dx > 0 ? area->size.width - END_INSET - x : END_INSET - x) / dx;
  if (fabs (dy) > 0.001)
    along = (dy > 0 ? area->size.height - END_INSET - y : END_INSET - y) / dy;

  return MAX (0, MIN (across, along));
}

static void
get_end (DailiesSides *self,
         int           which,
         double       *x,
         double       *y)
{
  double dx, dy, distance;

  get_direction (self, &dx, &dy);
  dx *= which;
  dy *= which;
  distance = distance_to_edge (self, dx, dy);
  get_handle (self, x, y);
  *x += dx * distance;
  *y += dy * distance;
}

/* Beside the line as it is seen by who stands on it: positive on the side of B. */
static double
beside (DailiesSides *self,
        double        x,
        double        y)
{
  double handle_x, handle_y, dx, dy;

  get_handle (self, &handle_x, &handle_y);
  get_direction (self, &dx, &dy);

  return (x - handle_x) * dy - (y - handle_y) * dx;
}

gboolean
dailies_sides_is_behind_wipe (DailiesSides *self,
                              double        x,
                              double        y)
{
  return beside (self, x, y) > 0;
}

DailiesGrip
dailies_sides_grip_wipe (DailiesSides *self,
                         double        x,
                         double        y)
{
  double handle_x, handle_y, end_x, end_y;

  if (dailies_sides_effective_mode (self) != DAILIES_SIDES_WIPE)
    return DAILIES_GRIP_NONE;

  get_handle (self, &handle_x, &handle_y);
  if (hypot (x - handle_x, y - handle_y) < HANDLE_RADIUS + 2)
    return DAILIES_GRIP_LINE;
  for (int which = -1; which <= 1; which += 2)
    {
      get_end (self, which, &end_x, &end_y);
      if (hypot (x - end_x, y - end_y) < END_RADIUS + REACH)
        return DAILIES_GRIP_END;
    }

  return fabs (beside (self, x, y)) < REACH ? DAILIES_GRIP_LINE : DAILIES_GRIP_NONE;
}

/* Half a turn is the same line with A and B changed over: it stays within a quarter of upright,
 * which is what was meant. */
static double
angle_towards (double dx,
               double dy)
{
  double angle = atan2 (-dx, dy) * 180 / G_PI;

  if (angle > 90)
    return angle - 180;

  return angle <= -90 ? angle + 180 : angle;
}

void
dailies_sides_drag_wipe (DailiesSides *self,
                         double        x,
                         double        y,
                         double        dx,
                         double        dy)
{
  const graphene_rect_t *area = &self->sides[0].area;
  DailiesWipe            wipe = self->wipe;
  double                 handle_x, handle_y;

  if (self->grip == DAILIES_GRIP_END)
    {
      get_handle (self, &handle_x, &handle_y);
      if (hypot (x - handle_x, y - handle_y) > HANDLE_RADIUS)
        wipe.angle = angle_towards (x - handle_x, y - handle_y);
    }
  else
    {
      wipe.x = CLAMP (wipe.x + dx / MAX (area->size.width, 1), 0, 1);
      wipe.y = CLAMP (wipe.y + dy / MAX (area->size.height, 1), 0, 1);
    }
  dailies_sides_set_wipe (self, wipe.x, wipe.y, wipe.angle);
}

/* --- in words --------------------------------------------------------------------------------- */

void
dailies_sides_describe_wipe (DailiesSides *self)
{
  g_autofree char *words = NULL;

  if (dailies_sides_effective_mode (self) == DAILIES_SIDES_WIPE)
    /* Translators: where the line between A and B lies: two percentages, and degrees clockwise */
    words = g_strdup_printf (_ ("Line at %.0f %% from the left and %.0f %% from the top, turned by %.0f°"),
                             self->wipe.x * 100,
                             self->wipe.y * 100,
                             self->wipe.angle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "",
                                  -1);
}

/* --- painting --------------------------------------------------------------------------------- */

/* Only rectangles can be clipped to, but they may be turned. */
void
dailies_sides_push_wipe (DailiesSides *self,
                         GtkSnapshot  *snapshot)
{
  double x, y;

  get_handle (self, &x, &y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_rotate (snapshot, self->wipe.angle);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, -ENDLESS, ENDLESS, 2 * ENDLESS));
  gtk_snapshot_rotate (snapshot, -self->wipe.angle);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-x, -y));
}

static void
append_disc (GtkSnapshot   *snapshot,
             double         x,
             double         y,
             float          radius,
             const GdkRGBA *color)
{
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (
    &disc, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &disc.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Two arrow heads that say which way the line goes. */
static void
append_arrows (DailiesSides *self,
               GtkSnapshot  *snapshot)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "‹ ›");
  GdkRGBA black = { 0, 0, 0, 0.8f };
  int     width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-width / 2.f, -height / 2.f - 1));
  gtk_snapshot_append_layout (snapshot, layout, &black);
}

void
dailies_sides_paint_wipe (DailiesSides *self,
                          GtkSnapshot  *snapshot)
{
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA shade = { 0, 0, 0, 0.35f };
  double  x, y;

  get_handle (self, &x, &y);
  gtk_snapshot_push_clip (snapshot, &self->sides[0].area);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_rotate (snapshot, self->wipe.angle);
  gtk_snapshot_append_color (
    snapshot,
    &shade,
    &GRAPHENE_RECT_INIT (-LINE_WIDTH / 2 - 1, -ENDLESS, LINE_WIDTH + 2, 2 * ENDLESS));
  gtk_snapshot_append_color (
    snapshot, &white, &GRAPHENE_RECT_INIT (-LINE_WIDTH / 2, -ENDLESS, LINE_WIDTH, 2 * ENDLESS));
  append_disc (snapshot, 0, 0, HANDLE_RADIUS + 1, &shade);
  append_disc (snapshot, 0, 0, HANDLE_RADIUS, &white);
  append_arrows (self, snapshot);
  gtk_snapshot_restore (snapshot);

  for (int which = -1; which <= 1; which += 2)
    {
      get_end (self, which, &x, &y);
      append_disc (snapshot, x, y, END_RADIUS + 1, &shade);
      append_disc (snapshot, x, y, END_RADIUS, &white);
    }
  gtk_snapshot_pop (snapshot);
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_sides_set_wipe (DailiesSides *self,
                        double        x,
                        double        y,
                        double        angle)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));

  self->wipe = (DailiesWipe){ CLAMP (x, 0, 1), CLAMP (y, 0, 1), CLAMP (angle, -90, 90) };
  dailies_sides_describe_wipe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dailies_sides_move_wipe (DailiesSides *self,
                         double        dx,
                         double        dy)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));

  dailies_sides_set_wipe (self, self->wipe.x + dx, self->wipe.y + dy, self->wipe.angle);
}

/* Beyond a quarter turn A and B would change over. */
void
dailies_sides_turn_wipe (DailiesSides *self,
                         double        degrees)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));

  dailies_sides_set_wipe (self, self->wipe.x, self->wipe.y, self->wipe.angle + degrees);
}

void
dailies_sides_get_wipe (DailiesSides *self,
                        double       *angle,
                        double       *position)
{
  const DailiesSidesLook whole = { 1, 0.5, 0.5 };
  const graphene_rect_t *area = &self->sides[0].area;
  const double           c = cos (self->wipe.angle * G_PI / 180);
  const double           s = sin (self->wipe.angle * G_PI / 180);
  graphene_rect_t        picture;
  double                 x, y, extent;
  int                    width, height;

  g_return_if_fail (DAILIES_IS_SIDES (self));

  *angle = self->wipe.angle;
  *position = 0.5;
  dailies_reel_get_size (self->reel, self->sides[0].reel_side, &width, &height);
  if (width <= 0 || height <= 0 || area->size.width <= 0 || area->size.height <= 0)
    return;

  picture = dailies_sides_layout_place (area, (double) width / height, &whole);
  get_handle (self, &x, &y);
  x -= picture.origin.x + picture.size.width / 2;
  y -= picture.origin.y + picture.size.height / 2;
  extent = (fabs (c) * picture.size.width + fabs (s) * picture.size.height) / 2;
  *position = CLAMP (((x * c + y * s) / extent + 1) / 2, 0, 1);
}
