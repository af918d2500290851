/* test-remedy.c: what is planned keeps every limit, and nothing is planned that could not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "request-fixture.h"

#include <math.h>

#include "dailies-remedy.h"

#define IMAGE DAILIES_MEDIA_IMAGE
#define VIDEO DAILIES_MEDIA_VIDEO

static const DailiesMediaLimits *
get_limits (DailiesDefinition *definition,
            const char        *field)
{
  return dailies_field_get_limits (dailies_definition_get_field (definition, field));
}

/* --- pictures --------------------------------------------------------------------------------- */

typedef struct
{
  const char     *model;
  const char     *field;
  DailiesMeasures measures;
  int             x, y, width, height, to_width, to_height;
  goffset         most_bytes;
} Picture;

static const Picture pictures[] = {
  /* as it is, but for its bytes: the limit itself is outside */
  { START_END, "start_image_url", { IMAGE, "png", 14000000, 1000, 800 }, 0, 0, 1000, 800, 1000, 800, 9999999 },
  /* and inside */
  { REFERENCE, "elements", { IMAGE, "png", 14000000, 1000, 800 }, 0, 0, 1000, 800, 1000, 800, 10000000 },
  /* 300 is not larger than 300 */
  { START_END, "start_image_url", { IMAGE, "png", 5, 300, 300 }, 0, 0, 300, 300, 301, 301, 9999999 },
  { START_END, "start_image_url", { IMAGE, "png", 5, 200, 150 }, 0, 0, 200, 150, 402, 301, 9999999 },
  { REFERENCE, "elements", { IMAGE, "png", 5, 299, 300 }, 0, 0, 299, 300, 300, 302, 10000000 },
  /* 2.5 is not less than 2.5 */
  { START_END, "start_image_url", { IMAGE, "png", 5, 1000, 400 }, 0, 0, 999, 400, 999, 400, 9999999 },
  { START_END, "start_image_url", { IMAGE, "png", 5, 2000, 400 }, 500, 0, 999, 400, 999, 400, 9999999 },
  { REFERENCE, "elements", { IMAGE, "png", 5, 2000, 400 }, 500, 0, 1000, 400, 1000, 400, 10000000 },
  { REFERENCE, "elements", { IMAGE, "png", 5, 400, 2000 }, 0, 500, 400, 1000, 400, 1000, 10000000 },
  { START_END, "start_image_url", { IMAGE, "png", 5, 400, 2000 }, 0, 500, 400, 999, 400, 999, 9999999 },
  /* both */
  { REFERENCE, "elements", { IMAGE, "png", 5, 1200, 200 }, 350, 0, 500, 200, 750, 300, 10000000 },
  /* only recommended */
  { REFERENCE, "image_urls", { IMAGE, "png", 60000000, 9000, 9000 }, 0, 0, 9000, 9000, 9000, 9000, 50000000 },
  /* a format that it does not take, but another */
  { UNIFICALLY_EDIT, "image_urls", { IMAGE, "avif", 5, 100, 100 }, 0, 0, 100, 100, 100, 100, 100000000 },
};

