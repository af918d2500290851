/* dailies-reel-arrival.c: a side loads, and meets the others wherever they are, without holding them up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include "dailies-reel-words.h"

/* How far ahead of the others a side is sent while they are playing: about what it takes to get there. */
#define AHEAD (250 * GST_MSECOND)
/* A clip on which nothing has worked for so long, in µs, will not begin any more. */
#define GIVE_UP (G_TIME_SPAN_SECOND / 2)
/* How often a side is sent after the others before they come to it. */
#define MOST_TRIES 3

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
    dailies_reel_engine_wake (self);
  /* Also while something is on its way: it may be a side that concerns nobody else. */
  self->func (self->data);
}

/* Begins to load what is in @slot. */
void
dailies_reel_engine_expect (DailiesReelEngine *self,
                            guint              index,
                            const Slot        *slot)
{
  Arrival    *arrival = &self->arrivals[index];
  GstElement *element;
  g_autoptr (DailiesGraphics) graphics = NULL;

  g_mutex_lock (&self->lock);
  if (self->graphics != NULL && !slot->plain)
    graphics = dailies_graphics_ref (self->graphics);
  g_mutex_unlock (&self->lock);

  memset (arrival, 0, sizeof *arrival);
  arrival->side = dailies_reel_side_new (
    slot->file, graphics, !slot->deaf, &self->lock, &self->pace, side_changed_cb, self);
  arrival->started = g_get_monotonic_time ();
  arrival->opened = slot->opened > 0 ? slot->opened : arrival->started;
  dailies_reel_side_set_tile (arrival->side, slot->width, slot->height);
  dailies_reel_side_set_looping (arrival->side, self->looping_now);
  dailies_reel_side_set_slip (arrival->side, slot->slip);
  g_mutex_lock (&self->lock);
  self->airborne = TRUE;
  self->sound_changed = TRUE;
  g_mutex_unlock (&self->lock);

  element = dailies_reel_side_get_element (arrival->side);
  gst_element_set_bus (element, self->bus);
  gst_element_set_state (element, GST_STATE_PAUSED);
}

/* --- meeting the others ----------------------------------------------------------------------- */

/* Whether the moment that the others are looked at is not just where this side changes its frame; at the start all show their first. */
static gboolean
suits (DailiesReelEngine *self,
       DailiesReelSide   *side)
{
  return self->course.start <= (gint64) GST_MSECOND || dailies_reel_side_is_clear (side, self->course.start);
}

/* The course on which @arrival comes to where the others are or will be. Returns: %FALSE when they have to come along */
static gboolean
plan (DailiesReelEngine *self,
      Arrival           *arrival)
{
  gint64 begin, end, meet, length;

  arrival->course = self->course;
  arrival->course.flags |= GST_SEEK_FLAG_FLUSH;
  arrival->ahead = FALSE;
  if (!self->running)
    return self->here >= 0 && !self->resync && suits (self, arrival->side);

  length = dailies_reel_side_get_duration (arrival->side) - dailies_reel_side_get_slip (arrival->side);
  dailies_reel_engine_get_round (self, length, &begin, &end);
  meet = MAX (dailies_reel_engine_now (self), self->course.start) +
         (gint64) (AHEAD * self->course.rate);
  if (end >= 0 && meet >= end)
    {
      DailiesReelCourse next;

      if (!self->looping_now || !(self->course.flags & GST_SEEK_FLAG_SEGMENT) ||
          !dailies_reel_engine_get_next_round (self, &next, length))
        return FALSE;

      next.flags |= GST_SEEK_FLAG_FLUSH;
      next.seqnum = gst_util_seqnum_next ();
      arrival->course = next;
      arrival->ahead = TRUE;
      return TRUE;
    }

  arrival->course.start = meet;
  arrival->course.running += (gint64) ((meet - self->course.start) / self->course.rate);
  arrival->course.seqnum = gst_util_seqnum_next ();

  return TRUE;
}

