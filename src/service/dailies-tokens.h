/* dailies-tokens.h: the token of each service: keyring, environment, or this session only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-services.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_TOKENS (dailies_tokens_get_type ())
/* Signal "changed" (self, service id) */
G_DECLARE_FINAL_TYPE (DailiesTokens, dailies_tokens, DAILIES, TOKENS, GObject)

DailiesTokens *dailies_tokens_new          (void);
/* "RunComfy" */
const char    *dailies_tokens_get_title    (const char           *id);
/* The first environment variable that is looked at, for sentences; "" for a service that has none */
const char    *dailies_tokens_get_variable (const char           *id);

/* The order of api.md: what was pasted this session, the Secret Service, the environment.
 * Returns: (transfer full) (nullable): %NULL without an error where there is none */
void           dailies_tokens_find_async   (DailiesTokens        *self,
                                            const char           *id,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
char          *dailies_tokens_find_finish  (DailiesTokens        *self,
                                            GAsyncResult         *result,
                                            DailiesTokenSource   *source,
                                            GError              **error);
/* See dailies_services_set_token_async(). */
void           dailies_tokens_set_async    (DailiesTokens        *self,
                                            const char           *id,
                                            const char           *token,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean       dailies_tokens_set_finish   (DailiesTokens        *self,
                                            GAsyncResult         *result,
                                            DailiesTokenSource   *source,
                                            GError              **error);

/* FALSE where a variable of the environment is set and what it holds cannot be a token: that is told, not that none is there. */
gboolean       dailies_tokens_check_environment (const char          *id,
                                                 GError             **error);

G_END_DECLS
