/* dailies-slate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-slate.h"

#include <math.h>
#include <pango/pangocairo.h>

/* The slate is part of the picture and stays the same in every language, like a clapper. */
#define SLATE_WORD "practice"

static int
even (double length)
{
  return 2 * (int) ceil (length / 2);
}

static void
round_rectangle (cairo_t *cr,
                 double   x,
                 double   y,
                 double   width,
                 double   height,
                 double   radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* Cairo's pixels are premultiplied and in machine order; a picture takes straight R, G, B, A. */
static DailiesPicture *
picture_from_surface (cairo_surface_t *surface)
{
  int                width = cairo_image_surface_get_width (surface);
  int                height = cairo_image_surface_get_height (surface);
  int                stride = cairo_image_surface_get_stride (surface);
  const guint8      *data;
  g_autofree guint8 *straight = g_malloc ((gsize) width * height * 4);

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 pixel = ((const guint32 *) (gconstpointer) (data + (gsize) y * stride))[x];
        guint   alpha = pixel >> 24;
        guint8 *out = straight + ((gsize) y * width + x) * 4;

        for (int c = 0; c < 3; c++)
          out[c] = alpha > 0 ? MIN (255, ((pixel >> (16 - 8 * c)) & 0xff) * 255 / alpha) : 0;
        out[3] = alpha;
      }

  return dailies_picture_new_from_pixels (straight, width, height, width * 4, 4, TRUE);
}

DailiesPicture *
dailies_slate_new (int frame_height)
{
  double                           size = MAX (frame_height / 46.0, 9);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  g_autoptr (PangoLayout)          layout = NULL;
  cairo_surface_t                 *surface;
  cairo_t                         *cr;
  DailiesPicture                  *picture;
  PangoRectangle                   ink, extents;
  int                              width, height;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, even (size * 12), even (size * 3));
  cr = cairo_create (surface);
  layout = pango_cairo_create_layout (cr);
  pango_font_description_set_family (font, "Inter, Cantarell, DejaVu Sans, sans-serif");
  pango_font_description_set_weight (font, PANGO_WEIGHT_MEDIUM);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, SLATE_WORD, -1);
  pango_layout_get_pixel_extents (layout, &ink, &extents);

  width = even (extents.width + size * 2.2);
  height = even (extents.height + size * 0.7);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  cairo_set_source_rgba (cr, 0.04, 0.04, 0.05, 0.42);
  round_rectangle (cr, 2, 2, width - 4, height - 4, height / 2.0 - 2);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 1.0, 0.78, 0.30, 0.95);
  cairo_arc (cr, size * 0.95, height / 2.0, size * 0.22, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.86);
  cairo_move_to (cr, size * 1.4, (height - extents.height) / 2.0);
  pango_cairo_update_layout (cr, layout);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  picture = picture_from_surface (surface);
  cairo_surface_destroy (surface);

  return picture;
}

static cairo_surface_t *
surface_from_pixbuf (GdkPixbuf *pixbuf)
{
  int              width = gdk_pixbuf_get_width (pixbuf);
  int              height = gdk_pixbuf_get_height (pixbuf);
  int              channels = gdk_pixbuf_get_n_channels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint8          *data = cairo_image_surface_get_data (surface);
  const guint8    *pixels = gdk_pixbuf_read_pixels (pixbuf);

  for (int y = 0; y < height; y++)
    {
      const guint8 *in = pixels + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);
      guint32      *out = (guint32 *) (gpointer) (data + (gsize) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++, in += channels)
        {
          guint32 a = channels == 4 ? in[3] : 255;

          out[x] = a << 24 | (in[0] * a / 255) << 16 | (in[1] * a / 255) << 8 | in[2] * a / 255;
        }
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

DailiesPicture *
dailies_slate_new_card (GdkPixbuf *pixbuf,
                        int        longest,
                        double     angle)
{
  double           scale = (double) longest / MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  int              width = MAX (2, (int) (gdk_pixbuf_get_width (pixbuf) * scale));
  int              height = MAX (2, (int) (gdk_pixbuf_get_height (pixbuf) * scale));
  int              soft = MAX (longest / 16, 4);
  double           turned_width = width * fabs (cos (angle)) + height * fabs (sin (angle));
  double           turned_height = width * fabs (sin (angle)) + height * fabs (cos (angle));
  int              sprite_width = even (turned_width + 6 * soft);
  int              sprite_height = even (turned_height + 6 * soft);
  double           radius = MIN (width, height) * 0.045;
  g_autoptr (GdkPixbuf) scaled = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  cairo_surface_t *image = surface_from_pixbuf (scaled);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sprite_width, sprite_height);
  cairo_t         *cr = cairo_create (surface);
  DailiesPicture  *picture;
  DailiesPlane     shadow = { cairo_image_surface_get_data (surface), sprite_width * 4, sprite_height,
                              cairo_image_surface_get_stride (surface) };
  g_autofree guint8 *blurred = g_malloc0 ((gsize) sprite_width * sprite_height);
  DailiesPlane     cover = { blurred, sprite_width, sprite_height, sprite_width };

  /* The shadow first, as a black shape whose coverage alone is blurred. */
  cairo_translate (cr, sprite_width / 2.0, sprite_height / 2.0 + soft * 0.7);
  cairo_rotate (cr, angle);
  round_rectangle (cr, -width / 2.0, -height / 2.0, width, height, radius);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.62);
  cairo_fill (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < sprite_height; y++)
    for (int x = 0; x < sprite_width; x++)
      blurred[(gsize) y * sprite_width + x] =
        ((const guint32 *) (gconstpointer) (shadow.data + (gsize) y * shadow.stride))[x] >> 24;
  dailies_plane_blur (&cover, MAX (soft / 2, 1));
  for (int y = 0; y < sprite_height; y++)
    for (int x = 0; x < sprite_width; x++)
      ((guint32 *) (gpointer) (shadow.data + (gsize) y * shadow.stride))[x] =
        (guint32) blurred[(gsize) y * sprite_width + x] << 24;
  cairo_surface_mark_dirty (surface);

  cairo_identity_matrix (cr);
  cairo_translate (cr, sprite_width / 2.0, sprite_height / 2.0);
  cairo_rotate (cr, angle);
  round_rectangle (cr, -width / 2.0, -height / 2.0, width, height, radius);
  cairo_set_source_surface (cr, image, -width / 2.0, -height / 2.0);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.55);
  cairo_set_line_width (cr, MAX (longest / 260.0, 1.2));
  cairo_stroke (cr);
  cairo_destroy (cr);
  picture = picture_from_surface (surface);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (image);

  return picture;
}
