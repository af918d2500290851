/* dailies-reel.h: N clips on one clock: one GstPipeline, one branch a side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-graphics.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_REEL_MAX_SIDES 4

#define DAILIES_TYPE_REEL (dailies_reel_get_type ())
/* Times of the reel are those of a clip without slip, ns from its first frame. The side that leads, the
 * first unless told otherwise, gives the reel its frames; each side shows its own frame that covers the same time.
 *
 * Properties, all notified on the creator's main context. What the engine reports: "playing" (boolean), "position" (int64 ns,
 * what is on screen), "duration" (int64 ns, of the side that is over last), "n-sides" (uint), "shuttle" (double: the speed at
 * which the picture moves now, negative backwards, 0 paused), "waiting" (boolean: it moves slower than that, since this computer
 * cannot decode as fast), "preparing" (boolean: for the same reason it stands for a moment, until it can be played from jogs).
 * Settings: "rate" (double 0.1–4, the speed of play), "looping"
 * (boolean), "range-in" and "range-out" (int64 ns, −1 none: what is played, from the frame at the one to the frame at
 * the other), "audible" (int: the one side that is heard, −1 none), "volume" (double 0–1, cubic), "muted" (boolean).
 * Signals: "frame" (self, side): a new frame may be taken with dailies_reel_dup_frame();
 * "side-failed" (self, side, GError). Methods never block: seeks and state changes run on the control thread, where
 * the newest seek wins and steps add up. */
G_DECLARE_FINAL_TYPE (DailiesReel, dailies_reel, DAILIES, REEL, GObject)

DailiesReel *dailies_reel_new          (void);
/* Clips that are opened from now on stay on the graphics card, in their own size; @graphics: (nullable): they are made in memory. */
void         dailies_reel_set_graphics (DailiesReel     *self,
                                        DailiesGraphics *graphics);
/* @side gives the reel its frames, where it has a clip. */
void         dailies_reel_set_lead     (DailiesReel *self,
                                        guint        side);
/* Shows @file on @side (0 …), replacing what was there; %NULL takes the side away. */
void         dailies_reel_set_file     (DailiesReel *self,
                                        guint        side,
                                        GFile       *file);
void         dailies_reel_play         (DailiesReel *self);
void         dailies_reel_pause        (DailiesReel *self);
/* Goes at @speed, −4 … 4, whatever "rate" is; negative is backwards and silent, 0 pauses. */
void         dailies_reel_shuttle      (DailiesReel *self,
                                        double       speed);
/* Shows on @side what lies @frames later in its clip, frames of its own rate; negative: earlier. Stays with the side,
 * whatever clip it shows. */
void         dailies_reel_set_slip     (DailiesReel *self,
                                        guint        side,
                                        int          frames);
int          dailies_reel_get_slip     (DailiesReel *self,
                                        guint        side);
/* @position: ns; lands on the frame that covers it. */
void         dailies_reel_seek         (DailiesReel *self,
                                        gint64       position);
/* Pauses and moves by @frames of side 0, both ways. */
void         dailies_reel_step         (DailiesReel *self,
                                        int          frames);
gint64       dailies_reel_get_aim      (DailiesReel *self);
/* The size in device pixels at which a side is painted: frames are scaled to it while decoding. */
void         dailies_reel_set_tile     (DailiesReel *self,
                                        guint        side,
                                        int          width,
                                        int          height);
/* (transfer full) (nullable): the frame to show now, BGRA with its video meta, or as dailies_graphics_make_converter() gives it;
 * picked so that all sides agree. */
GstSample   *dailies_reel_dup_frame    (DailiesReel *self,
                                        guint        side);
/* Those frames of all sides are on the screen: while it plays, the next ones come only then, unless the screen is too slow for
 * them. */
void         dailies_reel_note_seen    (DailiesReel *self);
void         dailies_reel_get_size     (DailiesReel *self,
                                        guint        side,
                                        int         *width,
                                        int         *height); /* of the clip, as shown; 0 unknown */
double       dailies_reel_get_fps      (DailiesReel *self,
                                        guint        side); /* 0 unknown */
gboolean     dailies_reel_has_sound    (DailiesReel *self,
                                        guint        side);
/* ns in the clip, counted from its first frame, of what dailies_reel_dup_frame() gives; -1 none */
gint64       dailies_reel_get_side_time (DailiesReel *self,
                                         guint        side);
gint64       dailies_reel_get_side_duration (DailiesReel *self,
                                             guint        side); /* ns of the clip; 0 unknown */
/* Stops everything and waits for its threads; call before the last unref. */
void         dailies_reel_close        (DailiesReel *self);

G_END_DECLS
