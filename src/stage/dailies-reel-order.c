/* dailies-reel-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-order.h"

/* So long it may be behind the clock, in ns, before it hurries … */
#define PATIENCE (400 * (gint64) GST_MSECOND)
/* … and so long everything must have been in time, before it no longer does. */
#define CALM ((gint64) GST_SECOND)

/* Something else is shown from now on than what would follow. */
void
dailies_reel_order_begin (DailiesReelOrder *self)
{
  self->moment = -1;
  self->offered = self->unseen = FALSE;
  self->held_since = 0;
}

/**
 * dailies_reel_order_choose:
 * @newest: the moment that the clock means
 * @next: the last one that leaves out no frame of those behind what was taken
 * @when: ns, monotonic
 *
 * Returns: the moment to be shown
 */
gint64
dailies_reel_order_choose (DailiesReelOrder *self,
                           gint64            newest,
                           gint64            next,
                           gint64            when)
{
  if (!self->told)
    return newest;

  if (next >= newest)
    {
      self->held_since = 0;
      if (when - self->held_last > CALM)
        self->hurries = FALSE;
      return newest;
    }

  if (self->held_since == 0)
    self->held_since = when;
  self->held_last = when;
  if (when - self->held_since > PATIENCE)
    self->hurries = TRUE;

  return self->hurries ? newest : next;
}

/* Where what is shown is not taken by who knows the moment. */
void
dailies_reel_order_offer (DailiesReelOrder *self)
{
  self->offered = TRUE;
}

/* @changed: whether that is another picture than the one before */
void
dailies_reel_order_take (DailiesReelOrder *self,
                         gint64            moment,
                         gboolean          changed)
{
  self->moment = moment;
  self->offered = FALSE;
  self->unseen |= changed;
}

/* Returns: whether there is something that the screen has not shown yet */
gboolean
dailies_reel_order_waits (const DailiesReelOrder *self)
{
  return self->offered || self->unseen;
}

/* What was taken is on the screen. Returns: whether more waits to be taken */
gboolean
dailies_reel_order_see (DailiesReelOrder *self)
{
  self->told = TRUE;
  self->unseen = FALSE;

  return self->held_since != 0;
}
