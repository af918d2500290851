/* dailies-practice-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-practice-measure.h"

#include <glib/gstdio.h>
#include <gst/pbutils/pbutils.h>

#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-picture-size.h"

#define HEAD_BYTES (64 * 1024)
/* No clip is larger than this, so neither are the pictures that go into it. */
#define MAX_SIDE 4096

/* Clips are cut on whole frames, so their length is never exact. */
#define SECONDS_TOLERANCE 0.1

static gboolean refuse (const DailiesPracticeInput *input, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const DailiesPracticeInput *input,
        GError                    **error,
        const char                 *format,
        ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, "%s: %s", input->field, text);

  return FALSE;
}

static gboolean
check_bytes (const DailiesPracticeInput *input,
             const DailiesMediaLimits   *limits,
             const char                 *path,
             GError                    **error)
{
  GStatBuf info;
  double   megabytes;

  if (g_stat (path, &info) != 0)
    return refuse (input, error, "the file could not be read");

  megabytes = info.st_size / 1e6;
  if (limits != NULL && limits->max_megabytes >= 0
      && (megabytes > limits->max_megabytes
          || (limits->max_megabytes_strict && megabytes >= limits->max_megabytes)))
    return refuse (input, error, "the file has %.1f MB, the limit is %g MB", megabytes, limits->max_megabytes);

  return TRUE;
}

static gboolean
check_container (const DailiesPracticeInput *input,
                 const DailiesMediaLimits   *limits,
                 const char *const          *names,
                 GError                    **error)
{
  g_autofree char *list = NULL;

  if (limits == NULL || limits->containers == NULL || limits->containers[0] == NULL)
    return TRUE;

  for (int i = 0; names[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) limits->containers, names[i]))
      return TRUE;

  list = g_strjoinv (", ", limits->containers);

  return refuse (input, error, "%s is not accepted, only %s", names[0] != NULL ? names[0] : "this file", list);
}

static gboolean
check_pixels (const DailiesPracticeInput *input,
              const DailiesMediaLimits   *limits,
              int                         width,
              int                         height,
              GError                    **error)
{
  int      slack;
  double   ratio = (double) width / height;

  if (limits == NULL)
    return TRUE;

  slack = limits->min_size_strict ? 1 : 0;
  if ((limits->min_width > 0 && width < limits->min_width + slack)
      || (limits->min_height > 0 && height < limits->min_height + slack))
    return refuse (input, error, "%d × %d pixels, at least %d × %d are needed", width, height,
                   limits->min_width + slack, limits->min_height + slack);
  if ((limits->min_ratio > 0 && (ratio < limits->min_ratio || (limits->ratio_strict && ratio <= limits->min_ratio)))
      || (limits->max_ratio > 0 && (ratio > limits->max_ratio || (limits->ratio_strict && ratio >= limits->max_ratio))))
    return refuse (input, error, "the shape %d × %d is outside of %.2f to %.2f", width, height,
                   limits->min_ratio, limits->max_ratio);
  if (limits->min_short_side > 0 && MIN (width, height) < limits->min_short_side)
    return refuse (input, error, "%dp, at least %dp is needed", MIN (width, height), limits->min_short_side);
  if (limits->max_short_side > 0 && MIN (width, height) > limits->max_short_side)
    return refuse (input, error, "%dp, at most %dp is taken", MIN (width, height), limits->max_short_side);

  return TRUE;
}

static gboolean
check_many (const DailiesPracticeInput *input,
            int                         width,
            int                         height,
            gint64                      most,
            GError                    **error)
{
  if ((gint64) width * height > most)
    return refuse (input, error, "%d × %d pixels are too many", width, height);

  return TRUE;
}

/* The readers of webp and avif decode the whole picture before they say how large it is.
 * @most: (out): the most pixels that may be decoded */
static gboolean
check_head (const DailiesPracticeInput *input,
            const char                 *path,
            gint64                     *most,
            GError                    **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree guint8           *head = g_malloc0 (HEAD_BYTES);
  const char                  *format = "png";
  gsize                        length = 0;
  int                          width, height;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_BYTES, &length, NULL, error))
    return FALSE;

  if (memcmp (head, "RIFF", 4) == 0)
    format = "webp";
  else if (memcmp (head + 4, "ftyp", 4) == 0)
    format = "avif";
  else if (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0)
    format = "tiff";
  *most = dailies_picture_size_get_most (format, head, length);
  if (!dailies_picture_size_read (format, head, length, &width, &height))
    return refuse (input, error, "this is no image");

  return check_many (input, width, height, *most, error);
}

