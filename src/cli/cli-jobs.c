/* cli-jobs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

static void
print_jobs_json (GListModel *jobs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "jobs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (jobs, i);

      json_builder_begin_object (builder);
      cli_add_job (builder, job, NULL);
      cli_add_string (builder, "model", dailies_job_get_model_id (job));
      cli_add_string (builder, "prompt", dailies_job_get_prompt (job));
      cli_add_string (builder, "message", dailies_job_get_message (job));
      cli_add_string (builder, "words", cli_get_words (job));
      cli_add_double (builder, "created", dailies_job_get_created (job) / 1e6);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

CliStatus
cli_jobs (Cli  *cli,
          int   argc,
          char *argv[])
{
  GListModel *jobs;
  CliStatus   status;

  if (!cli_parse (cli, NULL, &argc, &argv, 0, 0))
    return CLI_USAGE;
  status = cli_open_jobs (cli);
  if (status != CLI_OK)
    return status;

  jobs = G_LIST_MODEL (dailies_studio_get_queue (cli->studio));
  if (cli->json)
    {
      print_jobs_json (jobs);
      return CLI_OK;
    }
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (jobs, i);
      g_autofree char *prompt = cli_dup_line (dailies_job_get_prompt (job), 60);

      cli_print ("%s\t%s\t%s\t%s\t%s\n", dailies_job_get_id (job),
                 dailies_job_state_to_word (dailies_job_get_state (job)), dailies_job_get_service_id (job),
                 dailies_job_get_remote_id (job) != NULL ? dailies_job_get_remote_id (job) : "-", prompt);
    }

  return CLI_OK;
}
