/* test-gl.c: pictures that stay on the graphics card, here an imitated one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fixture-stage.h"
#include "dailies-gl.h"

/* --- helpers ---------------------------------------------------------------------------------- */

static gboolean
is_on_card (Stage *stage,
            guint  side)
{
  GdkTexture *texture = side_texture (stage, side);

  return texture != NULL && GDK_IS_GL_TEXTURE (texture);
}

/* The middle of what is painted on @side, as 0xAARRGGBB. */
static guint32
get_middle (Stage *stage,
            guint  side)
{
  GdkTexture         *texture = side_texture (stage, side);
  int                 width = gdk_texture_get_width (texture);
  int                 height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);

  gdk_texture_download (texture, (guchar *) pixels, 4 * (gsize) width);
  return pixels[(gsize) height / 2 * width + width / 2];
}

static void
assert_near (guint32 pixel,
             guint32 wanted)
{
  for (int shift = 0; shift < 32; shift += 8)
    g_assert_cmpint (ABS ((int) (pixel >> shift & 255) - (int) (wanted >> shift & 255)), <=, 6);
}

static void
show_paused (Stage      *stage,
             const char *name)
{
  show_clip (stage, name);
  dailies_reel_pause (stage->reel);
  wait_for (shown_texture (stage) != NULL && !is_playing (stage));
}

static void
show_two (Stage      *stage,
          const char *a,
          const char *b,
          gboolean    playing)
{
  DailiesStageClip clips[2] = { { 0 } };

  clips[0].file = g_file_new_build_filename (folder, a, NULL);
  clips[1].file = g_file_new_build_filename (folder, b, NULL);
  dailies_stage_view_set_clips (stage->view, clips, 2);
  dailies_stage_view_play_from_start (stage->view, playing);
  g_object_unref (clips[0].file);
  g_object_unref (clips[1].file);
}

/* --- tests ------------------------------------------------------------------------------------ */

/* In the size of the clip, whatever that of the pane, and each frame the one that was asked for. */
static void
test_frames (void)
{
  Stage *stage = stage_new_paused_at ("a.mp4", 30);
  wait_for (is_on_card (stage, 0));
  g_assert_cmpint (gdk_texture_get_width (shown_texture (stage)), ==, 640);
  g_assert_cmpint (gdk_texture_get_height (shown_texture (stage)), ==, 360);
  g_assert_nonnull (strstr (dailies_gl_describe (), "on the graphics card"));

  for (int i = 31; i < 36; i++)
    {
      dailies_reel_step (stage->reel, 1);
      wait_for (shown (stage) == i);
    }
  wait_for (is_on_card (stage, 0) && shown (stage) == 35);
  dailies_reel_seek (stage->reel, gst_util_uint64_scale (7, GST_SECOND, 24));
  wait_for (is_on_card (stage, 0) && shown (stage) == 7);
  stage_free (stage);
}

/* Returns: whether it is another frame than @last */
static gboolean
moves_together (Stage *stage,
                int    last)
{
  g_assert_cmpint (shown_on (stage, 1), ==, shown (stage));

  return shown (stage) != last;
}

/* No two sides on different frames, at any moment. */
static void
test_together (void)
{
  Stage *stage = stage_new ();

  /* However few are painted in time, more come. */
  g_object_set (stage->reel, "looping", TRUE, NULL);
  show_two (stage, "b.mp4", "c.mp4", TRUE);
  wait_for (shown (stage) > 0);
  for (int i = 0; i < 12; i++)
    {
      int last = shown (stage);

      wait_for (moves_together (stage, last));
    }
  stage_free (stage);
}

/* The colours are those of memory. */
static void
test_colours (void)
{
  Stage *stage = stage_new ();

  show_paused (stage, "red.mp4");
  wait_for (is_on_card (stage, 0));
  assert_near (get_middle (stage, 0), 0xffc02020);
  stage_free (stage);
}

/* What is coded otherwise than the card reads it, has the colours that it has in memory. */
static void
test_colorimetry (void)
{
  static const char *names[] = { "full.mp4", "full.mkv", "partly.mp4" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Stage *stage = stage_new ();

      show_paused (stage, names[i]);
      assert_near (get_middle (stage, 0), 0xffc02020);
      g_assert_false (is_on_card (stage, 0));
      stage_free (stage);
    }
}

