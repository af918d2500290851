/* test-application.c: starts, works on a library, explains one that cannot be opened, and quits leaving nothing behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-desktop.h"
#include "fixture-window.h"
#include "../fixture-studio.h"
#include "dailies-application-private.h"
#include "dailies-asset.h"
#include "dailies-composer.h"
#include "dailies-preferences.h"
#include "dailies-shots-pane.h"
#include "dailies-queue.h"
#include "dailies-request.h"
#include "dailies-services.h"
#include "dailies-shot.h"
#include "dailies-sql.h"
#include "dailies-studio.h"
#include "dailies-tip.h"
#include "dailies-window-private.h"

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
  /* What newer GTK has under way when the program ends may hold it until its answer is there. */
  fixture_wait (G_OBJECT (application)->ref_count == 1);
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
painted_cb (GdkFrameClock *clock,
            gboolean      *painted)
{
  *painted = TRUE;
}

/* On the screen as well: whatever GTK has to complain of when it is laid out ends the test. */
static void
open_shortcuts (DailiesApplication *application)
{
  g_autoptr (GList) windows = NULL;
  GtkWidget *shortcuts = NULL;
  gboolean painted = FALSE;

  g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    if (GTK_IS_SHORTCUTS_WINDOW (link->data))
      shortcuts = link->data;
  g_assert_nonnull (shortcuts);
  fixture_wait (gtk_widget_get_mapped (shortcuts));
  g_signal_connect (gtk_widget_get_frame_clock (shortcuts), "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (shortcuts);
  fixture_wait (painted);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (shortcuts), &painted);
  gtk_window_destroy (GTK_WINDOW (shortcuts));
}

static void
go_on (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 2);
  open_shortcuts (application);
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

/* What a search leaves out is still there: to delete the only find makes no new shot. */
static void
delete_find (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);
  GtkWidget *window = get_window (application);
  g_autoptr (DailiesShot) kept = NULL;
  DailiesShotsPane *pane;

  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 2);
  pane = DAILIES_SHOTS_PANE (find_type (window, DAILIES_TYPE_SHOTS_PANE));
  dailies_library_rename_shot (library, dailies_shots_pane_get_shot (pane), "Harbour");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (library), i);

      if (shot != dailies_shots_pane_get_shot (pane))
        g_set_object (&kept, shot);
    }
  gtk_editable_set_text (GTK_EDITABLE (find_type (GTK_WIDGET (pane), GTK_TYPE_SEARCH_ENTRY)), "harbour");
  fixture_wait (g_list_model_get_n_items (dailies_shots_pane_get_items (pane)) == 1);
  gtk_widget_activate_action (GTK_WIDGET (pane), "shots.delete", "x", (gint64) -1);
  g_assert_true (dailies_shots_pane_get_shot (pane) == kept);
}

static void
leave (DailiesApplication *application)
{
  wait_for_library (application);
}

/* Quit while the jobs are taken up again and the player, which has never seen its plugins, reads all of them. */
static void
test_left_early (void)
{
  g_autofree char *path = fixture_make_folder ();
  g_autofree char *known = g_strdup (g_getenv ("GST_REGISTRY"));
  g_autofree char *unknown = g_build_filename (path, "registry.bin", NULL);

  g_setenv ("GST_REGISTRY", unknown, TRUE);
  run_program (path, leave);
  if (known != NULL)
    g_setenv ("GST_REGISTRY", known, TRUE);
  fixture_remove_folder (path);
}

