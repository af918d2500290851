/* dailies-export-dialog.h: what is on the stage goes out as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-stage-view.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_EXPORT_DIALOG (dailies_export_dialog_get_type ())
/* One window for one export after the other; closing it hides it, and an export goes on.
 * Signal "ended" (self, sentence, gboolean there is a file): while nobody saw it in the window. */
G_DECLARE_FINAL_TYPE (DailiesExportDialog, dailies_export_dialog, DAILIES, EXPORT_DIALOG, AdwWindow)

GtkWindow *dailies_export_dialog_new         (GtkWindow           *parent,
                                              DailiesStageView    *stage,
                                              DailiesLibrary      *library);
/* @title: of the shot, from which names are made */
void       dailies_export_dialog_open        (DailiesExportDialog *self,
                                              const char          *title);
/* Not once it is cancelled, though it may take a while to end. */
gboolean   dailies_export_dialog_is_running  (DailiesExportDialog *self);
void       dailies_export_dialog_cancel      (DailiesExportDialog *self);
/* Points at what was made last. */
void       dailies_export_dialog_show_result (DailiesExportDialog *self,
                                              GtkWindow           *parent);

G_END_DECLS
