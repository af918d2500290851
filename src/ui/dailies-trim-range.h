/* dailies-trim-range.h: which frames of a clip are kept, within what a field takes
 *
 * Plain arithmetic.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DailiesTrimRange:
 * @n_frames: of the clip, at least 1
 * @fewest: that are kept, at least 1
 * @most: likewise, at least @fewest
 * @in: number of the first frame that is kept
 * @out: and of the last
 */
typedef struct
{
  int n_frames;
  int fewest;
  int most;
  int in;
  int out;
} DailiesTrimRange;

/* The longest range from the beginning on. A field that asks for more than there is gets all. */
void   dailies_trim_range_init        (DailiesTrimRange *self,
                                       int               n_frames,
                                       double            fps,
                                       double            min_seconds,
                                       double            max_seconds);
/* Whichever end is set goes where it is told to, as far as there are frames; the other one follows where the range would become
 * too short or too long. */
void   dailies_trim_range_set_in      (DailiesTrimRange *self,
                                       int               frame);
void   dailies_trim_range_set_out     (DailiesTrimRange *self,
                                       int               frame);
/* All of it, as long as it is, so that it begins at @frame. */
void   dailies_trim_range_move        (DailiesTrimRange *self,
                                       int               frame);
int    dailies_trim_range_get_length  (const DailiesTrimRange *self); /* frames */
/* Whether some of the clip is left out. */
gboolean dailies_trim_range_is_part   (const DailiesTrimRange *self);

G_END_DECLS
