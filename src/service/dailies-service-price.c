/* dailies-service-price.c: what a job would cost, and what is left to pay it with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-service-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "dailies-error.h"
#include "dailies-reading.h"

/* A question for a price, and what is told when it is not answered. */
typedef struct
{
  double        seconds;
  DailiesPrice *hint;
} Pricing;

static void
pricing_free (Pricing *pricing)
{
  g_clear_pointer (&pricing->hint, dailies_price_free);
  g_free (pricing);
}

static void
return_price (GTask *task, DailiesPrice *price)
{
  g_task_return_pointer (task, price, (GDestroyNotify) dailies_price_free);
}

static void
priced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;
  DailiesService      *self = g_task_get_source_object (task);
  DailiesServiceClass *klass = DAILIES_SERVICE_GET_CLASS (self);
  Pricing             *pricing = g_task_get_task_data (task);
  double               usd = NAN;

  answer = dailies_transport_call_finish (DAILIES_TRANSPORT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (answer != NULL)
    usd = klass->read_price (self, answer, pricing->seconds);
  /* Nothing here is free: a zero stands for a price that nobody entered, or that could not be had.
   */
  if (usd > 0)
    return_price (task, dailies_reading_new_price (usd, _ (klass->price_source), TRUE));
  else
    return_price (task, g_steal_pointer (&pricing->hint));
}

static void
balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = dailies_service_take_answer (source, result, task);
  DailiesService *self = g_task_get_source_object (task);
  GError         *error = NULL;
  double          usd;

  if (answer == NULL)
    return;

  usd = DAILIES_SERVICE_GET_CLASS (self)->read_balance (self, answer, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&usd, sizeof usd), g_free);
}

/* --- public ----------------------------------------------------------------------------------- */

void
dailies_service_price_async (DailiesService     *self,
                             DailiesDefinition  *definition,
                             JsonNode           *input,
                             double              seconds,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  DailiesServiceCall plan = { 0 };
  Pricing           *pricing;
  GError            *error = NULL;

  g_return_if_fail (DAILIES_IS_SERVICE (self));
  g_return_if_fail (definition != NULL);
  g_return_if_fail (input == NULL || JSON_NODE_HOLDS_OBJECT (input));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_service_price_async);
  if (dailies_service_is_free (self))
    {
      return_price (task, dailies_reading_new_price (0, _ ("free · practice"), TRUE));
      return;
    }

  pricing = g_new0 (Pricing, 1);
  pricing->seconds = seconds;
  pricing->hint = dailies_reading_new_hint (definition, seconds);
  g_task_set_task_data (task, pricing, (GDestroyNotify) pricing_free);
  if (DAILIES_SERVICE_GET_CLASS (self)->plan_price (self, definition, input, &plan, &error))
    dailies_service_call (task, plan.kind, plan.method, plan.path, plan.body, priced_cb);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    return_price (task, g_steal_pointer (&pricing->hint));

  g_free (plan.path);
  g_clear_pointer (&plan.body, json_node_unref);
}

DailiesPrice *
dailies_service_price_finish (DailiesService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (DAILIES_IS_SERVICE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dailies_service_balance_async (DailiesService     *self,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *path;

  g_return_if_fail (DAILIES_IS_SERVICE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_service_balance_async);
  path = DAILIES_SERVICE_GET_CLASS (self)->balance_path;
  if (path != NULL)
    dailies_service_call (task, DAILIES_CALL_READ, "GET", path, NULL, balance_cb);
  else
    g_task_return_new_error (task,
                             DAILIES_ERROR,
                             DAILIES_ERROR_NOT_FOUND,
                             _ ("%s does not tell the balance of an account to programs. Look it "
                                "up on its pages."),
                             dailies_service_get_title (self));
}

gboolean
dailies_service_balance_finish (DailiesService *self,
                                GAsyncResult   *result,
                                double         *usd,
                                GError        **error)
{
  g_autofree double *value = NULL;

  g_return_val_if_fail (DAILIES_IS_SERVICE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  value = g_task_propagate_pointer (G_TASK (result), error);
  if (usd != NULL)
    *usd = value != NULL ? *value : NAN;
  return value != NULL;
}
