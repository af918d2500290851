/* dailies-probe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-probe.h"

#include <math.h>

#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <gst/tag/tag.h>

#include "dailies-codecs.h"
#include "dailies-decoders.h"
#include "dailies-error.h"
#include "dailies-file-check.h"
#include "dailies-fragments.h"
#include "dailies-pixel-shape.h"
#include "dailies-probe-private.h"
#include "dailies-thumbnail.h"
#include "dailies-whole.h"

/* A file that a demuxer gets lost in must give the thread back. */
#define DISCOVER_TIMEOUT (15 * GST_SECOND)

/* The sides of 8K and some more; a decoder of clips keeps a dozen frames. */
#define MAX_FRAME_PIXELS (40 * 1000 * 1000)

void
dailies_probe_free (DailiesProbe *self)
{
  g_clear_object (&self->thumbnail);
  g_free (self);
}

static char *
describe_bytes (goffset bytes)
{
  double megabytes = bytes / 1e6;

  if (bytes < 1000 * 1000)
    return g_strdup_printf (_ ("%d kB"), MAX (1, (int) (bytes / 1000)));
  if (megabytes < 10)
    return g_strdup_printf (_ ("%.1f MB"), megabytes);
  if (megabytes < 1000)
    return g_strdup_printf (_ ("%.0f MB"), megabytes);

  return g_strdup_printf (_ ("%.1f GB"), megabytes / 1000);
}

/* "1080p24", "720p", "608p23.98": the shorter side and the rate, as people in the trade say it. */
static char *
describe_picture (const DailiesProbe *probe)
{
  char rate[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (probe->fps > 0)
    g_ascii_formatd (rate, sizeof rate, "%g", round (probe->fps * 100) / 100);

  return g_strdup_printf ("%dp%s", MIN (probe->width, probe->height), rate);
}

char *
dailies_probe_dup_summary (const DailiesProbe *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->seconds > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("%.1f s"), self->seconds));
  if (self->kind == DAILIES_MEDIA_VIDEO)
    g_ptr_array_add (parts, describe_picture (self));
  else if (self->kind == DAILIES_MEDIA_IMAGE && self->width > 0)
    g_ptr_array_add (parts, g_strdup_printf ("%d×%d", self->width, self->height));
  g_ptr_array_add (parts, describe_bytes (self->bytes));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

gboolean
dailies_probe_set_damaged (const DailiesProbe *probe,
                           const char         *name,
                           const GError       *cause,
                           GError            **error)
{
  if (cause != NULL && cause->domain == G_IO_ERROR)
    {
      dailies_probe_set_unreadable (name, cause, error);
      return FALSE;
    }

  g_set_error (error,
               DAILIES_ERROR,
               DAILIES_ERROR_MEDIA,
               _ ("“%s” is a damaged %s file and cannot be decoded. Export or download it again."),
               name,
               probe->container->name);
  return FALSE;
}

static gboolean
lies_on_its_side (GstDiscovererVideoInfo *video)
{
  const GstTagList *tags = gst_discoverer_stream_info_get_tags (GST_DISCOVERER_STREAM_INFO (video));
  g_autofree char  *orientation = NULL;

  if (tags == NULL || !gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation))
    return FALSE;

  return g_str_has_suffix (orientation, "rotate-90") || g_str_has_suffix (orientation, "rotate-270");
}

/* The picture track; album art is one too and does not count. */
static GstDiscovererVideoInfo *
find_video (GList *streams)
{
  for (GList *l = streams; l != NULL; l = l->next)
    {
      GstDiscovererVideoInfo *video = l->data;

      if (!gst_discoverer_video_info_is_image (video) &&
          gst_discoverer_video_info_get_width (video) > 0)
        return video;
    }

  return NULL;
}

static void
take_video (DailiesProbe           *probe,
            GstDiscovererVideoInfo *video)
{
  int n = gst_discoverer_video_info_get_par_num (video);
  int d = gst_discoverer_video_info_get_par_denom (video);

  probe->kind = DAILIES_MEDIA_VIDEO;
  probe->width = gst_discoverer_video_info_get_width (video);
  probe->height = gst_discoverer_video_info_get_height (video);
  if (dailies_pixel_shape_is_likely (n, d) && n != d)
    probe->width = MAX (1, (int) CLAMP (round ((double) probe->width * n / d), 1, G_MAXINT16));
  if (lies_on_its_side (video))
    {
      int width = probe->width;

      probe->width = probe->height;
      probe->height = width;
    }

  n = gst_discoverer_video_info_get_framerate_num (video);
  d = gst_discoverer_video_info_get_framerate_denom (video);
  probe->fps = n > 0 && d > 0 ? (double) n / d : 0;
}

