/* dailies-application.c: the program: its command line, its library, its windows and what goes on without one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include <gst/gst.h>

#include "dailies-application-private.h"
#include "dailies-codecs.h"
#include "dailies-debug-text.h"
#include "dailies-decoders.h"
#include "dailies-exporter.h"
#include "dailies-icons.h"
#include "dailies-library.h"
#include "dailies-queue.h"
#include "dailies-reel.h"
#include "dailies-studio.h"

G_DEFINE_FINAL_TYPE (DailiesApplication, dailies_application, ADW_TYPE_APPLICATION)

enum
{
  SIGNAL_STUDIO_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
apply_color_scheme (DailiesApplication *self)
{
  static const AdwColorScheme schemes[] = {
    [DAILIES_COLORS_DARK] = ADW_COLOR_SCHEME_FORCE_DARK,
    [DAILIES_COLORS_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
    [DAILIES_COLORS_SYSTEM] = ADW_COLOR_SCHEME_DEFAULT,
  };

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                      schemes[dailies_settings_get_color_scheme (self->settings)]);
}

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DailiesApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_pending--;
  if (!dailies_queue_resume_finish (DAILIES_QUEUE (source), result, &error) && self->window != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dailies_window_tell (self->window, error->message, NULL, NULL);
}

static gpointer
load_decoders (gpointer data)
{
  dailies_decoders_load ();
  return NULL;
}

static gboolean
calm_cb (gpointer user_data)
{
  DailiesApplication *self = user_data;

  if (self->window != NULL)
    dailies_icons_load (GTK_WIDGET (self->window));
  g_thread_unref (g_thread_new ("decoders", load_decoders, NULL));
  return G_SOURCE_REMOVE;
}

/* Before the artist drops the first clip, but not while the panes are built: the builder looks up symbols and fonts are found
 * on threads, and both wait for a library that is being opened. */
static void
set_playable (DailiesApplication *self)
{
  static gboolean asked = FALSE;

  dailies_window_set_playable (self->window);
  if (!asked)
    g_idle_add_full (G_PRIORITY_LOW, calm_cb, g_object_ref (self), g_object_unref);
  asked = TRUE;
}

/* The library and the player come in either order; the window wants the library first. */
static void
show_studio (DailiesApplication *self)
{
  if (self->window == NULL || self->studio == NULL)
    return;
  dailies_window_set_studio (self->window, self->studio);
  if (self->media_ready)
    set_playable (self);
}

static void
fail (DailiesApplication *self,
      const GError       *error)
{
  if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dailies_window_set_failure (self->window, error);
}

/* Pool thread: the first time after plugins changed this takes seconds. */
static void
start_media_in_thread (GTask        *task,
                       gpointer      source,
                       gpointer      data,
                       GCancellable *cancellable)
{
  GError *error = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dailies_codecs_mend_faults ();
  g_task_return_boolean (task, TRUE);
}

static void
media_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DailiesApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_pending--;
  g_application_release (G_APPLICATION (self));
  self->media_starting = FALSE;
  self->media_ready = g_task_propagate_boolean (G_TASK (result), &error);
  if (!self->media_ready)
    fail (self, error);
  else if (self->window != NULL && self->studio != NULL)
    set_playable (self);
}

static void
start_media (DailiesApplication *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->media_ready || self->media_starting)
    return;
  self->media_starting = TRUE;
  self->n_pending++;
  g_application_hold (G_APPLICATION (self));
  /* Not with this as its source: the thread lets go of the task some time after it has called back. */
  task = g_task_new (NULL, self->cancellable, media_ready_cb, g_object_ref (self));
  g_task_set_source_tag (task, start_media);
  g_task_run_in_thread (task, start_media_in_thread);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_pending--;
  self->opening = FALSE;
  self->studio = dailies_studio_open_finish (result, &error);
  g_application_release (G_APPLICATION (self));
  if (self->studio == NULL)
    {
      fail (self, error);
      return;
    }
  /* What the last window could have brought back, if the program had not been killed under it. */
  dailies_library_empty (dailies_studio_get_library (self->studio));
  dailies_application_watch_jobs (self);
  show_studio (self);
  self->n_pending++;
  dailies_queue_resume_async (dailies_studio_get_queue (self->studio), self->cancellable, resumed_cb,
                              g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_STUDIO_OPENED], 0);
}

