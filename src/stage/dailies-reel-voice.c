/* dailies-reel-voice.c
 *
 * A pipeline of its own, from memory to the sound device. It is made anew each time that playing begins: a device that was
 * stopped holds what was on its way. Rounds follow one another without a gap, because nothing has to be sought.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-voice.h"

#include <gst/app/gstappsrc.h>

#include "dailies-clip-sound.h"
#include "dailies-reel-control.h"
#include "dailies-reel-fader.h"
#include "dailies-reel-sound.h"
#include "dailies-stop.h"

/* Samples that are handed on at once: a switch to another side's sound fades within one such piece. */
#define PIECE (DAILIES_CLIP_SOUND_RATE / 100)
/* How much is on its way to the device at most, besides what that itself holds. */
#define AHEAD (40 * GST_MSECOND)
/* A device that has not begun by then is not waited for. */
#define PATIENCE G_TIME_SPAN_SECOND

typedef struct
{
  DailiesReelTrack *track; /* (nullable): silence */
  gint64            shift; /* samples from the reel's time to the clip's own */
} Source;

struct _DailiesReelVoice
{
  DailiesReelVoiceFunc func;
  gpointer             data;

  GstElement       *pipeline; /* NULL while nothing is played */
  DailiesReelFader *fader;
  DailiesReelPassage passage;
  gint64            started; /* µs */
  int               failed;  /* atomic */

  GMutex lock; /* for what the thread that feeds the device reads */
  Source now, wanted;
  gint64 at;         /* samples of the reel's time */
  gint64 first, end; /* likewise */
  gint64 pushed;     /* samples */
};

static gint64
to_samples (gint64 time)
{
  return time * (DAILIES_CLIP_SOUND_RATE / 1000) / 1000000;
}

/* --- the thread that feeds the device ----------------------------------------------------------- */

static void
copy (const Source *source,
      gint64        at,
      gint16       *samples,
      guint         n)
{
  if (source->track != NULL)
    dailies_reel_track_copy (source->track, at + source->shift, samples, n);
  else
    memset (samples, 0, n * DAILIES_CLIP_SOUND_BYTES);
}

/* With the lock held. What lies behind the end is the beginning, or silence. */
static void
gather (DailiesReelVoice *self,
        const Source     *source,
        gint16           *samples)
{
  gint64 at = self->at;

  for (guint done = 0, n; done < PIECE; done += n)
    {
      n = PIECE - done;
      if (at < self->end)
        {
          n = MIN (n, self->end - at);
          copy (source, at, samples + 2 * done, n);
        }
      else if (self->passage.looping)
        {
          n = 0;
          at = self->first;
          continue;
        }
      else
        {
          memset (samples + 2 * done, 0, n * DAILIES_CLIP_SOUND_BYTES);
        }
      at += n;
    }
}

/* With the lock held. */
static void
advance (DailiesReelVoice *self)
{
  self->at += PIECE;
  if (self->passage.looping && self->at >= self->end)
    self->at = self->first + (self->at - self->end) % (self->end - self->first);
  self->pushed += PIECE;
}

static void
fill (DailiesReelVoice *self,
      gint16           *samples)
{
  gint16 others[2 * PIECE];

  gather (self, &self->now, samples);
  if (self->wanted.track == self->now.track && self->wanted.shift == self->now.shift)
    return;

  gather (self, &self->wanted, others);
  for (int i = 0; i < 2 * PIECE; i++)
    samples[i] += (others[i] - samples[i]) * (i / 2) / PIECE;
  self->now = self->wanted;
}

static void
need_data_cb (GstAppSrc *source,
              guint      length,
              gpointer   data)
{
  DailiesReelVoice *self = data;
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, PIECE * DAILIES_CLIP_SOUND_BYTES, NULL);
  GstSegment        segment;
  GstMapInfo        map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  g_mutex_lock (&self->lock);
  fill (self, (gint16 *) map.data);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (self->pushed, GST_SECOND, DAILIES_CLIP_SOUND_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (PIECE, GST_SECOND, DAILIES_CLIP_SOUND_RATE);
  advance (self);
  g_mutex_unlock (&self->lock);
  gst_buffer_unmap (buffer, &map);

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = self->passage.speed;
  sample = gst_sample_new (buffer, NULL, &segment, NULL);
  gst_app_src_push_sample (source, sample);
}

static GstBusSyncReply
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    data)
{
  DailiesReelVoice *self = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && !g_atomic_int_get (&self->failed))
    {
      g_atomic_int_set (&self->failed, TRUE);
      self->func (self->data);
    }

  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* --- the control thread ----------------------------------------------------------------------- */

