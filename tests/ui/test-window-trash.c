/* test-window-trash.c: cuts that are deleted in a window without a program around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-window.h"
#include "../fixture-studio.h"
#include "dailies-window-private.h"

/* What the overlay of the toasts takes at most to show one, ms */
#define RISEN 700

typedef struct
{
  char            *path;
  DailiesStudio   *studio;
  DailiesSettings *settings;
  DailiesWindow   *window;
  DailiesShot     *shot;
} Room;

/* A library with a shot of two cuts, and a window on it that has no stage yet. */
static void
set_up (Room          *room,
        gconstpointer  data)
{
  Fixture fixture = { NULL };
  g_autoptr (DailiesShot) shot = NULL;

  fixture_set_up (&fixture, NULL);
  shot = fixture_add_shot (&fixture, "One", NULL);
  fixture_add_cuts (&fixture, shot);
  g_clear_object (&shot);
  fixture_wait (G_OBJECT (fixture.library)->ref_count == 1);
  g_assert_finalize_object (fixture.library);
  fixture_close_store (fixture.store);

  room->path = fixture.path;
  room->studio = studio_open (room->path);
  room->settings = dailies_settings_new ();
  room->window = DAILIES_WINDOW (dailies_window_new (NULL, room->settings));
  gtk_window_present (GTK_WINDOW (room->window));
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (room->window)));
  dailies_window_set_studio (room->window, room->studio);
  room->shot = dailies_library_lookup_shot (dailies_studio_get_library (room->studio), 1);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (room->shot)) == 2);
}

static void
tear_down (Room          *room,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (room->window), (gpointer *) &room->window);
  gtk_window_close (GTK_WINDOW (room->window));
  fixture_wait (room->window == NULL);
  g_object_unref (room->settings);
  fixture_wait (G_OBJECT (room->studio)->ref_count == 1);
  studio_close (room->studio);
  fixture_remove_folder (room->path);
  g_free (room->path);
}

/* (transfer full) */
static DailiesCut *
dup_cut (Room  *room,
         guint  position)
{
  return g_list_model_get_item (dailies_shot_get_cuts (room->shot), position);
}

static gboolean
is_shown (Room       *room,
          const char *text)
{
  return fixture_find (GTK_WIDGET (room->window), GTK_TYPE_LABEL, text) != NULL;
}

/* The best cut waits for the stage: deleted, it must not come onto it. */
static void
test_before_stage (Room          *room,
                   gconstpointer  data)
{
  g_autoptr (DailiesCut) cut = NULL;

  fixture_wait (room->window->waiting_cut != NULL);
  cut = g_object_ref (room->window->waiting_cut);
  dailies_window_trash_cut (room->window, cut);
  dailies_window_set_playable (room->window);
  g_assert_cmpuint (dailies_stage_view_get_n_sides (room->window->stage), ==, 0);
}

/* The second toast waits for the first to go; brought back as soon as it is on screen, its cut takes a toast away that
 * still rises. */
static void
test_rising (Room          *room,
             gconstpointer  data)
{
  g_autoptr (DailiesCut) first = dup_cut (room, 0);
  g_autoptr (DailiesCut) second = dup_cut (room, 1);
  gint64 start = g_get_monotonic_time ();

  dailies_window_trash_cut (room->window, first);
  dailies_window_trash_cut (room->window, second);
  fixture_wait (is_shown (room, "“Cut 1” is deleted"));
  fixture_wait (g_get_monotonic_time () - start > RISEN * 1000);

  adw_toast_dismiss (g_object_get_data (G_OBJECT (first), "toast"));
  fixture_wait (is_shown (room, "“Cut 2” is deleted"));
  dailies_window_undelete (room->window);
  fixture_wait (!is_shown (room, "“Cut 2” is deleted"));
  fixture_wait (!is_shown (room, "“Cut 1” is deleted"));
  g_assert_true (g_file_query_exists (dailies_cut_get_file (second), NULL));
  fixture_wait (!g_file_query_exists (dailies_cut_get_file (first), NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gst_init (NULL, NULL);
  g_test_add ("/window-trash/before-stage", Room, NULL, set_up, test_before_stage, tear_down);
  g_test_add ("/window-trash/rising", Room, NULL, set_up, test_rising, tear_down);
  return g_test_run ();
}
