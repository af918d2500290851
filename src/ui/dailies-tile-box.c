/* dailies-tile-box.c: the items of a list as wrapping tiles, and one more tile behind them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-tile-box.h"

#define SPACING 8

struct _DailiesTileBox
{
  GtkWidget             parent_instance;

  GtkFlowBox           *flow;
  GListModel           *items;
  GListModel           *all; /* @items and what stands for the tile behind them */
  DailiesTileBoxCreate  create;
  gpointer              user_data;
};

G_DEFINE_FINAL_TYPE (DailiesTileBox, dailies_tile_box, GTK_TYPE_WIDGET)

static GtkWidget *
create_child (gpointer item,
              gpointer user_data)
{
  DailiesTileBox *self = user_data;
  GtkWidget *child = gtk_flow_box_child_new ();

  /* The tile itself takes the focus and says what it is. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), self->create (item, self->user_data));
  return child;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Returns: the position of the tile that has the focus; one behind all of them where none has */
static guint
find_focused (DailiesTileBox *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->flow));

  return child != NULL ? (guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child))
                       : g_list_model_get_n_items (self->all);
}

/* GTK 4.8 goes on from a cursor of its own, which it keeps when the child that is there is removed: the next arrow key would
 * end the program. What has the focus is all that counts here. */
static gboolean
move_cursor_cb (GtkFlowBox      *flow,
                GtkMovementStep  step,
                int              count,
                gboolean         extend,
                gboolean         modify,
                DailiesTileBox  *self)
{
  int n_tiles = (int) g_list_model_get_n_items (self->all);
  int position = (int) find_focused (self);

  g_signal_stop_emission_by_name (flow, "move-cursor");
  if (position >= n_tiles)
    return FALSE;
  if (step == GTK_MOVEMENT_BUFFER_ENDS)
    position = count < 0 ? 0 : n_tiles - 1;
  else if (step != GTK_MOVEMENT_VISUAL_POSITIONS)
    return FALSE;
  else if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    position -= count;
  else
    position += count;
  /* At either end the focus goes on to what lies beside the tiles. */
  if (position < 0 || position >= n_tiles)
    return FALSE;

  dailies_tile_box_focus (self, (guint) position);
  return TRUE;
}

/* Likewise; the tiles answer these keys themselves. */
static void
cursor_child_cb (GtkFlowBox *flow,
                 const char *name)
{
  g_signal_stop_emission_by_name (flow, name);
}

static void
take_keys (DailiesTileBox *self)
{
  static const char *const names[] = { "activate-cursor-child", "toggle-cursor-child" };

  g_signal_connect (self->flow, "move-cursor", G_CALLBACK (move_cursor_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect (self->flow, names[i], G_CALLBACK (cursor_child_cb), (gpointer) names[i]);
}

static void
dailies_tile_box_dispose (GObject *object)
{
  DailiesTileBox *self = DAILIES_TILE_BOX (object);

  if (self->flow != NULL)
    {
      gtk_flow_box_bind_model (self->flow, NULL, NULL, NULL, NULL);
      gtk_widget_unparent (GTK_WIDGET (self->flow));
      self->flow = NULL;
    }
  g_clear_object (&self->all);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (dailies_tile_box_parent_class)->dispose (object);
}

static void
dailies_tile_box_class_init (DailiesTileBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_tile_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dailies_tile_box_init (DailiesTileBox *self)
{
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->flow, 12);
  gtk_flow_box_set_min_children_per_line (self->flow, 2);
  gtk_flow_box_set_column_spacing (self->flow, SPACING);
  gtk_flow_box_set_row_spacing (self->flow, SPACING);
  gtk_widget_set_halign (GTK_WIDGET (self->flow), GTK_ALIGN_START);
  take_keys (self);
  gtk_widget_set_parent (GTK_WIDGET (self->flow), GTK_WIDGET (self));
}

GtkWidget *
dailies_tile_box_new (GListModel           *items,
                      DailiesTileBoxCreate  create,
                      gpointer              user_data)
{
  DailiesTileBox *self = g_object_new (DAILIES_TYPE_TILE_BOX, NULL);
  g_autoptr (GListStore) lists = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListStore) behind = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GObject) nobody = g_object_new (G_TYPE_OBJECT, NULL);

  self->items = g_object_ref (items);
  self->create = create;
  self->user_data = user_data;
  g_list_store_append (behind, nobody);
  g_list_store_append (lists, items);
  g_list_store_append (lists, behind);
  self->all = G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (lists))));
  gtk_flow_box_bind_model (self->flow, self->all, create_child, self, NULL);
  return GTK_WIDGET (self);
}

GtkWidget *
dailies_tile_box_get (DailiesTileBox *self,
                      guint           position)
{
  GtkFlowBoxChild *child;

  g_return_val_if_fail (DAILIES_IS_TILE_BOX (self), NULL);

  child = gtk_flow_box_get_child_at_index (self->flow, position);
  return child != NULL ? gtk_flow_box_child_get_child (child) : NULL;
}

guint
dailies_tile_box_find (DailiesTileBox *self,
                       GtkWidget      *tile)
{
  guint n;

  g_return_val_if_fail (DAILIES_IS_TILE_BOX (self), 0);

  n = g_list_model_get_n_items (self->items);
  for (guint i = 0; i < n; i++)
    if (dailies_tile_box_get (self, i) == tile)
      return i;
  return n;
}

void
dailies_tile_box_focus (DailiesTileBox *self,
                        guint           position)
{
  GtkWidget *tile = dailies_tile_box_get (self, position);

  if (tile != NULL)
    gtk_widget_child_focus (tile, GTK_DIR_TAB_FORWARD);
}
