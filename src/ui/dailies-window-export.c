/* dailies-window-export.c: the window that exports, and what the main window says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-export-dialog.h"
#include "dailies-shot.h"
#include "dailies-window-private.h"

static void
ended_cb (DailiesWindow *self,
          const char    *sentence,
          gboolean       there)
{
  dailies_window_tell (self, sentence, there ? _("Show in Folder") : NULL, there ? "win.show-export" : NULL);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (self->stage == NULL || dailies_stage_view_get_n_sides (self->stage) == 0)
    {
      dailies_window_tell (self, _("There is nothing on the stage to export."), NULL, NULL);
      return;
    }
  if (self->export_dialog == NULL)
    {
      self->export_dialog = dailies_export_dialog_new (GTK_WINDOW (self), self->stage, self->library);
      g_object_add_weak_pointer (G_OBJECT (self->export_dialog), (gpointer *) &self->export_dialog);
      g_signal_connect_object (self->export_dialog, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
    }
  dailies_export_dialog_open (DAILIES_EXPORT_DIALOG (self->export_dialog),
                              self->shot != NULL ? dailies_shot_get_title (self->shot) : _("Stage"));
}

static void
show_export_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (self->export_dialog != NULL)
    dailies_export_dialog_show_result (DAILIES_EXPORT_DIALOG (self->export_dialog), GTK_WINDOW (self));
}

gboolean
dailies_window_is_exporting (DailiesWindow *self)
{
  g_return_val_if_fail (DAILIES_IS_WINDOW (self), FALSE);

  return self->export_dialog != NULL &&
         dailies_export_dialog_is_running (DAILIES_EXPORT_DIALOG (self->export_dialog));
}

static void
stop_answered_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = dailies_compat_ask_finish (result);

  g_task_return_boolean (task, g_str_equal (answer, "stop"));
}

void
dailies_window_ask_to_stop_export_async (DailiesWindow       *self,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  const DailiesAnswer answers[] = {
    { "go-on", _("_Go On"), ADW_RESPONSE_DEFAULT },
    { "stop", _("_Cancel the Export"), ADW_RESPONSE_DESTRUCTIVE },
  };
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, dailies_window_ask_to_stop_export_async);
  dailies_compat_ask_async (GTK_WINDOW (self), _("An export is still running"),
                            _("It ends with the program, and nothing of it is left. Or let it go on and close Dailies later."),
                            NULL, answers, G_N_ELEMENTS (answers), NULL, stop_answered_cb, task);
}

gboolean
dailies_window_ask_to_stop_export_finish (DailiesWindow *self,
                                          GAsyncResult  *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
dailies_window_cancel_export (DailiesWindow *self)
{
  g_return_if_fail (DAILIES_IS_WINDOW (self));

  if (dailies_window_is_exporting (self))
    dailies_export_dialog_cancel (DAILIES_EXPORT_DIALOG (self->export_dialog));
}

static void
close_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DailiesWindow *self = DAILIES_WINDOW (source);

  if (!dailies_window_ask_to_stop_export_finish (self, result))
    return;
  dailies_window_cancel_export (self);
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
dailies_window_holds_open (DailiesWindow *self)
{
  if (!dailies_window_is_exporting (self))
    return FALSE;

  dailies_window_ask_to_stop_export_async (self, close_answered_cb, NULL);
  return TRUE;
}

void
dailies_window_drop_export (DailiesWindow *self)
{
  g_autoptr (GtkWindow) dialog = NULL;

  if (self->export_dialog == NULL)
    return;

  g_set_object (&dialog, self->export_dialog);
  g_clear_weak_pointer (&self->export_dialog);
  /* What it has under way may keep it longer than this window; see answer_cb() in dailies-compat.c. Disposed of, it does nothing
   * more of that. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (dialog);
  g_object_run_dispose (G_OBJECT (dialog));
}

void
dailies_window_install_export (GtkWidgetClass *widget_class)
{
  /* Of the stage, but in the menu of the window, too. */
  gtk_widget_class_install_action (widget_class, "stage.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.show-export", NULL, show_export_action);
}
