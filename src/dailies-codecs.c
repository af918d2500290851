/* dailies-codecs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-codecs.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "dailies-error.h"

/* OpenH264 knows no constant quality: bits for each pixel that leave moving pictures clean. */
#define OPENH264_BITS 0.15

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

/* The bit rate that x264 would keep to by default, whatever the quality asked for, is switched off. */
static char *
describe_x264 (DailiesCodecsCare care, int second)
{
  if (care == DAILIES_CODECS_QUICK)
    return g_strdup_printf ("x264enc pass=quant quantizer=22 speed-preset=superfast bframes=2 "
                            "key-int-max=%d ! video/x-h264,profile=high ! h264parse",
                            second);

  return g_strdup_printf ("x264enc pass=qual quantizer=18 vbv-buf-capacity=0 speed-preset=veryfast "
                          "key-int-max=%d ! video/x-h264,profile=high ! h264parse",
                          second);
}

char *
dailies_codecs_describe_h264 (
  DailiesCodecsCare care, int width, int height, double fps, GError **error)
{
  /* A second between key frames: players jump about in it quickly. */
  int second = MAX (1, (int) (fps + 0.5));

  g_return_val_if_fail (width > 0 && height > 0 && fps > 0, NULL);

  if (has_element ("x264enc"))
    return describe_x264 (care, second);
  if (has_element ("openh264enc"))
    return g_strdup_printf (
      "openh264enc bitrate=%u max-bitrate=%u gop-size=%d complexity=%s ! h264parse",
      (guint) MAX (1e6, OPENH264_BITS * width * height * fps),
      (guint) MAX (2e6, 2 * OPENH264_BITS * width * height * fps),
      second,
      care == DAILIES_CODECS_QUICK ? "low" : "medium");

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("This computer has no encoder for H.264. Install GStreamer's x264 or OpenH264 "
                  "plug-in (“gstreamer1.0-plugins-ugly” or “gstreamer1.0-plugins-bad”)."));
  return NULL;
}

char *
dailies_codecs_describe_aac (guint *delay, GError **error)
{
  static const struct
  {
    const char *name;
    guint       delay;
  } encoders[] = {
    { "avenc_aac", 1024 },
    { "fdkaacenc", 2048 },
    { "voaacenc", 1600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      if (!has_element (encoders[i].name))
        continue;
      if (delay != NULL)
        *delay = encoders[i].delay;
      return g_strdup_printf ("audioconvert ! %s bitrate=192000 ! aacparse", encoders[i].name);
    }

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("This computer has no encoder for AAC sound. Install GStreamer's plug-ins for it "
                  "(“gstreamer1.0-libav”) or export without sound."));
  return NULL;
}
