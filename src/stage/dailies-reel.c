/* dailies-reel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-reel.h"

#include <gst/audio/streamvolume.h>

#include "dailies-reel-engine.h"

struct _DailiesReel
{
  GObject parent_instance;

  DailiesReelEngine *engine; /* NULL once closed */
  GSource           *source; /* brings the engine's news to the context of the creator */
  GstSample         *shown[DAILIES_REEL_MAX_SIDES];
  gboolean           playing;
  gboolean           looping;
  gboolean           muted;
  double             rate;
  double             volume;
  double             shuttle;
  gboolean           preparing;
  gboolean           waiting;
  int                audible;
  int                slips[DAILIES_REEL_MAX_SIDES];
  gint64             times[DAILIES_REEL_MAX_SIDES]; /* of what is shown */
  gint64             range_in;
  gint64             range_out;
  gint64             position;
  gint64             duration;
  guint              n_sides;
};

G_DEFINE_FINAL_TYPE (DailiesReel, dailies_reel, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_RATE,
  PROP_LOOPING,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_N_SIDES,
  PROP_SHUTTLE,
  PROP_PREPARING,
  PROP_WAITING,
  PROP_AUDIBLE,
  PROP_RANGE_IN,
  PROP_RANGE_OUT,
  N_PROPS,
};

enum
{
  FRAME,
  SIDE_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- news from the engine --------------------------------------------------------------------- */

static void
take_state (DailiesReel             *self,
            const DailiesReelReport *report)
{
  g_object_freeze_notify (G_OBJECT (self));

#define TAKE(field, prop)                                                                          \
  if (self->field != report->field)                                                                \
    {                                                                                              \
      self->field = report->field;                                                                 \
      g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);                                \
    }
  TAKE (playing, PROP_PLAYING)
  TAKE (duration, PROP_DURATION)
  TAKE (n_sides, PROP_N_SIDES)
  TAKE (shuttle, PROP_SHUTTLE)
  TAKE (preparing, PROP_PREPARING)
  TAKE (waiting, PROP_WAITING)
  TAKE (range_in, PROP_RANGE_IN)
  TAKE (range_out, PROP_RANGE_OUT)
  if (report->position >= 0)
    {
      TAKE (position, PROP_POSITION)
    }
#undef TAKE

  g_object_thaw_notify (G_OBJECT (self));
}

/* All sides change before any of them is told, so that nobody sees two frames that do not belong
 * together. */
static void
take_frames (DailiesReel             *self,
             const DailiesReelReport *report)
{
  gboolean changed[DAILIES_REEL_MAX_SIDES] = { FALSE };

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      GstSample *sample = report->picked[i];

      if (report->present[i] && sample == NULL)
        continue;

      changed[i] = self->shown[i] != sample;
      g_clear_pointer (&self->shown[i], gst_sample_unref);
      if (sample != NULL)
        self->shown[i] = gst_sample_ref (sample);
      self->times[i] = report->times[i];
    }

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      if (changed[i])
        g_signal_emit (self, signals[FRAME], 0, i);
    }
}

