/* clips.c: makes the clips that the benchmarks play
 *
 *   bench-clips FOLDER COUNT [SECONDS [WIDTH HEIGHT FPS [GOP]]]
 *
 * c0.mp4, c1.mp4 …: H.264 with moving pictures, 12 Mbit/s from end to end as in n-up.py: the cost of decoding goes with the
 * bits, and two cores that decode four clips have little left. Across their middle a band with the number of the frame: between two magenta lines that run from 5 % to 95 % of the width lie twelve cells, ten bits, the lowest
 * first, then always white, then always black. A reader finds the lines wherever and however large the picture is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <string.h>

#include <gst/gst.h>
#include <gst/video/video.h>

#define CELLS 12

typedef struct
{
  GstVideoInfo info;
  guint        number;
} Band;

static void
fill (GstVideoFrame *frame,
      int            left,
      int            right,
      int            top,
      int            bottom,
      guint8         y,
      guint8         u,
      guint8         v)
{
  const guint8 values[] = { y, u, v };

  for (int plane = 0; plane < 3; plane++)
    {
      int     shift = plane > 0;
      int     stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);
      guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, plane);

      for (int row = top >> shift; row < bottom >> shift; row++)
        memset (data + row * stride + (left >> shift), values[plane], (right - left) >> shift);
    }
}

static GstPadProbeReturn
draw_cb (GstPad          *pad,
         GstPadProbeInfo *probe,
         gpointer         data)
{
  Band         *band = data;
  GstBuffer    *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (probe));
  int           width = GST_VIDEO_INFO_WIDTH (&band->info);
  int           height = GST_VIDEO_INFO_HEIGHT (&band->info);
  int           left = width / 20;
  int           cell = (width - 2 * left) / CELLS;
  guint         code = (band->number++ & 1023) | 1 << 10;
  GstVideoFrame frame;

  GST_PAD_PROBE_INFO_DATA (probe) = buffer;
  if (!gst_video_frame_map (&frame, &band->info, buffer, GST_MAP_READWRITE))
    g_error ("A frame cannot be drawn on");

  /* 235 and 16 are white and black; magenta is what no band and hardly a picture holds. */
  fill (&frame, left, width - left, height * 40 / 100, height * 43 / 100, 106, 202, 222);
  fill (&frame, left, width - left, height * 57 / 100, height * 60 / 100, 106, 202, 222);
  for (int i = 0; i < CELLS; i++)
    fill (&frame,
          left + i * cell,
          left + (i + 1) * cell,
          height * 43 / 100,
          height * 57 / 100,
          code >> i & 1 ? 235 : 16,
          128,
          128);
  gst_video_frame_unmap (&frame);

  return GST_PAD_PROBE_OK;
}

static void
make_clip (const char *path,
           int         index,
           int         seconds,
           int         width,
           int         height,
           int         fps,
           int         gop)
{
  Band             band = { 0 };
  g_autofree char *description = g_strdup_printf (
    "videotestsrc num-buffers=%d pattern=zone-plate kx2=%d ky2=%d kt=%d kxt=1 ! "
    "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! identity name=band ! "
    "x264enc speed-preset=veryfast bitrate=12000 vbv-buf-capacity=1000 key-int-max=%d ! "
    "h264parse ! queue ! mp4mux name=mux faststart=true ! filesink location=\"%s\" "
    "audiotestsrc num-buffers=%d samplesperbuffer=480 freq=%d volume=0.2 ! "
    "audio/x-raw,rate=48000 ! audioconvert ! avenc_aac ! queue ! mux.",
    seconds * fps,
    5 + index,
    4 + index % 2,
    3 - index % 3,
    width,
    height,
    fps,
    gop,
    path,
    seconds * 100,
    300 + 100 * index);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) element = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  if (pipeline == NULL)
    g_error ("%s", error->message);

  gst_video_info_set_format (&band.info, GST_VIDEO_FORMAT_I420, width, height);
  element = gst_bin_get_by_name (GST_BIN (pipeline), "band");
  pad = gst_element_get_static_pad (element, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, draw_cb, &band, NULL);
  bus = gst_element_get_bus (pipeline);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (
    bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      g_error ("%s: %s", path, error->message);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (NULL, NULL);
  if (argc < 3)
    {
      g_printerr ("bench-clips FOLDER COUNT [SECONDS [WIDTH HEIGHT FPS [GOP]]]\n");
      return 64;
    }

  for (int i = 0; i < atoi (argv[2]); i++)
    {
      g_autofree char *name = g_strdup_printf ("c%d.mp4", i);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      make_clip (path,
                 i,
                 argc > 3 ? atoi (argv[3]) : 10,
                 argc > 5 ? atoi (argv[4]) : 1920,
                 argc > 5 ? atoi (argv[5]) : 1080,
                 argc > 6 ? atoi (argv[6]) : 30,
                 argc > 7 ? atoi (argv[7]) : 60);
      g_print ("%s\n", path);
    }

  return 0;
}
