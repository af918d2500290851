/* dailies-export-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dailies-error.h"

/* @hidden: (nullable): its name while it is written; %NULL where it needs none and so ends with the process, however that ends
 * @path: by which others can open it */
struct _DailiesExportFile
{
  char *target;
  char *hidden;
  char *path;
  int   fd;
};

static GError *
explain (const char *target, int saved_errno)
{
  g_autofree char *base = g_path_get_basename (target);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *place = g_filename_display_basename (folder);

  /* A folder that is there, as those of the kernel, and yet takes no new files. */
  if (saved_errno == ENOENT && g_file_test (folder, G_FILE_TEST_IS_DIR))
    saved_errno = EACCES;

  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      return g_error_new (DAILIES_ERROR,
                          DAILIES_ERROR_DISK,
                          _ ("There is no room left on the disk for “%s”. Make room or choose "
                             "another folder, then try again."),
                          name);
    case EFBIG:
      return g_error_new (DAILIES_ERROR,
                          DAILIES_ERROR_DISK,
                          _ ("“%s” becomes larger than files on this disk may be. Choose a folder "
                             "on another disk or a shorter range."),
                          name);
    case EACCES:
    case EPERM:
    case EROFS:
      return g_error_new (
        DAILIES_ERROR,
        DAILIES_ERROR_DISK,
        _ ("“%s” cannot be written: the folder “%s” does not allow it. Choose another folder."),
        name,
        place);
    case ENOENT:
    case ENOTDIR:
      return g_error_new (
        DAILIES_ERROR,
        DAILIES_ERROR_DISK,
        _ ("“%s” cannot be written: there is no folder “%s”. Choose another one."),
        name,
        place);
    default:
      return g_error_new (DAILIES_ERROR,
                          DAILIES_ERROR_DISK,
                          _ ("“%s” cannot be written: %s."),
                          name,
                          g_strerror (saved_errno));
    }
}

/* Whatever the two are called: links and other spellings lead to the same file. */
static gboolean
is_same_file (GFile *one, GFile *other)
{
  const char *path = g_file_peek_path (one);
  const char *other_path = g_file_peek_path (other);
  GStatBuf    status, other_status;

  if (g_file_equal (one, other))
    return TRUE;
  if (path == NULL || other_path == NULL || g_stat (path, &status) != 0 ||
      g_stat (other_path, &other_status) != 0)
    return FALSE;

  return status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}

/**
 * dailies_export_file_spares:
 * @target: where an export would be written
 * @clip: what it is made of
 * @error: %DAILIES_ERROR_INVALID with a sentence
 *
 * What is exported took the artist's time or money and is nowhere else; to be called before
 * anything is written.
 *
 * Returns: whether @clip would still be there afterwards
 */
gboolean
dailies_export_file_spares (GFile *target, GFile *clip, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (!is_same_file (target, clip))
    return TRUE;

  base = g_file_get_basename (clip);
  name = g_filename_display_name (base);
  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_INVALID,
               _ ("“%s” is one of the clips that are exported, and would be lost. Choose another "
                  "name for the export."),
               name);
  return FALSE;
}

/* As the artist's other files: open() and g_mkstemp_full() keep to the mask only for what they are asked. */
#define MODE 0666

static char *
make_hidden (const char *target, const char *unique)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);
  g_autofree char *name = NULL;

  /* Long names of the artist's must not become too long by our addition. */
  if (strlen (base) > 200)
    base[200] = '\0';
  name = g_strdup_printf (".%s.%s.part", base, unique);

  return g_build_filename (folder, name, NULL);
}

/* Returns: whether the folder's file system has files without a name, and they can be given one */
static gboolean
open_nameless (DailiesExportFile *self)
{
  g_autofree char *folder = g_path_get_dirname (self->target);

  self->fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, MODE);
  if (self->fd < 0)
    return FALSE;

  self->path = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  if (g_access (self->path, W_OK) == 0)
    return TRUE;

  close (self->fd);
  g_clear_pointer (&self->path, g_free);
  return FALSE;
}

static gboolean
open_hidden (DailiesExportFile *self)
{
  self->hidden = make_hidden (self->target, "XXXXXX");
  self->fd = g_mkstemp_full (self->hidden, O_RDWR | O_CLOEXEC, MODE);
  self->path = g_strdup (self->hidden);

  return self->fd >= 0;
}

