/* dailies-debug-text.c: what a bug report needs, and nothing of the artist's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <gst/gst.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

#include "dailies-debug-text.h"
#include "dailies-gl.h"

static void
append_version (GString    *text,
                const char *name,
                guint       built_major,
                guint       built_minor,
                guint       built_micro,
                guint       major,
                guint       minor,
                guint       micro)
{
  g_string_append_printf (text, "%s: built with %u.%u.%u, running with %u.%u.%u\n", name, built_major, built_minor,
                          built_micro, major, minor, micro);
}

char *
dailies_debug_text_versions (void)
{
  GString *text = g_string_new ("Dailies " PACKAGE_VERSION "\n");
  guint major, minor, micro, nano;

  append_version (text, "GLib", GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION, glib_major_version,
                  glib_minor_version, glib_micro_version);
  append_version (text, "GTK", GTK_MAJOR_VERSION, GTK_MINOR_VERSION, GTK_MICRO_VERSION, gtk_get_major_version (),
                  gtk_get_minor_version (), gtk_get_micro_version ());
  append_version (text, "libadwaita", ADW_MAJOR_VERSION, ADW_MINOR_VERSION, ADW_MICRO_VERSION,
                  adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  append_version (text, "libsoup", SOUP_MAJOR_VERSION, SOUP_MINOR_VERSION, SOUP_MICRO_VERSION,
                  soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  gst_version (&major, &minor, &micro, &nano);
  append_version (text, "GStreamer", GST_VERSION_MAJOR, GST_VERSION_MINOR, GST_VERSION_MICRO, major, minor, micro);
  g_string_append_printf (text, "SQLite: built with %s, running with %s\n", SQLITE_VERSION, sqlite3_libversion ());
  g_string_append_printf (text, "json-glib: built with %s\n", JSON_VERSION_S);
  return g_string_free (text, FALSE);
}

static void
append_display (GString   *text,
                GtkWidget *widget)
{
  GdkDisplay *display = gdk_display_get_default ();
  GtkNative *native = widget != NULL ? gtk_widget_get_native (widget) : NULL;
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  g_autoptr (GdkGLContext) context = NULL;

  g_string_append_printf (text, "Display: %s\n", display != NULL ? G_OBJECT_TYPE_NAME (display) : "none");
  g_string_append_printf (text, "Renderer: %s\n", renderer != NULL ? G_OBJECT_TYPE_NAME (renderer) : "none");
  if (display != NULL)
    context = gdk_display_create_gl_context (display, NULL);
  if (context != NULL && gdk_gl_context_realize (context, NULL))
    {
      int major, minor;

      gdk_gl_context_get_version (context, &major, &minor);
      g_string_append_printf (text, "GL: %s%d.%d\n", gdk_gl_context_get_use_es (context) ? "ES " : "", major, minor);
    }
  else
    g_string_append (text, "GL: none\n");
  g_string_append_printf (text, "Pictures: %s\n", dailies_gl_describe ());
}

static void
append_plugins (GString *text)
{
  static const char *features[] = { "gtk4paintablesink", "glupload", "x264enc", "openh264enc", "avenc_aac",
                                    "voaacenc", "avdec_h264", "vah264dec", "qtdemux", "matroskademux", "pulsesink",
                                    "pipewiresink" };
  GstRegistry *registry;

  if (!gst_init_check (NULL, NULL, NULL))
    {
      g_string_append (text, "GStreamer does not start\n");
      return;
    }
  registry = gst_registry_get ();
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      g_autoptr (GstPluginFeature) feature = gst_registry_lookup_feature (registry, features[i]);

      g_string_append_printf (text, "%s: %s\n", features[i], feature != NULL ? "yes" : "no");
    }
}

static void
append_image_formats (GString *text)
{
  static const char *wanted[] = { "jpeg", "png", "gif", "webp", "avif" };
  GSList *formats = gdk_pixbuf_get_formats ();

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gboolean found = FALSE;

      for (GSList *l = formats; l != NULL && !found; l = l->next)
        {
          g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

          found = g_str_has_prefix (name, wanted[i]);
        }
      g_string_append_printf (text, "%s pictures: %s\n", wanted[i], found ? "yes" : "no");
    }
  g_slist_free (formats);
}

char *
dailies_debug_text_new (GtkWidget *widget)
{
  g_autofree char *versions = dailies_debug_text_versions ();
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GString *text = g_string_new (versions);

  g_string_append_printf (text, "System: %s\n", os != NULL ? os : "unknown");
  g_string_append_printf (text, "Flatpak: %s\n", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  g_string_append_printf (text, "Desktop: %s\n", g_getenv ("XDG_CURRENT_DESKTOP") != NULL ? g_getenv ("XDG_CURRENT_DESKTOP") : "unknown");
  append_display (text, widget);
  append_plugins (text);
  append_image_formats (text);
  return g_string_free (text, FALSE);
}
