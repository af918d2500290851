/* dailies-application-actions.c: what the menu, the keyboard and notifications ask of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-application-private.h"
#include "dailies-compat.h"
#include "dailies-debug-text.h"
#include "dailies-preferences.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

static void
quit_now (DailiesApplication *self)
{
  /* The close request saves the draft; jobs do not keep a program that was told to quit. */
  g_cancellable_cancel (self->cancellable);
  if (self->window != NULL)
    {
      dailies_window_cancel_export (self->window);
      gtk_window_close (GTK_WINDOW (self->window));
    }
  g_application_quit (G_APPLICATION (self));
}

static void
close_window (DailiesApplication *self)
{
  if (self->window == NULL)
    return;
  if (self->export_given_up)
    dailies_window_cancel_export (self->window);
  gtk_window_close (GTK_WINDOW (self->window));
}

static void
quit_answered_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (DailiesApplication) self = user_data;
  g_autofree char *answer = dailies_compat_ask_finish (result);

  if (g_str_equal (answer, "quit"))
    quit_now (self);
  else if (g_str_equal (answer, "background"))
    close_window (self);
}

static void
quit_with_jobs (DailiesApplication *self)
{
  const DailiesAnswer answers[] = {
    { "cancel", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "quit", _("_Quit"), ADW_RESPONSE_DEFAULT },
    { "background", _("_Keep Running"), ADW_RESPONSE_SUGGESTED },
  };
  guint n_running = self->studio != NULL ? dailies_queue_get_n_running (dailies_studio_get_queue (self->studio)) : 0;
  g_autofree char *heading = NULL;

  if (n_running == 0 || self->window == NULL)
    {
      quit_now (self);
      return;
    }
  heading = g_strdup_printf (ngettext ("%u job is still running", "%u jobs are still running", n_running), n_running);
  dailies_compat_ask_async (GTK_WINDOW (self->window), heading,
                            _("The service goes on, and what it makes is fetched at the next start. Or close the window "
                              "only: Dailies then fetches it in the background and tells you."),
                            NULL, answers, G_N_ELEMENTS (answers), NULL, quit_answered_cb, g_object_ref (self));
}

/* The export goes on until all questions are answered: the last one may be answered with Cancel. */
static void
export_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DailiesApplication) self = user_data;

  if (!dailies_window_ask_to_stop_export_finish (DAILIES_WINDOW (source), result) || self->window == NULL)
    return;
  self->export_given_up = TRUE;
  quit_with_jobs (self);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DailiesApplication *self = user_data;

  self->export_given_up = FALSE;
  if (self->window != NULL && dailies_window_is_exporting (self->window))
    dailies_window_ask_to_stop_export_async (self->window, export_answered_cb, g_object_ref (self));
  else
    quit_with_jobs (self);
}

static void
quit_now_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  quit_now (user_data);
}

static void
activate_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_application_activate (user_data);
}

static void
show_job_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  dailies_window_show_job (dailies_application_present (user_data), g_variant_get_string (parameter, NULL));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  DailiesApplication *self = user_data;
  GtkWindow *preferences;

  if (self->studio == NULL || self->window == NULL)
    return;
  preferences = dailies_preferences_new (self->settings, self->studio);
  dailies_preferences_set_held (DAILIES_PREFERENCES (preferences), dailies_window_is_held (self->window));
  gtk_window_set_transient_for (preferences, GTK_WINDOW (self->window));
  gtk_window_present (preferences);
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DailiesApplication *self = user_data;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/dailies-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  if (self->window != NULL)
    gtk_window_set_transient_for (window, GTK_WINDOW (self->window));
  gtk_window_present (window);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  DailiesApplication *self = user_data;
  g_autofree char *debug = dailies_debug_text_new (GTK_WIDGET (self->window));
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-name", "Dailies",
                "application-icon", APPLICATION_ID,
                "version", PACKAGE_VERSION,
                "developer-name", _("The Dailies developers"),
                "comments", _("Make and compare video with Kling O1"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "debug-info", debug,
                "debug-info-filename", "dailies-debug.txt",
                "transient-for", self->window,
                "modal", TRUE,
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}

void
dailies_application_add_actions (DailiesApplication *self)
{
  const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "quit-now", .activate = quit_now_action },
    { .name = "activate", .activate = activate_action },
    { .name = "show-job", .activate = show_job_action, .parameter_type = "s" },
    { .name = "preferences", .activate = preferences_action },
    { .name = "shortcuts", .activate = shortcuts_action },
    { .name = "about", .activate = about_action },
  };
  const struct
  {
    const char *action;
    const char *accels[3]; /* ends with NULL */
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.shortcuts", { "<Control>question" } },
    { "win.new-shot", { "<Control>n" } },
    { "win.search", { "<Control>f" } },
    { "win.open", { "<Control>o" } },
    { "stage.export", { "<Control><Shift>e" } },
    { "win.generate", { "<Control>Return", "<Control>KP_Enter" } },
    { "win.show-shots", { "F9" } },
    { "win.show-composer", { "<Shift>F9" } },
    { "window.close", { "<Control>w" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, (const char **) accels[i].accels);
}
