/* dailies-element.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"
#include "dailies-element.h"

struct _DailiesElement
{
  GObject       parent_instance;

  DailiesAsset *frontal; /* nullable */
  GListStore   *angles;
  char         *description;
};

G_DEFINE_FINAL_TYPE (DailiesElement, dailies_element, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FRONTAL,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dailies_element_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DailiesElement *self = DAILIES_ELEMENT (object);

  switch (prop_id)
    {
    case PROP_FRONTAL:
      g_value_set_object (value, self->frontal);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_element_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DailiesElement *self = DAILIES_ELEMENT (object);

  switch (prop_id)
    {
    case PROP_FRONTAL:
      dailies_element_set_frontal (self, g_value_get_object (value));
      break;
    case PROP_DESCRIPTION:
      dailies_element_set_description (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_element_dispose (GObject *object)
{
  DailiesElement *self = DAILIES_ELEMENT (object);

  g_clear_object (&self->frontal);
  g_clear_object (&self->angles);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (dailies_element_parent_class)->dispose (object);
}

static void
dailies_element_class_init (DailiesElementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_element_get_property;
  object_class->set_property = dailies_element_set_property;
  object_class->dispose = dailies_element_dispose;

  properties[PROP_FRONTAL] =
    g_param_spec_object ("frontal", NULL, NULL, DAILIES_TYPE_ASSET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_element_init (DailiesElement *self)
{
  self->angles = g_list_store_new (DAILIES_TYPE_ASSET);
  self->description = g_strdup ("");
}

DailiesElement *
dailies_element_new (void)
{
  return g_object_new (DAILIES_TYPE_ELEMENT, NULL);
}

DailiesAsset *
dailies_element_get_frontal (DailiesElement *self)
{
  g_return_val_if_fail (DAILIES_IS_ELEMENT (self), NULL);

  return self->frontal;
}

void
dailies_element_set_frontal (DailiesElement *self,
                             DailiesAsset   *asset)
{
  g_return_if_fail (DAILIES_IS_ELEMENT (self));
  g_return_if_fail (asset == NULL || DAILIES_IS_ASSET (asset));

  if (g_set_object (&self->frontal, asset))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRONTAL]);
}

GListStore *
dailies_element_get_angles (DailiesElement *self)
{
  g_return_val_if_fail (DAILIES_IS_ELEMENT (self), NULL);

  return self->angles;
}

const char *
dailies_element_get_description (DailiesElement *self)
{
  g_return_val_if_fail (DAILIES_IS_ELEMENT (self), NULL);

  return self->description;
}

void
dailies_element_set_description (DailiesElement *self,
                                 const char     *description)
{
  g_return_if_fail (DAILIES_IS_ELEMENT (self));

  if (description == NULL)
    description = "";
  if (g_str_equal (self->description, description))
    return;

  g_free (self->description);
  self->description = g_utf8_make_valid (description, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}
