/* dailies-reel-flight.c: seeks and steps, and how they land
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"

#include "dailies-reel-words.h"

/* How far inside its frames a round begins and ends: containers round the times of frames. */
#define ROUNDING GST_MSECOND

/* --- rounds ----------------------------------------------------------------------------------- */

/* What is asked for; negative is backwards. */
double
dailies_reel_engine_get_speed (DailiesReelEngine *self)
{
  double speed;

  g_mutex_lock (&self->lock);
  speed = self->shuttle != 0 ? self->shuttle : self->rate;
  g_mutex_unlock (&self->lock);

  return speed;
}

/* The number, in the lead's frames, of the last frame of all sides. */
gint64
dailies_reel_engine_last_number (DailiesReelEngine *self)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 end = 0;

  FOR_EACH_SIDE (self, i)
  {
    gint64 extent = dailies_reel_side_get_extent (self->sides[i]);

    if (extent <= 0)
      return G_MAXINT32;
    end = MAX (end, extent - dailies_reel_side_get_slip (self->sides[i]));
  }

  return dailies_reel_grid_number (
    grid, grid->origin + MAX (end - dailies_reel_grid_length (grid) / 4, 0));
}

static gboolean
is_clear (DailiesReelEngine *self,
          gint64             time)
{
  gboolean clear = TRUE;

  FOR_EACH_SIDE (self, i) clear = clear && dailies_reel_side_is_clear (self->sides[i], time);

  return clear;
}

/**
 * dailies_reel_engine_find_moment:
 * @number: of the lead's frame
 *
 * Returns: ns of the reel: the moment at which all sides are looked at for that frame. Its middle, as no rounding reaches the lead's
 * neighbours from there; but where another side changes its frame just then, as each of twice the rate does, a little before that.
 */
gint64
dailies_reel_engine_find_moment (DailiesReelEngine *self,
                                 gint64             number)
{
  /* Of the half of a frame, the nearest to the middle first. */
  static const int eighths[] = { 8, 7, 6, 5, 4, 10, 12, 3, 13 };

  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 start = dailies_reel_grid_span (grid, number);
  gint64                 middle = dailies_reel_grid_middle (grid, number) - grid->origin;

  for (guint i = 0; i < G_N_ELEMENTS (eighths); i++)
    {
      gint64 time = start + (middle - start) * eighths[i] / 8;

      if (is_clear (self, time))
        return time;
    }

  return middle;
}

/* As above, for what was asked for as @time: where the lead's frames last differently long as near as that can be. */
gint64
dailies_reel_engine_find_moment_near (DailiesReelEngine *self,
                                      gint64             number,
                                      gint64             time)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));

  /* Who asked for the frame, and not for a place in it, gets what a step shows. */
  if (dailies_reel_grid_varies (grid) && time != dailies_reel_grid_span (grid, number))
    return dailies_reel_grid_within (grid, number, grid->origin + time) - grid->origin;

  return dailies_reel_engine_find_moment (self, number);
}

/**
 * dailies_reel_engine_get_round:
 * @length: ns of the reel that a side that is not there yet needs; 0 none
 * @begin: (out): ns of the reel
 * @end: (out): ns of the reel; -1 where the length is not known
 *
 * What is played: the range as far as there is one, on the lead's frames, with the frame at its out point. A range that
 * is turned round, or lies behind the end, is none.
 */
void
dailies_reel_engine_get_round (DailiesReelEngine *self,
                               gint64             length,
                               gint64            *begin,
                               gint64            *end)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 whole = MAX (dailies_reel_engine_get_end (self), length);
  gint64                 in, out;

  g_mutex_lock (&self->lock);
  in = self->range_in;
  out = self->range_out;
  g_mutex_unlock (&self->lock);

  *begin = 0;
  *end = whole > 0 ? whole : -1;
  if (in >= 0)
    *begin = dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + in));
  if (out >= 0)
    out = dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + out) + 1);
  if (out >= 0 && (*end < 0 || out < *end))
    *end = out;
  if (*end >= 0 && *begin >= *end)
    {
      *begin = 0;
      *end = whole > 0 ? whole : -1;
    }
}

