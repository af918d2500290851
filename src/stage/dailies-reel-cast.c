/* dailies-reel-cast.c: the sides, and how they come and go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"
#include "dailies-reel-words.h"

#include "dailies-stop.h"

void
dailies_reel_engine_halt (DailiesReelEngine *self)
{
  if (!self->running)
    return;

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  self->moves++;
  g_mutex_lock (&self->lock);
  self->running = FALSE;
  g_mutex_unlock (&self->lock);
}

void
dailies_reel_engine_want_pause (DailiesReelEngine *self)
{
  g_mutex_lock (&self->lock);
  self->playing = FALSE;
  self->shuttle = 0;
  g_mutex_unlock (&self->lock);
}

gboolean
dailies_reel_engine_has_arrivals (DailiesReelEngine *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->arrivals[i].side != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether clips that were opened just now are still on their way: playing begins with all of them. */
gboolean
dailies_reel_engine_is_gathering (DailiesReelEngine *self)
{
  gint64 now = g_get_monotonic_time ();

  /* What plays already is not held up, not even where it had to be helped on. */
  if (self->under_way)
    return FALSE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (self->arrivals[i].side != NULL && now - self->arrivals[i].opened < GATHER_TIME)
        return TRUE;
    }

  return FALSE;
}

static void
remove_arrival (DailiesReelEngine *self,
                guint              index)
{
  Arrival *arrival = &self->arrivals[index];

  if (arrival->side == NULL)
    return;

  dailies_reel_side_free (arrival->side);
  memset (arrival, 0, sizeof *arrival);
}

void
dailies_reel_engine_remove_side (DailiesReelEngine *self,
                                 guint              index)
{
  DailiesReelSide *side = self->sides[index];
  GstElement      *element;

  remove_arrival (self, index);
  if (side == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->sides[index] = NULL;
  dailies_reel_engine_drop (self, index);
  g_mutex_unlock (&self->lock);
  self->done[index] = self->ahead[index] = FALSE;
  dailies_reel_engine_drop_jog (self, index);

  element = dailies_reel_side_get_element (side);
  gst_element_set_locked_state (element, TRUE);
  dailies_stop (element);
  gst_bin_remove (GST_BIN (self->pipeline), element);
  dailies_reel_side_free (side);
  /* A decoder takes and leaves tens of megabytes. */
  self->untidy = TRUE;

  /* Only an empty pipeline that starts over counts its time from 0 again. */
  if (dailies_reel_engine_count_sides (self) == 0)
    {
      gst_element_set_state (self->pipeline, GST_STATE_READY);
      g_mutex_lock (&self->lock);
      self->running = FALSE;
      self->flight = FLIGHT_NONE;
      self->here = self->still_position = -1;
      dailies_reel_order_begin (&self->order);
      g_mutex_unlock (&self->lock);
      self->ended = self->under_way = FALSE;
      self->moves++;
    }
}

/* Takes @error. What has been opened in its place in the meantime has not failed. */
void
dailies_reel_engine_fail_side (DailiesReelEngine *self,
                               guint              index,
                               GError            *error)
{
  gboolean replaced;

  dailies_reel_engine_remove_side (self, index);

  g_mutex_lock (&self->lock);
  replaced = self->slots[index].changed;
  if (!replaced)
    {
      DailiesReelFailure *failure = g_new0 (DailiesReelFailure, 1);

      failure->side = index;
      failure->error = error;
      g_clear_object (&self->slots[index].file);
      g_queue_push_tail (&self->report.failures, failure);
    }
  g_mutex_unlock (&self->lock);
  if (replaced)
    g_error_free (error);
}

/* Whether no other side tells where @index was once that is gone. */
static gboolean
is_last (DailiesReelEngine *self,
         guint              index)
{
  gboolean last = TRUE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) last = last && (i == index || self->slots[i].changed);
  g_mutex_unlock (&self->lock);

  return last;
}

