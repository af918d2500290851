/* dailies-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-queue-private.h"

#include <glib/gi18n-lib.h>

#include "dailies-catalogue.h"
#include "dailies-error.h"
#include "dailies-library.h"
#include "dailies-services.h"
#include "dailies-shot.h"
#include "dailies-store.h"
#include "dailies-transport.h"

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesQueue, dailies_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_N_RUNNING,
  N_PROPS
};

enum
{
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- counting --- */

static gboolean
is_running (DailiesJob *job)
{
  return !dailies_job_state_is_ended (dailies_job_get_state (job));
}

static void
count_running (DailiesQueue *self)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint                 n_running = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr(DailiesJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);
      gint64                shot_id = dailies_job_get_shot_id (job);
      guint                 n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &shot_id));

      n_running += is_running (job);
      g_hash_table_insert (counts, g_memdup2 (&shot_id, sizeof shot_id), GUINT_TO_POINTER (n + is_running (job)));
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tools.library)); i++)
    {
      g_autoptr(DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (self->tools.library), i);
      gint64                 id = dailies_shot_get_id (shot);

      dailies_shot_set_n_running (shot, GPOINTER_TO_UINT (g_hash_table_lookup (counts, &id)));
    }

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

/* --- cuts --- */

static void
pick_cuts_cb (DailiesQueue *self,
              guint         position,
              guint         removed,
              guint         added,
              GListModel   *cuts)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr(DailiesJob)  job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);
      DailiesShot           *shot = dailies_library_lookup_shot (self->tools.library, dailies_job_get_shot_id (job));

      if (shot != NULL && dailies_shot_get_cuts (shot) == cuts)
        dailies_job_pick_cuts (job, cuts);
    }
}

static void
follow_cuts (DailiesQueue *self,
             DailiesJob   *job)
{
  DailiesShot *shot = dailies_library_lookup_shot (self->tools.library, dailies_job_get_shot_id (job));
  GListModel  *cuts = shot != NULL ? dailies_shot_get_cuts (shot) : NULL;

  if (cuts == NULL || dailies_job_get_state (job) != DAILIES_JOB_DONE)
    return;

  dailies_job_pick_cuts (job, cuts);
  if (!g_hash_table_add (self->followed, g_object_ref (cuts)))
    return;

  g_signal_connect_object (cuts, "items-changed", G_CALLBACK (pick_cuts_cb), self, G_CONNECT_SWAPPED);
  dailies_library_load_cuts_async (self->tools.library, shot, NULL, NULL, NULL);
}

static void
state_cb (DailiesQueue *self,
          GParamSpec   *pspec,
          DailiesJob   *job)
{
  follow_cuts (self, job);
  count_running (self);
}

/* --- workers --- */

static void
left_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  dailies_journal_leave_finish (DAILIES_JOURNAL (object), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
check_stopped (DailiesQueue *self)
{
  if (self->stop != NULL && g_hash_table_size (self->workers) == 0)
    dailies_journal_leave_async (self->tools.journal, left_cb, g_steal_pointer (&self->stop));
}

/* Returns: (transfer full) (nullable): whose worker it is */
static DailiesJob *
find_job (DailiesQueue  *self,
          DailiesWorker *worker)
{
  GHashTableIter iter;
  gpointer       job;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->workers);
  while (g_hash_table_iter_next (&iter, &job, &value))
    {
      if (value == worker)
        return g_object_ref (job);
    }

  return NULL;
}

static void
worker_ended_cb (DailiesQueue  *self,
                 DailiesWorker *worker)
{
  g_autoptr(DailiesJob) job = find_job (self, worker);

  g_signal_emit (self, signals[ENDED], 0, job);
}

static void
worker_finished_cb (DailiesQueue  *self,
                    DailiesWorker *worker)
{
  g_autoptr(DailiesJob) job = find_job (self, worker);

  g_signal_handlers_disconnect_by_data (worker, self);
  g_hash_table_remove (self->workers, job);
  dailies_job_set_mine (job, FALSE);
  check_stopped (self);
}

static void
employ (DailiesQueue *self,
        DailiesJob   *job)
{
  const DailiesJobRow *row = dailies_job_peek_row (job);
  DailiesWorker       *worker;

  if (self->stopping || row->ended > 0 || g_hash_table_contains (self->workers, job)
      || g_strcmp0 (row->owner, dailies_journal_get_owner (self->tools.journal)) != 0)
    return;

  worker = dailies_worker_new (&self->tools, job);
  g_hash_table_insert (self->workers, g_object_ref (job), worker);
  g_signal_connect_object (worker, "ended", G_CALLBACK (worker_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (worker, "finished", G_CALLBACK (worker_finished_cb), self, G_CONNECT_SWAPPED);
  dailies_job_set_mine (job, TRUE);
  dailies_worker_start (worker);
}

DailiesWorker *
dailies_queue_get_worker (DailiesQueue *self,
                          DailiesJob   *job)
{
  return g_hash_table_lookup (self->workers, job);
}

/* --- the list --- */

static int
compare_jobs (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const DailiesJobRow *one = dailies_job_peek_row ((DailiesJob *) a);
  const DailiesJobRow *two = dailies_job_peek_row ((DailiesJob *) b);

  if (one->created != two->created)
    return one->created < two->created ? -1 : 1;

  return strcmp (one->id, two->id);
}

DailiesJob *
dailies_queue_adopt (DailiesQueue  *self,
                     DailiesJobRow *row)
{
  DailiesJob            *job = g_hash_table_lookup (self->by_id, row->id);
  g_autoptr(DailiesJob)  fresh = NULL;

  if (job != NULL)
    {
      /* Where somebody here works on it, he knows better than what was read a moment ago. */
      if (g_hash_table_contains (self->workers, job))
        dailies_job_row_free (row);
      else
        dailies_job_take_row (job, row);
      employ (self, job);
      return job;
    }

  job = fresh = dailies_job_new (row);
  g_hash_table_insert (self->by_id, g_strdup (dailies_job_get_id (job)), job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_list_store_insert_sorted (self->jobs, job, compare_jobs, NULL);
  state_cb (self, NULL, job);
  employ (self, job);

  return job;
}

void
dailies_queue_drop (DailiesQueue *self,
                    DailiesJob   *job)
{
  guint position;

  if (!g_list_store_find (self->jobs, job, &position))
    return;

  g_signal_handlers_disconnect_by_data (job, self);
  g_hash_table_remove (self->by_id, dailies_job_get_id (job));
  g_list_store_remove (self->jobs, position);
  count_running (self);
}

/* --- the object --- */

static void
items_changed_cb (DailiesQueue *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
dailies_queue_get_item_type (GListModel *model)
{
  return DAILIES_TYPE_JOB;
}

static guint
dailies_queue_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DAILIES_QUEUE (model)->jobs));
}

static gpointer
dailies_queue_get_item (GListModel *model,
                        guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DAILIES_QUEUE (model)->jobs), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dailies_queue_get_item_type;
  iface->get_n_items = dailies_queue_get_n_items;
  iface->get_item = dailies_queue_get_item;
}

