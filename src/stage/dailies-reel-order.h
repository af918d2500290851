/* dailies-reel-order.h: frame after frame onto the screen, also where one was held up
 *
 * Private to stage/. Plain arithmetic; no locks, no errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Frames that come faster than this, in ns, are not waited for one by one: a screen shows sixty pictures in a second, and would
 * never catch up. */
#define DAILIES_REEL_ORDER_SHORTEST (20 * (gint64) GST_MSECOND)

/**
 * DailiesReelOrder:
 *
 * When the machine does something else for a moment, two frames are due when the next one is painted. Who went by the clock alone
 * would leave one out. Here both are seen, one at each picture of the screen, which comes twice as often as frames do: soon play
 * is on the clock again. Where it does not come there, it hurries: what the clock says is shown.
 *
 * A screen that says nothing of what it has shown is never waited for.
 *
 * All under the lock of the engine. The moments are ns of running time, or of the reel: whoever asks knows which.
 */
typedef struct
{
  gint64   moment;     /* what was last taken for the screen; -1 nothing since the last jump */
  gboolean offered;    /* something was put up that was not taken yet */
  gboolean unseen;     /* what was taken is not there yet */
  gboolean told;       /* the screen says what it has shown */
  gboolean hurries;    /* what is shown goes by the clock alone */
  gint64   held_since; /* ns, monotonic: since when there is more than was taken; 0 for not */
  gint64   held_last;  /* ns, monotonic: when there last was, or would have been */
} DailiesReelOrder;

void     dailies_reel_order_begin  (DailiesReelOrder *self);
gint64   dailies_reel_order_choose (DailiesReelOrder *self,
                                    gint64            newest,
                                    gint64            next,
                                    gint64            when);
void     dailies_reel_order_offer  (DailiesReelOrder *self);
void     dailies_reel_order_take   (DailiesReelOrder *self,
                                    gint64            moment,
                                    gboolean          changed);
gboolean dailies_reel_order_waits  (const DailiesReelOrder *self);
gboolean dailies_reel_order_see    (DailiesReelOrder *self);

G_END_DECLS
