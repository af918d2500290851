/* dailies-shrink-plan.c
 *
 * Row by row: each plane is blended downwards into one row of its own width, that row is shrunk
 * sideways, and the three rows of the picture's width become one row of BGRA. All rows stay in the
 * processor's nearest cache. Halving, which is what two and four sides on a large screen come to,
 * does the first two in one go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shrink-plan.h"

#include "dailies-shrink-axis.h"
#include "dailies-shrink-rows.h"

/* Beyond, products of 16 bits would lose what can be seen. */
#define MAX_STEP 32

/* Four samples are fetched at once. */
#define FETCHED 4

/* One for luma, one for both chroma planes. */
typedef struct
{
  int               width;
  int               height;
  DailiesShrinkAxis across;
  DailiesShrinkAxis down;
} Grid;

struct _DailiesShrinkPlan
{
  const DailiesShrinkRows *loops;
  DailiesShrinkMatrix      matrix;
  GstVideoFormat           format;
  int                      width;
  int                      height;
  Grid                     luma;
  Grid                     chroma;
  guint16                 *blended; /* a source row, and room to fetch beyond its end */
  guint16                 *fetched;
  guint16                 *rows[3];
  guint8                  *split[2]; /* the planes that NV12 keeps in one */
};

/* --- planning --------------------------------------------------------------------------------- */

static gboolean
is_supported (const GstVideoInfo *info)
{
  switch (GST_VIDEO_INFO_FORMAT (info))
    {
    case GST_VIDEO_FORMAT_I420:
    case GST_VIDEO_FORMAT_YV12:
    case GST_VIDEO_FORMAT_Y41B:
    case GST_VIDEO_FORMAT_Y42B:
    case GST_VIDEO_FORMAT_Y444:
    case GST_VIDEO_FORMAT_NV12:
    case GST_VIDEO_FORMAT_NV21:
      return GST_VIDEO_INFO_INTERLACE_MODE (info) == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;

    default:
      return FALSE;
    }
}

static gboolean
plan_colours (DailiesShrinkMatrix *matrix, const GstVideoInfo *info)
{
  const GstVideoColorimetry *colorimetry = &GST_VIDEO_INFO_COLORIMETRY (info);
  gboolean                   full = colorimetry->range == GST_VIDEO_COLOR_RANGE_0_255;
  double                     kr, kb, kg;
  double                     luma = full ? 8192 : 8192 * 255.0 / 219;
  double                     chroma = full ? 8192 : 8192 * 255.0 / 224;

  if (!gst_video_color_matrix_get_Kr_Kb (colorimetry->matrix, &kr, &kb))
    return FALSE;

  kg = 1 - kr - kb;
  matrix->offset = full ? 0 : 16 << 7;
  matrix->luma = (gint16) (luma + 0.5);
  matrix->v_red = (gint16) (2 * (1 - kr) * chroma + 0.5);
  matrix->u_blue = (gint16) (2 * (1 - kb) * chroma + 0.5);
  matrix->u_green = (gint16) - (2 * (1 - kb) * kb / kg * chroma + 0.5);
  matrix->v_green = (gint16) - (2 * (1 - kr) * kr / kg * chroma + 0.5);

  return TRUE;
}

/* @site: chroma samples lie on the first of the luma samples they stand for, not between them; then
 * the middle of their pixel is not where the middle of the luma pixels is. */
static double
get_shift (gboolean site, int subsampling)
{
  return site ? 0.5 - 0.5 / (1 << subsampling) : 0;
}

static void
plan_grid (Grid *grid, const GstVideoInfo *info, int component, int width, int height)
{
  const GstVideoFormatInfo *format = info->finfo;
  int                       w_sub = GST_VIDEO_FORMAT_INFO_W_SUB (format, component);
  int                       h_sub = GST_VIDEO_FORMAT_INFO_H_SUB (format, component);
  GstVideoChromaSite        site = GST_VIDEO_INFO_CHROMA_SITE (info);

  grid->width = GST_VIDEO_INFO_COMP_WIDTH (info, component);
  grid->height = GST_VIDEO_INFO_COMP_HEIGHT (info, component);
  /* An odd picture has chroma for one pixel more than it shows, so the step comes from the picture.
   */
  dailies_shrink_axis_init (&grid->across,
                            grid->width,
                            width,
                            (double) GST_VIDEO_INFO_WIDTH (info) / width / (1 << w_sub),
                            get_shift (site & GST_VIDEO_CHROMA_SITE_H_COSITED, w_sub),
                            G_MAXUINT16,
                            FETCHED);
  dailies_shrink_axis_init (&grid->down,
                            grid->height,
                            height,
                            (double) GST_VIDEO_INFO_HEIGHT (info) / height / (1 << h_sub),
                            get_shift (site & GST_VIDEO_CHROMA_SITE_V_COSITED, h_sub),
                            256,
                            1);
}

static void
clear_grid (Grid *grid)
{
  dailies_shrink_axis_clear (&grid->across);
  dailies_shrink_axis_clear (&grid->down);
}

