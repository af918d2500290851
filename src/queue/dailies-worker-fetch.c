/* dailies-worker-fetch.c: bringing the clips home
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-worker-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-library.h"
#include "dailies-rows.h"
#include "dailies-shelf.h"
#include "dailies-store.h"

/* So often a server may send nothing new before the clip is given up. */
#define PATIENCE 6
/* So often an address may lead nowhere: with the growing pauses in between that is several minutes. The clip is paid for, and
 * the place it is fetched from may get it later than the answer that names it. */
#define PATIENCE_EXPIRED 40
/* So often something else may come in place of the clip: the page of a server under repair, half a file. */
#define PATIENCE_BAD 3

static void fetch_output (DailiesWorker *self);

void
dailies_worker_drop_fetch (DailiesWorker *self)
{
  g_clear_object (&self->download);
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->outputs, g_array_unref);
  g_clear_pointer (&self->cuts, g_ptr_array_unref);
  g_clear_error (&self->fault);
  g_clear_error (&self->reason);
  self->output = 0;
  self->n_cuts = 0;
}

gboolean
dailies_worker_has_cuts (DailiesWorker *self)
{
  return self->n_cuts > 0 || (self->kept != NULL && self->kept->len > 0);
}

static DailiesWorkerOutput *
get_output (DailiesWorker *self,
            guint          n)
{
  return &g_array_index (self->outputs, DailiesWorkerOutput, n);
}

/* Returns: the first from @n on that is neither a cut nor lost; how many there are where there is none */
static guint
find_unsettled (DailiesWorker *self,
                guint          n)
{
  while (n < self->outputs->len && get_output (self, n)->settled)
    n++;

  return n;
}

static GFile *
get_directory (DailiesWorker *self)
{
  return dailies_store_get_directory (dailies_library_get_store (self->tools.library));
}

static void
fetched_cb (DailiesDownload *download,
            GParamSpec      *pspec,
            DailiesWorker   *self)
{
  dailies_job_set_fetched (self->job, dailies_download_get_fetched (download), dailies_download_get_size (download));
  if (dailies_job_peek_row (self->job)->waiting && dailies_download_get_advanced (download))
    {
      DailiesJobRow *row = dailies_worker_copy_row (self);

      row->waiting = FALSE;
      dailies_job_row_set_error (row, NULL);
      dailies_worker_note (self, row);
    }
}

/* --- cuts, as soon as they are there --- */

static guint
count_lost (DailiesWorker *self)
{
  guint n_lost = 0;

  for (guint i = 0; i < self->outputs->len; i++)
    n_lost += get_output (self, i)->lost;

  return n_lost;
}

/* What they cost is shared with those that may still come. */
static GPtrArray *
steal_cuts (DailiesWorker       *self,
            const DailiesJobRow *row)
{
  GPtrArray *cuts = g_steal_pointer (&self->cuts);
  guint      n_shares = MAX (self->outputs->len - count_lost (self), self->n_cuts);

  for (guint i = 0; i < cuts->len; i++)
    ((DailiesCutRow *) g_ptr_array_index (cuts, i))->cost_usd = row->cost_usd / n_shares;
  self->cuts = g_ptr_array_new_with_free_func (dailies_cut_row_free);

  return cuts;
}

/* Returns: (nullable): what is said of a job that has made cuts, but not all it should have */
static GError *
dup_lack (DailiesWorker *self)
{
  guint               n_lost = count_lost (self);
  guint               n_left_out = dailies_job_peek_row (self->job)->n_left_out;
  g_autoptr(GString)  message = g_string_new (NULL);

  if (n_lost > 0)
    g_string_append_printf (message, ngettext ("%u more clip could not be kept: %s", "%u more clips could not be kept: %s", n_lost),
                            n_lost, self->fault->message);
  if (n_lost > 0 && n_left_out > 0)
    g_string_append_c (message, ' ');
  if (n_left_out > 0)
    g_string_append_printf (message, ngettext ("%u more address was not fetched: it is not a safe one, or the service names too many.",
                                               "%u more addresses were not fetched: they are not safe ones, or the service names too many.",
                                               n_left_out),
                            n_left_out);
  if (message->len == 0)
    return NULL;

  return dailies_error_new_with_words (n_lost > 0 ? self->fault->code : DAILIES_ERROR_INVALID,
                                       n_lost > 0 ? dailies_error_get_words (self->fault) : NULL, 0, "%s", message->str);
}

