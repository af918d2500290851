/* dailies-library-trash.c: shots and cuts that are set aside, come back, or go to the trash
 *
 * What its row says as "removed", of a cut (a shot has 0, 1 and 3):
 *   0  it is in the lists
 *   3  set aside: in no list, and can be brought back; its files are where they were
 *   1  its clip is on its way to the trash
 *   2  it was taken there
 * A shot that is set aside leaves its cuts as they are, so that those which were set aside before it stay so when it
 * comes back. What a program that was killed left at 1 is taken up at the next start. A clip that the artist took out of
 * the trash again, at 2, is left alone.
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

/* --- setting aside, and back --- */

typedef struct
{
  gboolean is_cut; /* else a shot */
  gint64   id;
} Item;

static Item *
item_new (GObject *object)
{
  Item *item = g_new0 (Item, 1);

  item->is_cut = DAILIES_IS_CUT (object);
  item->id = item->is_cut ? dailies_cut_get_id (DAILIES_CUT (object)) : dailies_shot_get_id (DAILIES_SHOT (object));
  return item;
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
set_aside (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  Item *item = data;

  if (item->is_cut)
    dailies_sql_run (db, error, "UPDATE cut SET removed = 3 WHERE id = ?1 AND removed = 0", "i", item->id);
  else if (check_idle (db, item->id, error))
    dailies_sql_run (db, error, "UPDATE shot SET removed = 3 WHERE id = ?1 AND removed = 0", "i", item->id);

  return NULL;
}

static gpointer
bring_back (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Item                    *item = data;
  g_autoptr(sqlite3_stmt)  stmt = NULL;

  if (!dailies_sql_run (db, error, item->is_cut ? "UPDATE cut SET removed = 0 WHERE id = ?1 AND removed = 3"
                                                : "UPDATE shot SET removed = 0 WHERE id = ?1 AND removed = 3", "i", item->id))
    return NULL;

  stmt = dailies_sql_prepare (db, error, item->is_cut ? "SELECT 1 FROM cut WHERE id = ?1 AND removed = 0"
                                                      : "SELECT 1 FROM shot WHERE id = ?1 AND removed = 0", "i", item->id);
  if (stmt != NULL && !dailies_sql_next (stmt, error) && *error == NULL)
    g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                         _("This is in the trash already and has to be brought back from there."));
  return NULL;
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
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The change is on disk: a list that could not be read again does not undo it. */
  if (!dailies_library_load_finish (DAILIES_LIBRARY (object), result, &error))
    dailies_library_complain (DAILIES_LIBRARY (object), error);
  finish_removal (user_data, NULL);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask  *task = user_data;
  GError *error = NULL;

  dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  if (error != NULL)
    finish_removal (task, error);
  else
    dailies_library_load_async (g_task_get_source_object (task), NULL, loaded_cb, task);
}

static void
write_async (DailiesLibrary      *self,
             DailiesStoreFunc     func,
             GObject             *item,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data,
             gpointer             source_tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  dailies_library_begin_removal (self);
  dailies_store_run_async (dailies_library_get_store (self), func, item_new (item), g_free, NULL, cancellable, written_cb,
                           task);
}

/**
 * dailies_library_set_aside_async:
 * @self: a library
 * @item: one of its shots or cuts; a shot with jobs under way stays, DAILIES_ERROR_INVALID says so
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is in no list any more; its files are where they were
 * @user_data: for @callback
 */
void
dailies_library_set_aside_async (DailiesLibrary      *self,
                                 GObject             *item,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (item) || DAILIES_IS_CUT (item));

  write_async (self, set_aside, item, cancellable, callback, user_data, dailies_library_set_aside_async);
}

gboolean
dailies_library_set_aside_finish (DailiesLibrary  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dailies_library_bring_back_async:
 * @self: a library
 * @item: a shot or cut that was set aside
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is in its list again, there mostly as another object; DAILIES_ERROR_INVALID where it is in the
 *   trash
 * @user_data: for @callback
 */
void
dailies_library_bring_back_async (DailiesLibrary      *self,
                                  GObject             *item,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (item) || DAILIES_IS_CUT (item));

  write_async (self, bring_back, item, cancellable, callback, user_data, dailies_library_bring_back_async);
}

gboolean
dailies_library_bring_back_finish (DailiesLibrary  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- to the trash --- */

/* Returns: (transfer full) (nullable): paths of clip and poster, in pairs */
static gpointer
find_removed (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  g_autoptr(GPtrArray)    paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, "SELECT path, poster FROM cut WHERE removed = 1", "");

  if (stmt == NULL)
    return NULL;

  /* A poster may be missing. */
  while (dailies_sql_next (stmt, error))
    {
      g_ptr_array_add (paths, dailies_sql_dup_text (stmt, 0));
      g_ptr_array_add (paths, dailies_sql_dup_text (stmt, 1));
    }

  return *error == NULL ? g_steal_pointer (&paths) : NULL;
}

/* A shot that was given a job since it was set aside waits for what that brings. */
#define LEFT_SHOTS "removed = 3 AND NOT EXISTS (SELECT 1 FROM job WHERE job.shot = shot.id AND job.ended = 0)"

static gpointer
remove_aside (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  const gint64 *now = data;

  if (!dailies_sql_run (db, error, "UPDATE cut SET removed = 1 WHERE removed = 3"
                        " OR removed = 0 AND shot IN (SELECT id FROM shot WHERE " LEFT_SHOTS ")", "")
      || !dailies_sql_run (db, error, "UPDATE shot SET removed = 1, updated = ?1 WHERE " LEFT_SHOTS, "i", *now))
    return NULL;

  return find_removed (db, NULL, error);
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

/**
 * dailies_library_empty:
 * @self: a library
 *
 * Takes the clips of all that was set aside to the trash, by whatever process.
 */
void
dailies_library_empty (DailiesLibrary *self)
{
  GTask  *task;
  gint64 *now;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  now = g_new (gint64, 1);
  *now = g_get_real_time ();
  task = g_task_new (self, NULL, taken_up_cb, NULL);
  g_task_set_source_tag (task, dailies_library_empty);
  dailies_library_begin_removal (self);
  dailies_store_run_async (dailies_library_get_store (self), remove_aside, now, g_free,
                           (GDestroyNotify) g_ptr_array_unref, NULL, found_cb, task);
}
