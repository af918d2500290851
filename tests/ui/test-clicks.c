/* test-clicks.c: real clicks that are over at once, on a window that was laid out since the last one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "dailies-clicks.h"

#define N_CLICKS 60

typedef struct
{
  GtkWidget *window;
  GtkWidget *label;
  int        n_clicked;
} Fixture;

static void
clicked_cb (GtkButton *button,
            Fixture   *fixture)
{
  g_autofree char *text = g_strdup_printf ("%d", ++fixture->n_clicked);

  gtk_label_set_text (GTK_LABEL (fixture->label), text);
}

/* What is to be seen in a new frame is prepared, and the button let go meanwhile. */
static void
before_paint_cb (GdkFrameClock *clock,
                 gpointer       user_data)
{
  g_usleep (10000);
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, exited_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
overdue_cb (gpointer user_data)
{
  gboolean *overdue = user_data;

  *overdue = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_clicks (Fixture *fixture,
                 int      n)
{
  gboolean overdue = FALSE;
  guint    timeout = g_timeout_add_seconds (5, overdue_cb, &overdue);

  while (fixture->n_clicked < n && !overdue)
    g_main_context_iteration (NULL, TRUE);
  if (!overdue)
    g_source_remove (timeout);
  g_assert_cmpint (fixture->n_clicked, ==, n);
}

static void
test_short (void)
{
  Fixture    fixture = { .window = gtk_window_new () };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("Click");

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), &fixture);
  gtk_widget_set_vexpand (button, TRUE);
  fixture.label = gtk_label_new ("0");
  gtk_box_append (GTK_BOX (box), fixture.label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (fixture.window), box);
  gtk_window_set_title (GTK_WINDOW (fixture.window), "clicks");
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 300, 300);
  dailies_clicks_keep (fixture.window);
  gtk_window_present (GTK_WINDOW (fixture.window));
  g_signal_connect (gtk_widget_get_frame_clock (fixture.window), "before-paint", G_CALLBACK (before_paint_cb), NULL);
  run ((const char *[]){ "xdotool", "search", "--sync", "--name", "^clicks$", "mousemove", "--window", "%1", "150", "200", NULL });
  for (int i = 1; i <= N_CLICKS; i++)
    {
      /* Once there is nothing more to paint, a press has it painted at once. */
      run ((const char *[]){ "xdotool", "sleep", "0.08", "click", "1", NULL });
      wait_for_clicks (&fixture, i);
    }
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/clicks/short", test_short);

  return g_test_run ();
}
