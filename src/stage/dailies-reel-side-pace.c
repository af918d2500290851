/* dailies-reel-side-pace.c: when the frames of a side are due, and which of them there is no time for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-side-private.h"

/* A side that is always late still gives a sign of life so often, in ns of the monotonic clock. */
#define SIGN_OF_LIFE (300 * (gint64) GST_MSECOND)
/* Frames: a decoder that was told to hurry also loses some that it was not told to leave out. */
#define DECODER_MARGIN 5

/* --- when ------------------------------------------------------------------------------------- */

/* When the frame really began, in stream time: a seek into a frame makes the decoder cut off what lies before, and only its
 * end is as it was. */
static gint64
whole_start (DailiesReelSide  *self,
             const GstSegment *segment,
             GstBuffer        *buffer)
{
  gint64 pts = GST_BUFFER_PTS (buffer);
  gint64 length = dailies_reel_grid_length (&self->grid);

  if (pts == (gint64) segment->start && GST_BUFFER_DURATION_IS_VALID (buffer) &&
      GST_BUFFER_DURATION (buffer) < (guint64) length)
    return pts + (gint64) GST_BUFFER_DURATION (buffer) - length;

  return pts;
}

/* Which of the clip's frames it is. A frame that was cut off at its beginning still covers where it was cut. */
static gint64
find_number (DailiesReelSide  *self,
             const GstSegment *segment,
             GstBuffer        *buffer)
{
  gint64 offset = (gint64) segment->time - (gint64) segment->start;
  gint64 length = dailies_reel_grid_length (&self->grid);

  if (dailies_reel_grid_varies (&self->grid))
    return dailies_reel_grid_number (&self->grid, (gint64) GST_BUFFER_PTS (buffer) + offset);

  return dailies_reel_grid_number (&self->grid, whole_start (self, segment, buffer) + offset + length / 2 - length / 10);
}

/**
 * dailies_reel_side_place:
 * @segment: the one that the sink has
 * @frame: (out): all but the sample
 *
 * With the lock, or on the streaming thread.
 */
void
dailies_reel_side_place (DailiesReelSide  *self,
                         const GstSegment *segment,
                         GstBuffer        *buffer,
                         DailiesReelFrame *frame)
{
  gint64 length = dailies_reel_grid_length (&self->grid);
  gint64 pts;

  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    return;

  /* Segments of clips go forward, and their times are those of the clip but for an offset that edits make. */
  pts = GST_BUFFER_PTS (buffer);
  if (self->joined && (dailies_reel_grid_is_even (&self->grid) || dailies_reel_grid_varies (&self->grid)))
    {
      gint64 offset = (gint64) segment->time - (gint64) segment->start;
      gint64 number = find_number (self, segment, buffer);

      frame->time = dailies_reel_grid_span (&self->grid, number);
      length = dailies_reel_grid_span (&self->grid, number + 1) - frame->time;
      pts = frame->time + self->grid.origin - offset;
    }
  else
    {
      frame->time = MAX (pts + (gint64) segment->time - (gint64) segment->start, 0);
      frame->time = self->joined ? MAX (frame->time - self->grid.origin, 0) : frame->time;
    }

  frame->running =
    (gint64) segment->base + (gint64) ((pts - (gint64) segment->start) / ABS (segment->rate));
  /* A clip may leave frames out, and tells it by how long the one before lasts. */
  if (GST_BUFFER_DURATION_IS_VALID (buffer) && GST_BUFFER_DURATION (buffer) < GST_SECOND * 60)
    length = MAX (length, (gint64) GST_BUFFER_DURATION (buffer));
  frame->end = frame->running + (gint64) (length / ABS (segment->rate));
}

/* ns of running time at this moment; -1 while nothing plays */
static gint64
get_now (DailiesReelSide *self)
{
  g_autoptr (GstClock) clock = NULL;

  /* A sink that was stopped while it waits for a frame still says that it plays. */
  if (GST_STATE (self->sink) != GST_STATE_PLAYING || GST_STATE_TARGET (self->sink) != GST_STATE_PLAYING)
    return -1;

  clock = gst_element_get_clock (self->sink);
  if (clock == NULL)
    return -1;

  return (gint64) gst_clock_get_time (clock) - (gint64) gst_element_get_base_time (self->sink);
}

/* With the lock. A frame has come to the sink: how late tells whether there is time for all of them. */
void
dailies_reel_side_note_pace (DailiesReelSide        *self,
                             const DailiesReelFrame *frame)
{
  gint64 now = get_now (self);

  if (now < 0 || self->entering || !self->joined)
    return;

  dailies_reel_pace_note (self->pace, &self->late_since, now - frame->running, g_get_monotonic_time () * 1000);
}

/* --- leaving out ------------------------------------------------------------------------------ */