static void
attach (DailiesReelEngine *self,
        guint              index,
        gboolean           on_course)
{
  Arrival         *arrival = &self->arrivals[index];
  DailiesReelSide *side = g_steal_pointer (&arrival->side);
  GstElement      *element = dailies_reel_side_get_element (side);
  gboolean         alone = dailies_reel_engine_count_sides (self) == 0;
  gboolean         leaves = FALSE;

  if (alone)
    gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  gst_bin_add (GST_BIN (self->pipeline), element);

  g_mutex_lock (&self->lock);
  /* It goes to where they stand, and is not seen beside them before it is there. */
  if (!alone && !self->running && !on_course)
    {
      dailies_reel_engine_keep (self);
      self->frozen = TRUE;
    }
  dailies_reel_side_enter (side, self->running || !on_course);
  self->sides[index] = side;
  self->sound_changed = TRUE;
  self->slips_changed = TRUE;
  self->ahead[index] = arrival->ahead && self->running;
  self->ahead_done[index] = self->ahead[index] && arrival->done;
  self->done[index] = self->ahead[index] || arrival->done;
  if (alone)
    {
      self->here = 0;
      /* It goes on to where it is wanted before anybody sees it. */
      leaves = self->seek >= 0 && !dailies_reel_engine_seeks_what_comes (self);
      self->frozen = leaves;
    }
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_note_round (self);

  dailies_reel_engine_fit_jogs (self);
  if (self->running)
    {
      gst_element_set_base_time (element, gst_element_get_base_time (self->pipeline));
      gst_element_set_state (element, GST_STATE_PLAYING);
    }
  if (dailies_reel_engine_waits_in_vain (self) || (!self->running && !on_course && !leaves))
    dailies_reel_engine_fly_from_shown (self, 0);
}

/* The others, which play, come to it. */
static void
attach_at_once (DailiesReelEngine *self,
                guint              index)
{
  self->arrivals[index].ahead = self->arrivals[index].done = FALSE;
  attach (self, index, FALSE);
  if (self->flight == FLIGHT_NONE)
    dailies_reel_engine_fly_from_shown (self, 0);
}

/* Its first frame is there. Returns: whether it has joined the others */
static gboolean
welcome (DailiesReelEngine *self,
         guint              index)
{
  Arrival *arrival = &self->arrivals[index];
  gboolean prompt = TRUE;

  if (!arrival->sent)
    prompt = dailies_reel_side_join (arrival->side);

  if (dailies_reel_engine_count_sides (self) == 0)
    {
      gboolean slipped = dailies_reel_side_get_slip (arrival->side) != 0;

      /* It stands where it has loaded, at its beginning, and nothing has asked yet how it is to go on. */
      self->course = (DailiesReelCourse) {
        .rate = 1, .flags = GST_SEEK_FLAG_ACCURATE, .stop = -1, .seqnum = gst_util_seqnum_next ()
      };
      attach (self, index, !arrival->sent && !slipped && prompt);
      return TRUE;
    }

  /* The others have moved since it was sent, or are in another round. It might never catch up with them: theirs may be shorter
   * than it takes to get there. */
  if (arrival->sent && self->running && arrival->ahead && arrival->round + 1 == self->round)
    arrival->ahead = FALSE;
  else if (arrival->sent && self->running &&
           (arrival->moves != self->moves || arrival->round != self->round))
    {
      if (arrival->n_sent >= MOST_TRIES)
        {
          attach_at_once (self, index);
          return TRUE;
        }
      arrival->sent = FALSE;
    }
  if (arrival->sent)
    {
      attach (self, index, arrival->moves == self->moves);
      return TRUE;
    }

  /* Everybody stands at the beginning, and so does it. Where the others were sent there for a round that a loop can follow,
   * it has to be sent too: it would end for good, and the loop wait for it for ever. */
  if (prompt && !self->running && self->here == 0 && self->course.running == 0 &&
      !(self->course.flags & GST_SEEK_FLAG_SEGMENT) &&
      self->course.start <= (gint64) GST_MSECOND &&
      dailies_reel_side_get_slip (arrival->side) == 0)
    {
      attach (self, index, TRUE);
      return TRUE;
    }

  if (!plan (self, arrival))
    {
      /* Who goes round does not come to an end at which it could be met. */
      if (self->running && self->looping_now)
        attach_at_once (self, index);
      else if (!self->running)
        attach (self, index, FALSE);
      return !self->running || self->looping_now;
    }

  arrival->sent = TRUE;
  arrival->n_sent++;
  arrival->started = g_get_monotonic_time ();
  arrival->done = FALSE;
  arrival->moves = self->moves;
  arrival->round = self->round;
  dailies_reel_side_fly (arrival->side, &arrival->course);
  return FALSE;
}

/* --- loading ---------------------------------------------------------------------------------- */

