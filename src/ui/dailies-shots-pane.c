/* dailies-shots-pane.c: the list of shots with its search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "dailies-library.h"
#include "dailies-shot-row.h"
#include "dailies-shot.h"
#include "dailies-shots-pane.h"
#include "dailies-text.h"

struct _DailiesShotsPane
{
  AdwBin parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListView        *view;
  GtkLabel           *nothing;

  DailiesLibrary     *library;
  DailiesShot        *shot;
  GHashTable         *hidden; /* DailiesShot set: deleted, and can still be brought back */
  GStrv               needles; /* the words searched for, folded */
  GtkFilter          *filter;
  GtkSingleSelection *selection;
  GPtrArray          *rows;   /* (element-type GtkListItem): those that show a shot now, unowned */
};

G_DEFINE_FINAL_TYPE (DailiesShotsPane, dailies_shots_pane, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SHOT,
  N_PROPS
};

enum
{
  SIGNAL_DELETED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What the search looks at, folded: prompt and notes. Kept with the shot, and made anew when they changed. */
typedef struct
{
  guint hash;
  char *text;
} Haystack;

static void
haystack_free (Haystack *haystack)
{
  g_free (haystack->text);
  g_free (haystack);
}

/* An é is an é, whether it was typed as one letter or as two. */
static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed != NULL ? composed : text, -1);
}

static const char *
get_haystack (DailiesShot *shot)
{
  static GQuark quark;
  const char *prompt = dailies_shot_get_prompt (shot);
  const char *notes = dailies_shot_get_notes (shot);
  guint hash = g_str_hash (prompt) * 31 + g_str_hash (notes);
  Haystack *haystack;

  if (quark == 0)
    quark = g_quark_from_static_string ("dailies-shots-pane-haystack");
  haystack = g_object_get_qdata (G_OBJECT (shot), quark);
  if (haystack == NULL || haystack->hash != hash)
    {
      g_autofree char *text = g_strconcat (prompt, "\n", notes, NULL);

      haystack = g_new0 (Haystack, 1);
      haystack->hash = hash;
      haystack->text = fold (text);
      g_object_set_qdata_full (G_OBJECT (shot), quark, haystack, (GDestroyNotify) haystack_free);
    }
  return haystack->text;
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  DailiesShotsPane *self = user_data;
  g_autofree char *title = NULL;

  if (g_hash_table_contains (self->hidden, item))
    return FALSE;
  if (self->needles[0] == NULL)
    return TRUE;
  /* All of the words, in any order, wherever each of them stands. */
  title = fold (dailies_shot_get_title (item));
  for (guint i = 0; self->needles[i] != NULL; i++)
    if (strstr (get_haystack (item), self->needles[i]) == NULL && strstr (title, self->needles[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static DailiesShot *
find_shot (DailiesShotsPane *self,
           gint64            id)
{
  DailiesShot *shot = id < 0 ? self->shot : dailies_library_lookup_shot (self->library, id);

  return shot != NULL ? g_object_ref (shot) : NULL;
}

/* Follows a list that moved, was searched or was told: the current shot stays selected while it is listed. */
static void
select_shot (DailiesShotsPane *self)
{
  GListModel *items = G_LIST_MODEL (self->selection);

  if (self->shot != NULL && gtk_single_selection_get_selected_item (self->selection) == self->shot)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (items, i);

      if (shot == self->shot)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }
}

static void
update_heading (DailiesShotsPane *self,
                GtkListItem      *list_item)
{
  DailiesShotRow *row = DAILIES_SHOT_ROW (gtk_list_item_get_child (list_item));
  guint position = gtk_list_item_get_position (list_item);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = dailies_text_day (dailies_shot_get_updated (gtk_list_item_get_item (list_item)), now);
  g_autofree char *above = NULL;

  if (position > 0 && position != GTK_INVALID_LIST_POSITION)
    {
      g_autoptr (DailiesShot) previous = g_list_model_get_item (G_LIST_MODEL (self->selection), position - 1);

      if (previous != NULL)
        above = dailies_text_day (dailies_shot_get_updated (previous), now);
    }
  dailies_shot_row_set_heading (row, g_strcmp0 (day, above) == 0 ? "" : day);
}

static void
items_changed_cb (DailiesShotsPane *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  /* A row's heading depends on the row above it. */
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_list_item_get_item (self->rows->pdata[i]) != NULL)
      update_heading (self, self->rows->pdata[i]);
  if (empty && self->needles[0] != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("No shot has “%s” in its title, prompt or notes."),
                                               gtk_editable_get_text (GTK_EDITABLE (self->search)));

      gtk_label_set_text (self->nothing, text);
    }
  else if (empty)
    gtk_label_set_text (self->nothing, _("No shots yet. New Shot makes one."));
  gtk_stack_set_visible_child_name (self->stack, empty ? "nothing" : "list");
  select_shot (self);
}

static void
selected_cb (DailiesShotsPane *self)
{
  gpointer shot = gtk_single_selection_get_selected_item (self->selection);

  if (shot != NULL)
    dailies_shots_pane_set_shot (self, shot);
}

static void
search_changed_cb (DailiesShotsPane *self)
{
  g_autofree char *text = fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_auto (GStrv) parts = g_regex_split_simple ("\\s+", text, 0, 0);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  g_strfreev (self->needles);
  self->needles = g_strv_builder_end (words);
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static DailiesShotRow *
find_row (DailiesShotsPane *self,
          DailiesShot      *shot)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_list_item_get_item (self->rows->pdata[i]) == shot)
      return DAILIES_SHOT_ROW (gtk_list_item_get_child (self->rows->pdata[i]));
  return NULL;
}

