/* dailies-queue-actions.c: what an artist does with a job: cancel, look up, submit again, forget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-services.h"

/* The states in which nothing goes on and nothing was made. */
#define UNDONE "'unknown','failed','refused','cancelled'"
#define ENDED UNDONE ",'done'"
/* As a program leaves it that ended between the POST and its answer, or could not write the answer down. */
#define LEFT "'submitting'"

/* --- cancelling --- */

static void
worker_cancelled_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError          *error = NULL;

  if (dailies_worker_cancel_finish (DAILIES_WORKER (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
wished_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask        *task = user_data;
  DailiesQueue *self = g_task_get_source_object (task);
  GError       *error = NULL;

  if (!dailies_journal_wish_finish (DAILIES_JOURNAL (object), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  dailies_queue_await_wish (self, g_task_get_task_data (task), task);
  dailies_queue_refresh (self, NULL);
}

/* Now the list says whose it is. */
static void
claim_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask         *task = user_data;
  DailiesQueue  *self = DAILIES_QUEUE (object);
  DailiesJob    *job = g_task_get_task_data (task);
  DailiesWorker *worker = dailies_queue_get_worker (self, job);

  dailies_queue_load_finish (self, result, NULL);
  if (worker != NULL)
    dailies_worker_cancel_async (worker, g_task_get_cancellable (task), worker_cancelled_cb, task);
  else
    dailies_journal_wish_async (dailies_queue_get_tools (self)->journal, dailies_job_get_id (job), wished_cb, task);
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask  *task = user_data;
  GError *error = NULL;

  if (dailies_journal_claim_finish (DAILIES_JOURNAL (object), result, &error) < 0)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  dailies_queue_load_async (g_task_get_source_object (task), NULL, claim_read_cb, task);
}

/* The wish goes on disk before the job is claimed: a worker that is employed for it asks first and does not send. */
static void
wished_first_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask  *task = user_data;
  GError *error = NULL;

  if (!dailies_journal_wish_finish (DAILIES_JOURNAL (object), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  dailies_journal_claim_async (DAILIES_JOURNAL (object), dailies_job_get_id (g_task_get_task_data (task)), claimed_cb, task);
}

void
dailies_queue_cancel_async (DailiesQueue        *self,
                            DailiesJob          *job,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask         *task;
  DailiesWorker *worker;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_cancel_async);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  worker = dailies_queue_get_worker (self, job);
  if (worker != NULL)
    dailies_worker_cancel_async (worker, g_task_get_cancellable (task), worker_cancelled_cb, task);
  else if (dailies_queue_check_open (self, task))
    dailies_journal_wish_async (dailies_queue_get_tools (self)->journal, dailies_job_get_id (job), wished_first_cb, task);
  else
    g_object_unref (task);
}

gboolean
dailies_queue_cancel_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the ways out of unknown --- */

typedef struct
{
  DailiesJob    *job;
  DailiesJobRow *row;   /* how the job stands afterwards */
  DailiesJobRow *fresh; /* (nullable): the job that follows it */
} Action;

static void
action_free (gpointer data)
{
  Action *action = data;

  g_object_unref (action->job);
  dailies_job_row_free (action->row);
  g_clear_pointer (&action->fresh, dailies_job_row_free);
  g_free (action);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask)  task = user_data;
  DailiesQueue     *self = g_task_get_source_object (task);
  Action           *action = g_task_get_task_data (task);
  DailiesJob       *job;
  GError           *error = NULL;

  if (!dailies_journal_write_finish (DAILIES_JOURNAL (object), result, NULL, &error))
    {
      dailies_queue_refresh (self, NULL);
      g_task_return_error (task, error);
      return;
    }

  job = action->job;
  if (action->row->forgotten)
    dailies_queue_drop (self, job);
  else
    dailies_queue_adopt (self, dailies_job_row_copy (action->row));
  if (action->fresh != NULL)
    job = dailies_queue_adopt (self, dailies_job_row_copy (action->fresh));
  g_task_return_pointer (task, g_object_ref (job), g_object_unref);
}

/* @was: the states in which this makes sense. @claims: it may have been left by a program that is gone.
 * @row, @fresh: (transfer full) */
static void
act (DailiesQueue        *self,
     DailiesJob          *job,
     const char          *was,
     gboolean             claims,
     DailiesJobRow       *row,
     DailiesJobRow       *fresh,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask               *task = g_task_new (self, cancellable, callback, user_data);
  Action              *action = g_new0 (Action, 1);
  DailiesJournalEntry *entry;

  g_task_set_source_tag (task, act);
  g_task_set_check_cancellable (task, FALSE);
  action->job = g_object_ref (job);
  action->row = row;
  action->fresh = fresh;
  g_task_set_task_data (task, action, action_free);
  if (!dailies_queue_check_open (self, task))
    {
      g_object_unref (task);
      return;
    }

  entry = dailies_journal_entry_new ();
  entry->row = dailies_job_row_copy (row);
  entry->was = was;
  entry->claims = claims;
  if (fresh != NULL)
    {
      entry->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
      g_ptr_array_add (entry->fresh, dailies_job_row_copy (fresh));
    }
  dailies_journal_write_async (dailies_queue_get_tools (self)->journal, entry, acted_cb, task);
}

void
dailies_queue_look_up_async (DailiesQueue        *self,
                             DailiesJob          *job,
                             const char          *remote_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autofree char *plain = NULL;
  DailiesJobState  state = dailies_job_get_state (job);
  gboolean         left = state == DAILIES_JOB_SUBMITTING && dailies_queue_get_worker (self, job) == NULL;
  gboolean         lacking = dailies_job_lacks_clips (job);
  DailiesJobRow   *row;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));
  g_return_if_fail (remote_id != NULL);

  if ((state == DAILIES_JOB_DONE && !lacking) || (!dailies_job_state_is_ended (state) && !left))
    {
      g_task_report_new_error (self, callback, user_data, act, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               state == DAILIES_JOB_DONE ? _("Job %.8s has ended (%s); it needs no lookup.")
                                                         : _("Job %.8s has not ended (%s); it needs no lookup."),
                               dailies_job_get_id (job), dailies_job_state_to_title (state));
      return;
    }

  plain = g_strstrip (g_strdup (remote_id));
  if (!dailies_remote_id_is_valid (plain))
    {
      g_task_report_new_error (self, callback, user_data, act, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("“%.128s” is not the id of a job. An id has 1 to 128 letters, digits, “-” and “_”, and nothing else; copy it from the list of requests at the service."),
                               plain);
      return;
    }

  row = dailies_job_row_copy (dailies_job_peek_row (job));
  /* What has made cuts is finished at the service: only the rest of them is still to come. */
  row->state = lacking ? DAILIES_JOB_FETCHING : DAILIES_JOB_QUEUED;
  row->held_until = 0;
  row->ended = 0;
  row->waiting = FALSE;
  g_clear_pointer (&row->urls, g_strfreev);
  dailies_job_row_set_error (row, NULL);
  g_free (row->remote_id);
  row->remote_id = g_steal_pointer (&plain);
  g_free (row->owner);
  row->owner = g_strdup (dailies_journal_get_owner (dailies_queue_get_tools (self)->journal));
  act (self, job, left ? LEFT : lacking ? "'done'" : UNDONE, left, row, NULL, cancellable, callback, user_data);
}

