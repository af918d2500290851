/* dailies-stepper.h: − 1 +: a number between the buttons that change it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @adjustment: (nullable): set one later with gtk_spin_button_set_adjustment()
 * Returns: (transfer floating): a #GtkSpinButton */
GtkWidget *dailies_stepper_new    (GtkAdjustment *adjustment);

/* Makes @spin fit for a form: what is typed and is no number leaves the one before, and the wheel scrolls the form and changes
 * the number only while it has the focus. */
void       dailies_stepper_steady (GtkSpinButton *spin);

G_END_DECLS
