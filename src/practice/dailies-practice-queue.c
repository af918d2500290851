/* dailies-practice-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-queue.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-practice-work.h"

/* How often one of the others' jobs before ours is done. */
#define STEP_MS 400

/* Clips and uploads are kept this long: nobody comes back for them later. */
#define KEEP_SECONDS (14 * 24 * 60 * 60)

struct _DailiesPracticeQueue
{
  GObject parent_instance;

  char                *folder;
  DailiesCatalogue    *catalogue;
  DailiesTransport    *transport;
  DailiesPracticePace  pace;
  GPtrArray           *jobs;    /* DailiesPracticeJob, oldest first */
  DailiesPracticeJob  *running; /* (nullable): one of them */
  GCancellable        *cancellable;
  guint                timer;
};

G_DEFINE_FINAL_TYPE (DailiesPracticeQueue, dailies_practice_queue, G_TYPE_OBJECT)

static void go_on (DailiesPracticeQueue *self);

static char *
path_of (DailiesPracticeQueue *self,
         const char           *room,
         const char           *name,
         const char           *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (self->folder, room, file, NULL);
}

static char *
random_name (void)
{
  GString *name = g_string_new (NULL);

  for (int i = 0; i < 5; i++)
    g_string_append_printf (name, "%08x", g_random_int ());

  return g_string_free (name, FALSE);
}

static gboolean
save (DailiesPracticeQueue *self,
      DailiesPracticeJob   *job,
      GError              **error)
{
  g_autofree char *path = path_of (self, "jobs", job->id, ".json");

  return dailies_practice_job_save (job, path, error);
}

static void
end_job (DailiesPracticeQueue *self,
         DailiesPracticeJob   *job,
         DailiesPracticeState  state,
         const char           *words)
{
  g_autoptr (GError) error = NULL;

  job->state = state;
  job->finished = g_get_real_time () / G_USEC_PER_SEC;
  g_free (job->error);
  job->error = g_strdup (words);
  dailies_practice_job_forget (job);
  if (!save (self, job, &error))
    g_warning ("%s", error->message);
}

static void
settle (DailiesPracticeQueue *self,
        const GError         *failure)
{
  DailiesPracticeJob *job = g_steal_pointer (&self->running);

  if (failure == NULL && self->pace.fail)
    end_job (self, job, DAILIES_PRACTICE_FAILED, "generation failed: the model could not make this clip");
  else
    end_job (self, job, failure == NULL ? DAILIES_PRACTICE_COMPLETED : DAILIES_PRACTICE_FAILED,
             failure != NULL ? failure->message : NULL);
  go_on (self);
}

static gboolean
latency_cb (gpointer user_data)
{
  DailiesPracticeQueue *self = user_data;

  self->timer = 0;
  settle (self, NULL);

  return G_SOURCE_REMOVE;
}

static void
work_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DailiesPracticeQueue) self = user_data;
  g_autoptr (GError)               error = NULL;
  gint64                           left;

  /* On the way out the job stays as it is on disk, and is taken up at the next start. */
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      self->running = NULL;
      return;
    }

  if (!dailies_practice_work_finish (result, &error))
    {
      settle (self, error);
      return;
    }

  left = (gint64) (self->pace.latency * 1000) - (g_get_monotonic_time () - self->running->started) / 1000;
  if (left > 0)
    self->timer = g_timeout_add ((guint) left, latency_cb, self);
  else
    settle (self, NULL);
}

static void
start (DailiesPracticeQueue *self,
       DailiesPracticeJob   *job)
{
  g_autofree char    *clip = path_of (self, "clips", job->id, ".mp4");
  g_autofree char    *files = g_build_filename (self->folder, "files", NULL);
  g_autoptr (GError)  error = NULL;
  DailiesDefinition  *definition = dailies_catalogue_lookup (self->catalogue, job->model, &error);

  if (definition == NULL)
    {
      end_job (self, job, DAILIES_PRACTICE_FAILED, error->message);
      return;
    }

  job->state = DAILIES_PRACTICE_RUNNING;
  job->started = g_get_monotonic_time ();
  self->running = job;
  if (!save (self, job, &error))
    g_warning ("%s", error->message);
  dailies_practice_work_async (job, definition, self->transport, files, clip, self->cancellable,
                               work_cb, g_object_ref (self));
}

