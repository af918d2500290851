/* dailies-sides-content.c: what is on each side, and what its pane says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <glib/gi18n.h>

void
dailies_sides_update_titles (DailiesSides *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      DailiesSide     *side = &self->sides[i];
      g_autofree char *text = NULL;
      gboolean         named = side->title != NULL && *side->title != '\0';

      if (self->n_sides > 1 && named)
        /* Translators: a side of the stage and what is on it: "A · Cut 2" */
        text = g_strdup_printf (_ ("%s · %s"), dailies_sides_get_letter (i), side->title);
      else if (self->n_sides > 1)
        text = g_strdup (dailies_sides_get_letter (i));
      else
        text = g_strdup (side->title);
      dailies_pane_set_title (side->pane, text);
    }
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_sides_swap (DailiesSides *self,
                    guint         one,
                    guint         other)
{
  DailiesSide kept;

  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (one < DAILIES_REEL_MAX_SIDES && other < DAILIES_REEL_MAX_SIDES);

  /* Only the panes stay: a screen reader goes through them in the order of their letters. */
  kept = self->sides[one];
  self->sides[one].paintable = self->sides[other].paintable;
  self->sides[one].title = self->sides[other].title;
  self->sides[one].slip = self->sides[other].slip;
  self->sides[one].reel_side = self->sides[other].reel_side;
  self->sides[other].paintable = kept.paintable;
  self->sides[other].title = kept.title;
  self->sides[other].slip = kept.slip;
  self->sides[other].reel_side = kept.reel_side;
  dailies_sides_update_codes (self);
  dailies_sides_update_panes (self);
}

guint
dailies_sides_get_reel_side (DailiesSides *self,
                             guint         side)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), 0);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, 0);

  return self->sides[side].reel_side;
}

guint
dailies_sides_find_reel_side (DailiesSides *self,
                              guint         reel_side)
{
  guint side = 0;

  g_return_val_if_fail (DAILIES_IS_SIDES (self), 0);
  g_return_val_if_fail (reel_side < DAILIES_REEL_MAX_SIDES, 0);

  while (self->sides[side].reel_side != reel_side)
    side++;

  return side;
}

void
dailies_sides_set_title (DailiesSides *self,
                         guint         side,
                         const char   *title)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  g_free (self->sides[side].title);
  self->sides[side].title = g_strdup (title);
  dailies_sides_update_titles (self);
}

const char *
dailies_sides_get_title (DailiesSides *self,
                         guint         side)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), "");
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, "");

  return self->sides[side].title != NULL ? self->sides[side].title : "";
}

void
dailies_sides_set_error (DailiesSides *self,
                         guint         side,
                         const char   *text)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  dailies_pane_set_error (self->sides[side].pane, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
dailies_sides_has_error (DailiesSides *self,
                         guint         side)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), FALSE);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, FALSE);

  return dailies_pane_has_error (self->sides[side].pane);
}

GdkTexture *
dailies_sides_get_texture (DailiesSides *self,
                           guint         side)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), NULL);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, NULL);

  return dailies_frame_paintable_get_texture (self->sides[side].paintable);
}
