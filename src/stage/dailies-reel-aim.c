/* dailies-reel-aim.c: where what has been asked for leads, before it can be seen
 *
 * Keys are quicker than a picture: who steps five frames and sets the out point means the frame behind the fifth step, though
 * the third is still on the screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

/* With the lock. ns of the reel; -1 not known */
static gint64
get_aim (DailiesReelEngine *self)
{
  if (self->aim >= 0)
    return self->aim;

  dailies_reel_engine_keep (self);
  return self->still_position;
}

/* With the lock. @time, moved by @frames of the lead, on one of its frames. */
static gint64
find_place (DailiesReelEngine *self,
            gint64             time,
            int                frames)
{
  DailiesReelSide       *lead = dailies_reel_engine_first_side (self);
  const DailiesReelGrid *grid;
  gint64                 number;

  if (lead == NULL || time < 0)
    return time;

  grid = dailies_reel_side_get_grid (lead);
  number = dailies_reel_grid_number (grid, grid->origin + time) + frames;

  return dailies_reel_grid_span (grid, CLAMP (number, 0, dailies_reel_engine_last_number (self)));
}

/* The newest wins, and makes earlier steps pointless. */
void
dailies_reel_engine_seek (DailiesReelEngine *self,
                          gint64             position)
{
  g_mutex_lock (&self->lock);
  self->seek = MAX (position, 0);
  self->steps = 0;
  self->aim = find_place (self, self->seek, 0);
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

/* Pauses; steps add up. */
void
dailies_reel_engine_step (DailiesReelEngine *self,
                          int                frames)
{
  g_mutex_lock (&self->lock);
  self->aim = find_place (self, get_aim (self), frames);
  self->steps += frames;
  self->playing = FALSE;
  self->shuttle = 0;
  g_mutex_unlock (&self->lock);
  dailies_reel_engine_wake (self);
}

/**
 * dailies_reel_engine_get_aim:
 *
 * Any thread.
 *
 * Returns: ns of the reel: where all seeks and steps that were asked for lead, or what is shown; -1 not known
 */
gint64
dailies_reel_engine_get_aim (DailiesReelEngine *self)
{
  gint64 aim;

  g_mutex_lock (&self->lock);
  aim = get_aim (self);
  g_mutex_unlock (&self->lock);

  return aim;
}

/* The control thread, in each turn: where all has been done, the picture tells. */
void
dailies_reel_engine_reach_aim (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  if (self->flight == FLIGHT_NONE && self->seek < 0 && self->steps == 0)
    self->aim = -1;
  g_mutex_unlock (&self->lock);
}
