/* dailies-reel-side.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel-side-private.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>

#include "dailies-codecs.h"
#include "dailies-reel-gap.h"
#include "dailies-reel-sound.h"
#include "dailies-shrink.h"
#include "dailies-stop.h"

/* Enough for four sides to agree on a frame; each costs a picture of tile size, on the card one of the size of the clip. A fast
 * side beside a slow one waits for more than one of the slow one's frames, where they are not too large for that. */
#define RING_LENGTH 4
#define RING_NS     (125 * GST_MSECOND)
#define RING_MOST   32
#define RING_BYTES  (96 * 1024 * 1024)

/* --- frames --------------------------------------------------------------------------- */

static void
frame_free (gpointer data)
{
  DailiesReelFrame *frame = data;

  gst_sample_unref (frame->sample);
  g_free (frame);
}

static DailiesReelFrame *
frame_new (DailiesReelSide *self,
           GstSample       *sample)
{
  const GstSegment *segment = gst_sample_get_segment (sample);
  GstBuffer        *buffer = gst_sample_get_buffer (sample);
  DailiesReelFrame *frame = g_new0 (DailiesReelFrame, 1);

  /* A copy: appsink 1.22 writes to the sample that it gave away. */
  frame->sample = gst_sample_new (buffer, gst_sample_get_caps (sample), segment, NULL);
  dailies_reel_side_place (self, segment, buffer, frame);

  return frame;
}

/* With the lock. */
static guint
get_ring_length (DailiesReelSide *self)
{
  guint64 length = RING_NS / dailies_reel_grid_length (&self->grid);
  guint64 bytes = dailies_reel_tile_count_bytes (&self->tile, self->on_card != NULL);

  length = MIN (length, RING_BYTES / MAX (1, bytes));

  return (guint) CLAMP (length, RING_LENGTH, RING_MOST);
}

/* With the lock. */
static void
trim_ring (DailiesReelSide *self)
{
  guint length = get_ring_length (self);

  while (g_queue_get_length (&self->ring) > length)
    {
      DailiesReelFrame *oldest = g_queue_pop_head (&self->ring);

      if (!self->entering)
        self->pace->gone = MAX (self->pace->gone, oldest->end);
      frame_free (oldest);
    }
}

/* --- size of the picture ---------------------------------------------------------------------- */

/* Returns: whether pictures of another size come from now on */
gboolean
dailies_reel_side_update_tile (DailiesReelSide *self)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstCaps) old = NULL;

  if (self->filter == NULL)
    return FALSE;

  g_mutex_lock (self->lock);
  caps = dailies_reel_tile_get_caps (&self->tile);
  g_mutex_unlock (self->lock);

  if (caps == NULL)
    return FALSE;

  g_object_get (self->filter, "caps", &old, NULL);
  if (old != NULL && gst_caps_is_equal (old, caps))
    return FALSE;

  g_object_set (self->filter, "caps", caps, NULL);
  return TRUE;
}

static void
read_caps (DailiesReelSide *self,
           GstCaps         *caps)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;

  g_mutex_lock (self->lock);
  self->tile.width = GST_VIDEO_INFO_WIDTH (&info);
  self->tile.height = GST_VIDEO_INFO_HEIGHT (&info);
  self->tile.par_n = GST_VIDEO_INFO_PAR_N (&info);
  self->tile.par_d = GST_VIDEO_INFO_PAR_D (&info);
  dailies_reel_grid_set_rate (&self->grid, GST_VIDEO_INFO_FPS_N (&info), GST_VIDEO_INFO_FPS_D (&info));
  g_mutex_unlock (self->lock);
  dailies_reel_side_update_tile (self);
}

static void
read_tags (DailiesReelSide *self,
           GstTagList      *tags)
{
  GstVideoOrientationMethod method;

  if (!gst_video_orientation_from_tag (tags, &method))
    return;

  g_mutex_lock (self->lock);
  self->tile.orientation = method;
  g_mutex_unlock (self->lock);
  dailies_reel_side_update_tile (self);
}

/* --- streaming threads ------------------------------------------------------------------------ */

