/* test-queue.c: a job's whole life, on a service with every bad habit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/mount.h>
#include <unistd.h>

#include "dailies-services.h"
#include "dailies-sql.h"
#include "fixture-studio.h"

typedef struct
{
  Fake          *fake;
  char          *path;
  DailiesStudio *studio;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->fake = fake_new ();
  fixture->path = fixture_make_folder ();
  g_setenv ("DAILIES_RUNCOMFY_URL", fixture->fake->url, TRUE);
  fixture->studio = studio_open (fixture->path);
  studio_resume (fixture->studio);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  studio_close (fixture->studio);
  fake_free (fixture->fake);
  fixture_remove_folder (fixture->path);
  g_free (fixture->path);
}

static void
reopen (Fixture *fixture)
{
  studio_close (fixture->studio);
  fixture->studio = studio_open (fixture->path);
  studio_resume (fixture->studio);
}

static void
state_cb (DailiesJob *job,
          GParamSpec *pspec,
          GString    *states)
{
  g_string_append_printf (states, "%s ", studio_word (job));
}

static void
ended_cb (DailiesQueue *queue,
          DailiesJob   *job,
          guint        *n)
{
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 1);
  (*n)++;
}

static void
test_life (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DailiesJob)  job = NULL;
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(GString)     states = g_string_new (NULL);
  DailiesShot           *shot;
  guint                  n_ended = 0;

  g_signal_connect (dailies_studio_get_queue (fixture->studio), "ended", G_CALLBACK (ended_cb), &n_ended);
  job = studio_submit (fixture->studio);
  g_signal_connect (job, "notify::state", G_CALLBACK (state_cb), states);
  shot = dailies_library_lookup_shot (dailies_studio_get_library (fixture->studio), dailies_job_get_shot_id (job));
  g_assert_cmpuint (dailies_shot_get_n_running (shot), ==, 1);
  g_assert_cmpuint (dailies_queue_get_n_running (dailies_studio_get_queue (fixture->studio)), ==, 1);
  studio_wait_ended (job);

  g_assert_cmpstr (states->str, ==, "submitting queued running fetching done ");
  g_assert_cmpuint (n_ended, ==, 1);
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  g_assert_cmpfloat (dailies_job_get_cost_usd (job), ==, 0.56);
  g_assert_cmpint (dailies_job_get_submitted (job), >=, dailies_job_get_created (job));
  g_assert_cmpint (dailies_job_get_ended (job), >, dailies_job_get_submitted (job));
  g_assert_null (dailies_job_get_message (job));
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  g_assert_cmpint (dailies_cut_get_width (cut), ==, 320);
  g_assert_cmpfloat_with_epsilon (dailies_cut_get_seconds (cut), 1, 0.2);
  g_assert_true (dailies_cut_has_sound (cut));
  g_assert_cmpstr (dailies_cut_get_prompt (cut), ==, "A cat/walks");
  g_assert_true (g_file_query_exists (dailies_cut_get_file (cut), NULL));
  g_assert_true (g_file_query_exists (dailies_cut_get_poster (cut), NULL));
  g_assert_cmpuint (dailies_shot_get_n_running (shot), ==, 0);
  g_assert_true (dailies_cut_get_fresh (cut));
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 1);
}

/* --- what the service says to the POST --- */

typedef struct
{
  const char *name;
  FakePost    post;
  guint       status;
  const char *state;
  int         error_code;
} PostCase;

static const PostCase post_cases[] = {
  { "cut", POST_CUT, 0, "unknown", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "half", POST_HALF, 0, "unknown", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "500", POST_STATUS, 500, "unknown", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "502", POST_STATUS, 502, "unknown", DAILIES_ERROR_UNKNOWN_OUTCOME },
  { "400", POST_STATUS, 400, "refused", DAILIES_ERROR_INVALID },
  { "422", POST_STATUS, 422, "refused", DAILIES_ERROR_INVALID },
  { "401", POST_STATUS, 401, "refused", DAILIES_ERROR_TOKEN },
  { "402", POST_STATUS, 402, "refused", DAILIES_ERROR_BALANCE },
  { "404", POST_STATUS, 404, "refused", DAILIES_ERROR_NOT_FOUND },
};

/* Whatever the answer: one POST, over restarts too, and a sentence on the card. */
static void
test_post (Fixture       *fixture,
           gconstpointer  data)
{
  const PostCase        *test = data;
  g_autoptr(DailiesJob)  job = NULL;

  fixture->fake->post = test->post;
  fixture->fake->post_status = test->status;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, test->state);
  g_assert_cmpint (dailies_job_get_error_code (job), ==, test->error_code);
  g_assert_nonnull (dailies_job_get_message (job));
  g_assert_null (dailies_job_get_remote_id (job));
  if (test->post == POST_STATUS)
    g_assert_nonnull (strstr (dailies_job_get_words (job), "own words"));

  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&job);
      reopen (fixture);
      job = studio_get_job (fixture->studio);
      g_assert_cmpstr (studio_word (job), ==, test->state);
    }
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

static DailiesJob *
make_unknown (Fixture *fixture)
{
  DailiesJob *job;

  fixture->fake->post = POST_CUT;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "unknown");
  fixture->fake->post = POST_GOOD;
  return job;
}