static void
test_twice (void)
{
  g_autofree char *path = fixture_make_folder ();

  run_program (path, begin);
  run_program (path, go_on);
  run_program (path, delete_find);
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

/* Generate goes where Preferences say, unless the command line holds this run to the practice service. */
static void
follow_service (DailiesApplication *application)
{
  DailiesSettings *settings = dailies_application_get_settings (application);
  DailiesWindow *window = DAILIES_WINDOW (get_window (application));
  GtkWindow *preferences = dailies_preferences_new (settings, dailies_application_get_studio (application));
  g_autofree char *service = NULL;

  /* The test itself is started that way. */
  g_assert_true (dailies_window_is_held (window));
  window->held = FALSE;
  gtk_window_present (preferences);
  dailies_preferences_set_held (DAILIES_PREFERENCES (preferences), dailies_window_is_held (window));
  dailies_settings_set_service (settings, "runcomfy");
  g_assert_false (find_label (GTK_WIDGET (preferences), "started with --practice"));
  g_assert_cmpstr (window->service_id, ==, "runcomfy");

  dailies_window_hold_practice (window);
  g_assert_cmpstr (window->service_id, ==, "practice");
  g_assert_nonnull (strstr (dailies_tip_get (GTK_WIDGET (window->title)), "--practice"));
  dailies_preferences_set_held (DAILIES_PREFERENCES (preferences), dailies_window_is_held (window));
  fixture_wait (find_label (GTK_WIDGET (preferences), "started with --practice"));
  dailies_settings_set_service (settings, "unifically");
  g_assert_cmpstr (window->service_id, ==, "practice");
  dailies_settings_set_service (settings, "practice");
  fixture_wait (!find_label (GTK_WIDGET (preferences), "started with --practice"));

  g_object_set (window, "service-id", "unifically", NULL);
  g_object_get (window, "service-id", &service, NULL);
  g_assert_cmpstr (service, ==, "unifically");
  g_assert_false (dailies_window_is_held (window));
  dailies_settings_set_service (settings, "practice");
  gtk_window_destroy (preferences);
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
  follow_service (application);
  preferences = dailies_preferences_new (settings, studio);
  gtk_window_present (preferences);
  fixture_wait (find_label (GTK_WIDGET (preferences), "None yet"));
  g_assert_true (find_label (GTK_WIDGET (preferences), "Film & <Sound>"));

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
  g_autofree char *folder = fixture_make_folder ();
  /* A folder of the artist's is called what it is called: its name is no markup. */
  g_autofree char *path = g_build_filename (folder, "Film & <Sound>", NULL);

  run_program (path, connect_service);
  fixture_remove_folder (folder);
}

/* A request of two pictures on the web, which RunComfy would take. */
static void
fill_form (DailiesComposer *composer)
{
  static const char *const fields[] = { "start_image_url", "end_image_url" };
  DailiesRequest *request = dailies_composer_get_request (composer);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.com/%s.png", fields[i]);
      g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (uri, NULL);

      dailies_request_add_asset (request, fields[i], asset, G_MAXUINT);
    }
  dailies_request_set_prompt (request, "Rain");
  g_assert_true (dailies_request_is_sendable (request));
}

static guint
get_variations (DailiesComposer *composer)
{
  guint variations;

  g_object_get (composer, "variations", &variations, NULL);
  return variations;
}

static guint
count_jobs (DailiesApplication *application)
{
  return g_list_model_get_n_items (G_LIST_MODEL (dailies_studio_get_queue (dailies_application_get_studio (application))));
}

