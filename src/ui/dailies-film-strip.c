/* dailies-film-strip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-film-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-film-frames.h"
#include "dailies-timecode.h"

/* Logical pixels. */
#define HEIGHT 60
#define EDGE 4        /* of the range: how thick its sides are, of which the pointer takes hold … */
#define REACH 9       /* … as far away as this */
#define LINE 2        /* its upper and lower edge, and what is shown now */
#define CORNER 6
/* Frames by which an arrow key steps with Shift. */
#define LEAP 10
/* What is left out. */
#define SHADE 0.62

typedef enum
{
  HOLD_NONE,
  HOLD_IN,
  HOLD_OUT,
  HOLD_WHOLE,
} Hold;

struct _DailiesFilmStrip
{
  GtkWidget          parent_instance;

  DailiesFilmFrames *frames; /* (nullable) */
  DailiesTrimRange   range;
  double             fps;
  int                position;

  Hold               hold;
  gboolean           moved;    /* since it was taken hold of */
  int                held_in;  /* where the range began then */
  double             grip;     /* how far from its edge it was taken hold of */
};

G_DEFINE_FINAL_TYPE (DailiesFilmStrip, dailies_film_strip, GTK_TYPE_WIDGET)

enum
{
  SCRUB,
  STEP,
  RANGE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- geometry --------------------------------------------------------------------------------- */

static double
get_length (DailiesFilmStrip *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
}

/* Where a frame begins; that of @n_frames is the right end. */
static double
get_x (DailiesFilmStrip *self,
       int               frame)
{
  return frame * get_length (self) / self->range.n_frames;
}

static int
get_frame (DailiesFilmStrip *self,
           double            x)
{
  return CLAMP ((int) floor (x * self->range.n_frames / get_length (self)), 0, self->range.n_frames - 1);
}

/* The beginning of a frame that is nearest to @x. */
static int
get_edge (DailiesFilmStrip *self,
          double            x)
{
  return (int) lround (x * self->range.n_frames / get_length (self));
}

static Hold
find_hold (DailiesFilmStrip *self,
           double            x)
{
  double in = get_x (self, self->range.in);
  double out = get_x (self, self->range.out + 1);
  /* In a narrow range there is still a middle. */
  double reach = MIN (REACH, (out - in) / 4 + EDGE);

  if (fabs (x - in) <= reach && fabs (x - in) <= fabs (x - out))
    return HOLD_IN;
  if (fabs (x - out) <= reach)
    return HOLD_OUT;
  /* What is all of the clip cannot go anywhere. */
  return x > in && x < out && dailies_trim_range_is_part (&self->range) ? HOLD_WHOLE : HOLD_NONE;
}

static void
tell_value (DailiesFilmStrip *self)
{
  double fps = self->fps > 0 ? self->fps : 1;
  g_autofree char *now = dailies_timecode_format ((gint64) (self->position * 1e9 / fps), self->fps);
  g_autofree char *in = dailies_timecode_format ((gint64) (self->range.in * 1e9 / fps), self->fps);
  g_autofree char *out = dailies_timecode_format ((gint64) (self->range.out * 1e9 / fps), self->fps);
  /* Translators: timecodes, for a screen reader: which frame is shown, and which are the first and the last that are kept */
  g_autofree char *text = g_strdup_printf (_("%s, kept from %s to %s"), now, in, out);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->range.n_frames / fps,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->position / fps,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
changed (DailiesFilmStrip *self)
{
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- painting --------------------------------------------------------------------------------- */

static void
append_part (GtkSnapshot   *snapshot,
             const GdkRGBA *colour,
             double         from,
             double         to,
             double         y,
             double         height)
{
  if (to > from)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT ((float) from, (float) y, (float) (to - from), (float) height));
}

static void
dailies_film_strip_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  DailiesFilmStrip *self = DAILIES_FILM_STRIP (widget);
  double width = get_length (self);
  double height = gtk_widget_get_height (widget);
  double in = get_x (self, self->range.in);
  double out = get_x (self, self->range.out + 1);
  double now = (get_x (self, self->position) + get_x (self, self->position + 1)) / 2;
  GdkRGBA black = { 0, 0, 0, 1 };
  GdkRGBA shade = { 0, 0, 0, SHADE };
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA yellow;
  GskRoundedRect all, frame;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "warning_bg_color", &yellow))
    gdk_rgba_parse (&yellow, "#e5a50a");

  gsk_rounded_rect_init_from_rect (&all, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height), CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &all);
  append_part (snapshot, &black, 0, width, 0, height);
  if (self->frames != NULL)
    dailies_film_frames_paint (self->frames, snapshot, width, height);
  append_part (snapshot, &shade, 0, in, 0, height);
  append_part (snapshot, &shade, out, width, 0, height);
  gtk_snapshot_pop (snapshot);

  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT ((float) in, 0, (float) MAX (out - in, 2 * EDGE), (float) height),
                                   CORNER);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]) { LINE, EDGE, LINE, EDGE },
                              (GdkRGBA[4]) { yellow, yellow, yellow, yellow });
  append_part (snapshot, &(GdkRGBA) { 0, 0, 0, 0.5 }, now - LINE / 2. - 1, now + LINE / 2. + 1, 0, height);
  append_part (snapshot, &white, now - LINE / 2., now + LINE / 2., 0, height);
}

