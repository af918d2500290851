/* cli-resume.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

/* (element-type DailiesJob): those that go on, here or with another program, and with them those whose outcome is unknown. */
static GPtrArray *
dup_open_jobs (DailiesQueue *queue)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (G_LIST_MODEL (queue), i);
      DailiesJobState state = dailies_job_get_state (job);

      if (state == DAILIES_JOB_UNKNOWN || !dailies_job_state_is_ended (state))
        g_ptr_array_add (jobs, g_steal_pointer (&job));
    }

  return jobs;
}

static void
tell_foreign (GPtrArray *jobs)
{
  guint n = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      DailiesJob *job = g_ptr_array_index (jobs, i);

      n += !dailies_job_state_is_ended (dailies_job_get_state (job)) && !cli_is_mine (job);
    }
  if (n > 0)
    cli_say (ngettext ("%u job is with another program, which takes care of it.",
                       "%u jobs are with another program, which takes care of them.", n), n);
}

/* Who looked for a moment only says so, or it would seem that nothing more is to come. */
static void
tell_still_open (GPtrArray *jobs)
{
  guint n = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      DailiesJob *job = g_ptr_array_index (jobs, i);

      if (dailies_job_state_is_ended (dailies_job_get_state (job)) || !cli_is_mine (job))
        continue;
      if (cli_is_stuck (job) || cli_is_held (job))
        cli_tell_how_it_goes_on (job);
      else
        n++;
    }
  if (n > 0)
    cli_say (ngettext ("Looked for %u seconds; %u job is not finished yet. Stay until it is with: "
                       "dailies-cli resume --wait",
                       "Looked for %u seconds; %u jobs are not finished yet. Stay until they are with: "
                       "dailies-cli resume --wait", n), CLI_LOOK_SECONDS, n);
}

/* What others work on is theirs to explain. */
static CliStatus
get_status (DailiesJob *job)
{
  if (dailies_job_state_is_ended (dailies_job_get_state (job)))
    return cli_status_for_job (job);

  return cli_is_mine (job) ? cli_status_for_waiting (job) : CLI_OK;
}

static CliStatus
tell_jobs (Cli       *cli,
           GPtrArray *jobs,
           CliStatus  status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "jobs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < jobs->len; i++)
    {
      DailiesJob *job = g_ptr_array_index (jobs, i);
      CliStatus   of_job = get_status (job);

      /* An unknown outcome wants somebody's eyes more than anything else. */
      if (status == CLI_OK || (of_job == CLI_UNKNOWN && status != CLI_INTERRUPTED))
        status = of_job != CLI_OK ? of_job : status;
      if (of_job != CLI_OK || dailies_job_lacks_clips (job))
        cli_explain_job (job);
      json_builder_begin_object (builder);
      cli_add_job (builder, job, NULL);
      cli_add_string (builder, "prompt", dailies_job_get_prompt (job));
      cli_add_string (builder, "message", dailies_job_get_message (job));
      json_builder_set_member_name (builder, "elsewhere");
      json_builder_add_boolean_value (builder, !dailies_job_state_is_ended (dailies_job_get_state (job)) && !cli_is_mine (job));
      json_builder_end_object (builder);
      if (!cli->json)
        cli_print ("%s\t%s\n", dailies_job_get_id (job), dailies_job_state_to_word (dailies_job_get_state (job)));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  if (cli->json)
    cli_print_json (node);

  return status;
}

CliStatus
cli_resume (Cli  *cli,
            int   argc,
            char *argv[])
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &wait, N_ ("Stay until every job has ended"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  DailiesQueue *queue;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  CliStatus     status;

  if (!cli_parse (cli, entries, &argc, &argv, 0, 0))
    return CLI_USAGE;
  status = cli_open (cli);
  if (status != CLI_OK)
    return status;

  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_resume_async (queue, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_queue_resume_finish (queue, result, &error))
    return cli_fail (cli, error);

  jobs = dup_open_jobs (queue);
  /* What waited for room or for the network is tried now. */
  for (guint i = 0; i < jobs->len; i++)
    {
      if (dailies_job_get_state (g_ptr_array_index (jobs, i)) != DAILIES_JOB_UNKNOWN)
        dailies_queue_nudge (queue, g_ptr_array_index (jobs, i));
    }
  if (jobs->len == 0)
    cli_say (_ ("Every job has ended."));
  tell_foreign (jobs);
  cli_watch (cli, jobs, wait ? CLI_UNTIL_ENDED : CLI_UNTIL_LOOKED);

  if (cli_is_interrupted (cli))
    {
      status = CLI_INTERRUPTED;
      cli_say (_ ("Interrupted. The jobs are kept and go on with: dailies-cli resume --wait"));
    }
  else
    tell_still_open (jobs);

  return tell_jobs (cli, jobs, status);
}
