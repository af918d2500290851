/* dailies-practice-work.h: from a job's input to its clip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-practice-job.h"
#include "dailies-types.h"

G_BEGIN_DECLS

/* Fetches the inputs of @job, measures them against the limits of @definition and renders the clip. Main thread; what takes
 * long happens in a worker thread. The job must stay alive until the callback.
 * @files: folder of the files that were uploaded to the service itself
 * @path: where the clip goes; it appears there whole or not at all */
void     dailies_practice_work_async  (const DailiesPracticeJob  *job,
                                       DailiesDefinition         *definition,
                                       DailiesTransport          *transport,
                                       const char                *files,
                                       const char                *path,
                                       GCancellable              *cancellable,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* DAILIES_ERROR_MEDIA where an input cannot be had or is not what the model takes: a sentence of the service. */
gboolean dailies_practice_work_finish (GAsyncResult              *result,
                                       GError                   **error);

G_END_DECLS
