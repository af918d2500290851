/* test-field.c: the line that says what a field takes, and the bundled tables field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "request-fixture.h"

static void
test_accepts (void)
{
  static const struct
  {
    const char *model;
    const char *field;
    const char *accepts;
  } cases[] = {
    { START_END, "start_image_url", "jpg, png, webp, gif, avif · under 10 MB" },
    { START_END, "prompt", "" },
    { START_END, "duration", "" },
    { REFERENCE, "elements", "a frontal image and 1–4 other angles" },
    { REFERENCE, "image_urls", "" },
    { EDIT, "video_url", "3–10 s · 720p–2160p" },
    { UNIFICALLY_EDIT, "video_url", "mp4, webm, mov · 3–10 s · up to 100 MB" },
    { UNIFICALLY_EDIT, "image_urls", "png, jpg, webp, gif · up to 100 MB" },
    { UNIFICALLY_VIDEO, "duration", "3 to 10" },
    { UNIFICALLY_VIDEO, "elements", "a frontal image and other angles" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesDefinition) definition = dup_definition (cases[i].model);
      g_autofree char *accepts = dailies_field_dup_accepts (dailies_definition_get_field (definition, cases[i].field));

      g_assert_cmpstr (accepts, ==, cases[i].accepts);
    }
}

static void
test_lists (void)
{
  static const struct
  {
    const char *property;
    const char *accepts;
  } cases[] = {
    { "{\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 9}}",
      "whole numbers, separated by commas · 1 to 9" },
    { "{\"type\": \"list\", \"items\": {\"type\": \"float\"}}", "numbers, separated by commas" },
    { "{\"items\": {\"enum\": [true, false]}}", "true or false, several separated by commas" },
    { "{\"type\": \"array\"}", "words, separated by commas" },
    { "{\"type\": \"array\", \"items\": {\"x\": {\"type\": \"integer\"}}}", "a JSON list, […]" },
    { "{\"type\": \"array\", \"items\": {\"type\": \"array\"}}", "a JSON list, […]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *schema = g_strdup_printf ("{\"properties\": {\"values\": %s}}", cases[i].property);
      g_autoptr (JsonNode) node = json_from_string (schema, NULL);
      g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);
      DailiesField *field = dailies_definition_get_field (definition, "values");
      g_autofree char *accepts = dailies_field_dup_accepts (field);

      g_assert_true (dailies_field_is_value_list (field));
      g_assert_cmpstr (accepts, ==, cases[i].accepts);
    }
}

/* The tables of the published pages. */
static void
test_tables (void)
{
  static const struct
  {
    const char       *model;
    const char       *field;
    DailiesFieldRole  role;
    DailiesWireType   wire;
    gboolean          required;
    const char       *fallback;
    const char       *choices;
    int               max_items;
    const char       *mention;
  } cases[] = {
    { START_END, "prompt", DAILIES_FIELD_ROLE_PROMPT, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, NULL },
    { START_END, "start_image_url", DAILIES_FIELD_ROLE_IMAGE, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, "@Image%u" },
    { START_END, "end_image_url", DAILIES_FIELD_ROLE_IMAGE, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, "@Image%u" },
    { START_END, "duration", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_INTEGER, FALSE, "5", "5 10", -1, NULL },
    { REFERENCE, "prompt", DAILIES_FIELD_ROLE_PROMPT, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, NULL },
    { REFERENCE, "image_urls", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY, TRUE, NULL, NULL, 7, "@Image%u" },
    { REFERENCE, "elements", DAILIES_FIELD_ROLE_ELEMENTS, DAILIES_WIRE_ARRAY, TRUE, NULL, NULL, 7, "@Element%u" },
    { REFERENCE, "duration", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, "5", "5 10", -1, NULL },
    { REFERENCE, "aspect_ratio", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, "16:9", "16:9 9:16 1:1", -1, NULL },
    { EDIT, "prompt", DAILIES_FIELD_ROLE_PROMPT, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, NULL },
    { EDIT, "video_url", DAILIES_FIELD_ROLE_VIDEO, DAILIES_WIRE_STRING, TRUE, NULL, NULL, -1, NULL },
    { EDIT, "keep_audio", DAILIES_FIELD_ROLE_SWITCH, DAILIES_WIRE_BOOLEAN, FALSE, "false", NULL, -1, NULL },
    { EDIT, "image_urls", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY, TRUE, NULL, NULL, 4, "@Image%u" },
    { EDIT, "elements", DAILIES_FIELD_ROLE_ELEMENTS, DAILIES_WIRE_ARRAY, TRUE, NULL, NULL, 4, "@Element%u" },
    { UNIFICALLY_EDIT, "video_mode", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, NULL, "reference transform", -1,
      NULL },
    { UNIFICALLY_EDIT, "mode", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, "pro", "std pro", -1, NULL },
    { UNIFICALLY_EDIT, "aspect_ratio", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, NULL, "16:9 9:16 1:1", -1, NULL },
    { UNIFICALLY_EDIT, "image_urls", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY, FALSE, NULL, NULL, 4, "@image_%u" },
    { UNIFICALLY_EDIT, "keep_audio", DAILIES_FIELD_ROLE_SWITCH, DAILIES_WIRE_BOOLEAN, FALSE, "false", NULL, -1, NULL },
    { UNIFICALLY_EDIT, "callback_url", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING, FALSE, NULL, NULL, -1, NULL },
    { UNIFICALLY_VIDEO, "video_mode", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, NULL,
      "elements start_end_frame transform video_reference", -1, NULL },
    { UNIFICALLY_VIDEO, "duration", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_INTEGER, FALSE, "5", NULL, -1, NULL },
    { UNIFICALLY_VIDEO, "start_image_index", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_INTEGER, FALSE, NULL, NULL, -1, NULL },
    { UNIFICALLY_VIDEO, "image_urls", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY, FALSE, NULL, NULL, 7, "@Image%u" },
    { UNIFICALLY_VIDEO, "elements", DAILIES_FIELD_ROLE_ELEMENTS, DAILIES_WIRE_ARRAY, FALSE, NULL, NULL, 7, "@Element%u" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DailiesDefinition) definition = dup_definition (cases[i].model);
      DailiesField      *field = dailies_definition_get_field (definition, cases[i].field);
      const char *const *choices = dailies_field_get_choices (field);
      g_autofree char   *joined = choices != NULL ? g_strjoinv (" ", (char **) choices) : NULL;

      g_test_message ("%s %s", cases[i].model, cases[i].field);
      g_assert_cmpint (dailies_field_get_role (field), ==, cases[i].role);
      g_assert_cmpint (dailies_field_get_wire_type (field), ==, cases[i].wire);
      g_assert_cmpint (dailies_field_is_required (field), ==, cases[i].required);
      g_assert_cmpstr (dailies_field_get_default (field), ==, cases[i].fallback);
      g_assert_cmpstr (joined, ==, cases[i].choices);
      g_assert_cmpint (dailies_field_get_max_items (field), ==, cases[i].max_items);
      g_assert_cmpstr (dailies_field_get_mention (field), ==, cases[i].mention);
    }
}

