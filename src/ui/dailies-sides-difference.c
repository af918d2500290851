/* dailies-sides-difference.c: |A − B|, made brighter
 *
 * Computed on the main loop where the picture is painted, once for each pair of frames: what is on the screen is then
 * always of the frames that the timecodes name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

/* Bytes at a time: a loop of fixed length, over memory that does not overlap, is one that the compiler turns into vector
 * code. */
#define BLOCK 64
/* The gain is counted in sixteenths. */
#define GAIN_UNIT 16

/* --- one picture in the pixels of another ----------------------------------------------------- */

/* @from_place and @place: where the two lie in the pane. Where @from has nothing there is black. */
static cairo_surface_t *
fit (cairo_surface_t       *from,
     const graphene_rect_t *from_place,
     int                    width,
     int                    height,
     const graphene_rect_t *place)
{
  cairo_surface_t *to = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (to);
  double           across = width / place->size.width;
  double           down = height / place->size.height;
  double           to_width = from_place->size.width * across;
  double           to_height = from_place->size.height * down;

  cairo_translate (cr,
                   (from_place->origin.x - place->origin.x) * across,
                   (from_place->origin.y - place->origin.y) * down);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, 0, 0, to_width, to_height);
  cairo_scale (cr,
               to_width / cairo_image_surface_get_width (from),
               to_height / cairo_image_surface_get_height (from));
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (to);

  return to;
}

/* --- the difference --------------------------------------------------------------------------- */

static guint8
subtract_byte (guint8  a,
               guint8  b,
               guint16 gain)
{
  guint8  apart = (guint8) (MAX (a, b) - MIN (a, b));
  guint16 bright = (guint16) ((guint16) (apart * gain) / GAIN_UNIT);

  return (guint8) MIN (bright, 255);
}

static void
subtract_block (guint8 *restrict       to,
                const guint8 *restrict a,
                const guint8 *restrict b,
                guint16                gain)
{
  for (int i = 0; i < BLOCK; i++)
    to[i] = subtract_byte (a[i], b[i], gain);
}

static void
subtract_row (guint8       *to,
              const guint8 *a,
              const guint8 *b,
              int           n_pixels,
              guint16       gain)
{
  int n_bytes = n_pixels * 4;
  int i;

  for (i = 0; i + BLOCK <= n_bytes; i += BLOCK)
    subtract_block (to + i, a + i, b + i, gain);
  for (; i < n_bytes; i++)
    to[i] = subtract_byte (a[i], b[i], gain);
  for (guint32 *pixel = (guint32 *) to; pixel < (guint32 *) to + n_pixels; pixel++)
    *pixel |= 0xff000000;
}

/* (transfer full): as large as both */
static cairo_surface_t *
subtract (cairo_surface_t *a,
          cairo_surface_t *b,
          double           gain)
{
  int              width = cairo_image_surface_get_width (a);
  int              height = cairo_image_surface_get_height (a);
  cairo_surface_t *to = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  const guint8    *a_row = cairo_image_surface_get_data (a);
  const guint8    *b_row = cairo_image_surface_get_data (b);
  guint8          *to_row = cairo_image_surface_get_data (to);
  guint16          sixteenths = (guint16) CLAMP (gain * GAIN_UNIT, GAIN_UNIT, 16 * GAIN_UNIT);

  for (int y = 0; y < height; y++)
    {
      subtract_row (to_row, a_row, b_row, width, sixteenths);
      a_row += cairo_image_surface_get_stride (a);
      b_row += cairo_image_surface_get_stride (b);
      to_row += cairo_image_surface_get_stride (to);
    }
  cairo_surface_mark_dirty (to);

  return to;
}

static void
make_difference (DailiesSides *self)
{
  DailiesSidesLook whole = { 1, 0.5, 0.5 };
  graphene_rect_t  places[2];
  cairo_surface_t *a = dailies_frame_paintable_dup_surface (self->sides[0].paintable);
  cairo_surface_t *b = dailies_frame_paintable_dup_surface (self->sides[1].paintable);
  cairo_surface_t *made;
  int              width = cairo_image_surface_get_width (a);
  int              height = cairo_image_surface_get_height (a);

  for (guint i = 0; i < 2; i++)
    places[i] =
      dailies_sides_layout_place (&self->sides[i].area, dailies_sides_get_aspect (self, i), &whole);
  if (width != cairo_image_surface_get_width (b) || height != cairo_image_surface_get_height (b) ||
      !graphene_rect_equal (&places[0], &places[1]))
    {
      cairo_surface_t *fitted = fit (b, &places[1], width, height, &places[0]);

      cairo_surface_destroy (b);
      b = fitted;
    }
  made = subtract (a, b, self->gain);
  dailies_frame_paintable_set_surface (self->difference, made);
  cairo_surface_destroy (made);
  cairo_surface_destroy (b);
  cairo_surface_destroy (a);
}

DailiesFramePaintable *
dailies_sides_get_difference (DailiesSides *self)
{
  GdkTexture *a = dailies_frame_paintable_get_texture (self->sides[0].paintable);
  GdkTexture *b = dailies_frame_paintable_get_texture (self->sides[1].paintable);

  if (a == NULL || b == NULL)
    return NULL;
  if (self->made_from[0] == a && self->made_from[1] == b && self->made_with == self->gain)
    return self->difference;

  g_set_object (&self->made_from[0], a);
  g_set_object (&self->made_from[1], b);
  self->made_with = self->gain;
  make_difference (self);

  return self->difference;
}
