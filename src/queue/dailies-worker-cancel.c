/* dailies-worker-cancel.c: what can be promised to somebody who wants a job gone, in each of its states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-worker-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

void
dailies_worker_answer_cancel (DailiesWorker *self,
                              const GError  *error)
{
  g_autoptr(GPtrArray) cancellers = g_steal_pointer (&self->cancellers);

  self->cancellers = g_ptr_array_new_with_free_func (g_object_unref);
  self->wish = FALSE;
  for (guint i = 0; i < cancellers->len; i++)
    {
      GTask *task = g_ptr_array_index (cancellers, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Nothing was sent, or nothing is awaited any more: certain, whatever the service would say. */
static void
cancel_here (DailiesWorker *self,
             const char    *message)
{
  DailiesJobRow *row = dailies_worker_copy_row (self);

  g_cancellable_cancel (self->cancellable);
  dailies_worker_drop_turn (self);
  dailies_worker_drop_request (self);
  dailies_job_row_set_error (row, NULL);
  dailies_job_row_set_message (row, message);
  dailies_job_row_end (row, DAILIES_JOB_CANCELLED);
  dailies_worker_write (self, row, NULL, NULL);
}

static void
cancel_fetch (DailiesWorker *self)
{
  g_autoptr(GError) error = NULL;

  if (dailies_job_peek_row (self->job)->waiting && !self->fetching)
    {
      cancel_here (self, _("The clip is finished at the service and was not fetched."));
      return;
    }

  error = g_error_new_literal (DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("The clip is finished and is being fetched: it is too late to cancel."));
  dailies_worker_refuse_cancel (self, error);
}

void
dailies_worker_wish (DailiesWorker *self)
{
  g_return_if_fail (DAILIES_IS_WORKER (self));

  /* While the POST is under way nobody can tell; the answer decides. The same holds for a step on its way to the disk. */
  self->wish = TRUE;
  if (self->finished || self->stopping || self->posting || self->asking || self->arrow != NULL)
    return;

  switch (dailies_job_get_state (self->job))
    {
    case DAILIES_JOB_PREPARING:
      cancel_here (self, NULL);
      break;
    case DAILIES_JOB_QUEUED:
    case DAILIES_JOB_RUNNING:
      dailies_worker_ask_cancel (self);
      break;
    case DAILIES_JOB_FETCHING:
      cancel_fetch (self);
      break;
    case DAILIES_JOB_DRAFT:
    case DAILIES_JOB_SUBMITTING:
    case DAILIES_JOB_DONE:
    case DAILIES_JOB_REFUSED:
    case DAILIES_JOB_UNKNOWN:
    case DAILIES_JOB_FAILED:
    case DAILIES_JOB_CANCELLED:
    default:
      break;
    }
}

/* --- public --- */

static gboolean
given_up_cb (GCancellable *cancellable,
             gpointer      user_data)
{
  g_autoptr(GTask)  task = g_object_ref (user_data);
  DailiesWorker    *self = g_task_get_source_object (task);

  if (g_ptr_array_remove (self->cancellers, task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
drop_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

void
dailies_worker_cancel_async (DailiesWorker       *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DAILIES_IS_WORKER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_worker_cancel_async);
  if (cancellable != NULL)
    {
      GSource *source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (given_up_cb), task, NULL);
      g_source_attach (source, g_task_get_context (task));
      g_task_set_task_data (task, source, drop_source);
    }
  g_ptr_array_add (self->cancellers, task);
  dailies_worker_wish (self);
}

gboolean
dailies_worker_cancel_finish (DailiesWorker  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
