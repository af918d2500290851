/* dailies-reel-pace.h: how many frames all sides together have time for
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A side that is later than this with a frame is late. */
#define DAILIES_REEL_LATE (60 * (gint64) GST_MSECOND)
/* A frame so late has nobody to be shown with: the rings of the others do not reach back so far. */
#define DAILIES_REEL_TOO_LATE (150 * (gint64) GST_MSECOND)

/**
 * DailiesReelPace:
 *
 * When there is no time for every frame, all sides leave out the *same* ones, or they would never agree on what to show: each
 * side keeps the frame that it has at a *meeting*, and these are one step apart.
 *
 * All under the lock of the engine. Times are ns of running time, those of "when" of the monotonic clock.
 */
typedef struct
{
  gint64 anchor;     /* one meeting: the middle of a frame of the lead */
  gint64 frame;      /* how long the lead shows a frame */
  gint64 step;       /* from one meeting to the next; 0: every frame is shown */
  gint64 thinned_to; /* before that, some side has left out frames … */
  gint64 gone;       /* … and before that, some side has forgotten what it had */
  gint64 changed;    /* when the step changed … */
  gint64 grown;      /* … and when it last grew */
  gint64 watched;    /* when it was last seen whether leaving out frames helps … */
  gint64 latest;     /* … and how late somebody was then */
  gint64 late;       /* when somebody was late */
  gint64 calm;       /* ns without anybody late, after which more frames are tried */
  gint64 waited;     /* when the clock last waited for a side; 0 never */
} DailiesReelPace;

void     dailies_reel_pace_begin  (DailiesReelPace       *self,
                                   gint64                 anchor,
                                   gint64                 frame);
gint64   dailies_reel_pace_before (const DailiesReelPace *self,
                                   gint64                 running);
gboolean dailies_reel_pace_wants  (const DailiesReelPace *self,
                                   gint64                 begin,
                                   gint64                 end);
gboolean dailies_reel_pace_waits  (const DailiesReelPace *self,
                                   gint64                 when);
void     dailies_reel_pace_wait   (DailiesReelPace       *self,
                                   gint64                 when);
void     dailies_reel_pace_note   (DailiesReelPace       *self,
                                   gint64                *late_since,
                                   gint64                 late,
                                   gint64                 when);

G_END_DECLS
