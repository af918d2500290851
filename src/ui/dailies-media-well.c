/* dailies-media-well.c: one drop target: what lies in it, or what it would take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-media-well-private.h"

#include <glib/gi18n.h>

#include "dailies-media-words.h"
#include "dailies-thumbnail-paintable.h"
#include "dailies-tip.h"

#define LARGE_HEIGHT 160 /* with the footer: nothing below moves when a file lands */
#define TILE_SIZE 86
/* A picture that would lose more than this share of itself is shown whole, on black. */
#define MAX_CROP 0.4
#define LOADING_ICON "content-loading-symbolic"

G_DEFINE_FINAL_TYPE (DailiesMediaWell, dailies_media_well, GTK_TYPE_WIDGET)

static void
update_name_for_screen_readers (DailiesMediaWell *self,
                                const char       *summary)
{
  g_autoptr (GString) text = g_string_new (self->title);

  if (self->spelling != NULL)
    g_string_append_printf (text, ", %s", self->spelling);
  if (self->asset == NULL)
    g_string_append_printf (text, ", %s", dailies_media_words_empty (self->kind));
  else
    g_string_append_printf (text, ", %s, %s", dailies_asset_get_name (self->asset), summary);
  /* Of a file that cannot be read the summary is the problem: once is enough. */
  if (self->problem != NULL && (self->asset == NULL || dailies_asset_get_error (self->asset) == NULL))
    g_string_append_printf (text, ". %s", self->problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static void
update_tools (DailiesMediaWell *self)
{
  gboolean near = self->hovered || gtk_widget_has_focus (GTK_WIDGET (self));

  gtk_widget_set_visible (self->tools, self->asset != NULL && near);
  gtk_widget_set_visible (GTK_WIDGET (self->count), self->more > 0 && !near);
}

/* The same picture at the same density stays, with what was made of it. */
static gboolean
shows (DailiesMediaWell *self,
       GdkPixbuf        *thumbnail,
       int               scale)
{
  GdkPaintable *shown = gtk_picture_get_paintable (self->picture);

  return shown != NULL
         && dailies_thumbnail_paintable_get_pixbuf (DAILIES_THUMBNAIL_PAINTABLE (shown)) == thumbnail
         && dailies_thumbnail_paintable_get_scale (DAILIES_THUMBNAIL_PAINTABLE (shown)) == scale;
}

static void
update_picture (DailiesMediaWell *self)
{
  GdkPixbuf *thumbnail = self->asset != NULL ? dailies_asset_get_thumbnail (self->asset) : NULL;
  gboolean loading = self->asset != NULL
                     && dailies_asset_get_state (self->asset) == DAILIES_ASSET_LOADING;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (thumbnail == NULL)
    {
      gtk_picture_set_paintable (self->picture, NULL);
      if (self->asset != NULL)
        gtk_image_set_from_icon_name (self->generic, loading ? LOADING_ICON : dailies_media_words_icon (self->asset));
    }
  else if (!shows (self, thumbnail, scale))
    {
      double max_crop = self->shape == DAILIES_WELL_TILE ? 1 : MAX_CROP;
      g_autoptr (GdkPaintable) paintable = dailies_thumbnail_paintable_new (thumbnail, scale, max_crop);

      gtk_picture_set_paintable (self->picture, paintable);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->picture), thumbnail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->generic), self->asset != NULL && thumbnail == NULL);
}

static void
update_reading (DailiesMediaWell *self)
{
  double fraction = self->asset != NULL ? dailies_asset_get_fraction (self->asset) : -1;

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->reading, fraction);
  gtk_widget_set_visible (GTK_WIDGET (self->reading), fraction >= 0);
}

