/* dailies-reel-side-private.h: how a side is built inside, for the files that share it
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-reel-fader.h"
#include "dailies-reel-round.h"
#include "dailies-reel-side.h"
#include "dailies-reel-tile.h"

G_BEGIN_DECLS

struct _DailiesReelSide
{
  GFile *file;
  gboolean with_device;
  GMutex *lock;
  DailiesReelPace *pace; /* of all sides, under the lock */
  DailiesReelSideFunc func;
  gpointer data;
  gboolean gapped; /* its container cannot go round without a gap; the control thread's */

  GstElement *bin;
  GstElement *source; /* reads and decodes; a child of bin */
  GstElement *queue;
  GstElement *filter;  /* says in which size pictures are made; NULL: on the graphics card, in that of the clip */
  GstElement *on_card; /* makes them there; or NULL */
  GstElement *sink;
  int   has_sound;   /* atomic */
  char *unsteppable; /* atomic; (nullable): what kind of clip it is that does not come to the frame that was meant; not owned */

  /* Under the lock. */
  GQueue ring;
  gboolean at_end;
  gboolean through;  /* the round is: no picture comes any more without a seek; also while looping */
  gboolean joined;   /* its grid is known */
  gboolean guessed;  /* how long it is, may be told wrong */
  gboolean entering; /* it takes no part in picking until its time has come */
  gboolean early;    /* it was sent to before its first frame, which it holds until then */
  gboolean exposed;
  gboolean has_video;
  guint serial;
  GstElement *sound;
  DailiesReelFader *fader;
  double gain;
  DailiesReelTile tile;
  DailiesReelRounds rounds;
  DailiesReelGrid grid;
  gint64 duration;   /* ns, 0 not known */
  gint64 last_frame; /* counted from 0, -1 not known */
  gint64 slip;       /* ns: so much later in the clip than the reel says */
  int slip_frames;
  gboolean behind;   /* the decoder's newest frame was too late to be shown */
  gint64 reached;    /* ns of running time: how far it has decoded; -1 not known */
  gint64 late_since; /* ns, monotonic; 0 in time */
  gint64 passed;     /* ns, monotonic: when a frame was last let through */

  /* The streaming thread's that brings frames to the sink. */
  GstSegment segment;  /* as the sink sees it */
  gint64 decoded_base; /* where the decoder's own segment begins, and … */
  gint64 shift;        /* … by how much the sink's is moved against it; ns of running time */

  /* The control thread's. Frames are counted from 0; -1 is not known. */
  gint64 target;     /* the frame of the last seek */
  gint64 end_low;    /* while the end is looked for: the last frame that was found … */
  gint64 end_none;   /* … and the first that was not */
  guint  end_tries;
  gboolean knows_starts; /* of all frames, whether they lie on the grid or not */
  char *missing;     /* the decoder of the picture that is not installed */
};

gboolean          dailies_reel_side_update_tile (DailiesReelSide *self);
gboolean          dailies_reel_side_is_last     (DailiesReelSide        *self,
                                                 const DailiesReelFrame *frame);
/* dailies-reel-side-starts.c */
void              dailies_reel_side_watch_element (DailiesReelSide      *self,
                                                 GstElement             *element);
/* dailies-reel-side-pace.c */
void              dailies_reel_side_place       (DailiesReelSide        *self,
                                                 const GstSegment       *segment,
                                                 GstBuffer              *buffer,
                                                 DailiesReelFrame       *frame);
void              dailies_reel_side_note_pace   (DailiesReelSide        *self,
                                                 const DailiesReelFrame *frame);
GstPadProbeReturn dailies_reel_side_pace_cb     (GstPad                 *pad,
                                                 GstPadProbeInfo        *info,
                                                 gpointer                data);

G_END_DECLS
