/* dailies-queue-private.h: what the parts of the queue share
 *
 * dailies-queue.c           the list, the journal, who works on what
 * dailies-queue-actions.c   what an artist does with a job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job-private.h"
#include "dailies-queue.h"
#include "dailies-worker.h"

G_BEGIN_DECLS

const DailiesTools *dailies_queue_get_tools (DailiesQueue   *self);
gboolean       dailies_queue_is_stopping (DailiesQueue      *self);
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
/* Reads the journal again. @task: (nullable) (transfer full): answered with TRUE when that is done */
void           dailies_queue_refresh     (DailiesQueue      *self,
                                          GTask             *task);

G_END_DECLS
