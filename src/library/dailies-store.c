/* dailies-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-store.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-sql.h"
#include "dailies-store-private.h"

#define LOOK_MICROSECONDS G_USEC_PER_SEC

/* What the thread works with. It outlives the store where the store is dropped without being closed, and it never
 * holds the store itself, so that dropping works. */
typedef struct
{
  GAsyncQueue  *errands;
  GMainContext *context;
  GWeakRef      store;
  char         *path;
  char         *complaint;
  sqlite3      *db;
  gint64        looked;
  int           data_version;
} Office;

typedef enum
{
  ERRAND_OPEN,
  ERRAND_READ,
  ERRAND_WRITE,
  ERRAND_CLOSE,
} ErrandKind;

typedef struct
{
  ErrandKind       kind;
  DailiesStoreFunc func;
  gpointer         data;
  GDestroyNotify   data_free;
  GDestroyNotify   result_free;
  GTask           *task; /* (nullable): nobody waits */
  gpointer         result;
  GError          *error;
} Errand;

struct _DailiesStore
{
  GObject  parent_instance;

  GFile   *directory;
  Office  *office;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (DailiesStore, dailies_store, G_TYPE_OBJECT)

enum
{
  CHANGED_ELSEWHERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
office_clear (gpointer data)
{
  Office *office = data;

  g_async_queue_unref (office->errands);
  g_main_context_unref (office->context);
  g_weak_ref_clear (&office->store);
  g_free (office->path);
  g_free (office->complaint);
}

static void
office_unref (gpointer office)
{
  g_atomic_rc_box_release_full (office, office_clear);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->data_free != NULL && errand->data != NULL)
    errand->data_free (errand->data);
  if (errand->result_free != NULL && errand->result != NULL)
    errand->result_free (errand->result);
  g_clear_error (&errand->error);
  g_clear_object (&errand->task);
  g_free (errand);
}

/* Not g_main_context_invoke(): that would run @func here whenever nobody turns the loop. */
static void
post (GMainContext   *context,
      GSourceFunc     func,
      gpointer        data,
      GDestroyNotify  data_free)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, data_free);
  g_source_attach (source, context);
}

static gboolean
tell_cb (gpointer data)
{
  Office                  *office = data;
  g_autoptr(DailiesStore) store = g_weak_ref_get (&office->store);

  if (store != NULL && !store->closed)
    g_signal_emit (store, signals[CHANGED_ELSEWHERE], 0);

  return G_SOURCE_REMOVE;
}

/* The number changes with every commit of another connection and never with our own. */
static void
look (Office *office)
{
  g_autoptr(GError)       error = NULL;
  g_autoptr(sqlite3_stmt) stmt = NULL;
  gint64                  now = g_get_monotonic_time ();
  int                     version;

  if (now - office->looked < LOOK_MICROSECONDS)
    return;

  office->looked = now;
  stmt = dailies_sql_prepare (office->db, &error, "PRAGMA data_version", "");
  if (stmt == NULL || !dailies_sql_next (stmt, &error))
    return;

  version = sqlite3_column_int (stmt, 0);
  if (version != office->data_version && office->data_version != 0)
    post (office->context, tell_cb, g_atomic_rc_box_acquire (office), office_unref);
  office->data_version = version;
}

static gboolean
answer_cb (gpointer data)
{
  Errand *errand = data;

  if (errand->error != NULL)
    g_task_return_error (errand->task, g_steal_pointer (&errand->error));
  else if (errand->kind == ERRAND_OPEN)
    g_task_return_pointer (errand->task, g_object_ref (g_task_get_task_data (errand->task)), g_object_unref);
  else if (errand->kind == ERRAND_CLOSE)
    g_task_return_boolean (errand->task, TRUE);
  else
    g_task_return_pointer (errand->task, g_steal_pointer (&errand->result), errand->result_free);

  return G_SOURCE_REMOVE;
}

/* Back to where it came from, so that whatever hangs on it is never dropped for the last time on this thread. */
static void
answer (Errand *errand)
{
  if (errand->task == NULL)
    errand_free (errand);
  else
    post (g_task_get_context (errand->task), answer_cb, errand, errand_free);
}

static void
run_errand (Office *office,
            Errand *errand)
{
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (errand->task), &errand->error))
    return;
  if (!dailies_sql_exec (office->db, errand->kind == ERRAND_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", &errand->error))
    return;

  errand->result = errand->func (office->db, errand->data, &errand->error);
  if (errand->error == NULL)
    dailies_sql_exec (office->db, "COMMIT", &errand->error);

  /* Also after a COMMIT that failed (a full disk): SQLite may have left the transaction open. */
  if (errand->error != NULL && !sqlite3_get_autocommit (office->db))
    sqlite3_exec (office->db, "ROLLBACK", NULL, NULL, NULL);
}

static gpointer
work (gpointer data)
{
  Office  *office = data;
  gboolean open = TRUE;

  while (open)
    {
      Errand *errand = g_async_queue_timeout_pop (office->errands, LOOK_MICROSECONDS);

      if (errand == NULL)
        {
          look (office);
          continue;
        }

      switch (errand->kind)
        {
        case ERRAND_OPEN:
          office->db = dailies_store_open_database (office->path, &office->complaint, &errand->error);
          open = office->db != NULL;
          if (open)
            look (office);
          break;
        case ERRAND_READ:
        case ERRAND_WRITE:
          run_errand (office, errand);
          look (office);
          break;
        case ERRAND_CLOSE:
          sqlite3_close (office->db);
          open = FALSE;
          break;
        default:
          g_assert_not_reached ();
        }

      answer (errand);
    }

  office_unref (office);
  return NULL;
}

static void
push (DailiesStore *self,
      ErrandKind    kind,
      GTask        *task)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->kind = kind;
  errand->task = task;
  g_async_queue_push (self->office->errands, errand);
}

