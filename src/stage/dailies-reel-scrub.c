/* dailies-reel-scrub.c: seeks and steps that are answered from jog material, and the rest that follows them
 *
 * The pictures are shown at once, on every side or on none, also while the pipeline is still on its way to an earlier place. It
 * follows when the pointer rests, or when playing is to go on; then its own pictures take the place of the jog's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* How long nothing may be asked for before the pipeline follows. */
#define REST (150 * G_TIME_SPAN_MILLISECOND)

/* --- what is shown instead of the pipeline's frames ------------------------------------------- */

/* With the lock. */
static void
show_nothing (DailiesReelEngine *self)
{
  self->scrubbing = FALSE;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_pointer (&self->scrubbed[i].sample, gst_sample_unref);
}

/* With the lock. Takes the samples of @frames. */
static void
show (DailiesReelEngine *self,
      DailiesReelFrame  *frames,
      gint64             here,
      gint64             moment)
{
  show_nothing (self);
  memcpy (self->scrubbed, frames, sizeof self->scrubbed);
  self->scrubbing = TRUE;
  self->here = self->scrubbed_here = here;
  self->scrubbed_moment = moment;
  dailies_reel_order_offer (&self->roll_order);
}

/* The frame of one side that a flight to @time, ns of the reel, would show. */
static gboolean
find_frame (DailiesReelEngine *self,
            guint              index,
            gint64             time,
            DailiesReelFrame  *frame)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (self->sides[index]);
  gint64                 wanted = time + dailies_reel_side_get_slip (self->sides[index]);
  gint64                 number, start;

  if (self->jogs[index] == NULL)
    return FALSE;

  number = dailies_reel_grid_number (grid, grid->origin + MAX (wanted, 0));
  frame->sample =
    dailies_jog_dup_frame (self->jogs[index], dailies_reel_grid_middle (grid, number), &start);
  if (frame->sample == NULL)
    return FALSE;

  frame->time = start - grid->origin;
  if (dailies_reel_grid_is_even (grid) || dailies_reel_grid_varies (grid))
    frame->time = dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, start));

  return TRUE;
}

/* --- the control thread ----------------------------------------------------------------------- */

/* On the main context. What the jog has seen may be news for the engine, which sleeps; it may also be gone by now. */
static void
jog_settled_cb (DailiesJog *jog,
                GstBus     *bus)
{
  dailies_reel_engine_wake_by (bus);
}

static void
bus_unref (gpointer  data,
           GClosure *closure)
{
  gst_object_unref (data);
}

/* A side that has joined gets its jog; one that is there keeps it, in the size that is wanted now. */
void
dailies_reel_engine_fit_jogs (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i)
  {
    int width, height;

    g_mutex_lock (&self->lock);
    width = self->slots[i].width;
    height = self->slots[i].height;
    g_mutex_unlock (&self->lock);

    if (self->jogs[i] != NULL)
      {
        dailies_jog_set_size (self->jogs[i], width, height);
        continue;
      }
    self->jogs[i] = dailies_jog_new (dailies_reel_side_get_file (self->sides[i]), width, height);
    g_signal_connect_data (self->jogs[i], "settled", G_CALLBACK (jog_settled_cb), gst_object_ref (self->bus), bus_unref,
                           0);
  }
}

/* Containers tell how long a clip is by its longest stream, or not at all; a jog has seen which frame is the last. */
void
dailies_reel_engine_learn_ends (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i)
  {
    gint64 last = self->jogs[i] != NULL ? dailies_jog_get_last (self->jogs[i]) : -1;

    if (last >= 0)
      dailies_reel_side_note_last (self->sides[i], last);
  }
}

/* The lead's frames are counted otherwise from now on: what was meant by its times stays what it was. */
static void
recount (DailiesReelEngine *self)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64  in, out;
  gint64 *times[] = { &self->range_in, &self->range_out, &self->here, &self->scrubbed_here, &self->still_position };

  g_mutex_lock (&self->lock);
  in = self->range_in;
  out = self->range_out;
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (*times[i] > 0)
      *times[i] = dailies_reel_grid_nearest (grid, *times[i]);
  self->scrubbed_moment = self->scrubbed_here;
  /* What goes round in it ends where it ended. */
  if (in != self->range_in || out != self->range_out)
    self->range_changed = TRUE;
  g_mutex_unlock (&self->lock);
  self->func (self->data);
}

/* Where nothing is in flight. Containers tell how many frames a second a clip has on average; a jog has seen where each begins. */
void
dailies_reel_engine_learn_starts (DailiesReelEngine *self)
{
  FOR_EACH_SIDE (self, i)
  {
    g_autoptr (GArray) starts = NULL;

    if (self->jogs[i] != NULL && !dailies_reel_side_knows_starts (self->sides[i]))
      starts = dailies_jog_dup_starts (self->jogs[i]);
    if (starts != NULL && dailies_reel_side_note_starts (self->sides[i], starts) &&
        self->sides[i] == dailies_reel_engine_first_side (self))
      recount (self);
  }
}

