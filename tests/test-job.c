/* test-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "dailies-job-private.h"

static void
test_words (void)
{
  static const struct { DailiesJobState state; const char *word; gboolean ended; } cases[] = {
    { DAILIES_JOB_DRAFT, "draft", FALSE },
    { DAILIES_JOB_PREPARING, "preparing", FALSE },
    { DAILIES_JOB_SUBMITTING, "submitting", FALSE },
    { DAILIES_JOB_QUEUED, "queued", FALSE },
    { DAILIES_JOB_RUNNING, "running", FALSE },
    { DAILIES_JOB_FETCHING, "fetching", FALSE },
    { DAILIES_JOB_DONE, "done", TRUE },
    { DAILIES_JOB_REFUSED, "refused", TRUE },
    { DAILIES_JOB_UNKNOWN, "unknown", TRUE },
    { DAILIES_JOB_FAILED, "failed", TRUE },
    { DAILIES_JOB_CANCELLED, "cancelled", TRUE },
  };
  g_autoptr(GEnumClass) klass = g_type_class_ref (DAILIES_TYPE_JOB_STATE);
  DailiesJobState       state = DAILIES_JOB_DRAFT;

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (dailies_job_state_to_word (cases[i].state), ==, cases[i].word);
      g_assert_true (dailies_job_state_from_word (cases[i].word, &state));
      g_assert_cmpint (state, ==, cases[i].state);
      g_assert_cmpint (dailies_job_state_is_ended (cases[i].state), ==, cases[i].ended);
      g_assert_cmpstr (dailies_job_state_to_title (cases[i].state), !=, "");
    }
  g_assert_false (dailies_job_state_from_word ("Done", &state));
  g_assert_false (dailies_job_state_from_word ("", &state));
  g_assert_false (dailies_job_state_from_word (NULL, &state));
}

static DailiesJobRow *
make_row (void)
{
  DailiesJobRow *row = dailies_job_row_new ();

  row->id = g_strdup ("id");
  row->shot_id = 4;
  row->service = g_strdup ("practice");
  row->protocol = g_strdup ("runcomfy");
  row->model = g_strdup ("runcomfy:m");
  row->prompt = g_ref_string_new ("a cat");
  row->request = g_ref_string_new ("{}");
  row->assets = g_ref_string_new ("[]");
  row->state = DAILIES_JOB_QUEUED;
  row->created = 10;
  return row;
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           GString    *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_properties (void)
{
  DailiesJob        *job = dailies_job_new (make_row ());
  g_autoptr(GString) names = g_string_new (NULL);
  DailiesJobRow     *row;
  DailiesJobState    state;
  int                position;
  double             cost;
  gint64             fetched, size;
  gboolean           waiting, mine;
  const char        *id = dailies_job_get_id (job);
  const char        *prompt = dailies_job_get_prompt (job);
  g_autofree char   *word = NULL;
  g_autofree char   *message = NULL;

  g_assert_cmpstr (dailies_job_get_id (job), ==, "id");
  g_assert_cmpint (dailies_job_get_shot_id (job), ==, 4);
  g_assert_cmpstr (dailies_job_get_service_id (job), ==, "practice");
  g_assert_cmpstr (dailies_job_get_model_id (job), ==, "runcomfy:m");
  g_assert_cmpstr (dailies_job_get_prompt (job), ==, "a cat");
  g_assert_cmpstr (dailies_job_get_request_json (job), ==, "{}");
  g_assert_cmpint (dailies_job_get_queue_position (job), ==, -1);
  g_assert_cmpint (dailies_job_get_error_code (job), ==, -1);
  g_assert_true (isnan (dailies_job_get_cost_usd (job)));
  g_assert_cmpint (dailies_job_get_created (job), ==, 10);
  g_assert_null (dailies_job_get_remote_id (job));

  g_signal_connect (job, "notify", G_CALLBACK (notify_cb), names);
  dailies_job_take_row (job, dailies_job_row_copy (dailies_job_peek_row (job)));
  g_assert_cmpstr (names->str, ==, "");

  /* What was lent stays good while it says the same. */
  g_assert_true (id == dailies_job_get_id (job));
  g_assert_true (prompt == dailies_job_get_prompt (job));

  row = dailies_job_row_copy (dailies_job_peek_row (job));
  row->state = DAILIES_JOB_RUNNING;
  row->queue_position = 2;
  row->waiting = TRUE;
  row->cost_usd = 0.5;
  row->word = g_strdup ("in_progress");
  dailies_job_row_set_message (row, "Why");
  dailies_job_take_row (job, row);
  dailies_job_set_fetched (job, 5, 10);
  dailies_job_set_mine (job, TRUE);
  g_assert_cmpstr (names->str, ==, "queue-position word message waiting cost-usd state fetch-size fetched mine ");
  g_object_get (job, "state", &state, "queue-position", &position, "word", &word, "message", &message, "waiting", &waiting,
                "cost-usd", &cost, "fetched", &fetched, "fetch-size", &size, "mine", &mine, NULL);
  g_assert_cmpint (state, ==, DAILIES_JOB_RUNNING);
  g_assert_cmpint (position, ==, 2);
  g_assert_cmpstr (word, ==, "in_progress");
  g_assert_cmpstr (message, ==, "Why");
  g_assert_true (waiting);
  g_assert_cmpfloat (cost, ==, 0.5);
  g_assert_cmpint (fetched, ==, 5);
  g_assert_cmpint (size, ==, 10);
  g_assert_true (mine);
  g_assert_finalize_object (job);
}

static void
test_end (void)
{
  g_autoptr(DailiesJobRow) row = make_row ();

  row->owner = g_strdup ("me");
  row->waiting = TRUE;
  row->cancel_wanted = TRUE;
  row->queue_position = 3;
  dailies_job_row_end (row, DAILIES_JOB_FAILED);
  g_assert_null (row->owner);
  g_assert_false (row->waiting);
  g_assert_false (row->cancel_wanted);
  g_assert_cmpint (row->queue_position, ==, -1);
  g_assert_cmpint (row->ended, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/words", test_words);
  g_test_add_func ("/job/properties", test_properties);
  g_test_add_func ("/job/end", test_end);
  return g_test_run ();
}
