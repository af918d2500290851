/* test-definition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "dailies-definition.h"
#include "dailies-error.h"
#include "dailies-field.h"

/* Made for the test in the dialect with its oddities: required flags in the property, capital String, float, no format on the
 * video, a bare map as items, samples as defaults. */
static const char raw_schema[] =
  "{ \"title\": \"Morph Test\", \"type\": \"object\", \"required\": [\"prompt\", \"clip_list\"],"
  "  \"properties\": {"
  "    \"prompt\": { \"type\": \"String\", \"description\": \"Say it. Use @image_1 for a picture.\","
  "                  \"default\": \"a sample\" },"
  "    \"video_url\": { \"type\": \"string\", \"required\": true, \"default\": \"https://x.test/s.mp4\" },"
  "    \"picture\": { \"type\": \"string\", \"format\": \"image_uri\", \"default\": \"https://x.test/s.png\","
  "      \"validations\": ["
  "        { \"validation_rule\": \"file_size_mb<\", \"validation_value\": 10, \"validation_error\": \"e\" },"
  "        { \"validation_rule\": \"width_pixels>\", \"validation_value\": \"300\" },"
  "        { \"validation_rule\": \"width/height>\", \"validation_value\": 0.4 },"
  "        { \"validation_rule\": \"width/height<=\", \"validation_value\": 2.5 },"
  "        { \"validation_rule\": \"phase_of_moon<\", \"validation_value\": 1 } ] },"
  "    \"clip_list\": { \"type\": \"array\", \"format\": \"video_uris\", \"minItems\": 0, \"maxItems\": 3 },"
  "    \"songs\": { \"type\": \"array\", \"items\": { \"type\": \"string\", \"format\": \"audio_uri\" } },"
  "    \"cast\": { \"type\": \"array\", \"maxItems\": 4, \"items\": {"
  "      \"front\": { \"type\": \"string\", \"format\": \"image_uri\", \"default\": \"\" },"
  "      \"others\": { \"type\": \"array\", \"format\": \"image_uris\", \"minItems\": 1, \"maxItems\": 4 } } },"
  "    \"strength\": { \"type\": \"float\", \"minimum\": 0, \"maximum\": 1, \"default\": 0.5 },"
  "    \"seconds\": { \"type\": \"String\", \"enum\": [\"5\", \"10\"], \"default\": \"5\" },"
  "    \"steps\": { \"type\": \"integer\", \"enum\": [5, 10], \"default\": 7 },"
  "    \"keep_audio\": { \"type\": \"boolean\", \"default\": false },"
  "    \"negative_prompt\": { \"anyOf\": [ { \"type\": \"string\" }, { \"type\": \"null\" } ], \"default\": null },"
  "    \"image_quality\": { \"type\": \"string\" },"
  "    \"webhook_url\": { \"type\": \"string\" },"
  "    \"extra\": { \"type\": \"object\", \"properties\": { \"a\": { \"type\": \"string\" } } }"
  "  } }";

static DailiesDefinition *
read_text (const char  *text,
           GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, error);

  g_assert_nonnull (node);

  return dailies_definition_new_from_json (node, error);
}

