/* dailies-window.c: shots on the left, the stage and its cuts in the middle, the composer on the right
 *
 * The frame is light, so that the first picture of the window is on screen as early as that of an empty one. The panes
 * come after it, from dailies-window-panes.c. What is being worked on is in -shot.c, jobs in -jobs.c, incoming files in
 * -open.c, actions in -actions.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-clicks.h"
#include "dailies-cut.h"
#include "dailies-paint-memory.h"
#include "dailies-shot.h"
#include "dailies-window-private.h"

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
      g_value_set_boolean (value, dailies_window_get_pane_shown (self, self->shots_flap));
      break;
    case PROP_SHOW_COMPOSER:
      g_value_set_boolean (value, dailies_window_get_pane_shown (self, self->composer_flap));
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
      /* From the menu: the artist's own hand is above the command line. */
      self->held = FALSE;
      dailies_window_set_service_id (self, g_value_get_string (value));
      dailies_settings_set_service (self->settings, self->service_id);
      break;
    case PROP_SHOW_SHOTS:
      dailies_window_set_pane_shown (self, self->shots_flap, g_value_get_boolean (value));
      break;
    case PROP_SHOW_COMPOSER:
      dailies_window_set_pane_shown (self, self->composer_flap, g_value_get_boolean (value));
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

/* Preferences, or a token that has just been connected, chose another service. */
static void
service_chosen_cb (DailiesWindow *self)
{
  if (!self->held)
    dailies_window_set_service_id (self, dailies_settings_get_service (self->settings));
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
  g_signal_connect_object (self->settings, "notify::service", G_CALLBACK (service_chosen_cb), self, G_CONNECT_SWAPPED);
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
  dailies_window_drop_export (self);
  /* None rises any more when the one that is up goes with its overlay. */
  g_ptr_array_set_size (self->told, 0);
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
  g_ptr_array_unref (self->told);
  g_hash_table_unref (self->histories);
  g_free (self->words);
  g_hash_table_unref (self->scenes);
  g_free (self->service_id);
  g_free (self->waiting_job);

  G_OBJECT_CLASS (dailies_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, header);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, header_start);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, header_end);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, shots_toggle);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, composer_toggle);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, new_shot);
  gtk_widget_class_bind_template_child (widget_class, DailiesWindow, export_button);
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

/* Painting begins here: a form that moves and a clip that plays, both many times a second. */
static void
dailies_window_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  dailies_paint_memory_keep (GTK_NATIVE (widget));
  GTK_WIDGET_CLASS (dailies_window_parent_class)->snapshot (widget, snapshot);
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
  widget_class->snapshot = dailies_window_snapshot;
  GTK_WINDOW_CLASS (klass)->close_request = dailies_window_close_request;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, DAILIES_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SERVICE_ID] = g_param_spec_string ("service-id", NULL, NULL, "practice", flags);
  properties[PROP_SHOW_SHOTS] = g_param_spec_boolean ("show-shots", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_COMPOSER] = g_param_spec_boolean ("show-composer", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DAILIES_TYPE_JOBS_BUTTON);
  bind_template (widget_class);
  dailies_window_install_actions (widget_class);
}

static void
dailies_window_init (DailiesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = g_ptr_array_new_with_free_func (g_object_unref);
  self->histories = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) dailies_request_history_free);
  self->scenes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) dailies_stage_scene_free);
  self->service_id = g_strdup ("practice");
  gtk_widget_init_template (GTK_WIDGET (self));
  dailies_clicks_keep (GTK_WIDGET (self));
  dailies_window_watch_undo (self);
  dailies_window_init_panes (self);
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
dailies_window_show_header (DailiesWindow *self)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));

  adw_header_bar_set_show_start_title_buttons (self->header, TRUE);
  adw_header_bar_set_show_end_title_buttons (self->header, TRUE);
  gtk_widget_set_visible (self->header_start, TRUE);
  gtk_widget_set_visible (self->header_end, TRUE);
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
  dailies_window_show_header (self);
  gtk_stack_set_visible_child_name (self->pages, "work");
  gtk_menu_button_set_menu_model (self->menu_button, self->primary_menu);
  dailies_window_build_panes (self);

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
  dailies_window_follow_fullscreen (self);
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
  adw_status_page_set_icon_name (self->failure, "drive-harddisk-symbolic");
  dailies_window_show_header (self);
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
dailies_window_hold_practice (DailiesWindow *self)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));

  self->held = TRUE;
  dailies_window_set_service_id (self, "practice");
  dailies_window_update_title (self);
}

gboolean
dailies_window_is_held (DailiesWindow *self)
{
  g_return_val_if_fail (DAILIES_IS_WINDOW (self), FALSE);

  return self->held;
}
