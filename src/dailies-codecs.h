/* dailies-codecs.h: the encoders that this computer has, and faults of what decodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DailiesCodecsCare:
 * @DAILIES_CODECS_FINE: a clip to look at closely: far better than a screen can show, at about real time
 * @DAILIES_CODECS_QUICK: a clip to be had soon
 */
typedef enum
{
  DAILIES_CODECS_FINE,
  DAILIES_CODECS_QUICK,
} DailiesCodecsCare;

/**
 * dailies_codecs_describe_h264:
 * @width: pixels of the picture
 * @height: likewise
 * @fps: frames a second
 * @error: %DAILIES_ERROR_MEDIA where there is no encoder
 *
 * x264 where it is installed, else OpenH264; the same frames give the same clip. Any thread; GStreamer must be set up.
 *
 * Returns: (transfer full) (nullable): elements for gst_parse_launch(), from raw I420 frames to what mp4mux takes
 */
char *dailies_codecs_describe_h264 (DailiesCodecsCare   care,
                                    int                 width,
                                    int                 height,
                                    double              fps,
                                    GError            **error);

/**
 * dailies_codecs_describe_aac:
 * @delay: (out) (optional): samples by which everything is heard later than it went in; players do not know of it
 * @error: %DAILIES_ERROR_MEDIA where there is no encoder
 *
 * Returns: (transfer full) (nullable): elements for gst_parse_launch(), from raw sound to what mp4mux takes
 */
char *dailies_codecs_describe_aac  (guint   *delay,
                                    GError **error);

/**
 * dailies_codecs_mend_faults:
 *
 * Keeps the decoders of gst-libav from ending the program at a clip of a kind of picture that GStreamer has no name for, and since
 * 1.24 at one whose size is no multiple of 16 (but for old kinds of decoders that need the buffers of others); has what an H.264 or H.265 stream says of its colours go before what its container
 * says; and has WebM with alpha and AVI of raw pictures come as they are. Before the first clip is decoded, in any thread, as
 * often as one likes; GStreamer must be set up.
 */
void  dailies_codecs_mend_faults (void);

/**
 * dailies_codecs_make_exact:
 * @source: a bin in which a file will be demuxed, before it does
 *
 * Seeks in it show the frame that was asked for in an MP4 of fragments as well, which in exchange may not know beforehand how long
 * it is.
 */
void  dailies_codecs_make_exact (GstElement *source);

/**
 * dailies_codecs_has_fragments:
 * @source: a bin in which a file is demuxed, with all its streams exposed
 *
 * Returns: whether it is an MP4 in fragments, which may be longer than it says
 */
gboolean dailies_codecs_has_fragments (GstElement *source);

/* Likewise. Returns: whether it is MPEG-TS, in which a seek lands anywhere, and from there times are counted anew */
gboolean dailies_codecs_is_transport_stream (GstElement *source);

/* Likewise. Returns: whether the length that it tells is true. That of MPEG-TS and of Matroska may be guessed from what was read,
 * and of an MP4 in fragments it may be that of the first ones. */
gboolean dailies_codecs_knows_length (GstElement *source);

G_END_DECLS