/* Opens @side once more, where it is, in another way: in memory (@plain), without its sound (@deaf). */
void
dailies_reel_engine_reopen (DailiesReelEngine *self,
                            guint              index,
                            DailiesReelSide   *side,
                            gboolean           plain,
                            gboolean           deaf)
{
  Slot  *slot = &self->slots[index];
  gint64 time = -1;

  if (self->sides[index] == side && is_last (self, index))
    time = dailies_reel_engine_shown_time (self);
  g_mutex_lock (&self->lock);
  /* What has been opened in its place in the meantime has nothing to do with it. */
  if (!slot->changed)
    {
      slot->plain = slot->plain || plain;
      slot->deaf = slot->deaf || deaf;
      slot->opened = self->arrivals[index].side == side ? self->arrivals[index].opened : 0;
      slot->changed = TRUE;
      /* As the last one, it would begin anew, and not where it was or was on its way to. */
      if (time >= 0 && self->seek < 0)
        {
          self->seek = self->aim >= 0 ? self->aim : time;
          self->steps = 0;
        }
    }
  g_mutex_unlock (&self->lock);
}

/* @side cannot go on, as @error (transfer full) says. On the graphics card not everything can be uploaded that can be decoded, and
 * a driver may fail: memory takes it all, and a clip that really is broken fails there once more. */
void
dailies_reel_engine_give_up_side (DailiesReelEngine *self,
                                  guint              index,
                                  DailiesReelSide   *side,
                                  GError            *error)
{
  if (!dailies_reel_side_is_on_card (side))
    {
      dailies_reel_engine_fail_side (self, index, error);
      return;
    }

  g_debug ("Side %u once more in memory: %s", index, error->message);
  g_error_free (error);
  dailies_reel_engine_reopen (self, index, side, TRUE, FALSE);
  dailies_reel_engine_wake (self);
}

/* What is wanted on each side begins to load, what is not goes away. */
void
dailies_reel_engine_change_sides (DailiesReelEngine *self)
{
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      Slot slot;

      g_mutex_lock (&self->lock);
      slot = self->slots[i];
      self->slots[i].changed = FALSE;
      if (slot.changed && slot.file != NULL)
        g_object_ref (slot.file);
      g_mutex_unlock (&self->lock);
      if (!slot.changed)
        continue;

      dailies_reel_engine_remove_side (self, i);
      if (slot.file != NULL)
        {
          GError *fault = dailies_reel_find_fault (slot.file);

          if (fault != NULL)
            dailies_reel_engine_fail_side (self, i, fault);
          else
            dailies_reel_engine_expect (self, i, &slot);
          g_object_unref (slot.file);
        }
    }
}

/* With the lock, on what stands: it is the frame of @time, ns of the reel, from now on. What is shown stays. */
static void
count_from (DailiesReelEngine *self,
            gint64             time)
{
  gint64 *times[] = { &self->here, &self->scrubbed_here, &self->still_position };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (*times[i] >= 0)
      *times[i] = time;
}

/* Where nothing is in flight. What stands stays, as the frame of the side that leads now in which the others were looked at: it moves
 * when it is moved, on frames of that side. */
void
dailies_reel_engine_change_lead (DailiesReelEngine *self)
{
  DailiesReelSide       *before = dailies_reel_engine_first_side (self);
  gint64                 moment = 0, time = 0;
  const DailiesReelGrid *grid;
  gboolean               changes, gone;

  g_mutex_lock (&self->lock);
  gone = self->sides[self->lead] == NULL;
  /* One that is on its way has no frames yet. */
  changes = self->lead != self->wanted_lead && !self->slots[self->wanted_lead].changed;
  g_mutex_unlock (&self->lock);
  if (!changes)
    return;

  if (before != NULL)
    {
      grid = dailies_reel_side_get_grid (before);
      time = dailies_reel_engine_shown_time (self);
      moment = dailies_reel_grid_number (grid, grid->origin + time);
      moment = moment > 0 ? dailies_reel_engine_find_moment (self, moment) : 0;
    }
  g_mutex_lock (&self->lock);
  self->lead = self->wanted_lead;
  /* By whose frames it stood, nobody knows any more: it goes to the nearest. */
  if (before != NULL && gone && !self->playing && time > 0 && self->seek < 0 && self->steps == 0)
    self->seek = time;
  g_mutex_unlock (&self->lock);
  if (before == NULL || gone || before == dailies_reel_engine_first_side (self))
    return;

  grid = dailies_reel_side_get_grid (dailies_reel_engine_first_side (self));
  g_mutex_lock (&self->lock);
  if (!self->playing)
    count_from (self, dailies_reel_grid_span (grid, dailies_reel_grid_number (grid, grid->origin + moment)));
  g_mutex_unlock (&self->lock);
  /* What is played from here on meets on its frames. */
  self->resync = TRUE;
}
