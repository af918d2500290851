/* slow-decoders.h: decoders of pictures that take as long as a test wants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

/* µs that each picture takes; atomic. */
static int slowness;
/* µs that the next one takes besides; atomic. */
static int slowness_once;

static GstPadProbeReturn
slow_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         data)
{
  g_usleep ((gulong) g_atomic_int_get (&slowness) + (gulong) g_atomic_int_exchange (&slowness_once, 0));
  return GST_PAD_PROBE_OK;
}

/* Of each decoder of pictures in each pipeline. */
static gboolean
added_hook (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  GstElement *element = g_value_get_object (&values[2]);

  if (GST_IS_VIDEO_DECODER (element))
    gst_pad_add_probe (GST_VIDEO_DECODER_SINK_PAD (element), GST_PAD_PROBE_TYPE_BUFFER, slow_cb, NULL, NULL);
  return TRUE;
}

/* From now on, for the rest of the program; they are as quick as ever until there is a slowness. */
static inline void
slow_decoders_watch (void)
{
  g_type_class_unref (g_type_class_ref (GST_TYPE_BIN));
  g_signal_add_emission_hook (g_signal_lookup ("deep-element-added", GST_TYPE_BIN), 0, added_hook, NULL, NULL);
}
