/* dailies-application-jobs.c: notifications, and jobs that go on without a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-application-private.h"
#include "dailies-cut.h"
#include "dailies-library.h"
#include "dailies-queue.h"
#include "dailies-shot.h"
#include "dailies-studio.h"

/* ms: how long a notification of the last job can still open its cut after the program has nothing left to do */
#define LINGER 600000

#define BACKGROUND_NOTE "background"

static char *
dup_note_id (DailiesJob *job)
{
  return g_strconcat ("job-", dailies_job_get_id (job), NULL);
}

/* (nullable): nothing to say of a job that the artist cancelled */
static const char *
get_heading (DailiesJobState state)
{
  switch (state)
    {
    case DAILIES_JOB_DONE:
      return _("A cut is ready");
    case DAILIES_JOB_REFUSED:
      return _("The service refused a job");
    case DAILIES_JOB_FAILED:
      return _("A job failed");
    case DAILIES_JOB_UNKNOWN:
      return _("A job needs your decision");
    default:
      return NULL;
    }
}

static char *
dup_body (DailiesApplication *self,
          DailiesJob         *job)
{
  DailiesLibrary *library = dailies_studio_get_library (self->studio);
  DailiesShot *shot = dailies_library_lookup_shot (library, dailies_job_get_shot_id (job));
  const char *title = shot != NULL ? dailies_shot_get_title (shot) : dailies_job_get_prompt (job);
  g_autoptr (DailiesCut) cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);

  if (cut != NULL)
    /* Translators: the title of a shot, the number of a cut, its length in seconds */
    return g_strdup_printf (_("%s · Cut %u · %.1f s"), title, dailies_cut_get_number (cut),
                            dailies_cut_get_seconds (cut));
  if (dailies_job_get_message (job) != NULL)
    return g_strdup_printf ("%s · %s", title, dailies_job_get_message (job));
  return g_strdup (title);
}

static void
ended_cb (DailiesApplication *self,
          DailiesJob         *job)
{
  DailiesJobState state = dailies_job_get_state (job);
  const char *heading = get_heading (state);
  g_autoptr (GNotification) note = NULL;
  g_autofree char *id = dup_note_id (job);
  g_autofree char *body = NULL;

  if (heading == NULL)
    return;
  body = dup_body (self, job);
  note = g_notification_new (heading);
  g_notification_set_body (note, body);
  g_notification_set_default_action_and_target (note, "app.show-job", "s", dailies_job_get_id (job));
  if (state == DAILIES_JOB_UNKNOWN)
    g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (G_APPLICATION (self), id, note);
}

/* Nothing runs any more and there is no window: the program ends once nobody can be on the way to it. */
static void
n_running_cb (DailiesApplication *self)
{
  if (!self->background || dailies_queue_get_n_running (dailies_studio_get_queue (self->studio)) > 0)
    return;
  self->background = FALSE;
  g_application_withdraw_notification (G_APPLICATION (self), BACKGROUND_NOTE);
  g_application_release (G_APPLICATION (self));
}

static void
tell_background (DailiesApplication *self,
                 guint               n_running)
{
  g_autoptr (GNotification) note = NULL;
  g_autofree char *heading = NULL;

  heading = g_strdup_printf (ngettext ("%u job goes on", "%u jobs go on", n_running), n_running);
  note = g_notification_new (heading);
  g_notification_set_body (note, _("Dailies fetches the clips in the background and tells you when they are ready."));
  g_notification_set_default_action (note, "app.activate");
  g_notification_add_button (note, _("Quit"), "app.quit-now");
  g_application_send_notification (G_APPLICATION (self), BACKGROUND_NOTE, note);
}

void
dailies_application_watch_jobs (DailiesApplication *self)
{
  DailiesQueue *queue = dailies_studio_get_queue (self->studio);

  g_signal_connect_object (queue, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::n-running", G_CALLBACK (n_running_cb), self, G_CONNECT_SWAPPED);
}

void
dailies_application_window_closed (DailiesApplication *self)
{
  guint n_running = self->studio != NULL ? dailies_queue_get_n_running (dailies_studio_get_queue (self->studio)) : 0;

  if (n_running == 0 || self->background || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->background = TRUE;
  g_application_set_inactivity_timeout (G_APPLICATION (self), LINGER);
  g_application_hold (G_APPLICATION (self));
  tell_background (self, n_running);
}

void
dailies_application_leave_background (DailiesApplication *self)
{
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  g_application_withdraw_notification (G_APPLICATION (self), BACKGROUND_NOTE);
  if (!self->background)
    return;
  self->background = FALSE;
  g_application_release (G_APPLICATION (self));
}