/* The side goes, and with it what was made of it. */
void
dailies_reel_engine_drop_jog (DailiesReelEngine *self,
                              guint              index)
{
  g_clear_object (&self->jogs[index]);
  dailies_reel_engine_drop_track (self, index);
  self->overtaxed = self->jogs_fail = FALSE;
  self->hold_until = 0;
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->scrubbed[index].sample, gst_sample_unref);
  if (dailies_reel_engine_count_sides (self) == 0)
    show_nothing (self);
  g_mutex_unlock (&self->lock);
}

/**
 * dailies_reel_engine_scrub:
 * @time: ns of the reel
 * @frames: how many of the lead's frames away from there
 *
 * Shows that place at once.
 *
 * Returns: %FALSE when a side has no frame for it: then somebody has to fly there
 */
gboolean
dailies_reel_engine_scrub (DailiesReelEngine *self,
                           gint64             time,
                           gint64             frames)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64           now = g_get_monotonic_time ();
  DailiesReelFrame found[DAILIES_REEL_MAX_SIDES] = { 0 };
  gboolean         complete = TRUE;
  gint64           number;

  dailies_reel_engine_learn_ends (self);
  number = dailies_reel_grid_number (grid, grid->origin + time) + frames;
  number = CLAMP (number, 0, dailies_reel_engine_last_number (self));
  if (number == 0)
    time = 0;
  else if (frames == 0)
    time = dailies_reel_engine_find_moment_near (self, number, time);
  else
    time = dailies_reel_engine_find_moment (self, number);
  FOR_EACH_SIDE (self, i) complete = complete && find_frame (self, i, time, &found[i]);
  if (!complete)
    {
      for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
        g_clear_pointer (&found[i].sample, gst_sample_unref);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  /* A single click while playing goes on at once; one that follows soon is a drag, which ends first. */
  self->scrubbed_playing = self->playing;
  self->rest_at = !self->playing || now - self->scrubbed_at < REST ? now + REST : now;
  self->scrubbed_at = now;
  show (self, found, dailies_reel_grid_span (grid, number), time);
  g_mutex_unlock (&self->lock);
  self->func (self->data);

  self->scrub_is_fresh = TRUE;
  self->resync = TRUE;
  self->ended = FALSE;
  dailies_reel_engine_halt (self);

  return TRUE;
}

/* Also in flight: what was asked for meanwhile is shown now if it can be, and flown to later. */
void
dailies_reel_engine_scrub_aloft (DailiesReelEngine *self)
{
  gint64   seek;
  int      steps;
  gboolean shown, early;

  if (self->flight == FLIGHT_NONE)
    return;

  g_mutex_lock (&self->lock);
  early = dailies_reel_engine_seeks_what_comes (self);
  g_mutex_unlock (&self->lock);
  if (early)
    return;

  g_mutex_lock (&self->lock);
  seek = self->seek;
  steps = self->steps;
  self->seek = -1;
  self->steps = 0;
  g_mutex_unlock (&self->lock);
  if (seek < 0 && steps == 0)
    return;

  shown = dailies_reel_engine_scrub (
    self, seek >= 0 ? seek : dailies_reel_engine_shown_time (self), steps);
  if (shown)
    {
      self->roll_from = -1;
      return;
    }

  g_mutex_lock (&self->lock);
  if (self->seek < 0)
    {
      self->seek = seek;
      self->steps += steps;
    }
  g_mutex_unlock (&self->lock);
}

/* A flight has landed: its frames are shown, unless something else was asked for since it was launched. */
void
dailies_reel_engine_land_scrub (DailiesReelEngine *self)
{
  if (self->scrub_is_fresh)
    return;

  g_mutex_lock (&self->lock);
  show_nothing (self);
  g_mutex_unlock (&self->lock);
}

/* Returns: ns until the pipeline follows what was scrubbed to; -1 when it need not */
gint64
dailies_reel_engine_rest_wait (DailiesReelEngine *self)
{
  gboolean scrubbing, hurry;
  gint64   wait;

  g_mutex_lock (&self->lock);
  scrubbing = self->scrubbing;
  wait = self->rest_at - g_get_monotonic_time ();
  /* Play was pressed. */
  hurry = self->playing && !self->scrubbed_playing;
  g_mutex_unlock (&self->lock);

  /* Playing from the jogs shows one such frame after the other. */
  if (!scrubbing || self->roll_from >= 0)
    return -1;

  return hurry ? 0 : MAX (wait, 0) * 1000;
}
