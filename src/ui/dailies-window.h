/* dailies-window.h: shots on the left, the stage and its cuts in the middle, the composer on the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-settings.h"
#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_WINDOW (dailies_window_get_type ())
/* Property "service-id" (string): where Generate sends to. */
G_DECLARE_FINAL_TYPE (DailiesWindow, dailies_window, DAILIES, WINDOW, AdwApplicationWindow)

/* Opens with empty panes, so that there is something to see at once; they are filled after the first frame. */
GtkWindow  *dailies_window_new            (GtkApplication  *application,
                                           DailiesSettings *settings);
/* Once: shows the library and starts to work with it. */
void        dailies_window_set_studio     (DailiesWindow   *self,
                                           DailiesStudio   *studio);
/* Shows what the header holds beside its title. The first icon of a program costs it a tenth of its start, and all of
 * them wait until the first frame is on screen. What sets a studio or a failure shows it, too. */
void        dailies_window_show_header    (DailiesWindow   *self);
/* Once, after the studio: clips can be played. Until then the stage says what to do, which needs no player. */
void        dailies_window_set_playable   (DailiesWindow   *self);
/* The library cannot be opened: says why and what helps. */
void        dailies_window_set_failure    (DailiesWindow   *self,
                                           const GError    *error);
void        dailies_window_set_service_id (DailiesWindow   *self,
                                           const char      *service_id);
/* The command line asks for the practice service: Preferences do not lead away from it in this run, the menu does. */
void        dailies_window_hold_practice (DailiesWindow   *self);
gboolean    dailies_window_is_held       (DailiesWindow   *self);
/* Puts files into the fields of the composer where they fit best; remembered until there is a studio.
 * @files: (element-type GFile) */
void        dailies_window_open_files     (DailiesWindow   *self,
                                           GListModel      *files);
/* Puts two to four clips on the stage, side by side; remembered until there is one. @files: (element-type GFile) */
void        dailies_window_compare_files  (DailiesWindow   *self,
                                           GListModel      *files);
/* Goes to the shot of a job and shows what came of it. */
void        dailies_window_show_job       (DailiesWindow   *self,
                                           const char      *job_id);
void        dailies_window_new_shot       (DailiesWindow   *self);
/* @message: a sentence, not markup. @button, @action: (nullable): what can be done about it */
void        dailies_window_tell           (DailiesWindow   *self,
                                           const char      *message,
                                           const char      *button,
                                           const char      *action);
gboolean    dailies_window_is_exporting   (DailiesWindow   *self);
void        dailies_window_ask_to_stop_export_async  (DailiesWindow       *self,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
/* Returns: whether the artist gives the export up */
gboolean    dailies_window_ask_to_stop_export_finish (DailiesWindow       *self,
                                                      GAsyncResult        *result);
/* And lets the window close without another question. */
void        dailies_window_cancel_export  (DailiesWindow   *self);
/* Writes what was typed and dropped to the library. */
void        dailies_window_save           (DailiesWindow   *self);

G_END_DECLS
