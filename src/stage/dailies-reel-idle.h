/* dailies-reel-idle.h: whether a source has given up without a word
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* How long a source must have been idle to be given up, µs */
#define DAILIES_REEL_IDLE_PATIENCE (G_TIME_SPAN_SECOND / 2)

gboolean dailies_reel_idle_check (GstElement *source);

G_END_DECLS
