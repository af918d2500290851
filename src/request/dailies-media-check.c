/* dailies-media-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dailies-media-check.h"
#include "dailies-problem-private.h"
#include "dailies-remedy.h"
#include "dailies-sniff.h"

#define BYTES_PER_MEGABYTE 1e6

/* Ratios and lengths are quotients of whole numbers: 1000 / 400 is on the limit of 2.5, whatever
 * the last bit says. */
#define EPSILON 1e-9

static void G_GNUC_PRINTF (4, 5)
add (GPtrArray       *problems,
     DailiesSeverity  severity,
     const char      *field,
     const char      *format,
     ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (problems, dailies_problem_new (severity, field, message));
}

static gboolean
is_below (double   value,
          double   limit,
          gboolean strict)
{
  return strict ? value <= limit + EPSILON : value < limit - EPSILON;
}

static gboolean
is_above (double   value,
          double   limit,
          gboolean strict)
{
  return strict ? value >= limit - EPSILON : value > limit + EPSILON;
}

/* With as many digits as it takes to see on which side of @limit it lies: "10.004", not "10.0". */
static char *
show_beside (double value,
             double limit)
{
  for (int digits = 1; digits < 6; digits++)
    {
      g_autofree char *shown = g_strdup_printf ("%.*f", digits, value);
      g_autofree char *edge = g_strdup_printf ("%.*f", digits, limit);

      if (!g_str_equal (shown, edge) || fabs (value - limit) < EPSILON)
        {
          if (digits == 1 && fabs (value - round (value)) < 0.05)
            return g_strdup_printf ("%.0f", value);
          return g_steal_pointer (&shown);
        }
    }

  return g_strdup_printf ("%.6f", value);
}

static void
check_size (const DailiesMediaLimits *limits,
            const DailiesMeasures    *measures,
            const char               *field,
            const char               *subject,
            GPtrArray                *problems)
{
  double           megabytes = measures->bytes / BYTES_PER_MEGABYTE;
  g_autofree char *shown = NULL;

  if (measures->bytes < 0)
    return;

  if (limits->max_megabytes >= 0 &&
      is_above (megabytes, limits->max_megabytes, limits->max_megabytes_strict))
    {
      shown = show_beside (megabytes, limits->max_megabytes);
      if (limits->max_megabytes_strict)
        add (problems, DAILIES_PROBLEM_ERROR, field, _("%s is %s MB; it has to be under %g MB."),
             subject, shown,
             limits->max_megabytes);
      else
        add (problems, DAILIES_PROBLEM_ERROR, field, _("%s is %s MB; the limit is %g MB."), subject,
             shown, limits->max_megabytes);
    }
  else if (limits->warn_megabytes >= 0 && is_above (megabytes, limits->warn_megabytes, FALSE))
    {
      shown = show_beside (megabytes, limits->warn_megabytes);
      add (problems, DAILIES_PROBLEM_WARNING, field,
           _("%s is %s MB; up to %g MB is recommended, larger files may take long or fail at the "
             "service."), subject,
           shown, limits->warn_megabytes);
    }
}

static void
check_pixels (const DailiesMediaLimits *limits,
              const DailiesMeasures    *measures,
              const char               *field,
              const char               *subject,
              GPtrArray                *problems)
{
  int      min_width = MAX (limits->min_width, 0), min_height = MAX (limits->min_height, 0);
  gboolean strict = limits->min_size_strict;
  gboolean narrow = limits->min_width >= 0 && is_below (measures->width, min_width, strict);
  gboolean low = limits->min_height >= 0 && is_below (measures->height, min_height, strict);

  if (!narrow && !low)
    return;

  if (limits->min_size_strict)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d pixels; it has to be larger than %d×%d."), subject, measures->width,
         measures->height, min_width, min_height);
  else
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d pixels; it has to be at least %d×%d."), subject, measures->width,
         measures->height, min_width, min_height);
}

static void
check_ratio (const DailiesMediaLimits *limits,
             const DailiesMeasures    *measures,
             const char               *field,
             const char               *subject,
             GPtrArray                *problems)
{
  double           ratio = (double) measures->width / measures->height;
  gboolean         strict = limits->ratio_strict;
  gboolean         tall = limits->min_ratio >= 0 && is_below (ratio, limits->min_ratio, strict);
  gboolean         wide = limits->max_ratio >= 0 && is_above (ratio, limits->max_ratio, strict);
  g_autofree char *shown = NULL;

  if (!tall && !wide)
    return;

  shown = show_beside (ratio, tall ? limits->min_ratio : limits->max_ratio);
  if (tall && limits->ratio_strict)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d, its width is %s times its height; it has to be more than %g."), subject,
         measures->width,
         measures->height, shown, limits->min_ratio);
  else if (tall)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d, its width is %s times its height; it has to be at least %g."), subject,
         measures->width,
         measures->height, shown, limits->min_ratio);
  else if (limits->ratio_strict)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d, its width is %s times its height; it has to be less than %g."), subject,
         measures->width,
         measures->height, shown, limits->max_ratio);
  else
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d, its width is %s times its height; it has to be at most %g."), subject,
         measures->width,
         measures->height, shown, limits->max_ratio);
}

