/* cli-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-placement.h"
#include "dailies-problem.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-transport.h"

static DailiesPlacement *
make_placement (Cli               *cli,
                DailiesDefinition *model,
                DailiesRequest    *request)
{
  g_autoptr (DailiesTransport) transport = dailies_transport_new ();
  g_autoptr (DailiesServices) services = dailies_services_new (transport, NULL);
  g_autoptr (DailiesService) service =
    dailies_services_peek (services, cli_get_service_id (cli, model), dailies_definition_get_service (model));
  g_autoptr (GPtrArray) hosts = dailies_service_dup_hosts (service);

  return dailies_placement_new (request, hosts, dailies_service_get_max_body (service));
}

static void
add_problem (JsonBuilder    *builder,
             DailiesProblem *problem)
{
  json_builder_begin_object (builder);
  cli_add_string (builder, "severity", cli_severity_to_word (dailies_problem_get_severity (problem)));
  cli_add_string (builder, "field", dailies_problem_get_field (problem));
  cli_add_string (builder, "message", dailies_problem_get_message (problem));
  json_builder_end_object (builder);
}

static void
add_files (JsonBuilder      *builder,
           DailiesRequest   *request,
           DailiesPlacement *placement)
{
  g_autoptr (GPtrArray) assets = dailies_request_dup_all_assets (request);

  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAsset    *asset = g_ptr_array_index (assets, i);
      g_autofree char *summary = dailies_asset_dup_summary (asset);
      g_autofree char *place = dailies_placement_dup_place (placement, asset);

      json_builder_begin_object (builder);
      cli_add_string (builder, "name", dailies_asset_get_name (asset));
      cli_add_string (builder, "summary", summary);
      cli_add_string (builder, "place", place);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_check_json (DailiesDefinition *model,
                  DailiesRequest    *request,
                  DailiesPlacement  *placement,
                  gboolean           sendable,
                  GPtrArray         *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  cli_add_string (builder, "model", dailies_definition_get_id (model));
  json_builder_set_member_name (builder, "sendable");
  json_builder_add_boolean_value (builder, sendable);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    add_problem (builder, g_ptr_array_index (problems, i));
  json_builder_end_array (builder);
  add_files (builder, request, placement);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

/* What the form says, and then what has no way to the service: where a file that has problems of its own would go is
 * of no interest. */
static GPtrArray *
dup_problems (DailiesRequest   *request,
              DailiesPlacement *placement,
              gboolean         *sendable)
{
  GListModel *form = dailies_request_get_problems (request);
  GPtrArray  *problems = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (form); i++)
    g_ptr_array_add (problems, g_list_model_get_item (form, i));
  *sendable = dailies_request_is_sendable (request);
  if (*sendable)
    {
      g_autoptr (GPtrArray) unplaced = dailies_placement_dup_problems (placement);

      *sendable = unplaced->len == 0;
      g_ptr_array_extend_and_steal (problems, g_steal_pointer (&unplaced));
    }

  return problems;
}

static void
print_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      DailiesProblem *problem = g_ptr_array_index (problems, i);

      cli_print ("%s\t%s\t%s\n", cli_severity_to_word (dailies_problem_get_severity (problem)),
                 dailies_problem_get_field (problem), dailies_problem_get_message (problem));
    }
}

/* The findings are the result here, so that they go to standard output. */
CliStatus
cli_check (Cli  *cli,
           int   argc,
           char *argv[])
{
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  g_autoptr (DailiesRequest) request = NULL;
  g_autoptr (DailiesPlacement) placement = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  DailiesDefinition *model;
  CliStatus          status = CLI_OK;
  gboolean           sendable;

  if (!cli_parse (cli, NULL, &argc, &argv, 1, -1))
    return CLI_USAGE;
  catalogue = cli_open_catalogue (cli, &status);
  if (catalogue == NULL)
    return status;
  model = cli_find_model (cli, catalogue, argv[1], &status);
  if (model == NULL)
    return status;
  request = cli_read_request (cli, model, argv + 2, &status);
  if (request == NULL)
    return status;

  placement = make_placement (cli, model, request);
  problems = dup_problems (request, placement, &sendable);

  if (cli->json)
    {
      print_check_json (model, request, placement, sendable, problems);
    }
  else
    {
      print_problems (problems);
      if (sendable)
        {
          g_autofree char *summary = dailies_placement_dup_summary (placement);

          if (summary != NULL && *summary != '\0')
            cli_print ("%s\n", summary);
          cli_print (_ ("The request can be sent.\n"));
        }
    }

  return sendable ? CLI_OK : CLI_INVALID;
}