gboolean
dailies_queue_look_up_finish (DailiesQueue  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr(DailiesJob) job = dailies_queue_submit_again_finish (self, result, error);

  return job != NULL;
}

void
dailies_queue_submit_again_async (DailiesQueue        *self,
                                  DailiesJob          *job,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const DailiesTools *tools;
  DailiesJobState     state;
  DailiesJobRow      *row;
  DailiesJobRow      *fresh;
  g_autofree char    *message = NULL;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));

  state = dailies_job_get_state (job);
  if (state == DAILIES_JOB_DONE || !dailies_job_state_is_ended (state))
    {
      g_task_report_new_error (self, callback, user_data, act, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               state == DAILIES_JOB_DONE
                                 ? _("Job %.8s has ended (%s), so it is not submitted again. Generate makes another cut.")
                                 : _("Job %.8s has not ended (%s), so it is not submitted again."),
                               dailies_job_get_id (job), dailies_job_state_to_title (state));
      return;
    }

  tools = dailies_queue_get_tools (self);
  row = dailies_job_row_copy (dailies_job_peek_row (job));
  fresh = dailies_queue_copy_fresh (row, dailies_journal_get_owner (tools->journal), g_get_real_time ());
  message = g_strdup_printf (_("Submitted again as job %.8s."), fresh->id);
  if (row->state == DAILIES_JOB_UNKNOWN)
    dailies_job_row_end (row, DAILIES_JOB_FAILED);
  dailies_job_row_set_message (row, message);
  act (self, job, UNDONE, FALSE, row, fresh, cancellable, callback, user_data);
}

DailiesJob *
dailies_queue_submit_again_finish (DailiesQueue  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_queue_forget_async (DailiesQueue        *self,
                            DailiesJob          *job,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DailiesJobRow *row;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));

  row = dailies_job_row_copy (dailies_job_peek_row (job));
  row->forgotten = TRUE;
  act (self, job, ENDED, FALSE, row, NULL, cancellable, callback, user_data);
}

gboolean
dailies_queue_forget_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dailies_queue_look_up_finish (self, result, error);
}
