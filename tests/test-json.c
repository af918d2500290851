/* test-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-json.h"

#include <math.h>
#include <string.h>

#include "dailies-error.h"

static void
test_parse (void)
{
  const struct
  {
    const char *text;
    gboolean    good;
  } cases[] = {
    { "{\"a\":1}", TRUE },
    { "\xef\xbb\xbf{\"a\":1}", TRUE },
    { " [1, 2] ", TRUE },
    { "{\"a\":\"[[[[ {{ \\\" / '\"}", TRUE },
    { "", FALSE },
    { "   ", FALSE },
    { "{\"a\":", FALSE },
    { "{\"a\":\"b", FALSE },
    { "<html><body>502</body></html>", FALSE },
    { "{\"a\":\"\xff\"}", FALSE },
    { "/* \" */ {\"a\":1}", FALSE },
    { "{\"a\":\"b\\u0000c\"}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = dailies_json_parse (cases[i].text, -1, &error);

      if ((node != NULL) != cases[i].good)
        g_error ("case %u: %s", i, error != NULL ? error->message : "was taken");
      if (node == NULL)
        g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL);
    }
}

/* What stands behind an escaped character 0 must be seen: such a text is not what stands before it. */
static void
test_nul (void)
{
  const struct
  {
    const char *text;
    const char *value;
  } cases[] = {
    { "{\"a\":\"id\\u0000x\"}", "id\xef\xbf\xbdx" },
    { "{\"a\":\"id\\u0000\"}", "id\xef\xbf\xbd" },
    { "{\"a\":\"\\u0000\\u0000\"}", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "{\"a\":\"c:\\\\u0000\"}", "c:\\u0000" },
    { "{\"a\":\"\\\\\\u0000\"}", "\\\xef\xbf\xbd" },
    { "{\"a\":\"plain\"}", "plain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = dailies_json_parse (cases[i].text, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (dailies_json_get_string (json_node_get_object (node), "a"), ==, cases[i].value);
    }
}

static void
test_deep (void)
{
  const char *openings[] = { "[", "{\"a\":" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < 4000000; k++)
        g_string_append (text, openings[i]);
      g_assert_null (dailies_json_parse (text->str, text->len, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL);
    }
}

static void
test_readers (void)
{
  g_autoptr (JsonNode) node = dailies_json_parse ("{\"s\":\"x\",\"e\":\"\",\"n\":2,\"f\":0.5,\"t\":\"1.25\",\"b\":true,"
                                                  "\"z\":null,\"o\":{\"s\":\"y\"},\"w\":\"12 USD\",\"i\":\"inf\"}", -1, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (dailies_json_get_string (object, "s"), ==, "x");
  g_assert_null (dailies_json_get_string (object, "e"));
  g_assert_null (dailies_json_get_string (object, "n"));
  g_assert_null (dailies_json_get_string (object, "z"));
  g_assert_null (dailies_json_get_string (object, "missing"));
  g_assert_null (dailies_json_get_string (NULL, "s"));
  g_assert_cmpstr (dailies_json_get_string (dailies_json_get_object (object, "o"), "s"), ==, "y");
  g_assert_null (dailies_json_get_object (object, "s"));
  g_assert_cmpfloat (dailies_json_get_number (object, "n"), ==, 2);
  g_assert_cmpfloat (dailies_json_get_number (object, "f"), ==, 0.5);
  g_assert_cmpfloat (dailies_json_get_number (object, "t"), ==, 1.25);
  g_assert_true (isnan (dailies_json_get_number (object, "b")));
  g_assert_true (isnan (dailies_json_get_number (object, "z")));
  g_assert_true (isnan (dailies_json_get_number (object, "w")));
  g_assert_true (isnan (dailies_json_get_number (object, "i")));
  g_assert_true (isnan (dailies_json_get_number (object, "e")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/parse", test_parse);
  g_test_add_func ("/json/nul", test_nul);
  g_test_add_func ("/json/deep", test_deep);
  g_test_add_func ("/json/readers", test_readers);
  return g_test_run ();
}
