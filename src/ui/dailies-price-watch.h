/* dailies-price-watch.h: what the request would cost, kept up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-request.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_PRICE_WATCH (dailies_price_watch_get_type ())
/* Signal "changed" (self). Main thread. */
G_DECLARE_FINAL_TYPE (DailiesPriceWatch, dailies_price_watch, DAILIES, PRICE_WATCH, GObject)

/* @services: (nullable): without them only what the model definition says is known */
DailiesPriceWatch *dailies_price_watch_new      (DailiesServices   *services);
/* Anything that bears on the price may have changed; asks the service after a moment of quiet, and only where there is a
 * token. @request: (nullable) */
void               dailies_price_watch_update   (DailiesPriceWatch *self,
                                                 DailiesRequest    *request,
                                                 const char        *service_id);
/* (transfer full): for @count cuts: "about $1.68", "free · practice", "price unknown" */
char              *dailies_price_watch_dup_label (DailiesPriceWatch *self,
                                                  guint              count);
/* (nullable): where the figure is from: a sentence for the artist */
const char        *dailies_price_watch_get_source (DailiesPriceWatch *self);

G_END_DECLS
