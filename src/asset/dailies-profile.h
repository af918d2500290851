/* dailies-profile.h: the colour profile of a picture, taken along into another file
 *
 * Private to asset/. GdkPixbuf tells the profile of what it reads, but loses it when it turns a picture, cannot write it into a PNG,
 * and reads past its end where it writes a long one into a JPEG. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the profile of @pixbuf as it was read, before anything is done to it; %NULL where there is none,
 * or none of what is red, green and blue, which its pixels are */
GBytes *dailies_profile_read       (GdkPixbuf *pixbuf);

/* @file: a whole PNG or JPEG without a profile. Returns: (transfer full): the same with @profile; what is neither as it was */
GBytes *dailies_profile_write_png  (GBytes    *file,
                                    GBytes    *profile);
GBytes *dailies_profile_write_jpeg (GBytes    *file,
                                    GBytes    *profile);

G_END_DECLS
