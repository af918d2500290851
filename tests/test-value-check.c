/* test-value-check.c: typed text in the field's own JSON type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-value-check.h"
#include "dailies-value-json.h"
#include "request-fixture.h"

static DailiesDefinition *
new_definition (void)
{
  g_autoptr (JsonNode) node = json_from_string (
    "{\"properties\": {"
    "  \"text\": {\"type\": \"string\"}, \"whole\": {\"type\": \"integer\", \"minimum\": 0},"
    "  \"real\": {\"type\": \"float\", \"maximum\": 2}, \"yes\": {\"type\": \"boolean\"},"
    "  \"list\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}, \"object\": {\"type\": \"object\"},"
    "  \"any\": {\"type\": \"array\"},"
    "  \"wholes\": {\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 0, \"maximum\": 9}},"
    "  \"reals\": {\"type\": \"array\", \"items\": {\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"null\"}]}},"
    "  \"yeses\": {\"type\": \"array\", \"items\": {\"type\": \"boolean\"}},"
    "  \"words\": {\"type\": \"array\", \"items\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"]}},"
    "  \"boxes\": {\"type\": \"array\", \"items\": {\"type\": \"object\"}},"
    "  \"points\": {\"type\": \"array\", \"items\": {\"type\": \"array\"}},"
    "  \"word\": {\"type\": \"string\", \"enum\": [\"5\", \"10\"]} }}",
    NULL);
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = dailies_definition_new_from_json (node, &error);

  g_assert_no_error (error);

  return definition;
}

static void
test_table (void)
{
  static const struct
  {
    const char *field;
    const char *text;
    const char *json; /* NULL: does not fit */
  } cases[] = {
    { "whole", "42", "42" },
    { "whole", "0", "0" },
    { "whole", "-1", NULL },
    { "whole", "4.0", NULL },
    { "whole", " 4", NULL },
    { "whole", "", NULL },
    { "whole", "99999999999999999999", NULL },
    { "real", "0.25", "0.25" },
    { "real", "1", "1" },
    { "real", "2", "2" },
    { "real", "2.01", NULL },
    { "real", "inf", NULL },
    { "real", "1e999", NULL },
    { "real", "0,5", NULL },
    { "yes", "true", "true" },
    { "yes", "false", "false" },
    { "yes", "True", NULL },
    { "list", "a\n b \n\nc", "[\"a\",\"b\",\"c\"]" },
    { "list", "[1, \"b\"]", "[1,\"b\"]" },
    { "list", "[1", NULL },
    { "list", "a, b,,c ", "[\"a\",\"b\",\"c\"]" },
    { "list", "a\\, b, c\\d", "[\"a, b\",\"c\\\\d\"]" },
    { "list", "\n", "[]" },
    { "list", "[]", "[]" },
    { "any", "5, b", "[\"5\",\"b\"]" },
    { "any", "[5, true]", "[5,true]" },
    { "wholes", "5", "[5]" },
    { "wholes", "5\n6, 0", "[5,6,0]" },
    { "wholes", " [5, \"6\"]", "[5,6]" },
    { "wholes", "5, x", NULL },
    { "wholes", "5, 1.5", NULL },
    { "wholes", "5, 10", NULL },
    { "wholes", "[5, null]", NULL },
    { "wholes", "[[5]]", NULL },
    { "wholes", "[5", NULL },
    { "reals", "0.5, 1", "[0.5,1]" },
    { "reals", "1e999", NULL },
    { "yeses", "true, false", "[true,false]" },
    { "yeses", "[true, \"false\"]", "[true,false]" },
    { "yeses", "yes", NULL },
    { "words", "a, b", "[\"a\",\"b\"]" },
    { "words", "a, c", NULL },
    { "boxes", "[{\"a\": 1}]", "[{\"a\":1}]" },
    { "boxes", "a", NULL },
    { "boxes", "[1]", NULL },
    { "points", "[[1, 2], []]", "[[1,2],[]]" },
    { "points", "[1]", NULL },
    { "object", "{\"a\": [1]}", "{\"a\":[1]}" },
    { "object", "[1]", NULL },
    { "object", "a", NULL },
    { "word", "10", "\"10\"" },
    { "word", "7", NULL },
  };
  g_autoptr (DailiesDefinition) definition = new_definition ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesField *field = dailies_definition_get_field (definition, cases[i].field);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *json = NULL;

      g_test_message ("%s=%s", cases[i].field, cases[i].text);
      g_assert_cmpint (dailies_value_fits (field, cases[i].text), ==, cases[i].json != NULL);
      if (cases[i].json == NULL)
        continue;
      node = dailies_value_to_json (field, cases[i].text);
      json = json_to_string (node, FALSE);
      g_assert_cmpstr (json, ==, cases[i].json);
    }
}

