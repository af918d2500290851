/* dailies-render-edit.c: footage in, the same footage regraded out, references inset, sound kept or dropped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-render.h"

#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include <math.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-slate.h"
#include "dailies-stop.h"

typedef struct
{
  const DailiesLook *look;
  GPtrArray         *insets; /* (element-type DailiesPicture) */
  DailiesPicture    *slate;
  DailiesGrade      *grade;
  GstVideoInfo       info;
  double             seconds;
} Edit;

/* What the pipeline has to know before it is built. */
typedef struct
{
  int      width;
  int      height;
  double   seconds;
  double   fps;
  gboolean sound;
} Footage;

static gboolean
is_turned (GstDiscovererInfo *info)
{
  g_autofree char  *orientation = NULL;
  const GstTagList *tags = gst_discoverer_info_get_tags (info);

  return tags != NULL && gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation)
         && (g_str_has_suffix (orientation, "rotate-90") || g_str_has_suffix (orientation, "rotate-270"));
}

static gboolean
look_at (const char *path,
         Footage    *footage,
         GError    **error)
{
  g_autoptr (GstDiscoverer)     discoverer = gst_discoverer_new (20 * GST_SECOND, error);
  g_autofree char              *uri = gst_filename_to_uri (path, error);
  g_autoptr (GstDiscovererInfo) info = NULL;
  GList                        *videos, *sounds;

  if (discoverer == NULL || uri == NULL)
    return FALSE;

  info = gst_discoverer_discover_uri (discoverer, uri, error);
  if (info == NULL)
    return FALSE;

  videos = gst_discoverer_info_get_video_streams (info);
  sounds = gst_discoverer_info_get_audio_streams (info);
  if (videos != NULL)
    {
      GstDiscovererVideoInfo *video = videos->data;
      guint                   par_n = MAX (gst_discoverer_video_info_get_par_num (video), 1);
      guint                   par_d = MAX (gst_discoverer_video_info_get_par_denom (video), 1);

      footage->width = (int) (gst_discoverer_video_info_get_width (video) * par_n / par_d);
      footage->height = (int) gst_discoverer_video_info_get_height (video);
      if (is_turned (info))
        {
          int width = footage->width;

          footage->width = footage->height;
          footage->height = width;
        }
      footage->seconds = (double) gst_discoverer_info_get_duration (info) / GST_SECOND;
      footage->sound = sounds != NULL;
      footage->fps = (double) gst_discoverer_video_info_get_framerate_num (video) /
                     MAX (gst_discoverer_video_info_get_framerate_denom (video), 1);
      if (footage->fps <= 0)
        footage->fps = DAILIES_ENCODER_FPS;
    }
  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (sounds);

  if (footage->width > 0 && footage->height > 0)
    return TRUE;

  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _("The source video holds no picture"));

  return FALSE;
}

static void
draw_insets (Edit           *self,
             DailiesPicture *frame,
             double          t)
{
  double margin = MIN (frame->width, frame->height) * 0.03;
  double x = margin;

  for (guint i = 0; i < self->insets->len; i++)
    {
      DailiesPicture *card = g_ptr_array_index (self->insets, i);
      double          arrived = dailies_ease ((t - 0.03 - 0.04 * i) / 0.08);

      x += card->width * 0.42;
      dailies_picture_draw (frame, card, x, frame->height - margin - card->height * (0.42 - 0.2 * (1 - arrived)),
                            1, arrived * 0.94);
      x += card->width * 0.42;
    }
}

