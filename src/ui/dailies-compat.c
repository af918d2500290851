/* dailies-compat.c: the few places where the newest GTK differs from the oldest one that is supported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-compat.h"

#include <glib/gi18n.h>

#if GTK_CHECK_VERSION (4, 10, 0)

/* GtkFileDialog is newer than the floor the version macros hold the rest of the program to. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static void
open_multiple_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GListModel *files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files != NULL)
    g_task_return_pointer (task, files, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
}

static void
open_one_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    {
      GListStore *files = g_list_store_new (G_TYPE_FILE);

      g_list_store_append (files, file);
      g_task_return_pointer (task, files, g_object_unref);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
}

static void
choose_files (GtkWindow     *parent,
              const char    *title,
              GtkFileFilter *filter,
              gboolean       multiple,
              GTask         *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_modal (dialog, TRUE);
  if (filter != NULL)
    {
      g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

      g_list_store_append (filters, filter);
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
      gtk_file_dialog_set_default_filter (dialog, filter);
    }
  if (multiple)
    gtk_file_dialog_open_multiple (dialog, parent, g_task_get_cancellable (task),
                                   open_multiple_cb, g_object_ref (task));
  else
    gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task),
                          open_one_cb, g_object_ref (task));
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
}

static void
choose_target (GtkWindow  *parent,
               const char *title,
               const char *name,
               GFile      *folder,
               GTask      *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_modal (dialog, TRUE);
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), save_cb, g_object_ref (task));
}

#else

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("No file was chosen."));
  g_object_unref (dialog);
}

static void
choose_files (GtkWindow     *parent,
              const char    *title,
              GtkFileFilter *filter,
              gboolean       multiple,
              GTask         *task)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), multiple);
  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
target_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("No file was chosen."));
  g_object_unref (dialog);
}

/* The chooser asks itself before a file is replaced. */
static void
choose_target (GtkWindow  *parent,
               const char *title,
               const char *name,
               GFile      *folder,
               GTask      *task)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (target_cb), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

void
dailies_compat_choose_target_async (GtkWindow           *parent,
                                    const char          *title,
                                    const char          *name,
                                    GFile               *folder,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  g_task_set_source_tag (task, dailies_compat_choose_target_async);
  choose_target (parent, title, name, folder, task);
}

GFile *
dailies_compat_choose_target_finish (GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_compat_choose_files_async (GtkWindow           *parent,
                                   const char          *title,
                                   GtkFileFilter       *filter,
                                   gboolean             multiple,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  g_task_set_source_tag (task, dailies_compat_choose_files_async);
  choose_files (parent, title, filter, multiple, task);
}

GListModel *
dailies_compat_choose_files_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if ADW_CHECK_VERSION (1, 5, 0)

static void
alert_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *id = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  g_task_return_pointer (task, g_strdup (id), g_free);
}

static void
ask (GTask               *task,
     GtkWindow           *parent,
     const char          *heading,
     const char          *body,
     GtkWidget           *extra,
     const DailiesAnswer *answers,
     gsize                n_answers)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  for (gsize i = 0; i < n_answers; i++)
    {
      adw_alert_dialog_add_response (dialog, answers[i].id, answers[i].label);
      adw_alert_dialog_set_response_appearance (dialog, answers[i].id, answers[i].appearance);
    }
  adw_alert_dialog_set_close_response (dialog, answers[0].id);
  if (answers[n_answers - 1].appearance != ADW_RESPONSE_DESTRUCTIVE)
    adw_alert_dialog_set_default_response (dialog, answers[n_answers - 1].id);
  if (extra != NULL)
    adw_alert_dialog_set_extra_child (dialog, extra);
  adw_alert_dialog_choose (dialog, (GtkWidget *) parent, g_task_get_cancellable (task), alert_cb, g_object_ref (task));
}

#else

typedef struct
{
  AdwMessageDialog *dialog;
  GTask            *task;
  char             *id;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_object_unref (answer->dialog);
  g_object_unref (answer->task);
  g_free (answer->id);
  g_free (answer);
}

/* The question is closed by now, but events that are under way keep it for a while. The answer may take the window away that was
 * asked in; GTK 4 does not tell that to a closed window that goes with its parent, which would then let go of freed memory. */
