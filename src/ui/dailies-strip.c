/* dailies-strip.c: the cuts of one shot, then its jobs, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-cut-card.h"
#include "dailies-cut.h"
#include "dailies-job-card.h"
#include "dailies-job-filter.h"
#include "dailies-job.h"
#include "dailies-library.h"
#include "dailies-reel.h"
#include "dailies-shot.h"
#include "dailies-sides.h"
#include "dailies-sideways.h"
#include "dailies-strip-scroll.h"
#include "dailies-strip.h"

struct _DailiesStrip
{
  AdwBin parent_instance;

  GtkStack           *stack;
  GtkScrolledWindow  *scroller;
  GtkListView        *view;

  DailiesLibrary     *library;
  DailiesShot        *shot;
  DailiesJobFilter   *filter;
  GListStore         *halves; /* the cuts, then the jobs */
  GtkSingleSelection *selection;
  GPtrArray          *cards;  /* (element-type DailiesCutCard): those that show a cut now, unowned */
  gint64              shown[DAILIES_REEL_MAX_SIDES]; /* the cut of each side, 0 none */
  guint               n_sides;
  gboolean            telling; /* the selection follows the stage, and is not a wish of the artist's */
  DailiesStripScroll *scroll;
};

G_DEFINE_FINAL_TYPE (DailiesStrip, dailies_strip, ADW_TYPE_BIN)

enum
{
  SIGNAL_SHOW_CUT,
  SIGNAL_COMPARE,
  SIGNAL_USE_AS_DRAFT,
  SIGNAL_TRASH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void selected_cb (DailiesStrip *self);

/* By key it is the card with the focus, which is not always the selected one. */
static DailiesCut *
dup_focused_cut (DailiesStrip *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gpointer selected;

  for (guint i = 0; focus != NULL && i < self->cards->len; i++)
    {
      GtkWidget *card = self->cards->pdata[i];

      if (gtk_widget_get_parent (card) == focus || gtk_widget_is_ancestor (focus, card))
        return g_object_ref (dailies_cut_card_get_cut (DAILIES_CUT_CARD (card)));
    }
  /* A job has no cut to take, and must not stand for another card. */
  if (focus != NULL && focus != GTK_WIDGET (self->view) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return NULL;
  selected = gtk_single_selection_get_selected_item (self->selection);
  return DAILIES_IS_CUT (selected) ? g_object_ref (selected) : NULL;
}

/* Returns: where the cut with @id is; GTK_INVALID_LIST_POSITION nowhere */
static guint
find_position (DailiesStrip *self,
               gint64        id)
{
  GListModel *items = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      if (DAILIES_IS_CUT (item) && dailies_cut_get_id (DAILIES_CUT (item)) == id)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* Returns: (transfer full) (nullable): the cut with @id, or where @id is negative the one that a key means */
static DailiesCut *
find_cut (DailiesStrip *self,
          gint64        id)
{
  return id < 0 ? dup_focused_cut (self) : g_list_model_get_item (G_LIST_MODEL (self->selection), find_position (self, id));
}

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));

  if (cut != NULL)
    g_signal_emit (widget, signals[SIGNAL_SHOW_CUT], 0, cut);
}

/* What a click on a card means: that cut alone, also where it is one of several already. */
static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  DailiesStrip *self = DAILIES_STRIP (widget);
  guint position = find_position (self, g_variant_get_int64 (target));

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
  else
    selected_cb (self);
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));

  if (cut != NULL)
    g_signal_emit (widget, signals[SIGNAL_COMPARE], 0, cut);
}

static void
pick_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  DailiesStrip *self = DAILIES_STRIP (widget);
  g_autoptr (DailiesCut) cut = find_cut (self, g_variant_get_int64 (target));

  if (cut != NULL)
    dailies_library_set_picked (self->library, cut, !dailies_cut_get_picked (cut));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));
  GdkFileList *files;
  GFile *file;

  if (cut == NULL)
    return;
  file = dailies_cut_get_file (cut);
  files = gdk_file_list_new_from_array (&file, 1);
  gdk_clipboard_set (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
}

static void
reveal_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));

  if (cut != NULL)
    dailies_compat_show_in_folder (GTK_WINDOW (gtk_widget_get_root (widget)), dailies_cut_get_file (cut));
}

static void
use_as_draft_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));

  if (cut != NULL)
    g_signal_emit (widget, signals[SIGNAL_USE_AS_DRAFT], 0, cut);
}

static void
trash_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autoptr (DailiesCut) cut = find_cut (DAILIES_STRIP (widget), g_variant_get_int64 (target));

  if (cut != NULL)
    g_signal_emit (widget, signals[SIGNAL_TRASH], 0, cut);
}

static void
popup_menu_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  DailiesStrip *self = DAILIES_STRIP (widget);
  g_autoptr (DailiesCut) cut = find_cut (self, -1);

  for (guint i = 0; cut != NULL && i < self->cards->len; i++)
    if (dailies_cut_card_get_cut (self->cards->pdata[i]) == cut)
      dailies_cut_card_popup_menu (self->cards->pdata[i], -1, -1);
}

