/* dailies-gl.h: the GL context that windows are painted with, lent to the stage
 *
 * Main thread. One for the program: all its windows are painted the same way. Chosen at run time: where GTK paints with GL, by EGL, on a
 * real graphics card and GStreamer's elements for GL are there. DAILIES_PICTURES in the environment, "memory" or "card", decides
 * otherwise; "card" is for a card that is only imitated, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-graphics.h"

G_BEGIN_DECLS

/* @native: (nullable): realized. Returns: (transfer none) (nullable): %NULL where pictures are to be made in memory */
DailiesGraphics *dailies_gl_lend     (GtkNative *native);
/* Returns: (transfer full) (nullable): @sample as it lies on the card; %NULL where it is in memory. Holds it while it lives. */
GdkTexture      *dailies_gl_wrap     (GstSample *sample);
/* Returns: (transfer none): for the debug text: where pictures are, and why */
const char      *dailies_gl_describe (void);

G_END_DECLS
