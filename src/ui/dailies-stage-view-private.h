/* dailies-stage-view-private.h: what the files of the stage share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-stage-view.h"

#include "dailies-asset.h"
#include "dailies-reel.h"
#include "dailies-stage-bar.h"
#include "dailies-stage-notes.h"

G_BEGIN_DECLS

/* What is on one side. */
typedef struct
{
  GFile      *file;
  char       *title;
  DailiesCut *cut; /* (nullable) */
  gulong      picked_id;
} DailiesStageSide;

struct _DailiesStageView
{
  GtkWidget parent_instance;

  GtkOverlay      *overlay;
  GtkWidget       *screen;
  GtkStack        *pages;
  AdwBin          *empty;
  DailiesSides    *sides;
  GtkLabel        *drop_hint;
  GtkWidget       *gain_box;
  GtkAdjustment   *gain;
  GtkLabel        *gain_label;
  GtkWidget       *onion_box;
  GtkAdjustment   *onion;
  GtkLabel        *onion_label;
  AdwBin          *below;
  GtkRevealer     *above;
  DailiesStageBar *bar;
  GtkWidget       *menu; /* (nullable): of the side it was last asked for */

  DailiesReel     *reel;
  DailiesStageSide clips[DAILIES_REEL_MAX_SIDES];
  guint            n_clips;
  GListModel      *cuts; /* (nullable) */
  GFile           *frames_folder; /* (nullable) */
  DailiesSidesMode mode_before; /* what a solo goes back to */
  double           shuttle; /* as last asked for */
  GtkEventController *hold_keys; /* (nullable): at the root */
  DailiesStageNotes *notes;
  guint            hide_id;
  gboolean         has_clip;
  gboolean         asked_to_play;
  gboolean         sound_chosen; /* by the artist, and not because it is the first */
  gboolean         sound_known;  /* which sides have any */
  gboolean         fullscreened;
  gboolean         range_loops;  /* play is a loop for the sake of the range … */
  gboolean         setting_loop; /* … and is made one, or none, just now */
  guint32   pressed_at;   /* ms, of events: the last press that was not the second of a double click; 0 none */
  double    pressed_x;    /* where that was in the window */
  double    pressed_y;
  gboolean  pressed_twice;
  gboolean  click_played; /* the first click of what may be a double click has begun or stopped play … */
  gint64    click_from;   /* … from here, ns of the reel; -1 it has stopped it … */
  double    click_shuttle; /* … at this speed; 0 that of play */
  double           pointer_x;
  double           pointer_y;
  double           drop_x; /* where a drag hovers over the sides */
  double           drop_y;
  GCancellable    *audition;   /* (nullable): of what was dropped and is being looked at */
  DailiesMediaKind drop_kind;  /* what a drag brings that hovers over the stage */
  gboolean         drags_frame; /* it is one of the stage's own … */
  guint            dragged_side; /* … off this side */
  guint            n_dropping; /* how many clips it brings, as far as their names tell */
};

/* dailies-stage-view.c */

/* The page that fits what is on the stage now. */
void dailies_stage_view_update_page     (DailiesStageView *self);
void dailies_stage_view_tell            (DailiesStageView *self,
                                         const char       *sentence);

/* dailies-stage-view-actions.c */

void dailies_stage_view_install_actions (GtkWidgetClass   *klass);
void dailies_stage_view_add_keys        (DailiesStageView *self);
/* What can be done depends on whether there is a clip and on full screen. */
void dailies_stage_view_update_actions  (DailiesStageView *self);
void dailies_stage_view_ask_to_play     (DailiesStageView *self,
                                         gboolean          play);

/* dailies-stage-view-compare.c */

void dailies_stage_view_install_compare (GtkWidgetClass   *klass);
void dailies_stage_view_update_compare  (DailiesStageView *self);
void dailies_stage_view_set_up_compare  (DailiesStageView *self);
/* @root: (nullable): where keys are heard that are held */
void dailies_stage_view_follow_root     (DailiesStageView *self,
                                         GtkRoot          *root);

/* dailies-stage-view-sound.c: who is heard, what is repeated, who lags */

void dailies_stage_view_install_sound   (GtkWidgetClass   *klass);
void dailies_stage_view_update_sound    (DailiesStageView *self);
/* Two sides have changed places: what is heard stays, but where one is looked at alone. */
void dailies_stage_view_swap_sound      (DailiesStageView *self);
void dailies_stage_view_watch_range     (DailiesStageView *self);
void dailies_stage_view_loop_range      (DailiesStageView *self,
                                         gboolean          loop);
void dailies_stage_view_follow_sound    (DailiesStageView *self);
/* Other clips have come: what was chosen of those before is forgotten. */
void dailies_stage_view_forget_sound    (DailiesStageView *self);

/* dailies-stage-view-frames.c */

void dailies_stage_view_install_frames  (GtkWidgetClass   *klass);
void dailies_stage_view_offer_frames    (DailiesStageView *self);
void dailies_stage_view_update_menus    (DailiesStageView *self);

/* dailies-stage-view-sides.c */

/* (transfer full) (nullable): the one of the shot that has this file */
DailiesCut *dailies_stage_view_find_cut (DailiesStageView *self,
                                         GFile            *file);
void dailies_stage_view_swap            (DailiesStageView *self,
                                         guint             one,
                                         guint             other);
/* What is looked at stays as it is, where it stands and alone where it was; where that was the one that goes, all others are. */
void dailies_stage_view_take_away       (DailiesStageView *self,
                                         guint             index);
/* Of the side the pointer is over, else of the last one that is compared with A. */
guint dailies_stage_view_get_pointed    (DailiesStageView *self);

void dailies_stage_view_forget_sides    (DailiesStageView *self);

/* dailies-stage-view-dnd.c */

/* Files dropped on the stage are played, or compared. */
void dailies_stage_view_take_drops      (DailiesStageView *self);
/* Several are compared with each other, one with what is there; what cannot be played is told and left out. */
void dailies_stage_view_drop_files      (DailiesStageView *self,
                                         GPtrArray        *files);
/* What was dropped and is still being looked at does not come any more. */
void dailies_stage_view_forget_drop     (DailiesStageView *self);

/* dailies-stage-view-fullscreen.c */

/* In full screen the transport lies over the picture and hides when the pointer rests. */
void dailies_stage_view_follow_pointer  (DailiesStageView *self);

G_END_DECLS
