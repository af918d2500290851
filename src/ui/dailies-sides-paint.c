/* dailies-sides-paint.c: the pictures of the sides, mode by mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

static void
append_picture (DailiesSides *self, GtkSnapshot *snapshot, guint side)
{
  DailiesSide    *shown = &self->sides[side];
  graphene_rect_t place;

  if (dailies_frame_paintable_get_texture (shown->paintable) == NULL ||
      dailies_pane_has_error (shown->pane))
    return;

  place =
    dailies_sides_layout_place (&shown->area, dailies_sides_get_aspect (self, side), &self->look);
  gtk_snapshot_push_clip (snapshot, &shown->area);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &place.origin);
  gdk_paintable_snapshot (
    GDK_PAINTABLE (shown->paintable), snapshot, place.size.width, place.size.height);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

void
dailies_sides_paint (DailiesSides *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->n_sides; i++)
    {
      if (self->sides[i].area.size.width > 0)
        append_picture (self, snapshot, i);
    }
}
