/* dailies-sides.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DailiesSides, dailies_sides, GTK_TYPE_WIDGET)

G_DEFINE_ENUM_TYPE (DailiesSidesMode,
                    dailies_sides_mode,
                    G_DEFINE_ENUM_VALUE (DAILIES_SIDES_SINGLE, "single"),
                    G_DEFINE_ENUM_VALUE (DAILIES_SIDES_SIDE_BY_SIDE, "side-by-side"),
                    G_DEFINE_ENUM_VALUE (DAILIES_SIDES_WIPE, "wipe"),
                    G_DEFINE_ENUM_VALUE (DAILIES_SIDES_DIFFERENCE, "difference"),
                    G_DEFINE_ENUM_VALUE (DAILIES_SIDES_ONION, "onion"))

enum
{
  PROP_0,
  PROP_MODE,
  PROP_SOLO,
  PROP_N_SIDES,
  PROP_FLIPPED,
  PROP_GAIN,
  PROP_OPACITY,
  PROP_SAFE_AREAS,
  PROP_MAGNIFYING,
  PROP_ZOOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- frames ----------------------------------------------------------------------------------- */

/* Once per frame of the screen at most, however many the clips have; and not at all while nothing
 * comes. All sides change here and nowhere else, so that no two of them are of different moments.
 */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  DailiesSides *self = DAILIES_SIDES (widget);
  gboolean      resized = FALSE;

  self->tick_id = 0;
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      DailiesFramePaintable *paintable = self->sides[i].paintable;
      g_autoptr (GstSample) sample = dailies_reel_dup_frame (self->reel, self->sides[i].reel_side);
      double before = dailies_sides_get_aspect (self, i);
      int    width, height;

      dailies_reel_get_size (self->reel, self->sides[i].reel_side, &width, &height);
      dailies_frame_paintable_set_size (paintable, width, height);
      dailies_frame_paintable_set_frame (paintable, sample);
      resized = resized || before != dailies_sides_get_aspect (self, i);
    }
  dailies_reel_note_seen (self->reel);
  dailies_sides_update_codes (self);
  dailies_sides_update_zoom (self);
  if (resized)
    gtk_widget_queue_allocate (widget);
  gtk_widget_queue_draw (widget);

  return G_SOURCE_REMOVE;
}

static void
frame_cb (DailiesReel  *reel,
          guint         side,
          DailiesSides *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
dailies_sides_look_changed (DailiesSides *self)
{
  dailies_sides_update_zoom (self);
  dailies_sides_queue_tiles (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/* --- widget ----------------------------------------------------------------------------------- */

static void
dailies_sides_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  DailiesSides *self = DAILIES_SIDES (widget);

  dailies_sides_lay_out (self, width, height);
  dailies_pane_rise_above (self->sides[0].pane,
                           dailies_sides_effective_mode (self) >= DAILIES_SIDES_WIPE ? self->sides[1].pane : NULL,
                           width);
  for (guint i = 0; i < self->n_sides; i++)
    {
      const graphene_rect_t *area = &self->sides[i].area;

      if (gtk_widget_should_layout (GTK_WIDGET (self->sides[i].pane)))
        gtk_widget_size_allocate (
          GTK_WIDGET (self->sides[i].pane),
          &(GtkAllocation){
            area->origin.x, area->origin.y, (int) area->size.width, (int) area->size.height },
          -1);
    }
  dailies_sides_queue_tiles (self);
}

static void
dailies_sides_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
dailies_sides_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  DailiesSides *self = DAILIES_SIDES (widget);

  dailies_sides_paint (self, snapshot);
  for (guint i = 0; i < self->n_sides; i++)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->sides[i].pane), snapshot);
}

/* --- what is written over them ---------------------------------------------------------------- */

