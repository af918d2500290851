/* dailies-difference.h: how much two clips differ, frame by frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_DIFFERENCE (dailies_difference_get_type ())
/* Measured in the background; what is known so far can be drawn at any time. Dropping it stops the work.
 * Signal "changed" (self): more is known, or the slip is another. Main context only. */
G_DECLARE_FINAL_TYPE (DailiesDifference, dailies_difference, DAILIES, DIFFERENCE, GObject)

/**
 * DailiesDifferencePoint:
 * @time: ns in the reel's time, where a frame of the first clip begins
 * @value: mean absolute difference of brightness, 0 (same) to 1 (black against white)
 */
typedef struct
{
  gint64 time;
  double value;
} DailiesDifferencePoint;

/* Compares by time: the frame of @b that is on the stage beside a frame of @a. Both are squeezed into the same shape. */
DailiesDifference *dailies_difference_new          (GFile             *a,
                                                    GFile             *b);
/* ns that the clips show later material than the reel's time says: slip in frames over frames per second. */
void               dailies_difference_set_slip     (DailiesDifference *self,
                                                    gint64             a,
                                                    gint64             b);
/* (transfer none) (element-type DailiesDifferencePoint): in order; valid until "changed" */
GArray            *dailies_difference_get_points   (DailiesDifference *self);
/* All of it is known, or as much as ever will be. */
gboolean           dailies_difference_is_complete  (DailiesDifference *self);
/* (nullable): why not all of it could be measured */
const GError      *dailies_difference_get_error    (DailiesDifference *self);
/* Where they differ most; -1 where nothing is known or they never differ. @value: (out) (optional) */
gint64             dailies_difference_get_largest  (DailiesDifference *self,
                                                    double            *value);
/* The next place behind (@forward) or before @time where they part: where the curve has risen to a peak that stands out. Goes on at the
 * other end; -1 where there is none at all. */
gint64             dailies_difference_find_parting (DailiesDifference *self,
                                                    gint64             time,
                                                    gboolean           forward);

G_END_DECLS
