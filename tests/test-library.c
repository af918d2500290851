/* test-library.c: the list of shots, their cuts, and both being changed from two sides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-cut.h"
#include "dailies-error.h"
#include "dailies-shot.h"
#include "dailies-sql.h"
#include "fixture-library.h"
#include "finalize.h"

typedef struct
{
  char           *path;
  DailiesStore   *store;
  DailiesLibrary *library;
} Fixture;

static void
open_library (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->store = fixture_open_store (fixture->path, &error);
  g_assert_no_error (error);
  fixture->library = dailies_library_new (fixture->store);
  fixture_load (fixture->library);
}

static void
close_library (Fixture *fixture)
{
  assert_finalize_when_threads_let_go (fixture->library);
  fixture_close_store (fixture->store);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->path = fixture_make_folder ();
  open_library (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_library (fixture);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

static DailiesShot *
add_shot (DailiesLibrary *library,
          const char     *title,
          const char     *draft)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  DailiesShot            *shot;

  dailies_library_add_shot_async (library, title, draft, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  shot = dailies_library_add_shot_finish (library, result, &error);
  g_assert_no_error (error);
  return shot;
}

/* A job with three cuts of shot 1, whose files are there. */
static gpointer
add_cuts (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO job (id, shot, service, protocol, model, prompt, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', 'a prompt', '{}', 'done', 1, 2);"
                    "INSERT INTO cut (shot, job, output, number, path, poster, width, height, seconds, fps, sound, cost, created)"
                    "  VALUES (1, 'job', 0, 1, 'cuts/1/a.mp4', 'cuts/1/a.jpg', 1280, 720, 5, 24, 1, 0.5, 11),"
                    "         (1, 'job', 1, 2, 'cuts/1/b.mp4', 'cuts/1/b.jpg', 720, 1280, 10, 30, 0, NULL, 12),"
                    "         (1, 'job', 2, 3, 'cuts/1/c.mp4', NULL, 1280, 720, 5, 24, 1, NULL, 13);",
                    error);
  return NULL;
}

static gpointer
start_job (sqlite3   *db,
           gpointer   data,
           GError   **error)
{
  dailies_sql_exec (db, "UPDATE job SET ended = 0, state = 'running'", error);
  return NULL;
}

static void
make_files (Fixture *fixture)
{
  static const char * const names[] = { "a.mp4", "a.jpg", "b.mp4", "b.jpg", "c.mp4" };
  g_autofree char          *folder = g_build_filename (fixture->path, "cuts", "1", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (file, "x", 1, NULL));
    }
}

static void
load_cuts (DailiesLibrary *library,
           DailiesShot    *shot)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_library_load_cuts_async (library, shot, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_library_load_cuts_finish (library, result, &error));
  g_assert_no_error (error);
}

static void
test_shots (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DailiesShot) first = add_shot (fixture->library, "First", "{\"a\":1}");
  g_autoptr(DailiesShot) second = add_shot (fixture->library, NULL, NULL);
  GListModel            *model = G_LIST_MODEL (fixture->library);
  gint64                 id = dailies_shot_get_id (first);

  g_assert_true (g_list_model_get_item_type (model) == DAILIES_TYPE_SHOT);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_true (dailies_library_lookup_shot (fixture->library, dailies_shot_get_id (second)) == second);
  g_assert_true (dailies_library_lookup_shot (fixture->library, id) == first);
  g_assert_null (dailies_library_lookup_shot (fixture->library, 99));
  g_assert_cmpstr (dailies_shot_get_title (first), ==, "First");
  g_assert_cmpstr (dailies_shot_get_title (second), ==, "Untitled shot");

  dailies_library_set_draft (fixture->library, second, "{\"b\":2}", "a cat\nwalks");
  g_assert_cmpstr (dailies_shot_get_title (second), ==, "a cat walks");
  dailies_library_rename_shot (fixture->library, first, "Renamed");
  fixture_load (fixture->library);
  g_assert_true (dailies_library_lookup_shot (fixture->library, id) == first);

  g_clear_object (&first);
  g_clear_object (&second);
  close_library (fixture);
  open_library (fixture);
  second = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->library), 1);
  g_assert_cmpstr (dailies_shot_get_title (first), ==, "Renamed");
  g_assert_cmpstr (dailies_shot_get_draft (first), ==, "{\"a\":1}");
  g_assert_cmpstr (dailies_shot_get_title (second), ==, "a cat walks");
  g_assert_cmpstr (dailies_shot_get_draft (second), ==, "{\"b\":2}");
}

