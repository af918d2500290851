/* dailies-lease.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-lease.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dailies-error.h"

struct _DailiesLease
{
  char *folder;
  char *id;
  char *path;
  int   fd;
};

DailiesLease *
dailies_lease_new (const char *folder)
{
  DailiesLease *self = g_new0 (DailiesLease, 1);

  self->folder = g_strdup (folder);
  self->id = g_uuid_string_random ();
  self->path = g_build_filename (folder, self->id, NULL);
  self->fd = -1;
  return self;
}

void
dailies_lease_free (DailiesLease *self)
{
  if (self->fd >= 0)
    {
      g_unlink (self->path);
      close (self->fd);
    }
  g_free (self->folder);
  g_free (self->id);
  g_free (self->path);
  g_free (self);
}

const char *
dailies_lease_get_id (DailiesLease *self)
{
  return self->id;
}

static int
lock (int fd,
      int how)
{
  int result;

  do
    result = flock (fd, how);
  while (result != 0 && errno == EINTR);

  return result;
}

gboolean
dailies_lease_hold (DailiesLease  *self,
                    GError       **error)
{
  g_autofree char *name = NULL;
  struct stat      buffer;

  if (self->fd >= 0)
    return TRUE;

  g_mkdir_with_parents (self->folder, 0700);
  /* Between making the file and locking it somebody may take it for a dead one's and unlink it. */
  for (guint n = 0; n < 10; n++)
    {
      int fd = g_open (self->path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

      if (fd < 0)
        break;
      if (lock (fd, LOCK_EX) == 0 && fstat (fd, &buffer) == 0 && buffer.st_nlink > 0)
        {
          self->fd = fd;
          return TRUE;
        }
      close (fd);
    }

  name = g_filename_display_name (self->path);
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
               _("The file “%s”, which tells other windows that this one is working, cannot be made or locked: %s"), name,
               g_strerror (errno));
  return FALSE;
}

gboolean
dailies_lease_is_free (const char *folder,
                       const char *id)
{
  g_autofree char *path = g_build_filename (folder, id, NULL);
  int              fd;

  if (!g_uuid_string_is_valid (id))
    return TRUE;

  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0)
    return errno == ENOENT;
  if (lock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      return FALSE;
    }

  g_unlink (path);
  close (fd);
  return TRUE;
}
