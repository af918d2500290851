/* test-value-check.c: typed text in the field's own JSON type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-value-check.h"
#include "request-fixture.h"

static DailiesDefinition *
new_definition (void)
{
  g_autoptr (JsonNode) node = json_from_string (
    "{\"properties\": {"
    "  \"text\": {\"type\": \"string\"}, \"whole\": {\"type\": \"integer\", \"minimum\": 0},"
    "  \"real\": {\"type\": \"float\", \"maximum\": 2}, \"yes\": {\"type\": \"boolean\"},"
    "  \"list\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}, \"object\": {\"type\": \"object\"},"
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-check/table", test_table);
  return g_test_run ();
}
