/* test-shrink.c: every format and size beside GStreamer's own converter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "dailies-shrink-plan.h"
#include "dailies-shrink-rows.h"
#include "dailies-shrink.h"

/* --- running elements ------------------------------------------------------------------------- */

typedef struct
{
  GstElement *pipeline;
  GstElement *source;
  GstElement *sink;
} Run;

static Run
run_new (const char *element, GstCaps *caps, int width, int height)
{
  g_autofree char *description =
    g_strdup_printf ("appsrc name=in format=time ! %s ! video/x-raw,format=BGRA,width=%d,height=%d,"
                     "pixel-aspect-ratio=1/1 ! appsink name=out sync=false",
                     element,
                     width,
                     height);
  g_autoptr (GError) error = NULL;
  Run run = { gst_parse_launch (description, &error), NULL, NULL };

  g_assert_no_error (error);
  gst_object_ref_sink (run.pipeline);
  run.source = gst_bin_get_by_name (GST_BIN (run.pipeline), "in");
  run.sink = gst_bin_get_by_name (GST_BIN (run.pipeline), "out");
  g_object_set (run.source, "caps", caps, NULL);
  gst_element_set_state (run.pipeline, GST_STATE_PLAYING);

  return run;
}

static GstSample *
run_one (Run *run, GstBuffer *buffer)
{
  GstSample *sample;

  GST_BUFFER_PTS (buffer) = 0;
  g_assert_cmpint (
    gst_app_src_push_buffer (GST_APP_SRC (run->source), gst_buffer_ref (buffer)), ==, GST_FLOW_OK);
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (run->sink), 10 * GST_SECOND);
  g_assert_nonnull (sample);

  return sample;
}

static void
run_clear (Run *run)
{
  gst_element_set_state (run->pipeline, GST_STATE_NULL);
  gst_clear_object (&run->source);
  gst_clear_object (&run->sink);
  gst_clear_object (&run->pipeline);
}

static GstSample *
scale (const char *element, GstCaps *caps, GstBuffer *buffer, int width, int height)
{
  Run        run = run_new (element, caps, width, height);
  GstSample *sample = run_one (&run, buffer);

  run_clear (&run);
  return sample;
}

/* --- pictures --------------------------------------------------------------------------------- */

/* A colour that changes slowly over the picture; values that a limited range allows. */
static double
smooth (int component, double x, double y)
{
  switch (component)
    {
    case 0:
      return 0.5 + 0.4 * sin (2 * x + y);
    case 1:
      return 0.5 + 0.15 * cos (2 * y - x);
    default:
      return 0.5 + 0.15 * sin (2 * x + 1.5 * y);
    }
}

/* Returns: (transfer full): a smooth picture in whatever format @info has, made from AYUV64 */
static GstBuffer *
draw_smooth (GstVideoInfo *info)
{
  GstVideoInfo       deep;
  GstVideoFrame      frame, target;
  GstBuffer         *from, *to;
  GstVideoConverter *converter;

  gst_video_info_set_format (
    &deep, GST_VIDEO_FORMAT_AYUV64, GST_VIDEO_INFO_WIDTH (info), GST_VIDEO_INFO_HEIGHT (info));
  deep.fps_n = info->fps_n;
  deep.fps_d = info->fps_d;
  deep.interlace_mode = info->interlace_mode;
  if (GST_VIDEO_INFO_IS_YUV (info))
    deep.colorimetry = info->colorimetry;
  from = gst_buffer_new_allocate (NULL, deep.size, NULL);
  to = gst_buffer_new_allocate (NULL, info->size, NULL);
  gst_buffer_memset (to, 0, 0, info->size);
  gst_video_frame_map (&frame, &deep, from, GST_MAP_WRITE);
  for (int y = 0; y < deep.height; y++)
    for (int x = 0; x < deep.width; x++)
      {
        guint16 *pixel =
          (guint16 *) ((guint8 *) frame.data[0] + (gsize) y * frame.info.stride[0]) + 4 * x;

        pixel[0] = 65535;
        for (int i = 0; i < 3; i++)
          /* And what is left of 16 bits in 8 is cut off, not rounded. */
          pixel[i + 1] = 128 + 65536 * smooth (i, (x + 0.5) / deep.width, (y + 0.5) / deep.height);
      }
  gst_video_frame_map (&target, info, to, GST_MAP_WRITE);
  /* Dithering would be noise in the comparison. */
  converter = gst_video_converter_new (&deep,
                                       info,
                                       gst_structure_new ("draw",
                                                          GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
                                                          GST_TYPE_VIDEO_DITHER_METHOD,
                                                          GST_VIDEO_DITHER_NONE,
                                                          NULL));
  gst_video_converter_frame (converter, &frame, &target);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&frame);
  gst_video_frame_unmap (&target);
  gst_buffer_unref (from);

  return to;
}

