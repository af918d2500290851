/* dailies-reel-tile.h: the size in which a picture is made
 *
 * Private to stage/. Plain arithmetic; no locks, no errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef struct
{
  int                       width, height; /* of the decoded picture; 0 not known */
  int                       par_n, par_d;  /* shape of its pixels */
  GstVideoOrientationMethod orientation;   /* how it is to be turned */
  int                       max_width, max_height; /* device pixels there are for it; 0: as many as it has */
} DailiesReelTile;

void     dailies_reel_tile_get_shown_size (const DailiesReelTile *tile,
                                           int                   *width,
                                           int                   *height);
guint64  dailies_reel_tile_count_bytes    (const DailiesReelTile *tile,
                                           gboolean               whole);
GstCaps *dailies_reel_tile_get_caps       (const DailiesReelTile *tile);

G_END_DECLS