/* A phone's clip stands upright, and pixels that are not square are stretched by whoever paints. */
static void
test_turned (void)
{
  Stage *stage = stage_new ();
  int    width, height;

  show_paused (stage, "turned.mp4");
  wait_for (is_on_card (stage, 0));
  g_assert_cmpint (gdk_texture_get_width (shown_texture (stage)), ==, 180);
  g_assert_cmpint (gdk_texture_get_height (shown_texture (stage)), ==, 320);

  show_paused (stage, "wide.mp4");
  wait_for (gdk_texture_get_width (shown_texture (stage)) == 320);
  wait_for (is_on_card (stage, 0));
  dailies_reel_get_size (stage->reel, 0, &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, ==, 180);
  stage_free (stage);
}

/* Of transparency nothing is to be seen: behind it lies what the clip has there. */
static void
test_opaque (void)
{
  Stage *stage = stage_new ();

  show_paused (stage, "clear.mov");
  g_assert_false (is_on_card (stage, 0));
  assert_near (get_middle (stage, 0) | 0x00ffffff, 0xffffffff);
  stage_free (stage);
}

/* What cannot be uploaded is made in memory, and played all the same: whether the decoder says at once what it gives, or only with
 * the first picture. */
static void
test_ten_bits (void)
{
  static const char *names[] = { "deep.mkv", "packed.mov" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Stage *stage = stage_new ();

      show_paused (stage, names[i]);
      g_assert_false (is_on_card (stage, 0));
      assert_near (get_middle (stage, 0), 0xff2020c0);
      stage_free (stage);
    }
}

/* Beside one on the card, one in memory. */
static void
test_mixed (void)
{
  Stage *stage = stage_new ();

  show_two (stage, "red.mp4", "packed.mov", FALSE);
  wait_for (is_on_card (stage, 0) && side_texture (stage, 1) != NULL);
  g_assert_false (is_on_card (stage, 1));
  assert_near (get_middle (stage, 0), 0xffc02020);
  assert_near (get_middle (stage, 1), 0xff2020c0);
  stage_free (stage);
}

/* The difference is what it is in memory, with gain and enlarged, too. */
static void
test_difference (void)
{
  Stage        *stage = stage_new ();
  DailiesSides *sides = dailies_stage_view_get_sides (stage->view);

  show_two (stage, "red.mp4", "packed.mov", FALSE);
  dailies_sides_set_mode (sides, DAILIES_SIDES_DIFFERENCE);
  g_object_set (sides, "gain", 1.0, NULL);
  wait_for (is_on_card (stage, 0) && side_texture (stage, 1) != NULL);
  assert_near (painted_at (stage, 0.33, 0.5), 0xffa000a0);

  show_two (stage, "red.mp4", "dark.mp4", FALSE);
  dailies_sides_set_mode (sides, DAILIES_SIDES_DIFFERENCE);
  g_object_set (sides, "gain", 1.0, NULL);
  wait_for (is_on_card (stage, 0) && is_on_card (stage, 1));
  assert_near (painted_at (stage, 0.33, 0.5), 0xff600000);
  g_object_set (sides, "gain", 2.0, NULL);
  assert_near (painted_at (stage, 0.33, 0.5), 0xffc00000);
  dailies_sides_zoom_by (sides, 12);
  assert_near (painted_at (stage, 0.33, 0.5), 0xffc00000);
  stage_free (stage);
}

/* A broken clip is told as ever. */
static void
test_broken (void)
{
  Stage *stage = stage_new ();

  show_clip (stage, "broken.mp4");
  wait_for (dailies_sides_has_error (dailies_stage_view_get_sides (stage->view), 0));
  stage_free (stage);
}

/* --- clips ------------------------------------------------------------------------------------ */