/* On the row of @shot, or wherever the list has its focus where that is not listed. */
static void
focus_shot (DailiesShotsPane *self,
            DailiesShot      *shot)
{
  DailiesShotRow *row = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (DailiesShot) listed = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (listed != shot)
        continue;
      /* Its row may not have been made yet. */
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", i);
      row = find_row (self, shot);
    }
  /* What has the focus is the item around the row. */
  if (row == NULL || !gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row))))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
stop_search_cb (DailiesShotsPane *self)
{
  dailies_shots_pane_clear_search (self);
  focus_shot (self, self->shot);
}

/* Return opens what was found first. */
static void
search_activated_cb (DailiesShotsPane *self)
{
  g_autoptr (DailiesShot) found = NULL;

  if (self->selection == NULL)
    return;
  /* Whoever types fast presses it before the list has followed. */
  search_changed_cb (self);
  found = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  if (found == NULL)
    return;
  dailies_shots_pane_set_shot (self, found);
  focus_shot (self, found);
}

static void
renamed_cb (DailiesShotRow   *row,
            const char       *title,
            DailiesShotsPane *self)
{
  dailies_library_rename_shot (self->library, dailies_shot_row_get_shot (row), title);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          DailiesShotsPane         *self)
{
  GtkWidget *row = dailies_shot_row_new ();

  g_signal_connect_object (row, "renamed", G_CALLBACK (renamed_cb), self, 0);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         DailiesShotsPane         *self)
{
  DailiesShotRow *row = DAILIES_SHOT_ROW (gtk_list_item_get_child (list_item));

  dailies_shot_row_set_shot (row, gtk_list_item_get_item (list_item));
  update_heading (self, list_item);
  g_ptr_array_add (self->rows, list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           DailiesShotsPane         *self)
{
  g_ptr_array_remove (self->rows, list_item);
  dailies_shot_row_set_shot (DAILIES_SHOT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  DailiesShotsPane *self = DAILIES_SHOTS_PANE (widget);
  g_autoptr (DailiesShot) shot = find_shot (self, g_variant_get_int64 (target));
  DailiesShotRow *row = shot != NULL ? find_row (self, shot) : NULL;

  if (row != NULL)
    dailies_shot_row_rename (row);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  DailiesShotsPane *self = DAILIES_SHOTS_PANE (widget);
  g_autoptr (DailiesShot) shot = find_shot (self, g_variant_get_int64 (target));

  if (shot == NULL || !g_hash_table_add (self->hidden, g_object_ref (shot)))
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  g_signal_emit (self, signals[SIGNAL_DELETED], 0, shot);
}

static void
popup_menu_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  DailiesShotsPane *self = DAILIES_SHOTS_PANE (widget);
  DailiesShotRow *row = self->shot != NULL ? find_row (self, self->shot) : NULL;

  if (row != NULL)
    dailies_shot_row_popup_menu (row, -1, -1);
}

static void
dailies_shots_pane_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOT:
      g_value_set_object (value, DAILIES_SHOTS_PANE (object)->shot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_shots_pane_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOT:
      dailies_shots_pane_set_shot (DAILIES_SHOTS_PANE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_shots_pane_dispose (GObject *object)
{
  DailiesShotsPane *self = DAILIES_SHOTS_PANE (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->shot);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (dailies_shots_pane_parent_class)->dispose (object);
}

static void
dailies_shots_pane_finalize (GObject *object)
{
  DailiesShotsPane *self = DAILIES_SHOTS_PANE (object);

  g_hash_table_unref (self->hidden);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->needles);

  G_OBJECT_CLASS (dailies_shots_pane_parent_class)->finalize (object);
}

static void
dailies_shots_pane_class_init (DailiesShotsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_shots_pane_get_property;
  object_class->set_property = dailies_shots_pane_set_property;
  object_class->dispose = dailies_shots_pane_dispose;
  object_class->finalize = dailies_shots_pane_finalize;

  properties[PROP_SHOT] = g_param_spec_object ("shot", NULL, NULL, DAILIES_TYPE_SHOT,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_DELETED] = g_signal_new ("deleted", DAILIES_TYPE_SHOTS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, DAILIES_TYPE_SHOT);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-shots-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesShotsPane, search);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotsPane, view);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotsPane, nothing);

  gtk_widget_class_install_action (widget_class, "shots.rename", "x", rename_action);
  gtk_widget_class_install_action (widget_class, "shots.delete", "x", delete_action);
  gtk_widget_class_install_action (widget_class, "shots.popup-menu", NULL, popup_menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "shots.rename", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "shots.delete", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "shots.popup-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "shots.popup-menu", NULL);
}

