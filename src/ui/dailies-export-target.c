/* dailies-export-target.c: what an export is called, and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-target.h"

#include <glib/gi18n.h>

#include "dailies-compat.h"

/* Bytes of a proposed name: file systems take 255, and four long names are cut rather than refused. */
#define MAX_NAME 120

/* "" for a folder */
static const char *
get_ending (const DailiesExportPlan   *plan,
            const DailiesExportChoice *choice)
{
  switch (choice->kind)
    {
    case DAILIES_EXPORT_MOVIE:
      return ".mp4";
    case DAILIES_EXPORT_SHEET:
      return choice->pages ? ".pdf" : ".png";
    case DAILIES_EXPORT_TIMELINE:
      return ".otio";
    case DAILIES_EXPORT_FRAMES:
    default:
      return dailies_exporter_makes_folder (plan, choice) ? "" : ".png";
    }
}

static char *
propose_name (const DailiesExportPlan   *plan,
              const DailiesExportChoice *choice,
              const char                *title)
{
  g_autoptr (GString) name = g_string_new (title);

  g_string_append (name, " – ");
  for (guint i = 0; i < plan->n_sides; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? ", " : "", plan->sides[i].name);
  if (choice->kind == DAILIES_EXPORT_SHEET)
    g_string_append_printf (name, " %s", _ ("contact sheet"));
  else if (choice->kind == DAILIES_EXPORT_FRAMES)
    g_string_append_printf (name, " %s", _ ("frames"));
  if (name->len > MAX_NAME)
    {
      char *end = g_utf8_find_prev_char (name->str, name->str + MAX_NAME - 2);

      g_string_truncate (name, end - name->str);
      g_string_append (name, "…");
    }
  g_string_append (name, get_ending (plan, choice));
  g_strdelimit (name->str, "/\\", '-');

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static GFile *
propose_folder (const DailiesExportChoice *choice)
{
  GUserDirectory place = choice->kind == DAILIES_EXPORT_SHEET || choice->kind == DAILIES_EXPORT_FRAMES
                           ? G_USER_DIRECTORY_PICTURES
                           : G_USER_DIRECTORY_VIDEOS;
  const char    *path = g_get_user_special_dir (place);

  return g_file_new_for_path (path != NULL ? path : g_get_home_dir ());
}

static gboolean
has_ending (GFile      *file,
            const char *ending)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (base, -1);

  return g_str_has_suffix (lower, ending);
}

static void
replace_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = dailies_compat_ask_finish (result);
  gboolean replace = g_str_equal (answer, "replace");

  g_task_return_pointer (
    task, replace ? g_object_ref (g_object_get_data (G_OBJECT (task), "file")) : NULL, g_object_unref);
}

static void
there_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  GtkWindow *parent = g_task_get_source_object (task);
  const DailiesAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "replace", _ ("_Replace"), ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *base = g_file_get_basename (G_FILE (source));
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *heading = g_strdup_printf (_ ("Replace “%s”?"), name);

  if (info == NULL)
    {
      g_task_return_pointer (task, g_object_ref (source), g_object_unref);
      return;
    }
  /* The program may have been closed meanwhile. */
  if (!gtk_widget_get_visible (GTK_WIDGET (parent)))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "file", g_object_ref (source), g_object_unref);
  dailies_compat_ask_async (parent, heading,
                            _ ("There is a file of that name already. What is in it would be lost."), NULL, answers,
                            G_N_ELEMENTS (answers), NULL, replace_cb, g_object_ref (task));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = dailies_compat_choose_target_finish (result, NULL);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) whole = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  const char *ending = g_task_get_task_data (task);

  if (file == NULL || has_ending (file, ending))
    {
      g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
      return;
    }

  /* The chooser asked about the name as it was typed. */
  folder = g_file_get_parent (file);
  base = g_file_get_basename (file);
  name = g_strconcat (base, ending, NULL);
  whole = g_file_get_child (folder, name);
  g_file_query_info_async (whole, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL,
                           there_cb, g_object_ref (task));
}

void
dailies_export_target_choose_async (GtkWindow                 *parent,
                                    const DailiesExportPlan   *plan,
                                    const DailiesExportChoice *choice,
                                    const char                *title,
                                    GFile                     *folder,
                                    GAsyncReadyCallback        callback,
                                    gpointer                   user_data)
{
  g_autoptr (GFile) place = folder != NULL ? g_object_ref (folder) : propose_folder (choice);
  g_autofree char *name = propose_name (plan, choice, title);
  GTask *task;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, dailies_export_target_choose_async);
  g_task_set_task_data (task, g_strdup (get_ending (plan, choice)), g_free);
  dailies_compat_choose_target_async (parent, _ ("Export To"), name, place, NULL, chosen_cb, task);
}

GFile *
dailies_export_target_choose_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_export_target_choose_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
