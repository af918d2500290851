/* dailies-settings.h: what the program remembers from one run to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DAILIES_COLORS_DARK,
  DAILIES_COLORS_LIGHT,
  DAILIES_COLORS_SYSTEM,
} DailiesColors;

#define DAILIES_TYPE_COLORS (dailies_colors_get_type ())
GType dailies_colors_get_type (void);

#define DAILIES_TYPE_SETTINGS (dailies_settings_get_type ())
/* Properties, all readable, writable and notified: "service" (string), "color-scheme" (DailiesColors), "last-shot"
 * (int64), "window-width", "window-height" (int, logical pixels), "maximized", "show-shots", "show-composer" (boolean). */
G_DECLARE_FINAL_TYPE (DailiesSettings, dailies_settings, DAILIES, SETTINGS, GObject)

/* Kept through GSettings. Where the schema is not installed the defaults are used and nothing is kept: the program
 * still runs from a bare build folder. */
DailiesSettings *dailies_settings_new              (void);
const char      *dailies_settings_get_service      (DailiesSettings *self);
void             dailies_settings_set_service      (DailiesSettings *self,
                                                    const char      *service);
DailiesColors    dailies_settings_get_color_scheme (DailiesSettings *self);
gint64           dailies_settings_get_last_shot    (DailiesSettings *self);
void             dailies_settings_set_last_shot    (DailiesSettings *self,
                                                    gint64           shot_id);

G_END_DECLS
