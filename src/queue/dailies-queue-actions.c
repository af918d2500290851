/* dailies-queue-actions.c: what an artist does with a job: submit, cancel, look up, submit again, forget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-queue-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-library.h"
#include "dailies-problem.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-shot.h"

/* The states in which nothing goes on and nothing was made. */
#define UNDONE "'unknown','failed','refused','cancelled'"
#define ENDED UNDONE ",'done'"

static gboolean
check_open (DailiesQueue *self,
            GTask        *task)
{
  if (!dailies_queue_is_stopping (self))
    return TRUE;

  g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("This window is closing and takes no more jobs."));
  return FALSE;
}

/* --- submitting --- */

static char *
describe_assets (DailiesRequest *request)
{
  g_autoptr(GPtrArray)   assets = dailies_request_dup_all_assets (request);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode)    node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (assets, i);

      /* What has no file of its own cannot change behind our back. */
      if (dailies_asset_get_file (asset) == NULL)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "uri");
      json_builder_add_string_value (builder, dailies_asset_get_uri (asset));
      json_builder_set_member_name (builder, "key");
      json_builder_add_string_value (builder, dailies_asset_get_key (asset));
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, dailies_asset_get_name (asset));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return json_to_string (node, FALSE);
}

static DailiesJobRow *
make_row (DailiesQueue   *self,
          DailiesRequest *request,
          const char     *service_id)
{
  DailiesDefinition   *definition = dailies_request_get_definition (request);
  DailiesJobRow       *row = dailies_job_row_new ();
  g_autoptr(JsonNode)  node = dailies_request_to_json (request);
  g_autofree char     *text = json_to_string (node, FALSE);
  g_autofree char     *assets = describe_assets (request);

  row->service = g_strdup (service_id);
  row->protocol = g_strdup (dailies_definition_get_service (definition));
  row->model = g_strdup (dailies_definition_get_id (definition));
  row->prompt = g_ref_string_new (dailies_request_get_prompt (request));
  row->request = g_ref_string_new (text);
  row->assets = g_ref_string_new (assets);
  row->state = DAILIES_JOB_PREPARING;
  row->owner = g_strdup (dailies_journal_get_owner (dailies_queue_get_tools (self)->journal));

  return row;
}

/* A new life for the same request. */
static DailiesJobRow *
copy_fresh (const DailiesJobRow *old,
            const char          *owner,
            gint64               created)
{
  DailiesJobRow *row = dailies_job_row_new ();

  row->id = g_uuid_string_random ();
  row->shot_id = old->shot_id;
  row->service = g_strdup (old->service);
  row->protocol = g_strdup (old->protocol);
  row->model = g_strdup (old->model);
  row->prompt = g_ref_string_acquire (old->prompt);
  row->request = g_ref_string_acquire (old->request);
  row->assets = g_ref_string_acquire (old->assets);
  row->state = DAILIES_JOB_PREPARING;
  row->owner = g_strdup (owner);
  row->created = created;

  return row;
}

static gboolean
check_request (DailiesRequest  *request,
               const char      *service_id,
               GError         **error)
{
  const char *protocol = dailies_definition_get_service (dailies_request_get_definition (request));
  GListModel *problems = dailies_request_get_problems (request);

  if (g_strcmp0 (service_id, "practice") != 0 && g_strcmp0 (service_id, protocol) != 0)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("The model “%s” is one of %s and cannot be sent to %s."),
                   dailies_definition_get_title (dailies_request_get_definition (request)), protocol, service_id);
      return FALSE;
    }
  if (dailies_request_is_sendable (request))
    return TRUE;

  if (g_list_model_get_n_items (problems) > 0)
    {
      g_autoptr(DailiesProblem) problem = g_list_model_get_item (problems, 0);

      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, dailies_problem_get_message (problem));
    }
  else
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("The request is not complete yet."));

  return FALSE;
}

typedef struct
{
  DailiesJobRow *pattern;
  GPtrArray     *rows;
  guint          count;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *submit = data;

  dailies_job_row_free (submit->pattern);
  g_clear_pointer (&submit->rows, g_ptr_array_unref);
  g_free (submit);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask)  task = user_data;
  DailiesQueue     *self = g_task_get_source_object (task);
  Submit           *submit = g_task_get_task_data (task);
  GError           *error = NULL;
  GPtrArray        *jobs;

  if (!dailies_journal_write_finish (DAILIES_JOURNAL (object), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < submit->rows->len; i++)
    g_ptr_array_add (jobs, g_object_ref (dailies_queue_adopt (self, dailies_job_row_copy (g_ptr_array_index (submit->rows, i)))));
  g_task_return_pointer (task, jobs, (GDestroyNotify) g_ptr_array_unref);
}