static GstCaps *
make_caps (const char *format, int width, int height, const char *more)
{
  g_autofree char *text =
    g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d,framerate=30/1,"
                     "pixel-aspect-ratio=1/1%s%s",
                     format,
                     width,
                     height,
                     more != NULL ? "," : "",
                     more != NULL ? more : "");
  GstCaps *caps = gst_caps_from_string (text);

  g_assert_nonnull (caps);
  return caps;
}

static const guint8 *
pixel_at (const GstVideoFrame *frame, int x, int y)
{
  return (const guint8 *) frame->data[0] + (gsize) y * frame->info.stride[0] + 4 * x;
}

static void
map_sample (GstVideoFrame *frame, GstSample *sample)
{
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_cmpint (GST_VIDEO_INFO_FORMAT (&info), ==, GST_VIDEO_FORMAT_BGRA);
  g_assert_true (gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
}

static void
compare (GstSample *ours, GstSample *theirs, int *worst, double *mean)
{
  GstVideoFrame a, b;
  gint64        sum = 0;

  *worst = 0;
  map_sample (&a, ours);
  map_sample (&b, theirs);
  g_assert_cmpint (a.info.width, ==, b.info.width);
  g_assert_cmpint (a.info.height, ==, b.info.height);
  for (int y = 0; y < a.info.height; y++)
    for (int x = 0; x < a.info.width; x++)
      {
        const guint8 *p = pixel_at (&a, x, y), *q = pixel_at (&b, x, y);

        g_assert_cmpint (p[3], ==, 255);
        for (int i = 0; i < 3; i++)
          {
            *worst = MAX (*worst, ABS (p[i] - q[i]));
            sum += ABS (p[i] - q[i]);
          }
      }
  *mean = sum / (3.0 * a.info.width * a.info.height);
  gst_video_frame_unmap (&a);
  gst_video_frame_unmap (&b);
}

/* GStreamer 1.22 turns 8-bit YUV into RGB by a short way that makes 253 of white, so it cannot be
 * the measure for those. */
static gboolean
is_ours (const GstVideoInfo *info)
{
  return GST_VIDEO_INFO_IS_YUV (info) && GST_VIDEO_INFO_COMP_DEPTH (info, 0) == 8 &&
         !GST_VIDEO_INFO_HAS_ALPHA (info) && GST_VIDEO_INFO_N_PLANES (info) > 1 &&
         GST_VIDEO_INFO_INTERLACE_MODE (info) == GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
}

/* Beside what the picture was drawn from. */
static void
compare_with_truth (GstSample *ours, const GstVideoInfo *info, int *worst, double *mean)
{
  gboolean      full = info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255;
  double        kr, kb, sum = 0, most = 0;
  GstVideoFrame frame;

  gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb);
  map_sample (&frame, ours);
  for (int y = 0; y < frame.info.height; y++)
    for (int x = 0; x < frame.info.width; x++)
      {
        const guint8 *pixel = pixel_at (&frame, x, y);
        double        right = (x + 0.5) / frame.info.width, down = (y + 0.5) / frame.info.height;
        double l = (256 * smooth (0, right, down) - (full ? 0 : 16)) * 255 / (full ? 255 : 219);
        double u = (256 * smooth (1, right, down) - 128) * 255 / (full ? 255 : 224);
        double v = (256 * smooth (2, right, down) - 128) * 255 / (full ? 255 : 224);
        double rgb[3] = { l + 2 * (1 - kr) * v, 0, l + 2 * (1 - kb) * u };

        rgb[1] = (l - kr * rgb[0] - kb * rgb[2]) / (1 - kr - kb);
        for (int i = 0; i < 3; i++)
          {
            double error = fabs (pixel[2 - i] - CLAMP (rgb[i], 0, 255));

            most = MAX (most, error);
            sum += error;
          }
        g_assert_cmpint (pixel[3], ==, 255);
      }
  *worst = ceil (most);
  *mean = sum / (3.0 * frame.info.width * frame.info.height);
  gst_video_frame_unmap (&frame);
}

