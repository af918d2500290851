/* dailies-export-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-export-canvas.h"

#include <string.h>

#define BLACK 16
#define WHITE 235
#define NO_COLOUR 128

static guint8 *
row_of (const GstVideoFrame *frame, int plane, int y)
{
  return (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, plane) +
         (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);
}

void
dailies_export_canvas_clear (GstVideoFrame *to)
{
  for (int plane = 0; plane < 3; plane++)
    {
      for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (to, plane); y++)
        memset (row_of (to, plane, y),
                plane == 0 ? BLACK : NO_COLOUR,
                GST_VIDEO_FRAME_COMP_WIDTH (to, plane));
    }
}

/**
 * dailies_export_canvas_put:
 * @x: even
 * @y: even
 * @spans: (nullable): for each row of @to, what may be painted
 *
 * Copies a frame into @to, in which it fits.
 */
void
dailies_export_canvas_put (GstVideoFrame           *to,
                           const GstVideoFrame     *from,
                           int                      x,
                           int                      y,
                           const DailiesExportSpan *spans)
{
  for (int plane = 0; plane < 3; plane++)
    {
      const int half = plane > 0 ? 1 : 0;
      const int left = x >> half;
      const int top = y >> half;
      const int width = GST_VIDEO_FRAME_COMP_WIDTH (from, plane);

      for (int row = 0; row < GST_VIDEO_FRAME_COMP_HEIGHT (from, plane); row++)
        {
          int begin = left;
          int end = left + width;

          if (spans != NULL)
            {
              const DailiesExportSpan *span = &spans[(top + row) << half];

              begin = MAX (begin, (span->begin + half) >> half);
              end = MIN (end, (span->end + half) >> half);
            }
          if (begin < end)
            memcpy (row_of (to, plane, top + row) + begin,
                    row_of (from, plane, row) + begin - left,
                    end - begin);
        }
    }
}

/* The line of a wipe. Its colours are left: a row of brightness alone is quick and looks white. */
void
dailies_export_canvas_line (GstVideoFrame *to, const DailiesExportSpan *spans)
{
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (to); y++)
    {
      if (spans[y].begin < spans[y].end)
        memset (row_of (to, 0, y) + spans[y].begin, WHITE, spans[y].end - spans[y].begin);
    }
}
