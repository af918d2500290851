/* test-window-undo.c: Ctrl+Z takes back what was done last, wherever that was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-room.h"

#include <gdk/x11/gdkx.h>

#include "dailies-asset.h"
#include "dailies-element.h"
#include "dailies-element-card.h"

/* --- hands ------------------------------------------------------------------------------------ */

static void
xdotool (const char *command,
         const char *option,
         const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "xdotool", command, option, argument, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
press (const char *key)
{
  xdotool ("key", "--delay=0", key);
}

/* With the keys, whether or not there is a window manager to give them. */
static void
set_up (Room          *room,
        gconstpointer  data)
{
  g_autofree char *id = NULL;

  room_set_up (room, data);
  dailies_window_set_playable (room->window);
  id = g_strdup_printf ("%lu", GDK_SURFACE_XID (gtk_native_get_surface (GTK_NATIVE (room->window))));
  xdotool ("windowfocus", "--sync", id);
  fixture_wait (gtk_window_is_active (GTK_WINDOW (room->window)) && room->window->request != NULL);
  dailies_composer_focus_prompt (room->window->composer);
}

/* --- eyes ------------------------------------------------------------------------------------- */

static void
put (Room       *room,
     const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (url, &error);

  g_assert_no_error (error);
  dailies_request_add_asset (room->window->request, "first_frame_image_url", asset, 0);
}

/* Until the form has come to a stand: what is done after that is a step of its own. */
static void
rest (Room *room)
{
  fixture_wait (!room->window->unsaved);
}

static gboolean
holds (Room       *room,
       const char *name,
       const char *prompt)
{
  GListModel *assets = dailies_request_get_assets (room->window->request, "first_frame_image_url");
  g_autoptr (DailiesAsset) asset = g_list_model_get_item (assets, 0);

  return g_strcmp0 (asset != NULL ? dailies_asset_get_name (asset) : NULL, name) == 0 &&
         g_str_equal (dailies_request_get_prompt (room->window->request), prompt);
}

/* --- tests ------------------------------------------------------------------------------------ */

/* Though the prompt has the keys, what was dropped after the words goes before them, and comes again. */
static void
test_replaced (Room          *room,
               gconstpointer  data)
{
  put (room, "https://pages.test/a.png");
  rest (room);
  press ("r");
  press ("a");
  fixture_wait (holds (room, "a.png", "ra"));
  rest (room);
  put (room, "https://pages.test/b.png");
  rest (room);
  g_assert_true (holds (room, "b.png", "ra"));

  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", "ra"));
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  press ("ctrl+shift+z");
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+y");
  press ("ctrl+y");
  fixture_wait (holds (room, "b.png", "ra"));

  /* What is not saved yet is no less a step. */
  put (room, "https://pages.test/c.png");
  press ("ctrl+z");
  fixture_wait (holds (room, "b.png", "ra"));
  rest (room);
  g_assert_nonnull (strstr (dailies_shot_get_draft (room->shot), "b.png"));
}

static void
type (Room       *room,
      const char *words)
{
  for (const char *at = words; *at != '\0'; at++)
    {
      const char key[] = { *at, '\0' };

      press (*at == ' ' ? "space" : key);
    }
}

/* Word by word, however quickly they were typed, and what was dropped in between in its turn. */
static void
test_words (Room          *room,
            gconstpointer  data)
{
  type (room, "rain falls");
  fixture_wait (holds (room, NULL, "rain falls"));
  put (room, "https://pages.test/a.png");
  rest (room);
  type (room, " on");
  fixture_wait (holds (room, "a.png", "rain falls on"));

  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", "rain falls "));
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", "rain falls"));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, "rain "));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  /* There is nothing before that, in the text neither. */
  press ("ctrl+z");
  press ("ctrl+shift+z");
  fixture_wait (holds (room, NULL, "rain "));
  press ("ctrl+shift+z");
  fixture_wait (holds (room, "a.png", "rain falls"));
}

/* A prompt whose words were taken back does not give its keys to what was deleted long ago. */
static void
test_deleted_long_ago (Room          *room,
                       gconstpointer  data)
{
  GListModel *cuts = dailies_shot_get_cuts (room->shot);
  g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, 0);

  dailies_window_trash_cut (room->window, cut);
  dailies_window_dismiss_toast (room->window, g_object_get_data (G_OBJECT (cut), "toast"));
  fixture_wait (g_object_get_data (G_OBJECT (cut), "toast") == NULL);
  type (room, "rain");
  fixture_wait (holds (room, NULL, "rain"));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  press ("ctrl+z");
  press ("x");
  fixture_wait (holds (room, NULL, "x"));
  g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  gtk_widget_grab_focus (GTK_WIDGET (room->window->stage));
  press ("ctrl+z");
  fixture_wait (g_list_model_get_n_items (cuts) == 2);
}

