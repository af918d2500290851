/* cli-outcome.c: the three ways out of an unknown outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-queue.h"
#include "dailies-service.h"
#include "dailies-studio.h"

static CliStatus
follow (Cli        *cli,
        DailiesJob *job,
        gboolean    wait)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  CliUntil until = wait ? CLI_UNTIL_ENDED : CLI_UNTIL_SUBMITTED;

  g_ptr_array_add (jobs, job);
  cli_watch (cli, jobs, until);

  return cli_report (cli, job, until, NULL);
}

CliStatus
cli_look_up (Cli  *cli,
             int   argc,
             char *argv[])
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &wait, N_ ("Stay until the cut is there"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  DailiesQueue *queue;
  DailiesJob   *job;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  CliStatus     status;

  if (!cli_parse (cli, entries, &argc, &argv, 2, 2))
    return CLI_USAGE;
  if (!dailies_remote_id_is_valid (argv[2]))
    return cli_fail_with (cli, CLI_INVALID,
                          _ ("“%.200s” is not the id of a job. An id has 1 to 128 letters, digits, “-” and “_”, and "
                             "nothing else."),
                          argv[2]);
  status = cli_open_jobs (cli);
  if (status != CLI_OK)
    return status;
  job = cli_find_job (cli, argv[1], &status);
  if (job == NULL)
    return status;

  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_look_up_async (queue, job, argv[2], cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_queue_look_up_finish (queue, result, &error))
    return cli_fail (cli, error);

  return follow (cli, job, wait);
}

CliStatus
cli_again (Cli  *cli,
           int   argc,
           char *argv[])
{
  gboolean wait = FALSE;
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &wait, N_ ("Stay until the cut is there"), NULL },
    { "yes", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &yes, N_ ("Submit it although it may be paid twice"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  DailiesQueue *queue;
  DailiesJob   *job;
  g_autoptr (DailiesJob) next = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  CliStatus     status;

  if (!cli_parse (cli, entries, &argc, &argv, 1, 1))
    return CLI_USAGE;
  status = cli_open_jobs (cli);
  if (status != CLI_OK)
    return status;
  job = cli_find_job (cli, argv[1], &status);
  if (job == NULL)
    return status;
  if (dailies_job_get_state (job) == DAILIES_JOB_UNKNOWN && !yes)
    return cli_fail_with (cli, CLI_UNKNOWN,
                          _ ("Job %.8s may have been accepted and paid already; submitted again it may be paid twice. "
                             "Say so with --yes."), dailies_job_get_id (job));

  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_submit_again_async (queue, job, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  next = dailies_queue_submit_again_finish (queue, result, &error);
  if (next == NULL)
    return cli_fail (cli, error);

  return follow (cli, next, wait);
}

CliStatus
cli_forget (Cli  *cli,
            int   argc,
            char *argv[])
{
  DailiesQueue *queue;
  DailiesJob   *job;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  GAsyncResult *slot = NULL;
  CliStatus     status;

  if (!cli_parse (cli, NULL, &argc, &argv, 1, 1))
    return CLI_USAGE;
  status = cli_open_jobs (cli);
  if (status != CLI_OK)
    return status;
  job = cli_find_job (cli, argv[1], &status);
  if (job == NULL)
    return status;
  if (!dailies_job_state_is_ended (dailies_job_get_state (job)))
    return cli_fail_with (cli, CLI_INVALID, _ ("Job %.8s has not ended, so it is not forgotten. Cancel it first."),
                          dailies_job_get_id (job));

  id = g_strdup (dailies_job_get_id (job));
  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_forget_async (queue, job, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_queue_forget_finish (queue, result, &error))
    return cli_fail (cli, error);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) node = NULL;

      json_builder_begin_object (builder);
      cli_add_string (builder, "forgotten", id);
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      cli_print_json (node);
    }

  return CLI_OK;
}
