/* dailies-worker-poll.c: asking the service how a job stands, for as long as it lives; and asking it to stop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-worker-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

/* So often in a row a service must say that it does not know a job, or does not take the question, before that is
 * believed. */
#define PATIENCE_MISSED 6
/* Looking costs nothing: a service that asks for a longer pause than this between two looks is asked once an hour. */
#define LONGEST_PAUSE_SECONDS 3600

static void ask_service_to_cancel (DailiesWorker *self);

static const char *
get_lane (DailiesWorker *self)
{
  return dailies_job_get_service_id (self->job);
}

void
dailies_worker_poll_later (DailiesWorker *self)
{
  const DailiesJobRow *row = dailies_job_peek_row (self->job);

  dailies_worker_later (self, get_lane (self), dailies_scheduler_get_delay (self->tools.scheduler, row->submitted),
                        dailies_worker_poll);
}

/* Who asks the service about a failed job is asked for its id. */
void
dailies_worker_end_failed (DailiesWorker *self,
                           const GError  *error)
{
  g_autoptr(GError) told = NULL;

  told = dailies_error_new_with_words (error->code, dailies_error_get_words (error), 0,
                                       /* Translators: the first %s is a whole sentence that says what went wrong */
                                       _("%s Its id there is %s."), error->message, dailies_job_get_remote_id (self->job));
  dailies_worker_end (self, DAILIES_JOB_FAILED, told);
}

guint
dailies_worker_get_pause (const GError *error)
{
  return MIN (dailies_error_get_retry_after (error), LONGEST_PAUSE_SECONDS) * 1000;
}

/* What a service writes to who wants to order says nothing to who has ordered: this is paid for, and no money brings it sooner. */
static GError *
put_for_paid (const GError *error)
{
  if (!g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_BALANCE))
    return g_error_copy (error);

  return dailies_error_new_with_words (DAILIES_ERROR_BALANCE, dailies_error_get_words (error),
                                       dailies_error_get_retry_after (error),
                                       _("The service says that the balance of the account is too low. This job it has accepted "
                                         "before: it goes on being watched."));
}

/* A look that failed says nothing of the job: it is paid for and goes on, so the looking does too. @asked: the service was
 * asked; what keeps it from being asked, such as a wrong address in the settings, is never the end of a job. */
static void
look_failed (DailiesWorker *self,
             const GError  *error,
             gboolean       asked)
{
  g_autoptr(GError) why = put_for_paid (error);
  guint             pause = dailies_worker_get_pause (error);
  gboolean          denied = g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND) ||
                             (asked && g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID));

  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_FAILED))
    {
      dailies_worker_end_failed (self, error);
      return;
    }
  if (!denied)
    {
      self->n_missed = 0;
    }
  else if (++self->n_missed >= PATIENCE_MISSED)
    {
      g_autoptr(GError) told = NULL;
      /* Only who does not know the job any more has ended it; who refuses to speak of it may have finished it. */
      gboolean refused = g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);

      if (refused)
        told = dailies_error_new_with_words (DAILIES_ERROR_INVALID, dailies_error_get_words (error), 0,
                                             _("The service has accepted the job, but does not say how it stands. Looking it up "
                                               "costs nothing; its id there is %s. Submitted again it may be paid twice."),
                                             dailies_job_get_remote_id (self->job));
      else if (dailies_job_get_state (self->job) == DAILIES_JOB_FETCHING)
        told = dailies_error_new_with_words (DAILIES_ERROR_NOT_FOUND, dailies_error_get_words (error), 0,
                                             _("The clip was finished, but its address has expired and the job is no longer known to the service."));
      else
        told = dailies_error_new_with_words (DAILIES_ERROR_NOT_FOUND, dailies_error_get_words (error), 0,
                                             _("The job is no longer known to the service (its id there is %s)."),
                                             dailies_job_get_remote_id (self->job));
      dailies_worker_end (self, refused ? DAILIES_JOB_UNKNOWN : DAILIES_JOB_FAILED, told);
      return;
    }

  /* A new token is asked for anew; the signal for it comes as a nudge. */
  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN))
    g_clear_object (&self->service);
  if (pause > 0)
    dailies_scheduler_hold (self->tools.scheduler, get_lane (self), pause);
  dailies_worker_wait (self, why, get_lane (self), pause, dailies_worker_poll);
}

static void
start_fetching (DailiesWorker *self)
{
  if (!dailies_worker_goes_on (self, NULL))
    return;

  dailies_worker_fetch (self);
  if (self->wish)
    dailies_worker_wish (self);
}

static void
take_done (DailiesWorker *self,
           DailiesReport *report)
{
  DailiesJobRow *row = dailies_worker_copy_row (self);

  if (report->urls == NULL || report->urls[0] == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (DAILIES_ERROR, DAILIES_ERROR_FAILED,
                                                     _("The service says that the job is done, but names no clip."));

      dailies_job_row_free (row);
      dailies_worker_end_failed (self, error);
      return;
    }

  row->state = DAILIES_JOB_FETCHING;
  row->waiting = FALSE;
  row->queue_position = -1;
  row->cost_usd = report->cost_usd;
  g_strfreev (row->urls);
  row->urls = g_strdupv (report->urls);
  row->n_left_out = report->n_left_out;
  dailies_job_row_set_error (row, NULL);
  dailies_worker_write (self, row, NULL, start_fetching);
}

