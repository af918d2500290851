/* dailies-drop-files.c: the files of a drop, and what they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-private.h"

#include <glib/gi18n.h>

#include "dailies-probe.h"
#include "dailies-sniff.h"

GListModel *
dailies_drop_files_from_value (const GValue *value)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
      g_list_store_append (files, l->data);
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    g_list_store_append (files, g_value_get_object (value));
  return G_LIST_MODEL (files);
}

/* Places that only the file manager shows: what lies there is a file, and has to be copied from there first. */
static gboolean
is_elsewhere (GFile *file)
{
  static const char *const schemes[] = {
    "smb", "sftp", "dav", "davs", "nfs", "mtp", "gphoto2", "afc", "google-drive", "onedrive", "trash", "recent", "archive",
    "cdda", "computer", "network",
  };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_file_has_uri_scheme (file, schemes[i]))
      return TRUE;
  return FALSE;
}

/* The rest is an address: only some of them can be used. */
static gboolean
is_local (GFile *file)
{
  return g_file_peek_path (file) != NULL || is_elsewhere (file);
}

gboolean
dailies_drop_has_local_file (GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (is_local (file))
        return TRUE;
    }
  return FALSE;
}

/* --- what they are ---------------------------------------------------------------------------- */

typedef struct
{
  DailiesDrop *drop; /* of whoever asked */
  GListModel  *files;
  guint        position;
} Looking;

static void look_at_next (GTask *task);

static void
looking_free (gpointer data)
{
  Looking *looking = data;

  g_object_unref (looking->files);
  g_free (looking);
}

static void
look_on (GTask *task)
{
  Looking *looking = g_task_get_task_data (task);

  looking->position++;
  look_at_next (task);
}

static void
head_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Looking *looking = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_list_model_get_item (looking->files, looking->position);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);
  const char *name = dailies_asset_get_name (asset);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (GBytes) head = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const guint8 *bytes = head != NULL ? g_bytes_get_data (head, &length) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* What cannot be read, or is empty, is explained where it lies in the form. */
  if (length == 0 || dailies_probe_check_head (name, bytes, length, &told))
    dailies_drop_add (looking->drop, g_steal_pointer (&asset), DAILIES_MEDIA_UNKNOWN);
  else
    dailies_drop_complain (looking->drop, "%s", told->message);
  look_on (task);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Looking *looking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (stream == NULL)
    {
      dailies_drop_add (looking->drop, dailies_asset_new_for_file (G_FILE (source)), DAILIES_MEDIA_UNKNOWN);
      look_on (task);
      return;
    }
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), DAILIES_SNIFF_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), head_read_cb, g_object_ref (task));
}

/* Its name does not tell what it is: among several it would take the first place there is, whatever it may be. */
static void
look_into (GTask *task,
           GFile *file)
{
  g_file_read_async (file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

static void
file_looked_at_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Looking *looking = g_task_get_task_data (task);
  GFile *file = G_FILE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);
  const char *name = dailies_asset_get_name (asset);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (info == NULL)
    {
      g_autoptr (GError) told = NULL;

      dailies_probe_set_unreadable (name, error, &told);
      dailies_drop_complain (looking->drop, "%s", told->message);
    }
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    dailies_drop_complain (looking->drop,
                           _("“%s” is a folder. Drop the files in it instead."), name);
  else
    {
      DailiesMediaKind kind;
      const char      *type;

      type = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);
      kind = dailies_drop_kind_of_content_type (type);
      if (kind == DAILIES_MEDIA_UNKNOWN && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        {
          look_into (task, file);
          return;
        }
      dailies_drop_add (looking->drop, g_steal_pointer (&asset), kind);
    }
  look_on (task);
}

static void
look_at_next (GTask *task)
{
  Looking *looking = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_list_model_get_item (looking->files, looking->position);

  if (file == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_file_peek_path (file) != NULL)
    {
      g_file_query_info_async (file,
                               G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                               G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE,
                               G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                               g_task_get_cancellable (task), file_looked_at_cb,
                               g_object_ref (task));
      return;
    }
  if (is_elsewhere (file))
    {
      g_autoptr (DailiesAsset) asset = dailies_asset_new_for_file (file);

      dailies_drop_complain (looking->drop, _("“%s” is not on this computer. Copy it to a local folder first."),
                             dailies_asset_get_name (asset));
    }
  else
    {
      g_autofree char *uri = g_file_get_uri (file);

      dailies_drop_add_values (looking->drop, (const char *const[]) { uri, NULL });
    }
  looking->position++;
  look_at_next (task);
}

void
dailies_drop_add_files_async (DailiesDrop         *self,
                              GListModel          *files,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Looking *looking = g_new0 (Looking, 1);

  g_task_set_source_tag (task, dailies_drop_add_files_async);
  looking->drop = self;
  looking->files = g_object_ref (files);
  g_task_set_task_data (task, looking, looking_free);
  look_at_next (task);
}

gboolean
dailies_drop_add_files_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_drop_add_files_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
