/* dailies-luma.h: a clip as small grey pictures, for measuring one clip against another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

/* Every clip is squeezed into the same shape, so that any two can be compared. */
#define DAILIES_LUMA_WIDTH 160
#define DAILIES_LUMA_HEIGHT 90
#define DAILIES_LUMA_BYTES (DAILIES_LUMA_WIDTH * DAILIES_LUMA_HEIGHT)

#define DAILIES_TYPE_LUMA (dailies_luma_get_type ())
/* Decodes in the background, with one thread of the lowest priority, and grows on the creator's main context. About 4 MB for ten
 * seconds; at most 200 MB, five minutes at 30 frames a second: what lies behind is left out.
 * Signal "grown" (self): more frames, or the end, or a failure. */
G_DECLARE_FINAL_TYPE (DailiesLuma, dailies_luma, DAILIES, LUMA, GObject)

/* The same object for the same file, as long as somebody holds it or it is among the last four that were let go. */
DailiesLuma  *dailies_luma_get          (GFile       *file);
/* Forgets those that nobody holds. */
void          dailies_luma_clear        (void);
guint         dailies_luma_get_n_frames (DailiesLuma *self);
/* ns in the clip's own time, from its first frame; rising with @frame */
gint64        dailies_luma_get_time     (DailiesLuma *self,
                                         guint        frame);
const guint8 *dailies_luma_get_pixels   (DailiesLuma *self,
                                         guint        frame);
/* The frame that is shown at @time; -1 where there is none yet, or none any more. */
int           dailies_luma_find         (DailiesLuma *self,
                                         gint64       time);
/* No more frames will come. */
gboolean      dailies_luma_is_complete  (DailiesLuma *self);
/* (nullable): why there are not all */
const GError *dailies_luma_get_error    (DailiesLuma *self);

G_END_DECLS
