/* dailies-remedy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-remedy.h"

#include <math.h>

#define BYTES_PER_MEGABYTE 1e6
/* What is enlarged more than so many times shows nothing but that. */
#define MOST_ENLARGED 4.0
/* What every encoder of H.264 takes. */
#define LONGEST_SIDE 4096
/* Quotients of whole numbers are rounded. */
#define HAIR 1e-9

/* The only format that clips are written in. */
#define CLIP_FORMAT "mp4"

/* Of a field of which nothing is said. */
static const DailiesMediaLimits no_limits = {
  .max_megabytes = -1, .warn_megabytes = -1, .min_width = -1, .min_height = -1, .min_short_side = -1, .max_short_side = -1,
  .min_ratio = -1, .max_ratio = -1, .min_seconds = -1, .max_seconds = -1, .min_fps = -1, .max_fps = -1,
};

static gboolean
is_above (double   value,
          double   limit,
          gboolean strict)
{
  return limit >= 0 && (strict ? value >= limit - HAIR : value > limit + HAIR);
}

static gboolean
is_below (double   value,
          double   limit,
          gboolean strict)
{
  return limit >= 0 && (strict ? value <= limit + HAIR : value < limit - HAIR);
}

static goffset
get_most_bytes (const DailiesMediaLimits *limits)
{
  if (limits->max_megabytes < 0)
    return -1;

  return (goffset) floor (limits->max_megabytes * BYTES_PER_MEGABYTE) - (limits->max_megabytes_strict ? 1 : 0);
}

/* What is recommended; what has more than it may have, as much as it may. */
static goffset
get_aim_bytes (const DailiesMediaLimits *limits,
               goffset                   bytes)
{
  goffset most = get_most_bytes (limits);
  goffset recommended = (goffset) floor (limits->warn_megabytes * BYTES_PER_MEGABYTE);

  if (limits->warn_megabytes >= 0 && (most < 0 || bytes <= most))
    return recommended;
  return most;
}

/* Around its middle, as much as may be kept. */
static void
crop (const DailiesMediaLimits *limits,
      DailiesPicturePlan       *plan)
{
  int width = plan->width;
  int height = plan->height;

  if (is_above ((double) width / height, limits->max_ratio, limits->ratio_strict))
    {
      plan->width = (int) floor (height * limits->max_ratio + HAIR);
      while (plan->width > 1 && is_above ((double) plan->width / height, limits->max_ratio, limits->ratio_strict))
        plan->width--;
    }
  else if (is_below ((double) width / height, limits->min_ratio, limits->ratio_strict))
    {
      plan->height = (int) floor (width / limits->min_ratio + HAIR);
      while (plan->height > 1 && is_below ((double) width / plan->height, limits->min_ratio, limits->ratio_strict))
        plan->height--;
    }
  plan->x = (width - plan->width) / 2;
  plan->y = (height - plan->height) / 2;
}

/* By how much a picture of that size has to grow or shrink. */
static double
get_scale (const DailiesMediaLimits *limits,
           int                       width,
           int                       height)
{
  double side = MIN (width, height);
  int hair = limits->min_size_strict ? 1 : 0;
  double scale = 1;

  if (limits->min_width >= 0)
    scale = MAX (scale, (double) (limits->min_width + hair) / width);
  if (limits->min_height >= 0)
    scale = MAX (scale, (double) (limits->min_height + hair) / height);
  if (limits->min_short_side >= 0)
    scale = MAX (scale, limits->min_short_side / side);
  if (limits->max_short_side >= 0 && side * scale > limits->max_short_side)
    scale = limits->max_short_side / side;

  return scale;
}

/* To whole pixels, outwards when it grows and inwards when it shrinks. */
static int
resize (int    pixels,
         double scale)
{
  return scale >= 1 ? (int) ceil (pixels * scale - 1e-6) : MAX (1, (int) floor (pixels * scale + 1e-6));
}

/* What one side has to have. @pixels: the limit of just that one */
static int
get_least (const DailiesMediaLimits *limits,
           int                       pixels)
{
  return MAX (pixels + (limits->min_size_strict ? 1 : 0), limits->min_short_side);
}

