/* test-scheduler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-scheduler.h"
#include "fixture-library.h"

static void
test_delay (void)
{
  static const struct { guint first; gint64 age; double jitter; guint delay; } cases[] = {
    { 2000, 0, 0.5, 2000 },
    { 2000, 20000, 0.5, 2000 },
    { 2000, 100000, 0.5, 10000 },
    { 2000, 300000, 0.5, 30000 },
    { 2000, 86400000, 0.5, 30000 },
    { 2000, 86400000, 1, 30000 },
    { 2000, 86400000, 0, 24000 },
    { 2000, 0, 0, 1600 },
    { 2000, 0, 1, 2400 },
    { 2000, -5000, 0.5, 2000 }, /* a clock that was set back */
    { 10, 0, 0.5, 10 },
    { 60000, 0, 0.5, 60000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (dailies_schedule_delay (cases[i].first, cases[i].age, cases[i].jitter), ==, cases[i].delay);
}

/* Never sooner than it was, whatever the age; never outside the limits. */
static void
test_delay_grows (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      guint  first = g_test_rand_int_range (1, 30000);
      gint64 age = g_test_rand_int ();
      gint64 older = age + g_test_rand_int_range (0, 1000000);
      double jitter = g_test_rand_double ();
      guint  delay = dailies_schedule_delay (first, age, jitter);

      g_assert_cmpuint (delay, >=, 1);
      g_assert_cmpuint (delay, <=, 30000);
      g_assert_cmpuint (delay, <=, dailies_schedule_delay (first, older, jitter));
      g_assert_cmpuint (delay, <=, dailies_schedule_delay (first, age, 1));
    }
}

typedef struct
{
  GString *order;
  char     letter;
} Turn;

static void
turn_cb (gpointer data)
{
  Turn *turn = data;

  g_string_append_c (turn->order, turn->letter);
}

static void
test_order (void)
{
  DailiesScheduler  *scheduler = dailies_scheduler_new (10);
  g_autoptr(GString) order = g_string_new (NULL);
  Turn               turns[] = { { order, 'a' }, { order, 'b' }, { order, 'c' }, { order, 'd' } };
  guint              gone;

  dailies_scheduler_add (scheduler, NULL, 60, turn_cb, &turns[2]);
  dailies_scheduler_add (scheduler, NULL, 0, turn_cb, &turns[0]);
  gone = dailies_scheduler_add (scheduler, NULL, 20, turn_cb, &turns[3]);
  dailies_scheduler_add (scheduler, NULL, 30, turn_cb, &turns[1]);
  dailies_scheduler_remove (scheduler, gone);
  dailies_scheduler_remove (scheduler, 0);
  fixture_wait (order->len == 3);
  g_assert_cmpstr (order->str, ==, "abc");
  g_assert_finalize_object (scheduler);
}

static void
test_lane (void)
{
  DailiesScheduler  *scheduler = dailies_scheduler_new (10);
  g_autoptr(GString) order = g_string_new (NULL);
  Turn               turns[] = { { order, 'a' }, { order, 'b' }, { order, 'c' } };
  gint64             start = g_get_monotonic_time ();

  /* A service that asked to slow down is left alone; others are not kept waiting by it. */
  dailies_scheduler_hold (scheduler, "slow", 150);
  dailies_scheduler_add (scheduler, "slow", 0, turn_cb, &turns[1]);
  dailies_scheduler_add (scheduler, "slow", 0, turn_cb, &turns[2]);
  dailies_scheduler_add (scheduler, "other", 30, turn_cb, &turns[0]);
  fixture_wait (order->len == 1);
  g_assert_cmpstr (order->str, ==, "a");
  fixture_wait (order->len == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150000);
  fixture_wait (order->len == 3);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200000);
  g_assert_cmpstr (order->str, ==, "abc");
  g_assert_finalize_object (scheduler);
}

static void
test_dropped (void)
{
  DailiesScheduler  *scheduler = dailies_scheduler_new (10);
  g_autoptr(GString) order = g_string_new (NULL);
  Turn               turn = { order, 'a' };

  dailies_scheduler_add (scheduler, NULL, 0, turn_cb, &turn);
  g_assert_finalize_object (scheduler);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpstr (order->str, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduler/delay", test_delay);
  g_test_add_func ("/scheduler/delay-grows", test_delay_grows);
  g_test_add_func ("/scheduler/order", test_order);
  g_test_add_func ("/scheduler/lane", test_lane);
  g_test_add_func ("/scheduler/dropped", test_dropped);
  return g_test_run ();
}
