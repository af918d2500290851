/* dailies-request-history.h: what a request was before, step by step
 *
 * For Undo in the form. Whoever shows a request notes it whenever the artist has come to a stand; what was dropped, typed and set
 * in between is one step. Steps share their assets with the request. Main thread only. No errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

typedef struct _DailiesRequestHistory DailiesRequestHistory;

/* @request: as it is at the beginning; not kept. @variations: how many cuts are wanted of it */
DailiesRequestHistory *dailies_request_history_new      (DailiesRequest        *request,
                                                         guint                  variations);
void                   dailies_request_history_free     (DailiesRequestHistory *self);
/* Makes a step of what has changed since the last time; nothing where nothing has. A new step forgets those that were undone.
 *
 * Returns: whether there was something */
gboolean               dailies_request_history_note     (DailiesRequestHistory *self,
                                                         DailiesRequest        *request,
                                                         guint                  variations);
/* They were used up, and are asked for anew: no step brings back what they were. */
void                   dailies_request_history_set_variations (DailiesRequestHistory *self,
                                                               guint                  variations);
gboolean               dailies_request_history_can_undo (DailiesRequestHistory *self);
gboolean               dailies_request_history_can_redo (DailiesRequestHistory *self);
/* Returns: µs on the monotonic clock, when the step was noted that would be undone; 0 for none */
gint64                 dailies_request_history_get_time (DailiesRequestHistory *self);
/* Makes @request what it was before the last step. Note first. @variations: (out): as they were then
 * Returns: %FALSE where there is no step */
gboolean               dailies_request_history_undo     (DailiesRequestHistory *self,
                                                         DailiesRequest        *request,
                                                         guint                 *variations);
/* What it was before the last undo. Returns: %FALSE where there was none */
gboolean               dailies_request_history_redo     (DailiesRequestHistory *self,
                                                         DailiesRequest        *request,
                                                         guint                 *variations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesRequestHistory, dailies_request_history_free)

G_END_DECLS
