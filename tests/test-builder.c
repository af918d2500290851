/* test-builder.c: the JSON that is sent, with the examples of the published pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"
#include "dailies-schema-json.h"
#include "mutate.h"
#include "request-fixture.h"

static DailiesElement *
add_named_element (DailiesRequest *request,
                   const char     *field,
                   const char     *frontal_url,
                   const char     *angle_url)
{
  g_autoptr (DailiesElement) element = dailies_element_new ();
  g_autoptr (DailiesAsset) frontal = new_asset (frontal_url);
  g_autoptr (DailiesAsset) angle = new_asset (angle_url);

  dailies_element_set_frontal (element, frontal);
  g_list_store_append (dailies_element_get_angles (element), angle);
  dailies_request_add_element (request, field, element, G_MAXUINT);

  return element;
}

static void
assert_problemless (DailiesRequest *request)
{
  g_autoptr (GObject) first = g_list_model_get_item (dailies_request_get_problems (request), 0);

  g_assert_null (first);
  g_assert_true (dailies_request_is_sendable (request));
}

static void
assert_builds (DailiesRequest *request,
               const char     *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) beside = NULL;
  g_autoptr (JsonNode) built = dailies_request_build (request, NULL, &beside, &error);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_null (beside);
  g_assert_nonnull (wanted);
  text = json_to_string (built, FALSE);
  g_test_message ("built %s", text);
  g_assert_true (json_node_equal (built, wanted));
}

static void
test_start_end (void)
{
  DailiesRequest *request = new_request ("kling/kling-video-o1/image-to-video");

  add (request, "start_image_url", "https://pages.test/1.png");
  add (request, "end_image_url", "https://pages.test/2.png");
  dailies_request_set_prompt (request, "From dusk to dawn");
  assert_problemless (request);
  assert_builds (request, "{\"prompt\":\"From dusk to dawn\",\"start_image_url\":\"https://pages.test/1.png\","
                          "\"end_image_url\":\"https://pages.test/2.png\"}");

  /* An integer here … */
  dailies_request_set_text (request, "duration", "10");
  assert_builds (request, "{\"prompt\":\"From dusk to dawn\",\"start_image_url\":\"https://pages.test/1.png\","
                          "\"end_image_url\":\"https://pages.test/2.png\",\"duration\":10}");
  g_assert_finalize_object (request);
}

static void
test_reference (void)
{
  DailiesRequest *request = new_request ("image-to-video/reference");

  add_named_element (request, "elements", "https://pages.test/2.png", "https://pages.test/3.jpeg");
  add (request, "image_urls", "https://pages.test/4.png");
  dailies_request_set_prompt (request, "Show @Element1 in @Image1");
  assert_problemless (request);
  assert_builds (request, "{\"prompt\":\"Show @Element1 in @Image1\",\"elements\":[{\"frontal_image_url\":"
                          "\"https://pages.test/2.png\",\"reference_image_urls\":[\"https://pages.test/3.jpeg\"]}],"
                          "\"image_urls\":[\"https://pages.test/4.png\"]}");

  /* … and a string there. */
  dailies_request_set_text (request, "duration", "10");
  dailies_request_set_text (request, "aspect_ratio", "9:16");
  assert_builds (request, "{\"prompt\":\"Show @Element1 in @Image1\",\"elements\":[{\"frontal_image_url\":"
                          "\"https://pages.test/2.png\",\"reference_image_urls\":[\"https://pages.test/3.jpeg\"]}],"
                          "\"image_urls\":[\"https://pages.test/4.png\"],\"duration\":\"10\",\"aspect_ratio\":\"9:16\"}");
  g_assert_finalize_object (request);
}

static void
test_edit (void)
{
  DailiesRequest *request = new_request ("video-to-video/edit");

  add (request, "video_url", "https://pages.test/1.mp4");
  add_named_element (request, "elements", "https://pages.test/2.png", "https://pages.test/3.jpeg");
  add (request, "image_urls", "https://pages.test/4.png");
  dailies_request_set_prompt (request, "Put @Element1 into @Image1");
  assert_problemless (request);
  assert_builds (request, "{\"prompt\":\"Put @Element1 into @Image1\",\"video_url\":\"https://pages.test/1.mp4\","
                          "\"elements\":[{\"frontal_image_url\":\"https://pages.test/2.png\","
                          "\"reference_image_urls\":[\"https://pages.test/3.jpeg\"]}],"
                          "\"image_urls\":[\"https://pages.test/4.png\"],\"keep_audio\":false}");
  g_assert_finalize_object (request);
}

/* Required lists are there even when they are empty; left out, the service may take its samples. */
static void
test_edit_empty_lists (void)
{
  DailiesRequest *request = new_request ("video-to-video/edit");

  add (request, "video_url", "https://pages.test/1.mp4");
  dailies_request_set_prompt (request, "Rain");
  dailies_request_set_text (request, "keep_audio", "true");
  assert_builds (request, "{\"prompt\":\"Rain\",\"video_url\":\"https://pages.test/1.mp4\",\"elements\":[],"
                          "\"image_urls\":[],\"keep_audio\":true}");
  g_assert_finalize_object (request);
}

