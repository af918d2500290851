/* draw-samples.c: draws the two pictures behind "Try with Sample Pictures"
 *
 * One rooftop at two hours of the day, so that the way from one to the other is worth a clip. Run in data/samples:
 *
 *   cc -O2 -o /tmp/draw-samples draw-samples.c $(pkg-config --cflags --libs cairo gdk-pixbuf-2.0) -lm && /tmp/draw-samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define WIDTH 1280
#define HEIGHT 720
#define HORIZON 452.0
#define ROOF 590.0

typedef struct
{
  double r, g, b;
} Colour;

/* Everything that differs between the two hours */
typedef struct
{
  gboolean    night;
  Colour      sky[5];      /* from the top down to the horizon */
  Colour      haze;        /* what far houses fade into */
  Colour      house;       /* what near houses are */
  Colour      roof;
  Colour      edge;        /* light along edges that face the sky */
  double      sun_x, sun_y;
  Colour      sun;
} Hour;

static const double sky_stops[5] = { 0, 0.32, 0.62, 0.84, 1 };

static const Hour hours[] = {
  { FALSE,
    { { 0.13, 0.20, 0.38 }, { 0.32, 0.38, 0.56 }, { 0.78, 0.55, 0.52 }, { 0.98, 0.69, 0.43 }, { 1.00, 0.84, 0.58 } },
    { 0.93, 0.62, 0.44 }, { 0.20, 0.13, 0.20 }, { 0.115, 0.075, 0.11 }, { 1.00, 0.74, 0.46 }, 842, 404, { 1.00, 0.86, 0.62 } },
  { TRUE,
    { { 0.025, 0.03, 0.10 }, { 0.07, 0.05, 0.20 }, { 0.22, 0.09, 0.36 }, { 0.52, 0.14, 0.46 }, { 0.86, 0.25, 0.52 } },
    { 0.40, 0.13, 0.42 }, { 0.055, 0.04, 0.13 }, { 0.035, 0.028, 0.075 }, { 0.36, 0.62, 1.00 }, 1010, 132, { 0.90, 0.94, 1.00 } },
};

static guint32 state;

/* The same on every machine: a picture is data, not chance. */
static double
chance (double low,
        double high)
{
  state = state * 1664525u + 1013904223u;

  return low + (high - low) * (state >> 8) / 16777216.0;
}

