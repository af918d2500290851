/* dailies-queue-submit.c: from a request to jobs on disk
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
#include "dailies-shot.h"

gboolean
dailies_queue_check_open (DailiesQueue *self,
                          GTask        *task)
{
  if (!dailies_queue_is_stopping (self))
    return TRUE;

  g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID, _("This window is closing and takes no more jobs."));
  return FALSE;
}

/* A new life for the same request. */
DailiesJobRow *
dailies_queue_copy_fresh (const DailiesJobRow *old,
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

struct _DailiesOrder
{
  DailiesJobRow *pattern;
};

DailiesOrder *
dailies_queue_take_order (DailiesQueue    *self,
                          DailiesRequest  *request,
                          const char      *service_id,
                          GError         **error)
{
  DailiesOrder *order;

  g_return_val_if_fail (DAILIES_IS_QUEUE (self), NULL);
  g_return_val_if_fail (DAILIES_IS_REQUEST (request), NULL);
  g_return_val_if_fail (service_id != NULL, NULL);

  if (!check_request (request, service_id, error))
    return NULL;

  order = g_new0 (DailiesOrder, 1);
  order->pattern = make_row (self, request, service_id);
  return order;
}

void
dailies_order_free (DailiesOrder *order)
{
  g_clear_pointer (&order->pattern, dailies_job_row_free);
  g_free (order);
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
      DailiesJobRow *row = dailies_queue_copy_fresh (submit->pattern, submit->pattern->owner, now + i);

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

static GTask *
submit_task_new (DailiesQueue        *self,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, submit_task_new);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

void
dailies_queue_place_async (DailiesQueue        *self,
                           DailiesOrder        *order,
                           DailiesShot         *shot,
                           guint                count,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(DailiesOrder)  taken = order;
  GTask                   *task;
  Submit                  *submit;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (order != NULL);
  g_return_if_fail (shot == NULL || DAILIES_IS_SHOT (shot));
  g_return_if_fail (count > 0);

  task = submit_task_new (self, cancellable, callback, user_data);
  if (!dailies_queue_check_open (self, task))
    {
      g_object_unref (task);
      return;
    }

  submit = g_new0 (Submit, 1);
  submit->count = count;
  submit->pattern = g_steal_pointer (&taken->pattern);
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
  DailiesOrder *order;
  GError       *error = NULL;

  g_return_if_fail (DAILIES_IS_QUEUE (self));

  order = dailies_queue_take_order (self, request, service_id, &error);
  if (order != NULL)
    {
      dailies_queue_place_async (self, order, shot, count, cancellable, callback, user_data);
    }
  else
    {
      g_autoptr(GTask) task = submit_task_new (self, cancellable, callback, user_data);

      if (dailies_queue_check_open (self, task))
        g_task_return_error (task, error);
      else
        g_error_free (error);
    }
}

GPtrArray *
dailies_queue_submit_finish (DailiesQueue  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
