/* dailies-scheduler.h: whose turn it is: one clock for everything that is tried again later
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * dailies_schedule_delay:
 * @first: milliseconds of the first pause
 * @age: milliseconds that it has been going on
 * @jitter: 0–1, drawn by the caller
 *
 * A tenth of the age, from @first up to 30 s, give or take a fifth: what was started together does not stay together.
 *
 * Returns: milliseconds to the next look
 */
guint             dailies_schedule_delay    (guint             first,
                                             gint64            age,
                                             double            jitter);

#define DAILIES_TYPE_SCHEDULER (dailies_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (DailiesScheduler, dailies_scheduler, DAILIES, SCHEDULER, GObject)

/* @first: milliseconds of the first pause between two looks; 0 is DAILIES_POLL_SECONDS, else 2 s. */
DailiesScheduler *dailies_scheduler_new     (guint             first);
/* dailies_schedule_delay() with this scheduler's first pause and a drawn jitter; @since: µs since the epoch */
guint             dailies_scheduler_get_delay (DailiesScheduler *self,
                                             gint64            since);
/* Calls @func once, after @delay milliseconds or when the lane is free again. @lane: (nullable): those of one lane, one
 * service's, are spread and can be held. Returns: a number for dailies_scheduler_remove(), never 0 */
guint             dailies_scheduler_add     (DailiesScheduler *self,
                                             const char       *lane,
                                             guint             delay,
                                             GSourceOnceFunc   func,
                                             gpointer          data);
/* @id: 0 is none */
void              dailies_scheduler_remove  (DailiesScheduler *self,
                                             guint             id);
/* Nobody of @lane has a turn for @delay milliseconds: the service asked to slow down. */
void              dailies_scheduler_hold    (DailiesScheduler *self,
                                             const char       *lane,
                                             guint             delay);
/* Milliseconds until @lane has a turn again; 0 for at once. */
guint             dailies_scheduler_get_hold (DailiesScheduler *self,
                                             const char       *lane);

G_END_DECLS
