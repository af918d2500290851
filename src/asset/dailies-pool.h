/* dailies-pool.h: two threads for everything that reads, hashes, probes or decodes files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DailiesPoolFunc:
 * @data: what was given to dailies_pool_run_async(); nobody else touches it while this runs
 * @cancellable: (nullable): to be looked at between steps
 * @error: where to say what went wrong
 *
 * Runs on a thread of the pool and may block. Two at most run at the same time, in the order in which they
 * were asked for.
 *
 * Returns: (transfer full) (nullable): the result; ignored where @error is set
 */
typedef gpointer (*DailiesPoolFunc) (gpointer      data,
                                     GCancellable *cancellable,
                                     GError      **error);

/**
 * dailies_pool_run_async:
 * @func: the work
 * @data: (transfer full) (nullable): its input
 * @data_free: (nullable): how to free @data
 * @result_free: (nullable): how to free a result that nobody takes
 * @cancellable: (nullable)
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Two threads are enough to keep a disk and a decoder busy, and few enough to leave the machine to the player.
 * Everything the work holds is freed in the caller's context, never on a thread of the pool.
 */
void     dailies_pool_run_async  (DailiesPoolFunc       func,
                                  gpointer              data,
                                  GDestroyNotify        data_free,
                                  GDestroyNotify        result_free,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);

/**
 * dailies_pool_run_finish:
 * @result: the result given to the callback
 * @error: what @func reported, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what @func returned
 */
gpointer dailies_pool_run_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
