/* dailies-audition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-audition.h"

#include "dailies-pool.h"
#include "dailies-probe.h"

/* The verdicts come in any order; those of one file are at its place. */
typedef struct
{
  GPtrArray *files;
  gboolean  *good;
  GError   **errors; /* neither good nor an error: not known */
  guint      n_wanted;
  guint      n_begun; /* the first ones of @files */
  guint      n_running;
  guint      n_good;
  GSource   *timeout; /* none: the result is out */
} Session;

/* One file's. */
typedef struct
{
  GTask *task;
  guint  position;
} Turn;

static void
session_free (gpointer data)
{
  Session *session = data;

  for (guint i = 0; i < session->files->len; i++)
    g_clear_error (&session->errors[i]);
  g_ptr_array_unref (session->files);
  g_free (session->good);
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
    if (session->errors[i] == NULL)
      g_ptr_array_add (self->files, g_object_ref (session->files->pdata[i]));
    else
      g_ptr_array_add (self->complaints, g_strdup (session->errors[i]->message));

  return self;
}

static void
give_result (GTask *task)
{
  Session *session = g_task_get_task_data (task);

  g_source_destroy (session->timeout);
  g_clear_pointer (&session->timeout, g_source_unref);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, make_result (session), (GDestroyNotify) dailies_audition_free);
}

static void judged_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

/* Takes @task where nothing is under way any more. No more are begun than there is room for, so that what is found are
 * always the first. */
static void
go_on (GTask *task)
{
  Session *session = g_task_get_task_data (task);

  while (session->timeout != NULL && session->n_begun < session->files->len && session->n_good + session->n_running < session->n_wanted
         && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      Turn *turn = g_new0 (Turn, 1);

      turn->task = task;
      turn->position = session->n_begun++;
      session->n_running++;
      dailies_pool_run_async (judge, g_object_ref (session->files->pdata[turn->position]), g_object_unref, NULL,
                              g_task_get_cancellable (task), judged_cb, turn);
    }
  if (session->n_running > 0)
    return;

  if (session->timeout != NULL)
    give_result (task);
  g_object_unref (task);
}

static gboolean
timeout_cb (gpointer data)
{
  give_result (data);

  return G_SOURCE_REMOVE;
}

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Turn *turn = user_data;
  Session         *session = g_task_get_task_data (turn->task);

  session->good[turn->position] =
    GPOINTER_TO_INT (dailies_pool_run_finish (result, &session->errors[turn->position]));
  session->n_good += session->good[turn->position];
  session->n_running--;
  go_on (turn->task);
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
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Session *session = g_new0 (Session, 1);

  g_task_set_source_tag (task, dailies_audition_async);
  session->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (session->files, g_object_ref (files->pdata[i]));
  session->good = g_new0 (gboolean, files->len);
  session->errors = g_new0 (GError *, files->len);
  session->n_wanted = n_wanted;
  g_task_set_task_data (task, session, session_free);
  session->timeout = g_timeout_source_new (patience);
  g_task_attach_source (task, session->timeout, timeout_cb);
  go_on (task);
}

DailiesAudition *
dailies_audition_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
