/* dailies-practice-launcher.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-practice-launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dailies-access-private.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-transport.h"

#define LOOK_TIME 3   /* seconds for one that runs already to answer */
#define START_TIME 20 /* seconds for a new one to say where it is, and for another process to start one */
#define UNUSED_TIME "3" /* seconds that it waits for the next program; a script of several commands needs one start only */

struct _DailiesPracticeLauncher
{
  GObject           parent_instance;

  DailiesTransport *transport;
  char             *state;   /* path */
  GPtrArray        *waiting; /* (element-type GTask): several jobs ask at once, and one search answers them all */
  gboolean          searching;
  int               use; /* file descriptor: held from the first search on, so that the service stays; -1 before */
  DailiesAccess    *found;
  gint64            found_at; /* monotonic µs: for a moment it is taken for alive without asking again */
};

G_DEFINE_FINAL_TYPE (DailiesPracticeLauncher, dailies_practice_launcher, G_TYPE_OBJECT)

/* One search, from taking the lock to letting it go. */
typedef struct
{
  char          *state;
  int            lock;
  int            use;  /* -1 where the launcher has it already */
  gboolean       used; /* the launcher has it already */
  char          *text; /* of address.json, or the line of a new one */
  DailiesAccess *access;
  GSubprocess   *child;
  GCancellable  *limit;
  guint          limit_id;
} Search;

static void
search_free (Search *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (self->lock >= 0)
    close (self->lock);
  if (self->use >= 0)
    close (self->use);
  g_clear_object (&self->access);
  g_clear_object (&self->child);
  g_clear_object (&self->limit);
  g_free (self->state);
  g_free (self->text);
  g_free (self);
}

static gboolean
limit_cb (gpointer user_data)
{
  Search *self = user_data;

  self->limit_id = 0;
  g_cancellable_cancel (self->limit);
  return G_SOURCE_REMOVE;
}

static GCancellable *
limit_time (Search *self,
            guint   seconds)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->limit);
  self->limit = g_cancellable_new ();
  self->limit_id = g_timeout_add_seconds (seconds, limit_cb, self);
  return self->limit;
}

/* Only ever this machine: the file could have been written by anybody who may write there. */
static DailiesAccess *
read_address (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL && *text != '\0' ? dailies_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *url = dailies_json_get_string (object, "url");
  const char *token = dailies_json_get_string (object, "token");
  DailiesAccess *access;

  if (url == NULL || token == NULL || !dailies_url_is_loopback (url))
    return NULL;
  access = dailies_access_new (url, token, NULL);
  if (access != NULL)
    dailies_access_set_title (access, _("Practice"));
  return access;
}

static gboolean
try_file (char      **found,
          const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) || g_file_test (path, G_FILE_TEST_IS_DIR))
    return FALSE;
  *found = g_steal_pointer (&path);
  return TRUE;
}

char *
dailies_practice_launcher_find_binary (void)
{
  const char *named = g_getenv ("DAILIES_PRACTICE_BIN");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *parent = folder != NULL ? g_path_get_dirname (folder) : NULL;
  char *found = NULL;

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  /* The build tree has it in the room beside ours; a moved installation in the libexec folder beside bin. */
  if (parent != NULL && (try_file (&found, parent, "practice/dailies-practice") ||
                         try_file (&found, parent, "libexec/dailies-practice")))
    return found;
  if (try_file (&found, LIBEXECDIR, "dailies-practice"))
    return found;
  return g_find_program_in_path ("dailies-practice");
}

/* --- the locks: on a thread, since another process may hold them for as long as a start takes -- */

static gboolean
wait_for_lock (int           file,
               int           operation,
               gint64        end,
               GCancellable *cancellable)
{
  while (flock (file, operation | LOCK_NB) != 0)
    {
      if (g_cancellable_is_cancelled (cancellable) || g_get_monotonic_time () > end)
        return FALSE;
      g_usleep (20 * 1000);
    }
  return TRUE;
}