static gboolean
gave_up (Arrival *arrival)
{
  gint64 now = g_get_monotonic_time ();

  if (arrival->sent || !dailies_reel_side_is_idle (arrival->side))
    {
      arrival->idle_since = 0;
      return FALSE;
    }
  if (arrival->idle_since == 0)
    arrival->idle_since = now;

  return now - arrival->idle_since > GIVE_UP;
}

static gboolean
has_picture (DailiesReelEngine *self,
             DailiesReelSide   *side)
{
  gboolean has;

  g_mutex_lock (&self->lock);
  has = dailies_reel_side_newest (side) != NULL;
  g_mutex_unlock (&self->lock);

  return has;
}

/* Returns: whether its pictures are decoded, and for too long only the graphics card can have been what the first one waits for */
static gboolean
is_card_dead (DailiesReelEngine *self,
              Arrival           *arrival)
{
  gint64 now = g_get_monotonic_time ();
  int    width, height;

  g_mutex_lock (&self->lock);
  dailies_reel_side_get_size (arrival->side, &width, &height);
  g_mutex_unlock (&self->lock);

  if (width <= 0 || arrival->sent || !dailies_reel_side_is_on_card (arrival->side) || has_picture (self, arrival->side))
    {
      arrival->card_since = 0;
      return FALSE;
    }
  if (arrival->card_since == 0)
    arrival->card_since = now;

  return now - arrival->card_since > CARD_PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
}

static void
wait_on (DailiesReelEngine *self,
         guint              index)
{
  Arrival           *arrival = &self->arrivals[index];
  gint64             waited = g_get_monotonic_time () - arrival->started;
  g_autoptr (GError) error = NULL;

  if (gave_up (arrival))
    {
      error = g_error_new_literal (
        GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX, "The demuxer stopped before the first picture");
      dailies_reel_engine_give_up_side (
        self, index, arrival->side, dailies_reel_side_explain (arrival->side, error));
    }
  else if (is_card_dead (self, arrival))
    {
      /* The next clip would wait for it just as long. */
      g_debug ("The graphics card makes no picture; from now on all are made in memory");
      dailies_reel_engine_set_graphics (self, NULL);
      dailies_reel_engine_give_up_side (
        self,
        index,
        arrival->side,
        dailies_reel_explain_stall (dailies_reel_side_get_file (arrival->side), CARD_PATIENCE_SECONDS));
    }
  else if (waited > PATIENCE_SECONDS * G_TIME_SPAN_SECOND)
    {
      /* Where the picture is there, the sound device is what does not begin. */
      if (has_picture (self, arrival->side) && !self->slots[index].deaf)
        dailies_reel_engine_reopen (self, index, arrival->side, FALSE, TRUE);
      else
        dailies_reel_engine_fail_side (
          self,
          index,
          dailies_reel_explain_stall (dailies_reel_side_get_file (arrival->side), PATIENCE_SECONDS));
    }
}

static void
receive_one (DailiesReelEngine *self,
             guint              index)
{
  Arrival *arrival = &self->arrivals[index];
  gboolean blind;
  gint64   again;

  g_mutex_lock (&self->lock);
  blind = dailies_reel_side_lacks_video (arrival->side);
  g_mutex_unlock (&self->lock);

  switch (blind ? DAILIES_REEL_EMPTY : dailies_reel_side_settle (arrival->side, &again))
    {
    case DAILIES_REEL_SETTLED:
      if (!dailies_reel_side_is_prerolled (arrival->side))
        wait_on (self, index);
      else if (self->flight == FLIGHT_NONE)
        welcome (self, index);
      break;

    case DAILIES_REEL_EMPTY:
      dailies_reel_engine_give_up_side (
        self, index, arrival->side, dailies_reel_side_explain (arrival->side, NULL));
      break;

    case DAILIES_REEL_AGAIN:
      dailies_reel_side_fly_again (arrival->side, &arrival->course, again);
      break;

    case DAILIES_REEL_WAITING:
    default:
      wait_on (self, index);
      break;
    }
}

/* Those that have their first frame join the others. */
void
dailies_reel_engine_receive (DailiesReelEngine *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->arrivals[i].side != NULL)
        receive_one (self, i);
    }

  g_mutex_lock (&self->lock);
  self->airborne = self->flight != FLIGHT_NONE || dailies_reel_engine_has_arrivals (self);
  g_mutex_unlock (&self->lock);
}
