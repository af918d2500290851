/* dailies-sides-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-sides-layout.h"

#include <math.h>

/* What is laid out before the size of a clip is known. */
#define USUAL_ASPECT (16. / 9)

static double
known_aspect (double aspect)
{
  return aspect > 0 ? aspect : USUAL_ASPECT;
}

static void
set_row (graphene_rect_t *panes,
         guint            n_panes,
         float            x,
         float            y,
         float            width,
         float            height)
{
  float column = (width - (n_panes - 1) * DAILIES_SIDES_GAP) / n_panes;

  for (guint i = 0; i < n_panes; i++)
    graphene_rect_init (&panes[i], x + i * (column + DAILIES_SIDES_GAP), y, column, height);
}

/* How much of the stage would be picture. */
static double
picture_area (const graphene_rect_t *panes,
              guint                  n_panes,
              const double          *aspects)
{
  double area = 0;

  for (guint i = 0; i < n_panes; i++)
    {
      double aspect = known_aspect (aspects[i]);
      double width = MIN (panes[i].size.width, panes[i].size.height * aspect);

      area += width * width / aspect;
    }

  return area;
}

/* Three lie in a row, or the third below the other two, as wide as they are, for what is compared is equally large: whichever
 * shows more of them. */
static void
lay_three (const double    *aspects,
           int              width,
           int              height,
           graphene_rect_t *panes)
{
  graphene_rect_t two_and_one[3];
  float           half = (height - DAILIES_SIDES_GAP) / 2.f;

  set_row (panes, 3, 0, 0, width, height);
  set_row (two_and_one, 2, 0, 0, width, half);
  two_and_one[2] = two_and_one[0];
  two_and_one[2].origin.x = floorf ((width - two_and_one[0].size.width) / 2);
  two_and_one[2].origin.y = half + DAILIES_SIDES_GAP;
  if (picture_area (two_and_one, 3, aspects) > picture_area (panes, 3, aspects))
    {
      for (guint i = 0; i < 3; i++)
        panes[i] = two_and_one[i];
    }
}

void
dailies_sides_layout_panes (guint            n_panes,
                            const double    *aspects,
                            int              width,
                            int              height,
                            graphene_rect_t *panes)
{
  float half = (height - DAILIES_SIDES_GAP) / 2.f;

  switch (n_panes)
    {
    case 0:
      break;

    case 3:
      lay_three (aspects, width, height, panes);
      break;

    case 4:
      set_row (panes, 2, 0, 0, width, half);
      set_row (panes + 2, 2, 0, half + DAILIES_SIDES_GAP, width, half);
      break;

    default:
      set_row (panes, n_panes, 0, 0, width, height);
      break;
    }
}

static graphene_size_t
enlarged_size (const graphene_rect_t *pane,
               double                 aspect,
               double                 zoom)
{
  double width = MIN (pane->size.width, pane->size.height * known_aspect (aspect));

  return GRAPHENE_SIZE_INIT (width * zoom, width / known_aspect (aspect) * zoom);
}

graphene_rect_t
dailies_sides_layout_place (const graphene_rect_t  *pane,
                            double                  aspect,
                            const DailiesSidesLook *look)
{
  graphene_size_t size = enlarged_size (pane, aspect, look->zoom);

  return GRAPHENE_RECT_INIT (pane->origin.x + pane->size.width / 2 - look->x * size.width,
                             pane->origin.y + pane->size.height / 2 - look->y * size.height,
                             size.width,
                             size.height);
}

/* The picture never leaves the pane: where it is smaller it lies in the middle. */
static double
keep_inside (double middle,
             double pane,
             double picture)
{
  double margin = pane / picture / 2;

  return margin >= 0.5 ? 0.5 : CLAMP (middle, margin, 1 - margin);
}

static void
keep_look_inside (DailiesSidesLook      *look,
                  const graphene_rect_t *pane,
                  double                 aspect)
{
  graphene_size_t size = enlarged_size (pane, aspect, look->zoom);

  look->x = keep_inside (look->x, pane->size.width, MAX (size.width, 1));
  look->y = keep_inside (look->y, pane->size.height, MAX (size.height, 1));
}

void
dailies_sides_look_zoom_at (DailiesSidesLook      *look,
                            const graphene_rect_t *pane,
                            double                 aspect,
                            double                 zoom,
                            double                 x,
                            double                 y)
{
  graphene_rect_t before = dailies_sides_layout_place (pane, aspect, look);
  double          from_middle_x = x - pane->origin.x - pane->size.width / 2;
  double          from_middle_y = y - pane->origin.y - pane->size.height / 2;
  double          at_x = (x - before.origin.x) / MAX (before.size.width, 1);
  double          at_y = (y - before.origin.y) / MAX (before.size.height, 1);
  graphene_size_t size;

  look->zoom = CLAMP (zoom, 1, DAILIES_SIDES_MAX_ZOOM);
  size = enlarged_size (pane, aspect, look->zoom);
  look->x = at_x - from_middle_x / MAX (size.width, 1);
  look->y = at_y - from_middle_y / MAX (size.height, 1);
  keep_look_inside (look, pane, aspect);
}

void
dailies_sides_look_pan (DailiesSidesLook      *look,
                        const graphene_rect_t *pane,
                        double                 aspect,
                        double                 dx,
                        double                 dy)
{
  graphene_size_t size = enlarged_size (pane, aspect, look->zoom);

  look->x -= dx / MAX (size.width, 1);
  look->y -= dy / MAX (size.height, 1);
  keep_look_inside (look, pane, aspect);
}