/* What changes in the form is seen, wherever the keys were. */
static void
test_hidden (Room          *room,
             gconstpointer  data)
{
  put (room, "https://pages.test/a.png");
  rest (room);
  dailies_window_set_pane_shown (room->window, room->window->composer_flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (room->window->stage));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  g_assert_true (dailies_window_get_pane_shown (room->window, room->window->composer_flap));
}

/* By the time at which it was done, not by its kind. */
static void
test_deleted (Room          *room,
              gconstpointer  data)
{
  GListModel *cuts = dailies_shot_get_cuts (room->shot);
  g_autoptr (DailiesCut) first = g_list_model_get_item (cuts, 0);
  g_autoptr (DailiesCut) second = g_list_model_get_item (cuts, 1);

  dailies_window_trash_cut (room->window, first);
  put (room, "https://pages.test/a.png");
  rest (room);
  type (room, "rain");
  fixture_wait (holds (room, "a.png", "rain"));
  dailies_window_trash_cut (room->window, second);
  fixture_wait (g_list_model_get_n_items (cuts) == 0);

  press ("ctrl+z");
  fixture_wait (g_list_model_get_n_items (cuts) == 1);
  g_assert_true (holds (room, "a.png", "rain"));
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
  /* Behind the steps of the form it is not for who types any more. */
  gtk_widget_grab_focus (GTK_WIDGET (room->window->stage));
  press ("ctrl+z");
  fixture_wait (g_list_model_get_n_items (cuts) == 2);
}

/* How many are wanted is set in the form like anything else; what sets it back is no step. */
static void
test_variations (Room          *room,
                 gconstpointer  data)
{
  put (room, "https://pages.test/a.png");
  rest (room);
  g_object_set (room->window->composer, "variations", 2, NULL);
  g_object_set (room->window->composer, "variations", 3, NULL);
  type (room, "rain");
  fixture_wait (holds (room, "a.png", "rain"));
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+z");
  fixture_wait (dailies_composer_get_variations (room->window->composer) == 2);
  press ("ctrl+z");
  fixture_wait (dailies_composer_get_variations (room->window->composer) == 1);
  g_assert_true (holds (room, "a.png", ""));
  press ("ctrl+y");
  fixture_wait (dailies_composer_get_variations (room->window->composer) == 2);
  /* As Generate does: each asks for them anew. */
  g_object_set (room->window->composer, "variations", 3, NULL);
  type (room, "rain falls");
  fixture_wait (holds (room, "a.png", "rain falls"));
  dailies_window_reset_variations (room->window);
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", "rain "));
  press ("ctrl+z");
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  g_assert_cmpuint (dailies_composer_get_variations (room->window->composer), ==, 1);
  press ("ctrl+y");
  press ("ctrl+y");
  press ("ctrl+y");
  fixture_wait (holds (room, "a.png", "rain falls"));
  g_assert_cmpuint (dailies_composer_get_variations (room->window->composer), ==, 1);
}

/* What was done again after a deletion was done last. */
static void
test_redone (Room          *room,
             gconstpointer  data)
{
  GListModel *cuts = dailies_shot_get_cuts (room->shot);
  g_autoptr (DailiesCut) cut = g_list_model_get_item (cuts, 0);

  type (room, "rain");
  fixture_wait (holds (room, NULL, "rain"));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  dailies_window_trash_cut (room->window, cut);
  press ("ctrl+shift+z");
  fixture_wait (holds (room, NULL, "rain"));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
  gtk_widget_grab_focus (GTK_WIDGET (room->window->stage));
  press ("ctrl+z");
  fixture_wait (g_list_model_get_n_items (cuts) == 2);
}

