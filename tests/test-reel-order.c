/* test-reel-order.c: which frame is shown next, when more than one is due
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "reel-screen.h"

#include "dailies-reel-order.h"

static const BarcodeClip clips[] = {
  { "film.mp4", 320, 180, 24, 1, 120 },
  { "video.mp4", 320, 180, 30, 1, 150 },
  { "other.mp4", 320, 180, 24, 1, 120 },
  { "ntsc.mp4", 320, 180, 24000, 1001, 120 },
  { "pal.mp4", 320, 180, 25, 1, 120 },
};

#define MS      ((gint64) GST_MSECOND)
#define FRAME   (40 * MS)
#define WINK    (PICTURE * MS)

/* --- plain numbers ---------------------------------------------------------------------------- */

/* A film, and a screen that shows one frame at each of its pictures. */
typedef struct
{
  DailiesReelOrder order;
  gint64           picture; /* of the screen, how long it stands; ns */
  gint64           shown;   /* frame number; -1 none */
  guint            n_left_out;
} Show;

static void
show_init (Show   *self,
           gint64  picture)
{
  *self = (Show){ .picture = picture, .shown = -1 };
  dailies_reel_order_begin (&self->order);
  dailies_reel_order_see (&self->order);
}

/* At the moment @now of the clock, ns from the first frame. */
static void
look (Show *self,
      gint64  now,
      gint64  frame)
{
  gint64 newest = now / frame;
  gint64 next = self->order.moment < 0 ? newest : self->order.moment + (dailies_reel_order_has_unseen (&self->order) ? 0 : 1);
  gint64 number = dailies_reel_order_choose (&self->order, newest, MIN (next, newest), GST_SECOND + now);

  dailies_reel_order_take (&self->order, number, number != self->shown);
  if (self->shown >= 0 && number > self->shown + 1)
    self->n_left_out += number - self->shown - 1;
  self->shown = number;
}

/* Returns: when it ended */
static gint64
play (Show *self,
      gint64  from,
      gint64  span,
      gint64  frame)
{
  gint64 now;

  for (now = from; now < from + span; now += self->picture)
    {
      look (self, now, frame);
      dailies_reel_order_see (&self->order);
    }

  return now;
}

/* Nothing comes to the screen for a while: after that everything is seen, and soon it is in time again. */
static void
test_held_up (void)
{
  Show show;
  gint64 now;

  show_init (&show, WINK);
  now = play (&show, 0, 1000 * MS, FRAME);
  now = play (&show, now + 110 * MS, 500 * MS, FRAME);
  g_assert_cmpuint (show.n_left_out, ==, 0);
  g_assert_cmpint (show.shown, ==, (now - WINK) / FRAME);
}

/* What was taken is not on the screen yet: nothing replaces it, however often it is looked. */
static void
test_not_painted (void)
{
  Show show;
  gint64 now;

  show_init (&show, WINK);
  now = play (&show, 0, 1000 * MS, FRAME);
  look (&show, now + FRAME, FRAME);
  look (&show, now + 2 * FRAME, FRAME);
  look (&show, now + 3 * FRAME, FRAME);
  g_assert_cmpuint (show.n_left_out, ==, 0);
  g_assert_true (dailies_reel_order_see (&show.order));
  play (&show, now + 3 * FRAME, 500 * MS, FRAME);
  g_assert_cmpuint (show.n_left_out, ==, 0);
  g_assert_false (dailies_reel_order_see (&show.order));
}

/* A window that nobody sees paints nothing: the film goes on by the clock, and in order again when it is back. */
static void
test_hidden (void)
{
  Show show;
  gint64 now, end;

  show_init (&show, WINK);
  now = play (&show, 0, 1000 * MS, FRAME);
  for (end = now + 3000 * MS; now < end; now += WINK)
    look (&show, now, FRAME);
  g_assert_cmpint (show.shown, ==, (now - WINK) / FRAME);
  g_assert_true (show.order.hurries);

  now = play (&show, now, 1500 * MS, FRAME);
  show.n_left_out = 0;
  now = play (&show, now + 90 * MS, 500 * MS, FRAME);
  g_assert_cmpuint (show.n_left_out, ==, 0);
}

/* More frames than the screen has pictures: it does not fall behind, and does not jump again and again to make up for it. */
static void
test_slow_screen (void)
{
  Show show;
  gint64 now;
  guint  n_jumps = 0;

  show_init (&show, 50 * MS);
  for (now = 0; now < 10 * (gint64) GST_SECOND; now += show.picture)
    {
      guint before = show.n_left_out;

      look (&show, now, 20 * MS);
      look (&show, now + 20 * MS, 20 * MS);
      dailies_reel_order_see (&show.order);
      n_jumps += show.n_left_out > before + 4;
      if (now > (gint64) GST_SECOND)
        g_assert_cmpint (show.shown, ==, now / (20 * MS) + 1);
    }
  g_assert_cmpuint (n_jumps, ==, 1);
}

