/* dailies-look.h: what a prompt makes of a clip: grade, light and movement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-picture.h"

G_BEGIN_DECLS

/* A colour of the grade: chroma as offset from grey, -128 to 127 */
typedef struct
{
  double u;
  double v;
} DailiesTint;

/**
 * DailiesLook:
 *
 * The same prompt always gives the same look and another prompt visibly another one: words of light and
 * weather choose the mood where the prompt has some, and a hash of the whole prompt everything else.
 *
 * @shadows, @lights: the two ends of the split toning
 * @glow: colour of the light leak that drifts across
 * @glow_level: how much luma it adds at its middle
 * @glow_x, @glow_y, @glow_dx, @glow_dy: its way in parts of the frame, and how far it goes in the clip
 * @saturation, @contrast: 1 leaves things alone
 * @lift: luma added to black
 * @exposure: luma factor
 * @vignette: darkening of the corners, 0 to 1
 * @focus_x, @focus_y: where the camera moves to, in parts of the frame
 * @push: how much closer the camera comes, 0.1 is ten per cent
 * @wipe_angle: radians; the direction a dissolve comes from
 * @seed: for whatever else wants chance
 */
typedef struct
{
  DailiesTint shadows;
  DailiesTint lights;
  DailiesTint glow;
  double      glow_level;
  double      glow_x;
  double      glow_y;
  double      glow_dx;
  double      glow_dy;
  double      saturation;
  double      contrast;
  double      lift;
  double      exposure;
  double      vignette;
  double      focus_x;
  double      focus_y;
  double      push;
  double      wipe_angle;
  guint64     seed;
} DailiesLook;

/* @prompt: any UTF-8 */
void   dailies_look_from_prompt (DailiesLook *self,
                                 const char  *prompt);
/* The next number of a chain that starts at a look's seed: 0 to 1, the same on every machine. */
double dailies_look_chance      (guint64     *chain);
/* 0 to 1 with no speed at either end */
double dailies_ease             (double       t);

/* Smooth noise, 0 to 255, about @cells blobs wide, the same for the same @seed. */
void   dailies_look_fill_noise  (const DailiesPlane *plane,
                                 int                 cells,
                                 guint64             seed);

typedef struct _DailiesGrade DailiesGrade;

/* @width, @height: of the frames */
DailiesGrade *dailies_grade_new   (const DailiesLook *look,
                                   int                width,
                                   int                height);
void          dailies_grade_free  (DailiesGrade      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesGrade, dailies_grade_free)

/* Grades @frame in place. @t: where in the clip, 0 to 1. @strength: 0 leaves the frame as it is. */
void          dailies_grade_apply (DailiesGrade      *self,
                                   DailiesPicture    *frame,
                                   double             t,
                                   double             strength);

G_END_DECLS
