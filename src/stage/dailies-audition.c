/* dailies-audition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-audition.h"

#include "dailies-pool.h"
#include "dailies-probe.h"

/* The verdicts come in any order; that of each file is at its place. */
typedef struct
{
  GPtrArray    *files;
  gboolean     *bad;
  GError      **errors;
  guint         n_wanted;
  guint         n_begun; /* the first ones of @files */
  guint         n_running;
  guint         n_good;
  guint         patience;
  guint         timer;
  GSource      *watch; /* (nullable): of the caller's cancellable */
  gboolean      ended;
  GCancellable *cancellable; /* of those that are running */
} Session;

/* One file's. It may end long after the session. */
typedef struct
{
  GTask *task; /* owned */
  guint  position;
} Turn;

static void
session_free (gpointer data)
{
  Session *session = data;

  for (guint i = 0; i < session->files->len; i++)
    g_clear_error (&session->errors[i]);
  g_ptr_array_unref (session->files);
  g_object_unref (session->cancellable);
  g_free (session->bad);
  g_free (session->errors);
  g_free (session);
}

static gpointer
judge (gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *base = g_file_get_basename (data);
  g_autofree char *name = g_filename_display_name (base);

  return GINT_TO_POINTER (dailies_probe_check_clip (data, name, cancellable, error));
}

static DailiesAudition *
make_result (const Session *session)
{
  DailiesAudition *self = g_new0 (DailiesAudition, 1);

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->complaints = g_ptr_array_new_with_free_func (g_free);
  self->n_untried = session->files->len - session->n_begun;
  for (guint i = 0; i < session->n_begun; i++)
    if (session->bad[i])
      g_ptr_array_add (self->complaints, g_strdup (session->errors[i]->message));
    else
      g_ptr_array_add (self->files, g_object_ref (session->files->pdata[i]));

  return self;
}

static void
end (GTask *task)
{
  Session *session = g_task_get_task_data (task);

  session->ended = TRUE;
  g_clear_handle_id (&session->timer, g_source_remove);
  if (session->watch != NULL)
    g_source_destroy (session->watch);
  g_clear_pointer (&session->watch, g_source_unref);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, make_result (session), (GDestroyNotify) dailies_audition_free);
  /* Nobody asks any more. */
  g_cancellable_cancel (session->cancellable);
}

static gboolean
tired_cb (gpointer user_data)
{
  GTask   *task = user_data;
  Session *session = g_task_get_task_data (task);

  session->timer = 0;
  end (task);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

static void judged_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

/* No more are begun than there is room for, so that what is found are always the first. */
static void
go_on (GTask *task)
{
  Session *session = g_task_get_task_data (task);

  while (session->n_begun < session->files->len && session->n_good + session->n_running < session->n_wanted)
    {
      Turn *turn = g_new0 (Turn, 1);

      turn->task = g_object_ref (task);
      turn->position = session->n_begun++;
      session->n_running++;
      dailies_pool_run_async (judge, g_object_ref (session->files->pdata[turn->position]), g_object_unref, NULL,
                              session->cancellable, judged_cb, turn);
    }
  g_clear_handle_id (&session->timer, g_source_remove);
  if (session->n_running == 0)
    end (task);
  else
    session->timer =
      g_timeout_add_full (G_PRIORITY_DEFAULT, session->patience, tired_cb, g_object_ref (task), g_object_unref);
}

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Turn  *turn = user_data;
  g_autoptr (GTask) task = turn->task;
  Session          *session = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean          good = GPOINTER_TO_INT (dailies_pool_run_finish (result, &error));

  if (session->ended)
    return;

  session->bad[turn->position] = !good;
  session->errors[turn->position] = g_steal_pointer (&error);
  session->n_good += good;
  session->n_running--;
  go_on (task);
}

void
dailies_audition_free (DailiesAudition *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->complaints);
  g_free (self);
}

void
dailies_audition_async (GPtrArray           *files,
                        guint                n_wanted,
                        guint                patience,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Session          *session = g_new0 (Session, 1);

  g_task_set_source_tag (task, dailies_audition_async);
  session->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (session->files, g_object_ref (files->pdata[i]));
  session->bad = g_new0 (gboolean, files->len);
  session->errors = g_new0 (GError *, files->len);
  session->n_wanted = n_wanted;
  session->patience = patience;
  session->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, session, session_free);
  if (cancellable != NULL)
    {
      session->watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (session->watch, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
      g_source_attach (session->watch, NULL);
    }
  go_on (task);
}

DailiesAudition *
dailies_audition_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
