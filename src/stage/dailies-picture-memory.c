/* dailies-picture-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-picture-memory.h"

#include <sys/mman.h>

#if defined (__has_feature)
#if __has_feature (address_sanitizer) /* as clang says it */
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)
#define ASAN_UNPOISON_MEMORY_REGION(address, size)
#endif

#define PAGE_BYTES 4096
#define LARGE_PAGE_BYTES (2 * 1024 * 1024)
/* A piece that is still in use keeps the others of its slab: so no more than these are in one, unless they are small. */
#define N_PIECES 4
#define SMALLEST_SLAB LARGE_PAGE_BYTES
#define LARGEST_SLAB (8 * LARGE_PAGE_BYTES) /* unless one piece has more */
#define MOST_TOO_LARGE 2 /* times what would be taken for a piece */
/* Smaller pictures take as much. */
#define SMALLEST_PIECE (64 * 1024)
/* Up to here sizes are rounded to a quarter of a power of two: coded pictures come in any size, and are to share slabs. */
#define LARGEST_ROUNDED (1024 * 1024)
/* What has lain idle for so many µs is not wanted again soon: a clip that goes round would have taken it. */
#define IDLE_TIME (5 * G_TIME_SPAN_SECOND)
#define LOOK_INTERVAL G_TIME_SPAN_SECOND
/* So much may lie idle for ever. */
#define IDLE_FOR_EVER (8 * 1024 * 1024)

/* One or more pieces of one size. */
typedef struct
{
  guint8  *data;
  gsize    bytes;
  gsize    piece;
  guint    n_pieces;
  guint    n_taken;
  guint    n_touched; /* the others have not been taken since it was divided */
  gsize    resident;  /* so much of it has ever been given out; the rest costs nothing yet */
  GArray  *free;      /* of guint: pieces that were taken, and wait */
  gint64   idle_since; /* µs, monotonic, where nothing is taken */
} Slab;

static GMutex     lock;
static GPtrArray *slabs; /* under the lock */
static gint64     looked; /* µs, monotonic; under the lock: when it was last looked for what is idle */

/* --- slabs, with the lock --------------------------------------------------------------------- */

static gsize
round_to_large_pages (gsize bytes)
{
  return (bytes + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
}

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

/* The kernel gives whole large pages. */
static void
note_touched (Slab *slab)
{
  gsize touched = round_to_large_pages (slab->n_touched * slab->piece);

  slab->resident = MAX (slab->resident, MIN (slab->bytes, touched));
}

/* What is taken at a time for pieces of that size. */
static gsize
get_slab_bytes (gsize piece)
{
  return MAX (round_to_large_pages (piece),
              CLAMP (round_to_large_pages (N_PIECES * MIN (piece, LARGEST_SLAB)), SMALLEST_SLAB, LARGEST_SLAB));
}

static Slab *
add_slab (gsize piece)
{
  gsize bytes = get_slab_bytes (piece);
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

/* One that lies idle may become something else; the smallest that will do, or one piece would keep all of a large one. */
static Slab *
find_idle_slab (gsize piece)
{
  gsize bytes = get_slab_bytes (piece);
  Slab *best = NULL;

  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    {
      Slab *slab = slabs->pdata[i];

      if (slab->n_taken > 0 || slab->bytes < bytes || slab->bytes > MOST_TOO_LARGE * bytes)
        continue;
      if (best == NULL || slab->bytes < best->bytes || (slab->bytes == best->bytes && slab->piece == piece))
        best = slab;
    }
  if (best != NULL && best->piece != piece)
    divide (best, piece);

  return best;
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

/* Returns: (transfer full): those that are too many; the kernel takes its time over them, so they go when nobody waits */
static GPtrArray *
take_out_idle_slabs (gint64 now)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (slab_free);
  gsize      idle = 0;

  looked = now;
  for (guint i = slabs->len; i > 0; i--)
    {
      Slab *slab = slabs->pdata[i - 1];

      if (slab->n_taken > 0)
        continue;
      if (idle + slab->resident > (now - slab->idle_since > IDLE_TIME ? IDLE_FOR_EVER : DAILIES_PICTURE_MEMORY_IDLE))
        g_ptr_array_add (out, g_ptr_array_steal_index (slabs, i - 1));
      else
        idle += slab->resident;
    }

  return out;
}

/* What is taken for so many bytes. */
static gsize
get_piece (gsize size)
{
  gsize step = PAGE_BYTES;

  if (size <= SMALLEST_PIECE)
    return SMALLEST_PIECE;
  if (size <= LARGEST_ROUNDED)
    step = MAX (step, (gsize) 1 << (g_bit_storage (size - 1) - 3));

  return (size + step - 1) / step * step;
}

/* --- public ----------------------------------------------------------------------------------- */

gpointer
dailies_picture_memory_take (gsize size)
{
  gpointer data = NULL;
  gsize    piece;
  Slab    *slab;

  if (size > G_MAXSSIZE / 2)
    return NULL;

  piece = get_piece (size);

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
          note_touched (slab);
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
  g_autoptr (GPtrArray) out = NULL;
  gint64 now = g_get_monotonic_time ();
  Slab  *slab;

  g_mutex_lock (&lock);
  slab = find_owner (data);
  if (slab != NULL)
    {
      guint number = (guint) (((guint8 *) data - slab->data) / slab->piece);

      ASAN_POISON_MEMORY_REGION (data, slab->piece);
      g_array_append_val (slab->free, number);
      slab->n_taken--;
      if (slab->n_taken == 0)
        slab->idle_since = now;
      if (slab->n_taken == 0 || now - looked > LOOK_INTERVAL)
        out = take_out_idle_slabs (now);
    }
  g_mutex_unlock (&lock);

  g_return_if_fail (slab != NULL);
}

void
dailies_picture_memory_tidy (void)
{
  g_autoptr (GPtrArray) out = NULL;

  g_mutex_lock (&lock);
  if (slabs != NULL)
    out = take_out_idle_slabs (g_get_monotonic_time ());
  g_mutex_unlock (&lock);
}

gsize
dailies_picture_memory_get_held (void)
{
  gsize held = 0;

  g_mutex_lock (&lock);
  for (guint i = 0; slabs != NULL && i < slabs->len; i++)
    held += ((Slab *) slabs->pdata[i])->resident;
  g_mutex_unlock (&lock);

  return held;
}
