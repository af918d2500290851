/* dailies-encoder.h: frames in, an H.264 MP4 out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-picture.h"

G_BEGIN_DECLS

typedef struct _DailiesEncoder DailiesEncoder;

/* Frames per second of everything that is not edited footage */
#define DAILIES_ENCODER_FPS 24

/* Any thread, but one thread for the whole life of an encoder.
 * @path: written over; complete only when dailies_encoder_finish() says so */
DailiesEncoder *dailies_encoder_new    (const char      *path,
                                        int              width,
                                        int              height,
                                        GError         **error);
/* Without dailies_encoder_finish() before: stops and leaves a file that is not whole. */
void            dailies_encoder_free   (DailiesEncoder  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesEncoder, dailies_encoder_free)

/* A frame to be drawn into: it stays the encoder's and is valid until dailies_encoder_push().
 * Its content is undefined. */
DailiesPicture *dailies_encoder_begin  (DailiesEncoder  *self,
                                        GError         **error);
/* Hands on the frame of dailies_encoder_begin(); waits while the encoder is behind. */
gboolean        dailies_encoder_push   (DailiesEncoder  *self,
                                        GError         **error);
/* Waits until the file is whole. */
gboolean        dailies_encoder_finish (DailiesEncoder  *self,
                                        GError         **error);

/* For a pipeline of one's own: waits for its end. %FALSE with the first error or where @cancellable fires. */
gboolean        dailies_encoder_wait   (gpointer         pipeline,
                                        GCancellable    *cancellable,
                                        GError         **error);

G_END_DECLS
