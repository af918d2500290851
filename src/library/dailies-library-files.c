/* dailies-library-files.c: what happens to the files of a library: to the trash, and pictures that have none yet
 *
 * A cut whose row says removed = 1 is in no list any more, and its clip is on its way to the trash; with 2 it was taken
 * there. What a program that was killed left at 1 is taken up at the next start. A clip that the artist took out of the
 * trash again, at 2, is left alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-library-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-shot.h"
#include "dailies-sql.h"
#include "dailies-store.h"

/* --- removing --- */

typedef struct
{
  gint64 id;
  gint64 now;
} Removal;

static Removal *
remove_new (gint64 id)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->id = id;
  removal->now = g_get_real_time ();
  return removal;
}

static gboolean
collect_files (sqlite3     *db,
               const char  *sql,
               gint64       id,
               GPtrArray   *paths,
               GError     **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, sql, "i", id);

  if (stmt == NULL)
    return FALSE;

  /* In pairs; a poster may be missing. */
  while (dailies_sql_next (stmt, error))
    {
      g_ptr_array_add (paths, dailies_sql_dup_text (stmt, 0));
      g_ptr_array_add (paths, dailies_sql_dup_text (stmt, 1));
    }

  return *error == NULL;
}

static gboolean
check_idle (sqlite3  *db,
            gint64    shot,
            GError  **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, "SELECT count (*) FROM job WHERE shot = ?1 AND ended = 0", "i", shot);
  int                     n;

  if (stmt == NULL || !dailies_sql_next (stmt, error))
    return FALSE;

  n = sqlite3_column_int (stmt, 0);
  if (n == 0)
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
               ngettext ("This shot has %d job under way. Cancel it or wait for it, then remove the shot.",
                         "This shot has %d jobs under way. Cancel them or wait for them, then remove the shot.", n), n);
  return FALSE;
}

static gpointer
remove_shot (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  Removal              *removal = data;
  g_autoptr(GPtrArray)  paths = g_ptr_array_new_with_free_func (g_free);

  if (!check_idle (db, removal->id, error)
      || !collect_files (db, "SELECT path, poster FROM cut WHERE shot = ?1 AND removed = 0", removal->id, paths, error)
      || !dailies_sql_run (db, error, "UPDATE cut SET removed = 1 WHERE shot = ?1 AND removed = 0", "i", removal->id)
      || !dailies_sql_run (db, error, "UPDATE shot SET removed = 1, updated = ?2 WHERE id = ?1", "ii", removal->id, removal->now))
    return NULL;

  return g_steal_pointer (&paths);
}

static gpointer
remove_cut (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Removal              *removal = data;
  g_autoptr(GPtrArray)  paths = g_ptr_array_new_with_free_func (g_free);

  if (!collect_files (db, "SELECT path, poster FROM cut WHERE id = ?1 AND removed = 0", removal->id, paths, error)
      || !dailies_sql_run (db, error, "UPDATE cut SET removed = 1 WHERE id = ?1 AND removed = 0", "i", removal->id))
    return NULL;

  return g_steal_pointer (&paths);
}

static gpointer
find_removed (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  /* Of any shot. */
  if (!collect_files (db, "SELECT path, poster FROM cut WHERE removed = 1 AND shot > ?1", 0, paths, error))
    return NULL;

  return g_steal_pointer (&paths);
}

static gpointer
mark_trashed (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  GPtrArray *paths = data;

  for (guint i = 0; i + 1 < paths->len; i += 2)
    if (!dailies_sql_run (db, error, "UPDATE cut SET removed = 2 WHERE path = ?1 AND removed = 1", "s",
                          g_ptr_array_index (paths, i)))
      break;

  return NULL;
}

typedef struct
{
  GFile     *directory;
  GPtrArray *paths;
} Trash;

static void
trash_free (gpointer data)
{
  Trash *trash = data;

  g_object_unref (trash->directory);
  g_ptr_array_unref (trash->paths);
  g_free (trash);
}

/* A clip that no trash takes stays where it is: it was paid for. Its poster can be made again and goes. */
static void
trash_files (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Trash *trash = task_data;

  for (guint i = 0; i + 1 < trash->paths->len; i += 2)
    {
      const char       *poster_path = g_ptr_array_index (trash->paths, i + 1);
      g_autoptr(GFile)  file = g_file_resolve_relative_path (trash->directory, g_ptr_array_index (trash->paths, i));
      g_autoptr(GFile)  poster = poster_path != NULL ? g_file_resolve_relative_path (trash->directory, poster_path) : NULL;
      g_autoptr(GError) error = NULL;

      if (!g_file_trash (file, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_message ("%s stays where it is: %s", g_file_peek_path (file), error->message);
          continue;
        }
      if (poster != NULL)
        g_unlink (g_file_peek_path (poster));
    }

  g_task_return_boolean (task, TRUE);
}

/* Takes @task and @error (nullable). */
static void
finish_removal (GTask  *task,
                GError *error)
{
  g_autoptr(DailiesLibrary) self = g_object_ref (g_task_get_source_object (task));

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  dailies_library_end_removal (self);
}

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask            *task = user_data;
  g_autoptr(GError) error = NULL;

  dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  if (error != NULL)
    dailies_library_complain (g_task_get_source_object (task), error);
  finish_removal (task, NULL);
}

