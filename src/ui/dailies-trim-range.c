/* dailies-trim-range.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-trim-range.h"

#include <math.h>

/* 240 frames of 24 are 10 seconds, whatever the last bit says. */
#define HAIR 1e-6

void
dailies_trim_range_init (DailiesTrimRange *self,
                         int               n_frames,
                         double            fps,
                         double            min_seconds,
                         double            max_seconds)
{
  double fewest = ceil (min_seconds * fps - HAIR);
  double most = floor (max_seconds * fps + HAIR);

  self->n_frames = MAX (n_frames, 1);
  self->fewest = (int) CLAMP (fewest, 1, self->n_frames);
  self->most = (int) CLAMP (most, self->fewest, self->n_frames);
  self->in = 0;
  self->out = self->most - 1;
}

void
dailies_trim_range_set_in (DailiesTrimRange *self,
                           int               frame)
{
  self->in = CLAMP (frame, 0, self->n_frames - self->fewest);
  self->out = CLAMP (self->out, self->in + self->fewest - 1, self->in + self->most - 1);
  self->out = MIN (self->out, self->n_frames - 1);
}

void
dailies_trim_range_set_out (DailiesTrimRange *self,
                            int               frame)
{
  self->out = CLAMP (frame, self->fewest - 1, self->n_frames - 1);
  self->in = CLAMP (self->in, self->out - self->most + 1, self->out - self->fewest + 1);
  self->in = MAX (self->in, 0);
}

void
dailies_trim_range_move (DailiesTrimRange *self,
                         int               frame)
{
  int length = dailies_trim_range_get_length (self);

  self->in = CLAMP (frame, 0, self->n_frames - length);
  self->out = self->in + length - 1;
}

int
dailies_trim_range_get_length (const DailiesTrimRange *self)
{
  return self->out - self->in + 1;
}

gboolean
dailies_trim_range_is_part (const DailiesTrimRange *self)
{
  return dailies_trim_range_get_length (self) < self->n_frames;
}
