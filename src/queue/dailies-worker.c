/* dailies-worker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-worker-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-library.h"
#include "dailies-shot.h"
#include "dailies-store.h"

G_DEFINE_FINAL_TYPE (DailiesWorker, dailies_worker, G_TYPE_OBJECT)

enum
{
  ENDED,
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A row on its way to the disk. */
typedef struct
{
  DailiesWorker     *worker;
  DailiesJobRow     *row;
  GPtrArray         *cuts;
  DailiesWorkerStep  next;
} Write;

static void write_again (DailiesWorker *self);

static void
write_free (Write *write)
{
  g_object_unref (write->worker);
  g_clear_pointer (&write->row, dailies_job_row_free);
  g_clear_pointer (&write->cuts, g_ptr_array_unref);
  g_free (write);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
drop_held (DailiesWorker *self)
{
  Write *held = g_steal_pointer (&self->held);

  self->arrow = NULL;
  g_clear_pointer (&held, write_free);
}

/* --- turns --- */

static void
turn_cb (gpointer data)
{
  DailiesWorker     *self = data;
  DailiesWorkerStep  step = g_steal_pointer (&self->after_turn);

  self->turn = 0;
  step (self);
}

void
dailies_worker_drop_turn (DailiesWorker *self)
{
  if (self->turn != 0)
    dailies_scheduler_remove (self->tools.scheduler, self->turn);
  self->turn = 0;
  self->after_turn = NULL;
}

void
dailies_worker_later (DailiesWorker     *self,
                      const char        *lane,
                      guint              delay,
                      DailiesWorkerStep  step)
{
  dailies_worker_drop_turn (self);
  self->after_turn = step;
  self->turn = dailies_scheduler_add (self->tools.scheduler, lane, delay, turn_cb, self);
}

void
dailies_worker_wait (DailiesWorker     *self,
                     const GError      *error,
                     const char        *lane,
                     guint              delay,
                     DailiesWorkerStep  step)
{
  DailiesJobRow *row = dailies_worker_copy_row (self);
  const char    *kept = g_intern_string (lane); /* it may lie in the row that goes away now */

  if (self->trouble == 0)
    self->trouble = g_get_real_time ();
  dailies_job_row_set_error (row, error);
  row->waiting = TRUE;
  dailies_worker_note (self, row);
  dailies_worker_later (self, kept, MAX (delay, dailies_scheduler_get_delay (self->tools.scheduler, self->trouble)), step);
}

gboolean
dailies_worker_goes_on (DailiesWorker *self,
                        const GError  *error)
{
  if (self->finished)
    return FALSE;
  if (self->stopping)
    {
      dailies_worker_finish (self);
      return FALSE;
    }

  /* Cancelled but not stopped: the job itself is being cancelled, and whoever does that goes on. */
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_cancellable_is_cancelled (self->cancellable);
}

void
dailies_worker_finish (DailiesWorker *self)
{
  g_autoptr(GError) error = NULL;

  if (self->finished || self->n_writes > 0 || self->posting || self->fetching)
    return;

  self->finished = TRUE;
  dailies_worker_drop_turn (self);
  drop_held (self);
  dailies_worker_drop_request (self);
  dailies_worker_drop_fetch (self);
  error = g_error_new_literal (DAILIES_ERROR, DAILIES_ERROR_INVALID, _("The window was closed before the service answered."));
  dailies_worker_answer_cancel (self, error);
  g_signal_emit (self, signals[FINISHED], 0);
}

/* --- writing --- */

DailiesJobRow *
dailies_worker_copy_row (DailiesWorker *self)
{
  return dailies_job_row_copy (self->arrow != NULL ? self->arrow : dailies_job_peek_row (self->job));
}

static void
note_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  gboolean                 wanted = FALSE;

  /* What may get lost is not missed: the next step is written whatever became of this. */
  dailies_journal_write_finish (DAILIES_JOURNAL (object), result, &wanted, &error);
  self->n_writes--;
  if (self->stopping)
    dailies_worker_finish (self);
  else if (wanted)
    dailies_worker_wish (self);
}

