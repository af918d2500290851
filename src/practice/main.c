/* main.c: dailies-practice, a stand-in for both services on this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dailies-codecs.h"
#include "dailies-practice-address.h"
#include "dailies-practice-server.h"

/* Seconds that the jobs at work get when nobody uses the service any more; what is left then is for the next start. */
#define LAST_WORK_TIME 30

enum
{
  STATUS_USAGE = 64,
  STATUS_UNAVAILABLE = 69,
};

typedef struct
{
  int     port;
  double  latency;
  int     ahead;
  char   *faults;
  char   *state;
  int     idle_exit;
  int     unused_exit;
  char   *token;
} Options;

typedef struct
{
  GMainLoop              *loop;
  DailiesPracticeServer  *server;
  DailiesPracticeQueue   *queue;
  DailiesPracticeAddress *address;
  int                     idle_exit;
  int                     unused_exit;
  gint64                  left_at; /* monotonic µs: when it was first seen that nobody uses it; 0: somebody does */
} Program;

static gboolean
parse_options (Options   *options,
               int       *argc,
               char    ***argv,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, N_("Port on 127.0.0.1; 0 takes a free one"), "N" },
    { "latency", 0, 0, G_OPTION_ARG_DOUBLE, &options->latency, N_("Every job runs at least this many seconds"), "S" },
    { "queue", 0, 0, G_OPTION_ARG_INT, &options->ahead, N_("Every job finds N others before it"), "N" },
    { "faults", 0, 0, G_OPTION_ARG_STRING, &options->faults, N_("Misbehave as SPEC says"), "SPEC" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
      N_("Remember token, jobs and clips in DIR over restarts"), "DIR" },
    { "idle-exit", 0, 0, G_OPTION_ARG_INT, &options->idle_exit,
      N_("Quit after this many seconds without request or job; 0 never"), "SECONDS" },
    { "unused-exit", 0, 0, G_OPTION_ARG_INT, &options->unused_exit,
      N_("Quit after this many seconds in which no program used DIR; 0 never"), "SECONDS" },
    { "token", 0, 0, G_OPTION_ARG_STRING, &options->token, N_("Accept this token"), "T" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char           *help = dailies_faults_help ();

  g_option_context_set_summary (context, _("Speaks the protocols of RunComfy and Unifically on this machine and renders "
                                           "practice clips.\nPrints one line of JSON with its address and token."));
  g_option_context_set_description (context, help);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  dailies_codecs_mend_faults ();
  if (*argc > 1 || options->port < 0 || options->port > 65535 || options->ahead < 0 || options->latency < 0
      || options->idle_exit < 0 || options->unused_exit < 0 || (options->unused_exit > 0 && options->state == NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("An option has a value that makes no sense; see --help"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
idle_cb (gpointer user_data)
{
  Program *program = user_data;
  gint64   idle = g_get_monotonic_time () - dailies_practice_server_get_touched (program->server);

  if (idle > (gint64) program->idle_exit * G_USEC_PER_SEC && !dailies_practice_queue_is_working (program->queue))
    g_main_loop_quit (program->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
unused_cb (gpointer user_data)
{
  Program *program = user_data;
  gint64   now = g_get_monotonic_time ();
  int      patience = program->unused_exit;

  if (dailies_practice_address_is_used (program->address))
    program->left_at = 0;
  else if (program->left_at == 0)
    program->left_at = now;
  if (dailies_practice_queue_is_working (program->queue))
    patience = MAX (patience, LAST_WORK_TIME);
  if (program->left_at != 0 && now - program->left_at >= (gint64) patience * G_USEC_PER_SEC
      && dailies_practice_address_retire (program->address))
    g_main_loop_quit (program->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);

  return G_SOURCE_CONTINUE;
}

/* The service is of no terminal and of no window: several programs share it, and the last one decides. */
static void
stand_alone (void)
{
  signal (SIGPIPE, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  if (setsid () < 0)
    g_debug ("already the leader of a process group");
  /* The window is drawn on the same two cores. */
  if (setpriority (PRIO_PROCESS, 0, 10) != 0)
    g_debug ("no lower priority");
}

/* The port of the last time where it is free, so that addresses in answers of before stay good. */
static gboolean
listen_somewhere (DailiesPracticeServer *server,
                  int                    port,
                  guint                  last_port,
                  GError               **error)
{
  if (port != 0)
    return dailies_practice_server_listen (server, (guint) port, error);

  return (last_port != 0 && dailies_practice_server_listen (server, last_port, NULL))
         || dailies_practice_server_listen (server, 0, error);
}

/* Prints the line, and then lets go of what belongs to whoever started us: a shell that waits for the end of our output
 * must not wait for the end of us. Messages go to @folder from then on. */
static void
print_line (const char *line,
            const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  int              null = g_open ("/dev/null", O_RDWR | O_CLOEXEC, 0);
  int              log;

  puts (line);
  fflush (stdout);
  if (null >= 0)
    {
      dup2 (null, STDIN_FILENO);
      dup2 (null, STDOUT_FILENO);
      close (null);
    }
  if (isatty (STDERR_FILENO))
    return;

  log = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log >= 0)
    {
      dup2 (log, STDERR_FILENO);
      close (log);
    }
}

static gboolean
serve (const Options  *options,
       const char     *folder,
       GError        **error)
{
  DailiesPracticePace               pace = { options->ahead, options->latency, FALSE };
  g_autoptr (DailiesCatalogue)      catalogue = dailies_catalogue_new (NULL);
  g_autoptr (DailiesTransport)      transport = dailies_transport_new ();
  g_autoptr (GMainLoop)             loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (DailiesPracticeQueue)  queue = NULL;
  g_autoptr (DailiesPracticeServer) server = NULL;
  DailiesFaults                    *faults = dailies_faults_new (options->faults, error);
  DailiesPracticeAddress            address;
  g_autofree char                  *line = NULL;
  Program                           program;

  if (faults == NULL || !dailies_practice_address_take (&address, folder, options->token, error))
    {
      dailies_faults_free (faults);
      return FALSE;
    }
  if (address.line != NULL)
    {
      puts (address.line);
      dailies_practice_address_clear (&address);
      dailies_faults_free (faults);
      return TRUE;
    }

  pace.fail = dailies_faults_get (faults, "fail") != NULL;
  queue = dailies_practice_queue_new (folder, catalogue, transport, &pace, error);
  if (queue != NULL)
    server = dailies_practice_server_new (queue, catalogue, faults, address.token);
  else
    dailies_faults_free (faults);
  if (server != NULL && listen_somewhere (server, options->port, address.port, error))
    line = dailies_practice_address_tell (&address, folder, dailies_practice_server_get_url (server), error);
  if (line == NULL)
    {
      dailies_practice_address_clear (&address);
      return FALSE;
    }

  print_line (line, folder);
  program = (Program){ loop, server, queue, &address, options->idle_exit, options->unused_exit, 0 };
  g_unix_signal_add (SIGTERM, quit_cb, &program);
  g_unix_signal_add (SIGINT, quit_cb, &program);
  if (options->idle_exit > 0)
    g_timeout_add_seconds (1, idle_cb, &program);
  if (options->unused_exit > 0)
    g_timeout_add_seconds (1, unused_cb, &program);
  g_main_loop_run (loop);
  dailies_practice_queue_stop (queue);
  dailies_practice_address_clear (&address);

  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  Options            options = { .idle_exit = 600 };
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = NULL;
  gboolean           done;

  /* What is said on standard output is read by others. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("dailies-practice: %s\n", error->message);
      return STATUS_USAGE;
    }

  stand_alone ();
  folder = options.state != NULL ? g_strdup (options.state) : g_dir_make_tmp ("dailies-practice-XXXXXX", &error);
  done = folder != NULL && serve (&options, folder, &error);
  if (folder != NULL && options.state == NULL)
    remove_folder (folder);
  if (!done)
    g_printerr ("dailies-practice: %s\n", error->message);
  g_free (options.faults);
  g_free (options.state);
  g_free (options.token);

  if (done)
    return 0;

  return error->domain == G_OPTION_ERROR ? STATUS_USAGE : STATUS_UNAVAILABLE;
}
