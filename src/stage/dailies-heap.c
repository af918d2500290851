/* dailies-heap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-heap.h"

#include <stdlib.h>
#ifdef __GLIBC__ /* as the one above tells */
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

/* The most that the C library takes. */
#define KEPT_BYTES (32 * 1024 * 1024)
/* What lies idle at the end of a heap, each thread's, goes back from here on. */
#define TOP_BYTES (512 * 1024)
/* A window is painted in three or four pictures of its size, and everything else that the main thread has lies there, too. */
#define HOLE_BYTES (192 * 1024 * 1024)
#define HOLE_PIECES 8 /* each less than what the C library takes */
/* More than lies free when the program begins, so that it is taken behind the hole. */
#define PIN_BYTES (256 * 1024)
/* What goes back from the end of a heap where there is no hole: the window's pictures lie there then. */
#define PAINTED_BYTES (48 * 1024 * 1024)

#if defined (__GLIBC__) && defined (MADV_HUGEPAGE)
/* Who has memory filled to find errors would have all of the hole filled. */
static gboolean
is_filled (void)
{
  const char *byte = g_getenv ("MALLOC_PERTURB_");

  return byte != NULL && !g_str_equal (byte, "0");
}

/* Room for what the main thread paints in: free, but behind it is a block that stays, so that it is not the end of the heap,
 * which would go back after each painting. It costs nothing until it is written to, and is of large pages. */
static gboolean
make_hole (void)
{
  static gpointer volatile pin; /* for ever */
  char *volatile pieces[HOLE_PIECES]; /* or the compiler sees that nobody wants them */
  gsize    page = (gsize) sysconf (_SC_PAGESIZE);
  gsize    begin, end;
  gboolean whole;

  for (int i = 0; i < HOLE_PIECES; i++)
    pieces[i] = malloc (HOLE_BYTES / HOLE_PIECES);
  pin = malloc (PIN_BYTES);
  begin = ((gsize) pieces[0] + page - 1) / page * page;
  end = (gsize) pin / page * page;
  /* All of one piece, unless there is a limit, or somebody else has taken memory in the same way. */
  whole = pieces[0] != NULL && end > begin && end - begin >= HOLE_BYTES - page && end - begin < HOLE_BYTES + PIN_BYTES;
  if (whole)
    madvise ((gpointer) begin, end - begin, MADV_HUGEPAGE);
  for (int i = 0; i < HOLE_PIECES; i++)
    free (pieces[i]);
  return whole;
}
#endif

void
dailies_heap_keep (void)
{
#ifdef __GLIBC__
  /* Who sets them in the environment knows better. */
  if (g_getenv ("MALLOC_MMAP_THRESHOLD_") == NULL && g_getenv ("MALLOC_TRIM_THRESHOLD_") == NULL)
    {
      mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
      mallopt (M_TRIM_THRESHOLD, PAINTED_BYTES);
#ifdef MADV_HUGEPAGE
      if (!is_filled () && make_hole ())
        mallopt (M_TRIM_THRESHOLD, TOP_BYTES);
#endif
    }
#endif
}

void
dailies_heap_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (TOP_BYTES);
#endif
}
