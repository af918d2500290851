/* dailies-reel-engine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-engine.h"

#include <gst/pbutils/pbutils.h>

#include "dailies-reel-side.h"
#include "dailies-reel-words.h"

/* How long a clip may keep the artist waiting for one picture. */
#define PATIENCE_SECONDS 20
/* A clip shorter than this is not looped: a single picture has nothing to go round. */
#define SHORTEST_LOOP (50 * GST_MSECOND)

#define MESSAGES                                                                                                        \
  (GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_SEGMENT_DONE | GST_MESSAGE_APPLICATION | GST_MESSAGE_CLOCK_LOST |  \
   GST_MESSAGE_ELEMENT)

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

/* --- picking ---------------------------------------------------------------------------------- */

/* With the lock. All sides show the newest frame that is not newer than the oldest of their newest frames: then no side runs
 * ahead of another. A side that has ended no longer holds the others back. */
static gboolean
pick (DailiesReelEngine       *self,
      const DailiesReelFrame **frames)
{
  gint64   running = G_MAXINT64;
  gboolean any = FALSE;

  if (self->frozen)
    return FALSE;

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelFrame *newest = dailies_reel_side_newest (self->sides[i]);

    if (!dailies_reel_side_has_joined (self->sides[i]))
      continue;
    if (newest == NULL)
      return FALSE;
    any = TRUE;
    if (!dailies_reel_side_at_end (self->sides[i]))
      running = MIN (running, newest->running);
  }

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_has_joined (self->sides[i]))
      frames[i] = dailies_reel_side_find (self->sides[i], running);
  }

  return any;
}

static const DailiesReelFrame *
first_of (const DailiesReelFrame **frames)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (frames[i] != NULL)
        return frames[i];
    }

  return NULL;
}

/* Whether every side shows the last frame that it decoded, so that stepping on in each keeps them together. */
static gboolean
shows_newest (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gboolean                newest = FALSE;

  g_mutex_lock (&self->lock);
  if (pick (self, frames))
    {
      newest = TRUE;
      FOR_EACH_SIDE (self, i) newest = newest && frames[i] == dailies_reel_side_newest (self->sides[i]);
    }
  g_mutex_unlock (&self->lock);

  return newest;
}

/* ns of the frame that is shown, 0 when there is none */
static gint64
shown_time (DailiesReelEngine *self)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = 0;

  g_mutex_lock (&self->lock);
  if (pick (self, frames) && first_of (frames) != NULL)
    time = first_of (frames)->time;
  g_mutex_unlock (&self->lock);

  return time;
}

/* --- small helpers of the control thread ------------------------------------------------------ */

static DailiesReelSide *
first_side (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i) return self->sides[i];

  return NULL;
}

static guint
count_sides (DailiesReelEngine *self)
{
  guint n = 0;

  FOR_EACH_SIDE (self, i) n++;

  return n;
}

static void
set_flight (DailiesReelEngine *self,
            Flight             flight)
{
  g_mutex_lock (&self->lock);
  self->flight = flight;
  self->airborne = flight != FLIGHT_NONE;
  g_mutex_unlock (&self->lock);
  self->deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
}

static void
halt (DailiesReelEngine *self)
{
  if (!self->running)
    return;

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  self->running = FALSE;
}

static void
want_pause (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->playing = FALSE;
  g_mutex_unlock (&self->lock);
}

static void
wake (DailiesReelEngine *self)
{
  gst_bus_post (self->bus, gst_message_new_application (NULL, gst_structure_new_empty ("dailies-wake")));
}

/* On streaming threads. */
static void
side_changed_cb (gpointer data)
{
  DailiesReelEngine *self = data;
  gboolean           airborne;

  g_mutex_lock (&self->lock);
  airborne = self->airborne;
  g_mutex_unlock (&self->lock);

  if (airborne)
    wake (self);
  else
    self->func (self->data);
}

/* Longer clips would need another seek than shorter ones, and drift apart by the difference with each round. */
static gboolean
can_loop_in_place (DailiesReelEngine *self)
{
  gint64 duration = -1;

  FOR_EACH_SIDE (self, i)
  {
    gint64 own = dailies_reel_side_get_duration (self->sides[i]);

    if (own < (gint64) SHORTEST_LOOP || (duration >= 0 && own != duration))
      return FALSE;
    duration = own;
  }

  return duration > 0;
}

