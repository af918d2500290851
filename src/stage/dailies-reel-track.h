/* dailies-reel-track.h: the whole sound of a clip, held in memory
 *
 * Private to stage/. For what plays without a pipeline that decodes: there is nothing to seek in, and nothing to wait for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-types.h"

G_BEGIN_DECLS

typedef struct _DailiesReelTrack DailiesReelTrack;

/* Called on the thread that reads, once it is through. */
typedef void (*DailiesReelTrackFunc) (gpointer data);

DailiesReelTrack *dailies_reel_track_new      (GFile                *clip,
                                               gint64                length,
                                               DailiesReelTrackFunc  func,
                                               gpointer              data);
void              dailies_reel_track_free     (DailiesReelTrack     *self);
gboolean          dailies_reel_track_is_ready (DailiesReelTrack     *self);
void              dailies_reel_track_copy     (DailiesReelTrack     *self,
                                               gint64                at,
                                               gint16               *samples,
                                               guint                 n);

G_END_DECLS