static void
dailies_queue_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DailiesQueue *self = DAILIES_QUEUE (object);

  switch (prop_id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_queue_finalize (GObject *object)
{
  DailiesQueue *self = DAILIES_QUEUE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->workers, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->followed, g_hash_table_unref);
  g_clear_pointer (&self->wishes, g_ptr_array_unref);
  g_clear_pointer (&self->late, g_ptr_array_unref);
  g_clear_object (&self->jobs);
  g_clear_object (&self->tools.journal);
  g_clear_object (&self->tools.library);
  g_clear_object (&self->tools.catalogue);
  g_clear_object (&self->tools.services);
  g_clear_object (&self->tools.transport);
  g_clear_object (&self->tools.scheduler);

  G_OBJECT_CLASS (dailies_queue_parent_class)->finalize (object);
}

static void
dailies_queue_class_init (DailiesQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_queue_get_property;
  object_class->finalize = dailies_queue_finalize;

  properties[PROP_N_RUNNING] =
    g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DailiesQueue::ended:
   * @job: a job that this process took to its end; its state and cuts say how
   */
  signals[ENDED] =
    g_signal_new ("ended", DAILIES_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DAILIES_TYPE_JOB);
}

static void
dailies_queue_init (DailiesQueue *self)
{
  dailies_queue_init_watch (self);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->workers = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->followed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->jobs = g_list_store_new (DAILIES_TYPE_JOB);
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * dailies_queue_new:
 *
 * Returns: (transfer full): a queue, empty until dailies_queue_load_async() or dailies_queue_resume_async()
 */
DailiesQueue *
dailies_queue_new (DailiesLibrary   *library,
                   DailiesCatalogue *catalogue,
                   DailiesServices  *services,
                   DailiesTransport *transport)
{
  DailiesQueue *self;
  DailiesStore *store;

  g_return_val_if_fail (DAILIES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (DAILIES_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (DAILIES_IS_SERVICES (services), NULL);
  g_return_val_if_fail (DAILIES_IS_TRANSPORT (transport), NULL);

  self = g_object_new (DAILIES_TYPE_QUEUE, NULL);
  store = dailies_library_get_store (library);
  self->tools.journal = dailies_journal_new (store);
  self->tools.library = g_object_ref (library);
  self->tools.catalogue = g_object_ref (catalogue);
  self->tools.services = g_object_ref (services);
  self->tools.transport = g_object_ref (transport);
  self->tools.scheduler = dailies_scheduler_new (0);
  g_signal_connect_object (store, "changed-elsewhere", G_CALLBACK (dailies_queue_changed_elsewhere), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "items-changed", G_CALLBACK (count_running), self, G_CONNECT_SWAPPED);

  return self;
}

const DailiesTools *
dailies_queue_get_tools (DailiesQueue *self)
{
  return &self->tools;
}

gboolean
dailies_queue_is_stopping (DailiesQueue *self)
{
  return self->stopping;
}

/* Returns: how many jobs have not ended, those of other processes included */
guint
dailies_queue_get_n_running (DailiesQueue *self)
{
  g_return_val_if_fail (DAILIES_IS_QUEUE (self), 0);

  return self->n_running;
}

void
dailies_queue_nudge (DailiesQueue *self,
                     DailiesJob   *job)
{
  DailiesWorker *worker;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (DAILIES_IS_JOB (job));

  worker = dailies_queue_get_worker (self, job);
  if (worker != NULL)
    dailies_worker_nudge (worker);
}

void
dailies_queue_stop_async (DailiesQueue        *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GList *workers;
  GTask *task;

  g_return_if_fail (DAILIES_IS_QUEUE (self));
  g_return_if_fail (self->stop == NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dailies_queue_stop_async);
  self->stopping = TRUE;
  self->takes_over = FALSE;
  self->stop = task;
  g_clear_handle_id (&self->timer, g_source_remove);
  dailies_queue_answer_wishes (self);

  /* Those that have nothing under way leave the table at once. */
  workers = g_hash_table_get_values (self->workers);
  for (GList *l = workers; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = workers; l != NULL; l = l->next)
    dailies_worker_stop (l->data);
  g_list_free_full (workers, g_object_unref);
  check_stopped (self);
}

gboolean
dailies_queue_stop_finish (DailiesQueue  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
