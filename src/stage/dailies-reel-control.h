/* dailies-reel-control.h: how the engine is built inside, for the files that share it
 *
 * Private to stage/. Unless it says otherwise everything here is for the control thread alone, and takes the lock itself.
 *
 * Times: a *clip's* time is counted from its first frame; the *reel's* time is that of a clip without slip, and the side
 * that leads gives it its frames: the one that was asked to, and where that is not there the one with the lowest number; *running* time is GStreamer's, which all sides share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-jog.h"
#include "dailies-reel-engine.h"
#include "dailies-reel-order.h"
#include "dailies-reel-side.h"
#include "dailies-reel-voice.h"

G_BEGIN_DECLS

/* What the control thread listens to. */
#define DAILIES_REEL_ENGINE_MESSAGES                                                                                    \
  (GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_SEGMENT_DONE | GST_MESSAGE_APPLICATION | GST_MESSAGE_ASYNC_DONE |  \
   GST_MESSAGE_ELEMENT)

/* How long a clip may keep the artist waiting for one picture. */
#define PATIENCE_SECONDS 20
/* How long a graphics card may take for the first picture. */
#define CARD_PATIENCE_SECONDS 5
/* How long playing waits for clips that were opened together with the first: they begin together. */
#define GATHER_TIME (10 * G_TIME_SPAN_SECOND)
/* A round shorter than this is not looped: a single picture has nothing to go round. */
#define SHORTEST_LOOP (50 * GST_MSECOND)
/* From the order to play until the clock of the sides begins: a sound device that is only just waking up would leave out the
 * first milliseconds, and with them the fade that makes the beginning free of clicks. */
#define HEAD_START (20 * GST_MSECOND)
/* … and for each side but the first so much more. */
#define HEAD_START_MORE (15 * GST_MSECOND)

#define FOR_EACH_SIDE(self, i)                                                                                          \
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)                                                                    \
    if ((self)->sides[i] == NULL)                                                                                       \
      ;                                                                                                                 \
    else

/* What the pipeline is doing that must land before the next thing is asked of it. */
typedef enum
{
  FLIGHT_NONE,
  FLIGHT_SEEK,
  FLIGHT_STEP,
} Flight;

typedef struct
{
  GFile   *file;
  gboolean changed;
  gboolean deaf; /* its sound device refused: sound goes nowhere */
  gboolean plain; /* the graphics card refused: its pictures are made in memory */
  int      width, height;
  int      slip; /* frames */
  gint64   opened; /* µs, monotonic: when it was first tried to open it; 0 not yet */
} Slot;

/* What is shown on one side while its ring has nothing to go by. */
typedef struct
{
  GstSample *sample; /* NULL: what was shown stays */
  gint64     time;   /* ns in the clip */
} Still;

/* A side that is on its way: outside of the pipeline until its first frame is there, so that it holds up nobody. */
typedef struct
{
  DailiesReelSide  *side;
  DailiesReelCourse course;  /* where it was sent to meet the others */
  guint             moves;   /* how often the others had moved then */
  guint             round;   /* and in which round they were */
  gboolean          sent;
  guint             n_sent;  /* how often */
  gboolean          ahead;   /* it was sent to the next round */
  gboolean          done;    /* its demuxer is through */
  gint64            started; /* µs, monotonic: what it does now … */
  gint64            opened;  /* … and when its clip was first tried, in another way */
  gint64            card_since; /* µs, since when only the graphics card can be what it waits for; 0 for not */
  gint64            idle_since; /* µs, a side on which no thread works; 0 for none */
} Arrival;

struct _DailiesReelEngine
{
  DailiesReelEngineFunc func;
  gpointer              data;
  GThread              *thread;
  GstElement           *pipeline;
  GstBus               *bus;

  GMutex lock;
  /* What is wanted; under the lock. */
  DailiesGraphics *graphics; /* NULL: pictures are made in memory */
  Slot     slots[DAILIES_REEL_MAX_SIDES];
  gboolean quit;
  gboolean playing;
  gboolean looping;
  gboolean tiles_changed;
  gboolean slips_changed;
  gboolean sound_changed;
  gboolean range_changed;
  double   rate;
  double   shuttle; /* 0: play at the rate */
  double   level;
  gboolean muted;
  int      audible;
  guint    wanted_lead;
  gint64   range_in, range_out; /* ns of the reel, -1 none */
  gint64   seek;                /* ns, -1 none */
  int      steps;
  gint64   aim;                 /* ns of the reel: where seek, steps and flight lead; -1 when that is what is shown */

