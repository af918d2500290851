/* dailies-trim-window.h: a part of a clip is chosen, and made into one that a field takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-asset.h"
#include "dailies-remedy.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_TRIM_WINDOW (dailies_trim_window_get_type ())
/* Signal "made" (self, GFile): the new clip is there, whole, in the library; the window goes. */
G_DECLARE_FINAL_TYPE (DailiesTrimWindow, dailies_trim_window, DAILIES, TRIM_WINDOW, AdwWindow)

/* @asset: a local clip of which everything is known; @library: where the new one goes */
GtkWindow *dailies_trim_window_new (GtkWindow             *parent,
                                    DailiesAsset          *asset,
                                    const DailiesClipPlan *plan,
                                    DailiesLibrary        *library);

G_END_DECLS
