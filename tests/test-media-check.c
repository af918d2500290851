/* test-media-check.c: every limit, on it, just inside and just outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-catalogue.h"
#include "dailies-definition.h"
#include "dailies-media-check.h"
#include "dailies-problem.h"

#define START_END "kling/kling-video-o1/image-to-video"
#define REFERENCE "image-to-video/reference"
#define EDIT "video-to-video/edit"
#define UNIFICALLY "kling-o1-video-edit"

#define IMAGE DAILIES_MEDIA_IMAGE
#define VIDEO DAILIES_MEDIA_VIDEO

/* @words: what the sentence has to name, measure and limit; NULL where all is well */
typedef struct
{
  const char     *model;
  const char     *field;
  DailiesMeasures measures;
  const char     *words[3];
  DailiesSeverity severity;
} Case;

static const Case cases[] = {
  /* < 10 MB: the limit is outside */
  { START_END, "start_image_url", { IMAGE, "png", 9999999, 1000, 1000 } },
  { START_END, "start_image_url", { IMAGE, "png", 10000000, 1000, 1000 }, { "10 MB", "under 10 MB" } },
  { START_END, "start_image_url", { IMAGE, "png", 10004000, 1000, 1000 }, { "10.004 MB", "under 10 MB" } },
  { START_END, "end_image_url", { IMAGE, "png", 14200000, 1000, 1000 }, { "14.2 MB", "under 10 MB" } },
  { START_END, "start_image_url", { IMAGE, "png", -1, 1000, 1000 } },
  /* > 300 px each side */
  { START_END, "start_image_url", { IMAGE, "png", 5, 301, 301 } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 300, 301 }, { "300×301", "larger than 300×300" } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 301, 300 }, { "301×300", "larger than 300×300" } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 0, 0 } },
  /* 0.40 < w/h < 2.50 */
  { START_END, "start_image_url", { IMAGE, "png", 5, 999, 400 } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 1000, 400 }, { "1000×400", "2.5 times", "less than 2.5" } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 401, 1000 } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 400, 1000 }, { "400×1000", "0.4 times", "more than 0.4" } },
  { START_END, "start_image_url", { IMAGE, "png", 5, 1200, 400 }, { "3 times", "less than 2.5" } },
  /* by content */
  { START_END, "start_image_url", { IMAGE, "jpg", 5, 1000, 1000 } },
  { START_END, "start_image_url", { IMAGE, "jpeg", 5, 1000, 1000 } },
  { START_END, "start_image_url", { IMAGE, "avif", 5, 1000, 1000 } },
  { START_END, "start_image_url", { IMAGE, "tiff", 5, 1000, 1000 }, { "tiff", "jpg, png, webp, gif, avif" } },
  { START_END, "start_image_url", { IMAGE, NULL, 5, 1000, 1000 } },
  /* ≤ 10.0 MB, ≥ 300 px, 0.40 ≤ w/h ≤ 2.50: the limit is inside */
  { REFERENCE, "elements", { IMAGE, "png", 10000000, 1000, 1000 } },
  { REFERENCE, "elements", { IMAGE, "png", 10000001, 1000, 1000 }, { "10.000001 MB", "limit is 10 MB" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 300, 300 } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 299, 300 }, { "299×300", "at least 300×300" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 300, 299 }, { "300×299", "at least 300×300" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 1000, 400 } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 400, 1000 } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 1001, 400 }, { "1001×400", "2.502 times", "at most 2.5" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 5001, 2000 }, { "2.501 times", "at most 2.5" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 10001, 4000 }, { "2.5002 times", "at most 2.5" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 3999, 10000 }, { "0.3999 times", "at least 0.4" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 1251, 500 }, { "2.502 times", "at most 2.5" } },
  { REFERENCE, "elements", { IMAGE, "png", 5, 399, 1000 }, { "399×1000", "at least 0.4" } },
  /* recommended */
  { REFERENCE, "image_urls", { IMAGE, "png", 50000000, 10, 10 } },
  { REFERENCE, "image_urls", { IMAGE, "png", 51000000, 10, 10 }, { "51 MB", "50 MB" }, DAILIES_PROBLEM_WARNING },
  /* 3–10 s, inclusive */
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 3, 24 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 10, 24 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 2.96, 24 }, { "2.96 s", "3 to 10 s" } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 10.04, 24 }, { "10.04 s", "3 to 10 s" } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 14, 24 }, { "14 s", "3 to 10 s" } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 0, 24 } },
  /* 720p–2160p, inclusive, whichever way it is held */
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 24 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 2160, 3840, 5, 24 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1278, 719, 5, 24 }, { "1278×719", "at least 720" } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 2161, 3842, 5, 24 }, { "2161×3842", "at most 2160" } },
  /* mp4 or mov */
  { EDIT, "video_url", { VIDEO, "mov", 5, 1280, 720, 5, 24 } },
  { EDIT, "video_url", { VIDEO, "webm", 5, 1280, 720, 5, 24 }, { "webm", "mp4, mov" } },
  /* ≤ 200 MB, warn above 100 MB */
  { EDIT, "video_url", { VIDEO, "mp4", 100000000, 1280, 720, 5, 24 } },
  { EDIT, "video_url", { VIDEO, "mp4", 100100000, 1280, 720, 5, 24 }, { "100.1 MB", "100 MB" }, DAILIES_PROBLEM_WARNING },
  { EDIT, "video_url", { VIDEO, "mp4", 200000000, 1280, 720, 5, 24 }, { "200 MB", "100 MB" }, DAILIES_PROBLEM_WARNING },
  { EDIT, "video_url", { VIDEO, "mp4", 200000001, 1280, 720, 5, 24 }, { "200.000001 MB", "200 MB" } },
  /* 24–60 frames a second is Kling's own word, so only a warning; 23.976 is 24 */
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 24000 / 1001.0 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 60 } },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 15 }, { "15 frames", "24 to 60" }, DAILIES_PROBLEM_WARNING },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 120 }, { "120 frames", "24 to 60" }, DAILIES_PROBLEM_WARNING },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1280, 720, 5, 0 } },
  /* one page says 3–10 s and another 10 minutes */
  { UNIFICALLY, "video_url", { VIDEO, "webm", 100000000, 640, 360, 10, 24 } },
  { UNIFICALLY, "video_url", { VIDEO, "webm", 5, 640, 360, 11, 24 }, { "11 s", "3 to 10 s" }, DAILIES_PROBLEM_WARNING },
  { UNIFICALLY, "video_url", { VIDEO, "webm", 5, 640, 360, 2, 24 }, { "2 s", "3 to 10 s" }, DAILIES_PROBLEM_WARNING },
  { UNIFICALLY, "video_url", { VIDEO, "webm", 100000001, 640, 360, 5, 24 }, { "100.000001 MB", "100 MB" } },
  { UNIFICALLY, "image_urls", { IMAGE, "gif", 100000000, 10, 10 } },
  { UNIFICALLY, "image_urls", { IMAGE, "avif", 5, 10, 10 }, { "avif", "png, jpg, webp, gif" } },
};

