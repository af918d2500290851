/* dailies-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "dailies-limits.h"
#include "dailies-schema-json.h"

/* No page speaks of more; what is larger is a mistake and would overflow an int. */
#define MAX_PIXELS 100000

static int
to_pixels (double value)
{
  return value >= 0 && value <= MAX_PIXELS ? (int) ceil (value) : -1;
}

static double
to_limit (double value)
{
  return value >= 0 ? value : -1;
}

static void
apply_validation (DailiesMediaLimits *limits,
                  const char         *what,
                  gboolean            upper,
                  gboolean            strict,
                  double              value)
{
  if (g_str_equal (what, "file_size_mb") && upper)
    {
      limits->max_megabytes = value;
      limits->max_megabytes_strict = strict;
    }
  else if (g_str_equal (what, "width_pixels") && !upper)
    {
      limits->min_width = to_pixels (value);
      limits->min_size_strict = strict;
    }
  else if (g_str_equal (what, "height_pixels") && !upper)
    {
      limits->min_height = to_pixels (value);
      limits->min_size_strict = strict;
    }
  else if (g_str_equal (what, "width/height"))
    {
      *(upper ? &limits->max_ratio : &limits->min_ratio) = value;
      limits->ratio_strict = strict;
    }
  else if (g_str_equal (what, "duration_seconds") || g_str_equal (what, "duration"))
    *(upper ? &limits->max_seconds : &limits->min_seconds) = value;
}

void
dailies_limits_read_validations (DailiesFieldInfo *info,
                                 JsonArray        *validations)
{
  for (guint i = 0; validations != NULL && i < MIN (json_array_get_length (validations), 100); i++)
    {
      JsonNode        *node = json_array_get_element (validations, i);
      JsonObject      *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char      *rule = dailies_schema_json_get_string (entry, "validation_rule");
      double           value = dailies_schema_json_get_double (entry, "validation_value");
      g_autofree char *what = NULL;
      gsize            length;

      if (rule == NULL || isnan (value) || value < 0)
        continue;

      length = strcspn (rule, "<>");
      if (rule[length] == '\0')
        continue;

      what = g_strstrip (g_strndup (rule, length));
      info->limited = TRUE;
      apply_validation (&info->limits, what, rule[length] == '<', rule[length + 1] != '=', value);
    }
}

void
dailies_limits_read_rules (DailiesFieldInfo *info,
                           JsonObject       *rules)
{
  DailiesMediaLimits *limits = &info->limits;
  double              first, second;

  if (rules == NULL)
    return;

  info->limited = TRUE;
  if (json_object_has_member (rules, "container"))
    {
      g_strfreev (limits->containers);
      limits->containers = dailies_schema_json_dup_strv (rules, "container");
    }
  if (json_object_has_member (rules, "megabytes"))
    {
      limits->max_megabytes = to_limit (dailies_schema_json_get_double (rules, "megabytes"));
      limits->max_megabytes_strict = FALSE;
    }
  if (json_object_has_member (rules, "warn-megabytes"))
    limits->warn_megabytes = to_limit (dailies_schema_json_get_double (rules, "warn-megabytes"));
  if (dailies_schema_json_get_pair (rules, "pixels", &first, &second))
    {
      limits->min_width = to_pixels (first);
      limits->min_height = to_pixels (second);
      limits->min_size_strict = FALSE;
    }
  if (dailies_schema_json_get_pair (rules, "ratio", &first, &second))
    {
      limits->min_ratio = to_limit (first);
      limits->max_ratio = to_limit (second);
      limits->ratio_strict = FALSE;
    }
  if (dailies_schema_json_get_pair (rules, "short-side", &first, &second))
    {
      limits->min_short_side = to_pixels (first);
      limits->max_short_side = to_pixels (second);
    }
  if (dailies_schema_json_get_pair (rules, "seconds", &first, &second))
    {
      limits->min_seconds = to_limit (first);
      limits->max_seconds = to_limit (second);
    }
  limits->seconds_warn = dailies_schema_json_get_bool (rules, "seconds-warn", limits->seconds_warn);
  if (dailies_schema_json_get_pair (rules, "fps", &first, &second))
    {
      limits->min_fps = to_limit (first);
      limits->max_fps = to_limit (second);
    }
}