static gboolean
is_shown (DailiesStrip *self,
          DailiesCut   *cut)
{
  gboolean shown = FALSE;

  for (guint i = 0; i < self->n_sides; i++)
    shown |= self->shown[i] == dailies_cut_get_id (cut);
  return shown;
}

static void
mark (DailiesStrip   *self,
      DailiesCutCard *card)
{
  DailiesCut *cut = dailies_cut_card_get_cut (card);
  const char *side = NULL;

  for (guint i = 0; cut != NULL && side == NULL && i < self->n_sides; i++)
    if (self->shown[i] == dailies_cut_get_id (cut))
      side = dailies_sides_get_letter (i);
  dailies_cut_card_set_side (card, side);
  if (side != NULL && self->n_sides > 1)
    gtk_widget_add_css_class (GTK_WIDGET (card), "compared");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card), "compared");
}

/* The prompt of the cut before, or of the one behind the first: what the snippet is compared with. */
static char *
dup_neighbour_prompt (DailiesStrip *self,
                      guint         position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position > 0 ? position - 1 : 1);

  return DAILIES_IS_CUT (item) ? g_strdup (dailies_cut_get_prompt (DAILIES_CUT (item))) : NULL;
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         DailiesStrip             *self)
{
  gpointer item = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (DAILIES_IS_CUT (item))
    {
      g_autofree char *other = dup_neighbour_prompt (self, gtk_list_item_get_position (list_item));

      if (!DAILIES_IS_CUT_CARD (child))
        gtk_list_item_set_child (list_item, child = dailies_cut_card_new ());
      dailies_cut_card_set_cut (DAILIES_CUT_CARD (child), item, other);
      g_ptr_array_add (self->cards, child);
      mark (self, DAILIES_CUT_CARD (child));
    }
  else
    {
      if (!DAILIES_IS_JOB_CARD (child))
        gtk_list_item_set_child (list_item, child = dailies_job_card_new ());
      dailies_job_card_set_job (DAILIES_JOB_CARD (child), item);
    }
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           DailiesStrip             *self)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (DAILIES_IS_CUT_CARD (child))
    {
      g_ptr_array_remove (self->cards, child);
      dailies_cut_card_set_cut (DAILIES_CUT_CARD (child), NULL, NULL);
    }
  else if (DAILIES_IS_JOB_CARD (child))
    dailies_job_card_set_job (DAILIES_JOB_CARD (child), NULL);
}

/* Choosing a card by pointer or arrow keys puts its cut on the stage. */
static void
selected_cb (DailiesStrip *self)
{
  gpointer item = gtk_single_selection_get_selected_item (self->selection);

  if (self->telling || !DAILIES_IS_CUT (item))
    return;
  if (self->n_sides != 1 || dailies_cut_get_id (item) != self->shown[0])
    g_signal_emit (self, signals[SIGNAL_SHOW_CUT], 0, item);
}

static void
activate_cb (DailiesStrip *self,
             guint         position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (DAILIES_IS_CUT (item))
    g_signal_emit (self, signals[SIGNAL_SHOW_CUT], 0, item);
}

static void
items_changed_cb (DailiesStrip *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "cards" : "empty");
  /* A new job or cut comes at the end and is what the artist waits for. */
  dailies_strip_scroll_change (self->scroll, added > 0 && position + added == n_items);
}

static void
dailies_strip_dispose (GObject *object)
{
  DailiesStrip *self = DAILIES_STRIP (object);

  g_clear_pointer (&self->scroll, dailies_strip_scroll_free);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->halves);
  g_clear_object (&self->filter);
  g_clear_object (&self->shot);
  g_clear_object (&self->library);
  self->view = NULL;

  G_OBJECT_CLASS (dailies_strip_parent_class)->dispose (object);
}

static void
dailies_strip_finalize (GObject *object)
{
  g_ptr_array_unref (DAILIES_STRIP (object)->cards);

  G_OBJECT_CLASS (dailies_strip_parent_class)->finalize (object);
}

/* The list would only choose once more what the click chose. What lies on a card and has the focus, a star say, keeps the key. */
static gboolean
space_cb (GtkWidget *view,
          GVariant  *args,
          gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));

  if (focus == NULL || gtk_widget_get_parent (focus) != view)
    return FALSE;
  gtk_widget_activate_action (view, "win.play", NULL);
  return TRUE;
}

