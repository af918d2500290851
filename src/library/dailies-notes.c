/* dailies-notes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-notes.h"

#include "dailies-library-private.h"
#include "dailies-sql.h"
#include "dailies-store.h"

struct _DailiesNotes
{
  GObject         parent_instance;

  DailiesLibrary *library;
  gint64          cut_id;
  GListStore     *notes;
  guint           n_writes; /* under way: what is read meanwhile may be older than what is shown */
  gboolean        stale;    /* it was, so it is read again */
};

/* One change, for the store's thread. */
typedef struct
{
  gint64 id;
  gint64 cut_id;
  gint64 start;
  gint64 end;
  gint64 now;
  char  *text;
} Change;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesNotes, dailies_notes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->text);
  g_free (change);
}

static Change *
change_new (gint64      id,
            const char *text)
{
  Change *change = g_new0 (Change, 1);

  change->id = id;
  change->text = g_strdup (text);
  change->now = g_get_real_time ();
  return change;
}

/* --- on the store's thread --- */

static gpointer
read_notes (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Change                 *change = data;
  g_autoptr(GPtrArray)    rows = g_ptr_array_new_with_free_func (dailies_note_row_free);
  g_autoptr(sqlite3_stmt) stmt = NULL;

  stmt = dailies_sql_prepare (db, error,
                              "SELECT id, first, last, text, created FROM note WHERE cut = ?1 AND removed = 0"
                              " ORDER BY first, id", "i", change->cut_id);
  if (stmt == NULL)
    return NULL;

  while (dailies_sql_next (stmt, error))
    {
      DailiesNoteRow *row = g_new0 (DailiesNoteRow, 1);

      row->id = sqlite3_column_int64 (stmt, 0);
      row->start = sqlite3_column_int64 (stmt, 1);
      row->end = sqlite3_column_int64 (stmt, 2);
      row->text = dailies_sql_dup_text (stmt, 3);
      row->created = sqlite3_column_int64 (stmt, 4);
      g_ptr_array_add (rows, row);
    }

  return *error == NULL ? g_steal_pointer (&rows) : NULL;
}

static gpointer
add_note (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  Change         *change = data;
  DailiesNoteRow *row;

  if (!dailies_sql_run (db, error, "INSERT INTO note (cut, first, last, text, created) VALUES (?1, ?2, ?3, ?4, ?5)", "iiisi",
                        change->cut_id, change->start, change->end, change->text, change->now))
    return NULL;

  row = g_new0 (DailiesNoteRow, 1);
  row->id = sqlite3_last_insert_rowid (db);
  row->start = change->start;
  row->end = change->end;
  row->created = change->now;
  row->text = g_strdup (change->text);
  return row;
}

static gpointer
write_text (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE note SET text = ?2 WHERE id = ?1", "is", change->id, change->text);
  return NULL;
}

static gpointer
write_removed (sqlite3   *db,
               gpointer   data,
               GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE note SET removed = 1 WHERE id = ?1", "i", change->id);
  return NULL;
}

static gpointer
write_restored (sqlite3   *db,
                gpointer   data,
                GError   **error)
{
  Change *change = data;

  dailies_sql_run (db, error, "UPDATE note SET removed = 0 WHERE id = ?1", "i", change->id);
  return NULL;
}

/* --- the list --- */

static DailiesNote *
find_note (DailiesNotes *self,
           gint64        id,
           guint        *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      if (dailies_note_get_id (note) != id)
        continue;
      if (position != NULL)
        *position = i;
      return note; /* the list holds it on */
    }

  return NULL;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  DailiesNote *one = DAILIES_NOTE ((gpointer) a);
  DailiesNote *two = DAILIES_NOTE ((gpointer) b);

  if (dailies_note_get_start (one) != dailies_note_get_start (two))
    return dailies_note_get_start (one) < dailies_note_get_start (two) ? -1 : 1;

  return dailies_note_get_id (one) < dailies_note_get_id (two) ? -1 : dailies_note_get_id (one) > dailies_note_get_id (two);
}

/* What is still there stays the same object: a note that is being edited is not taken away. */
static void
take_rows (DailiesNotes *self,
           GPtrArray    *rows)
{
  g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  guint                n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  gboolean             same = rows->len == n;

  for (guint i = 0; i < rows->len; i++)
    {
      DailiesNoteRow *row = g_ptr_array_index (rows, i);
      guint           position = G_MAXUINT;
      DailiesNote    *note = find_note (self, row->id, &position);

      same &= position == i;
      if (note != NULL)
        dailies_note_set_text (note, row->text);
      g_ptr_array_add (fresh, note != NULL ? g_object_ref (note) : dailies_note_new (row));
    }

  if (!same)
    g_list_store_splice (self->notes, 0, n, fresh->pdata, fresh->len);
}

static void
read_notes_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask)     task = user_data;
  DailiesNotes        *self = g_task_get_source_object (task);
  GError              *error = NULL;
  g_autoptr(GPtrArray) rows = dailies_store_run_finish (DAILIES_STORE (object), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->n_writes > 0)
    self->stale = TRUE;
  else
    take_rows (self, rows);
  g_task_return_boolean (task, TRUE);
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!dailies_notes_load_finish (DAILIES_NOTES (object), result, &error))
    dailies_library_complain (DAILIES_NOTES (object)->library, error);
}

static void
reread (DailiesNotes *self)
{
  dailies_notes_load_async (self, NULL, reread_cb, NULL);
}

