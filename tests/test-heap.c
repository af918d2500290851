/* test-heap.c: however many threads allocate, they share a few heaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__ /* as one of the above tells */
#include <malloc.h>
#endif

#define THREADS 8
#define BYTES (64 * 1024) /* below what is taken from the system by itself */

#ifdef __GLIBC__
static int n_holding;
static int over;

static gpointer
hold (gpointer data)
{
  g_autofree char *memory = g_malloc (BYTES);

  memset (memory, 1, BYTES);
  g_atomic_int_inc (&n_holding);
  while (!g_atomic_int_get (&over))
    g_usleep (1000);
  return NULL;
}

static guint
count_heaps (void)
{
  char  *text = NULL;
  gsize  length;
  FILE  *stream = open_memstream (&text, &length);
  guint  n = 0;

  g_assert_cmpint (malloc_info (0, stream), ==, 0);
  fclose (stream);
  for (const char *at = text; (at = strstr (at, "<heap nr=")) != NULL; at++)
    n++;
  free (text);
  return n;
}
#endif

static void
test_threads (void)
{
#ifdef __GLIBC__
  GThread *threads[THREADS];
  guint    n_heaps;

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("hold", hold, NULL);
  while (g_atomic_int_get (&n_holding) < THREADS)
    g_usleep (1000);
  n_heaps = count_heaps ();
  g_atomic_int_set (&over, TRUE);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  /* A sanitizer brings an allocator of its own, which has no heaps to tell of. */
  g_assert_cmpuint (n_heaps, <=, 2);
#else
  g_test_skip ("the C library has no heaps of threads");
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_unsetenv ("MALLOC_ARENA_MAX");
  dailies_heap_limit ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/threads", test_threads);
  return g_test_run ();
}
