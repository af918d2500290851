/* dailies-export-canvas.h: pictures and labels put together in I420
 *
 * Private to stage/. Plain work on pixels; one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

#include "dailies-export-layout.h"

G_BEGIN_DECLS

typedef struct _DailiesExportLabel DailiesExportLabel;

DailiesExportLabel *dailies_export_label_new    (const char              *text,
                                                 const DailiesExportArea *cell,
                                                 gboolean                 right,
                                                 gboolean                 bottom);
void                dailies_export_label_free   (DailiesExportLabel      *self);
void                dailies_export_label_draw   (const DailiesExportLabel *self,
                                                 GstVideoFrame           *to);

void                dailies_export_canvas_clear (GstVideoFrame           *to);
void                dailies_export_canvas_put   (GstVideoFrame           *to,
                                                 const GstVideoFrame     *from,
                                                 int                      x,
                                                 int                      y,
                                                 const DailiesExportSpan *spans);
void                dailies_export_canvas_line  (GstVideoFrame           *to,
                                                 const DailiesExportSpan *spans);

G_END_DECLS
