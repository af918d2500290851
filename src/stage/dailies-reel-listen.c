/* dailies-reel-listen.c: what is heard while a reel is played from its jogs, and how the picture keeps to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* µs that the picture may be off the sound without jumping, and the share of it that is made up for with each frame. */
#define MOST_DRIFT (40 * G_TIME_SPAN_MILLISECOND)
#define EASE       8

/* Returns: the side that is heard, -1 none. What has begun to be heard goes on while it is muted, and comes back at once. */
static int
find_heard (DailiesReelEngine *self,
            double            *gain)
{
  int heard = -1;

  g_mutex_lock (&self->lock);
  *gain = self->muted ? 0 : self->level;
  if (*gain > 0 || dailies_reel_voice_is_at_work (self->voice))
    {
      FOR_EACH_SIDE (self, i)
      {
        if ((int) i == self->audible && dailies_reel_side_has_sound (self->sides[i]))
          heard = (int) i;
      }
    }
  g_mutex_unlock (&self->lock);

  return heard;
}

static gint64
get_shift (DailiesReelEngine *self,
           int                side)
{
  gint64 shift;

  g_mutex_lock (&self->lock);
  shift = dailies_reel_side_get_slip (self->sides[side]) + dailies_reel_side_get_grid (self->sides[side])->origin;
  g_mutex_unlock (&self->lock);

  return shift;
}

static void
track_ready_cb (gpointer data)
{
  dailies_reel_engine_wake (data);
}

static void
fit_track (DailiesReelEngine *self,
           guint              index)
{
  gint64   length;
  gboolean has_sound;

  if (self->tracks[index] != NULL)
    return;

  g_mutex_lock (&self->lock);
  has_sound = dailies_reel_side_has_sound (self->sides[index]);
  length = dailies_reel_side_get_duration (self->sides[index]);
  g_mutex_unlock (&self->lock);
  /* The length may not be known yet. */
  if (has_sound && length > 0)
    self->tracks[index] =
      dailies_reel_track_new (dailies_reel_side_get_file (self->sides[index]), length, track_ready_cb, self);
}

/* Returns: whether what is heard, if anything is, can be played without the pipeline */
gboolean
dailies_reel_engine_can_be_heard (DailiesReelEngine *self)
{
  double gain;
  int    heard = find_heard (self, &gain);

  return heard < 0 || (self->tracks[heard] != NULL && dailies_reel_track_is_ready (self->tracks[heard]));
}

/* The side goes. */
void
dailies_reel_engine_drop_track (DailiesReelEngine *self,
                                guint              index)
{
  if (self->tracks[index] == NULL)
    return;

  dailies_reel_voice_forget (self->voice, self->tracks[index]);
  g_clear_pointer (&self->tracks[index], dailies_reel_track_free);
}

/* @side: -1 none. It may have been chosen a moment ago, and not be read yet: then there is silence until the next turn. */
static void
hear (DailiesReelEngine *self,
      int                side,
      double             gain)
{
  DailiesReelTrack *track = side >= 0 ? self->tracks[side] : NULL;

  if (track != NULL && dailies_reel_track_is_ready (track))
    dailies_reel_voice_hear (self->voice, track, get_shift (self, side), gain);
  else
    dailies_reel_voice_hear (self->voice, NULL, 0, gain);
}

/* Once in each turn of the control thread: the sound is that of the side that is wanted, and is over when the roll is. */
void
dailies_reel_engine_mind_voice (DailiesReelEngine *self)
{
  double gain;
  int    heard = find_heard (self, &gain);

  /* Of all sides and beforehand: what is heard can be switched while it plays. */
  if (dailies_reel_engine_would_roll (self))
    {
      FOR_EACH_SIDE (self, i) fit_track (self, i);
    }

  if (self->roll_from < 0 || self->roll_speed < 0)
    dailies_reel_voice_stop (self->voice);
  else
    hear (self, heard, gain);
}

/* @played: ns that have been heard; a device counts them by the piece, so that frames that kept to that exactly would judder */
static void
follow (DailiesReelEngine *self,
        gint64             played)
{
  gint64 since = g_get_monotonic_time () - (gint64) ((played - self->voice_base) / self->roll_speed / 1000);
  gint64 drift = since - self->roll_since;

  if (played == 0 || ABS (drift) > MOST_DRIFT)
    self->roll_since = since;
  else
    self->roll_since += drift / EASE;
}

/**
 * dailies_reel_engine_listen:
 * @first: ns of the reel, of the round
 * @end: likewise
 *
 * While it is played from the jogs. The sound begins when it has to, and leads where there is one: the picture follows the clock of
 * the device.
 */
void
dailies_reel_engine_listen (DailiesReelEngine *self,
                            gint64             first,
                            gint64             end)
{
  gint64 now = self->roll_from + (gint64) ((g_get_monotonic_time () - self->roll_since) * 1000 * self->roll_speed);
  DailiesReelPassage passage = {
    .from = CLAMP (now, first, end),
    .first = first,
    .end = end,
    .looping = self->looping_now,
    .speed = self->roll_speed,
  };
  double gain;
  int    heard = find_heard (self, &gain);
  gint64 played;

  if (self->roll_begins || !dailies_reel_voice_plays (self->voice, &passage))
    {
      dailies_reel_voice_stop (self->voice);
      if (heard < 0)
        return;

      hear (self, heard, 0);
      dailies_reel_voice_play (self->voice, &passage);
      hear (self, heard, gain);
      self->voice_base = 0;
      self->roll_from = passage.from;
      /* To open a device takes a while. */
      self->roll_since = g_get_monotonic_time ();
    }

  played = dailies_reel_voice_get_played (self->voice);
  if (played >= 0)
    follow (self, played);
}