static void
need_token (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);
  DailiesWindow *window = DAILIES_WINDOW (get_window (application));
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (application));
  DailiesComposer *composer;
  GtkWidget *entry;
  guint n_notes = 0;
  guint desktop;

  fixture_wait (find_label (GTK_WIDGET (window), "Connect RunComfy or Unifically"));
  composer = DAILIES_COMPOSER (find_type (GTK_WIDGET (window), DAILIES_TYPE_COMPOSER));
  fixture_wait (dailies_composer_get_request (composer) != NULL);

  /* The way to the token is there as long as there is none, also for who comes back to it. */
  for (int i = 0; i < 2; i++)
    {
      dailies_window_set_service_id (window, "runcomfy");
      fixture_wait (find_label (GTK_WIDGET (window), "Connect RunComfy or Unifically"));
      dailies_window_set_service_id (window, "practice");
      fixture_wait (find_label (GTK_WIDGET (window), "free, works offline"));
    }
  dailies_window_set_service_id (window, "runcomfy");

  /* Generate says what is missing, sends nothing and keeps what was asked for. */
  fill_form (composer);
  g_object_set (composer, "variations", 3, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.generate", NULL);
  fixture_wait (find_label (GTK_WIDGET (window), "RunComfy needs a token first."));
  g_assert_true (find_label (GTK_WIDGET (window), "Preferences"));
  g_assert_cmpuint (count_jobs (application), ==, 0);
  g_assert_cmpuint (get_variations (composer), ==, 3);

  /* Several cuts cost several times as much: another shot begins with one. */
  entry = find_type (find_type (GTK_WIDGET (window), DAILIES_TYPE_SHOTS_PANE), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody wrote this");
  dailies_window_new_shot (window);
  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 2);
  fixture_wait (dailies_request_get_prompt (dailies_composer_get_request (composer))[0] == '\0');
  g_assert_cmpuint (get_variations (composer), ==, 1);
  /* And it is to be seen, whatever was searched for. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  /* And so does the next Generate. */
  g_setenv ("RUNCOMFY_API_TOKEN", "token-of-the-test", TRUE);
  g_signal_emit_by_name (dailies_studio_get_services (dailies_application_get_studio (application)), "tokens-changed",
                         "runcomfy");
  fixture_wait (!find_label (GTK_WIDGET (window), "Connect RunComfy or Unifically"));
  fill_form (composer);
  g_object_set (composer, "variations", 2, NULL);
  desktop = fixture_own_desktop (bus, &n_notes);
  g_assert_cmpuint (desktop, !=, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.generate", NULL);
  /* The keyring is still being asked: what is written now is for the next one. */
  dailies_request_set_prompt (dailies_composer_get_request (composer), "Snow");
  g_assert_cmpuint (count_jobs (application), ==, 0);
  fixture_wait (count_jobs (application) == 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DailiesJob) job = g_list_model_get_item (
        G_LIST_MODEL (dailies_studio_get_queue (dailies_application_get_studio (application))), i);

      g_assert_cmpstr (dailies_job_peek_row (job)->prompt, ==, "Rain");
      g_assert_null (strstr (dailies_job_peek_row (job)->request, "Snow"));
    }
  g_assert_cmpstr (dailies_request_get_prompt (dailies_composer_get_request (composer)), ==, "Snow");
  g_assert_cmpuint (get_variations (composer), ==, 1);
  fixture_wait (find_label (GTK_WIDGET (window), "Failed"));
  fixture_wait (dailies_queue_get_n_running (dailies_studio_get_queue (dailies_application_get_studio (application))) == 0);
  fixture_wait (n_notes == 2);
  g_dbus_connection_unregister_object (bus, desktop);
  g_unsetenv ("RUNCOMFY_API_TOKEN");
}

static void
test_token (void)
{
  g_autofree char *path = fixture_make_folder ();

  run_program (path, need_token);
  fixture_remove_folder (path);
}

static void
trash (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);
  GtkWidget *window;
  GListModel *cuts;

  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 1);
  {
    g_autoptr (DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (library), 0);
    g_autoptr (DailiesCut) cut = NULL;

    window = get_window (application);
    cuts = dailies_shot_get_cuts (shot);
    fixture_wait (g_list_model_get_n_items (cuts) == 2);
    cut = g_list_model_get_item (cuts, 1);
    dailies_window_show_cut (DAILIES_WINDOW (window), cut, FALSE);
    dailies_window_trash_cut (DAILIES_WINDOW (window), cut);
    g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
    g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 1);
    fixture_wait (find_label (window, "“Cut 2” is deleted"));

    /* It comes back where it was, and nothing that is read meanwhile brings it back by itself. */
    dailies_library_refresh (library);
    dailies_library_rename_shot (library, shot, "Two");
    fixture_wait (find_label (window, "Two"));
    g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
    gtk_widget_activate_action (window, "win.undelete", NULL);
    g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 2);
    g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 2);
    {
      g_autoptr (DailiesCut) back = g_list_model_get_item (cuts, 1);

      g_assert_true (back == cut);
      g_assert_null (g_object_get_data (G_OBJECT (cut), "shot"));
    }
    fixture_wait (!find_label (window, "“Cut 2” is deleted"));
    g_assert_true (g_file_query_exists (dailies_cut_get_file (cut), NULL));

    dailies_window_show_cut (DAILIES_WINDOW (window), cut, FALSE);
    dailies_window_trash_cut (DAILIES_WINDOW (window), cut);
    g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 1);
  }

  /* What is left can be played: nobody may think that all is gone. */
  g_assert_false (find_label (window, "No cut on the stage"));
  dailies_window_show_cut (DAILIES_WINDOW (window), NULL, FALSE);
  fixture_wait (find_label (window, "No cut on the stage"));
  g_assert_true (find_label (window, "Click a cut below"));
}

