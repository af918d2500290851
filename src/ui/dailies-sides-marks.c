/* dailies-sides-marks.c: safe areas, and pixels that are large enough to be counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-sides-private.h"

#include <math.h>

#define ACTION_SAFE 0.93
#define TITLE_SAFE 0.9

static void
append_frame (GtkSnapshot           *snapshot,
              const GdkRGBA         *color,
              const graphene_rect_t *place,
              double                 share)
{
  float          inset_x = place->size.width * (1 - share) / 2;
  float          inset_y = place->size.height * (1 - share) / 2;
  float          widths[4] = { 1, 1, 1, 1 };
  GdkRGBA        colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (roundf (place->origin.x + inset_x),
                                                        roundf (place->origin.y + inset_y),
                                                        roundf (place->size.width - 2 * inset_x),
                                                        roundf (place->size.height - 2 * inset_y)),
                                   0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

void
dailies_sides_paint_safe_areas (GtkSnapshot           *snapshot,
                                const graphene_rect_t *place)
{
  GdkRGBA         dark = { 0, 0, 0, 0.5f };
  GdkRGBA         light = { 1, 1, 1, 0.75f };
  graphene_rect_t below = *place;

  /* Seen on white as well as on black. */
  graphene_rect_offset (&below, 1, 1);
  append_frame (snapshot, &dark, &below, ACTION_SAFE);
  append_frame (snapshot, &dark, &below, TITLE_SAFE);
  append_frame (snapshot, &light, place, ACTION_SAFE);
  append_frame (snapshot, &light, place, TITLE_SAFE);
}

void
dailies_sides_paint_grid (GtkSnapshot           *snapshot,
                          const graphene_rect_t *area,
                          const graphene_rect_t *place,
                          int                    width,
                          int                    height)
{
  GdkRGBA         color = { 0.5f, 0.5f, 0.5f, 0.5f };
  graphene_rect_t seen;
  double          step_x = place->size.width / width;
  double          step_y = place->size.height / height;

  if (!graphene_rect_intersection (area, place, &seen))
    return;

  for (double i = ceil ((seen.origin.x - place->origin.x) / step_x);; i++)
    {
      float x = place->origin.x + i * step_x;

      if (x > seen.origin.x + seen.size.width)
        break;
      gtk_snapshot_append_color (
        snapshot, &color, &GRAPHENE_RECT_INIT (roundf (x), seen.origin.y, 1, seen.size.height));
    }
  for (double i = ceil ((seen.origin.y - place->origin.y) / step_y);; i++)
    {
      float y = place->origin.y + i * step_y;

      if (y > seen.origin.y + seen.size.height)
        break;
      gtk_snapshot_append_color (
        snapshot, &color, &GRAPHENE_RECT_INIT (seen.origin.x, roundf (y), seen.size.width, 1));
    }
}

/* The painters of GTK 4.8 only smooth what they enlarge. */
GdkTexture *
dailies_sides_dup_squares (GdkTexture            *texture,
                           const graphene_rect_t *area,
                           const graphene_rect_t *place,
                           graphene_rect_t       *part)
{
  int                 width = gdk_texture_get_width (texture);
  int                 height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  g_autoptr (GBytes) bytes = NULL;
  guint32 *to;
  int      to_width, to_height;

  if (!graphene_rect_intersection (area, place, part))
    return NULL;

  graphene_rect_round_extents (part, part);
  to_width = MAX (1, (int) part->size.width);
  to_height = MAX (1, (int) part->size.height);
  to = g_new (guint32, (gsize) to_width * to_height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int y = 0; y < to_height; y++)
    {
      double   at_y = (part->origin.y + y + 0.5 - place->origin.y) / place->size.height * height;
      guint32 *row = pixels + (gsize) CLAMP ((int) at_y, 0, height - 1) * width;

      for (int x = 0; x < to_width; x++)
        {
          double at_x = (part->origin.x + x + 0.5 - place->origin.x) / place->size.width * width;

          to[(gsize) y * to_width + x] = row[CLAMP ((int) at_x, 0, width - 1)];
        }
    }
  bytes = g_bytes_new_take (to, (gsize) to_width * to_height * 4);

  return gdk_memory_texture_new (
    to_width, to_height, GDK_MEMORY_DEFAULT, bytes, (gsize) to_width * 4);
}
