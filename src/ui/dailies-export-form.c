/* dailies-export-form.c: what the artist can choose about an export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-form.h"

#include <glib/gi18n.h>

struct _DailiesExportForm
{
  AdwPreferencesPage parent_instance;

  AdwComboRow   *kind;
  AdwActionRow  *sides;
  AdwActionRow  *range;
  GtkWidget     *movie_group;
  AdwComboRow   *layout;
  AdwComboRow   *sound;
  GtkSwitch     *labels;
  GtkWidget     *sheet_group;
  AdwComboRow   *format;
  GtkAdjustment *columns;
  GtkWidget     *timeline_group;
  GtkWidget     *frames_group;
  AdwComboRow   *which;

  DailiesExportMode modes[3]; /* of the rows of "layout" */
  guint             n_modes;
  int               sounds[DAILIES_EXPORT_MAX_SIDES + 1]; /* of those of "sound" */
};

G_DEFINE_FINAL_TYPE (DailiesExportForm, dailies_export_form, ADW_TYPE_PREFERENCES_PAGE)

static void
update_layouts (DailiesExportForm       *self,
                const DailiesExportPlan *plan)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_sides = plan->n_sides;
  guint selected = 0;

  self->n_modes = 0;
  gtk_string_list_append (names, n_sides > 1 ? _ ("Side by Side") : _ ("Whole Picture"));
  self->modes[self->n_modes++] = DAILIES_EXPORT_ROW;
  if (n_sides > 2)
    {
      gtk_string_list_append (names, _ ("Two Rows"));
      /* As the stage lays four out. */
      if (n_sides == 4)
        selected = self->n_modes;
      self->modes[self->n_modes++] = DAILIES_EXPORT_GRID;
    }
  if (n_sides > 1)
    {
      gtk_string_list_append (names, _ ("Wipe of A and B"));
      if (plan->mode == DAILIES_SIDES_WIPE)
        selected = self->n_modes;
      self->modes[self->n_modes++] = DAILIES_EXPORT_WIPE;
    }
  adw_combo_row_set_model (self->layout, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->layout, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->layout), self->n_modes > 1);
}

static void
update_sounds (DailiesExportForm       *self,
               const DailiesExportPlan *plan)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = 0;
  guint selected = 0;

  for (guint i = 0; i < plan->n_sides; i++)
    {
      g_autofree char *label = NULL;

      if (!plan->sides[i].has_sound)
        continue;
      label = dailies_export_plan_dup_label (plan, i);
      gtk_string_list_append (names, label);
      self->sounds[n++] = (int) i;
    }
  gtk_string_list_append (names, _ ("None"));
  self->sounds[n] = -1;
  for (guint i = 0; i <= n; i++)
    {
      if (self->sounds[i] == plan->audible)
        selected = i;
    }
  adw_combo_row_set_model (self->sound, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->sound, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->sound), n > 0);
}

static void
kind_cb (DailiesExportForm *self)
{
  guint kind = adw_combo_row_get_selected (self->kind);

  gtk_widget_set_visible (self->movie_group, kind == DAILIES_EXPORT_MOVIE);
  gtk_widget_set_visible (self->sheet_group, kind == DAILIES_EXPORT_SHEET);
  gtk_widget_set_visible (self->timeline_group, kind == DAILIES_EXPORT_TIMELINE);
  gtk_widget_set_visible (self->frames_group, kind == DAILIES_EXPORT_FRAMES);
}

static void
dailies_export_form_class_init (DailiesExportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/dailies-export-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, kind);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, sides);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, range);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, movie_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, layout);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, sound);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, labels);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, sheet_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, format);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, columns);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, timeline_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, frames_group);
  gtk_widget_class_bind_template_child (widget_class, DailiesExportForm, which);
}

static void
dailies_export_form_init (DailiesExportForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->sides), FALSE);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
}

void
dailies_export_form_offer (DailiesExportForm       *self,
                           const DailiesExportPlan *plan)
{
  g_autofree char *sides = dailies_export_plan_dup_sides (plan);
  g_autofree char *range = dailies_export_plan_dup_range (plan);

  g_return_if_fail (DAILIES_IS_EXPORT_FORM (self));

  adw_action_row_set_subtitle (self->sides, plan->n_sides > 0 ? sides : _ ("Nothing that can be exported"));
  adw_action_row_set_subtitle (self->range, range);
  update_layouts (self, plan);
  update_sounds (self, plan);
}

void
dailies_export_form_read (DailiesExportForm   *self,
                          DailiesExportChoice *choice)
{
  g_return_if_fail (DAILIES_IS_EXPORT_FORM (self));
  g_return_if_fail (self->n_modes > 0);

  *choice = (DailiesExportChoice){
    .kind = (DailiesExportKind) adw_combo_row_get_selected (self->kind),
    .mode = self->modes[MIN (adw_combo_row_get_selected (self->layout), self->n_modes - 1)],
    .sound = self->sounds[MIN (adw_combo_row_get_selected (self->sound), DAILIES_EXPORT_MAX_SIDES)],
    .labels = gtk_switch_get_active (self->labels),
    .columns = (guint) gtk_adjustment_get_value (self->columns),
    .pages = adw_combo_row_get_selected (self->format) == 1,
    .all_frames = adw_combo_row_get_selected (self->which) == 1,
  };
}
