/* dailies-proof.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-proof.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-seek.h"
#include "dailies-sniff.h"
#include "dailies-stop.h"

/* Without any sign of life a decoder is taken for stuck. */
#define PATIENCE (15 * GST_SECOND)
#define TAIL_SECONDS 1.0
/* What pull_frames() answers where no frames are to be had */
#define BROKEN -1
#define STUCK -2

static void
pad_added_cb (GstElement *decoder,
              GstPad     *pad,
              GstElement *sink)
{
  g_autoptr(GstPad) target = gst_element_get_static_pad (sink, "sink");

  if (!gst_pad_is_linked (target))
    gst_pad_link (pad, target);
}

static GstElement *
make_pipeline (GFile       *file,
               GstElement **out_sink)
{
  GstElement        *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr(GstCaps) raw = gst_caps_from_string ("video/x-raw(ANY)");
  g_autofree char   *uri = g_file_get_uri (file);
  GstElement        *decoder = gst_element_factory_make ("uridecodebin", NULL);
  GstElement        *sink = gst_element_factory_make ("appsink", NULL);

  dailies_codecs_mend_faults ();
  if (decoder != NULL)
    gst_bin_add (GST_BIN (pipeline), decoder);
  if (sink != NULL)
    gst_bin_add (GST_BIN (pipeline), sink);
  if (decoder == NULL || sink == NULL)
    {
      gst_object_unref (pipeline);
      return NULL;
    }

  g_object_set (decoder, "uri", uri, "caps", raw, "expose-all-streams", FALSE, NULL);
  g_object_set (sink, "sync", FALSE, "max-buffers", 2, NULL);
  g_signal_connect (decoder, "pad-added", G_CALLBACK (pad_added_cb), sink);
  *out_sink = sink;
  return pipeline;
}

/* Returns: the first error on the bus, %NULL for none so far */
static GError *
pop_error (GstElement *pipeline)
{
  g_autoptr(GstBus)     bus = gst_element_get_bus (pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  GError               *error = NULL;

  if (message != NULL)
    gst_message_parse_error (message, &error, NULL);

  return error;
}

/* Pulls until the end or, for @enough > 0, until so many frames came.
 * Returns: how many frames came; BROKEN for an error, STUCK where nothing came at all for too long */
static int
pull_frames (GstElement   *pipeline,
             GstElement   *sink,
             int           enough,
             GCancellable *cancellable)
{
  const GstClockTime turn = 100 * GST_MSECOND;
  GstClockTime       idle = 0;
  int                n = 0;

  while (idle < PATIENCE && !g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr(GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), turn);
      g_autoptr(GError)    error = pop_error (pipeline);

      if (error != NULL)
        return BROKEN;
      if (sample != NULL && gst_sample_get_buffer (sample) != NULL)
        {
          idle = 0;
          if (++n == enough)
            return n;
        }
      else if (gst_app_sink_is_eos (GST_APP_SINK (sink)))
        return n;
      else
        idle += turn;
    }

  return STUCK;
}

/* Returns: more than 0 where both ends of the clip can be decoded, or why not as pull_frames() does */
static int
decode_ends (GFile        *file,
             double        seconds,
             GCancellable *cancellable)
{
  GstElement *sink = NULL;
  GstElement *pipeline = make_pipeline (file, &sink);
  gint64      tail = MAX (0, seconds - TAIL_SECONDS) * GST_SECOND;
  int         n;

  if (pipeline == NULL)
    return BROKEN;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  n = pull_frames (pipeline, sink, 2, cancellable);
  if (n > 0)
    n = dailies_seek_exactly (sink, tail) ? pull_frames (pipeline, sink, 0, cancellable) : BROKEN;
  dailies_stop (pipeline);
  gst_object_unref (pipeline);

  return n;
}

/* A pipeline that says nothing for so long is seen once in thousands of good clips, and then it is the pipeline. What has been
 * paid for is not thrown away for that: another one gets a try. */
static gboolean
can_decode (GFile        *file,
            double        seconds,
            GCancellable *cancellable)
{
  int n = decode_ends (file, seconds, cancellable);

  if (n == STUCK && !g_cancellable_is_cancelled (cancellable))
    {
      g_debug ("Nothing came out of the decoder; once more");
      n = decode_ends (file, seconds, cancellable);
    }
  return n > 0;
}

static const DailiesContainer *
sniff_file (GFile *file,
            gsize *length)
{
  g_autofree guint8           *head = g_malloc (DAILIES_SNIFF_BYTES);
  g_autoptr(GFileInputStream)  stream = g_file_read (file, NULL, NULL);

  *length = 0;
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, DAILIES_SNIFF_BYTES, length, NULL, NULL))
    return NULL;

  return dailies_sniff (head, *length);
}

/* What a probe says is meant for who chose a file. Nobody chose this one: what came is said, without advice. */
static GError *
put_for_clip (const GError *cause,
              GFile        *file,
              const char   *name)
{
  const DailiesContainer *container;
  gsize                   length;

  if (!g_error_matches (cause, DAILIES_ERROR, DAILIES_ERROR_MEDIA))
    return g_error_copy (cause);

  container = sniff_file (file, &length);
  if (length == 0)
    return g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("%s is an empty file (0 bytes)."), name);
  if (container == NULL)
    return g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("%s is neither a clip nor a picture."), name);
  return g_error_new (DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                      /* Translators: the second %s is a kind of file: mp4 */
                      _("%s cannot be decoded (%s): it is damaged or cut off, or this computer lacks the decoder for it."), name,
                      container->name);
}

DailiesProbe *
dailies_proof_take (GFile         *file,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(GError)       cause = NULL;
  g_autoptr(DailiesProbe) probe = dailies_probe_file (file, name, cancellable, &cause);

  if (probe == NULL)
    {
      g_propagate_error (error, put_for_clip (cause, file, name));
      return NULL;
    }
  if (probe->kind != DAILIES_MEDIA_VIDEO && probe->kind != DAILIES_MEDIA_IMAGE)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("%s has no picture."), name);
      return NULL;
    }
  if (probe->kind == DAILIES_MEDIA_VIDEO && !can_decode (file, probe->seconds, cancellable))
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA,
                     _("%s says that it is a clip (%s, %.1f s), but its frames cannot be decoded."), name, probe->container->name,
                     probe->seconds);
      return NULL;
    }

  return g_steal_pointer (&probe);
}

gboolean
dailies_proof_is_page (gconstpointer head,
                       gsize         length)
{
  const char *p = head;
  const char *end = p + length;

  if (dailies_sniff (head, length) != NULL)
    return FALSE;
  if (length >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < end && g_ascii_isspace (*p))
    p++;

  return p < end && strchr ("<{[", *p) != NULL && *p != '\0';
}
