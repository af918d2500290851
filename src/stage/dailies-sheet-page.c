/* dailies-sheet-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-sheet-page.h"

#include <pango/pangocairo.h>

#define TITLE_SIZE 15
#define NAME_SIZE 11
#define TEXT_SIZE 8.5
#define TIME_SIZE 6.5

typedef enum
{
  INK_STRONG,
  INK_PLAIN,
  INK_DIM,
} Ink;

static void
set_ink (const DailiesSheetPage *page, Ink ink)
{
  static const double on_dark[] = { 0.96, 0.80, 0.60 };
  static const double on_white[] = { 0.08, 0.25, 0.42 };
  double              value = page->dark ? on_dark[ink] : on_white[ink];

  cairo_set_source_rgb (page->cr, value, value, value);
}

static PangoLayout *
make_layout (const DailiesSheetPage *page, const char *text, double size, PangoWeight weight)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoLayout *layout = pango_cairo_create_layout (page->cr);

  pango_font_description_set_family (font, "Cantarell, Inter, DejaVu Sans, sans-serif");
  pango_font_description_set_weight (font, weight);
  pango_font_description_set_absolute_size (font, size * page->unit * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

/* @width: of the box, pixels of the page. Returns: the height that was used */
static double
show (const DailiesSheetPage *page,
      PangoLayout            *layout,
      double                  x,
      double                  y,
      double                  width,
      PangoAlignment          alignment,
      Ink                     ink)
{
  int height;

  pango_layout_set_width (layout, MAX (1, width) * PANGO_SCALE);
  pango_layout_set_alignment (layout, alignment);
  set_ink (page, ink);
  cairo_move_to (page->cr, x, y);
  pango_cairo_show_layout (page->cr, layout);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

double
dailies_sheet_page_get_cell_width (const DailiesSheetPage *page, guint columns)
{
  return (page->width - 2 * page->margin - (columns - 1) * page->gap) / columns;
}

/* Returns: where to go on below it */
double
dailies_sheet_page_draw_title (const DailiesSheetPage *page,
                               double                  y,
                               const char             *title,
                               const char             *date)
{
  const double width = page->width - 2 * page->margin;
  g_autoptr (PangoLayout) left = make_layout (page, title, TITLE_SIZE, PANGO_WEIGHT_BOLD);
  g_autoptr (PangoLayout) right = make_layout (page, date, TEXT_SIZE, PANGO_WEIGHT_NORMAL);
  double height;
  int    baseline, own;

  height = show (page, left, page->margin, y, width * 0.75, PANGO_ALIGN_LEFT, INK_STRONG);
  baseline = pango_layout_get_baseline (left) / PANGO_SCALE;
  own = pango_layout_get_baseline (right) / PANGO_SCALE;
  show (page,
        right,
        page->margin + width * 0.77,
        y + baseline - own,
        width * 0.23,
        PANGO_ALIGN_RIGHT,
        INK_DIM);

  return y + height + page->gap * 1.5;
}

/* Returns: where to go on below them */
double
dailies_sheet_page_draw_words (const DailiesSheetPage  *page,
                               double                   y,
                               const DailiesSheetWords *words)
{
  const double width = page->width - 2 * page->margin;
  g_autoptr (PangoLayout) name = make_layout (page, words->name, NAME_SIZE, PANGO_WEIGHT_BOLD);
  int baseline = pango_layout_get_baseline (name) / PANGO_SCALE;
  int name_width;

  pango_layout_get_pixel_size (name, &name_width, NULL);
  name_width = MIN (name_width + 1, width * 0.6);
  if (words->settings != NULL)
    {
      g_autoptr (PangoLayout) settings =
        make_layout (page, words->settings, TEXT_SIZE, PANGO_WEIGHT_NORMAL);
      int    own = pango_layout_get_baseline (settings) / PANGO_SCALE;
      double from = page->margin + name_width + 2 * page->gap;

      show (page,
            settings,
            from,
            y + baseline - own,
            page->width - page->margin - from,
            PANGO_ALIGN_RIGHT,
            INK_DIM);
    }
  y += show (page, name, page->margin, y, name_width, PANGO_ALIGN_LEFT, INK_STRONG);

  if (words->prompt != NULL && *words->prompt != '\0')
    {
      g_autoptr (PangoLayout) prompt =
        make_layout (page, words->prompt, TEXT_SIZE, PANGO_WEIGHT_NORMAL);

      /* Two lines of the first paragraph. */
      pango_layout_set_height (prompt, -2);
      y += page->gap * 0.2;
      y += show (page, prompt, page->margin, y, width, PANGO_ALIGN_LEFT, INK_PLAIN);
    }

  return y + page->gap * 0.7;
}

void
dailies_sheet_page_draw_frame (const DailiesSheetPage *page,
                               double                  x,
                               double                  y,
                               double                  width,
                               double                  height,
                               cairo_surface_t        *frame)
{
  cairo_pattern_t *pattern;

  cairo_save (page->cr);
  cairo_translate (page->cr, x, y);
  cairo_scale (page->cr,
               width / cairo_image_surface_get_width (frame),
               height / cairo_image_surface_get_height (frame));
  pattern = cairo_pattern_create_for_surface (frame);
  /* Or the edges would let the paper shine through. */
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_set_source (page->cr, pattern);
  cairo_rectangle (
    page->cr, 0, 0, cairo_image_surface_get_width (frame), cairo_image_surface_get_height (frame));
  cairo_fill (page->cr);
  cairo_pattern_destroy (pattern);
  cairo_restore (page->cr);
}

/* Returns: where to go on below it */
double
dailies_sheet_page_draw_time (const DailiesSheetPage *page,
                              double                  x,
                              double                  y,
                              double                  width,
                              const char             *time)
{
  g_autoptr (PangoLayout) layout = make_layout (page, time, TIME_SIZE, PANGO_WEIGHT_NORMAL);

  y += page->gap * 0.25;

  return y + show (page, layout, x, y, width, PANGO_ALIGN_LEFT, INK_DIM);
}

void
dailies_sheet_page_draw_ground (const DailiesSheetPage *page, double height)
{
  double value = page->dark ? 0.11 : 1;

  cairo_set_source_rgb (page->cr, value, value, value);
  cairo_rectangle (page->cr, 0, 0, page->width, height);
  cairo_fill (page->cr);
}
