/* dailies-jog-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-jog-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Of what is free on the disk, one part in so many may be taken. */
#define DISK_SHARE 8
/* How many bytes may be written before the disk is asked again. */
#define DISK_INTERVAL ((guint64) 4 << 20)

typedef struct
{
  guint64 offset;
  gint64  time; /* ns from the start of the clip; grows from frame to frame */
  guint32 size;
} Entry;

struct _DailiesJogStore
{
  int ref_count; /* atomic */
  int fd;

  /* Under the lock of all stores. */
  GArray  *entries;
  guint64  length;
  guint64  disk_asked_at; /* length at which the disk was last asked */
  gint64   used;          /* monotonic time of the last read */
  gboolean complete;
  gboolean emptied; /* gave way: takes nothing any more */
  gboolean short_of_disk;
};

/* One lock for all: it is held for arithmetic only, never while reading or writing. */
static GMutex  lock;
static GList  *stores;
static guint64 total;
static guint64 budget = DAILIES_JOG_STORE_BUDGET;

static int
open_nameless (const char *folder,
               GError    **error)
{
  g_autofree char *path = NULL;
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    return fd;

  /* Not every file system has files without a name. */
  path = g_build_filename (folder, "jog-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);
  else
    g_set_error_literal (
      error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  return fd;
}

/* With the lock. Gives the room back at once, also while somebody still holds the store. */
static void
give_way (DailiesJogStore *self)
{
  total -= self->length;
  self->length = 0;
  self->complete = FALSE;
  self->emptied = TRUE;
  g_array_set_size (self->entries, 0);
  if (ftruncate (self->fd, 0) != 0)
    g_debug ("A jog file was not cut: %s", g_strerror (errno));
}

/* What is only kept gives way before what is shown. */
static gboolean
goes_before (DailiesJogStore *a,
             DailiesJogStore *b)
{
  gboolean a_is_shown = g_atomic_int_get (&a->ref_count) > 1;
  gboolean b_is_shown = g_atomic_int_get (&b->ref_count) > 1;

  return a_is_shown != b_is_shown ? b_is_shown : a->used < b->used;
}

/* With the lock. */
static DailiesJogStore *
find_oldest (DailiesJogStore *except)
{
  DailiesJogStore *oldest = NULL;

  for (GList *link = stores; link != NULL; link = link->next)
    {
      DailiesJogStore *store = link->data;

      if (store != except && store->length > 0 && (oldest == NULL || goes_before (store, oldest)))
        oldest = store;
    }

  return oldest;
}

static gboolean
disk_allows (DailiesJogStore *self,
             guint64          in_use)
{
  struct statvfs disk;

  if (fstatvfs (self->fd, &disk) != 0)
    return TRUE;

  return in_use <= ((guint64) disk.f_bavail * disk.f_frsize + in_use) / DISK_SHARE;
}

static void
note_short_disk (DailiesJogStore *self)
{
  g_mutex_lock (&lock);
  self->short_of_disk = TRUE;
  g_mutex_unlock (&lock);
}

/* Returns: whether @size bytes more may be written */
static gboolean
make_room (DailiesJogStore *self,
           guint64          size)
{
  gboolean fits, ask;
  guint64  in_use;

  g_mutex_lock (&lock);
  fits = !self->emptied && self->length + size <= budget / DAILIES_JOG_STORE_SHARE;
  while (fits && total + size > budget)
    {
      DailiesJogStore *oldest = find_oldest (self);

      if (oldest == NULL)
        fits = FALSE;
      else
        give_way (oldest);
    }
  ask = fits && (self->length == 0 || self->length - self->disk_asked_at >= DISK_INTERVAL);
  if (ask)
    self->disk_asked_at = self->length;
  in_use = total + size;
  g_mutex_unlock (&lock);

  if (!ask || disk_allows (self, in_use))
    return fits;

  note_short_disk (self);
  return FALSE;
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         size,
           guint64       offset)
{
  while (size > 0)
    {
      gssize written = pwrite (fd, bytes, size, offset);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      bytes += written;
      size -= written;
      offset += written;
    }

  return TRUE;
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_jog_store_new:
 * @folder: where; is made when it is not there
 *
 * Returns: (transfer full) (nullable): an empty store; %NULL with a #GIOErrorEnum in @error
 */
DailiesJogStore *
dailies_jog_store_new (const char *folder,
                       GError    **error)
{
  DailiesJogStore *self;
  int              fd = open_nameless (folder, error);

  if (fd < 0)
    return NULL;

  self = g_new0 (DailiesJogStore, 1);
  self->ref_count = 1;
  self->fd = fd;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->used = g_get_monotonic_time ();
  g_mutex_lock (&lock);
  stores = g_list_prepend (stores, self);
  g_mutex_unlock (&lock);

  return self;
}

DailiesJogStore *
dailies_jog_store_ref (DailiesJogStore *self)
{
  g_atomic_int_inc (&self->ref_count);

  return self;
}

void
dailies_jog_store_unref (DailiesJogStore *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_mutex_lock (&lock);
  stores = g_list_remove (stores, self);
  total -= self->length;
  g_mutex_unlock (&lock);

  close (self->fd);
  g_array_unref (self->entries);
  g_free (self);
}

/**
 * dailies_jog_store_append:
 * @frame: the coded picture
 * @time: ns from the start of the clip; later than that of the frame before
 *
 * Blocks while it writes.
 *
 * Returns: %FALSE with a #GIOErrorEnum in @error; %G_IO_ERROR_NO_SPACE when the budget or the disk is
 * used up
 */
gboolean
dailies_jog_store_append (DailiesJogStore *self,
                          GstBuffer       *frame,
                          gint64           time,
                          GError         **error)
{
  GstMapInfo map;
  Entry      entry = { .time = time };
  gboolean   written;
  int        saved;

  if (!gst_buffer_map (frame, &map, GST_MAP_READ))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "A frame cannot be read");
      return FALSE;
    }
  entry.size = map.size;
  if (!make_room (self, map.size))
    {
      gst_buffer_unmap (frame, &map);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No room is left for jog frames");
      return FALSE;
    }

  /* Only this thread makes it longer. Should the store give way meanwhile, these bytes are lost. */
  entry.offset = self->length;
  written = write_all (self->fd, map.data, map.size, entry.offset);
  saved = errno;
  gst_buffer_unmap (frame, &map);
  if (!written)
    {
      note_short_disk (self);
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved), g_strerror (saved));
      return FALSE;
    }

  g_mutex_lock (&lock);
  if (!self->emptied)
    {
      g_array_append_val (self->entries, entry);
      self->length += entry.size;
      total += entry.size;
    }
  g_mutex_unlock (&lock);

  return TRUE;
}

