/* cli-cancel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-error.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

CliStatus
cli_cancel (Cli  *cli,
            int   argc,
            char *argv[])
{
  DailiesQueue *queue;
  DailiesJob   *job;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
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

  if (dailies_job_state_is_ended (dailies_job_get_state (job)))
    return cli_fail_with (cli, CLI_FAILED, _ ("Job %.8s has ended (%s); there is nothing to cancel."), dailies_job_get_id (job),
                          dailies_job_state_to_title (dailies_job_get_state (job)));

  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_cancel_async (queue, job, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_queue_cancel_finish (queue, result, &error))
    {
      /* Nothing is wrong with what was typed: the service, or the moment, does not allow it. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return cli_fail_with (cli, CLI_INTERRUPTED,
                              _ ("Interrupted before the service answered. Whoever takes job %.8s up next asks again to cancel it."),
                              dailies_job_get_id (job));
      if (g_error_matches (error, DAILIES_ERROR, DAILIES_ERROR_INVALID))
        return cli_fail_with (cli, CLI_FAILED, "%s", error->message);
      return cli_fail (cli, error);
    }

  if (cli->json)
    return cli_report (cli, job, CLI_UNTIL_SUBMITTED, NULL) == CLI_INTERRUPTED ? CLI_INTERRUPTED : CLI_OK;
  cli_print ("%s\t%s\n", dailies_job_get_id (job), dailies_job_state_to_word (dailies_job_get_state (job)));

  return CLI_OK;
}
