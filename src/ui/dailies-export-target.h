/* dailies-export-target.h: what an export is called, and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-exporter.h"

G_BEGIN_DECLS

/**
 * dailies_export_target_choose_async:
 * @parent: the window asked in
 * @title: of what is exported; part of the proposed name
 * @folder: (nullable): the place proposed; else where the system keeps such files
 *
 * Lets the artist say where an export goes. A name without its ending gets one, and nothing is replaced unasked. Main thread.
 */
void   dailies_export_target_choose_async  (GtkWindow                 *parent,
                                            const DailiesExportPlan   *plan,
                                            const DailiesExportChoice *choice,
                                            const char                *title,
                                            GFile                     *folder,
                                            GAsyncReadyCallback        callback,
                                            gpointer                   user_data);
/* Returns: (transfer full) (nullable): %NULL where the artist thought better of it */
GFile *dailies_export_target_choose_finish (GAsyncResult              *result);

G_END_DECLS
