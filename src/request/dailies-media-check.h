/* dailies-media-check.h: one image, video or audio against what a field accepts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-asset.h"
#include "dailies-field.h"

G_BEGIN_DECLS

/**
 * DailiesMeasures: what is known of a file
 * @container: (nullable)
 * @bytes: -1 unknown
 * @width: pixels, 0 unknown, as are @height, @seconds and @fps
 */
typedef struct
{
  DailiesMediaKind kind;
  const char      *container;
  goffset          bytes;
  int              width;
  int              height;
  double           seconds;
  double           fps;
} DailiesMeasures;

/* What is known of @asset now. Main thread; its strings are static. */
DailiesMeasures dailies_media_measure (DailiesAsset *asset);

/* Whether nothing of it keeps it from being sent. */
gboolean dailies_media_fits (const DailiesMediaLimits *limits,
                             const DailiesMeasures    *measures);

/* @subject: what the sentences call it: "Start frame", "@Image2"
 * @problems: (element-type DailiesProblem): gets one for every limit that is not kept; what is
 * unknown keeps all limits */
void dailies_media_check (const DailiesMediaLimits *limits,
                          const DailiesMeasures    *measures,
                          const char               *field,
                          const char               *subject,
                          GPtrArray                *problems);

G_END_DECLS
