/* cli-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-cut.h"
#include "dailies-error.h"

#define BAR_WIDTH 28
#define TICK_MS 200
/* A job that an earlier run left waiting for room gets so long to show that there is some now. */
#define STUCK_SECONDS 10

/* A terminal gets one line that changes; a log gets a line for each change that matters. */
typedef struct
{
  GPtrArray *jobs;
  GPtrArray *lines; /* what was last said of each */
  gboolean   terminal;
  gint64     started;
  gint64     unwritten; /* since when an id could not be written down; 0 for not */
  gboolean   drawn;
} Progress;

static char *
describe_bytes (gint64 fetched,
                gint64 size)
{
  g_autofree char *have = g_format_size (MAX (fetched, 0));
  g_autofree char *all = NULL;

  if (size <= 0)
    return g_steal_pointer (&have);
  all = g_format_size (size);

  return g_strdup_printf (_ ("%s of %s"), have, all);
}

/* How the job stands, without what changes all the time. The message tells why it waits, or what the service calls it. */
static char *
describe_job (DailiesJob *job)
{
  GString    *line = g_string_new (dailies_job_state_to_title (dailies_job_get_state (job)));
  int         position = dailies_job_get_queue_position (job);
  const char *message = dailies_job_get_message (job);
  const char *words = cli_get_words (job);

  if (dailies_job_state_is_ended (dailies_job_get_state (job)))
    return g_string_free (line, FALSE);
  if (dailies_job_get_state (job) == DAILIES_JOB_QUEUED && position >= 0)
    g_string_append_printf (line, _ (" · number %d"), position);
  if (message != NULL)
    g_string_append_printf (line, " · %s", message);
  if (words != NULL)
    g_string_append_printf (line, " · %s", words);

  return g_string_free (line, FALSE);
}

