/* test-notes.c: notes on a cut, on disk and in a live list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"
#include "dailies-notes.h"
#include "dailies-shot.h"
#include "dailies-sql.h"
#include "fixture-library.h"

#define MS G_GINT64_CONSTANT (1000000)

typedef struct
{
  char           *path;
  DailiesStore   *store;
  DailiesLibrary *library;
  DailiesNotes   *notes;
  guint           n_failed;
} Fixture;

static gpointer
add_cuts (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  dailies_sql_exec (db,
                    "INSERT INTO shot (id, title, prompt, created, updated) VALUES (1, 'Roof', 'a chase', 1, 1), (2, 'Walk', '', 1, 1);"
                    "INSERT INTO job (id, shot, service, protocol, model, request, state, created, ended)"
                    "  VALUES ('job', 1, 'practice', 'runcomfy', 'm', '{}', 'done', 1, 2);"
                    "INSERT INTO cut (id, shot, job, output, number, path, created)"
                    "  VALUES (7, 1, 'job', 0, 1, 'a.mp4', 11), (8, 1, 'job', 1, 2, 'b.mp4', 12);",
                    error);
  return NULL;
}

static void
failed_cb (Fixture *fixture)
{
  fixture->n_failed++;
}

static void
load_notes (DailiesNotes *notes)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_notes_load_async (notes, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_notes_load_finish (notes, result, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->path = fixture_make_folder ();
  fixture->store = fixture_open_store (fixture->path, &error);
  g_assert_no_error (error);
  fixture_run (fixture->store, add_cuts, NULL, &error);
  g_assert_no_error (error);
  fixture->library = dailies_library_new (fixture->store);
  g_signal_connect_swapped (fixture->library, "failed", G_CALLBACK (failed_cb), fixture);
  fixture_load (fixture->library);
  fixture->notes = dailies_notes_new (fixture->library, 7);
  load_notes (fixture->notes);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  /* Whatever is written behind has come back, and let go of what it held. */
  load_notes (fixture->notes);
  fixture_load (fixture->library);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->notes);
  g_assert_finalize_object (fixture->library);
  fixture_close_store (fixture->store);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

static DailiesNote *
add_note (DailiesNotes *notes,
          gint64        start,
          gint64        end,
          const char   *text)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  DailiesNote            *note;

  dailies_notes_add_async (notes, start, end, text, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  note = dailies_notes_add_finish (notes, result, &error);
  g_assert_no_error (error);
  return note;
}

/* "40 a; 80-120 b": milliseconds and words */
static void
assert_notes (DailiesNotes *notes,
              const char   *expected)
{
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    {
      g_autoptr(DailiesNote) note = g_list_model_get_item (G_LIST_MODEL (notes), i);

      g_string_append_printf (found, "%s%d", i > 0 ? "; " : "", (int) (dailies_note_get_start (note) / MS));
      if (dailies_note_is_range (note))
        g_string_append_printf (found, "-%d", (int) (dailies_note_get_end (note) / MS));
      g_string_append_printf (found, " %s", dailies_note_get_text (note));
    }

  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  DailiesNotes           *again;
  g_autoptr(DailiesNote)  late = add_note (fixture->notes, 80 * MS, 120 * MS, "hand melts");
  g_autoptr(DailiesNote)  early = add_note (fixture->notes, 40 * MS, 40 * MS, "Grüße 🦊\nsecond line");
  g_autoptr(DailiesNote)  twisted = add_note (fixture->notes, 200 * MS, 100 * MS, "no range");
  g_autoptr(DailiesNotes) other = dailies_notes_new (fixture->library, 8);

  g_assert_cmpint (dailies_note_get_created (late), >, 0);
  g_assert_cmpint (dailies_note_get_id (early), !=, dailies_note_get_id (late));
  g_assert_false (dailies_note_is_range (early));
  assert_notes (fixture->notes, "40 Grüße 🦊\nsecond line; 80-120 hand melts; 200 no range");
  g_assert_cmpint (dailies_notes_get_cut_id (fixture->notes), ==, 7);

  load_notes (other);
  assert_notes (other, "");
  again = dailies_notes_new (fixture->library, 7);
  load_notes (again);
  assert_notes (again, "40 Grüße 🦊\nsecond line; 80-120 hand melts; 200 no range");
  g_object_unref (again);
  (void) twisted;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DailiesNote) note = add_note (fixture->notes, 40 * MS, 40 * MS, "one");
  guint                  n_told = 0;
  g_autofree char       *text = NULL;

  g_signal_connect_swapped (note, "notify::text", G_CALLBACK (count_cb), &n_told);
  dailies_notes_set_text (fixture->notes, note, "two");
  dailies_notes_set_text (fixture->notes, note, "two");
  g_assert_cmpuint (n_told, ==, 1);
  g_object_get (note, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "two");
  /* What is read while it is being written does not bring the old text back. */
  load_notes (fixture->notes);
  assert_notes (fixture->notes, "40 two");
  load_notes (fixture->notes);
  assert_notes (fixture->notes, "40 two");
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(DailiesNote) one = add_note (fixture->notes, 40 * MS, 40 * MS, "one");
  g_autoptr(DailiesNote) two = add_note (fixture->notes, 80 * MS, 80 * MS, "two");

  dailies_notes_remove (fixture->notes, one);
  assert_notes (fixture->notes, "80 two");
  load_notes (fixture->notes);
  load_notes (fixture->notes);
  assert_notes (fixture->notes, "80 two");
  dailies_notes_remove (fixture->notes, one);

  dailies_notes_restore (fixture->notes, one);
  dailies_notes_restore (fixture->notes, one);
  assert_notes (fixture->notes, "40 one; 80 two");
  load_notes (fixture->notes);
  load_notes (fixture->notes);
  assert_notes (fixture->notes, "40 one; 80 two");
  (void) two;
}

