/* dailies-library.c: the list, and keeping it as the database is; changing it is in dailies-library-edit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-library-private.h"

#include "dailies-shot-private.h"
#include "dailies-store.h"

struct _DailiesLibrary
{
  GObject       parent_instance;

  DailiesStore *store;
  GListStore   *shots;
  gint64        newest;     /* "updated" of the newest draft that was read */
  gboolean      incomplete; /* a shot came along without its draft */
  GPtrArray    *readers;    /* (element-type GTask): waiting for the refresh under way */
  GPtrArray    *late;       /* (element-type GTask): asked after it had begun, waiting for the next */
  gboolean      again;
  guint         n_removals; /* under way */
  GPtrArray    *settlers;   /* (element-type GTask): waiting for them */
};

/* What one refresh asks for, and what it brings. */
typedef struct
{
  gint64  since;
  GArray *shot_ids;
} Question;

typedef struct
{
  GPtrArray *shots;
  GArray    *shot_ids;
  GPtrArray *cuts; /* (element-type GPtrArray): one a shot id */
} Answer;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesLibrary, dailies_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void refresh (DailiesLibrary *self);

static void
question_free (gpointer data)
{
  Question *question = data;

  g_array_unref (question->shot_ids);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->shots, g_ptr_array_unref);
  g_clear_pointer (&answer->cuts, g_ptr_array_unref);
  g_clear_pointer (&answer->shot_ids, g_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static gpointer
read_all (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  Question          *question = data;
  g_autoptr(Answer)  answer = g_new0 (Answer, 1);

  answer->shot_ids = g_array_ref (question->shot_ids);
  answer->cuts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  answer->shots = dailies_shot_rows_read (db, question->since, error);

  for (guint i = 0; *error == NULL && i < question->shot_ids->len; i++)
    {
      GPtrArray *rows = g_ptr_array_new_with_free_func (dailies_cut_row_free);

      g_ptr_array_add (answer->cuts, rows);
      dailies_cut_rows_read (db, g_array_index (question->shot_ids, gint64, i), rows, error);
    }

  return *error == NULL ? g_steal_pointer (&answer) : NULL;
}

static gint64
shot_row_id (gconstpointer row)
{
  return ((const DailiesShotRow *) row)->id;
}

static gint64
shot_id (gpointer item)
{
  return dailies_shot_get_id (item);
}

static gpointer
make_shot (gpointer data,
           gpointer user_data)
{
  DailiesShotRow *row = data;
  DailiesLibrary *self = user_data;

  self->incomplete |= !row->fresh;
  return dailies_shot_new (dailies_store_get_directory (self->store), row);
}

static void
update_shot (gpointer item,
             gpointer row,
             gpointer user_data)
{
  DailiesLibrary *self = user_data;

  dailies_shot_update (item, dailies_store_get_directory (self->store), row);
}

static void
take_answer (DailiesLibrary *self,
             Answer         *answer)
{
  static const DailiesRowsClass shots = { -1, shot_row_id, shot_id, make_shot, update_shot };

  self->incomplete = FALSE;
  dailies_rows_merge (self->shots, answer->shots, &shots, self);

  for (guint i = 0; i < answer->shot_ids->len; i++)
    {
      DailiesShot *shot = dailies_library_lookup_shot (self, g_array_index (answer->shot_ids, gint64, i));

      if (shot != NULL)
        dailies_shot_merge_cuts (shot, dailies_store_get_directory (self->store), g_ptr_array_index (answer->cuts, i));
    }

  for (guint i = 0; i < answer->shots->len; i++)
    {
      DailiesShotRow *row = g_ptr_array_index (answer->shots, i);

      self->newest = MAX (self->newest, row->updated);
    }
  if (self->incomplete)
    {
      self->newest = 0;
      self->again = TRUE;
    }
}

static void
read_all_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DailiesLibrary) self = user_data;
  g_autoptr(GError)         error = NULL;
  g_autoptr(Answer)         answer = dailies_store_run_finish (DAILIES_STORE (object), result, &error);
  g_autoptr(GPtrArray)      readers = g_steal_pointer (&self->readers);

  if (answer != NULL)
    take_answer (self, answer);
  if (answer != NULL && self->incomplete)
    {
      /* Whoever waits for a shot would take one without its draft for an empty one. */
      g_ptr_array_extend_and_steal (self->late, g_steal_pointer (&readers));
      refresh (self);
      return;
    }

  for (guint i = 0; i < readers->len; i++)
    {
      GTask *task = g_ptr_array_index (readers, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }

  if (self->again)
    refresh (self);
}

/* One refresh at a time; whoever asks meanwhile gets the next, because what he wrote may be too new for this one. */
static void
refresh (DailiesLibrary *self)
{
  Question *question;
  guint     n = g_list_model_get_n_items (G_LIST_MODEL (self->shots));

  self->again = self->readers != NULL;
  if (self->readers != NULL)
    return;

  self->readers = g_steal_pointer (&self->late);
  self->late = g_ptr_array_new_with_free_func (g_object_unref);

  question = g_new0 (Question, 1);
  question->since = self->newest;
  question->shot_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (self->shots), i);
      gint64                 id = dailies_shot_get_id (shot);

      if (dailies_shot_get_loaded (shot))
        g_array_append_val (question->shot_ids, id);
    }

  dailies_store_read_async (self->store, read_all, question, question_free, answer_free, NULL, read_all_cb,
                            g_object_ref (self));
}

static void
items_changed_cb (DailiesLibrary *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
dailies_library_get_item_type (GListModel *model)
{
  return DAILIES_TYPE_SHOT;
}

static guint
dailies_library_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DAILIES_LIBRARY (model)->shots));
}