static void
test_cuts (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", NULL);
  g_autoptr(GError)      error = NULL;
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(DailiesCut)  same = NULL;
  g_autofree char       *path = g_build_filename (fixture->path, "cuts/1/b.mp4", NULL);
  g_autofree char       *poster = g_build_filename (fixture->path, "cuts/1/b.jpg", NULL);

  fixture_run (fixture->store, add_cuts, NULL, &error);
  g_assert_no_error (error);
  load_cuts (fixture->library, shot);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_shot_get_cuts (shot)), ==, 3);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 3);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 1);
  g_assert_cmpuint (dailies_cut_get_number (cut), ==, 2);
  g_assert_cmpstr (g_file_peek_path (dailies_cut_get_file (cut)), ==, path);
  g_assert_cmpstr (g_file_peek_path (dailies_shot_get_poster (shot)), ==, poster);

  dailies_library_set_picked (fixture->library, cut, TRUE);
  g_assert_true (dailies_cut_get_picked (cut));
  fixture_wait (dailies_shot_get_n_picks (shot) == 1);
  same = g_list_model_get_item (dailies_shot_get_cuts (shot), 1);
  g_assert_true (same == cut);
}

static gpointer
make_fresh (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  dailies_sql_exec (db, "UPDATE cut SET fresh = 1 WHERE number = 2", error);
  return NULL;
}

/* Returns: whether the second cut of the first shot is new, as a library says that has just been opened */
static gboolean
is_fresh (Fixture  *fixture,
          gboolean  see)
{
  g_autoptr(DailiesShot) shot = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  g_autoptr(DailiesCut)  cut = NULL;
  gboolean               fresh;

  load_cuts (fixture->library, shot);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 1);
  fresh = dailies_cut_get_fresh (cut);
  if (see)
    {
      dailies_library_set_seen (fixture->library, cut);
      g_assert_false (dailies_cut_get_fresh (cut));
    }
  return fresh;
}

/* What has come while nobody looked is new until somebody has, whatever is started and ended in between. */
static void
test_fresh (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { gboolean fresh; gboolean see; } starts[] = {
    { TRUE, FALSE }, { TRUE, TRUE }, { FALSE, FALSE },
  };
  g_autoptr(GError) error = NULL;

  g_object_unref (add_shot (fixture->library, "S", NULL));
  fixture_run (fixture->store, add_cuts, NULL, &error);
  fixture_run (fixture->store, make_fresh, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      close_library (fixture);
      open_library (fixture);
      g_assert_cmpint (is_fresh (fixture, starts[i].see), ==, starts[i].fresh);
    }
}

