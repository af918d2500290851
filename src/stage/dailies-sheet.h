/* dailies-sheet.h: a contact sheet of cuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_SHEET_MIN_COLUMNS 1
#define DAILIES_SHEET_MAX_COLUMNS 12

#define DAILIES_TYPE_SHEET (dailies_sheet_get_type ())
/* One sheet to be made, once: a row a cut, with frames spread from the first to the last one of the range. What is set after
 * dailies_sheet_write_async() does not count. */
G_DECLARE_FINAL_TYPE (DailiesSheet, dailies_sheet, DAILIES, SHEET, GObject)

/* @title: (nullable): stands at the top */
DailiesSheet *dailies_sheet_new          (const char           *title);
/* @clip: a local file. @name: "Cut 3". @prompt: (nullable): shortened to two lines. @settings: (nullable): one line. */
void          dailies_sheet_add_cut      (DailiesSheet         *self,
                                          GFile                *clip,
                                          const char           *name,
                                          const char           *prompt,
                                          const char           *settings);
/* Frames a cut, at first 6. */
void          dailies_sheet_set_columns  (DailiesSheet         *self,
                                          guint                 columns);
/* ns from the first frame of each clip: from the frame at @in to the one at @out; -1: the beginning, the end */
void          dailies_sheet_set_range    (DailiesSheet         *self,
                                          gint64                in,
                                          gint64                out);

/**
 * dailies_sheet_write_async:
 * @file: a local file, replaced where it exists; it is there whole or not at all. Ends in ".pdf": white pages of A4, upright or
 *   lying as the frames become larger. Anything else: one dark PNG, 2400 pixels wide.
 *
 * Works on the pool.
 */
void          dailies_sheet_write_async  (DailiesSheet         *self,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @error: a sentence in %DAILIES_ERROR, or %G_IO_ERROR_CANCELLED */
gboolean      dailies_sheet_write_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
