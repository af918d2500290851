/* dailies-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-json.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

/* Slashes and single quotes have no place outside a JSON string, but json-glib reads comments: with one, a text could
 * look shallow here and be deep there. */
static gboolean
is_shallow (const char *text,
            gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '{' || text[i] == '[')
        {
          if (++depth > DAILIES_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if (text[i] == '/' || text[i] == '\'')
        return FALSE;
      else if ((text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}

/* json-glib ends a string where it finds the escaped character 0: "id\u0000x" would read as "id". A character that no name
 * and no address has takes its place. Returns: (nullable) (transfer full): %NULL where there is none */
static char *
dup_without_nul (const char *text,
                 gsize       length)
{
  static const char nul[] = "\\u0000";
  const gsize size = strlen (nul);
  char *copy = NULL;

  for (gsize i = 0; i + size <= length; i++)
    {
      if (text[i] != '\\')
        continue;
      if (memcmp (text + i, nul, size) == 0)
        {
          if (copy == NULL)
            copy = g_memdup2 (text, length);
          memcpy (copy + i, "\\ufffd", size);
        }
      i++;
    }
  return copy;
}

JsonNode *
dailies_json_parse (const char *text,
                    gssize      length,
                    GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *plain = NULL;
  gsize size;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (size == 0)
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL, _("The JSON text is empty."));
      return NULL;
    }
  if (!g_utf8_validate (text, size, NULL))
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL, _("The JSON text is not UTF-8."));
      return NULL;
    }
  if (!is_shallow (text, size))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                   _("The JSON text is nested more than %d levels deep or is not JSON."), DAILIES_JSON_MAX_DEPTH);
      return NULL;
    }

  plain = dup_without_nul (text, size);
  if (plain != NULL)
    text = plain;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, size, NULL) || json_parser_get_root (parser) == NULL)
    {
      g_set_error_literal (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                           _("The JSON text cannot be read: it is cut off or not JSON at all."));
      return NULL;
    }
  return json_parser_steal_root (parser);
}

const char *
dailies_json_get_string (JsonObject *object,
                         const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  const char *string;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  string = json_node_get_string (node);
  return string != NULL && *string != '\0' ? string : NULL;
}

JsonObject *
dailies_json_get_object (JsonObject *object,
                         const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

double
dailies_json_get_number (JsonObject *object,
                         const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    {
      const char *string = json_node_get_string (node);
      char *end = NULL;
      double number = g_ascii_strtod (string, &end);

      return end != string && *end == '\0' && isfinite (number) ? number : NAN;
    }
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}