static void
open_library (DailiesApplication *self)
{
  start_media (self);
  if (self->studio != NULL || self->opening)
    return;
  self->opening = TRUE;
  self->n_pending++;
  g_application_hold (G_APPLICATION (self));
  dailies_studio_open_async (self->directory, self->cancellable, opened_cb, g_object_ref (self));
}

static void
open_library_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  open_library (user_data);
}

static void
first_frame_cb (GdkFrameClock      *clock,
                DailiesApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, first_frame_cb, self);
  /* Heard by the benchmark of the start. */
  g_debug ("The first frame is painted");
  /* The first icon that is looked up reads all icon themes; nobody misses it in a window that is just coming. */
  gtk_window_set_default_icon_name (APPLICATION_ID);
  if (self->window != NULL)
    dailies_window_show_header (self->window);
  open_library (self);
}

/* The library waits until the artist sees a window: nothing they could do would come earlier for it. */
static void
mapped_cb (GtkWidget          *widget,
           DailiesApplication *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (first_frame_cb), self, 0);
}

DailiesWindow *
dailies_application_present (DailiesApplication *self)
{
  if (self->window == NULL)
    {
      self->window = DAILIES_WINDOW (dailies_window_new (GTK_APPLICATION (self), self->settings));
      if (self->practice)
        dailies_window_hold_practice (self->window);
      show_studio (self);
      if (self->studio == NULL)
        g_signal_connect_object (self->window, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_AFTER);
      dailies_application_leave_background (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}

static void
dailies_application_activate (GApplication *application)
{
  dailies_application_present (DAILIES_APPLICATION (application));
}

static void
dailies_application_open (GApplication  *application,
                          GFile        **files,
                          int            n_files,
                          const char    *hint)
{
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);
  DailiesWindow *window = dailies_application_present (DAILIES_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    g_list_store_append (store, files[i]);
  dailies_window_open_files (window, G_LIST_MODEL (store));
}

/* FALSE where @files are not two to four. */
static gboolean
compare (DailiesApplication      *self,
         GApplicationCommandLine *command_line,
         GPtrArray               *files)
{
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  if (files->len < 2 || files->len > DAILIES_REEL_MAX_SIDES)
    {
      g_application_command_line_printerr (
        command_line,
        _("Dailies compares two to four clips, and was given %u. Name two to four files after --compare.\n"),
        files->len);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    g_list_store_append (store, files->pdata[i]);
  dailies_window_compare_files (dailies_application_present (self), G_LIST_MODEL (store));
  return TRUE;
}

static int
dailies_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_autofree char *text = dailies_debug_text_versions ();

      g_print ("%s", text);
      return 0;
    }
  return -1;
}

/* FALSE where the program already has another library open. */
static gboolean
take_library (DailiesApplication      *self,
              GApplicationCommandLine *command_line,
              const char              *path)
{
  g_autoptr (GFile) directory = g_application_command_line_create_file_for_arg (command_line, path);

  if (self->studio == NULL && !self->opening)
    {
      g_set_object (&self->directory, directory);
      return TRUE;
    }
  if (self->directory != NULL && g_file_equal (self->directory, directory))
    return TRUE;
  g_application_command_line_printerr (command_line,
                                       _("Dailies is open with another library. Quit it first, then open %s.\n"), path);
  return FALSE;
}

static int
dailies_application_command_line (GApplication            *application,
                                  GApplicationCommandLine *command_line)
{
  DailiesApplication *self = DAILIES_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char **paths = NULL;
  g_autofree char *library = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_variant_dict_lookup (options, "library", "^ay", &library) && !take_library (self, command_line, library))
    return 1;
  if (g_variant_dict_contains (options, "practice"))
    {
      self->practice = TRUE;
      if (self->window != NULL)
        dailies_window_hold_practice (self->window);
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths))
    for (gsize i = 0; paths[i] != NULL; i++)
      g_ptr_array_add (files, g_application_command_line_create_file_for_arg (command_line, paths[i]));

  if (g_variant_dict_contains (options, "compare"))
    return compare (self, command_line, files) ? 0 : 64;
  if (files->len > 0)
    g_application_open (application, (GFile **) files->pdata, files->len, "");
  else
    g_application_activate (application);
  return 0;
}

