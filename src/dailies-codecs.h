/* dailies-codecs.h: the encoders that this computer has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * dailies_codecs_describe_h264:
 * @width: pixels of the picture
 * @height: likewise
 * @fps: frames a second
 * @error: %DAILIES_ERROR_MEDIA where there is no encoder
 *
 * A clip to look at closely: far better than a screen can show, at about real time. x264 where it is installed, else
 * OpenH264. Any thread; GStreamer must be set up.
 *
 * Returns: (transfer full) (nullable): elements for gst_parse_launch(), from raw I420 frames to what mp4mux takes
 */
char *dailies_codecs_describe_h264 (int      width,
                                    int      height,
                                    double   fps,
                                    GError **error);

/**
 * dailies_codecs_describe_aac:
 * @delay: (out) (optional): samples by which everything is heard later than it went in; players do not know of it
 * @error: %DAILIES_ERROR_MEDIA where there is no encoder
 *
 * Returns: (transfer full) (nullable): elements for gst_parse_launch(), from raw sound to what mp4mux takes
 */
char *dailies_codecs_describe_aac  (guint   *delay,
                                    GError **error);

G_END_DECLS
