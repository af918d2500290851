/* dailies-jog-scale.h: I420 pictures to smaller I420 pictures, as the player's own scaler makes them smaller
 *
 * Private to stage/. Through the loops of dailies-shrink-rows.h, so that the pictures lie exactly where the played ones do:
 * those of GStreamer's own scaler are off by up to a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_JOG_SCALE (dailies_jog_scale_get_type ())
/* The size that is asked for downstream is made. */
G_DECLARE_FINAL_TYPE (DailiesJogScale, dailies_jog_scale, DAILIES, JOG_SCALE, GstVideoFilter)

/* Returns: (transfer floating) */
GstElement *dailies_jog_scale_new (void);

G_END_DECLS