/* --- sides come and go ------------------------------------------------------------------------ */

static void
remove_side (DailiesReelEngine *self,
             guint              index)
{
  DailiesReelSide *side = self->sides[index];
  GstElement      *element;

  if (side == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->sides[index] = NULL;
  g_mutex_unlock (&self->lock);

  element = dailies_reel_side_get_element (side);
  gst_element_set_locked_state (element, TRUE);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->pipeline), element);
  dailies_reel_side_free (side);

  /* Only an empty pipeline that starts over counts its time from 0 again. */
  if (count_sides (self) == 0)
    {
      gst_element_set_state (self->pipeline, GST_STATE_READY);
      self->running = FALSE;
      self->segment_done = FALSE;
    }
}

/* Takes @error. */
static void
fail_side (DailiesReelEngine *self,
           guint              index,
           GError            *error)
{
  DailiesReelFailure *failure = g_new0 (DailiesReelFailure, 1);

  failure->side = index;
  failure->error = error;
  remove_side (self, index);

  g_mutex_lock (&self->lock);
  if (!self->slots[index].changed)
    g_clear_object (&self->slots[index].file);
  g_queue_push_tail (&self->report.failures, failure);
  g_mutex_unlock (&self->lock);
}

static void
add_side (DailiesReelEngine *self,
          guint              index,
          const Slot        *slot)
{
  DailiesReelSide *side = dailies_reel_side_new (slot->file, index == 0, !slot->deaf, &self->lock, side_changed_cb, self);
  GstElement      *element = dailies_reel_side_get_element (side);

  dailies_reel_side_set_tile (side, slot->width, slot->height);
  dailies_reel_side_set_looping (side, self->looping_now);
  g_mutex_lock (&self->lock);
  self->sides[index] = side;
  self->sound_changed = TRUE;
  g_mutex_unlock (&self->lock);

  /* Apart from the others until its first frame is there: a clip that cannot start does not hold them up. */
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  gst_element_set_locked_state (element, TRUE);
  gst_bin_add (GST_BIN (self->pipeline), element);
  set_flight (self, FLIGHT_LOAD);
  gst_element_set_state (element, GST_STATE_PAUSED);
}

/* Returns: whether anything was changed */
static gboolean
change_sides (DailiesReelEngine *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      Slot slot;

      g_mutex_lock (&self->lock);
      slot = self->slots[i];
      self->slots[i].changed = FALSE;
      if (slot.changed && slot.file != NULL)
        g_object_ref (slot.file);
      g_mutex_unlock (&self->lock);
      if (!slot.changed)
        continue;

      changed = TRUE;
      halt (self);
      remove_side (self, i);
      self->ended = FALSE;
      if (slot.file != NULL)
        {
          add_side (self, i, &slot);
          g_object_unref (slot.file);
        }
    }

  return changed;
}

/* --- seeks ------------------------------------------------------------------------------------ */

static GstSeekFlags
seek_flags (DailiesReelEngine *self,
            gboolean           flush)
{
  GstSeekFlags flags = GST_SEEK_FLAG_ACCURATE;

  if (flush)
    flags |= GST_SEEK_FLAG_FLUSH;
  if (can_loop_in_place (self))
    flags |= GST_SEEK_FLAG_SEGMENT;

  return flags;
}

/* Each side goes to its own frame that covers what the first side shows @frames away from @time; a side that is shorter to its
 * last one. */
static void
fly_to (DailiesReelEngine *self,
        gint64             time,
        gint64             frames)
{
  GstSeekFlags     flags = seek_flags (self, TRUE);
  DailiesReelSide *lead = first_side (self);
  gint64           number = dailies_reel_side_get_target (lead, time, frames);
  gint64           start = dailies_reel_grid_start (dailies_reel_side_get_grid (lead), number);

  halt (self);
  g_mutex_lock (&self->lock);
  self->frozen = TRUE;
  self->rate_now = self->rate;
  g_mutex_unlock (&self->lock);
  set_flight (self, FLIGHT_SEEK);
  self->seqnum = gst_util_seqnum_next ();
  self->segment_done = FALSE;
  self->resync = FALSE;
  self->ended = FALSE;

  FOR_EACH_SIDE (self, i)
  {
    DailiesReelSide *side = self->sides[i];

    dailies_reel_side_seek (side, self->rate_now, flags, dailies_reel_side_get_target (side, start, 0), self->seqnum);
  }

  g_mutex_lock (&self->lock);
  self->frozen = FALSE;
  g_mutex_unlock (&self->lock);
}

