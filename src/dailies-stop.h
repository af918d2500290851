/* dailies-stop.h: the end of what plays, whatever it is in the middle of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * dailies_stop:
 * @element: a pipeline, or an element of the caller's
 *
 * Brings @element and all within it to the NULL state, in which alone it may be let go. Returns when its streaming threads are
 * through; so never on one of them.
 */
void dailies_stop (GstElement *element);

G_END_DECLS
