#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "dailies-render.h"

/* What a decoded clip holds: so many frames of that size, their hash, and the mean of the first and last one's planes. */
typedef struct
{
  int   n_frames;
  int   width;
  int   height;
  char *hash;
  int   first[3];
  int   last[3];
} Seen;

static char *folder;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->hash, g_free);
}

static void
measure (GstVideoFrame *frame,
         int           *means)
{
  for (int p = 0; p < 3; p++)
    {
      const guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, p);
      int           width = GST_VIDEO_FRAME_COMP_WIDTH (frame, p);
      int           height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, p);
      gint64        sum = 0;

      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          sum += data[y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, p) + x];
      means[p] = (int) (sum / (width * height));
    }
}

static void
see (const char *path,
     Seen       *seen)
{
  g_autofree char       *launch = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! videoconvert "
                                                   "! video/x-raw,format=I420 ! appsink name=sink sync=false", path);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (launch, &error);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GChecksum)  checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_assert_no_error (error);
  *seen = (Seen){ 0 };
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 30 * GST_SECOND);
      GstVideoInfo          info;
      GstVideoFrame         frame;

      if (sample == NULL)
        break;
      g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
      g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
      /* Line by line: what a decoder leaves between the lines is chance. */
      for (int y = 0; y < info.height; y++)
        g_checksum_update (checksum, (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
                           + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), info.width);
      measure (&frame, seen->n_frames == 0 ? seen->first : seen->last);
      seen->width = info.width;
      seen->height = info.height;
      seen->n_frames++;
      gst_video_frame_unmap (&frame);
    }
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  seen->hash = g_strdup (g_checksum_get_string (checksum));
}

static GdkPixbuf *
make_picture (int     width,
              int     height,
              guint32 rgba)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, rgba);

  return pixbuf;
}

static void
render (const DailiesRenderTask *task,
        Seen                    *seen)
{
  g_autofree char   *path = g_build_filename (folder, "clip.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (dailies_render (task, path, NULL, &error));
  g_assert_no_error (error);
  see (path, seen);
  g_unlink (path);
}

static DailiesRenderTask *
make_task (const char *prompt,
           double      seconds)
{
  DailiesRenderTask *task = dailies_render_task_new ();

  g_free (task->prompt);
  task->prompt = g_strdup (prompt);
  task->seconds = seconds;

  return task;
}

static void
test_shapes (void)
{
  static const struct
  {
    int    aspect_width, aspect_height;
    int    start_width, start_height; /* 0: no start frame */
    int    width, height;
    double seconds;
    int    n_frames;
  } shapes[] = {
    { 16, 9, 0, 0, 1280, 720, 0.5, 12 },
    { 9, 16, 0, 0, 720, 1280, 0.5, 12 },
    { 1, 1, 0, 0, 960, 960, 1.0, 24 },
    { 0, 0, 640, 480, 1280, 960, 0.5, 12 },
    { 0, 0, 401, 1000, 514, 1280, 0.5, 12 },
    { 0, 0, 1000, 401, 1280, 514, 0.5, 12 },
    { 0, 0, 500, 500, 960, 960, 0.25, 6 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (DailiesRenderTask) task = make_task ("shape", shapes[i].seconds);
      Seen                          seen;

      task->aspect_width = shapes[i].aspect_width;
      task->aspect_height = shapes[i].aspect_height;
      if (shapes[i].start_width > 0)
        task->start = make_picture (shapes[i].start_width, shapes[i].start_height, 0x406080ff);
      render (task, &seen);
      g_assert_cmpint (seen.width, ==, shapes[i].width);
      g_assert_cmpint (seen.height, ==, shapes[i].height);
      g_assert_cmpint (seen.n_frames, ==, shapes[i].n_frames);
      seen_clear (&seen);
    }
}

/* The clip begins with the start frame and ends with the end frame, whatever the look does in between. */
static void
test_morph (void)
{
  g_autoptr (DailiesRenderTask) task = make_task ("a walk", 1);
  Seen                          seen;

  task->start = make_picture (640, 360, 0xc02020ff);
  task->end = make_picture (640, 360, 0x2020c0ff);
  render (task, &seen);
  g_assert_cmpint (seen.n_frames, ==, 24);
  g_assert_cmpint (seen.first[2], >, 155); /* V: red */
  g_assert_cmpint (seen.first[1], <, 128);
  g_assert_cmpint (seen.last[1], >, 155); /* U: blue */
  g_assert_cmpint (seen.last[2], <, 140);
  seen_clear (&seen);
}

static void
test_repeatable (void)
{
  static const char *const prompts[] = { "a walk in the rain", "a walk in the rain", "a walk in the fog" };
  Seen                     seen[3];

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (DailiesRenderTask) task = make_task (prompts[i], 0.5);

      task->start = make_picture (640, 360, 0x806040ff);
      task->end = make_picture (640, 360, 0x204060ff);
      render (task, &seen[i]);
    }
  g_assert_cmpstr (seen[0].hash, ==, seen[1].hash);
  g_assert_cmpstr (seen[0].hash, !=, seen[2].hash);
  for (int i = 0; i < 3; i++)
    seen_clear (&seen[i]);
}

/* Far enough apart to be told apart at a glance, not only by a hash. */
static void
test_looks (void)
{
  static const char *const prompts[] = { "night", "snow", "forest", "a noir street", "golden hour" };
  int                      means[G_N_ELEMENTS (prompts)][3];

  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      DailiesLook                look;
      g_autoptr (DailiesPicture) frame = dailies_picture_new (320, 180, FALSE);
      g_autoptr (DailiesGrade)   grade = NULL;

      for (int x = 0; x < 320 * 180; x++)
        frame->planes[DAILIES_PLANE_Y].data[x] = 110;
      dailies_look_from_prompt (&look, prompts[i]);
      grade = dailies_grade_new (&look, 320, 180);
      dailies_grade_apply (grade, frame, 0.5, 1);
      for (int p = 0; p < 3; p++)
        {
          gint64 sum = 0;

          for (int k = 0; k < frame->planes[p].width * frame->planes[p].height; k++)
            sum += frame->planes[p].data[k];
          means[i][p] = (int) (sum / (frame->planes[p].width * frame->planes[p].height));
        }
      for (gsize k = 0; k < i; k++)
        g_assert_cmpint (ABS (means[i][0] - means[k][0]) + ABS (means[i][1] - means[k][1])
                         + ABS (means[i][2] - means[k][2]), >=, 6);
    }
}