static void
finish_fetch (DailiesWorker *self)
{
  DailiesJobRow     *row;
  g_autoptr(GError)  lack = NULL;

  if (!dailies_worker_has_cuts (self))
    {
      g_autoptr(GError) fault = g_steal_pointer (&self->fault);

      dailies_worker_end_failed (self, fault);
      return;
    }

  lack = dup_lack (self);
  row = dailies_worker_copy_row (self);
  dailies_job_row_set_error (row, lack);
  dailies_job_row_end (row, DAILIES_JOB_DONE);
  dailies_worker_write (self, row, steal_cuts (self, row), NULL);
}

static void
rest (DailiesWorker *self)
{
  g_autoptr(GError)  reason = g_steal_pointer (&self->reason);
  DailiesShot       *shot = dailies_library_lookup_shot (self->tools.library, dailies_job_get_shot_id (self->job));

  if (!dailies_worker_goes_on (self, NULL))
    return;

  if (self->n_cuts > 0 && shot != NULL)
    dailies_library_load_cuts_async (self->tools.library, shot, NULL, NULL, NULL);
  dailies_worker_wait (self, reason, self->reason_lane, self->reason_delay, self->reason_step);
  if (self->wish)
    dailies_worker_wish (self);
}

/* Each address was tried, and some have to be tried again: the others are not kept from the artist for that. */
static void
end_round (DailiesWorker *self)
{
  DailiesJobRow *row;

  if (self->cuts->len == 0)
    {
      rest (self);
      return;
    }

  row = dailies_worker_copy_row (self);
  dailies_worker_write (self, row, steal_cuts (self, row), rest);
}

/* --- one after the other --- */

static void
move_to (DailiesWorker *self,
         guint          n)
{
  if (n != self->output)
    g_clear_object (&self->download);
  self->output = n;
  fetch_output (self);
}

static void
next_output (DailiesWorker *self)
{
  guint next = find_unsettled (self, self->output + 1);

  if (next < self->outputs->len)
    move_to (self, next);
  else if (self->reason != NULL)
    end_round (self);
  else
    finish_fetch (self);
}

static void
settle_output (DailiesWorker *self)
{
  g_clear_object (&self->download);
  get_output (self, self->output)->settled = TRUE;
  self->trouble = 0;
  next_output (self);
}

static void
keep_cut (DailiesWorker *self,
          DailiesCutRow *cut)
{
  g_ptr_array_add (self->cuts, cut);
  self->n_cuts++;
  settle_output (self);
}

/* This one will never be a cut; the others of the job may. */
static void
lose_output (DailiesWorker *self,
             const GError  *error)
{
  g_autoptr(GFile)  part = dailies_shelf_get_part (get_directory (self), dailies_job_peek_row (self->job), self->output);
  g_autofree char  *path = g_strconcat (g_file_peek_path (part), ".info", NULL);
  g_autoptr(GFile)  info = g_file_new_for_path (path);

  g_file_delete_async (part, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_file_delete_async (info, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (self->fault == NULL)
    self->fault = g_error_copy (error);
  get_output (self, self->output)->lost = TRUE;
  settle_output (self);
}

/* To be tried again when the others were. New addresses are for all: where one needs them, the next round begins with them. */
static void
leave_output (DailiesWorker     *self,
              const GError      *error,
              const char        *lane,
              guint              delay,
              DailiesWorkerStep  step)
{
  if (self->reason == NULL || (step == dailies_worker_poll && self->reason_step != step))
    {
      g_clear_error (&self->reason);
      self->reason = g_error_copy (error);
      self->reason_lane = g_intern_string (lane);
      self->reason_delay = delay;
      self->reason_step = step;
    }
  next_output (self);
}

/* --- when it does not work --- */

/* Another try follows: what is here already is not fetched twice. */
static void
leave_in_the_middle (DailiesWorker *self,
                     const GError  *error)
{
  g_autoptr(GError) told = NULL;

  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK) && dailies_download_get_fetched (self->download) > 0)
    told = dailies_error_new_with_words (DAILIES_ERROR_NETWORK, dailies_error_get_words (error), 0,
                                         /* Translators: %s is a whole sentence that says what went wrong */
                                         _("%s Fetching goes on where it stopped."), error->message);
  leave_output (self, told != NULL ? told : error, NULL, dailies_worker_get_pause (error), dailies_worker_fetch);
}