/* What was not brought back before the end is gone, and nothing else. */
static void
trashed (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);
  g_autoptr (DailiesShot) shot = NULL;
  g_autoptr (DailiesCut) cut = NULL;

  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 1);
  shot = g_list_model_get_item (G_LIST_MODEL (library), 0);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (shot)) > 0);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_shot_get_cuts (shot)), ==, 1);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 0);
  g_assert_cmpuint (dailies_cut_get_number (cut), ==, 1);
  g_assert_true (g_file_query_exists (dailies_cut_get_file (cut), NULL));
}

/* (transfer full): the folder of a library with a shot of two cuts */
static char *
make_library (void)
{
  Fixture fixture = { NULL };
  g_autoptr (DailiesShot) shot = NULL;

  fixture_set_up (&fixture, NULL);
  shot = fixture_add_shot (&fixture, "One", NULL);
  fixture_add_cuts (&fixture, shot);
  g_clear_object (&shot);
  fixture_wait (G_OBJECT (fixture.library)->ref_count == 1);
  g_assert_finalize_object (fixture.library);
  fixture_close_store (fixture.store);
  return fixture.path;
}

static void
test_trash (void)
{
  g_autofree char *path = make_library ();

  run_program (path, trash);
  run_program (path, trashed);
  fixture_remove_folder (path);
}

static gpointer
set_cut_aside (sqlite3   *db,
               gpointer   data,
               GError   **error)
{
  dailies_sql_exec (db, "UPDATE cut SET removed = 3 WHERE number = 2", error);
  return NULL;
}

static void
take_to_trash (DailiesApplication *application)
{
  g_autofree char *first = g_build_filename (g_file_peek_path (application->directory), "cuts", "1", "a.mp4", NULL);
  g_autofree char *second = g_build_filename (g_file_peek_path (application->directory), "cuts", "1", "b.mp4", NULL);

  trashed (application);
  fixture_wait (!g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
}

/* Killed while the window could still bring something back: it stays deleted, and the next start takes it to the trash. */
static void
test_killed (void)
{
  g_autofree char *path = make_library ();
  g_autoptr (GError) error = NULL;
  DailiesStore *store = fixture_open_store (path, &error);

  g_assert_no_error (error);
  fixture_run (store, set_cut_aside, NULL, &error);
  g_assert_no_error (error);
  fixture_close_store (store);
  run_program (path, take_to_trash);
  fixture_remove_folder (path);
}

/* Closed while a job runs and a deletion can still be undone: the window goes, the job and the program go on. */
static void
keep_running (DailiesApplication *application)
{
  DailiesLibrary *library = wait_for_library (application);
  DailiesStudio *studio = dailies_application_get_studio (application);
  GtkWidget *window = get_window (application);
  g_autoptr (DailiesJob) job = NULL;
  g_autoptr (DailiesShot) shot = NULL;
  g_autoptr (DailiesCut) cut = NULL;
  guint n_notes = 0;
  guint desktop = fixture_own_desktop (g_application_get_dbus_connection (G_APPLICATION (application)), &n_notes);

  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 1);
  shot = g_list_model_get_item (G_LIST_MODEL (library), 0);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (shot)) == 2);
  job = studio_submit (studio);
  g_assert_cmpuint (dailies_queue_get_n_running (dailies_studio_get_queue (studio)), ==, 1);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 0);
  dailies_window_trash_cut (DAILIES_WINDOW (window), cut);
  fixture_wait (find_label (window, "“Cut 1” is deleted"));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_null (application->window);
  g_assert_true (application->background);
  fixture_wait (n_notes == 1);
  fixture_wait (!g_file_query_exists (dailies_cut_get_file (cut), NULL));
  /* Earlier than its toast would go. */
  fixture_wait_seconds (window == NULL, 8);
  g_assert_cmpuint (dailies_queue_get_n_running (dailies_studio_get_queue (studio)), ==, 1);

  /* Another window takes its place. */
  g_application_activate (G_APPLICATION (application));
  g_assert_nonnull (application->window);
  g_assert_false (application->background);
  gtk_window_close (GTK_WINDOW (application->window));
  g_assert_true (application->background);
  fixture_wait (n_notes == 2);
  g_dbus_connection_unregister_object (g_application_get_dbus_connection (G_APPLICATION (application)), desktop);
}

