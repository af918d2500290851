/* dailies-trim.h: a part of a clip is made into one that a field takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-remedy.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_TRIM (dailies_trim_get_type ())
/* One clip to be made, once. Property: "progress" (double 0–1, read only), which begins anew where it has to be made again.
 * Signal: "again" (self, int64 bytes, int width, int height): it has become too large, and is made in that size. Main thread. */
G_DECLARE_FINAL_TYPE (DailiesTrim, dailies_trim, DAILIES, TRIM, GObject)

/* @clip: a local file, which is only read; @plan: may go when this returns */
DailiesTrim *dailies_trim_new          (DailiesLibrary        *library,
                                        GFile                 *clip,
                                        const DailiesClipPlan *plan);
/* ns from the clip's first frame: of the first frame that is kept, and of the last; -1 the clip's own */
void         dailies_trim_set_range    (DailiesTrim           *self,
                                        gint64                 in,
                                        gint64                 out);
/* At first TRUE; a clip that has none has none then, too. */
void         dailies_trim_set_with_sound (DailiesTrim         *self,
                                        gboolean               with_sound);
double       dailies_trim_get_progress (DailiesTrim           *self);

/**
 * dailies_trim_run_async:
 * @name: what the file is to be called, without its ending
 * @cancellable: (nullable)
 *
 * Makes an H.264 MP4 in the library, as long as its picture, with its sound. Where it has more bytes than the plan aims at it is made
 * again with fewer pixels, as far as the plan allows that. Nothing is left of what is not finished.
 */
void         dailies_trim_run_async    (DailiesTrim           *self,
                                        const char            *name,
                                        GCancellable          *cancellable,
                                        GAsyncReadyCallback    callback,
                                        gpointer               user_data);
/* Returns: (transfer full) (nullable): the file; %NULL with a #DailiesError and a sentence, or %G_IO_ERROR_CANCELLED */
GFile       *dailies_trim_run_finish   (DailiesTrim           *self,
                                        GAsyncResult          *result,
                                        GError               **error);

G_END_DECLS