static void
fetch_fruitless (DailiesWorker *self,
                 const GError  *error)
{
  DailiesWorkerOutput *output = get_output (self, self->output);
  g_autoptr(GError)    told = NULL;

  if (++output->n_fruitless < PATIENCE)
    {
      leave_in_the_middle (self, error);
      return;
    }

  told = dailies_error_new_with_words (DAILIES_ERROR_MEDIA, dailies_error_get_words (error), 0,
                                       ngettext ("The clip could not be fetched whole in %u attempt. %s",
                                                 "The clip could not be fetched whole in %u attempts. %s", output->n_fruitless),
                                       output->n_fruitless, error->message);
  lose_output (self, told);
}

/* Addresses expire; the service gives a new one for as long as it knows the job. */
static void
ask_for_address (DailiesWorker *self,
                 const GError  *error)
{
  DailiesWorkerOutput *output = get_output (self, self->output);

  /* A look at the service that goes well ends its own trouble, not that of the clip. */
  if (output->led_astray == 0)
    output->led_astray = g_get_real_time ();
  leave_output (self, error, dailies_job_get_service_id (self->job),
                dailies_scheduler_get_delay (self->tools.scheduler, output->led_astray), dailies_worker_poll);
}

/* What came in its place is thrown away, and the artist is told that this is not the end. */
static void
ask_for_other (DailiesWorker *self,
               const GError  *error)
{
  g_autoptr(GError) told = NULL;

  told = dailies_error_new_with_words (error->code, dailies_error_get_words (error), 0,
                                       /* Translators: %s is a whole sentence that says what came in place of the clip */
                                       _("%s The clip is asked for again."), error->message);
  ask_for_address (self, told);
}

static void
fetch_failed (DailiesWorker *self,
              const GError  *error)
{
  DailiesWorkerOutput *output = get_output (self, self->output);

  if (self->download != NULL && dailies_download_get_advanced (self->download))
    self->trouble = 0;

  switch ((DailiesError) error->code)
    {
    case DAILIES_ERROR_INVALID:
      lose_output (self, error);
      break;
    case DAILIES_ERROR_MEDIA:
      if (++output->n_bad >= PATIENCE_BAD)
        lose_output (self, error);
      else
        ask_for_other (self, error);
      break;
    case DAILIES_ERROR_NOT_FOUND:
    case DAILIES_ERROR_PROTOCOL:
      if (++output->n_expired >= PATIENCE_EXPIRED)
        lose_output (self, error);
      else
        ask_for_address (self, error);
      break;
    case DAILIES_ERROR_DISK:
      leave_output (self, error, NULL, 0, dailies_worker_fetch);
      break;
    case DAILIES_ERROR_TOKEN:
    case DAILIES_ERROR_BALANCE:
    case DAILIES_ERROR_RATE:
    case DAILIES_ERROR_SERVER:
    case DAILIES_ERROR_NETWORK:
    case DAILIES_ERROR_UNKNOWN_OUTCOME:
    case DAILIES_ERROR_FAILED:
    case DAILIES_ERROR_KEYRING:
    case DAILIES_ERROR_PRACTICE:
    default:
      /* A server out of reach is waited for as long as it takes; one that sends the same again and again is not. */
      if (dailies_download_get_reached (self->download) && !dailies_download_get_advanced (self->download))
        {
          fetch_fruitless (self, error);
          break;
        }
      output->n_fruitless = 0;
      leave_in_the_middle (self, error);
      break;
    }
}

/* --- one output --- */

