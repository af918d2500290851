/* dailies-decoders.h: GStreamer's plug-ins, brought in before they are needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * dailies_decoders_load:
 *
 * Loads what the usual clips are probed and played with. Takes from tens of milliseconds to a second: for any thread but the
 * main one. GStreamer must be initialized. The second call does nothing; one that comes while another thread is at it waits.
 *
 * While a library is mapped and bound, nobody else in the process can start a thread, and the main loop starts some with many
 * a frame: Pango does for fonts. The decoders of FFmpeg bring a hundred libraries along. Opened in one go they hold everybody
 * up for 40 ms, and for longer where they come from a slow disk; here they are opened one by one, each behind what it needs.
 */
void dailies_decoders_load (void);

G_END_DECLS
