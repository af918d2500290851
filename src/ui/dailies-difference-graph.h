/* dailies-difference-graph.h: how much two clips differ, drawn below the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-difference.h"
#include "dailies-timeline.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_DIFFERENCE_GRAPH (dailies_difference_graph_get_type ())
/* As wide as the timeline; invisible without a difference. Signals: "scrub" (self, int64 ns in the reel's time);
 * "hold" (self, boolean): the pointer took hold of it, or let go. */
G_DECLARE_FINAL_TYPE (DailiesDifferenceGraph, dailies_difference_graph, DAILIES, DIFFERENCE_GRAPH, GtkWidget)

GtkWidget *dailies_difference_graph_new            (DailiesTimeline        *timeline);
/* @difference: (nullable) */
void       dailies_difference_graph_set_difference (DailiesDifferenceGraph *self,
                                                    DailiesDifference      *difference);

G_END_DECLS