/**
 * dailies_export_file_new:
 * @target: a local file; replaced at the end where it exists
 * @error: %DAILIES_ERROR_DISK with a sentence
 *
 * Returns: (transfer full) (nullable): an empty file in the folder of @target
 */
DailiesExportFile *
dailies_export_file_new (GFile *target, GError **error)
{
  g_autoptr (DailiesExportFile) self = g_new0 (DailiesExportFile, 1);

  self->fd = -1;
  self->target = g_file_get_path (target);
  if (self->target == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (target);

      g_set_error (error,
                   DAILIES_ERROR,
                   DAILIES_ERROR_DISK,
                   _ ("“%s” is not on a disk of this computer. Choose a folder that is."),
                   name);
      return NULL;
    }
  if (g_file_test (self->target, G_FILE_TEST_IS_DIR))
    {
      g_propagate_error (error, explain (self->target, EISDIR));
      return NULL;
    }

  if (!open_nameless (self) && !open_hidden (self))
    {
      g_propagate_error (error, explain (self->target, errno));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Takes away what was written unless it was committed. */
void
dailies_export_file_free (DailiesExportFile *self)
{
  if (self->fd >= 0)
    {
      close (self->fd);
      if (self->hidden != NULL)
        g_unlink (self->hidden);
    }
  g_free (self->target);
  g_free (self->hidden);
  g_free (self->path);
  g_free (self);
}

/* For those who write by name. */
const char *
dailies_export_file_get_path (DailiesExportFile *self)
{
  return self->path;
}

/* Appends. */
gboolean
dailies_export_file_write (DailiesExportFile *self, const void *bytes, gsize length, GError **error)
{
  const char *at = bytes;

  while (length > 0)
    {
      gssize written = write (self->fd, at, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          g_propagate_error (error, explain (self->target, errno));
          return FALSE;
        }
      at += written;
      length -= written;
    }

  return TRUE;
}

/* A rename is safe only when the folder is on the disk as well; where that cannot be had, the file
 * is still whole. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;

  if (g_fsync (fd) != 0)
    g_debug ("The folder %s was not synced: %s", folder, g_strerror (errno));
  close (fd);
}

/* A file without a name takes a free one at once, but does not take another's; that needs a rename. */
static gboolean
take_name (DailiesExportFile *self)
{
  if (self->hidden == NULL)
    {
      if (linkat (AT_FDCWD, self->path, AT_FDCWD, self->target, AT_SYMLINK_FOLLOW) == 0)
        return TRUE;
    }
  while (self->hidden == NULL && errno == EEXIST)
    {
      g_autofree char *unique = g_strdup_printf ("%06x", g_random_int () & 0xffffff);
      g_autofree char *hidden = make_hidden (self->target, unique);

      if (linkat (AT_FDCWD, self->path, AT_FDCWD, hidden, AT_SYMLINK_FOLLOW) == 0)
        self->hidden = g_steal_pointer (&hidden);
    }

  return self->hidden != NULL && g_rename (self->hidden, self->target) == 0;
}

/**
 * dailies_export_file_commit:
 *
 * Puts the file in its place once it is on the disk for good.
 */
gboolean
dailies_export_file_commit (DailiesExportFile *self, GError **error)
{
  if (g_fsync (self->fd) != 0 || !take_name (self))
    {
      g_propagate_error (error, explain (self->target, errno));
      return FALSE;
    }

  sync_folder (self->target);
  close (self->fd);
  self->fd = -1;

  return TRUE;
}

/* Whether more can be written; for those who could not and were not told why. What is there is
 * spoilt. */
gboolean
dailies_export_file_try (DailiesExportFile *self, GError **error)
{
  static const char bytes[64 * 1024] = { 0 };

  return lseek (self->fd, 0, SEEK_END) >= 0 &&
         dailies_export_file_write (self, bytes, sizeof bytes, error);
}

/* Returns: (transfer full): why somebody else could not write to the file */
GError *
dailies_export_file_explain (DailiesExportFile *self, int saved_errno)
{
  return explain (self->target, saved_errno);
}