void
dailies_worker_note (DailiesWorker *self,
                     DailiesJobRow *row)
{
  const DailiesJobRow *old = dailies_job_peek_row (self->job);
  DailiesJournalEntry *entry;
  gboolean             same;

  same = old->state == row->state && old->waiting == row->waiting && old->queue_position == row->queue_position
         && g_strcmp0 (old->message, row->message) == 0 && g_strcmp0 (old->word, row->word) == 0;
  if (!same)
    {
      entry = dailies_journal_entry_new ();
      entry->row = dailies_job_row_copy (row);
      self->n_writes++;
      dailies_journal_write_async (self->tools.journal, entry, note_cb, g_object_ref (self));
    }

  /* A step on its way to the disk says more, and soon. */
  if (self->arrow == NULL)
    dailies_job_take_row (self->job, row);
  else
    dailies_job_row_free (row);
}

void
dailies_worker_refuse_cancel (DailiesWorker *self,
                              const GError  *error)
{
  DailiesJournalEntry *entry = dailies_journal_entry_new ();
  DailiesJobRow       *row = dailies_worker_copy_row (self);

  dailies_job_row_set_message (row, error->message);
  entry->row = dailies_job_row_copy (row);
  entry->answer_cancel = TRUE;
  self->n_writes++;
  dailies_journal_write_async (self->tools.journal, entry, note_cb, g_object_ref (self));
  if (self->arrow == NULL)
    dailies_job_take_row (self->job, row);
  else
    dailies_job_row_free (row);
  dailies_worker_answer_cancel (self, error);
}

static void
say_ended (DailiesWorker *self,
           DailiesJobRow *row)
{
  g_autoptr(GError) error = NULL;

  if (row->state != DAILIES_JOB_CANCELLED)
    error = g_error_new (DAILIES_ERROR, DAILIES_ERROR_INVALID, _("The job ended before it could be cancelled: %s."),
                         dailies_job_state_to_title (row->state));
  dailies_job_take_row (self->job, row);
  dailies_worker_answer_cancel (self, error);
  g_signal_emit (self, signals[ENDED], 0);
  dailies_worker_finish (self);
}

static void
cuts_loaded_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Write) write = user_data;
  DailiesWorker   *self = write->worker;
  DailiesShot     *shot = dailies_library_lookup_shot (self->tools.library, write->row->shot_id);

  dailies_library_load_cuts_finish (DAILIES_LIBRARY (object), result, NULL);
  if (shot != NULL)
    dailies_job_pick_cuts (self->job, dailies_shot_get_cuts (shot));
  self->n_writes--;
  say_ended (self, g_steal_pointer (&write->row));
}

/* Whoever hears that a job is done finds its cuts in the lists. */
static void
load_cuts (Write *write)
{
  DailiesWorker *self = write->worker;
  DailiesShot   *shot = dailies_library_lookup_shot (self->tools.library, write->row->shot_id);

  self->n_writes++;
  if (shot != NULL)
    dailies_library_load_cuts_async (self->tools.library, shot, NULL, cuts_loaded_cb, write);
  else
    dailies_library_load_async (self->tools.library, NULL, cuts_loaded_cb, write);
}

/* Until the disk takes the step the job stands where it stood. The id of an accepted job is all that is left of what was
 * paid, should the program end before: it is said at once, wherever the job is shown. */
static void
say_unwritten (DailiesWorker       *self,
               const DailiesJobRow *next,
               const GError        *error)
{
  DailiesJobRow   *row = dailies_job_row_copy (dailies_job_peek_row (self->job));
  g_autofree char *message = NULL;

  dailies_job_row_set_error (row, error);
  if (row->state == DAILIES_JOB_SUBMITTING && next->remote_id != NULL)
    {
      message = g_strdup_printf (/* Translators: the second %s is a whole sentence that says why not */
                                 _("The service has accepted the job under the id %s, but this could not be written down: %s "
                                   "It is tried again by itself. If the program ends before, look the job up with this id."),
                                 next->remote_id, error->message);
      dailies_job_row_set_message (row, message);
      g_free (row->remote_id);
      row->remote_id = g_strdup (next->remote_id);
    }
  row->waiting = TRUE;
  dailies_job_take_row (self->job, row);
}