/* From what is shown at this moment: nothing newer is picked on the way. */
static void
fly_from_shown (DailiesReelEngine *self,
                gint64             frames)
{
  const DailiesReelFrame *picked[DAILIES_REEL_MAX_SIDES] = { NULL };
  gint64                  time = 0;

  g_mutex_lock (&self->lock);
  if (pick (self, picked) && first_of (picked) != NULL)
    time = first_of (picked)->time;
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);

  fly_to (self, time, frames);
}

static gboolean
same_grids (DailiesReelEngine *self)
{
  const DailiesReelGrid *first = dailies_reel_side_get_grid (first_side (self));

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelGrid *grid = dailies_reel_side_get_grid (self->sides[i]);

    if (gst_util_fraction_compare (grid->fps_n, MAX (grid->fps_d, 1), first->fps_n, MAX (first->fps_d, 1)) != 0)
      return FALSE;
  }

  return TRUE;
}

/* Decoding on to the next frame is many times quicker than a seek, which starts at the last key frame. */
static gboolean
step_on (DailiesReelEngine *self,
         int                frames)
{
  DailiesReelSide *lead = first_side (self);

  if (frames < 1 || frames > 12 || self->running || self->ended || !same_grids (self) || !shows_newest (self) ||
      dailies_reel_side_is_last (lead, shown_time (self)))
    return FALSE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) self->serials[i] = dailies_reel_side_get_serial (self->sides[i]);
  g_mutex_unlock (&self->lock);

  set_flight (self, FLIGHT_STEP);
  self->resync = TRUE;
  FOR_EACH_SIDE (self, i) dailies_reel_side_step (self->sides[i], frames);

  return TRUE;
}

/* The next round begins where the last ended, without a flush: neither picture nor sound has a gap. */
static void
loop_in_place (DailiesReelEngine *self)
{
  GstSeekFlags flags = seek_flags (self, FALSE);

  self->segment_done = FALSE;
  self->seqnum = gst_util_seqnum_next ();
  self->loop_started = g_get_monotonic_time ();
  FOR_EACH_SIDE (self, i) dailies_reel_side_seek (self->sides[i], self->rate_now, flags, 0, self->seqnum);
}

/* --- landing ---------------------------------------------------------------------------------- */

static DailiesReelSettled
settle_side (DailiesReelEngine *self,
             guint              index)
{
  DailiesReelSide   *side = self->sides[index];
  DailiesReelSettled settled;
  gboolean           blind, moved;
  gint64             again = 0;

  g_mutex_lock (&self->lock);
  blind = dailies_reel_side_lacks_video (side);
  moved = dailies_reel_side_get_serial (side) != self->serials[index];
  g_mutex_unlock (&self->lock);

  if (blind)
    return DAILIES_REEL_EMPTY;
  if (self->flight == FLIGHT_STEP)
    return moved ? DAILIES_REEL_SETTLED : DAILIES_REEL_WAITING;

  settled = dailies_reel_side_settle (side, &again);
  /* With a number of its own: elements ignore a seek whose number they have seen. */
  if (settled == DAILIES_REEL_AGAIN)
    dailies_reel_side_seek (side, self->rate_now, seek_flags (self, TRUE), again, gst_util_seqnum_next ());

  return settled;
}

static gboolean
is_late (DailiesReelEngine *self)
{
  return self->flight != FLIGHT_NONE && g_get_monotonic_time () > self->deadline;
}

/* The clips whose first frame came take part from now on. */
static void
join_sides (DailiesReelEngine *self)
{
  gboolean fresh = FALSE;
  gint64   time = shown_time (self);

  g_mutex_lock (&self->lock);
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
  {
    gboolean joined;

    g_mutex_lock (&self->lock);
    joined = dailies_reel_side_has_joined (self->sides[i]);
    g_mutex_unlock (&self->lock);

    if (joined)
      continue;

    fresh = TRUE;
    dailies_reel_side_join (self->sides[i]);
    gst_element_set_locked_state (dailies_reel_side_get_element (self->sides[i]), FALSE);
  }

  /* One seek puts all of them on the same running time. Nothing is picked before: the new ones still show their start. */
  if (fresh && count_sides (self) > 1)
    {
      fly_to (self, time, 0);
      return;
    }

  g_mutex_lock (&self->lock);
  self->frozen = FALSE;
  g_mutex_unlock (&self->lock);
  self->resync = self->resync || (fresh && (self->looping_now || self->rate != 1));
}

