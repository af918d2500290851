/* dailies-heap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-heap.h"

#include <stdlib.h>
#ifdef __GLIBC__ /* as the one above tells */
#include <malloc.h>
#endif

/* The most that the C library takes. */
#define KEPT_BYTES (32 * 1024 * 1024)
/* What lies idle at the end of a heap, each thread's, goes back from here on. A window is painted in three or four pictures of its
 * size: with 16 MiB they went back after each painting. */
#define TOP_BYTES (48 * 1024 * 1024)
/* Of the main thread's, at its end: for what is painted next. */
#define PAD_BYTES (8 * 1024 * 1024)

void
dailies_heap_keep (void)
{
#ifdef __GLIBC__
  /* Who sets them in the environment knows better. */
  if (g_getenv ("MALLOC_MMAP_THRESHOLD_") == NULL && g_getenv ("MALLOC_TRIM_THRESHOLD_") == NULL)
    {
      mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
      mallopt (M_TRIM_THRESHOLD, TOP_BYTES);
    }
#endif
}

void
dailies_heap_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (PAD_BYTES);
#endif
}
