/* dailies-luma.c
 *
 * The thread hands frames over in batches and holds nothing of the object but a reference to what they share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-luma.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "dailies-codecs.h"
#include "dailies-error.h"
#include "dailies-jog-maker.h"
#include "dailies-jog-threads.h"
#include "dailies-reel-words.h"
#include "dailies-stop.h"

#define BATCH_US (80 * 1000)
#define PULL_NS (100 * GST_MSECOND)
#define MAX_FRAMES (200 * 1000 * 1000 / DAILIES_LUMA_BYTES)
#define MAX_KEPT 4
/* A demuxer that gives up unheard sends nothing, not even an end. */
#define PATIENCE_US (20 * G_USEC_PER_SEC)
/* Between two frames while a reel plays and cores are scarce. */
#define REST_US (80 * 1000)

/* One frame, as the thread hands it over. */
typedef struct
{
  gint64  time;
  guint8 *pixels;
} Frame;

/* What the thread and the object share. */
typedef struct
{
  gatomicrefcount refs;
  char           *uri;
  GMainContext   *context;
  GCancellable   *cancellable;
  DailiesLuma    *self; /* main context only; NULL once it is gone */
} Link;

/* What the thread sends. */
typedef struct
{
  Link     *link;
  GArray   *frames; /* (element-type Frame) */
  gboolean  complete;
  GError   *error;
} Batch;

struct _DailiesLuma
{
  GObject  parent_instance;

  Link    *link;
  char    *key;
  GArray  *frames;
  gint64   first;  /* ns of the first frame in the file */
  gint64   end;    /* ns, behind the last frame; a guess while it grows */
  gboolean complete;
  GError  *error;
};

G_DEFINE_FINAL_TYPE (DailiesLuma, dailies_luma, G_TYPE_OBJECT)

enum
{
  GROWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Main context only: key → DailiesLuma (unowned) of those alive; and the last ones, held. */
static GHashTable *alive;
static GQueue      kept = G_QUEUE_INIT;

static void
frame_clear (gpointer data)
{
  g_free (((Frame *) data)->pixels);
}

static GArray *
new_frames (void)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (Frame));

  g_array_set_clear_func (frames, frame_clear);
  return frames;
}

static void
link_unref (Link *link)
{
  if (!g_atomic_ref_count_dec (&link->refs))
    return;

  g_free (link->uri);
  g_main_context_unref (link->context);
  g_object_unref (link->cancellable);
  g_free (link);
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->frames);
  g_clear_error (&batch->error);
  link_unref (batch->link);
  g_free (batch);
}

/* --- on the main context ---------------------------------------------------------------------- */

static gboolean
take_batch_cb (gpointer data)
{
  Batch       *batch = data;
  DailiesLuma *self = batch->link->self;
  Frame       *last;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (self->frames->len == 0 && batch->frames->len > 0)
    self->first = g_array_index (batch->frames, Frame, 0).time;
  g_array_append_vals (self->frames, batch->frames->data, batch->frames->len);
  /* The pixels have a new owner. */
  g_array_set_clear_func (batch->frames, NULL);

  if (self->frames->len > 1)
    {
      last = &g_array_index (self->frames, Frame, self->frames->len - 1);
      self->end = last->time - self->first + (last->time - (last - 1)->time);
    }
  self->complete = batch->complete;
  self->error = g_steal_pointer (&batch->error);
  g_object_ref (self);
  g_signal_emit (self, signals[GROWN], 0);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

/* --- on the thread ---------------------------------------------------------------------------- */

static void
send (Link     *link,
      GArray  **frames,
      gboolean  complete,
      GError   *error)
{
  Batch *batch = g_new0 (Batch, 1);

  g_atomic_ref_count_inc (&link->refs);
  batch->link = link;
  batch->frames = *frames;
  batch->complete = complete;
  batch->error = error;
  *frames = new_frames ();
  g_main_context_invoke_full (link->context, G_PRIORITY_DEFAULT_IDLE, take_batch_cb, batch, batch_free);
}

/* A decoder with a thread a core would take them from what is being played. */
static void
element_added_cb (GstBin     *bin,
                  GstBin     *inner,
                  GstElement *element)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "max-threads") != NULL)
    g_object_set (element, "max-threads", 1, NULL);
}

