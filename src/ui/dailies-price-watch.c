/* dailies-price-watch.c: what the request would cost, kept up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-price-watch.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dailies-asset.h"
#include "dailies-definition.h"
#include "dailies-field.h"
#include "dailies-reading.h"
#include "dailies-services.h"

/* An artist who types is not interrupted, and no service is asked for every letter. */
#define QUIET_MS 700

struct _DailiesPriceWatch
{
  GObject          parent_instance;

  DailiesServices *services;
  DailiesRequest  *request;
  char            *service_id;
  char            *key;         /* what the price shown is for */
  guint            source;
  GCancellable    *asking;
  double           usd;         /* of one cut; NaN unknown */
  gboolean         exact;
  char            *origin;
};

G_DEFINE_FINAL_TYPE (DailiesPriceWatch, dailies_price_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_practice (DailiesPriceWatch *self)
{
  return g_strcmp0 (self->service_id, "practice") == 0;
}

static void
set_price (DailiesPriceWatch *self,
           double             usd,
           gboolean           exact,
           const char        *origin)
{
  self->usd = usd;
  self->exact = exact;
  g_free (self->origin);
  self->origin = g_strdup (origin);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* (nullable): what the artist chose, or the service would choose, where the price depends on it */
static const char *
get_price_choice (DailiesRequest *request)
{
  DailiesDefinition *definition = dailies_request_get_definition (request);
  const char *name = dailies_definition_get_price_field (definition);
  DailiesField *field = name != NULL ? dailies_definition_get_field (definition, name) : NULL;
  const char *chosen = field != NULL ? dailies_request_get_text (request, name) : NULL;

  return chosen != NULL || field == NULL ? chosen : dailies_field_get_default (field);
}

/* What the definition says, until the service itself has been heard. */
static void
set_hint (DailiesPriceWatch *self)
{
  DailiesDefinition *definition = dailies_request_get_definition (self->request);
  double usd = NAN;
  g_autofree char *origin = NULL;

  if (definition != NULL)
    {
      double seconds = dailies_request_get_seconds (self->request);

      usd = dailies_definition_get_usd_per_output (definition);
      if (isnan (usd) && !isnan (seconds))
        usd = dailies_definition_get_usd_per_second_of (definition, get_price_choice (self->request)) * seconds;
      origin = dailies_reading_dup_hint_source (dailies_definition_get_price_as_of (definition));
    }
  set_price (self, usd, FALSE, isnan (usd) ? NULL : origin);
}

static void
price_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesPriceWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesPrice) price = NULL;

  price = dailies_service_price_finish (DAILIES_SERVICE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  /* A price that cannot be had is no error of the artist's: the hint stands, or nothing. What the service layer has as a
   * hint knows less than ours, which follows the choices on the form. */
  if (price != NULL && price->exact && !isnan (price->usd))
    set_price (self, price->usd, price->exact, price->source);
}

/* (nullable) (transfer full): for a dry run. Files that have no address yet would have to be uploaded first; then the service
 * is asked for what it says without them. */
static JsonNode *
build_input (DailiesPriceWatch *self)
{
  g_autoptr (GPtrArray) assets = dailies_request_dup_all_assets (self->request);
  g_autoptr (GHashTable) urls = g_hash_table_new (g_str_hash, g_str_equal);

  if (!dailies_request_is_sendable (self->request))
    return NULL;
  for (guint i = 0; i < assets->len; i++)
    if (!dailies_asset_is_remote (g_ptr_array_index (assets, i)))
      return NULL;
  return dailies_request_build (self->request, urls, NULL, NULL);
}

static void
service_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DailiesPriceWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DailiesService) service = NULL;
  g_autoptr (JsonNode) input = NULL;

  service = dailies_services_get_finish (DAILIES_SERVICES (source), result, &error);
  if (service == NULL || self->asking == NULL || self->request == NULL)
    return;
  input = build_input (self);
  dailies_service_price_async (service, dailies_request_get_definition (self->request), input,
                               dailies_request_get_seconds (self->request), self->asking,
                               price_cb, g_object_ref (self));
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesPriceWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  DailiesTokenSource token;

  token = dailies_services_find_token_finish (DAILIES_SERVICES (source), result, &error);
  if (error != NULL || token == DAILIES_TOKEN_NONE || self->asking == NULL)
    return;
  dailies_services_get_async (self->services, self->service_id, self->service_id, self->asking,
                              service_cb, g_object_ref (self));
}

