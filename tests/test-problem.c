/* test-problem.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-problem-private.h"
#include "request-fixture.h"

static void
test_accessors (void)
{
  DailiesProblem *problem = dailies_problem_new (DAILIES_PROBLEM_WARNING, "video_url", "It is long.");
  g_autoptr (DailiesAsset) asset = new_asset ("https://pages.test/1.mp4");
  gsize start;

  g_assert_cmpint (dailies_problem_get_severity (problem), ==, DAILIES_PROBLEM_WARNING);
  g_assert_cmpstr (dailies_problem_get_field (problem), ==, "video_url");
  g_assert_cmpstr (dailies_problem_get_message (problem), ==, "It is long.");
  g_assert_cmpint (dailies_problem_get_fix (problem), ==, DAILIES_FIX_NONE);
  g_assert_null (dailies_problem_get_fix_label (problem));
  g_assert_null (dailies_problem_get_asset (problem));

  dailies_problem_set_fix (problem, DAILIES_FIX_REMOVE_MENTION, "Remove");
  dailies_problem_set_asset (problem, asset);
  dailies_problem_set_mention (problem, "@Image1", 7);
  g_assert_cmpint (dailies_problem_get_fix (problem), ==, DAILIES_FIX_REMOVE_MENTION);
  g_assert_cmpstr (dailies_problem_get_fix_label (problem), ==, "Remove");
  g_assert_true (dailies_problem_get_asset (problem) == asset);
  g_assert_cmpstr (dailies_problem_get_mention (problem, &start), ==, "@Image1");
  g_assert_cmpuint (start, ==, 7);
  g_assert_finalize_object (problem);
}

static void
test_order (void)
{
  static const DailiesSeverity in_order[] = {
    DAILIES_PROBLEM_ERROR, DAILIES_PROBLEM_WAIT, DAILIES_PROBLEM_EMPTY, DAILIES_PROBLEM_WARNING,
  };

  for (guint a = 0; a < G_N_ELEMENTS (in_order); a++)
    for (guint b = 0; b < G_N_ELEMENTS (in_order); b++)
      {
        g_autoptr (DailiesProblem) one = dailies_problem_new (in_order[a], "", "m");
        g_autoptr (DailiesProblem) other = dailies_problem_new (in_order[b], "", "m");
        int compared = dailies_problem_compare (one, other);

        g_assert_cmpint ((compared > 0) - (compared < 0), ==, (a > b) - (a < b));
        g_assert_cmpint (dailies_problem_equal (one, other), ==, a == b);
      }
}

static void
test_equal (void)
{
  g_autoptr (DailiesProblem) one = dailies_problem_new (DAILIES_PROBLEM_ERROR, "a", "m");
  g_autoptr (DailiesProblem) field = dailies_problem_new (DAILIES_PROBLEM_ERROR, "b", "m");
  g_autoptr (DailiesProblem) message = dailies_problem_new (DAILIES_PROBLEM_ERROR, "a", "n");
  g_autoptr (DailiesProblem) same = dailies_problem_new (DAILIES_PROBLEM_ERROR, "a", "m");

  g_assert_true (dailies_problem_equal (one, same));
  g_assert_false (dailies_problem_equal (one, field));
  g_assert_false (dailies_problem_equal (one, message));
  dailies_problem_set_mention (same, "@Image1", 0);
  g_assert_false (dailies_problem_equal (one, same));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/accessors", test_accessors);
  g_test_add_func ("/problem/order", test_order);
  g_test_add_func ("/problem/equal", test_equal);
  return g_test_run ();
}