static void
test_look_up (Fixture       *fixture,
              gconstpointer  data)
{
  DailiesQueue            *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(DailiesJob)    job = make_unknown (fixture);
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(GError)        error = NULL;

  dailies_queue_look_up_async (queue, job, "../etc", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_false (dailies_queue_look_up_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_object (&result);

  dailies_queue_look_up_async (queue, job, " remote-9\n", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_look_up_finish (queue, result, &error));
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-9");
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

static void
test_submit_again (Fixture       *fixture,
                   gconstpointer  data)
{
  DailiesQueue            *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(DailiesJob)    job = make_unknown (fixture);
  g_autoptr(DailiesJob)    next = NULL;
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(GError)        error = NULL;
  g_autofree char         *start = NULL;

  dailies_queue_submit_again_async (queue, job, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  next = dailies_queue_submit_again_finish (queue, result, &error);
  g_assert_no_error (error);
  g_assert_true (next != job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  start = g_strndup (dailies_job_get_id (next), 8);
  g_assert_nonnull (strstr (dailies_job_get_message (job), start));
  studio_wait_ended (next);
  g_assert_cmpstr (studio_word (next), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 2);

  /* A done job is not tried again. */
  g_clear_object (&result);
  dailies_queue_submit_again_async (queue, next, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_null (dailies_queue_submit_again_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

/* What goes on by itself needs no way out, and is not said to have been changed by anybody. */
static void
test_healthy (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  DailiesQueue             *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(DailiesJob)     job = NULL;
  g_autoptr(GAsyncResult)   result = NULL;
  g_autoptr(GError)         error = NULL;

  fixture->fake->words = forever;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_polls > 0);
  dailies_queue_look_up_async (queue, job, "remote-9", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_false (dailies_queue_look_up_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "has not ended"));
  g_clear_error (&error);
  g_clear_object (&result);
  dailies_queue_submit_again_async (queue, job, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_null (dailies_queue_submit_again_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "has not ended"));
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

static void
test_forget (Fixture       *fixture,
             gconstpointer  data)
{
  DailiesQueue            *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(DailiesJob)    job = make_unknown (fixture);
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(GError)        error = NULL;

  dailies_queue_forget_async (queue, job, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_forget_finish (queue, result, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 0);
  g_clear_object (&result);
  reopen (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dailies_studio_get_queue (fixture->studio))), ==, 0);
}

static void
test_unreachable (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  soup_server_disconnect (fixture->fake->server);
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  g_assert_cmpint (dailies_job_get_error_code (job), ==, DAILIES_ERROR_NETWORK);
  g_assert_nonnull (strstr (dailies_job_get_message (job), "Nothing was sent or charged"));
}

static void
test_slow_down (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;
  gboolean              waiting;

  fixture->fake->n_slow_down = 1;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_object_get (job, "waiting", &waiting, NULL);
  g_assert_true (waiting);
  g_assert_cmpstr (studio_word (job), ==, "preparing");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "1 second"));
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 2);
}

/* Writes what a process that was killed leaves behind. */
static gpointer
run_sql (sqlite3   *db,
         gpointer   data,
         GError   **error)
{
  dailies_sql_exec (db, data, error);
  return NULL;
}

static void
rewrite (Fixture    *fixture,
         const char *sql)
{
  g_autoptr(GError)  error = NULL;
  DailiesStore      *store;

  studio_close (fixture->studio);
  store = fixture_open_store (fixture->path, &error);
  g_assert_no_error (error);
  fixture_run (store, run_sql, (gpointer) sql, &error);
  g_assert_no_error (error);
  fixture_close_store (store);
  fixture->studio = studio_open (fixture->path);
}

/* What the service says of the pause holds for whoever takes the job up next, and for nudges. */
static void
test_slow_down_restart (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;
  gint64                until;

  fixture->fake->n_slow_down = 1;
  fixture->fake->retry_after = "3";
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_held_until (job) > 0);
  until = dailies_job_get_held_until (job);
  g_assert_cmpint (until, >, g_get_real_time ());
  g_clear_object (&job);
  reopen (fixture);
  job = studio_get_job (fixture->studio);
  dailies_queue_nudge (dailies_studio_get_queue (fixture->studio), job);
  g_assert_cmpint (dailies_job_get_held_until (job), ==, until);
  fixture_wait (fixture->fake->n_posts == 2);
  g_assert_cmpint (g_get_real_time (), >=, until);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* Without a word of how long, every pause is longer than the one before; with one, it is a day at most. */
static void
test_slow_down_pause (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct
  {
    guint       before; /* so often it has been asked to slow down */
    const char *header;
    int         least;  /* seconds */
    int         most;
  } cases[] = {
    { 0, NULL, 5, 5 },
    { 1, NULL, 10, 10 },
    { 2, "0", 20, 20 },
    { 9, NULL, 60, 60 },
    { 9, "7", 7, 7 },
    { 0, "3600", 3600, 3600 },
    { 0, "99999999999999999999", 86400, 86400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DailiesJob)  job = NULL;
      g_autofree char       *sql = NULL;
      gint64                 since = g_get_real_time ();
      gint64                 pause;

      fixture->fake->post = POST_CUT;
      fixture->fake->n_slow_down = 0;
      job = studio_submit (fixture->studio);
      studio_wait_ended (job);
      g_clear_object (&job);
      sql = g_strdup_printf ("UPDATE job SET state = 'preparing', ended = 0, owner = NULL, n_held = %u", cases[i].before);
      rewrite (fixture, sql);
      fixture->fake->n_slow_down = 1;
      fixture->fake->retry_after = cases[i].header;
      studio_resume (fixture->studio);
      job = studio_get_job (fixture->studio);
      fixture_wait (dailies_job_get_held_until (job) > 0);
      pause = (dailies_job_get_held_until (job) - since) / G_USEC_PER_SEC;
      g_assert_cmpint (pause, >=, cases[i].least);
      g_assert_cmpint (pause, <=, cases[i].most + 20);
      g_test_message ("%s", dailies_job_get_message (job));
      g_clear_object (&job);
      rewrite (fixture, "DELETE FROM job");
      studio_resume (fixture->studio);
    }
}

/* One request is asked to wait: the next to the same service waits too. */
static void
test_slow_down_all (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DailiesJob) first = NULL;
  g_autoptr(DailiesJob) second = NULL;

  fixture->fake->n_slow_down = 1;
  fixture->fake->retry_after = "2";
  first = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_held_until (first) > 0);
  second = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_message (second) != NULL);
  g_assert_cmpstr (studio_word (second), ==, "preparing");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
  studio_wait_ended (first);
  studio_wait_ended (second);
  g_assert_cmpstr (studio_word (second), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 3);
}

/* A token that is pasted while the job prepares or waits takes its service away: it gets another and is still sent. */
static void
test_new_token (Fixture       *fixture,
                gconstpointer  data)
{
  DailiesServices         *services = dailies_studio_get_services (fixture->studio);
  g_autoptr(GAsyncResult)  result = NULL;
  g_autoptr(DailiesJob)    job = NULL;

  fixture->fake->n_slow_down = 1;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_assert_cmpstr (studio_word (job), ==, "preparing");
  dailies_services_set_token_async (services, "runcomfy", "another-token", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  dailies_services_set_token_finish (services, result, NULL, NULL);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 2);
}

/* --- restarts --- */

static void
test_restart_queued (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  static const char * const done[] = { "completed", NULL };
  g_autoptr(DailiesJob)     job = NULL;

  fixture->fake->words = forever;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_polls >= 2);
  g_assert_cmpint (dailies_job_get_queue_position (job), ==, 3);
  g_clear_object (&job);
  reopen (fixture);
  job = studio_get_job (fixture->studio);
  g_assert_cmpstr (studio_word (job), ==, "queued");
  fixture->fake->words = done;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

/* Closing waits for the answer to a POST: missed once, it is missed for ever. */
static void
test_stop_posting (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DailiesJob)   job = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  fixture->fake->post = POST_HOLD;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->held != NULL);
  g_assert_cmpstr (studio_word (job), ==, "submitting");
  g_clear_object (&job);
  dailies_studio_close_async (fixture->studio, fixture_result_cb, &result);
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  fake_release (fixture->fake);
  fixture_wait (result != NULL);
  g_clear_object (&result);
  g_clear_object (&fixture->studio);

  fixture->studio = studio_open (fixture->path);
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

