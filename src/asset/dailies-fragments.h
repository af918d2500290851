/* dailies-fragments.h: how long an MP4 in fragments is
 *
 * Recorders and browsers write a clip in fragments, each with a list of its frames, so that little is lost when they end early; what
 * stands at the beginning then tells no length, or that of the first ones. Mirrors the boxes of ISO/IEC 14496-12.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * dailies_fragments_measure:
 * @stream: an MP4 or QuickTime file, open and seekable; its position is changed
 * @cancellable: (nullable)
 *
 * Adds up how long the frames last that the fragments list, without reading the frames. Blocking: for the pool.
 *
 * Returns: seconds of its picture, or of its sound where there is no picture; 0 where it is not in fragments or makes no sense
 */
double dailies_fragments_measure      (GFileInputStream *stream,
                                       GCancellable     *cancellable);
/* Likewise. Returns: ns */
gint64 dailies_fragments_measure_file (GFile            *file);

G_END_DECLS
