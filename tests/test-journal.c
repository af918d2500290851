/* test-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "dailies-error.h"
#include "dailies-journal.h"
#include "dailies-rows.h"
#include "dailies-sql.h"
#include "fixture-library.h"

typedef struct
{
  char           *path;
  DailiesStore   *store;
  DailiesJournal *journal;
} Fixture;

static gpointer
add_shot (sqlite3   *db,
          gpointer   data,
          GError   **error)
{
  dailies_sql_exec (db, "INSERT INTO shot (created, updated) VALUES (1, 1)", error);
  return NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->path = fixture_make_folder ();
  fixture->store = fixture_open_store (fixture->path, &error);
  g_assert_no_error (error);
  fixture_run (fixture->store, add_shot, NULL, &error);
  g_assert_no_error (error);
  fixture->journal = dailies_journal_new (fixture->store);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->journal);
  fixture_close_store (fixture->store);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

static DailiesJobRow *
make_row (const char *id,
          const char *owner)
{
  DailiesJobRow *row = dailies_job_row_new ();

  row->id = g_strdup (id);
  row->shot_id = 1;
  row->service = g_strdup ("practice");
  row->protocol = g_strdup ("runcomfy");
  row->model = g_strdup ("runcomfy:m");
  row->prompt = g_ref_string_new ("a “cat” \xf0\x9f\x90\x88");
  row->request = g_ref_string_new ("{\"model\":\"m\"}");
  row->assets = g_ref_string_new ("[{}]");
  row->state = DAILIES_JOB_PREPARING;
  row->owner = g_strdup (owner);
  row->created = 5;
  return row;
}

static gboolean
write_entry (DailiesJournal       *journal,
             DailiesJournalEntry  *entry,
             gboolean             *wanted,
             GError              **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  dailies_journal_write_async (journal, entry, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  return dailies_journal_write_finish (journal, result, wanted, error);
}

static void
add_row (Fixture       *fixture,
         DailiesJobRow *row)
{
  DailiesJournalEntry *entry = dailies_journal_entry_new ();
  g_autoptr(GError)    error = NULL;

  entry->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_job_row_free);
  g_ptr_array_add (entry->fresh, row);
  g_assert_true (write_entry (fixture->journal, entry, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
write_row (DailiesJournal  *journal,
           DailiesJobRow   *row,
           const char      *was,
           gboolean        *wanted,
           GError         **error)
{
  DailiesJournalEntry *entry = dailies_journal_entry_new ();

  entry->row = row;
  entry->was = was;
  return write_entry (journal, entry, wanted, error);
}

static GPtrArray *
read_all (Fixture *fixture,
          gint64   since)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  GPtrArray              *rows;

  dailies_journal_read_async (fixture->journal, since, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  rows = dailies_journal_read_finish (fixture->journal, result, &error);
  g_assert_no_error (error);
  return rows;
}

static DailiesJobRow *
read_one (Fixture *fixture)
{
  g_autoptr(GPtrArray) rows = read_all (fixture, 0);

  g_assert_cmpuint (rows->len, ==, 1);
  return dailies_job_row_copy (g_ptr_array_index (rows, 0));
}

static int
claim (DailiesJournal *journal,
       const char     *id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  int                     n;

  dailies_journal_claim_async (journal, id, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  n = dailies_journal_claim_finish (journal, result, &error);
  g_assert_no_error (error);
  return n;
}

/* Everything that is written comes back as it was, for each state. */
static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_auto(GStrv) urls = g_strsplit ("https://a.example/1.mp4?x=\"y\" https://b.example/2.mp4", " ", -1);

  add_row (fixture, make_row ("one", dailies_journal_get_owner (fixture->journal)));
  for (int state = DAILIES_JOB_PREPARING; state <= DAILIES_JOB_CANCELLED; state++)
    {
      g_autoptr(DailiesJobRow) row = make_row ("one", dailies_journal_get_owner (fixture->journal));
      g_autoptr(DailiesJobRow) back = NULL;
      g_autoptr(GError)        error = NULL;

      row->state = state;
      row->remote_id = g_strdup ("remote");
      row->urls = g_strdupv (urls);
      row->word = g_strdup ("in_progress");
      row->queue_position = 7;
      row->waiting = TRUE;
      row->message = g_strdup ("Why, in words");
      row->words = g_strdup ("theirs");
      row->error_code = DAILIES_ERROR_RATE;
      row->cost_usd = state % 2 ? 0.25 : NAN;
      row->submitted = 11;
      row->ended = 12;
      g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, NULL, &error));
      g_assert_no_error (error);
      back = read_one (fixture);
      g_assert_cmpint (back->state, ==, state);
      g_assert_cmpstr (back->service, ==, row->service);
      g_assert_cmpstr (back->protocol, ==, row->protocol);
      g_assert_cmpstr (back->model, ==, row->model);
      g_assert_cmpstr (back->prompt, ==, row->prompt);
      g_assert_cmpstr (back->request, ==, row->request);
      g_assert_cmpstr (back->assets, ==, row->assets);
      g_assert_cmpstr (back->owner, ==, row->owner);
      g_assert_cmpstr (back->remote_id, ==, row->remote_id);
      g_assert_cmpstrv (back->urls, row->urls);
      g_assert_cmpstr (back->word, ==, row->word);
      g_assert_cmpint (back->queue_position, ==, 7);
      g_assert_true (back->waiting);
      g_assert_cmpstr (back->message, ==, row->message);
      g_assert_cmpstr (back->words, ==, row->words);
      g_assert_cmpint (back->error_code, ==, row->error_code);
      g_assert_true (isnan (row->cost_usd) ? isnan (back->cost_usd) : back->cost_usd == row->cost_usd);
      g_assert_cmpint (back->created, ==, 5);
      g_assert_cmpint (back->submitted, ==, 11);
      g_assert_cmpint (back->ended, ==, 12);
    }
}

