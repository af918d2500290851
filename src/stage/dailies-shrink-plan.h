/* dailies-shrink-plan.h: 8-bit YUV of any size to BGRA of another size, quickly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* What is known before the first picture: weights, colour matrix, room for rows. A plan may go from thread to thread but
 * is used by one at a time. */
typedef struct _DailiesShrinkPlan DailiesShrinkPlan;

/* @info: format, size, colour matrix, range and chroma site of the pictures to come; strides and offsets do not count.
 * Returns: (transfer full) (nullable): %NULL for what only a GstVideoConverter can do: formats other than planar 8-bit
 * YUV (I420, YV12, Y41B, Y42B, Y444) and NV12/NV21, interlaced pictures, and less than 1/32 of the size */
DailiesShrinkPlan *dailies_shrink_plan_new  (const GstVideoInfo *info,
                                             int                 width,
                                             int                 height);
void               dailies_shrink_plan_free (DailiesShrinkPlan  *self);
/* @planes, @strides: as many as the format has, in its order; strides in bytes.
 * @bgra: height × @bgra_stride bytes, at an even address; alpha becomes 255 */
void               dailies_shrink_plan_run  (DailiesShrinkPlan  *self,
                                             const guint8 *const planes[],
                                             const int           strides[],
                                             guint8             *bgra,
                                             int                 bgra_stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesShrinkPlan, dailies_shrink_plan_free)

G_END_DECLS
