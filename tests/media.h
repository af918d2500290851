/* media.h: pictures and clips made by the tests themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

/* A folder of its own for each test, removed with everything in it. */
static inline char *
media_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("dailies-media-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
media_folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        media_folder_remove (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}

/* @type: a GdkPixbuf writer, "png", "jpeg", "webp" … Something to see, so that it does not compress to nothing. */
static inline char *
media_make_image (const char *folder,
                  const char *name,
                  const char *type,
                  int         width,
                  int         height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char   *path = g_build_filename (folder, name, NULL);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int     stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width * 3; x++)
        pixels[y * stride + x] = (guint8) ((x * 7 + y * 13) ^ (x * y >> 4));
    }
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);

  return path;
}

/* Runs a pipeline to its end. @description ends in an element without a sink; the file is written at @path. */
static inline void
media_run_pipeline (const char *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      g_assert_no_error (error);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* An H.264 clip. @muxer: "mp4mux", "qtmux", "matroskamux", with properties where needed. */
static inline char *
media_make_clip (const char *folder,
                 const char *name,
                 const char *muxer,
                 int         width,
                 int         height,
                 int         fps,
                 int         n_frames,
                 gboolean    sound)
{
  char            *path = g_build_filename (folder, name, NULL);
  g_autofree char *audio = sound
                             ? g_strdup_printf ("audiotestsrc num-buffers=%d samplesperbuffer=4800 ! "
                                                "audio/x-raw,rate=48000 ! voaacenc ! queue ! mux.",
                                                n_frames * 10 / fps)
                             : g_strdup ("");
  g_autofree char *description = NULL;

  description = g_strdup_printf ("%s name=mux ! filesink location=\"%s\" "
                                 "videotestsrc pattern=smpte num-buffers=%d ! "
                                 "video/x-raw,width=%d,height=%d,framerate=%d/1 ! "
                                 "x264enc speed-preset=ultrafast key-int-max=30 ! h264parse ! queue ! mux. %s",
                                 muxer, path, n_frames, width, height, fps, audio);
  media_run_pipeline (description);

  return path;
}

/* Writes the matrix of a telephone that was held upright into the head of the first track of an MP4 at @path. */
static inline void
media_turn_clip (const char *path,
                 int         degrees)
{
  static const guint8 quarter[] = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0 };
  static const guint8 half[] = { 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0 };
  g_autofree char *bytes = NULL;
  gsize            length;
  char            *head;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  head = memmem (bytes, length, "tkhd", 4);
  g_assert_nonnull (head);
  g_assert_cmpint (head[4], ==, 0);
  memcpy (head + 44, degrees == 90 ? quarter : half, sizeof quarter);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static inline char *
media_write (const char *folder,
             const char *name,
             const void *bytes,
             gssize      length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);

  return path;
}