/* Before the list hears of it, which keeps Space with Ctrl for the selection. */
static void
add_space (DailiesStrip *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_callback_action_new (space_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, DAILIES_TYPE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DAILIES_TYPE_CUT);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "strip.play", "x", play_action);
  gtk_widget_class_install_action (widget_class, "strip.choose", "x", choose_action);
  gtk_widget_class_install_action (widget_class, "strip.compare", "x", compare_action);
  gtk_widget_class_install_action (widget_class, "strip.pick", "x", pick_action);
  gtk_widget_class_install_action (widget_class, "strip.copy", "x", copy_action);
  gtk_widget_class_install_action (widget_class, "strip.reveal", "x", reveal_action);
  gtk_widget_class_install_action (widget_class, "strip.use-as-draft", "x", use_as_draft_action);
  gtk_widget_class_install_action (widget_class, "strip.trash", "x", trash_action);
  gtk_widget_class_install_action (widget_class, "strip.popup-menu", NULL, popup_menu_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "strip.pick", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "strip.compare", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "strip.copy", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "strip.trash", "x", (gint64) -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "strip.popup-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "strip.popup-menu", NULL);
}

static void
dailies_strip_class_init (DailiesStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_strip_dispose;
  object_class->finalize = dailies_strip_finalize;

  signals[SIGNAL_SHOW_CUT] = add_signal ("show-cut");
  signals[SIGNAL_COMPARE] = add_signal ("compare");
  signals[SIGNAL_USE_AS_DRAFT] = add_signal ("use-as-draft");
  signals[SIGNAL_TRASH] = add_signal ("trash");

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesStrip, stack);
  gtk_widget_class_bind_template_child (widget_class, DailiesStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, DailiesStrip, view);
  install_actions (widget_class);
}

static void
dailies_strip_init (DailiesStrip *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->scroll = dailies_strip_scroll_new (self->scroller, self->view);
  self->cards = g_ptr_array_new ();
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->view, factory);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  add_space (self);
  dailies_sideways_follow_wheel (self->scroller);
}

GtkWidget *
dailies_strip_new (void)
{
  return g_object_new (DAILIES_TYPE_STRIP, NULL);
}

void
dailies_strip_set_library (DailiesStrip   *self,
                           DailiesLibrary *library,
                           GListModel     *jobs)
{
  g_autoptr (GListStore) no_cuts = g_list_store_new (DAILIES_TYPE_CUT);
  g_autoptr (GtkFilterListModel) pending = NULL;

  g_return_if_fail (DAILIES_IS_STRIP (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  self->filter = DAILIES_JOB_FILTER (dailies_job_filter_new_for_shot (jobs));
  pending = gtk_filter_list_model_new (g_object_ref (jobs), g_object_ref (GTK_FILTER (self->filter)));

  self->halves = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->halves, no_cuts);
  g_list_store_append (self->halves, pending);
  self->selection = gtk_single_selection_new (
    G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->halves)))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

void
dailies_strip_set_shot (DailiesStrip *self,
                        DailiesShot  *shot)
{
  g_autoptr (GListModel) cuts = NULL;

  g_return_if_fail (DAILIES_IS_STRIP (self));
  g_return_if_fail (self->library != NULL);

  if (self->shot == shot)
    return;
  g_set_object (&self->shot, shot);
  dailies_strip_scroll_reveal (self->scroll, NULL);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  cuts = shot != NULL ? g_object_ref (dailies_shot_get_cuts (shot)) : G_LIST_MODEL (g_list_store_new (DAILIES_TYPE_CUT));
  g_list_store_splice (self->halves, 0, 1, (gpointer *) &cuts, 1);
  dailies_job_filter_set_shot (self->filter, shot != NULL ? dailies_shot_get_id (shot) : -1);
  items_changed_cb (self, 0, 0, 0);
}

void
dailies_strip_set_shown (DailiesStrip *self,
                         const gint64 *cut_ids,
                         guint         n_sides)
{
  GListModel *items;
  gboolean other;

  g_return_if_fail (DAILIES_IS_STRIP (self));
  g_return_if_fail (n_sides <= DAILIES_REEL_MAX_SIDES);

  other = n_sides > 0 && (self->n_sides == 0 || self->shown[0] != cut_ids[0]);
  self->n_sides = n_sides;
  for (guint i = 0; i < n_sides; i++)
    self->shown[i] = cut_ids[i];
  for (guint i = 0; i < self->cards->len; i++)
    mark (self, self->cards->pdata[i]);
  if (self->selection == NULL || n_sides == 0)
    return;
  items = G_LIST_MODEL (self->selection);
  self->telling = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      if (!DAILIES_IS_CUT (item))
        continue;
      if (dailies_cut_get_id (DAILIES_CUT (item)) == self->shown[0])
        {
          gtk_single_selection_set_selected (self->selection, i);
          if (other)
            dailies_strip_scroll_reveal (self->scroll, item);
        }
      if (is_shown (self, DAILIES_CUT (item)))
        dailies_library_set_seen (self->library, DAILIES_CUT (item));
    }
  self->telling = FALSE;
}

GListModel *
dailies_strip_get_items (DailiesStrip *self)
{
  g_return_val_if_fail (DAILIES_IS_STRIP (self), NULL);

  return G_LIST_MODEL (self->selection);
}