static void
dailies_film_strip_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : HEIGHT;
}

/* --- pointer and keys ------------------------------------------------------------------------- */

/* What is at the end that moves is what is looked at. */
static void
move_to (DailiesFilmStrip *self,
         double            x,
         double            offset)
{
  DailiesTrimRange before = self->range;
  int shown;

  switch (self->hold)
    {
    case HOLD_IN:
      dailies_trim_range_set_in (&self->range, get_edge (self, x - self->grip));
      shown = self->range.in;
      break;
    case HOLD_OUT:
      dailies_trim_range_set_out (&self->range, get_edge (self, x - self->grip) - 1);
      shown = self->range.out;
      break;
    case HOLD_WHOLE:
      dailies_trim_range_move (&self->range, self->held_in + get_edge (self, offset));
      shown = self->range.in;
      break;
    case HOLD_NONE:
    default:
      shown = get_frame (self, x);
      break;
    }
  if (before.in != self->range.in || before.out != self->range.out)
    g_signal_emit (self, signals[RANGE_CHANGED], 0);
  g_signal_emit (self, signals[SCRUB], 0, shown);
  changed (self);
}

static void
drag_begin_cb (GtkGestureDrag   *gesture,
               double            x,
               double            y,
               DailiesFilmStrip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->hold = find_hold (self, x);
  self->held_in = self->range.in;
  self->grip = x - get_x (self, self->hold == HOLD_OUT ? self->range.out + 1 : self->range.in);
  self->moved = FALSE;
}

static void
drag_update_cb (GtkGestureDrag   *gesture,
                double            offset_x,
                double            offset_y,
                DailiesFilmStrip *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int threshold;
  double x, y;

  g_object_get (settings, "gtk-dnd-drag-threshold", &threshold, NULL);
  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y) || (!self->moved && fabs (offset_x) < threshold))
    return;

  self->moved = TRUE;
  move_to (self, x + offset_x, offset_x);
}

