/* test-validator.c: every rule as a problem that names the thing, the measure and the limit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "media.h"
#include "request-fixture.h"

static void
test_empty_form (void)
{
  static const struct
  {
    const char *model;
    const char *problems;
  } cases[] = {
    { START_END, "empty start_image_url: Start frame is still missing.\n"
                 "empty end_image_url: End frame is still missing.\n"
                 "empty prompt: Prompt is still missing." },
    { REFERENCE, "empty prompt: Prompt is still missing." },
    { EDIT, "empty video_url: Source video is still missing.\n"
            "empty prompt: Prompt is still missing." },
    { UNIFICALLY_EDIT, "empty video_url: Source video is still missing.\n"
                       "empty prompt: Prompt is still missing." },
    { UNIFICALLY_VIDEO, "empty prompt: Prompt is still missing." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesRequest *request = new_request (cases[i].model);

      assert_problems (request, cases[i].problems);
      g_assert_false (dailies_request_is_sendable (request));
      g_assert_finalize_object (request);
    }
}

static void
test_blank_prompt (void)
{
  DailiesRequest *request = new_request (REFERENCE);

  dailies_request_set_prompt (request, " \n\t");
  assert_problems (request, "empty prompt: Prompt is still missing.");
  dailies_request_set_prompt (request, " x");
  assert_problems (request, "");
  g_assert_true (dailies_request_is_sendable (request));
  g_assert_finalize_object (request);
}

static void
test_values (void)
{
  static const struct
  {
    const char *model;
    const char *field;
    const char *value;
    const char *message;
  } cases[] = {
    { START_END, "duration", "5" },
    { START_END, "duration", "10" },
    { START_END, "duration", "7", "Duration is “7”; it has to be 5 or 10." },
    { START_END, "duration", "5.0", "Duration is “5.0”; it has to be 5 or 10." },
    { REFERENCE, "aspect_ratio", "1:1" },
    { REFERENCE, "aspect_ratio", "4:3", "Aspect ratio is “4:3”; it has to be 16:9, 9:16 or 1:1." },
    { REFERENCE, "aspect_ratio", "", "Aspect ratio is “”; it has to be 16:9, 9:16 or 1:1." },
    { EDIT, "keep_audio", "true" },
    { EDIT, "keep_audio", "yes", "Keep original audio is “yes”; it has to be true or false." },
    { UNIFICALLY_VIDEO, "duration", "3" },
    { UNIFICALLY_VIDEO, "duration", "10" },
    { UNIFICALLY_VIDEO, "duration", "2", "Duration is 2; it has to be 3 to 10." },
    { UNIFICALLY_VIDEO, "duration", "11", "Duration is 11; it has to be 3 to 10." },
    { UNIFICALLY_VIDEO, "duration", "4.5", "Duration is 4.5; it has to be a whole number." },
    { UNIFICALLY_VIDEO, "duration", "long", "Duration is “long”; it has to be a number." },
    { UNIFICALLY_VIDEO, "duration", "nan", "Duration is “nan”; it has to be a number." },
    { UNIFICALLY_EDIT, "callback_url", "https://studio.test/x" },
    { UNIFICALLY_EDIT, "callback_url", "" },
    { UNIFICALLY_EDIT, "callback_url", "http://studio.test/x",
      "Callback address is “http://studio.test/x”; it has to be an address that begins with https://." },
    { UNIFICALLY_EDIT, "callback_url", "https://",
      "Callback address is “https://”; it has to be an address that begins with https://." },
    { UNIFICALLY_EDIT, "callback_url", "https://studio test/x",
      "Callback address is “https://studio test/x”; it has to be an address that begins with https://." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesRequest *request = new_request (cases[i].model);
      g_autoptr (DailiesProblem) first = NULL;

      g_test_message ("%s=%s", cases[i].field, cases[i].value);
      dailies_request_set_text (request, cases[i].field, cases[i].value);
      first = g_list_model_get_item (dailies_request_get_problems (request), 0);
      if (cases[i].message == NULL)
        {
          g_assert_cmpint (dailies_problem_get_severity (first), ==, DAILIES_PROBLEM_EMPTY);
        }
      else
        {
          g_assert_cmpint (dailies_problem_get_severity (first), ==, DAILIES_PROBLEM_ERROR);
          g_assert_cmpstr (dailies_problem_get_field (first), ==, cases[i].field);
          g_assert_cmpstr (dailies_problem_get_message (first), ==, cases[i].message);
          apply_first_fix (request, DAILIES_FIX_RESET_VALUE);
          g_assert_null (dailies_request_get_text (request, cases[i].field));
        }
      g_assert_finalize_object (request);
    }
}

/* What only this network can reach is told, and can be sent: it may be where the service is. */
static void
test_near (void)
{
  DailiesRequest *request = new_request (UNIFICALLY_EDIT);

  dailies_request_set_prompt (request, "x");
  add (request, "video_url", "https://127.0.0.1/a.mp4");
  add (request, "image_urls", "https://mac.local/a.png");
  dailies_request_set_text (request, "callback_url", "https://10.0.0.1/done");
  assert_problems (request,
                   "warning video_url: Source video is at “127.0.0.1”, which only computers of this network can reach: no "
                   "service fetches it from there. Use the file itself or an address on the web.\n"
                   "warning image_urls: @image_1 is at “mac.local”, which only computers of this network can reach: no "
                   "service fetches it from there. Use the file itself or an address on the web.\n"
                   "warning callback_url: Callback address is at “10.0.0.1”, which only computers of this network can "
                   "reach: no service will call it there.");
  g_assert_true (dailies_request_is_sendable (request));
  g_assert_finalize_object (request);
}