static void
test_unifically_edit (void)
{
  DailiesRequest *request = new_request ("kling-o1-video-edit");
  g_autoptr (JsonNode) beside = NULL;
  g_autoptr (JsonNode) built = NULL;

  add (request, "video_url", "https://pages.test/video.mp4");
  dailies_request_set_prompt (request, "Snow");
  dailies_request_set_text (request, "video_mode", "reference");
  dailies_request_set_text (request, "mode", "pro");
  assert_problemless (request);
  assert_builds (request, "{\"prompt\":\"Snow\",\"video_url\":\"https://pages.test/video.mp4\","
                          "\"video_mode\":\"reference\",\"mode\":\"pro\",\"keep_audio\":false}");

  dailies_request_set_text (request, "callback_url", "https://studio.test/ready");
  built = dailies_request_build (request, NULL, &beside, NULL);
  g_assert_false (json_object_has_member (json_node_get_object (built), "callback_url"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (beside), "callback_url"), ==,
                   "https://studio.test/ready");
  g_assert_finalize_object (request);
}

static void
test_unifically_all_modes (void)
{
  DailiesRequest *request = new_request ("kling-o1-video");
  DailiesElement *element;

  dailies_request_set_prompt (request, "Only words");
  assert_builds (request, "{\"prompt\":\"Only words\"}");

  element = add_named_element (request, "elements", "https://pages.test/f.png", "https://pages.test/a.png");
  dailies_element_set_description (element, "a fox");
  dailies_request_set_prompt (request, "Run, @Element1");
  dailies_request_set_text (request, "duration", "7");
  assert_builds (request, "{\"prompt\":\"Run, @Element1\",\"elements\":[{\"description\":\"a fox\",\"type\":\"image\","
                          "\"image_urls\":[\"https://pages.test/f.png\",\"https://pages.test/a.png\"]}],"
                          "\"video_mode\":\"elements\",\"duration\":7}");

  dailies_request_remove_element (request, "elements", 0);
  dailies_request_set_prompt (request, "Rain");
  add (request, "video_url", "https://pages.test/v.mp4");
  assert_builds (request, "{\"prompt\":\"Rain\",\"video_url\":\"https://pages.test/v.mp4\","
                          "\"video_mode\":\"video_reference\",\"aspect_ratio\":\"auto\",\"duration\":7}");
  g_assert_finalize_object (request);
}

/* Local files need an address first. */
static void
test_urls (void)
{
  DailiesRequest *request = new_request ("kling/kling-video-o1/image-to-video");
  g_autoptr (GHashTable) urls = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) built = NULL;

  add (request, "start_image_url", "https://pages.test/1.png");
  add (request, "end_image_url", "https://pages.test/2.png");
  dailies_request_set_prompt (request, "x");
  g_hash_table_insert (urls, (gpointer) "https://pages.test/1.png", (gpointer) "https://elsewhere.test/1.png");
  built = dailies_request_build (request, urls, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (built), "start_image_url"), ==,
                   "https://elsewhere.test/1.png");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (built), "end_image_url"), ==,
                   "https://pages.test/2.png");
  g_assert_finalize_object (request);
}

static void
test_not_sendable (void)
{
  DailiesRequest *request = new_request ("kling/kling-video-o1/image-to-video");
  g_autoptr (GError) error = NULL;

  g_assert_null (dailies_request_build (request, NULL, NULL, &error));
  g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Start frame"));
  g_assert_finalize_object (request);
}

