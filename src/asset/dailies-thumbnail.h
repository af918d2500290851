/* dailies-thumbnail.h: a small picture of a clip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/**
 * dailies_thumbnail_fit:
 * @width: (inout): pixels
 * @height: (inout): pixels
 * @longest: what the longer side may have
 *
 * Makes a size smaller where it is too large, in the same shape, never below 1 pixel.
 */
void       dailies_thumbnail_fit        (int           *width,
                                         int           *height,
                                         int            longest);

/**
 * dailies_thumbnail_of_video:
 * @uri: a local file:
 * @seconds: its length; a frame at a tenth of it is taken, past the fade-in that many clips begin with
 * @width: pixels as shown
 * @height: pixels as shown
 * @longest: pixels of the longer side of the result
 * @cancellable: (nullable)
 *
 * Blocking, a few seconds at most: for the pool.
 *
 * Returns: (transfer full) (nullable): %NULL where no frame could be decoded
 */
GdkPixbuf *dailies_thumbnail_of_video   (const char    *uri,
                                         double         seconds,
                                         int            width,
                                         int            height,
                                         int            longest,
                                         GCancellable  *cancellable);

G_END_DECLS
