/* dailies-sideways.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sideways.h"

#include <math.h>

static gboolean
is_wheel (GtkEventControllerScroll *scroll)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (scroll));

  return gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL && device != NULL &&
         gdk_device_get_source (device) != GDK_SOURCE_TOUCHPAD;
}

/* As far with one notch as GTK goes. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           GtkScrolledWindow        *scroller)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (scroller);
  double way = dy * pow (gtk_adjustment_get_page_size (adjustment), 2.0 / 3.0);

  if (dy == 0 || !is_wheel (scroll))
    return GDK_EVENT_PROPAGATE;

  if (gtk_widget_get_direction (GTK_WIDGET (scroller)) == GTK_TEXT_DIR_RTL)
    way = -way;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + way);
  return GDK_EVENT_STOP;
}

/* On the child, which hears of it before the scrolled window makes something of its own of it. */
void
dailies_sideways_follow_wheel (GtkScrolledWindow *scroller)
{
  GtkEventController *wheel;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  g_signal_connect (wheel, "scroll", G_CALLBACK (scroll_cb), scroller);
  gtk_widget_add_controller (gtk_scrolled_window_get_child (scroller), wheel);
}
