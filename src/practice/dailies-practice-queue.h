/* dailies-practice-queue.h: the jobs of the practice service, one rendered at a time, remembered over restarts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-catalogue.h"
#include "dailies-practice-job.h"
#include "dailies-transport.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PRACTICE_QUEUE (dailies_practice_queue_get_type ())
/* Main context only. */
G_DECLARE_FINAL_TYPE (DailiesPracticeQueue, dailies_practice_queue, DAILIES, PRACTICE_QUEUE, GObject)

/**
 * DailiesPracticePace:
 * @ahead: how many jobs of others each new job finds before it
 * @latency: seconds a job is running at least
 * @fail: whether every job fails
 */
typedef struct
{
  int      ahead;
  double   latency;
  gboolean fail;
} DailiesPracticePace;

/* @folder: where jobs, clips and uploads lie; created where missing. Takes up the jobs that lie there.
 * %NULL with an error where it cannot be written */
DailiesPracticeQueue *dailies_practice_queue_new         (const char                 *folder,
                                                          DailiesCatalogue           *catalogue,
                                                          DailiesTransport           *transport,
                                                          const DailiesPracticePace  *pace,
                                                          GError                    **error);
/* @origin: address of the service now.
 * Returns: (transfer none) (nullable): the new job, which is on disk; %NULL where it cannot be kept */
DailiesPracticeJob   *dailies_practice_queue_submit      (DailiesPracticeQueue       *self,
                                                          DailiesDefinition          *definition,
                                                          JsonNode                   *input,
                                                          const char                 *origin,
                                                          GError                    **error);
/* Returns: (transfer none) (nullable) */
DailiesPracticeJob   *dailies_practice_queue_lookup      (DailiesPracticeQueue       *self,
                                                          const char                 *id);
/* 1 is next; 0 where it does not wait */
int                   dailies_practice_queue_position    (DailiesPracticeQueue       *self,
                                                          DailiesPracticeJob         *job);
/* %FALSE where it is not queued any more. */
gboolean              dailies_practice_queue_cancel      (DailiesPracticeQueue       *self,
                                                          DailiesPracticeJob         *job);
/* Whether a job waits or runs. */
gboolean              dailies_practice_queue_is_working  (DailiesPracticeQueue       *self);
/* Interrupts the running job and waits until it has let go; on disk it stays as it is, for the next start. */
void                  dailies_practice_queue_stop        (DailiesPracticeQueue       *self);

/* (transfer full): the name, good for @seconds, under which the clip of a completed job can be fetched */
char                 *dailies_practice_queue_lend_clip   (DailiesPracticeQueue       *self,
                                                          DailiesPracticeJob         *job,
                                                          double                      seconds);
/* Returns: (transfer full) (nullable): path of the clip that was lent as @name, %NULL where that is over or never was */
char                 *dailies_practice_queue_find_clip   (DailiesPracticeQueue       *self,
                                                          const char                 *name);
/* Keeps an uploaded file. @suffix: ".png", may be "".
 * Returns: (transfer full): its name under /files/ */
char                 *dailies_practice_queue_keep_file   (DailiesPracticeQueue       *self,
                                                          GBytes                     *bytes,
                                                          const char                 *suffix,
                                                          GError                    **error);
/* Returns: (transfer full) (nullable): path of an uploaded file */
char                 *dailies_practice_queue_find_file   (DailiesPracticeQueue       *self,
                                                          const char                 *name);

G_END_DECLS
