/* dailies-clicks.h: no click in a window gets lost, however short
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dailies_clicks_keep (GtkWidget *window);

G_END_DECLS
