/* dailies-film-frames.h: small pictures from all over a clip, read one after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_FILM_FRAMES (dailies_film_frames_get_type ())
/* Signal: "changed" (self): there is one more. */
G_DECLARE_FINAL_TYPE (DailiesFilmFrames, dailies_film_frames, DAILIES, FILM_FRAMES, GObject)

/* Begins to read. @aspect: width by height of the clip */
DailiesFilmFrames *dailies_film_frames_new   (GFile             *clip,
                                              double             aspect,
                                              double             seconds);
/* Before it is let go: no more is read. */
void               dailies_film_frames_stop  (DailiesFilmFrames *self);
/* Side by side, each the one that is nearest to its place of those that are there. */
void               dailies_film_frames_paint (DailiesFilmFrames *self,
                                              GtkSnapshot       *snapshot,
                                              double             width,
                                              double             height);

G_END_DECLS
