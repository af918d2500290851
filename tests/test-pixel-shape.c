/* test-pixel-shape.c: what a clip says of its pixels, true and not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "dailies-pixel-shape.h"
#include "dailies-reel-tile.h"

static const struct
{
  int      n, d;
  gboolean likely;
  int      width, height; /* of a picture of 720×576 */
} cases[] = {
  { 1, 1, TRUE, 720, 576 },
  { 64, 45, TRUE, 1024, 576 },
  { 8, 9, TRUE, 720, 648 },
  { 2, 1, TRUE, 1440, 576 },
  { 8, 1, TRUE, 5760, 576 },
  { 9, 1, FALSE, 720, 576 },
  { 1, 9, FALSE, 720, 576 },
  { 1000, 1, FALSE, 720, 576 },
  { 1, 1000, FALSE, 720, 576 },
  { G_MAXINT, G_MAXINT, TRUE, 720, 576 },
  { G_MAXINT, 1, FALSE, 720, 576 },
  { -1, 1, FALSE, 720, 576 },
  { -1, -1, FALSE, 720, 576 },
  { G_MININT, 1, FALSE, 720, 576 },
  { 0, 1, FALSE, 720, 576 },
  { 1, 0, FALSE, 720, 576 },
  { 0, 0, FALSE, 720, 576 },
};

static void
test_likely (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dailies_pixel_shape_is_likely (cases[i].n, cases[i].d), ==, cases[i].likely);
}

static void
test_shown (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DailiesReelTile tile = { 720, 576, cases[i].n, cases[i].d, GST_VIDEO_ORIENTATION_IDENTITY, 0, 0 };
      int width, height;

      dailies_reel_tile_get_shown_size (&tile, &width, &height);
      g_assert_cmpint (width, ==, cases[i].width);
      g_assert_cmpint (height, ==, cases[i].height);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixel-shape/likely", test_likely);
  g_test_add_func ("/pixel-shape/shown", test_shown);
  return g_test_run ();
}