static void
test_kinds (void)
{
  g_autoptr (DailiesDefinition) definition = dup_definition (EDIT);
  DailiesField *video = dailies_definition_get_field (definition, "video_url");
  DailiesField *images = dailies_definition_get_field (definition, "image_urls");
  DailiesField *elements = dailies_definition_get_field (definition, "elements");
  DailiesField *audio = dailies_definition_get_field (definition, "keep_audio");

  g_assert_true (dailies_field_is_media (video) && !dailies_field_is_list (video));
  g_assert_true (dailies_field_is_media (images) && dailies_field_is_list (images));
  g_assert_true (!dailies_field_is_media (elements) && dailies_field_is_list (elements));
  g_assert_true (!dailies_field_is_media (audio) && !dailies_field_is_list (audio));
  g_assert_cmpint (dailies_field_get_min_angles (elements), ==, 1);
  g_assert_cmpint (dailies_field_get_max_angles (elements), ==, 4);
  g_assert_true (isnan (dailies_field_get_minimum (audio)));
  g_assert_null (dailies_definition_get_field (definition, "nothing"));
  g_assert_true (dailies_definition_always_sends (definition, "keep_audio"));
  g_assert_false (dailies_definition_always_sends (definition, "prompt"));
  g_assert_false (dailies_definition_is_beside (definition, "prompt"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/accepts", test_accepts);
  g_test_add_func ("/field/lists", test_lists);
  g_test_add_func ("/field/tables", test_tables);
  g_test_add_func ("/field/kinds", test_kinds);
  return g_test_run ();
}
