/* dailies-studio.h: the whole house below the window, put together once for the program and the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STUDIO (dailies_studio_get_type ())
G_DECLARE_FINAL_TYPE (DailiesStudio, dailies_studio, DAILIES, STUDIO, GObject)

/* @directory: (nullable): the library's folder, normally $XDG_DATA_HOME/dailies. Opens the store, reads the user's
 * definitions and the shots. Does not take up jobs: call dailies_queue_resume_async(). */
void              dailies_studio_open_async    (GFile                *directory,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
DailiesStudio    *dailies_studio_open_finish   (GAsyncResult         *result,
                                                GError              **error);
DailiesCatalogue *dailies_studio_get_catalogue (DailiesStudio        *self);
DailiesServices  *dailies_studio_get_services  (DailiesStudio        *self);
DailiesLibrary   *dailies_studio_get_library   (DailiesStudio        *self);
DailiesQueue     *dailies_studio_get_queue     (DailiesStudio        *self);
/* Stops the queue and closes the store, everything on disk. */
void              dailies_studio_close_async   (DailiesStudio        *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean          dailies_studio_close_finish  (DailiesStudio        *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
