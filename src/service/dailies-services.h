/* dailies-services.h: the services, their addresses and their tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-service.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_TOKEN_NONE,
  DAILIES_TOKEN_KEYRING,     /* from the Secret Service */
  DAILIES_TOKEN_ENVIRONMENT, /* from one of the variables of api.md */
  DAILIES_TOKEN_SESSION,     /* in memory only: the keyring is locked or missing */
} DailiesTokenSource;

#define DAILIES_TYPE_SERVICES (dailies_services_get_type ())
/* Signal "tokens-changed" (self, service id). Main context only. */
G_DECLARE_FINAL_TYPE (DailiesServices, dailies_services, DAILIES, SERVICES, GObject)

/* @practice_state: (nullable): folder in which an on-demand practice service remembers its jobs over restarts.
 * Base URLs: DAILIES_RUNCOMFY_URL, DAILIES_UNIFICALLY_URL, else the published ones. Starts and reads nothing yet. */
DailiesServices   *dailies_services_new             (DailiesTransport     *transport,
                                                     GFile                *practice_state);

/* @id: "practice", "runcomfy" or "unifically". For "practice" the service speaks @protocol on the practice address
 * and starts dailies-practice when it is first needed (or uses DAILIES_PRACTICE_URL + DAILIES_PRACTICE_TOKEN where they are set);
 * otherwise @protocol must be @id. Fetches the token where it is not known yet.
 * Returns: (transfer full): ready to be used; DAILIES_ERROR_TOKEN where there is no token */
void               dailies_services_get_async       (DailiesServices      *self,
                                                     const char           *id,
                                                     const char           *protocol,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
DailiesService    *dailies_services_get_finish      (DailiesServices      *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* For the form, before anything is started or fetched: title, hosts and limits only; do not submit with it.
 * Returns: (transfer full) */
DailiesService    *dailies_services_peek            (DailiesServices      *self,
                                                     const char           *id,
                                                     const char           *protocol);

/* Where the token of @id would come from now. */
void               dailies_services_find_token_async  (DailiesServices     *self,
                                                       const char          *id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
DailiesTokenSource dailies_services_find_token_finish (DailiesServices     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);
/* @token: (nullable): %NULL forgets it. Where the keyring cannot keep it, the token is held for this session,
 * @source is SESSION and DAILIES_ERROR_KEYRING says so: that error is for telling, the token works. */
void               dailies_services_set_token_async   (DailiesServices     *self,
                                                       const char          *id,
                                                       const char          *token,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean           dailies_services_set_token_finish  (DailiesServices     *self,
                                                       GAsyncResult        *result,
                                                       DailiesTokenSource  *source,
                                                       GError             **error);
/* Takes the token from the RunComfy CLI's own file, on the artist's request only. */
void               dailies_services_import_token_async  (DailiesServices     *self,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
gboolean           dailies_services_import_token_finish (DailiesServices     *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);

G_END_DECLS
