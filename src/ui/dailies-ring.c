/* dailies-ring.c: a ring that turns while nobody can say how much is left, with a short text inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "dailies-ring.h"

#define DIAMETER 48
#define THICKNESS 4.0
/* µs: a third of the usual frame rate is smooth enough for a ring and costs a third on software rendering */
#define FRAME_INTERVAL 50000
#define TURN_SECONDS 1.6

struct _DailiesRing
{
  GtkWidget parent_instance;

  GtkWidget *label;
  gboolean   turning;
  double     fraction;
  char      *text;

  guint      tick;
  gint64     drawn; /* frame time, µs */
};

G_DEFINE_FINAL_TYPE (DailiesRing, dailies_ring, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TURNING,
  PROP_FRACTION,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  DailiesRing *self = DAILIES_RING (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (now - self->drawn >= FRAME_INTERVAL)
    {
      self->drawn = now;
      gtk_widget_queue_draw (widget);
    }
  return G_SOURCE_CONTINUE;
}

/* The clock is only asked for while there is something to see. */
static void
update_tick (DailiesRing *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean animations;
  gboolean wanted;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animations, NULL);
  wanted = self->turning && self->fraction < 0 && animations && gtk_widget_get_mapped (widget);
  if (wanted && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  else if (!wanted && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
    }
}

static void
dailies_ring_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dailies_ring_parent_class)->map (widget);
  update_tick (DAILIES_RING (widget));
}

static void
dailies_ring_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dailies_ring_parent_class)->unmap (widget);
  update_tick (DAILIES_RING (widget));
}

static void
draw_arc (cairo_t *cr,
          double   radius,
          double   from,
          double   to,
          GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, THICKNESS);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, 0, 0, radius, from, to);
  cairo_stroke (cr);
}

static void
dailies_ring_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  DailiesRing *self = DAILIES_RING (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double radius = (MIN (width, height) - THICKNESS) / 2.0;
  GdkRGBA track = { 1, 1, 1, 0.18 };
  GdkRGBA accent;
  double from = -G_PI_2;
  double to = from;
  cairo_t *cr;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &accent))
    accent = (GdkRGBA) { 0.21, 0.52, 0.89, 1 };

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  draw_arc (cr, radius, 0, 2 * G_PI, &track);
  if (self->fraction >= 0)
    to = from + 2 * G_PI * self->fraction;
  else if (self->turning)
    {
      from += 2 * G_PI * fmod (self->drawn / 1e6 / TURN_SECONDS, 1.0);
      to = from + G_PI_2 * 1.2;
    }
  if (to > from)
    draw_arc (cr, radius, from, to, &accent);
  cairo_destroy (cr);

  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
dailies_ring_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  int inside;

  gtk_widget_measure (DAILIES_RING (widget)->label, orientation, -1, &inside, NULL, NULL, NULL);
  *minimum = *natural = MAX (DIAMETER, inside + (int) (2 * THICKNESS));
}

static void
dailies_ring_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (DAILIES_RING (widget)->label, width, height, -1, NULL);
}

static void
dailies_ring_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DailiesRing *self = DAILIES_RING (object);

  switch (prop_id)
    {
    case PROP_TURNING:
      g_value_set_boolean (value, self->turning);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_ring_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DailiesRing *self = DAILIES_RING (object);

  switch (prop_id)
    {
    case PROP_TURNING:
      dailies_ring_set_turning (self, g_value_get_boolean (value));
      break;
    case PROP_FRACTION:
      dailies_ring_set_fraction (self, g_value_get_double (value));
      break;
    case PROP_TEXT:
      dailies_ring_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_ring_dispose (GObject *object)
{
  DailiesRing *self = DAILIES_RING (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (dailies_ring_parent_class)->dispose (object);
}

static void
dailies_ring_class_init (DailiesRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_ring_get_property;
  object_class->set_property = dailies_ring_set_property;
  object_class->dispose = dailies_ring_dispose;
  widget_class->map = dailies_ring_map;
  widget_class->unmap = dailies_ring_unmap;
  widget_class->snapshot = dailies_ring_snapshot;
  widget_class->measure = dailies_ring_measure;
  widget_class->size_allocate = dailies_ring_size_allocate;

  properties[PROP_TURNING] = g_param_spec_boolean ("turning", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dailies_ring_init (DailiesRing *self)
{
  self->fraction = -1;
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
dailies_ring_new (void)
{
  return g_object_new (DAILIES_TYPE_RING, NULL);
}

void
dailies_ring_set_turning (DailiesRing *self,
                          gboolean     turning)
{
  g_return_if_fail (DAILIES_IS_RING (self));

  turning = !!turning;
  if (self->turning == turning)
    return;
  self->turning = turning;
  update_tick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TURNING]);
}

void
dailies_ring_set_fraction (DailiesRing *self,
                           double       fraction)
{
  g_return_if_fail (DAILIES_IS_RING (self));

  fraction = fraction < 0 ? -1 : MIN (fraction, 1);
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  update_tick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

void
dailies_ring_set_text (DailiesRing *self,
                       const char  *text)
{
  g_return_if_fail (DAILIES_IS_RING (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