/* Somebody writes in an element while its words are taken back. */
static void
test_description (Room          *room,
                  gconstpointer  data)
{
  DailiesCatalogue *catalogue = dailies_studio_get_catalogue (room->studio);
  g_autoptr (DailiesElement) element = dailies_element_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesAsset) front = dailies_asset_new_for_value ("https://pages.test/a.png", &error);
  DailiesDefinition *model = dailies_catalogue_lookup (catalogue, "image-to-video/reference", &error);
  GtkWidget *card;

  g_assert_no_error (error);
  dailies_request_set_definition (room->window->request, model);
  dailies_element_set_frontal (element, front);
  dailies_request_add_element (room->window->request, "elements", element, 0);
  rest (room);
  card = fixture_find (GTK_WIDGET (room->window->composer), DAILIES_TYPE_ELEMENT_CARD, NULL);
  g_assert_nonnull (card);
  dailies_element_set_description (element, "a red");
  rest (room);
  dailies_element_set_description (element, "a red fox");
  rest (room);
  press ("ctrl+z");
  fixture_wait (g_str_equal (dailies_element_get_description (element), "a red"));
  press ("ctrl+z");
  fixture_wait (g_str_equal (dailies_element_get_description (element), ""));
  press ("ctrl+y");
  press ("ctrl+y");
  fixture_wait (g_str_equal (dailies_element_get_description (element), "a red fox"));
  rest (room);
  /* Nothing of it was written by the card. */
  press ("ctrl+y");
  press ("ctrl+z");
  fixture_wait (g_str_equal (dailies_element_get_description (element), "a red"));
}

/* Each shot has steps of its own, and keeps them. */
static void
test_shots (Room          *room,
            gconstpointer  data)
{
  put (room, "https://pages.test/a.png");
  rest (room);
  dailies_window_new_shot (room->window);
  fixture_wait (room->window->shot != NULL && room->window->shot != room->shot);
  fixture_wait (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (room->window)), GTK_WIDGET (room->window->composer)));
  put (room, "https://pages.test/b.png");
  rest (room);
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
  /* There is nothing before that here. */
  press ("ctrl+z");
  press ("x");
  fixture_wait (holds (room, NULL, "x"));
  dailies_window_set_shot (room->window, room->shot);
  fixture_wait (holds (room, "a.png", ""));
  press ("ctrl+z");
  fixture_wait (holds (room, NULL, ""));
}

/* A search has nothing to do with the form. */
static void
test_elsewhere (Room          *room,
                gconstpointer  data)
{
  put (room, "https://pages.test/a.png");
  rest (room);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.search", NULL);
  fixture_wait (GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (room->window))));
  press ("ctrl+z");
  press ("x");
  fixture_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (room->window)))), "x"));
  g_assert_true (holds (room, "a.png", ""));
}

int
main (int   argc,
      char *argv[])
{
  room_init (&argc, &argv);

  g_test_add ("/window-undo/replaced", Room, NULL, set_up, test_replaced, room_tear_down);
  g_test_add ("/window-undo/words", Room, NULL, set_up, test_words, room_tear_down);
  g_test_add ("/window-undo/deleted-long-ago", Room, NULL, set_up, test_deleted_long_ago, room_tear_down);
  g_test_add ("/window-undo/hidden", Room, NULL, set_up, test_hidden, room_tear_down);
  g_test_add ("/window-undo/deleted", Room, NULL, set_up, test_deleted, room_tear_down);
  g_test_add ("/window-undo/variations", Room, NULL, set_up, test_variations, room_tear_down);
  g_test_add ("/window-undo/redone", Room, NULL, set_up, test_redone, room_tear_down);
  g_test_add ("/window-undo/description", Room, NULL, set_up, test_description, room_tear_down);
  g_test_add ("/window-undo/shots", Room, NULL, set_up, test_shots, room_tear_down);
  g_test_add ("/window-undo/elsewhere", Room, NULL, set_up, test_elsewhere, room_tear_down);
  return g_test_run ();
}
