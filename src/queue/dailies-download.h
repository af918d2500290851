/* dailies-download.h: one attempt to bring a result home, going on where the last one stopped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

/* Longer than any clip of a few seconds: who sends more sends something else, or without end. */
#define DAILIES_DOWNLOAD_MAX_BYTES ((gint64) 4 * 1024 * 1024 * 1024)

#define DAILIES_TYPE_DOWNLOAD (dailies_download_get_type ())
/* Properties, notified: "fetched", "size" (int64 bytes; size -1 unknown). One object is one clip: it may be run again
 * after an error, and another object, in another process, can go on with what this one has left. */
G_DECLARE_FINAL_TYPE (DailiesDownload, dailies_download, DAILIES, DOWNLOAD, GObject)

/* @part: where the bytes gather; beside it, with ".info" behind its name, lies what is known of them */
DailiesDownload *dailies_download_new         (DailiesTransport     *transport,
                                               GFile                *part);
/* For tests, instead of DAILIES_DOWNLOAD_MAX_BYTES. */
void             dailies_download_set_limit   (DailiesDownload      *self,
                                               gint64                bytes);
gint64           dailies_download_get_fetched (DailiesDownload      *self);
gint64           dailies_download_get_size    (DailiesDownload      *self);

/* @url may be another one each time, as long as it leads to the same clip. Errors:
 * DAILIES_ERROR_NETWORK, SERVER, RATE: try again, what is there is kept;
 * DAILIES_ERROR_NOT_FOUND: ask the service for a new address;
 * DAILIES_ERROR_DISK: no room (the sentence names what is needed and what is free) or no permission;
 * DAILIES_ERROR_MEDIA: it is not a clip and never will be; DAILIES_ERROR_INVALID: not an address to fetch from, or longer than
 * any clip. */
void             dailies_download_run_async   (DailiesDownload      *self,
                                               const char           *url,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* TRUE: all bytes are in @part, as many as the server said */
gboolean         dailies_download_run_finish  (DailiesDownload      *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Whether the last run brought more than any run before it. */
gboolean         dailies_download_get_advanced (DailiesDownload     *self);
/* Whether the last run reached a server that sent something. */
gboolean         dailies_download_get_reached (DailiesDownload      *self);

G_END_DECLS
