/* cli-build.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-host-inline.h"
#include "dailies-placement.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-transport.h"

static DailiesHost *
find_host (GPtrArray  *hosts,
           const char *place)
{
  for (guint i = 0; i < hosts->len; i++)
    {
      DailiesHost *host = g_ptr_array_index (hosts, i);

      if (g_strcmp0 (dailies_host_get_title (host), place) == 0)
        return host;
    }

  return NULL;
}

/* What travels inside is put there. What would be uploaded is not, since showing a request must leave nothing anywhere: its own
 * address stands in its place, and that is said. */
static char *
address_of (Cli              *cli,
            DailiesPlacement *placement,
            GPtrArray        *hosts,
            DailiesAsset     *asset,
            GError          **error)
{
  g_autofree char *place = dailies_placement_dup_place (placement, asset);
  DailiesHost     *host = find_host (hosts, place);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult    *slot = NULL;

  if (host == NULL || !DAILIES_IS_HOST_INLINE (host))
    {
      cli_say (_ ("“%s” would be uploaded to %s; its own address stands in its place."),
               dailies_asset_get_name (asset), place != NULL ? place : "?");
      return g_strdup (dailies_asset_get_uri (asset));
    }

  dailies_host_place_async (host, asset, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_host_place_finish (host, result, error);
}

static GHashTable *
make_urls (Cli              *cli,
           DailiesRequest   *request,
           DailiesPlacement *placement,
           GPtrArray        *hosts,
           GError          **error)
{
  g_autoptr (GHashTable) urls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) assets = dailies_request_dup_all_assets (request);

  for (guint i = 0; i < assets->len; i++)
    {
      DailiesAsset *asset = g_ptr_array_index (assets, i);
      const char   *key = dailies_asset_get_key (asset);
      char         *url;

      if (dailies_asset_is_remote (asset) || key == NULL || g_hash_table_contains (urls, key))
        continue;
      url = address_of (cli, placement, hosts, asset, error);
      if (url == NULL)
        return NULL;
      g_hash_table_insert (urls, g_strdup (key), url);
    }

  return g_steal_pointer (&urls);
}

/* Characters of an inlined file that are shown on a terminal. */
#define SHOWN 48

/* (transfer full): @node with its inlined files cut short; @n_cut counts them */
static JsonNode *
shorten (JsonNode *node,
         guint    *n_cut)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (text != NULL && g_str_has_prefix (text, "data:") && strlen (text) > 2 * SHOWN)
    {
      g_autofree char *size = g_format_size (strlen (text));
      g_autofree char *brief = g_strdup_printf ("%.*s… (%s)", SHOWN, text, size);
      JsonNode        *cut = json_node_new (JSON_NODE_VALUE);

      json_node_set_string (cut, brief);
      (*n_cut)++;
      return cut;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *whole = json_node_get_array (node);
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (whole); i++)
        json_array_add_element (array, shorten (json_array_get_element (whole, i), n_cut));
      node = json_node_init_array (json_node_alloc (), array);
      json_array_unref (array);
      return node;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject    *object = json_object_new ();
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (object, name, shorten (member, n_cut));
      node = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
      return node;
    }
  return json_node_copy (node);
}

/* A pipe and a file get every byte. A terminal would scroll for minutes through what nobody can read. */
static void
print_exact_or_brief (Cli      *cli,
                      JsonNode *body)
{
  g_autoptr (JsonNode) brief = NULL;
  guint                n_cut = 0;

  if (cli->json || !isatty (STDOUT_FILENO))
    {
      cli_print_json (body);
      return;
    }
  brief = shorten (body, &n_cut);
  cli_print_json (brief);
  if (n_cut > 0)
    cli_say (ngettext ("%u file inside is cut short for the screen. Send the output to a file or a pipe for the exact body.",
                       "%u files inside are cut short for the screen. Send the output to a file or a pipe for the exact body.",
                       n_cut), n_cut);
}

static CliStatus
print_body (Cli               *cli,
            DailiesDefinition *model,
            DailiesRequest    *request)
{
  g_autoptr (DailiesTransport) transport = dailies_transport_new ();
  g_autoptr (DailiesServices) services = dailies_services_new (transport, NULL);
  g_autoptr (DailiesService) service =
    dailies_services_peek (services, cli_get_service_id (cli, model), dailies_definition_get_service (model));
  g_autoptr (GPtrArray) hosts = dailies_service_dup_hosts (service);
  g_autoptr (DailiesPlacement) placement =
    dailies_placement_new (request, hosts, dailies_service_get_max_body (service));
  g_autoptr (GHashTable) urls = NULL;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (JsonNode) beside = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  if (!dailies_placement_check (placement, &error))
    return cli_fail (cli, error);
  urls = make_urls (cli, request, placement, hosts, &error);
  if (urls == NULL)
    return cli_fail (cli, error);
  input = dailies_request_build (request, urls, &beside, &error);
  if (input == NULL)
    return cli_fail (cli, error);

  body = dailies_service_dup_body (service, model, input, beside);
  print_exact_or_brief (cli, body);

  return CLI_OK;
}

CliStatus
cli_build (Cli  *cli,
           int   argc,
           char *argv[])
{
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  g_autoptr (DailiesRequest) request = NULL;
  DailiesDefinition *model;
  CliStatus          status = CLI_OK;

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
  if (!cli_tell_problems (request))
    return cli_fail_with (cli, CLI_INVALID, _ ("The request cannot be sent as it is."));

  return print_body (cli, model, request);
}
