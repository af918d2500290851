/* dailies-worker-send.c: from a draft to a remote id: preparing and submitting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-worker-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-placement.h"
#include "dailies-request.h"

/* Where a service asks to slow down without saying for how long: so long at first, twice as long every further time. */
#define SLOW_DOWN_SECONDS 5
#define SLOW_DOWN_MOST_SECONDS 60
/* Polls cost nothing, and jobs that are paid for must not be lost sight of because of one that is not sent yet. */
#define HOLD_POLLS_SECONDS 30
/* Files and their addresses are as they were for so long; after a longer pause the request is made anew. */
#define KEEP_REQUEST_SECONDS 60
#define LONGEST_HOLD ((gint64) 24 * 3600 * G_USEC_PER_SEC)

static void place_files (DailiesWorker *self);

void
dailies_worker_drop_request (DailiesWorker *self)
{
  if (self->request != NULL)
    g_clear_signal_handler (&self->changed_id, self->request);
  g_clear_object (&self->request);
  g_clear_object (&self->placement);
  g_clear_pointer (&self->input, json_node_unref);
  g_clear_pointer (&self->beside, json_node_unref);
}

/* Whatever goes wrong before the POST leaves costs nothing, and the artist is told so. */
static void
fail_unsent (DailiesWorker *self,
             const GError  *error)
{
  g_autoptr(GError) told = NULL;

  if (error->domain == DAILIES_ERROR)
    told = dailies_error_new_with_words (error->code, dailies_error_get_words (error), 0,
                                         /* Translators: %s is a whole sentence that says what went wrong */
                                         _("%s Nothing was sent or charged."), error->message);
  else
    told = dailies_error_new_with_words (DAILIES_ERROR_INVALID, NULL, 0, _("The request cannot be sent: %s. Nothing was sent or charged."),
                                         error->message);
  dailies_worker_drop_request (self);
  dailies_worker_end (self, DAILIES_JOB_FAILED, told);
}

/* --- submitting --- */

void
dailies_worker_end_unknown (DailiesWorker *self,
                            const GError  *error)
{
  g_autoptr(GError) told = NULL;

  told = dailies_error_new_with_words (DAILIES_ERROR_UNKNOWN_OUTCOME, error != NULL ? dailies_error_get_words (error) : NULL, 0,
                                       /* Translators: %s is a whole sentence that says what went wrong */
                                       _("%s It is not sent again by itself: look it up at the service, submit it again (which may be "
                                         "paid twice), or forget it."),
                                       error != NULL ? error->message
                                                     : _("The program ended while the request was being sent: it may have been accepted and charged."));
  dailies_worker_end (self, DAILIES_JOB_UNKNOWN, told);
}

static void
accepted (DailiesWorker *self)
{
  self->posting = FALSE;
  if (!dailies_worker_goes_on (self, NULL))
    return;

  dailies_worker_drop_request (self);
  if (self->wish)
    dailies_worker_ask_cancel (self);
  else
    dailies_worker_poll_later (self);
}

static void commit_submitting (DailiesWorker *self);

/* The POSTs to one service; its polls have a lane of their own. Returns: (transfer none) */
static const char *
get_post_lane (DailiesWorker *self)
{
  g_autofree char *lane = g_strconcat ("post ", dailies_job_get_service_id (self->job), NULL);

  return g_intern_string (lane);
}

/* Milliseconds before which the request must not leave: what the service asked for outlives the process that heard it. */
static guint
get_hold (DailiesWorker *self)
{
  gint64 left = dailies_job_get_held_until (self->job) - g_get_real_time ();
  guint  own = CLAMP (left, 0, LONGEST_HOLD) / 1000;

  return MAX (own, dailies_scheduler_get_hold (self->tools.scheduler, get_post_lane (self)));
}

static char *
dup_slow_down_message (guint seconds)
{
  g_autoptr(GDateTime)  now = g_date_time_new_now_local ();
  g_autoptr(GDateTime)  then = g_date_time_add_seconds (now, seconds);
  gboolean              today = g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (then);
  g_autofree char      *moment = NULL;

  if (seconds < 120)
    return g_strdup_printf (ngettext ("The service asks to slow down. Nothing was charged; the request is sent again by itself in %u second.",
                                      "The service asks to slow down. Nothing was charged; the request is sent again by itself in %u seconds.",
                                      seconds), seconds);

  /* Translators: a time of the day, and a day with a time */
  moment = g_date_time_format (then, today ? _("%H:%M") : _("%x %H:%M"));
  return g_strdup_printf (_("The service asks to slow down. Nothing was charged; the request is sent again by itself at %s, or "
                            "when Dailies runs again after that."), moment);
}

