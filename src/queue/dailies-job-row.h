/* dailies-job-row.h: what the database says of a job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "dailies-job.h"

G_BEGIN_DECLS

/**
 * DailiesJobRow:
 * @protocol: what the model's service speaks; differs from @service on the practice service
 * @request: dailies_request_to_json() at the time of Generate
 * @assets: JSON, what Generate saw of each file: [{"uri","key","name"}]
 * @owner: (nullable): id of the lease of the process that works on it; %NULL for ended ones
 * @urls: (nullable): where the outputs can be fetched
 * @cancel_wanted: somebody asked for the job to be cancelled and has no answer yet
 * @ended: µs since the epoch; 0 while something goes on by itself
 * @held_until: µs since the epoch: not to be sent before then, since the service asked to slow down; 0 for at once
 * @n_held: so often in a row it has asked
 * @n_left_out: so many addresses of outputs were not taken; see #DailiesReport
 */
typedef struct
{
  char            *id;
  gint64           shot_id;
  char            *service;
  char            *protocol;
  char            *model;
  GRefString      *prompt;
  GRefString      *request;
  GRefString      *assets;
  DailiesJobState  state;
  char            *owner;
  char            *remote_id;
  char           **urls;
  char            *word;
  int              queue_position;
  gboolean         waiting;
  char            *message;
  char            *words;
  int              error_code;
  double           cost_usd;
  gboolean         cancel_wanted;
  gboolean         forgotten;
  gint64           created;
  gint64           submitted;
  gint64           ended;
  gint64           held_until;
  guint            n_held;
  guint            n_left_out;
} DailiesJobRow;

DailiesJobRow *dailies_job_row_new         (void);
DailiesJobRow *dailies_job_row_copy        (const DailiesJobRow *self);
void           dailies_job_row_free        (DailiesJobRow       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJobRow, dailies_job_row_free)

/* Why it stands as it stands; @error: (nullable): takes its sentence, code and the service's words. */
void           dailies_job_row_set_error   (DailiesJobRow       *self,
                                            const GError        *error);
void           dailies_job_row_set_message (DailiesJobRow       *self,
                                            const char          *message);
/* Nothing goes on by itself any more, and nobody owns it. */
void           dailies_job_row_end         (DailiesJobRow       *self,
                                            DailiesJobState      state);

/* The columns that dailies_job_row_read() expects, in its order. */
#define DAILIES_JOB_COLUMNS \
  "id, shot, service, protocol, model, prompt, request, assets, state, owner, remote_id, urls, word, queue_position," \
  " waiting, message, words, error_code, cost, cancel_wanted, forgotten, created, submitted, ended," \
  " held_until, n_held, n_left_out"
/* Store thread. Returns: (transfer full) */
DailiesJobRow *dailies_job_row_read        (sqlite3_stmt        *stmt);
/* Store thread. Writes a new row, or over what changes in the life of one where @condition (SQL on the job's columns) holds.
 * Returns: -1 with @error, 0 where the condition did not hold, 1 written, 2 written and a cancel is wanted */
gboolean       dailies_job_row_insert      (sqlite3             *db,
                                            const DailiesJobRow *self,
                                            GError             **error);
int            dailies_job_row_update      (sqlite3             *db,
                                            const DailiesJobRow *self,
                                            const char          *condition,
                                            const char          *argument,
                                            GError             **error);

G_END_DECLS
