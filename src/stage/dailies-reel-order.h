/* dailies-reel-order.h: frame after frame onto the screen, also where one was held up
 *
 * Private to stage/. Plain arithmetic; no locks, no errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A frame that stands for less than this, in ns, is not waited for: a screen shows sixty pictures in a second, and would never
 * catch up. */
#define DAILIES_REEL_ORDER_SHORTEST (20 * (gint64) GST_MSECOND)

/**
 * DailiesReelOrder:
 *
 * When the machine does something else for a moment, two frames are due when the next one is painted. Who went by the clock alone
 * would leave one out. Here both are seen, one at each picture of the screen: up to forty frames a second it is soon on the clock
 * again. Where it does not come there, it hurries: what the clock says is shown, until a screen has kept up with that for a while.
 *
 * A screen that says nothing of what it has shown is never waited for.
 *
 * There is one for what the pipeline plays and one for what is played from the jogs; all under the lock of the engine.
 */
typedef struct
{
  gint64   moment;     /* ns of running time: what was last taken for the screen; -1 nothing; used for the pipeline only */
  gboolean offered;    /* something was put up that was not taken yet; used for the jogs only */
  guint    unseen;     /* a bit for each side: what was taken is not on the screen yet */
  gboolean told;       /* the screen says what it has shown */
  gboolean hurries;    /* what is shown goes by the clock alone */
  gint64   held_since; /* ns, monotonic: since when there is more than was taken; 0 for not */
  gint64   calm_since; /* ns, monotonic: since when nothing waited, nor would have without hurry; 0: something does */
} DailiesReelOrder;

void     dailies_reel_order_begin      (DailiesReelOrder       *self);
void     dailies_reel_order_rest       (DailiesReelOrder       *self);
gint64   dailies_reel_order_choose     (DailiesReelOrder       *self,
                                        gint64                  newest,
                                        gint64                  next,
                                        gint64                  when);
void     dailies_reel_order_offer      (DailiesReelOrder       *self);
void     dailies_reel_order_take       (DailiesReelOrder       *self,
                                        gint64                  moment,
                                        guint                   changed);
gboolean dailies_reel_order_has_unseen (const DailiesReelOrder *self);
gboolean dailies_reel_order_holds      (const DailiesReelOrder *self);
gboolean dailies_reel_order_see        (DailiesReelOrder       *self);

G_END_DECLS
