/* test-dialect.c: schemas that nobody checked before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "dailies-definition.h"
#include "dailies-dialect.h"
#include "dailies-error.h"
#include "dailies-field.h"
#include "dailies-schema-json.h"
#include "mutate.h"

static DailiesDefinition *
read_bytes (const char  *text,
            gsize        length,
            GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (JsonNode) node = dailies_schema_json_parse (bytes, error);

  return node != NULL ? dailies_definition_new_from_json (node, error) : NULL;
}

/* Asks for everything that a form asks for. */
static void
look_at_all (DailiesDefinition *definition)
{
  GListModel *fields = dailies_definition_get_fields (definition);
  g_autoptr (JsonNode) node G_GNUC_UNUSED = dailies_definition_to_json (definition);

  g_assert_cmpuint (g_list_model_get_n_items (fields), >, 0);
  dailies_definition_get_length_field (definition);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      g_autofree char *accepts = dailies_field_dup_accepts (field);

      g_assert_true (g_utf8_validate (accepts, -1, NULL));
      g_assert_true (g_utf8_validate (dailies_field_get_title (field), -1, NULL));
      g_assert_true (g_utf8_validate (dailies_field_get_description (field), -1, NULL));
      g_assert_cmpint (dailies_field_get_max_items (field), <=, 10000);
      g_assert_true (dailies_field_get_role (field) != DAILIES_FIELD_ROLE_CHOICE || dailies_field_get_choices (field) != NULL);
      g_assert_true ((dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS) ==
                     (dailies_field_get_element_shape (field) != NULL));
    }
}

