/* test-request-json.c: a draft comes back as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-error.h"
#include "request-fixture.h"

static DailiesRequest *
new_full (void)
{
  DailiesRequest *request = new_request (EDIT);
  DailiesElement *element;

  add (request, "video_url", "https://pages.test/v.mp4");
  add (request, "image_urls", "https://pages.test/1.png");
  add (request, "image_urls", "https://pages.test/2.png");
  element = add_element (request, "elements", 2);
  dailies_element_set_description (element, "ein Fuchs 🦊");
  dailies_request_set_prompt (request, "Ünter @Element1: @Image2, @Image9 und @Image1");
  dailies_request_set_text (request, "keep_audio", "true");

  return request;
}

static DailiesRequest *
reload (DailiesRequest *request)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  g_autoptr (JsonNode) node = dailies_request_to_json (request);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) parsed = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  DailiesRequest *again = dailies_request_new_from_json (parsed, catalogue, &error);

  g_assert_no_error (error);

  return again;
}

static void
assert_same (DailiesRequest *one,
             DailiesRequest *other)
{
  g_autoptr (JsonNode) first = dailies_request_to_json (one);
  g_autoptr (JsonNode) second = dailies_request_to_json (other);
  g_autofree char *first_text = json_to_string (first, TRUE);
  g_autofree char *second_text = json_to_string (second, TRUE);

  g_assert_cmpstr (first_text, ==, second_text);
}

static void
test_round_trip (void)
{
  DailiesRequest  *request = new_full ();
  DailiesRequest  *again = reload (request);
  g_autofree char *problems = dup_problems (request);

  assert_same (request, again);
  assert_problems (again, problems);
  g_assert_cmpstr (dailies_request_get_prompt (again), ==, dailies_request_get_prompt (request));
  g_assert_cmpstr (dailies_definition_get_id (dailies_request_get_definition (again)), ==,
                   dailies_definition_get_id (dailies_request_get_definition (request)));

  /* The mentions are still bound, not only spelt. */
  dailies_request_move_asset (again, "image_urls", 0, 1);
  g_assert_cmpstr (dailies_request_get_prompt (again), ==, "Ünter @Element1: @Image1, @Image9 und @Image2");
  g_assert_finalize_object (request);
  g_assert_finalize_object (again);
}

/* A mention whose item went away with the model is bound again when both come back after a restart. */
static void
test_parked (void)
{
  DailiesRequest *request = new_full ();
  DailiesRequest *again;

  switch_model (request, START_END);
  again = reload (request);
  assert_same (request, again);

  switch_model (again, EDIT);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_elements (again, "elements")), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_assets (again, "video_url")), ==, 1);
  g_assert_cmpstr (dailies_request_get_text (again, "keep_audio"), ==, "true");
  assert_problems (again, "error prompt: @Image9 in the prompt names nothing that this shot has.");
  g_assert_finalize_object (request);
  g_assert_finalize_object (again);
}

static void
test_unknown_model (void)
{
  DailiesRequest *request = new_full ();
  g_autoptr (JsonNode) node = dailies_request_to_json (request);
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  g_autoptr (GError) error = NULL;
  DailiesRequest *orphan;

  json_object_set_string_member (json_node_get_object (node), "model", "acme:gone/for-good");
  orphan = dailies_request_new_from_json (node, catalogue, &error);
  g_assert_no_error (error);
  g_assert_false (dailies_request_is_sendable (orphan));
  {
    g_autofree char *problems = dup_problems (orphan);

    g_assert_true (g_str_has_prefix (problems, "error : The model “acme:gone/for-good” is not known any more."));
  }
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_assets (orphan, "image_urls")), ==, 2);

  /* It is stored again as it was … */
  kept = dailies_request_to_json (orphan);
  g_assert_true (json_node_equal (node, kept));

  /* … and all of it goes along to a model that is known. */
  switch_model (orphan, EDIT);
  assert_problems (orphan, "error prompt: @Image9 in the prompt names nothing that this shot has.");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_assets (orphan, "image_urls")), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_assets (orphan, "video_url")), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_elements (orphan, "elements")), ==, 1);
  g_assert_cmpstr (dailies_request_get_text (orphan, "keep_audio"), ==, "true");
  g_assert_finalize_object (request);
  g_assert_finalize_object (orphan);
}

