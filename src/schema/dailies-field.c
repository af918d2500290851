/* dailies-field.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dailies-field-private.h"

struct _DailiesField
{
  GObject           parent_instance;
  DailiesFieldInfo *info;
};

G_DEFINE_FINAL_TYPE (DailiesField, dailies_field, G_TYPE_OBJECT)

static const DailiesMediaLimits no_limits = {
  .max_megabytes = -1,
  .warn_megabytes = -1,
  .min_width = -1,
  .min_height = -1,
  .min_short_side = -1,
  .max_short_side = -1,
  .min_ratio = -1,
  .max_ratio = -1,
  .min_seconds = -1,
  .max_seconds = -1,
  .min_fps = -1,
  .max_fps = -1,
};

static void
add_part (GPtrArray *parts,
          char      *part)
{
  if (part != NULL)
    g_ptr_array_add (parts, part);
}

static char *
join_parts (GPtrArray *parts)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
describe_seconds (const DailiesMediaLimits *limits)
{
  if (limits->min_seconds >= 0 && limits->max_seconds >= 0)
    /* Translators: a range of seconds, "3–10 s" */
    return g_strdup_printf (_("%g–%g s"), limits->min_seconds, limits->max_seconds);
  if (limits->max_seconds >= 0)
    return g_strdup_printf (_("up to %g s"), limits->max_seconds);
  if (limits->min_seconds >= 0)
    return g_strdup_printf (_("at least %g s"), limits->min_seconds);
  return NULL;
}

static char *
describe_short_side (const DailiesMediaLimits *limits)
{
  if (limits->min_short_side >= 0 && limits->max_short_side >= 0)
    /* Translators: a range of heights of a video, "720p–2160p" */
    return g_strdup_printf (_("%dp–%dp"), limits->min_short_side, limits->max_short_side);
  if (limits->max_short_side >= 0)
    return g_strdup_printf (_("up to %dp"), limits->max_short_side);
  if (limits->min_short_side >= 0)
    return g_strdup_printf (_("%dp or more"), limits->min_short_side);
  return NULL;
}

static char *
describe_size (const DailiesMediaLimits *limits)
{
  if (limits->max_megabytes < 0)
    return NULL;
  if (limits->max_megabytes_strict)
    return g_strdup_printf (_("under %g MB"), limits->max_megabytes);
  return g_strdup_printf (_("up to %g MB"), limits->max_megabytes);
}

static char *
describe_angles (DailiesFieldInfo *info)
{
  if (info->min_angles >= 0 && info->max_angles > info->min_angles)
    return g_strdup_printf (_("a frontal image and %d–%d other angles"), info->min_angles,
                            info->max_angles);
  if (info->max_angles >= 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "a frontal image and up to %d other angle",
                                         "a frontal image and up to %d other angles",
                                         info->max_angles),
                            info->max_angles);
  return g_strdup (_("a frontal image and other angles"));
}

static char *
describe_range (DailiesFieldInfo *info)
{
  if (!isnan (info->minimum) && !isnan (info->maximum))
    return g_strdup_printf (_("%g to %g"), info->minimum, info->maximum);
  if (!isnan (info->minimum))
    return g_strdup_printf (_("%g or more"), info->minimum);
  if (!isnan (info->maximum))
    return g_strdup_printf (_("%g or less"), info->maximum);
  return NULL;
}

static char *
describe_items (DailiesFieldInfo *info)
{
  switch (info->item)
    {
    case DAILIES_WIRE_INTEGER:
      return g_strdup (_("whole numbers, separated by commas"));
    case DAILIES_WIRE_NUMBER:
      return g_strdup (_("numbers, separated by commas"));
    case DAILIES_WIRE_BOOLEAN:
      return g_strdup (_("true or false, several separated by commas"));
    case DAILIES_WIRE_STRING:
      return g_strdup (_("words, separated by commas"));
    case DAILIES_WIRE_ARRAY:
    case DAILIES_WIRE_OBJECT:
    default:
      return g_strdup (_("a JSON list, […]"));
    }
}

static void
dailies_field_finalize (GObject *object)
{
  DailiesField *self = DAILIES_FIELD (object);

  g_clear_pointer (&self->info, dailies_field_info_free);

  G_OBJECT_CLASS (dailies_field_parent_class)->finalize (object);
}

static void
dailies_field_class_init (DailiesFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_field_finalize;
}

static void
dailies_field_init (DailiesField *self)
{
}

void
dailies_element_shape_free (DailiesElementShape *self)
{
  g_free (self->frontal);
  g_free (self->angles);
  g_free (self->images);
  g_free (self->description);
  g_clear_pointer (&self->constants, json_object_unref);
  g_free (self);
}

DailiesFieldInfo *
dailies_field_info_new (const char *name)
{
  DailiesFieldInfo *self = g_new0 (DailiesFieldInfo, 1);

  self->name = g_strdup (name);
  self->title = g_strdup ("");
  self->description = g_strdup ("");
  self->minimum = NAN;
  self->maximum = NAN;
  self->min_items = -1;
  self->max_items = -1;
  self->min_angles = -1;
  self->max_angles = -1;
  self->limits = no_limits;

  return self;
}