static void
check_short_side (const DailiesMediaLimits *limits,
                  const DailiesMeasures    *measures,
                  const char               *field,
                  const char               *subject,
                  GPtrArray                *problems)
{
  int side = MIN (measures->width, measures->height);

  if (limits->min_short_side >= 0 && side < limits->min_short_side)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d; its shorter side has to be at least %d pixels."), subject, measures->width,
         measures->height, limits->min_short_side);
  else if (limits->max_short_side >= 0 && side > limits->max_short_side)
    add (problems, DAILIES_PROBLEM_ERROR, field,
         _("%s is %d×%d; its shorter side may have at most %d pixels."), subject, measures->width,
         measures->height, limits->max_short_side);
}

static void
check_seconds (const DailiesMediaLimits *limits,
               const DailiesMeasures    *measures,
               const char               *field,
               const char               *subject,
               GPtrArray                *problems)
{
  DailiesSeverity  severity = limits->seconds_warn ? DAILIES_PROBLEM_WARNING
                                                   : DAILIES_PROBLEM_ERROR;
  double           seconds = measures->seconds;
  double           min = limits->min_seconds, max = limits->max_seconds;
  gboolean         brief = min >= 0 && is_below (seconds, min, FALSE);
  gboolean         lengthy = max >= 0 && is_above (seconds, max, FALSE);
  g_autofree char *shown = NULL;

  if (measures->seconds <= 0 || (!brief && !lengthy))
    return;

  shown = show_beside (measures->seconds, brief ? limits->min_seconds : limits->max_seconds);
  if (limits->seconds_warn && limits->min_seconds >= 0 && limits->max_seconds >= 0)
    add (problems, severity, field,
         _("%s is %s s long; the service is only sure to take %g to %g s."), subject, shown,
         limits->min_seconds, limits->max_seconds);
  else if (limits->min_seconds >= 0 && limits->max_seconds >= 0)
    add (problems, severity, field, _("%s is %s s long; it has to be %g to %g s."), subject, shown,
         limits->min_seconds, limits->max_seconds);
  else if (brief)
    add (problems, severity, field, _("%s is %s s long; it has to be at least %g s."), subject,
         shown, limits->min_seconds);
  else
    add (problems, severity, field, _("%s is %s s long; it may be at most %g s."), subject, shown,
         limits->max_seconds);
}

static void
check_fps (const DailiesMediaLimits *limits,
           const DailiesMeasures    *measures,
           const char               *field,
           const char               *subject,
           GPtrArray                *problems)
{
  /* 23.976 is what everybody calls 24. */
  gboolean slow = limits->min_fps >= 0 && measures->fps < limits->min_fps * 0.999 - EPSILON;
  gboolean fast = limits->max_fps >= 0 && measures->fps > limits->max_fps + EPSILON;

  if (measures->fps > 0 && (slow || fast))
    add (problems, DAILIES_PROBLEM_WARNING, field,
         _("%s has %.4g frames a second; the model is made for %g to %g."), subject, measures->fps,
         MAX (limits->min_fps, 0), limits->max_fps);
}

static void
check_container (const DailiesMediaLimits *limits,
                 const DailiesMeasures    *measures,
                 const char               *field,
                 const char               *subject,
                 GPtrArray                *problems)
{
  g_autofree char *listed = NULL;

  if (limits->containers == NULL || limits->containers[0] == NULL || measures->container == NULL)
    return;

  for (guint i = 0; limits->containers[i] != NULL; i++)
    if (dailies_sniff_is_same (limits->containers[i], measures->container))
      return;

  listed = g_strjoinv (", ", limits->containers);
  /* Translators: "Source video is in the webm format; this model takes mp4, mov." */
  add (problems, DAILIES_PROBLEM_ERROR, field, _("%s is in the %s format; this model takes %s."),
       subject,
       measures->container, listed);
}

/* --- what helps ----------------------------------------------------------------------------- */

typedef enum
{
  HELP_NONE,
  HELP_CONVERT,
  HELP_CROP,
  HELP_ENLARGE,
  HELP_SHRINK,
  HELP_TRIM,
} Help;

