/* dailies-window-private.h: what the files of the window share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-catalogue.h"
#include "dailies-composer.h"
#include "dailies-job.h"
#include "dailies-jobs-button.h"
#include "dailies-library.h"
#include "dailies-queue.h"
#include "dailies-request.h"
#include "dailies-request-history.h"
#include "dailies-services.h"
#include "dailies-shots-pane.h"
#include "dailies-stage-view.h"
#include "dailies-strip.h"
#include "dailies-studio.h"
#include "dailies-window.h"

G_BEGIN_DECLS

struct _DailiesWindow
{
  AdwApplicationWindow parent_instance;

  /* the frame */
  AdwHeaderBar      *header;
  GtkWidget         *header_start;
  GtkWidget         *header_end;
  AdwWindowTitle    *title;
  GtkWidget         *shots_toggle;
  GtkWidget         *composer_toggle;
  GtkWidget         *new_shot;
  GtkWidget         *export_button;
  DailiesJobsButton *jobs_button;
  GtkMenuButton     *menu_button;
  GMenuModel        *primary_menu;
  AdwToastOverlay   *toasts;
  GtkStack          *pages;
  AdwStatusPage     *failure;
  AdwFlap           *shots_flap;
  AdwFlap           *composer_flap;
  GtkWidget         *middle;
  AdwBin            *shots_place;
  AdwBin            *stage_place;
  AdwBin            *strip_place;
  AdwBin            *composer_place;

  /* the panes, made after the first frame */
  DailiesShotsPane  *shots;
  DailiesStageView  *stage;
  DailiesStrip      *strip;
  DailiesComposer   *composer;
  GtkWidget         *empty_page;
  GtkLabel          *empty_title;
  GtkLabel          *empty_text;
  GtkWidget         *empty_buttons;
  GtkWidget         *empty_sample;
  GtkWidget         *empty_connect;

  DailiesSettings   *settings;
  DailiesStudio     *studio;
  DailiesLibrary    *library;
  DailiesQueue      *queue;
  char              *service_id;
  gboolean           held; /* to the practice service, by the command line */
  gboolean           needs_token; /* the service has none: it cannot be used before one is pasted */
  GCancellable      *token_search;
  GCancellable      *cancellable; /* everything that makes no sense without the window */

  /* what is being worked on */
  DailiesShot       *shot;
  GSignalGroup      *shot_signals;
  DailiesRequest    *request;
  gulong             request_changed;
  gboolean           unsaved;
  guint              save_source;
  guint              composer_source; /* its toggle and the toasts are to follow it */
  char              *words; /* of the prompt, when they were last looked at */
  GHashTable        *histories; /* gint64, of shots → DailiesRequestHistory */
  GHashTable        *scenes;    /* gint64, of shots → DailiesStageScene: what the stage showed of them */
  gint64             shown_cut; /* on the first side of the stage; 0: none */
  GListModel        *waiting_files;
  char              *waiting_job;
  DailiesCut        *waiting_cut;  /* for the stage, before there is one */
  gboolean           waiting_play;
  GListModel        *waiting_compare; /* (nullable) of GFile */
  GtkWindow         *export_dialog; /* (nullable), weak: destroyed with this window */
  GPtrArray         *told; /* (element-type AdwToast): the toast that is up, and those that wait, in their order */
  AdwToast          *leaving; /* (transfer none) (nullable): the one that is up and was told to go */
  gint64             toast_risen; /* µs, monotonic: when it began to rise */
  GPtrArray         *deleted; /* (element-type GObject): shots and cuts that can be brought back, the last one last */
};

/* dailies-window-panes.c */
/* With the template. */
void dailies_window_init_panes        (DailiesWindow  *self);
/* Once, with the studio: everything that need not be in the first frame. */
void dailies_window_build_panes       (DailiesWindow  *self);
/* Once, with the stage. */
void dailies_window_follow_fullscreen (DailiesWindow  *self);
/* @flap: (nullable): of the list of shots or of the composer */
gboolean dailies_window_get_pane_shown (DailiesWindow *self,
                                        AdwFlap       *flap);
void dailies_window_set_pane_shown    (DailiesWindow  *self,
                                       AdwFlap        *flap,
                                       gboolean        shown);

/* dailies-window-actions.c */
void dailies_window_install_actions   (GtkWidgetClass *widget_class);

