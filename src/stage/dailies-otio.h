/* dailies-otio.h: cuts stacked for an editing program, as OpenTimelineIO
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_OTIO (dailies_otio_get_type ())
/* One timeline to be written, once: a stack with one track a cut, all beginning at the same moment. What is set after
 * dailies_otio_write_async() does not count. */
G_DECLARE_FINAL_TYPE (DailiesOtio, dailies_otio, DAILIES, OTIO, GObject)

/* @title: of the timeline */
DailiesOtio *dailies_otio_new          (const char           *title);
/* @clip: a local file. @name: "Cut 3". @prompt: (nullable). @picked: the artist chose it; its name says so. @slip: frames of its own
 * rate by which it is used later in its clip. */
void         dailies_otio_add_cut      (DailiesOtio          *self,
                                        GFile                *clip,
                                        const char           *name,
                                        const char           *prompt,
                                        gboolean              picked,
                                        int                   slip);
/* A note on the cut added @cut-th, from 0. @time, @duration: ns of its clip; 0 for a note on one frame. Becomes a marker. */
void         dailies_otio_add_note     (DailiesOtio          *self,
                                        guint                 cut,
                                        gint64                time,
                                        gint64                duration,
                                        const char           *text);
/* ns of the reel, as its range: from the frame of the first cut at @in to the one at @out; -1: the beginning, the end of each */
void         dailies_otio_set_range    (DailiesOtio          *self,
                                        gint64                in,
                                        gint64                out);

/**
 * dailies_otio_write_async:
 * @file: a local file, replaced where it exists; it is there whole or not at all
 *
 * Times are in frames of each clip's own rate, which is read from the clips. Works on the pool.
 */
void         dailies_otio_write_async  (DailiesOtio          *self,
                                        GFile                *file,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* @error: a sentence in %DAILIES_ERROR, or %G_IO_ERROR_CANCELLED */
gboolean     dailies_otio_write_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
