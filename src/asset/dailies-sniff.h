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

/* Whether two names that definitions and files use mean one container: "JPEG" and "jpg". */
gboolean                dailies_sniff_is_same (const char *a,
                                               const char *b);

/* Whether the bytes begin an SVG drawing: known, so that it can be said what to do with it. */
gboolean                dailies_sniff_is_svg (const guint8 *head,
                                              gsize         length);
G_END_DECLS
