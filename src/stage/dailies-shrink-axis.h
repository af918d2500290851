/* dailies-shrink-axis.h: which pixels of a row make which pixel of a smaller row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int      n;        /* pixels made */
  int      n_taps;   /* weights per pixel */
  int     *starts;   /* @n first source pixels; start + n_taps may pass the source's end, with weight 0 */
  guint16 *weights;  /* @n × @n_taps; those of one pixel add up to the unity asked for */
  gboolean halves;   /* each pixel is the plain mean of two, without rest */
  gboolean same;     /* one pixel for one; what a neighbour gives is @fraction of 256 everywhere */
  guint16  fraction;
} DailiesShrinkAxis;

/* @step: source pixels per pixel made; @shift: in source pixels, to the right; @pad: n_taps becomes a multiple of it.
 * A step above 1 takes the mean of the area, one below 1 goes from pixel to pixel in straight lines. */
void dailies_shrink_axis_init  (DailiesShrinkAxis *self,
                                int                n_source,
                                int                n,
                                double             step,
                                double             shift,
                                guint              unity,
                                int                pad);
void dailies_shrink_axis_clear (DailiesShrinkAxis *self);

G_END_DECLS
