/* dailies-dialect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-dialect.h"
#include "dailies-error.h"
#include "dailies-guess.h"
#include "dailies-json.h"
#include "dailies-limits.h"
#include "dailies-schema-json.h"

#define MAX_FIELDS 200
#define MAX_CHOICES 500
#define MAX_TEXT 4000

/* What the artist brings comes first, then what they say about it, then the settings. */
static int
rank_role (DailiesFieldRole role)
{
  switch (role)
    {
    case DAILIES_FIELD_ROLE_IMAGE:
    case DAILIES_FIELD_ROLE_VIDEO:
    case DAILIES_FIELD_ROLE_AUDIO:
      return 0;
    case DAILIES_FIELD_ROLE_ELEMENTS:
      return 1;
    case DAILIES_FIELD_ROLE_IMAGES:
    case DAILIES_FIELD_ROLE_VIDEOS:
    case DAILIES_FIELD_ROLE_AUDIOS:
      return 2;
    case DAILIES_FIELD_ROLE_PROMPT:
      return 3;
    case DAILIES_FIELD_ROLE_TEXT:
    case DAILIES_FIELD_ROLE_CHOICE:
    case DAILIES_FIELD_ROLE_NUMBER:
    case DAILIES_FIELD_ROLE_SWITCH:
    default:
      return 4;
    }
}

/* Fields become what is accepted of them; `"anyOf": [{…}, {"type": "null"}]` is the optional one of
 * its kind.
 * Returns: (transfer full) */
static JsonObject *
flatten_property (JsonObject *property)
{
  static const char *const unions[] = { "anyOf", "oneOf", "allOf" };
  JsonObject *flat = json_object_new ();

  for (guint u = 0; u < G_N_ELEMENTS (unions); u++)
    {
      JsonArray *array = dailies_schema_json_get_array (property, unions[u]);

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        {
          JsonNode      *node = json_array_get_element (array, i);
          JsonObjectIter iter;
          const char    *name;
          JsonNode      *member;

          if (!JSON_NODE_HOLDS_OBJECT (node) ||
              g_strcmp0 (dailies_schema_json_get_string (json_node_get_object (node), "type"),
                         "null") == 0)
            continue;

          json_object_iter_init (&iter, json_node_get_object (node));
          while (json_object_iter_next (&iter, &name, &member))
            json_object_set_member (flat, name, json_node_copy (member));
          break;
        }
    }

  {
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *member;

    json_object_iter_init (&iter, property);
    while (json_object_iter_next (&iter, &name, &member))
      json_object_set_member (flat, name, json_node_copy (member));
  }

  return flat;
}

static char *
dup_type (JsonObject *property)
{
  g_auto (GStrv) types = NULL;

  if (dailies_schema_json_get_string (property, "type") != NULL)
    return g_strdup (dailies_schema_json_get_string (property, "type"));

  types = dailies_schema_json_dup_strv (property, "type");
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    if (!g_str_equal (types[i], "null"))
      return g_strdup (types[i]);

  return NULL;
}

/* What a property without a type seems to be. */
static DailiesWireType
guess_wire_by_value (JsonObject *property)
{
  JsonArray *choices = dailies_schema_json_get_array (property, "enum");
  JsonNode  *sample = json_object_get_member (property, "default");

  if (choices != NULL && json_array_get_length (choices) > 0)
    sample = json_array_get_element (choices, 0);
  if (json_object_has_member (property, "items"))
    return DAILIES_WIRE_ARRAY;
  if (json_object_has_member (property, "properties"))
    return DAILIES_WIRE_OBJECT;
  if (sample == NULL || JSON_NODE_HOLDS_NULL (sample))
    return DAILIES_WIRE_STRING;
  if (JSON_NODE_HOLDS_ARRAY (sample))
    return DAILIES_WIRE_ARRAY;
  if (JSON_NODE_HOLDS_OBJECT (sample))
    return DAILIES_WIRE_OBJECT;

  switch (json_node_get_value_type (sample))
    {
    case G_TYPE_INT64:
      return DAILIES_WIRE_INTEGER;
    case G_TYPE_DOUBLE:
      return DAILIES_WIRE_NUMBER;
    case G_TYPE_BOOLEAN:
      return DAILIES_WIRE_BOOLEAN;
    default:
      return DAILIES_WIRE_STRING;
    }
}

