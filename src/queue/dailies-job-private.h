/* dailies-job-private.h: jobs from rows, for the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job-row.h"

G_BEGIN_DECLS

DailiesJob          *dailies_job_new         (DailiesJobRow       *row);
/* (transfer none): what the job says now; copy it to change it */
const DailiesJobRow *dailies_job_peek_row    (DailiesJob          *self);
/* @row: (transfer full): notifies what is different */
void                 dailies_job_take_row    (DailiesJob          *self,
                                              DailiesJobRow       *row);
void                 dailies_job_set_mine    (DailiesJob          *self,
                                              gboolean             mine);
/* Bytes; -1 unknown */
void                 dailies_job_set_fetched (DailiesJob          *self,
                                              gint64               fetched,
                                              gint64               size);
/* Takes those of @cuts that this job returned. */
void                 dailies_job_pick_cuts   (DailiesJob          *self,
                                              GListModel          *cuts);

G_END_DECLS
