/* dailies-practice-ties.c: what a page says of several fields together: a value that goes only with a file, a mode without
 * what it works on, a number that counts pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-practice-ties.h"

#include "dailies-field.h"
#include "dailies-json.h"
#include "dailies-schema-json.h"

typedef struct
{
  DailiesDefinition *definition;
  JsonObject        *input;
  GPtrArray         *complaints;
} Ties;

static const char *
get_text (JsonObject *input,
          const char *name)
{
  return dailies_schema_json_get_string (input, name);
}

static gboolean
has_one (JsonObject *input,
         const char *name)
{
  JsonNode *node = json_object_get_member (input, name);

  if (node == NULL)
    return FALSE;

  return !JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > 0;
}

static gboolean
has_any (JsonObject *input,
         GStrv       names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (has_one (input, names[i]))
      return TRUE;

  return FALSE;
}

/* "follows" with "exactly": the value and the files go together. Left out, the value is for the service to choose. */
static void
check_follow (Ties       *ties,
              JsonObject *rule)
{
  const char *field = dailies_schema_json_get_string (rule, "field");
  const char *value = dailies_schema_json_get_string (rule, "value");
  const char *text = field != NULL ? get_text (ties->input, field) : NULL;
  g_auto (GStrv)   with = dailies_schema_json_dup_strv (rule, "with");
  g_autofree char *names = with != NULL ? g_strjoinv (", ", with) : NULL;
  gboolean    there = has_any (ties->input, with);

  if (!dailies_schema_json_get_bool (rule, "exactly", FALSE) || text == NULL || value == NULL || names == NULL)
    return;

  if (there && !g_str_equal (text, value))
    dailies_complain (ties->complaints, field, "has to be %s with %s", value, names);
  else if (!there && g_str_equal (text, value))
    dailies_complain (ties->complaints, field, "%s needs %s", value, names);
}

/* A list may be empty where the page does not say otherwise, so only single files can be missing. */
static gboolean
are_single (Ties  *ties,
            GStrv  names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      DailiesField *field = dailies_definition_get_field (ties->definition, names[i]);

      if (field == NULL || dailies_field_is_list (field))
        return FALSE;
    }

  return TRUE;
}

static void
check_need (Ties       *ties,
            const char *field,
            JsonObject *choices)
{
  const char      *text = get_text (ties->input, field);
  g_auto (GStrv)   names = text != NULL ? dailies_schema_json_dup_strv (choices, text) : NULL;
  g_autofree char *joined = names != NULL ? g_strjoinv (" or ", names) : NULL;

  if (names != NULL && are_single (ties, names) && !has_any (ties->input, names))
    dailies_complain (ties->complaints, field, "%s needs %s", text, joined);
}

static void
check_index (Ties       *ties,
             const char *field,
             const char *counted)
{
  double     index = dailies_schema_json_get_double (ties->input, field);
  JsonArray *list = dailies_schema_json_get_array (ties->input, counted);
  guint      n = list != NULL ? json_array_get_length (list) : 0;

  if (index > n)
    dailies_complain (ties->complaints, field, "is %g, and %s has %u", index, counted, n);
}

void
dailies_practice_check_ties (DailiesDefinition *definition,
                             JsonObject        *input,
                             GPtrArray         *complaints)
{
  JsonObject *rules = dailies_definition_get_rules (definition);
  JsonArray  *follows = dailies_schema_json_get_array (rules, "follows");
  JsonObject *needs = dailies_json_get_object (rules, "needs");
  JsonObject *index_of = dailies_json_get_object (rules, "index-of");
  Ties        ties = { definition, input, complaints };
  JsonObjectIter iter;
  const char *name;
  JsonNode   *member;

  for (guint i = 0; follows != NULL && i < json_array_get_length (follows); i++)
    check_follow (&ties, json_array_get_object_element (follows, i));

  if (needs != NULL)
    {
      json_object_iter_init_ordered (&iter, needs);
      while (json_object_iter_next_ordered (&iter, &name, &member))
        check_need (&ties, name, json_node_get_object (member));
    }
  if (index_of != NULL)
    {
      json_object_iter_init_ordered (&iter, index_of);
      while (json_object_iter_next_ordered (&iter, &name, &member))
        check_index (&ties, name, json_node_get_string (member));
    }
}
