/* cli-copy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli.h"
#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-pool.h"

#define MAX_NAMES 10000

typedef struct
{
  char *from;
  char *folder;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_free (copy->from);
  g_free (copy->folder);
  g_free (copy);
}

static gboolean
set_unwritable (GError    **error,
                const char *folder,
                int         saved_errno)
{
  g_autofree char *shown = g_filename_display_name (folder);

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
               _ ("Nothing can be written to “%s”: %s"), shown, g_strerror (saved_errno));

  return FALSE;
}

static gpointer
check_on_pool (gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  const char      *folder = data;
  g_autofree char *probe = g_build_filename (folder, ".dailies-XXXXXX", NULL);
  int              fd;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      set_unwritable (error, folder, errno);
      return NULL;
    }
  fd = g_mkstemp_full (probe, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_unwritable (error, folder, errno);
      return NULL;
    }
  g_close (fd, NULL);
  g_unlink (probe);

  return GINT_TO_POINTER (TRUE);
}

/* Moves the whole file to its name unless there is something of that name; EEXIST then. */
static gboolean
move_to_new_name (const char *from,
                  const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;

  /* Some network file systems know no such flag; a second link to a name that exists fails as well. */
  if (link (from, to) != 0)
    return FALSE;
  g_unlink (from);

  return TRUE;
}

static char *
name_for (const Copy *copy,
          guint       number)
{
  g_autofree char *base = g_path_get_basename (copy->from);
  const char      *dot = strrchr (base, '.');
  g_autofree char *name = NULL;

  if (dot == NULL || dot == base)
    dot = base + strlen (base);
  if (number == 1)
    name = g_strdup (base);
  else
    name = g_strdup_printf ("%.*s-%u%s", (int) (dot - base), base, number, dot);

  return g_build_filename (copy->folder, name, NULL);
}

static gboolean
write_copy (const Copy   *copy,
            int           fd,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (copy->from);
  g_autoptr (GFileInputStream) stream = g_file_read (from, cancellable, error);
  g_autofree guint8 *piece = g_malloc (256 * 1024);
  gssize             n;

  if (stream == NULL)
    return FALSE;

  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), piece, 256 * 1024, cancellable, error)) > 0)
    {
      for (gssize written = 0; written < n;)
        {
          gssize w = write (fd, piece + written, n - written);

          if (w < 0 && errno == EINTR)
            continue;
          if (w < 0)
            return set_unwritable (error, copy->folder, errno);
          written += w;
        }
    }
  if (n == 0 && fsync (fd) != 0)
    return set_unwritable (error, copy->folder, errno);

  return n == 0;
}

static gpointer
copy_on_pool (gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const Copy      *copy = data;
  g_autofree char *part = g_build_filename (copy->folder, ".dailies-XXXXXX", NULL);
  int              fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0666);
  gboolean         ok;

  if (fd < 0)
    {
      set_unwritable (error, copy->folder, errno);
      return NULL;
    }
  ok = write_copy (copy, fd, cancellable, error);
  g_close (fd, NULL);

  for (guint i = 1; ok && i <= MAX_NAMES; i++)
    {
      g_autofree char *path = name_for (copy, i);

      if (move_to_new_name (part, path))
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        ok = set_unwritable (error, copy->folder, errno);
    }
  if (ok)
    set_unwritable (error, copy->folder, EEXIST);
  g_unlink (part);

  return NULL;
}

gboolean
cli_check_output (Cli        *cli,
                  const char *folder,
                  GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dailies_pool_run_async (check_on_pool, g_strdup (folder), g_free, NULL, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_pool_run_finish (result, error) != NULL;
}

char *
cli_copy_cut (Cli        *cli,
              DailiesCut *cut,
              const char *folder,
              GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  Copy         *copy = g_new0 (Copy, 1);

  copy->from = g_file_get_path (dailies_cut_get_file (cut));
  copy->folder = g_canonicalize_filename (folder, NULL);
  dailies_pool_run_async (copy_on_pool, copy, copy_free, g_free, cli->cancellable, cli_keep_result_cb, &slot);
  result = cli_await (cli, &slot);

  return dailies_pool_run_finish (result, error);
}
