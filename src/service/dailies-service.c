/* dailies-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-service.h"

#include <string.h>

G_DEFINE_INTERFACE (DailiesService, dailies_service, G_TYPE_OBJECT)

#define MAX_REMOTE_ID 128

static void
dailies_service_default_init (DailiesServiceInterface *iface)
{
}

void
dailies_report_free (DailiesReport *self)
{
  if (self == NULL)
    return;
  g_free (self->word);
  g_strfreev (self->urls);
  g_clear_error (&self->error);
  g_free (self);
}

void
dailies_price_free (DailiesPrice *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self);
}

gboolean
dailies_remote_id_is_valid (const char *remote_id)
{
  gsize length;

  if (remote_id == NULL)
    return FALSE;

  length = strspn (remote_id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
  return length > 0 && length <= MAX_REMOTE_ID && remote_id[length] == '\0';
}

const char *
dailies_service_get_protocol (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->get_protocol (self);
}

const char *
dailies_service_get_title (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->get_title (self);
}

gboolean
dailies_service_can_cancel (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);
  return DAILIES_SERVICE_GET_IFACE (self)->can_cancel (self);
}

GPtrArray *
dailies_service_dup_hosts (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->dup_hosts (self);
}

goffset
dailies_service_get_max_body (DailiesService *self)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), -1);
  return DAILIES_SERVICE_GET_IFACE (self)->get_max_body (self);
}

JsonNode *
dailies_service_dup_body (DailiesService    *self,
                          DailiesDefinition *definition,
                          JsonNode          *input,
                          JsonNode          *beside)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  g_return_val_if_fail (definition != NULL, NULL);
  g_return_val_if_fail (input != NULL && JSON_NODE_HOLDS_OBJECT (input), NULL);
  g_return_val_if_fail (beside == NULL || JSON_NODE_HOLDS_OBJECT (beside), NULL);

  return DAILIES_SERVICE_GET_IFACE (self)->dup_body (self, definition, input, beside);
}

void
dailies_service_submit_async (DailiesService      *self,
                              DailiesDefinition   *definition,
                              JsonNode            *input,
                              JsonNode            *beside,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (definition != NULL);
  g_return_if_fail (input != NULL && JSON_NODE_HOLDS_OBJECT (input));
  g_return_if_fail (beside == NULL || JSON_NODE_HOLDS_OBJECT (beside));

  DAILIES_SERVICE_GET_IFACE (self)->submit_async (self, definition, input, beside, cancellable, callback, user_data);
}

char *
dailies_service_submit_finish (DailiesService *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->submit_finish (self, result, error);
}

void
dailies_service_poll_async (DailiesService      *self,
                            const char          *remote_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (remote_id != NULL);

  DAILIES_SERVICE_GET_IFACE (self)->poll_async (self, remote_id, cancellable, callback, user_data);
}

DailiesReport *
dailies_service_poll_finish (DailiesService *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->poll_finish (self, result, error);
}

void
dailies_service_cancel_async (DailiesService      *self,
                              const char          *remote_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (remote_id != NULL);

  DAILIES_SERVICE_GET_IFACE (self)->cancel_async (self, remote_id, cancellable, callback, user_data);
}

gboolean
dailies_service_cancel_finish (DailiesService        *self,
                               GAsyncResult          *result,
                               DailiesCancelOutcome  *outcome,
                               GError               **error)
{
  DailiesCancelOutcome ignored;

  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);
  return DAILIES_SERVICE_GET_IFACE (self)->cancel_finish (self, result, outcome != NULL ? outcome : &ignored, error);
}

void
dailies_service_price_async (DailiesService      *self,
                             DailiesDefinition   *definition,
                             JsonNode            *input,
                             double               seconds,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (definition != NULL);
  g_return_if_fail (input == NULL || JSON_NODE_HOLDS_OBJECT (input));

  DAILIES_SERVICE_GET_IFACE (self)->price_async (self, definition, input, seconds, cancellable, callback, user_data);
}

DailiesPrice *
dailies_service_price_finish (DailiesService *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  return DAILIES_SERVICE_GET_IFACE (self)->price_finish (self, result, error);
}

void
dailies_service_balance_async (DailiesService      *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DAILIES_IS_SERVICE (self));

  DAILIES_SERVICE_GET_IFACE (self)->balance_async (self, cancellable, callback, user_data);
}

gboolean
dailies_service_balance_finish (DailiesService *self,
                                GAsyncResult   *result,
                                double         *usd,
                                GError        **error)
{
  double ignored;

  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);
  return DAILIES_SERVICE_GET_IFACE (self)->balance_finish (self, result, usd != NULL ? usd : &ignored, error);
}
