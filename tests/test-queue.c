/* test-queue.c: a job's whole life, on a service with every bad habit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

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
  g_assert_cmpuint (dailies_shot_get_n_cuts (shot), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("RUNCOMFY_API_TOKEN", "token", TRUE);
  g_setenv ("DAILIES_POLL_SECONDS", "0.02", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/queue/life", test_life);
  (void) reopen;
  return g_test_run ();
}