static void
test_raw_roles (void)
{
  static const struct
  {
    const char       *name;
    const char       *title;
    DailiesFieldRole  role;
    DailiesWireType   wire;
    gboolean          required;
    const char       *fallback;
    const char       *mention;
  } cases[] = {
    { "prompt", "Prompt", DAILIES_FIELD_ROLE_PROMPT, DAILIES_WIRE_STRING, TRUE, NULL, NULL },
    { "video_url", "Video", DAILIES_FIELD_ROLE_VIDEO, DAILIES_WIRE_STRING, TRUE, NULL, NULL },
    { "picture", "Picture", DAILIES_FIELD_ROLE_IMAGE, DAILIES_WIRE_STRING, FALSE, NULL, "@image_%u" },
    { "clip_list", "Clip list", DAILIES_FIELD_ROLE_VIDEOS, DAILIES_WIRE_ARRAY, TRUE, NULL, NULL },
    { "songs", "Songs", DAILIES_FIELD_ROLE_AUDIOS, DAILIES_WIRE_ARRAY, FALSE, NULL, NULL },
    { "cast", "Cast", DAILIES_FIELD_ROLE_ELEMENTS, DAILIES_WIRE_ARRAY, FALSE, NULL, "@Element%u" },
    { "strength", "Strength", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_NUMBER, FALSE, "0.5", NULL },
    { "seconds", "Seconds", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING, FALSE, "5", NULL },
    { "steps", "Steps", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_INTEGER, FALSE, NULL, NULL },
    { "keep_audio", "Keep audio", DAILIES_FIELD_ROLE_SWITCH, DAILIES_WIRE_BOOLEAN, FALSE, "false", NULL },
    { "negative_prompt", "Negative prompt", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING, FALSE, NULL, NULL },
    { "image_quality", "Image quality", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING, FALSE, NULL, NULL },
    { "webhook_url", "Webhook", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING, FALSE, NULL, NULL },
    { "extra", "Extra", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_OBJECT, FALSE, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  DailiesDefinition *definition = read_text (raw_schema, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_definition_get_fields (definition)), ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesField *field = dailies_definition_get_field (definition, cases[i].name);

      g_test_message ("%s", cases[i].name);
      g_assert_nonnull (field);
      g_assert_cmpstr (dailies_field_get_title (field), ==, cases[i].title);
      g_assert_cmpint (dailies_field_get_role (field), ==, cases[i].role);
      g_assert_cmpint (dailies_field_get_wire_type (field), ==, cases[i].wire);
      g_assert_cmpint (dailies_field_is_required (field), ==, cases[i].required);
      g_assert_cmpstr (dailies_field_get_default (field), ==, cases[i].fallback);
      g_assert_cmpstr (dailies_field_get_mention (field), ==, cases[i].mention);
    }

  g_assert_true (dailies_field_is_url (dailies_definition_get_field (definition, "webhook_url")));
  g_assert_true (dailies_definition_always_sends (definition, "keep_audio"));
  g_assert_true (dailies_definition_get_length_field (definition) ==
                 dailies_definition_get_field (definition, "seconds"));
  g_assert_cmpstr (dailies_definition_get_title (definition), ==, "Morph Test");
  g_assert_true (g_str_has_prefix (dailies_definition_get_id (definition), "runcomfy:imported/"));
  g_assert_finalize_object (definition);
}

static void
test_raw_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = read_text (raw_schema, &error);
  const DailiesMediaLimits  *limits;
  const DailiesElementShape *shape;
  DailiesField              *cast;

  g_assert_no_error (error);
  limits = dailies_field_get_limits (dailies_definition_get_field (definition, "picture"));
  g_assert_cmpfloat (limits->max_megabytes, ==, 10);
  g_assert_true (limits->max_megabytes_strict);
  g_assert_cmpint (limits->min_width, ==, 300);
  g_assert_cmpint (limits->min_height, ==, -1);
  g_assert_true (limits->min_size_strict);
  g_assert_cmpfloat (limits->min_ratio, ==, 0.4);
  g_assert_cmpfloat (limits->max_ratio, ==, 2.5);
  g_assert_false (limits->ratio_strict);
  g_assert_null (dailies_field_get_limits (dailies_definition_get_field (definition, "video_url")));

  cast = dailies_definition_get_field (definition, "cast");
  shape = dailies_field_get_element_shape (cast);
  g_assert_cmpstr (shape->frontal, ==, "front");
  g_assert_cmpstr (shape->angles, ==, "others");
  g_assert_null (shape->images);
  g_assert_cmpint (dailies_field_get_min_angles (cast), ==, 1);
  g_assert_cmpint (dailies_field_get_max_angles (cast), ==, 4);
  g_assert_cmpint (dailies_field_get_max_items (cast), ==, 4);
}

static void
test_form_order (void)
{
  static const char *const expected[] = { "video_url", "picture", "cast", "clip_list", "songs", "prompt", "strength" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = read_text (raw_schema, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (dailies_definition_get_fields (definition), i);

      g_assert_cmpstr (dailies_field_get_name (field), ==, expected[i]);
    }
}

static void
test_catalogue_entry (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
    "{ \"model_id\": \"some/new-model\", \"display_name\": \"New Model\", \"categories\": [\"image-to-video\"],"
    "  \"kind\": \"video\", \"base_price_usd\": 0.07, \"price_unit\": \"second\", \"pricing_note\": null,"
    "  \"input_schema\": %s }", raw_schema);
  g_autofree char *list = g_strdup_printf ("{ \"models\": [%s], \"total\": 1 }", text);
  const char *const texts[] = { text, list };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DailiesDefinition) definition = read_text (texts[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (dailies_definition_get_id (definition), ==, "runcomfy:some/new-model");
      g_assert_cmpstr (dailies_definition_get_title (definition), ==, "New Model");
      g_assert_cmpstr (dailies_definition_get_makes (definition), ==, "video");
      g_assert_cmpfloat (dailies_definition_get_usd_per_second (definition), ==, 0.07);
      g_assert_true (isnan (dailies_definition_get_usd_per_output (definition)));
      g_assert_cmpint (g_list_model_get_n_items (dailies_definition_get_fields (definition)), ==, 14);
    }
}

