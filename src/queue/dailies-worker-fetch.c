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
  g_clear_pointer (&self->cuts, g_ptr_array_unref);
  g_clear_error (&self->fault);
  self->output = 0;
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

/* --- the end --- */

static void
finish_fetch (DailiesWorker *self)
{
  DailiesJobRow        *row;
  g_autoptr(GPtrArray)  cuts = g_steal_pointer (&self->cuts);
  guint                 n_lost = g_strv_length (dailies_job_peek_row (self->job)->urls) - cuts->len;

  if (cuts->len == 0)
    {
      g_autoptr(GError) fault = g_steal_pointer (&self->fault);

      dailies_worker_end_failed (self, fault);
      return;
    }

  row = dailies_worker_copy_row (self);
  dailies_job_row_set_error (row, NULL);
  if (n_lost > 0)
    {
      g_autofree char *message = g_strdup_printf (ngettext ("%u more clip could not be kept: %s", "%u more clips could not be kept: %s", n_lost),
                                                  n_lost, self->fault->message);

      dailies_job_row_set_message (row, message);
    }
  for (guint i = 0; i < cuts->len; i++)
    ((DailiesCutRow *) g_ptr_array_index (cuts, i))->cost_usd = row->cost_usd / cuts->len;
  dailies_job_row_end (row, DAILIES_JOB_DONE);
  dailies_worker_write (self, row, g_steal_pointer (&cuts), NULL);
}

static void
next_output (DailiesWorker *self)
{
  g_clear_object (&self->download);
  self->n_fruitless = 0;
  self->n_expired = 0;
  self->n_bad = 0;
  self->led_astray = 0;
  self->trouble = 0;
  self->output++;
  fetch_output (self);
}

static void
keep_cut (DailiesWorker *self,
          DailiesCutRow *cut)
{
  g_ptr_array_add (self->cuts, cut);
  next_output (self);
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
  next_output (self);
}

/* --- when it does not work --- */

static void
fetch_fruitless (DailiesWorker *self,
                 const GError  *error)
{
  g_autoptr(GError) told = NULL;

  if (++self->n_fruitless < PATIENCE)
    {
      dailies_worker_wait (self, error, NULL, dailies_worker_get_pause (error), dailies_worker_fetch);
      return;
    }

  told = dailies_error_new_with_words (DAILIES_ERROR_MEDIA, dailies_error_get_words (error), 0,
                                       ngettext ("The clip could not be fetched whole in %u attempt. %s",
                                                 "The clip could not be fetched whole in %u attempts. %s", self->n_fruitless),
                                       self->n_fruitless, error->message);
  lose_output (self, told);
}

/* Addresses expire; the service gives a new one for as long as it knows the job. */
static void
ask_for_address (DailiesWorker *self,
                 const GError  *error)
{
  /* A look at the service that goes well ends its own trouble, not that of the clip. */
  if (self->led_astray == 0)
    self->led_astray = g_get_real_time ();
  dailies_worker_wait (self, error, dailies_job_get_service_id (self->job),
                       dailies_scheduler_get_delay (self->tools.scheduler, self->led_astray), dailies_worker_poll);
}

static void
fetch_failed (DailiesWorker *self,
              const GError  *error)
{
  if (self->download != NULL && dailies_download_get_advanced (self->download))
    self->trouble = 0;

  switch ((DailiesError) error->code)
    {
    case DAILIES_ERROR_INVALID:
      lose_output (self, error);
      break;
    case DAILIES_ERROR_MEDIA:
      if (++self->n_bad >= PATIENCE_BAD)
        lose_output (self, error);
      else
        ask_for_address (self, error);
      break;
    case DAILIES_ERROR_NOT_FOUND:
    case DAILIES_ERROR_PROTOCOL:
      if (++self->n_expired >= PATIENCE_EXPIRED)
        lose_output (self, error);
      else
        ask_for_address (self, error);
      break;
    case DAILIES_ERROR_DISK:
      dailies_worker_wait (self, error, NULL, 0, dailies_worker_fetch);
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
      self->n_fruitless = 0;
      dailies_worker_wait (self, error, NULL, dailies_worker_get_pause (error), dailies_worker_fetch);
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
  const DailiesJobRow *row = dailies_job_peek_row (self->job);

  if (row->urls[self->output] == NULL)
    {
      finish_fetch (self);
      return;
    }

  self->fetching = TRUE;
  dailies_shelf_find_async (get_directory (self), row, self->output, self->cancellable, found_cb, g_object_ref (self));
}

void
dailies_worker_fetch (DailiesWorker *self)
{
  if (self->fetching || !dailies_worker_goes_on (self, NULL))
    return;

  /* A service that names fewer clips than before has the last word on how many there are. */
  if (dailies_job_peek_row (self->job)->urls == NULL)
    {
      dailies_worker_poll (self);
      return;
    }
  if (self->cuts == NULL || self->output > g_strv_length (dailies_job_peek_row (self->job)->urls))
    {
      dailies_worker_drop_fetch (self);
      self->cuts = g_ptr_array_new_with_free_func (dailies_cut_row_free);
    }

  fetch_output (self);
}