static void
landed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DailiesWorker)  self = user_data;
  g_autoptr(GError)         error = NULL;
  DailiesCutRow            *cut = dailies_shelf_finish (result, &error);

  self->fetching = FALSE;
  if (!dailies_worker_goes_on (self, error))
    {
      /* It lies on the shelf under its name: the next start finds it there. */
      g_clear_pointer (&cut, dailies_cut_row_free);
      return;
    }

  if (cut != NULL)
    keep_cut (self, cut);
  else
    fetch_failed (self, error);
}

static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  gboolean                 whole = dailies_download_run_finish (DAILIES_DOWNLOAD (object), result, &error);

  self->fetching = FALSE;
  if (!dailies_worker_goes_on (self, error))
    return;
  if (!whole)
    {
      fetch_failed (self, error);
      return;
    }

  self->fetching = TRUE;
  dailies_shelf_land_async (get_directory (self), dailies_job_peek_row (self->job), self->output, self->cancellable, landed_cb,
                            g_object_ref (self));
}

static void
download (DailiesWorker *self)
{
  const DailiesJobRow *row = dailies_job_peek_row (self->job);

  if (self->download == NULL)
    {
      g_autoptr(GFile) part = dailies_shelf_get_part (get_directory (self), row, self->output);

      self->download = dailies_download_new (self->tools.transport, part);
      g_signal_connect_object (self->download, "notify", G_CALLBACK (fetched_cb), self, 0);
    }

  self->fetching = TRUE;
  dailies_download_run_async (self->download, row->urls[self->output], self->cancellable, downloaded_cb, g_object_ref (self));
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DailiesWorker)  self = user_data;
  g_autoptr(GError)         error = NULL;
  DailiesCutRow            *cut = dailies_shelf_finish (result, &error);

  self->fetching = FALSE;
  if (!dailies_worker_goes_on (self, error))
    {
      g_clear_pointer (&cut, dailies_cut_row_free);
      return;
    }

  if (cut != NULL)
    keep_cut (self, cut);
  else
    download (self);
}

static void
fetch_output (DailiesWorker *self)
{
  self->fetching = TRUE;
  dailies_shelf_find_async (get_directory (self), dailies_job_peek_row (self->job), self->output, self->cancellable, found_cb,
                            g_object_ref (self));
}

/* --- what was a cut before --- */

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  g_autoptr(GArray)        kept = dailies_journal_read_kept_finish (DAILIES_JOURNAL (object), result, &error);

  self->fetching = FALSE;
  if (!dailies_worker_goes_on (self, error))
    return;
  if (kept == NULL)
    {
      dailies_worker_wait (self, error, NULL, 0, dailies_worker_fetch);
      return;
    }

  self->kept = g_steal_pointer (&kept);
  dailies_worker_fetch (self);
}

static void
ask_what_is_kept (DailiesWorker *self)
{
  self->fetching = TRUE;
  dailies_journal_read_kept_async (self->tools.journal, dailies_job_get_id (self->job), kept_cb, g_object_ref (self));
}

/* The service has the last word on how many clips there are; what has come is kept. What the artist has taken off the strip
 * does not come back, although its file is not on the shelf any more. */
static void
set_n_outputs (DailiesWorker *self,
               guint          n)
{
  if (self->outputs == NULL)
    {
      self->outputs = g_array_new (FALSE, TRUE, sizeof (DailiesWorkerOutput));
      self->cuts = g_ptr_array_new_with_free_func (dailies_cut_row_free);
    }
  g_array_set_size (self->outputs, n);

  for (guint i = 0; i < self->kept->len; i++)
    {
      const DailiesJournalCut *cut = &g_array_index (self->kept, DailiesJournalCut, i);

      if (cut->set_aside && cut->output < n)
        get_output (self, cut->output)->settled = TRUE;
    }
}

void
dailies_worker_fetch (DailiesWorker *self)
{
  char  **urls = dailies_job_peek_row (self->job)->urls;
  guint   next;

  if (self->fetching || !dailies_worker_goes_on (self, NULL))
    return;

  if (self->kept == NULL)
    {
      ask_what_is_kept (self);
      return;
    }
  if (urls == NULL)
    {
      dailies_worker_poll (self);
      return;
    }

  set_n_outputs (self, g_strv_length (urls));
  next = find_unsettled (self, 0);
  if (next < self->outputs->len)
    move_to (self, next);
  else
    finish_fetch (self);
}
