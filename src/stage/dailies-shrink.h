/* dailies-shrink.h: pictures of any kind and size to BGRA at the size of a pane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_SHRINK (dailies_shrink_get_type ())
/* Takes the place of "videoconvertscale n-threads=1 alpha-mode=set": what comes out is opaque BGRA in memory, of the size
 * and pixel aspect ratio that is asked for downstream. 8-bit YUV goes through a DailiesShrinkPlan, everything else
 * through GStreamer's own converter. Crop metadata is followed. */
G_DECLARE_FINAL_TYPE (DailiesShrink, dailies_shrink, DAILIES, SHRINK, GstVideoFilter)

/* Returns: (transfer floating) */
GstElement *dailies_shrink_new      (void);
/* Makes "dailiesshrink" known to descriptions of pipelines. Any thread, any number of times. */
void        dailies_shrink_register (void);

G_END_DECLS