static DailiesPracticeJob *
first_waiting (DailiesPracticeQueue *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      DailiesPracticeJob *job = g_ptr_array_index (self->jobs, i);

      if (job->state == DAILIES_PRACTICE_QUEUED)
        return job;
    }

  return NULL;
}

static gboolean
step_cb (gpointer user_data)
{
  DailiesPracticeQueue *self = user_data;

  self->timer = 0;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      DailiesPracticeJob *job = g_ptr_array_index (self->jobs, i);

      if (job->state == DAILIES_PRACTICE_QUEUED && job->ahead > 0)
        job->ahead--;
    }
  go_on (self);

  return G_SOURCE_REMOVE;
}

/* Starts what can be started, and comes back while somebody waits behind others. */
static void
go_on (DailiesPracticeQueue *self)
{
  DailiesPracticeJob *job;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  while (self->running == NULL && (job = first_waiting (self)) != NULL && job->ahead == 0)
    start (self, job);

  job = first_waiting (self);
  if (self->running == NULL && job != NULL && self->timer == 0)
    self->timer = g_timeout_add (STEP_MS, step_cb, self);
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const DailiesPracticeJob *first = *(const DailiesPracticeJob *const *) a;
  const DailiesPracticeJob *second = *(const DailiesPracticeJob *const *) b;

  return first->created < second->created ? -1 : first->created > second->created;
}

/* A job whose clip or record is too old goes with all it has. */
static void
take_up (DailiesPracticeQueue *self,
         const char           *path)
{
  g_autoptr (GError)  error = NULL;
  DailiesPracticeJob *job = dailies_practice_job_load (path, &error);

  if (job == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }

  if (dailies_practice_job_is_over (job) && job->finished + KEEP_SECONDS < g_get_real_time () / G_USEC_PER_SEC)
    {
      g_autofree char *clip = path_of (self, "clips", job->id, ".mp4");

      g_unlink (clip);
      g_unlink (path);
      dailies_practice_job_free (job);
      return;
    }

  if (!dailies_practice_job_is_over (job))
    job->state = DAILIES_PRACTICE_QUEUED;
  g_ptr_array_add (self->jobs, job);
}

static gboolean
open_folder (DailiesPracticeQueue *self,
             GError              **error)
{
  static const char *const rooms[] = { "jobs", "clips", "files" };
  g_autofree char         *jobs = g_build_filename (self->folder, "jobs", NULL);
  g_autoptr (GDir)         dir = NULL;
  const char              *name;

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, rooms[i], NULL);

      if (g_mkdir_with_parents (path, 0700) != 0)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The folder “%s” cannot be made: %s"), path,
                       g_strerror (errno));
          return FALSE;
        }
    }

  dir = g_dir_open (jobs, 0, error);
  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        g_autofree char *path = g_build_filename (jobs, name, NULL);

        take_up (self, path);
      }
  g_ptr_array_sort (self->jobs, compare_age);

  return TRUE;
}

static void
dailies_practice_queue_dispose (GObject *object)
{
  DailiesPracticeQueue *self = DAILIES_PRACTICE_QUEUE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->transport);

  G_OBJECT_CLASS (dailies_practice_queue_parent_class)->dispose (object);
}

static void
dailies_practice_queue_finalize (GObject *object)
{
  DailiesPracticeQueue *self = DAILIES_PRACTICE_QUEUE (object);

  g_ptr_array_unref (self->jobs);
  g_object_unref (self->cancellable);
  g_free (self->folder);

  G_OBJECT_CLASS (dailies_practice_queue_parent_class)->finalize (object);
}

static void
dailies_practice_queue_class_init (DailiesPracticeQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dailies_practice_queue_dispose;
  object_class->finalize = dailies_practice_queue_finalize;
}

static void
dailies_practice_queue_init (DailiesPracticeQueue *self)
{
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_practice_job_free);
  self->cancellable = g_cancellable_new ();
}

