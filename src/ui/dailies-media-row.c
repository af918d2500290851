/* dailies-media-row.c: an ordered list of images (or videos, or sounds) as tiles, with one more to drop on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-media-row.h"

#include <glib/gi18n.h>

#include "dailies-drop-zone.h"
#include "dailies-tile-box.h"

struct _DailiesMediaRow
{
  GtkWidget                parent_instance;

  GtkWidget               *tiles;
  GtkWidget               *plus;
  GListModel              *assets;
  DailiesMediaKind         kind;
  char                    *title;
  DailiesMediaRowDecorate  decorate;
  gpointer                 user_data;
};

G_DEFINE_FINAL_TYPE (DailiesMediaRow, dailies_media_row, GTK_TYPE_WIDGET)

enum
{
  INSERT,
  REPLACE,
  REMOVE,
  MOVE,
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The place of @well among the assets; their number for "+". */
static guint
find_position (DailiesMediaRow  *self,
               DailiesMediaWell *well)
{
  return dailies_tile_box_find (DAILIES_TILE_BOX (self->tiles), GTK_WIDGET (well));
}

static void
take_drop (DailiesMediaRow *self,
           DailiesDrop     *drop,
           guint            position)
{
  guint n = g_list_model_get_n_items (self->assets);

  if (drop->dragged != NULL && dailies_dragged_is_from (drop->dragged, self->assets))
    {
      guint to = MIN (position, n - 1);

      if (dailies_dragged_get_position (drop->dragged) != to)
        g_signal_emit (self, signals[MOVE], 0, dailies_dragged_get_position (drop->dragged), to);
    }
  else
    g_signal_emit (self, signals[INSERT], 0, drop, position);
}

static void
well_dropped_cb (DailiesMediaWell *well,
                 DailiesDrop      *drop,
                 gboolean          replace,
                 DailiesMediaRow  *self)
{
  guint position = find_position (self, well);

  if (replace && position < g_list_model_get_n_items (self->assets))
    g_signal_emit (self, signals[REPLACE], 0, drop, position);
  else
    take_drop (self, drop, position);
}

static void
well_remove_cb (DailiesMediaWell *well,
                DailiesMediaRow  *self)
{
  guint position = find_position (self, well);

  if (position >= g_list_model_get_n_items (self->assets))
    return;
  g_signal_emit (self, signals[REMOVE], 0, position);
  dailies_tile_box_focus (DAILIES_TILE_BOX (self->tiles), position);
}

static void
well_move_cb (DailiesMediaWell *well,
              int               delta,
              DailiesMediaRow  *self)
{
  guint from = find_position (self, well);
  gint64 to = (gint64) from + delta;

  if (to < 0 || to >= g_list_model_get_n_items (self->assets))
    {
      gtk_widget_error_bell (GTK_WIDGET (well));
      return;
    }
  g_signal_emit (self, signals[MOVE], 0, from, (guint) to);
  dailies_tile_box_focus (DAILIES_TILE_BOX (self->tiles), to);
}

static void
well_taken_cb (DailiesMediaWell *well,
               DailiesAsset     *replacement,
               DailiesMediaRow  *self)
{
  g_signal_emit (self, signals[TAKEN], 0, find_position (self, well), replacement);
}

static GtkWidget *
create_well (gpointer item,
             gpointer user_data)
{
  DailiesMediaRow *self = user_data;
  g_autofree char *title = NULL;
  GtkWidget *well;

  /* Translators: for screen readers: where one more goes into the field, "Add to Reference images". */
  title = DAILIES_IS_ASSET (item) ? g_strdup (self->title)
                                  : g_strdup_printf (_("Add to %s"), self->title);
  well = dailies_media_well_new (DAILIES_WELL_TILE, self->kind, title);
  if (DAILIES_IS_ASSET (item))
    dailies_media_well_set_asset (DAILIES_MEDIA_WELL (well), item);
  else
    dailies_media_well_set_multiple (DAILIES_MEDIA_WELL (well), TRUE);
  g_signal_connect_object (well, "dropped", G_CALLBACK (well_dropped_cb), self, 0);
  g_signal_connect_object (well, "remove", G_CALLBACK (well_remove_cb), self, 0);
  g_signal_connect_object (well, "move", G_CALLBACK (well_move_cb), self, 0);
  g_signal_connect_object (well, "taken", G_CALLBACK (well_taken_cb), self, 0);
  return well;
}

