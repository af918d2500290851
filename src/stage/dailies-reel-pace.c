/* dailies-reel-pace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-pace.h"

/* The fewest pictures that are still a film, seven in a second: where there is no time for them either, the clock waits. */
#define LONGEST_STEP (GST_SECOND / 7)
/* So long it may have to wait again, and frames are shown however late they are. */
#define WAITS_FOR (2 * (gint64) GST_SECOND)
/* A side that was late for so long does not catch up by itself. */
#define LATE_FOR (150 * (gint64) GST_MSECOND)
/* What is tried after a quiet while; longer where that went wrong. */
#define SHORT_CALM (500 * (gint64) GST_MSECOND)
#define LONG_CALM  (2 * (gint64) GST_SECOND)
/* A frame is in time even if the thread that brings it had to wait for the processor. */
#define IN_TIME (45 * (gint64) GST_MSECOND)

static gint64
get_step (const DailiesReelPace *self)
{
  return MAX (self->step > 0 ? self->step : self->frame, 1);
}

/**
 * dailies_reel_pace_begin:
 * @anchor: ns of running time at which the lead shows the middle of a frame
 * @frame: ns of running time that the lead shows a frame
 *
 * A flight or a round begins. Whoever had no time before has none now.
 */
void
dailies_reel_pace_begin (DailiesReelPace *self,
                         gint64           anchor,
                         gint64           frame)
{
  self->anchor = anchor;
  if (self->frame > 0 && self->step > 0)
    self->step = MAX (2, (self->step + self->frame / 2) / self->frame) * frame;
  self->frame = frame;
}

/* Returns: the last meeting that is not after @running */
gint64
dailies_reel_pace_before (const DailiesReelPace *self,
                          gint64                 running)
{
  gint64 step = get_step (self);
  gint64 past = (running - self->anchor) % step;

  return running - (past < 0 ? past + step : past);
}

/* Returns: whether there is a meeting while a frame is shown from @begin to @end */
gboolean
dailies_reel_pace_wants (const DailiesReelPace *self,
                         gint64                 begin,
                         gint64                 end)
{
  return self->step <= 0 || dailies_reel_pace_before (self, end - 1) >= begin;
}

/* Returns: whether the clock goes by what the sides can do */
gboolean
dailies_reel_pace_waits (const DailiesReelPace *self,
                         gint64                 when)
{
  return self->waited > 0 && when - self->waited < WAITS_FOR;
}

/* Where the clock waits anyway, more frames that are left out buy little speed: every second one is shown. */
static gint64
get_longest_step (const DailiesReelPace *self,
                  gint64                 when)
{
  return dailies_reel_pace_waits (self, when) && self->frame > 0 ? 2 * self->frame : (gint64) LONGEST_STEP;
}

/* The clock was put back. */
void
dailies_reel_pace_wait (DailiesReelPace *self,
                        gint64           when)
{
  self->waited = when;
  self->step = MIN (self->step, get_longest_step (self, when));
}

static void
grow (DailiesReelPace *self,
      gint64           late,
      gint64           when)
{
  gint64   step = MIN (get_step (self) * 2, get_longest_step (self, when));
  gboolean tried = self->grown > 0 && self->changed != self->grown &&
                   when - self->changed < 2 * (gint64) GST_SECOND;

  /* What is on its way comes late whatever is done now. */
  if (step <= self->step ||
      when - MAX (self->changed, self->watched) < MAX (4 * self->step, 300 * (gint64) GST_MSECOND))
    return;
  /* What was left out helps: they are catching up. */
  self->watched = when;
  if (self->changed == self->grown && late < self->latest - self->latest / 8)
    {
      self->latest = late;
      return;
    }

  /* More frames were tried, and there was no time for them. That there is less and less time is no such sign. */
  if (tried)
    self->calm = MIN (MAX (self->calm, SHORT_CALM) * 2, LONG_CALM);
  else if (self->step <= 0)
    self->calm = SHORT_CALM;
  self->latest = late;
  /* Whole frames of the lead. */
  self->step = step - (self->frame > 0 && step > 2 * self->frame ? step % self->frame : 0);
  self->changed = self->grown = when;
  g_debug ("Frames are left out: one is shown every %" G_GINT64_FORMAT " ms", self->step / (gint64) GST_MSECOND);
}

static void
shrink (DailiesReelPace *self,
        gint64           when)
{
  if (self->step <= 0 || when - MAX (self->late, self->changed) < MAX (self->calm, SHORT_CALM))
    return;

  self->step = self->step >= 4 * self->frame ? self->step / 2 / self->frame * self->frame : 0;
  self->changed = when;
}

/**
 * dailies_reel_pace_note:
 * @late_since: (inout): the side's own: when it began to be late, 0 for in time
 * @late: ns that a frame of it was late
 * @when: ns, monotonic
 */
void
dailies_reel_pace_note (DailiesReelPace *self,
                        gint64          *late_since,
                        gint64           late,
                        gint64           when)
{
  if (late > IN_TIME)
    self->late = when;

  if (late <= DAILIES_REEL_LATE)
    {
      *late_since = 0;
      shrink (self, when);
      return;
    }

  if (*late_since == 0)
    *late_since = when;
  if (when - *late_since >= LATE_FOR)
    grow (self, late, when);
}
