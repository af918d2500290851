/* dailies-stop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-stop.h"

/* Each of the elements that fail on the way can break it off once; more than a few never do. */
#define MAX_TRIES 16

/* An error that is posted while a bin goes down counts as the bin's own failure to do so where it has just begun to load: the bin
 * stays where it is, and all around it too. A failed element forgets that when it is told again, and then goes all the way. */
void
dailies_stop (GstElement *element)
{
  g_return_if_fail (GST_IS_ELEMENT (element));

  for (int i = 0; i < MAX_TRIES; i++)
    {
      if (gst_element_set_state (element, GST_STATE_NULL) == GST_STATE_CHANGE_SUCCESS)
        return;
      GST_DEBUG_OBJECT (element, "was broken off on its way down");
    }
  GST_WARNING_OBJECT (element, "does not go down");
}
