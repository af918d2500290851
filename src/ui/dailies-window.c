/* dailies-window.c: shots on the left, the stage and its cuts in the middle, the composer on the right
 *
 * The frame is light, so that the first picture of the window is on screen as early as that of an empty one. The panes
 * come after it. What is being worked on is in dailies-window-shot.c, jobs in -jobs.c, incoming files in -open.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-shot.h"
#include "dailies-text.h"
#include "dailies-window-private.h"

/* Logical pixels. The middle asks for this much, so that with less the list of shots folds away first, and for the
 * lesser before the composer does, too. */
#define MIDDLE_NATURAL 600
#define MIDDLE_MINIMUM 480

G_DEFINE_FINAL_TYPE (DailiesWindow, dailies_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SETTINGS,
  PROP_SERVICE_ID,
  PROP_SHOW_SHOTS,
  PROP_SHOW_COMPOSER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
measure_middle (GtkWidget      *widget,
                GtkOrientation  orientation,
                int             for_size,
                int            *minimum,
                int            *natural,
                int            *minimum_baseline,
                int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, MIDDLE_MINIMUM);
      *natural = MAX (*minimum, MIDDLE_NATURAL);
    }
}

static void
allocate_middle (GtkWidget *widget,
                 int        width,
                 int        height,
                 int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static gboolean
get_shown (DailiesWindow *self,
           guint          prop_id)
{
  AdwFlap *flap = prop_id == PROP_SHOW_SHOTS ? self->shots_flap : self->composer_flap;

  /* The buttons ask while the template is still being built. */
  return flap == NULL || adw_flap_get_reveal_flap (flap);
}

static void
set_shown (DailiesWindow *self,
           guint          prop_id,
           gboolean       shown)
{
  AdwFlap *flap = prop_id == PROP_SHOW_SHOTS ? self->shots_flap : self->composer_flap;

  /* Over the stage a pane is only looked at; beside it, it is how the artist likes the window. */
  if (!adw_flap_get_folded (flap))
    g_object_set (self->settings, properties[prop_id]->name, shown, NULL);
  adw_flap_set_reveal_flap (flap, shown);
}

/* Folded away, the form is behind this button alone, which then says its name. */
static void
update_composer_toggle (DailiesWindow *self)
{
  gboolean alone = adw_flap_get_folded (self->composer_flap) && !adw_flap_get_reveal_flap (self->composer_flap);

  if (adw_flap_get_folded (self->composer_flap) && gtk_button_get_icon_name (GTK_BUTTON (self->composer_toggle)) != NULL)
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "sidebar-show-right-symbolic");
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Composer"));
      gtk_button_set_child (GTK_BUTTON (self->composer_toggle), content);
    }
  else if (!adw_flap_get_folded (self->composer_flap))
    gtk_button_set_icon_name (GTK_BUTTON (self->composer_toggle), "sidebar-show-right-symbolic");
  (alone ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->composer_toggle, "suggested-action");
}

/* Generate lies at the foot of the composer, where nothing may be told across it. */
static void
update_toast_place (DailiesWindow *self)
{
  gboolean beside = adw_flap_get_reveal_flap (self->composer_flap);

  (beside ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->toasts), "beside-composer");
}

static gboolean
follow_composer_cb (gpointer user_data)
{
  DailiesWindow *self = user_data;

  self->composer_source = 0;
  update_composer_toggle (self);
  update_toast_place (self);
  return G_SOURCE_REMOVE;
}

/* A flap folds while the window is being laid out, which must not change what is laid out. */
static void
follow_composer (DailiesWindow *self)
{
  if (self->composer_source == 0)
    self->composer_source = g_idle_add (follow_composer_cb, self);
}

static void
folded_cb (AdwFlap       *flap,
           GParamSpec    *pspec,
           DailiesWindow *self)
{
  gboolean shown = FALSE;

  if (!adw_flap_get_folded (flap))
    g_object_get (self->settings, flap == self->shots_flap ? "show-shots" : "show-composer", &shown, NULL);
  adw_flap_set_reveal_flap (flap, shown);
  if (flap == self->composer_flap)
    follow_composer (self);
}

static void
revealed_cb (AdwFlap       *flap,
             GParamSpec    *pspec,
             DailiesWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[flap == self->shots_flap ? PROP_SHOW_SHOTS : PROP_SHOW_COMPOSER]);
  if (flap == self->composer_flap)
    follow_composer (self);
}