static Help
help_container (const DailiesMediaLimits *limits,
                const DailiesMeasures    *measures)
{
  return HELP_CONVERT;
}

static Help
help_size (const DailiesMediaLimits *limits,
           const DailiesMeasures    *measures)
{
  return HELP_SHRINK;
}

static Help
help_pixels (const DailiesMediaLimits *limits,
             const DailiesMeasures    *measures)
{
  return HELP_ENLARGE;
}

static Help
help_ratio (const DailiesMediaLimits *limits,
            const DailiesMeasures    *measures)
{
  return measures->kind == DAILIES_MEDIA_IMAGE ? HELP_CROP : HELP_NONE;
}

static Help
help_short_side (const DailiesMediaLimits *limits,
                 const DailiesMeasures    *measures)
{
  return MIN (measures->width, measures->height) < limits->min_short_side ? HELP_ENLARGE : HELP_SHRINK;
}

static Help
help_seconds (const DailiesMediaLimits *limits,
              const DailiesMeasures    *measures)
{
  return limits->max_seconds >= 0 && measures->seconds > limits->max_seconds ? HELP_TRIM : HELP_NONE;
}

/* Frames that are not there are nothing that could be made. */
static Help
help_fps (const DailiesMediaLimits *limits,
          const DailiesMeasures    *measures)
{
  return limits->max_fps >= 0 && measures->fps > limits->max_fps ? HELP_CONVERT : HELP_NONE;
}

/* A picture is made anew at once; for a clip a window opens. */
static const char *
name_help (Help             help,
           DailiesMediaKind kind)
{
  gboolean clip = kind == DAILIES_MEDIA_VIDEO;

  switch (help)
    {
    case HELP_CONVERT:
      return clip ? _("Convert…") : _("Convert");
    case HELP_CROP:
      return _("Crop to Fit");
    case HELP_ENLARGE:
      return clip ? _("Enlarge…") : _("Enlarge");
    case HELP_SHRINK:
      return clip ? _("Shrink…") : _("Shrink to Fit");
    case HELP_TRIM:
      return _("Trim…");
    case HELP_NONE:
    default:
      return NULL;
    }
}

static const struct
{
  void   (*check) (const DailiesMediaLimits *limits,
                   const DailiesMeasures    *measures,
                   const char               *field,
                   const char               *subject,
                   GPtrArray                *problems);
  Help   (*help)  (const DailiesMediaLimits *limits,
                   const DailiesMeasures    *measures);
  gboolean needs_size;
} checks[] = {
  { check_container, help_container },
  { check_size, help_size },
  { check_pixels, help_pixels, TRUE },
  { check_ratio, help_ratio, TRUE },
  { check_short_side, help_short_side, TRUE },
  { check_seconds, help_seconds },
  { check_fps, help_fps },
};

gboolean
dailies_media_fits (const DailiesMediaLimits *limits,
                    const DailiesMeasures    *measures)
{
  gboolean has_size = measures->width > 0 && measures->height > 0;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; limits != NULL && i < G_N_ELEMENTS (checks); i++)
    if (has_size || !checks[i].needs_size)
      checks[i].check (limits, measures, "", "", problems);
  for (guint i = 0; i < problems->len; i++)
    if (dailies_problem_get_severity (problems->pdata[i]) == DAILIES_PROBLEM_ERROR)
      return FALSE;

  return TRUE;
}

DailiesMeasures
dailies_media_measure (DailiesAsset *asset)
{
  return (DailiesMeasures) {
    .kind = dailies_asset_get_kind (asset),
    .container = dailies_asset_get_container (asset),
    .bytes = dailies_asset_get_bytes (asset),
    .width = dailies_asset_get_width (asset),
    .height = dailies_asset_get_height (asset),
    .seconds = dailies_asset_get_seconds (asset),
    .fps = dailies_asset_get_fps (asset),
  };
}

void
dailies_media_check (const DailiesMediaLimits *limits,
                     const DailiesMeasures    *measures,
                     const char               *field,
                     const char               *subject,
                     GPtrArray                *problems)
{
  gboolean has_size = measures->width > 0 && measures->height > 0;
  gboolean mendable;

  if (limits == NULL)
    return;

  mendable = dailies_remedy_is_there (limits, measures);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      guint before = problems->len;
      const char *label;

      if (checks[i].needs_size && !has_size)
        continue;
      checks[i].check (limits, measures, field, subject, problems);
      label = name_help (checks[i].help (limits, measures), measures->kind);
      if (problems->len > before && mendable && label != NULL)
        dailies_problem_set_fix (problems->pdata[before], DAILIES_FIX_PREPARE, label);
    }
}