/* Returns: whether the flight is over */
static gboolean
settle (DailiesReelEngine *self)
{
  gboolean landed = TRUE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->sides[i] == NULL)
        continue;

      switch (settle_side (self, i))
        {
        case DAILIES_REEL_SETTLED:
          break;
        case DAILIES_REEL_EMPTY:
          fail_side (self, i, dailies_reel_side_explain (self->sides[i], NULL));
          break;
        case DAILIES_REEL_WAITING:
        case DAILIES_REEL_AGAIN:
        default:
          if (is_late (self))
            fail_side (self, i,
                       dailies_reel_explain_stall (dailies_reel_side_get_file (self->sides[i]), PATIENCE_SECONDS));
          else
            landed = FALSE;
          break;
        }
    }

  if (!landed)
    return FALSE;

  if (self->flight == FLIGHT_LOAD)
    {
      set_flight (self, FLIGHT_NONE);
      join_sides (self);
    }
  else
    {
      set_flight (self, FLIGHT_NONE);
    }

  return self->flight == FLIGHT_NONE;
}

/* --- doing what is wanted --------------------------------------------------------------------- */

static void
apply_settings (DailiesReelEngine *self)
{
  gboolean sound, looping, muted;
  double   level;

  g_mutex_lock (&self->lock);
  sound = self->sound_changed;
  self->sound_changed = FALSE;
  level = self->level;
  muted = self->muted;
  looping = self->looping;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i)
  {
    if (sound)
      dailies_reel_side_set_sound (self->sides[i], level, muted);
    if (looping != self->looping_now)
      dailies_reel_side_set_looping (self->sides[i], looping);
  }
  self->looping_now = looping;
}

/* A paused picture is made anew in its new size; a playing one changes with the next frame. */
static gboolean
apply_tiles (DailiesReelEngine *self)
{
  gboolean changed = FALSE;
  Slot     slots[DAILIES_REEL_MAX_SIDES];

  g_mutex_lock (&self->lock);
  memcpy (slots, self->slots, sizeof slots);
  self->tiles_changed = FALSE;
  g_mutex_unlock (&self->lock);

  FOR_EACH_SIDE (self, i) changed |= dailies_reel_side_set_tile (self->sides[i], slots[i].width, slots[i].height);

  if (!changed || self->running)
    return FALSE;

  fly_from_shown (self, 0);
  return TRUE;
}

static gboolean
move (DailiesReelEngine *self,
      gint64             position,
      int                steps)
{
  if (position >= 0)
    fly_to (self, position, steps);
  else if (!step_on (self, steps))
    fly_from_shown (self, steps);

  return TRUE;
}

static gboolean
apply_playing (DailiesReelEngine *self,
               gboolean           playing)
{
  gint64 time;

  if (!playing)
    {
      halt (self);
      return FALSE;
    }

  if (self->running)
    {
      if (self->rate == self->rate_now)
        return FALSE;
      fly_from_shown (self, 0);
      return TRUE;
    }

  time = shown_time (self);
  if (self->ended || (!self->looping_now && time > 0 && dailies_reel_side_is_last (first_side (self), time)))
    {
      fly_to (self, 0, 0);
      return TRUE;
    }
  if (self->resync || self->rate != self->rate_now)
    {
      fly_from_shown (self, 0);
      return TRUE;
    }

  self->loop_started = g_get_monotonic_time ();
  self->running = TRUE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return FALSE;
}