/* One property on its own: what it becomes. */
static void
test_properties (void)
{
  static const struct
  {
    const char       *property;
    DailiesFieldRole  role;
    DailiesWireType   wire;
  } cases[] = {
    { "\"x\": {\"type\": \"String\"}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": \"float\"}", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_NUMBER },
    { "\"x\": {\"type\": \"Integer\"}", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_INTEGER },
    { "\"x\": {\"type\": [\"null\", \"boolean\"]}", DAILIES_FIELD_ROLE_SWITCH, DAILIES_WIRE_BOOLEAN },
    { "\"x\": {\"type\": \"string\", \"enum\": [\"5\", \"10\"]}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": \"string\", \"enum\": [5, 10]}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": \"integer\", \"enum\": [5, 10]}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_INTEGER },
    { "\"x\": {\"enum\": [5, 10]}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_INTEGER },
    { "\"x\": {\"enum\": []}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING },
    { "\"x\": {\"default\": 1.5}", DAILIES_FIELD_ROLE_NUMBER, DAILIES_WIRE_NUMBER },
    { "\"x\": {\"default\": true}", DAILIES_FIELD_ROLE_SWITCH, DAILIES_WIRE_BOOLEAN },
    { "\"x\": {\"const\": \"only\"}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING },
    { "\"x\": {\"format\": \"image_uri\"}", DAILIES_FIELD_ROLE_IMAGE, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": \"string\", \"format\": \"audio_uri\"}", DAILIES_FIELD_ROLE_AUDIO, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": \"string\", \"format\": \"image_uris\"}", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"type\": \"array\", \"format\": \"audio_uris\"}", DAILIES_FIELD_ROLE_AUDIOS, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"type\": \"array\", \"items\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}",
      DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"type\": \"array\", \"items\": {\"type\": \"object\", \"properties\": {\"front_image_url\":"
      " {\"type\": \"string\"}}}}", DAILIES_FIELD_ROLE_ELEMENTS, DAILIES_WIRE_ARRAY },
    { "\"x\": {\"properties\": {\"a\": {\"type\": \"string\"}}}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_OBJECT },
    { "\"tail_image_url\": {\"type\": \"string\", \"format\": \"uri\"}", DAILIES_FIELD_ROLE_IMAGE, DAILIES_WIRE_STRING },
    { "\"video_url\": {\"type\": \"string\"}", DAILIES_FIELD_ROLE_VIDEO, DAILIES_WIRE_STRING },
    { "\"image_urls\": {\"type\": \"array\"}", DAILIES_FIELD_ROLE_IMAGES, DAILIES_WIRE_ARRAY },
    { "\"video_mode\": {\"type\": \"string\"}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING },
    { "\"keep_audio\": {\"type\": \"string\"}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING },
    { "\"image\": {\"type\": \"string\", \"enum\": [\"a\"]}", DAILIES_FIELD_ROLE_CHOICE, DAILIES_WIRE_STRING },
    { "\"callback_url\": {\"type\": \"string\"}", DAILIES_FIELD_ROLE_TEXT, DAILIES_WIRE_STRING },
    { "\"text\": {\"type\": \"string\"}", DAILIES_FIELD_ROLE_PROMPT, DAILIES_WIRE_STRING },
    { "\"x\": {\"type\": 7, \"enum\": {}, \"items\": 3, \"validations\": \"no\"}", DAILIES_FIELD_ROLE_TEXT,
      DAILIES_WIRE_ARRAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"properties\": {%s}}", cases[i].property);
      g_autoptr (GError) error = NULL;
      g_autoptr (DailiesDefinition) definition = read_bytes (text, strlen (text), &error);
      g_autoptr (DailiesField) field = NULL;

      g_test_message ("%s", cases[i].property);
      g_assert_no_error (error);
      look_at_all (definition);
      field = g_list_model_get_item (dailies_definition_get_fields (definition), 0);
      g_assert_cmpint (dailies_field_get_role (field), ==, cases[i].role);
      g_assert_cmpint (dailies_field_get_wire_type (field), ==, cases[i].wire);
    }
}

static void
test_one_list_of_images (void)
{
  static const char text[] =
    "{\"cast\": {\"type\": \"array\", \"items\": {"
    "  \"description\": {\"type\": \"string\"}, \"type\": {\"type\": \"string\", \"enum\": [\"image\"]},"
    "  \"image_urls\": {\"type\": \"array\", \"minItems\": 2, \"maxItems\": 4} }}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = read_bytes (text, strlen (text), &error);
  DailiesField              *field;
  const DailiesElementShape *shape;

  g_assert_no_error (error);
  field = dailies_definition_get_field (definition, "cast");
  shape = dailies_field_get_element_shape (field);
  g_assert_cmpstr (shape->images, ==, "image_urls");
  g_assert_cmpstr (shape->description, ==, "description");
  g_assert_null (shape->frontal);
  g_assert_null (shape->angles);
  g_assert_cmpstr (json_object_get_string_member (shape->constants, "type"), ==, "image");

  /* One of them is the frontal image. */
  g_assert_cmpint (dailies_field_get_min_angles (field), ==, 1);
  g_assert_cmpint (dailies_field_get_max_angles (field), ==, 3);
}

static void
test_numbers (void)
{
  static const char text[] =
    "{\"properties\": {"
    "  \"huge\": {\"type\": \"array\", \"format\": \"image_uris\", \"minItems\": -4, \"maxItems\": 1e300},"
    "  \"crossed\": {\"type\": \"array\", \"format\": \"image_uris\", \"minItems\": 5, \"maxItems\": 2},"
    "  \"range\": {\"type\": \"number\", \"minimum\": 9, \"maximum\": 1},"
    "  \"texts\": {\"type\": \"number\", \"minimum\": \"1\", \"maximum\": \"nine\"},"
    "  \"image\": {\"format\": \"image_uri\", \"validations\": [7, {}, {\"validation_rule\": \"file_size_mb<\"},"
    "    {\"validation_rule\": \"width_pixels>\", \"validation_value\": 1e99},"
    "    {\"validation_rule\": \"height_pixels>\", \"validation_value\": -1}] } }}";
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesDefinition) definition = read_bytes (text, strlen (text), &error);
  DailiesField *field;

  g_assert_no_error (error);
  look_at_all (definition);
  field = dailies_definition_get_field (definition, "huge");
  g_assert_cmpint (dailies_field_get_min_items (field), ==, -1);
  g_assert_cmpint (dailies_field_get_max_items (field), ==, 10000);
  field = dailies_definition_get_field (definition, "crossed");
  g_assert_cmpint (dailies_field_get_min_items (field), ==, -1);
  g_assert_cmpint (dailies_field_get_max_items (field), ==, 2);
  field = dailies_definition_get_field (definition, "range");
  g_assert_true (isnan (dailies_field_get_minimum (field)) && isnan (dailies_field_get_maximum (field)));
  field = dailies_definition_get_field (definition, "texts");
  g_assert_cmpfloat (dailies_field_get_minimum (field), ==, 1);
  g_assert_true (isnan (dailies_field_get_maximum (field)));
  field = dailies_definition_get_field (definition, "image");
  g_assert_cmpint (dailies_field_get_limits (field)->min_width, ==, -1);
  g_assert_cmpint (dailies_field_get_limits (field)->min_height, ==, -1);
}

static void
test_too_much (void)
{
  static const struct
  {
    const char *open;
    guint       times;
  } cases[] = {
    { "[", 2000000 },
    { "[", 200000 },
    { "{\"a\":", 200000 },
    { "{\"properties\":", 100 },
    { "[", 65 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (guint n = 0; n < cases[i].times; n++)
        g_string_append (text, cases[i].open);
      g_assert_null (read_bytes (text->str, text->len, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
    }

  /* Well-formed and too deep, and too many. */
  {
    g_autoptr (GString) deep = g_string_new ("{\"x\": {\"type\": \"string\", \"default\": ");
    g_autoptr (GString) many = g_string_new ("{\"properties\": {");
    g_autoptr (GError) error = NULL;

    for (guint n = 0; n < 80; n++)
      g_string_append_c (deep, '[');
    for (guint n = 0; n < 80; n++)
      g_string_append_c (deep, ']');
    g_string_append (deep, "}}");
    g_assert_null (read_bytes (deep->str, deep->len, &error));
    g_assert_nonnull (strstr (error->message, "64 levels"));
    g_clear_error (&error);

    for (guint n = 0; n < 201; n++)
      g_string_append_printf (many, "%s\"f%u\": {\"type\": \"string\"}", n > 0 ? "," : "", n);
    g_string_append (many, "}}");
    g_assert_null (read_bytes (many->str, many->len, &error));
    g_assert_nonnull (strstr (error->message, "200 inputs"));
  }
}

static void
test_not_json (void)
{
  static const char *const texts[] = {
    "", " ", "{", "null", "\"text\"", "<html></html>", "{a: 1}", "{\"x\": /* \" */ {\"type\": \"string\"}}",
    "{\"properties\": {\"a\": {\"type\": \"\xff\xfe\"}}}", "{\"properties\": {\"a\": {\"default\": 1e999}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_null (read_bytes (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* The bundled definitions with something else in them: a form or a sentence, never a crash. */
static void
test_mutated (void)
{
  static const char *const names[] = {
    "10-runcomfy-image-to-video.json", "20-runcomfy-reference.json", "30-runcomfy-edit.json", "40-unifically-edit.json",
    "50-unifically-video.json",
  };
  guint n_forms = 0, n_sentences = 0;

  for (guint f = 0; f < G_N_ELEMENTS (names); f++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "models", names[f], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      for (guint i = 0; i < 800; i++)
        {
          g_autoptr (GString) mutated = g_string_new (text);
          g_autoptr (GError) error = NULL;
          g_autoptr (DailiesDefinition) definition = NULL;

          mutate (mutated, i);
          definition = read_bytes (mutated->str, mutated->len, &error);
          g_assert_true ((definition == NULL) == (error != NULL));
          if (definition != NULL)
            {
              look_at_all (definition);
              n_forms++;
            }
          else
            {
              g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
              g_assert_true (g_utf8_validate (error->message, -1, NULL));
              n_sentences++;
            }
        }
    }
  g_test_message ("%u forms, %u sentences", n_forms, n_sentences);
  g_assert_cmpuint (n_forms, >, 500);
  g_assert_cmpuint (n_sentences, >, 500);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dialect/properties", test_properties);
  g_test_add_func ("/dialect/one-list-of-images", test_one_list_of_images);
  g_test_add_func ("/dialect/numbers", test_numbers);
  g_test_add_func ("/dialect/too-much", test_too_much);
  g_test_add_func ("/dialect/not-json", test_not_json);
  g_test_add_func ("/dialect/mutated", test_mutated);
  return g_test_run ();
}