/* What is wrong is told of the value that is wrong. */
static void
test_lists (void)
{
  static const struct
  {
    const char *field;
    const char *text;
    const char *message;
  } cases[] = {
    { "wholes", "1, x, 20", "Wholes is “x”; it has to be a number." },
    { "wholes", "1, 1.5", "Wholes is 1.5; it has to be a whole number." },
    { "wholes", "1, 20, 30", "Wholes is 20; it has to be 0 to 9." },
    { "yeses", "true, yes", "Yeses is “yes”; it has to be true or false." },
    { "words", "a, c, d", "Words is “c”; it has to be a or b." },
    { "wholes", "[1", "Wholes has to be a JSON list, […]; what is there cannot be read as one." },
    { "boxes", "[1]", "Boxes has to be a JSON list, […]; what is there cannot be read as one." },
  };
  g_autoptr (DailiesDefinition) definition = new_definition ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesField *field = dailies_definition_get_field (definition, cases[i].field);
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

      dailies_value_check (field, cases[i].text, problems);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_cmpstr (dailies_problem_get_message (g_ptr_array_index (problems, 0)), ==, cases[i].message);
    }
}

/* Whether an empty list is missing, and that it is sent all the same. */
static void
test_counts (void)
{
  static const struct
  {
    const char *limits;
    gboolean    required;
    const char *text;
    const char *problem; /* NULL: none */
    const char *json;    /* NULL: left out */
  } cases[] = {
    { "", FALSE, NULL, NULL, NULL },
    { "", TRUE, NULL, NULL, "[]" },
    { ", \"minItems\": 0", TRUE, NULL, NULL, "[]" },
    { ", \"minItems\": 0", TRUE, "", NULL, "[]" },
    { ", \"minItems\": 2", TRUE, NULL, "Nums: there are 0; this model needs at least 2.", NULL },
    { ", \"minItems\": 2", FALSE, NULL, NULL, NULL },
    { ", \"minItems\": 2", FALSE, "1", "Nums: there are 1; this model needs at least 2.", NULL },
    { ", \"maxItems\": 2", FALSE, "1,2,3", "Nums: there are 3; this model takes at most 2.", NULL },
    { ", \"maxItems\": 2", FALSE, "1,2", NULL, "[1,2]" },
    { ", \"default\": [7]", TRUE, NULL, NULL, "[7]" },
    { ", \"default\": [7], \"minItems\": 1", TRUE, NULL, NULL, "[7]" },
    { ", \"default\": [7]", FALSE, NULL, NULL, NULL },
    { ", \"default\": []", TRUE, NULL, NULL, "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *schema = g_strdup_printf (
        "{\"required\": [%s], \"properties\": {\"nums\": {\"type\": \"array\", \"items\": {\"type\": \"integer\"}%s}}}",
        cases[i].required ? "\"nums\"" : "", cases[i].limits);
      g_autoptr (JsonNode) node = json_from_string (schema, NULL);
      g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);
      g_autoptr (DailiesRequest) request = dailies_request_new (definition);
      g_autoptr (DailiesProblem) problem = NULL;
      g_autoptr (JsonNode) body = NULL;
      g_autofree char *json = NULL;

      g_test_message ("%u", i);
      dailies_request_set_text (request, "nums", cases[i].text);
      problem = g_list_model_get_item (dailies_request_get_problems (request), 0);
      g_assert_cmpstr (problem != NULL ? dailies_problem_get_message (problem) : NULL, ==, cases[i].problem);
      if (problem != NULL)
        continue;
      body = dailies_request_build (request, NULL, NULL, NULL);
      if (json_object_has_member (json_node_get_object (body), "nums"))
        json = json_to_string (json_object_get_member (json_node_get_object (body), "nums"), FALSE);
      g_assert_cmpstr (json, ==, cases[i].json);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-check/table", test_table);
  g_test_add_func ("/value-check/lists", test_lists);
  g_test_add_func ("/value-check/counts", test_counts);
  return g_test_run ();
}
