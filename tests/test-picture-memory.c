/* test-picture-memory.c: memory for pictures is used again, by whichever thread, and what is idle goes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "count-faults.h"
#include "dailies-picture-memory.h"

#include <stdint.h>
#include <string.h>

#define PICTURE_BYTES (1920 * 1080 * 3 / 2)

/* Nobody else's bytes change, and each begins with a page. */
static void
test_apart (void)
{
  guint8 *pictures[40];

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      gsize size = i % 2 ? PICTURE_BYTES : 100000 + i;

      pictures[i] = dailies_picture_memory_take (size);
      g_assert_nonnull (pictures[i]);
      g_assert_cmpuint ((uintptr_t) pictures[i] % 4096, ==, 0);
      memset (pictures[i], (int) i, size);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      gsize size = i % 2 ? PICTURE_BYTES : 100000 + i;

      for (gsize at = 0; at < size; at++)
        {
          if (pictures[i][at] != i)
            g_error ("picture %u: byte %" G_GSIZE_FORMAT " is %u", i, at, pictures[i][at]);
        }
      dailies_picture_memory_give (pictures[i]);
    }
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, DAILIES_PICTURE_MEMORY_IDLE);
}

/* A picture that has come and gone leaves its pages to the next one, also to one of another size. */
static void
test_used_again (void)
{
  guint8 *first = dailies_picture_memory_take (PICTURE_BYTES);
  guint8 *second;
  long    faults;

  memset (first, 1, PICTURE_BYTES);
  dailies_picture_memory_give (first);
  faults = count_faults ();
  second = dailies_picture_memory_take (PICTURE_BYTES);
  g_assert_true (second == first);
  memset (second, 2, PICTURE_BYTES);
  dailies_picture_memory_give (second);
  second = dailies_picture_memory_take (PICTURE_BYTES / 2);
  memset (second, 3, PICTURE_BYTES / 2);
  dailies_picture_memory_give (second);
#ifndef __SANITIZE_ADDRESS__ /* which has pages of its own for what it knows of them */
  g_assert_cmpint (count_faults () - faults, <, PICTURE_BYTES / 4096 / 10);
#endif
}

/* Larger than what is taken at a time, and larger than anything. */
static void
test_large (void)
{
  gsize   size = (gsize) 7680 * 4320 * 4;
  gsize   held = dailies_picture_memory_get_held ();
  guint8 *picture = dailies_picture_memory_take (size);

  g_assert_nonnull (picture);
  picture[0] = picture[size - 1] = 1;
  g_assert_cmpuint (dailies_picture_memory_get_held (), >=, held + size);
  dailies_picture_memory_give (picture);
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, DAILIES_PICTURE_MEMORY_IDLE);
  g_assert_null (dailies_picture_memory_take (G_MAXSIZE - 100));
  g_assert_null (dailies_picture_memory_take ((gsize) 1 << 60));
}

/* Coded pictures come in any size: what they take is not many times what they have. */
static void
test_any_size (void)
{
  gpointer pieces[40];
  gsize    held = dailies_picture_memory_get_held ();
  gsize    asked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      gsize size = 260000 + i * 17000;

      pieces[i] = dailies_picture_memory_take (size);
      memset (pieces[i], 1, size);
      asked += size;
    }
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, held + asked * 2);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    dailies_picture_memory_give (pieces[i]);
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, DAILIES_PICTURE_MEMORY_IDLE);
}

/* A small one that stays does not keep what large ones have left. */
static void
test_small_beside_large (void)
{
  gsize    large = 16 * 1024 * 1024;
  gpointer pieces[6];
  gpointer small;

  for (guint i = 0; i < 2; i++)
    pieces[i] = dailies_picture_memory_take (large);
  for (guint i = 0; i < 2; i++)
    dailies_picture_memory_give (pieces[i]);
  small = dailies_picture_memory_take (300 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    pieces[i] = dailies_picture_memory_take (large);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    dailies_picture_memory_give (pieces[i]);
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, DAILIES_PICTURE_MEMORY_IDLE + 4 * 1024 * 1024);
  dailies_picture_memory_give (small);
}

static gpointer
come_and_go (gpointer data)
{
  guint8 *pictures[6] = { NULL };
  guint   number = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < 3000; i++)
    {
      guint8 **picture = &pictures[i * 7 % G_N_ELEMENTS (pictures)];
      gsize    size = 70000 + (i * 31 + number) % 5 * 90000;

      if (*picture != NULL)
        {
          g_assert_cmpuint ((*picture)[0], ==, number);
          g_assert_cmpuint ((*picture)[69999], ==, number);
          dailies_picture_memory_give (*picture);
        }
      *picture = dailies_picture_memory_take (size);
      (*picture)[0] = (*picture)[69999] = (guint8) number;
    }
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    dailies_picture_memory_give (pictures[i]);
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("come-and-go", come_and_go, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, DAILIES_PICTURE_MEMORY_IDLE);
}

/* What nobody has taken for a while goes back, most of it, and what is in use stays. */
static void
test_idle (void)
{
  gpointer kept = dailies_picture_memory_take (PICTURE_BYTES);
  gpointer pieces[5];
  gint64   deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  memset (kept, 5, PICTURE_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      pieces[i] = dailies_picture_memory_take (4 * 1024 * 1024);
      memset (pieces[i], 1, 4 * 1024 * 1024);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    dailies_picture_memory_give (pieces[i]);
  g_assert_cmpuint (dailies_picture_memory_get_held (), >, 20 * 1024 * 1024);
  while (dailies_picture_memory_get_held () > (16 + 8) * 1024 * 1024 && g_get_monotonic_time () < deadline)
    {
      g_usleep (G_TIME_SPAN_SECOND / 10);
      dailies_picture_memory_tidy ();
    }
  g_assert_cmpuint (dailies_picture_memory_get_held (), <=, (16 + 8) * 1024 * 1024);
  g_assert_cmpuint (((guint8 *) kept)[PICTURE_BYTES - 1], ==, 5);
  dailies_picture_memory_give (kept);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-memory/apart", test_apart);
  g_test_add_func ("/picture-memory/used-again", test_used_again);
  g_test_add_func ("/picture-memory/large", test_large);
  g_test_add_func ("/picture-memory/any-size", test_any_size);
  g_test_add_func ("/picture-memory/small-beside-large", test_small_beside_large);
  g_test_add_func ("/picture-memory/threads", test_threads);
  g_test_add_func ("/picture-memory/idle", test_idle);
  return g_test_run ();
}
