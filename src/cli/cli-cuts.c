/* cli-cuts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-cut.h"
#include "dailies-library.h"
#include "dailies-shot.h"
#include "dailies-studio.h"

static gboolean
load_cuts (Cli            *cli,
           DailiesLibrary *library,
           DailiesShot    *shot,
           GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dailies_library_load_cuts_async (library, shot, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_library_load_cuts_finish (library, result, error);
}

static void
add_cut (JsonBuilder *builder,
         DailiesShot *shot,
         DailiesCut  *cut)
{
  json_builder_begin_object (builder);
  cli_add_string (builder, "path", g_file_peek_path (dailies_cut_get_file (cut)));
  cli_add_double (builder, "seconds", dailies_cut_get_seconds (cut));
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, dailies_cut_get_width (cut));
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, dailies_cut_get_height (cut));
  cli_add_double (builder, "fps", dailies_cut_get_fps (cut));
  json_builder_set_member_name (builder, "sound");
  json_builder_add_boolean_value (builder, dailies_cut_has_sound (cut));
  cli_add_string (builder, "shot", dailies_shot_get_title (shot));
  json_builder_set_member_name (builder, "number");
  json_builder_add_int_value (builder, dailies_cut_get_number (cut));
  json_builder_set_member_name (builder, "picked");
  json_builder_add_boolean_value (builder, dailies_cut_get_picked (cut));
  cli_add_string (builder, "job", dailies_cut_get_job_id (cut));
  cli_add_string (builder, "prompt", dailies_cut_get_prompt (cut));
  cli_add_double (builder, "cost", dailies_cut_get_cost_usd (cut));
  cli_add_double (builder, "created", dailies_cut_get_created (cut) / 1e6);
  json_builder_end_object (builder);
}

static void
print_cut (DailiesCut *cut)
{
  g_autofree char *prompt = cli_dup_line (dailies_cut_get_prompt (cut), 60);

  cli_print ("%s\t%.1f s\t%d×%d\t%s\n", g_file_peek_path (dailies_cut_get_file (cut)), dailies_cut_get_seconds (cut),
             dailies_cut_get_width (cut), dailies_cut_get_height (cut), prompt);
}

CliStatus
cli_cuts (Cli  *cli,
          int   argc,
          char *argv[])
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  DailiesLibrary *library;
  CliStatus       status;

  if (!cli_parse (cli, NULL, &argc, &argv, 0, 0))
    return CLI_USAGE;
  status = cli_open (cli);
  if (status != CLI_OK)
    return status;

  library = dailies_studio_get_library (cli->studio);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "cuts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (library)); i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (library), i);
      GListModel *cuts;

      if (dailies_shot_get_n_cuts (shot) == 0)
        continue;
      if (!load_cuts (cli, library, shot, &error))
        return cli_fail (cli, error);
      cuts = dailies_shot_get_cuts (shot);
      for (guint j = 0; j < g_list_model_get_n_items (cuts); j++)
        {
          g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, j);

          if (cli->json)
            add_cut (builder, shot, cut);
          else
            print_cut (cut);
        }
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  if (cli->json)
    cli_print_json (node);

  return CLI_OK;
}
