/* dailies-sheet-page.h: drawing the rows of a contact sheet
 *
 * Private to stage/. One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* All lengths in units of the page: points on paper, pixels on a screen. @unit: how many of them a point of writing has. */
typedef struct
{
  cairo_t *cr;
  double   width;
  double   height; /* of a page; 0: as long as it takes */
  double   unit;
  double   margin;
  double   gap;
  gboolean dark;
} DailiesSheetPage;

/* What is written over a row. */
typedef struct
{
  const char *name;
  const char *prompt;   /* (nullable) */
  const char *settings; /* (nullable) */
} DailiesSheetWords;

double dailies_sheet_page_get_cell_width (const DailiesSheetPage  *page,
                                          guint                    columns);
double dailies_sheet_page_draw_title     (const DailiesSheetPage  *page,
                                          double                   y,
                                          const char              *title,
                                          const char              *date);
double dailies_sheet_page_draw_words     (const DailiesSheetPage  *page,
                                          double                   y,
                                          const DailiesSheetWords *words);
void   dailies_sheet_page_draw_frame     (const DailiesSheetPage  *page,
                                          double                   x,
                                          double                   y,
                                          double                   width,
                                          double                   height,
                                          cairo_surface_t         *frame);
double dailies_sheet_page_draw_time      (const DailiesSheetPage  *page,
                                          double                   x,
                                          double                   y,
                                          double                   width,
                                          const char              *time);
void   dailies_sheet_page_draw_ground    (const DailiesSheetPage  *page,
                                          double                   height);

G_END_DECLS
