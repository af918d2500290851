/* dailies-reel-idle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-idle.h"

static gboolean
pad_works (GstElement *element, GstPad *pad, gpointer data)
{
  GstTask *task;

  GST_OBJECT_LOCK (pad);
  task = GST_PAD_TASK (pad);
  if (task != NULL && gst_task_get_state (task) == GST_TASK_STARTED)
    *(gboolean *) data = TRUE;
  GST_OBJECT_UNLOCK (pad);

  return TRUE;
}

static void
element_works (const GValue *item, gpointer data)
{
  gst_element_foreach_pad (g_value_get_object (item), pad_works, data);
}

/**
 * dailies_reel_idle_check:
 * @source: a bin that reads, demuxes and decodes
 *
 * A demuxer that gives up while decodebin is still taking it in has its error swallowed, and nobody
 * hears of it (GStreamer 1.22).
 *
 * Returns: whether nothing in @source reads or decodes at this moment
 */
gboolean
dailies_reel_idle_check (GstElement *source)
{
  GstIterator *elements = gst_bin_iterate_recurse (GST_BIN (source));
  gboolean     works = FALSE;

  while (gst_iterator_foreach (elements, element_works, &works) == GST_ITERATOR_RESYNC)
    {
      gst_iterator_resync (elements);
      works = FALSE;
    }
  gst_iterator_free (elements);

  return !works;
}