/* The next round begins, without a gap, when the one being played ends. @length: as above. Returns: %FALSE when its end is not known */
gboolean
dailies_reel_engine_get_next_round (DailiesReelEngine *self,
                                    DailiesReelCourse *course,
                                    gint64             length)
{
  gint64 begin, end;

  dailies_reel_engine_get_round (self, length, &begin, &end);
  *course = self->course;
  if (end < 0)
    return FALSE;

  course->start = begin + ROUNDING;
  course->running += (gint64) ((end - self->course.start + (gint64) ROUNDING) / course->rate);
  return TRUE;
}

/* ns of the reel at this moment of the clock, while the pipeline is playing */
gint64
dailies_reel_engine_now (DailiesReelEngine *self)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (self->pipeline);
  gint64 running;

  if (clock == NULL)
    return dailies_reel_engine_shown_time (self);

  running = (gint64) gst_clock_get_time (clock) -
            (gint64) gst_element_get_base_time (self->pipeline);

  return self->course.start + (gint64) ((running - self->course.running) * self->course.rate);
}

/* With the lock. The sides meet where they are looked at in frames of the lead. */
static void
set_pace (DailiesReelEngine *self)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64                 number = dailies_reel_grid_number (grid, grid->origin + self->course.start);
  gint64                 moment = dailies_reel_engine_find_moment (self, number);

  dailies_reel_pace_begin (&self->pace,
                           self->course.running + (gint64) ((moment - self->course.start) / self->course.rate),
                           (gint64) (dailies_reel_grid_length (grid) / self->course.rate));
}

/* When the round that is played begins and ends: a side that is over shows its last frame until then. */
void
dailies_reel_engine_note_round (DailiesReelEngine *self)
{
  DailiesReelCourse next = { 0 };
  gboolean          follows =
    self->looping_now && (self->course.flags & GST_SEEK_FLAG_SEGMENT) &&
    dailies_reel_engine_get_next_round (self, &next, 0);

  g_mutex_lock (&self->lock);
  set_pace (self);
  self->round_begin = self->course.running;
  self->round_end = follows ? next.running : G_MAXINT64;
  g_mutex_unlock (&self->lock);
}

/* --- seeks ------------------------------------------------------------------------------------ */

static gboolean
can_loop_in_place (DailiesReelEngine *self)
{
  gint64 begin, end;

  FOR_EACH_SIDE (self, i)
  {
    if (dailies_reel_side_get_duration (self->sides[i]) <= 0 || dailies_reel_side_is_gapped (self->sides[i]))
      return FALSE;
  }
  dailies_reel_engine_get_round (self, 0, &begin, &end);

  return end - begin >= (gint64) SHORTEST_LOOP;
}

/* Where a round that begins at @start is cut off; -1 where the clips end by themselves. */
static gint64
find_stop (DailiesReelEngine *self,
           gint64             start)
{
  gint64 begin, end;

  dailies_reel_engine_get_round (self, 0, &begin, &end);

  return start < end && end < dailies_reel_engine_get_end (self) ? end : -1;
}

/* Whether a loop would never go round: the others go on without a gap, and one that has come since ends. */
gboolean
dailies_reel_engine_waits_in_vain (DailiesReelEngine *self)
{
  gboolean gapped = FALSE;

  FOR_EACH_SIDE (self, i) gapped |= dailies_reel_side_is_gapped (self->sides[i]);

  return gapped && (self->course.flags & GST_SEEK_FLAG_SEGMENT);
}

/* Whether playing on from here would do what is asked: speed, loop, range. */
gboolean
dailies_reel_engine_is_on_course (DailiesReelEngine *self)
{
  return !self->resync && self->course.rate == dailies_reel_engine_get_speed (self) &&
         self->course.stop == find_stop (self, self->course.start) &&
         (!self->looping_now || (self->course.flags & GST_SEEK_FLAG_SEGMENT) ||
          !can_loop_in_place (self));
}