static void
assert_alike (const char *format,
              const char *more,
              int         width,
              int         height,
              int         to_width,
              int         to_height)
{
  g_autoptr (GstCaps) caps = make_caps (format, width, height, more);
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstSample) ours = NULL;
  g_autoptr (GstSample) theirs = NULL;
  GstVideoInfo info;
  int          worst;
  double       mean;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  buffer = draw_smooth (&info);
  ours = scale ("dailiesshrink", caps, buffer, to_width, to_height);
  /* Where one pixel stands for so many that 16 bits are too few for weights, the converter does it.
   */
  if (is_ours (&info) && width <= 32 * to_width && height <= 32 * to_height)
    {
      compare_with_truth (ours, &info, &worst, &mean);
    }
  else
    {
      theirs = scale ("videoconvertscale n-threads=1 alpha-mode=set add-borders=false",
                      caps,
                      buffer,
                      to_width,
                      to_height);
      compare (ours, theirs, &worst, &mean);
    }
  g_test_message ("%s %s %d×%d → %d×%d: worst %d, mean %.3f",
                  format,
                  more != NULL ? more : "",
                  width,
                  height,
                  to_width,
                  to_height,
                  worst,
                  mean);
  g_assert_cmpint (worst, <=, 3);
  g_assert_cmpfloat (mean, <=, 1);
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_formats (void)
{
  static const char *formats[] = { "I420",      "YV12",      "NV12",      "NV21", "Y41B",
                                   "Y42B",      "Y444",      "I420_10LE", "YUY2", "I422_10LE",
                                   "Y444_10LE", "P010_10LE", "Y444_12LE", "RGB",  "BGRA",
                                   "GBR",       "AYUV",      "GRAY8",     "v210", "RGBA64_LE" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      assert_alike (formats[i], NULL, 640, 360, 320, 180);
      assert_alike (formats[i], NULL, 640, 360, 427, 240);
    }
}

static void
test_colours (void)
{
  static const char *colours[] = {
    "colorimetry=bt601",   "colorimetry=bt709",   "colorimetry=bt2020",  "colorimetry=smpte240m",
    "colorimetry=1:4:0:0", "colorimetry=1:3:5:1", "colorimetry=2:3:5:1", "colorimetry=1:6:0:0",
    "chroma-site=jpeg",    "chroma-site=mpeg2",   "chroma-site=cosited", "chroma-site=dv",
  };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      assert_alike ("I420", colours[i], 640, 360, 320, 180);
      assert_alike ("NV12", colours[i], 640, 360, 500, 281);
      assert_alike ("Y444", colours[i], 640, 360, 213, 120);
    }
}