static void
test_copy (void)
{
  DailiesRequest  *request = new_full ();
  DailiesRequest  *copy = dailies_request_copy (request);
  g_autofree char *prompt = g_strdup (dailies_request_get_prompt (request));

  assert_same (request, copy);
  {
    g_autoptr (DailiesElement) one = g_list_model_get_item (dailies_request_get_elements (request, "elements"), 0);
    g_autoptr (DailiesElement) other = g_list_model_get_item (dailies_request_get_elements (copy, "elements"), 0);
    g_autoptr (DailiesAsset) image = g_list_model_get_item (dailies_request_get_assets (request, "image_urls"), 0);
    g_autoptr (DailiesAsset) shared = g_list_model_get_item (dailies_request_get_assets (copy, "image_urls"), 0);
    g_autofree char *spelling = dailies_request_dup_spelling (copy, other);

    g_assert_true (one != other);
    g_assert_true (image == shared);
    g_assert_cmpstr (spelling, ==, "@Element1");
    dailies_element_set_description (other, "another");
    g_list_store_remove_all (dailies_element_get_angles (other));
    g_assert_cmpstr (dailies_element_get_description (one), ==, "ein Fuchs 🦊");
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dailies_element_get_angles (one))), ==, 2);
  }
  dailies_request_move_asset (copy, "image_urls", 0, 1);
  dailies_request_set_text (copy, "keep_audio", NULL);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, prompt);
  g_assert_cmpstr (dailies_request_get_text (request, "keep_audio"), ==, "true");
  g_assert_finalize_object (copy);
  g_assert_finalize_object (request);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "[]", "1", "null", "{}", "{\"model\": 3, \"values\": {}}", "{\"model\": \"a\"}", "{\"model\": \"a\", \"values\": []}",
    "{\"version\": 2, \"model\": \"a\", \"values\": {}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (texts[i], NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (dailies_request_new_from_json (node, NULL, &error));
      g_assert_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID);
      g_assert_cmpstr (error->message, !=, "");
    }
}

/* Whatever a broken disk makes of a draft, it is read as far as it can be or refused. */
static void
test_mutated (void)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  DailiesRequest  *request = new_full ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  guint            read = 0;

  switch_model (request, REFERENCE);
  node = dailies_request_to_json (request);
  text = json_to_string (node, FALSE);
  g_assert_finalize_object (request);

  for (guint i = 0; i < 3000; i++)
    {
      static const char soup[] = "{}[]\",:0123456789-enulltrue ";
      g_autofree char *mutated = g_strdup (text);
      g_autoptr (JsonNode) parsed = NULL;
      g_autoptr (DailiesRequest) again = NULL;

      for (gint n = g_test_rand_int_range (1, 4); n > 0; n--)
        mutated[g_test_rand_int_range (0, strlen (text))] = soup[g_test_rand_int_range (0, sizeof soup - 1)];
      parsed = json_from_string (mutated, NULL);
      if (parsed == NULL)
        continue;
      again = dailies_request_new_from_json (parsed, catalogue, NULL);
      if (again == NULL)
        continue;
      read++;
      json_node_unref (dailies_request_to_json (again));
    }
  g_assert_cmpuint (read, >, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-json/round-trip", test_round_trip);
  g_test_add_func ("/request-json/parked", test_parked);
  g_test_add_func ("/request-json/unknown-model", test_unknown_model);
  g_test_add_func ("/request-json/copy", test_copy);
  g_test_add_func ("/request-json/refused", test_refused);
  g_test_add_func ("/request-json/mutated", test_mutated);
  return g_test_run ();
}