static void
test_killed_submitting (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DailiesJob) job = make_unknown (fixture);

  g_clear_object (&job);
  rewrite (fixture, "UPDATE job SET state = 'submitting', ended = 0, owner = '0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111'");
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "unknown");
  g_assert_cmpint (dailies_job_get_error_code (job), ==, DAILIES_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

/* Left in the middle of the submit, with an id that only the artist has: found without having been taken up before. */
static void
test_killed_look_up (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DailiesJob)   job = make_unknown (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;
  DailiesQueue           *queue;

  g_clear_object (&job);
  rewrite (fixture, "UPDATE job SET state = 'submitting', ended = 0, owner = '0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111'");
  queue = dailies_studio_get_queue (fixture->studio);
  dailies_queue_load_async (queue, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_load_finish (queue, result, NULL));
  g_clear_object (&result);
  job = studio_get_job (fixture->studio);
  g_assert_cmpstr (studio_word (job), ==, "submitting");
  dailies_queue_look_up_async (queue, job, "remote-9", NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_look_up_finish (queue, result, &error));
  g_assert_no_error (error);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-9");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
}

static void
test_killed_preparing (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DailiesJob) job = make_unknown (fixture);

  g_clear_object (&job);
  rewrite (fixture, "UPDATE job SET state = 'preparing', ended = 0, owner = '0e2b2f0e-0c4f-4d4b-9d59-3b8b6e6a1111'");
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 2);
}

/* Killed between giving the clip its name and telling the database: one cut, not fetched again. */
static void
test_killed_landed (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DailiesJob) job = studio_submit (fixture->studio);
  g_autoptr(DailiesCut) cut = NULL;
  g_autofree char      *path = NULL;

  studio_wait_ended (job);
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  path = g_file_get_path (dailies_cut_get_file (cut));
  g_clear_object (&cut);
  g_clear_object (&job);
  rewrite (fixture, "DELETE FROM cut; UPDATE job SET state = 'fetching', ended = 0, owner = NULL");
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 1);
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  g_assert_cmpstr (g_file_peek_path (dailies_cut_get_file (cut)), ==, path);
  g_assert_cmpuint (fixture->fake->n_files, ==, 1);

  /* And the same with the cut told but the job not: still one. */
  g_clear_object (&cut);
  g_clear_object (&job);
  rewrite (fixture, "UPDATE job SET state = 'fetching', ended = 0, owner = NULL");
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 1);
}

/* --- polling --- */

/* What the service would not tell for a while it tells now. */
static void
look_up_again (Fixture    *fixture,
               DailiesJob *job)
{
  DailiesQueue           *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  fixture->fake->status = 200;
  dailies_queue_look_up_async (queue, job, dailies_job_get_remote_id (job), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_look_up_finish (queue, result, &error));
  g_assert_no_error (error);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

static void
test_poll_faults (Fixture       *fixture,
                  gconstpointer  data)
{
  guint                 status = GPOINTER_TO_UINT (data);
  g_autoptr(DailiesJob) job = NULL;
  gboolean              waiting;

  fixture->fake->status = status;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_object_get (job, "waiting", &waiting, NULL);
  if (status == 404 || status == 422)
    {
      studio_wait_ended (job);
      g_assert_cmpstr (studio_word (job), ==, status == 404 ? "failed" : "unknown");
      g_assert_nonnull (strstr (dailies_job_get_message (job), "remote-1"));
      if (status == 422)
        {
          g_assert_nonnull (strstr (dailies_job_get_message (job), "has accepted"));
          look_up_again (fixture, job);
        }
      return;
    }

  g_assert_true (waiting);
  g_assert_cmpstr (studio_word (job), ==, "queued");
  /* Money does not bring a clip that is paid for. */
  if (status == 402)
    g_assert_null (strstr (dailies_job_get_message (job), "try again"));
  fixture->fake->status = 200;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_null (dailies_job_get_message (job));
}

/* A service may know a job a little later than it says its id. */
static void
test_not_yet_known (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->n_unknown = 3;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_unknown, ==, 0);
}

static void
test_strange_word (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char * const strange[] = { "simmering", NULL };
  static const char * const done[] = { "completed", NULL };
  g_autoptr(DailiesJob)     job = NULL;

  fixture->fake->words = strange;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_assert_cmpstr (studio_word (job), ==, "running");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "simmering"));
  fixture->fake->words = done;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

static void
test_failed_result (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->result_word = "failed";
  fixture->fake->output = "{}";
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  g_assert_cmpint (dailies_job_get_error_code (job), ==, DAILIES_ERROR_FAILED);
  g_assert_nonnull (strstr (dailies_job_get_message (job), "Its id there is remote-1."));
  g_assert_cmpuint (fixture->fake->n_files, ==, 0);
}