  /* What is; written by the control thread under the lock. */
  DailiesReelSide  *sides[DAILIES_REEL_MAX_SIDES]; /* in the pipeline */
  guint             lead;
  DailiesReelReport report;
  gboolean          frozen;   /* rings are being flushed one after the other: nothing may be picked */
  Still             stills[DAILIES_REEL_MAX_SIDES]; /* shown until what is on its way has landed everywhere */
  gint64            still_position;                 /* ns of the reel; -1 none */
  Flight            flight;
  gboolean          airborne; /* the control thread waits for frames */
  gboolean          running;  /* the pipeline is playing */
  gint64            here;     /* ns of the reel: where the last flight landed; -1: the frames tell */
  gboolean          scrubbing; /* frames from the jogs are shown instead of the pipeline's */
  DailiesReelFrame  scrubbed[DAILIES_REEL_MAX_SIDES];
  gint64            scrubbed_here; /* ns of the reel, of those frames; a flight may be on its way elsewhere */
  gint64            scrubbed_moment; /* ns of the reel: in that frame of the lead, where the others were looked at */

  DailiesReelPace   pace;
  DailiesReelOrder  order;       /* of what the pipeline plays … */
  DailiesReelOrder  roll_order;  /* … and of what is played from the jogs */
  GstSample        *taken[DAILIES_REEL_MAX_SIDES]; /* what was read last, by which it is known which sides change */
  gint64            met;         /* ns of running time: nothing before it is shown any more */
  gint64            round_begin; /* ns of running time */
  gint64            round_end;   /* likewise; G_MAXINT64 when none follows */

  /* The control thread's own. */
  Arrival           arrivals[DAILIES_REEL_MAX_SIDES];
  DailiesReelCourse course;       /* of the round that is being played */
  gint64            deadline;
  guint             serials[DAILIES_REEL_MAX_SIDES];
  gboolean          looping_now;
  gboolean          resync;       /* sound and picture parted (a step, another rate): seek before playing on */
  gboolean          ended;
  guint             moves;        /* counts flights, starts and stops */
  guint             round;        /* counts rounds that began without a flight */
  gboolean          done[DAILIES_REEL_MAX_SIDES];  /* its demuxer is through, and waits for a seek */
  gboolean          ahead[DAILIES_REEL_MAX_SIDES]; /* it is in the next round already … */
  gboolean          ahead_done[DAILIES_REEL_MAX_SIDES]; /* … and its demuxer through with that */
  gboolean          under_way;    /* since play was asked for, it has played */
  gint64            launched;     /* µs, when the flight was launched … */
  gint64            flight_time;  /* … and how long the last one took */
  gint64            in_step;      /* µs, when all sides were last seen to keep up */
  gint64            lag_seen;     /* µs, when it was last looked how far the sides are behind the clock … */
  gint64            lag;          /* … and how far the last of them was, ns */
  gint64            loop_started;
  gint64            tidied;       /* µs, monotonic: when the heap was trimmed last */
  gboolean          untidy;       /* a side has gone since */
  gint64            runs_since;   /* µs, monotonic: since when the pipeline plays without a stop; 0 it does not */
  gint64            flies_since;  /* likewise: since when it has been on its way to a place, one after the other … */
  gint64            opens_since;  /* … and clips have been on their way into it */
  gint64            roll_from;    /* playing from the jogs: ns of the reel where it began, -1 not … */
  gint64            roll_since;   /* … and when, µs … */
  double            roll_speed;   /* … and how fast; negative is backwards */
  gboolean          roll_begins;  /* what is heard is to begin there, too */
  DailiesReelTrack *tracks[DAILIES_REEL_MAX_SIDES];
  DailiesReelVoice *voice;
  gint64            voice_base;   /* ns that had been heard at the beginning of the roll, or of its round */
  gboolean          holding;      /* play waits until the jogs are made */
  gint64            hold_until;   /* µs: not longer, however often it is tried; 0 not yet */
  gboolean          overtaxed;    /* frames of these sides had to be left out */
  gboolean          jogs_fail;    /* a frame that was there could not be read */
  DailiesJog       *jogs[DAILIES_REEL_MAX_SIDES];
  gint64            scrubbed_at;      /* µs, the last time a frame came from the jogs */
  gint64            rest_at;          /* µs, when the pipeline is to follow */
  gboolean          scrubbed_playing; /* it was to play on then */
  gboolean          scrub_is_fresh;   /* no flight was launched since */
  gboolean          claims_cores;     /* the jogs' maker knows that it gives way */
};

