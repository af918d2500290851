/* dailies-elements-row.c: the elements of a request as cards, with one more place to drop a new one on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-elements-row.h"

#include <glib/gi18n.h>

#include "dailies-element-card.h"
#include "dailies-intake.h"
#include "dailies-tile-box.h"

struct _DailiesElementsRow
{
  GtkWidget       parent_instance;

  GtkWidget      *tiles;
  DailiesRequest *request;
  DailiesField   *field;
  GListModel     *elements;
};

G_DEFINE_FINAL_TYPE (DailiesElementsRow, dailies_elements_row, GTK_TYPE_WIDGET)

static const char *
get_name (DailiesElementsRow *self)
{
  return dailies_field_get_name (self->field);
}

static void
move_element (DailiesElementsRow *self,
              guint               from,
              gint64              to)
{
  if (to < 0 || to >= g_list_model_get_n_items (self->elements))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (from != to)
    dailies_request_move_element (self->request, get_name (self), from, to);
  dailies_tile_box_focus (DAILIES_TILE_BOX (self->tiles), to);
}

static void
card_remove_cb (DailiesElementCard *card,
                DailiesElementsRow *self)
{
  guint position = dailies_tile_box_find (DAILIES_TILE_BOX (self->tiles), GTK_WIDGET (card));

  dailies_request_remove_element (self->request, get_name (self), position);
  dailies_tile_box_focus (DAILIES_TILE_BOX (self->tiles), position);
}

static void
card_move_cb (DailiesElementCard *card,
              int                 delta,
              DailiesElementsRow *self)
{
  guint from = dailies_tile_box_find (DAILIES_TILE_BOX (self->tiles), GTK_WIDGET (card));

  move_element (self, from, (gint64) from + delta);
}

static void
card_dropped_cb (DailiesElementCard *card,
                 DailiesDrop        *drop,
                 DailiesElementsRow *self)
{
  guint to = dailies_tile_box_find (DAILIES_TILE_BOX (self->tiles), GTK_WIDGET (card));

  move_element (self, dailies_dragged_get_position (drop->dragged), to);
}

static void
plus_dropped_cb (DailiesMediaWell   *well,
                 DailiesDrop        *drop,
                 gboolean            replace,
                 DailiesElementsRow *self)
{
  if (drop->dragged != NULL && dailies_dragged_get_asset (drop->dragged) != NULL)
    {
      g_autoptr (DailiesElement) element = dailies_element_new ();
      g_autoptr (DailiesAsset) asset = g_object_ref (dailies_dragged_get_asset (drop->dragged));

      dailies_dragged_take (drop->dragged, NULL);
      dailies_element_set_frontal (element, asset);
      dailies_request_add_element (self->request, get_name (self), element, G_MAXUINT);
    }
  else if (drop->dragged == NULL)
    {
      guint told = drop->complaints->len;

      dailies_intake_place (self->request, self->field, G_MAXUINT, drop);
      if (drop->complaints->len > told)
        dailies_drop_tell (drop, GTK_WIDGET (self));
    }
}

static GtkWidget *
create_tile (gpointer item,
             gpointer user_data)
{
  DailiesElementsRow *self = user_data;
  GtkWidget *tile;

  if (DAILIES_IS_ELEMENT (item))
    {
      tile = dailies_element_card_new (item, self->field);
      g_signal_connect_object (tile, "remove", G_CALLBACK (card_remove_cb), self, 0);
      g_signal_connect_object (tile, "move", G_CALLBACK (card_move_cb), self, 0);
      g_signal_connect_object (tile, "dropped", G_CALLBACK (card_dropped_cb), self, 0);
    }
  else
    {
      tile = dailies_media_well_new (DAILIES_WELL_TILE, DAILIES_MEDIA_IMAGE, _("New element"));
      dailies_media_well_set_multiple (DAILIES_MEDIA_WELL (tile), TRUE);
      gtk_widget_set_tooltip_text (tile, _("Drop one picture, or several of the same character or "
                                           "object: the first is its front, the others are other "
                                           "angles of it."));
      g_signal_connect_object (tile, "dropped", G_CALLBACK (plus_dropped_cb), self, 0);
    }
  return tile;
}

void
dailies_elements_row_refresh (DailiesElementsRow *self)
{
  GListModel *problems;

  g_return_if_fail (DAILIES_IS_ELEMENTS_ROW (self));

  problems = dailies_request_get_problems (self->request);
  for (guint i = 0; i < g_list_model_get_n_items (self->elements); i++)
    {
      GtkWidget *card = dailies_tile_box_get (DAILIES_TILE_BOX (self->tiles), i);
      g_autofree char *badge = NULL;

      if (card == NULL)
        continue;
      badge = dailies_request_dup_spelling (
          self->request, dailies_element_card_get_element (DAILIES_ELEMENT_CARD (card)));
      dailies_element_card_set_place (DAILIES_ELEMENT_CARD (card), self->elements, i);
      dailies_element_card_set_badge (DAILIES_ELEMENT_CARD (card), badge);
      dailies_element_card_set_problems (DAILIES_ELEMENT_CARD (card), problems);
    }
}

static void
items_changed_cb (DailiesElementsRow *self)
{
  dailies_elements_row_refresh (self);
}

static void
dailies_elements_row_dispose (GObject *object)
{
  DailiesElementsRow *self = DAILIES_ELEMENTS_ROW (object);

  g_clear_pointer (&self->tiles, gtk_widget_unparent);
  g_clear_object (&self->request);
  g_clear_object (&self->field);
  g_clear_object (&self->elements);
  G_OBJECT_CLASS (dailies_elements_row_parent_class)->dispose (object);
}

static void
dailies_elements_row_class_init (DailiesElementsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_elements_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "elementsrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
dailies_elements_row_init (DailiesElementsRow *self)
{
}

GtkWidget *
dailies_elements_row_new (DailiesRequest *request,
                          DailiesField   *field)
{
  DailiesElementsRow *self = g_object_new (DAILIES_TYPE_ELEMENTS_ROW, NULL);

  self->request = g_object_ref (request);
  self->field = g_object_ref (field);
  self->elements = g_object_ref (dailies_request_get_elements (request, get_name (self)));
  self->tiles = dailies_tile_box_new (self->elements, create_tile, self);
  gtk_widget_set_parent (self->tiles, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dailies_field_get_title (field), -1);
  g_signal_connect_object (self->elements, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  dailies_elements_row_refresh (self);
  return GTK_WIDGET (self);
}

static DailiesMediaWell *
get_plus (DailiesElementsRow *self)
{
  guint n = g_list_model_get_n_items (self->elements);

  return DAILIES_MEDIA_WELL (dailies_tile_box_get (DAILIES_TILE_BOX (self->tiles), n));
}

void
dailies_elements_row_set_lit (DailiesElementsRow *self,
                              gboolean            lit)
{
  g_return_if_fail (DAILIES_IS_ELEMENTS_ROW (self));

  dailies_media_well_set_lit (get_plus (self), lit);
}

void
dailies_elements_row_choose (DailiesElementsRow *self)
{
  g_return_if_fail (DAILIES_IS_ELEMENTS_ROW (self));

  dailies_media_well_choose (get_plus (self));
}
