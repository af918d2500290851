/* dailies-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-picture.h"

#include <math.h>
#include <string.h>

/* Everything here runs once per frame over every sample, so the inner loops are plain counted loops over
 * restrict pointers without calls: the compiler turns them into vector code. */

DailiesPicture *
dailies_picture_new (int      width,
                     int      height,
                     gboolean with_alpha)
{
  DailiesPicture *self;
  gsize           luma = (gsize) width * height;
  gsize           chroma = luma / 4;
  guint8         *at;

  g_return_val_if_fail (width > 0 && width % 2 == 0, NULL);
  g_return_val_if_fail (height > 0 && height % 2 == 0, NULL);

  self = g_new0 (DailiesPicture, 1);
  self->width = width;
  self->height = height;
  self->memory = at = g_malloc0 (with_alpha ? 2 * luma + 3 * chroma : luma + 2 * chroma);

  for (int p = 0; p < (with_alpha ? DAILIES_N_PLANES : DAILIES_PLANE_ALPHA); p++)
    {
      gboolean full = p == DAILIES_PLANE_Y || p == DAILIES_PLANE_ALPHA;
      int      w = full ? width : width / 2;
      int      h = full ? height : height / 2;

      self->planes[p] = (DailiesPlane){ at, w, h, w };
      if (p < DAILIES_PLANE_ALPHA)
        memset (at, p == DAILIES_PLANE_Y ? 16 : 128, (gsize) w * h);
      at += (gsize) w * h;
    }

  return self;
}

void
dailies_picture_free (DailiesPicture *self)
{
  if (self == NULL)
    return;

  g_free (self->memory);
  g_free (self);
}

static inline guint8
clamp_byte (int value)
{
  return CLAMP (value, 0, 255);
}

/* Two lines of pixels become two lines of luma and one of chroma. */
static void
convert_line_pair (DailiesPicture *self,
                   const guint8   *pixels,
                   int             stride,
                   int             channels,
                   int             line)
{
  for (int x = 0; x < self->width; x += 2)
    {
      int sum[4] = { 0, 0, 0, 0 };

      for (int k = 0; k < 4; k++)
        {
          int           cx = x + (k & 1);
          int           cy = line + (k >> 1);
          const guint8 *p = pixels + (gsize) cy * stride + (gsize) cx * channels;
          int           alpha = channels == 4 ? p[3] : 255;
          gsize         at = (gsize) cy * self->width + cx;
          gboolean      keep = self->planes[DAILIES_PLANE_ALPHA].data != NULL;
          int           r = keep ? p[0] : p[0] * alpha / 255;
          int           g = keep ? p[1] : p[1] * alpha / 255;
          int           b = keep ? p[2] : p[2] * alpha / 255;
          int           weight = keep ? alpha : 255;

          self->planes[DAILIES_PLANE_Y].data[at] = 16 + ((47 * r + 157 * g + 16 * b + 128) >> 8);
          if (keep)
            self->planes[DAILIES_PLANE_ALPHA].data[at] = alpha;
          sum[0] += r * weight;
          sum[1] += g * weight;
          sum[2] += b * weight;
          sum[3] += weight;
        }

      if (sum[3] > 0)
        {
          int   r = sum[0] / sum[3];
          int   g = sum[1] / sum[3];
          int   b = sum[2] / sum[3];
          gsize at = (gsize) (line / 2) * (self->width / 2) + x / 2;

          self->planes[DAILIES_PLANE_U].data[at] = clamp_byte (128 + ((-26 * r - 87 * g + 112 * b + 128) >> 8));
          self->planes[DAILIES_PLANE_V].data[at] = clamp_byte (128 + ((112 * r - 102 * g - 10 * b + 128) >> 8));
          if (self->planes[DAILIES_PLANE_ALPHA_HALF].data != NULL)
            self->planes[DAILIES_PLANE_ALPHA_HALF].data[at] = sum[3] / 4;
        }
    }
}

DailiesPicture *
dailies_picture_new_from_pixels (const guint8 *pixels,
                                 int           width,
                                 int           height,
                                 int           stride,
                                 int           channels,
                                 gboolean      with_alpha)
{
  DailiesPicture *self = dailies_picture_new (width, height, with_alpha);

  g_return_val_if_fail (channels == 3 || channels == 4, self);

  for (int y = 0; y < height; y += 2)
    convert_line_pair (self, pixels, stride, channels, y);

  return self;
}