static void
no_more_pads_cb (GstElement *source,
                 GstElement *converter)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (converter, "sink");

  if (!gst_pad_is_linked (pad))
    GST_ELEMENT_ERROR (source, STREAM, WRONG_TYPE, ("There is no picture in this file."), (NULL));
}

static GstElement *
make_pipeline (const char  *uri,
               GstElement **sink,
               GError     **error)
{
  GstElement *pipeline, *source, *converter;

  dailies_codecs_mend_faults ();
  pipeline = gst_parse_launch ("uridecodebin name=source caps=\"video/x-raw(ANY)\" expose-all-streams=false !"
                               " videoconvertscale name=converter n-threads=1 add-borders=false !"
                               " video/x-raw,format=GRAY8,width=" G_STRINGIFY (DAILIES_LUMA_WIDTH)
                               ",height=" G_STRINGIFY (DAILIES_LUMA_HEIGHT) " !"
                               " appsink name=sink sync=false max-buffers=4",
                               error);
  if (pipeline == NULL)
    return NULL;

  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  converter = gst_bin_get_by_name (GST_BIN (pipeline), "converter");
  g_object_set (source, "uri", uri, NULL);
  g_signal_connect_object (source, "no-more-pads", G_CALLBACK (no_more_pads_cb), converter, 0);
  gst_object_unref (converter);
  gst_object_unref (source);
  *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (element_added_cb), NULL);
  dailies_jog_threads_use (pipeline);

  return pipeline;
}

static gboolean
take_sample (GstSample *sample,
             GArray    *frames)
{
  GstVideoInfo  info;
  GstVideoFrame mapped;
  GstClockTime  time;
  Frame         frame;

  time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
  if (!GST_CLOCK_TIME_IS_VALID (time) || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return FALSE;

  frame.time = time;
  frame.pixels = g_malloc (DAILIES_LUMA_BYTES);
  for (guint y = 0; y < DAILIES_LUMA_HEIGHT; y++)
    memcpy (frame.pixels + y * DAILIES_LUMA_WIDTH,
            (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0),
            DAILIES_LUMA_WIDTH);
  gst_video_frame_unmap (&mapped);
  g_array_append_val (frames, frame);

  return TRUE;
}

static gboolean
has_failed (GstElement *pipeline,
            GError    **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message == NULL)
    return FALSE;

  gst_message_parse_error (message, error, NULL);
  return TRUE;
}

/* Returns when the clip has ended, failed or is not wanted any more. */
static void
pull_frames (Link       *link,
             GstElement *pipeline,
             GstElement *sink,
             GArray    **frames,
             GError    **error)
{
  gint64 sent = g_get_monotonic_time ();
  gint64 heard = sent;
  guint  n = 0;

  while (n < MAX_FRAMES && !g_cancellable_is_cancelled (link->cancellable))
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), PULL_NS);

      if (sample != NULL)
        n += take_sample (sample, *frames);
      else if (gst_app_sink_is_eos (GST_APP_SINK (sink)))
        return;
      else if (has_failed (pipeline, error))
        return;
      else if (g_get_monotonic_time () - heard > PATIENCE_US)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_MEDIA, _ ("The clip is damaged."));
          return;
        }
      if (sample != NULL)
        {
          dailies_jog_maker_give_way (REST_US);
          heard = g_get_monotonic_time ();
        }

      if ((*frames)->len > 0 && g_get_monotonic_time () - sent > BATCH_US)
        {
          send (link, frames, FALSE, NULL);
          sent = g_get_monotonic_time ();
        }
    }
}

