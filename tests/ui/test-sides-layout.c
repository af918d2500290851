/* test-sides-layout.c: where panes and pictures lie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-sides-layout.h"

static void
test_panes (void)
{
  static const struct
  {
    guint  n_panes;
    double aspect;
    int    width, height;
    float  last[4]; /* x, y, width, height of the last one */
  } cases[] = {
    { 1, 16. / 9, 1000, 500, { 0, 0, 1000, 500 } },
    { 2, 16. / 9, 1002, 500, { 502, 0, 500, 500 } },
    /* upright clips in a row, wide ones two above one */
    { 3, 9. / 16, 1204, 600, { 804, 0, 400, 600 } },
    { 3, 16. / 9, 1002, 1002, { 251, 502, 500, 500 } },
    { 3, 16. / 9, 652, 462, { 163, 232, 325, 230 } },
    { 4, 16. / 9, 1002, 502, { 502, 252, 500, 250 } },
    { 4, 0, 1002, 502, { 502, 252, 500, 250 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double aspects[4] = { cases[i].aspect, cases[i].aspect, cases[i].aspect, cases[i].aspect };
      graphene_rect_t panes[4];
      const float    *last = cases[i].last;

      dailies_sides_layout_panes (
        cases[i].n_panes, aspects, cases[i].width, cases[i].height, panes);
      g_assert_true (graphene_rect_equal (
        &panes[cases[i].n_panes - 1], &GRAPHENE_RECT_INIT (last[0], last[1], last[2], last[3])));
      /* None of those that are compared is larger than another. */
      for (guint j = 1; j < cases[i].n_panes; j++)
        g_assert_true (graphene_size_equal (&panes[j].size, &panes[0].size));
    }
}

static void
test_place (void)
{
  graphene_rect_t  pane = GRAPHENE_RECT_INIT (100, 0, 400, 400);
  DailiesSidesLook look = { 1, 0.5, 0.5 };
  graphene_rect_t  place = dailies_sides_layout_place (&pane, 2, &look);

  g_assert_true (graphene_rect_equal (&place, &GRAPHENE_RECT_INIT (100, 100, 400, 200)));

  /* What lies under the pointer stays there. */
  dailies_sides_look_zoom_at (&look, &pane, 2, 4, 200, 150);
  place = dailies_sides_layout_place (&pane, 2, &look);
  g_assert_cmpfloat_with_epsilon (place.size.width, 1600, 0.01);
  g_assert_cmpfloat_with_epsilon ((200 - place.origin.x) / place.size.width, 0.25, 0.001);
  g_assert_cmpfloat_with_epsilon ((150 - place.origin.y) / place.size.height, 0.25, 0.001);

  /* It cannot be pushed out of the pane. */
  dailies_sides_look_pan (&look, &pane, 2, 5000, -5000);
  place = dailies_sides_layout_place (&pane, 2, &look);
  g_assert_cmpfloat_with_epsilon (place.origin.x, 100, 0.01);
  g_assert_cmpfloat_with_epsilon (place.origin.y + place.size.height, 400, 0.01);

  /* Back at 1 it lies in the middle again, and no zoom goes beyond its limits. */
  dailies_sides_look_zoom_at (&look, &pane, 2, 0.01, 300, 300);
  g_assert_cmpfloat (look.zoom, ==, 1);
  g_assert_cmpfloat (look.x, ==, 0.5);
  g_assert_cmpfloat (look.y, ==, 0.5);
  dailies_sides_look_zoom_at (&look, &pane, 2, 1000, 300, 300);
  g_assert_cmpfloat (look.zoom, ==, DAILIES_SIDES_MAX_ZOOM);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sides-layout/panes", test_panes);
  g_test_add_func ("/sides-layout/place", test_place);

  return g_test_run ();
}
