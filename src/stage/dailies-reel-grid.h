/* dailies-reel-grid.h: the frames of a clip as a grid in time
 *
 * Private to stage/. Plain arithmetic; no locks, no errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @fps_n / @fps_d: frames a second; 0 for a clip that does not say. @origin: ns, time of the first frame. @starts: (nullable):
 * of a clip of variable frame rate, as soon as all of it was seen: for each frame when it begins, gint64 ns after @origin. Borrowed
 * from who owns the grid, who sets it once, at any time: atomic. */
typedef struct
{
  gint64  origin;
  int     fps_n;
  int     fps_d;
  GArray *starts;
} DailiesReelGrid;

void     dailies_reel_grid_set_rate (DailiesReelGrid       *grid,
                                     int                    fps_n,
                                     int                    fps_d);
gboolean dailies_reel_grid_is_even  (const DailiesReelGrid *grid);
gboolean dailies_reel_grid_varies   (const DailiesReelGrid *grid);
gboolean dailies_reel_grid_has      (const DailiesReelGrid *grid,
                                     gint64                 time);
gboolean dailies_reel_grid_fits     (const DailiesReelGrid *grid,
                                     const GArray          *starts);
gint64   dailies_reel_grid_length   (const DailiesReelGrid *grid);
gint64   dailies_reel_grid_number   (const DailiesReelGrid *grid,
                                     gint64                 time);
gint64   dailies_reel_grid_span    (const DailiesReelGrid *grid,
                                     gint64                 frames);
gint64   dailies_reel_grid_start    (const DailiesReelGrid *grid,
                                     gint64                 number);
gint64   dailies_reel_grid_middle   (const DailiesReelGrid *grid,
                                     gint64                 number);
gboolean dailies_reel_grid_is_clear (const DailiesReelGrid *grid,
                                     gint64                 time);
gint64   dailies_reel_grid_within   (const DailiesReelGrid *grid,
                                     gint64                 number,
                                     gint64                 time);
gint64   dailies_reel_grid_last_before (const DailiesReelGrid *grid,
                                        gint64                 end);
gint64   dailies_reel_grid_nearest  (const DailiesReelGrid *grid,
                                     gint64                 time);
gint64   dailies_reel_grid_slip     (const DailiesReelGrid *grid,
                                     int                    frames);

G_END_DECLS
