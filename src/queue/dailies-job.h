/* dailies-job.h: one paid submission and its life; see architecture.md, "A job's life"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_JOB_DRAFT,
  DAILIES_JOB_PREPARING,
  DAILIES_JOB_SUBMITTING,
  DAILIES_JOB_QUEUED,
  DAILIES_JOB_RUNNING,
  DAILIES_JOB_FETCHING,
  DAILIES_JOB_DONE,
  DAILIES_JOB_REFUSED,
  DAILIES_JOB_UNKNOWN,
  DAILIES_JOB_FAILED,
  DAILIES_JOB_CANCELLED,
} DailiesJobState;

GType        dailies_job_state_get_type (void);
#define DAILIES_TYPE_JOB_STATE (dailies_job_state_get_type ())
/* The word in the database, in --json and in tests: "queued" … */
const char  *dailies_job_state_to_word  (DailiesJobState  state);
gboolean     dailies_job_state_from_word (const char      *word,
                                         DailiesJobState *state);
/* done, refused, failed, cancelled and (until the artist decides) unknown: nothing goes on by itself */
gboolean     dailies_job_state_is_ended (DailiesJobState  state);
/* Translated, for the card: "In queue", "Generating", "Fetching the clip" … */
const char  *dailies_job_state_to_title (DailiesJobState  state);

#define DAILIES_TYPE_JOB (dailies_job_get_type ())
/* Properties, all notified, read only: "state", "queue-position" (int, -1 unknown), "word" (string, the service's own),
 * "message" (string, nullable: why it stands as it stands, a sentence), "waiting" (boolean: retries by itself; see message),
 * "fetched" and "fetch-size" (int64 bytes, -1 unknown), "cost-usd" (double, NaN), "mine" (this process holds the lease) */
G_DECLARE_FINAL_TYPE (DailiesJob, dailies_job, DAILIES, JOB, GObject)

const char      *dailies_job_get_id             (DailiesJob *self);
gint64           dailies_job_get_shot_id        (DailiesJob *self);
DailiesJobState  dailies_job_get_state          (DailiesJob *self);
const char      *dailies_job_get_service_id     (DailiesJob *self); /* practice, runcomfy, unifically */
const char      *dailies_job_get_model_id       (DailiesJob *self);
const char      *dailies_job_get_remote_id      (DailiesJob *self); /* (nullable) */
const char      *dailies_job_get_prompt         (DailiesJob *self);
const char      *dailies_job_get_request_json   (DailiesJob *self);
int              dailies_job_get_queue_position (DailiesJob *self);
const char      *dailies_job_get_message        (DailiesJob *self); /* (nullable) translated */
const char      *dailies_job_get_words          (DailiesJob *self); /* (nullable) the service's own */
int              dailies_job_get_error_code     (DailiesJob *self); /* a #DailiesError, -1 for none */
double           dailies_job_get_cost_usd       (DailiesJob *self);
gint64           dailies_job_get_created        (DailiesJob *self); /* µs since the epoch */
gint64           dailies_job_get_submitted      (DailiesJob *self); /* 0 not yet */
gint64           dailies_job_get_ended          (DailiesJob *self); /* 0 not yet */
/* µs since the epoch: it is not sent before then, since the service asked to slow down; 0 where nothing holds it */
gint64           dailies_job_get_held_until     (DailiesJob *self);
/* It is done and has made cuts, but not all that it should have: the message says why. What is missing can be looked up. */
gboolean         dailies_job_lacks_clips        (DailiesJob *self);
/* (transfer none): live list of #DailiesCut */
GListModel      *dailies_job_get_cuts           (DailiesJob *self);

G_END_DECLS
