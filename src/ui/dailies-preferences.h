/* dailies-preferences.h: services and their tokens, colours, where things are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-settings.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PREFERENCES (dailies_preferences_get_type ())
G_DECLARE_FINAL_TYPE (DailiesPreferences, dailies_preferences, DAILIES, PREFERENCES, AdwPreferencesWindow)

GtkWindow *dailies_preferences_new (DailiesSettings *settings,
                                    DailiesStudio   *studio);
/* Whether this run stays on the practice service whatever is chosen here, which is said where it makes a difference. */
void       dailies_preferences_set_held (DailiesPreferences *self,
                                         gboolean            held);

G_END_DECLS