/* A session that ends, or a terminal: the same as Quit without the question. */
static gboolean
terminated_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit-now", NULL);
  return G_SOURCE_CONTINUE;
}

static void
dailies_application_startup (GApplication *application)
{
  DailiesApplication *self = DAILIES_APPLICATION (application);
  const GActionEntry retry[] = { { .name = "open-library", .activate = open_library_action } };

  G_APPLICATION_CLASS (dailies_application_parent_class)->startup (application);

  self->settings = dailies_settings_new ();
  g_signal_connect_object (self->settings, "notify::color-scheme", G_CALLBACK (apply_color_scheme), self,
                           G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), retry, G_N_ELEMENTS (retry), self);
  dailies_application_add_actions (self);
  self->sources[0] = g_unix_signal_add (SIGTERM, terminated_cb, self);
  self->sources[1] = g_unix_signal_add (SIGINT, terminated_cb, self);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *closed = user_data;
  g_autoptr (GError) error = NULL;

  if (!dailies_studio_close_finish (DAILIES_STUDIO (source), result, &error))
    g_warning ("The library was not closed well: %s", error->message);
  *closed = TRUE;
}

/* The main loop has ended; what was begun is brought to its end, and what is still to be written is written, before the process
 * does. */
static void
dailies_application_shutdown (GApplication *application)
{
  DailiesApplication *self = DAILIES_APPLICATION (application);
  gboolean closed = FALSE;

  g_cancellable_cancel (self->cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  while (self->opening)
    g_main_context_iteration (NULL, TRUE);
  dailies_exporter_stop_all ();
  if (self->studio != NULL)
    {
      dailies_studio_close_async (self->studio, closed_cb, &closed);
      while (!closed)
        g_main_context_iteration (NULL, TRUE);
      g_clear_object (&self->studio);
    }
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);

  G_APPLICATION_CLASS (dailies_application_parent_class)->shutdown (application);
}

/* Not when it is disposed of: what is still under way may own it for longer, and nothing else keeps the program then. */
static void
dailies_application_window_removed (GtkApplication *application,
                                    GtkWindow      *window)
{
  DailiesApplication *self = DAILIES_APPLICATION (application);

  GTK_APPLICATION_CLASS (dailies_application_parent_class)->window_removed (application, window);
  if (self->window == NULL || window != GTK_WINDOW (self->window))
    return;
  self->window = NULL;
  dailies_application_window_closed (self);
}

static void
dailies_application_finalize (GObject *object)
{
  DailiesApplication *self = DAILIES_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->directory);
  g_clear_object (&self->studio);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (dailies_application_parent_class)->finalize (object);
}

static void
dailies_application_class_init (DailiesApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dailies_application_finalize;
  application_class->activate = dailies_application_activate;
  application_class->open = dailies_application_open;
  application_class->handle_local_options = dailies_application_handle_local_options;
  application_class->command_line = dailies_application_command_line;
  application_class->startup = dailies_application_startup;
  application_class->shutdown = dailies_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = dailies_application_window_removed;

  signals[SIGNAL_STUDIO_OPENED] = g_signal_new ("studio-opened", DAILIES_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_application_init (DailiesApplication *self)
{
  const GOptionEntry options[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Work on the practice service in this run"), NULL },
    { "library", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep shots and cuts in DIR"), N_("DIR") },
    { "compare", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Put two to four clips side by side on the stage"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the versions and quit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
    { NULL }
  };

  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GApplication *
dailies_application_new (void)
{
  return g_object_new (DAILIES_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", RESOURCE_PATH "/ui",
                       NULL);
}

DailiesStudio *
dailies_application_get_studio (DailiesApplication *self)
{
  g_return_val_if_fail (DAILIES_IS_APPLICATION (self), NULL);

  return self->studio;
}

DailiesSettings *
dailies_application_get_settings (DailiesApplication *self)
{
  g_return_val_if_fail (DAILIES_IS_APPLICATION (self), NULL);

  return self->settings;
}
