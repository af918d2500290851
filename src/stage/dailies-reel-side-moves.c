/* dailies-reel-side-moves.c: what the control thread does with a side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-side-private.h"

#include <gst/pbutils/pbutils.h>

#include "dailies-codecs.h"
#include "dailies-fragments.h"
#include "dailies-reel-idle.h"
#include "dailies-reel-order.h"
#include "dailies-reel-words.h"

/* --- the control thread ----------------------------------------------------------------------- */

/* How far a time may be off by the rounding of containers: a round begins and ends so much inside its frames. */
#define ROUNDING GST_MSECOND

/* A demuxer stops at the first picture behind its stop, in the order in which they are decoded. Between that one and those before it
 * there may be some that are shown earlier: so many. */
#define DECODED_AHEAD 8

/* The number of the last frame as far as it is known. */
static gint64
last_number (DailiesReelSide *self)
{
  gint64 length = dailies_reel_grid_length (&self->grid);

  if (self->last_frame >= 0)
    return self->last_frame;
  if (self->duration <= 0)
    return G_MAXINT32;

  /* Less a tenth and a bit: a length that is rounded up by a hair has no frame more. */
  return dailies_reel_grid_number (&self->grid,
                                   self->grid.origin + MAX (self->duration - length / 4, 0));
}

static gboolean
send_seek (DailiesReelSide         *self,
           const DailiesReelCourse *course,
           gint64                   time,
           gint64                   stop,
           gint64                   running,
           guint32                  seqnum)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->sink, "sink");
  GstSeekFlags flags = self->gapped ? course->flags & ~GST_SEEK_FLAG_SEGMENT : course->flags;
  GstEvent    *event;

  g_mutex_lock (self->lock);
  dailies_reel_rounds_add (&self->rounds, seqnum, MAX (running, 0), stop >= 0 ? stop + self->grid.origin : -1);
  g_mutex_unlock (self->lock);

  /* To its first frame at most, and not to what may be before that: others would be ahead of it from there, and the demuxer of
   * MPEG-TS gives the first frame the time that was asked for. */
  time += self->grid.origin;
  event = gst_event_new_seek (course->rate,
                              GST_FORMAT_TIME,
                              flags,
                              GST_SEEK_TYPE_SET,
                              time,
                              GST_SEEK_TYPE_SET,
                              stop >= 0 ? stop + self->grid.origin + DECODED_AHEAD * dailies_reel_grid_length (&self->grid) : -1);
  gst_event_set_seqnum (event, seqnum);
  /* From the picture's sink alone: the sound comes from the same demuxer, which would do it all twice. And from its pad: the
   * element would keep its state locked until the demuxer has stopped, which has to push on first what it holds, into
   * queues that may be full until the sink plays, which it cannot while its state is locked. */
  return gst_pad_push_event (pad, event);
}

/**
 * dailies_reel_side_fly:
 *
 * Goes to the frame that covers the start of @course. A side whose clip begins later holds its first frame until then, one
 * whose clip is over holds its last.
 *
 * Returns: whether the clip can do that
 */
gboolean
dailies_reel_side_fly (DailiesReelSide         *self,
                       const DailiesReelCourse *course)
{
  gint64 wanted = course->start + self->slip;
  gint64 last = last_number (self);
  gint64 stop = course->stop >= 0 ? course->stop + self->slip - ROUNDING : -1;
  gint64 running = course->running;
  gint64 time = wanted;

  self->target = dailies_reel_grid_number (&self->grid, self->grid.origin + MAX (wanted, 0));
  if (wanted <= ROUNDING)
    {
      time = 0;
      running += (gint64) ((time - wanted) / course->rate);
    }
  else if (self->target > last)
    {
      self->target = last;
      time = dailies_reel_grid_middle (&self->grid, last) - self->grid.origin;
    }
  else if (dailies_reel_grid_varies (&self->grid))
    {
      /* What is in the middle of a frame of the lead need not be in the middle of one of this side. */
      time = dailies_reel_grid_within (&self->grid, self->target, self->grid.origin + wanted) - self->grid.origin;
      running += (gint64) ((time - wanted) / course->rate);
    }
  if (stop >= 0)
    stop = MAX (stop, time + ROUNDING);
  if (stop >= dailies_reel_grid_span (&self->grid, last + 1) - ROUNDING)
    stop = -1;

  g_mutex_lock (self->lock);
  self->early = wanted < -ROUNDING;
  g_mutex_unlock (self->lock);

  return send_seek (self, course, time, stop, running, course->seqnum);
}

