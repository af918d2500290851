/* drop-target.c: the other program of a drag, where it ends: a window that takes what is dropped on it
 *
 *   drop-target MIME-TYPE FILE
 *
 * Takes drags that offer the type, as a file manager (text/uri-list) or an editor (image/png) does, and writes the bytes into the
 * file. Prints READY once the window is on the screen, TAKEN once the file is whole, and FAILED and why when the other program did
 * not give what it had offered. Ends when its window is closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <stdio.h>

typedef struct
{
  const char *mime_types[2];
  const char *path;
} Wish;

static void
say (const char *word,
     const char *more)
{
  printf ("%s%s%s\n", word, *more != '\0' ? " " : "", more);
  fflush (stdout);
}

static void
finish (GdkDrop *drop,
        GError  *error)
{
  gdk_drop_finish (drop, error == NULL ? GDK_ACTION_COPY : 0);
  say (error == NULL ? "TAKEN" : "FAILED", error == NULL ? "" : error->message);
  g_clear_error (&error);
  g_object_unref (drop);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  finish (user_data, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wish *wish = user_data;
  GdkDrop *drop = GDK_DROP (source);
  GError *error = NULL;
  g_autoptr (GInputStream) input = gdk_drop_read_finish (drop, result, NULL, &error);
  g_autoptr (GFile) file = g_file_new_for_path (wish->path);
  g_autoptr (GFileOutputStream) output = NULL;

  if (input != NULL)
    output = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (output == NULL)
    {
      finish (drop, error);
      return;
    }
  g_output_stream_splice_async (G_OUTPUT_STREAM (output), input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, spliced_cb, drop);
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         gpointer            user_data)
{
  Wish *wish = user_data;

  g_object_ref (drop);
  gdk_drop_read_async (drop, wish->mime_types, G_PRIORITY_DEFAULT, NULL, read_cb, wish);
  return TRUE;
}

/* After the first frame the window is where a pointer finds it. */
static gboolean
shown_cb (gpointer user_data)
{
  say ("READY", "");
  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *window,
        gpointer   user_data)
{
  g_timeout_add (200, shown_cb, NULL);
}

static gboolean
closed_cb (GtkWindow *window,
           gpointer   user_data)
{
  g_main_loop_quit (user_data);
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wish wish = { { argc == 3 ? argv[1] : NULL, NULL }, argc == 3 ? argv[2] : NULL };
  GtkDropTargetAsync *target;
  GtkWidget *window;

  if (argc != 3)
    return 64;
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "drop-target");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new (argv[1]));
  target = gtk_drop_target_async_new (gdk_content_formats_new (wish.mime_types, 1), GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), &wish);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  g_signal_connect (window, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (closed_cb), loop);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
