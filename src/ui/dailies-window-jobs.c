/* dailies-window-jobs.c: what the artist does with jobs, and what the window does when one ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-services.h"
#include "dailies-shot.h"
#include "dailies-studio.h"
#include "dailies-text.h"
#include "dailies-unknown-dialog.h"
#include "dailies-window-private.h"

/* What the artist wants of one job, from the button to the queue's answer. */
typedef struct
{
  DailiesWindow *window;
  DailiesJob    *job;
  gboolean     (*answer) (GAsyncResult  *result); /* whether to go on, where it is asked */
  void         (*act)    (DailiesWindow *self,
                          gpointer       errand); /* (transfer full) */
  gboolean     (*finish) (DailiesQueue  *queue,
                          GAsyncResult  *result,
                          GError       **error);
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->window);
  g_object_unref (errand->job);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* Returns: (transfer full) (nullable) */
static DailiesJob *
find_job (DailiesWindow *self,
          const char    *id)
{
  GListModel *jobs = G_LIST_MODEL (self->queue);

  for (guint i = 0; jobs != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (jobs, i);

      if (g_str_equal (dailies_job_get_id (job), id))
        return g_steal_pointer (&job);
    }
  return NULL;
}

void
dailies_window_tell_error (DailiesWindow *self,
                           const GError  *error)
{
  if (self->composer == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_TOKEN))
    dailies_window_tell (self, error->message, _("Preferences"), "app.preferences");
  else
    dailies_window_tell (self, error->message, NULL, NULL);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DailiesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = dailies_queue_submit_finish (DAILIES_QUEUE (source), result, &error);

  if (self->composer == NULL)
    return;
  dailies_composer_set_busy (self->composer, FALSE);
  if (jobs == NULL)
    dailies_window_tell_error (self, error);
}

/* What was on the form when Generate was pressed: a keyring that asks to be unlocked takes its time. */
typedef struct
{
  DailiesWindow *window;
  DailiesOrder  *order;
  DailiesShot   *shot;
  char          *service_id;
  guint          variations;
} Press;

static void
press_free (Press *press)
{
  g_object_unref (press->window);
  g_clear_pointer (&press->order, dailies_order_free);
  g_object_unref (press->shot);
  g_free (press->service_id);
  g_free (press);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Press, press_free)

static void
submit (Press *press)
{
  DailiesWindow *self = press->window;

  /* Not to be given up when the window closes: the artist pressed Generate. */
  dailies_queue_place_async (self->queue, g_steal_pointer (&press->order), press->shot, press->variations, NULL,
                             submitted_cb, g_object_ref (self));
  /* Several cuts cost several times as much: each Generate asks for them anew. What was asked for since then stays. */
  if (dailies_composer_get_variations (self->composer) == press->variations)
    dailies_window_reset_variations (self);
}

static void
token_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Press) press = user_data;
  DailiesWindow *self = press->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  DailiesTokenSource found = dailies_services_find_token_finish (DAILIES_SERVICES (source), result, &error);

  if (self->composer == NULL)
    return;
  if (error == NULL && found != DAILIES_TOKEN_NONE)
    {
      submit (press);
      return;
    }
  dailies_composer_set_busy (self->composer, FALSE);
  if (error != NULL)
    {
      dailies_window_tell_error (self, error);
      return;
    }
  /* Translators: the name of a service */
  sentence = g_strdup_printf (_("%s needs a token first. Paste one in Preferences. Nothing was sent."),
                              dailies_text_service (press->service_id));
  dailies_window_tell (self, sentence, _("Preferences"), "app.preferences");
}

/* A job that cannot leave for want of a token would be one more failed card: the remedy is said instead. */
void
dailies_window_generate (DailiesWindow *self)
{
  g_autoptr (Press) press = NULL;
  g_autoptr (GError) error = NULL;
  DailiesOrder *order;

  if (self->request == NULL || self->shot == NULL)
    return;
  dailies_window_save (self);
  order = dailies_queue_take_order (self->queue, self->request, self->service_id, &error);
  if (order == NULL)
    {
      dailies_window_tell_error (self, error);
      return;
    }
  dailies_composer_set_busy (self->composer, TRUE);
  press = g_new0 (Press, 1);
  press->window = g_object_ref (self);
  press->order = order;
  press->shot = g_object_ref (self->shot);
  press->service_id = g_strdup (self->service_id);
  press->variations = dailies_composer_get_variations (self->composer);
  if (g_strcmp0 (self->service_id, "practice") == 0)
    submit (press);
  else
    dailies_services_find_token_async (dailies_studio_get_services (self->studio), self->service_id, NULL,
                                       token_found_cb, g_steal_pointer (&press));
}