static void
run (DailiesStore        *self,
     ErrandKind           kind,
     DailiesStoreFunc     func,
     gpointer             data,
     GDestroyNotify       data_free,
     GDestroyNotify       result_free,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask  *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  /* What has been committed is never reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, run);
  errand->kind = kind;
  errand->func = func;
  errand->data = data;
  errand->data_free = data_free;
  errand->result_free = result_free;
  errand->task = task;

  if (self->closed)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The library is closed."));
      errand_free (errand);
      return;
    }

  g_async_queue_push (self->office->errands, errand);
}

static void
dailies_store_dispose (GObject *object)
{
  DailiesStore *self = DAILIES_STORE (object);

  if (!self->closed && self->office != NULL)
    push (self, ERRAND_CLOSE, NULL);
  self->closed = TRUE;

  G_OBJECT_CLASS (dailies_store_parent_class)->dispose (object);
}

static void
dailies_store_finalize (GObject *object)
{
  DailiesStore *self = DAILIES_STORE (object);

  g_clear_pointer (&self->office, office_unref);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (dailies_store_parent_class)->finalize (object);
}

static void
dailies_store_class_init (DailiesStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dailies_store_dispose;
  object_class->finalize = dailies_store_finalize;

  /**
   * DailiesStore::changed-elsewhere:
   *
   * Another process wrote to the database, at most a second ago. On the context in which the store was opened.
   */
  signals[CHANGED_ELSEWHERE] =
    g_signal_new ("changed-elsewhere", DAILIES_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_store_init (DailiesStore *self)
{
}

/**
 * dailies_store_open_async:
 * @directory: the library's folder; made, readable by its owner only, where it is missing
 * @cancellable: (nullable): a #GCancellable
 * @callback: called on the caller's context, which becomes that of the store's signals
 * @user_data: for @callback
 */
void
dailies_store_open_async (GFile               *directory,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(DailiesStore) self = NULL;
  GTask                  *task;

  g_return_if_fail (G_IS_FILE (directory));
  g_return_if_fail (g_file_peek_path (directory) != NULL);

  self = g_object_new (DAILIES_TYPE_STORE, NULL);
  self->directory = g_object_ref (directory);
  self->office = g_atomic_rc_box_new0 (Office);
  self->office->errands = g_async_queue_new_full (errand_free);
  self->office->context = g_main_context_ref_thread_default ();
  self->office->path = g_file_get_path (directory);
  g_weak_ref_init (&self->office->store, self);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_store_open_async);
  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  push (self, ERRAND_OPEN, task);
  g_thread_unref (g_thread_new ("dailies-store", work, g_atomic_rc_box_acquire (self->office)));
}

/**
 * dailies_store_open_finish:
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK
 *
 * Returns: (transfer full) (nullable): the open store
 */
DailiesStore *
dailies_store_open_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dailies_store_get_directory:
 * @self: a store
 *
 * Returns: (transfer none): the folder of the library
 */
GFile *
dailies_store_get_directory (DailiesStore *self)
{
  g_return_val_if_fail (DAILIES_IS_STORE (self), NULL);

  return self->directory;
}

/**
 * dailies_store_get_complaint:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): what the artist should be told about how the library was opened
 */
const char *
dailies_store_get_complaint (DailiesStore *self)
{
  g_return_val_if_fail (DAILIES_IS_STORE (self), NULL);

  return self->office->complaint;
}

/**
 * dailies_store_run_async:
 * @self: a store
 * @func: what to do, on the store's thread, inside one transaction; must not touch any object
 * @data: for @func
 * @data_free: (nullable): frees @data, on the caller's context
 * @result_free: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): looked at before @func starts; what has started is finished
 * @callback: called when the transaction is on disk or rolled back
 * @user_data: for @callback
 */
void
dailies_store_run_async (DailiesStore        *self,
                         DailiesStoreFunc     func,
                         gpointer             data,
                         GDestroyNotify       data_free,
                         GDestroyNotify       result_free,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_STORE (self));
  g_return_if_fail (func != NULL);

  run (self, ERRAND_WRITE, func, data, data_free, result_free, cancellable, callback, user_data);
}

/**
 * dailies_store_read_async:
 *
 * As dailies_store_run_async(), for a @func that writes nothing; finished with dailies_store_run_finish().
 */
void
dailies_store_read_async (DailiesStore        *self,
                          DailiesStoreFunc     func,
                          gpointer             data,
                          GDestroyNotify       data_free,
                          GDestroyNotify       result_free,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_STORE (self));
  g_return_if_fail (func != NULL);

  run (self, ERRAND_READ, func, data, data_free, result_free, cancellable, callback, user_data);
}

/**
 * dailies_store_run_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: DAILIES_ERROR_DISK or what the function set
 *
 * Returns: (transfer full): what the function returned
 */
gpointer
dailies_store_run_finish (DailiesStore  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dailies_store_close_async:
 * @self: a store
 * @callback: called when everything is on disk and the file is closed
 * @user_data: for @callback
 */
void
dailies_store_close_async (DailiesStore        *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dailies_store_close_async);
  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  self->closed = TRUE;
  push (self, ERRAND_CLOSE, task);
}

/**
 * dailies_store_close_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: never set so far
 *
 * Returns: %TRUE
 */
gboolean
dailies_store_close_finish (DailiesStore  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
