/* dailies-element-card.c: one element as a tile; a click opens all of its images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-element-card.h"

#include <glib/gi18n.h>

#include "dailies-asset.h"
#include "dailies-intake.h"
#include "dailies-media-row.h"
#include "dailies-problem.h"

struct _DailiesElementCard
{
  GtkWidget       parent_instance;

  GtkPopover     *popover;
  GtkLabel       *heading;
  GtkButton      *close;
  AdwBin         *front_bin;
  AdwBin         *angles_bin;
  GtkLabel       *angles_hint;
  GtkEditable    *description;

  GtkWidget      *tile;  /* what the form shows */
  GtkWidget      *front; /* the frontal image in the popover */
  GtkWidget      *angles;
  DailiesElement *element;
  DailiesField   *field;
  GListModel     *problems;
};

G_DEFINE_FINAL_TYPE (DailiesElementCard, dailies_element_card, GTK_TYPE_WIDGET)

enum
{
  REMOVE,
  MOVE,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* (nullable): the first problem about @asset; the list is sorted by severity */
static const char *
find_problem (DailiesElementCard *self,
              DailiesAsset       *asset)
{
  for (guint i = 0; self->problems != NULL && i < g_list_model_get_n_items (self->problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (self->problems, i);

      if (asset != NULL && dailies_problem_get_asset (problem) == asset
          && dailies_problem_get_severity (problem) != DAILIES_PROBLEM_WAIT)
        return dailies_problem_get_message (problem);
    }
  return NULL;
}

static void
update (DailiesElementCard *self)
{
  DailiesAsset *frontal = dailies_element_get_frontal (self->element);
  GListModel *angles = G_LIST_MODEL (dailies_element_get_angles (self->element));
  guint n = g_list_model_get_n_items (angles);
  const char *problem = find_problem (self, frontal);

  dailies_media_well_set_asset (DAILIES_MEDIA_WELL (self->front), frontal);
  dailies_media_well_set_problem (DAILIES_MEDIA_WELL (self->front), problem);
  dailies_media_row_refresh (DAILIES_MEDIA_ROW (self->angles));

  for (guint i = 0; problem == NULL && i < n; i++)
    {
      g_autoptr (DailiesAsset) angle = g_list_model_get_item (angles, i);

      problem = find_problem (self, angle);
    }
  dailies_media_well_set_asset (DAILIES_MEDIA_WELL (self->tile), frontal);
  dailies_media_well_set_problem (DAILIES_MEDIA_WELL (self->tile), problem);
  dailies_media_well_set_count (DAILIES_MEDIA_WELL (self->tile), n);
}

static void
element_changed_cb (DailiesElementCard *self)
{
  update (self);
}

/* --- the tile ------------------------------------------------------------------------------- */

static void
tile_open_cb (DailiesMediaWell   *well,
              DailiesElementCard *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    gtk_popover_popdown (self->popover);
  else
    dailies_element_card_open (self);
}

static void
tile_dropped_cb (DailiesMediaWell   *well,
                 DailiesDrop        *drop,
                 gboolean            replace,
                 DailiesElementCard *self)
{
  if (drop->dragged != NULL && dailies_dragged_get_asset (drop->dragged) == NULL)
    g_signal_emit (self, signals[DROPPED], 0, drop);
  else
    dailies_intake_into_element (self->element, drop, G_MAXUINT, GTK_WIDGET (self));
}

static void
tile_remove_cb (DailiesMediaWell   *well,
                DailiesElementCard *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
tile_move_cb (DailiesMediaWell   *well,
              int                 delta,
              DailiesElementCard *self)
{
  g_signal_emit (self, signals[MOVE], 0, delta);
}

/* --- the popover ---------------------------------------------------------------------------- */

static void
front_dropped_cb (DailiesMediaWell   *well,
                  DailiesDrop        *drop,
                  gboolean            replace,
                  DailiesElementCard *self)
{
  DailiesAsset *old = dailies_element_get_frontal (self->element);
  g_autoptr (DailiesAsset) asset = NULL;

  if (drop->dragged != NULL)
    {
      asset = g_object_ref (dailies_dragged_get_asset (drop->dragged));
      dailies_dragged_take (drop->dragged, old);
    }
  else
    {
      asset = g_object_ref (g_ptr_array_index (drop->assets, 0));
      g_ptr_array_remove_index (drop->assets, 0);
      g_array_remove_index (drop->kinds, 0);
    }
  dailies_element_set_frontal (self->element, asset);
  dailies_intake_load (asset);
  if (drop->dragged == NULL)
    dailies_intake_into_element (self->element, drop, G_MAXUINT, GTK_WIDGET (self));
}

static void
front_remove_cb (DailiesMediaWell   *well,
                 DailiesElementCard *self)
{
  dailies_element_set_frontal (self->element, NULL);
}

static void
front_taken_cb (DailiesMediaWell   *well,
                DailiesAsset       *replacement,
                DailiesElementCard *self)
{
  dailies_element_set_frontal (self->element, replacement);
}

static void
angles_insert_cb (DailiesMediaRow    *row,
                  DailiesDrop        *drop,
                  guint               position,
                  DailiesElementCard *self)
{
  dailies_intake_into_element (self->element, drop, position, GTK_WIDGET (self));
}

static void
angles_remove_cb (DailiesMediaRow    *row,
                  guint               position,
                  DailiesElementCard *self)
{
  g_list_store_remove (dailies_element_get_angles (self->element), position);
}

static void
angles_replace_cb (DailiesMediaRow    *row,
                   DailiesDrop        *drop,
                   guint               position,
                   DailiesElementCard *self)
{
  g_list_store_remove (dailies_element_get_angles (self->element), position);
  dailies_intake_into_element (self->element, drop, position, GTK_WIDGET (self));
}

static void
angles_move_cb (DailiesMediaRow    *row,
                guint               from,
                guint               to,
                DailiesElementCard *self)
{
  GListStore *angles = dailies_element_get_angles (self->element);
  g_autoptr (DailiesAsset) angle = g_list_model_get_item (G_LIST_MODEL (angles), from);

  g_list_store_remove (angles, from);
  g_list_store_insert (angles, to, angle);
}

static void
angles_taken_cb (DailiesMediaRow    *row,
                 guint               position,
                 DailiesAsset       *replacement,
                 DailiesElementCard *self)
{
  GListStore *angles = dailies_element_get_angles (self->element);

  g_list_store_splice (angles, position, 1, (gpointer *) &replacement, replacement != NULL);
}

static void
decorate_angle (DailiesMediaWell *well,
                gpointer          user_data)
{
  dailies_media_well_set_problem (well, find_problem (user_data,
                                                      dailies_media_well_get_asset (well)));
}

static gboolean
escape_cb (GtkWidget *popover,
           GVariant  *args,
           gpointer   user_data)
{
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (DAILIES_ELEMENT_CARD (user_data)->tile);
  return TRUE;
}

/* A popover that stays up when the pointer goes elsewhere lets the focus go as well, and would not hear Escape any more. */
static gboolean
tab_cb (GtkWidget *popover,
        GVariant  *args,
        gpointer   user_data)
{
  GtkDirectionType direction = GPOINTER_TO_INT (user_data);
  GtkWidget *focus;

  if (gtk_widget_child_focus (popover, direction))
    return TRUE;
  /* From the last to the first: nothing on the way there may remember where the focus was. */
  focus = gtk_root_get_focus (gtk_widget_get_root (popover));
  for (GtkWidget *at = focus; at != NULL && at != popover; at = gtk_widget_get_parent (at))
    gtk_widget_set_focus_child (at, NULL);
  gtk_widget_set_focus_child (popover, NULL);
  gtk_widget_child_focus (popover, direction);
  return TRUE;
}

static void
add_key (GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     func,
         gpointer            user_data)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_callback_action_new (func, user_data, NULL)));
}

