/* test-trim-range.c: both ends of what is kept, pushed about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-trim-range.h"

#include <math.h>

static void
check (const DailiesTrimRange *range,
       int                     in,
       int                     out)
{
  g_assert_cmpint (range->in, ==, in);
  g_assert_cmpint (range->out, ==, out);
  g_assert_cmpint (dailies_trim_range_get_length (range), ==, out - in + 1);
}

static void
test_init (void)
{
  DailiesTrimRange range;

  /* 14 s of 24: 3 to 10 s are 72 to 240 frames. */
  dailies_trim_range_init (&range, 336, 24, 3, 10);
  g_assert_cmpint (range.fewest, ==, 72);
  g_assert_cmpint (range.most, ==, 240);
  check (&range, 0, 239);
  g_assert_true (dailies_trim_range_is_part (&range));

  /* Never a hair too long, nor too short. */
  dailies_trim_range_init (&range, 336, 24000 / 1001.0, 3, 10);
  g_assert_cmpint (range.fewest, ==, 72);
  g_assert_cmpint (range.most, ==, 239);

  /* All of a clip that is short enough, and of one that is too short. */
  dailies_trim_range_init (&range, 120, 24, 3, 10);
  check (&range, 0, 119);
  g_assert_false (dailies_trim_range_is_part (&range));
  dailies_trim_range_init (&range, 40, 24, 3, 10);
  check (&range, 0, 39);
  dailies_trim_range_init (&range, 0, 24, 0, INFINITY);
  check (&range, 0, 0);
  dailies_trim_range_init (&range, 1000, 24, 0, INFINITY);
  check (&range, 0, 999);
}

static void
test_ends (void)
{
  DailiesTrimRange range;

  dailies_trim_range_init (&range, 336, 24, 3, 10);
  /* The other end follows where it would be too long … */
  dailies_trim_range_set_in (&range, 10);
  check (&range, 10, 239);
  dailies_trim_range_set_out (&range, 300);
  check (&range, 61, 300);
  dailies_trim_range_set_in (&range, 20);
  check (&range, 20, 259);
  /* … or too short … */
  dailies_trim_range_set_in (&range, 250);
  check (&range, 250, 321);
  dailies_trim_range_set_out (&range, 260);
  check (&range, 189, 260);
  /* … and neither leaves the clip. */
  dailies_trim_range_set_in (&range, 335);
  check (&range, 264, 335);
  dailies_trim_range_set_out (&range, 0);
  check (&range, 0, 71);
  dailies_trim_range_set_in (&range, -5);
  check (&range, 0, 71);
  dailies_trim_range_set_out (&range, 999);
  check (&range, 96, 335);
}

static void
test_move (void)
{
  DailiesTrimRange range;

  dailies_trim_range_init (&range, 336, 24, 3, 10);
  dailies_trim_range_set_out (&range, 99);
  dailies_trim_range_move (&range, 50);
  check (&range, 50, 149);
  dailies_trim_range_move (&range, 1000);
  check (&range, 236, 335);
  dailies_trim_range_move (&range, -1);
  check (&range, 0, 99);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trim-range/init", test_init);
  g_test_add_func ("/trim-range/ends", test_ends);
  g_test_add_func ("/trim-range/move", test_move);
  return g_test_run ();
}
