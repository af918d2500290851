/* dailies-frame-content.h: a frame that is dragged out of the stage, exact and at full resolution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_FRAME_CONTENT (dailies_frame_content_get_type ())
/* Offers a PNG as a file and as a picture. It is made from the moment on the drag begins; who takes it earlier waits. */
G_DECLARE_FINAL_TYPE (DailiesFrameContent, dailies_frame_content, DAILIES, FRAME_CONTENT, GdkContentProvider)

/**
 * dailies_frame_content_new:
 * @clip: a local file
 * @time: ns in the clip
 * @folder: where the PNG is to lie; made where it is missing
 * @name: what it is called, without folder and ending
 *
 * Returns: (transfer full)
 */
GdkContentProvider *dailies_frame_content_new         (GFile                *clip,
                                                       gint64                time,
                                                       GFile                *folder,
                                                       const char           *name);
/* Waits until the frame is written. */
void                dailies_frame_content_save_async  (DailiesFrameContent  *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Returns: (transfer full) (nullable): the PNG */
GFile              *dailies_frame_content_save_finish (DailiesFrameContent  *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
