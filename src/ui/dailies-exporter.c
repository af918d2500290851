/* dailies-exporter.c: carries out one export of what is on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exporter.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-notes.h"
#include "dailies-otio.h"
#include "dailies-sheet.h"
#include "dailies-still.h"

struct _DailiesExporter
{
  GObject parent_instance;

  DailiesLibrary     *library; /* (nullable) */
  DailiesExportPlan  *plan;
  DailiesExportChoice choice;
  GFile              *to;
  DailiesOtio        *otio; /* (nullable) */
  GCancellable       *cancellable;
  double              progress;
  guint               index; /* of the side that is worked on */
};

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

static void save_next_side (GTask *task);
static void read_next_notes (GTask *task);

static void
finish (GTask  *task,
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
  finish (user_data, error);
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
  finish (user_data, error);
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

/* --- a timeline ------------------------------------------------------------------------------- */

static void
timeline_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;

  dailies_otio_write_finish (result, &error);
  finish (user_data, error);
}

static void
notes_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesNotes) notes = DAILIES_NOTES (source);
  GTask           *task = user_data;
  DailiesExporter *self = g_task_get_source_object (task);
  GError          *error = NULL;

  if (!dailies_notes_load_finish (notes, result, &error))
    {
      finish (task, error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    {
      g_autoptr (DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (notes), i);
      gint64 start = dailies_note_get_start (note);

      dailies_otio_add_note (self->otio,
                             self->index,
                             start,
                             dailies_note_get_end (note) - start,
                             dailies_note_get_text (note));
    }
  self->index++;
  read_next_notes (task);
}

static void
read_next_notes (GTask *task)
{
  DailiesExporter *self = g_task_get_source_object (task);

  while (self->index < self->plan->n_sides)
    {
      DailiesCut *cut = self->plan->sides[self->index].cut;

      if (cut != NULL && self->library != NULL)
        {
          /* Owned by the callback. */
          DailiesNotes *notes = dailies_notes_new (self->library, dailies_cut_get_id (cut));

          dailies_notes_load_async (notes, self->cancellable, notes_cb, task);
          return;
        }
      self->index++;
    }
  dailies_otio_write_async (self->otio, self->to, self->cancellable, timeline_cb, task);
}

static void
make_timeline (DailiesExporter *self,
               GTask           *task,
               const char      *title)
{
  self->otio = dailies_otio_new (title);
  for (guint i = 0; i < self->plan->n_sides; i++)
    {
      DailiesExportPlanSide *side = &self->plan->sides[i];

      dailies_otio_add_cut (self->otio,
                            side->file,
                            side->name,
                            side->cut != NULL ? dailies_cut_get_prompt (side->cut) : NULL,
                            side->cut != NULL && dailies_cut_get_picked (side->cut),
                            side->slip);
    }
  dailies_otio_set_range (self->otio, self->plan->in, self->plan->out);
  read_next_notes (task);
}

/* --- frames ----------------------------------------------------------------------------------- */

typedef struct
{
  GTask  *task;
  GError *error;
} Failure;

static void
remove_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GFile *folder = data;
  g_autoptr (GFileEnumerator) files = NULL;
  GFile *file;

  files = g_file_enumerate_children (
    folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (files != NULL && g_file_enumerator_iterate (files, NULL, &file, NULL, NULL) &&
         file != NULL)
    g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Failure *failure = user_data;

  finish (failure->task, failure->error);
  g_free (failure);
}

/* The folder was made for this, so nothing in it is anybody else's. */
static void
give_up_folder (GTask  *task,
                GError *error)
{
  DailiesExporter *self = g_task_get_source_object (task);
  Failure         *failure = g_new (Failure, 1);
  g_autoptr (GTask) removal = NULL;

  *failure = (Failure){ task, error };
  removal = g_task_new (self, NULL, removed_cb, failure);
  g_task_set_source_tag (removal, give_up_folder);
  g_task_set_task_data (removal, g_object_ref (self->to), g_object_unref);
  g_task_run_in_thread (removal, remove_thread);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask           *task = user_data;
  DailiesExporter *self = g_task_get_source_object (task);
  GError          *error = NULL;

  if (self->choice.all_frames)
    dailies_still_save_all_finish (result, &error);
  else
    dailies_still_save_finish (result, &error);
  if (error == NULL)
    {
      self->index++;
      save_next_side (task);
    }
  else if (dailies_exporter_makes_folder (self->plan, &self->choice))
    give_up_folder (task, error);
  else
    finish (task, error);
}

/* ns of the reel, in the clip of @side; -1 its beginning or its end */
static gint64
to_clip (const DailiesExportPlanSide *side,
         gint64                       time,
         gboolean                     is_in)
{
  if (time < 0)
    return is_in && side->shift > 0 ? side->shift : -1;

  return MAX (0, time + side->shift);
}

static GFile *
make_png (DailiesExporter *self)
{
  DailiesExportPlanSide *side = &self->plan->sides[self->index];
  g_autofree char       *name = NULL;

  if (!dailies_exporter_makes_folder (self->plan, &self->choice))
    return g_object_ref (self->to);
  name = g_strdup_printf ("%s %s.png", side->letter, side->name);
  g_strdelimit (name, "/\\", '-');

  return g_file_get_child (self->to, name);
}

static void
save_next_side (GTask *task)
{
  DailiesExporter       *self = g_task_get_source_object (task);
  DailiesExportPlanSide *side = &self->plan->sides[self->index];
  g_autoptr (GFile) png = NULL;

  if (self->index == self->plan->n_sides)
    {
      finish (task, NULL);
      return;
    }
  png = make_png (self);
  if (self->choice.all_frames)
    dailies_still_save_all_async (side->file,
                                  to_clip (side, self->plan->in, TRUE),
                                  to_clip (side, self->plan->out, FALSE),
                                  png,
                                  self->cancellable,
                                  saved_cb,
                                  task);
  else
    dailies_still_save_async (
      side->file, MAX (0, side->time), png, self->cancellable, saved_cb, task);
}

static void
folder_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (g_file_make_directory_finish (G_FILE (source), result, &error))
    {
      save_next_side (user_data);
      return;
    }
  base = g_file_get_basename (G_FILE (source));
  name = g_filename_display_name (base);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (user_data, g_steal_pointer (&error));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    finish (user_data,
            g_error_new (DAILIES_ERROR,
                         DAILIES_ERROR_DISK,
                         _ ("There is something called “%s” already, and frames go into a folder "
                            "of their own. Choose another name."),
                         name));
  else
    finish (user_data,
            g_error_new (DAILIES_ERROR,
                         DAILIES_ERROR_DISK,
                         _ ("The folder “%s” cannot be made: %s. Choose another place."),
                         name,
                         error->message));
}

static void
make_frames (DailiesExporter *self,
             GTask           *task)
{
  if (dailies_exporter_makes_folder (self->plan, &self->choice))
    g_file_make_directory_async (
      self->to, G_PRIORITY_DEFAULT, self->cancellable, folder_cb, task);
  else
    save_next_side (task);
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
      make_timeline (self, task, title);
      break;
    case DAILIES_EXPORT_FRAMES:
    default:
      make_frames (self, task);
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
