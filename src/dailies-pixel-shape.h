/* dailies-pixel-shape.h: pixels that are not square
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @n : @d: how wide a pixel is to how high, as a clip tells it. Any thread.
 *
 * Returns: whether a picture can be shown so. Writers leave out what they do not know, and readers make a −1/1 of that; and a
 * thousand to one would be a picture of one row. Such pixels are taken as square. */
gboolean dailies_pixel_shape_is_likely (int n,
                                        int d);

G_END_DECLS
