/* dailies-reel-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-track.h"

#include "dailies-clip-sound.h"

/* 35 MB. A clip that is longer is heard through the pipeline. */
#define LONGEST (3 * 60 * GST_SECOND)
#define CHUNK DAILIES_CLIP_SOUND_RATE

struct _DailiesReelTrack
{
  GFile                *clip;
  gint64                n_wanted; /* samples of each channel */
  DailiesReelTrackFunc  func;
  gpointer              data;
  GCancellable         *cancellable;
  GThread              *thread;

  GByteArray *samples; /* the thread's own until it is ready */
  int         ready;   /* atomic */
};

static gboolean
read_all (DailiesReelTrack *self,
          GError          **error)
{
  g_autoptr (DailiesClipSound) sound = dailies_clip_sound_open (self->clip, 0, self->cancellable, error);

  if (sound == NULL)
    return FALSE;

  for (gint64 n = 0; n < self->n_wanted; n += CHUNK)
    {
      g_autoptr (GstBuffer) buffer =
        dailies_clip_sound_take (sound, MIN (CHUNK, self->n_wanted - n), self->cancellable, error);
      GstMapInfo map;

      if (buffer == NULL)
        return FALSE;
      gst_buffer_map (buffer, &map, GST_MAP_READ);
      g_byte_array_append (self->samples, map.data, map.size);
      gst_buffer_unmap (buffer, &map);
    }

  return TRUE;
}

static gpointer
run (gpointer data)
{
  DailiesReelTrack *self = data;
  g_autoptr (GError) error = NULL;

  if (read_all (self, &error))
    g_atomic_int_set (&self->ready, TRUE);
  else
    g_debug ("The pipeline has to play this sound: %s", error->message);
  if (!g_cancellable_is_cancelled (self->cancellable))
    self->func (self->data);

  return NULL;
}

/**
 * dailies_reel_track_new:
 * @clip: has sound
 * @length: ns
 *
 * Begins to read. A clip that is too long, or whose sound cannot be decoded, is never ready.
 */
DailiesReelTrack *
dailies_reel_track_new (GFile                *clip,
                        gint64                length,
                        DailiesReelTrackFunc  func,
                        gpointer              data)
{
  DailiesReelTrack *self = g_new0 (DailiesReelTrack, 1);

  self->clip = g_object_ref (clip);
  self->n_wanted = gst_util_uint64_scale (length, DAILIES_CLIP_SOUND_RATE, GST_SECOND);
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->samples = g_byte_array_new ();
  if (length > 0 && length <= (gint64) LONGEST)
    self->thread = g_thread_new ("track", run, self);

  return self;
}

/* May wait for a twentieth of a second until the thread has noticed. */
void
dailies_reel_track_free (DailiesReelTrack *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->thread, g_thread_join);
  g_byte_array_unref (self->samples);
  g_object_unref (self->cancellable);
  g_object_unref (self->clip);
  g_free (self);
}

gboolean
dailies_reel_track_is_ready (DailiesReelTrack *self)
{
  return g_atomic_int_get (&self->ready);
}

/**
 * dailies_reel_track_copy:
 * @at: samples of the clip's own time; may lie outside of it, where there is silence
 * @samples: (out caller-allocates): @n for each of two channels, interleaved
 *
 * Of a track that is ready. Any thread.
 */
void
dailies_reel_track_copy (DailiesReelTrack *self,
                         gint64            at,
                         gint16           *samples,
                         guint             n)
{
  gint64 held = self->samples->len / DAILIES_CLIP_SOUND_BYTES;
  gint64 from = CLAMP (at, 0, held);
  gint64 to = CLAMP (at + n, 0, held);

  memset (samples, 0, n * DAILIES_CLIP_SOUND_BYTES);
  if (from < to)
    memcpy ((guint8 *) samples + (from - at) * DAILIES_CLIP_SOUND_BYTES,
            self->samples->data + from * DAILIES_CLIP_SOUND_BYTES,
            (to - from) * DAILIES_CLIP_SOUND_BYTES);
}
