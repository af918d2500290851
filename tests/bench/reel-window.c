/* reel-window.c: the reel in a window with nothing else, so that what it costs can be laid beside
 * another player
 *
 *   reel-window WIDTH HEIGHT SECONDS CLIP...
 *
 * Panes in one row for two clips, in two rows for four. Prints "playing" when all show their first
 * frame, then, after SECONDS of the clips, one line: the frames that each pane has shown and should
 * have shown, and how often two panes were on different frames.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <stdlib.h>

#include "dailies-frame-paintable.h"
#include "dailies-heap.h"
#include "dailies-paint-memory.h"
#include "dailies-reel.h"

typedef struct
{
  DailiesReel           *reel;
  DailiesFramePaintable *paintables[DAILIES_REEL_MAX_SIDES];
  GstClockTime           shown[DAILIES_REEL_MAX_SIDES];
  GstClockTime           first;
  guint                  n;
  guint                  n_shown[DAILIES_REEL_MAX_SIDES];
  guint                  n_apart;
  double                 seconds;
  guint                  tick_id;
  GMainLoop             *loop;
} Bench;

static void
finish (Bench *self)
{
  double fps = dailies_reel_get_fps (self->reel, 0);
  guint  wanted = (guint) ((self->shown[0] - self->first) * fps / GST_SECOND + 0.5) + 1;

  g_print ("shown");
  for (guint i = 0; i < self->n; i++)
    g_print (" %u", self->n_shown[i]);
  g_print (" of %u, apart %u\n", wanted, self->n_apart);
  g_main_loop_quit (self->loop);
}

static void
show (Bench *self, guint side)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (self->reel, side);
  GstClockTime time;

  if (sample == NULL)
    return;

  time = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  if (time == self->shown[side])
    return;

  if (side == 0 && self->shown[0] != GST_CLOCK_TIME_NONE &&
      (time - self->shown[0]) * dailies_reel_get_fps (self->reel, 0) > 1.5 * GST_SECOND)
    g_print ("left out after %.2f s\n", (self->shown[0] - self->first) / 1e9);
  self->shown[side] = time;
  self->n_shown[side]++;
  dailies_frame_paintable_set_frame (self->paintables[side], sample);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench   *self = data;
  gboolean apart = FALSE;

  self->tick_id = 0;
  dailies_paint_memory_keep (gtk_widget_get_native (widget));
  for (guint i = 0; i < self->n; i++)
    {
      show (self, i);
      if (self->shown[i] == GST_CLOCK_TIME_NONE)
        return G_SOURCE_REMOVE;
      apart |= self->shown[i] != self->shown[0];
    }
  self->n_apart += apart;
  dailies_reel_note_seen (self->reel);
  if (self->first == GST_CLOCK_TIME_NONE)
    {
      self->first = self->shown[0];
      g_print ("playing\n");
      dailies_reel_play (self->reel);
    }
  else if (self->shown[0] - self->first >= self->seconds * GST_SECOND)
    {
      finish (self);
    }

  return G_SOURCE_REMOVE;
}

static void
frame_cb (DailiesReel *reel, guint side, gpointer widget)
{
  Bench *self = g_object_get_data (widget, "bench");

  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, tick_cb, self, NULL);
}

static void
side_failed_cb (DailiesReel *reel, guint side, const GError *error, gpointer widget)
{
  g_error ("side %u: %s", side, error->message);
}

static GtkWidget *
make_window (Bench *self, int width, int height, char **paths)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *grid = gtk_grid_new ();
  int        columns = self->n > 1 ? 2 : 1;
  int        rows = self->n > 2 ? 2 : 1;

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_grid_set_row_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_window_set_child (GTK_WINDOW (window), grid);
  for (guint i = 0; i < self->n; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);
      GtkWidget *picture;

      self->shown[i] = GST_CLOCK_TIME_NONE;
      self->paintables[i] = dailies_frame_paintable_new ();
      dailies_frame_paintable_set_size (self->paintables[i], width / columns, height / rows);
      picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (self->paintables[i]));
      gtk_widget_set_hexpand (picture, TRUE);
      gtk_widget_set_vexpand (picture, TRUE);
      gtk_grid_attach (GTK_GRID (grid), picture, i % 2, i / 2, 1, 1);
      dailies_reel_set_tile (self->reel, i, width / columns, height / rows);
      dailies_reel_set_file (self->reel, i, file);
    }

  return window;
}

int
main (int argc, char *argv[])
{
  Bench      self = { .first = GST_CLOCK_TIME_NONE };
  GtkWidget *window;

  if (argc < 5 || argc > 4 + DAILIES_REEL_MAX_SIDES)
    {
      g_printerr ("usage: reel-window WIDTH HEIGHT SECONDS CLIP...\n");
      return 64;
    }

  /* As the program does. */
  dailies_heap_keep ();
  gst_init (NULL, NULL);
  gtk_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  self.n = argc - 4;
  self.seconds = g_ascii_strtod (argv[3], NULL);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.reel = dailies_reel_new ();
  g_object_set (self.reel, "muted", TRUE, NULL);
  window = make_window (&self, atoi (argv[1]), atoi (argv[2]), argv + 4);
  g_object_set_data (G_OBJECT (window), "bench", &self);
  g_signal_connect (self.reel, "frame", G_CALLBACK (frame_cb), window);
  g_signal_connect (self.reel, "side-failed", G_CALLBACK (side_failed_cb), window);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (self.loop);
  dailies_reel_close (self.reel);
  g_object_unref (self.reel);
  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
