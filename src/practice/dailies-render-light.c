/* dailies-render-light.c: a clip from the prompt alone: slow light in the prompt's colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-render.h"

#include <math.h>
#include <string.h>

#define N_LIGHTS 6
#define N_DISCS 26
#define DISC_SIZE 96

typedef struct
{
  double      x, y;           /* its resting place, parts of the frame */
  double      orbit, phase;   /* how far it wanders, and where it starts */
  double      turns;          /* around its place during the clip */
  double      spread;
  DailiesTint tint;
  double      level;
} Light;

/* A speck of light out of focus, rising slowly */
typedef struct
{
  double x, y;
  double rise, sway;
  double size;
  double level;
  double phase;
} Disc;

typedef struct
{
  DailiesRenderScene parent;
  Light              lights[N_LIGHTS];
  Disc               discs[N_DISCS];
  DailiesPicture    *disc;
  DailiesPicture    *small; /* light is soft: it is worked out at a quarter of the size */
  DailiesPicture    *grain; /* breaks up the bands that eight bits leave in a slow gradient */
} Field;

static void
add_light (DailiesPicture *picture,
           const Light    *light,
           double          t)
{
  double angle = light->phase + 2 * G_PI * light->turns * t;
  double aspect = (double) picture->width / picture->height;

  for (int p = 0; p <= DAILIES_PLANE_V; p++)
    {
      DailiesPlane *plane = &picture->planes[p];
      double        cx = (light->x + light->orbit * cos (angle)) * plane->width;
      double        cy = (light->y + light->orbit * sin (angle) * aspect) * plane->height;
      double        spread = light->spread * plane->width;
      double        amount = p == 0 ? light->level : p == DAILIES_PLANE_U ? light->tint.u : light->tint.v;
      g_autofree float *across = g_new (float, plane->width);

      for (int x = 0; x < plane->width; x++)
        across[x] = (float) exp (-(x - cx) * (x - cx) / (spread * spread));
      for (int y = 0; y < plane->height; y++)
        {
          float   down = (float) (amount * exp (-(y - cy) * (y - cy) / (spread * spread)));
          guint8 *line = plane->data + (gsize) y * plane->stride;

          for (int x = 0; x < plane->width; x++)
            {
              /* Like light on light: the brighter it is already, the less is added, so nothing ever clips. */
              float room = p == 0 ? (224 - line[x]) / 208.0f : (60 - ABS (line[x] - 128)) / 60.0f;
              float value = line[x] + across[x] * down * MAX (room, 0.0f);

              line[x] = (guint8) (value < 16 ? 16 : value > 235 ? 235 : value);
            }
        }
    }
}

static void
add_grain (DailiesPlane       *luma,
           const DailiesPlane *grain)
{
  for (int y = 0; y < luma->height; y++)
    {
      guint8       *restrict line = luma->data + (gsize) y * luma->stride;
      const guint8 *restrict by = grain->data + (gsize) y * grain->stride;

      for (int x = 0; x < luma->width; x++)
        line[x] = (guint8) (line[x] + by[x] - 2);
    }
}

static void
draw_discs (Field          *self,
            DailiesPicture *frame,
            double          t)
{
  double unit = MIN (frame->width, frame->height);

  for (int i = 0; i < N_DISCS; i++)
    {
      const Disc *disc = &self->discs[i];
      double      y = disc->y - disc->rise * t;
      double      x = disc->x + disc->sway * sin (disc->phase + 3 * t);
      double      twinkle = 0.65 + 0.35 * sin (disc->phase * 7 + 9 * t);

      dailies_picture_draw (frame, self->disc, x * frame->width, y * frame->height,
                            disc->size * unit / DISC_SIZE, disc->level * twinkle);
    }
}

static void
draw (DailiesRenderScene *scene,
      DailiesPicture     *frame,
      double              t)
{
  Field *self = (Field *) scene;

  for (int p = 0; p <= DAILIES_PLANE_V; p++)
    {
      DailiesPlane *plane = &self->small->planes[p];

      for (int y = 0; y < plane->height; y++)
        memset (plane->data + (gsize) y * plane->stride,
                p == 0 ? 22 + 26 * y / plane->height : 128, (gsize) plane->width);
    }
  for (int i = 0; i < N_LIGHTS; i++)
    add_light (self->small, &self->lights[i], t);

  dailies_picture_sample (frame, self->small,
                          (DailiesWindow){ 0, 0, (double) self->small->width / frame->width });
  draw_discs (self, frame, t);
  add_grain (&frame->planes[DAILIES_PLANE_Y], &self->grain->planes[DAILIES_PLANE_Y]);
}

