/* dailies-export-writer.h: frames and sound in, an MP4 out
 *
 * Private to stage/. All functions block; one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

#include "dailies-export-file.h"

G_BEGIN_DECLS

typedef struct _DailiesExportWriter DailiesExportWriter;

DailiesExportWriter *dailies_export_writer_new        (DailiesExportFile    *file,
                                                       int                   width,
                                                       int                   height,
                                                       int                   fps_n,
                                                       int                   fps_d,
                                                       gboolean              with_sound,
                                                       GError              **error);
void                 dailies_export_writer_free       (DailiesExportWriter  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesExportWriter, dailies_export_writer_free)

GstVideoFrame       *dailies_export_writer_begin      (DailiesExportWriter  *self,
                                                       GError              **error);
gboolean             dailies_export_writer_push       (DailiesExportWriter  *self,
                                                       GError              **error);
void                 dailies_export_writer_push_sound (DailiesExportWriter  *self,
                                                       GstBuffer            *samples);
gboolean             dailies_export_writer_finish     (DailiesExportWriter  *self,
                                                       GCancellable         *cancellable,
                                                       GError              **error);

G_END_DECLS