static void
fullscreen_asked_cb (DailiesWindow *self)
{
  gboolean wanted;

  g_object_get (self->stage, "fullscreened", &wanted, NULL);
  if (wanted)
    gtk_window_fullscreen (GTK_WINDOW (self));
  else
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
fullscreened_cb (DailiesWindow *self)
{
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gboolean shots = FALSE;
  gboolean composer = FALSE;

  if (self->stage == NULL)
    return;
  /* Full screen is for the picture: everything but the stage steps aside, and comes back as it was. */
  if (!full && !adw_flap_get_folded (self->shots_flap))
    g_object_get (self->settings, "show-shots", &shots, NULL);
  if (!full && !adw_flap_get_folded (self->composer_flap))
    g_object_get (self->settings, "show-composer", &composer, NULL);
  adw_flap_set_reveal_flap (self->shots_flap, shots);
  adw_flap_set_reveal_flap (self->composer_flap, composer);
  gtk_widget_set_visible (GTK_WIDGET (self->header), !full);
  gtk_widget_set_visible (GTK_WIDGET (self->strip_place), !full);
  dailies_stage_view_set_fullscreened (self->stage, full);
}

static void
shot_chosen_cb (DailiesWindow *self)
{
  dailies_window_set_shot (self, dailies_shots_pane_get_shot (self->shots));
  if (adw_flap_get_folded (self->shots_flap))
    adw_flap_set_reveal_flap (self->shots_flap, FALSE);
}

static void
show_cut_cb (DailiesWindow *self,
             DailiesCut    *cut)
{
  dailies_window_show_cut (self, cut, TRUE);
}

static void
build_empty_page (DailiesWindow *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/dailies-empty-stage.ui");

  self->empty_title = GTK_LABEL (gtk_builder_get_object (builder, "title"));
  self->empty_text = GTK_LABEL (gtk_builder_get_object (builder, "text"));
  self->empty_buttons = GTK_WIDGET (gtk_builder_get_object (builder, "buttons"));
  self->empty_sample = GTK_WIDGET (gtk_builder_get_object (builder, "sample"));
  self->empty_connect = GTK_WIDGET (gtk_builder_get_object (builder, "connect"));
  self->empty_page = GTK_WIDGET (gtk_builder_get_object (builder, "page"));
  adw_bin_set_child (self->stage_place, self->empty_page);
}

/* Everything that need not be in the first frame. */
static void
build_panes (DailiesWindow *self)
{
  self->shots = DAILIES_SHOTS_PANE (dailies_shots_pane_new ());
  self->strip = DAILIES_STRIP (dailies_strip_new ());
  self->composer = DAILIES_COMPOSER (dailies_composer_new ());
  build_empty_page (self);

  adw_bin_set_child (self->shots_place, GTK_WIDGET (self->shots));
  adw_bin_set_child (self->strip_place, GTK_WIDGET (self->strip));
  adw_bin_set_child (self->composer_place, GTK_WIDGET (self->composer));

  g_signal_connect_object (self->shots, "notify::shot", G_CALLBACK (shot_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shots, "deleted", G_CALLBACK (dailies_window_shot_deleted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "show-cut", G_CALLBACK (show_cut_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "compare", G_CALLBACK (dailies_window_compare_cut), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "use-as-draft", G_CALLBACK (dailies_window_use_as_draft), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "trash", G_CALLBACK (dailies_window_trash_cut), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "generate", G_CALLBACK (dailies_window_generate), self, G_CONNECT_SWAPPED);
}

static void
new_shot_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  dailies_window_new_shot (DAILIES_WINDOW (widget));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (self->shots == NULL)
    return;
  set_shown (self, PROP_SHOW_SHOTS, TRUE);
  dailies_shots_pane_focus_search (self->shots);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  dailies_window_choose_files (DAILIES_WINDOW (widget));
}

/* From anywhere in the window; the composer says whether there is something to send. */
static void
generate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (self->composer != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->composer), "composer.generate", NULL);
}

static void
use_samples_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  dailies_window_use_samples (DAILIES_WINDOW (widget));
}

static void
undelete_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  dailies_window_undelete (DAILIES_WINDOW (widget));
}

static gboolean
dailies_window_close_request (GtkWindow *window)
{
  DailiesWindow *self = DAILIES_WINDOW (window);
  gboolean maximized = gtk_window_is_maximized (window);
  int width, height;

  if (dailies_window_holds_open (self))
    return TRUE;
  if (!maximized && !gtk_window_is_fullscreen (window))
    {
      gtk_window_get_default_size (window, &width, &height);
      g_object_set (self->settings, "window-width", width, "window-height", height, NULL);
    }
  g_object_set (self->settings, "maximized", maximized, NULL);
  dailies_window_save (self);
  dailies_window_empty_trash (self);

  return GTK_WINDOW_CLASS (dailies_window_parent_class)->close_request (window);
}