/**
 * dailies_reel_side_fly_again:
 * @number: the frame where there may be a picture, when there was none where @course led
 *
 * Returns: whether the clip can do that
 */
gboolean
dailies_reel_side_fly_again (DailiesReelSide         *self,
                             const DailiesReelCourse *course,
                             gint64                   number)
{
  gint64 time =
    number > 0 ? dailies_reel_grid_middle (&self->grid, number) - self->grid.origin : 0;

  self->target = number;
  /* With a number of its own: elements ignore a seek whose number they have seen. */
  return send_seek (self, course, time, -1, course->running, gst_util_seqnum_next ());
}

/* Skips to the frame @frames further on; only while paused. */
gboolean
dailies_reel_side_step (DailiesReelSide *self,
                        guint            frames)
{
  return gst_element_send_event (self->sink,
                                 gst_event_new_step (GST_FORMAT_BUFFERS, frames, 1, TRUE, FALSE));
}

/* Doubling steps back from where nothing was, then halving between what was found and what was not:
 * a clip whose sound is longer than its picture ends earlier than its length says. */
static DailiesReelSettled
look_for_end (DailiesReelSide *self,
              gint64          *again)
{
  if (self->end_none == 0)
    return DAILIES_REEL_EMPTY;

  if (self->end_low < 0)
    *again = MAX (0, self->end_none - ((gint64) 1 << self->end_tries++));
  else if (self->end_low + 1 < self->end_none)
    *again = (self->end_low + self->end_none) / 2;
  else
    *again = self->end_low;

  return DAILIES_REEL_AGAIN;
}

/**
 * dailies_reel_side_settle:
 * @again: (out): the frame to seek to for %DAILIES_REEL_AGAIN
 *
 * Returns: what has become of the last seek
 */
DailiesReelSettled
dailies_reel_side_settle (DailiesReelSide *self,
                          gint64          *again)
{
  const DailiesReelFrame *frame;
  gint64                  number = -1;
  gboolean                through;

  g_mutex_lock (self->lock);
  frame = dailies_reel_side_newest (self);
  if (frame != NULL)
    number = dailies_reel_grid_number (&self->grid, self->grid.origin + frame->time);
  through = self->through;
  g_mutex_unlock (self->lock);

  if (number >= 0)
    {
      if (self->end_none < 0)
        return DAILIES_REEL_SETTLED;

      self->end_low = number;
      if (number + 1 < self->end_none)
        return look_for_end (self, again);

      g_mutex_lock (self->lock);
      self->last_frame = number;
      g_mutex_unlock (self->lock);
      self->end_low = self->end_none = -1;
      self->end_tries = 0;
      return DAILIES_REEL_SETTLED;
    }

  if (!through)
    return DAILIES_REEL_WAITING;

  self->end_none = self->target;
  return look_for_end (self, again);
}

/* The clip was played to its end: now its last frame is known, and its length if nothing told it.
 */
void
dailies_reel_side_note_end (DailiesReelSide *self)
{
  const DailiesReelFrame *frame;

  g_mutex_lock (self->lock);
  frame = dailies_reel_side_newest (self);
  /* Where frames were left out it need not be the last. */
  if (frame != NULL && self->pace->thinned_to < frame->running)
    {
      self->last_frame =
        dailies_reel_grid_number (&self->grid, self->grid.origin + frame->time);
      if (self->duration <= 0)
        self->duration = dailies_reel_grid_span (&self->grid, self->last_frame + 1);
    }
  g_mutex_unlock (self->lock);
}

