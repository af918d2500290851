/* dailies-notes-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-notes-track.h"

#include "dailies-timecode.h"

/* Application pixels. */
#define DOT 8
#define BAR 3
#define REACH 6

struct _DailiesNotesTrack
{
  GtkWidget parent_instance;

  DailiesTimeline *timeline;
  GListModel      *notes;
  gint64           slip;
  double           fps;
};

G_DEFINE_FINAL_TYPE (DailiesNotesTrack, dailies_notes_track, GTK_TYPE_WIDGET)

enum
{
  JUMP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- where they lie --------------------------------------------------------------------------- */

static double
get_x (DailiesNotesTrack *self,
       gint64             time)
{
  return dailies_timeline_get_x (self->timeline, time - self->slip);
}

/* A dot goes before the bar of a range below it. Returns: (transfer full) (nullable) */
static DailiesNote *
find_note (DailiesNotesTrack *self,
           double             x)
{
  g_autoptr (DailiesNote) nearest = NULL;
  double distance = REACH;

  for (guint i = 0; self->notes != NULL && i < g_list_model_get_n_items (self->notes); i++)
    {
      g_autoptr (DailiesNote) note = g_list_model_get_item (self->notes, i);
      double start = get_x (self, dailies_note_get_start (note));
      double away = ABS (x - start);

      if (dailies_note_is_range (note) && x >= start && x <= get_x (self, dailies_note_get_end (note)))
        away = MIN (away, REACH - 1);
      if (away >= distance)
        continue;
      distance = away;
      g_set_object (&nearest, note);
    }

  return g_steal_pointer (&nearest);
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

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, color, &pill.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
dailies_notes_track_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  DailiesNotesTrack *self = DAILIES_NOTES_TRACK (widget);
  float              middle = gtk_widget_get_height (widget) / 2.f;
  GdkRGBA            color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; self->notes != NULL && i < g_list_model_get_n_items (self->notes); i++)
    {
      g_autoptr (DailiesNote) note = g_list_model_get_item (self->notes, i);
      double start = get_x (self, dailies_note_get_start (note));

      if (dailies_note_is_range (note))
        append_pill (snapshot, &color, start, middle - BAR / 2.f,
                     MAX (BAR, get_x (self, dailies_note_get_end (note)) - start), BAR);
      append_pill (snapshot, &color, start - DOT / 2.f, middle - DOT / 2.f, DOT, DOT);
    }
}

static void
dailies_notes_track_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : DOT + 2;
}

/* --- pointer ---------------------------------------------------------------------------------- */

static gboolean
dailies_notes_track_query_tooltip (GtkWidget  *widget,
                                   int         x,
                                   int         y,
                                   gboolean    keyboard,
                                   GtkTooltip *tooltip)
{
  DailiesNotesTrack *self = DAILIES_NOTES_TRACK (widget);
  g_autoptr (DailiesNote) note = keyboard ? NULL : find_note (self, x);
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;

  if (note == NULL)
    return FALSE;

  code = dailies_timecode_format (dailies_note_get_start (note), self->fps);
  text = g_strdup_printf ("%s\n%s", code, dailies_note_get_text (note));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* A note is drawn along the timeline, where one looks for it, and the track has a few pixels of its own. */
static gboolean
timeline_tooltip_cb (GtkWidget         *timeline,
                     int                x,
                     int                y,
                     gboolean           keyboard,
                     GtkTooltip        *tooltip,
                     DailiesNotesTrack *self)
{
  g_autoptr (DailiesNote) note = keyboard ? NULL : find_note (self, x);
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;

  if (note == NULL)
    return FALSE;

  code = dailies_timecode_format (dailies_timeline_get_time (self->timeline, x), self->fps);
  text = g_strdup_printf ("%s\n%s", code, dailies_note_get_text (note));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
pressed_cb (GtkGestureClick   *gesture,
            int                n_press,
            double             x,
            double             y,
            DailiesNotesTrack *self)
{
  g_autoptr (DailiesNote) note = find_note (self, x);

  if (note == NULL)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[JUMP], 0, note);
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           DailiesNotesTrack        *self)
{
  g_autoptr (DailiesNote) note = find_note (self, x);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), note != NULL ? "pointer" : NULL);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_notes_track_dispose (GObject *object)
{
  DailiesNotesTrack *self = DAILIES_NOTES_TRACK (object);

  dailies_notes_track_set_notes (self, NULL);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (dailies_notes_track_parent_class)->dispose (object);
}

static void
dailies_notes_track_class_init (DailiesNotesTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_notes_track_dispose;
  widget_class->snapshot = dailies_notes_track_snapshot;
  widget_class->measure = dailies_notes_track_measure;
  widget_class->query_tooltip = dailies_notes_track_query_tooltip;

  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, DAILIES_TYPE_NOTE);

  gtk_widget_class_set_css_name (widget_class, "notestrack");
  /* The list in the popover of the notes says the same in words. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dailies_notes_track_init (DailiesNotesTrack *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* --- public ----------------------------------------------------------------------------------- */

GtkWidget *
dailies_notes_track_new (DailiesTimeline *timeline)
{
  DailiesNotesTrack *self = g_object_new (DAILIES_TYPE_NOTES_TRACK, NULL);

  self->timeline = g_object_ref (timeline);
  g_signal_connect_object (timeline, "query-tooltip", G_CALLBACK (timeline_tooltip_cb), self, 0);
  g_signal_connect_object (timeline, "notify::duration", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "notify::fps", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
dailies_notes_track_set_notes (DailiesNotesTrack *self,
                               GListModel        *notes)
{
  g_return_if_fail (DAILIES_IS_NOTES_TRACK (self));

  if (self->notes == notes)
    return;

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, gtk_widget_queue_draw, self);
  g_set_object (&self->notes, notes);
  if (notes != NULL)
    g_signal_connect_object (notes, "items-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dailies_notes_track_set_slip (DailiesNotesTrack *self,
                              gint64             slip,
                              double             fps)
{
  g_return_if_fail (DAILIES_IS_NOTES_TRACK (self));

  self->slip = slip;
  self->fps = fps;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