static void
take_going (DailiesWorker *self,
            DailiesReport *report)
{
  DailiesJobRow   *row = dailies_worker_copy_row (self);
  g_autofree char *message = NULL;

  if (!report->known)
    message = g_strdup_printf (_("The service calls it “%s”, a word Dailies does not know. The job goes on being watched."),
                               report->word);
  row->state = report->state == DAILIES_REPORT_QUEUED ? DAILIES_JOB_QUEUED : DAILIES_JOB_RUNNING;
  row->queue_position = report->state == DAILIES_REPORT_QUEUED ? report->queue_position : -1;
  row->waiting = FALSE;
  dailies_job_row_set_error (row, NULL);
  dailies_job_row_set_message (row, message);
  g_free (row->word);
  row->word = g_strdup (report->word);

  /* The order on disk is that of the calls, so a step that follows does not overtake this. */
  dailies_worker_note (self, row);
  if (!self->asking)
    dailies_worker_poll_later (self);
}

static void
take_report (DailiesWorker *self,
             DailiesReport *report)
{
  self->trouble = 0;
  self->n_missed = 0;
  switch (report->state)
    {
    case DAILIES_REPORT_QUEUED:
    case DAILIES_REPORT_RUNNING:
      /* What was done stays done: a service that forgot is asked again. */
      if (dailies_job_get_state (self->job) == DAILIES_JOB_FETCHING)
        dailies_worker_poll_later (self);
      else
        take_going (self, report);
      break;
    case DAILIES_REPORT_DONE:
      take_done (self, report);
      break;
    case DAILIES_REPORT_CANCELLED:
      dailies_worker_end (self, DAILIES_JOB_CANCELLED, NULL);
      break;
    case DAILIES_REPORT_FAILED:
    default:
      dailies_worker_end_failed (self, report->error);
      break;
    }
}

static void
polled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  g_autoptr(DailiesReport) report = dailies_service_poll_finish (DAILIES_SERVICE (object), result, &error);

  self->polling = FALSE;
  if (!dailies_worker_goes_on (self, error))
    return;

  if (report != NULL)
    take_report (self, report);
  else
    look_failed (self, error, TRUE);
}

static void
got_service_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DailiesWorker)  self = user_data;
  g_autoptr(GError)         error = NULL;
  g_autoptr(DailiesService) service = dailies_services_get_finish (DAILIES_SERVICES (object), result, &error);

  self->polling = FALSE;
  if (!dailies_worker_goes_on (self, error))
    return;

  if (service == NULL)
    {
      if (self->asking)
        {
          self->asking = FALSE;
          dailies_worker_refuse_cancel (self, error);
        }
      look_failed (self, error, FALSE);
      return;
    }

  g_set_object (&self->service, service);
  if (self->asking)
    ask_service_to_cancel (self);
  else
    dailies_worker_poll (self);
}

static void
get_service (DailiesWorker *self)
{
  self->polling = TRUE;
  dailies_services_get_async (self->tools.services, dailies_job_get_service_id (self->job),
                              dailies_job_peek_row (self->job)->protocol, self->cancellable, got_service_cb,
                              g_object_ref (self));
}

void
dailies_worker_poll (DailiesWorker *self)
{
  if (self->polling || !dailies_worker_goes_on (self, NULL))
    return;
  if (self->service == NULL)
    {
      get_service (self);
      return;
    }

  self->polling = TRUE;
  dailies_service_poll_async (self->service, dailies_job_get_remote_id (self->job), self->cancellable, polled_cb,
                              g_object_ref (self));
}

/* --- cancelling --- */

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  DailiesCancelOutcome     outcome = DAILIES_CANCEL_NOT_POSSIBLE;
  gboolean                 answered;
  gboolean                 going;

  answered = dailies_service_cancel_finish (DAILIES_SERVICE (object), result, &outcome, &error);
  self->asking = FALSE;
  if (!dailies_worker_goes_on (self, error))
    return;

  /* A look that was under way meanwhile may have taken the job on already, whatever was answered here. */
  going = self->arrow == NULL && dailies_job_get_state (self->job) != DAILIES_JOB_FETCHING;
  if (going && answered && outcome == DAILIES_CANCEL_DONE)
    {
      dailies_worker_end (self, DAILIES_JOB_CANCELLED, NULL);
      return;
    }

  if (answered && outcome != DAILIES_CANCEL_NOT_POSSIBLE)
    error = g_error_new (DAILIES_ERROR, DAILIES_ERROR_INVALID,
                         _("%s did not say whether it cancels this job. The job goes on being watched; where it does not end, cancel it again."),
                         dailies_service_get_title (DAILIES_SERVICE (object)));
  else if (answered)
    error = g_error_new (DAILIES_ERROR, DAILIES_ERROR_INVALID,
                         _("%s does not cancel this job any more: it is being made already. It goes on."),
                         dailies_service_get_title (DAILIES_SERVICE (object)));
  dailies_worker_refuse_cancel (self, error);
  if (going)
    dailies_worker_poll_later (self);
}

static void
ask_service_to_cancel (DailiesWorker *self)
{
  g_autoptr(GError) error = NULL;

  if (dailies_service_can_cancel (self->service))
    {
      dailies_service_cancel_async (self->service, dailies_job_get_remote_id (self->job), self->cancellable, cancelled_cb,
                                    g_object_ref (self));
      return;
    }

  self->asking = FALSE;
  error = g_error_new (DAILIES_ERROR, DAILIES_ERROR_INVALID, _("%s cannot cancel a job that it has accepted. It goes on."),
                       dailies_service_get_title (self->service));
  dailies_worker_refuse_cancel (self, error);
  dailies_worker_poll_later (self);
}

void
dailies_worker_ask_cancel (DailiesWorker *self)
{
  self->asking = TRUE;
  if (self->service != NULL)
    ask_service_to_cancel (self);
  else if (!self->polling)
    get_service (self);
}
