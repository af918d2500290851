/* dailies-part.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-part.h"

#include <glib/gstdio.h>

void
dailies_part_free (DailiesPart *self)
{
  g_free (self->etag);
  g_free (self->place);
  g_free (self);
}

/* Signed addresses differ in their query each time and lead to the same file. The sum keeps the rest off the disk. */
char *
dailies_part_make_place (const char *url)
{
  g_autofree char *plain = g_strndup (url, strcspn (url, "?#"));

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, plain, -1);
}

static GFile *
get_info (GFile *part)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (part), ".info", NULL);

  return g_file_new_for_path (path);
}

static void
read_part (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const char          *path = g_file_peek_path (task_data);
  g_autofree char     *folder = g_path_get_dirname (path);
  g_autoptr(GFile)     info = get_info (task_data);
  g_autoptr(GKeyFile)  file = g_key_file_new ();
  DailiesPart         *self = g_new0 (DailiesPart, 1);
  GStatBuf             buffer;

  g_mkdir_with_parents (folder, 0700);
  self->size = -1;
  if (g_stat (path, &buffer) == 0 && g_key_file_load_from_file (file, g_file_peek_path (info), G_KEY_FILE_NONE, NULL))
    {
      self->fetched = buffer.st_size;
      self->etag = g_key_file_get_string (file, "part", "etag", NULL);
      self->place = g_key_file_get_string (file, "part", "place", NULL);
      if (g_key_file_has_key (file, "part", "size", NULL))
        self->size = g_key_file_get_int64 (file, "part", "size", NULL);
    }

  g_task_return_pointer (task, self, (GDestroyNotify) dailies_part_free);
}

void
dailies_part_read_async (GFile               *part,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, dailies_part_read_async);
  g_task_set_task_data (task, g_object_ref (part), g_object_unref);
  g_task_run_in_thread (task, read_part);
}

DailiesPart *
dailies_part_read_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError          *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* On disk before the first byte of the part: bytes whose origin nobody knows could be put together wrongly. */
void
dailies_part_write_async (GFile               *part,
                          gint64               size,
                          const char          *etag,
                          const char          *place,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask               *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GFile)     info = get_info (part);
  g_autoptr(GKeyFile)  file = g_key_file_new ();
  g_autoptr(GBytes)    bytes = NULL;
  char                *text;
  gsize                length;

  g_task_set_source_tag (task, dailies_part_write_async);
  g_key_file_set_int64 (file, "part", "size", size);
  if (place != NULL)
    g_key_file_set_string (file, "part", "place", place);
  if (etag != NULL)
    g_key_file_set_string (file, "part", "etag", etag);
  text = g_key_file_to_data (file, &length, NULL);
  bytes = g_bytes_new_take (text, length);
  g_file_replace_contents_bytes_async (info, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       cancellable, written_cb, task);
}

gboolean
dailies_part_write_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