static void
test_picture (gconstpointer data)
{
  const Picture *it = data;
  g_autoptr (DailiesDefinition) definition = dup_definition (it->model);
  const DailiesMediaLimits *limits = get_limits (definition, it->field);
  g_autoptr (DailiesPicturePlan) plan = dailies_remedy_plan_picture (limits, &it->measures);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  DailiesMeasures after = it->measures;

  g_assert_nonnull (plan);
  g_assert_cmpint (plan->x, ==, it->x);
  g_assert_cmpint (plan->y, ==, it->y);
  g_assert_cmpint (plan->width, ==, it->width);
  g_assert_cmpint (plan->height, ==, it->height);
  g_assert_cmpint (plan->to_width, ==, it->to_width);
  g_assert_cmpint (plan->to_height, ==, it->to_height);
  g_assert_cmpint (plan->most_bytes, ==, it->most_bytes);

  after.container = "png";
  after.bytes = MIN (after.bytes, plan->most_bytes);
  after.width = plan->to_width;
  after.height = plan->to_height;
  dailies_media_check (limits, &after, it->field, "It", problems);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_no_picture (void)
{
  static const DailiesMeasures hopeless[] = {
    { IMAGE, "png", 5, 70, 70 },  /* nobody wants that enlarged */
    { IMAGE, "png", 5, 0, 0 },    /* nothing is known of it */
    { VIDEO, "mp4", 5, 500, 500, 5, 24 },
  };
  g_autoptr (DailiesDefinition) definition = dup_definition (START_END);
  const char *strange[] = { "tiff", "bmp", NULL };
  DailiesMediaLimits limits = *get_limits (definition, "start_image_url");

  for (guint i = 0; i < G_N_ELEMENTS (hopeless); i++)
    g_assert_null (dailies_remedy_plan_picture (&limits, &hopeless[i]));
  g_assert_null (dailies_remedy_plan_picture (NULL, &hopeless[0]));
  limits.containers = (char **) strange;
  g_assert_null (dailies_remedy_plan_picture (&limits, &(DailiesMeasures) { IMAGE, "png", 5, 500, 500 }));
}

/* --- clips ------------------------------------------------------------------------------------ */

typedef struct
{
  const char     *model;
  DailiesMeasures measures;
  int             width, height;
  double          fps, max_seconds;
  goffset         most_bytes;
} Clip;

static const Clip clips[] = {
  { EDIT, { VIDEO, "webm", 5, 1920, 1080, 14, 24 }, 1920, 1080, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 300000000, 3840, 2160, 14, 60 }, 3840, 2160, 0, 10, 200000000 },
  /* only more than is recommended */
  { EDIT, { VIDEO, "mp4", 150000000, 3840, 2160, 14, 60 }, 3840, 2160, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 7680, 4320, 5, 24 }, 3840, 2160, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 4320, 7680, 5, 24 }, 2160, 3840, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 1279, 719, 5, 24 }, 1280, 720, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 640, 360, 5, 24 }, 1280, 720, 0, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 1280, 720, 5, 120 }, 1280, 720, 60, 10, 100000000 },
  { EDIT, { VIDEO, "mp4", 5, 1280, 720, 5, 240000 / 1001.0 }, 1280, 720, 60000 / 1001.0, 10, 100000000 },
  /* what is only a warning is the artist's to judge */
  { UNIFICALLY_EDIT, { VIDEO, "webm", 5, 640, 360, 20, 24 }, 640, 360, 0, INFINITY, 100000000 },
};

static void
test_clip (gconstpointer data)
{
  const Clip *it = data;
  g_autoptr (DailiesDefinition) definition = dup_definition (it->model);
  const DailiesMediaLimits *limits = get_limits (definition, "video_url");
  DailiesMeasures after = it->measures;
  DailiesClipPlan plan;

  g_assert_true (dailies_remedy_plan_clip (limits, &it->measures, &plan));
  g_assert_cmpint (plan.width, ==, it->width);
  g_assert_cmpint (plan.height, ==, it->height);
  g_assert_cmpfloat_with_epsilon (plan.fps, it->fps, 1e-9);
  g_assert_cmpint (plan.least_side, ==, limits->min_short_side > 0 ? limits->min_short_side : 2);
  g_assert_cmpfloat (plan.min_seconds, ==, isinf (it->max_seconds) ? 0 : 3);
  g_assert_cmpfloat (plan.max_seconds, ==, it->max_seconds);
  g_assert_cmpfloat (plan.sure_seconds, ==, isinf (it->max_seconds) ? 10 : INFINITY);
  g_assert_cmpint (plan.aim_bytes, ==, it->most_bytes);
  g_assert_cmpint (plan.most_bytes, >=, plan.aim_bytes);

  after.container = "mp4";
  after.bytes = MIN (after.bytes, plan.aim_bytes);
  after.width = plan.width;
  after.height = plan.height;
  after.seconds = MIN (after.seconds, MIN (plan.max_seconds, plan.sure_seconds));
  after.fps = plan.fps > 0 ? plan.fps : after.fps;
  g_assert_true (dailies_media_fits (limits, &after));
}

/* Limits of pasted schemas, which themselves are outside, and odd. */
static void
test_odd_limits (void)
{
  g_autoptr (DailiesDefinition) definition = dup_definition (EDIT);
  DailiesMediaLimits limits = *get_limits (definition, "video_url");
  DailiesClipPlan plan;

  limits.min_short_side = limits.max_short_side = -1;
  limits.min_width = limits.min_height = 300;
  limits.min_size_strict = TRUE;
  g_assert_true (dailies_remedy_plan_clip (&limits, &(DailiesMeasures) { VIDEO, "mp4", 5, 250, 250, 5, 24 }, &plan));
  g_assert_cmpint (plan.width, ==, 302);
  g_assert_cmpint (plan.height, ==, 302);
  g_assert_cmpint (plan.least_side, ==, 301);
  limits.min_size_strict = FALSE;
  limits.min_width = limits.min_height = 301;
  g_assert_true (dailies_remedy_plan_clip (&limits, &(DailiesMeasures) { VIDEO, "mp4", 5, 200, 250, 5, 24 }, &plan));
  g_assert_cmpint (plan.width, ==, 302);
}