static char **
dup_choices (JsonObject *property)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = dailies_schema_json_get_array (property, "enum");
  guint      count = 0;

  if (array == NULL)
    {
      g_autofree char *only = dailies_schema_json_dup_scalar (json_object_get_member (property,
                                                                                      "const"));

      if (only == NULL)
        return NULL;
      g_strv_builder_add (builder, only);
      return g_strv_builder_end (builder);
    }

  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_CHOICES); i++)
    {
      g_autofree char *choice = dailies_schema_json_dup_scalar (json_array_get_element (array, i));

      if (choice == NULL)
        continue;
      g_strv_builder_add (builder, choice);
      count++;
    }

  return count > 0 ? g_strv_builder_end (builder) : NULL;
}

/* `items` is a schema, or the map of properties itself. */
static JsonObject *
find_item_properties (JsonObject *property)
{
  JsonObject *items = dailies_json_get_object (property, "items");
  JsonObject *properties = dailies_json_get_object (items, "properties");

  if (properties != NULL)
    return properties;

  return items != NULL && dailies_dialect_is_schema (items) ? items : NULL;
}

static DailiesFieldInfo *read_property (const char *name,
                                        JsonObject *source,
                                        gboolean    nested);

static void
add_to_shape (DailiesFieldInfo *element,
              DailiesFieldInfo *part,
              JsonObject       *source)
{
  DailiesElementShape *shape = element->shape;

  if (part->role == DAILIES_FIELD_ROLE_IMAGE && shape->frontal == NULL)
    {
      shape->frontal = g_strdup (part->name);
      if (part->limited)
        {
          g_strfreev (element->limits.containers);
          element->limits = part->limits;
          element->limited = TRUE;
          part->limits.containers = NULL;
        }
    }
  else if (part->role == DAILIES_FIELD_ROLE_IMAGES && shape->angles == NULL)
    {
      shape->angles = g_strdup (part->name);
      element->min_angles = part->min_items;
      element->max_angles = part->max_items;
      if (part->limited && !element->limited)
        {
          element->limits = part->limits;
          element->limited = TRUE;
          part->limits.containers = NULL;
        }
    }
  else if (part->role == DAILIES_FIELD_ROLE_CHOICE && part->choices[1] == NULL)
    {
      JsonArray *only = dailies_schema_json_get_array (source, "enum");
      JsonNode  *value = only != NULL ? json_array_get_element (only, 0)
                                      : json_object_get_member (source, "const");

      if (shape->constants == NULL)
        shape->constants = json_object_new ();
      json_object_set_member (shape->constants, part->name, json_node_copy (value));
    }
  else if (part->wire == DAILIES_WIRE_STRING && shape->description == NULL &&
           (part->role == DAILIES_FIELD_ROLE_TEXT ||
            part->role == DAILIES_FIELD_ROLE_PROMPT) && !part->url)
    {
      shape->description = g_strdup (part->name);
      shape->needs_description = part->required;
    }
}

/* An array of objects is elements where one object takes pictures. */
static gboolean
read_element (DailiesFieldInfo *info,
              JsonObject       *source,
              JsonObject       *properties)
{
  JsonObject    *items = dailies_json_get_object (source, "items");
  g_auto (GStrv) required = items != NULL ? dailies_schema_json_dup_strv (items, "required") : NULL;
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;

  info->shape = g_new0 (DailiesElementShape, 1);
  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autoptr (DailiesFieldInfo) part = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (member))
        continue;
      part = read_property (name, json_node_get_object (member), TRUE);
      part->required |= required != NULL && g_strv_contains ((const char *const *) required, name);
      add_to_shape (info, part, json_node_get_object (member));
    }

  if (info->shape->frontal == NULL && info->shape->angles == NULL)
    {
      g_clear_pointer (&info->shape, dailies_element_shape_free);
      return FALSE;
    }

  if (info->shape->frontal == NULL)
    {
      info->shape->images = g_steal_pointer (&info->shape->angles);
      info->min_angles = info->min_angles > 0 ? info->min_angles - 1 : info->min_angles;
      info->max_angles = info->max_angles > 0 ? info->max_angles - 1 : info->max_angles;
    }
  else if (info->shape->angles == NULL)
    info->min_angles = info->max_angles = 0;

  info->role = DAILIES_FIELD_ROLE_ELEMENTS;
  return TRUE;
}

