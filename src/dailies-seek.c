/* dailies-seek.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-seek.h"

/* From the pad of the sink and not from the element, which would lock its state for it: a pipeline that is still on its way to
 * playing has locked that state and waits for the thread that fills the sink; that thread waits, where the sink is full,
 * for somebody to take a sample out; and the one who would do that waits here. */
gboolean
dailies_seek_exactly (GstElement *sink,
                      gint64      time)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (sink, "sink");

  return gst_pad_push_event (pad,
                             gst_event_new_seek (1.0,
                                                 GST_FORMAT_TIME,
                                                 GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                                 GST_SEEK_TYPE_SET,
                                                 MAX (time, 0),
                                                 GST_SEEK_TYPE_NONE,
                                                 GST_CLOCK_TIME_NONE));
}
