/* dailies-jobs-button.h: how many jobs are on their way, and which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_JOBS_BUTTON (dailies_jobs_button_get_type ())
/* Hidden while nothing is on its way. */
G_DECLARE_FINAL_TYPE (DailiesJobsButton, dailies_jobs_button, DAILIES, JOBS_BUTTON, AdwBin)

/* Once. @jobs: of #DailiesJob: normally the queue */
void dailies_jobs_button_set_library (DailiesJobsButton *self,
                                      DailiesLibrary    *library,
                                      GListModel        *jobs);

G_END_DECLS
