/* dailies-render-collage.c: elements and reference images as prints that drift past one another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-render.h"

#include <math.h>

#include "dailies-slate.h"

/* More prints than this cannot be told apart in five seconds. */
#define MAX_CARDS 8

typedef struct
{
  DailiesPicture *sprite;
  double          x, y;       /* resting place of its middle, parts of the frame */
  double          dx, dy;     /* how far it drifts */
  double          from, to;   /* its size at the beginning and at the end, 1 is the sprite's own */
  double          enters;     /* when, in parts of the clip */
} Card;

typedef struct
{
  DailiesRenderScene parent;
  DailiesLook        look;
  DailiesPicture    *backdrop;
  Card               cards[MAX_CARDS];
  int                n_cards;
} Collage;

/* Where the prints lie: for n of them, the middles, in a frame as wide as high. The first is the largest. */
static const struct
{
  double x, y, size;
} places[MAX_CARDS][MAX_CARDS] = {
  { { 0.50, 0.50, 0.66 } },
  { { 0.34, 0.47, 0.54 }, { 0.70, 0.57, 0.46 } },
  { { 0.32, 0.46, 0.52 }, { 0.72, 0.34, 0.38 }, { 0.68, 0.72, 0.38 } },
  { { 0.30, 0.40, 0.48 }, { 0.72, 0.33, 0.36 }, { 0.67, 0.74, 0.37 }, { 0.27, 0.81, 0.31 } },
  { { 0.49, 0.48, 0.46 }, { 0.19, 0.29, 0.32 }, { 0.81, 0.28, 0.32 }, { 0.21, 0.76, 0.32 }, { 0.80, 0.75, 0.33 } },
  { { 0.47, 0.48, 0.44 }, { 0.17, 0.28, 0.30 }, { 0.78, 0.24, 0.30 }, { 0.20, 0.77, 0.30 }, { 0.55, 0.84, 0.27 },
    { 0.84, 0.65, 0.31 } },
  { { 0.49, 0.49, 0.42 }, { 0.16, 0.27, 0.29 }, { 0.48, 0.15, 0.25 }, { 0.83, 0.25, 0.29 }, { 0.17, 0.76, 0.29 },
    { 0.52, 0.85, 0.25 }, { 0.84, 0.73, 0.30 } },
  { { 0.48, 0.48, 0.40 }, { 0.15, 0.25, 0.27 }, { 0.46, 0.14, 0.25 }, { 0.81, 0.22, 0.28 }, { 0.14, 0.72, 0.28 },
    { 0.41, 0.86, 0.25 }, { 0.66, 0.83, 0.25 }, { 0.87, 0.60, 0.28 } },
};

static DailiesPicture *
make_backdrop (const DailiesRenderTask *task,
               int                      width,
               int                      height)
{
  /* The last picture is a reference image where there is one, and style is what they are for. */
  GdkPixbuf      *of = g_ptr_array_index (task->pictures, task->pictures->len - 1);
  /* Blurred and drawn at half size: nobody can see the difference. */
  DailiesPicture *picture = dailies_picture_new_cover (of, width / 4 * 2, height / 4 * 2);
  DailiesPlane   *luma = &picture->planes[DAILIES_PLANE_Y];

  dailies_picture_blur (picture, width / 60);
  for (int i = 0; i < luma->height * luma->stride; i++)
    luma->data[i] = (guint8) (16 + (luma->data[i] - 16) * 5 / 8);

  return picture;
}

static void
place_card (Card      *card,
            GdkPixbuf *pixbuf,
            int        n,
            int        i,
            int        width,
            int        height,
            guint64   *chain)
{
  double side = sqrt ((double) width * height);
  double ratio = (double) gdk_pixbuf_get_width (pixbuf) / gdk_pixbuf_get_height (pixbuf);
  /* Prints of the same importance cover the same area, whatever their shape. */
  double longest = side * places[n - 1][i].size * 0.80 * sqrt (MAX (ratio, 1 / ratio));
  double near = 0.55 + 0.45 * (1 - (double) i / n);
  double turn = (dailies_look_chance (chain) - 0.5) * 0.16;

  /* On an upright frame the prints are stacked the other way round. */
  card->x = width >= height ? places[n - 1][i].x : places[n - 1][i].y;
  card->y = width >= height ? places[n - 1][i].y : places[n - 1][i].x;
  card->dx = (dailies_look_chance (chain) - 0.5) * 0.09 * near;
  card->dy = (dailies_look_chance (chain) - 0.5) * 0.07 * near;
  card->from = 0.86;
  card->to = 0.86 + 0.14 * near;
  card->enters = 0.09 * i * (i > 0) * MIN (1.0, 4.0 / n);
  card->sprite = dailies_slate_new_card (pixbuf, (int) MIN (longest, 0.86 * (ratio > 1 ? width : height)), turn);
}

static void
draw_card (const Card     *card,
           DailiesPicture *frame,
           double          t)
{
  double arrived = dailies_ease ((t - card->enters) / 0.13 + (card->enters <= 0 ? 1 : 0));
  double x = card->x + card->dx * (t - 0.5);
  double y = card->y + card->dy * (t - 0.5) + 0.06 * (1 - arrived);

  dailies_picture_draw (frame, card->sprite, x * frame->width, y * frame->height,
                        (card->from + (card->to - card->from) * t) * (0.94 + 0.06 * arrived), arrived);
}

static void
draw (DailiesRenderScene *scene,
      DailiesPicture     *frame,
      double              t)
{
  Collage *self = (Collage *) scene;
  double   step = (double) self->backdrop->width / frame->width / (1.06 + self->look.push * t);
  double   left = self->backdrop->width - frame->width * step;
  double   top = self->backdrop->height - frame->height * step;

  dailies_picture_sample (frame, self->backdrop,
                          (DailiesWindow){ left * (self->look.focus_x + (t - 0.5) * 0.5),
                                           top * self->look.focus_y, step });

  /* The first and largest lies on top: from the last to the first. */
  for (int i = self->n_cards - 1; i >= 0; i--)
    draw_card (&self->cards[i], frame, t);
}

static double
grade_at (DailiesRenderScene *scene,
          double              t)
{
  return 0.72;
}

static void
free_scene (DailiesRenderScene *scene)
{
  Collage *self = (Collage *) scene;

  for (int i = 0; i < self->n_cards; i++)
    dailies_picture_free (self->cards[i].sprite);
  dailies_picture_free (self->backdrop);
  g_free (self);
}

DailiesRenderScene *
dailies_render_collage_new (const DailiesRenderTask *task,
                            const DailiesLook       *look,
                            int                      width,
                            int                      height)
{
  Collage *self = g_new0 (Collage, 1);
  guint64  chain = look->seed;

  self->parent = (DailiesRenderScene){ draw, grade_at, free_scene };
  self->look = *look;
  self->backdrop = make_backdrop (task, width, height);
  self->n_cards = (int) MIN (task->pictures->len, MAX_CARDS);
  for (int i = 0; i < self->n_cards; i++)
    place_card (&self->cards[i], g_ptr_array_index (task->pictures, (guint) i), self->n_cards, i,
                width, height, &chain);

  return &self->parent;
}
