/* dailies-export-job.h: making a movie of several cuts, on the thread that does it
 *
 * Private to stage/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-export.h"

G_BEGIN_DECLS

typedef struct
{
  GFile *clip;
  char  *label;
  int    slip;
} DailiesExportSide;

/* See the setters of DailiesExport. */
typedef struct
{
  DailiesExportMode mode;
  guint             n_sides;
  DailiesExportSide sides[DAILIES_EXPORT_MAX_SIDES];
  GPtrArray        *spared; /* of GFile */
  gint64            in, out;
  int               fps_n, fps_d;
  int               sound;
  gboolean          sound_within;
  int               width, height;
  double            wipe_angle, wipe_position;
} DailiesExportOrder;

/* @reached: 0–1, called on the thread that works */
typedef void (*DailiesExportReachedFunc) (double   reached,
                                          gpointer data);

/* @seconds: (out): how long the picture of the movie is */
gboolean dailies_export_job_run (const DailiesExportOrder *order,
                                 GFile                    *movie,
                                 DailiesExportReachedFunc  func,
                                 gpointer                  data,
                                 double                   *seconds,
                                 GCancellable             *cancellable,
                                 GError                  **error);

G_END_DECLS
