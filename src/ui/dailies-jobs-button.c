/* dailies-jobs-button.c: how many jobs are on their way, and which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-job-filter.h"
#include "dailies-job.h"
#include "dailies-jobs-button.h"
#include "dailies-library.h"
#include "dailies-shot.h"
#include "dailies-text.h"

struct _DailiesJobsButton
{
  AdwBin parent_instance;

  GtkMenuButton  *button;
  GtkSpinner     *spinner;
  GtkLabel       *label;
  GtkPopover     *popover;
  GtkListBox     *list;

  DailiesLibrary *library;
  GListModel     *jobs;
};

G_DEFINE_FINAL_TYPE (DailiesJobsButton, dailies_jobs_button, ADW_TYPE_BIN)

static void
update_row (DailiesJob   *job,
            GParamSpec   *pspec,
            AdwActionRow *row)
{
  g_autofree char *text = dailies_text_job (job);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", text,
                                               dailies_text_service (dailies_job_get_service_id (job)));

  adw_action_row_set_subtitle (row, subtitle);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  DailiesJobsButton *self = user_data;
  DailiesJob *job = item;
  DailiesShot *shot = dailies_library_lookup_shot (self->library, dailies_job_get_shot_id (job));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *cancel = gtk_button_new_from_icon_name ("window-close-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 shot != NULL ? dailies_shot_get_title (shot) : dailies_job_get_prompt (job));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_set_tooltip_text (cancel, _("Cancel This Job"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cancel This Job"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "job.cancel");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (cancel), "s", dailies_job_get_id (job));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), cancel);
  g_signal_connect_object (job, "notify", G_CALLBACK (update_row), row, 0);
  update_row (job, NULL, ADW_ACTION_ROW (row));
  return row;
}

static void
items_changed_cb (DailiesJobsButton *self)
{
  guint n_jobs = g_list_model_get_n_items (self->jobs);
  g_autofree char *text = g_strdup_printf (ngettext ("%u running", "%u running", n_jobs), n_jobs);

  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_spinner_set_spinning (self->spinner, n_jobs > 0);
  if (n_jobs == 0)
    gtk_popover_popdown (self->popover);
  gtk_widget_set_visible (GTK_WIDGET (self), n_jobs > 0);
}

static void
dailies_jobs_button_dispose (GObject *object)
{
  DailiesJobsButton *self = DAILIES_JOBS_BUTTON (object);

  g_clear_object (&self->library);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (dailies_jobs_button_parent_class)->dispose (object);
}

static void
dailies_jobs_button_class_init (DailiesJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_jobs_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobsButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobsButton, label);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, DailiesJobsButton, list);
}

static void
dailies_jobs_button_init (DailiesJobsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dailies_jobs_button_set_library (DailiesJobsButton *self,
                                 DailiesLibrary    *library,
                                 GListModel        *jobs)
{
  g_return_if_fail (DAILIES_IS_JOBS_BUTTON (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  self->jobs = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (jobs), dailies_job_filter_new_running (jobs)));
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, self->jobs, create_row_cb, self, NULL);
  items_changed_cb (self);
}
