/* test-thumbnail-paintable.c: a thumbnail is brought to its size once, fills its place, and is shown whole where too much would be cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-thumbnail-paintable.h"

#define MAX_CROP 0.4 /* as a well of the form has it */

/* Red above, blue below; black in the outermost eighth on both sides. */
static GdkPixbuf *
make_picture (int width,
              int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guint8    *pixels = gdk_pixbuf_get_pixels (pixbuf);

  gdk_pixbuf_fill (pixbuf, 0x000000ff);
  for (int y = 0; y < height; y++)
    for (int x = width / 8; x < width - width / 8; x++)
      pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3 + (y < height / 2 ? 0 : 2)] = 255;
  return pixbuf;
}

/* (transfer full): what is painted in a place of that size: one texture, and nothing else */
static GskRenderNode *
paint (GdkPaintable *paintable,
       double        width,
       double        height)
{
  GtkSnapshot   *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_TEXTURE_NODE);
  return node;
}

static void
assert_place (GskRenderNode *node,
              float          x,
              float          y,
              float          width,
              float          height,
              int            scale)
{
  GdkTexture     *texture = gsk_texture_node_get_texture (node);
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.origin.y, ==, y);
  g_assert_cmpfloat (bounds.size.width, ==, width);
  g_assert_cmpfloat (bounds.size.height, ==, height);
  /* A pixel of it is a pixel of the screen. */
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width * scale);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height * scale);
}

/* 0xRRGGBB */
static guint32
look (GskRenderNode *node,
      int            x,
      int            y)
{
  GdkTexture *texture = gsk_texture_node_get_texture (node);
  int         width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * gdk_texture_get_height (texture));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  return pixels[y * width + x] & 0xffffff;
}

static void
test_fills (void)
{
  g_autoptr (GdkPixbuf) picture = make_picture (512, 288);
  g_autoptr (GdkPaintable) paintable = dailies_thumbnail_paintable_new (picture, 1, MAX_CROP);
  g_autoptr (GskRenderNode) node = paint (paintable, 356, 134);
  /* A larger font takes from the picture for the line below it. */
  g_autoptr (GskRenderNode) low = paint (paintable, 356, 124);

  assert_place (node, 0, 0, 356, 134, 1);
  assert_place (low, 0, 0, 356, 124, 1);
  /* Cut above and below alike, and nothing at the sides. */
  g_assert_cmphex (look (node, 178, 60), ==, 0xff0000);
  g_assert_cmphex (look (node, 178, 74), ==, 0x0000ff);
  g_assert_cmphex (look (node, 10, 20), ==, 0x000000);
  g_assert_cmphex (look (node, 50, 20), ==, 0xff0000);
}

static void
test_whole (void)
{
  g_autoptr (GdkPixbuf) picture = make_picture (288, 512);
  g_autoptr (GdkPaintable) paintable = dailies_thumbnail_paintable_new (picture, 1, MAX_CROP);
  g_autoptr (GdkPaintable) always = dailies_thumbnail_paintable_new (picture, 1, 1);
  g_autoptr (GskRenderNode) whole = paint (paintable, 356, 134);
  g_autoptr (GskRenderNode) tile = paint (always, 86, 86);

  assert_place (whole, 140, 0, 75, 134, 1);
  g_assert_cmphex (look (whole, 37, 2), ==, 0xff0000);
  g_assert_cmphex (look (whole, 37, 131), ==, 0x0000ff);
  assert_place (tile, 0, 0, 86, 86, 1);
}

static void
test_once (void)
{
  g_autoptr (GdkPixbuf) picture = make_picture (512, 288);
  g_autoptr (GdkPaintable) paintable = dailies_thumbnail_paintable_new (picture, 2, MAX_CROP);
  g_autoptr (GskRenderNode) first = paint (paintable, 356, 134);
  g_autoptr (GskRenderNode) second = paint (paintable, 356, 134);
  g_autoptr (GskRenderNode) narrower = paint (paintable, 300, 134);

  assert_place (first, 0, 0, 356, 134, 2);
  assert_place (narrower, 0, 0, 300, 134, 2);
  g_assert_true (gsk_texture_node_get_texture (first) == gsk_texture_node_get_texture (second));
  g_assert_true (gsk_texture_node_get_texture (first) != gsk_texture_node_get_texture (narrower));
}

/* A place may be smaller than a pixel, and a picture one pixel wide: there is always something to paint, never of no size. */
static void
test_tiny (void)
{
  g_autoptr (GdkPixbuf) line = make_picture (1, 512);
  g_autoptr (GdkPaintable) paintable = dailies_thumbnail_paintable_new (line, 1, MAX_CROP);
  g_autoptr (GskRenderNode) node = paint (paintable, 356, 134);
  g_autoptr (GskRenderNode) nothing = paint (paintable, 0.2, 0.2);

  assert_place (node, 177, 0, 1, 134, 1);
  g_assert_cmpint (gdk_texture_get_width (gsk_texture_node_get_texture (nothing)), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnail-paintable/fills", test_fills);
  g_test_add_func ("/thumbnail-paintable/whole", test_whole);
  g_test_add_func ("/thumbnail-paintable/once", test_once);
  g_test_add_func ("/thumbnail-paintable/tiny", test_tiny);

  return g_test_run ();
}