static GstPadProbeReturn
decoded_probe_cb (GstPad          *pad,
                  GstPadProbeInfo *info,
                  gpointer         data)
{
  DailiesReelSide *self = data;
  GstEvent        *event = GST_PAD_PROBE_INFO_EVENT (info);

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    {
      GstCaps *caps;

      gst_event_parse_caps (event, &caps);
      read_caps (self, caps);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_TAG)
    {
      GstTagList *tags;

      gst_event_parse_tag (event, &tags);
      read_tags (self, tags);
    }
  else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    {
      const GstSegment *segment;

      gst_event_parse_segment (event, &segment);
      self->decoded_base = (gint64) segment->base;
    }

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
sink_probe_cb (GstPad          *pad,
               GstPadProbeInfo *info,
               gpointer         data)
{
  DailiesReelSide *self = data;
  GstEventType     type = GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info));

  /* In the thread that brings the frames, too, so that they are placed before they are scaled. */
  if (type == GST_EVENT_SEGMENT)
    {
      gst_event_copy_segment (GST_PAD_PROBE_INFO_EVENT (info), &self->segment);
      self->shift = (gint64) self->segment.base - self->decoded_base;
    }
  if (type != GST_EVENT_FLUSH_STOP && type != GST_EVENT_EOS && type != GST_EVENT_SEGMENT_DONE)
    return GST_PAD_PROBE_OK;

  g_mutex_lock (self->lock);
  if (type == GST_EVENT_FLUSH_STOP)
    {
      g_queue_clear_full (&self->ring, frame_free);
      self->behind = FALSE;
      self->reached = -1;
      self->late_since = 0;
    }
  self->at_end = type == GST_EVENT_EOS;
  self->through = type != GST_EVENT_FLUSH_STOP;
  self->serial++;
  g_mutex_unlock (self->lock);

  if (type != GST_EVENT_FLUSH_STOP)
    self->func (self->data);

  return GST_PAD_PROBE_OK;
}

static GstFlowReturn
take_sample (DailiesReelSide *self,
             GstSample       *taken)
{
  g_autoptr (GstSample) sample = taken;
  DailiesReelFrame *newest, *frame;

  if (sample == NULL)
    return GST_FLOW_OK;

  g_mutex_lock (self->lock);
  newest = g_queue_peek_tail (&self->ring);
  if (newest != NULL && gst_sample_get_buffer (newest->sample) == gst_sample_get_buffer (sample))
    {
      /* The frame that was shown while paused comes again when playing goes on. */
      g_mutex_unlock (self->lock);
      return GST_FLOW_OK;
    }
  frame = frame_new (self, sample);
  g_queue_push_tail (&self->ring, frame);
  trim_ring (self);
  dailies_reel_side_note_pace (self, frame);
  self->serial++;
  g_mutex_unlock (self->lock);

  self->func (self->data);
  return GST_FLOW_OK;
}

static GstFlowReturn
new_preroll_cb (GstAppSink *sink,
                gpointer    data)
{
  return take_sample (data, gst_app_sink_try_pull_preroll (sink, 0));
}

static GstFlowReturn
new_sample_cb (GstAppSink *sink,
               gpointer    data)
{
  return take_sample (data, gst_app_sink_try_pull_sample (sink, 0));
}

/* --- building --------------------------------------------------------------------------------- */

static void
watch_pad (GstElement          *element,
           const char          *name,
           GstPadProbeType      type,
           GstPadProbeCallback  callback,
           DailiesReelSide     *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  gst_pad_add_probe (pad, type, callback, self, NULL);
}

static void
link_sound (DailiesReelSide *self,
            GstPad          *pad)
{
  g_autoptr (GstPad) sink = NULL;
  DailiesReelFader *fader;
  GstElement       *sound;

  if (self->sound != NULL)
    return;

  sound = dailies_reel_sound_new (self->with_device, &fader);
  if (sound == NULL)
    return;

  g_mutex_lock (self->lock);
  self->sound = sound;
  self->fader = fader;
  dailies_reel_fader_set_gain (fader, self->gain);
  g_mutex_unlock (self->lock);

  gst_bin_add (GST_BIN (self->bin), sound);
  gst_element_sync_state_with_parent (sound);
  sink = gst_element_get_static_pad (sound, "sink");
  dailies_reel_rounds_watch (&self->rounds, self->lock, sink);
  gst_pad_link (pad, sink);
}

