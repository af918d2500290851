/* test-request.c: the form itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "media.h"
#include "request-fixture.h"

static void
note_cb (DailiesRequest *request,
         const char     *field,
         GString        *notes)
{
  g_string_append_printf (notes, "[%s]", field);
}

static void
notify_cb (DailiesRequest *request,
           GParamSpec     *pspec,
           GString        *notes)
{
  g_string_append_printf (notes, "%s;", pspec->name);
}

static void
test_signals (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (GString) notes = g_string_new (NULL);
  DailiesElement *element;

  g_signal_connect (request, "changed", G_CALLBACK (note_cb), notes);
  g_signal_connect (request, "notify", G_CALLBACK (notify_cb), notes);

  dailies_request_set_prompt (request, "x");
  g_assert_cmpstr (notes->str, ==, "prompt;sendable;[prompt]");
  g_string_truncate (notes, 0);
  dailies_request_set_prompt (request, "x");
  dailies_request_set_text (request, "prompt", "x");
  dailies_request_set_text (request, "duration", NULL);
  g_assert_cmpstr (notes->str, ==, "");

  dailies_request_set_text (request, "duration", "10");
  dailies_request_set_text (request, "duration", "10");
  add (request, "image_urls", "https://pages.test/1.png");
  g_assert_cmpstr (notes->str, ==, "[duration][image_urls]");
  g_string_truncate (notes, 0);

  element = add_element (request, "elements", 1);
  g_assert_cmpstr (notes->str, ==, "[elements]");
  dailies_element_set_description (element, "a fox");
  g_assert_cmpstr (notes->str, ==, "[elements][]");
  g_string_truncate (notes, 0);

  dailies_request_remove_element (request, "elements", 0);
  dailies_request_remove_element (request, "elements", 0);
  dailies_request_remove_asset (request, "image_urls", 5);
  g_assert_cmpstr (notes->str, ==, "[elements]");
  g_string_truncate (notes, 0);

  switch_model (request, START_END);
  g_assert_cmpstr (notes->str, ==, "definition;sendable;[]");
  g_assert_finalize_object (request);
}

static void
test_properties (void)
{
  g_autoptr (DailiesDefinition) edit = dup_definition (EDIT);
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (DailiesDefinition) shown = NULL;
  g_autofree char *prompt = NULL;
  gboolean         sendable;

  g_object_set (request, "prompt", "a prompt", NULL);
  g_object_get (request, "prompt", &prompt, "sendable", &sendable, NULL);
  g_assert_cmpstr (prompt, ==, "a prompt");
  g_assert_true (sendable);
  g_object_set (request, "definition", edit, NULL);
  g_object_get (request, "definition", &shown, "sendable", &sendable, NULL);
  g_assert_true (shown == edit);
  g_assert_false (sendable);
  g_assert_finalize_object (request);
}

static void
test_lists (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  GListModel     *list = dailies_request_get_assets (request, "image_urls");
  static const struct
  {
    guint from, to;
    const char *order;
  } moves[] = {
    { 0, 3, "1230" }, { 3, 0, "0123" }, { 1, 2, "0213" }, { 2, 1, "0123" }, { 0, 99, "1230" }, { 99, 0, "1230" },
  };

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://pages.test/%u", i);

      add (request, "image_urls", url);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (GString) order = g_string_new (NULL);

      dailies_request_move_asset (request, "image_urls", moves[i].from, moves[i].to);
      for (guint n = 0; n < g_list_model_get_n_items (list); n++)
        {
          g_autoptr (DailiesAsset) asset = g_list_model_get_item (list, n);

          g_string_append_c (order, *(strrchr (dailies_asset_get_uri (asset), '/') + 1));
        }
      g_assert_cmpstr (order->str, ==, moves[i].order);
    }
  g_assert_true (list == dailies_request_get_assets (request, "image_urls"));
  g_assert_finalize_object (request);
}

static char *
dup_uris (DailiesRequest *request,
          const char     *field)
{
  GListModel *list = dailies_request_get_assets (request, field);
  g_autoptr (GString) uris = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (DailiesAsset) asset = g_list_model_get_item (list, i);

      g_string_append_printf (uris, "%s%s", i > 0 ? " " : "", strrchr (dailies_asset_get_uri (asset), '/') + 1);
    }

  return g_string_free (g_steal_pointer (&uris), FALSE);
}

static void
assert_uris (DailiesRequest *request,
             const char     *field,
             const char     *expected)
{
  g_autofree char *uris = dup_uris (request, field);

  g_assert_cmpstr (uris, ==, expected);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *notes)
{
  g_string_append_printf (notes, "[%u -%u +%u]", position, removed, added);
}

/* A row of the form is made of each problem: those that stay are the same objects, in the same place. */
static void
test_problems_stay (void)
{
  DailiesRequest *request = new_request (EDIT);
  GListModel *problems = dailies_request_get_problems (request);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (DailiesProblem) first = g_list_model_get_item (problems, 0);
  g_autoptr (DailiesProblem) still = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 2);
  g_signal_connect (problems, "items-changed", G_CALLBACK (items_changed_cb), notes);
  dailies_request_set_prompt (request, "x");
  g_assert_cmpstr (notes->str, ==, "[1 -1 +0]");
  dailies_request_set_prompt (request, "");
  g_assert_cmpstr (notes->str, ==, "[1 -1 +0][1 -0 +1]");
  still = g_list_model_get_item (problems, 0);
  g_assert_true (still == first);
  g_string_truncate (notes, 0);

  add (request, "video_url", "https://pages.test/v.mp4");
  g_assert_true (g_str_has_prefix (notes->str, "[0 -1 +"));
  g_assert_finalize_object (request);
}