static void
test_sizes (void)
{
  static const int sizes[][4] = {
    { 1920, 1080, 960, 540 }, { 1920, 1080, 853, 480 },  { 1920, 1080, 640, 360 },
    { 1920, 1080, 480, 270 }, { 1920, 1080, 1280, 720 }, { 1920, 1080, 1919, 1079 },
    { 640, 360, 640, 360 },   { 640, 360, 320, 360 },    { 640, 360, 640, 180 },
    { 641, 361, 321, 181 },   { 641, 361, 320, 180 },    { 641, 361, 641, 361 },
    { 640, 360, 37, 21 },     { 640, 360, 20, 12 },      { 640, 360, 19, 11 },
    { 640, 360, 1, 360 },     { 640, 360, 640, 1 },      { 720, 576, 788, 576 },
    { 720, 480, 720, 540 },   { 320, 240, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      assert_alike ("I420", NULL, sizes[i][0], sizes[i][1], sizes[i][2], sizes[i][3]);
      assert_alike ("NV12", NULL, sizes[i][0], sizes[i][1], sizes[i][2], sizes[i][3]);
    }
}

/* So small that nothing is smooth: what counts is that memory is left alone and one colour stays
 * itself. */
static void
test_tiny (void)
{
  static const char *formats[] = { "I420", "NV12", "Y41B", "Y42B", "Y444", "I420_10LE", "RGB" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int width = 1; width <= 9; width++)
      for (int height = 1; height <= 5; height += 2)
        {
          g_autoptr (GstCaps) caps = make_caps (formats[i], width, height, NULL);
          g_autoptr (GstBuffer) buffer = NULL;
          g_autoptr (GstSample) sample = NULL;
          GstVideoInfo  info;
          GstVideoFrame frame;

          g_assert_true (gst_video_info_from_caps (&info, caps));
          buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
          gst_buffer_memset (buffer, 0, 128, info.size);
          sample = scale ("dailiesshrink", caps, buffer, (width + 1) / 2, (height + 1) / 2);
          map_sample (&frame, sample);
          for (int y = 0; y < frame.info.height; y++)
            for (int x = 0; x < frame.info.width; x++)
              for (int c = 0; c < 4; c++)
                {
                  int value = pixel_at (&frame, x, y)[c];

                  /* 128 of 16 … 235 is 130; of ten bits, 128 × 257 is full white. */
                  if (c == 3)
                    g_assert_cmpint (value, ==, 255);
                  else if (GST_VIDEO_INFO_COMP_DEPTH (&info, 0) == 8)
                    g_assert_cmpint (ABS (value - 129), <=, 2);
                }
          gst_video_frame_unmap (&frame);
        }
}

static void
test_rows (void)
{
  const DailiesShrinkRows  *quick = dailies_shrink_rows_get ();
  const DailiesShrinkRows  *plain = dailies_shrink_rows_get_plain ();
  const DailiesShrinkMatrix matrix = { 2048, 9539, 14686, -1747, -4367, 17306 };
  guint8                    a[260], b[260], c[260], d[260];
  guint16                   y[130], u[130], v[130], weights[8 * 130], scratch[4 * 130];
  guint16                   out[2][260];
  guint8                    painted[2][4 * 130] __attribute__ ((aligned (4)));
  int                       starts[130];

  for (int n = 1; n <= 120; n++)
    {
      const guint8            *rows[4] = { a, b, c, d };
      guint16                  four[4] = { 10, 100, 90, 56 };
      const DailiesShrinkRows *loops[2] = { plain, quick };

      for (int i = 0; i < 260; i++)
        {
          a[i] = g_test_rand_int ();
          b[i] = g_test_rand_int ();
          c[i] = i % 2 ? 255 : 0;
          d[i] = 255;
        }
      for (int i = 0; i < 130; i++)
        {
          y[i] = g_test_rand_int_range (0, 65281);
          u[i] = i % 3 ? 65280 : 0;
          v[i] = g_test_rand_int_range (0, 65281);
          starts[i] = i % 120;
        }
      for (int i = 0; i < 8 * 130; i++)
        weights[i] = g_test_rand_int_range (0, 8192);

#define same_from_both(call, result)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    memset (result, 0x11, sizeof result);                                                          \
    for (int k = 0; k < 2; k++)                                                                    \
      call;                                                                                        \
    g_assert_cmpmem (result[0], sizeof result[0], result[1], sizeof result[1]);                    \
  }                                                                                                \
  G_STMT_END

      same_from_both (loops[k]->halve (a, b, out[k], n), out);
      same_from_both (loops[k]->same (a, out[k], n, 64), out);
      same_from_both (loops[k]->blend (rows, four, FALSE, out[k], n), out);
      same_from_both (loops[k]->blend (rows, four, TRUE, out[k], n), out);
      same_from_both (loops[k]->taps (y, starts, weights, 4, FALSE, scratch, out[k], n), out);
      same_from_both (loops[k]->taps (y, starts, weights, 8, TRUE, scratch, out[k], n), out);
      same_from_both (loops[k]->paint (y, u, v, &matrix, painted[k], n), painted);
      same_from_both (loops[k]->store (y, painted[k], n), painted);
      for (int i = 0; i < n; i++)
        g_assert_cmpint (painted[1][i], ==, (y[i] + 127) / 256);
      same_from_both (loops[k]->split (a, (guint8 *) out[k], (guint8 *) out[k] + 200, n), out);
    }
}

/* Rows further apart than they are long, planes that do not touch, and only a part of it to be
 * seen. */
