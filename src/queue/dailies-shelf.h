/* dailies-shelf.h: where the clips of a job gather, are looked at, and stay
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-job-row.h"
#include "dailies-rows.h"

G_BEGIN_DECLS

/* (transfer full): the hidden file in which output @n of a job gathers */
GFile         *dailies_shelf_get_part (GFile                *directory,
                                       const DailiesJobRow  *job,
                                       guint                 n);

/* Looks whether output @n is on the shelf already, from a run that ended between renaming and telling.
 * Returns: (transfer full) (nullable): the cut; %NULL without an error where it is not there */
void           dailies_shelf_find_async  (GFile                *directory,
                                          const DailiesJobRow  *job,
                                          guint                 n,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Proves the part, makes its poster, gives it its name, everything synced to disk. What is not a clip is thrown away:
 * DAILIES_ERROR_MEDIA. Returns: (transfer full) (nullable): the cut */
void           dailies_shelf_land_async  (GFile                *directory,
                                          const DailiesJobRow  *job,
                                          guint                 n,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* For both. The row's number is @n, its id and place in the shot are still open. */
DailiesCutRow *dailies_shelf_finish      (GAsyncResult         *result,
                                          GError              **error);

/* (transfer full): "a-cat-walks-1f2e3d4c5b6a-1": what an artist reads in an editor's bin, and unlike any other */
char          *dailies_shelf_make_name   (const char           *prompt,
                                          const char           *job_id,
                                          guint                 n);

G_END_DECLS