static void
description_changed_cb (GtkEditable        *editable,
                        DailiesElementCard *self)
{
  dailies_element_set_description (self->element, gtk_editable_get_text (editable));
}

/* Also where Undo changes it; setting what is there already would throw the cursor to its start. */
static void
show_description (DailiesElementCard *self)
{
  const char *text = dailies_element_get_description (self->element);
  /* The entry empties itself first, which is not meant for the element. */
  g_autofree char *kept = g_strdup (text != NULL ? text : "");

  if (g_str_equal (gtk_editable_get_text (self->description), kept))
    return;
  g_signal_handlers_block_by_func (self->description, description_changed_cb, self);
  gtk_editable_set_text (self->description, kept);
  g_signal_handlers_unblock_by_func (self->description, description_changed_cb, self);
}

static char *
make_angles_hint (DailiesField *field)
{
  int min = dailies_field_get_min_angles (field);
  int max = dailies_field_get_max_angles (field);

  if (min > 0 && max > 0)
    return g_strdup_printf (_("%d to %d pictures"), min, max);
  if (max > 0)
    return g_strdup_printf (ngettext ("up to %d picture", "up to %d pictures", max), max);
  if (min > 0)
    return g_strdup_printf (ngettext ("at least %d picture", "at least %d pictures", min), min);
  return g_strdup ("");
}

