/* dailies-clip-sound.h: the sound of a clip, to the sample
 *
 * Private to stage/. All functions block; one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_CLIP_SOUND_RATE 48000
/* What dailies_clip_sound_take() gives: two interleaved channels of 16 bits. */
#define DAILIES_CLIP_SOUND_CAPS                                                                  \
  "audio/x-raw,format=" DAILIES_CLIP_SOUND_FORMAT                                                \
  ",layout=interleaved,rate=48000,channels=2,channel-mask=(bitmask)0x3"
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define DAILIES_CLIP_SOUND_FORMAT "S16LE"
#else
#define DAILIES_CLIP_SOUND_FORMAT "S16BE"
#endif
#define DAILIES_CLIP_SOUND_BYTES 4

typedef struct _DailiesClipSound DailiesClipSound;

DailiesClipSound *dailies_clip_sound_open (GFile             *clip,
                                           gint64             time,
                                           GCancellable      *cancellable,
                                           GError           **error);
void              dailies_clip_sound_free (DailiesClipSound  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesClipSound, dailies_clip_sound_free)

GstBuffer        *dailies_clip_sound_take (DailiesClipSound  *self,
                                           guint64            n_samples,
                                           GCancellable      *cancellable,
                                           GError           **error);

G_END_DECLS
