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
  GFile   *clip;
  gint64   time;
  GFile   *png;    /* (nullable) */
  gint64   out;    /* of many */
  gboolean within; /* a time behind the end is an error */
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

/* Returns: %FALSE with @error set where the frame that was read last is not shown any more by then */
static gboolean
check_within (const Order *order, DailiesStillReader *reader, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  gint64           origin = dailies_still_reader_get_grid (reader)->origin;
  gint64           last;

  if (!order->within || !dailies_still_reader_is_over (reader, origin + order->time))
    return TRUE;

  base = g_file_get_basename (order->clip);
  name = g_filename_display_name (base);
  last = dailies_still_reader_get_time (reader) - origin;
  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_INVALID,
               _ ("“%s” is %.3f s long, so it has no frame at %.3f s. Its last one begins at %.3f s."),
               name,
               (last + dailies_reel_grid_length (dailies_still_reader_get_grid (reader))) / 1e9,
               order->time / 1e9,
               last / 1e9);
  return FALSE;
}

static GstSample *
decode (const Order *order, const char *format, GCancellable *cancellable, GError **error)
{
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (order->clip, format, cancellable, error);
  GstSample *sample;

  if (reader == NULL)
    return NULL;

  /* The times of a clip need not begin with 0, and those of the reel do. */
  sample = dailies_still_reader_read (
    reader, dailies_still_reader_get_grid (reader)->origin + order->time, cancellable, error);

  return sample != NULL && check_within (order, reader, error) ? gst_sample_ref (sample) : NULL;
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
  g_autoptr (GstSample) sample = NULL;

  if (!dailies_export_file_spares (order->png, order->clip, error))
    return NULL;
  sample = decode (order, "RGB", cancellable, error);
  if (sample == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return GINT_TO_POINTER (dailies_still_write_png (sample, order->png, error));
}

/* --- many ------------------------------------------------------------------------------------- */

static GFile *
make_numbered (GFile *png, gint64 number)
{
  g_autoptr (GFile) folder = g_file_get_parent (png);
  g_autofree char *base = g_file_get_basename (png);
  g_autofree char *name = NULL;
  char            *dot = strrchr (base, '.');

  if (dot != NULL && dot != base && g_ascii_strcasecmp (dot, ".png") == 0)
    *dot = '\0';
  name = g_strdup_printf ("%s-%04d.png", base, (int) number);

  return g_file_get_child (folder, name);
}

/* Returns: %FALSE with @error set; @over: whether there was no such frame any more, and none was
 * written */
static gboolean
save_number (const Order        *order,
             DailiesStillReader *reader,
             gint64              number,
             GPtrArray          *written,
             gboolean           *over,
             GCancellable       *cancellable,
             GError            **error)
{
  gint64     time = dailies_reel_grid_start (dailies_still_reader_get_grid (reader), number);
  GstSample *sample = dailies_still_reader_advance (reader, time, cancellable, error);
  g_autoptr (GFile) file = make_numbered (order->png, number);

  if (sample == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* A range that goes on behind the end is what was asked for. */
  *over = order->out < 0 && written->len > 0 && dailies_still_reader_is_over (reader, time);
  if (*over)
    return TRUE;
  if (!dailies_still_write_png (sample, file, error))
    return FALSE;

  g_ptr_array_add (written, g_steal_pointer (&file));
  return TRUE;
}

static gboolean
spare_clip (const Order *order, gint64 first, gint64 last, GError **error)
{
  for (gint64 number = first; number <= last; number++)
    {
      g_autoptr (GFile) file = make_numbered (order->png, number);

      if (!dailies_export_file_spares (file, order->clip, error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): what was written; %NULL with @error set and none left */
static GPtrArray *
save_numbers (const Order *order, GCancellable *cancellable, GError **error)
{
  g_autoptr (DailiesStillReader) reader =
    dailies_still_reader_open (order->clip, "RGB", cancellable, error);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  const DailiesReelGrid *grid;
  /* At most: a clip does not tell how long its picture is, but how long the longest of picture and
   * sound. */
  gint64 first, last;

  if (reader == NULL || !dailies_still_reader_measure (reader, cancellable, error))
    return NULL;

  grid = dailies_still_reader_get_grid (reader);
  first = dailies_reel_grid_number (grid, grid->origin + MAX (order->time, 0));
  last = dailies_reel_grid_number (
    grid,
    MAX (0, dailies_still_reader_get_duration (reader) - dailies_reel_grid_length (grid) / 4));
  if (order->out >= 0)
    last = MIN (last, dailies_reel_grid_number (grid, grid->origin + order->out));
  if (first > last)
    {
      g_set_error (
        error, DAILIES_ERROR, DAILIES_ERROR_INVALID, _ ("There is no frame in this range."));
      return NULL;
    }
  if (spare_clip (order, first, last, error) &&
      dailies_still_reader_start (
        reader, dailies_reel_grid_start (grid, first), cancellable, error))
    {
      gint64   number = first;
      gboolean over = FALSE;

      while (number <= last && !over &&
             save_number (order, reader, number, written, &over, cancellable, error))
        number++;
      if (number > last || over)
        return g_steal_pointer (&written);
    }

  for (guint i = 0; i < written->len; i++)
    g_file_delete (g_ptr_array_index (written, i), NULL, NULL);

  return NULL;
}

static void
save_all_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError    *error = NULL;
  GPtrArray *written = save_numbers (data, cancellable, &error);

  if (written != NULL)
    g_task_return_pointer (task, written, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
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

void
dailies_still_save_within_async (GFile              *clip,
                                 gint64              time,
                                 GFile              *png,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Order *order;

  g_return_if_fail (G_IS_FILE (clip) && G_IS_FILE (png));

  order = order_new (clip, time, png);
  order->within = TRUE;
  dailies_pool_run_async (save, order, order_free, NULL, cancellable, callback, user_data);
}

gboolean
dailies_still_save_finish (GAsyncResult *result, GError **error)
{
  return dailies_pool_run_finish (result, error) != NULL;
}

void
dailies_still_save_all_async (GFile              *clip,
                              gint64              in,
                              gint64              out,
                              GFile              *png,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Order *order;

  g_return_if_fail (G_IS_FILE (clip) && G_IS_FILE (png));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_still_save_all_async);
  order = order_new (clip, in, png);
  order->out = out;
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, save_all_thread);
}

GPtrArray *
dailies_still_save_all_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_still_save_all_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
