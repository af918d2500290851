/* dailies-jog.h: every frame of one clip at hand, for scrubbing and for steps both ways
 *
 * Made in the background from the moment the jog is there: small pictures, each coded for itself (dailies-jog-coder.h says why), in
 * a file without a name in the cache folder, within one budget for the whole program. Until a frame is there, and when there is no
 * room for it, dailies_jog_dup_frame() gives %NULL, and whoever asks seeks in the clip itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-types.h"

G_BEGIN_DECLS

/* What the info of a sample from a jog is called: it is as small as its pane and has been coded once more. */
#define DAILIES_JOG_INFO "dailies-jog"

#define DAILIES_TYPE_JOG (dailies_jog_get_type ())
/* Property "ready" (boolean): every frame is there. Signal "settled" (self): the making has ended, whether or not with every frame.
 * Both are told on the thread-default main context of who made the jog. Methods may be called on any thread. */
G_DECLARE_FINAL_TYPE (DailiesJog, dailies_jog, DAILIES, JOG, GObject)

/* @width, @height: device pixels there are for the picture; 0: as many as it has. */
DailiesJog *dailies_jog_new       (GFile      *file,
                                   int         width,
                                   int         height);
/* What was made stays of use until the other size is there. */
void        dailies_jog_set_size  (DailiesJog *self,
                                   int         width,
                                   int         height);
gboolean    dailies_jog_is_ready  (DailiesJog *self);
/* Every frame is there, and large enough to be played. */
gboolean    dailies_jog_is_playable (DailiesJog *self);
/* Frames are still being made; or will be, in their turn. */
gboolean    dailies_jog_is_being_made (DailiesJog *self);
/* ns from the start of the clip, when its last frame begins; -1 while frames are missing. */
gint64      dailies_jog_get_last  (DailiesJog *self);
/* (transfer full) (nullable): gint64 ns from the start of the clip, when each frame begins; %NULL while frames are missing. */
GArray     *dailies_jog_dup_starts (DailiesJog *self);
/* (transfer full) (nullable): at once the picture that is shown at @time (ns from the start of the clip), BGRA with its video meta;
 * the last one behind the end; %NULL when it is not there. @start: (out) (optional): ns, when that picture begins. */
GstSample  *dailies_jog_dup_frame (DailiesJog *self,
                                   gint64      time,
                                   gint64     *start);

G_END_DECLS
