/* dailies-value-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-address.h"
#include "dailies-field.h"
#include "dailies-problem-private.h"
#include "dailies-schema-json.h"
#include "dailies-value-check.h"
#include "dailies-value-json.h"

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
is_https (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && dailies_address_check (text, NULL);
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

static DailiesWireType
get_value_type (DailiesField *field)
{
  DailiesWireType wire = dailies_field_get_wire_type (field);

  return wire == DAILIES_WIRE_ARRAY ? dailies_field_get_item_type (field) : wire;
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

  if (!dailies_value_parse_number (text, &number))
    add (problems, field, _("%s is “%s”; it has to be a number."), title, text);
  else if (get_value_type (field) == DAILIES_WIRE_INTEGER &&
           !dailies_value_parse_integer (text, &integer))
    add (problems, field, _("%s is %s; it has to be a whole number."), title, text);
  else if (!isnan (minimum) && !isnan (maximum) && (number < minimum || number > maximum))
    add (problems, field, _("%s is %s; it has to be %g to %g."), title, text, minimum, maximum);
  else if (!isnan (minimum) && number < minimum)
    add (problems, field, _("%s is %s; it has to be at least %g."), title, text, minimum);
  else if (!isnan (maximum) && number > maximum)
    add (problems, field, _("%s is %s; it may be at most %g."), title, text, maximum);
}

static void
check_switch (DailiesField *field,
              const char   *text,
              GPtrArray    *problems)
{
  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    add (problems, field, _("%s is “%s”; it has to be true or false."),
         dailies_field_get_title (field), text);
}

static void
check_item (DailiesField *field,
            const char   *text,
            GPtrArray    *problems)
{
  switch (get_value_type (field))
    {
    case DAILIES_WIRE_INTEGER:
    case DAILIES_WIRE_NUMBER:
      check_number (field, text, problems);
      break;

    case DAILIES_WIRE_BOOLEAN:
      check_switch (field, text, problems);
      break;

    default:
      break;
    }
  check_choice (field, text, problems);
}

/* The first value that does not fit tells what is wrong with the others too. */
static void
check_list (DailiesField *field,
            const char   *text,
            GPtrArray    *problems)
{
  g_autofree char *bad = NULL;
  g_autoptr (JsonNode) list = dailies_value_list_to_json (field, text, &bad);
  guint before = problems->len;

  if (bad != NULL)
    check_item (field, bad, problems);
  for (guint i = 0; list != NULL && problems->len == before &&
                    i < json_array_get_length (json_node_get_array (list)); i++)
    {
      g_autofree char *value = dailies_schema_json_dup_scalar (json_array_get_element (json_node_get_array (list), i));

      if (value != NULL)
        check_item (field, value, problems);
    }
  if (list == NULL && problems->len == before)
    add (problems, field, _("%s has to be a JSON list, […]; what is there cannot be read as one."),
         dailies_field_get_title (field));
}

static void
check_address (DailiesField *field,
               const char   *text,
               GPtrArray    *problems)
{
  const char *title = dailies_field_get_title (field);
  g_autofree char *near = NULL;
  g_autofree char *message = NULL;

  if (!is_https (text))
    {
      add (problems, field, _("%s is “%s”; it has to be an address that begins with https://."), title, text);
      return;
    }

  near = dailies_address_dup_near (text);
  if (near == NULL)
    return;

  message = g_strdup_printf (_("%s is at “%s”, which only computers of this network can reach: no service will call "
                               "it there."), title, near);
  g_ptr_array_add (problems, dailies_problem_new (DAILIES_PROBLEM_WARNING, dailies_field_get_name (field), message));
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

  if (dailies_field_is_url (field))
    {
      check_address (field, text, problems);
      return;
    }

  if (dailies_field_is_value_list (field))
    {
      check_list (field, text, problems);
      return;
    }

  node = dailies_value_to_json (field, text);
  if (node == NULL)
    add (problems, field,
         _("%s has to be a JSON object, {…}; what is there cannot be read as one."), title);
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
      check_switch (field, text, problems);
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
  for (guint i = 0; i < problems->len; i++)
    if (dailies_problem_get_severity (g_ptr_array_index (problems, i)) == DAILIES_PROBLEM_ERROR)
      return FALSE;

  return TRUE;
}
