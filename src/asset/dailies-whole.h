/* dailies-whole.h: whether the end of a file is there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-sniff.h"

G_BEGIN_DECLS

/**
 * dailies_whole_missing_bytes:
 * @container: what the file is
 * @stream: the file, open and seekable; its position is changed
 * @bytes: how long the file is
 * @cancellable: (nullable)
 *
 * Compares what the structure of a file says of its length with how long it is. Decoders happily show the upper half
 * of a picture and the beginning of a clip whose download stopped half-way; a service that was paid for it does not.
 *
 * Blocking: for the pool.
 *
 * Returns: how many bytes are missing at the end; 0 for none, or where it cannot be told; -1 for an unknown number
 */
goffset dailies_whole_missing_bytes (const DailiesContainer *container,
                                     GFileInputStream       *stream,
                                     goffset                 bytes,
                                     GCancellable           *cancellable);

G_END_DECLS
