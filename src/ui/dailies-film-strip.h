/* dailies-film-strip.h: a clip as a strip of its frames, with the part that is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-trim-range.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_FILM_STRIP (dailies_film_strip_get_type ())
/* Runs from left to right in every language: it is media. The ends of the range are dragged, what lies between them is dragged as a
 * whole, and a click shows what is there. By keyboard: arrows step, with Shift by ten, Page Up and Down by a second; Home and
 * End go to the ends of the range, with Ctrl to those of the clip.
 * Signals: "scrub" (self, int frame): show that one; "step" (self, int frames): go on by so many;
 * "range-changed" (self): the artist has moved it. */
G_DECLARE_FINAL_TYPE (DailiesFilmStrip, dailies_film_strip, DAILIES, FILM_STRIP, GtkWidget)

GtkWidget              *dailies_film_strip_new          (void);
/* Reads the frames to show, one after the other, until it is disposed. Once.
 * @clip: a local file; @aspect: its width by its height */
void                    dailies_film_strip_set_clip     (DailiesFilmStrip       *self,
                                                         GFile                  *clip,
                                                         double                  aspect,
                                                         double                  fps);
void                    dailies_film_strip_set_range    (DailiesFilmStrip       *self,
                                                         const DailiesTrimRange *range);
const DailiesTrimRange *dailies_film_strip_get_range    (DailiesFilmStrip       *self);
/* The frame that is shown above it. */
void                    dailies_film_strip_set_position (DailiesFilmStrip       *self,
                                                         int                     frame);
int                     dailies_film_strip_get_position (DailiesFilmStrip       *self);
/* An end of the range at @frame. */
void                    dailies_film_strip_mark_in      (DailiesFilmStrip       *self,
                                                         int                     frame);
void                    dailies_film_strip_mark_out     (DailiesFilmStrip       *self,
                                                         int                     frame);

G_END_DECLS