/* Streaming thread. The frame is graded where it lies. */
static GstPadProbeReturn
frame_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         user_data)
{
  Edit          *self = user_data;
  GstBuffer     *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstVideoFrame  mapped;
  DailiesPicture frame = { .memory = NULL };
  double         t;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  if (self->info.finfo == NULL)
    {
      g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

      if (caps == NULL || !gst_video_info_from_caps (&self->info, caps))
        return GST_PAD_PROBE_OK;
      self->grade = dailies_grade_new (self->look, self->info.width, self->info.height);
    }
  if (!gst_video_frame_map (&mapped, &self->info, buffer, GST_MAP_READWRITE))
    return GST_PAD_PROBE_OK;

  frame.width = self->info.width;
  frame.height = self->info.height;
  for (int p = 0; p < DAILIES_PLANE_ALPHA; p++)
    frame.planes[p] = (DailiesPlane){
      GST_VIDEO_FRAME_PLANE_DATA (&mapped, p), GST_VIDEO_FRAME_COMP_WIDTH (&mapped, p),
      GST_VIDEO_FRAME_COMP_HEIGHT (&mapped, p), GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, p),
    };
  t = self->seconds > 0 && GST_BUFFER_PTS_IS_VALID (buffer)
      ? CLAMP ((double) GST_BUFFER_PTS (buffer) / GST_SECOND / self->seconds, 0, 1) : 0;
  dailies_grade_apply (self->grade, &frame, t, 1);
  draw_insets (self, &frame, t);
  dailies_render_stamp (&frame, self->slate);
  gst_video_frame_unmap (&mapped);

  return GST_PAD_PROBE_OK;
}

static GstElement *
make_pipeline (const DailiesRenderTask *task,
               const char              *path,
               int                      width,
               int                      height,
               double                   fps,
               gboolean                 sound,
               Edit                    *edit,
               GError                 **error)
{
  g_autofree char *h264 = NULL;
  g_autofree char *heard = NULL;
  g_autofree char *launch = NULL;
  GstElement      *pipeline;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) shape = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad)     pad = NULL;

  h264 = dailies_codecs_describe_h264 (
    DAILIES_CODECS_QUICK, width, height, fps, error);
  if (h264 == NULL)
    return NULL;
  if (sound)
    {
      g_autofree char *aac = dailies_codecs_describe_aac (NULL, error);

      if (aac == NULL)
        return NULL;
      heard = g_strdup_printf ("decode. ! queue ! audioconvert ! audioresample ! "
                               "audio/x-raw,channels=[1,2] ! %s ! queue ! mux.",
                               aac);
    }
  launch = g_strdup_printf ("filesrc name=source ! decodebin name=decode "
                            "decode. ! queue ! videoflip video-direction=auto ! videoconvertscale "
                            "! capsfilter name=shape caps=video/x-raw,format=I420,width=%d,height=%d,"
                            "pixel-aspect-ratio=1/1 ! %s ! queue "
                            "! mp4mux name=mux faststart=true ! filesink name=sink %s",
                            width, height, h264, heard != NULL ? heard : "");
  pipeline = gst_parse_launch (launch, error);
  if (pipeline == NULL)
    return NULL;

  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  shape = gst_bin_get_by_name (GST_BIN (pipeline), "shape");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (source, "location", task->video, NULL);
  g_object_set (sink, "location", path, NULL);
  pad = gst_element_get_static_pad (shape, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, frame_cb, edit, NULL);

  return pipeline;
}

gboolean
dailies_render_edit (const DailiesRenderTask *task,
                     const DailiesLook       *look,
                     const char              *path,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  Edit                   edit = { .look = look };
  Footage                footage = { 0 };
  g_autoptr (GstElement) pipeline = NULL;
  guint64                chain = look->seed;
  double                 scale;
  int                    width, height, short_side;
  gboolean               done;

  if (!look_at (task->video, &footage, error))
    return FALSE;

  scale = MIN (1.0, (double) task->short_side / MIN (footage.width, footage.height));
  width = 2 * (int) lrint (footage.width * scale / 2);
  height = 2 * (int) lrint (footage.height * scale / 2);
  short_side = MIN (width, height);
  edit.seconds = footage.seconds;
  pipeline = make_pipeline (
    task, path, width, height, footage.fps, task->keep_audio && footage.sound, &edit, error);
  if (pipeline == NULL)
    return FALSE;

  edit.slate = dailies_slate_new (short_side);
  edit.insets = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_picture_free);
  for (guint i = 0; i < MIN (task->pictures->len, 4); i++)
    g_ptr_array_add (edit.insets,
                     dailies_slate_new_card (g_ptr_array_index (task->pictures, i), short_side / 5,
                                             (dailies_look_chance (&chain) - 0.5) * 0.1));

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  done = dailies_encoder_wait (pipeline, cancellable, error);
  dailies_stop (pipeline);

  g_ptr_array_unref (edit.insets);
  dailies_picture_free (edit.slate);
  dailies_grade_free (edit.grade);

  return done;
}