static void
pad_added_cb (GstElement      *source,
              GstPad          *pad,
              DailiesReelSide *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->queue, "sink");
  const char *name;

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;

  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  if (g_str_has_prefix (name, "audio/"))
    {
      link_sound (self, pad);
    }
  else if (g_str_has_prefix (name, "video/") && !gst_pad_is_linked (sink) &&
           GST_PAD_LINK_SUCCESSFUL (gst_pad_link (pad, sink)))
    {
      g_mutex_lock (self->lock);
      self->has_video = TRUE;
      g_mutex_unlock (self->lock);
    }
}

/* (nullable): the kind of clip that says that it can be sought, and then shows any frame but the one that was meant. The demuxer of an
 * MPEG program stream guesses where a time is by how much of the file lies before it. */
static const char *
find_unsteppable (const GstStructure *type)
{
  gboolean system = FALSE;

  if (gst_structure_has_name (type, "image/gif"))
    return _ ("GIF");
  if (gst_structure_has_name (type, "video/mpeg") && gst_structure_get_boolean (type, "systemstream", &system) && system)
    /* Translators: a kind of file: .mpg, .vob */
    return _ ("MPEG program stream");

  return NULL;
}

/* Asked of each stream, whether it can be decoded or not. A GIF is refused here, before a demuxer for it opens: the one of
 * gst-libav leaks when it is closed while it opens, and this side closes as soon as it is known what it is. */
static gboolean
autoplug_continue_cb (GstElement      *source,
                      GstPad          *pad,
                      GstCaps         *caps,
                      DailiesReelSide *self)
{
  const GstStructure *type;
  const char         *unsteppable;

  /* Of a picture with a picture of its transparency beside it nothing is known at first. */
  if (gst_caps_get_size (caps) == 0)
    return TRUE;

  type = gst_caps_get_structure (caps, 0);
  if (g_str_has_prefix (gst_structure_get_name (type), "audio/"))
    g_atomic_int_set (&self->has_sound, TRUE);
  unsteppable = find_unsteppable (type);
  if (unsteppable != NULL)
    {
      g_atomic_pointer_set (&self->unsteppable, (char *) unsteppable);
      self->func (self->data);
      return FALSE;
    }

  return TRUE;
}

static void
no_more_pads_cb (GstElement      *source,
                 DailiesReelSide *self)
{
  g_mutex_lock (self->lock);
  self->exposed = TRUE;
  g_mutex_unlock (self->lock);
  self->func (self->data);
}

static void
element_added_cb (GstBin          *source,
                  GstBin          *bin,
                  GstElement      *element,
                  DailiesReelSide *self)
{
  dailies_reel_side_watch_element (self, element);
}

static GstElement *
make_source (DailiesReelSide *self)
{
  GstElement      *source = gst_element_factory_make ("uridecodebin", NULL);
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw(ANY);audio/x-raw(ANY)");

  g_object_set (source, "uri", uri, "caps", caps, "expose-all-streams", FALSE, NULL);
  dailies_codecs_make_exact (source);
  dailies_reel_gap_guard (source);
  g_signal_connect (source, "autoplug-continue", G_CALLBACK (autoplug_continue_cb), self);
  g_signal_connect (source, "deep-element-added", G_CALLBACK (element_added_cb), self);
  g_signal_connect (source, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);

  return source;
}

static GstElement *
make_sink (DailiesReelSide *self)
{
  GstElement         *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_preroll = new_preroll_cb, .new_sample = new_sample_cb };

  /* No quality of service of its own: where painting is slow, it drops frames that would still have been seen, and on each
   * side others. */
  g_object_set (sink,
                "sync", TRUE,
                "qos", FALSE,
                "max-buffers", 1,
                "drop", TRUE,
                "enable-last-sample", FALSE,
                NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);

  return sink;
}

/* From what was decoded to what is painted, in memory and in the size of the pane. Returns: the first element; @last: (out) */
static GstElement *
add_shrink (DailiesReelSide *self,
            GstElement     **last)
{
  GstElement *shrink = dailies_shrink_new ();
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);

  self->filter = gst_element_factory_make ("capsfilter", NULL);
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  /* Without a tag it would copy each frame; with one it thinks anew. */
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (flip), TRUE);
  gst_bin_add_many (GST_BIN (self->bin), shrink, self->filter, flip, NULL);
  gst_element_link_many (shrink, self->filter, flip, NULL);
  *last = flip;

  return shrink;
}

