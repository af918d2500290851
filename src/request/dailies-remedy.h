/* dailies-remedy.h: what would have to be made of a file for a field to take it
 *
 * Plain arithmetic; any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-media-check.h"
#include "dailies-prepare.h"

G_BEGIN_DECLS

/**
 * DailiesClipPlan: what is to become of a clip, beside a part of it
 * @width: pixels, even; where they are those of the clip its pictures keep their size
 * @height: likewise
 * @least_side: what its shorter side has to have at least, where it has to become smaller for its bytes
 * @fps: frames a second; 0 as many as it has
 * @min_seconds: how long it has to be at least; 0 where that does not matter
 * @max_seconds: likewise at most; infinite where that does not matter
 * @sure_seconds: how long it may be for the service to take it for sure; infinite where all are the same
 * @aim_bytes: of the new file, if it can be; -1 any number
 * @most_bytes: of the new file; -1 any number
 */
typedef struct
{
  int     width, height;
  int     least_side;
  double  fps;
  double  min_seconds, max_seconds, sure_seconds;
  goffset aim_bytes, most_bytes;
} DailiesClipPlan;

/* Returns: (transfer full) (nullable): %NULL where nothing that could be made of it would do */
DailiesPicturePlan *dailies_remedy_plan_picture (const DailiesMediaLimits *limits,
                                                 const DailiesMeasures    *measures);
/* @plan: (out). Returns: %FALSE where nothing that could be made of it would do */
gboolean            dailies_remedy_plan_clip    (const DailiesMediaLimits *limits,
                                                 const DailiesMeasures    *measures,
                                                 DailiesClipPlan          *plan);
/* The nearest size that a movie can have. */
int                 dailies_remedy_make_even    (double                    pixels);
/* Whether there is a plan at all. */
gboolean            dailies_remedy_is_there     (const DailiesMediaLimits *limits,
                                                 const DailiesMeasures    *measures);

G_END_DECLS
