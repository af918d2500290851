/* dailies-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-figures.h"

struct _DailiesFigures
{
  GtkWidget parent_instance;

  char    *text;
  char    *room; /* the text with the figures that stand for all */
  gboolean ellipsize;
};

G_DEFINE_FINAL_TYPE (DailiesFigures, dailies_figures, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_ELLIPSIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
make_room (const char *text)
{
  char *room = g_strdup (text);

  for (char *c = room; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      *c = '0';
  return room;
}

/* Made anew each time: it is of one line, and nothing has to be kept in step with the style. */
static PangoLayout *
make_layout (DailiesFigures *self,
             const char     *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* All as wide as each other. What a style sheet says of it reaches labels alone. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/* --- widget ----------------------------------------------------------------------------------- */

static void
dailies_figures_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  DailiesFigures *self = DAILIES_FIGURES (widget);
  g_autoptr (PangoLayout) layout = make_layout (self, self->room);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->ellipsize ? 0 : width;
      *natural = width;
      return;
    }

  *minimum = *natural = height;
  *minimum_baseline = *natural_baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));
}

static void
dailies_figures_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  DailiesFigures *self = DAILIES_FIGURES (widget);
  g_autoptr (PangoLayout) layout = make_layout (self, self->text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (widget))
    {
      width = gtk_widget_get_width (widget);
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget),
                              (gtk_widget_get_width (widget) - width) / 2,
                              (gtk_widget_get_height (widget) - height) / 2, layout);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_figures_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DailiesFigures *self = DAILIES_FIGURES (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_ELLIPSIZE:
      g_value_set_boolean (value, self->ellipsize);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_figures_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DailiesFigures *self = DAILIES_FIGURES (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      dailies_figures_set_text (self, g_value_get_string (value));
      break;
    case PROP_ELLIPSIZE:
      if (self->ellipsize == g_value_get_boolean (value))
        return;
      self->ellipsize = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_figures_finalize (GObject *object)
{
  DailiesFigures *self = DAILIES_FIGURES (object);

  g_free (self->text);
  g_free (self->room);

  G_OBJECT_CLASS (dailies_figures_parent_class)->finalize (object);
}

static void
dailies_figures_class_init (DailiesFiguresClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dailies_figures_get_property;
  object_class->set_property = dailies_figures_set_property;
  object_class->finalize = dailies_figures_finalize;
  widget_class->measure = dailies_figures_measure;
  widget_class->snapshot = dailies_figures_snapshot;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_ELLIPSIZE] = g_param_spec_boolean ("ellipsize", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* What a theme says of labels is true of it. */
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
dailies_figures_init (DailiesFigures *self)
{
  self->text = g_strdup ("");
  self->room = g_strdup ("");
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * dailies_figures_set_text:
 * @text: (nullable): %NULL is the same as ""
 *
 * Changes how much room is asked for only where other than figures change.
 */
void
dailies_figures_set_text (DailiesFigures *self,
                          const char     *text)
{
  g_autofree char *room = NULL;

  g_return_if_fail (DAILIES_IS_FIGURES (self));

  text = text != NULL ? text : "";
  if (g_str_equal (self->text, text))
    return;

  room = make_room (text);
  if (g_str_equal (self->room, room))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else
    {
      g_free (self->room);
      self->room = g_steal_pointer (&room);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* Returns: (transfer none) */
const char *
dailies_figures_get_text (DailiesFigures *self)
{
  g_return_val_if_fail (DAILIES_IS_FIGURES (self), NULL);

  return self->text;
}