static void
test_metas (void)
{
  g_autoptr (GstCaps) caps = make_caps ("I420", 320, 180, "colorimetry=bt709");
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstBuffer) loose = NULL;
  g_autoptr (GstSample) plain = NULL;
  GstVideoInfo  info;
  GstVideoFrame from, to;
  gsize         offsets[GST_VIDEO_MAX_PLANES] = { 1000, 100000, 150000 };
  int           strides[GST_VIDEO_MAX_PLANES] = { 352, 201, 333 };
  Run           run;

  gst_video_info_from_caps (&info, caps);
  buffer = draw_smooth (&info);
  loose = gst_buffer_new_allocate (NULL, 200000, NULL);
  gst_buffer_memset (loose, 0, 77, 200000);
  gst_buffer_add_video_meta_full (loose, 0, GST_VIDEO_FORMAT_I420, 320, 180, 3, offsets, strides);
  gst_video_frame_map (&from, &info, buffer, GST_MAP_READ);
  gst_video_frame_map (&to, &info, loose, GST_MAP_WRITE);
  gst_video_frame_copy (&to, &from);
  gst_video_frame_unmap (&from);
  gst_video_frame_unmap (&to);

  plain = scale ("dailiesshrink", caps, buffer, 160, 90);
  run = run_new ("dailiesshrink", caps, 160, 90);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GstBuffer) copy = gst_buffer_copy (loose);
      g_autoptr (GstSample) sample = NULL;
      int    worst;
      double mean;

      if (i == 1)
        {
          GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (copy);

          crop->x = 160;
          crop->y = 90;
          crop->width = 160;
          crop->height = 90;
        }
      sample = run_one (&run, copy);
      compare (sample, plain, &worst, &mean);
      if (i == 1)
        {
          GstVideoFrame cut, whole;

          g_assert_cmpint (worst, >, 10);
          map_sample (&cut, sample);
          map_sample (&whole, plain);
          for (int c = 0; c < 3; c++)
            {
              g_assert_cmpint (
                ABS (pixel_at (&cut, 1, 1)[c] - pixel_at (&whole, 80, 45)[c]), <=, 3);
              g_assert_cmpint (
                ABS (pixel_at (&cut, 158, 88)[c] - pixel_at (&whole, 159, 89)[c]), <=, 3);
            }
          gst_video_frame_unmap (&cut);
          gst_video_frame_unmap (&whole);
        }
      else
        {
          g_assert_cmpint (worst, ==, 0);
        }
    }
  run_clear (&run);
}

/* Exactly: black is black and white is white, whatever the matrix. */
static void
test_black_and_white (void)
{
  static const struct
  {
    const char *colours;
    guint8      from;
    guint8      to;
  } cases[] = {
    { "colorimetry=bt709", 16, 0 },      { "colorimetry=bt709", 235, 255 },
    { "colorimetry=bt601", 16, 0 },      { "colorimetry=bt601", 235, 255 },
    { "colorimetry=bt2020", 126, 128 },  { "colorimetry=1:4:0:0", 0, 0 },
    { "colorimetry=1:4:0:0", 255, 255 }, { "colorimetry=1:4:0:0", 127, 127 },
    { "colorimetry=bt709", 0, 0 },       { "colorimetry=bt709", 255, 255 },
  };
  static const int sizes[][2] = { { 32, 32 }, { 64, 64 }, { 43, 29 }, { 7, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        g_autoptr (GstCaps) caps = make_caps ("I420", 64, 64, cases[i].colours);
        g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 64 * 96, NULL);
        g_autoptr (GstSample) sample = NULL;
        GstVideoFrame frame;

        gst_buffer_memset (buffer, 0, cases[i].from, 64 * 64);
        gst_buffer_memset (buffer, 64 * 64, 128, 64 * 32);
        sample = scale ("dailiesshrink", caps, buffer, sizes[k][0], sizes[k][1]);
        map_sample (&frame, sample);
        for (int y = 0; y < frame.info.height; y++)
          for (int x = 0; x < frame.info.width; x++)
            for (int c = 0; c < 3; c++)
              g_assert_cmpint (pixel_at (&frame, x, y)[c], ==, cases[i].to);
        gst_video_frame_unmap (&frame);
      }
}

static void
test_interlaced (void)
{
  assert_alike ("I420", "interlace-mode=interleaved", 640, 360, 320, 180);
  assert_alike ("NV12", "interlace-mode=mixed", 640, 360, 427, 240);
}