/* dailies-window-shot.c */
void dailies_window_set_shot       (DailiesWindow  *self,
                                    DailiesShot    *shot);
void dailies_window_set_request    (DailiesWindow  *self,
                                    DailiesRequest *request);
/* @play: %FALSE shows its first frame */
void dailies_window_show_cut       (DailiesWindow  *self,
                                    DailiesCut     *cut,
                                    gboolean        play);
void dailies_window_update_title   (DailiesWindow  *self);
void dailies_window_update_empty   (DailiesWindow  *self);
void dailies_window_first_shot     (DailiesWindow  *self);
void dailies_window_use_as_draft   (DailiesWindow  *self,
                                    DailiesCut     *cut);

/* Once the form is quiet for a moment. */
void dailies_window_save_soon      (DailiesWindow  *self);

/* dailies-window-undo.c */
void dailies_window_install_undo   (GtkWidgetClass *widget_class);
void dailies_window_watch_undo     (DailiesWindow  *self);
/* The form has come to a stand: what has changed is one step back from here. */
void dailies_window_note_draft     (DailiesWindow  *self);
/* To one; that is no step of the artist's. */
void dailies_window_reset_variations (DailiesWindow *self);
/* The prompt may have changed: each word is a step. */
void dailies_window_follow_words   (DailiesWindow  *self);
/* The shot is left: where nothing was done in its form, nothing of it is kept. */
void dailies_window_forget_steps   (DailiesWindow  *self);

/* dailies-window-trash.c */
void dailies_window_shot_deleted   (DailiesWindow  *self,
                                    DailiesShot    *shot);
void dailies_window_trash_cut      (DailiesWindow  *self,
                                    DailiesCut     *cut);
/* Brings back what was deleted last. */
void dailies_window_undelete       (DailiesWindow  *self);
/* @offered: (out) (optional): whether its toast is still to be seen or waits
 * Returns: µs, monotonic: when what would be brought back was deleted; 0 for nothing */
gint64 dailies_window_get_deletion_time (DailiesWindow *self,
                                         gboolean      *offered);
/* What was deleted goes to the trash now, and cannot be brought back. */
void dailies_window_empty_trash    (DailiesWindow  *self);

/* dailies-window-toasts.c */
/* @toast: (transfer full) */
void dailies_window_add_toast      (DailiesWindow  *self,
                                    AdwToast       *toast);
/* As soon as it has risen. */
void dailies_window_dismiss_toast  (DailiesWindow  *self,
                                    AdwToast       *toast);

/* dailies-window-jobs.c */
void dailies_window_generate       (DailiesWindow  *self);
/* Looks whether the service has a token, which the empty stage asks for. */
void dailies_window_look_for_token (DailiesWindow  *self);
void dailies_window_job_ended      (DailiesWindow  *self,
                                    DailiesJob     *job);
void dailies_window_tell_error     (DailiesWindow  *self,
                                    const GError   *error);
void dailies_window_install_jobs   (GtkWidgetClass *widget_class);

/* dailies-window-stage.c */
void dailies_window_watch_stage    (DailiesWindow  *self);
/* Another shot comes onto the stage; what is there is to come back with this one. */
void dailies_window_keep_scene     (DailiesWindow  *self);
/* Returns: whether the stage shows again what it showed of this shot */
gboolean dailies_window_bring_scene (DailiesWindow *self);
/* Whether there is something on the stage that a new cut must not push off it: several sides, or a file that is no cut. */
gboolean dailies_window_is_comparing (DailiesWindow *self);
/* Joins those on the stage, or leaves them. */
void dailies_window_compare_cut    (DailiesWindow  *self,
                                    DailiesCut     *cut);

/* dailies-window-export.c */
void dailies_window_install_export (GtkWidgetClass *widget_class);
/* Whether the window must not close yet; asks. */
gboolean dailies_window_holds_open (DailiesWindow *self);
/* The window goes, and its export with it. */
void dailies_window_drop_export    (DailiesWindow  *self);

/* dailies-window-frames.c */
/* @role: start, end or reference */
void dailies_window_use_frame      (DailiesWindow  *self,
                                    guint           side,
                                    const char     *role);

/* dailies-window-open.c */
void dailies_window_choose_files   (DailiesWindow  *self);
void dailies_window_use_samples    (DailiesWindow  *self);

G_END_DECLS