static gpointer
dailies_library_get_item (GListModel *model,
                          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DAILIES_LIBRARY (model)->shots), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dailies_library_get_item_type;
  iface->get_n_items = dailies_library_get_n_items;
  iface->get_item = dailies_library_get_item;
}

static void
dailies_library_finalize (GObject *object)
{
  DailiesLibrary *self = DAILIES_LIBRARY (object);

  g_clear_object (&self->shots);
  g_clear_object (&self->store);
  g_clear_pointer (&self->late, g_ptr_array_unref);
  g_clear_pointer (&self->settlers, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_library_parent_class)->finalize (object);
}

static void
dailies_library_class_init (DailiesLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dailies_library_finalize;

  /**
   * DailiesLibrary::failed:
   * @error: why something written behind did not reach the disk
   */
  signals[FAILED] = g_signal_new ("failed", DAILIES_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
dailies_library_init (DailiesLibrary *self)
{
  self->late = g_ptr_array_new_with_free_func (g_object_unref);
  self->settlers = g_ptr_array_new_with_free_func (g_object_unref);
  self->shots = g_list_store_new (DAILIES_TYPE_SHOT);
  g_signal_connect_object (self->shots, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * dailies_library_new:
 * @store: an open store
 *
 * Returns: (transfer full): a library, empty until dailies_library_load_async()
 */
DailiesLibrary *
dailies_library_new (DailiesStore *store)
{
  DailiesLibrary *self;

  g_return_val_if_fail (DAILIES_IS_STORE (store), NULL);

  self = g_object_new (DAILIES_TYPE_LIBRARY, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * dailies_library_get_store:
 * @self: a library
 *
 * Returns: (transfer none): the store it was made with
 */
DailiesStore *
dailies_library_get_store (DailiesLibrary *self)
{
  g_return_val_if_fail (DAILIES_IS_LIBRARY (self), NULL);

  return self->store;
}

/**
 * dailies_library_load_async:
 * @self: a library
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the list is as the database was at the time of the call, or newer
 * @user_data: for @callback
 */
void
dailies_library_load_async (DailiesLibrary      *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_library_load_async);
  g_ptr_array_add (self->late, task);
  refresh (self);
}

/**
 * dailies_library_load_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: whether the list could be read
 */
gboolean
dailies_library_load_finish (DailiesLibrary  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dailies_library_begin_removal (DailiesLibrary *self)
{
  self->n_removals++;
}

void
dailies_library_end_removal (DailiesLibrary *self)
{
  g_autoptr(GPtrArray) settlers = NULL;

  if (--self->n_removals > 0)
    return;

  settlers = g_steal_pointer (&self->settlers);
  self->settlers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < settlers->len; i++)
    g_task_return_boolean (g_ptr_array_index (settlers, i), TRUE);
}

/**
 * dailies_library_settle_async:
 * @self: a library
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when no removal is under way any more: what was removed is in the trash, and the store can be closed
 * @user_data: for @callback
 */
void
dailies_library_settle_async (DailiesLibrary      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_library_settle_async);
  if (self->n_removals > 0)
    {
      g_ptr_array_add (self->settlers, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * dailies_library_settle_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: only where it was cancelled
 *
 * Returns: whether nothing is under way any more
 */
gboolean
dailies_library_settle_finish (DailiesLibrary  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dailies_library_refresh:
 * @self: a library
 *
 * Reads everything again, because this process wrote to the database by another way than the library.
 */
void
dailies_library_refresh (DailiesLibrary *self)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));

  refresh (self);
}

/**
 * dailies_library_load_cuts_async:
 * @self: a library
 * @shot: one of its shots, whose cuts are kept up to date from now on
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when dailies_shot_get_cuts() is filled
 * @user_data: for @callback
 */
void
dailies_library_load_cuts_async (DailiesLibrary      *self,
                                 DailiesShot         *shot,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_LIBRARY (self));
  g_return_if_fail (DAILIES_IS_SHOT (shot));

  dailies_shot_set_loaded (shot);
  dailies_library_load_async (self, cancellable, callback, user_data);
}

/**
 * dailies_library_load_cuts_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: whether the cuts could be read
 */
gboolean
dailies_library_load_cuts_finish (DailiesLibrary  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  return dailies_library_load_finish (self, result, error);
}

/**
 * dailies_library_lookup_shot:
 * @self: a library
 * @id: what dailies_shot_get_id() says
 *
 * Returns: (transfer none) (nullable): the shot, where it is in the list
 */
DailiesShot *
dailies_library_lookup_shot (DailiesLibrary *self,
                             gint64          id)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (DAILIES_IS_LIBRARY (self), NULL);

  /* Newest first is by falling id. */
  high = g_list_model_get_n_items (G_LIST_MODEL (self->shots));
  while (low < high)
    {
      guint                  middle = low + (high - low) / 2;
      g_autoptr(DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (self->shots), middle);
      gint64                 here = dailies_shot_get_id (shot);

      if (here == id)
        return shot; /* the list holds it on */
      if (here > id)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

void
dailies_library_complain (DailiesLibrary *self,
                          const GError   *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

DailiesShot *
dailies_library_adopt_shot (DailiesLibrary       *self,
                            const DailiesShotRow *row)
{
  DailiesShot *shot = dailies_library_lookup_shot (self, row->id);
  guint        n = g_list_model_get_n_items (G_LIST_MODEL (self->shots));
  guint        position = 0;

  if (shot != NULL)
    return g_object_ref (shot);

  shot = dailies_shot_new (dailies_store_get_directory (self->store), row);
  for (; position < n; position++)
    {
      g_autoptr(DailiesShot) other = g_list_model_get_item (G_LIST_MODEL (self->shots), position);

      if (dailies_shot_get_id (other) < row->id)
        break;
    }
  g_list_store_insert (self->shots, position, shot);

  return shot;
}
