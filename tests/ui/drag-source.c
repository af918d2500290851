/* drag-source.c: the other program of a drag: a window to drag things from
 *
 *   drag-source [--texture FILE | --text TEXT | --uri-list TEXT | --moz-url URL | --browser URL FILE] [FILE…]
 *
 * Offers the files as a file manager does, a picture without a file, words, a list of addresses, or what a browser offers
 * of a picture: its bytes and its address. Prints READY once the window is on the screen, then DRAG-BEGIN, DRAG-END or
 * DRAG-CANCEL for each drag, and between them DRAG-WELCOME or DRAG-UNWELCOME when what lies under the pointer has changed its
 * mind. Ends when its window is closed; with DRAG_SOURCE_STDIN set, also when its standard input ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static void
say (const char *word)
{
  printf ("%s\n", word);
  fflush (stdout);
}

static GdkContentProvider *
offer_files (char **paths)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GdkContentProvider *provider;
  GdkFileList *list;

  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (paths[i]));
  list = gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

static GdkContentProvider *
offer_bytes (const char *mime_type,
             const char *data,
             gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length < 0 ? strlen (data) : (gsize) length);

  return gdk_content_provider_new_for_bytes (mime_type, bytes);
}

static GdkContentProvider *
offer_moz_url (const char *url)
{
  g_autofree char *lines = g_strdup_printf ("%s\nA page", url);
  glong n = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (lines, -1, NULL, &n, NULL);

  return offer_bytes ("text/x-moz-url", (const char *) wide, n * 2);
}

static GdkContentProvider *
offer_texture (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);

  if (texture == NULL)
    g_error ("%s: %s", path, error->message);
  return gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
}

static GdkContentProvider *
offer_as_browser (const char *url,
                  const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  GdkContentProvider *offers[3];

  if (!g_file_get_contents (path, &data, &length, NULL))
    g_error ("%s cannot be read", path);
  offers[0] = offer_moz_url (url);
  offers[1] = offer_bytes ("text/uri-list", url, -1);
  offers[2] = offer_bytes ("image/png", data, length);
  return gdk_content_provider_new_union (offers, G_N_ELEMENTS (offers));
}

static GdkContentProvider *
make_offer (char **arguments)
{
  const char *first = arguments[0];

  if (first == NULL)
    g_error ("nothing to drag");
  if (g_str_equal (first, "--texture"))
    return offer_texture (arguments[1]);
  if (g_str_equal (first, "--text"))
    return gdk_content_provider_new_typed (G_TYPE_STRING, arguments[1]);
  if (g_str_equal (first, "--uri-list"))
    return offer_bytes ("text/uri-list", arguments[1], -1);
  if (g_str_equal (first, "--moz-url"))
    return offer_moz_url (arguments[1]);
  if (g_str_equal (first, "--browser"))
    return offer_as_browser (arguments[1], arguments[2]);
  return offer_files (arguments);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  return make_offer (user_data);
}

static void
selected_action_cb (GdkDrag    *drag,
                    GParamSpec *pspec,
                    gpointer    user_data)
{
  say (gdk_drag_get_selected_action (drag) != 0 ? "DRAG-WELCOME" : "DRAG-UNWELCOME");
}

static void
begin_cb (GtkDragSource *source,
          GdkDrag       *drag,
          gpointer       user_data)
{
  say ("DRAG-BEGIN");
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (selected_action_cb), NULL);
}

static void
end_cb (GtkDragSource *source,
        GdkDrag       *drag,
        gboolean       delete_data,
        gpointer       user_data)
{
  say ("DRAG-END");
}

static gboolean
cancel_cb (GtkDragSource       *source,
           GdkDrag             *drag,
           GdkDragCancelReason  reason,
           gpointer             user_data)
{
  say ("DRAG-CANCEL");
  return FALSE;
}

/* After the first frame the window is where a pointer finds it. */
static gboolean
shown_cb (gpointer user_data)
{
  say ("READY");
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

static gboolean
input_cb (GIOChannel   *channel,
          GIOCondition  condition,
          gpointer      user_data)
{
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window, *label;
  GtkDragSource *source;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "drag-source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  label = gtk_label_new ("drag me");
  gtk_window_set_child (GTK_WINDOW (window), label);

  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), argv + 1);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (end_cb), NULL);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (cancel_cb), NULL);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));

  g_signal_connect (window, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (closed_cb), loop);
  if (g_getenv ("DRAG_SOURCE_STDIN") != NULL)
    {
      g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);

      g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_cb, loop);
    }
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
