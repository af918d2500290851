/* dailies-jog-coder.h: a clip, decoded once from end to end, every frame of it small and coded for itself
 *
 * Private to stage/. For the maker's thread; blocks.
 *
 * Why JPEG and not bare pictures, measured with 300 frames of 1080p at 960×540 on 2 busy cores: coded frames take 19 MB at quality 85
 * (bare I420: 233 MB, which the system also writes to disk), coding adds about 0.4 ms a frame to decoding and scaling, reading one back,
 * as far as the picture in BGRA, takes 2.5–3.5 ms. Looking at many cuts leaves no gigabytes behind in the page cache.
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
