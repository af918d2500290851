/* dailies-reel-gap.h: keeps from the reel what a demuxer says of times in which a stream has nothing
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* @source: a bin that demuxes, before it is started */
void dailies_reel_gap_guard (GstElement *source);

G_END_DECLS