static void
fill_popover (DailiesElementCard *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *hint = make_angles_hint (self->field);
  const DailiesElementShape *shape = dailies_field_get_element_shape (self->field);
  GListModel *angles = G_LIST_MODEL (dailies_element_get_angles (self->element));

  self->front = dailies_media_well_new (DAILIES_WELL_TILE, DAILIES_MEDIA_IMAGE, _("Front"));
  dailies_media_well_set_multiple (DAILIES_MEDIA_WELL (self->front), TRUE);
  g_signal_connect (self->front, "dropped", G_CALLBACK (front_dropped_cb), self);
  g_signal_connect (self->front, "remove", G_CALLBACK (front_remove_cb), self);
  g_signal_connect (self->front, "taken", G_CALLBACK (front_taken_cb), self);
  adw_bin_set_child (self->front_bin, self->front);

  self->angles = dailies_media_row_new (angles, DAILIES_MEDIA_IMAGE, _("Other angle"),
                                        decorate_angle, self);
  g_signal_connect (self->angles, "insert", G_CALLBACK (angles_insert_cb), self);
  g_signal_connect (self->angles, "replace", G_CALLBACK (angles_replace_cb), self);
  g_signal_connect (self->angles, "remove", G_CALLBACK (angles_remove_cb), self);
  g_signal_connect (self->angles, "move", G_CALLBACK (angles_move_cb), self);
  g_signal_connect (self->angles, "taken", G_CALLBACK (angles_taken_cb), self);
  adw_bin_set_child (self->angles_bin, self->angles);

  gtk_label_set_label (self->angles_hint, hint);
  /* The form has one history for all of it. */
  gtk_editable_set_enable_undo (self->description, FALSE);
  show_description (self);
  g_signal_connect_object (self->element, "notify::description", G_CALLBACK (show_description), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->description),
                          shape != NULL && shape->description != NULL);
  g_signal_connect (self->description, "changed", G_CALLBACK (description_changed_cb), self);
  g_signal_connect_swapped (self->close, "clicked", G_CALLBACK (gtk_popover_popdown),
                            self->popover);
  add_key (keys, GDK_KEY_Escape, 0, escape_cb, self);
  add_key (keys, GDK_KEY_Tab, 0, tab_cb, GINT_TO_POINTER (GTK_DIR_TAB_FORWARD));
  add_key (keys, GDK_KEY_Tab, GDK_SHIFT_MASK, tab_cb, GINT_TO_POINTER (GTK_DIR_TAB_BACKWARD));
  gtk_widget_add_controller (GTK_WIDGET (self->popover), keys);
}

