/* dailies-shrink-axis.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-shrink-axis.h"

#include <math.h>

/* What lies beyond the border is the border's pixel once more. */
typedef struct
{
  double from; /* in source pixels; pixel k reaches from k to k + 1 */
  double to;
} Reach;

static Reach
get_reach (int i, double step, double shift)
{
  double middle = (i + 0.5) * step + shift;

  /* Straight lines between the middles of pixels are what a box of one pixel cuts out of them. */
  return (Reach){ middle - MAX (step, 1) / 2, middle + MAX (step, 1) / 2 };
}

static int
first_of (const Reach *reach, int n_source)
{
  return CLAMP ((int) floor (reach->from + 1e-9), 0, n_source - 1);
}

static int
last_of (const Reach *reach, int n_source)
{
  return CLAMP ((int) ceil (reach->to - 1e-9) - 1, first_of (reach, n_source), n_source - 1);
}

/* Share of the reach that lies left of the right edge of pixel @k: whole pixels add up without a
 * rest. */
static double
share_until (const Reach *reach, int k, int last)
{
  if (k >= last)
    return 1;

  return CLAMP ((k + 1 - reach->from) / (reach->to - reach->from), 0, 1);
}

static void
weigh (DailiesShrinkAxis *self, int i, const Reach *reach, int n_source, guint unity)
{
  int      last = last_of (reach, n_source);
  guint16 *weights = self->weights + (gsize) i * self->n_taps;
  guint    before = 0;

  self->starts[i] = first_of (reach, n_source);
  for (int k = self->starts[i]; k <= last; k++)
    {
      guint until = (guint) (share_until (reach, k, last) * unity + 0.5);

      weights[k - self->starts[i]] = until - before;
      before = until;
    }
}

void
dailies_shrink_axis_init (DailiesShrinkAxis *self,
                          int                n_source,
                          int                n,
                          double             step,
                          double             shift,
                          guint              unity,
                          int                pad)
{
  self->n = n;
  self->n_taps = 1;
  for (int i = 0; i < n; i++)
    {
      Reach reach = get_reach (i, step, shift);

      self->n_taps =
        MAX (self->n_taps, last_of (&reach, n_source) - first_of (&reach, n_source) + 1);
    }
  self->n_taps = (self->n_taps + pad - 1) / pad * pad;
  self->starts = g_new (int, n);
  self->weights = g_new0 (guint16, (gsize) n * self->n_taps);
  for (int i = 0; i < n; i++)
    {
      Reach reach = get_reach (i, step, shift);

      weigh (self, i, &reach, n_source, unity);
    }

  self->halves = n_source == 2 * n && step == 2 && shift == 0;
  self->same = n_source == n && step == 1 && shift >= 0 && shift < 1;
  self->fraction = self->same ? (guint16) (shift * 256 + 0.5) : 0;
}

void
dailies_shrink_axis_clear (DailiesShrinkAxis *self)
{
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->weights, g_free);
}