static Colour
mix (Colour a,
     Colour b,
     double t)
{
  return (Colour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

static void
use (cairo_t *cr,
     Colour   colour,
     double   alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

static void
glow (cairo_t *cr,
      double   x,
      double   y,
      double   radius,
      Colour   colour,
      double   level)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (x, y, 0, x, y, radius);

  for (int i = 0; i <= 8; i++)
    {
      double t = i / 8.0;

      cairo_pattern_add_color_stop_rgba (pattern, t, colour.r, colour.g, colour.b, level * pow (1 - t, 2.2));
    }
  cairo_save (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_ADD);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, x - radius, y - radius, 2 * radius, 2 * radius);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_cloud (cairo_t    *cr,
            const Hour *hour,
            double      y)
{
  double x = chance (-100, WIDTH);
  double length = chance (240, 620);
  double near = y / HORIZON;
  Colour colour = hour->night ? (Colour){ 0.55, 0.25, 0.60 } : mix ((Colour){ 0.95, 0.72, 0.62 }, (Colour){ 1, 0.78, 0.5 }, near);

  for (int i = 0; i < 26; i++)
    {
      double across = chance (-0.5, 0.5);
      double thick = chance (4, 15) * (1 - fabs (across) * 1.4);
      double puff_x = x + across * length;
      double puff_y = y + chance (-6, 6);

      if (thick <= 1)
        continue;
      cairo_save (cr);
      cairo_translate (cr, puff_x, puff_y);
      cairo_scale (cr, chance (60, 130), thick);
      cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);
      cairo_pattern_add_color_stop_rgba (pattern, 0, colour.r, colour.g, colour.b, hour->night ? 0.055 : 0.12);
      cairo_pattern_add_color_stop_rgba (pattern, 1, colour.r, colour.g, colour.b, 0);
      cairo_set_source (cr, pattern);
      cairo_rectangle (cr, -1, -1, 2, 2);
      cairo_fill (cr);
      cairo_pattern_destroy (pattern);
      cairo_restore (cr);
    }
}

static void
draw_sky (cairo_t    *cr,
          const Hour *hour)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, 0, HORIZON);

  for (int i = 0; i < 5; i++)
    cairo_pattern_add_color_stop_rgb (pattern, sky_stops[i], hour->sky[i].r, hour->sky[i].g, hour->sky[i].b);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);

  state = 41;
  for (int i = 0; i < 240; i++)
    {
      double x = chance (0, WIDTH), y = HORIZON * pow (chance (0, 1), 1.6), size = chance (0.5, 1.35);
      double bright = chance (0.15, 0.85) * (1 - y / HORIZON);

      if (!hour->night)
        continue;
      use (cr, (Colour){ 0.9, 0.93, 1 }, bright);
      cairo_arc (cr, x, y, size, 0, 2 * G_PI);
      cairo_fill (cr);
    }

  if (hour->night)
    {
      glow (cr, hour->sun_x, hour->sun_y, 230, (Colour){ 0.35, 0.42, 0.75 }, 0.42);
      use (cr, hour->sun, 0.96);
      cairo_arc (cr, hour->sun_x, hour->sun_y, 29, 0, 2 * G_PI);
      cairo_fill (cr);
      use (cr, (Colour){ 0.70, 0.75, 0.88 }, 0.35);
      cairo_arc (cr, hour->sun_x - 9, hour->sun_y - 6, 7, 0, 2 * G_PI);
      cairo_arc (cr, hour->sun_x + 10, hour->sun_y + 9, 5, 0, 2 * G_PI);
      cairo_fill (cr);
      glow (cr, 640, HORIZON + 40, 700, (Colour){ 0.85, 0.16, 0.55 }, 0.40);
    }
  else
    {
      glow (cr, hour->sun_x, hour->sun_y, 760, (Colour){ 1, 0.42, 0.18 }, 0.30);
      glow (cr, hour->sun_x, hour->sun_y, 240, (Colour){ 1, 0.62, 0.42 }, 0.34);
      use (cr, (Colour){ 1, 0.96, 0.84 }, 1);
      cairo_arc (cr, hour->sun_x, hour->sun_y, 37, 0, 2 * G_PI);
      cairo_fill (cr);
    }

  state = 97;
  for (int i = 0; i < 9; i++)
    draw_cloud (cr, hour, chance (60, HORIZON - 70));
}

static Colour
window_colour (void)
{
  static const Colour lit[] = {
    { 1.00, 0.82, 0.50 }, { 1.00, 0.72, 0.40 }, { 1.00, 0.90, 0.70 }, { 0.60, 0.85, 1.00 }, { 1.00, 0.45, 0.75 },
  };

  return lit[(int) chance (0, 4.99)];
}

static void
draw_windows (cairo_t    *cr,
              const Hour *hour,
              double      x,
              double      top,
              double      width,
              double      depth)
{
  double size = 2.4 + 3.2 * depth;
  double pitch = size * 2.3;

  for (double wy = top + pitch; wy < ROOF + 20; wy += pitch * 1.35)
    for (double wx = x + pitch * 0.7; wx < x + width - size - 2; wx += pitch)
      {
        double lit = chance (0, 1);
        Colour colour = window_colour ();
        double level = chance (0.35, 1);

        if (lit > (hour->night ? 0.36 : 0.07))
          continue;
        use (cr, colour, (hour->night ? 0.85 : 0.5) * level * (0.45 + 0.55 * depth));
        cairo_rectangle (cr, wx, wy, size, size * 1.25);
        cairo_fill (cr);
      }
}

