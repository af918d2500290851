/* test-libraries.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-decoders.h"
#include "dailies-libraries.h"

#include <dlfcn.h>

#include "media.h"

/* (transfer full): the file of the library that @function is in. */
static char *
find_file_of (gpointer function)
{
  Dl_info info;

  g_assert_cmpint (dladdr (function, &info), !=, 0);
  return g_strdup (info.dli_fname);
}

static void
test_needed (void)
{
  g_autofree char *path = find_file_of (g_file_new_for_path);
  g_auto (GStrv) needed = dailies_libraries_read_needed (path);

  g_assert_true (g_strv_contains ((const char *const *) needed, "libglib-2.0.so.0"));
  g_assert_true (g_strv_contains ((const char *const *) needed, "libgobject-2.0.so.0"));
}

/* What GIO needs is in this process already. */
static void
test_nothing_to_open (void)
{
  g_autofree char *path = find_file_of (g_file_new_for_path);

  g_assert_cmpuint (dailies_libraries_open_needed (path), ==, 0);
}

static void
test_no_library (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *text = media_write (folder, "text.so", "no library", -1);
  g_autofree char *empty = media_write (folder, "empty.so", "", 0);
  g_autofree char *none = g_build_filename (folder, "none.so", NULL);
  const char *paths[] = { text, empty, none, folder };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (GStrv) needed = dailies_libraries_read_needed (paths[i]);

      g_assert_cmpuint (g_strv_length (needed), ==, 0);
      g_assert_cmpuint (dailies_libraries_open_needed (paths[i]), ==, 0);
    }
  media_folder_remove (folder);
}

/* A library with bytes turned or cut off says less, or nonsense; it is never read past its end. */
static void
test_damaged (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *path = find_file_of (g_quark_from_string);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);
      gsize kept = i % 4 == 0 ? (gsize) g_random_int_range (0, length) : length;
      g_autofree char *damaged = NULL;
      g_auto (GStrv) needed = NULL;

      /* The head and the segments lie in front, the dynamic section towards the end. */
      for (guint j = 0; j < 8; j++)
        copy[g_random_int_range (0, j % 2 == 0 ? 1024 : (gint32) length)] = g_random_int ();
      damaged = media_write (folder, "damaged.so", copy, kept);
      needed = dailies_libraries_read_needed (damaged);
      g_assert_nonnull (needed);
    }
  media_folder_remove (folder);
}

/* After it nothing is left to load for the probe of a usual clip. */
static void
test_decoders (void)
{
  static const char *const names[] = { "qtdemux", "h264parse", "aacparse", "typefind", "decodebin", "videoflip" };
  GList *plugins;
  guint n_loaded = 0;

  dailies_decoders_load ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (names[i]);
      g_autoptr (GstPlugin) plugin = NULL;

      g_assert_nonnull (factory);
      plugin = gst_plugin_feature_get_plugin (GST_PLUGIN_FEATURE (factory));
      g_assert_true (gst_plugin_is_loaded (plugin));
    }
  plugins = gst_registry_get_plugin_list (gst_registry_get ());
  for (GList *l = plugins; l != NULL; l = l->next)
    n_loaded += gst_plugin_is_loaded (l->data);
  gst_plugin_list_free (plugins);

  dailies_decoders_load ();
  g_test_message ("%u plug-ins are loaded", n_loaded);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/libraries/needed", test_needed);
  g_test_add_func ("/libraries/nothing-to-open", test_nothing_to_open);
  g_test_add_func ("/libraries/no-library", test_no_library);
  g_test_add_func ("/libraries/damaged", test_damaged);
  g_test_add_func ("/decoders/load", test_decoders);
  return g_test_run ();
}
