/* dailies-jog-coder.h: a clip, decoded once from end to end, every frame of it small and coded for itself
 *
 * Private to stage/. For the maker's thread; blocks.
 *
 * Why JPEG and not bare pictures, measured with 300 frames of 1080p at 960×540, 2 cores, software only: coded frames take 19 MB at
 * quality 85 (bare I420: 233 MB, which the system also writes to disk), coding adds 0.3 ms a frame to the 8–13 ms of decoding and
 * scaling on a busy machine, decoding one takes 1.1 ms. Four sides are then read in less time than one bare frame needs to be painted, and ten
 * minutes of looking at cuts leave no gigabytes behind in the page cache.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* The most pixels a jog picture has. */
#define DAILIES_JOG_CODER_PIXELS (1280 * 720)

typedef struct _DailiesJogCoder DailiesJogCoder;

DailiesJogCoder *dailies_jog_coder_new      (GFile              *file,
                                             int                 max_width,
                                             int                 max_height,
                                             guint64             room);
void             dailies_jog_coder_free     (DailiesJogCoder    *self);
GstBuffer       *dailies_jog_coder_next     (DailiesJogCoder    *self,
                                             GCancellable       *cancellable,
                                             gint64             *time,
                                             GError            **error);
gboolean         dailies_jog_coder_get_info (DailiesJogCoder    *self,
                                             GstVideoInfo       *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJogCoder, dailies_jog_coder_free)

G_END_DECLS
