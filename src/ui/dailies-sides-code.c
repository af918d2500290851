/* dailies-sides-code.c: where in its clip each side is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <glib/gi18n.h>

#include "dailies-timecode.h"

#define NS_PER_SECOND 1000000000.

/* The number of the frame, from 0; -1 not known. */
static gint64
get_number (DailiesSides *self,
            guint         side)
{
  guint  reel_side = self->sides[side].reel_side;
  gint64 time = dailies_reel_get_side_time (self->reel, reel_side);
  double fps = dailies_reel_get_fps (self->reel, reel_side);

  /* A tenth of a frame for the containers that round down. */
  return time >= 0 && fps > 0 ? (gint64) (time / NS_PER_SECOND * fps + 0.1) : -1;
}

/* Whether what is on the stage now lies behind the end of this clip, so that its last frame is held for the others. */
static gboolean
has_ended (DailiesSides *self,
           guint         side)
{
  guint  reel_side = self->sides[side].reel_side;
  gint64 duration = dailies_reel_get_side_duration (self->reel, reel_side);
  double fps = dailies_reel_get_fps (self->reel, reel_side);
  gint64 position;

  if (duration <= 0 || dailies_reel_get_side_time (self->reel, reel_side) < 0)
    return FALSE;

  g_object_get (self->reel, "position", &position, NULL);
  /* A tenth of a frame for the containers that round down. */
  if (fps > 0)
    position += (gint64) ((self->sides[side].slip + 0.1) * NS_PER_SECOND / fps);

  return position >= duration;
}

/* Whether the stage is at a moment before this clip begins, so that its first frame is held for the others. */
static gboolean
has_not_begun (DailiesSides *self,
               guint         side)
{
  double fps = dailies_reel_get_fps (self->reel, self->sides[side].reel_side);
  gint64 position;

  g_object_get (self->reel, "position", &position, NULL);
  /* A tenth of a frame for the containers that round down. */
  return fps > 0 && dailies_reel_get_side_time (self->reel, self->sides[side].reel_side) == 0 &&
         position + (gint64) ((self->sides[side].slip + 0.1) * NS_PER_SECOND / fps) < 0;
}

/* What the bar says is true of all of them: then nobody needs to read it four times. */
static gboolean
are_alike (DailiesSides *self)
{
  for (guint i = 0; i < self->n_sides; i++)
    {
      if (self->sides[i].slip != 0 || has_ended (self, i) || get_number (self, i) != get_number (self, 0) ||
          dailies_reel_get_fps (self->reel, self->sides[i].reel_side) !=
            dailies_reel_get_fps (self->reel, self->sides[0].reel_side))
        return FALSE;
    }

  return TRUE;
}

static char *
describe_place (DailiesSides *self,
                guint         side)
{
  guint            reel_side = self->sides[side].reel_side;
  gint64           time = dailies_reel_get_side_time (self->reel, reel_side);
  gint64           number = get_number (self, side);
  int              slip = self->sides[side].slip;
  g_autofree char *code = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *shift = NULL;

  if (time < 0)
    return NULL;

  code = dailies_timecode_format (time, dailies_reel_get_fps (self->reel, reel_side));
  if (number < 0)
    return g_steal_pointer (&code);

  digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  if (slip == 0)
    /* Translators: a timecode and the number of the frame: "00:01:12 · frame 36" */
    return g_strdup_printf (_ ("%s · frame %s"), code, digits);

  /* A hyphen is no minus. */
  shift = g_strdup_printf ("%s%d", slip < 0 ? "\u2212" : "+", ABS (slip));
  /* Translators: the same, and by how many frames the side is shifted: "00:01:12 · frame 36 · +3" */
  return g_strdup_printf (_ ("%s · frame %s · %s"), code, digits, shift);
}

static char *
describe (DailiesSides *self,
          guint         side)
{
  g_autofree char *place = describe_place (self, side);

  if (place == NULL)
    return NULL;
  if (has_not_begun (self, side))
    /* Translators: a clip that begins later than the others, and its first place: "Not begun · 00:00:00 · frame 0 · −3" */
    return g_strdup_printf (_ ("Not begun · %s"), place);
  if (!has_ended (self, side))
    return g_steal_pointer (&place);

  /* Translators: a clip that is over while the others go on, and its last place: "Ended · 00:05:00 · frame 119" */
  return g_strdup_printf (_ ("Ended · %s"), place);
}

void
dailies_sides_update_codes (DailiesSides *self)
{
  gboolean alike = self->n_sides < 2 || are_alike (self);

  for (guint i = 0; i < self->n_sides; i++)
    {
      g_autofree char *text = alike ? NULL : describe (self, i);

      dailies_pane_set_code (self->sides[i].pane, text);
    }
}

void
dailies_sides_set_slip (DailiesSides *self,
                        guint         side,
                        int           frames)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  if (self->sides[side].slip == frames)
    return;

  self->sides[side].slip = frames;
  dailies_sides_update_codes (self);
}
