/* dailies-transport.h: the one way Dailies speaks HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_TRANSPORT (dailies_transport_get_type ())
/* Main context of its creator only. Properties: "timeout" (seconds without a byte, 60), "retry-pause" (milliseconds before
 * the first repetition of a READ, 500; every further one waits twice as long). */
G_DECLARE_FINAL_TYPE (DailiesTransport, dailies_transport, DAILIES, TRANSPORT, GObject)

/**
 * DailiesCallKind:
 * @DAILIES_CALL_READ: may be repeated; repeated a few times with growing pauses on network faults and 5xx
 * @DAILIES_CALL_ONCE: free of charge but not repeated (cancel, dry run, upload)
 * @DAILIES_CALL_PAID: never repeated, on a fresh connection; every doubt is DAILIES_ERROR_UNKNOWN_OUTCOME.
 *   Only what proves that nothing was accepted (not connected, 400 401 402 403 404 422 429,
 *   and 405 413 415, with which a server says that it did not take the body) is another error. A call that is
 *   cancelled after it left is in doubt as well.
 */
typedef enum
{
  DAILIES_CALL_READ,
  DAILIES_CALL_ONCE,
  DAILIES_CALL_PAID,
} DailiesCallKind;

DailiesTransport *dailies_transport_new           (void);

/* One JSON call to a service. @path: absolute, already escaped, may carry a query. @body: (nullable).
 * Redirects are errors. HTTP errors and a 2xx with an error inside come back as DAILIES_ERROR with the service's words.
 * Answers are limited to 96 MiB. */
void              dailies_transport_call_async    (DailiesTransport     *self,
                                                   DailiesAccess        *access,
                                                   DailiesCallKind       kind,
                                                   const char           *method,
                                                   const char           *path,
                                                   JsonNode             *body,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
/* Returns: (transfer full): the answer's JSON */
JsonNode         *dailies_transport_call_finish   (DailiesTransport     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/**
 * DailiesBody: the body of a download, being read
 * @stream: (transfer none): the bytes
 * @offset: where in the file the first byte lies: what was asked, or 0 where the server starts over
 * @length: of the whole file, -1 where the server does not say
 * @etag: (nullable): to make sure that a resumed file is the same one
 * @content_type: (nullable)
 */
typedef struct
{
  GInputStream *stream;
  goffset       offset;
  goffset       length;
  char         *etag;
  char         *content_type;
} DailiesBody;

void              dailies_body_free               (DailiesBody          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesBody, dailies_body_free)

/* A plain GET of a result: no token, https only (http on loopback), redirects only to such again.
 * @offset and @etag: to go on with a download (Range, If-Range). */
void              dailies_transport_open_async    (DailiesTransport     *self,
                                                   const char           *url,
                                                   goffset               offset,
                                                   const char           *etag,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
DailiesBody      *dailies_transport_open_finish   (DailiesTransport     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Streams one local or data: asset as multipart/form-data, field @field, and reads a JSON answer (kind ONCE).
 * @stream is read off the main thread. @url may lie on another origin than @access: then @send_token says whether
 * the service's own upload host gets the token. @progress: (nullable): bytes sent, bytes in all; main thread. */
void              dailies_transport_upload_async  (DailiesTransport     *self,
                                                   DailiesAccess        *access,
                                                   const char           *method,
                                                   const char           *url,
                                                   gboolean              send_token,
                                                   const char           *field,
                                                   const char           *file_name,
                                                   const char           *mime_type,
                                                   GInputStream         *stream,
                                                   goffset               length,
                                                   GFileProgressCallback progress,
                                                   gpointer              progress_data,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
JsonNode         *dailies_transport_upload_finish (DailiesTransport     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