/* A schema nobody has seen before, from the page and from the catalogue, makes a request that can be sent. */
static void
test_imported (void)
{
  static const char schema[] =
    "{ \"required\": [\"prompt\", \"pictures\", \"cast\"], \"properties\": {"
    "  \"prompt\": { \"type\": \"String\", \"default\": \"sample\" },"
    "  \"pictures\": { \"type\": \"array\", \"format\": \"image_uris\", \"default\": [\"https://samples.test/1.png\"] },"
    "  \"video_url\": { \"type\": \"string\", \"default\": \"https://samples.test/1.mp4\" },"
    "  \"cast\": { \"type\": \"array\", \"items\": { \"front\": { \"type\": \"string\", \"format\": \"image_uri\" },"
    "    \"others\": { \"type\": \"array\", \"format\": \"image_uris\", \"minItems\": 1 } } },"
    "  \"duration\": { \"type\": \"String\", \"enum\": [\"5\", \"10\"], \"default\": \"5\" },"
    "  \"guidance\": { \"type\": \"float\", \"minimum\": 0, \"maximum\": 1, \"default\": 0.5 },"
    "  \"seed\": { \"type\": \"integer\" },"
    "  \"tags\": { \"type\": \"array\", \"items\": { \"type\": \"string\" } },"
    "  \"camera\": { \"type\": \"object\" },"
    "  \"keep_audio\": { \"type\": \"boolean\" } } }";
  g_autofree char *entry = g_strdup_printf ("{ \"model_id\": \"new/model\", \"input_schema\": %s }", schema);
  const char *const texts[] = { schema, entry };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (texts[i], NULL);
      g_autoptr (DailiesDefinition) definition = dailies_definition_new_from_json (node, NULL);
      DailiesRequest *request = dailies_request_new (definition);

      dailies_request_set_prompt (request, "Go");
      assert_problemless (request);
      assert_builds (request, "{\"prompt\":\"Go\",\"pictures\":[],\"cast\":[],\"keep_audio\":false}");

      add (request, "pictures", "https://pages.test/p.png");
      add_named_element (request, "cast", "https://pages.test/f.png", "https://pages.test/a.png");
      dailies_request_set_text (request, "duration", "10");
      dailies_request_set_text (request, "guidance", "0.25");
      dailies_request_set_text (request, "seed", "42");
      dailies_request_set_text (request, "tags", "red\n blue \n");
      dailies_request_set_text (request, "camera", "{\"pan\": 1}");
      assert_problemless (request);
      assert_builds (request, "{\"prompt\":\"Go\",\"pictures\":[\"https://pages.test/p.png\"],"
                              "\"cast\":[{\"front\":\"https://pages.test/f.png\",\"others\":[\"https://pages.test/a.png\"]}],"
                              "\"duration\":\"10\",\"guidance\":0.25,\"seed\":42,\"tags\":[\"red\",\"blue\"],"
                              "\"camera\":{\"pan\":1},\"keep_audio\":false}");
      g_assert_finalize_object (request);
    }
}

/* Fills the fields with something, values only now and then: strange ones keep most requests from being built. */
static void
fill_all (DailiesRequest *request)
{
  GListModel *fields = dailies_definition_get_fields (dailies_request_get_definition (request));

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      const char *name = dailies_field_get_name (field);

      if (dailies_field_is_media (field))
        add (request, name, "https://pages.test/x");
      else if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_ELEMENTS)
        add_element (request, name, 1);
      else if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_PROMPT)
        dailies_request_set_text (request, name, g_test_rand_int_range (0, 2) ? "x" : "@Image1 and @Element2");
      else if (g_test_rand_int_range (0, 6) > 0)
        continue;
      else if (dailies_field_get_role (field) == DAILIES_FIELD_ROLE_CHOICE)
        dailies_request_set_text (request, name, dailies_field_get_choices (field)[0]);
      else
        dailies_request_set_text (request, name, i % 2 == 0 ? "3" : "{}");
    }
}

/* Whatever a definition says, its form can be filled, checked and built or refused with a sentence. */
static void
test_strange_models (void)
{
  static const char *const names[] = { "30-runcomfy-edit.json", "50-unifically-video.json" };
  guint n_built = 0, n_refused = 0;

  for (guint f = 0; f < G_N_ELEMENTS (names); f++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "models", names[f], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      for (guint i = 1; i < 300; i++)
        {
          g_autoptr (GString) mutated = g_string_new (text);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (JsonNode) node = NULL;
          g_autoptr (JsonNode) built = NULL;
          g_autoptr (DailiesDefinition) definition = NULL;
          g_autoptr (GError) error = NULL;
          DailiesRequest *request;

          mutate (mutated, i);
          bytes = g_bytes_new (mutated->str, mutated->len);
          node = dailies_schema_json_parse (bytes, NULL);
          definition = node != NULL ? dailies_definition_new_from_json (node, NULL) : NULL;
          if (definition == NULL)
            continue;

          request = dailies_request_new (definition);
          fill_all (request);
          switch_model (request, REFERENCE);
          dailies_request_set_definition (request, definition);
          built = dailies_request_build (request, NULL, NULL, &error);
          g_assert_true ((built == NULL) == (error != NULL));
          *(built != NULL ? &n_built : &n_refused) += 1;
          g_assert_finalize_object (request);
        }
    }
  g_test_message ("%u built, %u refused", n_built, n_refused);
  g_assert_cmpuint (n_built, >, 0);
  g_assert_cmpuint (n_refused, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/start-end", test_start_end);
  g_test_add_func ("/builder/reference", test_reference);
  g_test_add_func ("/builder/edit", test_edit);
  g_test_add_func ("/builder/edit/empty-lists", test_edit_empty_lists);
  g_test_add_func ("/builder/unifically/edit", test_unifically_edit);
  g_test_add_func ("/builder/unifically/all-modes", test_unifically_all_modes);
  g_test_add_func ("/builder/urls", test_urls);
  g_test_add_func ("/builder/not-sendable", test_not_sendable);
  g_test_add_func ("/builder/imported", test_imported);
  g_test_add_func ("/builder/strange-models", test_strange_models);
  return g_test_run ();
}