DailiesPicture *
dailies_picture_new_cover (GdkPixbuf *pixbuf,
                           int        width,
                           int        height)
{
  int    source_width = gdk_pixbuf_get_width (pixbuf);
  int    source_height = gdk_pixbuf_get_height (pixbuf);
  double scale = MAX ((double) width / source_width, (double) height / source_height);
  g_autoptr (GdkPixbuf) cut = gdk_pixbuf_new (GDK_COLORSPACE_RGB, gdk_pixbuf_get_has_alpha (pixbuf), 8,
                                              width, height);

  gdk_pixbuf_scale (pixbuf, cut, 0, 0, width, height,
                    (width - source_width * scale) / 2, (height - source_height * scale) / 2,
                    scale, scale, GDK_INTERP_BILINEAR);

  return dailies_picture_new_from_pixels (gdk_pixbuf_read_pixels (cut), width, height,
                                          gdk_pixbuf_get_rowstride (cut),
                                          gdk_pixbuf_get_n_channels (cut), FALSE);
}

/* Where one line or column of the destination comes from: sample @at and its right neighbour, whose share
 * is @share of 256. */
typedef struct
{
  gint32  at;
  guint32 share;
} Tap;

static int
mirror (int at,
        int length)
{
  int period = 2 * length - 2;

  if (length == 1)
    return 0;

  at %= period;
  if (at < 0)
    at += period;

  return at < length ? at : period - at;
}

static void
make_taps (Tap   *taps,
           int    n,
           double first,
           double step)
{
  for (int i = 0; i < n; i++)
    {
      double position = first + (i + 0.5) * step - 0.5;
      double whole = floor (position);

      taps[i].at = (gint32) whole;
      taps[i].share = (guint32) ((position - whole) * 256.0);
    }
}

/* One line of the source between lines @a and @b, 8 more bits deep. */
static void
mix_lines (guint16      *restrict out,
           const guint8 *restrict a,
           const guint8 *restrict b,
           int           n,
           int           share)
{
  guint16 first = (guint16) (256 - share);
  guint16 second = (guint16) share;

  for (int i = 0; i < n; i++)
    out[i] = (guint16) (a[i] * first + b[i] * second);
}

static void
pick_samples (guint8        *restrict out,
              const guint16 *restrict line,
              const Tap     *restrict taps,
              int            n)
{
  for (int i = 0; i < n; i++)
    {
      const guint16 *from = line + taps[i].at;

      out[i] = (guint8) ((from[0] * (256 - taps[i].share) + from[1] * taps[i].share + 32768) >> 16);
    }
}

static void
sample_plane (const DailiesPlane *dest,
              const DailiesPlane *source,
              DailiesWindow       window)
{
  g_autofree Tap     *columns = g_new (Tap, dest->width);
  g_autofree Tap     *rows = g_new (Tap, dest->height);
  g_autofree guint16 *memory = NULL;
  guint16            *line;
  int                 before, after;

  make_taps (columns, dest->width, window.x, window.step);
  make_taps (rows, dest->height, window.y, window.step);
  before = MAX (0, -columns[0].at);
  after = MAX (0, columns[dest->width - 1].at + 2 - source->width);
  memory = g_new (guint16, before + source->width + after);
  line = memory + before;

  for (int y = 0; y < dest->height; y++)
    {
      const guint8 *a = source->data + (gsize) mirror (rows[y].at, source->height) * source->stride;
      const guint8 *b = source->data + (gsize) mirror (rows[y].at + 1, source->height) * source->stride;

      mix_lines (line, a, b, source->width, (int) rows[y].share);
      for (int i = 1; i <= before; i++)
        line[-i] = line[mirror (-i, source->width)];
      for (int i = 0; i < after; i++)
        line[source->width + i] = line[mirror (source->width + i, source->width)];
      pick_samples (dest->data + (gsize) y * dest->stride, line, columns, dest->width);
    }
}

void
dailies_picture_sample (DailiesPicture       *dest,
                        const DailiesPicture *source,
                        DailiesWindow         window)
{
  DailiesWindow half = { window.x / 2, window.y / 2, window.step };

  for (int p = 0; p < DAILIES_N_PLANES; p++)
    if (dest->planes[p].data != NULL && source->planes[p].data != NULL)
      sample_plane (&dest->planes[p], &source->planes[p],
                    p == DAILIES_PLANE_Y || p == DAILIES_PLANE_ALPHA ? window : half);
}

static void
lay_line (guint8       *restrict dest,
          const guint8 *restrict sprite,
          const guint8 *restrict alpha,
          int           n,
          int           opacity)
{
  for (int i = 0; i < n; i++)
    {
      int cover = (alpha[i] * opacity + 128) >> 8;

      cover += cover >> 7;
      dest[i] = (guint8) (dest[i] + (((sprite[i] - dest[i]) * cover) >> 8));
    }
}