static void
launch (DailiesReelEngine *self)
{
  self->moves++;
  self->scrub_is_fresh = FALSE;
  self->resync = FALSE;
  self->ended = FALSE;
  memset (self->done, 0, sizeof self->done);
  memset (self->ahead, 0, sizeof self->ahead);
  memset (self->ahead_done, 0, sizeof self->ahead_done);
  g_mutex_lock (&self->lock);
  self->flight = FLIGHT_SEEK;
  self->airborne = TRUE;
  self->pace.thinned_to = self->pace.gone = self->met = -1;
  dailies_reel_order_begin (&self->order);
  g_mutex_unlock (&self->lock);
  self->launched = g_get_monotonic_time ();
  self->deadline = self->launched + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
  /* Sending all sides away takes a while, too. */
  dailies_reel_engine_mind_cores (self);
}

/* Each side goes to its own frame that covers what the lead shows @frames away from @time; a side that is
 * shorter to its last one. */
void
dailies_reel_engine_fly_to (DailiesReelEngine *self,
                            gint64             time,
                            gint64             frames)
{
  const DailiesReelGrid *grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  gint64 number = dailies_reel_grid_number (grid, grid->origin + time) + frames;
  double speed = dailies_reel_engine_get_speed (self);

  number = CLAMP (number, 0, dailies_reel_engine_last_number (self));
  dailies_reel_engine_halt (self);
  g_mutex_lock (&self->lock);
  dailies_reel_engine_keep (self);
  self->frozen = TRUE;
  self->here = dailies_reel_grid_span (grid, number);
  FOR_EACH_SIDE (self, i) dailies_reel_side_enter (self->sides[i], FALSE);
  g_mutex_unlock (&self->lock);

  self->course.rate = speed > 0 ? speed : 1;
  self->course.flags = GST_SEEK_FLAG_ACCURATE | GST_SEEK_FLAG_FLUSH;
  if (can_loop_in_place (self))
    self->course.flags |= GST_SEEK_FLAG_SEGMENT;
  self->course.start = (gint64) ROUNDING;
  if (number > 0 && frames == 0)
    self->course.start = dailies_reel_engine_find_moment_near (self, number, time);
  else if (number > 0)
    self->course.start = dailies_reel_engine_find_moment (self, number);
  self->course.stop = find_stop (self, self->course.start);
  self->course.running = 0;
  self->course.seqnum = gst_util_seqnum_next ();
  launch (self);
  dailies_reel_engine_note_round (self);

  FOR_EACH_SIDE (self, i) dailies_reel_side_fly (self->sides[i], &self->course);

  g_mutex_lock (&self->lock);
  self->frozen = FALSE;
  g_mutex_unlock (&self->lock);
}

/* From what is shown at this moment: nothing newer is picked on the way. */
void
dailies_reel_engine_fly_from_shown (DailiesReelEngine *self,
                                    gint64             frames)
{
  gint64 time;

  g_mutex_lock (&self->lock);
  dailies_reel_engine_keep (self);
  time = self->still_position >= 0 && !self->scrubbing ? self->still_position : MAX (self->here, 0);
  /* In a frame that lasts long the others go on: what was looked at there stays. */
  if (self->scrubbing && self->scrub_is_fresh)
    time = self->scrubbed_moment;
  self->frozen = TRUE;
  g_mutex_unlock (&self->lock);

  dailies_reel_engine_fly_to (self, time, frames);
}

/* Whether all sides have one frame rate. */
gboolean
dailies_reel_engine_has_one_rate (DailiesReelEngine *self)
{
  const DailiesReelGrid *first = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));

  FOR_EACH_SIDE (self, i)
  {
    const DailiesReelGrid *grid = dailies_reel_side_get_grid (self->sides[i]);

    if ((grid != first && !(dailies_reel_grid_is_even (grid) && dailies_reel_grid_is_even (first))) ||
        gst_util_fraction_compare (
          grid->fps_n, MAX (grid->fps_d, 1), first->fps_n, MAX (first->fps_d, 1)) != 0)
      return FALSE;
  }

  return TRUE;
}

