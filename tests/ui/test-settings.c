/* test-settings.c: what is remembered, with the schema and without it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-settings.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  g_autoptr (DailiesSettings) settings = dailies_settings_new ();
  gboolean shots;
  guint count = 0;
  int width;

  g_assert_cmpstr (dailies_settings_get_service (settings), ==, "practice");
  g_assert_cmpint (dailies_settings_get_color_scheme (settings), ==, DAILIES_COLORS_DARK);
  g_object_get (settings, "window-width", &width, "show-shots", &shots, NULL);
  g_assert_cmpint (width, ==, 1440);
  g_assert_true (shots);

  g_signal_connect_swapped (settings, "notify", G_CALLBACK (count_cb), &count);
  g_object_set (settings, "window-width", 1440, "show-shots", TRUE, "last-shot", (gint64) 0, NULL);
  dailies_settings_set_service (settings, "practice");
  g_assert_cmpuint (count, ==, 0);
  g_object_set (settings, "window-width", 1024, "window-height", 640, "maximized", TRUE, "show-shots", FALSE,
                "show-composer", FALSE, "color-scheme", DAILIES_COLORS_LIGHT, NULL);
  dailies_settings_set_last_shot (settings, 7);
  dailies_settings_set_service (settings, "runcomfy");
  g_assert_cmpuint (count, ==, 8);
  g_assert_cmpint (dailies_settings_get_color_scheme (settings), ==, DAILIES_COLORS_LIGHT);
  g_assert_cmpint (dailies_settings_get_last_shot (settings), ==, 7);
}

/* Runs behind the one above: what that one set is still there. */
static void
test_remembered (void)
{
  g_autoptr (DailiesSettings) settings = dailies_settings_new ();
  gboolean composer;
  int height;

  g_object_get (settings, "window-height", &height, "show-composer", &composer, NULL);
  g_assert_cmpint (height, ==, 640);
  g_assert_false (composer);
  g_assert_cmpstr (dailies_settings_get_service (settings), ==, "runcomfy");
  g_assert_cmpint (dailies_settings_get_last_shot (settings), ==, 7);
  g_assert_finalize_object (g_steal_pointer (&settings));
}

static void
test_without_schema (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (DailiesSettings) settings = dailies_settings_new ();

      dailies_settings_set_service (settings, "unifically");
      g_assert_cmpstr (dailies_settings_get_service (settings), ==, "unifically");
      return;
    }
  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/properties", test_properties);
  g_test_add_func ("/settings/remembered", test_remembered);
  g_test_add_func ("/settings/without-schema", test_without_schema);
  return g_test_run ();
}
