/* dailies-picture-size.h: how large a picture becomes in memory, known before it is decoded
 *
 * A few kilobytes can ask for any amount of pixels. The limits keep one picture within half a gigabyte, whatever its format
 * needs on the way to pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @format: "png", "jpg", "webp" …; @head: the first bytes of the file. Returns: the most pixels that are decoded of it */
gint64   dailies_picture_size_get_most  (const char    *format,
                                         const guint8  *head,
                                         gsize          length);

/* For formats whose readers decode the whole picture before they tell its size; 0 × 0 for all others, where the reader can
 * be asked. FALSE where the first bytes do not say it: such a picture is not to be decoded. */
gboolean dailies_picture_size_read      (const char    *format,
                                         const guint8  *head,
                                         gsize          length,
                                         int           *width,
                                         int           *height);
/* The size in the boxes of an avif or heic picture, in pixels as shown, for systems without a reader of those. */
gboolean dailies_picture_size_read_heif (const guint8  *head,
                                         gsize          length,
                                         int           *width,
                                         int           *height);

/* DAILIES_ERROR_MEDIA: that the picture called @name is larger than @most pixels */
void     dailies_picture_size_set_error (const char    *name,
                                         int            width,
                                         int            height,
                                         gint64         most,
                                         GError       **error);

G_END_DECLS
