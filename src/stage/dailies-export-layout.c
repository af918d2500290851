/* dailies-export-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-export-layout.h"

#include <math.h>

static int
even (double pixels)
{
  return MAX (2, 2 * (int) (pixels / 2 + 0.5));
}

/* As large as fits into @cell, in the middle, in the shape of @clip. */
static DailiesExportArea
fit (const DailiesExportArea *cell, const DailiesExportArea *clip)
{
  double scale = MIN ((double) cell->width / clip->width, (double) cell->height / clip->height);
  DailiesExportArea area;

  area.width = MIN (even (clip->width * scale), cell->width);
  area.height = MIN (even (clip->height * scale), cell->height);
  /* A hair of rounding is no border. */
  if (cell->width - area.width <= 2)
    area.width = cell->width;
  if (cell->height - area.height <= 2)
    area.height = cell->height;
  area.x = cell->x + (cell->width - area.width) / 4 * 2;
  area.y = cell->y + (cell->height - area.height) / 4 * 2;

  return area;
}

/* One row, all of the same height. */
static void
lay_row (DailiesExportLayout *self, const DailiesExportArea *clips)
{
  double height = 0;
  double width = 0;
  int    x = 0;

  for (guint i = 0; i < self->n_sides; i++)
    height = MAX (height, clips[i].height);
  for (guint i = 0; i < self->n_sides; i++)
    width += clips[i].width * height / clips[i].height;
  height *=
    MIN (1, MIN (DAILIES_EXPORT_MAX_WIDTH / width, (double) DAILIES_EXPORT_MAX_HEIGHT / height));

  self->height = even (height);
  for (guint i = 0; i < self->n_sides; i++)
    {
      DailiesExportArea *cell = &self->cells[i];

      cell->x = x;
      cell->y = 0;
      cell->width = even (clips[i].width * height / clips[i].height);
      cell->height = self->height;
      self->frames[i] = *cell;
      x += cell->width;
    }
  self->width = x;
}

/* Cells of one size, @columns in a row. */
static void
lay_cells (DailiesExportLayout *self, const DailiesExportArea *clips, guint columns, guint rows)
{
  double width = 0;
  double height = 0;
  double scale;

  for (guint i = 0; i < self->n_sides; i++)
    {
      width = MAX (width, clips[i].width);
      height = MAX (height, clips[i].height);
    }
  scale = MIN (1,
               MIN (DAILIES_EXPORT_MAX_WIDTH / (width * columns),
                    DAILIES_EXPORT_MAX_HEIGHT / (height * rows)));

  for (guint i = 0; i < self->n_sides; i++)
    {
      DailiesExportArea *cell = &self->cells[i];

      cell->width = even (width * scale);
      cell->height = even (height * scale);
      cell->x = cell->width * (i % columns);
      cell->y = cell->height * (i / columns);
      self->frames[i] = fit (cell, &clips[i]);
    }
  self->width = self->cells[0].width * columns;
  self->height = self->cells[0].height * rows;
}

/**
 * dailies_export_layout_compute:
 * @clips: the size of each side as shown; their places are not looked at
 */
void
dailies_export_layout_compute (DailiesExportLayout     *self,
                               DailiesExportMode        mode,
                               guint                    n_sides,
                               const DailiesExportArea *clips)
{
  self->n_sides = n_sides;
  if (mode == DAILIES_EXPORT_WIPE)
    {
      /* All in the one cell. */
      lay_cells (self, clips, 1, 1);
      for (guint i = 1; i < n_sides; i++)
        {
          self->cells[i] = self->cells[0];
          self->frames[i] = fit (&self->cells[i], &clips[i]);
        }
    }
  else if (mode == DAILIES_EXPORT_GRID && n_sides > 2)
    lay_cells (self, clips, 2, 2);
  else
    lay_row (self, clips);
}

/* One side, which fills all of it. */
void
dailies_export_layout_set_size (DailiesExportLayout *self, int width, int height)
{
  self->width = width;
  self->height = height;
  self->cells[0] = self->frames[0] = (DailiesExportArea){ 0, 0, width, height };
}

/* Whether the frames leave nothing free. */
gboolean
dailies_export_layout_is_covered (const DailiesExportLayout *self)
{
  gint64 pixels = 0;

  for (guint i = 0; i < self->n_sides; i++)
    {
      const DailiesExportArea *frame = &self->frames[i];
      const DailiesExportArea *cell = &self->cells[i];

      if (frame->width != cell->width || frame->height != cell->height)
        return FALSE;
      pixels += (gint64) cell->width * cell->height;
    }

  return pixels >= (gint64) self->width * self->height;
}

/**
 * dailies_export_layout_wipe:
 * @angle: degrees clockwise; at 0 the line stands upright with the first side on its left, at 90 it
 *   lies with the first side above it
 * @position: 0 … 1, how far the line is across the picture; at 1 only the first side is seen
 * @first: (out): as many as the picture has rows
 * @second: (out): likewise
 * @line: (out): likewise: the line itself
 */
void
dailies_export_layout_wipe (const DailiesExportLayout *self,
                            double                     angle,
                            double                     position,
                            DailiesExportSpan         *first,
                            DailiesExportSpan         *second,
                            DailiesExportSpan         *line)
{
  const double c = cos (angle * G_PI / 180);
  const double s = sin (angle * G_PI / 180);
  const double extent = (fabs (c) * self->width + fabs (s) * self->height) / 2;
  const double threshold = (2 * position - 1) * extent;
  const double half_line = MAX (1, self->height / 720.0);

  for (int y = 0; y < self->height; y++)
    {
      /* The first side is where x · c < rest. */
      double rest = threshold - (y + 0.5 - self->height / 2.0) * s + self->width / 2.0 * c;

      if (fabs (c) < 1e-6)
        {
          int split = rest > 0 ? self->width : 0;

          first[y] = (DailiesExportSpan){ 0, split };
          second[y] = (DailiesExportSpan){ split, self->width };
          line[y] = (DailiesExportSpan){ 0, fabs (rest) < half_line ? self->width : 0 };
        }
      else
        {
          double x = rest / c;
          int    split = CLAMP ((int) floor (x + 0.5), 0, self->width);
          double reach = half_line / fabs (c);

          first[y] = (DailiesExportSpan){ c > 0 ? 0 : split, c > 0 ? split : self->width };
          second[y] = (DailiesExportSpan){ c > 0 ? split : 0, c > 0 ? self->width : split };
          line[y].begin = CLAMP (floor (x - reach + 0.5), 0, self->width);
          line[y].end = CLAMP (floor (x + reach + 0.5), 0, self->width);
        }
    }
}
