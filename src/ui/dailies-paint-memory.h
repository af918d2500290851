/* dailies-paint-memory.h: the memory through which cairo hands what is painted to the X server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * dailies_paint_memory_keep:
 * @native: a window that is on screen and will be painted many times a second
 *
 * Cairo takes memory that it shares with the X server for every painting, and gives it back after it: the kernel then clears
 * and maps each page anew, on both sides, which at 1920×1080 costs more than the painting. From now on that memory stays
 * for as long as @native has its surface: about the size of the window. Does nothing where it is not cairo that paints, there is
 * no X server, or it shares no memory. Main thread; cheap when called again for the same size.
 */
void dailies_paint_memory_keep (GtkNative *native);

G_END_DECLS
