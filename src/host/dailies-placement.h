/* dailies-placement.h: where each file of a request goes, said beforehand and then done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PLACEMENT (dailies_placement_get_type ())
G_DECLARE_FINAL_TYPE (DailiesPlacement, dailies_placement, DAILIES, PLACEMENT, GObject)

/* @hosts: (element-type DailiesHost): in the order of preference; the first that takes an asset gets it.
 * @max_body: bytes the whole JSON body may have, -1 for no limit; counts what is inlined. */
DailiesPlacement *dailies_placement_new          (DailiesRequest       *request,
                                                  GPtrArray            *hosts,
                                                  goffset               max_body);
/* (transfer full) (nullable): where @asset goes: "stays where it is" for remote ones; %NULL: nobody takes it */
char             *dailies_placement_dup_place    (DailiesPlacement     *self,
                                                  DailiesAsset         *asset);
/* FALSE with a sentence where an asset finds no host or the body grows too large. */
gboolean          dailies_placement_check        (DailiesPlacement     *self,
                                                  GError              **error);
/* (transfer full) (element-type DailiesProblem): one error for each file that finds no host or makes the body grow too large;
 * empty where everything has a place. For the form: what the validator cannot know, since it knows no service. */
GPtrArray        *dailies_placement_dup_problems (DailiesPlacement     *self);
/* One line for the form: "2 pictures travel inside the request · clip.mov is uploaded to files.storagecdn.online" */
char             *dailies_placement_dup_summary  (DailiesPlacement     *self);
void              dailies_placement_place_async  (DailiesPlacement     *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* Returns: (transfer full): asset key to URL, for dailies_request_build() */
GHashTable       *dailies_placement_place_finish (DailiesPlacement     *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
