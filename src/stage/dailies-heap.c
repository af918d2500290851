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

/* The main thread has the first one; with a second one the threads that decode do not all have to wait for it. */
#define HEAPS 2

void
dailies_heap_limit (void)
{
#ifdef __GLIBC__
  /* Who sets it in the environment knows better. */
  if (g_getenv ("MALLOC_ARENA_MAX") == NULL)
    mallopt (M_ARENA_MAX, HEAPS);
#endif
}