static void
draw_house (cairo_t    *cr,
            const Hour *hour,
            double      x,
            double      width,
            double      height,
            double      depth)
{
  double           top = HORIZON + 60 - height;
  Colour           upper = mix (hour->haze, hour->house, 0.25 + 0.75 * depth);
  Colour           lower = mix (upper, hour->haze, 0.42 * (1 - depth) + 0.10);
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, top, 0, ROOF);

  cairo_pattern_add_color_stop_rgb (pattern, 0, upper.r, upper.g, upper.b);
  cairo_pattern_add_color_stop_rgb (pattern, 1, lower.r, lower.g, lower.b);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, x, top, width, HEIGHT - top);
  cairo_fill (cr);
  if (chance (0, 1) < 0.42)
    {
      cairo_rectangle (cr, x + width * 0.22, top - 13 - 10 * depth, width * 0.5, 30);
      cairo_fill (cr);
    }
  if (chance (0, 1) < 0.36)
    {
      double tip = chance (26, 58);

      cairo_rectangle (cr, x + width * 0.6, top - tip, 1.4 + depth, tip);
      cairo_fill (cr);
      if (hour->night)
        glow (cr, x + width * 0.6 + 1, top - tip, 10, (Colour){ 1, 0.15, 0.2 }, 0.9);
    }
  cairo_pattern_destroy (pattern);

  /* The side towards the light catches it. */
  use (cr, hour->edge, (hour->night ? 0.16 : 0.34) * (0.3 + 0.7 * depth));
  cairo_rectangle (cr, x + width / 2 < hour->sun_x ? x + width - 1.6 : x, top, 1.6, HEIGHT - top);
  cairo_rectangle (cr, x, top, width, 1.2);
  cairo_fill (cr);
  draw_windows (cr, hour, x, top, width, depth);
}

static void
draw_city (cairo_t    *cr,
           const Hour *hour)
{
  for (int row = 0; row < 4; row++)
    {
      double depth = row / 3.0;
      double x = -30;

      state = 700 + 31u * row;
      while (x < WIDTH + 30)
        {
          double width = chance (34, 66) + 44 * depth;
          double middle = 1 - fabs ((x + width / 2) / WIDTH - 0.5) * 1.1;
          double height = (chance (70, 215) + 40 * (1 - depth)) * (0.62 + 0.5 * middle) - 34 * depth;

          /* A gap in front of the sun. */
          if (fabs (x + width / 2 - 842) < 86)
            height *= 0.50;
          draw_house (cr, hour, x, width, height, depth);
          x += width + chance (-6, 10);
        }
      /* Haze lies between the rows. */
      if (row < 3)
        {
          cairo_pattern_t *pattern = cairo_pattern_create_linear (0, HORIZON - 90, 0, ROOF);

          cairo_pattern_add_color_stop_rgba (pattern, 0, hour->haze.r, hour->haze.g, hour->haze.b, 0);
          cairo_pattern_add_color_stop_rgba (pattern, 1, hour->haze.r, hour->haze.g, hour->haze.b, hour->night ? 0.30 : 0.46);
          cairo_set_source (cr, pattern);
          cairo_rectangle (cr, 0, 0, WIDTH, HEIGHT);
          cairo_fill (cr);
          cairo_pattern_destroy (pattern);
        }
    }
}

static void
draw_sign (cairo_t    *cr,
           const Hour *hour,
           double      x,
           double      y,
           double      width,
           double      height,
           Colour      colour)
{
  use (cr, mix (hour->house, (Colour){ 0, 0, 0 }, 0.4), 0.9);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  if (!hour->night)
    {
      use (cr, mix (colour, hour->house, 0.62), 0.9);
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, x + 4, y + 4, width - 8, height - 8);
      cairo_stroke (cr);
      return;
    }

  glow (cr, x + width / 2, y + height / 2, MAX (width, height) * 1.9, colour, 0.50);
  for (int pass = 0; pass < 2; pass++)
    {
      use (cr, pass == 0 ? colour : mix (colour, (Colour){ 1, 1, 1 }, 0.75), pass == 0 ? 0.9 : 1);
      cairo_set_line_width (cr, pass == 0 ? 4 : 1.6);
      cairo_rectangle (cr, x + 4, y + 4, width - 8, height - 8);
      cairo_stroke (cr);
      /* Not a word in any script: bars and rings, as one sees signs from far. */
      for (double at = y + 14; at < y + height - 12; at += 17)
        {
          cairo_move_to (cr, x + 10, at);
          cairo_line_to (cr, x + width - 10, at);
          cairo_stroke (cr);
          cairo_arc (cr, x + width / 2, at + 8, 3.4, 0, 2 * G_PI);
          cairo_stroke (cr);
        }
    }
}