/* Somebody has seen the whole clip: @time, in its own stream time, is where its last frame begins. */
void
dailies_reel_side_note_last (DailiesReelSide *self,
                             gint64           time)
{
  gint64 end;

  g_mutex_lock (self->lock);
  self->last_frame = dailies_reel_grid_number (&self->grid, time);
  end = dailies_reel_grid_span (&self->grid, self->last_frame + 1);
  if (self->duration <= 0 || self->gapped)
    self->duration = end;
  else if (self->guessed)
    self->duration = MAX (self->duration, end);
  /* Some containers count from their own beginning and not from the first frame. */
  if (self->grid.origin > 0 && ABS (self->duration - self->grid.origin - end) < dailies_reel_grid_length (&self->grid))
    self->duration = end;
  g_mutex_unlock (self->lock);
}

/* Whether all its sinks have what they begin with. */
gboolean
dailies_reel_side_is_prerolled (DailiesReelSide *self)
{
  return gst_element_get_state (self->bin, NULL, NULL, 0) == GST_STATE_CHANGE_SUCCESS;
}

/* @frames: of its own rate. Returns: whether it changed */
gboolean
dailies_reel_side_set_slip (DailiesReelSide *self,
                            int              frames)
{
  gint64   old;
  gboolean changed;

  g_mutex_lock (self->lock);
  old = self->slip;
  self->slip_frames = frames;
  self->slip = dailies_reel_grid_slip (&self->grid, frames);
  changed = old != self->slip;
  g_mutex_unlock (self->lock);

  return changed;
}

/* The first frame is there: the frames are counted from it from now on.
 *
 * Returns: whether it is the first thing that plays from there; some containers have a while of nothing before it */
gboolean
dailies_reel_side_join (DailiesReelSide *self)
{
  DailiesReelFrame *first;
  gint64            duration;
  gboolean          prompt;

  if (!gst_element_query_duration (self->sink, GST_FORMAT_TIME, &duration))
    duration = 0;
  if (dailies_codecs_has_fragments (self->source))
    duration = MAX (duration, dailies_fragments_measure_file (self->file));
  /* The demuxer of MPEG-TS stops at a seek that asks for a segment, having flushed all that comes after it, and never begins again.
   * There is no asking it beforehand. */
  self->gapped = dailies_codecs_is_transport_stream (self->source);
  self->guessed = !dailies_codecs_knows_length (self->source);

  g_mutex_lock (self->lock);
  self->duration = MAX (duration, 0);
  first = g_queue_peek_head (&self->ring);
  if (first != NULL)
    {
      self->grid.origin = first->time;
      first->time = 0;
    }
  prompt = first == NULL || first->running <= (gint64) ROUNDING;
  self->slip = dailies_reel_grid_slip (&self->grid, self->slip_frames);
  self->joined = TRUE;
  g_mutex_unlock (self->lock);

  return prompt;
}

/* @gain: linear, as heard at the end */
void
dailies_reel_side_set_gain (DailiesReelSide *self,
                            double           gain)
{
  g_mutex_lock (self->lock);
  self->gain = gain;
  if (self->fader != NULL)
    dailies_reel_fader_set_gain (self->fader, gain);
  g_mutex_unlock (self->lock);
}

/* Returns: whether pictures of another size come from now on */
gboolean
dailies_reel_side_set_tile (DailiesReelSide *self,
                            int              width,
                            int              height)
{
  g_mutex_lock (self->lock);
  self->tile.max_width = width;
  self->tile.max_height = height;
  g_mutex_unlock (self->lock);

  return dailies_reel_side_update_tile (self);
}

void
dailies_reel_side_set_looping (DailiesReelSide *self,
                               gboolean         looping)
{
  g_mutex_lock (self->lock);
  self->rounds.looping = looping;
  g_mutex_unlock (self->lock);
}