static gboolean
ask (gpointer user_data)
{
  DailiesPriceWatch *self = user_data;

  self->source = 0;
  self->asking = g_cancellable_new ();
  dailies_services_find_token_async (self->services, self->service_id, self->asking, token_cb,
                                     g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_asking (DailiesPriceWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/* A token was pasted, or taken away, while the form is open. */
static void
tokens_changed_cb (DailiesServices   *services,
                   const char        *service_id,
                   DailiesPriceWatch *self)
{
  if (self->key == NULL || is_practice (self) || g_strcmp0 (service_id, self->service_id) != 0)
    return;
  stop_asking (self);
  self->source = g_timeout_add (QUIET_MS, ask, self);
}

/* (transfer full): everything a price may depend on: not the prompt, not which picture */
static char *
make_key (DailiesRequest *request,
          const char     *service_id)
{
  DailiesDefinition *definition = dailies_request_get_definition (request);
  GListModel *fields = dailies_definition_get_fields (definition);
  GString *key = g_string_new (service_id);

  g_string_append_printf (key, "|%s|%g|%d", dailies_definition_get_id (definition),
                          dailies_request_get_seconds (request),
                          dailies_request_is_sendable (request));
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (DailiesField) field = g_list_model_get_item (fields, i);
      DailiesFieldRole role = dailies_field_get_role (field);

      if (role == DAILIES_FIELD_ROLE_CHOICE || role == DAILIES_FIELD_ROLE_NUMBER
          || role == DAILIES_FIELD_ROLE_SWITCH)
        g_string_append_printf (key, "|%s", dailies_request_get_text (
                                                request, dailies_field_get_name (field)));
    }
  return g_string_free (key, FALSE);
}

static void
dailies_price_watch_dispose (GObject *object)
{
  DailiesPriceWatch *self = DAILIES_PRICE_WATCH (object);

  stop_asking (self);
  g_clear_object (&self->services);
  g_clear_object (&self->request);
  G_OBJECT_CLASS (dailies_price_watch_parent_class)->dispose (object);
}

static void
dailies_price_watch_finalize (GObject *object)
{
  DailiesPriceWatch *self = DAILIES_PRICE_WATCH (object);

  g_free (self->service_id);
  g_free (self->key);
  g_free (self->origin);
  G_OBJECT_CLASS (dailies_price_watch_parent_class)->finalize (object);
}

static void
dailies_price_watch_class_init (DailiesPriceWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dailies_price_watch_dispose;
  object_class->finalize = dailies_price_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", DAILIES_TYPE_PRICE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dailies_price_watch_init (DailiesPriceWatch *self)
{
  self->usd = NAN;
}

DailiesPriceWatch *
dailies_price_watch_new (DailiesServices *services)
{
  DailiesPriceWatch *self = g_object_new (DAILIES_TYPE_PRICE_WATCH, NULL);

  if (services != NULL)
    {
      self->services = g_object_ref (services);
      g_signal_connect_object (services, "tokens-changed", G_CALLBACK (tokens_changed_cb), self, 0);
    }
  return self;
}

void
dailies_price_watch_update (DailiesPriceWatch *self,
                            DailiesRequest    *request,
                            const char        *service_id)
{
  g_autofree char *key = NULL;

  g_return_if_fail (DAILIES_IS_PRICE_WATCH (self));

  if (request != NULL && dailies_request_get_definition (request) != NULL)
    key = make_key (request, service_id);
  if (self->request == request && g_strcmp0 (key, self->key) == 0
      && g_strcmp0 (service_id, self->service_id) == 0)
    return;
  stop_asking (self);
  g_set_object (&self->request, request);
  g_free (self->key);
  self->key = g_steal_pointer (&key);
  if (service_id != self->service_id)
    {
      g_free (self->service_id);
      self->service_id = g_strdup (service_id);
    }
  if (self->key == NULL || is_practice (self))
    {
      set_price (self, NAN, FALSE, NULL);
      return;
    }
  set_hint (self);
  if (self->services != NULL)
    self->source = g_timeout_add (QUIET_MS, ask, self);
}

char *
dailies_price_watch_dup_label (DailiesPriceWatch *self,
                               guint              count)
{
  g_return_val_if_fail (DAILIES_IS_PRICE_WATCH (self), NULL);

  if (is_practice (self))
    return g_strdup (_("free · practice"));
  if (isnan (self->usd))
    return g_strdup (_("price unknown"));
  return g_strdup_printf (self->exact ? _("$%.2f") : _("about $%.2f"), self->usd * count);
}

const char *
dailies_price_watch_get_source (DailiesPriceWatch *self)
{
  g_return_val_if_fail (DAILIES_IS_PRICE_WATCH (self), NULL);

  return self->origin;
}
