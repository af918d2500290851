/* dailies-stage-view.h: the player: picture, timeline, transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-sides.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_STAGE_VIEW (dailies_stage_view_get_type ())
/**
 * DailiesStageClip: what is on one side
 * @file: the clip
 * @title: (nullable): shown over it; of a cut its own
 * @cut: (nullable): what the library knows of it
 */
typedef struct
{
  GFile      *file;
  const char *title;
  DailiesCut *cut;
} DailiesStageClip;

/* Property "fullscreened" (boolean, read only): the artist asked for full screen; the window follows it.
 * Signals: "sides-changed" (self): other clips are on the stage, or in another order; "tell" (self, sentence): something
 * that was asked for cannot be done; "toggle-source" (self): the clip that A was made from is to be a side, or no
 * longer; "use-frame" (self, uint side, string role: "start", "end", "reference"); "use-drop" (self, #DailiesDrop): pictures or
 * sound were dropped here, which are for the form.
 * Actions: "stage.play", "stage.step-forward", "stage.step-back", "stage.loop", "stage.fullscreen", … */
G_DECLARE_FINAL_TYPE (DailiesStageView, dailies_stage_view, DAILIES, STAGE_VIEW, GtkWidget)

GtkWidget   *dailies_stage_view_new       (void);
DailiesReel *dailies_stage_view_get_reel  (DailiesStageView *self);
/* Puts a clip on side 0 and plays it; @title is shown over it. @file %NULL: shows the child for an empty stage. */
void         dailies_stage_view_show_clip (DailiesStageView *self,
                                           GFile            *file,
                                           const char       *title);
/* Puts up to four clips on the stage, A first. Those that are there already go on; where there was none before, they play
 * from their start. */
void         dailies_stage_view_set_clips (DailiesStageView       *self,
                                           const DailiesStageClip *clips,
                                           guint                   n_clips);
/* @play: %FALSE shows the first frame */
void         dailies_stage_view_play_from_start (DailiesStageView *self,
                                                 gboolean          play);
/* Adds a clip as a further side, or takes it away where it is there already. */
void         dailies_stage_view_toggle    (DailiesStageView       *self,
                                           const DailiesStageClip *clip);
/* What is on the stage: its sides, how they are compared, where it stands. */
typedef struct _DailiesStageScene DailiesStageScene;
void         dailies_stage_scene_free     (DailiesStageScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesStageScene, dailies_stage_scene_free)
/* Returns: (transfer full) (nullable): %NULL while there is nothing */
DailiesStageScene *dailies_stage_view_dup_scene (DailiesStageView *self);
/* Brings back what is left of it, standing where it stood. Returns: %FALSE where nothing is, or a single cut has got company in
 * its shot since: the stage stays as it is */
gboolean     dailies_stage_view_set_scene (DailiesStageView        *self,
                                           const DailiesStageScene *scene);
guint        dailies_stage_view_get_n_sides (DailiesStageView *self);
/* (transfer none) */
GFile       *dailies_stage_view_get_file  (DailiesStageView *self,
                                           guint             side);
/* (transfer none) (nullable): %NULL for a file that is no cut */
DailiesCut  *dailies_stage_view_get_cut   (DailiesStageView *self,
                                           guint             side);
DailiesSides *dailies_stage_view_get_sides (DailiesStageView *self); /* (transfer none) */
/* @cuts: (nullable): of #DailiesCut, live: files that are dropped and are cuts are shown as what they are */
void         dailies_stage_view_set_cuts  (DailiesStageView *self,
                                           GListModel       *cuts);
/* For notes on cuts, and for what models and settings are called. */
void         dailies_stage_view_set_library (DailiesStageView *self,
                                             DailiesLibrary   *library,
                                             DailiesCatalogue *catalogue);
/* (transfer full) (nullable): the frame of a side that is shown now, being written into a PNG */
GdkContentProvider *dailies_stage_view_dup_frame_content (DailiesStageView *self,
                                                          guint             side);
/* Where such frames are kept. */
void         dailies_stage_view_set_frames_folder (DailiesStageView *self,
                                                   GFile            *folder);
/* What is to be seen while there is no clip ("Make the first cut"). */
void         dailies_stage_view_set_empty (DailiesStageView *self,
                                           GtkWidget        *child);
/* The window tells that it really is (or is no longer) full screen. */
void         dailies_stage_view_set_fullscreened (DailiesStageView *self,
                                                  gboolean          fullscreened);
/* Stops playing and waits for the pipeline; before the window goes. */
void         dailies_stage_view_close     (DailiesStageView *self);

G_END_DECLS
