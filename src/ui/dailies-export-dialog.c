/* dailies-export-dialog.c: what is on the stage goes out as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-dialog.h"

#include <glib/gi18n.h>

#include "dailies-clicks.h"
#include "dailies-compat.h"
#include "dailies-export-form.h"
#include "dailies-export-target.h"
#include "dailies-exporter.h"

/* ms: how often a bar moves whose end is not known */
#define PULSE 120

struct _DailiesExportDialog
{
  AdwWindow parent_instance;

  DailiesExportForm *form;
  GtkLabel       *status;
  GtkProgressBar *bar;
  GtkWidget      *cancel_button;
  GtkWidget      *show_button;
  GtkWidget      *export_button;

  DailiesStageView    *stage;
  DailiesLibrary      *library;
  char                *title;
  DailiesExportPlan   *plan; /* (nullable): of what the rows speak; on its way from the chooser to the exporter */
  DailiesExportChoice  choice;
  gboolean             choosing;
  DailiesExporter     *exporter; /* (nullable): runs */
  GCancellable        *cancellable;
  GFile               *to;
  GFile               *folder; /* (nullable): where the last one went */
  guint                n_sides; /* that can be exported */
  guint                pulse_id;
};

G_DEFINE_FINAL_TYPE (DailiesExportDialog, dailies_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_buttons (DailiesExportDialog *self)
{
  gboolean running = self->exporter != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->export_button, !running);
  gtk_widget_set_sensitive (self->export_button, self->n_sides > 0 && !self->choosing);
}

static void
refresh (DailiesExportDialog *self)
{
  if (self->choosing)
    return;
  g_clear_pointer (&self->plan, dailies_export_plan_free);
  self->plan = dailies_export_plan_new (self->stage);
  self->n_sides = self->plan->n_sides;
  dailies_export_form_offer (self->form, self->plan);
  update_buttons (self);
}

static void
sides_changed_cb (DailiesExportDialog *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    refresh (self);
}

/* --- it runs ---------------------------------------------------------------------------------- */