static void
write_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Write)  write = user_data;
  DailiesWorker    *self = write->worker;
  g_autoptr(GError) error = NULL;
  gboolean          wanted = FALSE;

  self->n_writes--;
  if (dailies_journal_write_finish (DAILIES_JOURNAL (object), result, &wanted, &error))
    {
      DailiesWorkerStep next = write->next;

      self->arrow = NULL;
      self->wish |= wanted;
      self->trouble = 0;
      if (write->row->state == DAILIES_JOB_DONE)
        load_cuts (g_steal_pointer (&write));
      else if (write->row->ended > 0)
        say_ended (self, g_steal_pointer (&write->row));
      else
        {
          dailies_job_take_row (self->job, g_steal_pointer (&write->row));
          next (self);
        }
      return;
    }

  if (write->row->remote_id != NULL || g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_DISK))
    say_unwritten (self, write->row, error);
  /* Somebody else has the job: nothing more of it is ours to do. */
  if (self->stopping || !g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_DISK))
    {
      self->arrow = NULL;
      self->posting = FALSE;
      self->stopping = TRUE;
      g_cancellable_cancel (self->cancellable);
      dailies_worker_finish (self);
      return;
    }

  if (self->trouble == 0)
    self->trouble = g_get_real_time ();
  self->held = g_steal_pointer (&write);
  dailies_worker_later (self, NULL, dailies_scheduler_get_delay (self->tools.scheduler, self->trouble), write_again);
}

static void
commit (Write *write)
{
  DailiesJournalEntry *entry = dailies_journal_entry_new ();

  entry->row = dailies_job_row_copy (write->row);
  entry->cuts = write->cuts != NULL ? g_ptr_array_ref (write->cuts) : NULL;
  write->worker->n_writes++;
  dailies_journal_write_async (write->worker->tools.journal, entry, write_cb, write);
}

static void
write_again (DailiesWorker *self)
{
  commit (g_steal_pointer (&self->held));
}

void
dailies_worker_write (DailiesWorker     *self,
                      DailiesJobRow     *row,
                      GPtrArray         *cuts,
                      DailiesWorkerStep  next)
{
  Write *write = g_new0 (Write, 1);

  dailies_worker_drop_turn (self);
  write->worker = g_object_ref (self);
  write->row = row;
  write->cuts = cuts;
  write->next = next;
  self->arrow = row;
  commit (write);
}

void
dailies_worker_end (DailiesWorker   *self,
                    DailiesJobState  state,
                    const GError    *error)
{
  DailiesJobRow     *row = dailies_worker_copy_row (self);
  g_autoptr(GError)  told = NULL;

  if (error != NULL && dailies_worker_has_cuts (self))
    {
      state = DAILIES_JOB_DONE;
      told = dailies_error_new_with_words (error->code, dailies_error_get_words (error), 0,
                                           /* Translators: %s is a whole sentence that says why not */
                                           _("Not all of its clips could be kept: %s"), error->message);
    }
  dailies_job_row_set_error (row, told != NULL ? told : error);
  dailies_job_row_end (row, state);
  dailies_worker_write (self, row, NULL, NULL);
}

/* --- the worker --- */

static void
tokens_changed_cb (DailiesWorker *self,
                   const char    *service_id)
{
  if (g_strcmp0 (service_id, dailies_job_get_service_id (self->job)) != 0 || self->posting)
    return;

  if (!self->polling)
    g_clear_object (&self->service);
  dailies_worker_nudge (self);
}

static void
dailies_worker_dispose (GObject *object)
{
  DailiesWorker *self = DAILIES_WORKER (object);

  dailies_worker_drop_request (self);
  dailies_worker_drop_fetch (self);

  G_OBJECT_CLASS (dailies_worker_parent_class)->dispose (object);
}