static void
draw_figure (cairo_t    *cr,
             const Hour *hour)
{
  double x = 520, y = ROOF + 34;
  double light = hour->night ? 0.85 : 1;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, 1.16, 1.16);
  for (int pass = 0; pass < 2; pass++)
    {
      /* First a rim of light, shifted towards it, then the silhouette over it. */
      double shift = pass == 0 ? (hour->night ? 2.0 : 2.4) : 0;

      cairo_save (cr);
      cairo_translate (cr, shift, -shift * 0.6);
      use (cr, pass == 0 ? (hour->night ? (Colour){ 1, 0.35, 0.72 } : hour->edge) : (Colour){ 0.05, 0.035, 0.06 },
           pass == 0 ? light : 1);
      /* legs, coat, scarf, head */
      cairo_move_to (cr, -17, 0);
      cairo_line_to (cr, -13, -66);
      cairo_line_to (cr, 14, -66);
      cairo_line_to (cr, 18, 0);
      cairo_line_to (cr, 5, 0);
      cairo_line_to (cr, 1, -52);
      cairo_line_to (cr, -5, 0);
      cairo_close_path (cr);
      cairo_fill (cr);
      cairo_move_to (cr, -15, -138);
      cairo_curve_to (cr, -27, -130, -24, -96, -29, -42);
      cairo_curve_to (cr, -10, -36, 14, -36, 31, -44);
      cairo_curve_to (cr, 24, -94, 28, -130, 15, -138);
      cairo_close_path (cr);
      cairo_fill (cr);
      cairo_move_to (cr, 6, -141);
      cairo_curve_to (cr, -16, -146, -26, -132, -44, -139);
      cairo_curve_to (cr, -58, -145, -66, -158, -88, -150);
      cairo_curve_to (cr, -74, -146, -66, -128, -48, -126);
      cairo_curve_to (cr, -32, -124, -18, -134, 4, -130);
      cairo_close_path (cr);
      cairo_fill (cr);
      cairo_move_to (cr, -6, -134);
      cairo_curve_to (cr, -22, -128, -30, -116, -46, -118);
      cairo_curve_to (cr, -56, -118, -62, -110, -70, -104);
      cairo_curve_to (cr, -56, -102, -48, -104, -40, -106);
      cairo_curve_to (cr, -26, -110, -16, -122, -2, -126);
      cairo_close_path (cr);
      cairo_fill (cr);
      cairo_arc (cr, 0, -153, 14.5, 0, 2 * G_PI);
      cairo_fill (cr);
      cairo_rectangle (cr, -6, -146, 12, 12);
      cairo_fill (cr);
      cairo_restore (cr);
    }
  cairo_restore (cr);
}

static void
draw_tank (cairo_t    *cr,
           const Hour *hour)
{
  use (cr, mix (hour->roof, (Colour){ 0, 0, 0 }, 0.25), 1);
  for (int i = 0; i < 3; i++)
    {
      cairo_rectangle (cr, 1062 + i * 50, 490, 7, 110);
      cairo_fill (cr);
    }
  cairo_rectangle (cr, 1050, 398, 132, 96);
  cairo_fill (cr);
  cairo_move_to (cr, 1042, 400);
  cairo_line_to (cr, 1116, 352);
  cairo_line_to (cr, 1190, 400);
  cairo_close_path (cr);
  cairo_fill (cr);
  use (cr, hour->edge, hour->night ? 0.25 : 0.65);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 1042, 400);
  cairo_line_to (cr, 1116, 352);
  cairo_stroke (cr);
  cairo_rectangle (cr, 1050, 400, 2, 94);
  cairo_fill (cr);
  use (cr, hour->edge, 0.10);
  for (int i = 0; i < 5; i++)
    cairo_rectangle (cr, 1050, 412 + i * 17, 132, 1.5);
  cairo_fill (cr);
}

