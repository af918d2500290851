/* dailies-media-row.h: an ordered list of images (or videos, or sounds) as tiles, with one more to drop on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-media-well.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_MEDIA_ROW (dailies_media_row_get_type ())
/* The list is shown, never changed here. Signals, for whoever owns it:
 *   "insert" (self, DailiesDrop pointer, guint position), "replace" (self, DailiesDrop pointer, guint position),
 *   "remove" (self, guint position), "move" (self, guint from, guint to),
 *   "taken" (self, guint position, replacement: nullable DailiesAsset). */
G_DECLARE_FINAL_TYPE (DailiesMediaRow, dailies_media_row, DAILIES, MEDIA_ROW, GtkWidget)

/* Called for each tile after a change, to set its badge and problem. */
typedef void (*DailiesMediaRowDecorate) (DailiesMediaWell *well,
                                         gpointer          user_data);

/* @assets: (transfer none): a list of #DailiesAsset */
GtkWidget *dailies_media_row_new      (GListModel              *assets,
                                       DailiesMediaKind         kind,
                                       const char              *title,
                                       DailiesMediaRowDecorate  decorate,
                                       gpointer                 user_data);
/* Badges or problems may have changed. */
void       dailies_media_row_refresh  (DailiesMediaRow         *self);
void       dailies_media_row_set_lit  (DailiesMediaRow         *self,
                                       gboolean                 lit);
/* Brings up the file chooser for more. */
void       dailies_media_row_choose   (DailiesMediaRow         *self);

G_END_DECLS
