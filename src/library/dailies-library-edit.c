/* dailies-library-edit.c: changing what is kept; removing is in dailies-library-trash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-library-private.h"

#include "dailies-cut-private.h"
#include "dailies-draft.h"
#include "dailies-shot-private.h"
#include "dailies-sql.h"
#include "dailies-store.h"

/* One change, for the store's thread. */
typedef struct
{
  gint64   id;
  char    *title;
  char    *draft;
  char    *prompt;
  gboolean picked;
  gint64   now;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->title);
  g_free (change->draft);
  g_free (change->prompt);
  g_free (change);
}

static Change *
change_new (gint64 id)
{
  Change *change = g_new0 (Change, 1);

  change->id = id;
  change->now = g_get_real_time ();
  return change;
}

/* --- adding --- */

/* (transfer full): for titles and search */
static char *
dup_prompt (const char *draft)
{
  g_autoptr(GHashTable)   assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr(DailiesDraft) read = dailies_draft_new (draft, NULL, assets);

  return g_strdup (read->prompt != NULL ? read->prompt : "");
}

static gpointer
add_shot (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  Change         *change = data;
  DailiesShotRow *row;

  if (!dailies_sql_run (db, error, "INSERT INTO shot (title, draft, prompt, created, updated) VALUES (?1, ?2, ?3, ?4, ?4)",
                        "sssi", change->title, change->draft, change->prompt, change->now))
    return NULL;

  row = g_new0 (DailiesShotRow, 1);
  row->id = sqlite3_last_insert_rowid (db);
  row->title = g_strdup (change->title);
  row->draft = g_strdup (change->draft);
  row->prompt = g_strdup (change->prompt);
  row->updated = change->now;
  row->fresh = TRUE;
  return row;
}

static void
add_shot_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask)  task = user_data;
  GError           *error = NULL;
  DailiesShotRow   *row = dailies_store_run_finish (DAILIES_STORE (object), result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, dailies_library_adopt_shot (g_task_get_source_object (task), row), g_object_unref);
  dailies_shot_row_free (row);
}

/**
 * dailies_library_add_shot_async:
 * @self: a library
 * @title: (nullable): what the artist calls it
 * @draft: (nullable): text of dailies_request_to_json()
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the shot is on disk and in the list
 * @user_data: for @callback
 */
void
dailies_library_add_shot_async (DailiesLibrary      *self,
                                const char          *title,
                                const char          *draft,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask  *task;
  Change *change;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_library_add_shot_async);
  g_task_set_check_cancellable (task, FALSE);
  change = change_new (0);
  change->title = g_strdup (title != NULL ? title : "");
  change->draft = g_strdup (draft);
  change->prompt = dup_prompt (draft);
  dailies_store_run_async (dailies_library_get_store (self), add_shot, change, change_free, dailies_shot_row_free,
                           cancellable, add_shot_cb, task);
}

/**
 * dailies_library_add_shot_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: (transfer full) (nullable): the new shot
 */
DailiesShot *
dailies_library_add_shot_finish (DailiesLibrary  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- writing behind --- */

typedef struct
{
  DailiesLibrary *library;
  GObject        *object; /* a shot or a cut */
} Behind;

static void
write_behind_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Behind           *behind = user_data;
  g_autoptr(GError) error = NULL;

  dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  if (DAILIES_IS_SHOT (behind->object))
    dailies_shot_end_write (DAILIES_SHOT (behind->object));
  else
    dailies_cut_end_write (DAILIES_CUT (behind->object));

  if (error != NULL)
    dailies_library_complain (behind->library, error);
  else if (DAILIES_IS_CUT (behind->object))
    dailies_library_refresh (behind->library); /* the shot counts its picks */

  g_object_unref (behind->object);
  g_object_unref (behind->library);
  g_free (behind);
}

static void
write_behind (DailiesLibrary   *self,
              gpointer          object,
              DailiesStoreFunc  func,
              Change           *change)
{
  Behind *behind = g_new0 (Behind, 1);

  behind->library = g_object_ref (self);
  behind->object = g_object_ref (object);
  if (DAILIES_IS_SHOT (object))
    dailies_shot_begin_write (object);
  else
    dailies_cut_begin_write (object);
  dailies_store_run_async (dailies_library_get_store (self), func, change, change_free, NULL, NULL, write_behind_cb, behind);
}

static gpointer
write_draft (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE shot SET draft = ?2, prompt = ?3, updated = ?4 WHERE id = ?1", "issi",
                   change->id, change->draft, change->prompt, change->now);
  return NULL;
}

/**
 * dailies_library_set_draft:
 * @self: a library
 * @shot: one of its shots
 * @draft: (nullable): text of dailies_request_to_json()
 * @prompt: (nullable): the prompt as it is spelt, for titles and search
 */
void
dailies_library_set_draft (DailiesLibrary *self,
                           DailiesShot    *shot,
                           const char     *draft,
                           const char     *prompt)
{
  Change *change;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (shot));

  change = change_new (dailies_shot_get_id (shot));
  change->draft = g_strdup (draft);
  change->prompt = g_strdup (prompt != NULL ? prompt : "");
  dailies_shot_set_draft (shot, change->draft, change->prompt, change->now);
  write_behind (self, shot, write_draft, change);
}

static gpointer
write_title (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE shot SET title = ?2, updated = ?3 WHERE id = ?1", "isi", change->id, change->title,
                   change->now);
  return NULL;
}

/**
 * dailies_library_rename_shot:
 * @self: a library
 * @shot: one of its shots
 * @title: (nullable): %NULL or "" goes back to a title made from the prompt
 */
void
dailies_library_rename_shot (DailiesLibrary *self,
                             DailiesShot    *shot,
                             const char     *title)
{
  Change *change;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (shot));

  change = change_new (dailies_shot_get_id (shot));
  change->title = g_strdup (title != NULL ? title : "");
  dailies_shot_set_title (shot, change->title, change->now);
  write_behind (self, shot, write_title, change);
}

static gpointer
write_picked (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE cut SET picked = ?2 WHERE id = ?1", "ii", change->id, (gint64) change->picked);
  return NULL;
}

/**
 * dailies_library_set_picked:
 * @self: a library
 * @cut: one of its cuts
 * @picked: whether the artist chose it
 */
void
dailies_library_set_picked (DailiesLibrary *self,
                            DailiesCut     *cut,
                            gboolean        picked)
{
  Change *change;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_CUT (cut));

  change = change_new (dailies_cut_get_id (cut));
  change->picked = !!picked;
  dailies_cut_set_picked (cut, picked);
  write_behind (self, cut, write_picked, change);
}

static gpointer
write_seen (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE cut SET fresh = 0 WHERE id = ?1", "i", change->id);
  return NULL;
}

/**
 * dailies_library_set_seen:
 * @self: a library
 * @cut: one of its cuts, which has been on the stage
 */
void
dailies_library_set_seen (DailiesLibrary *self,
                          DailiesCut     *cut)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_CUT (cut));

  if (!dailies_cut_get_fresh (cut))
    return;

  dailies_cut_set_fresh (cut, FALSE);
  write_behind (self, cut, write_seen, change_new (dailies_cut_get_id (cut)));
}
