/* dailies-tile-box.h: the items of a list as wrapping tiles, and one more tile behind them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_TILE_BOX (dailies_tile_box_get_type ())
G_DECLARE_FINAL_TYPE (DailiesTileBox, dailies_tile_box, DAILIES, TILE_BOX, GtkWidget)

/* Returns: (transfer floating): the tile of @item; the last one gets an item that belongs to nobody's list */
typedef GtkWidget *(*DailiesTileBoxCreate) (gpointer item,
                                            gpointer user_data);

GtkWidget *dailies_tile_box_new   (GListModel           *items,
                                   DailiesTileBoxCreate  create,
                                   gpointer              user_data);
/* (nullable) (transfer none): the tile at @position, the number of items is the one behind them */
GtkWidget *dailies_tile_box_get   (DailiesTileBox       *self,
                                   guint                 position);
/* The position of @tile; the number of items for the one behind them, and for strangers */
guint      dailies_tile_box_find  (DailiesTileBox       *self,
                                   GtkWidget            *tile);
/* Tiles are made anew when items move: puts the focus back to where the artist was. */
void       dailies_tile_box_focus (DailiesTileBox       *self,
                                   guint                 position);

G_END_DECLS
