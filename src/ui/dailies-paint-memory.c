/* dailies-paint-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-paint-memory.h"

#ifdef GDK_WINDOWING_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

#define KEY "dailies-paint-memory"

/* Cairo takes the memory in pieces that hold several pictures, and gives a piece back when it holds none: one that is never
 * painted keeps it. */
static cairo_surface_t *
take (GdkSurface *surface,
      int         width,
      int         height)
{
  Display         *display = GDK_SURFACE_XDISPLAY (surface);
  cairo_surface_t *screen =
    cairo_xlib_surface_create (display,
                               GDK_SURFACE_XID (surface),
                               DefaultVisual (display, DefaultScreen (display)),
                               width,
                               height);
  cairo_surface_t *picture = cairo_surface_create_similar_image (screen, CAIRO_FORMAT_RGB24, width, height);

  cairo_surface_destroy (screen);
  return picture;
}

void
dailies_paint_memory_keep (GtkNative *native)
{
  GdkSurface      *surface = gtk_native_get_surface (native);
  cairo_surface_t *kept;
  int              width, height, scale;

  if (!GDK_IS_X11_SURFACE (surface) || !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    return;

  scale = gdk_surface_get_scale_factor (surface);
  width = gdk_surface_get_width (surface) * scale;
  height = gdk_surface_get_height (surface) * scale;
  kept = g_object_get_data (G_OBJECT (surface), KEY);
  if (kept != NULL && cairo_image_surface_get_width (kept) == width &&
      cairo_image_surface_get_height (kept) == height)
    return;

  /* The old one goes first: its place may do for the new one. */
  g_object_set_data (G_OBJECT (surface), KEY, NULL);
  g_object_set_data_full (
    G_OBJECT (surface), KEY, take (surface, width, height), (GDestroyNotify) cairo_surface_destroy);
}
#else
void
dailies_paint_memory_keep (GtkNative *native)
{
}
#endif
