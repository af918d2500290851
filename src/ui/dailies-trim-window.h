/* dailies-trim-window.h: a part of a clip is chosen, and made into one that a field takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-asset.h"
#include "dailies-remedy.h"

G_BEGIN_DECLS

/**
 * DailiesTrimPart:
 * @in: number of the first frame that is kept
 * @out: and of the last
 * @with_sound: whether its sound is kept, where it has any
 */
typedef struct
{
  int      in;
  int      out;
  gboolean with_sound;
} DailiesTrimPart;

#define DAILIES_TYPE_TRIM_WINDOW (dailies_trim_window_get_type ())
/* Signal "made" (self, GFile): the new clip is there, whole, in the library; the window goes. */
G_DECLARE_FINAL_TYPE (DailiesTrimWindow, dailies_trim_window, DAILIES, TRIM_WINDOW, AdwWindow)

/* @asset: a local clip of which everything is known; @library: where the new one goes */
GtkWindow *dailies_trim_window_new (GtkWindow             *parent,
                                    DailiesAsset          *asset,
                                    const DailiesClipPlan *plan,
                                    DailiesLibrary        *library);
/* What is chosen; a part that may not be is brought within what may. */
void       dailies_trim_window_set_part (DailiesTrimWindow     *self,
                                         const DailiesTrimPart *part);
void       dailies_trim_window_get_part (DailiesTrimWindow     *self,
                                         DailiesTrimPart       *part);

G_END_DECLS
