/* test-prompt.c: mentions follow what they mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-asset.h"
#include "dailies-catalogue.h"
#include "dailies-element.h"
#include "dailies-problem.h"
#include "dailies-request.h"

#define REFERENCE "image-to-video/reference"

static DailiesRequest *
new_request (const char *model)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);

  return dailies_request_new (dailies_catalogue_lookup (catalogue, model, NULL));
}

static void
switch_model (DailiesRequest *request,
              const char     *model)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);

  dailies_request_set_definition (request, dailies_catalogue_lookup (catalogue, model, NULL));
}

static DailiesAsset *
add_image (DailiesRequest *request,
           const char     *field,
           guint           number)
{
  g_autofree char *url = g_strdup_printf ("https://pages.test/%u.png", number);
  g_autoptr (DailiesAsset) asset = dailies_asset_new_for_value (url, NULL);

  dailies_request_add_asset (request, field, asset, G_MAXUINT);

  return asset;
}

static DailiesRequest *
new_reference (guint n_images,
               guint n_elements)
{
  DailiesRequest *request = new_request (REFERENCE);

  for (guint i = 0; i < n_images; i++)
    add_image (request, "image_urls", i + 1);
  for (guint i = 0; i < n_elements; i++)
    {
      g_autoptr (DailiesElement) element = dailies_element_new ();

      dailies_request_add_element (request, "elements", element, G_MAXUINT);
    }

  return request;
}

static void
assert_mentions (DailiesRequest *request,
                 const char     *expected)
{
  g_autoptr (GArray) mentions = dailies_request_dup_mentions (request);
  g_autoptr (GString) found = g_string_new (NULL);
  const char *prompt = dailies_request_get_prompt (request);

  for (guint i = 0; i < mentions->len; i++)
    {
      DailiesMention *mention = &g_array_index (mentions, DailiesMention, i);

      g_string_append_len (found, prompt + mention->start, mention->end - mention->start);
      g_string_append (found, mention->target != NULL ? " " : "! ");
    }
  g_assert_cmpstr (g_strchomp (found->str), ==, expected);
}

static guint
count_mention_problems (DailiesRequest *request)
{
  GListModel *problems = dailies_request_get_problems (request);
  guint       count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (DailiesProblem) problem = g_list_model_get_item (problems, i);

      count += dailies_problem_get_fix (problem) == DAILIES_FIX_REMOVE_MENTION;
    }

  return count;
}

/* What is found in a text; ! behind what names nothing. Three images and one element are there. */
static void
test_scan (void)
{
  static const struct
  {
    const char *prompt;
    const char *mentions;
    const char *spelt; /* NULL: as it is */
  } cases[] = {
    { "", "" },
    { "no mention", "" },
    { "@Image1", "@Image1" },
    { "@Image1 and @Image3, @Element1.", "@Image1 @Image3 @Element1" },
    { "@Image4", "@Image4!" },
    { "@Image10 is not @Image1", "@Image10! @Image1" },
    { "@Image0", "@Image0!" },
    { "@Image01", "@Image01!" },
    { "@Image", "" },
    { "@ Image1", "" },
    { "me@Image1.test", "" },
    { "@Image1x", "" },
    { "@Image1_x", "" },
    { "@Imagery1", "" },
    { "@Somebody1", "" },
    { "@Video1", "@Video1!" },
    { "@Image1@Image2", "@Image1 @Image2" },
    { "(@Image1)", "@Image1" },
    { "@Image1's hat", "@Image1" },
    { "让@Image1的人跳舞", "@Image1" },
    { "été @Image2 à Zürich 🎬@Element1🎬", "@Image2 @Element1" },
    /* As another model spells it, or as somebody types it. */
    { "@image_2 and @element1", "@Image2 @Element1", "@Image2 and @Element1" },
    { "@IMAGE3", "@Image3", "@Image3" },
    { "@image_9", "@image_9!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesRequest *request = new_reference (3, 1);

      g_test_message ("%s", cases[i].prompt);
      dailies_request_set_prompt (request, cases[i].prompt);
      assert_mentions (request, cases[i].mentions);
      g_assert_cmpstr (dailies_request_get_prompt (request), ==,
                       cases[i].spelt != NULL ? cases[i].spelt : cases[i].prompt);
      g_assert_finalize_object (request);
    }
}

static void
test_offsets (void)
{
  DailiesRequest *request = new_reference (1, 0);
  g_autoptr (GArray) mentions = NULL;
  g_autoptr (GObject) image = g_list_model_get_item (dailies_request_get_assets (request, "image_urls"), 0);

  dailies_request_set_prompt (request, "été @Image1");
  mentions = dailies_request_dup_mentions (request);
  g_assert_cmpuint (mentions->len, ==, 1);
  g_assert_cmpuint (g_array_index (mentions, DailiesMention, 0).start, ==, strlen ("été "));
  g_assert_cmpuint (g_array_index (mentions, DailiesMention, 0).end, ==, strlen ("été @Image1"));
  g_assert_true (g_array_index (mentions, DailiesMention, 0).target == image);
  g_assert_finalize_object (request);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_reorder (void)
{
  DailiesRequest *request = new_reference (3, 0);
  guint           notified = 0;

  dailies_request_set_prompt (request, "From @Image1 over @Image2 to @Image3");
  g_signal_connect_swapped (request, "notify::prompt", G_CALLBACK (count_cb), &notified);

  dailies_request_move_asset (request, "image_urls", 0, 2);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "From @Image3 over @Image1 to @Image2");
  g_assert_cmpuint (notified, ==, 1);
  dailies_request_move_asset (request, "image_urls", 2, 0);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "From @Image1 over @Image2 to @Image3");
  dailies_request_move_asset (request, "image_urls", 1, 1);
  dailies_request_move_asset (request, "image_urls", 9, 1);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_finalize_object (request);
}