static void
trash_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;

  dailies_store_run_async (dailies_library_get_store (g_task_get_source_object (task)), mark_trashed,
                           g_ptr_array_ref (g_task_get_task_data (task)), (GDestroyNotify) g_ptr_array_unref, NULL, NULL,
                           marked_cb, task);
}

/* Takes @task, whose data are the paths. */
static void
take_to_trash (GTask *task)
{
  DailiesStore     *store = dailies_library_get_store (g_task_get_source_object (task));
  g_autoptr(GTask)  errand = NULL;
  Trash            *trash = g_new0 (Trash, 1);

  trash->directory = g_object_ref (dailies_store_get_directory (store));
  trash->paths = g_ptr_array_ref (g_task_get_task_data (task));
  /* Nothing of ours hangs on what the thread holds, so nothing of ours is dropped for the last time there. */
  errand = g_task_new (NULL, NULL, trash_cb, task);
  g_task_set_task_data (errand, trash, trash_free);
  g_task_run_in_thread (errand, trash_files);
}

static void
remove_load_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The removal is on disk: a list that could not be read again does not undo it. */
  if (!dailies_library_load_finish (DAILIES_LIBRARY (object), result, &error))
    dailies_library_complain (DAILIES_LIBRARY (object), error);
  take_to_trash (user_data);
}

static void
remove_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask     *task = user_data;
  GError    *error = NULL;
  GPtrArray *paths = dailies_store_run_finish (DAILIES_STORE (object), result, &error);

  if (paths == NULL)
    {
      finish_removal (task, error);
      return;
    }

  g_task_set_task_data (task, paths, (GDestroyNotify) g_ptr_array_unref);
  dailies_library_load_async (g_task_get_source_object (task), NULL, remove_load_cb, task);
}

static void
remove_async (DailiesLibrary      *self,
              DailiesStoreFunc     func,
              gint64               id,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, remove_async);
  g_task_set_check_cancellable (task, FALSE);
  dailies_library_begin_removal (self);
  dailies_store_run_async (dailies_library_get_store (self), func, remove_new (id), g_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, remove_cb, task);
}

/**
 * dailies_library_remove_shot_async:
 * @self: a library
 * @shot: one of its shots; with jobs under way it stays, DAILIES_ERROR_INVALID says so
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the shot is gone from the list and its clips are in the trash
 * @user_data: for @callback
 */
void
dailies_library_remove_shot_async (DailiesLibrary      *self,
                                   DailiesShot         *shot,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (shot));

  remove_async (self, remove_shot, dailies_shot_get_id (shot), cancellable, callback, user_data);
}

gboolean
dailies_library_remove_shot_finish (DailiesLibrary  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dailies_library_remove_cut_async:
 * @self: a library
 * @cut: one of its cuts
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the cut is gone from the list and its clip is in the trash
 * @user_data: for @callback
 */
void
dailies_library_remove_cut_async (DailiesLibrary      *self,
                                  DailiesCut          *cut,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_CUT (cut));

  remove_async (self, remove_cut, dailies_cut_get_id (cut), cancellable, callback, user_data);
}

gboolean
dailies_library_remove_cut_finish (DailiesLibrary  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask     *task = user_data;
  GError    *error = NULL;
  GPtrArray *paths = dailies_store_run_finish (DAILIES_STORE (object), result, &error);

  if (paths != NULL)
    g_task_set_task_data (task, paths, (GDestroyNotify) g_ptr_array_unref);
  if (paths == NULL || paths->len == 0)
    finish_removal (task, error);
  else
    take_to_trash (task);
}

static void
taken_up_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    dailies_library_complain (DAILIES_LIBRARY (object), error);
}

/**
 * dailies_library_take_up_removals:
 * @self: a library that was just opened
 *
 * Takes clips to the trash that were removed by a program which was killed before they got there.
 */
void
dailies_library_take_up_removals (DailiesLibrary *self)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  task = g_task_new (self, NULL, taken_up_cb, NULL);
  g_task_set_source_tag (task, dailies_library_take_up_removals);
  dailies_library_begin_removal (self);
  dailies_store_read_async (dailies_library_get_store (self), find_removed, NULL, NULL,
                            (GDestroyNotify) g_ptr_array_unref, NULL, found_cb, task);
}

/* --- keeping bytes --- */

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
  g_bytes_unref (kept->bytes);
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
