/* dailies-worker-private.h: what the parts of the worker share
 *
 * dailies-worker.c          its own life, writing
 * dailies-worker-cancel.c   cancelling
 * dailies-worker-send.c     preparing, submitting
 * dailies-worker-poll.c     queued, running
 * dailies-worker-fetch.c    fetching
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-job-private.h"
#include "dailies-services.h"
#include "dailies-worker.h"

#include "dailies-download.h"

G_BEGIN_DECLS

typedef void (*DailiesWorkerStep) (DailiesWorker *self);

/* One clip of a finished job. */
typedef struct
{
  gboolean settled;    /* it is a cut, or will never be one */
  gboolean lost;
  guint    n_fruitless;
  guint    n_expired;
  guint    n_bad;
  gint64   led_astray; /* µs since the epoch: since when no address leads to it, 0 for not */
} DailiesWorkerOutput;

struct _DailiesWorker
{
  GObject            parent_instance;

  DailiesTools       tools;
  DailiesJob        *job;
  GCancellable      *cancellable; /* of everything but writes and the POST */
  guint              turn;        /* with the scheduler */
  DailiesWorkerStep  after_turn;
  gint64             trouble;     /* µs since the epoch: since when it has been failing, 0 for not */
  guint              n_writes;
  const DailiesJobRow *arrow;     /* (nullable): the row that is on its way to the disk; the job does not say it yet */
  gpointer           held;        /* (nullable): its write, where the disk did not take it, to be tried again */
  guint              n_missed;    /* so often in a row the service has not known the job */
  gboolean           posting;     /* from the commit of submitting to that of the answer: not to be interrupted */
  gboolean           polling;
  gboolean           fetching;    /* somebody works on the part on disk */
  gboolean           stopping;
  gboolean           finished;

  gboolean           wish;        /* to be cancelled */
  gboolean           asking;      /* the service is being asked to cancel */
  GPtrArray         *cancellers;  /* (element-type GTask) */

  DailiesService    *service;
  DailiesRequest    *request;
  gulong             changed_id;  /* 0 once all files have been read */
  DailiesPlacement  *placement;
  JsonNode          *input;
  JsonNode          *beside;

  GArray            *kept;        /* (nullable) (element-type DailiesJournalCut): what was a cut before this worker began to fetch */
  GArray            *outputs;     /* (element-type DailiesWorkerOutput): one for each address */
  guint              output;      /* which one is being fetched */
  DailiesDownload   *download;
  GPtrArray         *cuts;        /* (element-type DailiesCutRow): those that are not written yet */
  guint              n_cuts;      /* written or not */
  GError            *fault;       /* why an output is no cut */
  GError            *reason;      /* (nullable): why one is left for the next round … */
  const char        *reason_lane; /* … and how that one begins; see dailies_worker_wait() */
  guint              reason_delay;
  DailiesWorkerStep  reason_step;
};

/* The job's row as it is on disk or about to be, to be changed and written. Returns: (transfer full) */
DailiesJobRow *dailies_worker_copy_row   (DailiesWorker     *self);
/* Commits @row (and @cuts), then lets the job say it, then @next. Tried until it works. @row: (transfer full);
 * @cuts: (nullable) (transfer full); @next: (nullable): for rows that have ended, which end the worker */
void           dailies_worker_write      (DailiesWorker     *self,
                                          DailiesJobRow     *row,
                                          GPtrArray         *cuts,
                                          DailiesWorkerStep  next);
/* Says @row at once and writes it behind; for what may get lost. @row: (transfer full) */
void           dailies_worker_note       (DailiesWorker     *self,
                                          DailiesJobRow     *row);
/* Ends the job. One that has made cuts is done, and says what is the matter with the rest. @error: (nullable) (transfer none) */
void           dailies_worker_end        (DailiesWorker     *self,
                                          DailiesJobState    state,
                                          const GError      *error);
/* Ends it as failed and says under which id the service knows it. */
void           dailies_worker_end_failed (DailiesWorker    *self,
                                          const GError      *error);
/* Milliseconds that a service or server asks not to be looked at, an hour at most; 0 for none. */
guint          dailies_worker_get_pause  (const GError      *error);
/* Says why it waits, notes it, and does @step after @delay milliseconds, 0 for as long as it has been failing
 * suggests. @lane: (nullable): see dailies_scheduler_add() */
void           dailies_worker_wait       (DailiesWorker     *self,
                                          const GError      *error,
                                          const char        *lane,
                                          guint              delay,
                                          DailiesWorkerStep  step);
void           dailies_worker_later      (DailiesWorker     *self,
                                          const char        *lane,
                                          guint              delay,
                                          DailiesWorkerStep  step);
void           dailies_worker_drop_turn  (DailiesWorker     *self);
/* FALSE where the worker stops or the job is being cancelled: nothing more is to be done by the caller. */
gboolean       dailies_worker_goes_on    (DailiesWorker     *self,
                                          const GError      *error);
void           dailies_worker_finish     (DailiesWorker     *self);
/* Answers everybody who asked for the cancel. @error: (nullable): why the job goes on */
void           dailies_worker_answer_cancel (DailiesWorker  *self,
                                          const GError      *error);
/* The same for a job that goes on: other processes learn it too. */
void           dailies_worker_refuse_cancel (DailiesWorker  *self,
                                          const GError      *error);

void           dailies_worker_prepare    (DailiesWorker     *self);
void           dailies_worker_drop_request (DailiesWorker   *self);
void           dailies_worker_end_unknown (DailiesWorker    *self,
                                          const GError      *error);
void           dailies_worker_poll       (DailiesWorker     *self);
void           dailies_worker_poll_later (DailiesWorker     *self);
void           dailies_worker_ask_cancel (DailiesWorker     *self);
void           dailies_worker_fetch      (DailiesWorker     *self);
/* Some of its clips are cuts already. */
gboolean       dailies_worker_has_cuts   (DailiesWorker     *self);
void           dailies_worker_drop_fetch (DailiesWorker     *self);

G_END_DECLS
