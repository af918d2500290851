/* dailies-graphics.h: pictures that stay on the graphics card between the decoder and the window
 *
 * Who paints with GL lends a reel the GL context it paints with. Decoded pictures are then uploaded as they are, or not at all
 * where the decoder leaves them on the card, turned into RGBA there, and scaled by whoever paints; nothing is computed on them
 * here. Without it a reel makes BGRA pictures in memory, at the size of a pane.
 *
 * Any thread. No errors: what cannot be had is %NULL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _DailiesGraphics DailiesGraphics;

/**
 * dailies_graphics_new:
 * @display: of the type "gst.gl.GLDisplay"
 * @application: of the type "gst.gl.app_context": the context that shares its textures with whoever paints
 *
 * Returns: (transfer full) (nullable): %NULL where GStreamer's elements for GL are not installed
 */
DailiesGraphics *dailies_graphics_new   (GstContext      *display,
                                         GstContext      *application);
/* Returns: (transfer full): @self */
DailiesGraphics *dailies_graphics_ref   (DailiesGraphics *self);
/* @self: (transfer full) */
void             dailies_graphics_unref (DailiesGraphics *self);

/* Returns: (transfer floating): a bin that takes what was decoded and gives it upright, RGBA in one GLMemory that the card has
 * finished; it brings the contexts of @self with it, and refuses what has transparency, is larger than 4096 × 4096 pixels or
 * cannot be uploaded */
GstElement      *dailies_graphics_make_converter (DailiesGraphics *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesGraphics, dailies_graphics_unref)

G_END_DECLS