static void
test_background (void)
{
  static const char *const forever[] = { "in_queue", NULL };
  g_autofree char *url = g_strdup (g_getenv ("DAILIES_RUNCOMFY_URL"));
  g_autofree char *path = make_library ();
  Fake *fake = fake_new ();

  fake->words = forever;
  g_setenv ("DAILIES_RUNCOMFY_URL", fake->url, TRUE);
  g_setenv ("RUNCOMFY_API_TOKEN", "token-of-the-test", TRUE);
  run_program (path, keep_running);
  g_unsetenv ("RUNCOMFY_API_TOKEN");
  g_setenv ("DAILIES_RUNCOMFY_URL", url, TRUE);
  fake_free (fake);
  fixture_remove_folder (path);
}

/* Images that are styled, and so look for their icon, whether they are on the screen or on a hidden page. */
static guint
count_icons (GtkWidget *root)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      n += count_icons (child) +
           (GTK_IS_IMAGE (child) && gtk_image_get_storage_type (GTK_IMAGE (child)) != GTK_IMAGE_EMPTY);
  return n;
}

static void
look_at_first_frame (DailiesApplication *application)
{
  GtkWindow *window = dailies_window_new (GTK_APPLICATION (application), dailies_application_get_settings (application));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Not today");

  g_assert_cmpuint (count_icons (GTK_WIDGET (window)), ==, 0);
  dailies_window_show_header (DAILIES_WINDOW (window));
  g_assert_cmpuint (count_icons (GTK_WIDGET (window)), >=, 5);
  dailies_window_set_failure (DAILIES_WINDOW (window), error);
  g_assert_cmpstr (adw_status_page_get_icon_name (DAILIES_WINDOW (window)->failure), !=, NULL);
  gtk_window_destroy (window);
}

/* An icon costs the start a tenth of its time, which nobody has to wait for. */
static void
test_first_frame (void)
{
  g_autofree char *path = make_library ();

  run_program (path, look_at_first_frame);
  fixture_remove_folder (path);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = fixture_make_folder ();
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  /* Nothing leaves the machine. */
  g_setenv ("DAILIES_RUNCOMFY_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("DAILIES_UNIFICALLY_URL", "http://127.0.0.1:9", TRUE);
  /* A keyring that asks nobody. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  /* First: the plugins are read once in a process. */
  g_test_add_func ("/application/left-early", test_left_early);
  g_test_add_func ("/application/twice", test_twice);
  g_test_add_func ("/application/no-library", test_no_library);
  g_test_add_func ("/application/first-frame", test_first_frame);
  g_test_add_func ("/application/trash", test_trash);
  g_test_add_func ("/application/killed", test_killed);
  g_test_add_func ("/application/background", test_background);
  /* The keyring in a file is kept for the life of the process: without a token first. */
  g_test_add_func ("/application/token", test_token);
  g_test_add_func ("/application/preferences", test_preferences);
  status = g_test_run ();
  fixture_remove_folder (folder);
  return status;
}