/* Every frame of the clip is there. */
void
dailies_jog_store_finish (DailiesJogStore *self)
{
  g_mutex_lock (&lock);
  self->complete = !self->emptied && self->entries->len > 0;
  g_mutex_unlock (&lock);
}

/* Gives all its room back; it takes nothing any more. */
void
dailies_jog_store_empty (DailiesJogStore *self)
{
  g_mutex_lock (&lock);
  give_way (self);
  g_mutex_unlock (&lock);
}

/* With the lock. The last frame that begins at @time or before it; the first one when none does.
 * While frames are still missing behind the last, nobody knows whether that one reaches so far. */
static gboolean
find (DailiesJogStore *self,
      gint64           time,
      Entry           *entry)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->entries, Entry, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  if (self->entries->len == 0 || (low == self->entries->len && !self->complete))
    return FALSE;

  *entry = g_array_index (self->entries, Entry, low > 0 ? low - 1 : 0);
  return TRUE;
}

/**
 * dailies_jog_store_read:
 * @time: ns from the start of the clip
 * @start: (out) (optional): ns, when the frame begins
 *
 * Reads some ten thousand bytes, as a rule from memory.
 *
 * Returns: (transfer full) (nullable): the coded frame that is shown at @time; %NULL while it is not
 * there
 */
GstBuffer *
dailies_jog_store_read (DailiesJogStore *self,
                        gint64           time,
                        gint64          *start)
{
  GstBuffer *buffer;
  GstMapInfo map;
  Entry      entry;
  gboolean   found;
  gssize     got;

  g_mutex_lock (&lock);
  found = find (self, time, &entry);
  self->used = g_get_monotonic_time ();
  g_mutex_unlock (&lock);
  if (!found)
    return NULL;

  buffer = gst_buffer_new_allocate (NULL, entry.size, NULL);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  got = pread (self->fd, map.data, entry.size, entry.offset);
  gst_buffer_unmap (buffer, &map);
  /* It gave way in this very moment, or the disk fails. */
  if (got != (gssize) entry.size)
    {
      gst_buffer_unref (buffer);
      return NULL;
    }

  if (start != NULL)
    *start = entry.time;
  return buffer;
}

/* Returns: ns, when the last frame of the clip begins; -1 while frames are missing */
gint64
dailies_jog_store_get_last (DailiesJogStore *self)
{
  gint64 last = -1;

  g_mutex_lock (&lock);
  if (self->complete)
    last = g_array_index (self->entries, Entry, self->entries->len - 1).time;
  g_mutex_unlock (&lock);

  return last;
}

/* Returns: (transfer full) (nullable): gint64 ns from the start of the clip, when each frame begins; %NULL while frames are missing */
GArray *
dailies_jog_store_dup_starts (DailiesJogStore *self)
{
  GArray *starts = NULL;

  g_mutex_lock (&lock);
  if (self->complete)
    {
      starts = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->entries->len);
      for (guint i = 0; i < self->entries->len; i++)
        g_array_append_val (starts, g_array_index (self->entries, Entry, i).time);
    }
  g_mutex_unlock (&lock);

  return starts;
}

guint
dailies_jog_store_get_n_frames (DailiesJogStore *self)
{
  guint n;

  g_mutex_lock (&lock);
  n = self->entries->len;
  g_mutex_unlock (&lock);

  return n;
}

gboolean
dailies_jog_store_is_complete (DailiesJogStore *self)
{
  gboolean complete;

  g_mutex_lock (&lock);
  complete = self->complete;
  g_mutex_unlock (&lock);

  return complete;
}

/* Returns: whether the disk, not the budget, refused a frame */
gboolean
dailies_jog_store_is_short_of_disk (DailiesJogStore *self)
{
  gboolean is_short;

  g_mutex_lock (&lock);
  is_short = self->short_of_disk;
  g_mutex_unlock (&lock);

  return is_short;
}

/* Returns: bytes that one store may take */
guint64
dailies_jog_store_get_room (void)
{
  guint64 room;

  g_mutex_lock (&lock);
  room = budget / DAILIES_JOG_STORE_SHARE;
  g_mutex_unlock (&lock);

  return room;
}

/* Returns: bytes that all stores take */
guint64
dailies_jog_store_get_total (void)
{
  guint64 bytes;

  g_mutex_lock (&lock);
  bytes = total;
  g_mutex_unlock (&lock);

  return bytes;
}

void
dailies_jog_store_set_budget (guint64 bytes)
{
  g_mutex_lock (&lock);
  budget = bytes > 0 ? bytes : DAILIES_JOG_STORE_BUDGET;
  g_mutex_unlock (&lock);
}