GdkPixbuf *
dailies_practice_read_image (const DailiesPracticeInput *input,
                             const char                 *path,
                             GError                    **error)
{
  const DailiesMediaLimits *limits = dailies_field_get_limits (input->of);
  GdkPixbufFormat          *format;
  g_autoptr (GdkPixbuf)     pixbuf = NULL;
  g_autofree char          *name = NULL;
  const char               *names[3] = { NULL, NULL, NULL };
  int                       width = 0, height = 0;
  gint64                    most;

  if (!check_bytes (input, limits, path, error) || !check_head (input, path, &most, error))
    return NULL;

  format = gdk_pixbuf_get_file_info (path, &width, &height);
  if (format == NULL || width <= 0 || height <= 0)
    {
      refuse (input, error, "this is no image");
      return NULL;
    }

  name = gdk_pixbuf_format_get_name (format);
  names[0] = name;
  names[1] = g_str_equal (name, "jpeg") ? "jpg" : NULL;
  if (!check_container (input, limits, names, error) || !check_pixels (input, limits, width, height, error))
    return NULL;
  if (!check_many (input, width, height, most, error))
    return NULL;

  if (MAX (width, height) > MAX_SIDE)
    pixbuf = gdk_pixbuf_new_from_file_at_scale (path, MAX_SIDE, MAX_SIDE, TRUE, NULL);
  else
    pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  if (pixbuf == NULL)
    {
      refuse (input, error, "the image is damaged");
      return NULL;
    }

  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

static const char *const *
names_of_container (GstDiscovererInfo *info)
{
  static const struct
  {
    const char *caps;
    const char *names[4];
  } table[] = {
    { "video/quicktime", { "mp4", "mov", NULL } },
    { "video/webm", { "webm", NULL } },
    { "video/x-matroska", { "mkv", NULL } },
    { "video/x-msvideo", { "avi", NULL } },
    { "video/mpegts", { "ts", NULL } },
  };
  static const char *const            unknown[] = { "this container", NULL };
  g_autoptr (GstDiscovererStreamInfo) stream = gst_discoverer_info_get_stream_info (info);
  g_autoptr (GstCaps)                 caps = stream != NULL ? gst_discoverer_stream_info_get_caps (stream) : NULL;

  if (caps != NULL && !gst_caps_is_empty (caps) && !gst_caps_is_any (caps))
    for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
      if (gst_structure_has_name (gst_caps_get_structure (caps, 0), table[i].caps))
        return (const char *const *) table[i].names;

  return unknown;
}

gboolean
dailies_practice_check_video (const DailiesPracticeInput *input,
                              const char                 *path,
                              GError                    **error)
{
  const DailiesMediaLimits     *limits = dailies_field_get_limits (input->of);
  g_autoptr (GstDiscoverer)     discoverer = gst_discoverer_new (20 * GST_SECOND, error);
  g_autofree char              *uri = gst_filename_to_uri (path, error);
  g_autoptr (GstDiscovererInfo) info = NULL;
  GList                        *videos;
  double                        seconds;
  gboolean                      fits = TRUE;

  if (discoverer == NULL || uri == NULL || !check_bytes (input, limits, path, error))
    return FALSE;

  info = gst_discoverer_discover_uri (discoverer, uri, NULL);
  videos = info != NULL ? gst_discoverer_info_get_video_streams (info) : NULL;
  if (videos == NULL)
    return refuse (input, error, "this is no video");

  seconds = (double) gst_discoverer_info_get_duration (info) / GST_SECOND;
  fits = check_container (input, limits, names_of_container (info), error)
         && check_pixels (input, limits, (int) gst_discoverer_video_info_get_width (videos->data),
                          (int) gst_discoverer_video_info_get_height (videos->data), error);
  gst_discoverer_stream_info_list_free (videos);
  if (fits && limits != NULL && !limits->seconds_warn
      && ((limits->min_seconds > 0 && seconds < limits->min_seconds - SECONDS_TOLERANCE)
          || (limits->max_seconds > 0 && seconds > limits->max_seconds + SECONDS_TOLERANCE)))
    return refuse (input, error, "%.1f s long, %g to %g s are taken", seconds, limits->min_seconds, limits->max_seconds);

  return fits;
}