void
dailies_field_info_free (DailiesFieldInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_free (self->fallback);
  g_strfreev (self->choices);
  g_strfreev (self->limits.containers);
  g_free (self->mention);
  g_clear_pointer (&self->shape, dailies_element_shape_free);
  g_free (self);
}

gboolean
dailies_field_role_is_media (DailiesFieldRole role)
{
  return role >= DAILIES_FIELD_ROLE_IMAGE && role <= DAILIES_FIELD_ROLE_AUDIOS;
}

gboolean
dailies_field_role_is_list (DailiesFieldRole role)
{
  return role == DAILIES_FIELD_ROLE_IMAGES || role == DAILIES_FIELD_ROLE_VIDEOS ||
         role == DAILIES_FIELD_ROLE_AUDIOS || role == DAILIES_FIELD_ROLE_ELEMENTS;
}

DailiesField *
dailies_field_new_take (DailiesFieldInfo *info)
{
  DailiesField *self = g_object_new (DAILIES_TYPE_FIELD, NULL);

  self->info = info;

  return self;
}

const char *
dailies_field_get_name (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->name;
}

const char *
dailies_field_get_title (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->title;
}

const char *
dailies_field_get_description (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->description;
}

DailiesFieldRole
dailies_field_get_role (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), DAILIES_FIELD_ROLE_TEXT);

  return self->info->role;
}

DailiesWireType
dailies_field_get_wire_type (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), DAILIES_WIRE_STRING);

  return self->info->wire;
}

DailiesWireType
dailies_field_get_item_type (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), DAILIES_WIRE_STRING);

  return self->info->item;
}

gboolean
dailies_field_is_value_list (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), FALSE);

  return self->info->wire == DAILIES_WIRE_ARRAY && self->info->role == DAILIES_FIELD_ROLE_TEXT;
}

gboolean
dailies_field_is_required (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), FALSE);

  return self->info->required;
}

gboolean
dailies_field_is_media (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), FALSE);

  return dailies_field_role_is_media (self->info->role);
}

gboolean
dailies_field_is_list (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), FALSE);

  return dailies_field_role_is_list (self->info->role);
}

gboolean
dailies_field_is_url (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), FALSE);

  return self->info->url;
}

const char *
dailies_field_get_default (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->fallback;
}

const char * const *
dailies_field_get_choices (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return (const char * const *) self->info->choices;
}

double
dailies_field_get_minimum (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NAN);

  return self->info->minimum;
}

double
dailies_field_get_maximum (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NAN);

  return self->info->maximum;
}

int
dailies_field_get_min_items (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), -1);

  return self->info->min_items;
}

int
dailies_field_get_max_items (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), -1);

  return self->info->max_items;
}

const DailiesMediaLimits *
dailies_field_get_limits (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->limited ? &self->info->limits : NULL;
}

int
dailies_field_get_min_angles (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), -1);

  return self->info->min_angles;
}

int
dailies_field_get_max_angles (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), -1);

  return self->info->max_angles;
}

const DailiesElementShape *
dailies_field_get_element_shape (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->shape;
}

const char *
dailies_field_get_mention (DailiesField *self)
{
  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  return self->info->mention;
}

/* Footage is chosen by its length and height, so those come alone where they are known: the line
 * has to fit
 * beside the title. */
char *
dailies_field_dup_accepts (DailiesField *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  DailiesFieldInfo *info;

  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);

  info = self->info;
  if (info->role == DAILIES_FIELD_ROLE_ELEMENTS)
    add_part (parts, describe_angles (info));
  else if (info->role == DAILIES_FIELD_ROLE_NUMBER)
    add_part (parts, describe_range (info));
  else if (dailies_field_is_value_list (self))
    {
      add_part (parts, describe_items (info));
      add_part (parts, describe_range (info));
    }
  else if (info->limited)
    {
      add_part (parts, describe_seconds (&info->limits));
      add_part (parts, describe_short_side (&info->limits));
      if (parts->len < 2)
        {
          if (info->limits.containers != NULL && info->limits.containers[0] != NULL)
            g_ptr_array_insert (parts, 0, g_strjoinv (", ", info->limits.containers));
          add_part (parts, describe_size (&info->limits));
        }
    }

  return join_parts (parts);
}

char *
dailies_field_dup_value_label (DailiesField *self,
                               const char   *value)
{
  g_autofree char *words = NULL;
  g_autofree char *first = NULL;
  const char      *name;

  g_return_val_if_fail (DAILIES_IS_FIELD (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  name = self->info->name;
  if ((g_str_equal (name, "duration") || g_str_has_suffix (name, "seconds")) && *value != '\0' &&
      strspn (value, "0123456789.") == strlen (value))
    /* Translators: seconds */
    return g_strdup_printf (_ ("%s s"), value);
  if (*value == '\0')
    return g_strdup (_ ("None"));
  words = g_strdelimit (g_strdup (value), "_", ' ');
  first = g_utf8_strup (words, g_utf8_next_char (words) - words);
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}
