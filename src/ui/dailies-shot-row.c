/* dailies-shot-row.c: one shot in the list of shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-poster.h"
#include "dailies-shot-row.h"
#include "dailies-shot.h"
#include "dailies-text.h"
#include "dailies-tip.h"

struct _DailiesShotRow
{
  AdwBin parent_instance;

  GtkLabel      *heading;
  GtkWidget     *body;
  DailiesPoster *poster;
  GtkLabel      *title;
  GtkLabel      *subtitle;
  GtkSpinner    *badge;
  GtkWidget     *menu;   /* (nullable): made when it is first asked for */
  GtkWidget     *rename; /* (nullable): the popover with the entry */
  GtkEditable   *entry;

  DailiesShot   *shot;
  GBindingGroup *bindings;
  GSignalGroup  *signals;
};

G_DEFINE_FINAL_TYPE (DailiesShotRow, dailies_shot_row, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SHOT,
  N_PROPS
};

enum
{
  SIGNAL_RENAMED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
update (DailiesShotRow *self)
{
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;
  gboolean running;

  if (self->shot == NULL)
    return;
  subtitle = dailies_text_shot (self->shot);
  running = dailies_shot_get_n_running (self->shot) > 0;
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), running);
  gtk_spinner_set_spinning (self->badge, running);
  dailies_tip_set (GTK_WIDGET (self->title), dailies_shot_get_title (self->shot));
  name = g_strdup_printf ("%s. %s", dailies_shot_get_title (self->shot), subtitle);
  dailies_compat_name_item (GTK_WIDGET (self), name);
}

static void
rename_cb (DailiesShotRow *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  gtk_popover_popdown (GTK_POPOVER (self->rename));
  /* An empty title would leave a row without a name: it stays as it was. */
  if (self->shot != NULL && title[0] != '\0' && g_strcmp0 (title, dailies_shot_get_title (self->shot)) != 0)
    g_signal_emit (self, signals[SIGNAL_RENAMED], 0, title);
}

static void
build_rename (DailiesShotRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Rename"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Title of the shot"), -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 24);
  g_signal_connect_object (entry, "activate", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);

  self->entry = GTK_EDITABLE (entry);
  self->rename = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->rename), box);
  gtk_popover_set_position (GTK_POPOVER (self->rename), GTK_POS_RIGHT);
  gtk_widget_set_parent (self->rename, GTK_WIDGET (self));
}

static GMenuModel *
build_menu (DailiesShotRow *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) rename = g_menu_item_new (_("_Rename…"), NULL);
  g_autoptr (GMenuItem) delete = g_menu_item_new (_("_Delete"), NULL);

  g_menu_item_set_action_and_target (rename, "shots.rename", "x", dailies_shot_get_id (self->shot));
  g_menu_item_set_action_and_target (delete, "shots.delete", "x", dailies_shot_get_id (self->shot));
  g_menu_append_item (menu, rename);
  g_menu_append_item (menu, delete);
  return G_MENU_MODEL (menu);
}

static void
secondary_released_cb (GtkGestureClick *gesture,
                       int              n_press,
                       double           x,
                       double           y,
                       DailiesShotRow  *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  dailies_shot_row_popup_menu (self, x, y);
}

static void
primary_released_cb (GtkGestureClick *gesture,
                     int              n_press,
                     double           x,
                     double           y,
                     DailiesShotRow  *self)
{
  if (n_press == 2)
    dailies_shot_row_rename (self);
}

static void
dailies_shot_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOT:
      g_value_set_object (value, DAILIES_SHOT_ROW (object)->shot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_shot_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOT:
      dailies_shot_row_set_shot (DAILIES_SHOT_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_shot_row_dispose (GObject *object)
{
  DailiesShotRow *self = DAILIES_SHOT_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->rename, gtk_widget_unparent);
  g_clear_object (&self->shot);
  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);

  G_OBJECT_CLASS (dailies_shot_row_parent_class)->dispose (object);
}

static void
dailies_shot_row_class_init (DailiesShotRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_shot_row_get_property;
  object_class->set_property = dailies_shot_row_set_property;
  object_class->dispose = dailies_shot_row_dispose;

  properties[PROP_SHOT] = g_param_spec_object ("shot", NULL, NULL, DAILIES_TYPE_SHOT,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_RENAMED] = g_signal_new ("renamed", DAILIES_TYPE_SHOT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (DAILIES_TYPE_POSTER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-shot-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, heading);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, body);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, poster);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DailiesShotRow, badge);
  gtk_widget_class_set_css_name (widget_class, "shotrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_shot_row_init (DailiesShotRow *self)
{
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *primary = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "released", G_CALLBACK (secondary_released_cb), self);
  gtk_widget_add_controller (self->body, GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (primary), GDK_BUTTON_PRIMARY);
  g_signal_connect (primary, "released", G_CALLBACK (primary_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->title), GTK_EVENT_CONTROLLER (primary));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "poster", self->poster, "file", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "title", self->title, "label", G_BINDING_SYNC_CREATE);
  self->signals = g_signal_group_new (DAILIES_TYPE_SHOT);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}

GtkWidget *
dailies_shot_row_new (void)
{
  return g_object_new (DAILIES_TYPE_SHOT_ROW, NULL);
}

DailiesShot *
dailies_shot_row_get_shot (DailiesShotRow *self)
{
  g_return_val_if_fail (DAILIES_IS_SHOT_ROW (self), NULL);

  return self->shot;
}

void
dailies_shot_row_set_shot (DailiesShotRow *self,
                           DailiesShot    *shot)
{
  g_return_if_fail (DAILIES_IS_SHOT_ROW (self));

  if (!g_set_object (&self->shot, shot))
    return;
  g_binding_group_set_source (self->bindings, shot);
  g_signal_group_set_target (self->signals, shot);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOT]);
}

void
dailies_shot_row_set_heading (DailiesShotRow *self,
                              const char     *heading)
{
  g_return_if_fail (DAILIES_IS_SHOT_ROW (self));

  gtk_label_set_text (self->heading, heading);
  gtk_widget_set_visible (GTK_WIDGET (self->heading), heading[0] != '\0');
}

void
dailies_shot_row_rename (DailiesShotRow *self)
{
  g_return_if_fail (DAILIES_IS_SHOT_ROW (self));

  if (self->shot == NULL)
    return;
  if (self->rename == NULL)
    build_rename (self);
  gtk_editable_set_text (self->entry, dailies_shot_get_title (self->shot));
  gtk_popover_popup (GTK_POPOVER (self->rename));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

void
dailies_shot_row_popup_menu (DailiesShotRow *self,
                             double          x,
                             double          y)
{
  g_return_if_fail (DAILIES_IS_SHOT_ROW (self));

  if (self->shot == NULL)
    return;
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = build_menu (self);

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
