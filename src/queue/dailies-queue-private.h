/* dailies-queue-private.h: what the parts of the queue share
 *
 * dailies-queue.c           the list, and who works on what
 * dailies-queue-watch.c     keeping the list as the journal is, other processes, taking over
 * dailies-queue-submit.c    from a request to jobs
 * dailies-queue-actions.c   what an artist does with a job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job-private.h"
#include "dailies-queue.h"
#include "dailies-worker.h"

G_BEGIN_DECLS

struct _DailiesQueue
{
  GObject       parent_instance;

  DailiesTools  tools;
  GListStore   *jobs;
  GHashTable   *by_id;     /* id → DailiesJob, borrowed */
  GHashTable   *workers;   /* DailiesJob → DailiesWorker */
  GHashTable   *followed;  /* (element-type GListModel): cuts of shots that are listened to */
  GPtrArray    *wishes;    /* answers awaited from other processes; see dailies-queue-watch.c */
  GPtrArray    *readers;   /* (nullable) (element-type GTask): waiting for the reading under way */
  GPtrArray    *late;      /* (element-type GTask): waiting for the next */
  GTask        *stop;
  gint64        started;   /* µs since the epoch */
  guint         n_running;
  guint         timer;
  gboolean      again;
  gboolean      takes_over;
  gboolean      stopping;
};

const DailiesTools *dailies_queue_get_tools (DailiesQueue   *self);
gboolean       dailies_queue_is_stopping (DailiesQueue      *self);
/* FALSE, with @task answered, where the window is closing. */
gboolean       dailies_queue_check_open  (DailiesQueue      *self,
                                          GTask             *task);
/* A new life for the same request. Returns: (transfer full) */
DailiesJobRow *dailies_queue_copy_fresh  (const DailiesJobRow *old,
                                          const char        *owner,
                                          gint64             created);
/* Takes a row that was just written into the list, or lets the job that is there say it, and starts to work on it where
 * it is ours and has not ended. @row: (transfer full). Returns: (transfer none) */
DailiesJob    *dailies_queue_adopt       (DailiesQueue      *self,
                                          DailiesJobRow     *row);
void           dailies_queue_drop        (DailiesQueue      *self,
                                          DailiesJob        *job);
/* (nullable) (transfer none) */
DailiesWorker *dailies_queue_get_worker  (DailiesQueue      *self,
                                          DailiesJob        *job);
/* Remembers that @task waits for another process to cancel @job. @task: (transfer full) */
void           dailies_queue_await_wish  (DailiesQueue      *self,
                                          DailiesJob        *job,
                                          GTask             *task);
void           dailies_queue_init_watch  (DailiesQueue      *self);
void           dailies_queue_changed_elsewhere (DailiesQueue *self);
/* Answers everybody who waits for another process and has an answer now. */
void           dailies_queue_answer_wishes (DailiesQueue    *self);
/* Reads the journal again. @task: (nullable) (transfer full): answered with TRUE when that is done */
void           dailies_queue_refresh     (DailiesQueue      *self,
                                          GTask             *task);

G_END_DECLS