static gpointer
decode (gpointer data)
{
  Link       *link = data;
  g_autoptr (GFile) file = g_file_new_for_uri (link->uri);
  GstElement *pipeline = NULL, *sink = NULL;
  GArray     *frames = new_frames ();
  GError     *error = dailies_reel_find_fault (file);

  dailies_jog_threads_lower ();
  if (error == NULL)
    pipeline = make_pipeline (link->uri, &sink, &error);
  if (pipeline != NULL)
    {
      gst_element_set_state (pipeline, GST_STATE_PLAYING);
      pull_frames (link, pipeline, sink, &frames, &error);
      if (error == NULL)
        has_failed (pipeline, &error);
      dailies_stop (pipeline);
      gst_object_unref (sink);
      gst_object_unref (pipeline);
    }
  send (link, &frames, TRUE, error);
  g_array_unref (frames);
  link_unref (link);

  return NULL;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_luma_finalize (GObject *object)
{
  DailiesLuma *self = DAILIES_LUMA (object);

  if (g_hash_table_lookup (alive, self->key) == self)
    g_hash_table_remove (alive, self->key);
  g_cancellable_cancel (self->link->cancellable);
  self->link->self = NULL;
  link_unref (self->link);
  g_array_unref (self->frames);
  g_free (self->key);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (dailies_luma_parent_class)->finalize (object);
}

static void
dailies_luma_class_init (DailiesLumaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_luma_finalize;

  signals[GROWN] =
    g_signal_new ("grown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_luma_init (DailiesLuma *self)
{
  self->frames = new_frames ();
}

static DailiesLuma *
start (const char *uri)
{
  DailiesLuma *self = g_object_new (DAILIES_TYPE_LUMA, NULL);
  Link        *link = g_new0 (Link, 1);

  g_atomic_ref_count_init (&link->refs);
  g_atomic_ref_count_inc (&link->refs);
  link->uri = g_strdup (uri);
  link->context = g_main_context_ref_thread_default ();
  link->cancellable = g_cancellable_new ();
  link->self = self;
  self->link = link;
  self->key = g_strdup (uri);
  g_hash_table_insert (alive, self->key, self);
  g_thread_unref (g_thread_new ("luma", decode, link));

  return self;
}

/* --- public ----------------------------------------------------------------------------------- */

DailiesLuma *
dailies_luma_get (GFile *file)
{
  g_autofree char *uri = NULL;
  DailiesLuma     *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (alive == NULL)
    alive = g_hash_table_new (g_str_hash, g_str_equal);
  uri = g_file_get_uri (file);
  self = g_hash_table_lookup (alive, uri);
  /* One that failed is tried again: the file may be whole by now. */
  if (self != NULL && self->error != NULL)
    {
      g_hash_table_remove (alive, uri);
      if (g_queue_remove (&kept, self))
        g_object_unref (self);
      self = NULL;
    }
  self = self != NULL ? g_object_ref (self) : start (uri);

  if (g_queue_remove (&kept, self))
    g_object_unref (self);
  g_queue_push_head (&kept, g_object_ref (self));
  while (g_queue_get_length (&kept) > MAX_KEPT)
    g_object_unref (g_queue_pop_tail (&kept));

  return self;
}

void
dailies_luma_clear (void)
{
  while (!g_queue_is_empty (&kept))
    g_object_unref (g_queue_pop_tail (&kept));
}

guint
dailies_luma_get_n_frames (DailiesLuma *self)
{
  g_return_val_if_fail (DAILIES_IS_LUMA (self), 0);

  return self->frames->len;
}

gint64
dailies_luma_get_time (DailiesLuma *self,
                       guint        frame)
{
  g_return_val_if_fail (DAILIES_IS_LUMA (self), 0);
  g_return_val_if_fail (frame < self->frames->len, 0);

  return g_array_index (self->frames, Frame, frame).time - self->first;
}

const guint8 *
dailies_luma_get_pixels (DailiesLuma *self,
                         guint        frame)
{
  g_return_val_if_fail (DAILIES_IS_LUMA (self), NULL);
  g_return_val_if_fail (frame < self->frames->len, NULL);

  return g_array_index (self->frames, Frame, frame).pixels;
}

int
dailies_luma_find (DailiesLuma *self,
                   gint64       time)
{
  guint low = 0, high;

  g_return_val_if_fail (DAILIES_IS_LUMA (self), -1);

  high = self->frames->len;
  if (high == 0 || time < 0)
    return -1;
  if (time >= dailies_luma_get_time (self, high - 1) && (!self->complete || time >= self->end))
    return -1;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (dailies_luma_get_time (self, middle) <= time)
        low = middle;
      else
        high = middle;
    }

  return low;
}

gboolean
dailies_luma_is_complete (DailiesLuma *self)
{
  g_return_val_if_fail (DAILIES_IS_LUMA (self), FALSE);

  return self->complete;
}

const GError *
dailies_luma_get_error (DailiesLuma *self)
{
  g_return_val_if_fail (DAILIES_IS_LUMA (self), NULL);

  return self->error;
}
