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
  guint32            seqnum; /* the seek whose segments are moved … */
  gint64             shift;  /* … by so much, ns of running time */
  gboolean           flushed;
  gboolean           closed;
  gboolean           open;
} Watch;

/* The streams of a side are through at different moments, the sound up to a second before the picture: a loop that is
 * switched on or off in between must know which of them have gone another way. */
static void
note_end (Watch   *watch,
          gboolean closed,
          gboolean open)
{
  watch->rounds->closed += closed - watch->closed;
  watch->rounds->open += open - watch->open;
  watch->closed = closed;
  watch->open = open;
}

/* Every seek asks for a segment, so that a loop can go on without a gap. A clip that is not looping
 * must end all the same. */
static void
end_segment (Watch           *watch,
             GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *eos;

  note_end (watch, !watch->rounds->looping, watch->rounds->looping);
  if (watch->rounds->looping)
    return;

  eos = gst_event_new_eos ();
  gst_event_set_seqnum (eos, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = eos;
}

/* The demuxer was asked for more than is shown (dailies-reel-side-moves.c says why): the sinks leave out what is too much. */
static gboolean
cut_segment (GstSegment *segment,
             gint64      stop)
{
  guint64 position =
    stop >= 0 ? gst_segment_position_from_stream_time (segment, GST_FORMAT_TIME, stop) : GST_CLOCK_TIME_NONE;

  /* Not within it; or it ends there anyhow. */
  if (position == GST_CLOCK_TIME_NONE || position >= segment->stop)
    return FALSE;

  segment->stop = position;
  return TRUE;
}

/* Some elements do not hand on the number of a seek: after a flush only the newest can be meant. */
static const DailiesReelRound *
find_round (Watch  *watch,
            guint32 seqnum)
{
  DailiesReelRounds *rounds = watch->rounds;

  if (rounds->rounds[rounds->last].seqnum == GST_SEQNUM_INVALID)
    return NULL;

  for (guint i = 0; i < DAILIES_REEL_ROUNDS; i++)
    {
      if (rounds->rounds[i].seqnum == seqnum)
        return &rounds->rounds[i];
    }

  return watch->flushed ? &rounds->rounds[rounds->last] : NULL;
}

/* When a segment begins on the clock that all sides share is the reel's to say: demuxers let the next round begin
 * where the last picture *began*, which would swallow it, and differently for each stream; and a side that is shorter than
 * the others waits for them. A clip with edits sends several segments for one seek: they keep their distance. */
static void
begin_segment (Watch           *watch,
               GstPadProbeInfo *info)
{
  GstEvent               *event = GST_PAD_PROBE_INFO_EVENT (info);
  guint32                 seqnum = gst_event_get_seqnum (event);
  const DailiesReelRound *round = find_round (watch, seqnum);
  gboolean                cut = FALSE;
  GstEvent               *moved;
  GstSegment              segment;

  gst_event_copy_segment (event, &segment);
  if (segment.format != GST_FORMAT_TIME)
    return;

  if (round != NULL)
    {
      if (watch->seqnum != round->seqnum)
        watch->shift = round->base - (gint64) segment.base;
      watch->seqnum = round->seqnum;
      cut = cut_segment (&segment, round->stop);
    }
  watch->flushed = FALSE;
  if (watch->shift == 0 && !cut)
    return;

  segment.base = MAX (0, (gint64) segment.base + watch->shift);
  moved = gst_event_new_segment (&segment);
  gst_event_set_seqnum (moved, seqnum);
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = moved;
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
      note_end (watch, watch->closed, FALSE);
      begin_segment (watch, info);
      break;

    case GST_EVENT_FLUSH_STOP:
      note_end (watch, FALSE, FALSE);
      watch->flushed = TRUE;
      break;

    default:
      break;
    }
  g_mutex_unlock (watch->lock);

  return GST_PAD_PROBE_OK;
}

/**
 * dailies_reel_rounds_add:
 * @seqnum: of the seek that is sent now
 * @base: ns of running time
 * @stop: ns of the clip; -1 none
 *
 * With the lock held.
 */
void
dailies_reel_rounds_add (DailiesReelRounds *rounds,
                         guint32            seqnum,
                         gint64             base,
                         gint64             stop)
{
  rounds->last = (rounds->last + 1) % DAILIES_REEL_ROUNDS;
  rounds->rounds[rounds->last] = (DailiesReelRound) { seqnum, base, stop };
}

/**
 * dailies_reel_rounds_watch:
 * @lock: guards @rounds
 * @pad: of the stream, behind the decoder
 *
 * From now on the stream on @pad ends when it should, and each segment begins when @rounds says.
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