static void
test_no_clip (void)
{
  static const DailiesMeasures hopeless[] = {
    { VIDEO, "webm", 5, 1920, 1080, 2, 24 },  /* nothing makes it longer */
    { VIDEO, "webm", 5, 160, 90, 5, 24 },     /* nobody wants that enlarged */
    { VIDEO, "webm", 5, 8192, 1080, 5, 24 },  /* no encoder takes it as wide as it would have to be */
    { VIDEO, "webm", 5, 1920, 1080, 0, 24 },  /* how long it is is not known */
    { VIDEO, "webm", 5, 0, 0, 5, 24 },
    { IMAGE, "png", 5, 1920, 1080 },
  };
  g_autoptr (DailiesDefinition) definition = dup_definition (EDIT);
  const char *strange[] = { "webm", NULL };
  DailiesMediaLimits limits = *get_limits (definition, "video_url");
  DailiesClipPlan plan;

  for (guint i = 0; i < G_N_ELEMENTS (hopeless); i++)
    g_assert_false (dailies_remedy_plan_clip (&limits, &hopeless[i], &plan));
  /* Where nothing is said anything will do. */
  g_assert_true (dailies_remedy_plan_clip (NULL, &hopeless[0], &plan));
  g_assert_cmpint (plan.width, ==, 1920);
  g_assert_cmpint (plan.aim_bytes, ==, -1);
  g_assert_true (isinf (plan.max_seconds));
  limits.containers = (char **) strange;
  g_assert_false (dailies_remedy_plan_clip (&limits, &(DailiesMeasures) { VIDEO, "mp4", 5, 1920, 1080, 14, 24 }, &plan));
}

/* --- what is offered -------------------------------------------------------------------------- */

static const struct
{
  const char     *model;
  const char     *field;
  DailiesMeasures measures;
  const char     *label;
} offers[] = {
  { START_END, "start_image_url", { IMAGE, "tiff", 5, 500, 500 }, "Convert" },
  { START_END, "start_image_url", { IMAGE, "png", 14000000, 500, 500 }, "Shrink to Fit" },
  { START_END, "start_image_url", { IMAGE, "png", 5, 200, 200 }, "Enlarge" },
  { START_END, "start_image_url", { IMAGE, "png", 5, 20, 20 }, NULL },
  { START_END, "start_image_url", { IMAGE, "png", 5, 2000, 500 }, "Crop to Fit" },
  { EDIT, "video_url", { VIDEO, "webm", 5, 1920, 1080, 5, 24 }, "Convert…" },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 14, 24 }, "Trim…" },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 2, 24 }, NULL },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 640, 360, 5, 24 }, "Enlarge…" },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 7680, 4320, 5, 24 }, "Shrink…" },
  { EDIT, "video_url", { VIDEO, "mp4", 150000000, 1920, 1080, 5, 24 }, "Shrink…" },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 5, 120 }, "Convert…" },
  { EDIT, "video_url", { VIDEO, "mp4", 5, 1920, 1080, 5, 12 }, NULL },
  { UNIFICALLY_EDIT, "video_url", { VIDEO, "mp4", 5, 640, 360, 20, 24 }, "Trim…" },
  { UNIFICALLY_EDIT, "video_url", { VIDEO, "mp4", 5, 640, 360, 2, 24 }, NULL },
};

static void
test_offers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_autoptr (DailiesDefinition) definition = dup_definition (offers[i].model);
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
      DailiesProblem *problem;

      dailies_media_check (get_limits (definition, offers[i].field), &offers[i].measures, offers[i].field, "It", problems);
      g_assert_cmpuint (problems->len, ==, 1);
      problem = problems->pdata[0];
      g_test_message ("%s", dailies_problem_get_message (problem));
      g_assert_cmpstr (dailies_problem_get_fix_label (problem), ==, offers[i].label);
      g_assert_cmpint (dailies_problem_get_fix (problem), ==, offers[i].label != NULL ? DAILIES_FIX_PREPARE : DAILIES_FIX_NONE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remedy/picture/%02u", i);

      g_test_add_data_func (path, &pictures[i], test_picture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remedy/clip/%02u", i);

      g_test_add_data_func (path, &clips[i], test_clip);
    }
  g_test_add_func ("/remedy/no-picture", test_no_picture);
  g_test_add_func ("/remedy/odd-limits", test_odd_limits);
  g_test_add_func ("/remedy/no-clip", test_no_clip);
  g_test_add_func ("/remedy/offers", test_offers);
  return g_test_run ();
}
