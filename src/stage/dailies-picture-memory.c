/* dailies-picture-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-picture-memory.h"

#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)
#define ASAN_UNPOISON_MEMORY_REGION(address, size)
#endif

#define PAGE_BYTES 4096
#define LARGE_PAGE_BYTES (2 * 1024 * 1024)
#define SLAB_BYTES (8 * LARGE_PAGE_BYTES)
/* Smaller pictures take as much. */
#define SMALLEST_PIECE (64 * 1024)

/* One or more pieces of one size. */
typedef struct
{
  guint8  *data;
  gsize    bytes;
  gsize    piece;
  guint    n_pieces;
  guint    n_taken;
  guint    n_touched; /* the others have never been written to, and cost nothing yet */
  GArray  *free;      /* of guint: those that were, and wait */
} Slab;

static GMutex     lock;
static GPtrArray *slabs; /* under the lock */

/* --- slabs, with the lock --------------------------------------------------------------------- */

/* At the beginning of a large page. Returns: (nullable) */
static gpointer
map (gsize bytes)
{
  guint8 *data = mmap (NULL, bytes + LARGE_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize   skip;

  if (data == MAP_FAILED)
    return NULL;

  skip = (LARGE_PAGE_BYTES - (gsize) data % LARGE_PAGE_BYTES) % LARGE_PAGE_BYTES;
  if (skip > 0)
    munmap (data, skip);
  munmap (data + skip + bytes, LARGE_PAGE_BYTES - skip);
#ifdef MADV_HUGEPAGE
  madvise (data + skip, bytes, MADV_HUGEPAGE);
#endif

  return data + skip;
}

static void
slab_free (gpointer data)
{
  Slab *slab = data;

  ASAN_UNPOISON_MEMORY_REGION (slab->data, slab->bytes);
  munmap (slab->data, slab->bytes);
  g_array_unref (slab->free);
  g_free (slab);
}

static void
divide (Slab *slab,
        gsize piece)
{
  slab->piece = piece;
  slab->n_pieces = (guint) (slab->bytes / piece);
  slab->n_touched = 0;
  g_array_set_size (slab->free, 0);
}

static Slab *
add_slab (gsize piece)
{
  gsize bytes = MAX (SLAB_BYTES, (piece + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES);
  Slab *slab;
  gpointer data = map (bytes);

  if (data == NULL)
    return NULL;

  slab = g_new0 (Slab, 1);
  slab->data = data;
  slab->bytes = bytes;
  slab->free = g_array_new (FALSE, FALSE, sizeof (guint));
  divide (slab, piece);
  ASAN_POISON_MEMORY_REGION (slab->data, slab->bytes);
  if (slabs == NULL)
    slabs = g_ptr_array_new_with_free_func (slab_free);
  g_ptr_array_add (slabs, slab);

  return slab;
}

/* One with room for a piece; the fullest comes first, so that the others empty. */
static Slab *
find_slab (gsize piece)
{
  Slab *best = NULL;

  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    {
      Slab *slab = slabs->pdata[i];

      if (slab->n_taken > 0 && slab->piece == piece && slab->n_taken < slab->n_pieces &&
          (best == NULL || slab->n_taken > best->n_taken))
        best = slab;
    }

  return best;
}

/* One that lies idle may become something else, if it is not much too large. */
static Slab *
find_idle_slab (gsize piece)
{
  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    {
      Slab *slab = slabs->pdata[i];

      if (slab->n_taken > 0 || slab->bytes < piece ||
          (slab->bytes > SLAB_BYTES && slab->bytes > piece + LARGE_PAGE_BYTES))
        continue;
      if (slab->piece != piece)
        divide (slab, piece);
      return slab;
    }

  return NULL;
}

static Slab *
find_owner (gpointer data)
{
  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    {
      Slab *slab = slabs->pdata[i];

      if ((guint8 *) data >= slab->data && (guint8 *) data < slab->data + slab->bytes)
        return slab;
    }

  return NULL;
}

static void
drop_idle_slabs (void)
{
  gsize idle = 0;

  for (guint i = slabs->len; i > 0; i--)
    {
      Slab *slab = slabs->pdata[i - 1];

      if (slab->n_taken > 0)
        continue;
      idle += slab->bytes;
      if (idle > DAILIES_PICTURE_MEMORY_IDLE)
        {
          idle -= slab->bytes;
          g_ptr_array_remove_index (slabs, i - 1);
        }
    }
}

/* --- public ----------------------------------------------------------------------------------- */

gpointer
dailies_picture_memory_take (gsize size)
{
  gsize    piece = MAX (SMALLEST_PIECE, (size + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
  gpointer data = NULL;
  Slab    *slab;

  if (size > G_MAXSSIZE / 2)
    return NULL;

  g_mutex_lock (&lock);
  slab = find_slab (piece);
  if (slab == NULL)
    slab = find_idle_slab (piece);
  if (slab == NULL)
    slab = add_slab (piece);
  if (slab != NULL)
    {
      guint number = slab->n_touched;

      if (slab->free->len > 0)
        {
          number = g_array_index (slab->free, guint, slab->free->len - 1);
          g_array_set_size (slab->free, slab->free->len - 1);
        }
      else
        {
          slab->n_touched++;
        }
      slab->n_taken++;
      data = slab->data + number * piece;
      ASAN_UNPOISON_MEMORY_REGION (data, size);
    }
  g_mutex_unlock (&lock);

  return data;
}

void
dailies_picture_memory_give (gpointer data)
{
  Slab *slab;

  g_mutex_lock (&lock);
  slab = find_owner (data);
  if (slab != NULL)
    {
      guint number = (guint) (((guint8 *) data - slab->data) / slab->piece);

      ASAN_POISON_MEMORY_REGION (data, slab->piece);
      g_array_append_val (slab->free, number);
      slab->n_taken--;
      if (slab->n_taken == 0)
        drop_idle_slabs ();
    }
  g_mutex_unlock (&lock);

  g_return_if_fail (slab != NULL);
}

gsize
dailies_picture_memory_get_held (void)
{
  gsize held = 0;

  g_mutex_lock (&lock);
  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    held += ((Slab *) slabs->pdata[i])->bytes;
  g_mutex_unlock (&lock);

  return held;
}
