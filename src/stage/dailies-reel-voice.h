/* dailies-reel-voice.h: what is heard while the pictures come from the jogs
 *
 * Private to stage/. For the control thread alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-reel-track.h"

G_BEGIN_DECLS

typedef struct _DailiesReelVoice DailiesReelVoice;

/* Called on a thread of GStreamer's when the sound device failed. */
typedef void (*DailiesReelVoiceFunc) (gpointer data);

/* What is to be played; times in ns of the reel. */
typedef struct
{
  gint64   from;
  gint64   first, end; /* the round that it is in */
  gboolean looping;
  double   speed; /* above 0 */
} DailiesReelPassage;

DailiesReelVoice *dailies_reel_voice_new        (DailiesReelVoiceFunc      func,
                                                 gpointer                  data);
void              dailies_reel_voice_free       (DailiesReelVoice         *self);
void              dailies_reel_voice_hear       (DailiesReelVoice         *self,
                                                 DailiesReelTrack         *track,
                                                 gint64                    shift,
                                                 double                    gain);
void              dailies_reel_voice_forget     (DailiesReelVoice         *self,
                                                 DailiesReelTrack         *track);
void              dailies_reel_voice_play       (DailiesReelVoice         *self,
                                                 const DailiesReelPassage *passage);
void              dailies_reel_voice_stop       (DailiesReelVoice         *self);
gboolean          dailies_reel_voice_plays      (DailiesReelVoice         *self,
                                                 const DailiesReelPassage *passage);
gboolean          dailies_reel_voice_is_at_work (DailiesReelVoice         *self);
gint64            dailies_reel_voice_get_played (DailiesReelVoice         *self);

G_END_DECLS
