/* dailies-icons.h: icons that show in a frame which has no time to draw them first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands where something is still being read. It does not move. */
#define DAILIES_ICON_LOADING "content-loading-symbolic"

/**
 * dailies_icons_load:
 * @widget: a realized one, whose display, scale and direction count
 *
 * Draws the spinner's icon and the one for loading. GTK loads the images of a window on threads by itself, but the spinner's only
 * when it is painted: it is a file of SVG, takes 3 to 8 ms, and first shows in the very frame that answers Generate. The other one
 * shows in the frame that answers a drop. To be called when there is nothing to do.
 */
void dailies_icons_load (GtkWidget *widget);

G_END_DECLS
