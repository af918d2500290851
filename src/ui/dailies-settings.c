/* dailies-settings.c: what the program remembers from one run to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-settings.h"

/* The same in a development build: it reads the artist's settings, but keeps its own name on the bus. */
#define SCHEMA_ID "io.github.dailies.Dailies"

struct _DailiesSettings
{
  GObject parent_instance;

  GSettings    *settings; /* (nullable): no schema, no memory */
  char         *service;
  DailiesColors color_scheme;
  gint64        last_shot;
  int           window_width;
  int           window_height;
  gboolean      maximized;
  gboolean      show_shots;
  gboolean      show_composer;
};

G_DEFINE_FINAL_TYPE (DailiesSettings, dailies_settings, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (DailiesColors, dailies_colors,
                    G_DEFINE_ENUM_VALUE (DAILIES_COLORS_DARK, "dark"),
                    G_DEFINE_ENUM_VALUE (DAILIES_COLORS_LIGHT, "light"),
                    G_DEFINE_ENUM_VALUE (DAILIES_COLORS_SYSTEM, "system"))

enum
{
  PROP_0,
  PROP_SERVICE,
  PROP_COLOR_SCHEME,
  PROP_LAST_SHOT,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_MAXIMIZED,
  PROP_SHOW_SHOTS,
  PROP_SHOW_COMPOSER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
bind_settings (DailiesSettings *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed: nothing is remembered.", SCHEMA_ID);
      return;
    }
  self->settings = g_settings_new_full (schema, NULL, NULL);
  /* An older installed schema may lack a key; GSettings would abort over it. */
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->settings, properties[i]->name, self, properties[i]->name, G_SETTINGS_BIND_DEFAULT);
}

static void
dailies_settings_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DailiesSettings *self = DAILIES_SETTINGS (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_string (value, self->service);
      break;
    case PROP_COLOR_SCHEME:
      g_value_set_enum (value, self->color_scheme);
      break;
    case PROP_LAST_SHOT:
      g_value_set_int64 (value, self->last_shot);
      break;
    case PROP_WINDOW_WIDTH:
      g_value_set_int (value, self->window_width);
      break;
    case PROP_WINDOW_HEIGHT:
      g_value_set_int (value, self->window_height);
      break;
    case PROP_MAXIMIZED:
      g_value_set_boolean (value, self->maximized);
      break;
    case PROP_SHOW_SHOTS:
      g_value_set_boolean (value, self->show_shots);
      break;
    case PROP_SHOW_COMPOSER:
      g_value_set_boolean (value, self->show_composer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
take_int (int          *place,
          const GValue *value)
{
  int number = g_value_get_int (value);
  gboolean changed = *place != number;

  *place = number;
  return changed;
}

static gboolean
take_boolean (gboolean     *place,
              const GValue *value)
{
  gboolean flag = g_value_get_boolean (value);
  gboolean changed = *place != flag;

  *place = flag;
  return changed;
}

static void
dailies_settings_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DailiesSettings *self = DAILIES_SETTINGS (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_SERVICE:
      dailies_settings_set_service (self, g_value_get_string (value));
      break;
    case PROP_COLOR_SCHEME:
      changed = self->color_scheme != (DailiesColors) g_value_get_enum (value);
      self->color_scheme = g_value_get_enum (value);
      break;
    case PROP_LAST_SHOT:
      dailies_settings_set_last_shot (self, g_value_get_int64 (value));
      break;
    case PROP_WINDOW_WIDTH:
      changed = take_int (&self->window_width, value);
      break;
    case PROP_WINDOW_HEIGHT:
      changed = take_int (&self->window_height, value);
      break;
    case PROP_MAXIMIZED:
      changed = take_boolean (&self->maximized, value);
      break;
    case PROP_SHOW_SHOTS:
      changed = take_boolean (&self->show_shots, value);
      break;
    case PROP_SHOW_COMPOSER:
      changed = take_boolean (&self->show_composer, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
dailies_settings_constructed (GObject *object)
{
  G_OBJECT_CLASS (dailies_settings_parent_class)->constructed (object);

  bind_settings (DAILIES_SETTINGS (object));
}

static void
dailies_settings_finalize (GObject *object)
{
  DailiesSettings *self = DAILIES_SETTINGS (object);

  g_clear_object (&self->settings);
  g_free (self->service);

  G_OBJECT_CLASS (dailies_settings_parent_class)->finalize (object);
}

static void
dailies_settings_class_init (DailiesSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = dailies_settings_constructed;
  object_class->finalize = dailies_settings_finalize;
  object_class->get_property = dailies_settings_get_property;
  object_class->set_property = dailies_settings_set_property;

  properties[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, "practice", flags);
  properties[PROP_COLOR_SCHEME] = g_param_spec_enum ("color-scheme", NULL, NULL, DAILIES_TYPE_COLORS,
                                                     DAILIES_COLORS_DARK, flags);
  properties[PROP_LAST_SHOT] = g_param_spec_int64 ("last-shot", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 0, G_MAXINT16, 1440, flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 0, G_MAXINT16, 900, flags);
  properties[PROP_MAXIMIZED] = g_param_spec_boolean ("maximized", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_SHOTS] = g_param_spec_boolean ("show-shots", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_COMPOSER] = g_param_spec_boolean ("show-composer", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_settings_init (DailiesSettings *self)
{
  self->service = g_strdup ("practice");
  self->window_width = 1440;
  self->window_height = 900;
  self->show_shots = TRUE;
  self->show_composer = TRUE;
}

DailiesSettings *
dailies_settings_new (void)
{
  return g_object_new (DAILIES_TYPE_SETTINGS, NULL);
}

const char *
dailies_settings_get_service (DailiesSettings *self)
{
  g_return_val_if_fail (DAILIES_IS_SETTINGS (self), NULL);

  return self->service;
}

void
dailies_settings_set_service (DailiesSettings *self,
                              const char      *service)
{
  g_return_if_fail (DAILIES_IS_SETTINGS (self));
  g_return_if_fail (service != NULL);

  if (g_str_equal (self->service, service))
    return;
  g_free (self->service);
  self->service = g_strdup (service);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE]);
}

DailiesColors
dailies_settings_get_color_scheme (DailiesSettings *self)
{
  g_return_val_if_fail (DAILIES_IS_SETTINGS (self), DAILIES_COLORS_DARK);

  return self->color_scheme;
}

gint64
dailies_settings_get_last_shot (DailiesSettings *self)
{
  g_return_val_if_fail (DAILIES_IS_SETTINGS (self), 0);

  return self->last_shot;
}

void
dailies_settings_set_last_shot (DailiesSettings *self,
                                gint64           shot_id)
{
  g_return_if_fail (DAILIES_IS_SETTINGS (self));

  if (self->last_shot == shot_id)
    return;
  self->last_shot = shot_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SHOT]);
}
