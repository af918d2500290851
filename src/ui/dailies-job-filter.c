/* dailies-job-filter.c: which jobs of the queue a list shows; follows their states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-job-filter.h"
#include "dailies-job.h"

struct _DailiesJobFilter
{
  GtkFilter parent_instance;

  GListModel *jobs;
  gboolean    running;
  gint64      shot_id;
};

G_DEFINE_FINAL_TYPE (DailiesJobFilter, dailies_job_filter, GTK_TYPE_FILTER)

static void
state_changed_cb (DailiesJobFilter *self)
{
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
jobs_changed_cb (DailiesJobFilter *self,
                 guint             position,
                 guint             removed,
                 guint             added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (self->jobs, i);

      /* A job that comes back is not watched twice. */
      g_signal_handlers_disconnect_by_func (job, state_changed_cb, self);
      g_signal_connect_object (job, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static gboolean
dailies_job_filter_match (GtkFilter *filter,
                          gpointer   item)
{
  DailiesJobFilter *self = DAILIES_JOB_FILTER (filter);
  DailiesJobState state = dailies_job_get_state (item);

  if (self->running)
    return !dailies_job_state_is_ended (state);
  if (dailies_job_get_shot_id (item) != self->shot_id || state == DAILIES_JOB_DRAFT)
    return FALSE;
  return state != DAILIES_JOB_DONE || dailies_job_lacks_clips (item);
}

static void
dailies_job_filter_dispose (GObject *object)
{
  g_clear_object (&DAILIES_JOB_FILTER (object)->jobs);

  G_OBJECT_CLASS (dailies_job_filter_parent_class)->dispose (object);
}

static void
dailies_job_filter_class_init (DailiesJobFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dailies_job_filter_dispose;
  GTK_FILTER_CLASS (klass)->match = dailies_job_filter_match;
}

static void
dailies_job_filter_init (DailiesJobFilter *self)
{
  self->shot_id = -1;
}

static DailiesJobFilter *
watch (GListModel *jobs)
{
  DailiesJobFilter *self = g_object_new (DAILIES_TYPE_JOB_FILTER, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs));
  return self;
}

GtkFilter *
dailies_job_filter_new_running (GListModel *jobs)
{
  DailiesJobFilter *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (jobs), NULL);

  self = watch (jobs);
  self->running = TRUE;
  return GTK_FILTER (self);
}

GtkFilter *
dailies_job_filter_new_for_shot (GListModel *jobs)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (jobs), NULL);

  return GTK_FILTER (watch (jobs));
}

void
dailies_job_filter_set_shot (DailiesJobFilter *self,
                             gint64            shot_id)
{
  g_return_if_fail (DAILIES_IS_JOB_FILTER (self));

  if (self->shot_id == shot_id)
    return;
  self->shot_id = shot_id;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}
