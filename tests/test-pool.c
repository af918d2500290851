/* test-pool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"
#include "dailies-pool.h"

#define DEADLINE_SECONDS 30

typedef struct
{
  GThread *main_thread;
  GMutex   mutex;
  GCond    cond;
  guint    n_inside;
  guint    n_most;
  guint    n_done;
  guint    n_freed;
  gboolean closed;
} Fixture;

static void
setup (Fixture      *fixture,
       gconstpointer data)
{
  fixture->main_thread = g_thread_self ();
  g_mutex_init (&fixture->mutex);
  g_cond_init (&fixture->cond);
}

static void
teardown (Fixture      *fixture,
          gconstpointer data)
{
  g_mutex_clear (&fixture->mutex);
  g_cond_clear (&fixture->cond);
}

static void
wait_for (const guint *number,
          guint        wanted)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (*number < wanted)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
freed_cb (gpointer data)
{
  Fixture *fixture = data;

  /* What the work holds may be an object of the user interface. */
  g_assert_true (g_thread_self () == fixture->main_thread);
  fixture->n_freed++;
}

static gpointer
work_at_gate (gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () != fixture->main_thread);
  g_mutex_lock (&fixture->mutex);
  fixture->n_inside++;
  fixture->n_most = MAX (fixture->n_most, fixture->n_inside);
  g_cond_broadcast (&fixture->cond);
  while (fixture->closed)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  fixture->n_inside--;
  g_mutex_unlock (&fixture->mutex);

  return g_strdup ("done");
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *word = dailies_pool_run_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (word, ==, "done");
  g_assert_true (g_thread_self () == fixture->main_thread);
  fixture->n_done++;
}

static void
test_two_at_a_time (Fixture      *fixture,
                    gconstpointer data)
{
  fixture->closed = TRUE;
  for (guint i = 0; i < 8; i++)
    dailies_pool_run_async (work_at_gate, fixture, freed_cb, g_free, NULL, done_cb, fixture);

  g_mutex_lock (&fixture->mutex);
  while (fixture->n_inside < 2)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  fixture->closed = FALSE;
  g_cond_broadcast (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);

  wait_for (&fixture->n_done, 8);
  wait_for (&fixture->n_freed, 8);
  g_assert_cmpuint (fixture->n_most, ==, 2);
}

static gpointer
work_that_fails (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_DISK, "no room");
  return NULL;
}

static void
failed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (dailies_pool_run_finish (result, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK);
  fixture->n_done++;
}

static void
test_failure (Fixture      *fixture,
              gconstpointer data)
{
  dailies_pool_run_async (work_that_fails, fixture, freed_cb, NULL, NULL, failed_cb, fixture);
  wait_for (&fixture->n_done, 1);
  wait_for (&fixture->n_freed, 1);
}

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (dailies_pool_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture->n_done++;
}

static gpointer
work_never_called (gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_assert_not_reached ();
}

/* Cancelled before it began: it never begins. Cancelled in the middle: its result is freed, not lost. */
static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) middle = g_cancellable_new ();

  g_cancellable_cancel (before);
  dailies_pool_run_async (work_never_called, fixture, freed_cb, g_free, before, cancelled_cb, fixture);
  wait_for (&fixture->n_done, 1);

  fixture->closed = TRUE;
  dailies_pool_run_async (work_at_gate, fixture, freed_cb, g_free, middle, cancelled_cb, fixture);
  g_mutex_lock (&fixture->mutex);
  while (fixture->n_inside < 1)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_cancellable_cancel (middle);
  fixture->closed = FALSE;
  g_cond_broadcast (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);
  wait_for (&fixture->n_done, 2);
  wait_for (&fixture->n_freed, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pool/two-at-a-time", Fixture, NULL, setup, test_two_at_a_time, teardown);
  g_test_add ("/pool/failure", Fixture, NULL, setup, test_failure, teardown);
  g_test_add ("/pool/cancelled", Fixture, NULL, setup, test_cancelled, teardown);
  return g_test_run ();
}