static gboolean
news_cb (gpointer data)
{
  g_autoptr (DailiesReel) self = g_object_ref (data);
  DailiesReelReport report;

  g_source_set_ready_time (self->source, -1);
  dailies_reel_engine_read (self->engine, &report);
  take_state (self, &report);
  take_frames (self, &report);
  for (GList *link = report.failures.head; link != NULL; link = link->next)
    {
      DailiesReelFailure *failure = link->data;

      g_signal_emit (self, signals[SIDE_FAILED], 0, failure->side, failure->error);
    }
  dailies_reel_report_clear (&report);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_news (GSource     *source,
               GSourceFunc  callback,
               gpointer     data)
{
  return callback (data);
}

static GSourceFuncs news_funcs = { .dispatch = dispatch_news };

/* On any thread. */
static void
engine_changed_cb (gpointer data)
{
  g_source_set_ready_time (data, 0);
}

static void
set_sound (DailiesReel *self)
{
  if (self->engine == NULL)
    return;

  dailies_reel_engine_set_sound (self->engine,
                                 gst_stream_volume_convert_volume (GST_STREAM_VOLUME_FORMAT_CUBIC,
                                                                   GST_STREAM_VOLUME_FORMAT_LINEAR,
                                                                   self->volume),
                                 self->muted);
}

static void
set_range (DailiesReel *self,
           gint64      *point,
           gint64       time,
           GParamSpec  *pspec)
{
  if (*point == time)
    return;

  *point = time;
  if (self->engine != NULL && point == &self->range_in)
    dailies_reel_engine_set_range_in (self->engine, time);
  else if (self->engine != NULL)
    dailies_reel_engine_set_range_out (self->engine, time);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_reel_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DailiesReel *self = DAILIES_REEL (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_LOOPING:
      g_value_set_boolean (value, self->looping);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_N_SIDES:
      g_value_set_uint (value, self->n_sides);
      break;
    case PROP_SHUTTLE:
      g_value_set_double (value, self->shuttle);
      break;
    case PROP_PREPARING:
      g_value_set_boolean (value, self->preparing);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    case PROP_AUDIBLE:
      g_value_set_int (value, self->audible);
      break;
    case PROP_RANGE_IN:
      g_value_set_int64 (value, self->range_in);
      break;
    case PROP_RANGE_OUT:
      g_value_set_int64 (value, self->range_out);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_reel_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DailiesReel *self = DAILIES_REEL (object);

  switch (prop_id)
    {
    case PROP_RATE:
      if (self->rate == g_value_get_double (value))
        break;
      self->rate = g_value_get_double (value);
      if (self->engine != NULL)
        dailies_reel_engine_set_rate (self->engine, self->rate);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LOOPING:
      if (self->looping == g_value_get_boolean (value))
        break;
      self->looping = g_value_get_boolean (value);
      if (self->engine != NULL)
        dailies_reel_engine_set_looping (self->engine, self->looping);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_VOLUME:
      if (self->volume == g_value_get_double (value))
        break;
      self->volume = g_value_get_double (value);
      set_sound (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_MUTED:
      if (self->muted == g_value_get_boolean (value))
        break;
      self->muted = g_value_get_boolean (value);
      set_sound (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_AUDIBLE:
      if (self->audible == g_value_get_int (value))
        break;
      self->audible = g_value_get_int (value);
      if (self->engine != NULL)
        dailies_reel_engine_set_audible (self->engine, self->audible);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RANGE_IN:
      set_range (self, &self->range_in, g_value_get_int64 (value), pspec);
      break;
    case PROP_RANGE_OUT:
      set_range (self, &self->range_out, g_value_get_int64 (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_reel_dispose (GObject *object)
{
  dailies_reel_close (DAILIES_REEL (object));

  G_OBJECT_CLASS (dailies_reel_parent_class)->dispose (object);
}

static void
dailies_reel_class_init (DailiesReelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags   both = read | G_PARAM_WRITABLE;

  object_class->get_property = dailies_reel_get_property;
  object_class->set_property = dailies_reel_set_property;
  object_class->dispose = dailies_reel_dispose;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, read);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, read);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, read);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 4, 1, both);
  properties[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, both);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, both);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, both);
  properties[PROP_N_SIDES] =
    g_param_spec_uint ("n-sides", NULL, NULL, 0, DAILIES_REEL_MAX_SIDES, 0, read);
  properties[PROP_SHUTTLE] = g_param_spec_double ("shuttle", NULL, NULL, -4, 4, 0, read);
  properties[PROP_PREPARING] = g_param_spec_boolean ("preparing", NULL, NULL, FALSE, read);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, read);
  properties[PROP_AUDIBLE] =
    g_param_spec_int ("audible", NULL, NULL, -1, DAILIES_REEL_MAX_SIDES - 1, 0, both);
  properties[PROP_RANGE_IN] =
    g_param_spec_int64 ("range-in", NULL, NULL, -1, G_MAXINT64, -1, both);
  properties[PROP_RANGE_OUT] =
    g_param_spec_int64 ("range-out", NULL, NULL, -1, G_MAXINT64, -1, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DailiesReel::frame:
   * @side: which side changed; dailies_reel_dup_frame() gives %NULL once the side is gone
   */
  signals[FRAME] = g_signal_new ("frame",
                                 DAILIES_TYPE_REEL,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_UINT);
  /**
   * DailiesReel::side-failed:
   * @side: the side that is gone now; the others go on
   * @error: a #DailiesError with a sentence for the artist
   */
  signals[SIDE_FAILED] = g_signal_new ("side-failed",
                                       DAILIES_TYPE_REEL,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       2,
                                       G_TYPE_UINT,
                                       G_TYPE_ERROR);
}

static void
dailies_reel_init (DailiesReel *self)
{
  self->rate = self->volume = 1;
  self->range_in = self->range_out = -1;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    self->times[i] = -1;
  self->source = g_source_new (&news_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "dailies reel");
  g_source_set_callback (self->source, news_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->engine = dailies_reel_engine_new (engine_changed_cb, self->source);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_reel_new:
 *
 * Returns: (transfer full): a reel without clips; it tells its news on the thread-default main
 * context of the caller
 */
DailiesReel *
dailies_reel_new (void)
{
  return g_object_new (DAILIES_TYPE_REEL, NULL);
}

/**
 * dailies_reel_set_graphics:
 * @graphics: (nullable): the GL context that its frames are painted with
 *
 * What cannot be brought there is made in memory all the same: a frame may come either way.
 */
void
dailies_reel_set_graphics (DailiesReel     *self,
                           DailiesGraphics *graphics)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_set_graphics (self->engine, graphics);
}

/**
 * dailies_reel_set_file:
 * @side: 0 … %DAILIES_REEL_MAX_SIDES - 1
 * @file: (nullable): the clip; %NULL takes the side away
 *
 * A first clip starts at its beginning, a further one where the others are. What was shown on @side
 * stays until the first frame of @file is there, or "side-failed" comes.
 */
void
dailies_reel_set_file (DailiesReel *self,
                       guint        side,
                       GFile       *file)
{
  g_return_if_fail (DAILIES_IS_REEL (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (self->engine != NULL)
    dailies_reel_engine_set_file (self->engine, side, file);
}

/**
 * dailies_reel_set_lead:
 * @side: the one whose frames are stepped through, and counted by "position"; the first one unless told otherwise
 *
 * While @side has no clip, the first one that has leads.
 */
void
dailies_reel_set_lead (DailiesReel *self,
                       guint        side)
{
  g_return_if_fail (DAILIES_IS_REEL (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  if (self->engine != NULL)
    dailies_reel_engine_set_lead (self->engine, side);
}

/**
 * dailies_reel_play:
 *
 * At the end of the clips, starts over.
 */
void
dailies_reel_play (DailiesReel *self)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_set_playing (self->engine, TRUE);
}

void
dailies_reel_pause (DailiesReel *self)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_set_playing (self->engine, FALSE);
}

/**
 * dailies_reel_seek:
 * @position: ns; lands on the frame that covers it, on the last frame when it lies behind the end
 *
 * While one seek is on its way only the newest of those that follow is kept.
 */
void
dailies_reel_seek (DailiesReel *self,
                   gint64       position)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_seek (self->engine, position);
}

/**
 * dailies_reel_step:
 * @frames: how many frames of the first side, both ways; adds up with steps that are on their way
 */
void
dailies_reel_step (DailiesReel *self,
                   int          frames)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_step (self->engine, frames);
}

/**
 * dailies_reel_get_aim:
 *
 * What somebody means who asked for a place a moment ago and says "here" before it is painted.
 *
 * Returns: ns of the reel: where the seeks and steps that were asked for lead; where there are none, what is shown; 0 nothing is
 */
gint64
dailies_reel_get_aim (DailiesReel *self)
{
  g_return_val_if_fail (DAILIES_IS_REEL (self), 0);

  return self->engine != NULL ? MAX (dailies_reel_engine_get_aim (self->engine), 0) : 0;
}

/**
 * dailies_reel_set_tile:
 * @width: device pixels; 0 for the size of the clip
 * @height: device pixels
 */
void
dailies_reel_set_tile (DailiesReel *self,
                       guint        side,
                       int          width,
                       int          height)
{
  g_return_if_fail (DAILIES_IS_REEL (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  if (self->engine != NULL)
    dailies_reel_engine_set_tile (self->engine, side, MAX (width, 0), MAX (height, 0));
}

/**
 * dailies_reel_dup_frame:
 *
 * Returns: (transfer full) (nullable): the frame to show now
 */
GstSample *
dailies_reel_dup_frame (DailiesReel *self,
                        guint        side)
{
  g_return_val_if_fail (DAILIES_IS_REEL (self), NULL);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, NULL);

  return self->shown[side] != NULL ? gst_sample_ref (self->shown[side]) : NULL;
}

/**
 * dailies_reel_note_seen:
 *
 * What dailies_reel_dup_frame() gives now is on the screen. Who says so gets one frame after the other while the reel plays, also
 * where some have become late; who never does, gets the one that is due.
 */
void
dailies_reel_note_seen (DailiesReel *self)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_note_seen (self->engine);
}

static DailiesReelFormat
get_format (DailiesReel *self,
            guint        side)
{
  DailiesReelFormat format = { 0 };

  g_return_val_if_fail (DAILIES_IS_REEL (self), format);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, format);

  if (self->engine != NULL)
    dailies_reel_engine_get_format (self->engine, side, &format);

  return format;
}

void
dailies_reel_get_size (DailiesReel *self,
                       guint        side,
                       int         *width,
                       int         *height)
{
  DailiesReelFormat format = get_format (self, side);

  *width = format.width;
  *height = format.height;
}

double
dailies_reel_get_fps (DailiesReel *self,
                      guint        side)
{
  return get_format (self, side).fps;
}

gboolean
dailies_reel_has_sound (DailiesReel *self,
                        guint        side)
{
  return get_format (self, side).has_sound;
}

gint64
dailies_reel_get_side_duration (DailiesReel *self,
                                guint        side)
{
  return get_format (self, side).duration;
}

gint64
dailies_reel_get_side_time (DailiesReel *self,
                            guint        side)
{
  g_return_val_if_fail (DAILIES_IS_REEL (self), -1);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, -1);

  return self->shown[side] != NULL ? self->times[side] : -1;
}

/**
 * dailies_reel_shuttle:
 * @speed: -4 … 4; 0 pauses
 *
 * Until the next play or pause. At the end that lies in its way it stops, or goes round where it loops.
 */
void
dailies_reel_shuttle (DailiesReel *self,
                      double       speed)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine != NULL)
    dailies_reel_engine_shuttle (self->engine, CLAMP (speed, -4, 4));
}