static GstDiscovererInfo *
discover (const char *uri,
          GError    **error)
{
  g_autoptr (GstDiscoverer) discoverer = NULL;

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  dailies_decoders_load ();
  dailies_codecs_mend_faults ();

  /* One of its own each time: a discoverer belongs to one thread. */
  discoverer = gst_discoverer_new (DISCOVER_TIMEOUT, error);
  if (discoverer == NULL)
    return NULL;

  return gst_discoverer_discover_uri (discoverer, uri, error);
}

static gboolean
take_info (DailiesProbe      *probe,
           GstDiscovererInfo *info)
{
  GList                  *videos = gst_discoverer_info_get_video_streams (info);
  GList                  *sounds = gst_discoverer_info_get_audio_streams (info);
  GstDiscovererVideoInfo *video = find_video (videos);
  GstClockTime            duration = gst_discoverer_info_get_duration (info);

  probe->has_sound = sounds != NULL;
  if (GST_CLOCK_TIME_IS_VALID (duration) && probe->seconds <= 0)
    probe->seconds = (double) duration / GST_SECOND;
  if (video != NULL)
    take_video (probe, video);
  else if (sounds != NULL)
    probe->kind = DAILIES_MEDIA_AUDIO;

  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (sounds);

  return video != NULL || probe->has_sound;
}

static gboolean
check_result (const DailiesProbe *probe,
              GstDiscovererInfo  *info,
              gboolean            has_streams,
              const char         *name,
              GError            **error)
{
  GstDiscovererResult result = info != NULL ? gst_discoverer_info_get_result (info) : GST_DISCOVERER_ERROR;

  switch (result)
    {
    case GST_DISCOVERER_OK:
      if (has_streams)
        return TRUE;
      g_set_error (error,
                   DAILIES_ERROR,
                   DAILIES_ERROR_MEDIA,
                   _ ("“%s” is a %s file with neither a picture nor a sound track."),
                   name,
                   probe->container->name);
      return FALSE;

    case GST_DISCOVERER_MISSING_PLUGINS:
      /* The service may well have the decoder that this computer lacks, and the size is known. */
      if (has_streams)
        return TRUE;
      g_set_error (error,
                   DAILIES_ERROR,
                   DAILIES_ERROR_MEDIA,
                   _ ("“%s” is a %s file in a format this computer has no decoder for. Install the GStreamer "
                      "plugins for it or convert the file to MP4."),
                   name,
                   probe->container->name);
      return FALSE;

    case GST_DISCOVERER_TIMEOUT:
      g_set_error (error,
                   DAILIES_ERROR,
                   DAILIES_ERROR_MEDIA,
                   _ ("“%s” could not be understood within %u seconds. It may be damaged: export it again."),
                   name,
                   (guint) (DISCOVER_TIMEOUT / GST_SECOND));
      return FALSE;

    case GST_DISCOVERER_URI_INVALID:
    case GST_DISCOVERER_ERROR:
    case GST_DISCOVERER_BUSY:
    default:
      return dailies_probe_set_damaged (probe, name, NULL, error);
    }
}

static gboolean
probe_clip (DailiesProbe *probe,
            GFile        *file,
            const char   *name,
            gboolean      for_stage,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GstDiscovererInfo) info = NULL;
  g_autofree char *uri = g_file_get_uri (file);
  gboolean         has_streams;

  info = discover (uri, NULL);
  has_streams = info != NULL && take_info (probe, info);
  if (!check_result (probe, info, has_streams, name, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!for_stage && probe->kind == DAILIES_MEDIA_VIDEO && (gint64) probe->width * probe->height <= MAX_FRAME_PIXELS)
    probe->thumbnail = dailies_thumbnail_of_video (uri,
                                                   probe->seconds,
                                                   probe->width,
                                                   probe->height,
                                                   DAILIES_PROBE_THUMBNAIL,
                                                   cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
check_whole (const DailiesProbe *probe,
             GFileInputStream   *stream,
             const char         *name,
             GCancellable       *cancellable,
             GError            **error)
{
  goffset          missing;
  g_autofree char *have = NULL;
  g_autofree char *want = NULL;

  missing = dailies_whole_missing_bytes (probe->container, stream, probe->bytes, cancellable);
  if (missing == 0)
    return g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error);

  have = g_format_size (probe->bytes);
  want = g_format_size (probe->bytes + missing);
  if (missing > 0)
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _ ("“%s” is cut off: %s of %s are there. Copy or download it again, whole."), name, have, want);
  else
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _ ("“%s” is cut off: it ends after %s, in the middle. Copy or download it again, whole."), name, have);

  return FALSE;
}