static void
token_looked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DailiesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  DailiesTokenSource found = dailies_services_find_token_finish (DAILIES_SERVICES (source), result, &error);

  if (self->composer == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* A keyring that does not answer is told when the token is wanted. */
  self->needs_token = error == NULL && found == DAILIES_TOKEN_NONE;
  dailies_window_update_empty (self);
}

void
dailies_window_look_for_token (DailiesWindow *self)
{
  if (self->token_search != NULL)
    g_cancellable_cancel (self->token_search);
  g_clear_object (&self->token_search);
  self->needs_token = FALSE;
  dailies_window_update_empty (self);
  if (g_strcmp0 (self->service_id, "practice") == 0)
    return;
  self->token_search = g_cancellable_new ();
  dailies_services_find_token_async (dailies_studio_get_services (self->studio), self->service_id, self->token_search,
                                     token_looked_cb, g_object_ref (self));
}

/* The newest cut of the shot that @job did not make, 0 for none. */
static gint64
newest_before (DailiesShot *shot,
               DailiesJob  *job)
{
  GListModel *cuts = dailies_shot_get_cuts (shot);

  for (guint i = g_list_model_get_n_items (cuts); i > 0; i--)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i - 1);

      if (g_strcmp0 (dailies_cut_get_job_id (cut), dailies_job_get_id (job)) != 0)
        return dailies_cut_get_id (cut);
    }
  return 0;
}

/* Whether a cut that @job made may take the stage: where there is nothing, or where the one before it has been played. What
 * plays, is compared or is looked at on purpose is not taken away. */
static gboolean
is_stage_free (DailiesWindow *self,
               DailiesJob    *job)
{
  gboolean playing = FALSE;

  if (dailies_window_is_comparing (self))
    return FALSE;
  if (self->shown_cut == 0)
    return TRUE;
  if (self->stage != NULL)
    g_object_get (dailies_stage_view_get_reel (self->stage), "playing", &playing, NULL);
  return !playing && self->shown_cut == newest_before (self->shot, job);
}

/* A cut the artist waits for plays at once; another is marked as new in the strip until it is looked at. */
void
dailies_window_job_ended (DailiesWindow *self,
                          DailiesJob    *job)
{
  GListModel *cuts = dailies_job_get_cuts (job);
  g_autoptr (DailiesCut) first = g_list_model_get_item (cuts, 0);
  gboolean here;

  if (self->composer == NULL)
    return;
  here = self->shot != NULL && dailies_job_get_shot_id (job) == dailies_shot_get_id (self->shot);
  if (here && (dailies_job_get_state (job) != DAILIES_JOB_DONE || first == NULL))
    dailies_window_update_empty (self);
  else if (here && is_stage_free (self, job))
    dailies_window_show_cut (self, first, TRUE);
}

void
dailies_window_show_job (DailiesWindow *self,
                         const char    *job_id)
{
  g_autoptr (DailiesJob) job = NULL;
  g_autoptr (DailiesCut) cut = NULL;
  DailiesShot *shot;

  g_return_if_fail (DAILIES_IS_WINDOW (self));

  if (self->library == NULL || self->shots == NULL)
    {
      g_free (self->waiting_job);
      self->waiting_job = g_strdup (job_id);
      return;
    }
  job = find_job (self, job_id);
  shot = job != NULL ? dailies_library_lookup_shot (self->library, dailies_job_get_shot_id (job)) : NULL;
  if (shot == NULL)
    return;
  dailies_window_set_shot (self, shot);
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  if (cut != NULL)
    dailies_window_show_cut (self, cut, TRUE);
}

/* --- what the buttons of a job's card do ------------------------------------------------------ */

