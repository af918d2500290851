/* dailies-slate.h: what the renderer draws with cairo: the slate in the corner and picture cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-picture.h"

G_BEGIN_DECLS

/* The word "practice" on a dark pill, so that nobody takes a practice clip for a generated one.
 * @frame_height: of the clip, which decides the size
 * Returns: (transfer full): a sprite */
DailiesPicture *dailies_slate_new      (int             frame_height);

/* @pixbuf as a print lying on the frame: rounded, turned by @angle radians, with a soft shadow.
 * @longest: the longer side of the print in pixels; the sprite is larger by its shadow
 * Returns: (transfer full): a sprite */
DailiesPicture *dailies_slate_new_card (GdkPixbuf      *pixbuf,
                                        int             longest,
                                        double          angle);

G_END_DECLS
