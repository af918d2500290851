/* dailies-exporter.c: carries out one export of what is on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exporter-private.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-sheet.h"

G_DEFINE_FINAL_TYPE (DailiesExporter, dailies_exporter, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Of those that run; a program that ends has to wait for them. */
static GList *running;

void
dailies_exporter_end (GTask  *task,
                      GError *error)
{
  running = g_list_remove (running, g_task_get_source_object (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* --- a movie ---------------------------------------------------------------------------------- */

static void
progress_cb (DailiesExport   *export,
             GParamSpec      *pspec,
             DailiesExporter *self)
{
  self->progress = dailies_export_get_progress (export);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
movie_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;

  dailies_export_run_finish (DAILIES_EXPORT (source), result, &error);
  dailies_exporter_end (user_data, error);
}

static void
make_movie (DailiesExporter *self,
            GTask           *task)
{
  g_autoptr (DailiesExport) export = dailies_export_new ();
  guint n_sides = self->plan->n_sides;

  if (self->choice.mode == DAILIES_EXPORT_WIPE)
    n_sides = MIN (n_sides, 2);
  for (guint i = 0; i < n_sides; i++)
    {
      DailiesExportPlanSide *side = &self->plan->sides[i];
      g_autofree char       *label = dailies_export_plan_dup_label (self->plan, i);

      dailies_export_add_side (
        export, side->file, self->choice.labels ? label : NULL, side->slip);
    }
  /* What a wipe leaves out is on the stage all the same. */
  for (guint i = n_sides; i < self->plan->n_sides; i++)
    dailies_export_spare (export, self->plan->sides[i].file);
  dailies_export_set_mode (export, self->choice.mode);
  dailies_export_set_wipe (export, self->plan->wipe_angle, self->plan->wipe_position);
  dailies_export_set_range (export, self->plan->in, self->plan->out);
  dailies_export_set_sound (export, self->choice.sound < (int) n_sides ? self->choice.sound : -1);
  g_signal_connect_object (export, "notify::progress", G_CALLBACK (progress_cb), self, 0);
  dailies_export_run_async (export, self->to, self->cancellable, movie_cb, task);
}

/* --- a contact sheet -------------------------------------------------------------------------- */

static void
sheet_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;

  dailies_sheet_write_finish (result, &error);
  dailies_exporter_end (user_data, error);
}

static void
make_sheet (DailiesExporter *self,
            GTask           *task,
            const char      *title)
{
  g_autoptr (DailiesSheet) sheet = dailies_sheet_new (title);

  for (guint i = 0; i < self->plan->n_sides; i++)
    {
      DailiesCut      *cut = self->plan->sides[i].cut;
      g_autofree char *label = dailies_export_plan_dup_label (self->plan, i);
      g_autofree char *settings = NULL;

      if (cut != NULL)
        settings = g_strdup_printf (_ ("%d×%d · %.3g fps · %.1f s"),
                                    dailies_cut_get_width (cut),
                                    dailies_cut_get_height (cut),
                                    dailies_cut_get_fps (cut),
                                    dailies_cut_get_seconds (cut));
      dailies_sheet_add_cut (sheet,
                             self->plan->sides[i].file,
                             label,
                             cut != NULL ? dailies_cut_get_prompt (cut) : NULL,
                             settings);
    }
  dailies_sheet_set_columns (sheet, self->choice.columns);
  dailies_sheet_set_range (sheet, self->plan->in, self->plan->out);
  dailies_sheet_write_async (sheet, self->to, self->cancellable, sheet_cb, task);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
dailies_exporter_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, DAILIES_EXPORTER (object)->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_exporter_finalize (GObject *object)
{
  DailiesExporter *self = DAILIES_EXPORTER (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->plan, dailies_export_plan_free);
  g_clear_object (&self->to);
  g_clear_object (&self->otio);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (dailies_exporter_parent_class)->finalize (object);
}

static void
dailies_exporter_class_init (DailiesExporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_exporter_get_property;
  object_class->finalize = dailies_exporter_finalize;

  properties[PROP_PROGRESS] = g_param_spec_double (
    "progress", NULL, NULL, -1, 1, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_exporter_init (DailiesExporter *self)
{
  self->progress = -1;
}

DailiesExporter *
dailies_exporter_new (DailiesLibrary *library)
{
  DailiesExporter *self = g_object_new (DAILIES_TYPE_EXPORTER, NULL);

  g_set_object (&self->library, library);

  return self;
}

gboolean
dailies_exporter_makes_folder (const DailiesExportPlan   *plan,
                               const DailiesExportChoice *choice)
{
  return choice->kind == DAILIES_EXPORT_FRAMES && (choice->all_frames || plan->n_sides > 1);
}

void
dailies_exporter_run_async (DailiesExporter           *self,
                            DailiesExportPlan         *plan,
                            const DailiesExportChoice *choice,
                            const char                *title,
                            GFile                     *to,
                            GCancellable              *cancellable,
                            GAsyncReadyCallback        callback,
                            gpointer                   user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_EXPORTER (self));
  g_return_if_fail (self->plan == NULL);

  self->plan = plan;
  self->choice = *choice;
  self->to = g_object_ref (to);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_exporter_run_async);
  /* What is whole by then stays, and is said to. */
  g_task_set_check_cancellable (task, FALSE);
  running = g_list_prepend (running, self);
  switch (choice->kind)
    {
    case DAILIES_EXPORT_MOVIE:
      make_movie (self, task);
      break;
    case DAILIES_EXPORT_SHEET:
      make_sheet (self, task, title);
      break;
    case DAILIES_EXPORT_TIMELINE:
      dailies_exporter_make_timeline (self, task, title);
      break;
    case DAILIES_EXPORT_FRAMES:
    default:
      dailies_exporter_make_frames (self, task);
      break;
    }
}

gboolean
dailies_exporter_run_finish (DailiesExporter  *self,
                             GAsyncResult     *result,
                             GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dailies_exporter_stop_all (void)
{
  for (GList *link = running; link != NULL; link = link->next)
    g_cancellable_cancel (DAILIES_EXPORTER (link->data)->cancellable);
  while (running != NULL)
    g_main_context_iteration (NULL, TRUE);
}
