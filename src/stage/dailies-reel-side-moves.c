/* dailies-reel-side-moves.c: what the control thread does with a side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-side-private.h"

#include <gst/pbutils/pbutils.h>

#include "dailies-reel-idle.h"
#include "dailies-reel-words.h"

/* --- the control thread ----------------------------------------------------------------------- */

/* The number of the last frame as far as it is known. */
static gint64
last_number (DailiesReelSide *self)
{
  if (self->last_frame >= 0)
    return self->last_frame;
  if (self->rounds.duration <= 0)
    return G_MAXINT32;

  /* Less a tenth and a bit: a length that is rounded up by a hair has no frame more. */
  return dailies_reel_grid_number (
    &self->grid, MAX (self->rounds.duration - dailies_reel_grid_length (&self->grid) / 4, 0));
}

/**
 * dailies_reel_side_get_target:
 * @time: ns in the clip
 * @frames: how many frames away from there, both ways
 *
 * Returns: the number of the frame to seek to; always one that the clip should have
 */
gint64
dailies_reel_side_get_target (DailiesReelSide *self,
                              gint64           time,
                              gint64           frames)
{
  return CLAMP (dailies_reel_grid_number (&self->grid, time) + frames, 0, last_number (self));
}

/**
 * dailies_reel_side_seek:
 * @flags: as for gst_event_new_seek()
 * @number: the frame
 * @seqnum: one for all sides
 *
 * Returns: whether the clip can do that
 */
gboolean
dailies_reel_side_seek (DailiesReelSide *self,
                        double           rate,
                        GstSeekFlags     flags,
                        gint64           number,
                        guint32          seqnum)
{
  gint64    time = number > 0 ? dailies_reel_grid_middle (&self->grid, number) : 0;
  GstEvent *event = gst_event_new_seek (
    rate, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, time, GST_SEEK_TYPE_SET, GST_CLOCK_TIME_NONE);

  self->target = number;
  gst_event_set_seqnum (event, seqnum);
  /* To the picture's sink alone: the sound comes from the same demuxer, which would do it all
   * twice. */
  return gst_element_send_event (self->sink, event);
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
  gboolean                at_end;

  g_mutex_lock (self->lock);
  frame = dailies_reel_side_newest (self);
  if (frame != NULL)
    number = dailies_reel_grid_number (&self->grid, frame->time);
  at_end = self->at_end;
  g_mutex_unlock (self->lock);

  if (number >= 0)
    {
      if (self->end_none < 0)
        return DAILIES_REEL_SETTLED;

      self->end_low = number;
      if (number + 1 < self->end_none)
        return look_for_end (self, again);

      self->last_frame = number;
      self->end_low = self->end_none = -1;
      self->end_tries = 0;
      return DAILIES_REEL_SETTLED;
    }

  if (!at_end)
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
  if (frame != NULL)
    self->last_frame = dailies_reel_grid_number (&self->grid, frame->time);
  g_mutex_unlock (self->lock);

  if (self->rounds.duration <= 0 && self->last_frame >= 0)
    self->rounds.duration = dailies_reel_grid_start (&self->grid, self->last_frame + 1);
}

gboolean
dailies_reel_side_is_last (DailiesReelSide *self,
                           gint64           time)
{
  return dailies_reel_grid_number (&self->grid, time) >= last_number (self);
}

/* The first frame is there: the side takes part in picking from now on. */
void
dailies_reel_side_join (DailiesReelSide *self)
{
  DailiesReelFrame *first;
  gint64            duration;

  if (!gst_element_query_duration (self->sink, GST_FORMAT_TIME, &duration))
    duration = 0;

  g_mutex_lock (self->lock);
  self->rounds.duration = MAX (duration, 0);
  first = g_queue_peek_head (&self->ring);
  self->grid.origin = first != NULL ? first->time : 0;
  self->joined = TRUE;
  g_mutex_unlock (self->lock);
}

/* Returns: ns, 0 not known */
gint64
dailies_reel_side_get_duration (DailiesReelSide *self)
{
  return self->rounds.duration;
}

/* @level: linear, as heard at the end */
void
dailies_reel_side_set_sound (DailiesReelSide *self,
                             double           level,
                             gboolean         muted)
{
  g_autoptr (GstElement) volume = NULL;

  g_mutex_lock (self->lock);
  self->level = level;
  self->muted = muted;
  if (self->volume != NULL)
    volume = gst_object_ref (self->volume);
  g_mutex_unlock (self->lock);

  if (volume != NULL)
    g_object_set (volume, "volume", level, "mute", muted, NULL);
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
  g_atomic_int_set (&self->rounds.looping, looping);
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

/* @error: (nullable): GStreamer's; %NULL when the clip merely has no picture */
GError *
dailies_reel_side_explain (DailiesReelSide *self,
                           const GError    *error)
{
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

/* The newest frame that is not newer than @running. */
const DailiesReelFrame *
dailies_reel_side_find (DailiesReelSide *self,
                        gint64           running)
{
  for (GList *link = self->ring.tail; link != NULL; link = link->prev)
    {
      const DailiesReelFrame *frame = link->data;

      if (frame->running <= running)
        return frame;
    }

  return NULL;
}

gboolean
dailies_reel_side_at_end (DailiesReelSide *self)
{
  return self->at_end;
}

gboolean
dailies_reel_side_has_joined (DailiesReelSide *self)
{
  return self->joined;
}

gboolean
dailies_reel_side_lacks_video (DailiesReelSide *self)
{
  return self->exposed && !self->has_video;
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