static void
read_role (DailiesFieldInfo *info,
           JsonObject       *property,
           gboolean          nested)
{
  const char *format = dailies_schema_json_get_string (property, "format");
  JsonObject *items = dailies_json_get_object (property, "items");
  JsonObject *item_properties = find_item_properties (property);
  gboolean    list = info->wire == DAILIES_WIRE_ARRAY;
  gboolean    of_strings = items == NULL ||
                        (item_properties == NULL &&
                         dailies_guess_wire_type (dailies_schema_json_get_string (items, "type"),
                                                  DAILIES_WIRE_STRING) == DAILIES_WIRE_STRING);

  info->role = DAILIES_FIELD_ROLE_TEXT;
  if (list && format == NULL)
    format = dailies_schema_json_get_string (items, "format");

  if (list && item_properties != NULL && !nested && read_element (info, property, item_properties))
    return;

  if (info->choices == NULL && (info->wire == DAILIES_WIRE_STRING || (list && of_strings)) &&
      dailies_guess_media_role (info->name, format, list, &info->role))
    {
      if (dailies_field_role_is_list (info->role))
        info->wire = DAILIES_WIRE_ARRAY;
      return;
    }

  if (info->wire == DAILIES_WIRE_BOOLEAN)
    info->role = DAILIES_FIELD_ROLE_SWITCH;
  else if (info->choices != NULL && !list && info->wire != DAILIES_WIRE_OBJECT)
    info->role = DAILIES_FIELD_ROLE_CHOICE;
  else if (info->wire == DAILIES_WIRE_INTEGER || info->wire == DAILIES_WIRE_NUMBER)
    info->role = DAILIES_FIELD_ROLE_NUMBER;
  else if (info->wire == DAILIES_WIRE_STRING)
    info->url = dailies_guess_is_url (info->name, format);
}

/* What one value of a list may be stands where its type stands. */
static void
read_items (DailiesFieldInfo *info,
            JsonObject       *property)
{
  JsonObject *items = dailies_json_get_object (property, "items");
  g_autoptr (JsonObject) item = NULL;
  g_autofree char *type = NULL;

  if (items == NULL || info->wire != DAILIES_WIRE_ARRAY || info->role != DAILIES_FIELD_ROLE_TEXT)
    return;

  item = flatten_property (items);
  type = dup_type (item);
  info->item = dailies_guess_wire_type (type, find_item_properties (property) != NULL
                                                ? DAILIES_WIRE_OBJECT
                                                : guess_wire_by_value (item));
  info->minimum = dailies_schema_json_get_double (item, "minimum");
  info->maximum = dailies_schema_json_get_double (item, "maximum");
  if (info->choices == NULL)
    info->choices = dup_choices (item);
}

static void
read_limits (DailiesFieldInfo *info,
             JsonObject       *property)
{
  if (info->wire != DAILIES_WIRE_ARRAY)
    {
      info->minimum = dailies_schema_json_get_double (property, "minimum");
      info->maximum = dailies_schema_json_get_double (property, "maximum");
    }
  if (info->minimum > info->maximum)
    info->minimum = info->maximum = NAN;

  info->min_items = dailies_schema_json_get_count (property, "minItems");
  info->max_items = dailies_schema_json_get_count (property, "maxItems");
  if (info->max_items >= 0 && info->min_items > info->max_items)
    info->min_items = -1;

  if (dailies_field_role_is_media (info->role) || info->role == DAILIES_FIELD_ROLE_ELEMENTS)
    dailies_limits_read_validations (info, dailies_schema_json_get_array (property, "validations"));
}

