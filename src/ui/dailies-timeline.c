/* dailies-timeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-timeline.h"

#include <glib/gi18n.h>

#include "dailies-timecode.h"

/* Application pixels. */
#define TRACK_HEIGHT 5
#define HANDLE_RADIUS 8
#define RANGE_REACH 6
#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

struct _DailiesTimeline
{
  GtkWidget parent_instance;

  GtkGesture *drag;
  gint64      position;
  gint64      duration;
  double      fps;
  double      pointer; /* x where the pointer holds it, -1 nowhere */
  gboolean    looping;
  gint64      range[2]; /* its first and its last frame, -1 none */
  int         dragged;  /* which end of the range the pointer holds, -1 none */
};

G_DEFINE_FINAL_TYPE (DailiesTimeline, dailies_timeline, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOPING,
  PROP_FPS,
  PROP_RANGE_IN,
  PROP_RANGE_OUT,
  N_PROPS
};

enum
{
  SCRUB,
  STEP,
  HOLD,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- geometry --------------------------------------------------------------------------------- */

static double
track_length (DailiesTimeline *self)
{
  return MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * HANDLE_RADIUS);
}

/* The last frame lies at the right end, though it begins before the end. */
static double
last_start (DailiesTimeline *self)
{
  double frame = self->fps > 0 ? NS_PER_SECOND / self->fps : 0;

  return MAX (1, self->duration - frame);
}

static double
time_x (DailiesTimeline *self,
        gint64           time)
{
  if (self->duration <= 0)
    return HANDLE_RADIUS;

  return HANDLE_RADIUS + CLAMP (time / last_start (self), 0, 1) * track_length (self);
}

static double
position_x (DailiesTimeline *self)
{
  return time_x (self, self->position);
}

static double
range_x (DailiesTimeline *self,
         int              end)
{
  if (self->range[end] < 0)
    return end == 0 ? HANDLE_RADIUS : HANDLE_RADIUS + track_length (self);

  return time_x (self, self->range[end]);
}

/* The end of the range at @x, -1 none; the handle of the position goes first. */
static int
range_end_at (DailiesTimeline *self,
              double           x)
{
  if (ABS (x - position_x (self)) < HANDLE_RADIUS)
    return -1;
  for (int end = 0; end < 2; end++)
    {
      if (self->range[end] >= 0 && ABS (x - range_x (self, end)) <= RANGE_REACH)
        return end;
    }

  return -1;
}

static gint64
time_at (DailiesTimeline *self,
         double           x)
{
  return (gint64) (CLAMP ((x - HANDLE_RADIUS) / track_length (self), 0, 1) * last_start (self));
}

static void
tell_value (DailiesTimeline *self)
{
  g_autofree char *text = dailies_timecode_format (self->position, self->fps);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) self->duration / NS_PER_SECOND,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) self->position / NS_PER_SECOND,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text,
                                  -1);
}

/* --- painting --------------------------------------------------------------------------------- */

static void
append_pill (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             float          x,
             float          y,
             float          width,
             float          height)
{
  GskRoundedRect pill;

  if (width <= 0)
    return;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, color, &pill.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_loop_ends (DailiesTimeline *self,
                  GtkSnapshot     *snapshot,
                  const GdkRGBA   *color,
                  float            middle)
{
  float right = HANDLE_RADIUS + track_length (self);

  gtk_snapshot_append_color (
    snapshot, color, &GRAPHENE_RECT_INIT (HANDLE_RADIUS - 2, middle - 8, 2, 16));
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (right, middle - 8, 2, 16));
}

static void
append_range (DailiesTimeline *self,
              GtkSnapshot     *snapshot,
              const GdkRGBA   *color,
              float            middle)
{
  float          from = range_x (self, 0);
  float          to = range_x (self, 1);
  float          widths[4] = { 1.5f, 3, 1.5f, 3 };
  GdkRGBA        colors[4] = { *color, *color, *color, *color };
  GskRoundedRect frame;

  gsk_rounded_rect_init_from_rect (
    &frame, &GRAPHENE_RECT_INIT (from - 3, middle - 7, MAX (to - from, 0) + 6, 14), 4);
  gtk_snapshot_append_border (snapshot, &frame, widths, colors);
}

