/* dailies-reel-side.h: one branch of the reel's pipeline: file → decoder → picture in tile size → short ring
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-graphics.h"
#include "dailies-reel-grid.h"
#include "dailies-reel-pace.h"
#include "dailies-types.h"

G_BEGIN_DECLS

typedef struct _DailiesReelSide DailiesReelSide;

/* Called on a streaming thread, without the lock, after a frame came or the clip ended. */
typedef void (*DailiesReelSideFunc) (gpointer data);

/* One decoded picture in the ring. */
typedef struct
{
  GstSample *sample;
  gint64     running; /* ns, the time all sides share: grows over loops */
  gint64     end;     /* ns, likewise: when the next frame is due */
  gint64     time;    /* ns from the first frame of the clip, on the grid of its frames */
} DailiesReelFrame;

/* Where all sides go to together. Times of the reel are those of a clip without slip. */
typedef struct
{
  double       rate;
  GstSeekFlags flags;
  gint64       start;   /* ns of the reel */
  gint64       stop;    /* ns of the reel, where the round ends; -1: at the end of each clip */
  gint64       running; /* ns of running time at @start */
  guint32      seqnum;  /* one for all sides */
} DailiesReelCourse;

/**
 * DailiesReelSettled:
 * @DAILIES_REEL_WAITING: neither a frame nor the end has come yet
 * @DAILIES_REEL_SETTLED: the frame is there
 * @DAILIES_REEL_AGAIN: there was no picture so late in the clip: seek again
 * @DAILIES_REEL_EMPTY: there is no picture at all
 */
typedef enum
{
  DAILIES_REEL_WAITING,
  DAILIES_REEL_SETTLED,
  DAILIES_REEL_AGAIN,
  DAILIES_REEL_EMPTY,
} DailiesReelSettled;

DailiesReelSide        *dailies_reel_side_new          (GFile               *file,
                                                        DailiesGraphics     *graphics,
                                                        gboolean             with_device,
                                                        GMutex              *lock,
                                                        DailiesReelPace     *pace,
                                                        DailiesReelSideFunc  func,
                                                        gpointer             data);
void                    dailies_reel_side_free         (DailiesReelSide     *self);
GFile                  *dailies_reel_side_get_file     (DailiesReelSide     *self);
GstElement             *dailies_reel_side_get_element  (DailiesReelSide     *self);
gboolean                dailies_reel_side_owns         (DailiesReelSide     *self,
                                                        GstObject           *object);
gboolean                dailies_reel_side_is_idle      (DailiesReelSide     *self);
gboolean                dailies_reel_side_owns_sound   (DailiesReelSide     *self,
                                                        GstObject           *object);
gboolean                dailies_reel_side_is_on_card   (DailiesReelSide     *self);

/* --- the control thread only ------------------------------------------------------------------ */
gboolean                dailies_reel_side_fly          (DailiesReelSide         *self,
                                                        const DailiesReelCourse *course);
gboolean                dailies_reel_side_fly_again    (DailiesReelSide         *self,
                                                        const DailiesReelCourse *course,
                                                        gint64                   number);
gboolean                dailies_reel_side_step         (DailiesReelSide     *self,
                                                        guint                frames);
DailiesReelSettled      dailies_reel_side_settle       (DailiesReelSide     *self,
                                                        gint64              *again);
gboolean                dailies_reel_side_is_prerolled (DailiesReelSide     *self);
gboolean                dailies_reel_side_set_slip     (DailiesReelSide     *self,
                                                        int                  frames);
void                    dailies_reel_side_note_end     (DailiesReelSide     *self);
void                    dailies_reel_side_note_last    (DailiesReelSide     *self,
                                                        gint64               time);
gboolean                dailies_reel_side_knows_starts (DailiesReelSide     *self);
gboolean                dailies_reel_side_note_starts  (DailiesReelSide     *self,
                                                        const GArray        *times);
gboolean                dailies_reel_side_join         (DailiesReelSide     *self);
void                    dailies_reel_side_set_gain     (DailiesReelSide     *self,
                                                        double               gain);
gboolean                dailies_reel_side_set_tile     (DailiesReelSide     *self,
                                                        int                  width,
                                                        int                  height);
void                    dailies_reel_side_set_looping  (DailiesReelSide     *self,
                                                        gboolean             looping);
gboolean                dailies_reel_side_is_committed (DailiesReelSide     *self);
gboolean                dailies_reel_side_is_gapped    (DailiesReelSide     *self);
void                    dailies_reel_side_note_missing (DailiesReelSide     *self,
                                                        GstMessage          *message);
GError                 *dailies_reel_side_explain      (DailiesReelSide     *self,
                                                        const GError        *error);

/* --- with the lock held ----------------------------------------------------------------------- */
const DailiesReelFrame *dailies_reel_side_newest       (DailiesReelSide     *self);
const DailiesReelFrame *dailies_reel_side_find         (DailiesReelSide     *self,
                                                        gint64               running,
                                                        gboolean             or_first);
gint64                  dailies_reel_side_find_moment_before (DailiesReelSide *self,
                                                              gint64           running,
                                                              guint            frames);
gint64                  dailies_reel_side_get_oldest   (DailiesReelSide     *self);
gboolean                dailies_reel_side_meets        (DailiesReelSide     *self,
                                                        gint64               running);
gboolean                dailies_reel_side_is_behind    (DailiesReelSide     *self);
gint64                  dailies_reel_side_get_reached  (DailiesReelSide     *self);
gboolean                dailies_reel_side_at_end       (DailiesReelSide     *self);
gboolean                dailies_reel_side_is_entering  (DailiesReelSide     *self);
void                    dailies_reel_side_enter        (DailiesReelSide     *self,
                                                        gboolean             later);
gboolean                dailies_reel_side_shows_last   (DailiesReelSide     *self);
gboolean                dailies_reel_side_has_sound    (DailiesReelSide     *self);
gint64                  dailies_reel_side_get_duration (DailiesReelSide     *self);
gint64                  dailies_reel_side_get_extent   (DailiesReelSide     *self);
gint64                  dailies_reel_side_get_slip     (DailiesReelSide     *self);
int                     dailies_reel_side_get_slip_frames (DailiesReelSide  *self);
gboolean                dailies_reel_side_covers       (DailiesReelSide     *self,
                                                        gint64               time);
gboolean                dailies_reel_side_is_clear     (DailiesReelSide     *self,
                                                        gint64               time);
gboolean                dailies_reel_side_lacks_video  (DailiesReelSide     *self);
guint                   dailies_reel_side_get_serial   (DailiesReelSide     *self);
void                    dailies_reel_side_get_size     (DailiesReelSide     *self,
                                                        int                 *width,
                                                        int                 *height);
const DailiesReelGrid  *dailies_reel_side_get_grid     (DailiesReelSide     *self);

G_END_DECLS
