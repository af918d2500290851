/* dailies-reel-round.h: the rounds of a looping clip, one behind the other
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* So many seeks may be on their way through a stream: rounds of a few frames are asked for well ahead of the picture. */
#define DAILIES_REEL_ROUNDS 64

/* What a seek asked for. */
typedef struct
{
  guint32 seqnum; /* GST_SEQNUM_INVALID: there was none */
  gint64  base;   /* ns of running time at which its segment begins */
  gint64  stop;   /* ns of the clip, where it ends; -1 with the clip */
} DailiesReelRound;

/* What both streams of a side, picture and sound, keep to; all under the lock. */
typedef struct
{
  gboolean         looping;
  DailiesReelRound rounds[DAILIES_REEL_ROUNDS];
  guint            last;   /* the index of the newest */
  guint            closed; /* streams that have ended, and take nothing more without a flush */
  guint            open;   /* streams that are through and wait for the next round */
} DailiesReelRounds;

void dailies_reel_rounds_add   (DailiesReelRounds *rounds,
                                guint32            seqnum,
                                gint64             base,
                                gint64             stop);
void dailies_reel_rounds_watch (DailiesReelRounds *rounds,
                                GMutex            *lock,
                                GstPad            *pad);

G_END_DECLS
