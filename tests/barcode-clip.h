/* barcode-clip.h: clips with the number of each frame burnt in, and the eye that reads it back
 *
 * Twelve upright bars over the whole picture: ten bits, lowest first, then always white, then
 * always black.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <string.h>

#define BARCODE_BARS 12

typedef struct
{
  const char *name; /* "….ts" is a transport stream, all others are MP4 */
  int         width;
  int         height;
  int         fps_n;
  int         fps_d;
  guint       n_frames;
  int         par_n; /* 0: square */
  int         par_d;
  gboolean    interlaced;
  gboolean    turned; /* marked as to be shown a quarter clockwise */
  guint       sound;  /* blocks of 1024 samples at 48 kHz; 0 none */
  guint       late;   /* frames of nothing before the first */
  guint       thin;   /* from here on every fourth frame is there, and stands until the next; 0: all are */
  guint       fragments; /* ms that each lasts; 0: none */
  gboolean    uneven; /* of variable frame rate: by turns half as long as on average, and one and a half times */
} BarcodeClip;

/* Returns: ns, when frame @number begins */
static inline gint64
barcode_clip_start (const BarcodeClip *clip,
                    guint              number)
{
  gint64 even = gst_util_uint64_scale (number + clip->late, clip->fps_d * GST_SECOND, clip->fps_n);

  if (clip->uneven && number % 2 == 1)
    return even - (gint64) gst_util_uint64_scale (GST_SECOND, clip->fps_d, clip->fps_n) / 2;

  return even;
}

/* Returns: the number of the frame behind frame @number */
static inline guint
barcode_clip_next (const BarcodeClip *clip,
                   guint              number)
{
  do
    number++;
  while (clip->thin > 0 && number >= clip->thin && number % 4 != 0);

  return number;
}

static inline GstBuffer *
barcode_clip_draw (const BarcodeClip *clip,
                   guint              number)
{
  guint      code = number | 1 << 10;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, (gsize) clip->width * clip->height, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (int x = 0; x < clip->width; x++)
    map.data[x] = code >> (x * BARCODE_BARS / clip->width) & 1 ? 235 : 16;
  for (int y = 1; y < clip->height; y++)
    memcpy (map.data + (gsize) y * clip->width, map.data, clip->width);
  gst_buffer_unmap (buffer, &map);

  GST_BUFFER_PTS (buffer) = barcode_clip_start (clip, number);
  GST_BUFFER_DURATION (buffer) = barcode_clip_start (clip, number + 1) - barcode_clip_start (clip, number);

  return buffer;
}

static inline char *
barcode_clip_describe (const BarcodeClip *clip,
                       const char        *path)
{
  g_autofree char *sound =
    clip->sound > 0
      ? g_strdup_printf (
          "audiotestsrc num-buffers=%u samplesperbuffer=1024 ! audio/x-raw,rate=48000 "
          "! audioconvert ! avenc_aac ! queue max-size-time=0 ! mux.",
          clip->sound)
      : g_strdup ("");

  g_autofree char *muxer = g_str_has_suffix (clip->name, ".ts")
                             ? g_strdup ("mpegtsmux")
                             : g_strdup_printf ("mp4mux fragment-duration=%u", clip->fragments);

  if (clip->n_frames == 0)
    return g_strdup_printf ("mp4mux name=mux ! filesink location=\"%s\" %s", path, sound);

  return g_strdup_printf ("appsrc name=frames format=time ! videoconvert ! video/x-raw,format=I420 "
                          "! x264enc speed-preset=ultrafast qp-max=20 key-int-max=%u bframes=2 interlaced=%s "
                          "! h264parse ! queue max-size-time=0 max-size-buffers=0 ! mux. "
                          "%s name=mux ! filesink location=\"%s\" %s",
                          clip->fragments > 0 ? 12 : 60,
                          clip->interlaced ? "true" : "false",
                          muxer,
                          path,
                          sound);
}

static inline void
barcode_clip_feed (const BarcodeClip *clip,
                   GstElement        *pipeline)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  g_autoptr (GstCaps) caps = NULL;

  if (source == NULL)
    return;

  caps = gst_caps_new_simple ("video/x-raw",
                              "format",
                              G_TYPE_STRING,
                              "GRAY8",
                              "width",
                              G_TYPE_INT,
                              clip->width,
                              "height",
                              G_TYPE_INT,
                              clip->height,
                              "framerate",
                              GST_TYPE_FRACTION,
                              clip->fps_n,
                              clip->fps_d,
                              "pixel-aspect-ratio",
                              GST_TYPE_FRACTION,
                              MAX (clip->par_n, 1),
                              MAX (clip->par_d, 1),
                              "interlace-mode",
                              G_TYPE_STRING,
                              clip->interlaced ? "interleaved" : "progressive",
                              NULL);
  g_object_set (source, "caps", caps, "max-bytes", (guint64) 0, NULL);
  for (guint i = 0; i < clip->n_frames; i = barcode_clip_next (clip, i))
    gst_app_src_push_buffer (GST_APP_SRC (source), barcode_clip_draw (clip, i));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

/* The muxer cannot write the matrix of the track, which the header of each track holds after 44
 * bytes. */
static inline void
barcode_clip_turn (const char *path)
{
  static const guint8 quarter[] = {
    0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0
  };
  g_autofree char *bytes = NULL;
  char            *header;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  header = memmem (bytes, length, "tkhd", 4);
  g_assert_nonnull (header);
  memcpy (header + 44, quarter, sizeof quarter);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

/* Returns: (transfer full): the clip, made in @folder */
static inline GFile *
barcode_clip_make (const BarcodeClip *clip,
                   const char        *folder)
{
  g_autofree char *path = g_build_filename (folder, clip->name, NULL);
  g_autofree char *description = barcode_clip_describe (clip, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (description, &error));
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  barcode_clip_feed (clip, pipeline);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (clip->turned)
    barcode_clip_turn (path);

  return g_file_new_for_path (path);
}

/* Returns: the number of the frame in @sample, -1 when there are no bars; @upright: the bars lie on
 * their side */
static inline int
barcode_clip_read (GstSample *sample,
                   gboolean   sideways)
{
  GstVideoInfo  info;
  GstVideoFrame frame;
  int           code = 0;

  g_assert_nonnull (sample);
  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (GST_VIDEO_INFO_FORMAT (&info) == GST_VIDEO_FORMAT_BGRA ||
                 GST_VIDEO_INFO_FORMAT (&info) == GST_VIDEO_FORMAT_RGBA);
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  for (int bar = 0; bar < BARCODE_BARS; bar++)
    {
      int x = sideways ? info.width / 2 : (2 * bar + 1) * info.width / (2 * BARCODE_BARS);
      int y = sideways ? (2 * bar + 1) * info.height / (2 * BARCODE_BARS) : info.height / 2;
      const guint8 *pixel = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                            (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0) + 4 * x;

      g_assert_cmpint (pixel[3], ==, 255);
      if (pixel[1] > 127)
        code |= 1 << bar;
    }
  gst_video_frame_unmap (&frame);

  return code >> 10 == 1 ? code & 1023 : -1;
}