/* Returns: whether something was started that must land first */
static gboolean
act (DailiesReelEngine *self)
{
  gboolean playing, tiles;
  gint64   seek;
  int      steps;

  apply_settings (self);
  if (count_sides (self) == 0)
    {
      want_pause (self);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  seek = self->seek;
  steps = self->steps;
  playing = self->playing;
  tiles = self->tiles_changed;
  self->seek = -1;
  self->steps = 0;
  g_mutex_unlock (&self->lock);

  if (seek >= 0 || steps != 0)
    return move (self, seek, steps);
  if (tiles && apply_tiles (self))
    return TRUE;
  if (self->looping_now && self->segment_done)
    loop_in_place (self);

  return apply_playing (self, playing);
}

/* --- what the pipeline says ------------------------------------------------------------------- */

static void
handle_error (DailiesReelEngine *self,
              GstMessage        *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      DailiesReelSide *side = self->sides[i];

      if (side == NULL || !dailies_reel_side_owns (side, GST_MESSAGE_SRC (message)))
        continue;

      g_debug ("Side %u: %s: %s", i, error->message, debug);
      if (!dailies_reel_side_owns_sound (side, GST_MESSAGE_SRC (message)))
        {
          fail_side (self, i, dailies_reel_side_explain (side, error));
          return;
        }

      /* The device was unplugged, or the sound server went away: the picture goes on from here without it. */
      g_mutex_lock (&self->lock);
      self->slots[i].deaf = TRUE;
      self->slots[i].changed = TRUE;
      g_mutex_unlock (&self->lock);
      if (self->flight != FLIGHT_LOAD)
        dailies_reel_engine_seek (self, shown_time (self));
      return;
    }
}

static void
handle_end (DailiesReelEngine *self)
{
  gboolean ended = TRUE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) ended = ended && dailies_reel_side_at_end (self->sides[i]);
  g_mutex_unlock (&self->lock);

  /* It may be from before the last seek. */
  if (!ended || !self->running || self->flight != FLIGHT_NONE)
    return;

  FOR_EACH_SIDE (self, i) dailies_reel_side_note_end (self->sides[i]);

  if (self->looping_now && g_get_monotonic_time () - self->loop_started > (gint64) SHORTEST_LOOP / 1000)
    {
      fly_to (self, 0, 0);
      return;
    }

  halt (self);
  self->ended = TRUE;
  want_pause (self);
}

static void
handle_missing (DailiesReelEngine *self,
                GstMessage        *message)
{
  if (!gst_is_missing_plugin_message (message))
    return;

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_owns (self->sides[i], GST_MESSAGE_SRC (message)))
      dailies_reel_side_note_missing (self->sides[i], message);
  }
}

static void
handle (DailiesReelEngine *self,
        GstMessage        *message)
{
  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      handle_error (self, message);
      break;

    case GST_MESSAGE_EOS:
      handle_end (self);
      break;

    case GST_MESSAGE_SEGMENT_DONE:
      /* One from before the last seek says nothing any more. */
      if (gst_util_seqnum_compare (gst_message_get_seqnum (message), self->seqnum) >= 0)
        self->segment_done = TRUE;
      break;

    case GST_MESSAGE_CLOCK_LOST:
      if (self->running)
        {
          gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
          gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
        }
      break;

    case GST_MESSAGE_ELEMENT:
      handle_missing (self, message);
      break;

    default:
      break;
    }
}

/* --- the control thread ----------------------------------------------------------------------- */

static void
publish (DailiesReelEngine *self)
{
  gint64 duration = 0;

  FOR_EACH_SIDE (self, i) duration = MAX (duration, dailies_reel_side_get_duration (self->sides[i]));

  g_mutex_lock (&self->lock);
  self->report.duration = duration;
  self->report.playing = self->playing;
  self->report.n_sides = count_sides (self);
  g_mutex_unlock (&self->lock);

  self->func (self->data);
}

static gpointer
control (gpointer data)
{
  DailiesReelEngine *self = data;

  gst_element_set_state (self->pipeline, GST_STATE_READY);

  for (;;)
    {
      g_autoptr (GstMessage) message = NULL;
      gboolean               quit;

      g_mutex_lock (&self->lock);
      quit = self->quit;
      g_mutex_unlock (&self->lock);
      if (quit)
        break;

      change_sides (self);
      while (self->flight == FLIGHT_NONE || settle (self))
        {
          if (!act (self))
            break;
        }
      publish (self);

      message = gst_bus_timed_pop_filtered (self->bus,
                                            self->flight != FLIGHT_NONE ? GST_SECOND : GST_CLOCK_TIME_NONE,
                                            MESSAGES);
      if (message != NULL)
        handle (self, message);
    }

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    remove_side (self, i);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);

  return NULL;
}

