/* dailies-practice-job.h: one job of the practice service, and how it is remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  DAILIES_PRACTICE_QUEUED,
  DAILIES_PRACTICE_RUNNING,
  DAILIES_PRACTICE_COMPLETED,
  DAILIES_PRACTICE_FAILED,
  DAILIES_PRACTICE_CANCELLED,
} DailiesPracticeState;

/**
 * DailiesPracticeJob:
 * @id: what the service calls it, [A-Za-z0-9_-]
 * @model: id of the model definition
 * @input: what was submitted
 * @origin: address of the service at the time, to recognise inputs that were uploaded to it
 * @error: (nullable): why it failed
 * @clip: (nullable): the name under which its clip can be fetched now
 * @clip_until: monotonic µs; when that name stops being good
 * @created, @finished: Unix time in seconds, 0 not yet
 * @ahead: how many jobs of others are made up to be before it
 * @started: monotonic µs, 0 not yet; not remembered
 */
typedef struct
{
  char                 *id;
  char                 *model;
  JsonNode             *input;
  char                 *origin;
  DailiesPracticeState  state;
  char                 *error;
  char                 *clip;
  gint64                clip_until;
  gint64                created;
  gint64                finished;
  int                   ahead;
  gint64                started;
} DailiesPracticeJob;

DailiesPracticeJob *dailies_practice_job_new       (const char                *model,
                                                    JsonNode                  *input,
                                                    const char                *origin);
/* %NULL where @path does not hold a job */
DailiesPracticeJob *dailies_practice_job_load      (const char                *path,
                                                    GError                   **error);
/* Atomic and on disk when it returns. */
gboolean            dailies_practice_job_save      (const DailiesPracticeJob  *self,
                                                    const char                *path,
                                                    GError                   **error);
void                dailies_practice_job_free      (DailiesPracticeJob        *self);
/* Completed, failed or cancelled. */
gboolean            dailies_practice_job_is_over   (const DailiesPracticeJob  *self);
/* Inputs that travelled inside the request are cut down to their beginning, once they are not needed any more. */
void                dailies_practice_job_forget    (DailiesPracticeJob        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesPracticeJob, dailies_practice_job_free)

G_END_DECLS