/* A range that the handle would cover: one frame, or a few of a long clip. */
static gboolean
is_range_narrow (DailiesTimeline *self)
{
  return (self->range[0] >= 0 || self->range[1] >= 0) &&
         range_x (self, 1) - range_x (self, 0) < 2 * HANDLE_RADIUS;
}

static void
dailies_timeline_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  DailiesTimeline *self = DAILIES_TIMELINE (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float            middle = gtk_widget_get_height (widget) / 2.f;
  float            x = position_x (self);
  GdkRGBA          track, played, range;

  gtk_style_context_get_color (style, &track);
  track.alpha *= 0.2f;
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &played))
    gdk_rgba_parse (&played, "#3584e4");
  if (!gtk_style_context_lookup_color (style, "warning_bg_color", &range))
    gdk_rgba_parse (&range, "#e5a50a");

  append_pill (snapshot,
               &track,
               HANDLE_RADIUS,
               middle - TRACK_HEIGHT / 2.f,
               track_length (self),
               TRACK_HEIGHT);
  if (self->duration <= 0)
    return;

  append_pill (
    snapshot, &played, HANDLE_RADIUS, middle - TRACK_HEIGHT / 2.f, x - HANDLE_RADIUS, TRACK_HEIGHT);
  if (self->range[0] >= 0 || self->range[1] >= 0)
    append_range (self, snapshot, &range, middle);
  else if (self->looping)
    append_loop_ends (self, snapshot, &range, middle);
  if (self->pointer >= 0)
    gtk_snapshot_append_color (
      snapshot, &played, &GRAPHENE_RECT_INIT (self->pointer - 0.5f, middle - 10, 1, 20));

  /* A rim instead of a shadow: a blur would be made anew with every frame. */
  append_pill (snapshot,
               &(GdkRGBA){ 0, 0, 0, 0.25 },
               x - HANDLE_RADIUS - 1,
               middle - HANDLE_RADIUS - 1,
               2 * HANDLE_RADIUS + 2,
               2 * HANDLE_RADIUS + 2);
  append_pill (snapshot,
               &(GdkRGBA){ 1, 1, 1, 1 },
               x - HANDLE_RADIUS,
               middle - HANDLE_RADIUS,
               2 * HANDLE_RADIUS,
               2 * HANDLE_RADIUS);
  if (is_range_narrow (self))
    append_range (self, snapshot, &range, middle);
}

static void
dailies_timeline_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 8 * HANDLE_RADIUS : 2 * HANDLE_RADIUS + 6;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : *minimum;
}

/* --- pointer and keys ------------------------------------------------------------------------- */

static void
scrub_to (DailiesTimeline *self,
          double           x)
{
  self->pointer = CLAMP (x, HANDLE_RADIUS, HANDLE_RADIUS + track_length (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->duration > 0)
    g_signal_emit (self, signals[SCRUB], 0, time_at (self, x));
}

/* The range keeps at least one frame. */
static void
drag_range_to (DailiesTimeline *self,
               double           x)
{
  gint64 time = time_at (self, x);

  if (self->dragged == 0 && self->range[1] >= 0)
    time = MIN (time, self->range[1]);
  if (self->dragged == 1)
    time = MAX (time, MAX (self->range[0], 0));
  g_object_set (self, self->dragged == 0 ? "range-in" : "range-out", time, NULL);
  g_signal_emit (self, signals[SCRUB], 0, time);
}

static void
drag_begin_cb (GtkGestureDrag  *gesture,
               double           x,
               double           y,
               DailiesTimeline *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[HOLD], 0, TRUE);
  self->dragged = range_end_at (self, x);
  if (self->dragged < 0)
    scrub_to (self, x);
}

static void
drag_update_cb (GtkGestureDrag  *gesture,
                double           offset_x,
                double           offset_y,
                DailiesTimeline *self)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->dragged >= 0)
    drag_range_to (self, x + offset_x);
  else
    scrub_to (self, x + offset_x);
}

