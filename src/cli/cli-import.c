/* cli-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "cli.h"
#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-pool.h"

/* No schema is anywhere near this long; something else was named by mistake. */
#define MAX_BYTES (16 * 1024 * 1024)

static GInputStream *
open_source (const char   *name,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *shown = NULL;
  GFileInputStream *stream;
  GFileType         type;

  if (g_str_equal (name, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_commandline_arg (name);
  shown = g_filename_display_name (name);
  /* A named pipe is a fine place for a schema, and a folder is none. */
  type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable);
  if (type == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _ ("“%s” is a folder, not a schema."), shown);
      return NULL;
    }
  stream = g_file_read (file, cancellable, &cause);
  if (stream == NULL)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _ ("“%s” cannot be read: %s"), shown, cause->message);

  return (GInputStream *) stream;
}

static gpointer
read_on_pool (gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const char *name = data;
  g_autoptr (GInputStream) stream = open_source (name, cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) cause = NULL;
  guint8  piece[16 * 1024];
  gssize  n;

  if (stream == NULL)
    return NULL;

  while ((n = g_input_stream_read (stream, piece, sizeof piece, cancellable, &cause)) > 0)
    {
      if (bytes->len + n > MAX_BYTES)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                       _ ("“%s” is larger than %d MB, so it is not the schema of a model."), name, MAX_BYTES / 1000000);
          return NULL;
        }
      g_byte_array_append (bytes, piece, n);
    }
  if (n < 0)
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _ ("“%s” cannot be read: %s"), name, cause->message);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* The bundled definition tells more than a schema can: what is too long or too large, how things are mentioned, the price. */
static void
say_replaced (DailiesCatalogue  *catalogue,
              DailiesDefinition *model)
{
  g_autoptr (GFile) file = NULL;
  DailiesDefinition *replaced = dailies_catalogue_get_replaced (catalogue, model, &file);

  if (replaced != NULL)
    cli_say (_ ("It takes the place of “%s”, which comes with Dailies, and of its rules: what only those knew of lengths, "
                "sizes and prices is not checked any more. Delete “%s” to have it back."),
             dailies_definition_get_title (replaced), file != NULL ? g_file_peek_path (file) : "");
}

CliStatus
cli_import (Cli  *cli,
            int   argc,
            char *argv[])
{
  g_autoptr (DailiesCatalogue) catalogue = NULL;
  g_autoptr (DailiesDefinition) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  CliStatus     status = CLI_OK;

  if (!cli_parse (cli, NULL, &argc, &argv, 1, 1))
    return CLI_USAGE;

  dailies_pool_run_async (read_on_pool, g_strdup (argv[1]), g_free, (GDestroyNotify) g_bytes_unref,
                          cli->cancellable, cli_keep_result_cb, &slot);
  read = cli_await (cli, &slot);
  bytes = dailies_pool_run_finish (read, &error);
  if (bytes == NULL)
    return cli_fail (cli, error);

  catalogue = cli_open_catalogue (cli, &status);
  if (catalogue == NULL)
    return status;
  dailies_catalogue_import_async (catalogue, bytes, cli->cancellable, cli_keep_result_cb, &slot);
  imported = cli_await (cli, &slot);
  model = dailies_catalogue_import_finish (catalogue, imported, &error);
  if (model == NULL)
    return cli_fail (cli, error);

  cli_say (_ ("“%s” is a model now: dailies-cli show %s"), dailies_definition_get_title (model),
           dailies_definition_get_id (model));
  say_replaced (catalogue, model);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) node = NULL;

      json_builder_begin_object (builder);
      cli_add_string (builder, "id", dailies_definition_get_id (model));
      cli_add_string (builder, "title", dailies_definition_get_title (model));
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      cli_print_json (node);
    }
  else
    {
      cli_print ("%s\n", dailies_definition_get_id (model));
    }

  return CLI_OK;
}