static void
update_reading_name (DailiesMediaWell *self)
{
  g_autofree char *text = NULL;

  if (self->asset == NULL)
    return;
  /* Translators: "plate.mp4": of a bar that shows how much of the file has been read, for screen readers */
  text = g_strdup_printf (_("Reading %s"), dailies_asset_get_name (self->asset));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reading), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update (DailiesMediaWell *self)
{
  gboolean filled = self->asset != NULL;
  const GError *error = filled ? dailies_asset_get_error (self->asset) : NULL;
  const char *problem = self->problem != NULL ? self->problem : error != NULL ? error->message : NULL;
  g_autofree char *summary = filled ? dailies_asset_dup_summary (self->asset) : g_strdup ("");
  g_autofree char *tip = NULL;

  update_picture (self);
  update_reading (self);
  update_reading_name (self);
  gtk_widget_set_visible (self->empty, !filled);
  gtk_widget_set_visible (self->footer, filled && self->shape == DAILIES_WELL_LARGE);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), filled && self->spelling != NULL);
  gtk_label_set_label (self->badge, self->spelling != NULL ? self->spelling : "");
  gtk_widget_set_visible (self->mark, filled && problem != NULL);
  gtk_label_set_label (self->name, filled ? dailies_asset_get_name (self->asset) : "");
  gtk_label_set_label (self->summary, summary != NULL ? summary : "");
  if (filled)
    tip = g_strdup_printf ("%s\n%s%s%s", dailies_asset_get_name (self->asset), summary,
                           problem != NULL && error == NULL ? "\n" : "",
                           problem != NULL && error == NULL ? problem : "");
  dailies_tip_set (GTK_WIDGET (self), tip);

  (filled ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "filled");
  (filled && problem != NULL ? gtk_widget_add_css_class
                             : gtk_widget_remove_css_class) (GTK_WIDGET (self), "problem");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.remove",
                                 filled || self->carries != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.mention",
                                 filled && self->spelling != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.left", filled && self->movable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.right", filled && self->movable);
  update_tools (self);
  update_name_for_screen_readers (self, summary);
}

/* --- pointer -------------------------------------------------------------------------------- */

static void
pressed_cb (GtkGestureClick  *click,
            int               n_press,
            double            x,
            double            y,
            DailiesMediaWell *self)
{
  if (gdk_event_triggers_context_menu (gtk_event_controller_get_current_event (
          GTK_EVENT_CONTROLLER (click))))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      dailies_media_well_show_menu (self, &(GdkRectangle) { x, y, 1, 1 });
    }
}

static void
released_cb (GtkGestureClick  *click,
             int               n_press,
             double            x,
             double            y,
             DailiesMediaWell *self)
{
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) != GDK_BUTTON_PRIMARY
      || !gtk_widget_contains (GTK_WIDGET (self), x, y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->opens || self->asset == NULL || n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "well.activate", NULL);
}

static void
hover_cb (GtkEventControllerMotion *motion,
          GParamSpec               *pspec,
          DailiesMediaWell         *self)
{
  self->hovered = gtk_event_controller_motion_contains_pointer (motion);
  update_tools (self);
}

static void
focus_cb (GtkWidget  *widget,
          GParamSpec *pspec,
          gpointer    data)
{
  update_tools (DAILIES_MEDIA_WELL (widget));
}

static void
add_controllers (DailiesMediaWell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  g_signal_connect (motion, "notify::contains-pointer", G_CALLBACK (hover_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_picture), NULL);
}

/* --- class ---------------------------------------------------------------------------------- */

static void
asset_changed_cb (DailiesAsset     *asset,
                  GParamSpec       *pspec,
                  DailiesMediaWell *self)
{
  update (self);
}

static void
dailies_media_well_dispose (GObject *object)
{
  DailiesMediaWell *self = DAILIES_MEDIA_WELL (object);
  GtkWidget *child;

  if (self->asset != NULL)
    g_signal_handlers_disconnect_by_data (self->asset, self);
  g_clear_object (&self->asset);
  g_clear_object (&self->carries);
  self->menu = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dailies_media_well_parent_class)->dispose (object);
}

static void
dailies_media_well_finalize (GObject *object)
{
  DailiesMediaWell *self = DAILIES_MEDIA_WELL (object);

  g_free (self->title);
  g_free (self->spelling);
  g_free (self->problem);
  G_OBJECT_CLASS (dailies_media_well_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, surface);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, empty);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, plus);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, invitation);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, hint);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, generic);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, picture);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, badge);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, count);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, mark);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, reading);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, landing);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, tools);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, replace);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, footer);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, name);
  gtk_widget_class_bind_template_child (klass, DailiesMediaWell, summary);
}