/* Decoding on to the next frame is many times quicker than a seek, which starts at the last key
 * frame. */
gboolean
dailies_reel_engine_step_on (DailiesReelEngine *self,
                             int                frames)
{
  const DailiesReelGrid *grid;
  gint64                 time;
  gboolean               held = FALSE;

  if (frames < 1 || frames > 12 || self->running || self->ended || !dailies_reel_engine_has_one_rate (self) ||
      !dailies_reel_engine_shows_newest (self))
    return FALSE;

  /* Behind its out point a clip ends, and one that is over or has not begun cannot step with the others. */
  grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  time = dailies_reel_engine_shown_time (self);
  time = dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + time) + frames);
  if (self->course.stop >= 0 && time >= self->course.stop)
    return FALSE;
  FOR_EACH_SIDE (self, i)
    held |= !dailies_reel_side_covers (self->sides[i], time) ||
            !dailies_reel_side_covers (self->sides[i], dailies_reel_engine_shown_time (self));
  if (held)
    return FALSE;

  g_mutex_lock (&self->lock);
  dailies_reel_engine_keep (self);
  FOR_EACH_SIDE (self, i) self->serials[i] = dailies_reel_side_get_serial (self->sides[i]);
  self->here = time;
  self->flight = FLIGHT_STEP;
  self->airborne = TRUE;
  g_mutex_unlock (&self->lock);

  self->moves++;
  self->deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
  self->resync = TRUE;
  FOR_EACH_SIDE (self, i) dailies_reel_side_step (self->sides[i], frames);

  return TRUE;
}

/* --- landing ---------------------------------------------------------------------------------- */

static DailiesReelSettled
settle_side (DailiesReelEngine *self,
             guint              index)
{
  DailiesReelSide   *side = self->sides[index];
  DailiesReelSettled settled;
  gboolean           moved;
  gint64             again = 0;

  g_mutex_lock (&self->lock);
  moved = dailies_reel_side_get_serial (side) != self->serials[index];
  g_mutex_unlock (&self->lock);

  if (self->flight == FLIGHT_STEP)
    return moved ? DAILIES_REEL_SETTLED : DAILIES_REEL_WAITING;

  settled = dailies_reel_side_settle (side, &again);
  if (settled == DAILIES_REEL_AGAIN)
    dailies_reel_side_fly_again (side, &self->course, again);

  return settled;
}

/* Returns: whether the flight is over */
gboolean
dailies_reel_engine_settle (DailiesReelEngine *self)
{
  gboolean landed = TRUE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->sides[i] == NULL)
        continue;

      switch (settle_side (self, i))
        {
        case DAILIES_REEL_SETTLED:
          break;
        case DAILIES_REEL_EMPTY:
          dailies_reel_engine_give_up_side (
            self, i, self->sides[i], dailies_reel_side_explain (self->sides[i], NULL));
          /* One that is opened again leaves first: until then nobody goes anywhere else. */
          landed = landed && self->sides[i] == NULL;
          break;
        case DAILIES_REEL_WAITING:
        case DAILIES_REEL_AGAIN:
        default:
          if (g_get_monotonic_time () > self->deadline)
            dailies_reel_engine_give_up_side (
              self,
              i,
              self->sides[i],
              dailies_reel_explain_stall (dailies_reel_side_get_file (self->sides[i]),
                                          PATIENCE_SECONDS));
          landed = landed && self->sides[i] == NULL;
          break;
        }
    }

  if (!landed)
    return FALSE;

  if (self->flight == FLIGHT_SEEK)
    self->flight_time = g_get_monotonic_time () - self->launched;
  dailies_reel_engine_land_scrub (self);
  g_mutex_lock (&self->lock);
  self->flight = FLIGHT_NONE;
  self->airborne = dailies_reel_engine_has_arrivals (self);
  dailies_reel_engine_keep_landed (self);
  g_mutex_unlock (&self->lock);

  return TRUE;
}