/* dailies-reel-engine.c */
/* Any thread. */
void             dailies_reel_engine_wake            (DailiesReelEngine *self);
void             dailies_reel_engine_wake_by         (GstBus            *bus);

/* dailies-reel-aim.c: where what was asked for leads */
void             dailies_reel_engine_reach_aim       (DailiesReelEngine *self);

/* dailies-reel-pick.c: what is shown */
/* Any thread, with the lock held. */
gboolean         dailies_reel_engine_pick            (DailiesReelEngine       *self,
                                                      const DailiesReelFrame **frames,
                                                      gint64                  *position);
void             dailies_reel_engine_keep            (DailiesReelEngine *self);
void             dailies_reel_engine_keep_landed     (DailiesReelEngine *self);
gint64           dailies_reel_engine_keep_next       (DailiesReelEngine *self);
gboolean         dailies_reel_engine_agrees          (DailiesReelEngine *self);
void             dailies_reel_engine_drop            (DailiesReelEngine *self,
                                                      guint              index);
gboolean         dailies_reel_engine_shows_newest    (DailiesReelEngine *self);
gint64           dailies_reel_engine_shown_time      (DailiesReelEngine *self);
DailiesReelSide *dailies_reel_engine_first_side      (DailiesReelEngine *self);
guint            dailies_reel_engine_count_sides     (DailiesReelEngine *self);
gint64           dailies_reel_engine_get_end         (DailiesReelEngine *self);

/* dailies-reel-cast.c: how sides come and go */
void             dailies_reel_engine_halt            (DailiesReelEngine *self);
void             dailies_reel_engine_want_pause      (DailiesReelEngine *self);
void             dailies_reel_engine_fail_side       (DailiesReelEngine *self,
                                                      guint              index,
                                                      GError            *error);
void             dailies_reel_engine_remove_side     (DailiesReelEngine *self,
                                                      guint              index);
void             dailies_reel_engine_change_sides    (DailiesReelEngine *self);
void             dailies_reel_engine_change_lead     (DailiesReelEngine *self);
gboolean         dailies_reel_engine_is_gathering    (DailiesReelEngine *self);
gboolean         dailies_reel_engine_has_arrivals    (DailiesReelEngine *self);
void             dailies_reel_engine_reopen          (DailiesReelEngine *self,
                                                      guint              index,
                                                      DailiesReelSide   *side,
                                                      gboolean           plain,
                                                      gboolean           deaf);
void             dailies_reel_engine_give_up_side    (DailiesReelEngine *self,
                                                      guint              index,
                                                      DailiesReelSide   *side,
                                                      GError            *error);

/* dailies-reel-arrival.c: sides that are on their way into the pipeline */
void             dailies_reel_engine_expect          (DailiesReelEngine *self,
                                                      guint              index,
                                                      const Slot        *slot);
void             dailies_reel_engine_receive         (DailiesReelEngine *self);

/* dailies-reel-flight.c: seeks and steps, and how they land */
double           dailies_reel_engine_get_speed       (DailiesReelEngine *self);
gint64           dailies_reel_engine_last_number     (DailiesReelEngine *self);
gint64           dailies_reel_engine_find_moment     (DailiesReelEngine *self,
                                                      gint64             number);
gint64           dailies_reel_engine_find_moment_near (DailiesReelEngine *self,
                                                       gint64             number,
                                                       gint64             time);
