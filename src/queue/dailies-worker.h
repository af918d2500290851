/* dailies-worker.h: takes one job through its life; see architecture.md, "A job's life"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job.h"
#include "dailies-journal.h"
#include "dailies-scheduler.h"

G_BEGIN_DECLS

/**
 * DailiesTools: what every worker of a queue works with; all borrowed
 */
typedef struct
{
  DailiesJournal   *journal;
  DailiesLibrary   *library;
  DailiesCatalogue *catalogue;
  DailiesServices  *services;
  DailiesTransport *transport;
  DailiesScheduler *scheduler;
} DailiesTools;

#define DAILIES_TYPE_WORKER (dailies_worker_get_type ())
/* Signals: "ended" (self): the job has, on disk; "finished" (self): nothing is under way any more, once and last. */
G_DECLARE_FINAL_TYPE (DailiesWorker, dailies_worker, DAILIES, WORKER, GObject)

/* @job: owned by this process on disk. Goes on from where the job stands. */
DailiesWorker *dailies_worker_new          (const DailiesTools   *tools,
                                            DailiesJob           *job);
void           dailies_worker_start        (DailiesWorker        *self);
/* Whatever it waits for, it tries now. */
void           dailies_worker_nudge        (DailiesWorker        *self);
/* Leaves the job as it stands. A POST under way is waited for: its answer would be missed for ever. */
void           dailies_worker_stop         (DailiesWorker        *self);
gboolean       dailies_worker_is_finished  (DailiesWorker        *self);

/* @cancellable: (nullable): who gives up waiting for the answer; the job is cancelled all the same where the service does */
void           dailies_worker_cancel_async (DailiesWorker        *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
/* FALSE with a sentence where the job goes on */
gboolean       dailies_worker_cancel_finish (DailiesWorker       *self,
                                            GAsyncResult         *result,
                                            GError              **error);
/* Another process asked for the cancel: the answer goes into the journal. */
void           dailies_worker_wish         (DailiesWorker        *self);

G_END_DECLS
