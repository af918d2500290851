/* dailies-exporter.h: carries out one export of what is on the stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-export-plan.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_EXPORT_MOVIE,
  DAILIES_EXPORT_SHEET,
  DAILIES_EXPORT_TIMELINE,
  DAILIES_EXPORT_FRAMES,
} DailiesExportKind;

/**
 * DailiesExportChoice: what the artist asked for
 * @mode: of a movie; a wipe is of the first two sides
 * @sound: of a movie: the index of a side, -1 none
 * @labels: of a movie: whether each side says its name
 * @columns: of a contact sheet: frames a cut
 * @pages: of a contact sheet: PDF rather than PNG
 * @all_frames: of frames: all of the range rather than those shown now
 */
typedef struct
{
  DailiesExportKind kind;
  DailiesExportMode mode;
  int               sound;
  gboolean          labels;
  guint             columns;
  gboolean          pages;
  gboolean          all_frames;
} DailiesExportChoice;

#define DAILIES_TYPE_EXPORTER (dailies_exporter_get_type ())
/* One export, once. Property: "progress" (double, read only): 0–1, -1 where it is not known. Main thread. */
G_DECLARE_FINAL_TYPE (DailiesExporter, dailies_exporter, DAILIES, EXPORTER, GObject)

/* @library: (nullable): without it there are no notes on a timeline */
DailiesExporter *dailies_exporter_new          (DailiesLibrary            *library);
/* Frames of more than one side, or more than one, go into a folder of their own. */
gboolean         dailies_exporter_makes_folder (const DailiesExportPlan   *plan,
                                                const DailiesExportChoice *choice);
/**
 * dailies_exporter_run_async:
 * @plan: (transfer full)
 * @title: of a sheet or timeline
 * @to: the file to write, which is replaced; or the folder to make, which must not be there
 *
 * What is made is there whole, or not at all.
 */
void             dailies_exporter_run_async    (DailiesExporter           *self,
                                                DailiesExportPlan         *plan,
                                                const DailiesExportChoice *choice,
                                                const char                *title,
                                                GFile                     *to,
                                                GCancellable              *cancellable,
                                                GAsyncReadyCallback        callback,
                                                gpointer                   user_data);
/* @error: a sentence in %DAILIES_ERROR, or %G_IO_ERROR_CANCELLED */
gboolean         dailies_exporter_run_finish   (DailiesExporter           *self,
                                                GAsyncResult              *result,
                                                GError                   **error);
/* Cancels what runs and waits until nothing of it is left on the disk; for the end of the program. */
void             dailies_exporter_stop_all     (void);

G_END_DECLS
