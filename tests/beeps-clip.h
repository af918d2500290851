/* beeps-clip.h: a clip with a flash and a beep at the same moments, and how far apart they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sound-device.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>

#include "dailies-reel.h"

/* µs of the clip between two flashes; the first is at one such time. */
#define EVERY       500000
#define N_FLASHES   3
#define FPS         30
#define MAX_EVENTS  64
/* Pixels, each way: large enough that a jog of it is played from. */
#define SIZE        96

/* When something began, µs on the monotonic clock. */
typedef struct
{
  GMutex lock;
  gint64 times[MAX_EVENTS];
  guint  n;
} Events;

static Events beeps, flashes;

static void
note (Events *events,
      gint64  time)
{
  g_mutex_lock (&events->lock);
  if (events->n < MAX_EVENTS)
    events->times[events->n++] = time;
  g_mutex_unlock (&events->lock);
}

static guint
count (Events *events)
{
  guint n;

  g_mutex_lock (&events->lock);
  n = events->n;
  g_mutex_unlock (&events->lock);

  return n;
}

/* Notes where a beep begins. */
static void
hear (TestDevice   *device,
      const gint16 *samples,
      guint         n,
      gint64        begin)
{
  for (guint i = 0; i < n; i++)
    {
      if (ABS (samples[i]) < 3000)
        {
          device->silent++;
          continue;
        }
      if (device->silent > SAMPLE_RATE / 10)
        note (&beeps, begin + i * G_USEC_PER_SEC / SAMPLE_RATE);
      device->silent = 0;
    }
}

/* --- the clip --------------------------------------------------------------------------------- */

static GstBuffer *
draw (guint number)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, SIZE * SIZE, NULL);
  gint64     time = (gint64) number * G_USEC_PER_SEC / FPS;
  gboolean   flash = time >= EVERY && time % EVERY < 3 * G_USEC_PER_SEC / FPS;

  gst_buffer_memset (buffer, 0, flash ? 235 : 16, SIZE * SIZE);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, FPS);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / FPS;

  return buffer;
}

/* A tenth of a second of sound from @start on, in samples. */
static GstBuffer *
play (gint64 start)
{
  guint      n = SAMPLE_RATE / 10;
  gint16    *samples = g_new (gint16, n);
  GstBuffer *buffer;

  for (guint i = 0; i < n; i++)
    {
      gint64 time = (start + i) * G_USEC_PER_SEC / SAMPLE_RATE;

      samples[i] = time >= EVERY && time % EVERY < 100000 ? (i / 24 % 2 ? 12000 : -12000) : 0;
    }
  buffer = gst_buffer_new_wrapped (samples, n * sizeof *samples);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (start, GST_SECOND, SAMPLE_RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 10;

  return buffer;
}

static GFile *
make_clip (const char *path)
{
  g_autofree char *description = g_strdup_printf (
    "appsrc name=video format=time caps=video/x-raw,format=GRAY8,width=%d,height=%d,framerate=%d/1 "
    "! videoconvert ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast key-int-max=30 ! h264parse "
    "! queue max-size-time=0 ! mux. "
    "appsrc name=audio format=time caps=audio/x-raw,format=S16LE,layout=interleaved,rate=%d,channels=1 "
    "! queue max-size-time=0 ! mux. qtmux name=mux ! filesink location=\"%s\"",
    SIZE, SIZE, FPS, SAMPLE_RATE, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, &error));
  g_autoptr (GstElement) video = NULL;
  g_autoptr (GstElement) audio = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  guint seconds_10 = (N_FLASHES + 1) * EVERY / 100000;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  video = gst_bin_get_by_name (GST_BIN (pipeline), "video");
  audio = gst_bin_get_by_name (GST_BIN (pipeline), "audio");
  g_object_set (video, "max-bytes", (guint64) 0, NULL);
  g_object_set (audio, "max-bytes", (guint64) 0, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < seconds_10 * FPS / 10; i++)
    gst_app_src_push_buffer (GST_APP_SRC (video), draw (i));
  for (guint i = 0; i < seconds_10; i++)
    gst_app_src_push_buffer (GST_APP_SRC (audio), play ((gint64) i * SAMPLE_RATE / 10));
  gst_app_src_end_of_stream (GST_APP_SRC (video));
  gst_app_src_end_of_stream (GST_APP_SRC (audio));
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_file_new_for_path (path);
}

/* --- seeing and hearing it --------------------------------------------------------------------- */

static void
frame_cb (DailiesReel *reel,
          guint        side,
          gboolean    *white)
{
  g_autoptr (GstSample) sample = dailies_reel_dup_frame (reel, side);
  guint8   pixel[4];
  gboolean now;

  gst_buffer_extract (gst_sample_get_buffer (sample), SIZE * 4 * SIZE / 2, pixel, sizeof pixel);
  now = pixel[1] > 127;
  if (now && !*white)
    note (&flashes, g_get_monotonic_time ());
  *white = now;
}

static gboolean
expire_cb (gpointer data)
{
  g_error ("Only %u flashes and %u beeps came", count (&flashes), count (&beeps));
  return G_SOURCE_REMOVE;
}

/* Waits for as many flashes and beeps. */
static void
wait_for_both (guint n)
{
  guint timer = g_timeout_add_seconds (30, expire_cb, NULL);

  while (count (&flashes) < n || count (&beeps) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static gint64
find_worst (void)
{
  gint64 worst = 0;

  for (guint i = 0; i < flashes.n; i++)
    {
      gint64 nearest = G_MAXINT64;

      for (guint j = 0; j < beeps.n; j++)
        {
          if (ABS (flashes.times[i] - beeps.times[j]) < ABS (nearest))
            nearest = flashes.times[i] - beeps.times[j];
        }
      g_test_message ("the flash comes %.1f ms after the beep", nearest / 1e3);
      worst = MAX (worst, ABS (nearest));
    }

  return worst;
}