DailiesShrinkPlan *
dailies_shrink_plan_new (const GstVideoInfo *info, int width, int height)
{
  DailiesShrinkMatrix matrix;
  DailiesShrinkPlan  *self;
  int                 beyond;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  if (!is_supported (info) || GST_VIDEO_INFO_WIDTH (info) > MAX_STEP * width ||
      GST_VIDEO_INFO_HEIGHT (info) > MAX_STEP * height || !plan_colours (&matrix, info))
    return NULL;

  self = g_new0 (DailiesShrinkPlan, 1);
  self->loops = dailies_shrink_rows_get ();
  self->matrix = matrix;
  self->format = GST_VIDEO_INFO_FORMAT (info);
  self->width = width;
  self->height = height;
  plan_grid (&self->luma, info, GST_VIDEO_COMP_Y, width, height);
  plan_grid (&self->chroma, info, GST_VIDEO_COMP_U, width, height);

  beyond = MAX (self->luma.across.n_taps, self->chroma.across.n_taps);
  self->blended = g_new0 (guint16, MAX (self->luma.width, self->chroma.width) + beyond);
  self->fetched = g_new (guint16, (gsize) FETCHED * width);
  for (int i = 0; i < 3; i++)
    self->rows[i] = g_new (guint16, width);
  if (GST_VIDEO_INFO_N_PLANES (info) == 2)
    for (int i = 0; i < 2; i++)
      self->split[i] = g_malloc ((gsize) self->chroma.width * self->chroma.height);

  return self;
}

void
dailies_shrink_plan_free (DailiesShrinkPlan *self)
{
  clear_grid (&self->luma);
  clear_grid (&self->chroma);
  g_free (self->blended);
  g_free (self->fetched);
  for (int i = 0; i < 3; i++)
    g_free (self->rows[i]);
  for (int i = 0; i < 2; i++)
    g_free (self->split[i]);
  g_free (self);
}

/* --- doing it --------------------------------------------------------------------------------- */

/* Row @y of the picture, still as wide as the plane. */
static void
blend_down (DailiesShrinkPlan *self, const Grid *grid, const guint8 *plane, int stride, int y)
{
  const DailiesShrinkAxis *down = &grid->down;
  const guint16           *weights = down->weights + (gsize) y * down->n_taps;

  for (int tap = 0; tap < down->n_taps; tap += 4)
    {
      const guint8 *rows[4];
      guint16       four[4];

      for (int i = 0; i < 4; i++)
        {
          int row = MIN (down->starts[y] + tap + i, grid->height - 1);

          rows[i] = plane + (gssize) row * stride;
          four[i] = tap + i < down->n_taps ? weights[tap + i] : 0;
        }
      self->loops->blend (rows, four, tap > 0, self->blended, grid->width);
    }
}

static void
shrink_across (DailiesShrinkPlan *self, const Grid *grid, guint16 *out)
{
  const DailiesShrinkAxis *across = &grid->across;

  for (int tap = 0; tap < across->n_taps; tap += FETCHED)
    self->loops->taps (self->blended + tap,
                       across->starts,
                       across->weights + tap,
                       across->n_taps,
                       tap > 0,
                       self->fetched,
                       out,
                       across->n);
}

static void
make_row (DailiesShrinkPlan *self,
          const Grid        *grid,
          const guint8      *plane,
          int                stride,
          int                y,
          guint16           *out)
{
  const guint8 *row = plane + (gssize) grid->down.starts[y] * stride;

  if (grid->across.halves && grid->down.halves)
    {
      self->loops->halve (row, row + stride, out, self->width);
    }
  else if (grid->across.same && grid->down.same && grid->down.fraction == 0)
    {
      self->loops->same (row, out, self->width, grid->across.fraction);
    }
  else
    {
      blend_down (self, grid, plane, stride, y);
      shrink_across (self, grid, out);
    }
}

static void
split_chroma (DailiesShrinkPlan *self, const guint8 *plane, int stride)
{
  gboolean u_first = self->format == GST_VIDEO_FORMAT_NV12;

  for (int y = 0; y < self->chroma.height; y++)
    {
      gsize offset = (gsize) y * self->chroma.width;

      self->loops->split (plane + (gssize) y * stride,
                          self->split[u_first ? 0 : 1] + offset,
                          self->split[u_first ? 1 : 0] + offset,
                          self->chroma.width);
    }
}

void
dailies_shrink_plan_run (DailiesShrinkPlan  *self,
                         const guint8 *const planes[],
                         const int           strides[],
                         guint8             *bgra,
                         int                 bgra_stride)
{
  int           swapped = self->format == GST_VIDEO_FORMAT_YV12;
  const guint8 *u, *v;
  int           u_stride, v_stride;

  if (self->split[0] != NULL)
    {
      split_chroma (self, planes[1], strides[1]);
      u = self->split[0];
      v = self->split[1];
      u_stride = v_stride = self->chroma.width;
    }
  else
    {
      u = planes[swapped ? 2 : 1];
      v = planes[swapped ? 1 : 2];
      u_stride = strides[swapped ? 2 : 1];
      v_stride = strides[swapped ? 1 : 2];
    }

  for (int y = 0; y < self->height; y++)
    {
      make_row (self, &self->luma, planes[0], strides[0], y, self->rows[0]);
      make_row (self, &self->chroma, u, u_stride, y, self->rows[1]);
      make_row (self, &self->chroma, v, v_stride, y, self->rows[2]);
      self->loops->paint (self->rows[0],
                          self->rows[1],
                          self->rows[2],
                          &self->matrix,
                          bgra + (gssize) y * bgra_stride,
                          self->width);
    }
}
