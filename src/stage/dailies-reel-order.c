/* dailies-reel-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-order.h"

/* So long, in ns, it may go on being behind the clock before it hurries … */
#define PATIENCE (400 * (gint64) GST_MSECOND)
/* … and so long the screen must have kept up before it no longer does. */
#define CALM ((gint64) GST_SECOND)

/* Something else is shown from now on than what would follow. */
void
dailies_reel_order_begin (DailiesReelOrder *self)
{
  self->moment = -1;
  self->offered = FALSE;
  dailies_reel_order_rest (self);
}

/* It stands still, or has only just begun: what has been says nothing of how well the screen follows. */
void
dailies_reel_order_rest (DailiesReelOrder *self)
{
  self->held_since = self->calm_since = 0;
}

/**
 * dailies_reel_order_choose:
 * @newest: what the clock means
 * @next: the last moment, or number of frames, that leaves out none of the frames that follow what was taken; not more than
 *   @newest
 * @when: ns, monotonic
 *
 * Returns: one of the two: what is to be shown
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
      if (self->calm_since == 0)
        self->calm_since = when;
      if (when - self->calm_since > CALM)
        self->hurries = FALSE;
      return newest;
    }

  self->calm_since = 0;
  if (self->held_since == 0)
    self->held_since = when;
  if (when - self->held_since > PATIENCE)
    self->hurries = TRUE;

  return self->hurries ? newest : next;
}

/* Where what is shown is put up by another thread than the one that takes it. */
void
dailies_reel_order_offer (DailiesReelOrder *self)
{
  self->offered = TRUE;
}

/* @changed: a bit for each side that shows another picture than before */
void
dailies_reel_order_take (DailiesReelOrder *self,
                         gint64            moment,
                         guint             changed)
{
  self->moment = moment;
  self->offered = FALSE;
  self->unseen |= changed;
}

/* Returns: whether there is something that the screen has not shown yet */
gboolean
dailies_reel_order_has_unseen (const DailiesReelOrder *self)
{
  return self->offered || self->unseen != 0;
}

/* Returns: whether what is shown is behind the clock, for the sake of the order */
gboolean
dailies_reel_order_holds (const DailiesReelOrder *self)
{
  return self->held_since != 0 && !self->hurries;
}

/* What was taken is on the screen. Returns: whether more waits for it */
gboolean
dailies_reel_order_see (DailiesReelOrder *self)
{
  self->told = TRUE;
  self->unseen = 0;

  return self->held_since != 0;
}
