/* dailies-jog-reader.h: from one coded frame to one picture that can be shown, at once and on the calling thread
 *
 * Private to stage/. For one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef struct _DailiesJogReader DailiesJogReader;

DailiesJogReader *dailies_jog_reader_new  (const GstVideoInfo *coded);
void              dailies_jog_reader_free (DailiesJogReader   *self);
GstSample        *dailies_jog_reader_read (DailiesJogReader   *self,
                                           GstBuffer          *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJogReader, dailies_jog_reader_free)

G_END_DECLS
