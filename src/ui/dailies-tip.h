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
 * Like gtk_widget_set_tooltip_text(), and free where it says so already: GTK asks the display where the pointer is each time
 * that it is told a tip, and waits for the answer. For whatever is told again with each change. Main thread.
 */
void dailies_tip_set (GtkWidget  *widget,
                      const char *tip);

G_END_DECLS
