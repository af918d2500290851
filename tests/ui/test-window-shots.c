/* test-window-shots.c: going from shot to shot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-room.h"

#include "../barcode-clip.h"
#include "dailies-reel.h"

static DailiesStageView *
get_stage (Room *room)
{
  return room->window->stage;
}

static DailiesSidesMode
get_mode (Room *room)
{
  return dailies_sides_get_mode (dailies_stage_view_get_sides (get_stage (room)));
}

/* What was compared in a shot stands there when the artist comes back to it. */
static void
test_comparison (Room          *room,
                 gconstpointer  data)
{
  GListModel *cuts = dailies_shot_get_cuts (room->shot);
  g_autoptr (DailiesCut) first = g_list_model_get_item (cuts, 0);
  g_autoptr (DailiesCut) second = g_list_model_get_item (cuts, 1);
  DailiesShot *other;

  dailies_window_set_playable (room->window);
  dailies_window_show_cut (room->window, second, FALSE);
  dailies_window_compare_cut (room->window, first);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (get_stage (room)), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (get_stage (room)), "stage.wipe", NULL);

  dailies_window_new_shot (room->window);
  fixture_wait (room->window->shot != room->shot);
  other = room->window->shot;
  g_assert_cmpuint (dailies_stage_view_get_n_sides (get_stage (room)), ==, 0);
  dailies_sides_set_mode (dailies_stage_view_get_sides (get_stage (room)), DAILIES_SIDES_ONION);
  /* Who only passes through a shot loses nothing of it. */
  dailies_window_set_shot (room->window, room->shot);
  dailies_window_set_shot (room->window, other);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (get_stage (room)), ==, 0);

  dailies_window_set_shot (room->window, room->shot);
  fixture_wait (dailies_stage_view_get_n_sides (get_stage (room)) == 2);
  g_assert_cmpuint (dailies_cut_get_number (dailies_stage_view_get_cut (get_stage (room), 0)), ==, 2);
  g_assert_cmpuint (dailies_cut_get_number (dailies_stage_view_get_cut (get_stage (room), 1)), ==, 1);
  g_assert_cmpint (get_mode (room), ==, DAILIES_SIDES_WIPE);

  /* An empty one has nothing of it. */
  dailies_window_set_shot (room->window, other);
  fixture_wait (dailies_stage_view_get_n_sides (get_stage (room)) == 0);
}

static gboolean
is_playing (Room *room)
{
  gboolean playing;

  g_object_get (dailies_stage_view_get_reel (get_stage (room)), "playing", &playing, NULL);
  return playing;
}

/* A true clip in place of the file of a cut. */
static void
make_cut (Room              *room,
          const BarcodeClip *clip)
{
  g_autofree char *folder = g_build_filename (room->path, "cuts", "1", NULL);
  g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (clip, folder);
}

/* From anywhere in the window: Space on a card of the strip comes this way. */
static void
test_play (Room          *room,
           gconstpointer  data)
{
  static const BarcodeClip clip = { "a.mp4", 320, 180, 24, 1, 72 };
  g_autoptr (DailiesCut) cut = g_list_model_get_item (dailies_shot_get_cuts (room->shot), 0);

  make_cut (room, &clip);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.play", NULL);
  dailies_window_set_playable (room->window);
  dailies_window_show_cut (room->window, cut, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (room->window->strip), "win.play", NULL);
  fixture_wait (is_playing (room));
  gtk_widget_activate_action (GTK_WIDGET (room->window->strip), "win.play", NULL);
  fixture_wait (!is_playing (room));
}

/* Until what has changed is laid out. */
static void
wait_for_frames (Room *room)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (room->window));
  gint64 start = gdk_frame_clock_get_frame_counter (clock);

  gdk_frame_clock_begin_updating (clock);
  fixture_wait (gdk_frame_clock_get_frame_counter (clock) > start + 2);
  gdk_frame_clock_end_updating (clock);
}

static void
set_up_small (Room          *room,
              gconstpointer  data)
{
  g_autoptr (DailiesSettings) settings = dailies_settings_new ();

  g_object_set (settings, "window-width", 1280, "window-height", 800, NULL);
  room_set_up (room, data);
}

/* How long the clips are is to be read beside everything else that two clips with sound bring. */
static void
test_total (Room          *room,
            gconstpointer  data)
{
  static const BarcodeClip clips[] = {
    { "a.mp4", 320, 180, 24, 1, 72, .sound = 140 },
    { "b.mp4", 320, 180, 24, 1, 72, .sound = 140 },
  };
  GListModel *cuts = dailies_shot_get_cuts (room->shot);
  g_autoptr (DailiesCut) first = g_list_model_get_item (cuts, 0);
  g_autoptr (DailiesCut) second = g_list_model_get_item (cuts, 1);

  make_cut (room, &clips[0]);
  make_cut (room, &clips[1]);
  dailies_window_set_playable (room->window);
  dailies_window_show_cut (room->window, first, FALSE);
  dailies_window_compare_cut (room->window, second);
  /* The letter of the side that is heard is what comes last. */
  fixture_wait (fixture_find (GTK_WIDGET (get_stage (room)), GTK_TYPE_LABEL, "A") != NULL);
  wait_for_frames (room);
  g_assert_nonnull (fixture_find (GTK_WIDGET (room->window), GTK_TYPE_LABEL, "/ 00:03:00"));
}

static GtkAdjustment *
get_form (Room *room)
{
  GtkWidget *scrolled = fixture_find (GTK_WIDGET (room->window->composer), GTK_TYPE_SCROLLED_WINDOW, NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static void
scroll_down (Room *room)
{
  GtkAdjustment *form = get_form (room);

  fixture_wait (gtk_adjustment_get_upper (form) > gtk_adjustment_get_page_size (form) + 20);
  gtk_adjustment_set_value (form, gtk_adjustment_get_upper (form));
  wait_for_frames (room);
  g_assert_cmpfloat (gtk_adjustment_get_value (form), >, 0);
}

/* The form of another shot is seen from its top, and that of the same one stays where it is. */
static void
test_form (Room          *room,
           gconstpointer  data)
{
  dailies_window_set_playable (room->window);
  fixture_wait (room->window->request != NULL);
  scroll_down (room);
  dailies_request_set_prompt (room->window->request, "rain");
  wait_for_frames (room);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_form (room)), >, 0);

  dailies_window_new_shot (room->window);
  fixture_wait (room->window->shot != room->shot);
  wait_for_frames (room);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_form (room)), ==, 0);

  scroll_down (room);
  dailies_window_set_shot (room->window, room->shot);
  wait_for_frames (room);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_form (room)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  room_init (&argc, &argv);

  g_test_add ("/window-shots/comparison", Room, NULL, room_set_up, test_comparison, room_tear_down);
  g_test_add ("/window-shots/play", Room, NULL, room_set_up, test_play, room_tear_down);
  g_test_add ("/window-shots/form", Room, NULL, set_up_small, test_form, room_tear_down);
  g_test_add ("/window-shots/total", Room, NULL, set_up_small, test_total, room_tear_down);
  return g_test_run ();
}
