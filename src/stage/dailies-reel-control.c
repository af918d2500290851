/* dailies-reel-control.c: the thread that brings the pipeline to what is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include "dailies-heap.h"
#include "dailies-jog-maker.h"
#include "dailies-picture-memory.h"
#include "dailies-stop.h"

/* µs of play: whoever goes on looking will go round, and have use for jogs. */
#define GLANCE (12 * G_TIME_SPAN_SECOND)
/* µs: what takes longer is stuck, or so heavy that jogs are what helps; and a drag in which one flight follows the other without a
 * gap would never get any. */
#define LONGEST_WAIT (2 * G_TIME_SPAN_SECOND)
/* µs */
#define TIDY_INTERVAL (10 * G_TIME_SPAN_SECOND)

static void
publish (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->report.duration = dailies_reel_engine_get_end (self);
  self->report.playing = self->playing;
  self->report.shuttle = !self->playing ? 0 : self->shuttle != 0 ? self->shuttle : self->rate;
  self->report.preparing = self->holding;
  self->report.waiting = self->running && dailies_reel_pace_waits (&self->pace, g_get_monotonic_time () * 1000);
  self->report.n_sides = dailies_reel_engine_count_sides (self);
  g_mutex_unlock (&self->lock);

  self->func (self->data);
}

/* What sides have left goes back, but not at each of them: the main thread loses what it paints in as well. Returns: µs until then */
static gint64
tidy (DailiesReelEngine *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->untidy)
    return -1;
  if (now - self->tidied < TIDY_INTERVAL)
    return TIDY_INTERVAL - (now - self->tidied);

  dailies_heap_trim ();
  dailies_picture_memory_tidy ();
  self->tidied = now;
  self->untidy = FALSE;
  return -1;
}

/* Returns: ns; the thread sleeps while nothing is asked of it and everything goes well */
static GstClockTime
get_patience (DailiesReelEngine *self)
{
  gint64 wait, rest;
  gint64 tidy_in = tidy (self);

  if (self->flight != FLIGHT_NONE || dailies_reel_engine_has_arrivals (self))
    return GST_SECOND / 4;

  /* Whether all keep up; and whether the jogs are there. */
  if (self->running || self->holding)
    return GST_SECOND / 4;

  wait = dailies_reel_engine_roll_wait (self);
  rest = dailies_reel_engine_rest_wait (self);
  if (wait < 0 || (rest >= 0 && rest < wait))
    wait = rest;
  if (tidy_in >= 0 && (wait < 0 || tidy_in * 1000 < wait))
    wait = tidy_in * 1000;
  return wait >= 0 ? (GstClockTime) wait : GST_CLOCK_TIME_NONE;
}

/* Returns: whether what @holds does so since less than the longest wait; @since: (inout): µs, monotonic, since when; 0 it does not */
static gboolean
is_new (gboolean holds,
        gint64  *since,
        gint64   now)
{
  if (!holds || *since == 0)
    *since = holds ? now : 0;

  return holds && now - *since < LONGEST_WAIT;
}

/* Whether the making of jogs gives way to what plays. Where cores are few four sides will be played from jogs, but what is only
 * looked at for a moment costs less without. */
static gboolean
plays_first (DailiesReelEngine *self,
             gint64             now)
{
  if (!self->running || self->runs_since == 0)
    self->runs_since = self->running ? now : 0;

  return self->running && (!dailies_reel_engine_wants_to_roll (self) || (!self->overtaxed && now - self->runs_since < GLANCE));
}

/* Whether it gives way to a place, or a clip, for which somebody waits. But what flies because there are no jogs to play from waits
 * for their making, and for nothing else. */
static gboolean
is_waited_for (DailiesReelEngine *self,
               gint64             now)
{
  gboolean wants_jogs = self->roll_from >= 0 || (self->under_way && dailies_reel_engine_wants_to_roll (self));
  gboolean flies = is_new (self->flight != FLIGHT_NONE && !wants_jogs, &self->flies_since, now);
  gboolean opens = is_new (dailies_reel_engine_has_arrivals (self) && !wants_jogs, &self->opens_since, now);

  return flies || opens;
}

static void
claim_cores (DailiesReelEngine *self,
             gboolean           claims)
{
  if (self->claims_cores == claims)
    return;

  self->claims_cores = claims;
  dailies_jog_maker_claim (claims);
}

/* To be called after whatever changes how much is decoded at once. */
void
dailies_reel_engine_mind_cores (DailiesReelEngine *self)
{
  gint64   now = g_get_monotonic_time ();
  gboolean plays = plays_first (self, now);
  gboolean waits = is_waited_for (self, now);

  claim_cores (self, plays || waits);
}

gpointer
dailies_reel_engine_control (gpointer data)
{
  DailiesReelEngine *self = data;

  gst_element_set_state (self->pipeline, GST_STATE_READY);

  for (;;)
    {
      g_autoptr (GstMessage) message = NULL;
      gboolean quit;

      g_mutex_lock (&self->lock);
      quit = self->quit;
      g_mutex_unlock (&self->lock);
      if (quit)
        break;

      /* One that is to lead does so before the one goes that did. */
      if (self->flight == FLIGHT_NONE)
        dailies_reel_engine_change_lead (self);
      dailies_reel_engine_change_sides (self);
      if (self->flight == FLIGHT_NONE)
        {
          dailies_reel_engine_change_lead (self);
          if (!self->running)
            dailies_reel_engine_learn_ends (self);
          dailies_reel_engine_learn_starts (self);
          dailies_reel_engine_receive (self);
        }
      dailies_reel_engine_scrub_aloft (self);
      while (self->flight == FLIGHT_NONE || dailies_reel_engine_settle (self))
        {
          if (!dailies_reel_engine_act (self))
            break;
        }
      dailies_reel_engine_reach_aim (self);
      dailies_reel_engine_mind_voice (self);
      publish (self);
      dailies_reel_engine_mind_cores (self);

      message = gst_bus_timed_pop_filtered (self->bus, get_patience (self), DAILIES_REEL_ENGINE_MESSAGES);
      if (message != NULL)
        dailies_reel_engine_handle (self, message);
    }

  claim_cores (self, FALSE);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_reel_engine_remove_side (self, i);
  dailies_reel_voice_stop (self->voice);
  dailies_stop (self->pipeline);

  return NULL;
}