void
dailies_probe_set_unreadable (const char   *name,
                              const GError *cause,
                              GError      **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_error_copy (cause));
      return;
    }

  /* What the system says is nothing for an artist, and everything for whoever looks into a disk that fails. */
  g_debug ("“%s” cannot be read: %s", name, cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                 _ ("“%s” is not there any more. It may have been moved or renamed: choose it again."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS))
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                 _ ("“%s” is a link that leads in a circle. Choose the file itself."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                 _ ("“%s” may not be read by you. Allow it in the file manager, or use a copy of your own."), name);
  else
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
                 _ ("“%s” cannot be read. Copy it to another folder of this computer and use the copy."), name);
}

/* Whether a file of that name should hold media. */
static gboolean
claims_media (const char *name)
{
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *mime_type = g_content_type_get_mime_type (type);

  return mime_type != NULL
         && (g_str_has_prefix (mime_type, "image/") || g_str_has_prefix (mime_type, "video/")
             || g_str_has_prefix (mime_type, "audio/"));
}

static void
set_not_media (const char   *name,
               const guint8 *head,
               gsize         length,
               GError      **error)
{
  if (dailies_sniff_is_svg (head, length))
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _ ("“%s” is an SVG drawing, and drawings are not taken. Export it as PNG and use that."), name);
  else if (claims_media (name))
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _ ("“%s” is not a picture, a clip or a sound, whatever its name says."), name);
  else
    g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                 _ ("“%s” is not a picture, a clip or a sound. Choose a file that is one."), name);
}

gboolean
dailies_probe_check_head (const char    *name,
                          const guint8  *head,
                          gsize          length,
                          GError       **error)
{
  if (dailies_sniff (head, length) != NULL)
    return TRUE;

  set_not_media (name, head, length, error);
  return FALSE;
}

gboolean
dailies_probe_check_file (GFile        *file,
                          const char   *name,
                          goffset      *bytes,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (G_IS_FILE (file) && name != NULL && bytes != NULL, FALSE);

  info = g_file_query_info (file, DAILIES_FILE_CHECK_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &cause);
  if (info == NULL)
    {
      dailies_probe_set_unreadable (name, cause, error);
      return FALSE;
    }

  *bytes = g_file_info_get_size (info);
  return dailies_file_check (info, name, error);
}

/* By what the decoders make of it, and not by its first bytes. */
static gboolean
is_clip (DailiesProbe *probe,
         GFile        *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GstDiscovererInfo) info = discover (uri, NULL);

  return info != NULL && take_info (probe, info) && probe->kind == DAILIES_MEDIA_VIDEO;
}

/* @for_stage: which plays more than the containers that services know, and needs no thumbnail */
static DailiesProbe *
look (GFile        *file,
      const char   *name,
      gboolean      for_stage,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (DailiesProbe) probe = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree guint8 *head = NULL;
  gsize              length = 0;
  gboolean           ok;

  probe = g_new0 (DailiesProbe, 1);
  if (!dailies_probe_check_file (file, name, &probe->bytes, cancellable, error))
    return NULL;

  head = g_malloc (DAILIES_SNIFF_BYTES);
  stream = g_file_read (file, cancellable, &cause);
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, DAILIES_SNIFF_BYTES, &length, cancellable, &cause))
    {
      dailies_probe_set_unreadable (name, cause, error);
      return NULL;
    }

  probe->container = dailies_sniff (head, length);
  if (probe->container == NULL && for_stage && is_clip (probe, file))
    return g_steal_pointer (&probe);
  if (probe->container == NULL)
    {
      set_not_media (name, head, length, error);
      return NULL;
    }

  probe->kind = probe->container->kind;
  ok = check_whole (probe, stream, name, cancellable, error);
  if (ok && probe->kind == DAILIES_MEDIA_IMAGE)
    ok = dailies_probe_image (probe, G_INPUT_STREAM (stream), head, length, name, cancellable, error);
  else if (ok)
    {
      if (g_str_equal (probe->container->name, "mp4") || g_str_equal (probe->container->name, "mov"))
        probe->seconds = dailies_fragments_measure (stream, cancellable);
      ok = probe_clip (probe, file, name, for_stage, cancellable, error);
    }

  return ok ? g_steal_pointer (&probe) : NULL;
}

DailiesProbe *
dailies_probe_file (GFile        *file,
                    const char   *name,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return look (file, name, FALSE, cancellable, error);
}

gboolean
dailies_probe_check_clip (GFile         *file,
                          const char    *name,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (DailiesProbe) probe = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  probe = look (file, name, TRUE, cancellable, error);
  if (probe == NULL)
    return FALSE;
  if (probe->kind == DAILIES_MEDIA_VIDEO)
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _ ("“%s” is no clip: nothing moves in it. Drop videos here."), name);
  return FALSE;
}