/**
 * dailies_reel_set_slip:
 * @frames: of the side's own rate; positive shows later material
 *
 * Where the clip has not begun at a time of the reel, its first frame is held, where it is over, its last.
 */
void
dailies_reel_set_slip (DailiesReel *self,
                       guint        side,
                       int          frames)
{
  g_return_if_fail (DAILIES_IS_REEL (self));
  g_return_if_fail (side < DAILIES_REEL_MAX_SIDES);

  if (self->slips[side] == frames)
    return;

  self->slips[side] = frames;
  if (self->engine != NULL)
    dailies_reel_engine_set_slip (self->engine, side, frames);
}

int
dailies_reel_get_slip (DailiesReel *self,
                       guint        side)
{
  g_return_val_if_fail (DAILIES_IS_REEL (self), 0);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, 0);

  return self->slips[side];
}

/**
 * dailies_reel_close:
 *
 * Stops everything and waits for its threads. A closed reel shows and does nothing any more.
 */
void
dailies_reel_close (DailiesReel *self)
{
  g_return_if_fail (DAILIES_IS_REEL (self));

  if (self->engine == NULL)
    return;

  g_clear_pointer (&self->engine, dailies_reel_engine_free);
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    g_clear_pointer (&self->shown[i], gst_sample_unref);
}
