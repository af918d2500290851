/* dailies-tip.h: the words that appear where the pointer rests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dailies_tip_set:
 * @tip: (nullable): translated, no markup
 *
 * For what changes while the artist works; where the words stay, gtk_widget_set_tooltip_text() does the same. GTK asks the display
 * where the pointer is each time that it is told a tip, and waits for the answer; here it is asked only where the pointer is on the
 * widget. Main thread.
 */
void        dailies_tip_set (GtkWidget  *widget,
                             const char *tip);

/* (transfer none) (nullable): the tip of a widget, however it was set */
const char *dailies_tip_get (GtkWidget  *widget);

G_END_DECLS
