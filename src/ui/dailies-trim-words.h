/* dailies-trim-words.h: what the trim window says of a clip, of what a field takes and of what is made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"
#include "dailies-remedy.h"

G_BEGIN_DECLS

/* All (transfer full). @seconds: of the whole clip: "12.0 s → pick 3 to 10 s" */
char *dailies_trim_words_dup_limits (const DailiesClipPlan *plan,
                                     double                 seconds);
/* @seconds: of the part: "Use 5.0 s" */
char *dailies_trim_words_dup_use    (double                 seconds);
/* What @asset is, and what it becomes. @fps: by which its frames are counted */
char *dailies_trim_words_dup_result (const DailiesClipPlan *plan,
                                     DailiesAsset          *asset,
                                     double                 fps,
                                     gboolean               with_sound);
/* It has too many @bytes and is made once more, so many pixels wide and high. */
char *dailies_trim_words_dup_again  (const DailiesClipPlan *plan,
                                     goffset                bytes,
                                     int                    width,
                                     int                    height);

G_END_DECLS
