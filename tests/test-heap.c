/* test-heap.c: what is painted on is kept, what decoders leave is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "count-faults.h"
#include "dailies-heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
#define WINDOW_BYTES (1600 * 960 * 4)
#define BLOCK_BYTES (48 * 1024)
#define N_BLOCKS 1024

static void
paint (void)
{
  guint8 *picture = calloc (1, WINDOW_BYTES);

  memset (picture, 7, WINDOW_BYTES);
  g_assert_cmpuint (picture[g_test_rand_int_range (0, WINDOW_BYTES)], ==, 7);
  free (picture);
}

/* Already the second painting finds the pages of the first one. */
static void
test_keep (void)
{
  long faults;

  paint ();
  faults = count_faults ();
  paint ();
  g_assert_cmpint (count_faults () - faults, <, WINDOW_BYTES / 4096 / 10);
}

#ifdef __linux__
/* The kernel was asked for large pages where the main thread's memory comes from. */
static void
test_large_pages (void)
{
  g_autofree char *text = NULL;
  const char *map;
  gboolean asked = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL));
  for (map = strstr (text, "[heap]"); map != NULL; map = strstr (map + 1, "[heap]"))
    {
      const char *flags = strstr (map, "VmFlags:");
      g_autofree char *line = g_strndup (flags, strcspn (flags, "\n"));

      asked = asked || strstr (line, " hg") != NULL;
    }
  g_assert_true (asked);
}
#endif

static double
measure_megabytes (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%*d %ld", &pages), ==, 1);
  return (double) pages * sysconf (_SC_PAGESIZE) / 1e6;
}

/* As a decoder does: nearly all of it goes, and the rest keeps the heap from shrinking by itself. */
static gpointer
leave (gpointer data)
{
  gpointer *blocks = data;

  for (guint i = 0; i < N_BLOCKS; i++)
    {
      blocks[i] = malloc (BLOCK_BYTES);
      memset (blocks[i], 1, BLOCK_BYTES);
    }
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      if (i % 64 != 63)
        g_clear_pointer (&blocks[i], free);
    }
  return NULL;
}

static void
test_trim (void)
{
  static gpointer blocks[N_BLOCKS];
  double before;

  g_thread_join (g_thread_new ("leave", leave, blocks));
  before = measure_megabytes ();
  dailies_heap_trim ();
  g_assert_cmpfloat (measure_megabytes (), <, before - 0.8 * N_BLOCKS * BLOCK_BYTES / 1e6);
  for (guint i = 0; i < N_BLOCKS; i++)
    free (blocks[i]);
}

/* What a thread has given back altogether goes by itself where it is much: nobody can trim that. */
static gpointer
leave_nothing (gpointer data)
{
  static gpointer blocks[N_BLOCKS];

  for (guint i = 0; i < N_BLOCKS; i++)
    {
      blocks[i] = malloc (BLOCK_BYTES);
      memset (blocks[i], 1, BLOCK_BYTES);
    }
  for (guint i = N_BLOCKS; i > 0; i--)
    free (blocks[i - 1]);
  return NULL;
}

static void
test_shrink (void)
{
  double before = measure_megabytes ();

  g_thread_join (g_thread_new ("leave-nothing", leave_nothing, NULL));
  g_assert_cmpfloat (measure_megabytes (), <, before + 20);
}
#endif

int
main (int   argc,
      char *argv[])
{
  dailies_heap_keep ();
  g_test_init (&argc, &argv, NULL);
#ifdef __GLIBC__
  g_test_add_func ("/heap/keep", test_keep);
#ifdef __linux__
  if (g_file_test ("/sys/kernel/mm/transparent_hugepage", G_FILE_TEST_EXISTS))
    g_test_add_func ("/heap/large-pages", test_large_pages);
#endif
  g_test_add_func ("/heap/shrink", test_shrink);
  g_test_add_func ("/heap/trim", test_trim);
#endif
  return g_test_run ();
}
