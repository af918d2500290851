/* dailies-thumbnail-paintable.h: a thumbnail that fills its place and is made to measure once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_THUMBNAIL_PAINTABLE (dailies_thumbnail_paintable_get_type ())
/* Has no size of its own: for a GtkPicture that fills. */
G_DECLARE_FINAL_TYPE (DailiesThumbnailPaintable, dailies_thumbnail_paintable, DAILIES, THUMBNAIL_PAINTABLE, GObject)

/**
 * dailies_thumbnail_paintable_new:
 * @pixbuf: kept, never changed
 * @scale: device pixels to an application pixel
 * @max_crop: what share of the picture may be cut off so that it fills its place, 0 to 1. Where more would be, it is shown
 *   whole and lies in the middle.
 *
 * A renderer without a graphics card brings a picture down to the size it is shown at again with each frame; for a well of
 * the form that took more than painting the rest of it. Here it is done when the size changes; where the screen's
 * scale is a fraction, that renderer still has the rest to do.
 */
GdkPaintable *dailies_thumbnail_paintable_new        (GdkPixbuf                 *pixbuf,
                                                      int                        scale,
                                                      double                     max_crop);
GdkPixbuf    *dailies_thumbnail_paintable_get_pixbuf (DailiesThumbnailPaintable *self);
int           dailies_thumbnail_paintable_get_scale  (DailiesThumbnailPaintable *self);

G_END_DECLS