static const struct
{
  const char *name;
  const char *description;
} made[] = {
  { "red.mp4",
    "foreground-color=0xffc02020 ! video/x-raw,width=640,height=360,framerate=24/1 ! videoconvert ! video/x-raw,format=I420 "
    "! x264enc speed-preset=ultrafast qp-max=8 ! h264parse ! mp4mux" },
  { "dark.mp4",
    "foreground-color=0xff602020 ! video/x-raw,width=640,height=360,framerate=24/1 ! videoconvert ! video/x-raw,format=I420 "
    "! x264enc speed-preset=ultrafast qp-max=8 ! h264parse ! mp4mux" },
  { "full.mkv",
    "foreground-color=0xffc02020 ! video/x-raw,format=BGRA,width=640,height=360,framerate=24/1 ! videoconvert "
    "! video/x-raw,format=I420,colorimetry=(string)1:3:5:1 ! x264enc speed-preset=ultrafast qp-max=8 ! h264parse ! matroskamux" },
  { "full.mp4",
    "foreground-color=0xffc02020 ! video/x-raw,format=BGRA,width=640,height=360,framerate=24/1 ! videoconvert "
    "! video/x-raw,format=I420,colorimetry=(string)1:3:5:1 ! x264enc speed-preset=ultrafast qp-max=8 ! h264parse ! mp4mux" },
  { "partly.mp4",
    "foreground-color=0xffc02020 ! video/x-raw,format=BGRA,width=640,height=360,framerate=24/1 ! videoconvert "
    "! video/x-raw,format=I420,colorimetry=(string)2:3:4:0 ! x264enc speed-preset=ultrafast qp-max=8 ! h264parse ! mp4mux" },
  { "packed.mov",
    "foreground-color=0xff2020c0 ! video/x-raw,width=320,height=180,framerate=24/1 ! videoconvert "
    "! video/x-raw,format=v210 ! qtmux" },
  { "clear.mov",
    "foreground-color=0x40c02020 ! video/x-raw,format=RGBA,width=320,height=180,framerate=24/1 "
    "! pngenc ! qtmux" },
  { "deep.mkv",
    "foreground-color=0xff2020c0 ! video/x-raw,width=320,height=180,framerate=24/1 ! videoconvert "
    "! video/x-raw,format=I420_10LE ! avenc_ffv1 ! matroskamux" },
};

static void
make_clips (void)
{
  g_autofree char *broken = g_build_filename (folder, "broken.mp4", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("videotestsrc num-buffers=24 pattern=solid-color %s ! filesink location=%s/%s",
                         made[i].description, folder, made[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_parse_launch (text, &error));
      g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
      g_autoptr (GstMessage) message = NULL;

      g_assert_no_error (error);
      gst_element_set_state (pipeline, GST_STATE_PLAYING);
      message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
      gst_element_set_state (pipeline, GST_STATE_NULL);
    }
  g_assert_true (g_file_set_contents (broken, "not a clip at all", -1, NULL));
}

static void
remove_clips (void)
{
  g_autofree char *broken = g_build_filename (folder, "broken.mp4", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *path = g_build_filename (folder, made[i].name, NULL);

      g_unlink (path);
    }
  g_unlink (broken);
}

int
main (int   argc,
      char *argv[])
{
  static const BarcodeClip clips[] = {
    { "a.mp4", 640, 360, 24, 1, 48 },
    { "b.mp4", 640, 360, 24, 1, 96 },
    { "c.mp4", 360, 640, 24, 1, 96 },
    { "turned.mp4", 320, 180, 24, 1, 24, .turned = TRUE },
    { "wide.mp4", 320, 180, 24, 1, 24, .par_n = 2, .par_d = 1 },
  };

  /* From GTK 4.18 on "gl" is one that has gone. */
  g_setenv ("GSK_RENDERER", "opengl", TRUE);
  g_setenv ("DAILIES_PICTURES", "card", TRUE);
  /* llvmpipe crashes where two threads use what their contexts share: one looks through the scene of the other. */
  g_setenv ("GALLIUM_DRIVER", "softpipe", TRUE);
  /* A sanitizer's allocator and LLVM wait for each other for ever. */
  g_setenv ("DRAW_USE_LLVM", "0", TRUE);
  /* GTK 4.8 takes GLX where EGL is not quite to its liking, and with that pictures are made in memory. */
  g_setenv ("GDK_DEBUG", "gl-egl", TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  /* As g_application_run() does. GTK 4.8 reads a texture of the card from a call to the main context, and waits for ever where
   * another thread has that for a moment, as any may between two iterations. */
  g_assert_true (g_main_context_acquire (NULL));

  g_test_add_func ("/gl/frames", test_frames);
  g_test_add_func ("/gl/together", test_together);
  g_test_add_func ("/gl/colours", test_colours);
  g_test_add_func ("/gl/colorimetry", test_colorimetry);
  g_test_add_func ("/gl/turned", test_turned);
  g_test_add_func ("/gl/opaque", test_opaque);
  g_test_add_func ("/gl/ten-bits", test_ten_bits);
  g_test_add_func ("/gl/mixed", test_mixed);
  g_test_add_func ("/gl/difference", test_difference);
  g_test_add_func ("/gl/broken", test_broken);

  return run_with_clips_and (clips, G_N_ELEMENTS (clips), make_clips, remove_clips);
}