static void
draw_roof (cairo_t    *cr,
           const Hour *hour)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, ROOF, 0, HEIGHT);
  Colour           lower = mix (hour->roof, (Colour){ 0, 0, 0 }, 0.55);

  cairo_pattern_add_color_stop_rgb (pattern, 0, hour->roof.r * 1.5, hour->roof.g * 1.5, hour->roof.b * 1.5);
  cairo_pattern_add_color_stop_rgb (pattern, 1, lower.r, lower.g, lower.b);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, 0, ROOF, WIDTH, HEIGHT - ROOF);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);

  /* The sky lies on the wet roof. */
  state = 1234;
  for (int i = 0; i < 46; i++)
    {
      double y = ROOF + 6 + pow (chance (0, 1), 1.4) * (HEIGHT - ROOF - 12);
      double near = (y - ROOF) / (HEIGHT - ROOF);
      double x = hour->night ? chance (60, WIDTH - 60) : 842 + chance (-330, 330) * (0.5 + near);
      double length = chance (30, 150) * (0.5 + near);
      Colour colour = hour->night ? (chance (0, 1) < 0.5 ? (Colour){ 1, 0.25, 0.62 } : (Colour){ 0.25, 0.75, 1 })
                                  : (chance (0, 1), hour->edge);

      cairo_save (cr);
      cairo_translate (cr, x, y);
      cairo_scale (cr, length, 1.4 + 3.4 * near);
      glow (cr, 0, 0, 1, colour, hour->night ? 0.20 : 0.26);
      cairo_restore (cr);
    }

  /* Parapet and railing */
  use (cr, mix (hour->roof, (Colour){ 0, 0, 0 }, 0.35), 1);
  cairo_rectangle (cr, 0, ROOF - 7, WIDTH, 11);
  cairo_fill (cr);
  for (int x = 14; x < WIDTH; x += 58)
    cairo_rectangle (cr, x, ROOF - 52, 3, 50);
  cairo_rectangle (cr, 0, ROOF - 53, WIDTH, 3.4);
  cairo_rectangle (cr, 0, ROOF - 31, WIDTH, 2);
  cairo_fill (cr);
  use (cr, hour->edge, hour->night ? 0.30 : 0.62);
  cairo_rectangle (cr, 0, ROOF - 53.6, WIDTH, 1.1);
  cairo_rectangle (cr, 0, ROOF - 7.6, WIDTH, 1.3);
  cairo_fill (cr);
}

static gboolean
save (cairo_surface_t *surface,
      const char      *path,
      GError         **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  guint8               *pixels = gdk_pixbuf_get_pixels (pixbuf);
  const guint8         *data = cairo_image_surface_get_data (surface);
  guint32               noise = 7;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint32 pixel = ((const guint32 *) (gconstpointer) (data + (gsize) y * cairo_image_surface_get_stride (surface)))[x];
        int     grain;

        noise = noise * 1664525u + 1013904223u;
        grain = (int) (noise >> 30) - 2; /* against bands in the sky */
        for (int c = 0; c < 3; c++)
          {
            int value = (int) ((pixel >> (16 - 8 * c)) & 0xff) + grain;

            pixels[(gsize) y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x + c] = CLAMP (value, 0, 255);
          }
      }

  return gdk_pixbuf_save (pixbuf, path, "jpeg", error, "quality", "86", NULL);
}

int
main (void)
{
  static const char *const paths[] = { "start.jpg", "end.jpg" };

  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      const Hour        *hour = &hours[i];
      cairo_surface_t   *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
      cairo_t           *cr = cairo_create (surface);
      g_autoptr (GError) error = NULL;

      draw_sky (cr, hour);
      draw_city (cr, hour);
      draw_sign (cr, hour, 214, 372, 46, 132, (Colour){ 1.0, 0.16, 0.56 });
      draw_sign (cr, hour, 664, 428, 92, 46, (Colour){ 0.15, 0.85, 1.0 });
      draw_sign (cr, hour, 946, 404, 38, 112, (Colour){ 1.0, 0.52, 0.16 });
      if (!hour->night)
        glow (cr, hour->sun_x, hour->sun_y, 330, (Colour){ 1, 0.5, 0.26 }, 0.20);
      draw_tank (cr, hour);
      draw_roof (cr, hour);
      draw_figure (cr, hour);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      if (!save (surface, paths[i], &error))
        g_error ("%s: %s", paths[i], error->message);
      cairo_surface_destroy (surface);
    }

  return 0;
}
