/* dailies-schema-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-schema-json.h"

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 64
#define MAX_COUNT 10000
#define MAX_STRINGS 1000

static gboolean
is_shallow (JsonNode *node,
            int       levels)
{
  if (levels < 0)
    return FALSE;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        if (!is_shallow (json_array_get_element (array, i), levels - 1))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) && json_node_get_object (node) != NULL)
    {
      JsonObjectIter iter;
      JsonNode      *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        if (!is_shallow (member, levels - 1))
          return FALSE;
    }

  return TRUE;
}

static double
node_to_double (JsonNode *node)
{
  double value = NAN;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      char       *end = NULL;

      value = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0')
        return NAN;
    }
  else if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    value = json_node_get_double (node);

  return isfinite (value) ? value : NAN;
}

JsonNode *
dailies_schema_json_parse (GBytes  *bytes,
                           GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > MAX_BYTES)
    {
      g_autofree char *size = g_format_size (length);

      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This model definition is %s large; a definition has at most 1 MB."), size);
      return NULL;
    }

  node = dailies_json_parse (text, (gssize) length, &local);
  if (node == NULL)
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This is not a model definition. %s"), local->message);
      return NULL;
    }
  if (!is_shallow (node, MAX_DEPTH))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                   _("This model definition is nested more than %d levels deep."), MAX_DEPTH);
      return NULL;
    }

  return g_steal_pointer (&node);
}

gboolean
dailies_schema_json_is_shallow (JsonNode *node)
{
  return is_shallow (node, MAX_DEPTH);
}

JsonArray *
dailies_schema_json_get_array (JsonObject *object,
                               const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
dailies_schema_json_get_string (JsonObject *object,
                                const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

gboolean
dailies_schema_json_get_bool (JsonObject *object,
                              const char *name,
                              gboolean    fallback)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

double
dailies_schema_json_get_double (JsonObject *object,
                                const char *name)
{
  return node_to_double (object != NULL ? json_object_get_member (object, name) : NULL);
}

int
dailies_schema_json_get_count (JsonObject *object,
                               const char *name)
{
  double value = dailies_schema_json_get_double (object, name);

  if (isnan (value) || value < 0)
    return -1;

  return (int) MIN (value, MAX_COUNT);
}

gboolean
dailies_schema_json_get_pair (JsonObject *object,
                              const char *name,
                              double     *first,
                              double     *second)
{
  JsonArray *array = dailies_schema_json_get_array (object, name);

  *first = *second = NAN;
  if (array == NULL || json_array_get_length (array) != 2)
    return FALSE;

  *first = node_to_double (json_array_get_element (array, 0));
  *second = node_to_double (json_array_get_element (array, 1));

  return !isnan (*first) || !isnan (*second);
}

char **
dailies_schema_json_dup_strv (JsonObject *object,
                              const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = dailies_schema_json_get_array (object, name);

  if (array == NULL)
    return NULL;

  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_STRINGS); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

char *
dailies_schema_json_dup_scalar (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return dailies_schema_json_dup_text (json_node_get_string (node), 4000);
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      if (!isfinite (json_node_get_double (node)))
        return NULL;
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return NULL;
    }
}

char *
dailies_schema_json_dup_text (const char *text,
                              glong       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  if (g_utf8_strlen (valid, -1) <= max_chars)
    return g_steal_pointer (&valid);

  return g_utf8_substring (valid, 0, max_chars);
}

static gboolean
turns_letters (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
dailies_schema_json_dup_words (const char *text,
                               glong       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (turns_letters (c))
        continue;
      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || c == ' ')
        {
          space = words->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (words, ' ');
      space = FALSE;
      g_string_append_unichar (words, c);
    }

  return dailies_schema_json_dup_text (words->str, max_chars);
}