/* With the lock. The last picture of a clip, or of a range, stays. */
static gboolean
is_last (DailiesReelSide        *self,
         const DailiesReelFrame *frame,
         GstBuffer              *buffer)
{
  gint64 length = MAX (dailies_reel_grid_length (&self->grid), frame->end - frame->running);

  if (GST_CLOCK_TIME_IS_VALID (self->segment.stop) &&
      (gint64) GST_BUFFER_PTS (buffer) + length + (gint64) (2 * GST_MSECOND) >= (gint64) self->segment.stop)
    return TRUE;

  return dailies_reel_side_is_last (self, frame);
}

/* With the lock. Whether nobody would see it. */
static gboolean
is_pointless (DailiesReelSide        *self,
              const DailiesReelFrame *frame,
              gint64                  now)
{
  gint64 late = now - frame->running;
  gint64 when = g_get_monotonic_time () * 1000;

  self->behind = dailies_reel_pace_waits (self->pace, when)
                   ? frame->end <= self->pace->gone
                   : late > MAX (DAILIES_REEL_TOO_LATE, 2 * self->pace->step);
  if (!self->behind && dailies_reel_pace_wants (self->pace, frame->running, frame->end))
    {
      self->passed = when;
      return FALSE;
    }

  if (self->behind)
    {
      dailies_reel_pace_note (self->pace, &self->late_since, late, when);
      if (when - self->passed > SIGN_OF_LIFE)
        {
          self->passed = when;
          return FALSE;
        }
    }

  return TRUE;
}

/* With the lock. Until when nothing has to be shown, as the decoder's running time; -1 when there is nothing to be saved. */
static gint64
find_leisure (DailiesReelSide        *self,
              const DailiesReelFrame *frame,
              gint64                  now)
{
  gint64 length = frame->end - frame->running;
  gint64 next = MAX (frame->end, now);
  gint64 stop = G_MAXINT64;

  if (now - frame->running <= DAILIES_REEL_LATE ||
      dailies_reel_pace_waits (self->pace, g_get_monotonic_time () * 1000))
    return -1;

  if (GST_CLOCK_TIME_IS_VALID (self->segment.stop))
    stop = (gint64) self->segment.base +
           (gint64) ((self->segment.stop - self->segment.start) / self->segment.rate);
  next = dailies_reel_pace_before (self->pace, next - 1) + MAX (self->pace->step, self->pace->frame);
  next = MIN (next, stop) - DECODER_MARGIN * length;

  return next > frame->end ? MAX (next - self->shift, 0) : -1;
}

/**
 * dailies_reel_side_pace_cb:
 *
 * Before the scaler, on the streaming thread.
 */
GstPadProbeReturn
dailies_reel_side_pace_cb (GstPad          *pad,
                           GstPadProbeInfo *info,
                           gpointer         data)
{
  DailiesReelSide *self = data;
  GstBuffer       *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gint64           now = get_now (self);
  DailiesReelFrame frame = { 0 };
  gboolean         pointless = FALSE;
  gint64           leisure = -1;

  if (now < 0 || !GST_BUFFER_PTS_IS_VALID (buffer) || self->segment.format != GST_FORMAT_TIME)
    return GST_PAD_PROBE_OK;

  g_mutex_lock (self->lock);
  if (self->joined)
    {
      dailies_reel_side_place (self, &self->segment, buffer, &frame);
      self->reached = frame.end;
      leisure = find_leisure (self, &frame, now);
      /* What the decoder leaves out never comes here to be counted. */
      if (leisure >= 0)
        self->pace->thinned_to = MAX (self->pace->thinned_to,
                                      leisure + self->shift + DECODER_MARGIN * (frame.end - frame.running));
      pointless = !is_last (self, &frame, buffer) && is_pointless (self, &frame, now);
      if (pointless)
        self->pace->thinned_to = MAX (self->pace->thinned_to, frame.end);
    }
  g_mutex_unlock (self->lock);

  /* What nobody refers to need not be decoded until then. */
  if (leisure >= 0)
    gst_pad_push_event (pad, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1, 0, leisure));
  return pointless ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/* With the lock. Whether it is so late that what it decodes cannot be shown beside the others. */
gboolean
dailies_reel_side_is_behind (DailiesReelSide *self)
{
  return self->behind && !self->through;
}

/* With the lock. Returns: ns of running time, how far it has decoded; -1 where nothing is to be waited for */
gint64
dailies_reel_side_get_reached (DailiesReelSide *self)
{
  return self->through || self->entering ? -1 : self->reached;
}

/* With the lock. Whether it knows what it shows at @running: with frames left out, not every side does. */
gboolean
dailies_reel_side_meets (DailiesReelSide *self,
                         gint64           running)
{
  const DailiesReelFrame *frame = dailies_reel_side_find (self, running, FALSE);

  return frame != NULL && (frame->end > running || frame->running > running ||
                           dailies_reel_side_is_last (self, frame) ||
                           (self->through && frame == dailies_reel_side_newest (self)));
}
