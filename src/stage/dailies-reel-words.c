/* dailies-reel-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-words.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-file-check.h"

static char *
display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name != NULL ? name : "");
}

static gboolean
is_about_decoder (const GError *error)
{
  return g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND) ||
         g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN);
}

static gboolean
is_about_type (const GError *error)
{
  return g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
         g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE);
}

/**
 * dailies_reel_read_error:
 * @message: of type %GST_MESSAGE_ERROR
 * @debug: (out) (optional) (transfer full): GStreamer's words for whoever looks for a fault
 *
 * Elements that cannot agree on a kind of picture say no more than that the stream ended: that is told apart from a damaged one.
 *
 * Returns: (transfer full): for dailies_reel_explain()
 */
GError *
dailies_reel_read_error (GstMessage  *message,
                         char       **debug)
{
  const GstStructure *details = NULL;
  GError             *error = NULL;
  int                 flow;

  gst_message_parse_error (message, &error, debug);
  gst_message_parse_error_details (message, &details);
  if (details != NULL && gst_structure_get_int (details, "flow-return", &flow) && flow == GST_FLOW_NOT_NEGOTIATED)
    error->code = error->domain == GST_STREAM_ERROR ? (int) GST_STREAM_ERROR_FORMAT : error->code;

  return error;
}

/* Returns: (transfer full) (nullable): why @file is no file to read, which whoever opens it would wait for without an end */
GError *
dailies_reel_find_fault (GFile *file)
{
  g_autofree char *name = NULL;
  g_autoptr (GFileInfo) info = NULL;
  GError *error = NULL;

  if (!g_file_is_native (file))
    return NULL;
  info = g_file_query_info (file, DAILIES_FILE_CHECK_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL)
    return NULL;

  name = display_name (file);
  dailies_file_check (info, name, &error);
  return error;
}

/**
 * dailies_reel_explain:
 * @error: what GStreamer says
 * @missing: (nullable): the decoder of the picture that is not installed, in GStreamer's words
 * @has_sound: whether there is at least something to hear
 *
 * Returns: (transfer full): a #DailiesError with a sentence for the artist; GStreamer's own words
 * are kept beside it
 */
GError *
dailies_reel_explain (GFile        *file,
                      const GError *error,
                      const char   *missing,
                      gboolean      has_sound)
{
  g_autofree char *name = display_name (file);

  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return dailies_error_new_with_words (
      DAILIES_ERROR_DISK,
      error->message,
      0,
      _ ("“%s” is not there any more. It was moved, renamed or deleted."),
      name);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ) ||
      g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return dailies_error_new_with_words (DAILIES_ERROR_DISK,
                                         error->message,
                                         0,
                                         _ ("“%s” cannot be opened. Check that you may read it."),
                                         name);
  if (missing != NULL || (is_about_decoder (error) && has_sound))
    return dailies_reel_explain_no_picture (file, missing);
  if (is_about_decoder (error) || is_about_type (error))
    return dailies_error_new_with_words (DAILIES_ERROR_MEDIA,
                                         error->message,
                                         0,
                                         _ ("“%s” is not a video that can be played here."),
                                         name);
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT))
    return dailies_error_new_with_words (DAILIES_ERROR_MEDIA,
                                         error->message,
                                         0,
                                         _ ("“%s” has pictures of a kind that cannot be shown here. Convert it to MP4 first."),
                                         name);
  if (error->domain == GST_STREAM_ERROR)
    return dailies_error_new_with_words (DAILIES_ERROR_MEDIA,
                                         error->message,
                                         0,
                                         _ ("“%s” is damaged or incomplete and cannot be played."),
                                         name);

  return dailies_error_new_with_words (
    DAILIES_ERROR_MEDIA, error->message, 0, _ ("“%s” cannot be played: %s"), name, error->message);
}

/**
 * dailies_reel_explain_no_picture:
 * @missing: (nullable): the decoder that is not installed
 *
 * Returns: (transfer full): that @file has nothing to look at
 */
GError *
dailies_reel_explain_no_picture (GFile      *file,
                                 const char *missing)
{
  g_autofree char *name = display_name (file);

  if (missing != NULL)
    return g_error_new (DAILIES_ERROR,
                        DAILIES_ERROR_MEDIA,
                        _ ("“%s” needs a decoder that is not installed: %s."),
                        name,
                        missing);

  return g_error_new (DAILIES_ERROR,
                      DAILIES_ERROR_MEDIA,
                      _ ("“%s” has no picture, so there is nothing to show."),
                      name);
}

/**
 * dailies_reel_explain_unsteppable:
 * @kind: of clip: GIF
 *
 * Returns: (transfer full): that the frames of @file cannot be told from each other
 */
GError *
dailies_reel_explain_unsteppable (GFile      *file,
                                  const char *kind)
{
  g_autofree char *name = display_name (file);

  return g_error_new (DAILIES_ERROR,
                      DAILIES_ERROR_MEDIA,
                      /* Translators: the second %s is a kind of file: GIF */
                      _ ("“%s” (%s) cannot be stepped frame by frame. Convert it to MP4 first."),
                      name,
                      kind);
}

/**
 * dailies_reel_explain_stall:
 * @seconds: how long was waited
 *
 * Returns: (transfer full): that @file gave no picture in time
 */
GError *
dailies_reel_explain_stall (GFile *file,
                            guint  seconds)
{
  g_autofree char *name = display_name (file);

  return g_error_new (
    DAILIES_ERROR,
    DAILIES_ERROR_MEDIA,
    ngettext ("“%s” gave no picture for %u second. Its disk may be slow or gone; try it again.",
              "“%s” gave no picture for %u seconds. Its disk may be slow or gone; try it again.",
              seconds),
    name,
    seconds);
}