/* --- cancelling --- */

static gboolean
cancel (Fixture     *fixture,
        DailiesJob  *job,
        GError     **error)
{
  DailiesQueue            *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(GAsyncResult)  result = NULL;

  dailies_queue_cancel_async (queue, job, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  return dailies_queue_cancel_finish (queue, result, error);
}

static void
test_cancel_preparing (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DailiesJob) job = studio_submit (fixture->studio);
  g_autoptr(GError)     error = NULL;

  /* At once: nothing has left yet. */
  g_assert_true (cancel (fixture, job, &error));
  g_assert_cmpstr (studio_word (job), ==, "cancelled");
  g_assert_cmpuint (fixture->fake->n_posts, ==, 0);
  g_assert_false (cancel (fixture, job, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
}

static void
test_cancel_posting (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DailiesJob)   job = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  DailiesQueue           *queue = dailies_studio_get_queue (fixture->studio);

  fixture->fake->post = POST_HOLD;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->held != NULL);
  dailies_queue_cancel_async (queue, job, NULL, fixture_result_cb, &result);
  fake_release (fixture->fake);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_cancel_finish (queue, result, NULL));
  g_assert_cmpstr (studio_word (job), ==, "cancelled");
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  g_assert_cmpuint (fixture->fake->n_cancels, ==, 1);
}

static void
test_cancel_queued (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  g_autoptr(DailiesJob)     job = NULL;

  fixture->fake->words = forever;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_polls > 0);
  g_assert_true (cancel (fixture, job, NULL));
  g_assert_cmpstr (studio_word (job), ==, "cancelled");
}

static void
test_cancel_running (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const forever[] = { "in_progress", NULL };
  static const char * const done[] = { "completed", NULL };
  g_autoptr(DailiesJob)     job = NULL;
  g_autoptr(GError)         error = NULL;

  fixture->fake->words = forever;
  fixture->fake->outcome = "not_cancellable";
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_state (job) == DAILIES_JOB_RUNNING);
  g_assert_false (cancel (fixture, job, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpstr (studio_word (job), ==, "running");
  fixture->fake->words = done;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* The service says neither yes nor no: the job goes on being watched, and nothing is claimed. */
static void
test_cancel_unclear (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  g_autoptr(DailiesJob)     job = NULL;
  g_autoptr(GError)         error = NULL;

  fixture->fake->words = forever;
  fixture->fake->outcome = "perhaps";
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_polls > 0);
  g_assert_false (cancel (fixture, job, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "did not say whether"));
  g_assert_cmpstr (studio_word (job), ==, "queued");
}

/* Who waits for a service that does not answer can give up waiting at any time. */
static void
test_cancel_given_up (Fixture       *fixture,
                      gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  DailiesStudio            *other = studio_open (fixture->path);
  DailiesQueue             *queues[] = { dailies_studio_get_queue (fixture->studio), dailies_studio_get_queue (other) };
  g_autoptr(DailiesJob)     job = NULL;

  fixture->fake->words = forever;
  fixture->fake->outcome = NULL;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_polls > 0 && g_list_model_get_n_items (G_LIST_MODEL (queues[1])) == 1);
  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      g_autoptr(DailiesJob)   seen = g_list_model_get_item (G_LIST_MODEL (queues[i]), 0);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError)       error = NULL;

      dailies_queue_cancel_async (queues[i], seen, cancellable, fixture_result_cb, &result);
      fixture_wait (fixture->fake->n_cancels == 1);
      g_cancellable_cancel (cancellable);
      fixture_wait (result != NULL);
      g_assert_false (dailies_queue_cancel_finish (queues[i], result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  studio_close (other);
}

static void
test_cancel_fetching (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DailiesJob)   job = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  DailiesQueue           *queue = dailies_studio_get_queue (fixture->studio);

  fixture->fake->file_status = 503;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_state (job) == DAILIES_JOB_FETCHING && dailies_job_get_message (job) != NULL);
  while (!cancel (fixture, job, NULL))
    continue;
  g_assert_cmpstr (studio_word (job), ==, "cancelled");

  /* It is paid for and still there: looking it up brings it home. */
  fixture->fake->file_status = 200;
  dailies_queue_look_up_async (queue, job, dailies_job_get_remote_id (job), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_look_up_finish (queue, result, NULL));
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* --- fetching --- */

static gboolean
is_empty (const char *folder)
{
  g_autoptr(GDir) listing = g_dir_open (folder, 0, NULL);

  return listing == NULL || g_dir_read_name (listing) == NULL;
}

static void
test_bad_clip (Fixture       *fixture,
               gconstpointer  data)
{
  static char            garbage[5000];
  const char            *kind = data;
  g_autoptr(DailiesJob)  job = NULL;
  g_autoptr(DailiesShot) shot = NULL;
  g_autofree char       *folder = g_build_filename (fixture->path, "cuts", "1", NULL);

  if (g_str_equal (kind, "html"))
    fixture->fake->page = "<html></html>";
  else if (g_str_equal (kind, "file"))
    fixture->fake->output = "{\"video\":\"file:///etc/passwd\"}";
  else
    {
      g_bytes_unref (fixture->fake->clip);
      fixture->fake->clip = g_bytes_new_static (garbage, g_str_equal (kind, "empty") ? 0 : sizeof garbage);
    }
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  /* With its id it can be looked up again. */
  g_assert_nonnull (strstr (dailies_job_get_message (job), "Its id there is remote-1."));
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 0);
  shot = g_list_model_get_item (G_LIST_MODEL (dailies_studio_get_library (fixture->studio)), 0);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 0);

  /* Nothing stays lying about. */
  fixture_wait (is_empty (folder));
}

static void
test_cut_line (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->n_cuts = 2;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fixture->fake->n_files, ==, 3);
  g_assert_cmpint (fixture->fake->last_offset, ==, 2 * fixture->fake->cut_after);
}

