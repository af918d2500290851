/* dailies-icons.h: the icon that style sheets show, drawn before it is needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dailies_icons_load:
 * @widget: a realized one, whose display, scale and direction count
 *
 * Draws the spinner's icon. GTK loads the images of a window on threads by itself, but that one only when it is painted: it is a
 * file of SVG, takes 3 to 8 ms, and first shows in the very frame that answers Generate. To be called when there is nothing to do.
 */
void dailies_icons_load (GtkWidget *widget);

G_END_DECLS