static void
test_case (gconstpointer data)
{
  const Case *it = data;
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  DailiesDefinition *definition = dailies_catalogue_lookup (catalogue, it->model, NULL);
  DailiesField      *field = dailies_definition_get_field (definition, it->field);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  DailiesProblem *problem;

  dailies_media_check (dailies_field_get_limits (field), &it->measures, it->field, "The thing", problems);
  if (it->words[0] == NULL)
    {
      g_assert_cmpuint (problems->len, ==, 0);
      return;
    }

  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_test_message ("%s", dailies_problem_get_message (problem));
  g_assert_cmpint (dailies_problem_get_severity (problem), ==, it->severity);
  g_assert_cmpstr (dailies_problem_get_field (problem), ==, it->field);
  g_assert_true (g_str_has_prefix (dailies_problem_get_message (problem), "The thing "));
  for (guint i = 0; i < G_N_ELEMENTS (it->words) && it->words[i] != NULL; i++)
    g_assert_nonnull (strstr (dailies_problem_get_message (problem), it->words[i]));
}

static void
test_several (void)
{
  g_autoptr (DailiesCatalogue) catalogue = dailies_catalogue_new (NULL);
  DailiesDefinition *definition = dailies_catalogue_lookup (catalogue, EDIT, NULL);
  DailiesField      *field = dailies_definition_get_field (definition, "video_url");
  DailiesMeasures    measures = { VIDEO, "webm", 300000000, 7680, 4320, 14, 24 };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  /* Too long, wrong container, too tall, too large: all of it at once. */
  dailies_media_check (dailies_field_get_limits (field), &measures, "video_url", "It", problems);
  g_assert_cmpuint (problems->len, ==, 4);

  /* No limits at all. */
  dailies_media_check (NULL, &measures, "video_url", "It", problems);
  g_assert_cmpuint (problems->len, ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/media-check/%02u-%s", i, cases[i].field);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/media-check/several", test_several);
  return g_test_run ();
}