/* Who only clicks wants to see what is there. */
static void
drag_end_cb (GtkGestureDrag   *gesture,
             double            offset_x,
             double            offset_y,
             DailiesFilmStrip *self)
{
  double x, y;

  if (!self->moved && gtk_gesture_drag_get_start_point (gesture, &x, &y))
    g_signal_emit (self, signals[SCRUB], 0, get_frame (self, x));
  self->hold = HOLD_NONE;
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           DailiesFilmStrip         *self)
{
  Hold hold = self->hold != HOLD_NONE ? self->hold : find_hold (self, x);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   hold == HOLD_IN || hold == HOLD_OUT ? "ew-resize" : hold == HOLD_WHOLE ? "grab" : NULL);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                DailiesFilmStrip      *self)
{
  int frames = state & GDK_SHIFT_MASK ? LEAP : 1;
  int second = MAX (1, (int) lround (self->fps));
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (state & GDK_ALT_MASK || (control && keyval != GDK_KEY_Home && keyval != GDK_KEY_End))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_comma:
      g_signal_emit (self, signals[STEP], 0, -frames);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
    case GDK_KEY_period:
      g_signal_emit (self, signals[STEP], 0, frames);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
      g_signal_emit (self, signals[STEP], 0, -second);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
      g_signal_emit (self, signals[STEP], 0, second);
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
      g_signal_emit (self, signals[SCRUB], 0, control ? 0 : self->range.in);
      return GDK_EVENT_STOP;

    case GDK_KEY_End:
      g_signal_emit (self, signals[SCRUB], 0, control ? self->range.n_frames - 1 : self->range.out);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_film_strip_dispose (GObject *object)
{
  DailiesFilmStrip *self = DAILIES_FILM_STRIP (object);

  if (self->frames != NULL)
    dailies_film_frames_stop (self->frames);
  g_clear_object (&self->frames);

  G_OBJECT_CLASS (dailies_film_strip_parent_class)->dispose (object);
}

static void
dailies_film_strip_class_init (DailiesFilmStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_film_strip_dispose;
  widget_class->snapshot = dailies_film_strip_snapshot;
  widget_class->measure = dailies_film_strip_measure;

  signals[SCRUB] = g_signal_new ("scrub", DAILIES_TYPE_FILM_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT);
  signals[STEP] = g_signal_new ("step", DAILIES_TYPE_FILM_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);
  signals[RANGE_CHANGED] = g_signal_new ("range-changed", DAILIES_TYPE_FILM_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "filmstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
dailies_film_strip_init (DailiesFilmStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  dailies_trim_range_init (&self->range, 1, 1, 0, 1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Film strip"), -1);
}

/* --- public ----------------------------------------------------------------------------------- */

GtkWidget *
dailies_film_strip_new (void)
{
  return g_object_new (DAILIES_TYPE_FILM_STRIP, NULL);
}

void
dailies_film_strip_set_clip (DailiesFilmStrip *self,
                             GFile            *clip,
                             double            aspect,
                             double            fps)
{
  g_return_if_fail (DAILIES_IS_FILM_STRIP (self) && self->frames == NULL);
  g_return_if_fail (G_IS_FILE (clip));

  self->fps = fps;
  self->frames = dailies_film_frames_new (clip, aspect, self->range.n_frames / MAX (fps, 1));
  g_signal_connect_object (self->frames, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
dailies_film_strip_set_range (DailiesFilmStrip       *self,
                              const DailiesTrimRange *range)
{
  g_return_if_fail (DAILIES_IS_FILM_STRIP (self));

  self->range = *range;
  changed (self);
}

const DailiesTrimRange *
dailies_film_strip_get_range (DailiesFilmStrip *self)
{
  g_return_val_if_fail (DAILIES_IS_FILM_STRIP (self), NULL);

  return &self->range;
}

void
dailies_film_strip_set_position (DailiesFilmStrip *self,
                                 int               frame)
{
  g_return_if_fail (DAILIES_IS_FILM_STRIP (self));

  frame = CLAMP (frame, 0, self->range.n_frames - 1);
  if (self->position == frame)
    return;
  self->position = frame;
  changed (self);
}

int
dailies_film_strip_get_position (DailiesFilmStrip *self)
{
  g_return_val_if_fail (DAILIES_IS_FILM_STRIP (self), 0);

  return self->position;
}

void
dailies_film_strip_mark_in (DailiesFilmStrip *self,
                            int               frame)
{
  g_return_if_fail (DAILIES_IS_FILM_STRIP (self));

  dailies_trim_range_set_in (&self->range, frame);
  g_signal_emit (self, signals[RANGE_CHANGED], 0);
  changed (self);
}

void
dailies_film_strip_mark_out (DailiesFilmStrip *self,
                             int               frame)
{
  g_return_if_fail (DAILIES_IS_FILM_STRIP (self));

  dailies_trim_range_set_out (&self->range, frame);
  g_signal_emit (self, signals[RANGE_CHANGED], 0);
  changed (self);
}
