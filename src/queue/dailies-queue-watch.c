/* dailies-queue-watch.c: keeping the list as the journal is, and the jobs of processes that are gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

/* How soon the jobs of a process that was killed are taken over. */
#define TAKE_OVER_SECONDS 3
/* How long another process has to answer a wish to cancel. */
#define WISH_SECONDS 20

typedef struct
{
  DailiesJob *job;
  GTask      *task;
  GSource    *source;   /* (nullable): ready when whoever waits gives up */
  gint64      deadline; /* monotonic */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->job);
  g_clear_object (&wish->task);
  if (wish->source != NULL)
    g_source_destroy (wish->source);
  g_clear_pointer (&wish->source, g_source_unref);
  g_free (wish);
}

static void
drop_forgotten (DailiesQueue *self,
                GPtrArray    *rows)
{
  g_autoptr(GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (here, ((DailiesJobRow *) g_ptr_array_index (rows, i))->id);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i > 0; i--)
    {
      g_autoptr(DailiesJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i - 1);

      if (!g_hash_table_contains (here, dailies_job_get_id (job)) && !g_hash_table_contains (self->workers, job))
        dailies_queue_drop (self, job);
    }
}

/* --- wishes to other processes --- */

static gboolean
given_up_cb (GCancellable *cancellable,
             gpointer      user_data)
{
  g_autoptr(GTask)  task = g_object_ref (user_data);
  DailiesQueue     *self = g_task_get_source_object (task);

  for (guint i = 0; i < self->wishes->len; i++)
    {
      if (((Wish *) g_ptr_array_index (self->wishes, i))->task != task)
        continue;

      g_ptr_array_remove_index (self->wishes, i);
      g_task_return_error_if_cancelled (task);
      break;
    }
  return G_SOURCE_REMOVE;
}

void
dailies_queue_await_wish (DailiesQueue *self,
                          DailiesJob   *job,
                          GTask        *task)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->job = g_object_ref (job);
  wish->task = task;
  if (g_task_get_cancellable (task) != NULL)
    {
      wish->source = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_callback (wish->source, G_SOURCE_FUNC (given_up_cb), task, NULL);
      g_source_attach (wish->source, g_task_get_context (task));
    }
  wish->deadline = g_get_monotonic_time () + WISH_SECONDS * G_USEC_PER_SEC;
  g_ptr_array_add (self->wishes, wish);
}

static gboolean
answer_wish (DailiesQueue *self,
             Wish         *wish)
{
  const DailiesJobRow *row = dailies_job_peek_row (wish->job);

  if (row->state == DAILIES_JOB_CANCELLED)
    g_task_return_boolean (wish->task, TRUE);
  else if (row->ended > 0)
    g_task_return_new_error (wish->task, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                             _("The job ended before it could be cancelled: %s."), dailies_job_state_to_title (row->state));
  else if (!row->cancel_wanted && !g_hash_table_contains (self->workers, wish->job))
    g_task_return_new_error (wish->task, DAILIES_ERROR, DAILIES_ERROR_INVALID, "%s",
                             row->message != NULL ? row->message : _("The job can no longer be cancelled. It goes on."));
  else if (self->stopping || g_get_monotonic_time () > wish->deadline)
    g_task_return_new_error (wish->task, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                             _("The window that works on this job has not answered yet. It cancels the job as soon as it can."));
  else
    return FALSE;

  return TRUE;
}

void
dailies_queue_answer_wishes (DailiesQueue *self)
{
  for (guint i = self->wishes->len; i > 0; i--)
    {
      if (answer_wish (self, g_ptr_array_index (self->wishes, i - 1)))
        g_ptr_array_remove_index (self->wishes, i - 1);
    }
}

/* --- the journal --- */

static void
take_rows (DailiesQueue *self,
           GPtrArray    *rows)
{
  drop_forgotten (self, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      DailiesJobRow *row = g_ptr_array_index (rows, i);
      gboolean       wanted = row->cancel_wanted;
      DailiesJob    *job = dailies_queue_adopt (self, dailies_job_row_copy (row));
      DailiesWorker *worker = dailies_queue_get_worker (self, job);

      if (wanted && worker != NULL)
        dailies_worker_wish (worker);
    }
  dailies_queue_answer_wishes (self);
}