/* FALSE where it may leave now; else @step follows when it may. */
static gboolean
wait_out_hold (DailiesWorker     *self,
               DailiesWorkerStep  step)
{
  guint hold = get_hold (self);

  if (hold == 0)
    return FALSE;

  /* Somebody else's request was asked to wait: so does this one, and says so. */
  if (!dailies_job_peek_row (self->job)->waiting)
    {
      DailiesJobRow   *row = dailies_worker_copy_row (self);
      g_autofree char *message = dup_slow_down_message ((hold + 999) / 1000);

      dailies_job_row_set_message (row, message);
      row->error_code = DAILIES_ERROR_RATE;
      row->held_until = g_get_real_time () + (gint64) hold * 1000;
      row->waiting = TRUE;
      dailies_worker_note (self, row);
    }
  dailies_worker_later (self, NULL, hold, step);
  return TRUE;
}

static void
slowed_down (DailiesWorker *self)
{
  gboolean fresh;

  self->posting = FALSE;
  if (!dailies_worker_goes_on (self, NULL))
    return;
  if (self->wish)
    {
      dailies_worker_wish (self);
      return;
    }

  fresh = get_hold (self) <= KEEP_REQUEST_SECONDS * 1000;
  if (!fresh)
    dailies_worker_drop_request (self);
  dailies_worker_later (self, NULL, 0, fresh ? commit_submitting : dailies_worker_prepare);
}

/* A 429 proves that nothing was accepted: the one answer after which it is sent again without asking. */
static void
slow_down (DailiesWorker *self,
           const GError  *error)
{
  DailiesJobRow     *row = dailies_worker_copy_row (self);
  guint              seconds = dailies_error_get_retry_after (error);
  g_autofree char   *message = NULL;

  if (seconds == 0)
    seconds = MIN (SLOW_DOWN_SECONDS << MIN (row->n_held, 8), SLOW_DOWN_MOST_SECONDS);
  dailies_scheduler_hold (self->tools.scheduler, get_post_lane (self), seconds * 1000);
  dailies_scheduler_hold (self->tools.scheduler, dailies_job_get_service_id (self->job),
                          MIN (seconds, HOLD_POLLS_SECONDS) * 1000);

  message = dup_slow_down_message (seconds);
  dailies_job_row_set_error (row, error);
  dailies_job_row_set_message (row, message);
  row->held_until = g_get_real_time () + (gint64) seconds * G_USEC_PER_SEC;
  row->n_held++;
  row->state = DAILIES_JOB_PREPARING;
  row->waiting = TRUE;
  row->submitted = 0;
  dailies_worker_write (self, row, NULL, slowed_down);
}

static void
submit_failed (DailiesWorker *self,
               const GError  *error)
{
  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_RATE))
    {
      slow_down (self, error);
      return;
    }

  self->posting = FALSE;
  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_NETWORK))
    fail_unsent (self, error);
  else if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID)
           || g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN)
           || g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_BALANCE)
           || g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND))
    dailies_worker_end (self, DAILIES_JOB_REFUSED, error);
  else
    dailies_worker_end_unknown (self, error); /* whatever is not proof is doubt */
}

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DailiesWorker)  self = user_data;
  g_autoptr(GError)         error = NULL;
  g_autofree char          *remote_id = dailies_service_submit_finish (DAILIES_SERVICE (object), result, &error);
  DailiesJobRow            *row;

  if (remote_id == NULL)
    {
      submit_failed (self, error);
      return;
    }

  row = dailies_worker_copy_row (self);
  row->remote_id = g_steal_pointer (&remote_id);
  row->state = DAILIES_JOB_QUEUED;
  row->held_until = 0;
  row->n_held = 0;
  row->waiting = FALSE;
  dailies_job_row_set_error (row, NULL);
  dailies_worker_write (self, row, NULL, accepted);
}

static void
back_to_preparing (DailiesWorker *self)
{
  self->posting = FALSE;
  dailies_worker_finish (self);
}

/* It is on disk that the POST may have left. Now it leaves; from here on only its answer says what became of it. */
static void
post (DailiesWorker *self)
{
  DailiesJobRow *row;

  if (self->wish || self->stopping)
    {
      row = dailies_worker_copy_row (self);
      row->submitted = 0;
      if (self->stopping)
        row->state = DAILIES_JOB_PREPARING;
      else
        dailies_job_row_end (row, DAILIES_JOB_CANCELLED);
      self->posting = self->stopping;
      dailies_worker_write (self, row, NULL, back_to_preparing);
      return;
    }

  dailies_service_submit_async (self->service, dailies_request_get_definition (self->request), self->input, self->beside, NULL,
                                submitted_cb, g_object_ref (self));
}

static void
commit_submitting (DailiesWorker *self)
{
  DailiesJobRow *row;

  if (!dailies_worker_goes_on (self, NULL))
    return;
  /* A new token took the service away while the files were placed or the job waited. */
  if (self->service == NULL)
    {
      dailies_worker_prepare (self);
      return;
    }
  if (wait_out_hold (self, commit_submitting))
    return;

  row = dailies_worker_copy_row (self);
  row->state = DAILIES_JOB_SUBMITTING;
  row->waiting = FALSE;
  row->submitted = g_get_real_time ();
  dailies_job_row_set_error (row, NULL);
  self->posting = TRUE;
  dailies_worker_write (self, row, NULL, post);
}

