/* test-paint-memory.c: what cairo shares with the X server stays from one painting to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <unistd.h>

#include "dailies-paint-memory.h"

#define PAINTINGS 6

typedef struct
{
  GtkWidget *window;
  guint      n_painted;
} Stage;

/* A window of this size is more than cairo sends in a request. */
static void
open_stage (Stage *stage)
{
  stage->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (stage->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 960, 540);
  gtk_window_present (GTK_WINDOW (stage->window));
}

static void
painted_cb (GdkFrameClock *clock,
            Stage         *stage)
{
  stage->n_painted++;
}

static void
paint (Stage *stage)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (stage->window);
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), stage);

  for (guint n = 0; n < PAINTINGS; n++)
    {
      guint before = stage->n_painted;

      gtk_widget_queue_draw (stage->window);
      while (stage->n_painted == before)
        g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, id);
}

/* How much memory, in bytes, of this process and the X server is shared at this moment. */
static gsize
count_shared (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize  shared = 0;

  g_assert_true (g_file_get_contents ("/proc/sysvipc/shm", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      gulong size;
      int    maker;

      if (sscanf (lines[i], "%*d %*d %*o %lu %d", &size, &maker) == 2 && maker == getpid ())
        shared += size;
    }

  return shared;
}

static void
test_stays (void)
{
  Stage stage = { 0 };
  gsize kept;

  open_stage (&stage);
  paint (&stage);
  dailies_paint_memory_keep (GTK_NATIVE (stage.window));
  kept = count_shared ();
  g_assert_cmpuint (kept, >=, 2 * 960 * 540 * 4);

  /* Nothing is taken for a painting besides it, and asking again takes nothing more. */
  paint (&stage);
  dailies_paint_memory_keep (GTK_NATIVE (stage.window));
  g_assert_cmpuint (count_shared (), ==, kept);
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

static void
test_goes_with_the_window (void)
{
  Stage first = { 0 }, second = { 0 };
  gsize kept;

  open_stage (&first);
  paint (&first);
  dailies_paint_memory_keep (GTK_NATIVE (first.window));
  kept = count_shared ();
  gtk_window_destroy (GTK_WINDOW (first.window));

  /* Cairo tidies up when it is asked for memory the next time. */
  open_stage (&second);
  paint (&second);
  paint (&second);
  g_assert_cmpuint (count_shared (), <, kept);
  gtk_window_destroy (GTK_WINDOW (second.window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paint-memory/stays", test_stays);
  g_test_add_func ("/paint-memory/goes-with-the-window", test_goes_with_the_window);

  return g_test_run ();
}