/* The same on the graphics card, in the size of the clip. */
static GstElement *
add_graphics (DailiesReelSide *self,
              DailiesGraphics *graphics,
              GstElement     **last)
{
  self->on_card = dailies_graphics_make_converter (graphics);
  gst_bin_add (GST_BIN (self->bin), self->on_card);
  *last = self->on_card;

  return self->on_card;
}

/**
 * dailies_reel_side_new:
 * @graphics: (nullable): where pictures are to stay on the graphics card
 * @with_device: %FALSE sends the sound nowhere, in step with the clock
 * @lock: guards the rings of all sides and @pace; must outlive the side
 * @pace: what all sides keep to; must outlive the side
 * @func: called on streaming threads
 *
 * Returns: (transfer full): a branch that is not in any pipeline yet
 */
DailiesReelSide *
dailies_reel_side_new (GFile               *file,
                       DailiesGraphics     *graphics,
                       gboolean             with_device,
                       GMutex              *lock,
                       DailiesReelPace     *pace,
                       DailiesReelSideFunc  func,
                       gpointer             data)
{
  DailiesReelSide *self = g_new0 (DailiesReelSide, 1);
  GstElement      *first, *last;
  g_autoptr (GstPad) pad = NULL;

  self->file = g_object_ref (file);
  self->with_device = with_device;
  self->lock = lock;
  self->pace = pace;
  self->func = func;
  self->data = data;
  self->last_frame = self->end_low = self->end_none = self->reached = -1;
  g_queue_init (&self->ring);

  self->bin = gst_object_ref_sink (gst_bin_new (NULL));
  self->source = make_source (self);
  self->queue = gst_element_factory_make ("queue", NULL);
  g_object_set (
    self->queue, "max-size-buffers", 3, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  self->sink = make_sink (self);
  gst_bin_add_many (GST_BIN (self->bin), self->source, self->queue, self->sink, NULL);
  first = graphics != NULL ? add_graphics (self, graphics, &last) : add_shrink (self, &last);
  gst_element_link (self->queue, first);
  gst_element_link (last, self->sink);
  watch_pad (first, "sink", GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, decoded_probe_cb, self);
  watch_pad (first, "sink", GST_PAD_PROBE_TYPE_BUFFER, dailies_reel_side_pace_cb, self);
  /* The order counts: what the rounds make an end must be seen as an end by the sink. */
  pad = gst_element_get_static_pad (last, "src");
  dailies_reel_rounds_watch (&self->rounds, self->lock, pad);
  watch_pad (self->sink,
             "sink",
             GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
             sink_probe_cb,
             self);

  return self;
}

/* Its element must be out of the pipeline. Waits for its streaming threads. */
void
dailies_reel_side_free (DailiesReelSide *self)
{
  dailies_stop (self->bin);
  g_clear_pointer (&self->fader, gst_object_unref);
  g_clear_pointer (&self->bin, gst_object_unref);
  g_queue_clear_full (&self->ring, frame_free);
  g_clear_object (&self->file);
  g_clear_pointer (&self->missing, g_free);
  g_clear_pointer (&self->grid.starts, g_array_unref);
  g_free (self);
}

GstElement *
dailies_reel_side_get_element (DailiesReelSide *self)
{
  return self->bin;
}

gboolean
dailies_reel_side_owns (DailiesReelSide *self,
                        GstObject       *object)
{
  return object == GST_OBJECT (self->bin) ||
         gst_object_has_as_ancestor (object, GST_OBJECT (self->bin));
}

gboolean
dailies_reel_side_owns_sound (DailiesReelSide *self,
                              GstObject       *object)
{
  return self->sound != NULL && gst_object_has_as_ancestor (object, GST_OBJECT (self->sound));
}

/* Whether its pictures are on the graphics card. */
gboolean
dailies_reel_side_is_on_card (DailiesReelSide *self)
{
  return self->on_card != NULL;
}
