/* dailies-reel-engine.h: the reel's pipeline and the thread that drives it
 *
 * Private to stage/. What is wanted may be said on any thread, at any time, and never blocks; the control thread brings the
 * pipeline there. What came of it is read back with dailies_reel_engine_read().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-graphics.h"
#include "dailies-reel.h"

G_BEGIN_DECLS

typedef struct _DailiesReelEngine DailiesReelEngine;

/* Called on any thread: there is something to read. */
typedef void (*DailiesReelEngineFunc) (gpointer data);

/* One side that could not go on. */
typedef struct
{
  guint   side;
  GError *error;
} DailiesReelFailure;

/* A moment of the engine, consistent in itself. */
typedef struct
{
  gboolean   playing;
  gint64     duration; /* ns, of the longest side */
  gint64     position; /* ns of the reel, on the frames of the lead; -1: nothing is picked */
  gint64     range_in; /* ns of the reel, -1 none: moves when the frames are counted otherwise */
  gint64     range_out;
  double     shuttle;  /* how fast it goes; 0 paused, negative backwards */
  gboolean   preparing; /* it stands until there are jogs to play from */
  gboolean   waiting;  /* it goes slower than that, as there is no time to decode all of it */
  guint      n_sides;
  gboolean   present[DAILIES_REEL_MAX_SIDES]; /* FALSE: what was shown there goes away */
  GstSample *picked[DAILIES_REEL_MAX_SIDES];  /* (owned) (nullable): NULL: leave what is shown */
  gint64     times[DAILIES_REEL_MAX_SIDES];   /* ns in the clip, of what is picked */
  GQueue     failures;                        /* of DailiesReelFailure */
} DailiesReelReport;

/* What a side is; all 0 while it is not known. */
typedef struct
{
  int      width, height; /* as shown */
  double   fps;
  gint64   duration; /* ns */
  gboolean has_sound;
} DailiesReelFormat;

DailiesReelEngine *dailies_reel_engine_new         (DailiesReelEngineFunc  func,
                                                    gpointer               data);
void               dailies_reel_engine_free        (DailiesReelEngine     *self);
void               dailies_reel_engine_set_file    (DailiesReelEngine     *self,
                                                    guint                  side,
                                                    GFile                 *file);
void               dailies_reel_engine_set_lead    (DailiesReelEngine     *self,
                                                    guint                  side);
void               dailies_reel_engine_set_tile    (DailiesReelEngine     *self,
                                                    guint                  side,
                                                    int                    width,
                                                    int                    height);
void               dailies_reel_engine_set_graphics (DailiesReelEngine    *self,
                                                    DailiesGraphics       *graphics);
void               dailies_reel_engine_set_playing (DailiesReelEngine     *self,
                                                    gboolean               playing);
void               dailies_reel_engine_set_rate    (DailiesReelEngine     *self,
                                                    double                 rate);
void               dailies_reel_engine_shuttle     (DailiesReelEngine     *self,
                                                    double                 speed);
void               dailies_reel_engine_set_range_in (DailiesReelEngine    *self,
                                                    gint64                 time);
void               dailies_reel_engine_set_range_out (DailiesReelEngine   *self,
                                                    gint64                 time);
void               dailies_reel_engine_set_slip    (DailiesReelEngine     *self,
                                                    guint                  side,
                                                    int                    frames);
void               dailies_reel_engine_set_audible (DailiesReelEngine     *self,
                                                    int                    side);
void               dailies_reel_engine_set_looping (DailiesReelEngine     *self,
                                                    gboolean               looping);
void               dailies_reel_engine_set_sound   (DailiesReelEngine     *self,
                                                    double                 level,
                                                    gboolean               muted);
void               dailies_reel_engine_seek        (DailiesReelEngine     *self,
                                                    gint64                 position);
void               dailies_reel_engine_step        (DailiesReelEngine     *self,
                                                    int                    frames);
gint64             dailies_reel_engine_get_aim     (DailiesReelEngine     *self);
void               dailies_reel_engine_read        (DailiesReelEngine     *self,
                                                    DailiesReelReport     *report);
void               dailies_reel_engine_note_seen   (DailiesReelEngine     *self);
void               dailies_reel_report_clear       (DailiesReelReport     *report);
gboolean           dailies_reel_engine_get_format  (DailiesReelEngine     *self,
                                                    guint                  side,
                                                    DailiesReelFormat     *format);

G_END_DECLS
