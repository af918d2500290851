/* test-tile-box.c: the keys of tiles that come and go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>

#include "dailies-tile-box.h"

typedef struct
{
  GListStore *items;
  GtkWidget  *window;
  GtkWidget  *box;
} Fixture;

static GtkWidget *
create_tile (gpointer item,
             gpointer user_data)
{
  return gtk_button_new_with_label ("tile");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->items = g_list_store_new (G_TYPE_OBJECT);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

      g_list_store_append (fixture->items, item);
    }
  fixture->box = dailies_tile_box_new (G_LIST_MODEL (fixture->items), create_tile, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->box);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->items);
}

/* What the key bindings of the box do. Returns: whether the key was taken */
static gboolean
move (Fixture         *fixture,
      GtkMovementStep  step,
      int              count)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (gtk_widget_get_first_child (fixture->box), "move-cursor", step, count, FALSE, FALSE, &taken);
  return taken;
}

static guint
focused (Fixture *fixture)
{
  return dailies_tile_box_find (DAILIES_TILE_BOX (fixture->box), gtk_root_get_focus (GTK_ROOT (fixture->window)));
}

static void
test_arrows (Fixture       *fixture,
             gconstpointer  data)
{
  dailies_tile_box_focus (DAILIES_TILE_BOX (fixture->box), 2);
  g_assert_cmpuint (focused (fixture), ==, 2);
  g_assert_true (move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1));
  g_assert_cmpuint (focused (fixture), ==, 1);
  g_assert_true (move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, 1));
  g_assert_cmpuint (focused (fixture), ==, 2);
  g_assert_true (move (fixture, GTK_MOVEMENT_BUFFER_ENDS, -1));
  g_assert_cmpuint (focused (fixture), ==, 0);
  g_assert_false (move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1));
  g_assert_true (move (fixture, GTK_MOVEMENT_BUFFER_ENDS, 1));
  /* The one behind the items. */
  g_assert_cmpuint (focused (fixture), ==, 4);
  g_assert_false (move (fixture, GTK_MOVEMENT_DISPLAY_LINES, 1));

  gtk_widget_set_direction (fixture->box, GTK_TEXT_DIR_RTL);
  g_assert_true (move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, 1));
  g_assert_cmpuint (focused (fixture), ==, 3);
}

/* A tile goes with the focus on it, or moves, which makes it anew. */
static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (dailies_tile_box_get (DAILIES_TILE_BOX (fixture->box), 1) != NULL);
      dailies_tile_box_focus (DAILIES_TILE_BOX (fixture->box), 1);
      move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1);
      g_list_store_remove (fixture->items, 0);
      move (fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1);
      g_signal_emit_by_name (gtk_widget_get_first_child (fixture->box), "toggle-cursor-child");
      g_signal_emit_by_name (gtk_widget_get_first_child (fixture->box), "activate-cursor-child");
      dailies_tile_box_focus (DAILIES_TILE_BOX (fixture->box), 0);
      g_assert_cmpuint (focused (fixture), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add ("/tile-box/arrows", Fixture, NULL, set_up, test_arrows, tear_down);
  g_test_add ("/tile-box/removed", Fixture, NULL, set_up, test_removed, tear_down);

  return g_test_run ();
}