static void
test_remove (void)
{
  DailiesRequest *request = new_reference (2, 0);
  g_autoptr (DailiesAsset) second = g_list_model_get_item (dailies_request_get_assets (request, "image_urls"), 1);

  dailies_request_set_prompt (request, "@Image1 beside @Image2");
  dailies_request_remove_asset (request, "image_urls", 0);

  /* The one that is left is the first now; the other one stays as text, and must not be mistaken for it. */
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Image1 beside @Image1");
  assert_mentions (request, "@Image1! @Image1");
  g_assert_cmpuint (count_mention_problems (request), ==, 1);

  /* Typing elsewhere does not change that. */
  dailies_request_set_prompt (request, "@Image1 beside @Image1, at night");
  assert_mentions (request, "@Image1! @Image1");
  dailies_request_set_prompt (request, "Look: @Image1 beside @Image1, at night");
  assert_mentions (request, "@Image1! @Image1");

  {
    g_autoptr (DailiesProblem) problem = g_list_model_get_item (dailies_request_get_problems (request), 0);

    dailies_request_apply_fix (request, problem);
  }
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "Look: beside @Image1, at night");
  assert_mentions (request, "@Image1");
  {
    g_autoptr (GArray) mentions = dailies_request_dup_mentions (request);

    g_assert_true (g_array_index (mentions, DailiesMention, 0).target == G_OBJECT (second));
  }
  g_assert_finalize_object (request);
}

/* A mention that waits for its item gets it. */
static void
test_late_item (void)
{
  DailiesRequest *request = new_reference (1, 0);

  dailies_request_set_prompt (request, "@Image2 and @Image1");
  assert_mentions (request, "@Image2! @Image1");
  add_image (request, "image_urls", 2);
  assert_mentions (request, "@Image2 @Image1");

  /* Taken out and replaced. */
  dailies_request_remove_asset (request, "image_urls", 1);
  assert_mentions (request, "@Image2! @Image1");
  add_image (request, "image_urls", 3);
  assert_mentions (request, "@Image2 @Image1");
  g_assert_cmpuint (count_mention_problems (request), ==, 0);
  g_assert_finalize_object (request);
}

static void
test_single_replaced (void)
{
  DailiesRequest *request = new_request ("kling/kling-video-o1/image-to-video");

  /* The end frame is the second image even while there is no first. */
  add_image (request, "end_image_url", 2);
  dailies_request_set_prompt (request, "Into @Image2 from @Image1");
  assert_mentions (request, "@Image2 @Image1!");
  add_image (request, "start_image_url", 1);
  assert_mentions (request, "@Image2 @Image1");
  add_image (request, "start_image_url", 3);
  assert_mentions (request, "@Image2 @Image1");
  g_assert_cmpuint (g_list_model_get_n_items (dailies_request_get_assets (request, "start_image_url")), ==, 1);
  g_assert_finalize_object (request);
}

