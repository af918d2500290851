/* cli-export-paths.c: what is exported, and where to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli.h"
#include "dailies-probe.h"

/* Longer ones are words of a name that has a dot in it. */
#define MAX_ENDING 5

CliStatus
cli_check_source (Cli   *cli,
                  GFile *file)
{
  const char      *path = g_file_peek_path (file);
  g_autofree char *shown = g_file_get_parse_name (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : shown);
  g_autoptr (GError) error = NULL;
  goffset bytes;

  if (path == NULL)
    return cli_fail_with (cli, CLI_INVALID, _ ("“%s” is not on a disk of this computer. Download it first."), shown);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return cli_fail_with (cli, CLI_INVALID, _ ("There is no file “%s”."), shown);
  if (!dailies_probe_check_file (file, name, &bytes, cli->cancellable, &error))
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             ? cli_fail (cli, error)
             : cli_fail_with (cli, CLI_INVALID, "%s", error->message);
  if (access (path, R_OK) != 0)
    return cli_fail_with (cli, CLI_INVALID, _ ("“%s” cannot be opened. Check that you may read it."), name);

  return CLI_OK;
}

/* "v1.2" and "Dr. Fox" have none. (nullable) */
static const char *
find_ending (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *base = slash != NULL ? slash + 1 : path;
  const char *dot = strrchr (base, '.');
  gboolean    has_letter = FALSE;

  if (dot == NULL || dot == base || strlen (dot + 1) > MAX_ENDING)
    return NULL;
  for (const char *c = dot + 1; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c))
        return NULL;
      has_letter = has_letter || g_ascii_isalpha (*c);
    }

  return has_letter ? dot : NULL;
}

char *
cli_complete_path (Cli                *cli,
                   const char         *path,
                   const char * const *endings)
{
  const char      *ending = find_ending (path);
  g_autofree char *right = NULL;

  /* That it is a folder is told when it is written to. */
  if (g_str_has_suffix (path, "/") || g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);
  if (ending == NULL)
    return g_strconcat (path, endings[0], NULL);
  for (guint i = 0; endings[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (ending, endings[i]) == 0)
        return g_strdup (path);
    }

  right = g_strjoinv (", ", (char **) endings);
  cli_fail_with (cli,
                 CLI_USAGE,
                 _ ("A file that ends in “%s” cannot be made by this export. The ending can be: %s."),
                 ending,
                 right);

  return NULL;
}
