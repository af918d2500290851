/* dailies-practice-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-practice-check.h"

#include <math.h>
#include <string.h>

#include "dailies-access.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-practice-ties.h"

/* These are the words of a service, which are shown as they come: English like those of the real ones. */

void
dailies_complaint_free (DailiesComplaint *self)
{
  g_free (self->field);
  g_free (self->message);
  g_free (self);
}

void
dailies_complain (GPtrArray  *complaints,
                  const char *field,
                  const char *format,
                  ...)
{
  DailiesComplaint *complaint = g_new0 (DailiesComplaint, 1);
  va_list           args;

  va_start (args, format);
  complaint->field = g_strdup (field);
  complaint->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (complaints, complaint);
}

static gboolean
has_wire_type (JsonNode        *node,
               DailiesWireType  type)
{
  GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  switch (type)
    {
    case DAILIES_WIRE_STRING:
      return value == G_TYPE_STRING;
    case DAILIES_WIRE_INTEGER:
      return value == G_TYPE_INT64;
    case DAILIES_WIRE_NUMBER:
      return value == G_TYPE_INT64 || value == G_TYPE_DOUBLE;
    case DAILIES_WIRE_BOOLEAN:
      return value == G_TYPE_BOOLEAN;
    case DAILIES_WIRE_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node);
    case DAILIES_WIRE_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    default:
      return FALSE;
    }
}

static const char *
name_of_type (DailiesWireType type)
{
  static const char *const names[] = { "string", "integer", "number", "boolean", "array", "object" };

  return names[type];
}

static void
check_url (GPtrArray  *complaints,
           const char *where,
           JsonNode   *node)
{
  const char          *url;
  g_autoptr (GError)   error = NULL;

  if (!has_wire_type (node, DAILIES_WIRE_STRING))
    {
      dailies_complain (complaints, where, "str type expected");
      return;
    }

  url = json_node_get_string (node);
  if (*url == '\0')
    dailies_complain (complaints, where, "field required");
  else if (!g_str_has_prefix (url, "data:") && !dailies_url_check (url, &error))
    dailies_complain (complaints, where, "invalid or not publicly reachable URL");
}

static void
check_count (GPtrArray  *complaints,
             const char *where,
             guint       n,
             int         least,
             int         most)
{
  if (least >= 0 && n < (guint) least)
    dailies_complain (complaints, where, "ensure this value has at least %d items", least);
  if (most >= 0 && n > (guint) most)
    dailies_complain (complaints, where, "ensure this value has at most %d items", most);
}

static void
check_url_list (GPtrArray  *complaints,
                const char *where,
                JsonNode   *node,
                int         least,
                int         most)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      dailies_complain (complaints, where, node == NULL ? "field required" : "value is not a valid list");
      return;
    }

  array = json_node_get_array (node);
  check_count (complaints, where, json_array_get_length (array), least, most);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s.%u", where, i);

      check_url (complaints, at, json_array_get_element (array, i));
    }
}

/* The properties that have one value or are words. */
static void
check_element_words (GPtrArray                 *complaints,
                     const DailiesElementShape *shape,
                     const char                *where,
                     JsonObject                *object)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (shape->constants != NULL)
    {
      json_object_iter_init_ordered (&iter, shape->constants);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *at = g_strdup_printf ("%s.%s", where, name);
          JsonNode        *given = json_object_get_member (object, name);
          g_autofree char *only = json_to_string (value, FALSE);

          if (given == NULL)
            dailies_complain (complaints, at, "field required");
          else if (!json_node_equal (given, value))
            dailies_complain (complaints, at, "value is not a valid enumeration member; permitted: %s", only);
        }
    }
  if (shape->description != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->description);
      JsonNode        *given = json_object_get_member (object, shape->description);

      if (given == NULL && shape->needs_description)
        dailies_complain (complaints, at, "field required");
      else if (given != NULL && !has_wire_type (given, DAILIES_WIRE_STRING))
        dailies_complain (complaints, at, "str type expected");
      else if (given != NULL && shape->needs_description && *json_node_get_string (given) == '\0')
        dailies_complain (complaints, at, "ensure this value has at least 1 characters");
    }
}

