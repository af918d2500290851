/* dailies-queue.h: takes every job through its life, journal first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_QUEUE (dailies_queue_get_type ())
/* A GListModel of #DailiesJob, oldest first: all that have not ended, all of this run, and those that ended otherwise
 * than done until they are forgotten. Signals: "ended" (self, job): once, in the process that ended it.
 * Property "n-running". Main context only. */
G_DECLARE_FINAL_TYPE (DailiesQueue, dailies_queue, DAILIES, QUEUE, GObject)

DailiesQueue *dailies_queue_new              (DailiesLibrary       *library,
                                              DailiesCatalogue     *catalogue,
                                              DailiesServices      *services,
                                              DailiesTransport     *transport);
guint         dailies_queue_get_n_running    (DailiesQueue         *self);

/* Reads the journal into the list and takes up nothing, so that looking at jobs, cancelling or forgetting one and the
 * ways out of unknown (dailies-cli jobs, cancel, lookup, again, forget) neither send nor poll anything for the others.
 * Those calls then hold the lease of that one job for as long as they need it. */
void          dailies_queue_load_async       (DailiesQueue         *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_load_finish      (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* For what is no longer on the list: the jobs whose id begins with @beginning, two at most.
 * Returns: (transfer full) (element-type DailiesJob) */
void          dailies_queue_find_async       (DailiesQueue         *self,
                                              const char           *beginning,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray    *dailies_queue_find_finish      (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Reads the journal and takes up every job nobody holds; also called after a start. */
void          dailies_queue_resume_async     (DailiesQueue         *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_resume_finish    (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* What one Generate asks for, as it was on the form at that moment. */
typedef struct _DailiesOrder DailiesOrder;

/* Takes down @request as it is now, for @service_id: whatever changes afterwards is not part of the order.
 * Returns: (transfer full) (nullable): %NULL and DAILIES_ERROR_INVALID with a sentence where it cannot be sent */
DailiesOrder *dailies_queue_take_order       (DailiesQueue         *self,
                                              DailiesRequest       *request,
                                              const char           *service_id,
                                              GError              **error);
void          dailies_order_free             (DailiesOrder         *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesOrder, dailies_order_free)

/* Writes @count jobs for the order and starts them. dailies_queue_submit_finish() ends this as well.
 * @order: (transfer full)
 * @shot: (nullable): a new one is made. */
void          dailies_queue_place_async      (DailiesQueue         *self,
                                              DailiesOrder         *order,
                                              DailiesShot          *shot,
                                              guint                 count,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);

/* Writes @count jobs for the request as it is now and starts them. The request may change at once afterwards.
 * @shot: (nullable): a new one is made.
 * Returns: (transfer full) (element-type DailiesJob): on disk, on their way */
void          dailies_queue_submit_async     (DailiesQueue         *self,
                                              DailiesRequest       *request,
                                              const char           *service_id,
                                              DailiesShot          *shot,
                                              guint                 count,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray    *dailies_queue_submit_finish    (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Before the POST leaves: certain. After: asks the service; NOT_POSSIBLE is an error with a sentence and the job goes on. */
void          dailies_queue_cancel_async     (DailiesQueue         *self,
                                              DailiesJob           *job,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_cancel_finish    (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* The three ways out of UNKNOWN. @remote_id as the artist pasted it. */
void          dailies_queue_look_up_async    (DailiesQueue         *self,
                                              DailiesJob           *job,
                                              const char           *remote_id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_look_up_finish   (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* A new job from the same request; the old one is ended as failed and says which job followed. Also for failed,
 * refused and cancelled jobs, where it is simply "Try again". May be paid twice where the outcome is unknown: ask first.
 * Returns: (transfer full) */
void          dailies_queue_submit_again_async (DailiesQueue       *self,
                                              DailiesJob           *job,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
DailiesJob   *dailies_queue_submit_again_finish (DailiesQueue      *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Takes an ended job off the list for good (it stays in the database). */
void          dailies_queue_forget_async     (DailiesQueue         *self,
                                              DailiesJob           *job,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_forget_finish    (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Try now instead of at the next turn (a full disk has room again, the network is back). */
void          dailies_queue_nudge            (DailiesQueue         *self,
                                              DailiesJob           *job);
/* Stops all work without changing any job: they are taken up again at the next start. */
void          dailies_queue_stop_async       (DailiesQueue         *self,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      dailies_queue_stop_finish      (DailiesQueue         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
