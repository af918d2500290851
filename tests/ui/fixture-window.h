/* fixture-window.h: a library with shots, cuts and jobs, and a window to put one widget in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "../fixture-library.h"
#include "dailies-cut.h"
#include "dailies-job-private.h"
#include "dailies-shot.h"
#include "dailies-sql.h"

typedef struct
{
  char           *path;
  DailiesStore   *store;
  DailiesLibrary *library;
  GtkWidget      *window;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = fixture_make_folder ();
  fixture->store = fixture_open_store (fixture->path, &error);
  g_assert_no_error (error);
  fixture->library = dailies_library_new (fixture->store);
  fixture_load (fixture->library);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* What is still being written or drawn holds on to the library. */
  fixture_wait (G_OBJECT (fixture->library)->ref_count == 1);
  g_assert_finalize_object (fixture->library);
  fixture_close_store (fixture->store);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

/* Takes the floating @child. */
static inline void
fixture_show (Fixture   *fixture,
              GtkWidget *child,
              int        width,
              int        height)
{
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_set_child (GTK_WINDOW (fixture->window), child);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture_wait (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);
}

/* (transfer full) */
static inline DailiesShot *
fixture_add_shot (Fixture    *fixture,
                  const char *title,
                  const char *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DailiesShot *shot;

  dailies_library_add_shot_async (fixture->library, title, draft, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  shot = dailies_library_add_shot_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  return shot;
}

static inline gpointer
fixture_insert_cuts (sqlite3   *db,
                     gpointer   data,
                     GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO job (id, shot, service, protocol, model, prompt, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', 'a prompt', '{}', 'done', 1, 2);"
                    "INSERT INTO cut (shot, job, output, number, path, width, height, seconds, fps, sound, created)"
                    "  VALUES (1, 'job', 0, 1, 'cuts/1/a.mp4', 1280, 720, 5, 24, 1, 11),"
                    "         (1, 'job', 1, 2, 'cuts/1/b.mp4', 720, 1280, 10, 30, 0, 12);",
                    error);
  return NULL;
}

/* Two cuts of shot 1, whose files are there. */
static inline void
fixture_add_cuts (Fixture     *fixture,
                  DailiesShot *shot)
{
  static const char *names[] = { "a.mp4", "b.mp4" };
  g_autofree char *folder = g_build_filename (fixture->path, "cuts", "1", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (file, "x", 1, NULL));
    }
  fixture_run (fixture->store, fixture_insert_cuts, NULL, &error);
  g_assert_no_error (error);
  dailies_library_load_cuts_async (fixture->library, shot, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_library_load_cuts_finish (fixture->library, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_shot_get_cuts (shot)), ==, 2);
}

/* (transfer full) */
static inline DailiesJob *
fixture_make_job (const char      *id,
                  gint64           shot_id,
                  DailiesJobState  state)
{
  DailiesJobRow *row = dailies_job_row_new ();

  row->id = g_strdup (id);
  row->shot_id = shot_id;
  row->service = g_strdup ("practice");
  row->protocol = g_strdup ("runcomfy");
  row->model = g_strdup ("m");
  row->prompt = g_ref_string_new ("a prompt");
  row->request = g_ref_string_new ("{}");
  row->assets = g_ref_string_new ("[]");
  row->state = state;
  row->created = g_get_real_time ();
  return dailies_job_new (row);
}

/* A copy of what @job says, to change and hand to dailies_job_take_row(). */
static inline DailiesJobRow *
fixture_copy_row (DailiesJob *job)
{
  return dailies_job_row_copy (dailies_job_peek_row (job));
}

/* The first widget below @root that is of @type and, where it is a label or button, says @text (nullable). */
static inline GtkWidget *
fixture_find (GtkWidget  *root,
              GType       type,
              const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;
      const char *says = NULL;

      if (GTK_IS_LABEL (child))
        says = gtk_label_get_text (GTK_LABEL (child));
      else if (GTK_IS_BUTTON (child))
        says = gtk_button_get_label (GTK_BUTTON (child));
      if (g_type_is_a (G_OBJECT_TYPE (child), type) && gtk_widget_get_mapped (child) &&
          (text == NULL || g_strcmp0 (says, text) == 0))
        return child;
      found = fixture_find (child, type, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}