static void
test_cut_and_restart (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->n_cuts = 1;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_files == 1 && dailies_job_get_message (job) != NULL);
  g_assert_nonnull (strstr (dailies_job_get_message (job), "goes on where it stopped"));
  g_clear_object (&job);
  reopen (fixture);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpint (fixture->fake->last_offset, ==, fixture->fake->cut_after);
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->file_status = 403;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_files == 2);
  fixture->fake->file_status = 200;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* A clip that is paid for may reach the place it is fetched from later than the answer that names it. */
static void
test_late (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->file_status = 404;
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_files == 12 || dailies_job_state_is_ended (dailies_job_get_state (job)));
  g_assert_cmpstr (studio_word (job), ==, "fetching");
  fixture->fake->file_status = 200;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* A page where the clip should be may be that of a server under repair. */
static void
test_repaired (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->page = "<html></html>";
  job = studio_submit (fixture->studio);
  fixture_wait (fixture->fake->n_files == 2 || dailies_job_state_is_ended (dailies_job_get_state (job)));
  g_assert_cmpstr (studio_word (job), ==, "fetching");
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_assert_nonnull (strstr (dailies_job_get_message (job), "is asked for again"));
  fixture->fake->page = NULL;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

static void
test_wrong_length (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->lie = 1000;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  g_assert_cmpint (dailies_job_get_error_code (job), ==, DAILIES_ERROR_MEDIA);
  g_assert_null (strstr (dailies_job_get_message (job), "goes on"));
}

/* A server that cuts the line at the same byte each time: in the end nothing goes on. */
static void
test_always_cut (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;

  fixture->fake->chunked = TRUE;
  fixture->fake->no_range = TRUE;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "could not be fetched whole"));
  g_assert_null (strstr (dailies_job_get_message (job), "goes on"));
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DailiesJob) job = NULL;
  g_autofree char      *output = NULL;

  output = g_strdup_printf ("{\"videos\":[\"%s/clip.mp4?a\",{\"url\":\"%s/clip.mp4?b\"},\"%s/none\"]}", fixture->fake->url,
                            fixture->fake->url, fixture->fake->url);
  fixture->fake->output = output;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 2);
  g_assert_nonnull (strstr (dailies_job_get_message (job), "1 more clip"));
}

/* Of three clips the last one cannot be had. Returns: the job as a later start of the program shows it */
static DailiesJob *
make_lacking (Fixture  *fixture,
              char    **output)
{
  g_autoptr(DailiesJob) job = NULL;

  *output = g_strdup_printf ("{\"videos\":[\"%s/clip.mp4?a\",\"%s/clip.mp4?b\",\"%s/none\"]}", fixture->fake->url,
                             fixture->fake->url, fixture->fake->url);
  fixture->fake->output = *output;
  job = studio_submit (fixture->studio);
  studio_wait_ended (job);
  g_clear_object (&job);
  reopen (fixture);
  job = studio_get_job (fixture->studio);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_true (dailies_job_lacks_clips (job));
  return g_steal_pointer (&job);
}

static void
look_up (Fixture    *fixture,
         DailiesJob *job)
{
  DailiesQueue           *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError)       error = NULL;

  dailies_queue_look_up_async (queue, job, dailies_job_get_remote_id (job), NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  dailies_queue_look_up_finish (queue, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (studio_word (job), ==, "fetching");
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
}

/* What is missing of a job that is done can be looked up: it alone is fetched, nothing is paid, and what the artist has thrown
 * away meanwhile stays away. */
static void
test_lacking (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DailiesShot) shot = NULL;
  g_autoptr(DailiesCut)  cut = NULL;
  g_autoptr(DailiesJob)  job = NULL;
  g_autofree char       *output = NULL;
  g_autofree char       *later = NULL;
  g_autofree char       *path = NULL;
  guint                  n_files;

  job = make_lacking (fixture, &output);
  fixture_wait (g_list_model_get_n_items (dailies_job_get_cuts (job)) == 2);
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  path = g_file_get_path (dailies_cut_get_file (cut));
  g_clear_object (&cut);
  g_clear_object (&job);
  rewrite (fixture, "UPDATE cut SET removed = 2 WHERE output = 0");
  g_assert_cmpint (g_unlink (path), ==, 0);
  studio_resume (fixture->studio);
  job = studio_get_job (fixture->studio);

  later = g_strdup_printf ("{\"videos\":[\"%s/clip.mp4?a\",\"%s/clip.mp4?b\",\"%s/clip.mp4?c\"]}", fixture->fake->url,
                           fixture->fake->url, fixture->fake->url);
  fixture->fake->output = later;
  n_files = fixture->fake->n_files;
  look_up (fixture, job);
  g_assert_null (dailies_job_get_message (job));
  g_assert_cmpuint (fixture->fake->n_files, ==, n_files + 1);
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  shot = g_list_model_get_item (G_LIST_MODEL (dailies_studio_get_library (fixture->studio)), 0);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 2);
  /* What it has cost is that of three clips now. */
  cut = g_list_model_get_item (dailies_job_get_cuts (job), 0);
  g_assert_cmpfloat_with_epsilon (dailies_cut_get_cost_usd (cut), 0.56 / 3, 0.0001);
}

/* Whatever the service says of the rest by then, the job has made cuts: it has not failed. */
static void
test_lacking_forgotten (Fixture       *fixture,
                        gconstpointer  data)
{
  guint                  status = GPOINTER_TO_UINT (data);
  g_autoptr(DailiesJob)  job = NULL;
  g_autofree char       *output = NULL;

  job = make_lacking (fixture, &output);
  fixture->fake->status = status;
  look_up (fixture, job);
  g_assert_true (dailies_job_lacks_clips (job));
  g_assert_nonnull (strstr (dailies_job_get_message (job), "Not all of its clips"));
}

