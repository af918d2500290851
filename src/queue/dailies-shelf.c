/* dailies-shelf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "dailies-error.h"
#include "dailies-pool.h"
#include "dailies-proof.h"
#include "dailies-thumbnail.h"

#define NAME_CHARACTERS 40
#define POSTER_PIXELS 640

typedef struct
{
  GFile         *directory;
  DailiesJobRow *job;
  guint          n;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->directory);
  dailies_job_row_free (errand->job);
  g_free (errand);
}

static Errand *
errand_new (GFile               *directory,
            const DailiesJobRow *job,
            guint                n)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->directory = g_object_ref (directory);
  errand->job = dailies_job_row_copy (job);
  errand->n = n;
  return errand;
}

static GFile *
get_folder (GFile               *directory,
            const DailiesJobRow *job)
{
  g_autofree char *relative = g_strdup_printf ("cuts/%" G_GINT64_FORMAT, job->shot_id);

  return g_file_resolve_relative_path (directory, relative);
}

GFile *
dailies_shelf_get_part (GFile               *directory,
                        const DailiesJobRow *job,
                        guint                n)
{
  g_autoptr(GFile) folder = get_folder (directory, job);
  g_autofree char *name = g_strdup_printf (".%s-%u.part", job->id, n + 1);

  return g_file_get_child (folder, name);
}

char *
dailies_shelf_make_name (const char *prompt,
                         const char *job_id,
                         guint       n)
{
  g_autoptr(GString)  name = g_string_new (NULL);
  g_auto(GStrv)       parts = g_strsplit (job_id, "-", -1);
  const char         *tail = parts[0] != NULL ? parts[g_strv_length (parts) - 1] : job_id;
  g_autofree char    *valid = g_utf8_make_valid (prompt, -1);
  g_autofree char    *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  glong               length = 0;

  /* Letters and figures of any script; everything else, slashes and dots included, parts words. */
  for (const char *p = plain; p != NULL && *p != '\0' && length < NAME_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (name, g_unichar_tolower (c));
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
      else
        continue;
      length++;
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, "cut");

  /* The last twelve digits of a version 4 UUID are all drawn at random. */
  g_string_append_printf (name, "-%s-%u", tail, n + 1);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static gboolean
sync_path (const char  *path,
           int          flags,
           GError     **error)
{
  g_autofree char *name = NULL;
  int              fd = g_open (path, flags | O_CLOEXEC, 0);
  int              result = fd >= 0 ? g_fsync (fd) : -1;
  int              saved = errno;

  if (fd >= 0)
    close (fd);
  if (result == 0)
    return TRUE;

  name = g_filename_display_name (path);
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("“%s” cannot be written to the disk: %s"), name, g_strerror (saved));
  return FALSE;
}

static char *
make_relative (Errand     *errand,
               const char *name)
{
  return g_strdup_printf ("cuts/%" G_GINT64_FORMAT "/%s", errand->job->shot_id, name);
}

/* Hidden, so that whoever opens the folder sees the clips alone. A missing poster is no reason to lose a clip. */
static char *
make_poster (Errand       *errand,
             GFile        *file,
             DailiesProbe *probe,
             const char   *stem)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autofree char     *uri = g_file_get_uri (file);
  g_autofree char     *name = g_strconcat (".", stem, ".jpg", NULL);
  g_autofree char     *relative = make_relative (errand, name);
  g_autoptr(GFile)     poster = g_file_resolve_relative_path (errand->directory, relative);
  g_autoptr(GError)    error = NULL;

  if (probe->kind == DAILIES_MEDIA_VIDEO)
    pixbuf = dailies_thumbnail_of_video (uri, probe->seconds, probe->width, probe->height, POSTER_PIXELS, NULL);
  if (pixbuf == NULL)
    g_set_object (&pixbuf, probe->thumbnail);
  if (pixbuf == NULL)
    return NULL;
  if (gdk_pixbuf_save (pixbuf, g_file_peek_path (poster), "jpeg", &error, "quality", "85", NULL))
    return g_steal_pointer (&relative);

  g_message ("No poster for %s: %s", g_file_peek_path (file), error->message);
  g_unlink (g_file_peek_path (poster));
  return NULL;
}

