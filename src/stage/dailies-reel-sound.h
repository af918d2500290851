/* dailies-reel-sound.h: the audible half of a side
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstElement *dailies_reel_sound_new (gboolean     with_device,
                                    GstElement **volume);

G_END_DECLS