DailiesPracticeQueue *
dailies_practice_queue_new (const char                *folder,
                            DailiesCatalogue          *catalogue,
                            DailiesTransport          *transport,
                            const DailiesPracticePace *pace,
                            GError                   **error)
{
  g_autoptr (DailiesPracticeQueue) self = g_object_new (DAILIES_TYPE_PRACTICE_QUEUE, NULL);

  self->folder = g_strdup (folder);
  self->catalogue = g_object_ref (catalogue);
  self->transport = g_object_ref (transport);
  self->pace = *pace;
  if (!open_folder (self, error))
    return NULL;
  go_on (self);

  return g_steal_pointer (&self);
}

DailiesPracticeJob *
dailies_practice_queue_submit (DailiesPracticeQueue *self,
                               DailiesDefinition    *definition,
                               JsonNode             *input,
                               const char           *origin,
                               GError              **error)
{
  DailiesPracticeJob *job = dailies_practice_job_new (dailies_definition_get_id (definition), input, origin);

  job->ahead = self->pace.ahead;
  if (!save (self, job, error))
    {
      dailies_practice_job_free (job);
      return NULL;
    }

  g_ptr_array_add (self->jobs, job);
  go_on (self);

  return job;
}

DailiesPracticeJob *
dailies_practice_queue_lookup (DailiesPracticeQueue *self,
                               const char           *id)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      DailiesPracticeJob *job = g_ptr_array_index (self->jobs, i);

      if (g_str_equal (job->id, id))
        return job;
    }

  return NULL;
}

int
dailies_practice_queue_position (DailiesPracticeQueue *self,
                                 DailiesPracticeJob   *job)
{
  int before = 0;

  if (job->state != DAILIES_PRACTICE_QUEUED)
    return 0;

  for (guint i = 0; i < self->jobs->len && g_ptr_array_index (self->jobs, i) != job; i++)
    {
      DailiesPracticeJob *other = g_ptr_array_index (self->jobs, i);

      before += other->state == DAILIES_PRACTICE_QUEUED;
    }

  return MAX (job->ahead, before) + 1;
}

gboolean
dailies_practice_queue_cancel (DailiesPracticeQueue *self,
                               DailiesPracticeJob   *job)
{
  if (job->state != DAILIES_PRACTICE_QUEUED)
    return FALSE;

  end_job (self, job, DAILIES_PRACTICE_CANCELLED, NULL);
  go_on (self);

  return TRUE;
}

gboolean
dailies_practice_queue_is_working (DailiesPracticeQueue *self)
{
  return self->running != NULL || first_waiting (self) != NULL;
}

void
dailies_practice_queue_stop (DailiesPracticeQueue *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->timer != 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      self->running = NULL;
    }
  while (self->running != NULL)
    g_main_context_iteration (NULL, TRUE);
}

char *
dailies_practice_queue_lend_clip (DailiesPracticeQueue *self,
                                  DailiesPracticeJob   *job,
                                  double                seconds)
{
  gint64 now = g_get_monotonic_time ();

  /* The same address while it is good, as a service's storage does it; a new one after that. */
  if (job->clip == NULL || job->clip_until <= now)
    {
      g_autofree char *name = random_name ();

      g_free (job->clip);
      job->clip = g_strconcat (name, ".mp4", NULL);
      job->clip_until = now + (gint64) (seconds * G_USEC_PER_SEC);
    }

  return g_strdup (job->clip);
}

char *
dailies_practice_queue_find_clip (DailiesPracticeQueue *self,
                                  const char           *name)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      DailiesPracticeJob *job = g_ptr_array_index (self->jobs, i);

      if (g_strcmp0 (job->clip, name) == 0)
        return job->clip_until > g_get_monotonic_time () ? path_of (self, "clips", job->id, ".mp4") : NULL;
    }

  return NULL;
}

char *
dailies_practice_queue_keep_file (DailiesPracticeQueue *self,
                                  GBytes               *bytes,
                                  const char           *suffix,
                                  GError              **error)
{
  g_autofree char *stem = random_name ();
  g_autofree char *name = g_strconcat (stem, suffix, NULL);
  g_autofree char *path = path_of (self, "files", name, "");

  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;

  return g_steal_pointer (&name);
}

char *
dailies_practice_queue_find_file (DailiesPracticeQueue *self,
                                  const char           *name)
{
  g_autofree char *path = path_of (self, "files", name, "");

  if (strchr (name, '/') != NULL || *name == '.' || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;

  return g_steal_pointer (&path);
}
