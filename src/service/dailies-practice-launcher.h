/* dailies-practice-launcher.h: finds the practice service that runs, or starts it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PRACTICE_LAUNCHER (dailies_practice_launcher_get_type ())
/* One practice service is shared by every process that has the same state folder, and ends a few seconds after the last of
 * them, however that ends; jobs at work get half a minute, and what is left is taken up at the next start. Its address and
 * token lie in address.json there (0600); address.lock keeps two from starting it at once, and users.lock is held from the
 * first search of a launcher to its end. */
G_DECLARE_FINAL_TYPE (DailiesPracticeLauncher, dailies_practice_launcher, DAILIES, PRACTICE_LAUNCHER, GObject)

/* @state: (nullable): else a folder in the user's cache */
DailiesPracticeLauncher *dailies_practice_launcher_new         (DailiesTransport         *transport,
                                                                GFile                    *state);

/* DAILIES_PRACTICE_URL and DAILIES_PRACTICE_TOKEN name one that runs already and is not looked after.
 * Returns: (transfer full): its address with the token; DAILIES_ERROR_PRACTICE with a sentence where it does not start */
void                     dailies_practice_launcher_run_async   (DailiesPracticeLauncher  *self,
                                                                GCancellable             *cancellable,
                                                                GAsyncReadyCallback       callback,
                                                                gpointer                  user_data);
DailiesAccess           *dailies_practice_launcher_run_finish  (DailiesPracticeLauncher  *self,
                                                                GAsyncResult             *result,
                                                                GError                  **error);

/* Returns: (transfer full) (nullable): DAILIES_PRACTICE_BIN, beside the running program in the build tree, the libexec
 * folder, PATH; in this order */
char                    *dailies_practice_launcher_find_binary (void);

G_END_DECLS