static void
dailies_shots_pane_init (DailiesShotsPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->hidden = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->rows = g_ptr_array_new ();
  self->needles = g_new0 (char *, 1);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->view, factory);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dailies_shots_pane_new (void)
{
  return g_object_new (DAILIES_TYPE_SHOTS_PANE, NULL);
}

void
dailies_shots_pane_set_library (DailiesShotsPane *self,
                                DailiesLibrary   *library)
{
  GtkFilterListModel *found;

  g_return_if_fail (DAILIES_IS_SHOTS_PANE (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (library)), g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, FALSE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  /* After the view has heard of it: to select an item that it does not know yet is its end. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  items_changed_cb (self);
}

DailiesShot *
dailies_shots_pane_get_shot (DailiesShotsPane *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOTS_PANE (self), NULL);

  return self->shot;
}

void
dailies_shots_pane_set_shot (DailiesShotsPane *self,
                             DailiesShot      *shot)
{
  g_return_if_fail (DAILIES_IS_SHOTS_PANE (self));

  if (!g_set_object (&self->shot, shot))
    return;
  if (self->selection != NULL)
    select_shot (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOT]);
}

void
dailies_shots_pane_restore (DailiesShotsPane *self,
                            DailiesShot      *shot)
{
  g_return_if_fail (DAILIES_IS_SHOTS_PANE (self));

  if (g_hash_table_remove (self->hidden, shot))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

GListModel *
dailies_shots_pane_get_items (DailiesShotsPane *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOTS_PANE (self), NULL);

  return G_LIST_MODEL (self->selection);
}

void
dailies_shots_pane_focus_search (DailiesShotsPane *self)
{
  g_return_if_fail (DAILIES_IS_SHOTS_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
dailies_shots_pane_clear_search (DailiesShotsPane *self)
{
  g_return_if_fail (DAILIES_IS_SHOTS_PANE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  /* Now, and not when typing would have come to rest. */
  search_changed_cb (self);
}