/* --- class ---------------------------------------------------------------------------------- */

static void
dailies_element_card_dispose (GObject *object)
{
  DailiesElementCard *self = DAILIES_ELEMENT_CARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->element);
  g_clear_object (&self->field);
  g_clear_object (&self->problems);
  G_OBJECT_CLASS (dailies_element_card_parent_class)->dispose (object);
}

static void
dailies_element_card_class_init (DailiesElementCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = DAILIES_TYPE_ELEMENT_CARD;

  G_OBJECT_CLASS (klass)->dispose = dailies_element_card_dispose;

  signals[REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-element-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, popover);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, heading);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, close);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, front_bin);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, angles_bin);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, angles_hint);
  gtk_widget_class_bind_template_child (widget_class, DailiesElementCard, description);
  gtk_widget_class_set_css_name (widget_class, "elementcard");
}

static void
dailies_element_card_init (DailiesElementCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dailies_element_card_new (DailiesElement *element,
                          DailiesField   *field)
{
  DailiesElementCard *self = g_object_new (DAILIES_TYPE_ELEMENT_CARD, NULL);

  self->element = g_object_ref (element);
  self->field = g_object_ref (field);
  self->tile = dailies_media_well_new (DAILIES_WELL_TILE, DAILIES_MEDIA_IMAGE, _("Element"));
  dailies_media_well_set_carries (DAILIES_MEDIA_WELL (self->tile), element);
  dailies_media_well_set_opens (DAILIES_MEDIA_WELL (self->tile), TRUE);
  g_signal_connect (self->tile, "open", G_CALLBACK (tile_open_cb), self);
  g_signal_connect (self->tile, "dropped", G_CALLBACK (tile_dropped_cb), self);
  g_signal_connect (self->tile, "remove", G_CALLBACK (tile_remove_cb), self);
  g_signal_connect (self->tile, "move", G_CALLBACK (tile_move_cb), self);
  gtk_widget_insert_after (self->tile, GTK_WIDGET (self), NULL);
  fill_popover (self);
  g_signal_connect_object (element, "notify", G_CALLBACK (element_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dailies_element_get_angles (element), "items-changed",
                           G_CALLBACK (element_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);
  return GTK_WIDGET (self);
}

DailiesElement *
dailies_element_card_get_element (DailiesElementCard *self)
{
  g_return_val_if_fail (DAILIES_IS_ELEMENT_CARD (self), NULL);

  return self->element;
}

void
dailies_element_card_set_place (DailiesElementCard *self,
                                gpointer            owner,
                                guint               position)
{
  g_return_if_fail (DAILIES_IS_ELEMENT_CARD (self));

  dailies_media_well_set_place (DAILIES_MEDIA_WELL (self->tile), owner, position);
}

void
dailies_element_card_set_badge (DailiesElementCard *self,
                                const char         *badge)
{
  g_return_if_fail (DAILIES_IS_ELEMENT_CARD (self));

  dailies_media_well_set_badge (DAILIES_MEDIA_WELL (self->tile), badge);
  gtk_label_set_label (self->heading, badge != NULL ? badge : _("Element"));
}

void
dailies_element_card_set_problems (DailiesElementCard *self,
                                   GListModel         *problems)
{
  g_return_if_fail (DAILIES_IS_ELEMENT_CARD (self));

  g_set_object (&self->problems, problems);
  update (self);
}

void
dailies_element_card_open (DailiesElementCard *self)
{
  g_return_if_fail (DAILIES_IS_ELEMENT_CARD (self));

  gtk_popover_popup (self->popover);
  gtk_widget_child_focus (GTK_WIDGET (self->popover), GTK_DIR_TAB_FORWARD);
}
