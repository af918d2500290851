/* dailies-sniff.h: what a file is by its first bytes, never by its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"

G_BEGIN_DECLS

/* So much of the beginning of a file is looked at. */
#define DAILIES_SNIFF_BYTES (64 * 1024)

/**
 * DailiesContainer:
 * @name: as model definitions spell it: jpg png webp gif avif mp4 mov webm mkv …
 * @mime_type: as it is sent
 * @kind: what the container normally holds
 */
typedef struct
{
  const char      *name;
  const char      *mime_type;
  DailiesMediaKind kind;
} DailiesContainer;

/**
 * dailies_sniff:
 * @head: the first bytes, up to %DAILIES_SNIFF_BYTES
 * @length: how many there are
 *
 * Returns: (nullable): a static description, %NULL for anything that is not media
 */
const DailiesContainer *dailies_sniff (const guint8 *head,
                                       gsize         length);

/**
 * dailies_sniff_heif_size:
 * @head: the first bytes of an avif or heic picture
 * @length: how many there are
 * @width: (out): pixels as shown
 * @height: (out): pixels as shown
 *
 * Reads the size from the boxes, for systems without a reader of such pictures.
 */
gboolean                dailies_sniff_heif_size (const guint8 *head,
                                                 gsize         length,
                                                 int          *width,
                                                 int          *height);

/**
 * dailies_sniff_missing_bytes:
 * @container: what the file is
 * @stream: the file, open and seekable; its position is changed
 * @bytes: how long the file is
 *
 * Compares what the structure of an MP4, MOV, WebM or Matroska file says of its length with how long it is.
 * A decoder happily plays the beginning of a clip whose download stopped half-way.
 *
 * Returns: how many bytes are missing at the end, 0 for none or where it cannot be told
 */
goffset                 dailies_sniff_missing_bytes (const DailiesContainer *container,
                                                     GFileInputStream       *stream,
                                                     goffset                 bytes,
                                                     GCancellable           *cancellable);

G_END_DECLS