static gboolean
answer_cb (gpointer user_data)
{
  Answer *answer = user_data;

  gtk_window_set_transient_for (GTK_WINDOW (answer->dialog), NULL);
  g_task_return_pointer (answer->task, g_steal_pointer (&answer->id), g_free);
  return G_SOURCE_REMOVE;
}

static void
message_response_cb (AdwMessageDialog *dialog,
                     const char       *id,
                     gpointer          user_data)
{
  Answer *answer = g_new (Answer, 1);

  *answer = (Answer){ g_object_ref (dialog), user_data, g_strdup (id) };
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, answer, answer_free);
}

static void
ask (GTask               *task,
     GtkWindow           *parent,
     const char          *heading,
     const char          *body,
     GtkWidget           *extra,
     const DailiesAnswer *answers,
     gsize                n_answers)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  for (gsize i = 0; i < n_answers; i++)
    {
      adw_message_dialog_add_response (dialog, answers[i].id, answers[i].label);
      adw_message_dialog_set_response_appearance (dialog, answers[i].id, answers[i].appearance);
    }
  adw_message_dialog_set_close_response (dialog, answers[0].id);
  if (answers[n_answers - 1].appearance != ADW_RESPONSE_DESTRUCTIVE)
    adw_message_dialog_set_default_response (dialog, answers[n_answers - 1].id);
  if (extra != NULL)
    adw_message_dialog_set_extra_child (dialog, extra);
  g_signal_connect (dialog, "response", G_CALLBACK (message_response_cb), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

void
dailies_compat_ask_async (GtkWindow           *parent,
                          const char          *heading,
                          const char          *body,
                          GtkWidget           *extra,
                          const DailiesAnswer *answers,
                          gsize                n_answers,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, user_data);

  g_return_if_fail (n_answers > 0);

  g_task_set_source_tag (task, dailies_compat_ask_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (answers[0].id), g_free);
  ask (task, parent, heading, body, extra, answers, n_answers);
}

char *
dailies_compat_ask_finish (GAsyncResult *result)
{
  char *id;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  id = g_task_propagate_pointer (G_TASK (result), NULL);
  return id != NULL ? id : g_strdup (g_task_get_task_data (G_TASK (result)));
}

static void
show_items_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* No file manager answers to the name: the folder alone will do. */
  if (reply == NULL && folder != NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);

      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
    }
}

void
dailies_compat_name_item (GtkWidget  *child,
                          const char *name)
{
  GtkWidget *item = gtk_widget_get_parent (child);

  g_return_if_fail (GTK_IS_WIDGET (child));
  g_return_if_fail (name != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (item != NULL && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (item)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
dailies_compat_append_smoothly (GtkSnapshot           *snapshot,
                                GdkTexture            *texture,
                                const graphene_rect_t *bounds)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  /* A texture of the card has no smaller copies of itself; until 4.18 a renderer may fetch it from there to make them. */
  if (bounds->size.width * 2 < gdk_texture_get_width (texture) &&
      (!GDK_IS_GL_TEXTURE (texture) || gtk_check_version (4, 18, 0) == NULL))
    {
      gtk_snapshot_append_scaled_texture (snapshot, texture, GSK_SCALING_FILTER_TRILINEAR, bounds);
      return;
    }
#endif
  gtk_snapshot_append_texture (snapshot, texture, bounds);
}

gboolean
dailies_compat_append_squares (GtkSnapshot           *snapshot,
                               GdkTexture            *texture,
                               const graphene_rect_t *bounds)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_snapshot_append_scaled_texture (snapshot, texture, GSK_SCALING_FILTER_NEAREST, bounds);
  return TRUE;
#else
  return FALSE;
#endif
}

void
dailies_compat_show_in_folder (GtkWindow *parent,
                               GFile     *file)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = g_file_get_uri (file);

  if (bus == NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *folder_uri = g_file_get_uri (folder);

      gtk_show_uri (parent, folder_uri, GDK_CURRENT_TIME);
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", (const char *[]) { uri, NULL }, ""),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, show_items_cb, g_object_ref (file));
}

G_GNUC_END_IGNORE_DEPRECATIONS
