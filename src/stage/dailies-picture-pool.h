/* dailies-picture-pool.h: pictures that a decoder goes on reading while they are on their way
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/gstvideopool.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_PICTURE_POOL (dailies_picture_pool_get_type ())
/* A decoder keeps the pictures that later ones refer to, mapped for writing. GStreamer gives such a picture to the next element
 * only as a copy, which at four times 1080p30 takes a tenth of a core. The pictures of this pool are mapped without a lock, so that
 * decoder and reader share the memory: neither writes to what the other reads. */
G_DECLARE_FINAL_TYPE (DailiesPicturePool, dailies_picture_pool, DAILIES, PICTURE_POOL, GstVideoBufferPool)

/* From now on, for the whole process and for ever, what GStreamer allocates in the size of a picture (256 KiB and more) lies in
 * picture memory, asked for by a pool or not. After gst_init(). Any thread, any number of times. */
void           dailies_picture_pool_serve_all (void);
/* Returns: (transfer full) */
GstBufferPool *dailies_picture_pool_new       (void);
/* Answers an allocation query, on the streaming thread, for an element that only reads what it gets, by gst_video_frame_map().
 * Returns: whether the query was fit to be answered */
gboolean       dailies_picture_pool_propose   (GstQuery *query);

G_END_DECLS