/* Who says nothing gets the newest. */
static void
test_silent_screen (void)
{
  DailiesReelOrder order = { 0 };

  dailies_reel_order_begin (&order);
  g_assert_cmpint (dailies_reel_order_choose (&order, 7, 3, GST_SECOND), ==, 7);
  dailies_reel_order_take (&order, 7, TRUE);
  g_assert_cmpint (dailies_reel_order_choose (&order, 9, 8, GST_SECOND), ==, 9);
}

/* --- a reel ----------------------------------------------------------------------------------- */

/* All at their first frames. */
static Stage *
stage_new_with (const char *const *names)
{
  Stage *stage = stage_new_with_clip (names[0]);

  for (guint i = 1; names[i] != NULL; i++)
    {
      set_clip (stage, i, names[i]);
      wait_for (shown (stage, i) == 0);
    }

  return stage;
}

#define CLIPS(...) (const char *const[]){ __VA_ARGS__, NULL }

static void
hold_up (Screen *screen)
{
  for (int i = 0; i < 3; i++)
    screen_hold_up (screen, 400);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      g_assert_cmpint (screen->left_out[i], ==, 0);
      g_assert_cmpint (screen->went_back[i], ==, 0);
    }
}

/* A quarter as fast: what else the machine does is nothing beside it. */
static void
test_reel (void)
{
  Stage *stage = stage_new_with (CLIPS ("film.mp4", "other.mp4"));
  Screen screen;

  g_object_set (stage->reel, "rate", 0.25, NULL);
  screen_start (&screen, stage);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 2);
  hold_up (&screen);
  screen_stop (&screen);
  stage_free (stage);
}

/* µs */
static void
wait_a_while (gint64 while_)
{
  gint64 began = g_get_monotonic_time ();

  wait_for (g_get_monotonic_time () - began > while_);
}

/* The frames of the two change at different times, and none of either is left out; nor when nobody has seen the window for a
 * while and it has come back. */
static void
test_reel_mixed (void)
{
  Stage *stage = stage_new_with (CLIPS ("film.mp4", "video.mp4"));
  Screen screen;

  g_object_set (stage->reel, "rate", 0.25, "looping", TRUE, NULL);
  screen_start (&screen, stage);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 2);
  hold_up (&screen);
  screen_stop (&screen);

  wait_a_while (G_TIME_SPAN_SECOND);
  screen_start (&screen, stage);
  wait_a_while (4 * G_TIME_SPAN_SECOND);
  screen_stop (&screen);
  screen_start (&screen, stage);
  hold_up (&screen);
  screen_stop (&screen);
  stage_free (stage);
}

/* As fast as they are, of four rates: no picture is older than the one before it. */
static void
test_reel_forwards (void)
{
  Stage *stage = stage_new_with (CLIPS ("film.mp4", "video.mp4", "ntsc.mp4", "pal.mp4"));
  Screen screen;

  screen_start (&screen, stage);
  dailies_reel_play (stage->reel);
  for (int i = 10; i <= 100; i += 10)
    {
      wait_for (shown (stage, 0) >= i);
      g_usleep (60 * G_TIME_SPAN_MILLISECOND);
    }
  wait_for (!is_playing (stage) && shown (stage, 0) == 119);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_assert_cmpint (screen.went_back[i], ==, 0);
  screen_stop (&screen);
  stage_free (stage);
}

/* While it is behind the clock, "here" is what is on the screen; and pausing goes on to where the clock stood, frame by frame. */
static void
test_reel_here (void)
{
  Stage *stage = stage_new_with (CLIPS ("film.mp4", "other.mp4"));
  Screen screen;
  int    before;

  g_object_set (stage->reel, "rate", 0.25, NULL);
  screen_start (&screen, stage);
  dailies_reel_play (stage->reel);
  wait_for (shown (stage, 0) >= 2);
  before = shown (stage, 0);
  g_usleep (450 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, frame_time (before, 24, 1));
  wait_for (shown (stage, 0) > before);
  g_assert_cmpint (shown (stage, 0), ==, before + 1);
  g_assert_cmpint (dailies_reel_get_aim (stage->reel), ==, position (stage));
  g_assert_cmpint (position (stage), ==, frame_time (before + 1, 24, 1));
  dailies_reel_pause (stage->reel);
  wait_for (!is_playing (stage) && screen.before[0] >= before + 2 && screen.before[1] >= before + 2);
  g_assert_cmpint (screen.left_out[0], ==, 0);
  g_assert_cmpint (screen.left_out[1], ==, 0);
  screen_stop (&screen);
  stage_free (stage);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = media_folder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    g_object_unref (barcode_clip_make (&clips[i], folder));

  g_test_add_func ("/reel-order/held-up", test_held_up);
  g_test_add_func ("/reel-order/not-painted", test_not_painted);
  g_test_add_func ("/reel-order/hidden", test_hidden);
  g_test_add_func ("/reel-order/slow-screen", test_slow_screen);
  g_test_add_func ("/reel-order/silent-screen", test_silent_screen);
  g_test_add_func ("/reel-order/reel", test_reel);
  g_test_add_func ("/reel-order/reel-mixed", test_reel_mixed);
  g_test_add_func ("/reel-order/reel-forwards", test_reel_forwards);
  g_test_add_func ("/reel-order/reel-here", test_reel_here);
  result = g_test_run ();

  remove_clips ();
  return result;
}