static void
set_aside (DailiesLibrary  *library,
           gpointer         item,
           GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_library_set_aside_async (library, G_OBJECT (item), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_cmpint (dailies_library_set_aside_finish (library, result, error), ==, *error == NULL);
}

static void
bring_back (DailiesLibrary  *library,
            gpointer         item,
            GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_library_bring_back_async (library, G_OBJECT (item), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_cmpint (dailies_library_bring_back_finish (library, result, error), ==, *error == NULL);
}

static void
empty (DailiesLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_library_empty (library);
  dailies_library_settle_async (library, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
}

static void
test_set_aside (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", NULL);
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(DailiesCut)  back = NULL;
  g_autoptr(GError)      error = NULL;
  GListModel            *cuts = dailies_shot_get_cuts (shot);

  make_files (fixture);
  fixture_run (fixture->store, add_cuts, NULL, &error);
  load_cuts (fixture->library, shot);
  cut = g_list_model_get_item (cuts, 0);
  set_aside (fixture->library, cut, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (cuts), ==, 2);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 2);
  g_assert_true (g_file_query_exists (dailies_cut_get_file (cut), NULL));
  g_assert_true (g_file_query_exists (dailies_cut_get_poster (cut), NULL));

  bring_back (fixture->library, cut, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 3);
  back = g_list_model_get_item (cuts, 0);
  g_assert_cmpint (dailies_cut_get_id (back), ==, dailies_cut_get_id (cut));

  /* A job under way keeps its shot. */
  fixture_run (fixture->store, start_job, NULL, &error);
  set_aside (fixture->library, shot, &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
}

/* A shot comes back with its draft and with what it had: a cut that was deleted before it stays deleted. */
static void
test_shot_aside (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", "{\"d\":1}");
  g_autoptr(DailiesShot) newer = add_shot (fixture->library, "Newer", NULL);
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(GError)      error = NULL;
  DailiesShot           *back;

  fixture_run (fixture->store, add_cuts, NULL, &error);
  load_cuts (fixture->library, shot);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 0);
  set_aside (fixture->library, cut, &error);
  set_aside (fixture->library, shot, &error);
  g_assert_null (dailies_library_lookup_shot (fixture->library, 1));

  bring_back (fixture->library, shot, &error);
  back = dailies_library_lookup_shot (fixture->library, 1);
  g_assert_nonnull (back);
  g_assert_cmpstr (dailies_shot_get_draft (back), ==, "{\"d\":1}");
  g_assert_cmpuint (dailies_shot_get_n_cuts (back), ==, 2);
  bring_back (fixture->library, cut, &error);
  g_assert_cmpuint (dailies_shot_get_n_cuts (back), ==, 3);
  g_assert_no_error (error);
}

/* What is in the trash is not brought back, and what is not set aside is not taken there. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", NULL);
  g_autoptr(DailiesShot) other = add_shot (fixture->library, "Other", NULL);
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(GError)      error = NULL;

  make_files (fixture);
  fixture_run (fixture->store, add_cuts, NULL, &error);
  load_cuts (fixture->library, shot);
  cut = g_list_model_get_item (dailies_shot_get_cuts (shot), 0);
  empty (fixture->library);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 3);
  set_aside (fixture->library, shot, &error);
  g_assert_no_error (error);
  empty (fixture->library);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  bring_back (fixture->library, cut, &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  bring_back (fixture->library, shot, &error);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);

  /* Each clip is either in a trash or still where it was; a poster never outlives its clip. */
  for (const char *name = "abc"; *name != '\0'; name++)
    {
      g_autofree char *clip = g_strdup_printf ("%s/cuts/1/%c.mp4", fixture->path, *name);
      g_autofree char *poster = g_strdup_printf ("%s/cuts/1/%c.jpg", fixture->path, *name);

      g_assert_true (*name == 'c' || g_file_test (clip, G_FILE_TEST_EXISTS) == g_file_test (poster, G_FILE_TEST_EXISTS));
    }
}

/* A shot that was given a job after it was deleted is not taken to the trash under it. */
static void
test_job_aside (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", NULL);
  g_autoptr(GError)      error = NULL;

  fixture_run (fixture->store, add_cuts, NULL, &error);
  set_aside (fixture->library, shot, &error);
  fixture_run (fixture->store, start_job, NULL, &error);
  empty (fixture->library);
  bring_back (fixture->library, shot, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dailies_shot_get_n_cuts (dailies_library_lookup_shot (fixture->library, 1)), ==, 3);
}

static void
count_changes_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n)
{
  *n += removed + added;
}

static void
test_two_processes (Fixture       *fixture,
                    gconstpointer  data)
{
  Fixture                other = { fixture->path, NULL, NULL };
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "Mine", "{}");
  g_autoptr(DailiesShot) theirs = NULL;
  g_autoptr(DailiesShot) seen = NULL;
  g_autoptr(GError)      error = NULL;
  GListModel            *model = G_LIST_MODEL (fixture->library);
  guint                  n_changes = 0;

  open_library (&other);
  g_signal_connect (model, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);
  theirs = add_shot (other.library, "Theirs", "{\"t\":1}");
  fixture_wait (g_list_model_get_n_items (model) == 2);
  g_assert_cmpuint (n_changes, ==, 1);
  seen = g_list_model_get_item (model, 0);
  g_assert_cmpstr (dailies_shot_get_title (seen), ==, "Theirs");
  g_assert_cmpstr (dailies_shot_get_draft (seen), ==, "{\"t\":1}");

  /* The object stays the same one while what it says changes. */
  dailies_library_set_draft (other.library, theirs, "{\"t\":2}", "words");
  dailies_library_rename_shot (other.library, theirs, "Changed");
  fixture_wait (g_str_equal (dailies_shot_get_title (seen), "Changed"));
  fixture_wait (g_str_equal (dailies_shot_get_draft (seen), "{\"t\":2}"));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (dailies_library_lookup_shot (fixture->library, dailies_shot_get_id (shot)) == shot);

  load_cuts (fixture->library, shot);
  fixture_run (other.store, add_cuts, NULL, &error);
  g_assert_no_error (error);
  fixture_wait (g_list_model_get_n_items (dailies_shot_get_cuts (shot)) == 3);

  g_clear_object (&theirs);
  close_library (&other);
}

