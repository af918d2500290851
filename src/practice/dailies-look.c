/* dailies-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-look.h"

#include <math.h>
#include <string.h>

/* Directions in the chroma plane, in degrees from +U towards +V. */
enum
{
  HUE_BLUE = 0,
  HUE_PURPLE = 40,
  HUE_PINK = 70,
  HUE_RED = 105,
  HUE_ORANGE = 135,
  HUE_GOLD = 160,
  HUE_GREEN = 225,
  HUE_TEAL = 285,
  HUE_AZURE = 325,
};

typedef struct
{
  const char *words; /* separated by blanks; the start of a word is enough */
  int         shadow_hue;
  int         light_hue;
  double      strength; /* of the toning, chroma units */
  double      saturation;
  double      contrast;
  double      exposure;
} Mood;

static const Mood moods[] = {
  { "noir monochrome black-and-white mono", HUE_BLUE, HUE_GOLD, 1, 0.06, 1.28, 0.96 },
  { "neon cyber club synth", HUE_PURPLE, HUE_PINK, 14, 1.28, 1.16, 0.92 },
  { "night midnight moon stars", HUE_BLUE, HUE_AZURE, 15, 0.80, 1.12, 0.72 },
  { "golden sunset sunrise dusk dawn", HUE_PURPLE, HUE_ORANGE, 15, 1.15, 1.06, 1.03 },
  { "fire lava ember volcano", HUE_RED, HUE_ORANGE, 20, 1.25, 1.22, 0.94 },
  { "snow ice winter frost cold", HUE_AZURE, HUE_BLUE, 11, 0.62, 0.96, 1.10 },
  { "ocean sea water underwater rain", HUE_TEAL, HUE_AZURE, 15, 0.92, 1.04, 0.94 },
  { "forest garden jungle moss leaf", HUE_TEAL, HUE_GREEN, 12, 1.08, 1.04, 0.98 },
  { "desert sand western dust", HUE_RED, HUE_GOLD, 13, 0.86, 1.08, 1.06 },
  { "vintage retro film old 1970 1980", HUE_TEAL, HUE_GOLD, 12, 0.78, 0.90, 1.03 },
  { "dream pastel soft fog mist", HUE_PURPLE, HUE_PINK, 9, 0.76, 0.82, 1.10 },
};

/* Where no word says anything, one of these pairs does. */
static const Mood plain_moods[] = {
  { NULL, HUE_TEAL, HUE_ORANGE, 12, 1.08, 1.10, 1.00 },
  { NULL, HUE_PURPLE, HUE_GOLD, 12, 1.06, 1.06, 1.00 },
  { NULL, HUE_BLUE, HUE_PINK, 12, 1.04, 1.06, 0.97 },
  { NULL, HUE_GREEN, HUE_GOLD, 10, 0.96, 1.08, 1.00 },
  { NULL, HUE_AZURE, HUE_RED, 11, 1.05, 1.12, 0.98 },
  { NULL, HUE_RED, HUE_TEAL, 11, 0.98, 1.05, 1.00 },
};

static guint64
hash_text (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *p = text; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (1099511628211);

  return hash;
}

double
dailies_look_chance (guint64 *chain)
{
  guint64 z = *chain += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;

  return (double) (z >> 11) / 9007199254740992.0;
}

double
dailies_ease (double t)
{
  t = CLAMP (t, 0.0, 1.0);

  return t * t * (3 - 2 * t);
}

static gboolean
has_word (const char *prompt,
          const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (int i = 0; list[i] != NULL; i++)
    for (const char *at = strstr (prompt, list[i]); at != NULL; at = strstr (at + 1, list[i]))
      if (at == prompt || !g_ascii_isalpha (at[-1]))
        return TRUE;

  return FALSE;
}

static DailiesTint
tint (double hue,
      double amount)
{
  double angle = hue * G_PI / 180;

  return (DailiesTint){ amount * cos (angle), amount * sin (angle) };
}

static double
between (guint64 *chain,
         double   low,
         double   high)
{
  return low + (high - low) * dailies_look_chance (chain);
}

void
dailies_look_from_prompt (DailiesLook *self,
                          const char  *prompt)
{
  g_autofree char *folded = g_utf8_strdown (prompt, -1);
  guint64          chain = hash_text (prompt);
  const Mood      *mood;
  double           way;

  self->seed = chain;
  mood = &plain_moods[(int) between (&chain, 0, G_N_ELEMENTS (plain_moods) - 0.001)];
  for (gsize i = 0; i < G_N_ELEMENTS (moods); i++)
    if (has_word (folded, moods[i].words))
      {
        mood = &moods[i];
        break;
      }

  /* Around the mood, far enough apart that two cuts of nearly the same prompt can be told apart at a glance. */
  self->shadows = tint (mood->shadow_hue + between (&chain, -24, 24), mood->strength * between (&chain, 0.7, 1.2));
  self->lights = tint (mood->light_hue + between (&chain, -20, 20), mood->strength * between (&chain, 0.7, 1.2));
  self->glow = tint (mood->light_hue + between (&chain, -35, 35), MIN (mood->strength * 2.0, 34));
  self->glow_level = between (&chain, 22, 46);
  self->saturation = mood->saturation * between (&chain, 0.92, 1.08);
  self->contrast = mood->contrast * between (&chain, 0.97, 1.05);
  self->exposure = mood->exposure * between (&chain, 0.96, 1.03);
  self->lift = between (&chain, 0, 7);
  self->vignette = between (&chain, 0.22, 0.42);
  self->focus_x = between (&chain, 0.36, 0.64);
  self->focus_y = between (&chain, 0.38, 0.58);
  self->push = between (&chain, 0.08, 0.14);
  self->wipe_angle = between (&chain, 0, 2 * G_PI);
  way = between (&chain, 0, 2 * G_PI);
  self->glow_x = 0.5 - 0.55 * cos (way);
  self->glow_y = 0.42 - 0.45 * sin (way);
  self->glow_dx = 0.8 * cos (way + 0.4);
  self->glow_dy = 0.5 * sin (way + 0.4);
}

void
dailies_look_fill_noise (const DailiesPlane *plane,
                         int                 cells,
                         guint64             seed)
{
  int                 rows = MAX (cells * plane->height / MAX (plane->width, 1), 1) + 2;
  g_autofree double  *knots = g_new (double, (gsize) rows * (cells + 2));

  for (int i = 0; i < rows * (cells + 2); i++)
    knots[i] = dailies_look_chance (&seed);

  for (int y = 0; y < plane->height; y++)
    {
      double row = (double) y / plane->width * cells;
      int    r = MIN ((int) row, rows - 2);
      double fy = dailies_ease (row - r);

      for (int x = 0; x < plane->width; x++)
        {
          double        column = (double) x / plane->width * cells;
          int           c = (int) column;
          double        fx = dailies_ease (column - c);
          const double *k = knots + (gsize) r * (cells + 2) + c;
          double        upper = k[0] + (k[1] - k[0]) * fx;
          double        lower = k[cells + 2] + (k[cells + 3] - k[cells + 2]) * fx;

          plane->data[(gsize) y * plane->stride + x] = (guint8) (255 * (upper + (lower - upper) * fy));
        }
    }
}
