/* test-application.c: starts, works on a library, explains one that cannot be opened, and quits leaving nothing behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../fixture-library.h"
#include "dailies-application.h"
#include "dailies-preferences.h"
#include "dailies-services.h"
#include "dailies-shot.h"
#include "dailies-studio.h"
#include "dailies-window.h"

typedef struct
{
  const char *path;
  void        (*work) (DailiesApplication *application);
  gboolean    worked;
} Run;

static gboolean
find_label (GtkWidget  *root,
            const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if ((GTK_IS_LABEL (child) && gtk_widget_get_mapped (child) && strstr (gtk_label_get_text (GTK_LABEL (child)), text)) ||
        find_label (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
get_window (DailiesApplication *application)
{
  return GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static gboolean
work_cb (gpointer user_data)
{
  DailiesApplication *application = DAILIES_APPLICATION (g_application_get_default ());
  Run *run = user_data;

  run->work (application);
  run->worked = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
run_program (const char *path,
             void      (*work) (DailiesApplication *application))
{
  char *argv[] = { "dailies", "--practice", "--library", (char *) path };
  g_autoptr (GApplication) application = dailies_application_new ();
  Run run = { path, work, FALSE };

  g_application_set_default (application);
  g_idle_add_full (G_PRIORITY_LOW, work_cb, &run, NULL);
  g_assert_cmpint (g_application_run (application, G_N_ELEMENTS (argv), argv), ==, 0);
  g_assert_true (run.worked);
  g_assert_finalize_object (g_steal_pointer (&application));
}

static DailiesLibrary *
wait_for_library (DailiesApplication *application)
{
  fixture_wait_seconds (dailies_application_get_studio (application) != NULL, 60);
  return dailies_studio_get_library (dailies_application_get_studio (application));
}

static void
begin (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);

  /* The first start has one shot to begin with, and says what to do. */
  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 1);
  fixture_wait (find_label (get_window (application), "Make the first cut"));
  g_assert_true (find_label (get_window (application), "Untitled shot"));
  dailies_window_new_shot (DAILIES_WINDOW (get_window (application)));
  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 2);
}

static void
go_on (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 2);
}

static void
test_twice (void)
{
  g_autofree char *path = fixture_make_folder ();

  run_program (path, begin);
  run_program (path, go_on);
  fixture_remove_folder (path);
}

static void
explain (DailiesApplication *application)
{
  fixture_wait (get_window (application) != NULL &&
                find_label (get_window (application), "The library cannot be opened"));
}

static void
test_no_library (void)
{
  g_autofree char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "library", NULL);

  /* Where the folder should be there is a file. */
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  run_program (path, explain);
  fixture_remove_folder (folder);
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
connect_service (DailiesApplication *application)
{
  DailiesSettings *settings = dailies_application_get_settings (application);
  DailiesStudio *studio;
  GtkWindow *preferences;
  GtkWidget *entry;

  wait_for_library (application);
  studio = dailies_application_get_studio (application);
  dailies_settings_set_service (settings, "practice");
  preferences = dailies_preferences_new (settings, studio);
  gtk_window_present (preferences);
  fixture_wait (find_label (GTK_WIDGET (preferences), "None yet"));

  entry = find_type (GTK_WIDGET (preferences), ADW_TYPE_PASSWORD_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_signal_emit_by_name (entry, "apply");
  g_assert_cmpstr (dailies_settings_get_service (settings), ==, "practice");

  /* The first token by the artist's hand makes its service the default, and is out of sight at once. */
  gtk_editable_set_text (GTK_EDITABLE (entry), " a-token ");
  g_signal_emit_by_name (entry, "apply");
  fixture_wait (g_str_equal (dailies_settings_get_service (settings), "runcomfy"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  fixture_wait (find_label (GTK_WIDGET (preferences), "Kept in the keyring"));
  g_assert_false (find_label (GTK_WIDGET (preferences), "a-token"));
  gtk_window_destroy (preferences);
}

static void
test_preferences (void)
{
  g_autofree char *path = fixture_make_folder ();
  g_autofree char *keyring = g_build_filename (path, "keyring", NULL);

  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  run_program (path, connect_service);
  fixture_remove_folder (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Nothing leaves the machine. */
  g_setenv ("DAILIES_RUNCOMFY_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("DAILIES_UNIFICALLY_URL", "http://127.0.0.1:9", TRUE);
  /* A keyring that asks nobody. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
  g_test_add_func ("/application/twice", test_twice);
  g_test_add_func ("/application/no-library", test_no_library);
  g_test_add_func ("/application/preferences", test_preferences);
  return g_test_run ();
}