/* By name where there is one, else by what it is; the rest comes back with its model. */
static void
test_other_model (void)
{
  DailiesRequest *request = new_request (EDIT);

  add (request, "video_url", "https://pages.test/v.mp4");
  add (request, "image_urls", "https://pages.test/1.png");
  add (request, "image_urls", "https://pages.test/2.png");
  add (request, "image_urls", "https://pages.test/3.png");
  add_element (request, "elements", 1);
  dailies_request_set_prompt (request, "@Element1 in @Image2");
  dailies_request_set_text (request, "keep_audio", "true");

  /* Two of three pictures find a place. */
  switch_model (request, START_END);
  assert_uris (request, "start_image_url", "1.png");
  assert_uris (request, "end_image_url", "2.png");
  assert_uris (request, "video_url", "");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_elements (request, "elements")), ==, 0);
  g_assert_null (dailies_request_get_text (request, "keep_audio"));
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 in @Image2");
  dailies_request_set_text (request, "duration", "10");

  /* What has the same name goes along, if the model takes it. */
  switch_model (request, REFERENCE);
  g_assert_cmpstr (dailies_request_get_text (request, "duration"), ==, "10");
  assert_uris (request, "image_urls", "1.png 2.png 3.png");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_elements (request, "elements")), ==, 1);
  assert_problems (request, "");
  dailies_request_remove_asset (request, "image_urls", 0);
  dailies_request_set_text (request, "aspect_ratio", "9:16");

  switch_model (request, UNIFICALLY_VIDEO);
  g_assert_cmpstr (dailies_request_get_text (request, "duration"), ==, "10");
  g_assert_cmpstr (dailies_request_get_text (request, "aspect_ratio"), ==, "9:16");
  dailies_request_set_text (request, "duration", "7");
  dailies_request_set_text (request, "aspect_ratio", "auto");
  switch_model (request, REFERENCE);
  g_assert_cmpstr (dailies_request_get_text (request, "duration"), ==, "10");
  g_assert_cmpstr (dailies_request_get_text (request, "aspect_ratio"), ==, "9:16");

  /* Home: all that was there is there. */
  switch_model (request, EDIT);
  assert_uris (request, "video_url", "v.mp4");
  assert_uris (request, "image_urls", "2.png 3.png");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_elements (request, "elements")), ==, 1);
  g_assert_cmpstr (dailies_request_get_text (request, "keep_audio"), ==, "true");
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 in @Image1");
  g_assert_finalize_object (request);
}

static void
test_and_back (void)
{
  DailiesRequest *request = new_request (START_END);
  GListModel     *start = dailies_request_get_assets (request, "start_image_url");

  add (request, "start_image_url", "https://pages.test/s.png");
  add (request, "end_image_url", "https://pages.test/e.png");
  dailies_request_set_prompt (request, "@Image1 then @Image2");

  switch_model (request, UNIFICALLY_VIDEO);
  assert_uris (request, "start_frame_url", "s.png");
  assert_uris (request, "end_frame_url", "e.png");
  g_assert_cmpuint (g_list_model_get_n_items (start), ==, 0);

  switch_model (request, START_END);
  assert_uris (request, "start_image_url", "s.png");
  assert_uris (request, "end_image_url", "e.png");
  g_assert_true (start == dailies_request_get_assets (request, "start_image_url"));
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Image1 then @Image2");
  assert_problems (request, "");
  g_assert_finalize_object (request);
}