DailiesPicturePlan *
dailies_remedy_plan_picture (const DailiesMediaLimits *limits,
                             const DailiesMeasures    *measures)
{
  DailiesPicturePlan plan = { .width = measures->width, .height = measures->height };
  DailiesMeasures after = *measures;
  double scale;

  if (limits == NULL || measures->kind != DAILIES_MEDIA_IMAGE || measures->width <= 0 || measures->height <= 0 ||
      !dailies_prepare_can_write ((const char * const *) limits->containers))
    return NULL;

  crop (limits, &plan);
  scale = get_scale (limits, plan.width, plan.height);
  if (scale > MOST_ENLARGED)
    return NULL;
  plan.to_width = resize (plan.width, scale);
  plan.to_height = resize (plan.height, scale);
  plan.least_width = get_least (limits, limits->min_width);
  plan.least_height = get_least (limits, limits->min_height);
  plan.most_bytes = get_aim_bytes (limits, measures->bytes);
  plan.formats = limits->containers;

  after.container = NULL;
  after.bytes = -1;
  after.width = plan.to_width;
  after.height = plan.to_height;
  return dailies_media_fits (limits, &after) ? dailies_picture_plan_copy (&plan) : NULL;
}

int
dailies_remedy_make_even (double pixels)
{
  return MAX (2, 2 * (int) floor (pixels / 2 + 0.5));
}

static gboolean
takes_clips (const DailiesMediaLimits *limits)
{
  if (limits->containers == NULL || limits->containers[0] == NULL)
    return TRUE;
  for (guint i = 0; limits->containers[i] != NULL; i++)
    if (g_ascii_strcasecmp (limits->containers[i], CLIP_FORMAT) == 0)
      return TRUE;

  return FALSE;
}

/* Every second, third … frame goes, so that none is shown twice and the others keep their times. */
static double
choose_fps (const DailiesMediaLimits *limits,
            double                    fps)
{
  if (fps <= 0 || limits->max_fps <= 0 || fps <= limits->max_fps + HAIR)
    return 0;

  return fps / ceil (fps / limits->max_fps - HAIR);
}

gboolean
dailies_remedy_plan_clip (const DailiesMediaLimits *limits,
                          const DailiesMeasures    *measures,
                          DailiesClipPlan          *plan)
{
  DailiesMeasures after = *measures;
  double scale;

  if (limits == NULL)
    limits = &no_limits;
  if (measures->kind != DAILIES_MEDIA_VIDEO || measures->width <= 0 || measures->height <= 0 ||
      measures->seconds <= 0 || !takes_clips (limits))
    return FALSE;
  /* Nothing makes it longer. */
  if (!limits->seconds_warn && is_below (measures->seconds, limits->min_seconds, FALSE))
    return FALSE;

  scale = get_scale (limits, measures->width, measures->height);
  if (scale > MOST_ENLARGED)
    return FALSE;
  scale = MIN (scale, (double) LONGEST_SIDE / MAX (measures->width, measures->height));
  plan->width = dailies_remedy_make_even (measures->width * scale);
  plan->height = dailies_remedy_make_even (measures->height * scale);
  /* Rounded, it just misses what it was enlarged for. */
  if (scale > 1 && plan->width < get_least (limits, limits->min_width))
    plan->width += 2;
  if (scale > 1 && plan->height < get_least (limits, limits->min_height))
    plan->height += 2;
  plan->least_side = MAX (2, get_least (limits, MAX (limits->min_width, limits->min_height)));
  plan->fps = choose_fps (limits, measures->fps);
  /* What is only a warning is the artist's to judge. */
  plan->min_seconds = limits->seconds_warn ? 0 : MAX (limits->min_seconds, 0);
  plan->max_seconds = !limits->seconds_warn && limits->max_seconds >= 0 ? limits->max_seconds : INFINITY;
  plan->sure_seconds = limits->seconds_warn && limits->max_seconds >= 0 ? limits->max_seconds : INFINITY;
  plan->aim_bytes = get_aim_bytes (limits, measures->bytes);
  plan->most_bytes = get_most_bytes (limits);

  after.container = CLIP_FORMAT;
  after.bytes = -1;
  after.width = plan->width;
  after.height = plan->height;
  after.seconds = MIN (after.seconds, plan->max_seconds);
  return dailies_media_fits (limits, &after);
}

gboolean
dailies_remedy_is_there (const DailiesMediaLimits *limits,
                         const DailiesMeasures    *measures)
{
  DailiesClipPlan clip;
  g_autoptr (DailiesPicturePlan) picture = dailies_remedy_plan_picture (limits, measures);

  return picture != NULL || dailies_remedy_plan_clip (limits, measures, &clip);
}