static void
test_no_grade (void)
{
  DailiesLook                look;
  g_autoptr (DailiesPicture) frame = dailies_picture_new (64, 36, FALSE);
  g_autoptr (DailiesGrade)   grade = NULL;

  dailies_look_from_prompt (&look, "anything");
  grade = dailies_grade_new (&look, 64, 36);
  frame->planes[DAILIES_PLANE_Y].data[100] = 77;
  dailies_grade_apply (grade, frame, 0.5, 0);
  g_assert_cmpint (frame->planes[DAILIES_PLANE_Y].data[100], ==, 77);
  g_assert_cmpint (frame->planes[DAILIES_PLANE_U].data[10], ==, 128);
}

/* The whole picture at its own size is the picture itself; further out it is mirrored, never read beyond. */
static void
test_sample (void)
{
  g_autoptr (DailiesPicture) source = dailies_picture_new (32, 16, FALSE);
  g_autoptr (DailiesPicture) same = dailies_picture_new (32, 16, FALSE);
  g_autoptr (DailiesPicture) wide = dailies_picture_new (64, 64, FALSE);
  DailiesPlane              *from = &source->planes[DAILIES_PLANE_Y];

  for (int i = 0; i < 32 * 16; i++)
    from->data[i] = (guint8) (16 + i % 200);
  dailies_picture_sample (same, source, (DailiesWindow){ 0, 0, 1 });
  g_assert_cmpmem (same->planes[DAILIES_PLANE_Y].data, 32 * 16, from->data, 32 * 16);

  dailies_picture_sample (wide, source, (DailiesWindow){ -16, -24, 1 });
  g_assert_cmpint (wide->planes[DAILIES_PLANE_Y].data[24 * 64 + 16], ==, from->data[0]);
  g_assert_cmpint (wide->planes[DAILIES_PLANE_Y].data[24 * 64 + 15], ==, from->data[1]);
  g_assert_cmpint (wide->planes[DAILIES_PLANE_Y].data[24 * 64 + 14], ==, from->data[2]);
  g_assert_cmpint (wide->planes[DAILIES_PLANE_Y].data[23 * 64 + 16], ==, from->data[32]);

  /* Partly and wholly outside of the frame. */
  for (double x = -40; x < 90; x += 13.7)
    {
      g_autoptr (DailiesPicture) sprite = dailies_picture_new (20, 20, TRUE);

      memset (sprite->planes[DAILIES_PLANE_ALPHA].data, 255, 400);
      memset (sprite->planes[DAILIES_PLANE_Y].data, 200, 400);
      dailies_picture_draw (wide, sprite, x, 90 - x, 0.3 + (x + 40) / 60, 1);
    }
}

