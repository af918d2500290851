/* dailies-stepper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-stepper.h"

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
  /* A letter, or nothing at all, leaves the number before, and is not taken for the least. */
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (spin), GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 0.5);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (spin, "stepper");
  return spin;
}