static void
test_keep_bytes (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct { const char *name; const char *extension; const char *end; } cases[] = {
    { "Pasted picture", "png", "Pasted picture.png" }, { "x", "PNG", "x.png" }, { "x", "../x", "x.___x" },
    { "../../etc/passwd", NULL, "_._.._etc_passwd" }, { "a\nb\xff" "c", "", "a_b\xef\xbf\xbd" "c" },
    { "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää", "png",
      "ääääääääääääääääääääääääääääääääääääääääääääääääää.png" },
  };
  g_autoptr(GBytes) bytes = g_bytes_new_static ("hello", 5);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError)       error = NULL;
      g_autoptr(GFile)        file = NULL;
      g_autofree char        *contents = NULL;
      g_autofree char        *expected = NULL;

      dailies_library_keep_bytes_async (fixture->library, bytes, cases[i].name, cases[i].extension, NULL,
                                        fixture_result_cb, &result);
      fixture_wait (result != NULL);
      file = dailies_library_keep_bytes_finish (fixture->library, result, &error);
      g_assert_no_error (error);
      expected = g_strdup_printf ("%s/assets/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824/%s", fixture->path,
                                  cases[i].end);
      g_assert_cmpstr (g_file_peek_path (file), ==, expected);
      g_assert_true (g_file_get_contents (expected, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "hello");
    }
}

/* Two things of one name have a place each; what is not wanted leaves nothing. */
static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  GFile *places[2] = { NULL };
  g_autoptr(GFile) folder = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError)       error = NULL;

      dailies_library_make_place_async (fixture->library, "roof/plate", "mp4", fixture_result_cb, &result);
      fixture_wait (result != NULL);
      places[i] = dailies_library_make_place_finish (fixture->library, result, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (g_file_peek_path (places[i]), "/roof_plate.mp4"));
      g_assert_false (g_file_query_exists (places[i], NULL));
    }
  g_assert_false (g_file_equal (places[0], places[1]));

  g_assert_true (g_file_replace_contents (places[0], "made", 4, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  folder = g_file_get_parent (places[0]);
  dailies_library_give_up_place (fixture->library, places[0]);
  fixture_wait (!g_file_query_exists (folder, NULL));
  /* The other one stays. */
  g_clear_object (&folder);
  folder = g_file_get_parent (places[1]);
  g_assert_true (g_file_query_exists (folder, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_object_unref (places[i]);
}

static void
failed_cb (DailiesLibrary *library,
           GError         *error,
           GError        **slot)
{
  *slot = g_error_copy (error);
}

static gpointer
break_writes (sqlite3   *db,
              gpointer   data,
              GError   **error)
{
  dailies_sql_exec (db, "CREATE TRIGGER broken BEFORE UPDATE ON shot BEGIN SELECT RAISE (FAIL, 'broken'); END", error);
  return NULL;
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = add_shot (fixture->library, "S", NULL);
  g_autoptr(GError)      error = NULL;

  fixture_run (fixture->store, break_writes, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->library, "failed", G_CALLBACK (failed_cb), &error);
  dailies_library_rename_shot (fixture->library, shot, "T");
  fixture_wait (error != NULL);
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/library/shots", test_shots);
  ADD ("/library/cuts", test_cuts);
  ADD ("/library/set-aside", test_set_aside);
  ADD ("/library/shot-aside", test_shot_aside);
  ADD ("/library/empty", test_empty);
  ADD ("/library/job-aside", test_job_aside);
  ADD ("/library/two-processes", test_two_processes);
  ADD ("/library/fresh", test_fresh);
  ADD ("/library/keep-bytes", test_keep_bytes);
  ADD ("/library/places", test_places);
  ADD ("/library/failed", test_failed);
  return g_test_run ();
}
