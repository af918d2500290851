/* test-window-export.c: exports that are still running when the window or the program is to end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-desktop.h"
#include "fixture-window.h"
#include "../barcode-clip.h"
#include "dailies-application.h"
#include "dailies-queue.h"
#include "dailies-request.h"
#include "dailies-studio.h"
#include "dailies-window-private.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* Long enough that its export outlasts some questions. */
static const BarcodeClip clip = { "long.mp4", 1280, 720, 24, 1, 720 };

static char *folder;

typedef struct
{
  void     (*work) (DailiesApplication *application);
  gboolean worked;
} Run;

/* --- the program ------------------------------------------------------------------------------ */

static gboolean
work_cb (gpointer user_data)
{
  DailiesApplication *application = DAILIES_APPLICATION (g_application_get_default ());
  Run *run = user_data;
  static guint n_notes;

  /* A job may be through before the program is asked to end, and is told then. */
  fixture_own_desktop (g_application_get_dbus_connection (G_APPLICATION (application)), &n_notes);
  fixture_wait_seconds (dailies_application_get_studio (application) != NULL, 60);
  run->work (application);
  run->worked = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit-now", NULL);
  return G_SOURCE_REMOVE;
}

static void
run_program (void (*work) (DailiesApplication *application))
{
  g_autofree char *path = fixture_make_folder ();
  char *argv[] = { "dailies", "--practice", "--library", path };
  g_autoptr (GApplication) application = dailies_application_new ();
  Run run = { work, FALSE };

  g_application_set_default (application);
  g_idle_add_full (G_PRIORITY_LOW, work_cb, &run, NULL);
  g_assert_cmpint (g_application_run (application, G_N_ELEMENTS (argv), argv), ==, 0);
  g_assert_true (run.worked);
  g_assert_finalize_object (g_steal_pointer (&application));
  fixture_remove_folder (path);
}

static DailiesWindow *
get_window (DailiesApplication *application)
{
  return DAILIES_WINDOW (gtk_application_get_windows (GTK_APPLICATION (application))->data);
}

/* Returns: (transfer none) (nullable): the window on the screen of this type */
static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

/* Returns: (transfer none) (nullable): the window on the screen that says @text */
static GtkWidget *
find_heading (const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (fixture_find (window, GTK_TYPE_LABEL, text) != NULL)
        return window;
    }
  return NULL;
}

/* Whether somebody could press the button now. */
static gboolean
is_on_screen (GtkWidget *button)
{
  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_get_width (button) > 0;
}

static void
answer (const char *heading,
        const char *text)
{
  GtkWidget *button;

  fixture_wait (find_heading (heading) != NULL);
  button = fixture_find (find_heading (heading), GTK_TYPE_BUTTON, text);
  fixture_wait (is_on_screen (button));
  g_signal_emit_by_name (button, "clicked");
  fixture_wait (find_heading (heading) == NULL);
}

static void
export_something (DailiesWindow *window,
                  const char    *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *source = g_build_filename (folder, clip.name, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (source);

      g_list_store_append (files, file);
    }
  dailies_window_compare_files (window, G_LIST_MODEL (files));
  fixture_wait_seconds (window->stage != NULL && dailies_stage_view_get_n_sides (window->stage) == 2, 60);
  g_signal_emit_by_name (window->export_button, "clicked");
  fixture_wait (window->export_dialog != NULL && gtk_widget_get_mapped (GTK_WIDGET (window->export_dialog)));
  gtk_widget_activate_default (GTK_WIDGET (window->export_dialog));
  fixture_wait (find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL);
  gtk_file_chooser_set_current_name (find_window (GTK_TYPE_FILE_CHOOSER_DIALOG), path);
  gtk_dialog_response (find_window (GTK_TYPE_FILE_CHOOSER_DIALOG), GTK_RESPONSE_ACCEPT);
  fixture_wait (dailies_window_is_exporting (window));
}

/* --- tests ------------------------------------------------------------------------------------ */

/* The dialog outlives the window until the export has ended; it must not know the window any more. */
static void
close_while_cancelling (DailiesApplication *application)
{
  g_autoptr (DailiesWindow) window = g_object_ref (get_window (application));
  g_autoptr (GtkWindow) dialog = NULL;

  export_something (window, "closed.mp4");
  dialog = g_object_ref (window->export_dialog);
  dailies_window_cancel_export (window);
  g_assert_false (dailies_window_is_exporting (window));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_run_dispose (G_OBJECT (window));
  g_assert_null (window->export_dialog);
  /* What the export itself keeps of it goes when it has ended. */
  fixture_wait_seconds (G_OBJECT (dialog)->ref_count == 1, 60);
}

static void
test_close_while_cancelling (void)
{
  g_autofree char *path = g_build_filename (folder, "closed.mp4", NULL);

  run_program (close_while_cancelling);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Two questions: who cancels at the second has lost nothing by the first. */
static void
quit_after_all (DailiesApplication *application)
{
  DailiesQueue *queue = dailies_studio_get_queue (dailies_application_get_studio (application));
  DailiesWindow *window = get_window (application);

  fixture_wait (window->request != NULL);
  dailies_window_use_samples (window);
  fixture_wait (dailies_request_get_prompt (window->request) != NULL && dailies_request_is_sendable (window->request));
  export_something (window, "quit.mp4");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.generate", NULL);
  fixture_wait (dailies_queue_get_n_running (queue) == 1);

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  answer ("An export is still running", "_Cancel the Export");
  answer ("1 job is still running", "_Cancel");
  g_assert_true (dailies_window_is_exporting (window));

  /* And is asked again. */
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  answer ("An export is still running", "_Go On");
  g_assert_true (dailies_window_is_exporting (window));
}

static void
test_quit_after_all (void)
{
  run_program (quit_after_all);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *keyring = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  folder = fixture_make_folder ();
  keyring = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_object_unref (barcode_clip_make (&clip, folder));

  g_test_add_func ("/window-export/close-while-cancelling", test_close_while_cancelling);
  g_test_add_func ("/window-export/quit-after-all", test_quit_after_all);
  status = g_test_run ();
  fixture_remove_folder (folder);
  g_free (folder);
  return status;
}

G_GNUC_END_IGNORE_DEPRECATIONS