/* The service names more than is fetched: that is said, and over a restart too. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(DailiesJob)  job = NULL;
  g_autofree char       *output = NULL;

  output = g_strdup_printf ("{\"videos\":[\"file:///etc/passwd\",\"%s/clip.mp4?b\"]}", fixture->fake->url);
  fixture->fake->output = output;
  fixture->fake->file_status = 503;
  job = studio_submit (fixture->studio);
  fixture_wait (dailies_job_get_state (job) == DAILIES_JOB_FETCHING && fixture->fake->n_files > 0);
  g_clear_object (&job);
  fixture->fake->file_status = 200;
  reopen (fixture);
  job = studio_get_job (fixture->studio);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "1 more address was not fetched"));
}

/* One that has no address yet does not keep back the one behind it, whose address may expire meanwhile. */
static void
test_one_is_late (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(DailiesJob)  job = NULL;
  g_autoptr(DailiesShot) shot = NULL;
  g_autofree char       *output = NULL;
  g_autofree char       *later = NULL;

  output = g_strdup_printf ("{\"videos\":[\"%s/none\",\"%s/clip.mp4?b\"]}", fixture->fake->url, fixture->fake->url);
  later = g_strdup_printf ("{\"videos\":[\"%s/clip.mp4?a\",\"%s/clip.mp4?b\"]}", fixture->fake->url, fixture->fake->url);
  fixture->fake->output = output;
  job = studio_submit (fixture->studio);
  shot = g_list_model_get_item (G_LIST_MODEL (dailies_studio_get_library (fixture->studio)), 0);
  fixture_wait (dailies_shot_get_n_cuts (shot) == 1 || dailies_job_state_is_ended (dailies_job_get_state (job)));
  g_assert_cmpstr (studio_word (job), ==, "fetching");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_shot_get_cuts (shot)), ==, 1);

  fixture->fake->output = later;
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (job)), ==, 2);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 2);
  g_assert_null (dailies_job_get_message (job));
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GPtrArray)   jobs = studio_submit_many (fixture->studio, "https://x.example/in.png", 4);
  g_autoptr(DailiesShot) shot = NULL;

  for (guint i = 0; i < jobs->len; i++)
    studio_wait_ended (g_ptr_array_index (jobs, i));
  g_assert_cmpuint (fixture->fake->n_posts, ==, 4);
  shot = g_list_model_get_item (G_LIST_MODEL (dailies_studio_get_library (fixture->studio)), 0);
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 4);
  g_assert_cmpstr (dailies_shot_get_title (shot), ==, "A cat/walks");
}

/* --- files of the artist --- */

static void
test_changed_file (Fixture       *fixture,
                   gconstpointer  data)
{
  gboolean                  vanish = GPOINTER_TO_INT (data);
  g_autofree char          *picture = media_make_image (fixture->fake->folder, "in.png", "png", 512, 512);
  g_autoptr(DailiesRequest) request = studio_make_request (fixture->studio, picture);
  DailiesQueue             *queue = dailies_studio_get_queue (fixture->studio);
  g_autoptr(GAsyncResult)   result = NULL;
  g_autoptr(GPtrArray)      jobs = NULL;
  g_autoptr(DailiesJob)     job = NULL;

  if (vanish)
    g_unlink (picture);
  else
    g_free (media_make_image (fixture->fake->folder, "in.png", "png", 600, 512));
  dailies_queue_submit_async (queue, request, "runcomfy", NULL, 1, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  jobs = dailies_queue_submit_finish (queue, result, NULL);
  job = g_object_ref (g_ptr_array_index (jobs, 0));
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "failed");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "in.png"));
  g_assert_cmpuint (fixture->fake->n_posts, ==, 0);
}

static void
test_local_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char      *picture = media_make_image (fixture->fake->folder, "in.png", "png", 512, 512);
  g_autoptr(GPtrArray)  jobs = studio_submit_many (fixture->studio, picture, 1);

  studio_wait_ended (g_ptr_array_index (jobs, 0));
  g_assert_cmpstr (studio_word (g_ptr_array_index (jobs, 0)), ==, "done");
}