static GError *
new_start_error (Search *search)
{
  g_autofree char *log = g_build_filename (search->state, "practice.log", NULL);

  return dailies_error_new_with_words (DAILIES_ERROR_PRACTICE, NULL, 0,
                                       _("The practice service does not start. What it said is in “%s”."), log);
}

/* All programs share this lock, and the service ends soon after nobody holds it. While it ends it has the lock for itself. */
static gboolean
take_use (Search       *self,
          gint64        end,
          GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (self->state, "users.lock", NULL);

  if (self->used)
    return TRUE;
  self->use = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return self->use >= 0 && wait_for_lock (self->use, LOCK_SH, end, cancellable);
}

static void
take_lock_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Search *self = data;
  g_autofree char *lock = g_build_filename (self->state, "address.lock", NULL);
  g_autofree char *address = g_build_filename (self->state, "address.json", NULL);
  gint64 end = g_get_monotonic_time () + 2 * START_TIME * G_USEC_PER_SEC;

  if (g_mkdir_with_parents (self->state, 0700) == 0)
    self->lock = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_DISK,
                               _("The practice service needs the folder “%s”, which cannot be written (%s)."),
                               self->state, g_strerror (errno));
      return;
    }
  if (!wait_for_lock (self->lock, LOCK_EX, end, cancellable))
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_PRACTICE,
                               _("Another Dailies is still starting the practice service. Try again in a moment."));
      return;
    }
  if (!take_use (self, end, cancellable))
    {
      g_task_return_error (task, new_start_error (self));
      return;
    }
  g_file_get_contents (address, &self->text, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
keep_address_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  Search *self = data;
  g_autofree char *address = g_build_filename (self->state, "address.json", NULL);

  /* Where it cannot be kept, this process still knows it; the next one starts its own. */
  if (!g_file_set_contents_full (address, self->text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    g_unlink (address);
  g_task_return_boolean (task, TRUE);
}

/* --- one search ------------------------------------------------------------------------------- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_task_return_pointer (task, g_object_ref (search->access), g_object_unref);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) keeping = NULL;
  Search *search = g_task_get_task_data (task);

  g_free (search->text);
  search->text = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  search->access = read_address (search->text);
  if (search->access == NULL)
    {
      g_subprocess_force_exit (search->child);
      g_task_return_error (task, new_start_error (search));
      return;
    }

  keeping = g_task_new (NULL, NULL, kept_cb, g_object_ref (task));
  g_task_set_source_tag (keeping, line_cb);
  g_task_set_task_data (keeping, search, NULL);
  g_task_run_in_thread (keeping, keep_address_thread);
}

/* Others may use it when this program has ended, and a Ctrl-C is meant for this program alone. */
static void
child_setup (gpointer data)
{
  setsid ();
}

static void
start (GTask *task)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *binary = dailies_practice_launcher_find_binary ();
  Search *search = g_task_get_task_data (task);
  g_autofree char *log = g_build_filename (search->state, "practice.log", NULL);
  g_autoptr (GError) error = NULL;

  if (binary == NULL)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_PRACTICE,
                               _("The practice service (dailies-practice) is not installed. Install Dailies again."));
      g_object_unref (task);
      return;
    }

  /* Not our stderr: whoever reads that to its end would wait for the practice service. */
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);
  search->child = g_subprocess_launcher_spawn (launcher, &error, binary, "--port", "0", "--state", search->state,
                                               "--unused-exit", UNUSED_TIME, NULL);
  if (search->child == NULL)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_PRACTICE,
                               _("The practice service “%s” cannot be started (%s)."), binary, error->message);
      g_object_unref (task);
      return;
    }
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (search->child));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, limit_time (search, START_TIME), line_cb, task);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  Search *search = g_task_get_task_data (task);

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, NULL);
  /* Another program may have got the same port since: only one that knows the token and has models is ours. */
  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) &&
      json_object_has_member (json_node_get_object (answer), "models"))
    {
      g_task_return_pointer (task, g_object_ref (search->access), g_object_unref);
      return;
    }
  g_clear_object (&search->access);
  start (g_steal_pointer (&task));
}