/* (transfer full) (nullable): @target: the id of a job */
static Errand *
errand_new (GtkWidget *widget,
            GVariant  *target)
{
  DailiesWindow *self = DAILIES_WINDOW (widget);
  g_autoptr (DailiesJob) job = find_job (self, g_variant_get_string (target, NULL));
  Errand *errand;

  if (job == NULL)
    return NULL;
  errand = g_new0 (Errand, 1);
  errand->window = g_object_ref (self);
  errand->job = g_steal_pointer (&job);
  return errand;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!errand->finish (DAILIES_QUEUE (source), result, &error))
    dailies_window_tell_error (errand->window, error);
}

/* The artist has answered: the window may be gone by now. */
static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  DailiesWindow *self = errand->window;

  if (errand->answer (result) && self->queue != NULL)
    errand->act (self, g_steal_pointer (&errand));
}

static gboolean
is_unknown (Errand *errand)
{
  return dailies_job_get_state (errand->job) == DAILIES_JOB_UNKNOWN;
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  Errand *errand = errand_new (widget, target);

  if (errand == NULL)
    return;
  errand->finish = dailies_queue_cancel_finish;
  dailies_queue_cancel_async (errand->window->queue, errand->job, NULL, done_cb, errand);
}

static void
nudge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autoptr (Errand) errand = errand_new (widget, target);

  if (errand != NULL)
    dailies_queue_nudge (errand->window->queue, errand->job);
}

static gboolean
submit_again_finish (DailiesQueue  *queue,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_autoptr (DailiesJob) job = dailies_queue_submit_again_finish (queue, result, error);

  return job != NULL;
}

static void
submit_again (DailiesWindow *self,
              gpointer       errand)
{
  dailies_queue_submit_again_async (self->queue, ((Errand *) errand)->job, NULL, done_cb, errand);
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  Errand *errand = errand_new (widget, target);

  if (errand == NULL)
    return;
  errand->answer = dailies_unknown_again_finish;
  errand->act = submit_again;
  errand->finish = submit_again_finish;
  if (is_unknown (errand))
    dailies_unknown_again_async (GTK_WINDOW (widget), errand->job, NULL, answered_cb, errand);
  else
    submit_again (errand->window, errand);
}

static void
forget (DailiesWindow *self,
        gpointer       errand)
{
  dailies_queue_forget_async (self->queue, ((Errand *) errand)->job, NULL, done_cb, errand);
}

static void
forget_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  Errand *errand = errand_new (widget, target);

  if (errand == NULL)
    return;
  errand->answer = dailies_unknown_forget_finish;
  errand->act = forget;
  errand->finish = dailies_queue_forget_finish;
  if (is_unknown (errand))
    dailies_unknown_forget_async (GTK_WINDOW (widget), errand->job, NULL, answered_cb, errand);
  else
    forget (errand->window, errand);
}

static void
id_given_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  DailiesQueue *queue = errand->window->queue;

  id = dailies_unknown_look_up_finish (result, &error);
  if (error != NULL)
    dailies_window_tell_error (errand->window, error);
  if (id == NULL || queue == NULL)
    return;
  dailies_queue_look_up_async (queue, errand->job, id, NULL, done_cb, errand);
  g_steal_pointer (&errand);
}

static void
look_up_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  Errand *errand = errand_new (widget, target);

  if (errand == NULL)
    return;
  errand->finish = dailies_queue_look_up_finish;
  if (!is_unknown (errand) && errand->window->queue != NULL && dailies_job_get_remote_id (errand->job) != NULL)
    {
      g_autofree char *id = g_strdup (dailies_job_get_remote_id (errand->job));

      dailies_queue_look_up_async (errand->window->queue, errand->job, id, NULL, done_cb, errand);
      return;
    }
  dailies_unknown_look_up_async (GTK_WINDOW (widget), errand->job, NULL, id_given_cb, errand);
}

void
dailies_window_install_jobs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "job.cancel", "s", cancel_action);
  gtk_widget_class_install_action (widget_class, "job.nudge", "s", nudge_action);
  gtk_widget_class_install_action (widget_class, "job.again", "s", again_action);
  gtk_widget_class_install_action (widget_class, "job.forget", "s", forget_action);
  gtk_widget_class_install_action (widget_class, "job.look-up", "s", look_up_action);
}
