/* dailies-jog-threads.h: threads that give way to everything else
 *
 * Private to stage/. A thread that has lowered its priority cannot raise it again without privileges, and GStreamer's own pool
 * lends its threads to the next pipeline. So what works in the background has threads of its own, which end with their work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Lowers the calling thread, for good, and every thread that it starts. */
void dailies_jog_threads_lower (void);
/* Every streaming thread of @pipeline is a lowered one; before its first state change. */
void dailies_jog_threads_use   (GstElement *pipeline);
/* Every streaming thread that tells of its start on @bus from now on lets painting go first, and goes before what is lowered. */
void dailies_jog_threads_yield (GstBus     *bus);

G_END_DECLS
