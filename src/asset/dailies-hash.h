/* dailies-hash.h: the SHA-256 of a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * dailies_hash_stream:
 * @stream: read to its end; not closed
 * @progress: (nullable): told after each piece how many bytes were read; of how many is not known here, so always of -1
 * @progress_data: for @progress
 * @length: (out) (optional): how many bytes there were
 * @cancellable: (nullable): looked at before each piece
 * @error: as from reading, or %G_IO_ERROR_CANCELLED
 *
 * Blocking: for the pool only. Holds one small buffer however long the stream is.
 *
 * Returns: (transfer full) (nullable): 64 hexadecimal digits in lower case
 */
char *dailies_hash_stream (GInputStream          *stream,
                           GFileProgressCallback  progress,
                           gpointer               progress_data,
                           goffset               *length,
                           GCancellable          *cancellable,
                           GError               **error);

G_END_DECLS