static void
let_go_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           DailiesTimeline  *self)
{
  self->pointer = -1;
  self->dragged = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[HOLD], 0, FALSE);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                DailiesTimeline       *self)
{
  if (self->duration <= 0 || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      g_signal_emit (self, signals[STEP], 0, state & GDK_SHIFT_MASK ? -DAILIES_TIMELINE_LEAP : -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      g_signal_emit (self, signals[STEP], 0, state & GDK_SHIFT_MASK ? DAILIES_TIMELINE_LEAP : 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
      g_signal_emit (self, signals[SCRUB], 0, MAX (0, self->position - NS_PER_SECOND));
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
      g_signal_emit (self, signals[SCRUB], 0, MIN (self->duration, self->position + NS_PER_SECOND));
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
      g_signal_emit (self, signals[SCRUB], 0, (gint64) 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_End:
      g_signal_emit (self, signals[SCRUB], 0, self->duration);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
dailies_timeline_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  DailiesTimeline *self = DAILIES_TIMELINE (widget);
  g_autofree char *text = NULL;

  if (self->duration <= 0 || keyboard)
    return FALSE;

  text = dailies_timecode_format (time_at (self, x), self->fps);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_timeline_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DailiesTimeline *self = DAILIES_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_LOOPING:
      g_value_set_boolean (value, self->looping);
      break;
    case PROP_FPS:
      g_value_set_double (value, self->fps);
      break;
    case PROP_RANGE_IN:
    case PROP_RANGE_OUT:
      g_value_set_int64 (value, self->range[prop_id == PROP_RANGE_OUT]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_timeline_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DailiesTimeline *self = DAILIES_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_POSITION:
      if (self->position == g_value_get_int64 (value))
        return;
      self->position = g_value_get_int64 (value);
      break;
    case PROP_DURATION:
      if (self->duration == g_value_get_int64 (value))
        return;
      self->duration = g_value_get_int64 (value);
      break;
    case PROP_LOOPING:
      if (self->looping == g_value_get_boolean (value))
        return;
      self->looping = g_value_get_boolean (value);
      break;
    case PROP_FPS:
      if (self->fps == g_value_get_double (value))
        return;
      self->fps = g_value_get_double (value);
      break;
    case PROP_RANGE_IN:
    case PROP_RANGE_OUT:
      if (self->range[prop_id == PROP_RANGE_OUT] == g_value_get_int64 (value))
        return;
      self->range[prop_id == PROP_RANGE_OUT] = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
dailies_timeline_class_init (DailiesTimelineClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_timeline_get_property;
  object_class->set_property = dailies_timeline_set_property;
  widget_class->snapshot = dailies_timeline_snapshot;
  widget_class->measure = dailies_timeline_measure;
  widget_class->query_tooltip = dailies_timeline_query_tooltip;

  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, flags);
  properties[PROP_FPS] = g_param_spec_double ("fps", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_RANGE_IN] =
    g_param_spec_int64 ("range-in", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_RANGE_OUT] =
    g_param_spec_int64 ("range-out", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SCRUB] = g_signal_new ("scrub",
                                 DAILIES_TYPE_TIMELINE,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_INT64);
  signals[STEP] = g_signal_new ("step",
                                DAILIES_TYPE_TIMELINE,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_INT);
  signals[HOLD] = g_signal_new ("hold",
                                DAILIES_TYPE_TIMELINE,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
dailies_timeline_init (DailiesTimeline *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->pointer = -1;
  self->dragged = -1;
  self->range[0] = self->range[1] = -1;
  self->drag = gtk_gesture_drag_new ();
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (self->drag, "end", G_CALLBACK (let_go_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), -1);
  tell_value (self);
}

/**
 * dailies_timeline_new:
 *
 * Returns: (transfer floating): a timeline of nothing
 */
GtkWidget *
dailies_timeline_new (void)
{
  return g_object_new (DAILIES_TYPE_TIMELINE, NULL);
}

double
dailies_timeline_get_x (DailiesTimeline *self,
                        gint64           time)
{
  g_return_val_if_fail (DAILIES_IS_TIMELINE (self), 0);

  return HANDLE_RADIUS + CLAMP (time / last_start (self), 0, 1) * track_length (self);
}

gint64
dailies_timeline_get_time (DailiesTimeline *self,
                           double           x)
{
  g_return_val_if_fail (DAILIES_IS_TIMELINE (self), 0);

  return time_at (self, x);
}