/* The default of a media field is a sample asset of the page's, never the artist's, so it is not
 * even kept. */
static void
read_default (DailiesFieldInfo *info,
              JsonObject       *property)
{
  if (dailies_field_role_is_media (info->role) || dailies_field_role_is_list (info->role) ||
      info->role == DAILIES_FIELD_ROLE_PROMPT)
    return;

  if (info->wire == DAILIES_WIRE_ARRAY)
    {
      JsonArray *values = dailies_schema_json_get_array (property, "default");

      /* As JSON, which is one of the ways in which a list can be typed. */
      if (values != NULL && json_array_get_length (values) > 0)
        info->fallback = json_to_string (json_object_get_member (property, "default"), FALSE);
      return;
    }

  info->fallback = dailies_schema_json_dup_scalar (json_object_get_member (property, "default"));
  if (info->fallback == NULL)
    info->fallback = dailies_schema_json_dup_scalar (json_object_get_member (property, "const"));
  if (info->fallback == NULL)
    return;

  if (info->fallback[0] == '\0' ||
      (info->choices != NULL &&
       !g_strv_contains ((const char *const *) info->choices, info->fallback)) ||
      (info->role == DAILIES_FIELD_ROLE_NUMBER &&
       isnan (dailies_schema_json_get_double (property, "default"))) ||
      (info->role == DAILIES_FIELD_ROLE_SWITCH && !g_str_equal (info->fallback, "true") &&
       !g_str_equal (info->fallback, "false")))
    g_clear_pointer (&info->fallback, g_free);
}

static char *
translate (const char *text)
{
  g_autofree char *clean = g_strstrip (dailies_schema_json_dup_words (text, MAX_TEXT));

  /* The empty message is the catalogue's own header. */
  return g_strdup (clean[0] != '\0' ? g_dgettext (GETTEXT_PACKAGE, clean) : "");
}

static DailiesFieldInfo *
read_property (const char *name,
               JsonObject *source,
               gboolean    nested)
{
  g_autoptr (JsonObject) property = flatten_property (source);
  g_autoptr (DailiesFieldInfo) info = dailies_field_info_new (name);
  g_autofree char *type = dup_type (property);

  g_free (info->title);
  info->title = translate (dailies_schema_json_get_string (property, "title"));
  if (info->title[0] == '\0')
    {
      g_free (info->title);
      info->title = dailies_guess_title (name);
    }
  g_free (info->description);
  info->description = translate (dailies_schema_json_get_string (property, "description"));

  info->wire = dailies_guess_wire_type (type, guess_wire_by_value (property));
  info->choices = dup_choices (property);
  info->required = dailies_schema_json_get_bool (property, "required", FALSE);
  read_role (info, property, nested);
  read_items (info, property);
  read_limits (info, property);
  read_default (info, property);

  return g_steal_pointer (&info);
}

static void
apply_rules (DailiesFieldInfo *info,
             JsonObject       *rules)
{
  double first, second;

  if (rules == NULL)
    return;

  if (dailies_field_role_is_media (info->role) || info->role == DAILIES_FIELD_ROLE_ELEMENTS)
    dailies_limits_read_rules (info, rules);

  if (info->role == DAILIES_FIELD_ROLE_ELEMENTS &&
      dailies_schema_json_get_pair (rules, "angles", &first, &second))
    {
      info->min_angles = isnan (first) ? -1 : (int) CLAMP (first, 0, 100);
      info->max_angles = isnan (second) ? -1 : (int) CLAMP (second, 0, 100);
    }
}

/* One text is the prompt: the one called so, or the first whose name is a synonym. */
static void
choose_prompt (GPtrArray *infos)
{
  static const char *const names[] = { "prompt", "text_prompt", "positive_prompt", "instruction",
                                       "text" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint i = 0; i < infos->len; i++)
      {
        DailiesFieldInfo *info = g_ptr_array_index (infos, i);

        if (info->role == DAILIES_FIELD_ROLE_TEXT && info->wire == DAILIES_WIRE_STRING &&
            g_ascii_strcasecmp (info->name, names[n]) == 0)
          {
            info->role = DAILIES_FIELD_ROLE_PROMPT;
            g_clear_pointer (&info->fallback, g_free);
            return;
          }
      }
}

