/* dailies-reel-control.h: how the engine is built inside, for the files that share it
 *
 * Private to stage/. Unless it says otherwise everything here is for the control thread alone, and takes the lock itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-reel-engine.h"
#include "dailies-reel-side.h"

G_BEGIN_DECLS

/* How long a clip may keep the artist waiting for one picture. */
#define PATIENCE_SECONDS 20
/* A clip shorter than this is not looped: a single picture has nothing to go round. */
#define SHORTEST_LOOP (50 * GST_MSECOND)

#define FOR_EACH_SIDE(self, i)                                                                                          \
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)                                                                    \
    if ((self)->sides[i] == NULL)                                                                                       \
      ;                                                                                                                 \
    else

/* What the pipeline is doing that must land before the next thing is asked of it. */
typedef enum
{
  FLIGHT_NONE,
  FLIGHT_LOAD,
  FLIGHT_SEEK,
  FLIGHT_STEP,
} Flight;

typedef struct
{
  GFile *file;
  gboolean changed;
  gboolean deaf; /* its sound device refused: sound goes nowhere */
  int width, height;
} Slot;

struct _DailiesReelEngine
{
  DailiesReelEngineFunc func;
  gpointer data;
  GThread *thread;
  GstElement *pipeline;
  GstBus *bus;

  GMutex lock;
  /* What is wanted; under the lock. */
  Slot slots[DAILIES_REEL_MAX_SIDES];
  gboolean quit;
  gboolean playing;
  gboolean looping;
  gboolean tiles_changed;
  gboolean sound_changed;
  double rate;
  double level;
  gboolean muted;
  gint64 seek; /* ns, -1 none */
  int steps;

  /* What is; written by the control thread under the lock. */
  DailiesReelSide *sides[DAILIES_REEL_MAX_SIDES];
  DailiesReelReport report;
  gboolean frozen; /* rings are being flushed one after the other: nothing may be picked */
  gboolean airborne;

  /* The control thread's own. */
  Flight flight;
  gint64 deadline;
  gint64 idle_since[DAILIES_REEL_MAX_SIDES]; /* a loading side on which no thread works; 0 for none */
  guint serials[DAILIES_REEL_MAX_SIDES];
  gboolean running;      /* the pipeline is playing */
  double rate_now;
  gboolean looping_now;
  gboolean resync;       /* sound and picture parted (a step, another rate): seek before playing on */
  gboolean ended;
  gboolean segment_done; /* the demuxers are through, and wait for a seek */
  guint32 seqnum;        /* of the last seek of all sides */
  gint64 loop_started;
};

/* dailies-reel-engine.c */
/* Any thread. */
void dailies_reel_engine_wake (DailiesReelEngine *self);

/* dailies-reel-cast.c: the sides, and what they show */
/* Any thread, with the lock held. */
gboolean dailies_reel_engine_pick (DailiesReelEngine *self,
                                   const DailiesReelFrame **frames);
const DailiesReelFrame *dailies_reel_frames_first (const DailiesReelFrame **frames);
gboolean dailies_reel_engine_shows_newest (DailiesReelEngine *self);
gint64 dailies_reel_engine_shown_time (DailiesReelEngine *self);
DailiesReelSide *dailies_reel_engine_first_side (DailiesReelEngine *self);
guint dailies_reel_engine_count_sides (DailiesReelEngine *self);
void dailies_reel_engine_set_flight (DailiesReelEngine *self,
                                     Flight flight);
void dailies_reel_engine_halt (DailiesReelEngine *self);
void dailies_reel_engine_want_pause (DailiesReelEngine *self);
gboolean dailies_reel_engine_can_loop_in_place (DailiesReelEngine *self);
void dailies_reel_engine_fail_side (DailiesReelEngine *self,
                                    guint index,
                                    GError *error);
void dailies_reel_engine_remove_side (DailiesReelEngine *self,
                                      guint index);
gboolean dailies_reel_engine_change_sides (DailiesReelEngine *self);

/* dailies-reel-flight.c: seeks and steps, and how they land */
void dailies_reel_engine_fly_to (DailiesReelEngine *self,
                                 gint64 time,
                                 gint64 frames);
void dailies_reel_engine_fly_from_shown (DailiesReelEngine *self,
                                         gint64 frames);
gboolean dailies_reel_engine_step_on (DailiesReelEngine *self,
                                      int frames);
void dailies_reel_engine_loop_in_place (DailiesReelEngine *self);
gboolean dailies_reel_engine_settle (DailiesReelEngine *self);

/* dailies-reel-control.c: the thread */
gpointer dailies_reel_engine_control (gpointer data);

G_END_DECLS
