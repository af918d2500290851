/* dailies-render-morph.c: from the start frame to the end frame, the camera coming closer all the while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-render.h"

#include <math.h>

typedef struct
{
  DailiesRenderScene parent;
  DailiesLook        look;
  DailiesPicture    *start; /* (nullable): then the clip opens on the end frame from further away */
  DailiesPicture    *end;   /* (nullable): then the camera just comes closer */
  DailiesPicture    *over;  /* where the end frame is drawn before it is dissolved in */
  DailiesPicture    *key;   /* its Y and U are the dissolve's key at both sizes */
} Morph;

/* How much later than the first the last part of the picture changes over; a key goes from 0 to 255. */
#define KEY_SPAN 255
#define SOFTNESS 256

/* The dissolve follows three things at once: it comes from one side, bright parts of the end frame arrive
 * first, and its edge is cloudy. */
static void
fill_key (Morph *self)
{
  DailiesPlane *key = &self->key->planes[DAILIES_PLANE_Y];
  DailiesPlane *half = &self->key->planes[DAILIES_PLANE_U];
  DailiesPlane *light = &self->over->planes[DAILIES_PLANE_Y];
  double        cx = cos (self->look.wipe_angle);
  double        cy = sin (self->look.wipe_angle);
  double        reach = fabs (cx) + fabs (cy);

  dailies_look_fill_noise (key, 5, self->look.seed);
  for (int y = 0; y < key->height; y++)
    for (int x = 0; x < key->width; x++)
      {
        guint8 *at = key->data + (gsize) y * key->stride + x;
        double  way = ((2.0 * x / key->width - 1) * cx + (2.0 * y / key->height - 1) * cy) / reach;
        double  bright = (light->data[(gsize) y * light->stride + x] - 16) / 219.0;
        double  value = 0.34 * (way + 1) / 2 + 0.30 * (*at / 255.0) + 0.36 * (1 - bright);

        *at = (guint8) (CLAMP (value, 0, 1) * KEY_SPAN);
      }
  dailies_plane_blur (key, MAX (key->width / 90, 2));

  for (int y = 0; y < half->height; y++)
    for (int x = 0; x < half->width; x++)
      half->data[(gsize) y * half->stride + x] = key->data[(gsize) 2 * y * key->stride + 2 * x];
}

/* A window @closer times the frame (1: all of it) around the look's focus. */
static DailiesWindow
window_of (const Morph *self,
           int          width,
           int          height,
           double       closer)
{
  double step = 1 / closer;

  return (DailiesWindow){ width * self->look.focus_x * (1 - step), height * self->look.focus_y * (1 - step), step };
}

static void
draw (DailiesRenderScene *scene,
      DailiesPicture     *frame,
      double              t)
{
  Morph *self = (Morph *) scene;
  double push = self->look.push;
  /* Nearly even speed with soft ends, so that first and last frame are the artist's own, to the pixel. */
  double way = 0.35 * t + 0.65 * dailies_ease (t);
  double change = dailies_ease ((t - 0.16) / 0.68);
  int    threshold = (int) lrint (change * (KEY_SPAN + SOFTNESS));

  if (self->end == NULL)
    {
      dailies_picture_sample (frame, self->start,
                              window_of (self, frame->width, frame->height, 1 + 1.6 * push * way));
      return;
    }

  if (threshold < KEY_SPAN + SOFTNESS)
    dailies_picture_sample (frame, self->start != NULL ? self->start : self->end,
                            window_of (self, frame->width, frame->height,
                                       self->start != NULL ? 1 + push * way : 1 - push * (1 - way)));
  if (threshold <= 0 || self->start == NULL)
    return;

  /* The end frame comes from a little further away than its own edges: what lies beyond is mirrored, and
   * gone before it is fully seen. */
  dailies_picture_sample (threshold < KEY_SPAN + SOFTNESS ? self->over : frame, self->end,
                          window_of (self, frame->width, frame->height, 1 - push * (1 - way)));
  if (threshold < KEY_SPAN + SOFTNESS)
    dailies_picture_dissolve (frame, self->over, &self->key->planes[DAILIES_PLANE_Y],
                              &self->key->planes[DAILIES_PLANE_U], threshold);
}

static double
grade_at (DailiesRenderScene *scene,
          double              t)
{
  /* Start and end stay recognisably what was dropped there; the look is strongest on the way. */
  return 0.18 + 0.82 * dailies_ease (MIN (t, 1 - t) * 3.2);
}

static void
free_scene (DailiesRenderScene *scene)
{
  Morph *self = (Morph *) scene;

  dailies_picture_free (self->start);
  dailies_picture_free (self->end);
  dailies_picture_free (self->over);
  dailies_picture_free (self->key);
  g_free (self);
}

DailiesRenderScene *
dailies_render_morph_new (const DailiesRenderTask *task,
                          const DailiesLook       *look,
                          int                      width,
                          int                      height)
{
  Morph *self = g_new0 (Morph, 1);

  self->parent = (DailiesRenderScene){ draw, grade_at, free_scene };
  self->look = *look;
  if (task->start != NULL)
    self->start = dailies_picture_new_cover (task->start, width, height);
  if (task->end != NULL)
    {
      self->end = dailies_picture_new_cover (task->end, width, height);
      self->over = dailies_picture_new_cover (task->end, width, height);
      self->key = dailies_picture_new (width, height, FALSE);
      fill_key (self);
    }

  return &self->parent;
}