gboolean         dailies_reel_engine_has_one_rate    (DailiesReelEngine *self);
void             dailies_reel_engine_get_round       (DailiesReelEngine *self,
                                                      gint64             length,
                                                      gint64            *begin,
                                                      gint64            *end);
gboolean         dailies_reel_engine_get_next_round  (DailiesReelEngine *self,
                                                      DailiesReelCourse *course,
                                                      gint64             length);
gboolean         dailies_reel_engine_is_on_course    (DailiesReelEngine *self);
gboolean         dailies_reel_engine_waits_in_vain   (DailiesReelEngine *self);
void             dailies_reel_engine_note_round      (DailiesReelEngine *self);
gint64           dailies_reel_engine_now             (DailiesReelEngine *self);
void             dailies_reel_engine_fly_to          (DailiesReelEngine *self,
                                                      gint64             time,
                                                      gint64             frames);
void             dailies_reel_engine_fly_from_shown  (DailiesReelEngine *self,
                                                      gint64             frames);
gboolean         dailies_reel_engine_step_on         (DailiesReelEngine *self,
                                                      int                frames);
gboolean         dailies_reel_engine_settle          (DailiesReelEngine *self);

/* dailies-reel-loop.c: one round after the other */
gboolean         dailies_reel_engine_is_at_end       (DailiesReelEngine *self,
                                                      gint64             time);
void             dailies_reel_engine_switch_loop     (DailiesReelEngine *self,
                                                      gboolean           looping);
gboolean         dailies_reel_engine_mend_loop       (DailiesReelEngine *self);
void             dailies_reel_engine_go_round        (DailiesReelEngine *self);

/* dailies-reel-scrub.c: seeks and steps that the jogs answer */
void             dailies_reel_engine_fit_jogs        (DailiesReelEngine *self);
void             dailies_reel_engine_learn_ends      (DailiesReelEngine *self);
void             dailies_reel_engine_learn_starts    (DailiesReelEngine *self);
void             dailies_reel_engine_drop_jog        (DailiesReelEngine *self,
                                                      guint              index);
gboolean         dailies_reel_engine_scrub           (DailiesReelEngine *self,
                                                      gint64             time,
                                                      gint64             frames);
void             dailies_reel_engine_scrub_aloft     (DailiesReelEngine *self);
void             dailies_reel_engine_land_scrub      (DailiesReelEngine *self);
gint64           dailies_reel_engine_rest_wait       (DailiesReelEngine *self);

/* dailies-reel-shuttle.c: playing from the jogs */
gboolean         dailies_reel_engine_wants_to_roll   (DailiesReelEngine *self);
gboolean         dailies_reel_engine_would_roll      (DailiesReelEngine *self);
gboolean         dailies_reel_engine_can_roll        (DailiesReelEngine *self);
gboolean         dailies_reel_engine_holds           (DailiesReelEngine *self);
gboolean         dailies_reel_engine_roll            (DailiesReelEngine *self,
                                                      double             speed);
gint64           dailies_reel_engine_roll_wait       (DailiesReelEngine *self);

/* dailies-reel-listen.c: what is heard meanwhile */
gboolean         dailies_reel_engine_can_be_heard    (DailiesReelEngine *self);
void             dailies_reel_engine_drop_track      (DailiesReelEngine *self,
                                                      guint              index);
void             dailies_reel_engine_mind_voice      (DailiesReelEngine *self);
void             dailies_reel_engine_listen          (DailiesReelEngine *self,
                                                      gint64             first,
                                                      gint64             end);

/* dailies-reel-rescue.c: sides that do not keep up */
gboolean         dailies_reel_engine_rescue          (DailiesReelEngine *self);

/* dailies-reel-act.c: doing what is wanted */
/* With the lock held. */
gboolean         dailies_reel_engine_seeks_what_comes (DailiesReelEngine *self);
gboolean         dailies_reel_engine_act             (DailiesReelEngine *self);

/* dailies-reel-messages.c: what the pipeline says */
void             dailies_reel_engine_handle          (DailiesReelEngine *self,
                                                      GstMessage        *message);

/* dailies-reel-control.c: the thread */
gpointer         dailies_reel_engine_control         (gpointer data);
void             dailies_reel_engine_mind_cores      (DailiesReelEngine *self);

G_END_DECLS
