/* dailies-seek.h: going to a moment of a clip that is read as fast as it comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * dailies_seek_exactly:
 * @sink: an appsink, playing or on its way there
 * @time: ns in the clip; the beginning where it is less than 0
 *
 * What the sink holds is dropped; the next sample is the one that covers @time. Any thread.
 *
 * Returns: whether the clip can do that
 */
gboolean dailies_seek_exactly (GstElement *sink,
                               gint64      time);

G_END_DECLS
