/* test-request-history.c: what was dropped, typed and set comes back, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-request-history.h"

#include "request-fixture.h"

static guint variations;

/* What @request holds, in one line. */
static char *
describe (DailiesRequest *request)
{
  GListModel *images = dailies_request_get_assets (request, "image_urls");
  GString    *text = g_string_new (dailies_request_get_prompt (request));

  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (DailiesAsset) asset = g_list_model_get_item (images, i);

      g_string_append_printf (text, " [%s]", dailies_asset_get_name (asset));
    }
  return g_string_free (text, FALSE);
}

#define assert_is(request, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = describe (request);                                                   \
                                                                                                   \
    g_assert_cmpstr (found, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_steps (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = dailies_request_history_new (request, 1);

  g_assert_false (dailies_request_history_note (history, request, 1));
  g_assert_false (dailies_request_history_can_undo (history));
  g_assert_false (dailies_request_history_undo (history, request, &variations));
  g_assert_false (dailies_request_history_redo (history, request, &variations));
  g_assert_cmpint (dailies_request_history_get_time (history), ==, 0);

  add (request, "image_urls", "https://pages.test/a.png");
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_false (dailies_request_history_note (history, request, 1));
  g_assert_cmpint (dailies_request_history_get_time (history), >, 0);
  dailies_request_set_prompt (request, "Like @Image1");
  g_assert_true (dailies_request_history_note (history, request, 1));
  dailies_request_remove_asset (request, "image_urls", 0);
  add (request, "image_urls", "https://pages.test/b.png");
  g_assert_true (dailies_request_history_note (history, request, 1));

  g_assert_true (dailies_request_history_undo (history, request, &variations));
  assert_is (request, "Like @Image1 [a.png]");
  /* What is shown is not what is kept. */
  g_assert_false (dailies_request_history_note (history, request, 1));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  assert_is (request, " [a.png]");
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  assert_is (request, "");
  g_assert_false (dailies_request_history_can_undo (history));
  g_assert_true (dailies_request_history_redo (history, request, &variations));
  g_assert_true (dailies_request_history_redo (history, request, &variations));
  assert_is (request, "Like @Image1 [a.png]");
  g_assert_true (dailies_request_history_can_redo (history));

  /* Another way on: what was undone is not on it. */
  dailies_request_set_prompt (request, "Like nothing else");
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_false (dailies_request_history_can_redo (history));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  assert_is (request, "Like @Image1 [a.png]");
}

/* A mention that comes back means what it meant. */
static void
test_mentions (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = NULL;
  g_autoptr (GArray) mentions = NULL;

  add (request, "image_urls", "https://pages.test/a.png");
  add (request, "image_urls", "https://pages.test/b.png");
  dailies_request_set_prompt (request, "Like @Image2");
  history = dailies_request_history_new (request, 1);
  dailies_request_remove_asset (request, "image_urls", 1);
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  dailies_request_move_asset (request, "image_urls", 1, 0);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "Like @Image1");
}

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          int        *n_changes)
{
  ++*n_changes;
}

/* Whoever shows the request goes on showing the same lists, and an element that somebody writes in. */
static void
test_in_place (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = NULL;
  GListModel *images = dailies_request_get_assets (request, "image_urls");
  GListModel *elements = dailies_request_get_elements (request, "elements");
  DailiesElement *element = add_element (request, "elements", 1);
  int n_images = 0, n_elements = 0;

  dailies_request_set_prompt (request, "@Element1 walks");
  history = dailies_request_history_new (request, 1);
  dailies_element_set_description (element, "a fox");
  g_assert_true (dailies_request_history_note (history, request, 1));
  add (request, "image_urls", "https://pages.test/a.png");
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_signal_connect (images, "items-changed", G_CALLBACK (count_cb), &n_images);
  g_signal_connect (elements, "items-changed", G_CALLBACK (count_cb), &n_elements);

  g_assert_true (dailies_request_history_undo (history, request, &variations));
  g_assert_true (dailies_request_get_assets (request, "image_urls") == images);
  g_assert_cmpuint (g_list_model_get_n_items (images), ==, 0);
  g_assert_cmpint (n_images, ==, 1);
  g_assert_cmpstr (dailies_element_get_description (element), ==, "a fox");
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  g_assert_cmpstr (dailies_element_get_description (element), ==, "");
  g_assert_cmpint (n_elements, ==, 0);
  g_assert_true (dailies_request_history_redo (history, request, &variations));
  g_assert_cmpstr (dailies_element_get_description (element), ==, "a fox");
  g_assert_cmpint (n_elements, ==, 0);

  /* What is kept is not what is shown. */
  g_list_store_remove_all (dailies_element_get_angles (element));
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  g_assert_cmpint (n_elements, ==, 1);
  {
    g_autoptr (DailiesElement) back = g_list_model_get_item (elements, 0);

    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (dailies_element_get_angles (back))), ==, 1);
  }
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 walks");
  dailies_request_remove_element (request, "elements", 0);
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  add_element (request, "elements", 0);
  dailies_request_move_element (request, "elements", 1, 0);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element2 walks");
}

/* They are no part of what is sent, but set in the same form. */
static void
test_variations (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = dailies_request_history_new (request, 1);

  g_assert_true (dailies_request_history_note (history, request, 3));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  g_assert_cmpuint (variations, ==, 1);
  g_assert_true (dailies_request_history_redo (history, request, &variations));
  g_assert_cmpuint (variations, ==, 3);
  dailies_request_history_set_variations (history, 1);
  g_assert_false (dailies_request_history_note (history, request, 1));
}

static void
test_models (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = dailies_request_history_new (request, 1);
  g_autoptr (DailiesDefinition) definition = g_object_ref (dailies_request_get_definition (request));

  switch_model (request, EDIT);
  g_assert_true (dailies_request_history_note (history, request, 1));
  g_assert_true (dailies_request_history_undo (history, request, &variations));
  g_assert_cmpstr (dailies_definition_get_id (dailies_request_get_definition (request)), ==,
                   dailies_definition_get_id (definition));
}

/* Not without an end: each step is a request of its own. */
static void
test_many (void)
{
  g_autoptr (DailiesRequest) request = new_request (REFERENCE);
  g_autoptr (DailiesRequestHistory) history = dailies_request_history_new (request, 1);
  int n = 0;

  for (int i = 1; i <= 300; i++)
    {
      g_autofree char *prompt = g_strdup_printf ("Try %d", i);

      dailies_request_set_prompt (request, prompt);
      g_assert_true (dailies_request_history_note (history, request, 1));
    }
  while (dailies_request_history_can_undo (history))
    {
      g_assert_true (dailies_request_history_undo (history, request, &variations));
      n++;
    }
  g_assert_cmpint (n, ==, 200);
  assert_is (request, "Try 100");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-history/steps", test_steps);
  g_test_add_func ("/request-history/mentions", test_mentions);
  g_test_add_func ("/request-history/in-place", test_in_place);
  g_test_add_func ("/request-history/variations", test_variations);
  g_test_add_func ("/request-history/models", test_models);
  g_test_add_func ("/request-history/many", test_many);
  return g_test_run ();
}
