/* fixture-room.h: a window on a library, without a program around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fixture-window.h"
#include "../fixture-studio.h"
#include "dailies-window-private.h"

typedef struct
{
  char            *path;
  DailiesStudio   *studio;
  DailiesSettings *settings;
  DailiesWindow   *window;
  DailiesShot     *shot;
} Room;

/* In place of g_test_init(). */
static inline void
room_init (int    *argc,
           char ***argv)
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  gst_init (NULL, NULL);
}

/* A library with a shot of two cuts, and a window on it that has no stage yet. */
static inline void
room_set_up (Room          *room,
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
  g_object_add_weak_pointer (G_OBJECT (room->window), (gpointer *) &room->window);
  gtk_window_present (GTK_WINDOW (room->window));
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (room->window)));
  dailies_window_set_studio (room->window, room->studio);
  room->shot = dailies_library_lookup_shot (dailies_studio_get_library (room->studio), 1);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (room->shot)) == 2);
}

static inline void
room_tear_down (Room          *room,
                gconstpointer  data)
{
  if (room->window != NULL)
    gtk_window_close (GTK_WINDOW (room->window));
  fixture_wait (room->window == NULL);
  g_object_unref (room->settings);
  fixture_wait (G_OBJECT (room->studio)->ref_count == 1);
  studio_close (room->studio);
  fixture_remove_folder (room->path);
  g_free (room->path);
}
