/* dailies-timeline.h: where the clip is, to be taken hold of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Frames that an arrow key steps by with Shift. */
#define DAILIES_TIMELINE_LEAP 10

#define DAILIES_TYPE_TIMELINE (dailies_timeline_get_type ())
/* Runs from left to right in every language: it is media.
 * Properties: "position" (int64 ns), "duration" (int64 ns), "looping" (boolean), "fps" (double, 0 not known);
 * "range-in", "range-out" (int64 ns, -1 none): the range that is played, whose ends can be dragged.
 * Signals: "scrub" (self, int64 ns): go there; "step" (self, int frames); "hold" (self, boolean): the pointer took hold of
 * the timeline, or let go. It never moves by itself: it shows "position". */
G_DECLARE_FINAL_TYPE (DailiesTimeline, dailies_timeline, DAILIES, TIMELINE, GtkWidget)

GtkWidget *dailies_timeline_new (void);
/* For what lies along it and is as wide: where a time is, and what time is at a place. */
double     dailies_timeline_get_x    (DailiesTimeline *self,
                                      gint64           time);
gint64     dailies_timeline_get_time (DailiesTimeline *self,
                                      double           x);

G_END_DECLS