/* Who sees two titles at the same height reads the right one as that of the right picture. */
void
dailies_sides_update_panes (DailiesSides *self)
{
  gboolean shared = dailies_sides_effective_mode (self) >= DAILIES_SIDES_WIPE;

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      gtk_widget_set_child_visible (GTK_WIDGET (self->sides[i].pane), dailies_sides_is_seen (self, i));
      dailies_pane_set_at_end (self->sides[i].pane, i == 1 && (shared || self->n_sides == 2));
      dailies_pane_set_shared (self->sides[i].pane, shared);
    }
  dailies_sides_update_titles (self);
  dailies_sides_describe_wipe (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_sides_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DailiesSides *self = DAILIES_SIDES (object);

  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_SOLO:
      g_value_set_uint (value, self->solo);
      break;
    case PROP_N_SIDES:
      g_value_set_uint (value, self->n_sides);
      break;
    case PROP_FLIPPED:
      g_value_set_boolean (value, self->flipped);
      break;
    case PROP_GAIN:
      g_value_set_double (value, self->gain);
      break;
    case PROP_OPACITY:
      g_value_set_double (value, self->opacity);
      break;
    case PROP_SAFE_AREAS:
      g_value_set_boolean (value, self->safe_areas);
      break;
    case PROP_MAGNIFYING:
      g_value_set_boolean (value, self->magnifying);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->look.zoom);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Returns: whether it changed */
static gboolean
take_boolean (gboolean     *field,
              const GValue *value)
{
  gboolean changed = *field != g_value_get_boolean (value);

  *field = g_value_get_boolean (value);
  return changed;
}

static gboolean
take_double (double       *field,
             const GValue *value)
{
  gboolean changed = *field != g_value_get_double (value);

  *field = g_value_get_double (value);
  return changed;
}