/* Lines finer than the small picture can show become grey, not other lines. */
static void
test_fine_lines (void)
{
  static const int sizes[][2] = { { 320, 180 }, { 301, 169 }, { 213, 120 }, { 100, 56 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GstCaps) caps = make_caps ("I420", 640, 360, "colorimetry=bt709");
      g_autoptr (GstSample) sample = NULL;
      g_autoptr (GstBuffer) buffer = NULL;
      GstVideoInfo  info;
      GstVideoFrame frame;
      int           low = 255, high = 0;

      gst_video_info_from_caps (&info, caps);
      buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
      gst_buffer_memset (buffer, 0, 128, info.size);
      gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE);
      for (int y = 0; y < 360; y++)
        for (int x = 0; x < 640; x++)
          ((guint8 *) frame.data[0])[y * frame.info.stride[0] + x] = (x + y) % 2 ? 235 : 16;
      gst_video_frame_unmap (&frame);

      sample = scale ("dailiesshrink", caps, buffer, sizes[i][0], sizes[i][1]);
      map_sample (&frame, sample);
      for (int y = 0; y < frame.info.height; y++)
        for (int x = 0; x < frame.info.width; x++)
          {
            low = MIN (low, pixel_at (&frame, x, y)[1]);
            high = MAX (high, pixel_at (&frame, x, y)[1]);
          }
      gst_video_frame_unmap (&frame);
      g_test_message ("%d×%d: %d to %d", sizes[i][0], sizes[i][1], low, high);
      /* Two taps of bilinear scaling would leave the full swing at the worst place. */
      g_assert_cmpint (high - low, <=, 64);
    }
}

/* Another size while it runs, as when the window is made larger. */
static void
test_new_size (void)
{
  g_autoptr (GstCaps) caps = make_caps ("I420", 640, 360, NULL);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (
    gst_parse_launch ("appsrc name=in format=time ! dailiesshrink ! capsfilter name=size ! "
                      "appsink name=out sync=false",
                      NULL));
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstElement) size = gst_bin_get_by_name (GST_BIN (pipeline), "size");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstBuffer) buffer = NULL;
  Run          run = { pipeline, source, sink };
  GstVideoInfo info;

  gst_video_info_from_caps (&info, caps);
  buffer = draw_smooth (&info);
  g_object_set (source, "caps", caps, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (int width = 640; width > 100; width -= 97)
    {
      g_autoptr (GstCaps) wanted =
        width < 640
          ? gst_caps_new_simple (
              "video/x-raw", "width", G_TYPE_INT, width, "height", G_TYPE_INT, width / 2, NULL)
          : gst_caps_new_any ();
      g_autoptr (GstSample) sample = NULL;
      GstVideoFrame frame;

      g_object_set (size, "caps", wanted, NULL);
      sample = run_one (&run, buffer);
      map_sample (&frame, sample);
      g_assert_cmpint (frame.info.width, ==, width);
      g_assert_cmpint (frame.info.height, ==, width < 640 ? width / 2 : 360);
      gst_video_frame_unmap (&frame);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
test_transparent (void)
{
  g_autoptr (GstCaps) caps = make_caps ("BGRA", 64, 64, NULL);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 4 * 64 * 64, NULL);
  g_autoptr (GstSample) sample = NULL;
  GstVideoFrame frame;

  gst_buffer_memset (buffer, 0, 100, 4 * 64 * 64);
  sample = scale ("dailiesshrink", caps, buffer, 64, 64);
  map_sample (&frame, sample);
  g_assert_cmpint (pixel_at (&frame, 5, 5)[3], ==, 255);
  g_assert_cmpint (pixel_at (&frame, 5, 5)[0], ==, 100);
  gst_video_frame_unmap (&frame);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  dailies_shrink_register ();

  g_test_add_func ("/shrink/rows", test_rows);
  g_test_add_func ("/shrink/formats", test_formats);
  g_test_add_func ("/shrink/colours", test_colours);
  g_test_add_func ("/shrink/sizes", test_sizes);
  g_test_add_func ("/shrink/tiny", test_tiny);
  g_test_add_func ("/shrink/metas", test_metas);
  g_test_add_func ("/shrink/black-and-white", test_black_and_white);
  g_test_add_func ("/shrink/interlaced", test_interlaced);
  g_test_add_func ("/shrink/fine-lines", test_fine_lines);
  g_test_add_func ("/shrink/new-size", test_new_size);
  g_test_add_func ("/shrink/transparent", test_transparent);

  return g_test_run ();
}
