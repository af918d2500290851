/* finalize.h: the end of an object that gave work to a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

/* g_task_run_in_thread() lets go of the task, and with it of the object, on its own thread, after the callback was called here.
 * Takes @object. */
static inline void
assert_finalize_when_threads_let_go (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&G_OBJECT (object)->ref_count) > 1)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_finalize_object (G_OBJECT (object));
}