/* Words are shown in lines of their own, on a terminal too. */
static void
test_words (void)
{
  static const struct
  {
    const char *title;
    const char *shown;
  } cases[] = {
    { "Two\\nLines", "Two Lines" },
    { " \\r\\n Tab\\there \\n", "Tab here" },
    { "\\u001b[2JRed\\u0007", "[2JRed" },
    { "C1\\u009b31m", "C1 31m" },
    { "a\\u202egpj.exe", "agpj.exe" },
    { "Para\\u2029graph", "Para graph" },
    { "\\n\\u001b", "some/model" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf (
        "{ \"service\": \"runcomfy\", \"endpoint\": \"some/model\", \"title\": \"%s\", \"family\": \"%s\","
        "  \"price\": { \"usd-per-output\": 1, \"as-of\": \"%s\" },"
        "  \"input\": { \"properties\": { \"some/model\": 1,"
        "    \"x\": { \"type\": \"string\", \"title\": \"%s\", \"description\": \"%s\" } } } }",
        cases[i].title, cases[i].title, cases[i].title, cases[i].title, cases[i].title);
      g_autoptr (DailiesDefinition) definition = read_text (text, &error);
      gboolean empty = g_str_equal (cases[i].shown, "some/model");
      DailiesField *field;

      g_test_message ("%s", cases[i].title);
      g_assert_no_error (error);
      field = dailies_definition_get_field (definition, "x");
      g_assert_cmpstr (dailies_definition_get_title (definition), ==, cases[i].shown);
      g_assert_cmpstr (dailies_definition_get_family (definition), ==, empty ? "" : cases[i].shown);
      g_assert_cmpstr (dailies_definition_get_price_as_of (definition), ==, empty ? "" : cases[i].shown);
      g_assert_cmpstr (dailies_field_get_title (field), ==, empty ? "X" : cases[i].shown);
      g_assert_cmpstr (dailies_field_get_description (field), ==, empty ? "" : cases[i].shown);
    }
}

static void
test_bare_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition =
    read_text ("{ \"prompt\": { \"type\": \"string\" }, \"image_urls\": { \"type\": \"array\" },"
               "  \"required\": [\"prompt\"] }", &error);

  g_assert_no_error (error);
  g_assert_true (dailies_field_is_required (dailies_definition_get_field (definition, "prompt")));
  g_assert_cmpint (dailies_field_get_role (dailies_definition_get_field (definition, "image_urls")), ==,
                   DAILIES_FIELD_ROLE_IMAGES);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) first = read_text (raw_schema, &error);
  g_autoptr (JsonNode) node = dailies_definition_to_json (first);
  g_autoptr (DailiesDefinition) second = dailies_definition_new_from_json (node, &error);
  g_autoptr (JsonNode) again = NULL;

  g_assert_no_error (error);
  again = dailies_definition_to_json (second);
  g_assert_true (json_node_equal (node, again));
  g_assert_cmpstr (dailies_definition_get_id (first), ==, dailies_definition_get_id (second));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "[]", "JSON object" },
    { "3", "JSON object" },
    { "{}", "neither" },
    { "{\"a\": 1}", "neither" },
    { "{\"properties\": {}}", "no inputs" },
    { "{\"properties\": {\"a\": 1}}", "no inputs" },
    { "{\"properties\": {\"a b\": {\"type\": \"string\"}}}", "a b" },
    { "{\"models\": []}", "0 models" },
    { "{\"models\": [{}, {}]}", "2 models" },
    { "{\"model_id\": \"../etc\", \"input_schema\": {\"properties\": {\"a\": {}}}}", "address" },
    { "{\"model_id\": 5, \"input_schema\": {\"properties\": {\"a\": {}}}}", "address" },
    { "{\"service\": \"a:b\", \"endpoint\": \"x\", \"input\": {\"a\": {\"type\": \"string\"}}}", "no service" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DailiesDefinition *definition = read_text (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (definition);
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definition/raw/roles", test_raw_roles);
  g_test_add_func ("/definition/raw/limits", test_raw_limits);
  g_test_add_func ("/definition/form-order", test_form_order);
  g_test_add_func ("/definition/catalogue-entry", test_catalogue_entry);
  g_test_add_func ("/definition/words", test_words);
  g_test_add_func ("/definition/bare-map", test_bare_map);
  g_test_add_func ("/definition/round-trip", test_round_trip);
  g_test_add_func ("/definition/refused", test_refused);
  return g_test_run ();
}
