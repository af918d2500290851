/* test-compat.c: questions to the artist
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-compat.h"

#include "../fixture-library.h"

typedef struct
{
  GtkWindow *parent;
  char      *answer;
} Asked;

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_in_windows (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget  *found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = find_button (window, label);
    }
  return found;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asked *asked = user_data;

  asked->answer = dailies_compat_ask_finish (result);
  if (g_str_equal (asked->answer, "go"))
    gtk_window_destroy (g_steal_pointer (&asked->parent));
}

static void
ask (Asked *asked)
{
  const DailiesAnswer answers[] = {
    { "stay", "Stay", ADW_RESPONSE_DEFAULT },
    { "go", "Go", ADW_RESPONSE_DESTRUCTIVE },
  };

  asked->parent = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (asked->parent, 600, 400);
  gtk_window_present (asked->parent);
  fixture_wait (gtk_widget_get_mapped (GTK_WIDGET (asked->parent)));
  dailies_compat_ask_async (asked->parent, "Stay or go?", "One of both.", NULL, answers, G_N_ELEMENTS (answers), NULL,
                            answered_cb, asked);
  fixture_wait (find_in_windows ("Go") != NULL && gtk_widget_get_width (find_in_windows ("Go")) > 0 &&
                gtk_window_is_active (GTK_WINDOW (gtk_widget_get_native (find_in_windows ("Go")))));
}

/* With the real pointer: what it enters and leaves is part of how a window goes. */
static void
click (GtkWidget *button)
{
  GtkNative       *native = gtk_widget_get_native (button);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  graphene_point_t middle;
  double           x, y;

  g_assert_true (gtk_widget_compute_point (
    button, GTK_WIDGET (native),
    &GRAPHENE_POINT_INIT (gtk_widget_get_width (button) / 2, gtk_widget_get_height (button) / 2), &middle));
  gtk_native_get_surface_transform (native, &x, &y);
  /* Without a window manager every window begins in the corner. */
  command = g_strdup_printf ("xdotool mousemove %d %d click 1", (int) (middle.x + x), (int) (middle.y + y));
  g_assert_true (g_spawn_command_line_async (command, &error));
  g_assert_no_error (error);
}

/* A question that has only just come up, under GTK 4.18, does not take each press: a hand presses once more. */
static gboolean
press_cb (gpointer user_data)
{
  GtkWidget *button = find_in_windows (user_data);

  if (button != NULL)
    click (button);
  return G_SOURCE_CONTINUE;
}

/* Quitting is asked about, and the answer takes the window away that was asked in. */
static void
test_parent_goes (void)
{
  Asked    asked = { 0 };
  gpointer gone;
  guint    hand;

  ask (&asked);
  gone = asked.parent;
  g_object_add_weak_pointer (gone, &gone);
  press_cb ((gpointer) "Go");
  hand = g_timeout_add_seconds (1, press_cb, (gpointer) "Go");
  fixture_wait (asked.answer != NULL && gone == NULL);
  g_source_remove (hand);
  fixture_wait (g_list_model_get_n_items (gtk_window_get_toplevels ()) == 0);
  g_assert_cmpstr (asked.answer, ==, "go");
  g_free (asked.answer);
}

static void
test_closed (void)
{
  Asked asked = { 0 };

  ask (&asked);
  g_assert_true (gtk_widget_activate_action (find_in_windows ("Stay"), "window.close", NULL));
  fixture_wait (asked.answer != NULL);
  g_assert_cmpstr (asked.answer, ==, "stay");
  gtk_window_destroy (asked.parent);
  g_free (asked.answer);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* A question that is still on its way to its place is not where it is clicked. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/compat/parent-goes", test_parent_goes);
  g_test_add_func ("/compat/closed", test_closed);

  return g_test_run ();
}
