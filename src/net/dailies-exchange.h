/* dailies-exchange.h: one HTTP request and its JSON answer, for the transport's own files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "dailies-transport.h"

G_BEGIN_DECLS

/* What is read of an answer. One that tells of a job may repeat its whole input, files inside, and a submit takes 64 MiB of
 * those; what explains an error has no reason to be long. */
#define DAILIES_EXCHANGE_MAX_BODY (96 * 1024 * 1024)
#define DAILIES_EXCHANGE_MAX_EXPLANATION (1024 * 1024)

/* Two sessions: what goes to this machine itself must never take the way through a proxy.
 * Returns: (transfer none) */
SoupSession *dailies_transport_get_session (DailiesTransport    *self,
                                            GUri                *uri);

/* Returns: (transfer full) (nullable): a message that neither follows redirects nor asks for passwords; DAILIES_ERROR_INVALID */
SoupMessage *dailies_exchange_new_message  (const char          *method,
                                            const char          *url,
                                            GError             **error);
void         dailies_exchange_sign         (SoupMessage         *message,
                                            DailiesAccess       *access);
/* Seconds of the Retry-After header, whether it has a number or a date; 0 for none. */
guint        dailies_exchange_retry_after  (SoupMessage         *message);
/* What a failed connection is called. Returns: (transfer full): G_IO_ERROR_CANCELLED stays what it is */
GError      *dailies_exchange_new_fault    (const char          *title,
                                            const GError        *cause);

/* Sends @message exactly once and reads the answer as dailies_transport_call_async() promises. */
void         dailies_exchange_async        (DailiesTransport    *transport,
                                            DailiesAccess       *access,
                                            DailiesCallKind      kind,
                                            SoupMessage         *message,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
JsonNode    *dailies_exchange_finish       (DailiesTransport    *transport,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