/* Whether a stream of it can only go the other way at the end of this round than it is to go now: it has ended and should
 * loop, or waits for the next round and should end. */
gboolean
dailies_reel_side_is_committed (DailiesReelSide *self)
{
  gboolean committed;

  g_mutex_lock (self->lock);
  committed = (self->rounds.looping ? self->rounds.closed : self->rounds.open) > 0;
  g_mutex_unlock (self->lock);

  return committed;
}

/* Whether the clip cannot go on from its end to its beginning without a gap. */
gboolean
dailies_reel_side_is_gapped (DailiesReelSide *self)
{
  return self->gapped;
}

/* A sound that cannot be decoded is no reason not to show the picture. */
void
dailies_reel_side_note_missing (DailiesReelSide *self,
                                GstMessage      *message)
{
  GstCaps    *caps = NULL;
  const char *type;

  if (!gst_structure_get (
        gst_message_get_structure (message), "detail", GST_TYPE_CAPS, &caps, NULL))
    return;

  type = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  if (!g_str_has_prefix (type, "audio/") && !g_str_has_prefix (type, "text/"))
    {
      g_free (self->missing);
      self->missing = gst_missing_plugin_message_get_description (message);
    }
  gst_caps_unref (caps);
}

/* @error: (nullable): GStreamer's; %NULL when the clip merely has no picture, or none any more */
GError *
dailies_reel_side_explain (DailiesReelSide *self,
                           const GError    *error)
{
  g_autoptr (GError) lost = NULL;

  if (error == NULL && self->joined)
    error = lost = g_error_new_literal (GST_STREAM_ERROR, GST_STREAM_ERROR_DEMUX, "There were pictures, and there are none now");
  if (g_atomic_pointer_get (&self->unsteppable) != NULL)
    return dailies_reel_explain_unsteppable (self->file, g_atomic_pointer_get (&self->unsteppable));
  if (error == NULL)
    return dailies_reel_explain_no_picture (self->file, self->missing);

  return dailies_reel_explain (
    self->file, error, self->missing, g_atomic_int_get (&self->has_sound));
}

/* Whether nothing reads or decodes: while a clip loads that means that it never will. */
gboolean
dailies_reel_side_is_idle (DailiesReelSide *self)
{
  return dailies_reel_idle_check (self->source);
}

GFile *
dailies_reel_side_get_file (DailiesReelSide *self)
{
  return self->file;
}

/* --- with the lock held ----------------------------------------------------------------------- */

const DailiesReelFrame *
dailies_reel_side_newest (DailiesReelSide *self)
{
  return g_queue_peek_tail (&self->ring);
}

/* Whether @frame is the first of a clip that begins later than the reel. */
static gboolean
holds_first (DailiesReelSide        *self,
             const DailiesReelFrame *frame)
{
  return self->early && frame != NULL && frame->time == 0;
}

/* The newest frame that is not newer than @running; or the first, which a side that begins later holds. */
const DailiesReelFrame *
dailies_reel_side_find (DailiesReelSide *self,
                        gint64           running,
                        gboolean         or_first)
{
  for (GList *link = self->ring.tail; link != NULL; link = link->prev)
    {
      const DailiesReelFrame *frame = link->data;

      if (frame->running <= running)
        return frame;
    }

  return or_first || holds_first (self, g_queue_peek_head (&self->ring)) ? g_queue_peek_head (&self->ring) : NULL;
}

/**
 * dailies_reel_side_find_moment_before:
 * @frames: at least 1
 *
 * A frame that would be left out by going further, and stands too short for a screen, does not count.
 *
 * Returns: the last moment before the frame that comes @frames after the one shown at @running; %G_MAXINT64 where that has not
 * come yet
 */