/* --- preparing --- */

static void
placed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DailiesWorker) self = user_data;
  g_autoptr(GError)        error = NULL;
  g_autoptr(GHashTable)    urls = dailies_placement_place_finish (DAILIES_PLACEMENT (object), result, &error);

  if (!dailies_worker_goes_on (self, error))
    return;
  if (urls != NULL)
    self->input = dailies_request_build (self->request, urls, &self->beside, &error);
  if (self->input == NULL)
    {
      fail_unsent (self, error);
      return;
    }

  commit_submitting (self);
}

static void
got_service_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DailiesWorker)  self = user_data;
  g_autoptr(GError)         error = NULL;
  g_autoptr(DailiesService) service = dailies_services_get_finish (DAILIES_SERVICES (object), result, &error);

  if (!dailies_worker_goes_on (self, error))
    return;
  if (service == NULL)
    {
      fail_unsent (self, error);
      return;
    }

  g_set_object (&self->service, service);
  place_files (self);
}

static void
place_files (DailiesWorker *self)
{
  g_autoptr(GPtrArray) hosts = dailies_service_dup_hosts (self->service);
  g_autoptr(GError)    error = NULL;

  self->placement = dailies_placement_new (self->request, hosts, dailies_service_get_max_body (self->service));
  if (!dailies_placement_check (self->placement, &error))
    {
      fail_unsent (self, error);
      return;
    }

  dailies_placement_place_async (self->placement, self->cancellable, placed_cb, g_object_ref (self));
}

/* What Generate saw of this file, as JSON. Returns: (transfer none) (nullable) */
static const char *
find_key (JsonArray    *seen,
          DailiesAsset *asset)
{
  for (guint i = 0; i < json_array_get_length (seen); i++)
    {
      JsonObject *object = json_array_get_object_element (seen, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (object, "uri", NULL), dailies_asset_get_uri (asset)) == 0)
        return json_object_get_string_member_with_default (object, "key", NULL);
    }

  return NULL;
}

static gboolean
check_asset (JsonArray     *seen,
             DailiesAsset  *asset,
             GError       **error)
{
  const char   *key = find_key (seen, asset);
  const GError *fault = dailies_asset_get_error (asset);

  if (fault != NULL)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("“%s” cannot be used any more: %s"), dailies_asset_get_name (asset),
                 fault->message);
  else if (key != NULL && g_strcmp0 (key, dailies_asset_get_key (asset)) != 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _("“%s” has changed since Generate was pressed. Press Generate again to send it as it is now."),
                 dailies_asset_get_name (asset));

  return *error == NULL;
}

static gboolean
check_assets (DailiesWorker  *self,
              GPtrArray      *assets,
              GError        **error)
{
  g_autoptr(JsonNode) node = json_from_string (dailies_job_peek_row (self->job)->assets, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;
  for (guint i = 0; i < assets->len; i++)
    {
      if (!check_asset (json_node_get_array (node), g_ptr_array_index (assets, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Called for every change of the request until all its files have been read, then once for good. */
static void
look_at_files (DailiesWorker *self)
{
  g_autoptr(GPtrArray) assets = dailies_request_dup_all_assets (self->request);
  g_autoptr(GError)    error = NULL;

  if (!dailies_worker_goes_on (self, NULL))
    return;

  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (assets, i);

      if (dailies_asset_get_state (asset) == DAILIES_ASSET_NEW)
        dailies_asset_load_async (asset, self->cancellable, NULL, NULL);
      if (dailies_asset_get_state (asset) == DAILIES_ASSET_NEW || dailies_asset_get_state (asset) == DAILIES_ASSET_LOADING)
        return;
    }

  /* Loading tells of itself at once: the last look may have been taken inside this one. */
  if (self->changed_id == 0)
    return;
  g_clear_signal_handler (&self->changed_id, self->request);
  if (!check_assets (self, assets, &error))
    {
      fail_unsent (self, error);
      return;
    }

  dailies_services_get_async (self->tools.services, dailies_job_get_service_id (self->job),
                              dailies_job_peek_row (self->job)->protocol, self->cancellable, got_service_cb,
                              g_object_ref (self));
}

void
dailies_worker_prepare (DailiesWorker *self)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError)   error = NULL;

  if (!dailies_worker_goes_on (self, NULL) || wait_out_hold (self, dailies_worker_prepare))
    return;

  dailies_worker_drop_request (self);
  node = json_from_string (dailies_job_get_request_json (self->job), &error);
  if (node != NULL)
    self->request = dailies_request_new_from_json (node, self->tools.catalogue, &error);
  if (self->request == NULL)
    {
      fail_unsent (self, error);
      return;
    }

  self->changed_id = g_signal_connect_swapped (self->request, "changed", G_CALLBACK (look_at_files), self);
  look_at_files (self);
}
