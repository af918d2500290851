/* dailies-reel-tile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-reel-tile.h"

#include "dailies-pixel-shape.h"

static gboolean
is_sideways (const DailiesReelTile *tile)
{
  return tile->orientation == GST_VIDEO_ORIENTATION_90R ||
         tile->orientation == GST_VIDEO_ORIENTATION_90L ||
         tile->orientation == GST_VIDEO_ORIENTATION_UL_LR ||
         tile->orientation == GST_VIDEO_ORIENTATION_UR_LL;
}

/**
 * dailies_reel_tile_get_shown_size:
 * @width: (out): in square pixels, after turning; 0 not known
 * @height: (out): likewise
 *
 * Pixels that are not square make the picture larger, never smaller: nothing of it is lost.
 */
void
dailies_reel_tile_get_shown_size (const DailiesReelTile *tile,
                                  int                   *width,
                                  int                   *height)
{
  int w = tile->width;
  int h = tile->height;

  if (dailies_pixel_shape_is_likely (tile->par_n, tile->par_d))
    {
      w = gst_util_uint64_scale_int_round (w, MAX (tile->par_n, tile->par_d), tile->par_d);
      h = gst_util_uint64_scale_int_round (h, MAX (tile->par_n, tile->par_d), tile->par_n);
    }

  *width = is_sideways (tile) ? h : w;
  *height = is_sideways (tile) ? w : h;
}

/* What the scaler should make, before turning. */
static void
get_made_size (const DailiesReelTile *tile,
               int                   *width,
               int                   *height)
{
  double scale = 1;
  int    w, h;

  dailies_reel_tile_get_shown_size (tile, &w, &h);
  if (tile->max_width > 0 && tile->max_height > 0)
    scale = MIN (1, MIN ((double) tile->max_width / w, (double) tile->max_height / h));
  w = MAX (1, (int) (w * scale + 0.5));
  h = MAX (1, (int) (h * scale + 0.5));

  *width = is_sideways (tile) ? h : w;
  *height = is_sideways (tile) ? w : h;
}

/**
 * dailies_reel_tile_count_bytes:
 * @whole: whether the picture stays as large as the clip
 *
 * Returns: of one picture; 0 while the size is not known
 */
guint64
dailies_reel_tile_count_bytes (const DailiesReelTile *tile,
                               gboolean               whole)
{
  int width = tile->width;
  int height = tile->height;

  if (width <= 0 || height <= 0)
    return 0;
  if (!whole)
    get_made_size (tile, &width, &height);

  return (guint64) width * height * 4;
}

/**
 * dailies_reel_tile_get_caps:
 *
 * The picture is never scaled up: that costs memory, and who paints it does it for nothing.
 *
 * Returns: (transfer full) (nullable): what the scaler should make, before turning; %NULL while the
 * size is not known
 */
GstCaps *
dailies_reel_tile_get_caps (const DailiesReelTile *tile)
{
  int width, height;

  if (tile->width <= 0 || tile->height <= 0)
    return NULL;

  get_made_size (tile, &width, &height);

  return gst_caps_new_simple ("video/x-raw",
                              "format",
                              G_TYPE_STRING,
                              "BGRA",
                              "width",
                              G_TYPE_INT,
                              width,
                              "height",
                              G_TYPE_INT,
                              height,
                              "pixel-aspect-ratio",
                              GST_TYPE_FRACTION,
                              1,
                              1,
                              NULL);
}
