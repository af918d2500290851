/* dailies-job-card.h: one job in the strip: on its way, or ended otherwise than as a cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_JOB_CARD (dailies_job_card_get_type ())
/* Property: "job" (DailiesJob, nullable). Its buttons activate "job.cancel", "job.nudge", "job.again", "job.forget" and
 * "job.look-up" of the window, with the job's id as target. */
G_DECLARE_FINAL_TYPE (DailiesJobCard, dailies_job_card, DAILIES, JOB_CARD, AdwBin)

GtkWidget  *dailies_job_card_new     (void);
DailiesJob *dailies_job_card_get_job (DailiesJobCard *self);
void        dailies_job_card_set_job (DailiesJobCard *self,
                                      DailiesJob     *job);

G_END_DECLS