static void
dailies_sides_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DailiesSides *self = DAILIES_SIDES (object);
  gboolean      changed = FALSE;

  switch (prop_id)
    {
    case PROP_MODE:
      dailies_sides_set_mode (self, g_value_get_enum (value));
      return;
    case PROP_SOLO:
      changed = self->solo != g_value_get_uint (value);
      self->solo = g_value_get_uint (value);
      break;
    case PROP_FLIPPED:
      changed = take_boolean (&self->flipped, value);
      break;
    case PROP_GAIN:
      changed = take_double (&self->gain, value);
      break;
    case PROP_OPACITY:
      changed = take_double (&self->opacity, value);
      break;
    case PROP_SAFE_AREAS:
      changed = take_boolean (&self->safe_areas, value);
      break;
    case PROP_MAGNIFYING:
      changed = take_boolean (&self->magnifying, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (!changed)
    return;
  dailies_sides_update_panes (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
dailies_sides_dispose (GObject *object)
{
  DailiesSides *self = DAILIES_SIDES (object);
  GtkWidget    *child;

  g_clear_handle_id (&self->tile_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->reel);
  g_clear_object (&self->difference);
  for (guint i = 0; i < G_N_ELEMENTS (self->made_from); i++)
    g_clear_object (&self->made_from[i]);

  G_OBJECT_CLASS (dailies_sides_parent_class)->dispose (object);
}

static void
dailies_sides_finalize (GObject *object)
{
  DailiesSides *self = DAILIES_SIDES (object);

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      g_clear_object (&self->sides[i].paintable);
      g_free (self->sides[i].title);
    }

  G_OBJECT_CLASS (dailies_sides_parent_class)->finalize (object);
}

static void
dailies_sides_class_init (DailiesSidesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags     both = read | G_PARAM_WRITABLE;

  object_class->get_property = dailies_sides_get_property;
  object_class->set_property = dailies_sides_set_property;
  object_class->dispose = dailies_sides_dispose;
  object_class->finalize = dailies_sides_finalize;
  widget_class->measure = dailies_sides_measure;
  widget_class->size_allocate = dailies_sides_size_allocate;
  widget_class->snapshot = dailies_sides_snapshot;

  properties[PROP_MODE] = g_param_spec_enum (
    "mode", NULL, NULL, DAILIES_TYPE_SIDES_MODE, DAILIES_SIDES_SIDE_BY_SIDE, both);
  properties[PROP_SOLO] =
    g_param_spec_uint ("solo", NULL, NULL, 0, DAILIES_REEL_MAX_SIDES - 1, 0, both);
  properties[PROP_N_SIDES] =
    g_param_spec_uint ("n-sides", NULL, NULL, 0, DAILIES_REEL_MAX_SIDES, 0, read);
  properties[PROP_FLIPPED] = g_param_spec_boolean ("flipped", NULL, NULL, FALSE, both);
  properties[PROP_GAIN] = g_param_spec_double ("gain", NULL, NULL, 1, 16, 4, both);
  properties[PROP_OPACITY] = g_param_spec_double ("onion-opacity", NULL, NULL, 0, 1, 0.5, both);
  properties[PROP_SAFE_AREAS] = g_param_spec_boolean ("safe-areas", NULL, NULL, FALSE, both);
  properties[PROP_MAGNIFYING] = g_param_spec_boolean ("magnifying", NULL, NULL, FALSE, both);
  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 1, DAILIES_SIDES_MAX_ZOOM, 1, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "sides");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dailies_sides_init (DailiesSides *self)
{
  self->mode = DAILIES_SIDES_SIDE_BY_SIDE;
  self->look = (DailiesSidesLook){ 1, 0.5, 0.5 };
  self->wipe = (DailiesWipe){ 0.5, 0.5, 0 };
  self->gain = 4;
  self->opacity = 0.5;
  self->difference = dailies_frame_paintable_new ();
  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    {
      self->sides[i].reel_side = i;
      self->sides[i].paintable = dailies_frame_paintable_new ();
      self->sides[i].pane = DAILIES_PANE (dailies_pane_new ());
      gtk_widget_set_parent (GTK_WIDGET (self->sides[i].pane), GTK_WIDGET (self));
    }
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Picture"), -1);
  dailies_sides_follow_pointer (self);
  dailies_sides_update_panes (self);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_sides_new:
 *
 * Returns: (transfer floating): a widget without sides
 */
GtkWidget *
dailies_sides_new (void)
{
  return g_object_new (DAILIES_TYPE_SIDES, NULL);
}

void
dailies_sides_set_reel (DailiesSides *self,
                        DailiesReel  *reel)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (self->reel == NULL);

  self->reel = g_object_ref (reel);
  g_signal_connect_object (reel, "frame", G_CALLBACK (frame_cb), self, 0);
}

void
dailies_sides_set_n_sides (DailiesSides *self,
                           guint         n_sides)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));
  g_return_if_fail (n_sides <= DAILIES_REEL_MAX_SIDES);

  if (self->n_sides == n_sides)
    return;

  self->n_sides = n_sides;
  for (guint i = n_sides; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_pane_set_error (self->sides[i].pane, NULL);
  dailies_sides_update_panes (self);
  dailies_sides_lay_out (
    self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  dailies_sides_fit_tiles (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SIDES]);
}

guint
dailies_sides_get_n_sides (DailiesSides *self)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), 0);

  return self->n_sides;
}

DailiesSidesMode
dailies_sides_get_mode (DailiesSides *self)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), DAILIES_SIDES_SINGLE);

  return self->mode;
}

void
dailies_sides_set_mode (DailiesSides     *self,
                        DailiesSidesMode  mode)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));

  if (self->mode == mode)
    return;

  self->mode = mode;
  dailies_sides_update_panes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

double
dailies_sides_get_zoom (DailiesSides *self)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), 1);

  return self->look.zoom;
}

DailiesPane *
dailies_sides_get_pane (DailiesSides *self,
                        guint         side)
{
  g_return_val_if_fail (DAILIES_IS_SIDES (self), NULL);
  g_return_val_if_fail (side < DAILIES_REEL_MAX_SIDES, NULL);

  return self->sides[side].pane;
}

void
dailies_sides_clear (DailiesSides *self)
{
  g_return_if_fail (DAILIES_IS_SIDES (self));

  for (guint i = 0; i < DAILIES_REEL_MAX_SIDES; i++)
    dailies_frame_paintable_set_frame (self->sides[i].paintable, NULL);
}

const char *
dailies_sides_get_letter (guint side)
{
  static const char *const letters[] = { "A", "B", "C", "D" };

  g_return_val_if_fail (side < G_N_ELEMENTS (letters), "");

  return letters[side];
}
