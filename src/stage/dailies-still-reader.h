/* dailies-still-reader.h: the frames of a clip, one after another, each exactly as it is shown
 *
 * Private to stage/. Frames are counted as the reel counts them, see dailies-reel-grid.h. All functions block; a reader
 * is used by one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-reel-grid.h"
#include "dailies-types.h"

G_BEGIN_DECLS

typedef struct _DailiesStillReader DailiesStillReader;

DailiesStillReader *dailies_still_reader_open      (GFile              *clip,
                                                    const char         *format,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
void                dailies_still_reader_free      (DailiesStillReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesStillReader, dailies_still_reader_free)

const DailiesReelGrid *dailies_still_reader_get_grid (DailiesStillReader *self);
gboolean            dailies_still_reader_measure   (DailiesStillReader *self,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
gint64              dailies_still_reader_get_duration (DailiesStillReader *self);
gboolean            dailies_still_reader_has_sound (DailiesStillReader *self);
void                dailies_still_reader_get_size  (DailiesStillReader *self,
                                                    int                *width,
                                                    int                *height);
void                dailies_still_reader_set_size  (DailiesStillReader *self,
                                                    int                 width,
                                                    int                 height);
gboolean            dailies_still_reader_start     (DailiesStillReader *self,
                                                    gint64              time,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
GstSample          *dailies_still_reader_advance   (DailiesStillReader *self,
                                                    gint64              time,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
gboolean            dailies_still_reader_is_over   (DailiesStillReader *self,
                                                    gint64              time);
gint64              dailies_still_reader_get_time  (DailiesStillReader *self);
GstSample          *dailies_still_reader_read      (DailiesStillReader *self,
                                                    gint64              time,
                                                    GCancellable       *cancellable,
                                                    GError            **error);
gint64              dailies_still_reader_find_last (DailiesStillReader *self,
                                                    GCancellable       *cancellable,
                                                    GError            **error);

G_END_DECLS
