/* dailies-figures.h: a line of text whose figures change many times a second
 *
 * It asks for the room of the same text with any other figures. So a timecode that runs is painted anew with each frame, where a
 * label would have the whole window laid out anew: that takes time, and has GTK tell the window a motion of the pointer that nobody
 * made, at which a click that is not over yet counts as cancelled.
 *
 * Properties: "text" (string), "ellipsize" (boolean: it may be narrower than its text).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_FIGURES (dailies_figures_get_type ())
G_DECLARE_FINAL_TYPE (DailiesFigures, dailies_figures, DAILIES, FIGURES, GtkWidget)

void        dailies_figures_set_text (DailiesFigures *self,
                                      const char     *text);
const char *dailies_figures_get_text (DailiesFigures *self);

G_END_DECLS
