/* dailies-grade.c: lays a look on frames: tone curve, split toning, vignette and a drifting light
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-look.h"

#include <math.h>

struct _DailiesGrade
{
  DailiesLook look;
  int         width;
  int         height;
  guint16    *vignette; /* 256 is full light; one per luma sample */
  gint16     *glow_x;   /* the light's profile along the two axes, 256 at its middle */
  gint16     *glow_y;
  guint8      curve[256];
};

DailiesGrade *
dailies_grade_new (const DailiesLook *look,
                   int                width,
                   int                height)
{
  DailiesGrade *self = g_new0 (DailiesGrade, 1);

  self->look = *look;
  self->width = width;
  self->height = height;
  self->vignette = g_new (guint16, (gsize) width * height);
  self->glow_x = g_new (gint16, width);
  self->glow_y = g_new (gint16, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double dx = 2.0 * x / width - 1;
        double dy = 2.0 * y / height - 1;
        double far = dailies_ease ((dx * dx + dy * dy) / 2.0);

        self->vignette[(gsize) y * width + x] = (guint16) lrint (256 * (1 - look->vignette * far));
      }

  return self;
}

void
dailies_grade_free (DailiesGrade *self)
{
  if (self == NULL)
    return;

  g_free (self->vignette);
  g_free (self->glow_x);
  g_free (self->glow_y);
  g_free (self);
}

static void
make_curve (DailiesGrade *self,
            double        strength)
{
  double contrast = 1 + (self->look.contrast - 1) * strength;
  double exposure = 1 + (self->look.exposure - 1) * strength;

  for (int i = 0; i < 256; i++)
    {
      double in = CLAMP ((i - 16) / 219.0, 0.0, 1.0);
      /* An S around the middle grey that keeps black and white where they are, then the shoulder. */
      double out = pow (in, 1 / exposure);

      out = out < 0.45 ? 0.45 * pow (out / 0.45, contrast) : 1 - 0.55 * pow ((1 - out) / 0.55, contrast);
      out = 219 * out + self->look.lift * strength * (1 - in) * (1 - in);
      self->curve[i] = (guint8) lrint (CLAMP (16 + out, 16, 235));
    }
}

static void
make_profile (gint16 *profile,
              int     n,
              double  middle,
              double  spread)
{
  for (int i = 0; i < n; i++)
    {
      double d = ((i + 0.5) / n - middle) / spread;

      profile[i] = (gint16) lrint (256 * exp (-d * d));
    }
}

static void
curve_line (guint8       *restrict line,
            const guint8 *restrict curve,
            int           n)
{
  for (int x = 0; x < n; x++)
    line[x] = curve[line[x]];
}

static void
light_line (guint8        *restrict line,
            const guint16 *restrict vignette,
            const gint16  *restrict glow,
            int            n,
            int            strength,
            int            level)
{
  for (int x = 0; x < n; x++)
    {
      int shade = 256 - (((256 - vignette[x]) * strength) >> 8);
      int value = (((line[x] - 16) * shade) >> 8) + ((glow[x] * level) >> 8) + 16;

      line[x] = (guint8) (value > 235 ? 235 : value < 16 ? 16 : value);
    }
}

/* @base and @slope: the toning at black and how it changes to white, in 1/256 chroma units */
static void
tone_line (guint8       *restrict chroma,
           const guint8 *restrict luma,
           const gint16 *restrict glow,
           int           n,
           int           saturation,
           int           base,
           int           slope,
           int           level)
{
  for (int x = 0; x < n; x++)
    {
      int value = ((chroma[x] - 128) * saturation + base + ((luma[2 * x] * slope) >> 8)
                   + ((glow[2 * x] * level) >> 8) + 128) >> 8;

      value += 128;
      chroma[x] = (guint8) (value > 240 ? 240 : value < 16 ? 16 : value);
    }
}

static void
tone_plane (DailiesGrade       *self,
            const DailiesPlane *chroma,
            const DailiesPlane *luma,
            double              shadows,
            double              lights,
            double              glow,
            double              strength)
{
  int saturation = (int) lrint (256 * (1 + (self->look.saturation - 1) * strength));
  int base = (int) lrint (256 * shadows * strength);
  int slope = (int) lrint (256 * (lights - shadows) * strength);

  for (int y = 0; y < chroma->height; y++)
    tone_line (chroma->data + (gsize) y * chroma->stride, luma->data + 2 * (gsize) y * luma->stride,
               self->glow_x, chroma->width, saturation, base, slope,
               (int) lrint (glow * strength * self->glow_y[2 * y]));
}

void
dailies_grade_apply (DailiesGrade   *self,
                     DailiesPicture *frame,
                     double          t,
                     double          strength)
{
  const DailiesLook  *look = &self->look;
  const DailiesPlane *luma = &frame->planes[DAILIES_PLANE_Y];
  double              aspect = (double) self->width / self->height;
  int                 share = (int) lrint (256 * CLAMP (strength, 0.0, 1.0));

  g_return_if_fail (frame->width == self->width && frame->height == self->height);

  if (share == 0)
    return;

  make_curve (self, strength);
  make_profile (self->glow_x, self->width, look->glow_x + look->glow_dx * t, 0.34);
  make_profile (self->glow_y, self->height, look->glow_y + look->glow_dy * t, 0.34 * aspect);

  for (int y = 0; y < luma->height; y++)
    {
      guint8 *line = luma->data + (gsize) y * luma->stride;

      curve_line (line, self->curve, luma->width);
      light_line (line, self->vignette + (gsize) y * self->width, self->glow_x, luma->width, share,
                  (int) lrint (look->glow_level * strength * self->glow_y[y] / 256));
    }

  tone_plane (self, &frame->planes[DAILIES_PLANE_U], luma, look->shadows.u, look->lights.u, look->glow.u, strength);
  tone_plane (self, &frame->planes[DAILIES_PLANE_V], luma, look->shadows.v, look->lights.v, look->glow.v, strength);
}
