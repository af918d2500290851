/* dailies-still.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-still.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "dailies-error.h"
#include "dailies-export-file.h"
#include "dailies-pool.h"
#include "dailies-still-reader.h"

/* zlib's own measure; more costs a second a frame of 4K and wins a few per cent. */
#define COMPRESSION "3"

typedef struct
{
  GFile *clip;
  gint64 time;
  GFile *png; /* (nullable) */
} Order;

static Order *
order_new (GFile *clip, gint64 time, GFile *png)
{
  Order *order = g_new0 (Order, 1);

  order->clip = g_object_ref (clip);
  order->time = time;
  g_set_object (&order->png, png);

  return order;
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->clip);
  g_clear_object (&order->png);
  g_free (order);
}

static GstSample *
decode (const Order *order, const char *format, GCancellable *cancellable, GError **error)
{
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (order->clip, format, cancellable, error);
  GstSample *sample;

  if (reader == NULL)
    return NULL;

  sample = dailies_still_reader_read (reader, order->time, cancellable, error);

  return sample != NULL ? gst_sample_ref (sample) : NULL;
}

/* --- PNG -------------------------------------------------------------------------------------- */

static gboolean
write_cb (const char *bytes, gsize length, GError **error, gpointer data)
{
  return dailies_export_file_write (data, bytes, length, error);
}

static gboolean
write_frame (const GstVideoFrame *frame, GFile *png, GError **error)
{
  g_autoptr (DailiesExportFile) file = dailies_export_file_new (png, error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (file == NULL)
    return FALSE;

  pixbuf = gdk_pixbuf_new_from_data (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                     GDK_COLORSPACE_RGB,
                                     GST_VIDEO_FRAME_FORMAT (frame) == GST_VIDEO_FORMAT_RGBA,
                                     8,
                                     GST_VIDEO_FRAME_WIDTH (frame),
                                     GST_VIDEO_FRAME_HEIGHT (frame),
                                     GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0),
                                     NULL,
                                     NULL);

  return gdk_pixbuf_save_to_callback (
           pixbuf, write_cb, file, "png", error, "compression", COMPRESSION, NULL) &&
         dailies_export_file_commit (file, error);
}

gboolean
dailies_still_write_png (GstSample *sample, GFile *png, GError **error)
{
  GstVideoInfo  info;
  GstVideoFrame frame;
  gboolean      written;

  g_return_val_if_fail (sample != NULL && G_IS_FILE (png), FALSE);

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      g_set_error (
        error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _ ("There is no memory for the frame."));
      return FALSE;
    }

  written = write_frame (&frame, png, error);
  gst_video_frame_unmap (&frame);

  return written;
}

/* --- on the pool ------------------------------------------------------------------------------ */

static gpointer
load (gpointer data, GCancellable *cancellable, GError **error)
{
  return decode (data, "RGBA", cancellable, error);
}

static gpointer
save (gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;
  g_autoptr (GstSample) sample = decode (order, "RGB", cancellable, error);

  if (sample == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return GINT_TO_POINTER (dailies_still_write_png (sample, order->png, error));
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_still_load_async (GFile              *clip,
                          gint64              time,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (G_IS_FILE (clip));

  dailies_pool_run_async (load,
                          order_new (clip, time, NULL),
                          order_free,
                          (GDestroyNotify) gst_sample_unref,
                          cancellable,
                          callback,
                          user_data);
}

GstSample *
dailies_still_load_finish (GAsyncResult *result, GError **error)
{
  return dailies_pool_run_finish (result, error);
}

void
dailies_still_save_async (GFile              *clip,
                          gint64              time,
                          GFile              *png,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (G_IS_FILE (clip) && G_IS_FILE (png));

  dailies_pool_run_async (
    save, order_new (clip, time, png), order_free, NULL, cancellable, callback, user_data);
}

gboolean
dailies_still_save_finish (GAsyncResult *result, GError **error)
{
  return dailies_pool_run_finish (result, error) != NULL;
}
