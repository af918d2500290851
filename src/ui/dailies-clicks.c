/* dailies-clicks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-clicks.h"

/* The buttons that are down by the presses and releases that came here, of any device, as a modifier state has them. */
typedef struct
{
  GdkModifierType held;
} Clicks;

static GdkModifierType
get_mask (GdkEvent *event)
{
  guint button = gdk_button_event_get_button (event);

  return button >= 1 && button <= 5 ? GDK_BUTTON1_MASK << (button - 1) : 0;
}

/* Once it has laid out a window, GTK tells it where the pointer is, as a motion without a time. That one overtakes what waits to
 * be read: where it says of a button that it is up, its release still comes. */
static gboolean
is_ahead (Clicks   *self,
          GdkEvent *event)
{
  return gdk_event_get_time (event) == GDK_CURRENT_TIME && (self->held & ~gdk_event_get_modifier_state (event)) != 0;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller,
          GdkEvent                 *event,
          Clicks                   *self)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
      self->held |= get_mask (event);
      break;
    case GDK_BUTTON_RELEASE:
      self->held &= ~get_mask (event);
      break;
    case GDK_MOTION_NOTIFY:
      if (is_ahead (self, event))
        return GDK_EVENT_STOP;
      /* A release that went to somebody else does not come any more. */
      if (gdk_event_get_time (event) != GDK_CURRENT_TIME)
        self->held &= gdk_event_get_modifier_state (event);
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/**
 * dailies_clicks_keep:
 * @window: a window
 *
 * Sees to it that in @window a click is one that was over before the program had looked: as some touchpads, pens and switches make
 * them, and programs that press for somebody else. To GTK it would look as if the button had been let go elsewhere.
 */
void
dailies_clicks_keep (GtkWidget *window)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WINDOW (window));

  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_data (controller, "event", G_CALLBACK (event_cb), g_new0 (Clicks, 1),
                         (GClosureNotify) (GCallback) g_free, 0);
  gtk_widget_add_controller (window, controller);
}
