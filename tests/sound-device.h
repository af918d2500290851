/* sound-device.h: a sound device that plays nothing, takes as long over it as a real one, and hands on what would be heard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/audio/gstaudiosink.h>

#define SAMPLE_RATE 48000

#define TEST_TYPE_DEVICE (test_device_get_type ())
G_DECLARE_FINAL_TYPE (TestDevice, test_device, TEST, DEVICE, GstAudioSink)

struct _TestDevice
{
  GstAudioSink parent_instance;

  gint64 start; /* µs, when the first sample was played; 0 not yet */
  gint64 n_played;
  gboolean lost; /* went away */
  int    silent;   /* samples since the last loud one; for who hears */
  gint16 previous; /* the last sample; likewise */
};

G_DEFINE_FINAL_TYPE (TestDevice, test_device, GST_TYPE_AUDIO_SINK)

/* So many devices go away, each at the next sample it gets; set by the test. */
static int test_device_n_lost G_GNUC_UNUSED;

/* In the thread of the device; @begin: µs on the monotonic clock when the first of @samples is heard */
static void (*test_device_hear) (TestDevice   *self,
                                 const gint16 *samples,
                                 guint         n,
                                 gint64        begin);

static gboolean
test_device_open (GstAudioSink *sink)
{
  return TRUE;
}

static gboolean
test_device_prepare (GstAudioSink           *sink,
                     GstAudioRingBufferSpec *spec)
{
  TestDevice *self = TEST_DEVICE (sink);

  self->start = 0;
  self->silent = SAMPLE_RATE;
  self->previous = 0;
  return TRUE;
}

static gboolean
take_loss (void)
{
  int n = g_atomic_int_get (&test_device_n_lost);

  return n > 0 && g_atomic_int_compare_and_exchange (&test_device_n_lost, n, n - 1);
}

static int
test_device_write (GstAudioSink *sink,
                   gpointer      data,
                   guint         length)
{
  TestDevice *self = TEST_DEVICE (sink);
  guint       n = length / sizeof (gint16);
  gint64      begin, now = g_get_monotonic_time ();

  if (!self->lost && take_loss ())
    {
      self->lost = TRUE;
      GST_ELEMENT_ERROR (sink, RESOURCE, WRITE, ("The device went away"), (NULL));
    }
  if (self->lost)
    return -1;
  if (self->start == 0 || now > self->start + self->n_played * G_USEC_PER_SEC / SAMPLE_RATE + 100000)
    {
      self->start = now;
      self->n_played = 0;
    }
  begin = self->start + self->n_played * G_USEC_PER_SEC / SAMPLE_RATE;
  test_device_hear (self, data, n, begin);
  self->n_played += n;
  /* As long as a device takes to play it. */
  while ((now = g_get_monotonic_time ()) < begin + n * G_USEC_PER_SEC / SAMPLE_RATE)
    g_usleep (begin + n * G_USEC_PER_SEC / SAMPLE_RATE - now);

  return length;
}

static guint
test_device_delay (GstAudioSink *sink)
{
  return 0;
}

static gboolean
test_device_close (GstAudioSink *sink)
{
  return TRUE;
}

static void
test_device_reset (GstAudioSink *sink)
{
  TEST_DEVICE (sink)->start = 0;
}

static void
test_device_class_init (TestDeviceClass *klass)
{
  static GstStaticPadTemplate template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                             GST_STATIC_CAPS ("audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1"));
  GstAudioSinkClass *audio = GST_AUDIO_SINK_CLASS (klass);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (
    GST_ELEMENT_CLASS (klass), "Device", "Sink/Audio", "Plays nothing", "Dailies");
  audio->open = test_device_open;
  audio->prepare = test_device_prepare;
  audio->unprepare = test_device_close;
  audio->close = test_device_close;
  audio->write = test_device_write;
  audio->delay = test_device_delay;
  audio->reset = test_device_reset;
}

static void
test_device_init (TestDevice *self)
{
}

/* From now on every reel plays into such a device. */
static inline void
test_device_register (void (*hear) (TestDevice *self, const gint16 *samples, guint n, gint64 begin))
{
  test_device_hear = hear;
  gst_element_register (NULL, "testdevice", GST_RANK_PRIMARY + 100, TEST_TYPE_DEVICE);
}