static void
locked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DailiesPracticeLauncher *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  search->access = read_address (search->text);
  if (search->access == NULL)
    start (g_steal_pointer (&task));
  else
    dailies_transport_call_async (self->transport, search->access, DAILIES_CALL_ONCE, "GET", "/v1/models?limit=1", NULL,
                                  limit_time (search, LOOK_TIME), looked_cb, g_steal_pointer (&task));
}

/* Everybody who asked meanwhile gets the same answer. */
static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DailiesPracticeLauncher *self = DAILIES_PRACTICE_LAUNCHER (source);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  Search *search = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->found);
  self->found = g_task_propagate_pointer (G_TASK (result), &error);
  self->found_at = g_get_monotonic_time ();
  self->searching = FALSE;
  if (error == NULL && !search->used)
    self->use = g_steal_fd (&search->use);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error == NULL)
        g_task_return_pointer (task, g_object_ref (self->found), g_object_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
begin_search (DailiesPracticeLauncher *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, searched_cb, NULL);
  g_autoptr (GTask) locking = NULL;
  Search *search = g_new0 (Search, 1);

  self->searching = TRUE;
  search->state = g_strdup (self->state);
  search->lock = -1;
  search->use = -1;
  search->used = self->use >= 0;
  g_task_set_source_tag (task, begin_search);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  /* Without a source: the pool's thread lets go of its task a little later, and must not be the last to hold us. */
  locking = g_task_new (NULL, NULL, locked_cb, g_steal_pointer (&task));
  g_task_set_source_tag (locking, begin_search);
  g_task_set_task_data (locking, search, NULL);
  g_task_run_in_thread (locking, take_lock_thread);
}

static void
dailies_practice_launcher_finalize (GObject *object)
{
  DailiesPracticeLauncher *self = DAILIES_PRACTICE_LAUNCHER (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->found);
  if (self->use >= 0)
    close (self->use);
  g_ptr_array_unref (self->waiting);
  g_free (self->state);

  G_OBJECT_CLASS (dailies_practice_launcher_parent_class)->finalize (object);
}

static void
dailies_practice_launcher_class_init (DailiesPracticeLauncherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_practice_launcher_finalize;
}

static void
dailies_practice_launcher_init (DailiesPracticeLauncher *self)
{
  self->use = -1;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

DailiesPracticeLauncher *
dailies_practice_launcher_new (DailiesTransport *transport,
                               GFile            *state)
{
  DailiesPracticeLauncher *self;

  g_return_val_if_fail (DAILIES_IS_TRANSPORT (transport), NULL);

  self = g_object_new (DAILIES_TYPE_PRACTICE_LAUNCHER, NULL);
  self->transport = g_object_ref (transport);
  self->state = state != NULL ? g_file_get_path (state) : NULL;
  if (self->state == NULL)
    self->state = g_build_filename (g_get_user_cache_dir (), "dailies", "practice", NULL);
  return self;
}

void
dailies_practice_launcher_run_async (DailiesPracticeLauncher *self,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *url = g_getenv ("DAILIES_PRACTICE_URL");
  GError *error = NULL;

  g_return_if_fail (DAILIES_IS_PRACTICE_LAUNCHER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_practice_launcher_run_async);
  if (url != NULL && *url != '\0')
    {
      DailiesAccess *access = dailies_access_new (url, g_getenv ("DAILIES_PRACTICE_TOKEN"), &error);

      if (access == NULL)
        {
          g_prefix_error (&error, "DAILIES_PRACTICE_URL: ");
          g_task_return_error (task, error);
          return;
        }
      dailies_access_set_title (access, _("Practice"));
      g_task_return_pointer (task, access, g_object_unref);
      return;
    }
  if (self->found != NULL && g_get_monotonic_time () - self->found_at < 2 * G_USEC_PER_SEC)
    {
      g_task_return_pointer (task, g_object_ref (self->found), g_object_unref);
      return;
    }

  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (!self->searching)
    begin_search (self);
}

DailiesAccess *
dailies_practice_launcher_run_finish (DailiesPracticeLauncher *self,
                                      GAsyncResult            *result,
                                      GError                 **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