static void
dailies_window_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DailiesWindow *self = DAILIES_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SERVICE_ID:
      g_value_set_string (value, self->service_id);
      break;
    case PROP_SHOW_SHOTS:
    case PROP_SHOW_COMPOSER:
      g_value_set_boolean (value, get_shown (self, prop_id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_window_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  DailiesWindow *self = DAILIES_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_SERVICE_ID:
      /* Set by hand, so it is remembered; what the program itself sets goes through the function. */
      dailies_window_set_service_id (self, g_value_get_string (value));
      dailies_settings_set_service (self->settings, self->service_id);
      break;
    case PROP_SHOW_SHOTS:
    case PROP_SHOW_COMPOSER:
      set_shown (self, prop_id, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The size comes from another day, perhaps with another screen. */
static void
fit_to_monitor (DailiesWindow *self,
                int           *width,
                int           *height)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkRectangle largest = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      if (area.width > largest.width)
        largest = area;
    }
  if (largest.width == 0)
    return;
  *width = MIN (*width, largest.width);
  *height = MIN (*height, largest.height);
}

static void
dailies_window_constructed (GObject *object)
{
  DailiesWindow *self = DAILIES_WINDOW (object);
  gboolean maximized, shots, composer;
  int width, height;

  G_OBJECT_CLASS (dailies_window_parent_class)->constructed (object);

  g_object_get (self->settings,
                "window-width", &width, "window-height", &height, "maximized", &maximized,
                "show-shots", &shots, "show-composer", &composer, NULL);
  fit_to_monitor (self, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->shots_flap, shots);
  adw_flap_set_reveal_flap (self->composer_flap, composer);
  dailies_window_set_service_id (self, dailies_settings_get_service (self->settings));
}

static void
dailies_window_dispose (GObject *object)
{
  DailiesWindow *self = DAILIES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->token_search != NULL)
    g_cancellable_cancel (self->token_search);
  if (self->stage != NULL)
    dailies_stage_view_close (self->stage);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->composer_source, g_source_remove);
  if (self->request != NULL)
    g_clear_signal_handler (&self->request_changed, self->request);
  if (self->export_dialog != NULL)
    {
      /* What it has under way may keep it longer than this window; see answer_cb() in dailies-compat.c. */
      gtk_window_set_transient_for (self->export_dialog, NULL);
      gtk_window_destroy (self->export_dialog);
    }
  self->shots = NULL;
  self->stage = NULL;
  self->strip = NULL;
  self->composer = NULL;
  self->empty_title = NULL;
  g_clear_object (&self->waiting_cut);
  g_clear_object (&self->request);
  g_clear_object (&self->shot);
  g_clear_object (&self->shot_signals);
  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->studio);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->token_search);
  g_clear_object (&self->waiting_files);
  g_clear_object (&self->waiting_compare);

  G_OBJECT_CLASS (dailies_window_parent_class)->dispose (object);
}

