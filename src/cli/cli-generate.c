/* cli-generate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-placement.h"
#include "dailies-queue.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-studio.h"

/* Everything that can be found out before a job is written: is there a token, does the service answer, does each file have a
 * place to go. */
static CliStatus
check_service (Cli               *cli,
               DailiesDefinition *model,
               DailiesRequest    *request)
{
  DailiesServices *services = dailies_studio_get_services (cli->studio);
  g_autoptr (DailiesService) service = NULL;
  g_autoptr (DailiesPlacement) placement = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  GAsyncResult    *slot = NULL;

  dailies_services_get_async (services, cli_get_service_id (cli, model), dailies_definition_get_service (model),
                              cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  service = dailies_services_get_finish (services, result, &error);
  if (service == NULL)
    return cli_fail (cli, error);

  hosts = dailies_service_dup_hosts (service);
  placement = dailies_placement_new (request, hosts, dailies_service_get_max_body (service));
  if (!dailies_placement_check (placement, &error))
    return cli_fail (cli, error);
  summary = dailies_placement_dup_summary (placement);
  if (summary != NULL && *summary != '\0')
    cli_say ("%s", summary);

  return CLI_OK;
}

static CliStatus
submit (Cli               *cli,
        DailiesDefinition *model,
        DailiesRequest    *request,
        gboolean           wait,
        const char        *output)
{
  DailiesQueue *queue = dailies_studio_get_queue (cli->studio);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  CliUntil      until = wait ? CLI_UNTIL_ENDED : CLI_UNTIL_SUBMITTED;

  dailies_queue_submit_async (queue, request, cli_get_service_id (cli, model), NULL, 1, cli->cancellable,
                              cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  jobs = dailies_queue_submit_finish (queue, result, &error);
  if (jobs == NULL)
    return cli_fail (cli, error);

  cli_watch (cli, jobs, until);

  return cli_report (cli, g_ptr_array_index (jobs, 0), until, output);
}

CliStatus
cli_generate (Cli  *cli,
              int   argc,
              char *argv[])
{
  g_autoptr (DailiesRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  gboolean         wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &wait, N_ ("Stay until the cut is there"), NULL },
    { "output", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
      N_ ("Put a copy of the cut into this folder (with --wait)"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  DailiesDefinition *model;
  CliStatus          status;

  if (!cli_parse (cli, entries, &argc, &argv, 1, -1))
    return CLI_USAGE;
  if (output != NULL && !wait)
    return cli_fail_with (cli, CLI_USAGE, _ ("--output needs --wait: there is nothing to copy before the cut is there."));

  status = cli_open (cli);
  if (status != CLI_OK)
    return status;
  model = cli_find_model (cli, dailies_studio_get_catalogue (cli->studio), argv[1], &status);
  if (model == NULL)
    return status;
  request = cli_read_request (cli, model, argv + 2, &status);
  if (request == NULL)
    return status;
  if (!cli_tell_problems (request))
    return cli_fail_with (cli, CLI_INVALID, _ ("The request cannot be sent as it is. Nothing was submitted."));
  if (output != NULL && !cli_check_output (cli, output, &error))
    return cli_fail (cli, error);

  status = check_service (cli, model, request);
  if (status != CLI_OK)
    return status;

  return submit (cli, model, request, wait, output);
}
