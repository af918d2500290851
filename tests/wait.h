/* wait.h: until something has happened, without sleeping and without keeping a processor busy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

static inline gboolean
fixture_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* µs of the monotonic clock. A program full of sanitizers takes several times as long. */
static inline gint64
fixture_deadline (int seconds)
{
  return g_get_monotonic_time () + (g_getenv ("DAILIES_TEST_DEADLINE") != NULL ? 4 : 1) * seconds * G_USEC_PER_SEC;
}

/* µs: so much later than it happened a test may see something. */
static inline gint64
fixture_late (void)
{
  return (g_getenv ("DAILIES_TEST_DEADLINE") != NULL ? 400 : 40) * G_TIME_SPAN_MILLISECOND;
}

/* Turns the main loop until @condition holds; a test that waits in vain fails after @seconds. */
#define fixture_wait_seconds(condition, seconds)                                     \
  G_STMT_START                                                                       \
    {                                                                                \
      gint64 deadline_ = fixture_deadline (seconds);                                 \
      guint  tick_ = g_timeout_add (20, fixture_tick_cb, NULL);                      \
      while (!(condition))                                                           \
        {                                                                            \
          if (g_get_monotonic_time () > deadline_)                                   \
            g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
          g_main_context_iteration (NULL, TRUE);                                     \
        }                                                                            \
      g_source_remove (tick_);                                                       \
    }                                                                                \
  G_STMT_END
#define fixture_wait(condition) fixture_wait_seconds (condition, 20)
