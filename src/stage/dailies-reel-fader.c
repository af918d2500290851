/* dailies-reel-fader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-fader.h"

struct _DailiesReelFader
{
  GstAudioFilter parent_instance;

  float target; /* under the object lock */
  float gain;   /* of the last sample; the streaming thread's */
};

G_DEFINE_FINAL_TYPE (DailiesReelFader, dailies_reel_fader, GST_TYPE_AUDIO_FILTER)

/* --- streaming thread ------------------------------------------------------------------------- */

static void
ramp (DailiesReelFader *self,
      float            *samples,
      gsize             n_frames,
      guint             n_channels,
      float             target,
      float             step)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      if (self->gain < target)
        self->gain = MIN (self->gain + step, target);
      else if (self->gain > target)
        self->gain = MAX (self->gain - step, target);

      for (guint channel = 0; channel < n_channels; channel++)
        *samples++ *= self->gain;
    }
}

static GstFlowReturn
dailies_reel_fader_transform_ip (GstBaseTransform *transform,
                                 GstBuffer        *buffer)
{
  DailiesReelFader *self = DAILIES_REEL_FADER (transform);
  guint             n_channels = GST_AUDIO_FILTER_CHANNELS (self);
  guint             rate = GST_AUDIO_FILTER_RATE (self);
  GstMapInfo        map;
  float             target;

  GST_OBJECT_LOCK (self);
  target = self->target;
  GST_OBJECT_UNLOCK (self);
  if (target == 1 && self->gain == 1)
    return GST_FLOW_OK;
  if (target == 0 && self->gain == 0)
    {
      gst_buffer_memset (buffer, 0, 0, gst_buffer_get_size (buffer));
      return GST_FLOW_OK;
    }
  if (!gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return GST_FLOW_ERROR;

  ramp (self,
        (float *) map.data,
        map.size / sizeof (float) / n_channels,
        n_channels,
        target,
        1000.f / DAILIES_REEL_FADE_MS / rate);
  gst_buffer_unmap (buffer, &map);

  return GST_FLOW_OK;
}

static void
dailies_reel_fader_class_init (DailiesReelFaderClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    GST_AUDIO_CAPS_MAKE (GST_AUDIO_NE (F32)) ", layout=(string)interleaved");

  gst_element_class_set_static_metadata (
    element_class, "Fader", "Filter/Effect/Audio", "A volume that never clicks", "Dailies");
  gst_audio_filter_class_add_pad_templates (GST_AUDIO_FILTER_CLASS (klass), caps);
  GST_BASE_TRANSFORM_CLASS (klass)->transform_ip = dailies_reel_fader_transform_ip;
}

static void
dailies_reel_fader_init (DailiesReelFader *self)
{
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_reel_fader_new:
 *
 * Returns: (transfer floating): silent until it is told a gain
 */
GstElement *
dailies_reel_fader_new (void)
{
  return g_object_new (DAILIES_TYPE_REEL_FADER, NULL);
}

/**
 * dailies_reel_fader_set_gain:
 * @gain: linear, 0 … 1
 *
 * On any thread. The sound is there %DAILIES_REEL_FADE_MS later, or sooner for a smaller change.
 */
void
dailies_reel_fader_set_gain (DailiesReelFader *self,
                             double            gain)
{
  GST_OBJECT_LOCK (self);
  self->target = gain;
  GST_OBJECT_UNLOCK (self);
}
