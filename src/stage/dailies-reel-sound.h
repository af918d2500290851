/* dailies-reel-sound.h: the audible half of a side
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-reel-fader.h"

G_BEGIN_DECLS

GstElement *dailies_reel_sound_new (gboolean           with_device,
                                    DailiesReelFader **fader);

G_END_DECLS
