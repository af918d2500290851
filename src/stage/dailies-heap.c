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
/* What lies idle at the end of a heap, each thread's, goes back from here on. A window is painted in three or four pictures of its
 * size: with 16 MiB they went back after each painting. */
#define TOP_BYTES (48 * 1024 * 1024)
/* So much of the main thread's heap is of large pages, and so much of the end of each heap stays where it is trimmed. */
#define LARGE_PAGES_BYTES (40 * 1024 * 1024)
/* More than is free when the program begins, so that the heap has to grow. */
#define GROWTH_BYTES (256 * 1024)

#if defined (__GLIBC__) && defined (MADV_HUGEPAGE)
/* The main thread's heap grows by so much at once, which costs nothing until it is written to, and the kernel is told of it. */
static void
take_large_pages (void)
{
  char *top = sbrk (0);
  gpointer volatile block; /* or the compiler sees that nobody wants it */

  mallopt (M_TOP_PAD, LARGE_PAGES_BYTES);
  block = malloc (GROWTH_BYTES);
  mallopt (M_TOP_PAD, GROWTH_BYTES / 2);
  if ((char *) sbrk (0) - top > LARGE_PAGES_BYTES)
    madvise (top, LARGE_PAGES_BYTES, MADV_HUGEPAGE);
  free (block);
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
      mallopt (M_TRIM_THRESHOLD, TOP_BYTES);
#ifdef MADV_HUGEPAGE
      take_large_pages ();
#endif
    }
#endif
}

void
dailies_heap_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (LARGE_PAGES_BYTES);
#endif
}
