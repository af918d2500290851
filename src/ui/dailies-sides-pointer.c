/* dailies-sides-pointer.c: zooming, moving the picture and the line of the wipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <math.h>

/* A notch of the wheel. */
#define ZOOM_STEP 1.25
#define PAN_STEP 40.
#define TURN_STEP 2.

static void
zoom_at (DailiesSides *self,
         double        zoom,
         double        x,
         double        y)
{
  int side = MAX (0, dailies_sides_get_side_at (self, x, y));

  if (self->sides[side].area.size.width <= 0)
    return;

  dailies_sides_look_zoom_at (
    &self->look, &self->sides[side].area, dailies_sides_get_aspect (self, side), zoom, x, y);
  dailies_sides_look_changed (self);
}

static void
pan (DailiesSides *self,
     double        dx,
     double        dy)
{
  guint side = 0;

  while (side + 1 < self->n_sides && self->sides[side].area.size.width <= 0)
    side++;
  dailies_sides_look_pan (
    &self->look, &self->sides[side].area, dailies_sides_get_aspect (self, side), dx, dy);
  dailies_sides_look_changed (self);
}

/**
 * dailies_sides_zoom_by:
 * @factor: how much larger; 0 shows the whole picture again
 *
 * About the pointer where it is over the pictures, else about their middle.
 */
void
dailies_sides_zoom_by (DailiesSides *self,
                       double        factor)
{
  double x = self->pointer_x;
  double y = self->pointer_y;

  g_return_if_fail (DAILIES_IS_SIDES (self));

  if (factor <= 0)
    {
      self->look = (DailiesSidesLook){ 1, 0.5, 0.5 };
      dailies_sides_look_changed (self);
      return;
    }
  if (x < 0)
    {
      const graphene_rect_t *area =
        &self->sides[dailies_sides_effective_mode (self) == DAILIES_SIDES_SINGLE ? self->solo : 0]
           .area;

      x = area->origin.x + area->size.width / 2;
      y = area->origin.y + area->size.height / 2;
    }
  zoom_at (self, self->look.zoom * factor, x, y);
}

int
dailies_sides_get_pointed (DailiesSides *self)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), -1);

  return self->pointer_x < 0 ? -1
                             : dailies_sides_get_side_at (self, self->pointer_x, self->pointer_y);
}

gboolean
dailies_sides_is_drag_taken (DailiesSides *self,
                             double        x,
                             double        y)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), FALSE);

  return self->look.zoom > 1 || dailies_sides_grip_wipe (self, x, y) != DAILIES_GRIP_NONE;
}

/* --- wheel and touchpad ----------------------------------------------------------------------- */

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           DailiesSides             *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (state & GDK_CONTROL_MASK)
    zoom_at (self, self->look.zoom * pow (ZOOM_STEP, -dy), self->pointer_x, self->pointer_y);
  else if (dailies_sides_grip_wipe (self, self->pointer_x, self->pointer_y) != DAILIES_GRIP_NONE)
    dailies_sides_turn_wipe (self, dy * TURN_STEP);
  else if (self->look.zoom > 1 && state & GDK_SHIFT_MASK)
    pan (self, -(dx + dy) * PAN_STEP, 0);
  else if (self->look.zoom > 1)
    pan (self, -dx * PAN_STEP, -dy * PAN_STEP);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                DailiesSides     *self)
{
  self->pinch_zoom = self->look.zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          DailiesSides   *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_at (self, self->pinch_zoom * scale, x, y);
}

/* --- drag ------------------------------------------------------------------------------------- */

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               DailiesSides   *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  self->grip = DAILIES_GRIP_NONE;
  if (button == GDK_BUTTON_PRIMARY)
    self->grip = dailies_sides_grip_wipe (self, x, y);
  if (self->grip == DAILIES_GRIP_NONE && self->look.zoom > 1)
    self->grip = DAILIES_GRIP_PICTURE;
  self->drag_x = self->drag_y = 0;
  if (self->grip == DAILIES_GRIP_LINE || self->grip == DAILIES_GRIP_END)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  else if (self->grip == DAILIES_GRIP_NONE)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          offset_x,
                double          offset_y,
                DailiesSides   *self)
{
  double dx = offset_x - self->drag_x;
  double dy = offset_y - self->drag_y;
  double x, y;

  if (self->grip == DAILIES_GRIP_NONE || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  /* A click with an unsteady hand is still a click. */
  if (self->grip == DAILIES_GRIP_PICTURE && self->drag_x == 0 && self->drag_y == 0 &&
      !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) offset_x, (int) offset_y))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_x = offset_x;
  self->drag_y = offset_y;
  if (self->grip == DAILIES_GRIP_PICTURE)
    pan (self, dx, dy);
  else
    dailies_sides_drag_wipe (self, x + offset_x, y + offset_y, dx, dy);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          offset_x,
             double          offset_y,
             DailiesSides   *self)
{
  self->grip = DAILIES_GRIP_NONE;
}

/* --- where it is ------------------------------------------------------------------------------ */

static void
update_cursor (DailiesSides *self)
{
  const char *name = NULL;

  switch (dailies_sides_grip_wipe (self, self->pointer_x, self->pointer_y))
    {
    case DAILIES_GRIP_LINE:
      name = fabs (self->wipe.angle) > 45 ? "row-resize" : "col-resize";
      break;
    case DAILIES_GRIP_END:
      name = "grab";
      break;
    case DAILIES_GRIP_NONE:
    case DAILIES_GRIP_PICTURE:
    default:
      if (self->look.zoom > 1)
        name = "move";
      break;
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           DailiesSides             *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->magnifying)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  update_cursor (self);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          DailiesSides             *self)
{
  self->pointer_x = self->pointer_y = -1;
  if (self->magnifying)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dailies_sides_follow_pointer (DailiesSides *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  self->pointer_x = self->pointer_y = -1;
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