/* Another window on the same library. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError)      error = NULL;
  DailiesStore          *store = fixture_open_store (fixture->path, &error);
  DailiesLibrary        *library = dailies_library_new (store);
  DailiesNotes          *theirs = dailies_notes_new (library, 7);
  g_autoptr(DailiesNote) note = add_note (theirs, 40 * MS, 40 * MS, "theirs");

  fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (fixture->notes)) == 1);
  assert_notes (fixture->notes, "40 theirs");
  fixture_load (library);
  load_notes (theirs);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (theirs);
  g_assert_finalize_object (library);
  fixture_close_store (store);
}

/* What the search looks at. */
static void
test_shot (Fixture       *fixture,
           gconstpointer  data)
{
  DailiesShot            *shot = dailies_library_lookup_shot (fixture->library, 1);
  g_autoptr(DailiesNotes) other = dailies_notes_new (fixture->library, 8);
  g_autoptr(DailiesNote)  one = add_note (fixture->notes, 0, 0, "one");
  g_autoptr(DailiesNote)  two = add_note (other, 0, 0, "two");

  fixture_wait (strstr (dailies_shot_get_notes (shot), "two") != NULL);
  g_assert_cmpstr (dailies_shot_get_notes (shot), ==, "one\ntwo");
  g_assert_cmpstr (dailies_shot_get_prompt (shot), ==, "a chase");
  g_assert_cmpstr (dailies_shot_get_notes (dailies_library_lookup_shot (fixture->library, 2)), ==, "");
  dailies_notes_remove (other, two);
  fixture_wait (strstr (dailies_shot_get_notes (shot), "two") == NULL);
  load_notes (other);
  (void) one;
}

static gpointer
break_table (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  dailies_sql_exec (db, "CREATE TRIGGER full BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no room'); END;"
                        "CREATE TRIGGER full2 BEFORE UPDATE ON note BEGIN SELECT RAISE (ABORT, 'no room'); END;", error);
  return NULL;
}

/* A disk that takes nothing more: whoever adds gets the error and has the text, what is edited is told and shown on. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DailiesNote)  note = add_note (fixture->notes, 0, 0, "one");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  fixture_run (fixture->store, break_table, NULL, &error);
  g_assert_no_error (error);
  dailies_notes_add_async (fixture->notes, 0, 0, "two", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_null (dailies_notes_add_finish (fixture->notes, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
  assert_notes (fixture->notes, "0 one");

  dailies_notes_set_text (fixture->notes, note, "changed");
  fixture_wait (fixture->n_failed == 1);
  assert_notes (fixture->notes, "0 changed");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/notes/add", Fixture, NULL, set_up, test_add, tear_down);
  g_test_add ("/notes/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/notes/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/notes/elsewhere", Fixture, NULL, set_up, test_elsewhere, tear_down);
  g_test_add ("/notes/shot", Fixture, NULL, set_up, test_shot, tear_down);
  g_test_add ("/notes/failure", Fixture, NULL, set_up, test_failure, tear_down);

  return g_test_run ();
}
