/* dailies-export-label.c: words on a side, drawn once and blended into every frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <pango/pangocairo.h>

#include "dailies-export-canvas.h"

/* @planes: brightness and the two colours, already multiplied with @alphas; [0] has all pixels, [1]
 * and [2] a quarter of them */
struct _DailiesExportLabel
{
  DailiesExportArea area;
  guint8           *planes[3];
  guint8           *alphas[3];
};

typedef struct
{
  double size;   /* of the letters, pixels */
  double margin; /* to the edge of the side */
  double inset;  /* of the letters in their box */
} Measures;

static Measures
measure (const DailiesExportArea *cell)
{
  Measures measures;

  measures.size = CLAMP (MIN (cell->height / 24.0, cell->width / 20.0), 9, 64);
  measures.margin = measures.size * 0.8;
  measures.inset = measures.size * 0.5;

  return measures;
}

static PangoLayout *
make_layout (cairo_t *cr, const char *text, const Measures *measures, double width)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoLayout *layout = pango_cairo_create_layout (cr);

  pango_font_description_set_family (font, "Cantarell, Inter, DejaVu Sans, sans-serif");
  pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  pango_font_description_set_absolute_size (font, measures->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (1, width) * PANGO_SCALE);

  return layout;
}

static void
round_rectangle (cairo_t *cr, double width, double height, double radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, width - radius, radius, radius, -G_PI_2, 0);
  cairo_arc (cr, width - radius, height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, radius, height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, radius, radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static int
even_up (double pixels)
{
  return 2 * (int) ceil (pixels / 2);
}

/* Returns: (transfer full): white words in a dark box */
static cairo_surface_t *
draw (const char *text, const DailiesExportArea *cell, const Measures *measures)
{
  g_autoptr (PangoLayout) layout = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  int              words, line;
  double           width, height;

  layout =
    make_layout (cr, text, measures, cell->width - 2 * (measures->margin + measures->inset) - 2);
  pango_layout_get_pixel_size (layout, &words, &line);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  width = even_up (words + 2 * measures->inset);
  height = even_up (line + measures->inset);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  round_rectangle (cr, width, height, measures->inset * 0.8);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.62);
  cairo_fill (cr);
  cairo_move_to (cr, measures->inset, (height - line) / 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  pango_cairo_update_layout (cr, layout);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* One pixel of cairo's, multiplied with its alpha already, in BT.709. */
static void
to_yuv (guint32 pixel, double *out)
{
  double alpha = (pixel >> 24) / 255.0;
  double red = pixel >> 16 & 0xff;
  double green = pixel >> 8 & 0xff;
  double blue = pixel & 0xff;

  out[0] = 16 * alpha + 0.1826 * red + 0.6142 * green + 0.0620 * blue;
  out[1] = 128 * alpha - 0.1006 * red - 0.3386 * green + 0.4392 * blue;
  out[2] = 128 * alpha + 0.4392 * red - 0.3989 * green - 0.0403 * blue;
  out[3] = 255 * alpha;
}

static void
convert (DailiesExportLabel *self, cairo_surface_t *surface)
{
  const int     width = self->area.width;
  const int     stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);

  for (int p = 0; p < 3; p++)
    {
      const int step = p == 0 ? 1 : 2;
      const int columns = width / step;

      self->planes[p] = g_malloc0 ((gsize) columns * (self->area.height / step));
      self->alphas[p] = g_malloc0 ((gsize) columns * (self->area.height / step));
      for (int y = 0; y < self->area.height / step; y++)
        for (int x = 0; x < columns; x++)
          {
            double sum[2] = { 0, 0 };

            for (int i = 0; i < step * step; i++)
              {
                const guint32 *row =
                  (gconstpointer) (data + (gsize) (y * step + i / step) * stride);
                double yuv[4];

                to_yuv (row[x * step + i % step], yuv);
                sum[0] += yuv[p];
                sum[1] += yuv[3];
              }
            self->planes[p][y * columns + x] = sum[0] / (step * step) + 0.5;
            self->alphas[p][y * columns + x] = sum[1] / (step * step) + 0.5;
          }
    }
}

/**
 * dailies_export_label_new:
 * @text: one line; made shorter where it does not fit
 * @cell: what belongs to the side
 * @right: at its right edge instead of the left
 * @bottom: at its bottom edge instead of the top
 *
 * Returns: (transfer full) (nullable): %NULL where there is no room for words
 */
DailiesExportLabel *
dailies_export_label_new (const char              *text,
                          const DailiesExportArea *cell,
                          gboolean                 right,
                          gboolean                 bottom)
{
  const Measures      measures = measure (cell);
  cairo_surface_t    *surface = draw (text, cell, &measures);
  const int           width = cairo_image_surface_get_width (surface);
  const int           height = cairo_image_surface_get_height (surface);
  const int           margin = even_up (measures.margin);
  DailiesExportLabel *self = NULL;

  if (width + 2 * margin <= cell->width && height + 2 * margin <= cell->height)
    {
      self = g_new0 (DailiesExportLabel, 1);
      self->area.width = width;
      self->area.height = height;
      self->area.x = right ? cell->x + cell->width - margin - width : cell->x + margin;
      self->area.y = bottom ? cell->y + cell->height - margin - height : cell->y + margin;
      convert (self, surface);
    }
  cairo_surface_destroy (surface);

  return self;
}

void
dailies_export_label_free (DailiesExportLabel *self)
{
  if (self == NULL)
    return;

  for (int p = 0; p < 3; p++)
    {
      g_free (self->planes[p]);
      g_free (self->alphas[p]);
    }
  g_free (self);
}

void
dailies_export_label_draw (const DailiesExportLabel *self, GstVideoFrame *to)
{
  for (int p = 0; p < 3; p++)
    {
      const int half = p > 0 ? 1 : 0;
      const int width = self->area.width >> half;

      for (int y = 0; y < self->area.height >> half; y++)
        {
          guint8 *out =
            (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (to, p) +
            (gsize) ((self->area.y >> half) + y) * GST_VIDEO_FRAME_PLANE_STRIDE (to, p) +
            (self->area.x >> half);
          const guint8 *plane = self->planes[p] + (gsize) y * width;
          const guint8 *alpha = self->alphas[p] + (gsize) y * width;

          for (int x = 0; x < width; x++)
            out[x] = plane[x] + (out[x] * (255 - alpha[x]) + 127) / 255;
        }
    }
}