static void
check_element (GPtrArray    *complaints,
               DailiesField *field,
               const char   *where,
               JsonNode     *node)
{
  const DailiesElementShape *shape = dailies_field_get_element_shape (field);
  JsonObject                *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      dailies_complain (complaints, where, "value is not a valid dict");
      return;
    }

  object = json_node_get_object (node);
  check_element_words (complaints, shape, where, object);
  if (shape->frontal != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->frontal);

      if (json_object_has_member (object, shape->frontal))
        check_url (complaints, at, json_object_get_member (object, shape->frontal));
      else
        dailies_complain (complaints, at, "field required");
    }
  if (shape->angles != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->angles);

      check_url_list (complaints, at, json_object_get_member (object, shape->angles),
                      dailies_field_get_min_angles (field), dailies_field_get_max_angles (field));
    }
  if (shape->images != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->images);

      check_url_list (complaints, at, json_object_get_member (object, shape->images), 1, -1);
    }
}

static gboolean
is_choice (DailiesField *field,
           JsonNode     *node)
{
  const char *const *choices = dailies_field_get_choices (field);
  g_autofree char   *text = NULL;

  if (choices == NULL)
    return TRUE;

  text = has_wire_type (node, DAILIES_WIRE_STRING) ? g_strdup (json_node_get_string (node)) : json_to_string (node, FALSE);

  return g_strv_contains (choices, text);
}

static void
check_scalar (GPtrArray    *complaints,
              DailiesField *field,
              const char   *where,
              JsonNode     *node)
{
  double value;

  if (!is_choice (field, node))
    {
      g_autofree char *list = g_strjoinv (", ", (char **) dailies_field_get_choices (field));

      dailies_complain (complaints, where, "value is not a valid enumeration member; permitted: %s", list);
    }
  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT && *json_node_get_string (node) == '\0'
      && dailies_field_is_required (field))
    dailies_complain (complaints, where, "ensure this value has at least 1 characters");

  if (dailies_field_get_role (field) != DAILIES_FIELD_ROLE_NUMBER
      || !has_wire_type (node, DAILIES_WIRE_NUMBER))
    return;

  value = json_node_get_double (node);
  if (value < dailies_field_get_minimum (field))
    dailies_complain (complaints, where, "ensure this value is greater than or equal to %g", dailies_field_get_minimum (field));
  if (value > dailies_field_get_maximum (field))
    dailies_complain (complaints, where, "ensure this value is less than or equal to %g", dailies_field_get_maximum (field));
}

static void
check_field (GPtrArray    *complaints,
             DailiesField *field,
             JsonObject   *input)
{
  const char      *name = dailies_field_get_name (field);
  DailiesWireType  type = dailies_field_get_wire_type (field);
  JsonNode        *node = json_object_get_member (input, name);
  JsonArray       *array;

  if (node == NULL)
    {
      if (dailies_field_is_required (field))
        dailies_complain (complaints, name, "field required");
      return;
    }
  if (!has_wire_type (node, type))
    {
      dailies_complain (complaints, name, "value is not a valid %s", name_of_type (type));
      return;
    }

  if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
    {
      array = json_node_get_array (node);
      check_count (complaints, name, json_array_get_length (array),
                   dailies_field_get_min_items (field), dailies_field_get_max_items (field));
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *where = g_strdup_printf ("%s.%u", name, i);

          check_element (complaints, field, where, json_array_get_element (array, i));
        }
    }
  else if (dailies_field_is_media (field) && type == DAILIES_WIRE_ARRAY)
    check_url_list (complaints, name, node, dailies_field_get_min_items (field), dailies_field_get_max_items (field));
  else if (dailies_field_is_media (field))
    check_url (complaints, name, node);
  else if (type != DAILIES_WIRE_ARRAY && type != DAILIES_WIRE_OBJECT)
    check_scalar (complaints, field, name, node);
}

static void
check_budgets (GPtrArray         *complaints,
               DailiesDefinition *definition,
               JsonObject        *input)
{
  GPtrArray *budgets = dailies_definition_get_budgets (definition);

  for (guint i = 0; budgets != NULL && i < budgets->len; i++)
    {
      const DailiesBudget *budget = g_ptr_array_index (budgets, i);
      guint                n = 0;

      for (int f = 0; budget->fields[f] != NULL; f++)
        {
          JsonNode *node = json_object_get_member (input, budget->fields[f]);

          if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
            n += json_array_get_length (json_node_get_array (node));
        }
      if (n > (guint) budget->max)
        {
          g_autofree char *names = g_strjoinv (" + ", budget->fields);

          dailies_complain (complaints, budget->fields[0], "%s: at most %d together, got %u", names, budget->max, n);
        }
    }
}

