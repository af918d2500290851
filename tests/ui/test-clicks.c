/* test-clicks.c: real clicks that are over at once, on a window that was laid out since the last one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "dailies-clicks.h"

#define N_CLICKS 40

typedef struct
{
  GtkWidget *window;
  GtkWidget *label;
  int        n_clicked;
  int        n_painted; /* since the last click */
} Fixture;

static void
clicked_cb (GtkButton *button,
            Fixture   *fixture)
{
  g_autofree char *text = g_strdup_printf ("%d", ++fixture->n_clicked);

  gtk_label_set_text (GTK_LABEL (fixture->label), text);
  fixture->n_painted = 0;
}

/* What is to be seen in a new frame is prepared, and the button let go meanwhile. */
static void
before_paint_cb (GdkFrameClock *clock,
                 gpointer       user_data)
{
  g_usleep (10000);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Fixture       *fixture)
{
  fixture->n_painted++;
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

/* The @n-th, and until the label is laid out that tells of it. */
static void
wait_for_click (Fixture *fixture,
                int      n)
{
  gboolean overdue = FALSE;
  guint    timeout = g_timeout_add_seconds (10, overdue_cb, &overdue);

  while (fixture->n_clicked < n && !overdue)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fixture->n_clicked, ==, n);
  while (fixture->n_painted == 0 && !overdue)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (overdue);
  g_source_remove (timeout);
}

static void
test_short (void)
{
  Fixture    fixture = { .window = gtk_window_new () };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("Click");
  GdkFrameClock *clock;

  /* Nothing else is to be painted. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

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
  clock = gtk_widget_get_frame_clock (fixture.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &fixture);
  while (fixture.n_painted == 0)
    g_main_context_iteration (NULL, TRUE);
  run ((const char *[]){ "xdotool", "search", "--sync", "--name", "^clicks$", "mousemove", "--window", "%1", "150", "200", NULL });
  for (int i = 1; i <= N_CLICKS; i++)
    {
      run ((const char *[]){ "xdotool", "click", "1", NULL });
      wait_for_click (&fixture, i);
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
