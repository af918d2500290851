/* dailies-library-files.c: keeping pictures that have no file of their own, and places for what is made; what is deleted is in dailies-library-trash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-library-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dailies-error.h"
#include "dailies-store.h"

/* Letters; a file name has 255 bytes at most on most disks. */
#define LONGEST_NAME 50

typedef struct
{
  GFile  *directory;
  GBytes *bytes;
  char   *name; /* of the file, without a folder */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->directory);
  g_clear_pointer (&kept->bytes, g_bytes_unref); /* a place has none yet */
  g_free (kept->name);
  g_free (kept);
}

static void
keep_bytes (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Kept              *kept = task_data;
  g_autofree char   *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, kept->bytes);
  g_autofree char   *folder = g_build_filename (g_file_peek_path (kept->directory), "assets", sum, NULL);
  g_autofree char   *path = g_build_filename (folder, kept->name, NULL);
  g_autoptr(GError)  error = NULL;
  gsize              length;
  gconstpointer      data = g_bytes_get_data (kept->bytes, &length);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                    &error))
    {
      g_autofree char *size = g_format_size (length);

      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_DISK,
                               _("The picture (%s) cannot be kept in the library: %s"), size, error->message);
      return;
    }

  g_task_return_pointer (task, g_file_new_for_path (path), g_object_unref);
}

/* One name in a folder, whatever was asked for: the artist reads it, and a disk has to take it. */
static char *
make_file_name (const char *name,
                const char *extension)
{
  g_autofree char *plain = g_utf8_make_valid (name, -1);
  g_autofree char *end = g_ascii_strdown (extension != NULL ? extension : "", -1);
  g_autofree char *brief = NULL;

  for (char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    if (*at == G_DIR_SEPARATOR || g_unichar_iscntrl (g_utf8_get_char (at)))
      memset (at, '_', g_utf8_next_char (at) - at);
  if (plain[0] == '.')
    plain[0] = '_';
  brief = g_utf8_substring (plain, 0, MIN (g_utf8_strlen (plain, -1), LONGEST_NAME));
  g_strcanon (end, "abcdefghijklmnopqrstuvwxyz0123456789", '_');

  return g_strconcat (brief, *end != '\0' ? "." : "", end, NULL);
}

static void
keep_bytes_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError          *error = NULL;
  GFile           *file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dailies_library_keep_bytes_async:
 * @self: a library
 * @bytes: a picture as it was pasted or dropped
 * @name: what the artist knows it by, not empty; what no file can be called is replaced
 * @extension: (nullable): without a dot; anything but letters and digits is replaced
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the file is on disk
 * @user_data: for @callback
 */
void
dailies_library_keep_bytes_async (DailiesLibrary      *self,
                                  GBytes              *bytes,
                                  const char          *name,
                                  const char          *extension,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) errand = NULL;
  GTask           *task;
  Kept            *kept;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (bytes != NULL);
  g_return_if_fail (name != NULL && *name != '\0');

  kept = g_new0 (Kept, 1);
  kept->directory = g_object_ref (dailies_store_get_directory (dailies_library_get_store (self)));
  kept->bytes = g_bytes_ref (bytes);
  kept->name = make_file_name (name, extension);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_library_keep_bytes_async);
  errand = g_task_new (NULL, cancellable, keep_bytes_cb, task);
  g_task_set_task_data (errand, kept, kept_free);
  g_task_run_in_thread (errand, keep_bytes);
}

/**
 * dailies_library_keep_bytes_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *
dailies_library_keep_bytes_finish (DailiesLibrary  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- places ----------------------------------------------------------------------------------- */

static void
make_place (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Kept            *place = task_data;
  g_autofree char *folder = g_build_filename (g_file_peek_path (place->directory), "assets", "made-XXXXXX", NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  int              saved_errno;

  g_mkdir_with_parents (parent, 0700);
  if (g_mkdtemp (folder) == NULL)
    {
      saved_errno = errno;
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_DISK, _("There is no place in the library for “%s”: %s"),
                               place->name, g_strerror (saved_errno));
      return;
    }

  g_task_return_pointer (task, g_file_new_build_filename (folder, place->name, NULL), g_object_unref);
}

/**
 * dailies_library_make_place_async:
 * @name: what the artist knows it by, not empty; what no file can be called is replaced
 * @extension: without a dot
 *
 * Takes a moment and cannot be cancelled: whoever does not want the place any more gives it up.
 */
void
dailies_library_make_place_async (DailiesLibrary      *self,
                                  const char          *name,
                                  const char          *extension,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) errand = NULL;
  GTask           *task;
  Kept            *place;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (name != NULL && *name != '\0');

  place = g_new0 (Kept, 1);
  place->directory = g_object_ref (dailies_store_get_directory (dailies_library_get_store (self)));
  place->name = make_file_name (name, extension);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dailies_library_make_place_async);
  errand = g_task_new (NULL, NULL, keep_bytes_cb, task);
  g_task_set_task_data (errand, place, kept_free);
  g_task_run_in_thread (errand, make_place);
}

/**
 * dailies_library_make_place_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *
dailies_library_make_place_finish (DailiesLibrary  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_library_make_place_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
give_up (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  g_autoptr(GFile) folder = g_file_get_parent (task_data);

  g_file_delete (task_data, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

void
dailies_library_give_up_place (DailiesLibrary *self,
                               GFile          *file)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, dailies_library_give_up_place);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, give_up);
}
