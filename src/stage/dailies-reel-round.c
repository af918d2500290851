/* dailies-reel-round.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-round.h"

/* One pad that is watched. */
typedef struct
{
  DailiesReelRounds *rounds;
  GMutex            *lock;
  GstSegment         last;
  gboolean           has_last;
} Watch;

/* Every seek asks for a segment, so that a loop can go on without a gap. A clip that is not looping
 * must end all the same. */
static void
end_segment (Watch           *watch,
             GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *eos;

  if (g_atomic_int_get (&watch->rounds->looping))
    return;

  eos = gst_event_new_eos ();
  gst_event_set_seqnum (eos, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = eos;
}

/* Demuxers let the next round begin where the last picture *began*, which would swallow it, and
 * differently for each stream. A round is as long as the clip. */
static void
begin_segment (Watch           *watch,
               GstPadProbeInfo *info)
{
  GstEvent  *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstSegment segment;
  gint64     rest;

  gst_event_copy_segment (event, &segment);
  rest = watch->rounds->duration - (gint64) watch->last.time;
  if (watch->has_last && watch->rounds->duration > 0 && rest > 0)
    {
      GstEvent *fixed;

      segment.base = watch->last.base + rest / ABS (watch->last.rate);
      fixed = gst_event_new_segment (&segment);
      gst_event_set_seqnum (fixed, gst_event_get_seqnum (event));
      gst_event_unref (event);
      GST_PAD_PROBE_INFO_DATA (info) = fixed;
    }
  watch->last = segment;
  watch->has_last = segment.format == GST_FORMAT_TIME;
}

static GstPadProbeReturn
probe_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         data)
{
  Watch *watch = data;

  g_mutex_lock (watch->lock);
  switch ((int) GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)))
    {
    case GST_EVENT_SEGMENT_DONE:
      end_segment (watch, info);
      break;

    case GST_EVENT_SEGMENT:
      begin_segment (watch, info);
      break;

    case GST_EVENT_FLUSH_STOP:
      watch->has_last = FALSE;
      break;

    default:
      break;
    }
  g_mutex_unlock (watch->lock);

  return GST_PAD_PROBE_OK;
}

/**
 * dailies_reel_rounds_watch:
 * @lock: guards @rounds
 * @pad: of the stream, behind the decoder
 *
 * From now on the stream on @pad ends when it should, and goes round in the length of the clip.
 */
void
dailies_reel_rounds_watch (DailiesReelRounds *rounds,
                           GMutex            *lock,
                           GstPad            *pad)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->rounds = rounds;
  watch->lock = lock;
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     probe_cb,
                     watch,
                     g_free);
}
