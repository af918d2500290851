/* cli-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"

static void
print_models_json (GListModel *models)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (DailiesDefinition) model = g_list_model_get_item (models, i);

      json_builder_begin_object (builder);
      cli_add_string (builder, "id", dailies_definition_get_id (model));
      cli_add_string (builder, "service", dailies_definition_get_service (model));
      cli_add_string (builder, "endpoint", dailies_definition_get_endpoint (model));
      cli_add_string (builder, "title", dailies_definition_get_title (model));
      cli_add_string (builder, "family", dailies_definition_get_family (model));
      cli_add_string (builder, "makes", dailies_definition_get_makes (model));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

CliStatus
cli_models (Cli  *cli,
            int   argc,
            char *argv[])
{
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  CliStatus status = CLI_OK;

  if (!cli_parse (cli, NULL, &argc, &argv, 0, 0))
    return CLI_USAGE;
  catalogue = cli_open_catalogue (cli, &status);
  if (catalogue == NULL)
    return status;

  if (cli->json)
    {
      print_models_json (G_LIST_MODEL (catalogue));
      return CLI_OK;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (DailiesDefinition) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      cli_print ("%s\t%s\n", dailies_definition_get_id (model), dailies_definition_get_title (model));
    }

  return CLI_OK;
}
