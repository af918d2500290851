/* dailies-host.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-host.h"

#include "dailies-asset.h"

G_DEFINE_INTERFACE (DailiesHost, dailies_host, G_TYPE_OBJECT)

static void
dailies_host_default_init (DailiesHostInterface *iface)
{
}

const char *
dailies_host_get_title (DailiesHost *self)
{
  g_return_val_if_fail (DAILIES_IS_HOST (self), NULL);
  return DAILIES_HOST_GET_IFACE (self)->get_title (self);
}

gboolean
dailies_host_takes (DailiesHost  *self,
                    DailiesAsset *asset,
                    GError      **error)
{
  g_return_val_if_fail (DAILIES_IS_HOST (self), FALSE);
  g_return_val_if_fail (DAILIES_IS_ASSET (asset), FALSE);

  /* What is wrong with the file itself comes before any question of where it might go. */
  if (dailies_asset_get_state (asset) == DAILIES_ASSET_FAILED)
    {
      if (error != NULL)
        *error = g_error_copy (dailies_asset_get_error (asset));
      return FALSE;
    }
  return DAILIES_HOST_GET_IFACE (self)->takes (self, asset, error);
}

void
dailies_host_place_async (DailiesHost         *self,
                          DailiesAsset        *asset,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_HOST (self));
  g_return_if_fail (DAILIES_IS_ASSET (asset));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  DAILIES_HOST_GET_IFACE (self)->place_async (self, asset, cancellable, callback, user_data);
}

char *
dailies_host_place_finish (DailiesHost  *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (DAILIES_IS_HOST (self), NULL);
  return DAILIES_HOST_GET_IFACE (self)->place_finish (self, result, error);
}
