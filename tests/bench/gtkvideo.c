/* gtkvideo.c: clips in a grid the simple way, each a GtkMediaFile of its own: what the stage is measured beside
 *
 *   bench-gtkvideo FILE FILE …
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window, *grid;
  int        columns = argc > 2 ? 2 : 1;

  gtk_init ();
  window = gtk_window_new ();
  grid = gtk_grid_new ();
  gtk_grid_set_row_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_window_set_child (GTK_WINDOW (window), grid);

  for (int i = 1; i < argc; i++)
    {
      GtkMediaStream *stream = gtk_media_file_new_for_filename (argv[i]);
      GtkWidget      *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (stream));

      gtk_media_stream_set_muted (stream, TRUE);
      gtk_media_stream_set_loop (stream, TRUE);
      gtk_media_stream_play (stream);
      gtk_widget_set_hexpand (picture, TRUE);
      gtk_widget_set_vexpand (picture, TRUE);
      gtk_grid_attach (GTK_GRID (grid), picture, (i - 1) % columns, (i - 1) / columns, 1, 1);
    }

  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}
