/* dailies-export.h: up to four cuts in one labelled movie, or one in another size and length
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_EXPORT_MAX_SIDES 4

/**
 * DailiesExportMode:
 * @DAILIES_EXPORT_ROW: side by side, all of the same height
 * @DAILIES_EXPORT_GRID: two rows for three and four sides, else as @DAILIES_EXPORT_ROW
 * @DAILIES_EXPORT_WIPE: two sides on top of each other, parted by a line
 */
typedef enum
{
  DAILIES_EXPORT_ROW,
  DAILIES_EXPORT_GRID,
  DAILIES_EXPORT_WIPE,
} DailiesExportMode;

#define DAILIES_TYPE_EXPORT (dailies_export_get_type ())
/* One movie to be made, once. Property: "progress" (double 0–1, read only), notified on the main context of its creator.
 * What is set after dailies_export_run_async() does not count. */
G_DECLARE_FINAL_TYPE (DailiesExport, dailies_export, DAILIES, EXPORT, GObject)

DailiesExport *dailies_export_new        (void);
/* @clip: a local file. @label: (nullable): drawn onto the side. @slip: frames of the side's own rate by which it is shown later in
 * its clip. */
void           dailies_export_add_side   (DailiesExport        *self,
                                          GFile                *clip,
                                          const char           *label,
                                          int                   slip);
/* @file: another one that the movie must not replace, as its sides'; such as a cut that is looked at and left out. */
void           dailies_export_spare      (DailiesExport        *self,
                                          GFile                *file);
void           dailies_export_set_mode   (DailiesExport        *self,
                                          DailiesExportMode     mode);
/* @angle: degrees clockwise: 0 upright with the first side on the left, 90 level with the first side above. @position: 0–1 across
 * the picture. */
void           dailies_export_set_wipe   (DailiesExport        *self,
                                          double                angle,
                                          double                position);
/* ns of the reel, as its range: from the frame of the first side at @in to the one at @out; -1 the beginning, the end of the longest
 * side. */
void           dailies_export_set_range  (DailiesExport        *self,
                                          gint64                in,
                                          gint64                out);
/* Frames a second; 0 / 1, as it is at first: the highest of the sides. */
void           dailies_export_set_rate   (DailiesExport        *self,
                                          int                   fps_n,
                                          int                   fps_d);
/* Whose sound is heard, -1 nobody's; at first 0. A side without sound leaves the movie without. */
void           dailies_export_set_sound  (DailiesExport        *self,
                                          int                   side);
/* For a movie of one side: pixels, even, whatever shape the side has; 0 × 0, as it is at first: the side's own, within what editors
 * take. */
void           dailies_export_set_size   (DailiesExport        *self,
                                          int                   width,
                                          int                   height);
/* Sound is coded in pieces, and would last some milliseconds longer than the picture; and what lies behind the last picture of the
 * clips would be that picture, held. @within: both end with it, so that whoever measures the movie finds the length of what moves. At
 * first FALSE. */
void           dailies_export_set_sound_within (DailiesExport  *self,
                                                gboolean        within);
double         dailies_export_get_progress (DailiesExport      *self);
/* After dailies_export_run_finish(): how long the picture of the movie is; it may be over before the range is. */
double         dailies_export_get_seconds (DailiesExport       *self);

/**
 * dailies_export_run_async:
 * @movie: a local file, replaced where it exists unless it is one of the sides; it is there whole or not at all
 * @cancellable: (nullable)
 *
 * Sides are compared by time: at each moment of the movie every side shows the frame that covers that moment in its clip,
 * counted as the reel counts. A side that has ended holds its last frame. Works on a thread of its own.
 */
void           dailies_export_run_async  (DailiesExport        *self,
                                          GFile                *movie,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @error: %DAILIES_ERROR_INVALID, %DAILIES_ERROR_MEDIA or %DAILIES_ERROR_DISK with a sentence, or %G_IO_ERROR_CANCELLED */
gboolean       dailies_export_run_finish (DailiesExport        *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