void
dailies_media_row_refresh (DailiesMediaRow *self)
{
  guint n;

  g_return_if_fail (DAILIES_IS_MEDIA_ROW (self));

  n = g_list_model_get_n_items (self->assets);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *well = dailies_tile_box_get (DAILIES_TILE_BOX (self->tiles), i);

      if (well == NULL)
        continue;
      dailies_media_well_set_place (DAILIES_MEDIA_WELL (well), self->assets, i);
      self->decorate (DAILIES_MEDIA_WELL (well), self->user_data);
    }
}

static void
items_changed_cb (GListModel      *assets,
                  guint            position,
                  guint            removed,
                  guint            added,
                  DailiesMediaRow *self)
{
  dailies_media_row_refresh (self);
}

static gboolean
zone_accepts (GtkWidget        *widget,
              DailiesMediaKind  kind,
              DailiesDragged   *dragged)
{
  DailiesMediaRow *self = DAILIES_MEDIA_ROW (widget);

  if (dragged != NULL && dailies_dragged_get_asset (dragged) == NULL)
    return FALSE;
  return kind == DAILIES_MEDIA_UNKNOWN || kind == self->kind;
}

static void
zone_lit (GtkWidget        *widget,
          gboolean          lit,
          DailiesMediaKind  kind)
{
  dailies_media_row_set_lit (DAILIES_MEDIA_ROW (widget), lit);
}

static void
zone_dropped (GtkWidget   *widget,
              DailiesDrop *drop)
{
  DailiesMediaRow *self = DAILIES_MEDIA_ROW (widget);

  dailies_drop_tell (drop, widget);
  if (drop->dragged != NULL || drop->assets->len > 0)
    take_drop (self, drop, g_list_model_get_n_items (self->assets));
}

static const DailiesDropZoneFuncs zone_funcs = { zone_accepts, zone_lit, zone_dropped };

static void
dailies_media_row_dispose (GObject *object)
{
  DailiesMediaRow *self = DAILIES_MEDIA_ROW (object);

  g_clear_pointer (&self->tiles, gtk_widget_unparent);
  g_clear_object (&self->assets);
  G_OBJECT_CLASS (dailies_media_row_parent_class)->dispose (object);
}

static void
dailies_media_row_finalize (GObject *object)
{
  g_free (DAILIES_MEDIA_ROW (object)->title);
  G_OBJECT_CLASS (dailies_media_row_parent_class)->finalize (object);
}

static void
dailies_media_row_class_init (DailiesMediaRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = DAILIES_TYPE_MEDIA_ROW;

  object_class->dispose = dailies_media_row_dispose;
  object_class->finalize = dailies_media_row_finalize;

  signals[INSERT] = g_signal_new ("insert", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[REPLACE] = g_signal_new ("replace", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_UINT, G_TYPE_UINT);
  signals[TAKEN] = g_signal_new ("taken", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, DAILIES_TYPE_ASSET);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mediarow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
dailies_media_row_init (DailiesMediaRow *self)
{
}

GtkWidget *
dailies_media_row_new (GListModel              *assets,
                       DailiesMediaKind         kind,
                       const char              *title,
                       DailiesMediaRowDecorate  decorate,
                       gpointer                 user_data)
{
  DailiesMediaRow *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (assets), NULL);

  self = g_object_new (DAILIES_TYPE_MEDIA_ROW, NULL);
  self->assets = g_object_ref (assets);
  self->kind = kind;
  self->title = g_strdup (title);
  self->decorate = decorate;
  self->user_data = user_data;
  self->tiles = dailies_tile_box_new (assets, create_well, self);
  gtk_widget_set_parent (self->tiles, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (assets, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_AFTER);
  dailies_drop_zone_attach (GTK_WIDGET (self), &zone_funcs);
  dailies_media_row_refresh (self);
  return GTK_WIDGET (self);
}

static DailiesMediaWell *
get_plus (DailiesMediaRow *self)
{
  guint n = g_list_model_get_n_items (self->assets);

  return DAILIES_MEDIA_WELL (dailies_tile_box_get (DAILIES_TILE_BOX (self->tiles), n));
}

void
dailies_media_row_set_lit (DailiesMediaRow *self,
                           gboolean         lit)
{
  g_return_if_fail (DAILIES_IS_MEDIA_ROW (self));

  dailies_media_well_set_lit (get_plus (self), lit);
}

void
dailies_media_row_choose (DailiesMediaRow *self)
{
  g_return_if_fail (DAILIES_IS_MEDIA_ROW (self));

  dailies_media_well_choose (get_plus (self));
}