static void
install_signals (void)
{
  g_signal_new ("dropped", DAILIES_TYPE_MEDIA_WELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  g_signal_new ("open", DAILIES_TYPE_MEDIA_WELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("remove", DAILIES_TYPE_MEDIA_WELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("move", DAILIES_TYPE_MEDIA_WELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT);
  g_signal_new ("taken", DAILIES_TYPE_MEDIA_WELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, DAILIES_TYPE_ASSET);
}

static void
dailies_media_well_class_init (DailiesMediaWellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_media_well_dispose;
  object_class->finalize = dailies_media_well_finalize;

  install_signals ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-media-well.ui");
  gtk_widget_class_set_css_name (widget_class, "mediawell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  bind_children (widget_class);
  dailies_media_well_install_actions (widget_class);
}

static void
dailies_media_well_init (DailiesMediaWell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_controllers (self);
  dailies_media_well_add_drag_and_drop (self);
}

GtkWidget *
dailies_media_well_new (DailiesWellShape  shape,
                        DailiesMediaKind  kind,
                        const char       *title)
{
  DailiesMediaWell *self = g_object_new (DAILIES_TYPE_MEDIA_WELL, NULL);
  gboolean tile = shape == DAILIES_WELL_TILE;

  self->shape = shape;
  self->kind = kind;
  self->title = g_strdup (title);
  if (tile)
    gtk_widget_set_size_request (self->surface, TILE_SIZE, TILE_SIZE);
  else
    gtk_widget_set_size_request (GTK_WIDGET (self), -1, LARGE_HEIGHT);
  gtk_widget_add_css_class (GTK_WIDGET (self), tile ? "tile" : "large");
  gtk_widget_set_visible (self->plus, tile);
  gtk_widget_set_visible (self->replace, !tile);
  gtk_widget_set_visible (GTK_WIDGET (self->invitation), !tile);
  gtk_widget_set_visible (self->hint, !tile);
  gtk_label_set_label (self->invitation, dailies_media_words_invitation (kind));
  update (self);
  return GTK_WIDGET (self);
}

DailiesAsset *
dailies_media_well_get_asset (DailiesMediaWell *self)
{
  g_return_val_if_fail (DAILIES_IS_MEDIA_WELL (self), NULL);

  return self->asset;
}

void
dailies_media_well_set_asset (DailiesMediaWell *self,
                              DailiesAsset     *asset)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  if (self->asset == asset)
    return;
  if (self->asset != NULL)
    g_signal_handlers_disconnect_by_data (self->asset, self);
  g_set_object (&self->asset, asset);
  if (asset != NULL)
    {
      /* What a probe finds is notified property by property, the thumbnail with the rest: once is enough. */
      g_signal_connect_object (asset, "notify::state", G_CALLBACK (asset_changed_cb), self, 0);
      g_signal_connect_object (asset, "notify::thumbnail", G_CALLBACK (asset_changed_cb), self, 0);
      g_signal_connect_object (asset, "notify::error", G_CALLBACK (asset_changed_cb), self, 0);
      g_signal_connect_object (asset, "notify::fraction", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

void
dailies_media_well_set_badge (DailiesMediaWell *self,
                              const char       *badge)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  if (g_strcmp0 (self->spelling, badge) == 0)
    return;
  g_free (self->spelling);
  self->spelling = g_strdup (badge);
  update (self);
}

void
dailies_media_well_set_problem (DailiesMediaWell *self,
                                const char       *problem)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  update (self);
}

void
dailies_media_well_set_place (DailiesMediaWell *self,
                              gpointer          owner,
                              guint             position)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  self->owner = owner;
  self->position = position;
  self->movable = owner != NULL;
  update (self);
}

void
dailies_media_well_set_carries (DailiesMediaWell *self,
                                gpointer          object)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  g_set_object (&self->carries, object);
}

void
dailies_media_well_set_opens (DailiesMediaWell *self,
                              gboolean          opens)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  self->opens = opens;
}

void
dailies_media_well_set_count (DailiesMediaWell *self,
                              guint             count)
{
  g_autofree char *text = g_strdup_printf ("+%u", count);

  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  self->more = count;
  gtk_label_set_label (self->count, text);
  update_tools (self);
}

void
dailies_media_well_set_multiple (DailiesMediaWell *self,
                                 gboolean          multiple)
{
  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  self->multiple = multiple;
}

void
dailies_media_well_set_lit (DailiesMediaWell *self,
                            gboolean          lit)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DAILIES_IS_MEDIA_WELL (self));

  if (self->shape == DAILIES_WELL_LARGE)
    text = dailies_media_words_landing (self->title, self->asset != NULL);
  else
    text = g_strdup (_("Drop"));
  gtk_label_set_label (self->landing, text);
  gtk_widget_set_visible (GTK_WIDGET (self->landing), lit);
  (lit ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "lit");
}
