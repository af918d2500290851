/* dailies-frame-paintable.h: paints the newest frame of one side, without a copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_FRAME_PAINTABLE (dailies_frame_paintable_get_type ())
G_DECLARE_FINAL_TYPE (DailiesFramePaintable, dailies_frame_paintable, DAILIES, FRAME_PAINTABLE, GObject)

DailiesFramePaintable *dailies_frame_paintable_new         (void);
void                   dailies_frame_paintable_set_size    (DailiesFramePaintable *self,
                                                            int                    width,
                                                            int                    height);
void                   dailies_frame_paintable_set_frame   (DailiesFramePaintable *self,
                                                            GstSample             *sample);
void                   dailies_frame_paintable_set_surface (DailiesFramePaintable *self,
                                                            cairo_surface_t       *surface);
cairo_surface_t       *dailies_frame_paintable_dup_surface (DailiesFramePaintable *self);
GdkTexture            *dailies_frame_paintable_get_texture (DailiesFramePaintable *self);

G_END_DECLS
