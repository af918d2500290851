/* dailies-cut-card.c: one finished cut in the strip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-cut-card.h"
#include "dailies-cut.h"
#include "dailies-poster.h"
#include "dailies-text.h"
#include "dailies-tip.h"

struct _DailiesCutCard
{
  AdwBin parent_instance;

  DailiesPoster   *poster;
  GtkLabel        *side;
  GtkLabel        *fresh;
  GtkToggleButton *star;
  GtkToggleButton *compare;
  GtkLabel        *length;
  GtkLabel        *title;
  GtkLabel        *snippet;
  GtkWidget       *menu; /* (nullable): made when it is first asked for */

  DailiesCut      *cut;
  GBindingGroup   *bindings;
  GSignalGroup    *signals;
  gboolean         showing; /* the star shows a state and does not make one */
  gboolean         pressed; /* and not let go or dragged away yet */
};

G_DEFINE_FINAL_TYPE (DailiesCutCard, dailies_cut_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update_name (DailiesCutCard *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  if (self->cut == NULL)
    return;
  /* Translators: the number of a cut within its shot */
  title = g_strdup_printf (_("Cut %u"), dailies_cut_get_number (self->cut));
  gtk_label_set_text (self->title, title);
  if (dailies_cut_get_fresh (self->cut))
    /* Translators: for screen readers: “Cut 2”, then its prompt; new: it has not been played yet */
    name = g_strdup_printf (_("%s, new. %s"), title, dailies_cut_get_prompt (self->cut));
  else if (dailies_cut_get_picked (self->cut))
    /* Translators: for screen readers: “Cut 2”, then its prompt */
    name = g_strdup_printf (_("%s, picked. %s"), title, dailies_cut_get_prompt (self->cut));
  else
    name = g_strdup_printf ("%s. %s", title, dailies_cut_get_prompt (self->cut));
  dailies_compat_name_item (GTK_WIDGET (self), name);
}

static void
update_star (DailiesCutCard *self)
{
  gboolean picked = self->cut != NULL && dailies_cut_get_picked (self->cut);
  const char *what = picked ? _("Take the Star Away") : _("Pick This Cut");

  self->showing = TRUE;
  gtk_toggle_button_set_active (self->star, picked);
  self->showing = FALSE;
  gtk_button_set_icon_name (GTK_BUTTON (self->star), picked ? "starred-symbolic" : "non-starred-symbolic");
  dailies_tip_set (GTK_WIDGET (self->star), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->star), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  update_name (self);
}

/* What has come and was never looked at says so. */
static void
update_fresh (DailiesCutCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->fresh), self->cut != NULL && dailies_cut_get_fresh (self->cut));
  update_name (self);
}

static void
star_toggled_cb (DailiesCutCard *self)
{
  if (self->showing || self->cut == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "strip.pick", "x", dailies_cut_get_id (self->cut));
  /* What is shown is what the library says, also where it said no. */
  update_star (self);
}

/* In the strip, Left, Right and End would go to another cut, and that would be the end of the comparison. */
static void
go_to_stage (DailiesCutCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.to-stage", NULL);
}

static void
compare_toggled_cb (DailiesCutCard *self)
{
  if (self->showing || self->cut == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "strip.compare", "x", dailies_cut_get_id (self->cut));
  /* What is shown is what is on the stage, also where it had no room. */
  dailies_cut_card_set_side (self, gtk_widget_get_visible (GTK_WIDGET (self->side))
                                     ? gtk_label_get_text (self->side) : NULL);
  /* Whoever works with the keys is not sent elsewhere. */
  if (!gtk_window_get_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))))
    go_to_stage (self);
}

/* Before the list makes a selection of it. */
static void
modified_click_cb (GtkGestureClick *gesture,
                   int              n_press,
                   double           x,
                   double           y,
                   DailiesCutCard  *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (self->cut == NULL || !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "strip.compare", "x", dailies_cut_get_id (self->cut));
  go_to_stage (self);
}

/* GTK forgets a press when it draws between the hand's letting go and its own hearing of it: it asks where the pointer is,
 * learns that no button is down, and the list never gets its click. What comes last tells. */
static gboolean
button_cb (GtkEventControllerLegacy *controller,
           GdkEvent                 *event,
           DailiesCutCard           *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean chosen = type == GDK_BUTTON_RELEASE && self->pressed;

  if ((type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE) || gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY)
    return GDK_EVENT_PROPAGATE;

  self->pressed = type == GDK_BUTTON_PRESS;
  if (chosen && self->cut != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "strip.choose", "x", dailies_cut_get_id (self->cut));
  return GDK_EVENT_PROPAGATE;
}

static GMenuModel *
build_menu (DailiesCutCard *self)
{
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self->side));
  const struct
  {
    const char *label;
    const char *action;
  } entries[] = {
    { N_("_Play"), "strip.play" },
    { shown ? N_("_Take Off the Stage") : N_("_Compare"), "strip.compare" },
    { dailies_cut_get_picked (self->cut) ? N_("Take the Star Away") : N_("Pick This Cut"), "strip.pick" },
    { N_("_Use as Draft"), "strip.use-as-draft" },
    { N_("_Copy"), "strip.copy" },
    { N_("Show in _Folder"), "strip.reveal" },
    { N_("Move to _Trash"), "strip.trash" },
  };
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(entries[i].label), NULL);

      g_menu_item_set_action_and_target (item, entries[i].action, "x", dailies_cut_get_id (self->cut));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             DailiesCutCard  *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  dailies_cut_card_popup_menu (self, x, y);
}

