/* dailies-reel-messages.c: what the pipeline says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-control.h"
#include "dailies-reel-words.h"

#include <gst/pbutils/pbutils.h>

static DailiesReelSide *
find_owner (DailiesReelEngine *self,
            GstMessage        *message,
            guint             *index)
{
  for (*index = 0; *index < DAILIES_REEL_MAX_SIDES; (*index)++)
    {
      DailiesReelSide *joined = self->sides[*index];
      DailiesReelSide *arriving = self->arrivals[*index].side;

      if (joined != NULL && dailies_reel_side_owns (joined, GST_MESSAGE_SRC (message)))
        return joined;
      if (arriving != NULL && dailies_reel_side_owns (arriving, GST_MESSAGE_SRC (message)))
        return arriving;
    }

  return NULL;
}

static void
handle_error (DailiesReelEngine *self,
              GstMessage        *message)
{
  g_autofree char *debug = NULL;
  g_autoptr (GError) error = dailies_reel_read_error (message, &debug);
  DailiesReelSide *side;
  guint            index;

  side = find_owner (self, message, &index);
  if (side == NULL)
    return;

  g_debug ("Side %u: %s: %s", index, error->message, debug);
  if (dailies_reel_side_owns_sound (side, GST_MESSAGE_SRC (message)))
    {
      /* The device was unplugged, or the sound server went away: the picture goes on from here without it. */
      dailies_reel_engine_reopen (self, index, side, FALSE, TRUE);
    }
  else
    {
      dailies_reel_engine_give_up_side (self, index, side, dailies_reel_side_explain (side, error));
    }
}

static void
handle_end (DailiesReelEngine *self)
{
  gboolean ended = TRUE;

  g_mutex_lock (&self->lock);
  FOR_EACH_SIDE (self, i) ended = ended && dailies_reel_side_at_end (self->sides[i]);
  g_mutex_unlock (&self->lock);

  /* It may be from before the last seek. */
  if (!ended || !self->running || self->flight != FLIGHT_NONE)
    return;

  /* An out point is not the end of a clip. */
  if (self->course.stop < 0)
    {
      FOR_EACH_SIDE (self, i) dailies_reel_side_note_end (self->sides[i]);
    }

  if (self->looping_now &&
      g_get_monotonic_time () - self->loop_started > (gint64) SHORTEST_LOOP / 1000)
    {
      gint64 begin, end;

      dailies_reel_engine_get_round (self, 0, &begin, &end);
      dailies_reel_engine_fly_to (self, begin, 0);
      return;
    }

  dailies_reel_engine_halt (self);
  self->ended = TRUE;
  dailies_reel_engine_want_pause (self);
}

/* The demuxers of one side are through. */
static void
handle_segment_done (DailiesReelEngine *self,
                     GstMessage        *message)
{
  DailiesReelSide *side;
  guint            index;

  side = find_owner (self, message, &index);
  if (side == NULL)
    return;

  /* One from before the last seek says nothing any more. */
  if (side == self->arrivals[index].side)
    self->arrivals[index].done =
      gst_util_seqnum_compare (gst_message_get_seqnum (message),
                               self->arrivals[index].course.seqnum) >= 0;
  else if (self->ahead[index])
    self->ahead_done[index] = TRUE;
  else if (gst_util_seqnum_compare (gst_message_get_seqnum (message), self->course.seqnum) >= 0)
    self->done[index] = TRUE;
}

static void
handle_element (DailiesReelEngine *self,
                GstMessage        *message)
{
  const GstStructure    *structure = gst_message_get_structure (message);
  g_autoptr (GstMessage) inner = NULL;
  DailiesReelSide       *side;
  guint                  index;

  /* The pipeline tells only when all sides are through; each tells its own this way. */
  if (gst_structure_has_name (structure, "GstBinForwarded") &&
      gst_structure_get (structure, "message", GST_TYPE_MESSAGE, &inner, NULL) &&
      GST_MESSAGE_TYPE (inner) == GST_MESSAGE_SEGMENT_DONE)
    handle_segment_done (self, inner);

  if (!gst_is_missing_plugin_message (message))
    return;

  side = find_owner (self, message, &index);
  if (side != NULL)
    dailies_reel_side_note_missing (side, message);
}

/* One of #DAILIES_REEL_ENGINE_MESSAGES. */
void
dailies_reel_engine_handle (DailiesReelEngine *self,
                            GstMessage        *message)
{
  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      handle_error (self, message);
      break;

    case GST_MESSAGE_EOS:
      handle_end (self);
      break;

    case GST_MESSAGE_SEGMENT_DONE:
      handle_segment_done (self, message);
      break;

    case GST_MESSAGE_ELEMENT:
      handle_element (self, message);
      break;

    default:
      break;
    }
}