/* Elements and reference images share their number; with a video the smaller one of the page's two numbers holds. */
static void
test_counts (void)
{
  static const struct
  {
    const char *model;
    guint       n_images;
    guint       n_elements;
    const char *problems;
  } cases[] = {
    { REFERENCE, 7, 0, "" },
    { REFERENCE, 0, 7, "" },
    { REFERENCE, 3, 4, "" },
    { REFERENCE, 4, 4, "error elements: Elements + Reference images: there are 8 in all; this model takes at most 7 "
                       "together." },
    { REFERENCE, 8, 0, "error image_urls: Reference images: there are 8; this model takes at most 7.\n"
                       "error elements: Elements + Reference images: there are 8 in all; this model takes at most 7 "
                       "together." },
    { EDIT, 4, 0, "" },
    { EDIT, 2, 2, "" },
    { EDIT, 3, 2, "error elements: Elements + Reference images: there are 5 in all; this model takes at most 4 together." },
    { UNIFICALLY_EDIT, 4, 0, "" },
    { UNIFICALLY_EDIT, 5, 0, "error image_urls: Reference images: there are 5; this model takes at most 4." },
    { UNIFICALLY_VIDEO, 4, 3, "" },
    { UNIFICALLY_VIDEO, 5, 3, "error elements: Elements + Reference images: there are 8 in all; this model takes at most 7 "
                              "together." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesRequest *request = new_request (cases[i].model);

      if (dailies_definition_get_field (dailies_request_get_definition (request), "video_url") != NULL &&
          !g_str_equal (cases[i].model, UNIFICALLY_VIDEO))
        add (request, "video_url", "https://pages.test/v.mp4");
      dailies_request_set_prompt (request, "x");
      for (guint n = 0; n < cases[i].n_images; n++)
        add (request, "image_urls", "https://pages.test/i.png");
      for (guint n = 0; n < cases[i].n_elements; n++)
        dailies_element_set_description (add_element (request, "elements", 1), "somebody");
      g_test_message ("%s %u %u", cases[i].model, cases[i].n_images, cases[i].n_elements);
      assert_problems (request, cases[i].problems);
      g_assert_finalize_object (request);
    }
}

static void
test_description (void)
{
  static const struct
  {
    const char *model;
    const char *description;
    const char *problems;
  } cases[] = {
    { REFERENCE, "", "" },
    { UNIFICALLY_VIDEO, "a cup", "" },
    { UNIFICALLY_VIDEO, "", "empty elements: @Element1 has no description yet: the model wants to be told who or what it is." },
    { UNIFICALLY_VIDEO, " ", "empty elements: @Element1 has no description yet: the model wants to be told who or what it is." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesRequest *request = new_request (cases[i].model);

      dailies_request_set_prompt (request, "x");
      dailies_element_set_description (add_element (request, "elements", 1), cases[i].description);
      assert_problems (request, cases[i].problems);
      g_assert_finalize_object (request);
    }
}

static void
test_elements (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (DailiesElement) bare = dailies_element_new ();
  DailiesElement *element;

  dailies_request_set_prompt (request, "x");
  dailies_request_add_element (request, "elements", bare, 0);
  assert_problems (request, "error elements: @Element1 has no frontal image yet.\n"
                            "error elements: @Element1 has no other angle yet; it needs at least 1.");
  dailies_request_remove_element (request, "elements", 0);
  assert_problems (request, "");

  element = add_element (request, "elements", 4);
  assert_problems (request, "");
  {
    g_autoptr (DailiesAsset) fifth = new_asset ("https://pages.test/fifth.png");

    /* The request follows the element itself. */
    g_list_store_append (dailies_element_get_angles (element), fifth);
  }
  assert_problems (request, "error elements: @Element1 has 5 other angles; it may have at most 4.");
  g_list_store_remove (dailies_element_get_angles (element), 0);
  dailies_element_set_frontal (element, NULL);
  assert_problems (request, "error elements: @Element1 has no frontal image yet.");
  g_assert_finalize_object (request);
}

static void
test_files (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *small = media_make_image (folder, "small.png", "png", 300, 600);
  g_autofree char *good = media_make_image (folder, "good.png", "png", 400, 500);
  g_autofree char *sound = g_build_filename (folder, "notes.png", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone.png", NULL);
  DailiesRequest  *request = new_request (START_END);
  g_autofree char *problems = NULL;

  g_assert_true (g_file_set_contents (sound, "not a picture at all, whatever it is called", -1, NULL));
  dailies_request_set_prompt (request, "x");
  add (request, "start_image_url", small);
  add (request, "end_image_url", good);

  assert_problems (request, "wait start_image_url: Start frame is still being read.\n"
                            "wait end_image_url: End frame is still being read.");
  g_assert_false (dailies_request_is_sendable (request));
  wait_until_read (request);
  assert_problems (request, "error start_image_url: Start frame is 300×600 pixels; it has to be larger than 300×300.");

  /* A name is no content, and what is not there cannot be sent. */
  add (request, "start_image_url", sound);
  add (request, "end_image_url", gone);
  wait_until_read (request);
  problems = dup_problems (request);
  g_assert_nonnull (strstr (problems, "error start_image_url: Start frame "));
  g_assert_nonnull (strstr (problems, "error end_image_url: End frame cannot be used: "));
  apply_first_fix (request, DAILIES_FIX_REMOVE_ASSET);
  apply_first_fix (request, DAILIES_FIX_REMOVE_ASSET);
  assert_problems (request, "empty start_image_url: Start frame is still missing.\n"
                            "empty end_image_url: End frame is still missing.");

  g_assert_finalize_object (request);
  media_folder_remove (folder);
}

static void
test_wrong_kind (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *image = media_make_image (folder, "still.png", "png", 800, 800);
  DailiesRequest  *request = new_request (EDIT);

  dailies_request_set_prompt (request, "x");
  add (request, "video_url", image);
  wait_until_read (request);
  assert_problems (request, "error video_url: Source video has to be a video; “still.png” is not one.");
  apply_first_fix (request, DAILIES_FIX_REMOVE_ASSET);
  assert_problems (request, "empty video_url: Source video is still missing.");
  g_assert_finalize_object (request);
  media_folder_remove (folder);
}

/* Files of a list and of elements are called as the prompt calls them. */
static void
test_subjects (void)
{
  g_autofree char *folder = media_folder_new ();
  g_autofree char *small = media_make_image (folder, "small.png", "png", 200, 300);
  DailiesRequest  *request = new_request (REFERENCE);
  DailiesElement  *element = add_element (request, "elements", 0);
  g_autoptr (DailiesAsset) asset = new_asset (small);

  dailies_request_set_prompt (request, "x");
  dailies_element_set_frontal (element, asset);
  g_list_store_append (dailies_element_get_angles (element), asset);
  wait_until_read (request);
  assert_problems (request,
                   "error elements: The frontal image of @Element1 is 200×300 pixels; it has to be at least 300×300.\n"
                   "error elements: Angle 1 of @Element1 is 200×300 pixels; it has to be at least 300×300.");
  g_assert_finalize_object (request);
  media_folder_remove (folder);
}

static void
test_mentions (void)
{
  DailiesRequest *request = new_request (REFERENCE);

  dailies_request_set_prompt (request, "Over @Image2, then out");
  assert_problems (request, "error prompt: @Image2 in the prompt names nothing that this shot has.");
  apply_first_fix (request, DAILIES_FIX_REMOVE_MENTION);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "Over , then out");
  assert_problems (request, "");

  dailies_request_set_prompt (request, "@Element3 walks @Image7");
  apply_first_fix (request, DAILIES_FIX_REMOVE_MENTION);
  apply_first_fix (request, DAILIES_FIX_REMOVE_MENTION);
  g_assert_cmpstr (dailies_request_get_prompt (request), ==, "walks");
  assert_problems (request, "");
  g_assert_finalize_object (request);
}

/* What goes only together: the way of working, the shape, the number of the first image. */
static void
test_ties (void)
{
  DailiesRequest *request = new_request (UNIFICALLY_VIDEO);

  dailies_request_set_prompt (request, "x");
  dailies_request_set_text (request, "video_mode", "transform");
  assert_problems (request, "error video_mode: Way of working is “transform”, which needs one of these: Source video.");
  dailies_request_set_text (request, "video_mode", "elements");
  assert_problems (request, "error video_mode: Way of working is “elements”, which needs one of these: Elements, Reference "
                            "images.");
  add (request, "image_urls", "https://pages.test/1.png");
  assert_problems (request, "");

  dailies_request_set_text (request, "start_image_index", "1");
  assert_problems (request, "");
  dailies_request_set_text (request, "start_image_index", "2");
  assert_problems (request, "error start_image_index: Start with reference image is 2; Reference images: there are only 1.");
  apply_first_fix (request, DAILIES_FIX_RESET_VALUE);

  dailies_request_set_text (request, "aspect_ratio", "auto");
  assert_problems (request, "error aspect_ratio: Aspect ratio is “auto”, which goes only with: Source video.");
  add (request, "video_url", "https://pages.test/1.mp4");
  assert_problems (request, "");
  dailies_request_set_text (request, "aspect_ratio", "16:9");
  assert_problems (request, "error aspect_ratio: Aspect ratio is “16:9”; with what this shot has it can only be “auto”.");
  apply_first_fix (request, DAILIES_FIX_RESET_VALUE);
  assert_problems (request, "");
  g_assert_finalize_object (request);
}

/* The list is not touched where nothing changed: a button must not vanish under the pointer. */
static void
test_calm (void)
{
  DailiesRequest *request = new_request (REFERENCE);
  g_autoptr (DailiesProblem) before = NULL;
  g_autoptr (DailiesProblem) after = NULL;

  dailies_request_set_prompt (request, "Over @Image2");
  before = g_list_model_get_item (dailies_request_get_problems (request), 0);
  dailies_request_set_prompt (request, "Over @Image2 again");
  after = g_list_model_get_item (dailies_request_get_problems (request), 0);
  g_assert_true (before == after);
  g_assert_finalize_object (request);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validator/empty-form", test_empty_form);
  g_test_add_func ("/validator/blank-prompt", test_blank_prompt);
  g_test_add_func ("/validator/values", test_values);
  g_test_add_func ("/validator/near", test_near);
  g_test_add_func ("/validator/counts", test_counts);
  g_test_add_func ("/validator/description", test_description);
  g_test_add_func ("/validator/elements", test_elements);
  g_test_add_func ("/validator/files", test_files);
  g_test_add_func ("/validator/wrong-kind", test_wrong_kind);
  g_test_add_func ("/validator/subjects", test_subjects);
  g_test_add_func ("/validator/mentions", test_mentions);
  g_test_add_func ("/validator/ties", test_ties);
  g_test_add_func ("/validator/calm", test_calm);
  return g_test_run ();
}