GPtrArray *
dailies_practice_check (DailiesDefinition *definition,
                        JsonNode          *input)
{
  GPtrArray        *complaints = g_ptr_array_new_with_free_func ((GDestroyNotify) dailies_complaint_free);
  GListModel       *fields = dailies_definition_get_fields (definition);
  JsonObject       *object;
  g_autoptr (GList) names = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (input))
    {
      dailies_complain (complaints, "", "value is not a valid dict");
      return complaints;
    }

  object = json_node_get_object (input);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);

      if (!dailies_definition_is_beside (definition, dailies_field_get_name (field)))
        check_field (complaints, field, object);
    }
  check_budgets (complaints, definition, object);
  if (complaints->len == 0)
    dailies_practice_check_ties (definition, object, complaints);

  /* A field that does not exist is a mistake of the sender that a forgiving service would hide. */
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    if (dailies_definition_get_field (definition, l->data) == NULL || dailies_definition_is_beside (definition, l->data))
      dailies_complain (complaints, l->data, "extra fields not permitted");

  return complaints;
}

static void
input_free (gpointer data)
{
  DailiesPracticeInput *self = data;

  g_free (self->field);
  g_free (self->url);
  g_object_unref (self->of);
  g_free (self);
}

static void
add_input (GPtrArray    *inputs,
           DailiesField *of,
           char         *where,
           JsonNode     *node,
           int           rank)
{
  DailiesPracticeInput *input = g_new0 (DailiesPracticeInput, 1);

  input->field = where;
  input->url = g_strdup (json_node_get_string (node));
  input->of = g_object_ref (of);
  input->rank = rank;
  g_ptr_array_add (inputs, input);
}

static void
add_list (GPtrArray    *inputs,
          DailiesField *of,
          const char   *where,
          JsonNode     *node,
          int           first_rank,
          int           rank)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    add_input (inputs, of, g_strdup_printf ("%s.%u", where, i), json_array_get_element (array, i),
               i == 0 ? first_rank : rank);
}

static void
add_element (GPtrArray    *inputs,
             DailiesField *of,
             const char   *where,
             JsonObject   *object)
{
  const DailiesElementShape *shape = dailies_field_get_element_shape (of);

  if (shape->frontal != NULL)
    add_input (inputs, of, g_strdup_printf ("%s.%s", where, shape->frontal),
               json_object_get_member (object, shape->frontal), 1);
  if (shape->angles != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->angles);

      add_list (inputs, of, at, json_object_get_member (object, shape->angles), 2, 2);
    }
  if (shape->images != NULL)
    {
      g_autofree char *at = g_strdup_printf ("%s.%s", where, shape->images);

      add_list (inputs, of, at, json_object_get_member (object, shape->images), 1, 2);
    }
}

GPtrArray *
dailies_practice_list_inputs (DailiesDefinition *definition,
                              JsonNode          *input)
{
  GPtrArray  *inputs = g_ptr_array_new_with_free_func (input_free);
  GListModel *fields = dailies_definition_get_fields (definition);
  JsonObject *object = json_node_get_object (input);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char              *name = dailies_field_get_name (field);
      JsonNode                *node = json_object_get_member (object, name);

      if (node == NULL)
        continue;

      if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
        {
          JsonArray *array = json_node_get_array (node);

          for (guint k = 0; k < json_array_get_length (array); k++)
            {
              g_autofree char *where = g_strdup_printf ("%s.%u", name, k);

              add_element (inputs, field, where, json_array_get_object_element (array, k));
            }
        }
      else if (dailies_field_is_media (field) && JSON_NODE_HOLDS_ARRAY (node))
        add_list (inputs, field, name, node, 3, 3);
      else if (dailies_field_is_media (field))
        add_input (inputs, field, g_strdup (name), node, 0);
    }

  return inputs;
}
