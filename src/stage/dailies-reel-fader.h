/* dailies-reel-fader.h: a volume that never clicks
 *
 * Private to stage/. An audio filter whose gain moves to a new value in a short straight line, sample by sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/audio/gstaudiofilter.h>

G_BEGIN_DECLS

/* ms from silence to full level. Long enough not to be heard as a click, short enough to be heard as at once. */
#define DAILIES_REEL_FADE_MS 15

#define DAILIES_TYPE_REEL_FADER (dailies_reel_fader_get_type ())
G_DECLARE_FINAL_TYPE (DailiesReelFader, dailies_reel_fader, DAILIES, REEL_FADER, GstAudioFilter)

GstElement *dailies_reel_fader_new      (void);
void        dailies_reel_fader_set_gain (DailiesReelFader *self,
                                         double            gain);

G_END_DECLS