static gboolean
has_foreign (DailiesQueue *self)
{
  return self->n_running > g_hash_table_size (self->workers) || self->wishes->len > 0;
}

static void take_over (DailiesQueue *self);

static gboolean
timer_cb (gpointer data)
{
  DailiesQueue *self = data;

  self->timer = 0;
  if (self->takes_over)
    take_over (self);
  else
    dailies_queue_refresh (self, NULL);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(DailiesQueue) self = user_data;
  g_autoptr(GError)       error = NULL;
  g_autoptr(GPtrArray)    rows = dailies_journal_read_finish (DAILIES_JOURNAL (object), result, &error);
  g_autoptr(GPtrArray)    readers = g_steal_pointer (&self->readers);

  if (rows != NULL)
    take_rows (self, rows);
  for (guint i = 0; i < readers->len; i++)
    {
      GTask *task = g_ptr_array_index (readers, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }

  if (self->again)
    dailies_queue_refresh (self, NULL);
  else if (self->timer == 0 && !self->stopping && has_foreign (self))
    self->timer = g_timeout_add_seconds (TAKE_OVER_SECONDS, timer_cb, self);
}

/* One reading at a time; who asks meanwhile gets the next, which sees what he wrote. */
void
dailies_queue_refresh (DailiesQueue *self,
                       GTask        *task)
{
  if (task != NULL)
    g_ptr_array_add (self->late, task);
  self->again = self->readers != NULL;
  if (self->readers != NULL)
    return;

  self->readers = g_steal_pointer (&self->late);
  self->late = g_ptr_array_new_with_free_func (g_object_unref);
  dailies_journal_read_async (self->tools.journal, self->started, read_cb, g_object_ref (self));
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DailiesQueue) self = user_data;

  /* What could not be claimed now is claimed at the next turn; the list is read in any case. */
  dailies_journal_claim_finish (DAILIES_JOURNAL (object), result, NULL);
  dailies_queue_refresh (self, NULL);
}

static void
take_over (DailiesQueue *self)
{
  dailies_journal_claim_async (self->tools.journal, NULL, claimed_cb, g_object_ref (self));
}

void
dailies_queue_changed_elsewhere (DailiesQueue *self)
{
  if (self->stopping)
    return;
  if (self->takes_over && has_foreign (self))
    take_over (self);
  else
    dailies_queue_refresh (self, NULL);
}

void
dailies_queue_init_watch (DailiesQueue *self)
{
  self->started = g_get_real_time ();
  self->late = g_ptr_array_new_with_free_func (g_object_unref);
  self->wishes = g_ptr_array_new_with_free_func (wish_free);
}

/* --- public --- */

void
dailies_queue_load_async (DailiesQueue        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_load_async);
  dailies_queue_refresh (self, task);
}

gboolean
dailies_queue_load_finish (DailiesQueue  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask)     task = user_data;
  GError              *error = NULL;
  g_autoptr(GPtrArray) rows = dailies_journal_read_finish (DAILIES_JOURNAL (object), result, &error);
  GPtrArray           *jobs;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (jobs, g_object_ref (dailies_queue_adopt (g_task_get_source_object (task),
                                                              dailies_job_row_copy (g_ptr_array_index (rows, i)))));
  g_task_return_pointer (task, jobs, (GDestroyNotify) g_ptr_array_unref);
}

void
dailies_queue_find_async (DailiesQueue        *self,
                          const char          *beginning,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (beginning != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_find_async);
  dailies_journal_find_async (self->tools.journal, beginning, found_cb, task);
}

GPtrArray *
dailies_queue_find_finish (DailiesQueue  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resume_claimed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask        *task = user_data;
  DailiesQueue *self = g_task_get_source_object (task);
  GError       *error = NULL;

  if (dailies_journal_claim_finish (DAILIES_JOURNAL (object), result, &error) < 0)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  dailies_queue_refresh (self, task);
}

void
dailies_queue_resume_async (DailiesQueue        *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_resume_async);
  self->takes_over = TRUE;
  dailies_journal_claim_async (self->tools.journal, NULL, resume_claimed_cb, task);
}

gboolean
dailies_queue_resume_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
