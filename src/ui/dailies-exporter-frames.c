/* dailies-exporter-frames.c: frames of each side, as files of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exporter-private.h"

#include <glib/gi18n.h>

#include "dailies-error.h"
#include "dailies-still.h"

static void save_next_side (GTask *task);

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

  dailies_exporter_end (failure->task, failure->error);
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
  g_autoptr (GPtrArray) written = NULL;

  if (self->choice.all_frames)
    written = dailies_still_save_all_finish (result, &error);
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
    dailies_exporter_end (task, error);
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
      dailies_exporter_end (task, NULL);
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
    dailies_exporter_end (user_data, g_steal_pointer (&error));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    dailies_exporter_end (user_data,
            g_error_new (DAILIES_ERROR,
                         DAILIES_ERROR_DISK,
                         _ ("There is something called “%s” already, and frames go into a folder "
                            "of their own. Choose another name."),
                         name));
  else
    dailies_exporter_end (user_data,
            g_error_new (DAILIES_ERROR,
                         DAILIES_ERROR_DISK,
                         _ ("The folder “%s” cannot be made: %s. Choose another place."),
                         name,
                         error->message));
}

void
dailies_exporter_make_frames (DailiesExporter *self,
                              GTask           *task)
{
  if (dailies_exporter_makes_folder (self->plan, &self->choice))
    g_file_make_directory_async (
      self->to, G_PRIORITY_DEFAULT, self->cancellable, folder_cb, task);
  else
    save_next_side (task);
}