static void
test_draw (void)
{
  g_autoptr (DailiesPicture) frame = dailies_picture_new (40, 40, FALSE);
  g_autoptr (DailiesPicture) sprite = dailies_picture_new (16, 16, TRUE);

  for (int i = 0; i < 256; i++)
    {
      sprite->planes[DAILIES_PLANE_Y].data[i] = 235;
      sprite->planes[DAILIES_PLANE_ALPHA].data[i] = 255;
    }
  dailies_picture_draw (frame, sprite, 20, 20, 1, 1);
  g_assert_cmpint (frame->planes[DAILIES_PLANE_Y].data[20 * 40 + 20], ==, 235);
  g_assert_cmpint (frame->planes[DAILIES_PLANE_Y].data[5 * 40 + 5], ==, 16);
  dailies_picture_draw (frame, sprite, 20, 20, 1, 0);
  g_assert_cmpint (frame->planes[DAILIES_PLANE_Y].data[20 * 40 + 20], ==, 235);
}

static void
test_collage (void)
{
  for (int n = 1; n <= 9; n += 4)
    {
      g_autoptr (DailiesRenderTask) task = make_task ("many", 0.25);
      Seen                          seen;

      for (int i = 0; i < n; i++)
        g_ptr_array_add (task->pictures, make_picture (300 + 60 * i, 640 - 60 * i, 0x30a070ffu + (guint32) i * 0x10000000u));
      task->aspect_width = 9;
      task->aspect_height = 16;
      render (task, &seen);
      g_assert_cmpint (seen.width, ==, 720);
      g_assert_cmpint (seen.n_frames, ==, 6);
      seen_clear (&seen);
    }
}

static void
test_cancel (void)
{
  g_autoptr (DailiesRenderTask) task = make_task ("never", 60);
  g_autoptr (GCancellable)      cancellable = g_cancellable_new ();
  g_autoptr (GError)            error = NULL;
  g_autofree char              *path = g_build_filename (folder, "clip.mp4", NULL);

  g_cancellable_cancel (cancellable);
  g_assert_false (dailies_render (task, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_unlink (path);
}

static void
test_disk (void)
{
  g_autoptr (DailiesRenderTask) task = make_task ("nowhere", 1);
  g_autoptr (GError)            error = NULL;
  g_autofree char              *path = g_build_filename (folder, "missing", "clip.mp4", NULL);

  g_assert_false (dailies_render (task, path, NULL, &error));
  g_assert_nonnull (error);
}

/* A runtime without x264 renders all the same. */
static void
test_no_x264 (void)
{
  g_autoptr (GstPluginFeature) x264 = gst_registry_lookup_feature (gst_registry_get (), "x264enc");

  g_assert_nonnull (x264);
  gst_registry_remove_feature (gst_registry_get (), x264);
  test_morph ();
  test_repeatable ();
  gst_registry_add_feature (gst_registry_get (), x264);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  folder = g_dir_make_tmp ("test-render-XXXXXX", NULL);
  g_test_add_func ("/render/shapes", test_shapes);
  g_test_add_func ("/render/morph", test_morph);
  g_test_add_func ("/render/repeatable", test_repeatable);
  g_test_add_func ("/render/no-x264", test_no_x264);
  g_test_add_func ("/render/looks", test_looks);
  g_test_add_func ("/render/no-grade", test_no_grade);
  g_test_add_func ("/render/sample", test_sample);
  g_test_add_func ("/render/draw", test_draw);
  g_test_add_func ("/render/collage", test_collage);
  g_test_add_func ("/render/cancel", test_cancel);
  g_test_add_func ("/render/disk", test_disk);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return status;
}