gint64
dailies_reel_side_find_moment_before (DailiesReelSide *self,
                                      gint64           running,
                                      guint            frames)
{
  for (GList *link = self->ring.head; link != NULL; link = link->next)
    {
      const DailiesReelFrame *frame = link->data;
      const DailiesReelFrame *before = link->prev != NULL ? link->prev->data : NULL;
      gint64                  length = frame->end - frame->running;
      gint64                  stands = before != NULL ? frame->running - before->running : length;

      if (frame->running <= running)
        continue;
      if (frames > 1)
        frames--;
      else if (stands >= DAILIES_REEL_ORDER_SHORTEST)
        return frame->running - MIN (stands, length) / 10;
    }

  return G_MAXINT64;
}

/* ns of running time before which it has nothing to show any more; its ring is not empty */
gint64
dailies_reel_side_get_oldest (DailiesReelSide *self)
{
  const DailiesReelFrame *frame = g_queue_peek_head (&self->ring);

  return holds_first (self, frame) ? G_MININT64 : frame->running;
}

gboolean
dailies_reel_side_at_end (DailiesReelSide *self)
{
  return self->at_end;
}

/* Whether it has come while the others were playing, and its first frame is still to be shown. */
gboolean
dailies_reel_side_is_entering (DailiesReelSide *self)
{
  return self->entering;
}

void
dailies_reel_side_enter (DailiesReelSide *self,
                         gboolean         later)
{
  self->entering = later;
}

gboolean
dailies_reel_side_is_last (DailiesReelSide        *self,
                           const DailiesReelFrame *frame)
{
  return dailies_reel_grid_number (&self->grid, self->grid.origin + frame->time) >= last_number (self);
}

/* Whether no other frame comes after the newest. */
gboolean
dailies_reel_side_shows_last (DailiesReelSide *self)
{
  const DailiesReelFrame *frame = dailies_reel_side_newest (self);

  return self->at_end || (frame != NULL && dailies_reel_side_is_last (self, frame));
}

gboolean
dailies_reel_side_has_sound (DailiesReelSide *self)
{
  return g_atomic_int_get (&self->has_sound);
}

/* Returns: ns, 0 not known */
gint64
dailies_reel_side_get_duration (DailiesReelSide *self)
{
  return self->duration;
}

int
dailies_reel_side_get_slip_frames (DailiesReelSide *self)
{
  return self->slip_frames;
}

/* Returns: ns from its first frame to the end of its last, as far as that is known; 0 not known */
gint64
dailies_reel_side_get_extent (DailiesReelSide *self)
{
  return self->last_frame >= 0 ? dailies_reel_grid_span (&self->grid, self->last_frame + 1)
                               : self->duration;
}

/* @time: ns of the reel. Returns: whether it has a frame of its own then */
gboolean
dailies_reel_side_covers (DailiesReelSide *self,
                          gint64           time)
{
  gint64 number =
    dailies_reel_grid_number (&self->grid, self->grid.origin + MAX (time + self->slip, 0));

  return time + self->slip >= 0 && number <= last_number (self);
}

/* @time: ns of the reel. Returns: whether it shows the same frame then whatever a container rounds */
gboolean
dailies_reel_side_is_clear (DailiesReelSide *self,
                            gint64           time)
{
  return dailies_reel_grid_is_clear (&self->grid, self->grid.origin + time + self->slip);
}

/* Returns: ns */
gint64
dailies_reel_side_get_slip (DailiesReelSide *self)
{
  return self->slip;
}

/* One that does not come to the frame that was meant counts as none. */
gboolean
dailies_reel_side_lacks_video (DailiesReelSide *self)
{
  return g_atomic_pointer_get (&self->unsteppable) != NULL || (self->exposed && !self->has_video);
}

/* Changes whenever a frame or the end came, or the ring was cleared. */
guint
dailies_reel_side_get_serial (DailiesReelSide *self)
{
  return self->serial;
}

void
dailies_reel_side_get_size (DailiesReelSide *self,
                            int             *width,
                            int             *height)
{
  dailies_reel_tile_get_shown_size (&self->tile, width, height);
}

const DailiesReelGrid *
dailies_reel_side_get_grid (DailiesReelSide *self)
{
  return &self->grid;
}