static void
draw_bar (DailiesJob *job,
          gint64      elapsed_seconds)
{
  g_autofree char *text = describe_job (job);
  g_autofree char *line = cli_dup_line (text, 100);
  gint64           fetched = -1;
  gint64           size = -1;

  g_object_get (job, "fetched", &fetched, "fetch-size", &size, NULL);
  /* Only a download has a share that is known; the services tell none of their own work. */
  if (dailies_job_get_state (job) == DAILIES_JOB_FETCHING && fetched >= 0)
    {
      g_autofree char *bytes = describe_bytes (fetched, size);
      char             bar[BAR_WIDTH + 1];
      int              filled = size > 0 ? (int) (CLAMP (fetched, 0, size) * BAR_WIDTH / size) : 0;

      for (int i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
      bar[BAR_WIDTH] = '\0';
      fprintf (stderr, "\r\033[K%s [%s] %s", line, bar, bytes);
    }
  else
    {
      fprintf (stderr, "\r\033[K%s  %d:%02d", line, (int) (elapsed_seconds / 60), (int) (elapsed_seconds % 60));
    }
  fflush (stderr);
}

static void
show_progress (Progress *progress)
{
  gint64 elapsed = (g_get_monotonic_time () - progress->started) / G_USEC_PER_SEC;

  /* Several jobs in one line would not fit: then a terminal gets lines too. */
  if (progress->terminal && progress->jobs->len == 1)
    {
      draw_bar (g_ptr_array_index (progress->jobs, 0), elapsed);
      progress->drawn = TRUE;
      return;
    }

  for (guint i = 0; i < progress->jobs->len; i++)
    {
      DailiesJob      *job = g_ptr_array_index (progress->jobs, i);
      g_autofree char *line = describe_job (job);

      if (g_strcmp0 (line, g_ptr_array_index (progress->lines, i)) == 0)
        continue;
      cli_say (_ ("Job %.8s: %s"), dailies_job_get_id (job), line);
      g_free (g_ptr_array_index (progress->lines, i));
      g_ptr_array_index (progress->lines, i) = g_steal_pointer (&line);
    }
}

static void
clear_progress (Progress *progress)
{
  if (progress->drawn)
    fputs ("\r\033[K", stderr);
  fflush (stderr);
  progress->drawn = FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  show_progress (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_on_its_way_out (DailiesJob *job)
{
  switch (dailies_job_get_state (job))
    {
    case DAILIES_JOB_DRAFT:
    case DAILIES_JOB_PREPARING:
    case DAILIES_JOB_SUBMITTING:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_over (DailiesJob *job,
         CliUntil    until)
{
  if (until == CLI_UNTIL_SUBMITTED)
    return !is_on_its_way_out (job) || cli_is_held (job);

  return dailies_job_state_is_ended (dailies_job_get_state (job));
}

static gint64
get_seconds (Progress *progress)
{
  return (g_get_monotonic_time () - progress->started) / G_USEC_PER_SEC;
}

/* Who only looks waits for nobody else, for no time that was told, and for what goes on at the service only a moment. */
static gboolean
is_looked_at (Progress   *progress,
              DailiesJob *job)
{
  gboolean waiting = FALSE;

  if (!cli_is_mine (job) || cli_is_held (job))
    return TRUE;
  if (get_seconds (progress) < CLI_LOOK_SECONDS)
    return FALSE;

  g_object_get (job, "waiting", &waiting, NULL);
  return !is_on_its_way_out (job) && (dailies_job_get_state (job) != DAILIES_JOB_FETCHING || waiting);
}

/* A submit that is under way is worth a moment: cut off, its outcome would be unknown. A second signal does not wait. */
static gboolean
should_leave (Cli       *cli,
              Progress  *progress,
              gboolean  *told)
{
  GPtrArray *jobs = progress->jobs;

  if (cli->n_signals == 0)
    return FALSE;
  if (cli->n_signals > 1)
    return TRUE;

  for (guint i = 0; i < jobs->len; i++)
    {
      DailiesJob *job = g_ptr_array_index (jobs, i);

      if (dailies_job_get_state (job) != DAILIES_JOB_SUBMITTING || !cli_is_mine (job) || cli_is_unwritten (job))
        continue;
      if (!*told)
        {
          clear_progress (progress);
          cli_say (_ ("Waiting for the answer to the submit. Interrupt again to leave at once: the outcome is unknown then."));
        }
      *told = TRUE;
      return FALSE;
    }

  return TRUE;
}

/* (element-type DailiesJob): those that stand still before anything has been tried */
static GHashTable *
find_stuck (GPtrArray *jobs)
{
  GHashTable *stuck = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      if (cli_is_stuck (g_ptr_array_index (jobs, i)))
        g_hash_table_add (stuck, g_ptr_array_index (jobs, i));
    }

  return stuck;
}

static gboolean
are_all_over (Progress   *progress,
              GHashTable *stuck_before,
              CliUntil    until)
{
  gboolean patient = get_seconds (progress) < STUCK_SECONDS;

  for (guint i = 0; i < progress->jobs->len; i++)
    {
      DailiesJob *job = g_ptr_array_index (progress->jobs, i);

      if (is_over (job, until) || (until == CLI_UNTIL_LOOKED && is_looked_at (progress, job)))
        continue;
      if (cli_is_unwritten (job))
        {
          /* What is paid for is worth a moment: somebody may be making room right now. */
          if (progress->unwritten == 0)
            progress->unwritten = g_get_monotonic_time ();
          if (g_get_monotonic_time () - progress->unwritten > STUCK_SECONDS * G_USEC_PER_SEC)
            continue;
        }
      else if (!cli_is_stuck (job))
        g_hash_table_remove (stuck_before, job);
      else if (!patient || !g_hash_table_contains (stuck_before, job))
        continue;
      return FALSE;
    }

  return TRUE;
}

gboolean
cli_watch (Cli       *cli,
           GPtrArray *jobs,
           CliUntil   until)
{
  Progress progress = { .jobs = jobs, .terminal = isatty (STDERR_FILENO), .started = g_get_monotonic_time () };
  g_autoptr (GHashTable) stuck_before = find_stuck (jobs);
  gboolean told = FALSE;
  gboolean left = FALSE;
  guint    tick;

  progress.lines = g_ptr_array_new_full (jobs->len, g_free);
  g_ptr_array_set_size (progress.lines, jobs->len);
  show_progress (&progress);
  tick = g_timeout_add (TICK_MS, tick_cb, &progress);

  while (!left && !are_all_over (&progress, stuck_before, until))
    {
      left = should_leave (cli, &progress, &told);
      if (!left)
        g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (tick);
  clear_progress (&progress);
  /* Of a look the last line stays: it is what was asked for. */
  progress.terminal &= until != CLI_UNTIL_LOOKED;
  if (!progress.terminal || jobs->len > 1)
    show_progress (&progress);
  g_ptr_array_unref (progress.lines);

  return !left;
}

static void
print_job_object (DailiesJob         *job,
                  const char * const *paths,
                  CliStatus           status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  cli_add_job (builder, job, paths);
  if (status != CLI_OK || dailies_job_lacks_clips (job))
    {
      cli_add_string (builder, "message", dailies_job_get_message (job));
      cli_add_string (builder, "words", cli_get_words (job));
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

/* (transfer full) (nullable): the paths of the copies, in the order of the cuts */
static GStrv
copy_cuts (Cli        *cli,
           DailiesJob *job,
           const char *output,
           CliStatus  *status)
{
  GListModel *cuts = dailies_job_get_cuts (job);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *path = cli_copy_cut (cli, cut, output, &error);

      if (path == NULL)
        {
          cli_say ("%s", error->message);
          cli_say (_ ("The cut itself is safe: %s"), g_file_peek_path (dailies_cut_get_file (cut)));
          *status = cli_status_for_error (error);
          return NULL;
        }
      g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static void
print_cuts (DailiesJob         *job,
            const char * const *paths)
{
  GListModel *cuts = dailies_job_get_cuts (job);

  for (guint i = 0; i < g_list_model_get_n_items (cuts); i++)
    {
      g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, i);

      cli_print_path (paths != NULL ? paths[i] : g_file_peek_path (dailies_cut_get_file (cut)));
    }
}

void
cli_tell_how_it_goes_on (DailiesJob *job)
{
  if (cli_is_unwritten (job))
    return; /* said with the id */
  if (dailies_job_get_state (job) == DAILIES_JOB_SUBMITTING)
    cli_say (_ ("The submit of job %.8s was cut off, so its outcome is unknown. It is kept; the ways out are shown by: "
                "dailies-cli resume --wait"), dailies_job_get_id (job));
  else if (is_on_its_way_out (job))
    cli_say (_ ("Job %.8s is kept and has not been submitted yet. It goes on with: dailies-cli resume --wait"),
             dailies_job_get_id (job));
  else if (dailies_job_get_state (job) == DAILIES_JOB_FETCHING)
    cli_say (_ ("Job %.8s is finished at the service and its cut is still to be fetched, by the window or by: "
                "dailies-cli resume --wait"), dailies_job_get_id (job));
  else
    cli_say (_ ("Job %.8s goes on at the service. Its cut is fetched by the window, or by: dailies-cli resume --wait"),
             dailies_job_get_id (job));
}

CliStatus
cli_report (Cli        *cli,
            DailiesJob *job,
            CliUntil    until,
            const char *output)
{
  g_auto (GStrv) paths = NULL;
  CliStatus status = cli_status_for_job (job);

  if (!is_over (job, until))
    status = cli_is_stuck (job) && (cli_is_unwritten (job) || !cli_is_interrupted (cli)) ? cli_status_for_waiting (job)
                                                                                       : CLI_INTERRUPTED;
  else if (cli_is_held (job))
    status = CLI_UNAVAILABLE;

  if (dailies_job_get_state (job) == DAILIES_JOB_DONE && output != NULL)
    paths = copy_cuts (cli, job, output, &status);

  if (status == CLI_CANNOT_WRITE && dailies_job_get_message (job) != NULL)
    cli_explain_job (job);
  else if (status != CLI_OK && status != CLI_INTERRUPTED && dailies_job_get_state (job) != DAILIES_JOB_DONE)
    cli_explain_job (job);
  else if (dailies_job_lacks_clips (job))
    cli_explain_job (job);
  if (!dailies_job_state_is_ended (dailies_job_get_state (job)))
    cli_tell_how_it_goes_on (job);

  if (cli->json)
    print_job_object (job, (const char * const *) paths, status);
  else if (dailies_job_get_state (job) == DAILIES_JOB_DONE)
    print_cuts (job, (const char * const *) paths);
  else if (until == CLI_UNTIL_SUBMITTED)
    cli_print ("%s\t%s\n", dailies_job_get_id (job), dailies_job_state_to_word (dailies_job_get_state (job)));

  return status;
}
