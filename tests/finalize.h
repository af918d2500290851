/* finalize.h: the end of an object that gave work to a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "wait.h"

/* g_task_run_in_thread() lets go of the task, and with it of the object, on its own thread, after the callback was called here.
 * Takes @object. */
static inline void
assert_finalize_when_threads_let_go (gpointer object)
{
  fixture_wait (g_atomic_int_get (&G_OBJECT (object)->ref_count) <= 1);
  g_assert_finalize_object (G_OBJECT (object));
}
