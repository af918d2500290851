/* dailies-sideways.h: a plain wheel for what lies on its side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @scroller: with a child, and of no height to scroll: GTK would want Shift with the wheel. Downwards is on to the end, on the
 * side where that is; a touchpad moves sideways by itself, and is left to GTK. */
void dailies_sideways_follow_wheel (GtkScrolledWindow *scroller);

G_END_DECLS
