/* dailies-sentence.c: a text of any length that wraps, and is cheap to measure
 *
 * A GtkLabel that may wrap inside of words finds out how narrow it can be: it lays the text out with one letter a line, and
 * then again for each width that a box around it tries. For two problems of an ordinary length that took 8 to 14 ms of one
 * frame. A sentence asks for a few letters' width whatever it says, and is laid out once for each width it is really given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sentence.h"

/* In letters of the font: below the first a sentence is not to be read, above the second it would rather wrap. */
#define MIN_CHARS 8
#define MAX_CHARS 30

struct _DailiesSentence
{
  GtkWidget    parent_instance;

  PangoLayout *layout;
  /* What the layout was found to be, while neither the text nor the font has changed. A box asks several times a frame. */
  guint        serial; /* of the layout's context */
  int          one_line; /* pixels; -1 not measured yet */
  int          widths[2], heights[2]; /* pixels; the newest first; -1 none */
};

G_DEFINE_FINAL_TYPE (DailiesSentence, dailies_sentence, GTK_TYPE_WIDGET)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Half the font's height is about a letter's width. The metrics would tell more exactly, after all fonts of the language have
 * been looked up. */
static int
measure_chars (DailiesSentence *self,
               int              chars)
{
  PangoContext *context = pango_layout_get_context (self->layout);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double height = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    height *= pango_cairo_context_get_resolution (context) / 72;
  return (int) (height * chars / 2);
}

static void
forget_sizes (DailiesSentence *self)
{
  self->one_line = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (self->widths); i++)
    self->heights[i] = -1;
}

static void
check_font (DailiesSentence *self)
{
  guint serial = pango_context_get_serial (pango_layout_get_context (self->layout));

  if (self->serial != serial)
    forget_sizes (self);
  self->serial = serial;
}

static int
measure_line (DailiesSentence *self)
{
  check_font (self);
  if (self->one_line < 0)
    {
      pango_layout_set_width (self->layout, -1);
      pango_layout_get_pixel_size (self->layout, &self->one_line, NULL);
    }
  return self->one_line;
}

/* @width: in pixels, -1 for any */
static int
measure_height (DailiesSentence *self,
                int              width)
{
  check_font (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->widths); i++)
    if (self->heights[i] >= 0 && self->widths[i] == width)
      return self->heights[i];

  self->widths[1] = self->widths[0];
  self->heights[1] = self->heights[0];
  self->widths[0] = width;
  pango_layout_set_width (self->layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, NULL, &self->heights[0]);
  return self->heights[0];
}

/* Lines begin where the window's language begins its lines, whatever the language of the text. Pango takes left for right, and
 * right for left, in a text that runs against its surroundings. */
static void
set_alignment (DailiesSentence *self)
{
  gboolean to_left = pango_layout_get_direction (self->layout, 0) == PANGO_DIRECTION_RTL;

  pango_layout_set_alignment (self->layout, to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static GtkSizeRequestMode
dailies_sentence_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dailies_sentence_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  DailiesSentence *self = DAILIES_SENTENCE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = measure_chars (self, MIN_CHARS);
      *natural = CLAMP (measure_line (self), *minimum, measure_chars (self, MAX_CHARS));
      return;
    }
  *minimum = measure_height (self, for_size < 0 ? -1 : for_size);
  *natural = for_size < 0 ? measure_height (self, measure_chars (self, MAX_CHARS)) : *minimum;
}

static void
dailies_sentence_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  DailiesSentence *self = DAILIES_SENTENCE (widget);
  int height = measure_height (self, gtk_widget_get_width (widget));

  /* It may have been measured at another width since it got its own. */
  pango_layout_set_width (self->layout, gtk_widget_get_width (widget) * PANGO_SCALE);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), 0,
                              MAX (0, (gtk_widget_get_height (widget) - height) / 2), self->layout);
}

static void
dailies_sentence_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DailiesSentence *self = DAILIES_SENTENCE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, dailies_sentence_get_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_sentence_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DailiesSentence *self = DAILIES_SENTENCE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      dailies_sentence_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_sentence_finalize (GObject *object)
{
  g_clear_object (&DAILIES_SENTENCE (object)->layout);
  G_OBJECT_CLASS (dailies_sentence_parent_class)->finalize (object);
}

static void
dailies_sentence_class_init (DailiesSentenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dailies_sentence_get_property;
  object_class->set_property = dailies_sentence_set_property;
  object_class->finalize = dailies_sentence_finalize;
  widget_class->get_request_mode = dailies_sentence_get_request_mode;
  widget_class->measure = dailies_sentence_measure;
  widget_class->snapshot = dailies_sentence_snapshot;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
dailies_sentence_init (DailiesSentence *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  forget_sizes (self);
}

GtkWidget *
dailies_sentence_new (void)
{
  return g_object_new (DAILIES_TYPE_SENTENCE, NULL);
}

const char *
dailies_sentence_get_text (DailiesSentence *self)
{
  g_return_val_if_fail (DAILIES_IS_SENTENCE (self), NULL);

  return pango_layout_get_text (self->layout);
}

void
dailies_sentence_set_text (DailiesSentence *self,
                           const char      *text)
{
  g_return_if_fail (DAILIES_IS_SENTENCE (self));

  if (g_strcmp0 (pango_layout_get_text (self->layout), text != NULL ? text : "") == 0)
    return;
  pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  set_alignment (self);
  forget_sizes (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
