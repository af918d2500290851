/* dailies-problem-row.c: one problem of the request, with the button that mends it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-problem-row.h"

#include "dailies-sentence.h"

struct _DailiesProblemRow
{
  GtkWidget        parent_instance;

  DailiesSentence *message;
  GtkSpinner      *spinner;
  GtkButton       *fix;
  DailiesProblem  *problem;
};

G_DEFINE_FINAL_TYPE (DailiesProblemRow, dailies_problem_row, GTK_TYPE_WIDGET)

enum
{
  FIX,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (DailiesProblemRow *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

static void
dailies_problem_row_dispose (GObject *object)
{
  DailiesProblemRow *self = DAILIES_PROBLEM_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->problem);
  G_OBJECT_CLASS (dailies_problem_row_parent_class)->dispose (object);
}

static void
dailies_problem_row_class_init (DailiesProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_problem_row_dispose;
  signals[FIX] = g_signal_new ("fix", DAILIES_TYPE_PROBLEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  g_type_ensure (DAILIES_TYPE_SENTENCE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/dailies-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesProblemRow, message);
  gtk_widget_class_bind_template_child (widget_class, DailiesProblemRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DailiesProblemRow, fix);
  gtk_widget_class_set_css_name (widget_class, "problemrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_problem_row_init (DailiesProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->fix, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dailies_problem_row_new (DailiesProblem *problem)
{
  DailiesProblemRow *self = g_object_new (DAILIES_TYPE_PROBLEM_ROW, NULL);
  const char *message = dailies_problem_get_message (problem);
  const char *label = dailies_problem_get_fix_label (problem);

  self->problem = g_object_ref (problem);
  dailies_sentence_set_text (self->message, message);
  if (label != NULL)
    {
      gtk_button_set_label (self->fix, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->fix),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fix), label != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, message,
                                  -1);
  return GTK_WIDGET (self);
}

void
dailies_problem_row_set_busy (DailiesProblemRow *self,
                              gboolean           busy)
{
  g_return_if_fail (DAILIES_IS_PROBLEM_ROW (self));

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fix), !busy);
}

DailiesProblem *
dailies_problem_row_get_problem (DailiesProblemRow *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM_ROW (self), NULL);

  return self->problem;
}