static char *
dup_base (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (DAILIES_EXPORT_DIALOG (user_data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (DailiesExportDialog *self)
{
  double progress;

  g_object_get (self->exporter, "progress", &progress, NULL);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_progress_bar_set_fraction (self->bar, MAX (progress, 0));
}

static void
say (DailiesExportDialog *self,
     const char          *sentence,
     gboolean             is_error)
{
  gtk_label_set_text (self->status, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean         done = dailies_exporter_run_finish (DAILIES_EXPORTER (source), result, &error);
  gboolean         cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *base = dup_base (self->to);
  g_autofree char *sentence = NULL;

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_object (&self->exporter);
  /* The window is gone; what was left to do is done. */
  if (self->stage == NULL)
    return;
  if (done)
    sentence = g_strdup_printf (_ ("Exported “%s”"), base);
  else if (cancelled)
    sentence = g_strdup (_ ("The export was cancelled. Nothing of it is left."));
  else
    sentence = g_strdup (error->message);
  say (self, sentence, !done && !cancelled);
  gtk_widget_set_visible (self->show_button, done);
  update_buttons (self);
  /* It was on a button that is gone. */
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_widget_grab_focus (done ? self->show_button : self->export_button);
  if (!cancelled && !gtk_widget_get_visible (GTK_WIDGET (self)))
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, sentence, done);
}

static void
start (DailiesExportDialog *self,
       GFile               *to)
{
  g_autofree char *base = dup_base (to);
  g_autofree char *sentence = g_strdup_printf (_ ("Exporting “%s”"), base);

  g_set_object (&self->to, to);
  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (to);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->exporter = dailies_exporter_new (self->library);
  g_signal_connect_object (self->exporter, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->pulse_id = g_timeout_add (PULSE, pulse_cb, self);
  say (self, sentence, FALSE);
  gtk_widget_set_visible (self->show_button, FALSE);
  dailies_exporter_run_async (self->exporter,
                              g_steal_pointer (&self->plan),
                              &self->choice,
                              self->title,
                              to,
                              self->cancellable,
                              ended_cb,
                              g_object_ref (self));
  update_buttons (self);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DailiesExportDialog) self = user_data;
  g_autoptr (GFile) file = dailies_export_target_choose_finish (result);

  self->choosing = FALSE;
  if (self->stage == NULL)
    return;
  if (file != NULL)
    start (self, file);
  else
    /* The stage may have changed behind the chooser. */
    refresh (self);
}

static void
export_cb (DailiesExportDialog *self)
{
  /* The rows were read when the window was opened; the stage may have played on since. */
  dailies_export_form_read (self->form, &self->choice);
  g_clear_pointer (&self->plan, dailies_export_plan_free);
  self->plan = dailies_export_plan_new (self->stage);
  if (self->plan->n_sides == 0)
    {
      refresh (self);
      return;
    }
  self->choosing = TRUE;
  update_buttons (self);
  dailies_export_target_choose_async (GTK_WINDOW (self), self->plan, &self->choice, self->title, self->folder, chosen_cb,
                                      g_object_ref (self));
}

static void
show_cb (DailiesExportDialog *self)
{
  dailies_export_dialog_show_result (self, GTK_WINDOW (self));
}

static void
cancel_cb (DailiesExportDialog *self)
{
  dailies_export_dialog_cancel (self);
}

/* --- the window ------------------------------------------------------------------------------- */

static void
dailies_export_dialog_dispose (GObject *object)
{
  DailiesExportDialog *self = DAILIES_EXPORT_DIALOG (object);

  dailies_export_dialog_cancel (self);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_object (&self->stage);
  g_clear_object (&self->library);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->plan, dailies_export_plan_free);

  G_OBJECT_CLASS (dailies_export_dialog_parent_class)->dispose (object);
}

static void
dailies_export_dialog_finalize (GObject *object)
{
  DailiesExportDialog *self = DAILIES_EXPORT_DIALOG (object);

  g_clear_object (&self->exporter);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->to);
  g_free (self->title);

  G_OBJECT_CLASS (dailies_export_dialog_parent_class)->finalize (object);
}

static void
dailies_export_dialog_class_init (DailiesExportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dailies_export_dialog_dispose;
  object_class->finalize = dailies_export_dialog_finalize;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", DAILIES_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
dailies_export_dialog_init (DailiesExportDialog *self)
{
  g_type_ensure (DAILIES_TYPE_EXPORT_FORM);
  gtk_widget_init_template (GTK_WIDGET (self));
  dailies_clicks_keep (GTK_WIDGET (self));
}

GtkWindow *
dailies_export_dialog_new (GtkWindow        *parent,
                           DailiesStageView *stage,
                           DailiesLibrary   *library)
{
  DailiesExportDialog *self;

  g_return_val_if_fail (DAILIES_IS_STAGE_VIEW (stage), NULL);

  self = g_object_new (DAILIES_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  g_set_object (&self->stage, stage);
  g_set_object (&self->library, library);
  g_signal_connect_object (stage, "sides-changed", G_CALLBACK (sides_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}

void
dailies_export_dialog_open (DailiesExportDialog *self,
                            const char          *title)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      if (self->exporter == NULL)
        {
          g_free (self->title);
          self->title = g_strdup (title);
          say (self, "", FALSE);
          gtk_widget_set_visible (self->show_button, FALSE);
        }
      refresh (self);
      /* What is proposed is mostly what is wanted: Return goes on with it. */
      gtk_widget_grab_focus (self->exporter != NULL ? self->cancel_button : self->export_button);
    }
  gtk_window_present (GTK_WINDOW (self));
}

gboolean
dailies_export_dialog_is_running (DailiesExportDialog *self)
{
  g_return_val_if_fail (DAILIES_IS_EXPORT_DIALOG (self), FALSE);

  return self->exporter != NULL && !g_cancellable_is_cancelled (self->cancellable);
}

void
dailies_export_dialog_cancel (DailiesExportDialog *self)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (self->exporter != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
dailies_export_dialog_show_result (DailiesExportDialog *self,
                                   GtkWindow           *parent)
{
  g_return_if_fail (DAILIES_IS_EXPORT_DIALOG (self));

  if (self->to != NULL)
    dailies_compat_show_in_folder (parent, self->to);
}
