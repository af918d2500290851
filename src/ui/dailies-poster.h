/* dailies-poster.h: a still picture from a file, read off the main thread and cropped to fill its place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_POSTER (dailies_poster_get_type ())
/* Property: "file" (GFile, nullable). What cannot be read stays black. Media surfaces are black in both schemes. */
G_DECLARE_FINAL_TYPE (DailiesPoster, dailies_poster, DAILIES, POSTER, GtkWidget)

GtkWidget    *dailies_poster_new           (void);
void          dailies_poster_set_file      (DailiesPoster *self,
                                            GFile         *file);
/* (nullable) (transfer none): what is shown, for the picture under the pointer while dragging */
GdkPaintable *dailies_poster_get_paintable (DailiesPoster *self);

G_END_DECLS
