/* dailies-host.h: the place that makes a local file reachable by the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_HOST (dailies_host_get_type ())
G_DECLARE_INTERFACE (DailiesHost, dailies_host, DAILIES, HOST, GObject)

struct _DailiesHostInterface
{
  GTypeInterface parent;

  const char *(*get_title)    (DailiesHost          *self);
  gboolean    (*takes)        (DailiesHost          *self,
                               DailiesAsset         *asset,
                               GError              **error);
  void        (*place_async)  (DailiesHost          *self,
                               DailiesAsset         *asset,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  char       *(*place_finish) (DailiesHost          *self,
                               GAsyncResult         *result,
                               GError              **error);
};

/* For the form: "inside the request", "files.storagecdn.online". Translated. */
const char *dailies_host_get_title    (DailiesHost          *self);
/* FALSE with a sentence (thing, limit, remedy) where this host cannot take @asset. */
gboolean    dailies_host_takes        (DailiesHost          *self,
                                       DailiesAsset         *asset,
                                       GError              **error);
void        dailies_host_place_async  (DailiesHost          *self,
                                       DailiesAsset         *asset,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* Returns: (transfer full): the URL (or data: URI) to send */
char       *dailies_host_place_finish (DailiesHost          *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