void
dailies_picture_draw (DailiesPicture       *dest,
                      const DailiesPicture *sprite,
                      double                x,
                      double                y,
                      double                scale,
                      double                opacity)
{
  /* The box is even so that luma and chroma cover the same ground. */
  int           left = 2 * (int) floor ((x - sprite->width * scale / 2) / 2);
  int           top = 2 * (int) floor ((y - sprite->height * scale / 2) / 2);
  int           right = 2 * (int) ceil ((x + sprite->width * scale / 2) / 2);
  int           bottom = 2 * (int) ceil ((y + sprite->height * scale / 2) / 2);
  int           level = (int) (CLAMP (opacity, 0.0, 1.0) * 256);
  DailiesWindow window;
  g_autoptr (DailiesPicture) piece = NULL;

  left = MAX (left, 0);
  top = MAX (top, 0);
  right = MIN (right, dest->width);
  bottom = MIN (bottom, dest->height);
  if (left >= right || top >= bottom || level == 0)
    return;

  window.step = 1 / scale;
  window.x = (left - (x - sprite->width * scale / 2)) * window.step;
  window.y = (top - (y - sprite->height * scale / 2)) * window.step;
  piece = dailies_picture_new (right - left, bottom - top, TRUE);
  dailies_picture_sample (piece, sprite, window);

  for (int p = DAILIES_PLANE_Y; p <= DAILIES_PLANE_V; p++)
    {
      gboolean            full = p == DAILIES_PLANE_Y;
      const DailiesPlane *from = &piece->planes[p];
      const DailiesPlane *alpha = &piece->planes[full ? DAILIES_PLANE_ALPHA : DAILIES_PLANE_ALPHA_HALF];
      const DailiesPlane *to = &dest->planes[p];
      int                 at_x = full ? left : left / 2;
      int                 at_y = full ? top : top / 2;

      for (int line = 0; line < from->height; line++)
        lay_line (to->data + (gsize) (at_y + line) * to->stride + at_x,
                  from->data + (gsize) line * from->stride,
                  alpha->data + (gsize) line * alpha->stride, from->width, level);
    }
}

static void
dissolve_line (guint8       *restrict dest,
               const guint8 *restrict over,
               const guint8 *restrict key,
               int           n,
               gint16        threshold)
{
  for (int i = 0; i < n; i++)
    {
      gint16 weight = (gint16) (threshold - key[i]);

      weight = weight < 0 ? 0 : weight > 256 ? 256 : weight;
      dest[i] = (guint8) (dest[i] + (((over[i] - dest[i]) * weight) >> 8));
    }
}

void
dailies_picture_dissolve (DailiesPicture       *dest,
                          const DailiesPicture *over,
                          const DailiesPlane   *key,
                          const DailiesPlane   *key_half,
                          int                   threshold)
{
  for (int p = DAILIES_PLANE_Y; p <= DAILIES_PLANE_V; p++)
    {
      const DailiesPlane *by = p == DAILIES_PLANE_Y ? key : key_half;

      for (int y = 0; y < dest->planes[p].height; y++)
        dissolve_line (dest->planes[p].data + (gsize) y * dest->planes[p].stride,
                       over->planes[p].data + (gsize) y * over->planes[p].stride,
                       by->data + (gsize) y * by->stride, dest->planes[p].width, (gint16) threshold);
    }
}

static void
blur_run (guint8 *samples,
          gsize   apart,
          int     n,
          int     radius,
          guint8 *copy)
{
  int sum = 0;
  int span = 2 * radius + 1;

  for (int i = 0; i < n; i++)
    copy[i] = samples[i * apart];
  for (int i = -radius; i <= radius; i++)
    sum += copy[CLAMP (i, 0, n - 1)];
  for (int i = 0; i < n; i++)
    {
      samples[i * apart] = (guint8) ((sum + radius) / span);
      sum += copy[MIN (i + radius + 1, n - 1)] - copy[MAX (i - radius, 0)];
    }
}

void
dailies_plane_blur (const DailiesPlane *plane,
                    int                 radius)
{
  g_autofree guint8 *copy = g_malloc (MAX (plane->width, plane->height));

  for (int pass = 0; pass < 3; pass++)
    {
      for (int y = 0; y < plane->height; y++)
        blur_run (plane->data + (gsize) y * plane->stride, 1, plane->width, radius, copy);
      for (int x = 0; x < plane->width; x++)
        blur_run (plane->data + x, (gsize) plane->stride, plane->height, radius, copy);
    }
}

void
dailies_picture_blur (DailiesPicture *self,
                      int             radius)
{
  for (int p = 0; p < DAILIES_N_PLANES; p++)
    if (self->planes[p].data != NULL)
      dailies_plane_blur (&self->planes[p],
                          p == DAILIES_PLANE_Y || p == DAILIES_PLANE_ALPHA ? radius : MAX (radius / 2, 1));
}
