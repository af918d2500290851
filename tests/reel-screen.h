/* reel-screen.h: a screen for a reel, which says what it has shown and can be held up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reel-stage.h"

/* ms from one picture of the screen to the next */
#define PICTURE 16

typedef struct
{
  Stage *stage;
  guint  tick;
  int    before[DAILIES_REEL_MAX_SIDES];   /* what the last picture showed; -1 nothing */
  int    painted[1024];                    /* what it showed of side 0, one after the other */
  int    n_painted;
  int    went_back[DAILIES_REEL_MAX_SIDES]; /* how often it showed an earlier frame than before */
  int    left_out[DAILIES_REEL_MAX_SIDES]; /* frames that no picture showed, forwards or backwards */
} Screen;

static inline gboolean
screen_tick_cb (gpointer data)
{
  Screen *self = data;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      int number = shown (self->stage, i);
      int gone = ABS (number - self->before[i]) - 1;

      if (self->before[i] >= 0 && gone > 0)
        {
          g_test_message ("side %u: frame %d after frame %d", i, number, self->before[i]);
          self->left_out[i] += gone;
        }
      self->went_back[i] += number < self->before[i];
      if (i == 0 && number != self->before[0] && self->n_painted < (int) G_N_ELEMENTS (self->painted))
        self->painted[self->n_painted++] = number;
      self->before[i] = number;
    }
  dailies_reel_note_seen (self->stage->reel);

  return G_SOURCE_CONTINUE;
}

static inline void
screen_start (Screen *self,
              Stage  *stage)
{
  memset (self, 0, sizeof *self);
  self->stage = stage;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    self->before[i] = -1;
  self->tick = g_timeout_add (PICTURE, screen_tick_cb, self);
  screen_tick_cb (self);
}

static inline void
screen_stop (Screen *self)
{
  g_source_remove (self->tick);
}

/* Nothing is read and nothing painted for @ms. */
static inline void
screen_hold_up (Screen *self,
                int     ms)
{
  int before = shown (self->stage, 0);

  g_usleep (ms * G_TIME_SPAN_MILLISECOND);
  /* Not at once the next time: what is due is shown first. */
  wait_for (ABS (shown (self->stage, 0) - before) > 5);
}