static void
test_guard (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError)        error = NULL;
  g_autoptr(DailiesJobRow) row = NULL;

  add_row (fixture, make_row ("one", "0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111"));
  row = read_one (fixture);

  /* Somebody else's. */
  g_assert_false (write_row (fixture->journal, dailies_job_row_copy (row), NULL, NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (write_row (fixture->journal, dailies_job_row_copy (row), "'preparing'", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Nobody's, in the right and in the wrong state. */
  g_assert_cmpint (claim (fixture->journal, NULL), ==, 1);
  dailies_job_row_end (row, DAILIES_JOB_UNKNOWN);
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, NULL, &error));
  g_assert_false (write_row (fixture->journal, dailies_job_row_copy (row), "'failed'", NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), "'failed','unknown'", NULL, &error));
  g_assert_no_error (error);
}

static void
test_claim (Fixture       *fixture,
            gconstpointer  data)
{
  DailiesJournal          *other = dailies_journal_new (fixture->store);
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(GPtrArray)     rows = NULL;

  add_row (fixture, make_row ("dead", "0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111"));
  add_row (fixture, make_row ("nobody", NULL));
  add_row (fixture, make_row ("mine", dailies_journal_get_owner (fixture->journal)));
  g_assert_cmpint (claim (other, "dead"), ==, 1);
  g_assert_cmpint (claim (other, "mine"), ==, 0);
  g_assert_cmpint (claim (fixture->journal, NULL), ==, 1);
  g_assert_cmpint (claim (fixture->journal, NULL), ==, 0);
  g_assert_cmpint (claim (other, NULL), ==, 0);

  /* Who leaves gives all of his back, and takes none any more. */
  dailies_journal_leave_async (other, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_journal_leave_finish (other, result, NULL));
  g_clear_object (&result);
  g_assert_cmpint (claim (fixture->journal, NULL), ==, 1);
  dailies_journal_claim_async (other, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_cmpint (dailies_journal_claim_finish (other, result, NULL), ==, -1);
  g_clear_object (&result);

  rows = read_all (fixture, 0);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (((DailiesJobRow *) g_ptr_array_index (rows, i))->owner, ==, dailies_journal_get_owner (fixture->journal));
  g_assert_finalize_object (other);
}

static void
test_wish (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(GError)        error = NULL;
  g_autoptr(DailiesJobRow) row = NULL;
  DailiesJournalEntry     *entry;
  gboolean                 wanted = TRUE;

  add_row (fixture, make_row ("one", dailies_journal_get_owner (fixture->journal)));
  row = read_one (fixture);
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, &wanted, &error));
  g_assert_false (wanted);

  dailies_journal_wish_async (fixture->journal, "one", fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_journal_wish_finish (fixture->journal, result, &error));
  g_clear_object (&result);

  /* A write that knows nothing of the wish does not undo it, and hears of it. */
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, &wanted, &error));
  g_assert_true (wanted);
  entry = dailies_journal_entry_new ();
  entry->row = dailies_job_row_copy (row);
  entry->answer_cancel = TRUE;
  g_assert_true (write_entry (fixture->journal, entry, &wanted, &error));
  g_assert_false (wanted);
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, &wanted, &error));
  g_assert_false (wanted);

  dailies_job_row_end (row, DAILIES_JOB_FAILED);
  g_assert_true (write_row (fixture->journal, dailies_job_row_copy (row), NULL, &wanted, &error));
  dailies_journal_wish_async (fixture->journal, "one", fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_false (dailies_journal_wish_finish (fixture->journal, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { const char *id; DailiesJobState state; gint64 ended; gboolean forgotten; gboolean shown; } cases[] = {
    { "a", DAILIES_JOB_RUNNING, 0, FALSE, TRUE },
    { "b", DAILIES_JOB_DONE, 50, FALSE, FALSE },
    { "c", DAILIES_JOB_DONE, 150, FALSE, TRUE },
    { "d", DAILIES_JOB_FAILED, 50, FALSE, TRUE },
    { "e", DAILIES_JOB_FAILED, 50, TRUE, FALSE },
    { "f", DAILIES_JOB_UNKNOWN, 50, FALSE, TRUE },
    { "g", DAILIES_JOB_DONE, 150, TRUE, FALSE },
  };
  g_autoptr(GPtrArray) rows = NULL;
  guint                n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesJobRow    *row = make_row (cases[i].id, dailies_journal_get_owner (fixture->journal));
      g_autoptr(GError) error = NULL;

      add_row (fixture, dailies_job_row_copy (row));
      row->state = cases[i].state;
      row->ended = cases[i].ended;
      row->forgotten = cases[i].forgotten;
      g_assert_true (write_row (fixture->journal, row, NULL, NULL, &error));
    }

  rows = read_all (fixture, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (cases[i].shown)
        g_assert_cmpstr (((DailiesJobRow *) g_ptr_array_index (rows, n++))->id, ==, cases[i].id);
    }
  g_assert_cmpuint (n, ==, rows->len);
}

static DailiesCutRow *
make_cut (guint n)
{
  DailiesCutRow *cut = g_new0 (DailiesCutRow, 1);

  cut->number = n;
  cut->path = g_strdup_printf ("cuts/1/%u.mp4", n);
  cut->cost_usd = NAN;
  return cut;
}

static gpointer
count_cuts (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  g_autoptr(sqlite3_stmt) stmt = dailies_sql_prepare (db, error, "SELECT count (*) * 10 + max (number) FROM cut", "");

  g_assert_true (dailies_sql_next (stmt, error));
  return GINT_TO_POINTER (sqlite3_column_int (stmt, 0));
}

static void
test_cuts (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  add_row (fixture, make_row ("one", dailies_journal_get_owner (fixture->journal)));
  for (guint round = 0; round < 2; round++)
    {
      DailiesJournalEntry *entry = dailies_journal_entry_new ();

      /* Told twice, it is still the same two cuts. */
      entry->row = make_row ("one", dailies_journal_get_owner (fixture->journal));
      entry->cuts = g_ptr_array_new_with_free_func (dailies_cut_row_free);
      g_ptr_array_add (entry->cuts, make_cut (0));
      g_ptr_array_add (entry->cuts, make_cut (1));
      g_assert_true (write_entry (fixture->journal, entry, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (GPOINTER_TO_INT (fixture_run (fixture->store, count_cuts, NULL, &error)), ==, 22);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/journal/round-trip", test_round_trip);
  ADD ("/journal/guard", test_guard);
  ADD ("/journal/claim", test_claim);
  ADD ("/journal/wish", test_wish);
  ADD ("/journal/read", test_read);
  ADD ("/journal/cuts", test_cuts);
  return g_test_run ();
}