static void
dailies_worker_finalize (GObject *object)
{
  DailiesWorker *self = DAILIES_WORKER (object);

  g_clear_object (&self->tools.journal);
  g_clear_object (&self->tools.library);
  g_clear_object (&self->tools.catalogue);
  g_clear_object (&self->tools.services);
  g_clear_object (&self->tools.transport);
  g_clear_object (&self->tools.scheduler);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_clear_pointer (&self->cancellers, g_ptr_array_unref);

  G_OBJECT_CLASS (dailies_worker_parent_class)->finalize (object);
}

static void
dailies_worker_class_init (DailiesWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dailies_worker_dispose;
  object_class->finalize = dailies_worker_finalize;

  signals[ENDED] =
    g_signal_new ("ended", DAILIES_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] =
    g_signal_new ("finished", DAILIES_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_worker_init (DailiesWorker *self)
{
  self->cancellable = g_cancellable_new ();
  self->cancellers = g_ptr_array_new_with_free_func (g_object_unref);
}

DailiesWorker *
dailies_worker_new (const DailiesTools *tools,
                    DailiesJob         *job)
{
  DailiesWorker *self;

  g_return_val_if_fail (tools != NULL, NULL);
  g_return_val_if_fail (DAILIES_IS_JOB (job), NULL);

  self = g_object_new (DAILIES_TYPE_WORKER, NULL);
  self->tools.journal = g_object_ref (tools->journal);
  self->tools.library = g_object_ref (tools->library);
  self->tools.catalogue = g_object_ref (tools->catalogue);
  self->tools.services = g_object_ref (tools->services);
  self->tools.transport = g_object_ref (tools->transport);
  self->tools.scheduler = g_object_ref (tools->scheduler);
  self->job = g_object_ref (job);
  g_signal_connect_object (tools->services, "tokens-changed", G_CALLBACK (tokens_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
dailies_worker_start (DailiesWorker *self)
{
  gboolean wish;

  g_return_if_fail (DAILIES_IS_WORKER (self));

  wish = dailies_job_peek_row (self->job)->cancel_wanted || self->cancellers->len > 0;
  switch (dailies_job_get_state (self->job))
    {
    case DAILIES_JOB_PREPARING:
      if (!wish)
        dailies_worker_prepare (self);
      break;
    case DAILIES_JOB_SUBMITTING:
      dailies_worker_end_unknown (self, NULL);
      wish = FALSE;
      break;
    case DAILIES_JOB_QUEUED:
    case DAILIES_JOB_RUNNING:
      if (!wish)
        dailies_worker_poll (self);
      break;
    case DAILIES_JOB_FETCHING:
      dailies_worker_fetch (self);
      break;
    case DAILIES_JOB_DRAFT:
    case DAILIES_JOB_DONE:
    case DAILIES_JOB_REFUSED:
    case DAILIES_JOB_UNKNOWN:
    case DAILIES_JOB_FAILED:
    case DAILIES_JOB_CANCELLED:
    default:
      g_return_if_reached ();
    }

  if (wish)
    dailies_worker_wish (self);
}

void
dailies_worker_nudge (DailiesWorker *self)
{
  DailiesWorkerStep step = self->after_turn;

  g_return_if_fail (DAILIES_IS_WORKER (self));

  if (step == NULL)
    return;

  dailies_worker_drop_turn (self);
  step (self);
}

void
dailies_worker_stop (DailiesWorker *self)
{
  g_return_if_fail (DAILIES_IS_WORKER (self));

  if (self->stopping)
    return;

  self->stopping = TRUE;
  /* One last try for what the disk did not take; it may be the id of a paid job. */
  if (self->held != NULL)
    {
      dailies_worker_drop_turn (self);
      write_again (self);
    }
  if (!self->posting)
    g_cancellable_cancel (self->cancellable);
  dailies_worker_finish (self);
}

gboolean
dailies_worker_is_finished (DailiesWorker *self)
{
  g_return_val_if_fail (DAILIES_IS_WORKER (self), TRUE);

  return self->finished;
}