static GdkContentProvider *
prepare_drag_cb (GtkDragSource  *source,
                 double          x,
                 double          y,
                 DailiesCutCard *self)
{
  GdkContentProvider *content;
  GdkFileList *files;
  GFile *file;

  if (self->cut == NULL)
    return NULL;
  file = dailies_cut_get_file (self->cut);
  files = gdk_file_list_new_from_array (&file, 1);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  return content;
}

static void
drag_begin_cb (GtkDragSource  *source,
               GdkDrag        *drag,
               DailiesCutCard *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->poster));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);

  self->pressed = FALSE;
  gtk_drag_source_set_icon (source, still, 0, 0);
}

static void
dailies_cut_card_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CUT:
      g_value_set_object (value, DAILIES_CUT_CARD (object)->cut);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_cut_card_dispose (GObject *object)
{
  DailiesCutCard *self = DAILIES_CUT_CARD (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->cut);
  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);

  G_OBJECT_CLASS (dailies_cut_card_parent_class)->dispose (object);
}

static void
dailies_cut_card_class_init (DailiesCutCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_cut_card_get_property;
  object_class->dispose = dailies_cut_card_dispose;

  properties[PROP_CUT] = g_param_spec_object ("cut", NULL, NULL, DAILIES_TYPE_CUT,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DAILIES_TYPE_POSTER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-cut-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, poster);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, side);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, fresh);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, star);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, compare);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, length);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesCutCard, snippet);
  gtk_widget_class_set_css_name (widget_class, "cutcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_cut_card_init (DailiesCutCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *modified = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkEventController *buttons = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->compare, "toggled", G_CALLBACK (compare_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (modified), GTK_PHASE_CAPTURE);
  g_signal_connect (modified, "pressed", G_CALLBACK (modified_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (modified));
  g_signal_connect_object (self->star, "toggled", G_CALLBACK (star_toggled_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  /* Behind the buttons on the card, which take what is meant for them. */
  gtk_event_controller_set_propagation_phase (buttons, GTK_PHASE_BUBBLE);
  g_signal_connect (buttons, "event", G_CALLBACK (button_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), buttons);

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (prepare_drag_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "poster", self->poster, "file", G_BINDING_SYNC_CREATE);
  self->signals = g_signal_group_new (DAILIES_TYPE_CUT);
  g_signal_group_connect_swapped (self->signals, "notify::picked", G_CALLBACK (update_star), self);
  g_signal_group_connect_swapped (self->signals, "notify::number", G_CALLBACK (update_name), self);
  g_signal_group_connect_swapped (self->signals, "notify::fresh", G_CALLBACK (update_fresh), self);
}

GtkWidget *
dailies_cut_card_new (void)
{
  return g_object_new (DAILIES_TYPE_CUT_CARD, NULL);
}

DailiesCut *
dailies_cut_card_get_cut (DailiesCutCard *self)
{
  g_return_val_if_fail (DAILIES_IS_CUT_CARD (self), NULL);

  return self->cut;
}

void
dailies_cut_card_set_cut (DailiesCutCard *self,
                          DailiesCut     *cut,
                          const char     *other)
{
  g_return_if_fail (DAILIES_IS_CUT_CARD (self));

  g_set_object (&self->cut, cut);
  g_binding_group_set_source (self->bindings, cut);
  g_signal_group_set_target (self->signals, cut);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  update_star (self);
  update_fresh (self);
  if (cut != NULL)
    {
      const char *prompt = dailies_cut_get_prompt (cut);
      g_autofree char *snippet = dailies_text_snippet (prompt, other);
      g_autofree char *length = NULL;

      /* Translators: the length of a clip in seconds */
      length = g_strdup_printf (_("%.1f s"), dailies_cut_get_seconds (cut));
      gtk_label_set_text (self->length, length);
      gtk_label_set_text (self->snippet, snippet);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->snippet), prompt);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CUT]);
}

void
dailies_cut_card_set_side (DailiesCutCard *self,
                           const char     *side)
{
  const char *what = side != NULL ? _("Take Off the Stage (Ctrl+Click)") : _("Compare (Ctrl+Click)");

  g_return_if_fail (DAILIES_IS_CUT_CARD (self));

  self->showing = TRUE;
  gtk_toggle_button_set_active (self->compare, side != NULL);
  self->showing = FALSE;
  dailies_tip_set (GTK_WIDGET (self->compare), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compare), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  if (side != gtk_label_get_text (self->side))
    gtk_label_set_text (self->side, side != NULL ? side : "");
  gtk_widget_set_visible (GTK_WIDGET (self->side), side != NULL);
  if (side != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "shown");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "shown");
}

void
dailies_cut_card_popup_menu (DailiesCutCard *self,
                             double          x,
                             double          y)
{
  g_autoptr (GMenuModel) model = NULL;

  g_return_if_fail (DAILIES_IS_CUT_CARD (self));

  if (self->cut == NULL)
    return;
  model = build_menu (self);
  if (self->menu != NULL)
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  else
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  if (x < 0)
    x = y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