static void
test_seconds (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *clip = media_make_clip (folder, "clip.mp4", "mp4mux", 1280, 720, 24, 96, FALSE);
  DailiesRequest  *request = new_request (START_END);

  g_assert_cmpfloat (dailies_request_get_seconds (request), ==, 5);
  dailies_request_set_text (request, "duration", "10");
  g_assert_cmpfloat (dailies_request_get_seconds (request), ==, 10);
  dailies_request_set_text (request, "duration", "soon");
  g_assert_true (isnan (dailies_request_get_seconds (request)));

  /* The output of an edit is as long as its source. */
  switch_model (request, EDIT);
  g_assert_true (isnan (dailies_request_get_seconds (request)));
  add (request, "video_url", clip);
  wait_until_read (request);
  g_assert_cmpfloat_with_epsilon (dailies_request_get_seconds (request), 4, 0.05);
  add (request, "video_url", "https://pages.test/far-away.mp4");
  g_assert_true (isnan (dailies_request_get_seconds (request)));

  g_assert_finalize_object (request);
  media_folder_remove (folder);
}

static void
test_all_assets (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (GPtrArray) assets = NULL;

  add_element (request, "elements", 2);
  add (request, "image_urls", "https://pages.test/1.png");
  add (request, "image_urls", "https://pages.test/1.png");
  add (request, "image_urls", "https://pages.test/2.png");
  assets = dailies_request_dup_all_assets (request);
  g_assert_cmpuint (assets->len, ==, 5);
  g_assert_cmpstr (dailies_asset_get_uri (g_ptr_array_index (assets, 0)), ==, "https://pages.test/frontal.png");
  g_assert_cmpstr (dailies_asset_get_uri (g_ptr_array_index (assets, 4)), ==, "https://pages.test/2.png");
  g_assert_finalize_object (request);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* What was made of a file takes its place, wherever that was, and whoever mentions it. */
static void
test_replace (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (DailiesAsset) asset = new_asset ("https://pages.test/large.png");
  g_autoptr (DailiesAsset) by = new_asset ("https://pages.test/small.png");
  g_autoptr (DailiesAsset) again = NULL;
  DailiesElement *element = add_element (request, "elements", 2);
  guint n_told = 0;

  dailies_element_set_frontal (element, asset);
  g_list_store_insert (dailies_element_get_angles (element), 1, asset);
  add (request, "image_urls", "https://pages.test/first.png");
  dailies_request_add_asset (request, "image_urls", asset, G_MAXUINT);
  dailies_request_set_prompt (request, "@Element1 before @Image2.");
  g_signal_connect_swapped (request, "changed", G_CALLBACK (count_cb), &n_told);

  g_assert_true (dailies_request_replace_asset (request, asset, by));
  g_assert_cmpuint (n_told, >, 0);
  g_assert_true (dailies_element_get_frontal (element) == by);
  again = g_list_model_get_item (G_LIST_MODEL (dailies_element_get_angles (element)), 1);
  g_assert_true (again == by);
  g_clear_object (&again);
  again = g_list_model_get_item (dailies_request_get_assets (request, "image_urls"), 1);
  g_assert_true (again == by);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 before @Image2.");
  {
    g_autoptr (GArray) mentions = dailies_request_dup_mentions (request);

    g_assert_cmpuint (mentions->len, ==, 2);
    g_assert_true (g_array_index (mentions, DailiesMention, 1).target == (GObject *) by);
  }

  /* It was taken away meanwhile. */
  g_assert_false (dailies_request_replace_asset (request, asset, by));
  g_assert_finalize_object (request);
}

/* The request may go while its files are still being read. */
static void
test_gone_while_reading (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *image = media_make_image (folder, "i.png", "png", 500, 500);
  g_autoptr (DailiesAsset) asset = new_asset (image);
  DailiesRequest  *request = new_request (START_END);

  dailies_request_add_asset (request, "start_image_url", asset, 0);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_LOADING);
  g_assert_finalize_object (request);
  fixture_wait_seconds (dailies_asset_get_state (asset) != DAILIES_ASSET_LOADING, 30);
  g_assert_cmpint (dailies_asset_get_state (asset), ==, DAILIES_ASSET_READY);
  media_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/signals", test_signals);
  g_test_add_func ("/request/properties", test_properties);
  g_test_add_func ("/request/lists", test_lists);
  g_test_add_func ("/request/problems-stay", test_problems_stay);
  g_test_add_func ("/request/other-model", test_other_model);
  g_test_add_func ("/request/and-back", test_and_back);
  g_test_add_func ("/request/seconds", test_seconds);
  g_test_add_func ("/request/all-assets", test_all_assets);
  g_test_add_func ("/request/replace", test_replace);
  g_test_add_func ("/request/gone-while-reading", test_gone_while_reading);
  return g_test_run ();
}
