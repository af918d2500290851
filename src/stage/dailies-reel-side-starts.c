/* dailies-reel-side-starts.c: when each frame of a side begins, where the frame rate does not tell
 *
 * Clips from telephones and from the screen have a variable frame rate. Which one that is, is known once somebody has seen every
 * frame: a jog. Until then they are counted by the average.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-side-private.h"

/* ns: what is shown for less than this cannot be told from the next. */
#define SHORTEST (2 * (gint64) GST_MSECOND)
/* One frame in so many may be like that. */
#define MOST_LOST 20

/* Whether somebody has told where each frame of it begins. */
gboolean
dailies_reel_side_knows_starts (DailiesReelSide *self)
{
  return self->knows_starts;
}

/* In ns after the origin. What follows another sooner than a container can tell is not seen.
 *
 * Returns: (transfer full) (nullable): %NULL where the times are no times to go by */
static GArray *
sort_out (DailiesReelSide *self,
          const GArray    *times)
{
  g_autoptr (GArray) starts = g_array_sized_new (FALSE, FALSE, sizeof (gint64), times->len);
  gint64 slack = dailies_reel_grid_length (&self->grid) / 4;

  for (guint i = 0; i < times->len; i++)
    {
      gint64 start = MAX (g_array_index (times, gint64, i) - self->grid.origin, 0);

      /* What begins elsewhere has not seen the same clip. */
      if (i == 0 && start > slack)
        return NULL;
      if (i == 0)
        start = 0;
      else if (start - g_array_index (starts, gint64, starts->len - 1) <= SHORTEST)
        continue;
      g_array_append_val (starts, start);
    }

  return starts->len >= times->len - times->len / MOST_LOST ? g_steal_pointer (&starts) : NULL;
}

/**
 * dailies_reel_side_note_starts:
 * @times: gint64 ns of its own stream time, when each of its frames begins
 *
 * Somebody has seen the whole clip. Where its frames last differently long they are counted one by one from now on, and not
 * by the frame rate.
 *
 * Returns: whether they do
 */
gboolean
dailies_reel_side_note_starts (DailiesReelSide *self,
                               const GArray    *times)
{
  g_autoptr (GArray) starts = sort_out (self, times);

  self->knows_starts = TRUE;
  if (starts == NULL || dailies_reel_grid_fits (&self->grid, starts))
    return FALSE;

  g_mutex_lock (self->lock);
  /* They were counted otherwise. */
  self->last_frame = self->last_frame >= 0 ? (gint64) starts->len - 1 : -1;
  g_atomic_pointer_set (&self->grid.starts, g_steal_pointer (&starts));
  for (GList *link = self->ring.head; link != NULL; link = link->next)
    {
      DailiesReelFrame *frame = link->data;

      frame->time = dailies_reel_grid_nearest (&self->grid, frame->time);
    }
  g_mutex_unlock (self->lock);
  self->end_low = self->end_none = -1;

  return TRUE;
}

/* How long a frame lasts is told by when the next one is decoded, which need not be the one that is shown next. Where frames last
 * differently long, the decoder would cut off the wrong ones at a seek. */
static GstPadProbeReturn
coded_probe_cb (GstPad          *pad,
                GstPadProbeInfo *info,
                gpointer         data)
{
  DailiesReelSide *self = data;
  GstBuffer       *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  g_autoptr (GstEvent) event = NULL;
  const GstSegment *segment;
  gint64            number;

  if (!dailies_reel_grid_varies (&self->grid) || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_PAD_PROBE_OK;

  event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (event == NULL)
    return GST_PAD_PROBE_OK;

  gst_event_parse_segment (event, &segment);
  number = dailies_reel_grid_number (
    &self->grid, (gint64) GST_BUFFER_PTS (buffer) + (gint64) segment->time - (gint64) segment->start);
  buffer = gst_buffer_make_writable (buffer);
  GST_BUFFER_DURATION (buffer) =
    dailies_reel_grid_start (&self->grid, number + 1) - dailies_reel_grid_start (&self->grid, number);
  info->data = buffer;

  return GST_PAD_PROBE_OK;
}

/* Of each element that is found to be needed for reading the clip. */
void
dailies_reel_side_watch_element (DailiesReelSide *self,
                                 GstElement      *element)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (factory == NULL ||
      !gst_element_factory_list_is_type (factory,
                                         GST_ELEMENT_FACTORY_TYPE_DECODER | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;

  pad = gst_element_get_static_pad (element, "sink");
  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, coded_probe_cb, self, NULL);
}