static DailiesCutRow *
make_cut (Errand       *errand,
          DailiesProbe *probe,
          const char   *name)
{
  DailiesCutRow *cut = g_new0 (DailiesCutRow, 1);

  cut->shot_id = errand->job->shot_id;
  cut->job_id = g_strdup (errand->job->id);
  cut->number = errand->n;
  cut->path = make_relative (errand, name);
  cut->width = probe->width;
  cut->height = probe->height;
  cut->seconds = probe->seconds;
  cut->fps = probe->fps;
  cut->sound = probe->has_sound;
  cut->created = g_get_real_time ();
  return cut;
}

static void
clear_part (GFile *part)
{
  g_autofree char *info = g_strconcat (g_file_peek_path (part), ".info", NULL);

  g_unlink (g_file_peek_path (part));
  g_unlink (info);
}

static gpointer
land (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Errand                  *errand = data;
  g_autoptr(GFile)         folder = get_folder (errand->directory, errand->job);
  g_autoptr(GFile)         part = dailies_shelf_get_part (errand->directory, errand->job, errand->n);
  g_autofree char         *stem = dailies_shelf_make_name (errand->job->prompt, errand->job->id, errand->n);
  g_autofree char         *name = NULL;
  g_autofree char         *poster = NULL;
  g_autoptr(GFile)         file = NULL;
  g_autoptr(DailiesProbe)  probe = NULL;
  DailiesCutRow           *cut;

  if (!sync_path (g_file_peek_path (part), O_RDWR, error))
    return NULL;
  probe = dailies_proof_take (part, _("What the service sent"), cancellable, error);
  if (probe == NULL)
    {
      if (g_error_matches (*error, DAILIES_ERROR, DAILIES_ERROR_MEDIA))
        clear_part (part);
      return NULL;
    }

  name = g_strconcat (stem, ".", probe->container->name, NULL);
  file = g_file_get_child (folder, name);
  if (g_rename (g_file_peek_path (part), g_file_peek_path (file)) != 0)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK, _("The clip cannot be put in its place “%s”: %s"),
                   g_file_peek_path (file), g_strerror (errno));
      return NULL;
    }
  poster = make_poster (errand, file, probe, stem);
  if (!sync_path (g_file_peek_path (folder), O_RDONLY | O_DIRECTORY, error))
    return NULL;

  clear_part (part);
  cut = make_cut (errand, probe, name);
  cut->poster = g_steal_pointer (&poster);
  return cut;
}

static char *
find_name (GFile      *folder,
           const char *stem)
{
  g_autoptr(GDir)  listing = g_dir_open (g_file_peek_path (folder), 0, NULL);
  g_autofree char *prefix = g_strconcat (stem, ".", NULL);
  const char      *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      if (g_str_has_prefix (name, prefix))
        return g_strdup (name);
    }

  return NULL;
}

static gpointer
find (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Errand                  *errand = data;
  g_autoptr(GFile)         folder = get_folder (errand->directory, errand->job);
  g_autofree char         *stem = dailies_shelf_make_name (errand->job->prompt, errand->job->id, errand->n);
  g_autofree char         *name = find_name (folder, stem);
  g_autoptr(GFile)         file = NULL;
  g_autoptr(DailiesProbe)  probe = NULL;
  g_autoptr(GError)        doubt = NULL;
  DailiesCutRow           *cut;

  if (name == NULL)
    return NULL;

  file = g_file_get_child (folder, name);
  probe = dailies_proof_take (file, name, cancellable, &doubt);
  if (probe == NULL)
    {
      g_message ("Fetching %s again: %s", name, doubt->message);
      return NULL;
    }

  cut = make_cut (errand, probe, name);
  cut->poster = make_poster (errand, file, probe, stem);
  return cut;
}

void
dailies_shelf_find_async (GFile               *directory,
                          const DailiesJobRow *job,
                          guint                n,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  dailies_pool_run_async (find, errand_new (directory, job, n), errand_free, dailies_cut_row_free, cancellable, callback,
                          user_data);
}

void
dailies_shelf_land_async (GFile               *directory,
                          const DailiesJobRow *job,
                          guint                n,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  dailies_pool_run_async (land, errand_new (directory, job, n), errand_free, dailies_cut_row_free, cancellable, callback,
                          user_data);
}

DailiesCutRow *
dailies_shelf_finish (GAsyncResult  *result,
                      GError       **error)
{
  return dailies_pool_run_finish (result, error);
}
