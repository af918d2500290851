/* dailies-window-actions.c: what can be done from anywhere in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-window-private.h"

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
  dailies_window_set_pane_shown (self, self->shots_flap, TRUE);
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

/* For whoever has chosen by pointer what the stage shows: the next keys are meant for that. */
static void
to_stage_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (DAILIES_WINDOW (widget)->stage));
}

/* For what has the focus beside the stage, and would take the key for itself. */
static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);

  if (self->stage != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->stage), "stage.play", NULL);
}

void
dailies_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-shot", NULL, new_shot_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "win.use-samples", NULL, use_samples_action);
  gtk_widget_class_install_action (widget_class, "win.undelete", NULL, undelete_action);
  gtk_widget_class_install_action (widget_class, "win.to-stage", NULL, to_stage_action);
  gtk_widget_class_install_action (widget_class, "win.play", NULL, play_action);
  gtk_widget_class_install_property_action (widget_class, "win.service", "service-id");
  gtk_widget_class_install_property_action (widget_class, "win.show-shots", "show-shots");
  gtk_widget_class_install_property_action (widget_class, "win.show-composer", "show-composer");
  dailies_window_install_export (widget_class);
  dailies_window_install_jobs (widget_class);
  dailies_window_install_undo (widget_class);
}
