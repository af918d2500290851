/* dailies-value-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-field.h"
#include "dailies-problem-private.h"
#include "dailies-schema-json.h"
#include "dailies-value-check.h"

static void G_GNUC_PRINTF (3, 4)
add (GPtrArray    *problems,
     DailiesField *field,
     const char   *format,
     ...)
{
  g_autofree char *message = NULL;
  g_autofree char *label = NULL;
  DailiesProblem  *problem;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  problem = dailies_problem_new (DAILIES_PROBLEM_ERROR, dailies_field_get_name (field), message);
  /* Translators: a button; %s is the title of a field: "Reset Duration" */
  label = g_strdup_printf (_("Reset %s"), dailies_field_get_title (field));
  dailies_problem_set_fix (problem, DAILIES_FIX_RESET_VALUE, label);
  g_ptr_array_add (problems, problem);
}

static gboolean
parse_number (const char *text,
              double     *number)
{
  char *end = NULL;

  if (text[0] == '\0' || g_ascii_isspace (text[0]))
    return FALSE;

  *number = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (*number);
}

static gboolean
parse_integer (const char *text,
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

/* A list of texts may be typed as JSON or simply line by line. */
static JsonNode *
parse_list (const char *text)
{
  JsonNode *node = parse_json (text, JSON_NODE_ARRAY);
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonArray) array = NULL;

  if (node != NULL || g_str_has_prefix (text, "["))
    return node;

  lines = g_strsplit (text, "\n", -1);
  array = json_array_new ();
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0')
      json_array_add_string_element (array, lines[i]);

  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
dailies_value_to_json (DailiesField *field,
                       const char   *text)
{
  JsonNode *node = json_node_alloc ();
  double    number;
  gint64    integer;

  switch (dailies_field_get_wire_type (field))
    {
    case DAILIES_WIRE_INTEGER:
      if (parse_integer (text, &integer))
        return json_node_init_int (node, integer);
      break;

    case DAILIES_WIRE_NUMBER:
      if (parse_integer (text, &integer))
        return json_node_init_int (node, integer);
      if (parse_number (text, &number))
        return json_node_init_double (node, number);
      break;

    case DAILIES_WIRE_BOOLEAN:
      if (g_str_equal (text, "true") || g_str_equal (text, "false"))
        return json_node_init_boolean (node, g_str_equal (text, "true"));
      break;

    case DAILIES_WIRE_ARRAY:
      json_node_free (node);
      return parse_list (text);

    case DAILIES_WIRE_OBJECT:
      json_node_free (node);
      return parse_json (text, JSON_NODE_OBJECT);

    case DAILIES_WIRE_STRING:
    default:
      return json_node_init_string (node, text);
    }

  json_node_free (node);
  return NULL;
}

static gboolean
is_https (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri),
                                     "https") && g_uri_get_host (uri) != NULL &&
         g_uri_get_host (uri)[0] != '\0';
}

static char *
join_choices (const char *const *choices)
{
  guint            n_choices = g_strv_length ((char **) choices);
  g_autofree char *listed = NULL;
  g_auto (GStrv)   all_but_last = NULL;

  if (n_choices < 2)
    return g_strdup (choices[0]);

  all_but_last = g_strdupv ((char **) choices);
  g_clear_pointer (&all_but_last[n_choices - 1], g_free);
  listed = g_strjoinv (", ", all_but_last);

  /* Translators: the end of a list of choices: "16:9, 9:16 or 1:1" */
  return g_strdup_printf (_("%s or %s"), listed, choices[n_choices - 1]);
}

static void
check_choice (DailiesField *field,
              const char   *text,
              GPtrArray    *problems)
{
  const char *const *choices = dailies_field_get_choices (field);
  g_autofree char   *listed = NULL;

  if (choices == NULL || g_strv_contains (choices, text))
    return;

  listed = join_choices (choices);
  add (problems, field, _("%s is “%s”; it has to be %s."), dailies_field_get_title (field), text,
       listed);
}

static void
check_number (DailiesField *field,
              const char   *text,
              GPtrArray    *problems)
{
  const char *title = dailies_field_get_title (field);
  double      minimum = dailies_field_get_minimum (field);
  double      maximum = dailies_field_get_maximum (field);
  double      number;
  gint64      integer;

  if (!parse_number (text, &number))
    add (problems, field, _("%s is “%s”; it has to be a number."), title, text);
  else if (dailies_field_get_wire_type (field) == DAILIES_WIRE_INTEGER &&
           !parse_integer (text, &integer))
    add (problems, field, _("%s is %s; it has to be a whole number."), title, text);
  else if (!isnan (minimum) && !isnan (maximum) && (number < minimum || number > maximum))
    add (problems, field, _("%s is %s; it has to be %g to %g."), title, text, minimum, maximum);
  else if (!isnan (minimum) && number < minimum)
    add (problems, field, _("%s is %s; it has to be at least %g."), title, text, minimum);
  else if (!isnan (maximum) && number > maximum)
    add (problems, field, _("%s is %s; it may be at most %g."), title, text, maximum);
}

static void
check_text (DailiesField *field,
            const char   *text,
            GPtrArray    *problems)
{
  const char *title = dailies_field_get_title (field);
  g_autoptr (JsonNode) node = NULL;

  if (text[0] == '\0')
    return;

  if (dailies_field_is_url (field) && !is_https (text))
    {
      add (problems, field, _("%s is “%s”; it has to be an address that begins with https://."),
           title, text);
      return;
    }

  node = dailies_value_to_json (field, text);
  if (node == NULL && dailies_field_get_wire_type (field) == DAILIES_WIRE_OBJECT)
    add (problems, field,
         _("%s has to be a JSON object, {…}; what is there cannot be read as one."), title);
  else if (node == NULL)
    add (problems, field, _("%s has to be a JSON list, […]; what is there cannot be read as one."),
         title);
}

void
dailies_value_check (DailiesField *field,
                     const char   *text,
                     GPtrArray    *problems)
{
  switch (dailies_field_get_role (field))
    {
    case DAILIES_FIELD_ROLE_CHOICE:
      check_choice (field, text, problems);
      break;

    case DAILIES_FIELD_ROLE_NUMBER:
      check_number (field, text, problems);
      break;

    case DAILIES_FIELD_ROLE_SWITCH:
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        add (problems, field, _("%s is “%s”; it has to be true or false."),
             dailies_field_get_title (field), text);
      break;

    case DAILIES_FIELD_ROLE_TEXT:
      check_text (field, text, problems);
      break;

    default:
      break;
    }
}

gboolean
dailies_value_fits (DailiesField *field,
                    const char   *text)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  dailies_value_check (field, text, problems);

  return problems->len == 0;
}
