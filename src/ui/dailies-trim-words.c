/* dailies-trim-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-trim-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define BYTES_PER_MEGABYTE 1e6

/* (transfer full): "10.0" */
static char *
format_seconds (double seconds)
{
  return g_strdup_printf ("%.1f", seconds);
}

char *
dailies_trim_words_dup_limits (const DailiesClipPlan *plan,
                               double                 seconds)
{
  g_autofree char *length = format_seconds (seconds);

  if (!isinf (plan->sure_seconds))
    /* Translators: how long the clip is, and how long the service takes it for sure */
    return g_strdup_printf (_("%s s · the service is only sure to take %g s"), length, plan->sure_seconds);
  if (isinf (plan->max_seconds))
    return g_strdup_printf (_("%s s"), length);

  /* Translators: how long the clip is, and how long the part may be that is chosen */
  return g_strdup_printf (_("%s s → pick %g to %g s"), length, plan->min_seconds, plan->max_seconds);
}

char *
dailies_trim_words_dup_use (double seconds)
{
  g_autofree char *length = format_seconds (seconds);

  /* Translators: a button: the part that was chosen is made into a clip of so many seconds */
  return g_strdup_printf (_("Use %s s"), length);
}

char *
dailies_trim_words_dup_result (const DailiesClipPlan *plan,
                               DailiesAsset          *asset,
                               double                 fps,
                               gboolean               with_sound)
{
  g_autofree char *container = g_ascii_strup (dailies_asset_get_container (asset), -1);
  g_autofree char *rate = NULL;

  /* One that tells no rate gets one, which is seen where it moves. */
  if (plan->fps > 0 || dailies_asset_get_fps (asset) != fps)
    rate = g_strdup_printf (_(", %.4g frames a second"), plan->fps > 0 ? plan->fps : fps);

  /* Translators: a size and a format become another size and MP4; then perhaps the rate, then whether there is sound */
  return g_strdup_printf (_("Then: %d×%d %s → %d×%d MP4%s, %s"), dailies_asset_get_width (asset),
                          dailies_asset_get_height (asset), container,
                          plan->width, plan->height, rate != NULL ? rate : "",
                          dailies_asset_has_sound (asset) && with_sound ? _("sound kept") : _("without sound"));
}

char *
dailies_trim_words_dup_again (const DailiesClipPlan *plan,
                              goffset                bytes,
                              int                    width,
                              int                    height)
{
  return g_strdup_printf (_("It has become %.0f MB and is to have %g: made again in %d×%d"),
                          bytes / BYTES_PER_MEGABYTE, plan->aim_bytes / BYTES_PER_MEGABYTE, width, height);
}
