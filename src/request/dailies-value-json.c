/* dailies-value-json.c: what was typed into a field as the JSON that the service wants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "dailies-field.h"
#include "dailies-schema-json.h"
#include "dailies-value-json.h"

gboolean
dailies_value_parse_number (const char *text,
                            double     *number)
{
  char *end = NULL;

  if (text[0] == '\0' || g_ascii_isspace (text[0]))
    return FALSE;

  *number = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (*number);
}

gboolean
dailies_value_parse_integer (const char *text,
                             gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL);
}

static JsonNode *
parse_json (const char   *text,
            JsonNodeType  type)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = dailies_schema_json_parse (bytes, NULL);

  return node != NULL && JSON_NODE_TYPE (node) == type ? json_node_copy (node) : NULL;
}

/* (nullable): @text as one value of type @wire, or %NULL where it is none */
static JsonNode *
parse_value (const char      *text,
             DailiesWireType  wire)
{
  double number;
  gint64 integer;

  switch (wire)
    {
    case DAILIES_WIRE_INTEGER:
      return dailies_value_parse_integer (text, &integer) ? json_node_init_int (json_node_alloc (), integer) : NULL;

    case DAILIES_WIRE_NUMBER:
      if (dailies_value_parse_integer (text, &integer))
        return json_node_init_int (json_node_alloc (), integer);
      return dailies_value_parse_number (text, &number) ? json_node_init_double (json_node_alloc (), number) : NULL;

    case DAILIES_WIRE_BOOLEAN:
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        return NULL;
      return json_node_init_boolean (json_node_alloc (), g_str_equal (text, "true"));

    case DAILIES_WIRE_ARRAY:
      return parse_json (text, JSON_NODE_ARRAY);

    case DAILIES_WIRE_OBJECT:
      return parse_json (text, JSON_NODE_OBJECT);

    case DAILIES_WIRE_STRING:
    default:
      return json_node_init_string (json_node_alloc (), text);
    }
}

/* Between commas and line breaks; a comma of the text itself is typed with a backslash. */
static GStrv
split_list (const char *text)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GString) value = g_string_new (NULL);

  for (const char *p = text;; p++)
    {
      if (p[0] == '\\' && p[1] == ',')
        g_string_append_c (value, *++p);
      else if (*p != ',' && *p != '\n' && *p != '\0')
        g_string_append_c (value, *p);
      else
        {
          g_autofree char *stripped = g_strstrip (g_strdup (value->str));

          if (stripped[0] != '\0')
            g_strv_builder_add (values, stripped);
          g_string_truncate (value, 0);
        }
      if (*p == '\0')
        break;
    }

  return g_strv_builder_end (values);
}

/* (nullable): an element of a list typed as JSON, in the type of the field where it is nearly that: "5" for 5 */
static JsonNode *
convert_element (JsonNode        *element,
                 DailiesWireType  wire)
{
  g_autofree char *text = NULL;

  if (wire == DAILIES_WIRE_STRING)
    return json_node_copy (element);

  text = dailies_schema_json_dup_scalar (element);
  if (text == NULL)
    text = json_to_string (element, FALSE);

  return parse_value (text, wire);
}

JsonNode *
dailies_value_list_to_json (DailiesField *field,
                            const char   *text,
                            char        **bad)
{
  DailiesWireType wire = dailies_field_get_item_type (field);
  g_autoptr (JsonNode) typed = parse_json (text, JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  g_auto (GStrv) values = NULL;
  guint n;

  if (typed == NULL && text[strspn (text, " \t\n")] == '[')
    return NULL;

  if (typed == NULL)
    values = split_list (text);
  n = typed != NULL ? json_array_get_length (json_node_get_array (typed)) : g_strv_length (values);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = typed != NULL ? json_array_get_element (json_node_get_array (typed), i) : NULL;
      JsonNode *value = element != NULL ? convert_element (element, wire) : parse_value (values[i], wire);

      if (value == NULL)
        {
          if (bad != NULL)
            *bad = element != NULL ? json_to_string (element, FALSE) : g_strdup (values[i]);
          return NULL;
        }
      json_array_add_element (array, value);
    }

  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
dailies_value_to_json (DailiesField *field,
                       const char   *text)
{
  if (dailies_field_get_wire_type (field) == DAILIES_WIRE_ARRAY)
    return dailies_value_list_to_json (field, text, NULL);

  return parse_value (text, dailies_field_get_wire_type (field));
}

guint
dailies_value_count (DailiesField *field,
                     const char   *text)
{
  g_autoptr (JsonNode) list = dailies_value_list_to_json (field, text, NULL);

  return list != NULL ? json_array_get_length (json_node_get_array (list)) : 0;
}