static double
grade_at (DailiesRenderScene *scene,
          double              t)
{
  return 0.9;
}

static void
free_scene (DailiesRenderScene *scene)
{
  Field *self = (Field *) scene;

  dailies_picture_free (self->small);
  dailies_picture_free (self->grain);
  dailies_picture_free (self->disc);
  g_free (self);
}

/* An even disc with a slightly brighter rim, as a lens draws it. */
static DailiesPicture *
make_disc (void)
{
  g_autofree guint8 *pixels = g_malloc ((gsize) DISC_SIZE * DISC_SIZE * 4);
  double             radius = DISC_SIZE / 2.0 - 4;

  for (int y = 0; y < DISC_SIZE; y++)
    for (int x = 0; x < DISC_SIZE; x++)
      {
        double  far = hypot (x + 0.5 - DISC_SIZE / 2.0, y + 0.5 - DISC_SIZE / 2.0);
        double  inside = CLAMP (radius - far, 0, 2) / 2;
        double  rim = dailies_ease (far / radius);
        guint8 *at = pixels + ((gsize) y * DISC_SIZE + x) * 4;

        at[0] = 255;
        at[1] = 246;
        at[2] = 236;
        at[3] = (guint8) (255 * inside * (0.45 + 0.35 * rim * rim));
      }

  return dailies_picture_new_from_pixels (pixels, DISC_SIZE, DISC_SIZE, DISC_SIZE * 4, 4, TRUE);
}

static void
scatter_discs (Field   *self,
               guint64 *chain)
{
  self->disc = make_disc ();
  for (int i = 0; i < N_DISCS; i++)
    {
      double near = pow (dailies_look_chance (chain), 2);

      self->discs[i] = (Disc){
        .x = dailies_look_chance (chain),
        .y = 0.05 + 1.05 * dailies_look_chance (chain),
        .rise = 0.05 + 0.16 * near,
        .sway = 0.008 + 0.02 * dailies_look_chance (chain),
        .size = 0.015 + 0.11 * near,
        .level = 0.20 + 0.30 * (1 - near) * dailies_look_chance (chain),
        .phase = 2 * G_PI * dailies_look_chance (chain),
      };
    }
}

DailiesRenderScene *
dailies_render_light_new (const DailiesRenderTask *task,
                          const DailiesLook       *look,
                          int                      width,
                          int                      height)
{
  Field   *self = g_new0 (Field, 1);
  guint64  chain = look->seed;
  DailiesPlane *grain;

  self->parent = (DailiesRenderScene){ draw, grade_at, free_scene };
  self->small = dailies_picture_new (width / 8 * 2, height / 8 * 2 + 2, FALSE);
  self->grain = dailies_picture_new (width, height, FALSE);
  grain = &self->grain->planes[DAILIES_PLANE_Y];
  for (int i = 0; i < grain->height * grain->stride; i++)
    grain->data[i] = (guint8) (dailies_look_chance (&chain) * 4.99);

  scatter_discs (self, &chain);
  for (int i = 0; i < N_LIGHTS; i++)
    {
      const DailiesTint *from = i % 3 == 0 ? &look->shadows : i % 3 == 1 ? &look->lights : &look->glow;
      double             reach = hypot (from->u, from->v);

      self->lights[i] = (Light){
        .x = 0.1 + 0.8 * dailies_look_chance (&chain),
        .y = 0.15 + 0.7 * dailies_look_chance (&chain),
        .orbit = 0.05 + 0.16 * dailies_look_chance (&chain),
        .phase = 2 * G_PI * dailies_look_chance (&chain),
        .turns = (dailies_look_chance (&chain) < 0.5 ? -1 : 1) * (0.2 + 0.35 * dailies_look_chance (&chain)),
        .spread = 0.14 + 0.26 * dailies_look_chance (&chain),
        .level = 30 + 66 * dailies_look_chance (&chain),
      };
      self->lights[i].tint.u = reach > 0 ? from->u / reach * 32 : 0;
      self->lights[i].tint.v = reach > 0 ? from->v / reach * 32 : 0;
    }

  return &self->parent;
}
