/* cli-core.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-queue.h"
#include "dailies-studio.h"

GOptionEntry *
cli_dup_general_entries (Cli *cli)
{
  const GOptionEntry entries[] = {
    { "practice", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &cli->practice,
      N_ ("Use the practice service: free, on this computer, no account"), NULL },
    { "library", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &cli->library,
      N_ ("The folder that keeps jobs and cuts"), N_ ("DIR") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return g_memdup2 (entries, sizeof entries);
}

gboolean
cli_parse (Cli                *cli,
           const GOptionEntry *entries,
           int                *argc,
           char             ***argv,
           int                 min,
           int                 max)
{
  g_autofree char *usage = g_strdup_printf ("%s %s", cli->verb->name, cli->verb->arguments);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_autofree GOptionEntry *general = cli_dup_general_entries (cli);
  int n_words;

  g_option_context_set_summary (context, _ (cli->verb->summary));
  g_option_context_add_main_entries (context, general, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      cli_fail_with (cli, CLI_USAGE, "%s", error->message);
      return FALSE;
    }

  n_words = *argc - 1;
  if (n_words > 0 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)++;
      (*argc)--;
      n_words--;
    }
  if (n_words >= min && (max < 0 || n_words <= max))
    return TRUE;

  cli_fail_with (cli, CLI_USAGE, _ ("“%s” is used as: dailies-cli [OPTION…] %s"), cli->verb->name, usage);

  return FALSE;
}

void
cli_keep_result_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/* Whoever interrupts twice does not wait. Every state is on disk before what follows it happens, so that nothing is lost by
 * leaving at once. */
static void
leave_if_impatient (Cli *cli)
{
  if (cli->n_signals < 2)
    return;

  cli_flush ();
  _exit (CLI_INTERRUPTED);
}

GAsyncResult *
cli_await (Cli           *cli,
           GAsyncResult **result)
{
  while (*result == NULL)
    {
      leave_if_impatient (cli);
      g_main_context_iteration (NULL, TRUE);
    }

  return g_steal_pointer (result);
}

gboolean
cli_is_interrupted (Cli *cli)
{
  return cli->n_signals > 0;
}

CliStatus
cli_open (Cli *cli)
{
  g_autoptr (GFile) folder = cli->library != NULL ? g_file_new_for_commandline_arg (cli->library) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  const char * const *complaints;

  dailies_studio_open_async (folder, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  cli->studio = dailies_studio_open_finish (result, &error);
  if (cli->studio == NULL)
    return cli_fail (cli, error);

  complaints = dailies_catalogue_get_complaints (dailies_studio_get_catalogue (cli->studio));
  for (guint i = 0; complaints != NULL && complaints[i] != NULL; i++)
    cli_say ("%s", complaints[i]);

  return CLI_OK;
}

CliStatus
cli_open_jobs (Cli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DailiesQueue *queue;
  CliStatus     status = cli_open (cli);

  if (status != CLI_OK)
    return status;

  queue = dailies_studio_get_queue (cli->studio);
  dailies_queue_load_async (queue, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_queue_load_finish (queue, result, &error))
    return cli_fail (cli, error);

  return CLI_OK;
}

DailiesCatalogue *
cli_open_catalogue (Cli       *cli,
                    CliStatus *status)
{
  g_autoptr (GFile) models = g_file_new_build_filename (g_get_user_data_dir (), "dailies", "models", NULL);
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  const char * const *complaints;

  catalogue = dailies_catalogue_new (models);
  dailies_catalogue_load_async (catalogue, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_catalogue_load_finish (catalogue, result, &error))
    {
      *status = cli_fail (cli, error);
      return NULL;
    }

  complaints = dailies_catalogue_get_complaints (catalogue);
  for (guint i = 0; complaints != NULL && complaints[i] != NULL; i++)
    cli_say ("%s", complaints[i]);

  return g_steal_pointer (&catalogue);
}

DailiesDefinition *
cli_find_model (Cli              *cli,
                DailiesCatalogue *catalogue,
                const char       *name,
                CliStatus        *status)
{
  g_autoptr (GError) error = NULL;
  DailiesDefinition *model = NULL;

  if (g_utf8_validate (name, -1, NULL))
    model = dailies_catalogue_lookup (catalogue, name, &error);
  if (model != NULL)
    return model;

  /* Not what a service says of a model that it does not have: this one was mistyped. */
  if (error != NULL)
    *status = cli_fail_with (cli, CLI_INVALID, _ ("%s “dailies-cli models” lists them."), error->message);
  else
    *status = cli_fail_with (cli, CLI_INVALID, _ ("The name of the model is not UTF-8. “dailies-cli models” lists them."));

  return NULL;
}

void
cli_close (Cli *cli)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&cli->found);
  if (cli->studio == NULL)
    return;

  /* The queue waits for the answer to a submit. */
  dailies_studio_close_async (cli->studio, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);
  if (!dailies_studio_close_finish (cli->studio, result, &error))
    cli_say ("%s", error->message);
  g_clear_object (&cli->studio);
}

CliStatus
cli_status_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, CLI_FAILED);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CLI_INTERRUPTED;
  if (error->domain != DAILIES_ERROR)
    return CLI_CANNOT_WRITE;

  switch ((DailiesError) error->code)
    {
    case DAILIES_ERROR_INVALID:
    case DAILIES_ERROR_MEDIA:
      return CLI_INVALID;
    case DAILIES_ERROR_TOKEN:
    case DAILIES_ERROR_KEYRING:
      return CLI_TOKEN;
    case DAILIES_ERROR_RATE:
    case DAILIES_ERROR_SERVER:
    case DAILIES_ERROR_PROTOCOL:
    case DAILIES_ERROR_NETWORK:
    case DAILIES_ERROR_PRACTICE:
      return CLI_UNAVAILABLE;
    case DAILIES_ERROR_DISK:
      return CLI_CANNOT_WRITE;
    case DAILIES_ERROR_UNKNOWN_OUTCOME:
      return CLI_UNKNOWN;
    case DAILIES_ERROR_BALANCE:
    case DAILIES_ERROR_NOT_FOUND:
    case DAILIES_ERROR_FAILED:
    default:
      return CLI_FAILED;
    }
}

static void
print_error_object (CliStatus   status,
                    const char *message,
                    const char *words)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  cli_add_string (builder, "error", message);
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, status);
  if (words != NULL)
    cli_add_string (builder, "words", words);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  cli_print_json (node);
}

gboolean
cli_is_service_error (int code)
{
  return code != DAILIES_ERROR_DISK && code != DAILIES_ERROR_MEDIA;
}

CliStatus
cli_fail (Cli          *cli,
          const GError *error)
{
  CliStatus   status = cli_status_for_error (error);
  const char *words = dailies_error_get_words (error); /* %NULL where it is none of ours */

  if (words != NULL && !cli_is_service_error (error->code))
    words = NULL;

  if (status == CLI_INTERRUPTED)
    return cli_fail_with (cli, status, _ ("Interrupted."));

  cli_say ("%s", error->message);
  if (words != NULL)
    cli_say (_ ("The service says: %s"), words);
  if (cli->json)
    print_error_object (status, error->message, words);

  return status;
}

CliStatus
cli_fail_with (Cli        *cli,
               CliStatus   status,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  cli_say ("%s", text);
  if (cli->json)
    print_error_object (status, text, NULL);

  return status;
}

const char *
cli_get_service_id (Cli               *cli,
                    DailiesDefinition *definition)
{
  return cli->practice ? "practice" : dailies_definition_get_service (definition);
}
