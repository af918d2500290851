/* dailies-job-filter.h: which jobs of the queue a list shows; follows their states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_JOB_FILTER (dailies_job_filter_get_type ())
G_DECLARE_FINAL_TYPE (DailiesJobFilter, dailies_job_filter, DAILIES, JOB_FILTER, GtkFilter)

/* Lets through every job that is on its way. @jobs: a list of #DailiesJob, watched for changes of state */
GtkFilter *dailies_job_filter_new_running  (GListModel       *jobs);
/* Lets through the jobs of one shot that are no cuts yet: on their way, failed, refused, cancelled or unknown.
 * None before dailies_job_filter_set_shot(). */
GtkFilter *dailies_job_filter_new_for_shot (GListModel       *jobs);
void       dailies_job_filter_set_shot     (DailiesJobFilter *self,
                                            gint64            shot_id);

G_END_DECLS