/* The library's shots are searched by their notes too. */
static void
end_write (DailiesNotes *self,
           const GError *error)
{
  self->n_writes--;
  if (error != NULL)
    dailies_library_complain (self->library, error);
  else
    dailies_library_refresh (self->library);
  if (self->n_writes == 0 && self->stale)
    {
      self->stale = FALSE;
      reread (self);
    }
}

static void
write_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DailiesNotes) self = user_data;
  g_autoptr(GError)       error = NULL;

  dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  end_write (self, error);
}

static void
write_behind (DailiesNotes     *self,
              DailiesStoreFunc  func,
              Change           *change)
{
  self->n_writes++;
  dailies_store_run_async (dailies_library_get_store (self->library), func, change, change_free, NULL, NULL, write_cb,
                           g_object_ref (self));
}

static void
items_changed_cb (DailiesNotes *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
dailies_notes_get_item_type (GListModel *model)
{
  return DAILIES_TYPE_NOTE;
}

static guint
dailies_notes_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DAILIES_NOTES (model)->notes));
}

static gpointer
dailies_notes_get_item (GListModel *model,
                        guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DAILIES_NOTES (model)->notes), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dailies_notes_get_item_type;
  iface->get_n_items = dailies_notes_get_n_items;
  iface->get_item = dailies_notes_get_item;
}

static void
dailies_notes_finalize (GObject *object)
{
  DailiesNotes *self = DAILIES_NOTES (object);

  g_clear_object (&self->notes);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (dailies_notes_parent_class)->finalize (object);
}

static void
dailies_notes_class_init (DailiesNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_notes_finalize;
}

static void
dailies_notes_init (DailiesNotes *self)
{
  self->notes = g_list_store_new (DAILIES_TYPE_NOTE);
  g_signal_connect_object (self->notes, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

DailiesNotes *
dailies_notes_new (DailiesLibrary *library,
                   gint64          cut_id)
{
  DailiesNotes *self;

  g_return_val_if_fail (DAILIES_IS_LIBRARY (library), NULL);

  self = g_object_new (DAILIES_TYPE_NOTES, NULL);
  self->library = g_object_ref (library);
  self->cut_id = cut_id;
  g_signal_connect_object (dailies_library_get_store (library), "changed-elsewhere", G_CALLBACK (reread), self,
                           G_CONNECT_SWAPPED);
  reread (self);

  return self;
}

gint64
dailies_notes_get_cut_id (DailiesNotes *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTES (self), 0);

  return self->cut_id;
}

void
dailies_notes_load_async (DailiesNotes        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask  *task;
  Change *change;

  g_return_if_fail (DAILIES_IS_NOTES (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_notes_load_async);
  change = change_new (0, NULL);
  change->cut_id = self->cut_id;
  dailies_store_read_async (dailies_library_get_store (self->library), read_notes, change, change_free,
                            (GDestroyNotify) g_ptr_array_unref, cancellable, read_notes_cb, task);
}

gboolean
dailies_notes_load_finish (DailiesNotes  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
add_note_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask)  task = user_data;
  DailiesNotes     *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  DailiesNoteRow   *row = dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  DailiesNote      *note;

  if (row == NULL)
    {
      /* Whoever asked tells: it has the text. */
      self->n_writes--;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  note = find_note (self, row->id, NULL);
  if (note != NULL)
    g_object_ref (note);
  else
    {
      note = dailies_note_new (row);
      g_list_store_insert_sorted (self->notes, note, compare_notes, NULL);
    }
  dailies_note_row_free (row);
  end_write (self, NULL);
  g_task_return_pointer (task, note, g_object_unref);
}

void
dailies_notes_add_async (DailiesNotes        *self,
                         gint64               start,
                         gint64               end,
                         const char          *text,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask  *task;
  Change *change;

  g_return_if_fail (DAILIES_IS_NOTES (self));
  g_return_if_fail (text != NULL && *text != '\0');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_notes_add_async);
  g_task_set_check_cancellable (task, FALSE);
  change = change_new (0, text);
  change->cut_id = self->cut_id;
  change->start = MAX (0, start);
  change->end = MAX (change->start, end);
  self->n_writes++;
  dailies_store_run_async (dailies_library_get_store (self->library), add_note, change, change_free,
                           dailies_note_row_free, cancellable, add_note_cb, task);
}

DailiesNote *
dailies_notes_add_finish (DailiesNotes  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_notes_set_text (DailiesNotes *self,
                        DailiesNote  *note,
                        const char   *text)
{
  g_return_if_fail (DAILIES_IS_NOTES (self));
  g_return_if_fail (DAILIES_IS_NOTE (note));

  if (g_strcmp0 (text, dailies_note_get_text (note)) == 0)
    return;

  dailies_note_set_text (note, text);
  write_behind (self, write_text, change_new (dailies_note_get_id (note), text));
}

void
dailies_notes_remove (DailiesNotes *self,
                      DailiesNote  *note)
{
  guint position;

  g_return_if_fail (DAILIES_IS_NOTES (self));
  g_return_if_fail (DAILIES_IS_NOTE (note));

  if (find_note (self, dailies_note_get_id (note), &position) == NULL)
    return;

  write_behind (self, write_removed, change_new (dailies_note_get_id (note), NULL));
  g_list_store_remove (self->notes, position);
}

void
dailies_notes_restore (DailiesNotes *self,
                       DailiesNote  *note)
{
  g_return_if_fail (DAILIES_IS_NOTES (self));
  g_return_if_fail (DAILIES_IS_NOTE (note));

  if (find_note (self, dailies_note_get_id (note), NULL) != NULL)
    return;

  g_list_store_insert_sorted (self->notes, note, compare_notes, NULL);
  write_behind (self, write_restored, change_new (dailies_note_get_id (note), NULL));
}