static void
set_mentions (GPtrArray  *infos,
              JsonObject *mentions)
{
  if (mentions == NULL)
    {
      dailies_guess_mentions (infos);
      return;
    }

  for (guint i = 0; i < infos->len; i++)
    {
      DailiesFieldInfo *info = g_ptr_array_index (infos, i);
      const char       *mention = dailies_schema_json_get_string (mentions, info->name);
      gboolean          nameable = dailies_field_role_is_media (info->role) ||
                          info->role == DAILIES_FIELD_ROLE_ELEMENTS;

      if (nameable && dailies_guess_is_mention (mention))
        info->mention = g_strdup (mention);
    }
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= 100 &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.") == length;
}

/* Returns: (transfer full) (element-type DailiesFieldInfo) */
static GPtrArray *
read_infos (JsonObject  *schema,
            JsonObject  *rules,
            GError     **error)
{
  g_autoptr (GPtrArray) infos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_field_info_free);
  g_auto (GStrv)  required = dailies_schema_json_dup_strv (schema, "required");
  JsonObject     *properties = dailies_json_get_object (schema, "properties");
  JsonObjectIter  iter;
  const char     *name;
  JsonNode       *member;

  json_object_iter_init_ordered (&iter, properties != NULL ? properties : schema);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      DailiesFieldInfo *info;

      if (!JSON_NODE_HOLDS_OBJECT (member))
        continue;
      if (!is_name (name))
        {
          g_autofree char *shown = dailies_schema_json_dup_words (name, 40);

          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                       _("This model definition has an input called “%s”, which cannot be the "
                         "name of an input."), shown);
          return NULL;
        }
      if (infos->len == MAX_FIELDS)
        {
          g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                       _("This model definition has more than %d inputs."), MAX_FIELDS);
          return NULL;
        }

      info = read_property (name, json_node_get_object (member), FALSE);
      info->required |= required != NULL && g_strv_contains ((const char *const *) required, name);
      apply_rules (info, dailies_json_get_object (rules, name));
      g_ptr_array_add (infos, info);
    }

  return g_steal_pointer (&infos);
}

gboolean
dailies_dialect_is_schema (JsonObject *object)
{
  static const char *const marks[] = { "type", "format", "enum", "items", "anyOf", "default",
                                       "const" };
  JsonObjectIter iter;
  JsonNode      *member;
  gboolean       any = FALSE;

  if (dailies_json_get_object (object, "properties") != NULL)
    return TRUE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    {
      gboolean marked = FALSE;

      /* In a map of properties everything is an object; `required` may stand beside them. */
      if (!JSON_NODE_HOLDS_OBJECT (member))
        {
          if (JSON_NODE_HOLDS_ARRAY (member))
            continue;
          return FALSE;
        }
      for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
        marked |= json_object_has_member (json_node_get_object (member), marks[i]);
      if (!marked)
        return FALSE;
      any = TRUE;
    }

  return any;
}

GPtrArray *
dailies_dialect_read_fields (JsonObject  *schema,
                             JsonObject  *rules,
                             JsonObject  *mentions,
                             GError     **error)
{
  g_autoptr (GPtrArray) infos = read_infos (schema, rules, error);
  g_autoptr (GPtrArray) fields = NULL;

  if (infos == NULL)
    return NULL;

  if (infos->len == 0)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This model definition has no inputs, so there is no form to make of it."));
      return NULL;
    }

  choose_prompt (infos);
  set_mentions (infos, mentions);

  fields = g_ptr_array_new_with_free_func (g_object_unref);
  for (int rank = 0; rank <= 4; rank++)
    for (guint i = 0; i < infos->len; i++)
      {
        DailiesFieldInfo *info = g_ptr_array_index (infos, i);

        if (info != NULL && rank_role (info->role) == rank)
          {
            g_ptr_array_add (fields, dailies_field_new_take (info));
            infos->pdata[i] = NULL;
          }
      }

  return g_steal_pointer (&fields);
}
