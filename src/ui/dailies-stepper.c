/* dailies-stepper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-stepper.h"

/* The number hears the wheel by a controller of its own. */
static void
focus_moved_cb (GtkEventControllerFocus *focus,
                GParamSpec              *pspec,
                GtkWidget               *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);
  gboolean contained = gtk_event_controller_focus_contains_focus (focus);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, contained ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
    }
}

void
dailies_stepper_steady (GtkSpinButton *spin)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (GTK_IS_SPIN_BUTTON (spin));

  /* Not "numeric": the first letter over a selection would leave nothing of the number, and nothing would be the least one. */
  gtk_spin_button_set_update_policy (spin, GTK_UPDATE_IF_VALID);
  g_signal_connect (focus, "notify::contains-focus", G_CALLBACK (focus_moved_cb), spin);
  focus_moved_cb (GTK_EVENT_CONTROLLER_FOCUS (focus), NULL, GTK_WIDGET (spin));
  gtk_widget_add_controller (GTK_WIDGET (spin), focus);
}

GtkWidget *
dailies_stepper_new (GtkAdjustment *adjustment)
{
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1, 0);

  /* GTK puts both buttons behind the number, where minus and plus are easily mistaken for one another. */
  for (GtkWidget *child = gtk_widget_get_first_child (spin); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "down"))
      {
        gtk_widget_insert_after (child, spin, NULL);
        break;
      }
  dailies_stepper_steady (GTK_SPIN_BUTTON (spin));
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 0.5);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (spin, "stepper");
  return spin;
}