static void
add_jobs (GTask *task)
{
  const DailiesTools  *tools = dailies_queue_get_tools (g_task_get_source_object (task));
  Submit              *submit = g_task_get_task_data (task);
  DailiesJournalEntry *entry = dailies_journal_entry_new ();
  gint64               now = g_get_real_time ();

  submit->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
  entry->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
  for (guint i = 0; i < submit->count; i++)
    {
      DailiesJobRow *row = copy_fresh (submit->pattern, submit->pattern->owner, now + i);

      g_ptr_array_add (submit->rows, row);
      g_ptr_array_add (entry->fresh, dailies_job_row_copy (row));
    }
  dailies_journal_write_async (tools->journal, entry, added_cb, task);
}

static void
shot_added_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask                  *task = user_data;
  Submit                 *submit = g_task_get_task_data (task);
  GError                 *error = NULL;
  g_autoptr(DailiesShot)  shot = dailies_library_add_shot_finish (DAILIES_LIBRARY (object), result, &error);

  if (shot == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  dailies_library_set_draft (DAILIES_LIBRARY (object), shot, submit->pattern->request, submit->pattern->prompt);
  submit->pattern->shot_id = dailies_shot_get_id (shot);
  add_jobs (task);
}

void
dailies_queue_submit_async (DailiesQueue        *self,
                            DailiesRequest      *request,
                            const char          *service_id,
                            DailiesShot         *shot,
                            guint                count,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask  *task;
  Submit *submit;
  GError *error = NULL;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_REQUEST (request));
  g_return_if_fail (service_id != NULL);
  g_return_if_fail (shot == NULL || DAILIES_IS_SHOT (shot));
  g_return_if_fail (count > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_submit_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!check_open (self, task))
    {
      g_object_unref (task);
      return;
    }
  if (!check_request (request, service_id, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  submit = g_new0 (Submit, 1);
  submit->count = count;
  submit->pattern = make_row (self, request, service_id);
  g_task_set_task_data (task, submit, submit_free);
  if (shot != NULL)
    {
      submit->pattern->shot_id = dailies_shot_get_id (shot);
      add_jobs (task);
    }
  else
    dailies_library_add_shot_async (dailies_queue_get_tools (self)->library, NULL, submit->pattern->request, cancellable,
                                    shot_added_cb, task);
}

GPtrArray *
dailies_queue_submit_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

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
    dailies_worker_cancel_async (worker, worker_cancelled_cb, task);
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
    dailies_worker_cancel_async (worker, worker_cancelled_cb, task);
  else if (check_open (self, task))
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

/* @was: the states in which this makes sense. @row, @fresh: (transfer full) */
static void
act (DailiesQueue        *self,
     DailiesJob          *job,
     const char          *was,
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
  if (!check_open (self, task))
    {
      g_object_unref (task);
      return;
    }

  entry = dailies_journal_entry_new ();
  entry->row = dailies_job_row_copy (row);
  entry->was = was;
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
  DailiesJobRow   *row;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));
  g_return_if_fail (remote_id != NULL);

  plain = g_strstrip (g_strdup (remote_id));
  if (!dailies_remote_id_is_valid (plain))
    {
      g_task_report_new_error (self, callback, user_data, act, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("“%.128s” is not an id of a job. An id has 1 to 128 letters, figures, “-” and “_”; copy it from the service's page of requests."),
                               plain);
      return;
    }

  row = dailies_job_row_copy (dailies_job_peek_row (job));
  row->state = DAILIES_JOB_QUEUED;
  row->ended = 0;
  row->waiting = FALSE;
  g_clear_pointer (&row->urls, g_strfreev);
  dailies_job_row_set_error (row, NULL);
  g_free (row->remote_id);
  row->remote_id = g_steal_pointer (&plain);
  row->owner = g_strdup (dailies_journal_get_owner (dailies_queue_get_tools (self)->journal));
  act (self, job, UNDONE, row, NULL, cancellable, callback, user_data);
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
  DailiesJobRow      *row;
  DailiesJobRow      *fresh;
  g_autofree char    *message = NULL;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));

  tools = dailies_queue_get_tools (self);
  row = dailies_job_row_copy (dailies_job_peek_row (job));
  fresh = copy_fresh (row, dailies_journal_get_owner (tools->journal), g_get_real_time ());
  message = g_strdup_printf (_("Submitted again as job %.8s."), fresh->id);
  if (row->state == DAILIES_JOB_UNKNOWN)
    dailies_job_row_end (row, DAILIES_JOB_FAILED);
  dailies_job_row_set_message (row, message);
  act (self, job, UNDONE, row, fresh, cancellable, callback, user_data);
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
  act (self, job, ENDED, row, NULL, cancellable, callback, user_data);
}

gboolean
dailies_queue_forget_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dailies_queue_look_up_finish (self, result, error);
}
