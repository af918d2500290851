/* dailies-pool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-pool.h"

#define N_THREADS 2

typedef struct
{
  GTask          *task;
  GMainContext   *context;
  DailiesPoolFunc func;
  gpointer        data;
  GDestroyNotify  data_free;
  gpointer        result;
  GDestroyNotify  result_free;
  GError         *error;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->data != NULL && work->data_free != NULL)
    work->data_free (work->data);
  if (work->result != NULL && work->result_free != NULL)
    work->result_free (work->result);
  g_clear_error (&work->error);
  g_clear_object (&work->task);
  g_main_context_unref (work->context);
  g_free (work);
}

static gboolean
complete_cb (gpointer data)
{
  Work *work = data;

  /* A cancelled caller gets "cancelled" even where the work came to its end first: GTask checks it. */
  if (work->error != NULL)
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  else
    g_task_return_pointer (work->task, g_steal_pointer (&work->result), work->result_free);

  return G_SOURCE_REMOVE;
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  Work              *work = data;
  GCancellable      *cancellable = g_task_get_cancellable (work->task);
  g_autoptr (GSource) source = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &work->error))
    work->result = work->func (work->data, cancellable, &work->error);

  /* The source owns the work from here on, so that the last references are dropped in the caller's context:
   * an object of the user interface must not be finalized on this thread. */
  source = g_idle_source_new ();
  g_source_set_static_name (source, "dailies-pool");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, complete_cb, work, work_free);
  g_source_attach (source, work->context);
}

static GThreadPool *
get_pool (void)
{
  static gsize        once = 0;
  static GThreadPool *pool = NULL;

  if (g_once_init_enter (&once))
    {
      pool = g_thread_pool_new (work_cb, NULL, N_THREADS, FALSE, NULL);
      g_once_init_leave (&once, 1);
    }

  return pool;
}

void
dailies_pool_run_async (DailiesPoolFunc     func,
                        gpointer            data,
                        GDestroyNotify      data_free,
                        GDestroyNotify      result_free,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  Work *work;

  g_return_if_fail (func != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  work = g_new0 (Work, 1);
  work->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (work->task, dailies_pool_run_async);
  work->context = g_main_context_ref_thread_default ();
  work->func = func;
  work->data = data;
  work->data_free = data_free;
  work->result_free = result_free;

  g_thread_pool_push (get_pool (), work, NULL);
}

gpointer
dailies_pool_run_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_pool_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