static void
test_not_sendable (Fixture       *fixture,
                   gconstpointer  data)
{
  DailiesDefinition         *definition;
  g_autoptr(DailiesRequest)  request = NULL;
  g_autoptr(GAsyncResult)    result = NULL;
  g_autoptr(GError)          error = NULL;
  DailiesQueue              *queue = dailies_studio_get_queue (fixture->studio);

  definition = dailies_catalogue_lookup (dailies_studio_get_catalogue (fixture->studio), "kling/kling-video-o1/image-to-video", NULL);
  request = dailies_request_new (definition);
  dailies_queue_submit_async (queue, request, "runcomfy", NULL, 1, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_null (dailies_queue_submit_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_object (&result);

  dailies_queue_submit_async (queue, request, "unifically", NULL, 1, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_null (dailies_queue_submit_finish (queue, result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 0);
}

/* --- two processes --- */

static void
test_shared (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  static const char * const done[] = { "completed", NULL };
  DailiesStudio            *other = studio_open (fixture->path);
  g_autoptr(DailiesJob)     job = NULL;
  g_autoptr(DailiesJob)     seen = NULL;
  GListModel               *theirs = G_LIST_MODEL (dailies_studio_get_queue (other));
  gboolean                  mine;

  studio_resume (other);
  fixture->fake->words = forever;
  job = studio_submit (fixture->studio);
  fixture_wait (g_list_model_get_n_items (theirs) == 1);
  seen = g_list_model_get_item (theirs, 0);
  g_assert_cmpstr (dailies_job_get_id (seen), ==, dailies_job_get_id (job));
  g_object_get (seen, "mine", &mine, NULL);
  g_assert_false (mine);
  fixture_wait (g_strcmp0 (studio_word (seen), "queued") == 0);
  g_assert_cmpuint (dailies_queue_get_n_running (DAILIES_QUEUE (theirs)), ==, 1);

  /* The first one closes: the other takes the job over and ends it. */
  g_clear_object (&job);
  studio_close (fixture->studio);
  fixture->fake->words = done;
  studio_wait_ended (seen);
  g_assert_cmpstr (studio_word (seen), ==, "done");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_job_get_cuts (seen)), ==, 1);
  g_assert_cmpuint (fixture->fake->n_posts, ==, 1);
  fixture->studio = other;
}

static void
test_shared_cancel (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  DailiesStudio            *other = studio_open (fixture->path);
  g_autoptr(DailiesJob)     job = NULL;
  g_autoptr(DailiesJob)     seen = NULL;
  g_autoptr(GAsyncResult)   result = NULL;
  g_autoptr(GError)         error = NULL;
  GListModel               *theirs = G_LIST_MODEL (dailies_studio_get_queue (other));

  fixture->fake->words = forever;
  fixture->fake->outcome = GPOINTER_TO_INT (data) ? "cancelled" : "not_cancellable";
  job = studio_submit (fixture->studio);
  fixture_wait (g_list_model_get_n_items (theirs) == 1);
  seen = g_list_model_get_item (theirs, 0);
  fixture_wait (g_strcmp0 (studio_word (seen), "queued") == 0);
  dailies_queue_cancel_async (DAILIES_QUEUE (theirs), seen, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  if (GPOINTER_TO_INT (data))
    {
      g_assert_true (dailies_queue_cancel_finish (DAILIES_QUEUE (theirs), result, &error));
      g_assert_cmpstr (studio_word (seen), ==, "cancelled");
      g_assert_cmpstr (studio_word (job), ==, "cancelled");
    }
  else
    {
      g_assert_false (dailies_queue_cancel_finish (DAILIES_QUEUE (theirs), result, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_cmpstr (studio_word (job), ==, "queued");
    }
  g_assert_cmpuint (fixture->fake->n_cancels, ==, 1);

  g_clear_object (&result);
  g_clear_object (&seen);
  studio_close (other);
}

/* Looking takes nothing up; cancelling an orphan asks the service without sending or polling anything else. */
static void
test_load_only (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const forever[] = { "in_queue", NULL };
  DailiesQueue             *queue;
  g_autoptr(GPtrArray)      jobs = NULL;
  g_autoptr(DailiesJob)     first = NULL;
  g_autoptr(DailiesJob)     second = NULL;
  g_autoptr(GAsyncResult)   result = NULL;
  guint                     n_polls;

  fixture->fake->words = forever;
  jobs = studio_submit_many (fixture->studio, "https://x.example/in.png", 2);
  fixture_wait (fixture->fake->n_polls >= 4);
  g_clear_pointer (&jobs, g_ptr_array_unref);
  studio_close (fixture->studio);
  n_polls = fixture->fake->n_polls;

  fixture->studio = studio_open (fixture->path);
  queue = dailies_studio_get_queue (fixture->studio);
  dailies_queue_load_async (queue, NULL, fixture_result_cb, &result);
  fixture_wait (result != NULL);
  g_assert_true (dailies_queue_load_finish (queue, result, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  second = g_list_model_get_item (G_LIST_MODEL (queue), 1);
  g_assert_true (cancel (fixture, first, NULL));
  g_assert_cmpstr (studio_word (first), ==, "cancelled");
  g_assert_cmpstr (studio_word (second), ==, "queued");
  g_assert_cmpuint (fixture->fake->n_polls, ==, n_polls);
  g_assert_cmpuint (fixture->fake->n_cancels, ==, 1);
}

/* --- a full disk --- */

static void
fill (const char *path)
{
  static char  block[64 * 1024];
  FILE        *file = fopen (path, "w");

  while (fwrite (block, 1, sizeof block, file) == sizeof block && fflush (file) == 0)
    continue;
  fclose (file);
}

static void
test_full_disk (void)
{
  g_autofree char         *path = fixture_make_folder ();
  g_autofree char         *filler = g_build_filename (path, "filler", NULL);
  g_autoptr(DailiesJob)    job = NULL;
  static const char * const forever[] = { "in_queue", NULL };
  static const char * const done[] = { "completed", NULL };
  DailiesStudio           *studio;
  Fake                    *fake;
  gboolean                 waiting;

  if (mount ("dailies-test", path, "tmpfs", 0, "size=6m") != 0)
    {
      g_test_skip ("needs the right to mount a small disk");
      g_rmdir (path);
      return;
    }

  fake = fake_new ();
  g_setenv ("DAILIES_RUNCOMFY_URL", fake->url, TRUE);
  studio = studio_open (path);
  fake->words = forever;
  job = studio_submit (studio);
  fixture_wait (fake->n_polls > 0);
  fill (filler);
  fake->words = done;
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_object_get (job, "waiting", &waiting, NULL);
  g_test_message ("%s: %s", studio_word (job), dailies_job_get_message (job));
  g_assert_true (waiting);

  /* Some room for the database, none for the clip: the sentence names what is needed and what is free. */
  g_assert_cmpint (truncate (filler, 5 * 1024 * 1024), ==, 0);
  fixture_wait (dailies_job_get_state (job) == DAILIES_JOB_FETCHING && dailies_job_get_message (job) != NULL
                && strstr (dailies_job_get_message (job), "needs") != NULL);
  g_test_message ("%s: %s", studio_word (job), dailies_job_get_message (job));
  g_object_get (job, "waiting", &waiting, NULL);
  g_assert_true (waiting);
  g_unlink (filler);
  dailies_queue_nudge (dailies_studio_get_queue (studio), job);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpuint (fake->n_posts, ==, 1);

  g_clear_object (&job);
  studio_close (studio);
  fake_free (fake);
  g_assert_cmpint (umount (path), ==, 0);
  g_rmdir (path);
}

/* The disk fills between the POST and its answer: the id of what was paid is said, kept and written as soon as it can be. */
static void
test_full_disk_accepted (void)
{
  g_autofree char         *path = fixture_make_folder ();
  g_autofree char         *filler = g_build_filename (path, "filler", NULL);
  g_autoptr(DailiesJob)    job = NULL;
  DailiesStudio           *studio;
  Fake                    *fake;
  gboolean                 waiting;

  if (mount ("dailies-test", path, "tmpfs", 0, "size=6m") != 0)
    {
      g_test_skip ("needs the right to mount a small disk");
      g_rmdir (path);
      return;
    }

  fake = fake_new ();
  g_setenv ("DAILIES_RUNCOMFY_URL", fake->url, TRUE);
  studio = studio_open (path);
  fake->post = POST_HOLD;
  job = studio_submit (studio);
  fixture_wait (fake->held != NULL);
  fill (filler);
  fake_release (fake);
  fixture_wait (dailies_job_get_message (job) != NULL);
  g_test_message ("%s", dailies_job_get_message (job));
  g_assert_cmpstr (studio_word (job), ==, "submitting");
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  g_assert_nonnull (strstr (dailies_job_get_message (job), "under the id remote-1"));
  g_assert_nonnull (strstr (dailies_job_get_message (job), "is full"));
  g_object_get (job, "waiting", &waiting, NULL);
  g_assert_true (waiting);

  g_unlink (filler);
  studio_wait_ended (job);
  g_assert_cmpstr (studio_word (job), ==, "done");
  g_assert_cmpstr (dailies_job_get_remote_id (job), ==, "remote-1");
  g_assert_cmpuint (fake->n_posts, ==, 1);

  g_clear_object (&job);
  studio_close (studio);
  fake_free (fake);
  g_assert_cmpint (umount (path), ==, 0);
  g_rmdir (path);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const bad[] = { "html", "empty", "garbage", "file" };

  g_setenv ("RUNCOMFY_API_TOKEN", "token", TRUE);
  g_setenv ("DAILIES_POLL_SECONDS", "0.02", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/queue/life", NULL, test_life);
  for (gsize i = 0; i < G_N_ELEMENTS (post_cases); i++)
    {
      g_autofree char *name = g_strconcat ("/queue/post/", post_cases[i].name, NULL);

      ADD (name, &post_cases[i], test_post);
    }
  ADD ("/queue/look-up", NULL, test_look_up);
  ADD ("/queue/submit-again", NULL, test_submit_again);
  ADD ("/queue/forget", NULL, test_forget);
  ADD ("/queue/unreachable", NULL, test_unreachable);
  ADD ("/queue/slow-down/once", NULL, test_slow_down);
  ADD ("/queue/slow-down/restart", NULL, test_slow_down_restart);
  ADD ("/queue/slow-down/pause", NULL, test_slow_down_pause);
  ADD ("/queue/slow-down/all", NULL, test_slow_down_all);
  ADD ("/queue/new-token", NULL, test_new_token);
  ADD ("/queue/healthy", NULL, test_healthy);

  ADD ("/queue/restart/queued", NULL, test_restart_queued);
  ADD ("/queue/restart/posting", NULL, test_stop_posting);
  ADD ("/queue/killed/submitting", NULL, test_killed_submitting);
  ADD ("/queue/killed/look-up", NULL, test_killed_look_up);
  ADD ("/queue/killed/preparing", NULL, test_killed_preparing);
  ADD ("/queue/killed/landed", NULL, test_killed_landed);
  ADD ("/queue/poll/500", GUINT_TO_POINTER (500), test_poll_faults);
  ADD ("/queue/poll/401", GUINT_TO_POINTER (401), test_poll_faults);
  ADD ("/queue/poll/402", GUINT_TO_POINTER (402), test_poll_faults);
  ADD ("/queue/poll/429", GUINT_TO_POINTER (429), test_poll_faults);
  ADD ("/queue/poll/422", GUINT_TO_POINTER (422), test_poll_faults);
  ADD ("/queue/poll/404", GUINT_TO_POINTER (404), test_poll_faults);
  ADD ("/queue/strange-word", NULL, test_strange_word);
  ADD ("/queue/failed-result", NULL, test_failed_result);
  ADD ("/queue/cancel/preparing", NULL, test_cancel_preparing);
  ADD ("/queue/cancel/posting", NULL, test_cancel_posting);
  ADD ("/queue/cancel/queued", NULL, test_cancel_queued);
  ADD ("/queue/cancel/running", NULL, test_cancel_running);
  ADD ("/queue/cancel/unclear", NULL, test_cancel_unclear);
  ADD ("/queue/cancel/given-up", NULL, test_cancel_given_up);
  ADD ("/queue/cancel/fetching", NULL, test_cancel_fetching);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strconcat ("/queue/bad-clip/", bad[i], NULL);

      ADD (name, bad[i], test_bad_clip);
    }
  ADD ("/queue/fetch/cut", NULL, test_cut_line);
  ADD ("/queue/fetch/cut-and-restart", NULL, test_cut_and_restart);
  ADD ("/queue/poll/not-yet-known", NULL, test_not_yet_known);
  ADD ("/queue/fetch/expired", NULL, test_expired);
  ADD ("/queue/fetch/late", NULL, test_late);
  ADD ("/queue/fetch/repaired", NULL, test_repaired);
  ADD ("/queue/fetch/wrong-length", NULL, test_wrong_length);
  ADD ("/queue/fetch/always-cut", NULL, test_always_cut);
  ADD ("/queue/fetch/several", NULL, test_several);
  ADD ("/queue/lacking/looked-up", NULL, test_lacking);
  ADD ("/queue/lacking/404", GUINT_TO_POINTER (404), test_lacking_forgotten);
  ADD ("/queue/lacking/422", GUINT_TO_POINTER (422), test_lacking_forgotten);
  ADD ("/queue/fetch/left-out", NULL, test_left_out);
  ADD ("/queue/fetch/one-is-late", NULL, test_one_is_late);
  ADD ("/queue/many", NULL, test_many);
  ADD ("/queue/file/changed", GINT_TO_POINTER (FALSE), test_changed_file);
  ADD ("/queue/file/vanished", GINT_TO_POINTER (TRUE), test_changed_file);
  ADD ("/queue/file/local", NULL, test_local_file);
  ADD ("/queue/not-sendable", NULL, test_not_sendable);
  ADD ("/queue/shared/take-over", NULL, test_shared);
  ADD ("/queue/shared/cancel", GINT_TO_POINTER (TRUE), test_shared_cancel);
  ADD ("/queue/shared/cancel-refused", GINT_TO_POINTER (FALSE), test_shared_cancel);
  ADD ("/queue/load-only", NULL, test_load_only);
  g_test_add_func ("/queue/full-disk/clip", test_full_disk);
  g_test_add_func ("/queue/full-disk/accepted", test_full_disk_accepted);
  return g_test_run ();
}
