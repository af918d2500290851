/* dailies-unknown-dialog.c: the questions about a job of which nobody knows whether the service took it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"
#include "dailies-error.h"
#include "dailies-job.h"
#include "dailies-service.h"
#include "dailies-text.h"
#include "dailies-unknown-dialog.h"

#define WRONG_ID N_("An id has 1 to 128 letters, digits, “-” and “_”, and nothing else.")

static void
entry_changed_cb (GtkEditable *entry,
                  GtkLabel    *hint)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  gboolean wrong = text[0] != '\0' && !dailies_remote_id_is_valid (text);

  gtk_label_set_text (hint, wrong ? _(WRONG_ID) : "");
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
}

static GtkWidget *
build_entry (GtkWidget **entry_out)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Request or task id"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Request or task id"), -1);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "error");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), hint);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), hint, 0);
  *entry_out = entry;
  return box;
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = dailies_compat_ask_finish (result);
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (g_task_get_task_data (task))));

  if (!g_str_equal (answer, "look-up") || id[0] == '\0')
    g_task_return_pointer (task, NULL, NULL);
  else if (dailies_remote_id_is_valid (id))
    g_task_return_pointer (task, g_steal_pointer (&id), g_free);
  else
    g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("%s Nothing was looked up."), _(WRONG_ID));
}

static char *
dup_look_up_body (DailiesJob *job)
{
  const char *service = dailies_text_service (dailies_job_get_service_id (job));

  if (dailies_job_get_remote_id (job) != NULL)
    return g_strdup_printf (_("%s is asked under this id how the job stands. Where its clip is ready, it is fetched. Looking up "
                              "costs nothing."), service);
  return g_strdup_printf (_("If %s took the job, it is on your list of requests there. Paste its id, and its clip is "
                            "fetched as if nothing had happened. Looking up costs nothing."), service);
}

void
dailies_unknown_look_up_async (GtkWindow           *parent,
                               DailiesJob          *job,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  const DailiesAnswer answers[] = {
    { "cancel", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "look-up", _("_Look It Up"), ADW_RESPONSE_SUGGESTED },
  };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *body = dup_look_up_body (job);
  GtkWidget *entry;
  GtkWidget *extra = build_entry (&entry);
  const char *known = dailies_job_get_remote_id (job);

  /* A job that the service took and then would not speak of. */
  if (known != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), known);
  g_task_set_source_tag (task, dailies_unknown_look_up_async);
  g_task_set_task_data (task, g_object_ref_sink (entry), g_object_unref);
  dailies_compat_ask_async (parent, _("Look the job up"), body, extra, answers, G_N_ELEMENTS (answers), cancellable,
                            looked_up_cb, g_object_ref (task));
}

char *
dailies_unknown_look_up_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
confirmed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = dailies_compat_ask_finish (result);

  g_task_return_boolean (task, g_str_equal (answer, "yes"));
}

static void
confirm (GTask      *task,
         GtkWindow  *parent,
         const char *heading,
         const char *body,
         const char *yes)
{
  const DailiesAnswer answers[] = {
    { "no", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "yes", yes, ADW_RESPONSE_DESTRUCTIVE },
  };

  dailies_compat_ask_async (parent, heading, body, NULL, answers, G_N_ELEMENTS (answers),
                            g_task_get_cancellable (task), confirmed_cb, g_object_ref (task));
}

static char *
dup_again_body (DailiesJob *job)
{
  const char *service = dailies_text_service (dailies_job_get_service_id (job));

  if (dailies_job_get_remote_id (job) != NULL)
    return g_strdup_printf (_("%s has accepted the job. Submitted again, the same clip is made and may be paid for twice. Looking "
                              "it up first is safe."), service);
  return g_strdup_printf (_("%s may have taken the job the first time. If it did, the same clip is made and paid for "
                            "twice. Looking it up first is safe."), service);
}

void
dailies_unknown_again_async (GtkWindow           *parent,
                             DailiesJob          *job,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *body = dup_again_body (job);

  g_task_set_source_tag (task, dailies_unknown_again_async);
  confirm (task, parent, _("Submit again?"), body, _("_Submit Again"));
}

gboolean
dailies_unknown_again_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
dailies_unknown_forget_async (GtkWindow           *parent,
                              DailiesJob          *job,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *body = NULL;

  g_task_set_source_tag (task, dailies_unknown_forget_async);
  body = g_strdup_printf (_("If %s took the job after all, its clip is not fetched and stays on the account there."),
                          dailies_text_service (dailies_job_get_service_id (job)));
  confirm (task, parent, _("Forget this job?"), body, _("_Forget"));
}

gboolean
dailies_unknown_forget_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
