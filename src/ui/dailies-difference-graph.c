/* dailies-difference-graph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-difference-graph.h"

#include <cairo.h>
#include <glib/gi18n.h>

#include "dailies-timecode.h"
#include "dailies-tip.h"

/* Application pixels. */
#define HEIGHT 18
/* Less than this at the top of the graph would make noise look like a difference. */
#define LEAST_TOP 0.08

struct _DailiesDifferenceGraph
{
  GtkWidget parent_instance;

  DailiesTimeline   *timeline;
  DailiesDifference *difference;
};

G_DEFINE_FINAL_TYPE (DailiesDifferenceGraph, dailies_difference_graph, GTK_TYPE_WIDGET)

enum
{
  SCRUB,
  HOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- in words --------------------------------------------------------------------------------- */

static char *
dup_words (DailiesDifferenceGraph *self)
{
  const GError    *error = dailies_difference_get_error (self->difference);
  double           fps, value;
  gint64           largest = dailies_difference_get_largest (self->difference, &value);
  g_autofree char *code = NULL;

  g_object_get (self->timeline, "fps", &fps, NULL);
  if (error != NULL && dailies_difference_get_points (self->difference)->len == 0)
    return g_strdup_printf (_ ("The difference of A and B cannot be measured: %s"), error->message);
  if (largest < 0 && dailies_difference_is_complete (self->difference))
    return g_strdup (_ ("A and B look the same throughout."));
  if (largest < 0)
    return g_strdup (_ ("Measuring how much A and B differ…"));

  code = dailies_timecode_format (largest, fps);
  return g_strdup_printf (dailies_difference_is_complete (self->difference)
                            /* Translators: a timecode and a percentage */
                            ? _ ("A and B differ most at %s, by %.0f %%. G goes to the next place where they part.")
                            : _ ("So far A and B differ most at %s, by %.0f %%."),
                          code, value * 100);
}

static void
changed_cb (DailiesDifferenceGraph *self)
{
  g_autofree char *words = dup_words (self);

  dailies_tip_set (GTK_WIDGET (self), words);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- painting --------------------------------------------------------------------------------- */

static void
dailies_difference_graph_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  DailiesDifferenceGraph *self = DAILIES_DIFFERENCE_GRAPH (widget);
  int                     width = gtk_widget_get_width (widget);
  int                     height = gtk_widget_get_height (widget);
  GArray                 *points;
  double                  top, x = 0;
  GdkRGBA                 color;
  cairo_t                *cr;

  if (self->difference == NULL)
    return;
  points = dailies_difference_get_points (self->difference);
  if (points->len == 0)
    return;

  dailies_difference_get_largest (self->difference, &top);
  top = MAX (LEAST_TOP, top);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint i = 0; i < points->len; i++)
    {
      const DailiesDifferencePoint *point = &g_array_index (points, DailiesDifferencePoint, i);

      x = dailies_timeline_get_x (self->timeline, point->time);
      if (i == 0)
        cairo_move_to (cr, x, height);
      cairo_line_to (cr, x, height - 1 - point->value / top * (height - 2));
    }
  cairo_line_to (cr, x, height);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
dailies_difference_graph_measure (GtkWidget     *widget,
                                  GtkOrientation orientation,
                                  int            for_size,
                                  int           *minimum,
                                  int           *natural,
                                  int           *minimum_baseline,
                                  int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : HEIGHT;
}

/* --- pointer ---------------------------------------------------------------------------------- */

static void
scrub_to (DailiesDifferenceGraph *self,
          double                  x)
{
  g_signal_emit (self, signals[SCRUB], 0, dailies_timeline_get_time (self->timeline, x));
}

static void
drag_begin_cb (GtkGestureDrag         *gesture,
               double                  x,
               double                  y,
               DailiesDifferenceGraph *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[HOLD], 0, TRUE);
  scrub_to (self, x);
}

static void
drag_update_cb (GtkGestureDrag         *gesture,
                double                  offset_x,
                double                  offset_y,
                DailiesDifferenceGraph *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    scrub_to (self, x + offset_x);
}

static void
let_go_cb (GtkGesture             *gesture,
           GdkEventSequence       *sequence,
           DailiesDifferenceGraph *self)
{
  g_signal_emit (self, signals[HOLD], 0, FALSE);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_difference_graph_dispose (GObject *object)
{
  DailiesDifferenceGraph *self = DAILIES_DIFFERENCE_GRAPH (object);

  g_clear_object (&self->difference);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (dailies_difference_graph_parent_class)->dispose (object);
}

static void
dailies_difference_graph_class_init (DailiesDifferenceGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dailies_difference_graph_dispose;
  widget_class->snapshot = dailies_difference_graph_snapshot;
  widget_class->measure = dailies_difference_graph_measure;

  signals[SCRUB] = g_signal_new ("scrub", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[HOLD] = g_signal_new ("hold", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "differencegraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dailies_difference_graph_init (DailiesDifferenceGraph *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "end", G_CALLBACK (let_go_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Difference of A and B"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- public ----------------------------------------------------------------------------------- */

GtkWidget *
dailies_difference_graph_new (DailiesTimeline *timeline)
{
  DailiesDifferenceGraph *self = g_object_new (DAILIES_TYPE_DIFFERENCE_GRAPH, NULL);

  self->timeline = g_object_ref (timeline);
  g_signal_connect_object (timeline, "notify::duration", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
dailies_difference_graph_set_difference (DailiesDifferenceGraph *self,
                                         DailiesDifference      *difference)
{
  g_return_if_fail (DAILIES_IS_DIFFERENCE_GRAPH (self));

  if (self->difference == difference)
    return;

  if (self->difference != NULL)
    g_signal_handlers_disconnect_by_func (self->difference, changed_cb, self);
  g_set_object (&self->difference, difference);
  gtk_widget_set_visible (GTK_WIDGET (self), difference != NULL);
  if (difference == NULL)
    return;

  g_signal_connect_object (difference, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
