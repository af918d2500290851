/* test-reel-pace.c: how many frames there is time for, and how soon all of them are shown again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-pace.h"

#define FRAME (33 * (gint64) GST_MSECOND)
#define MS    ((gint64) GST_MSECOND)

/* A side tells of its frames, one after the other, for @span ms. @from, @to: ms that it is late, at first and in the end */
static gint64
tell (DailiesReelPace *pace,
      gint64          *late_since,
      gint64           when,
      int              span,
      int              from,
      int              to)
{
  for (gint64 past = 0; past < span * MS; past += MAX (pace->step, FRAME))
    {
      gint64 late = from * MS + (to - from) * past / span;

      dailies_reel_pace_note (pace, late_since, late, when + past);
    }

  return when + span * MS;
}

static void
test_one_load (void)
{
  DailiesReelPace pace = { 0 };
  gint64          since = 0;
  gint64          when = 100 * GST_SECOND;
  gint64          step;

  dailies_reel_pace_begin (&pace, 0, FRAME);
  when = tell (&pace, &since, when, 2000, 0, 10);
  g_assert_cmpint (pace.step, ==, 0);

  /* Later and later: frames are left out. */
  when = tell (&pace, &since, when, 800, 20, 150);
  step = pace.step;
  g_assert_cmpint (step, >=, 2 * FRAME);

  /* They catch up, though they are late still: no more of them are left out. */
  when = tell (&pace, &since, when, 1000, 130, 61);
  g_assert_cmpint (pace.step, ==, step);

  /* It is over: soon everything is shown again. */
  tell (&pace, &since, when, 2200, 5, 5);
  g_assert_cmpint (pace.step, ==, 0);
}

/* The more often it goes wrong to show all of them, the longer until that is tried the next time. */
static void
test_lasting_load (void)
{
  DailiesReelPace pace = { 0 };
  gint64          since = 0;
  gint64          when = 100 * GST_SECOND;
  int             n_tried = 0;

  dailies_reel_pace_begin (&pace, 0, FRAME);
  for (int ms = 0; ms < 20000; ms += 33)
    {
      gint64 before = pace.step;

      when += FRAME;
      dailies_reel_pace_note (&pace, &since, pace.step > 0 ? 0 : 100 * MS, when);
      n_tried += before > 0 && pace.step == 0;
    }
  g_assert_cmpint (n_tried, >=, 4);
  g_assert_cmpint (n_tried, <=, 14);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reel-pace/one-load", test_one_load);
  g_test_add_func ("/reel-pace/lasting-load", test_lasting_load);

  return g_test_run ();
}