static void
test_typing (void)
{
  static const char text[] = "So @Image1 meets @Image2 at noon";
  DailiesRequest *request = new_reference (2, 0);

  for (gsize length = 1; length <= strlen (text); length++)
    {
      g_autofree char *typed = g_strndup (text, length);

      dailies_request_set_prompt (request, typed);
      g_assert_cmpstr (dailies_request_get_prompt (request), ==, typed);
    }
  assert_mentions (request, "@Image1 @Image2");

  /* A digit more makes it another mention, a digit less the old one again. */
  dailies_request_set_prompt (request, "So @Image12 meets @Image2 at noon");
  assert_mentions (request, "@Image12! @Image2");
  dailies_request_set_prompt (request, "So @Image1 meets @Image2 at noon");
  assert_mentions (request, "@Image1 @Image2");
  g_assert_finalize_object (request);
}

static void
test_other_model (void)
{
  DailiesRequest *request = new_reference (2, 1);

  dailies_request_set_prompt (request, "@Element1 walks from @Image1 to @Image2");
  switch_model (request, "kling-o1-video-edit");
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 walks from @image_1 to @image_2");
  assert_mentions (request, "@Element1! @image_1 @image_2");
  g_assert_cmpuint (count_mention_problems (request), ==, 1);

  /* Reordered there, and back: the element is itself again. */
  dailies_request_move_asset (request, "image_urls", 0, 1);
  switch_model (request, REFERENCE);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Element1 walks from @Image2 to @Image1");
  assert_mentions (request, "@Element1 @Image2 @Image1");
  g_assert_finalize_object (request);
}

static void
test_mentionables (void)
{
  DailiesRequest *request = new_reference (2, 1);
  g_autoptr (GPtrArray) mentionables = dailies_request_dup_mentionables (request);
  static const char *const expected[] = { "@Element1", "@Image1", "@Image2" };

  g_assert_cmpuint (mentionables->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < mentionables->len; i++)
    {
      DailiesMentionable *mentionable = g_ptr_array_index (mentionables, i);
      g_autofree char    *spelling = dailies_request_dup_spelling (request, mentionable->target);

      g_assert_cmpstr (mentionable->spelling, ==, expected[i]);
      g_assert_cmpstr (spelling, ==, expected[i]);
    }
  g_assert_null (dailies_request_dup_spelling (request, request));
  g_assert_finalize_object (request);
}

/* The same picture twice: each mention keeps its own number. */
static void
test_same_twice (void)
{
  DailiesRequest *request = new_reference (0, 0);
  DailiesAsset   *asset = add_image (request, "image_urls", 1);

  dailies_request_add_asset (request, "image_urls", asset, G_MAXUINT);
  dailies_request_set_prompt (request, "@Image1 @Image2");
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "@Image1 @Image2");
  assert_mentions (request, "@Image1 @Image2");
  g_assert_finalize_object (request);
}

/* Any bytes at all. */
static void
test_rubbish (void)
{
  DailiesRequest *request = new_reference (2, 1);

  for (guint i = 0; i < 3000; i++)
    {
      static const char *const parts[] = { "@", "Image", "1", "2", "_", " ", "é", "@Image1", "@Element1", "\xff", "人", "" };
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint p = 0; p < 6; p++)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      dailies_request_set_prompt (request, text->str);
      g_assert_true (g_utf8_validate (dailies_request_get_prompt (request), -1, NULL));
      if (i % 7 == 0)
        dailies_request_move_asset (request, "image_urls", 0, 1);
      g_array_unref (dailies_request_dup_mentions (request));
    }
  g_assert_finalize_object (request);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prompt/scan", test_scan);
  g_test_add_func ("/prompt/offsets", test_offsets);
  g_test_add_func ("/prompt/reorder", test_reorder);
  g_test_add_func ("/prompt/remove", test_remove);
  g_test_add_func ("/prompt/late-item", test_late_item);
  g_test_add_func ("/prompt/single-replaced", test_single_replaced);
  g_test_add_func ("/prompt/typing", test_typing);
  g_test_add_func ("/prompt/other-model", test_other_model);
  g_test_add_func ("/prompt/mentionables", test_mentionables);
  g_test_add_func ("/prompt/same-twice", test_same_twice);
  g_test_add_func ("/prompt/rubbish", test_rubbish);
  return g_test_run ();
}
