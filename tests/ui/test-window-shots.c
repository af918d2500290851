/* test-window-shots.c: going from shot to shot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-room.h"

#include "../barcode-clip.h"

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

/* From anywhere in the window: Space on a card of the strip comes this way. */
static void
test_play (Room          *room,
           gconstpointer  data)
{
  static const BarcodeClip clip = { "a.mp4", 320, 180, 24, 1, 72 };
  g_autofree char *folder = g_build_filename (room->path, "cuts", "1", NULL);
  g_autoptr (GFile) file G_GNUC_UNUSED = barcode_clip_make (&clip, folder);
  g_autoptr (DailiesCut) cut = g_list_model_get_item (dailies_shot_get_cuts (room->shot), 0);

  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.play", NULL);
  dailies_window_set_playable (room->window);
  dailies_window_show_cut (room->window, cut, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (room->window->strip), "win.play", NULL);
  fixture_wait (is_playing (room));
  gtk_widget_activate_action (GTK_WIDGET (room->window->strip), "win.play", NULL);
  fixture_wait (!is_playing (room));
}

int
main (int   argc,
      char *argv[])
{
  room_init (&argc, &argv);

  g_test_add ("/window-shots/comparison", Room, NULL, room_set_up, test_comparison, room_tear_down);
  g_test_add ("/window-shots/play", Room, NULL, room_set_up, test_play, room_tear_down);
  return g_test_run ();
}
