/* dailies-pixel-shape.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-pixel-shape.h"

/* Anamorphic lenses and the video of old make it 2 : 1; that is let through with room. */
#define MOST 8

gboolean
dailies_pixel_shape_is_likely (int n,
                               int d)
{
  return n > 0 && d > 0 && n <= (gint64) MOST * d && d <= (gint64) MOST * n;
}