static void
failure_free (gpointer data)
{
  DailiesReelFailure *failure = data;

  g_clear_error (&failure->error);
  g_free (failure);
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesReelEngine *
dailies_reel_engine_new (DailiesReelEngineFunc func,
                         gpointer              data)
{
  DailiesReelEngine *self = g_new0 (DailiesReelEngine, 1);

  /* Cheap where the program has done it already, off the main thread. */
  gst_init_check (NULL, NULL, NULL);
  self->func = func;
  self->data = data;
  self->rate = self->rate_now = 1;
  self->level = 1;
  self->seek = -1;
  g_mutex_init (&self->lock);
  g_queue_init (&self->report.failures);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  self->thread = g_thread_new ("reel", control, self);

  return self;
}

/* Waits for the control thread and, through it, for all streaming threads. */
void
dailies_reel_engine_free (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_mutex_unlock (&self->lock);
  wake (self);
  g_thread_join (self->thread);

  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_object (&self->slots[i].file);
  dailies_reel_report_clear (&self->report);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
dailies_reel_engine_set_file (DailiesReelEngine *self,
                              guint              side,
                              GFile             *file)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->slots[side].file, file);
  self->slots[side].changed = TRUE;
  self->slots[side].deaf = FALSE;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_set_tile (DailiesReelEngine *self,
                              guint              side,
                              int                width,
                              int                height)
{
  g_mutex_lock (&self->lock);
  self->slots[side].width = width;
  self->slots[side].height = height;
  self->tiles_changed = TRUE;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_set_playing (DailiesReelEngine *self,
                                 gboolean           playing)
{
  g_mutex_lock (&self->lock);
  self->playing = playing;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_set_rate (DailiesReelEngine *self,
                              double             rate)
{
  g_mutex_lock (&self->lock);
  self->rate = rate;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_set_looping (DailiesReelEngine *self,
                                 gboolean           looping)
{
  g_mutex_lock (&self->lock);
  self->looping = looping;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_set_sound (DailiesReelEngine *self,
                               double             level,
                               gboolean           muted)
{
  g_mutex_lock (&self->lock);
  self->level = level;
  self->muted = muted;
  self->sound_changed = TRUE;
  g_mutex_unlock (&self->lock);
  wake (self);
}

/* The newest wins, and makes earlier steps pointless. */
void
dailies_reel_engine_seek (DailiesReelEngine *self,
                          gint64             position)
{
  g_mutex_lock (&self->lock);
  self->seek = MAX (position, 0);
  self->steps = 0;
  g_mutex_unlock (&self->lock);
  wake (self);
}

/* Pauses; steps add up. */
void
dailies_reel_engine_step (DailiesReelEngine *self,
                          int                frames)
{
  g_mutex_lock (&self->lock);
  self->steps += frames;
  self->playing = FALSE;
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
dailies_reel_engine_read (DailiesReelEngine *self,
                          DailiesReelReport *report)
{
  const DailiesReelFrame *frames[DAILIES_REEL_MAX_SIDES] = { NULL };

  g_mutex_lock (&self->lock);
  *report = self->report;
  g_queue_init (&self->report.failures);
  report->position = -1;
  if (pick (self, frames) && first_of (frames) != NULL)
    report->position = first_of (frames)->time;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      report->present[i] = self->slots[i].file != NULL;
      report->picked[i] = frames[i] != NULL ? gst_sample_ref (frames[i]->sample) : NULL;
    }
  g_mutex_unlock (&self->lock);
}

void
dailies_reel_report_clear (DailiesReelReport *report)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_pointer (&report->picked[i], gst_sample_unref);
  g_queue_clear_full (&report->failures, failure_free);
}

/* Returns: whether @side is there and known */
gboolean
dailies_reel_engine_get_format (DailiesReelEngine *self,
                                guint              side,
                                int               *width,
                                int               *height,
                                double            *fps)
{
  const DailiesReelGrid *grid;
  gboolean               known;

  *width = *height = 0;
  *fps = 0;
  g_mutex_lock (&self->lock);
  known = self->sides[side] != NULL;
  if (known)
    {
      dailies_reel_side_get_size (self->sides[side], width, height);
      grid = dailies_reel_side_get_grid (self->sides[side]);
      *fps = dailies_reel_grid_is_even (grid) ? (double) grid->fps_n / grid->fps_d : 0;
    }
  g_mutex_unlock (&self->lock);

  return known;
}