static void
build (DailiesReelVoice *self)
{
  GstAppSrcCallbacks callbacks = { .need_data = need_data_cb };
  g_autoptr (GstCaps) caps = gst_caps_from_string (DAILIES_CLIP_SOUND_CAPS);
  g_autoptr (GstElement) head = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstElement *source = gst_element_factory_make ("appsrc", NULL);
  GstElement *sound = dailies_reel_sound_new (TRUE, &self->fader);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("voice"));
  gst_pipeline_set_delay (GST_PIPELINE (self->pipeline), HEAD_START);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);

  g_object_set (source,
                "caps", caps,
                "format", GST_FORMAT_TIME,
                "handle-segment-change", TRUE,
                "max-bytes", (guint64) PIECE * DAILIES_CLIP_SOUND_BYTES,
                NULL);
  gst_app_src_set_callbacks (GST_APP_SRC (source), &callbacks, self, NULL);
  gst_bin_add (GST_BIN (self->pipeline), source);
  if (sound == NULL)
    {
      g_atomic_int_set (&self->failed, TRUE);
      return;
    }

  gst_bin_add (GST_BIN (self->pipeline), sound);
  gst_element_link (source, sound);
  head = gst_bin_get_by_name (GST_BIN (sound), "head");
  g_object_set (head, "max-size-time", (guint64) AHEAD, "max-size-bytes", 0, "max-size-buffers", 0, NULL);
}

/**
 * dailies_reel_voice_new:
 *
 * Opens no device yet.
 */
DailiesReelVoice *
dailies_reel_voice_new (DailiesReelVoiceFunc func,
                        gpointer             data)
{
  DailiesReelVoice *self = g_new0 (DailiesReelVoice, 1);

  self->func = func;
  self->data = data;
  g_mutex_init (&self->lock);

  return self;
}

void
dailies_reel_voice_free (DailiesReelVoice *self)
{
  dailies_reel_voice_stop (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * dailies_reel_voice_hear:
 * @track: (nullable): ready; must outlive its being heard, see dailies_reel_voice_forget()
 * @shift: ns from the reel's time to the clip's own
 * @gain: linear, 0 … 1
 */
void
dailies_reel_voice_hear (DailiesReelVoice *self,
                         DailiesReelTrack *track,
                         gint64            shift,
                         double            gain)
{
  g_mutex_lock (&self->lock);
  self->wanted.track = track;
  self->wanted.shift = to_samples (shift);
  if (self->pipeline == NULL)
    self->now = self->wanted;
  g_mutex_unlock (&self->lock);
  if (self->fader != NULL)
    dailies_reel_fader_set_gain (self->fader, gain);
}

/* @track is about to be freed. */
void
dailies_reel_voice_forget (DailiesReelVoice *self,
                           DailiesReelTrack *track)
{
  g_mutex_lock (&self->lock);
  if (self->now.track == track)
    self->now.track = NULL;
  if (self->wanted.track == track)
    self->wanted.track = NULL;
  g_mutex_unlock (&self->lock);
}

/* Opens the device, which may take a while. Silent until it is told a gain. */
void
dailies_reel_voice_play (DailiesReelVoice         *self,
                         const DailiesReelPassage *passage)
{
  dailies_reel_voice_stop (self);

  self->passage = *passage;
  self->now = self->wanted;
  self->at = to_samples (passage->from);
  self->first = to_samples (passage->first);
  self->end = MAX (to_samples (passage->end), self->first + PIECE);
  self->pushed = 0;
  g_atomic_int_set (&self->failed, FALSE);
  build (self);
  self->started = g_get_monotonic_time ();
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    g_atomic_int_set (&self->failed, TRUE);
}

void
dailies_reel_voice_stop (DailiesReelVoice *self)
{
  if (self->pipeline == NULL)
    return;

  dailies_stop (self->pipeline);
  gst_clear_object (&self->pipeline);
  g_clear_object (&self->fader);
}

/* Whether it is at work on that, from wherever it began. */
gboolean
dailies_reel_voice_plays (DailiesReelVoice         *self,
                          const DailiesReelPassage *passage)
{
  return self->pipeline != NULL && self->passage.first == passage->first && self->passage.end == passage->end &&
         self->passage.looping == passage->looping && self->passage.speed == passage->speed;
}

gboolean
dailies_reel_voice_is_at_work (DailiesReelVoice *self)
{
  return self->pipeline != NULL;
}

/**
 * dailies_reel_voice_get_played:
 *
 * Returns: ns of the reel that have been heard since it began, all rounds together; -1 when there is nothing to go by
 */
gint64
dailies_reel_voice_get_played (DailiesReelVoice *self)
{
  gint64 played = 0;

  if (self->pipeline == NULL || g_atomic_int_get (&self->failed))
    return -1;
  if (!gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &played))
    played = 0;
  if (played <= 0 && g_get_monotonic_time () - self->started > PATIENCE)
    {
      g_debug ("The sound device does not begin");
      g_atomic_int_set (&self->failed, TRUE);
      return -1;
    }

  return MAX (played, 0);
}
