/* dailies-application-private.h: what the files of the application share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-application.h"
#include "dailies-job.h"
#include "dailies-window.h"

G_BEGIN_DECLS

struct _DailiesApplication
{
  AdwApplication parent_instance;

  DailiesSettings *settings;
  GFile           *directory;  /* (nullable): the usual one */
  gboolean         practice;   /* asked for on the command line: for this run only */
  DailiesStudio   *studio;
  gboolean         opening;
  gboolean         media_ready; /* GStreamer has read its plugins */
  gboolean         media_starting; /* it is at it */
  guint            n_pending;   /* of what was begun and will call back */
  GCancellable    *cancellable;
  DailiesWindow   *window;     /* (nullable) unowned: there may be none while jobs run on */
  guint            sources[2]; /* SIGTERM and SIGINT */
  gboolean         export_given_up; /* in the question of Quit that is being answered */
  gboolean         background; /* held open by jobs, without a window */
};

/* dailies-application.c */
DailiesWindow *dailies_application_present       (DailiesApplication *self);

/* dailies-application-actions.c */
void           dailies_application_add_actions   (DailiesApplication *self);

/* dailies-application-jobs.c */
void           dailies_application_watch_jobs    (DailiesApplication *self);
/* The last window has gone: jobs that run keep the program going. */
void           dailies_application_window_closed (DailiesApplication *self);
void           dailies_application_leave_background (DailiesApplication *self);

G_END_DECLS