static void
dailies_window_finalize (GObject *object)
{
  DailiesWindow *self = DAILIES_WINDOW (object);

  g_ptr_array_unref (self->deleted);
  g_free (self->service_id);
  g_free (self->waiting_job);

  G_OBJECT_CLASS (dailies_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, header);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, shots_toggle);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, composer_toggle);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, new_shot);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, shots_flap);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, composer_flap);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, middle);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, shots_place);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, stage_place);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, strip_place);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, composer_place);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-shot", NULL, new_shot_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "win.use-samples", NULL, use_samples_action);
  gtk_widget_class_install_action (widget_class, "win.undelete", NULL, undelete_action);
  /* Where a text has nothing to undo, or has not the focus. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undelete", NULL);
  gtk_widget_class_install_property_action (widget_class, "win.service", "service-id");
  gtk_widget_class_install_property_action (widget_class, "win.show-shots", "show-shots");
  gtk_widget_class_install_property_action (widget_class, "win.show-composer", "show-composer");
  dailies_window_install_export (widget_class);
  dailies_window_install_jobs (widget_class);
}

static void
dailies_window_class_init (DailiesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = dailies_window_constructed;
  object_class->dispose = dailies_window_dispose;
  object_class->finalize = dailies_window_finalize;
  object_class->get_property = dailies_window_get_property;
  object_class->set_property = dailies_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = dailies_window_close_request;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, DAILIES_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SERVICE_ID] = g_param_spec_string ("service-id", NULL, NULL, "practice", flags);
  properties[PROP_SHOW_SHOTS] = g_param_spec_boolean ("show-shots", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_COMPOSER] = g_param_spec_boolean ("show-composer", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DAILIES_TYPE_JOBS_BUTTON);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
dailies_window_init (DailiesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  self->service_id = g_strdup ("practice");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->middle, gtk_custom_layout_new (NULL, measure_middle, allocate_middle));

  g_signal_connect_object (self->shots_flap, "notify::folded", G_CALLBACK (folded_cb), self, 0);
  g_signal_connect_object (self->composer_flap, "notify::folded", G_CALLBACK (folded_cb), self, 0);
  g_signal_connect_object (self->shots_flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, 0);
  g_signal_connect_object (self->composer_flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, 0);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
  follow_composer (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-shot", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undelete", FALSE);
}

GtkWindow *
dailies_window_new (GtkApplication  *application,
                    DailiesSettings *settings)
{
  g_return_val_if_fail (DAILIES_IS_SETTINGS (settings), NULL);

  return g_object_new (DAILIES_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}

void
dailies_window_set_studio (DailiesWindow *self,
                           DailiesStudio *studio)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));
  g_return_if_fail (DAILIES_IS_STUDIO (studio));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->library = g_object_ref (dailies_studio_get_library (studio));
  self->queue = g_object_ref (dailies_studio_get_queue (studio));
  gtk_stack_set_visible_child_name (self->pages, "work");
  gtk_menu_button_set_menu_model (self->menu_button, self->primary_menu);
  build_panes (self);

  dailies_composer_set_studio (self->composer, studio);
  dailies_composer_set_service_id (self->composer, self->service_id);
  dailies_jobs_button_set_library (self->jobs_button, self->library, G_LIST_MODEL (self->queue));
  dailies_strip_set_library (self->strip, self->library, G_LIST_MODEL (self->queue));
  dailies_shots_pane_set_library (self->shots, self->library);
  g_signal_connect_object (self->queue, "ended", G_CALLBACK (dailies_window_job_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "failed", G_CALLBACK (dailies_window_tell_error), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-shot", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open", TRUE);
  g_signal_connect_object (dailies_studio_get_services (studio), "tokens-changed",
                           G_CALLBACK (dailies_window_look_for_token), self, G_CONNECT_SWAPPED);
  dailies_window_look_for_token (self);
  dailies_window_first_shot (self);
}

void
dailies_window_set_playable (DailiesWindow *self)
{
  g_autoptr (GtkWidget) page = NULL;
  g_autoptr (DailiesCut) cut = NULL;
  g_autoptr (GListModel) files = NULL;

  g_return_if_fail (DAILIES_IS_WINDOW (self));
  g_return_if_fail (self->studio != NULL && self->stage == NULL);

  page = g_object_ref (self->empty_page);
  self->stage = DAILIES_STAGE_VIEW (dailies_stage_view_new ());
  adw_bin_set_child (self->stage_place, GTK_WIDGET (self->stage));
  dailies_stage_view_set_empty (self->stage, page);
  dailies_stage_view_set_library (self->stage, self->library, dailies_studio_get_catalogue (self->studio));
  g_signal_connect_object (self->stage, "notify::fullscreened", G_CALLBACK (fullscreen_asked_cb), self, G_CONNECT_SWAPPED);
  dailies_window_watch_stage (self);
  dailies_stage_view_set_cuts (self->stage, self->shot != NULL ? dailies_shot_get_cuts (self->shot) : NULL);
  cut = g_steal_pointer (&self->waiting_cut);
  files = g_steal_pointer (&self->waiting_compare);
  if (files != NULL)
    dailies_window_compare_files (self, files);
  else if (cut != NULL)
    dailies_window_show_cut (self, cut, self->waiting_play);
}

void
dailies_window_set_failure (DailiesWindow *self,
                            const GError  *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  text = g_markup_escape_text (error->message, -1);
  gtk_menu_button_set_menu_model (self->menu_button, self->primary_menu);
  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child_name (self->pages, "failure");
}

void
dailies_window_set_service_id (DailiesWindow *self,
                               const char    *service_id)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));
  g_return_if_fail (service_id != NULL);

  if (g_strcmp0 (self->service_id, service_id) == 0)
    return;
  g_free (self->service_id);
  self->service_id = g_strdup (service_id);
  if (self->composer != NULL)
    {
      dailies_composer_set_service_id (self->composer, service_id);
      dailies_window_update_title (self);
      dailies_window_look_for_token (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_ID]);
}

void
dailies_window_tell (DailiesWindow *self,
                     const char    *message,
                     const char    *button,
                     const char    *action)
{
  g_autofree char *markup = NULL;
  AdwToast *toast;

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  markup = g_markup_escape_text (message, -1);
  toast = adw_toast_new (markup);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
      adw_toast_set_timeout (toast, 10);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}
