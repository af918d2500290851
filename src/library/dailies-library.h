/* dailies-library.h: what is kept: shots and their cuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_LIBRARY (dailies_library_get_type ())
/* A GListModel of #DailiesShot, newest first; refreshed when another process writes. Main context only. */
G_DECLARE_FINAL_TYPE (DailiesLibrary, dailies_library, DAILIES, LIBRARY, GObject)

DailiesLibrary *dailies_library_new                (DailiesStore         *store);
DailiesStore   *dailies_library_get_store          (DailiesLibrary       *self);
void            dailies_library_load_async         (DailiesLibrary       *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        dailies_library_load_finish        (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* Reads everything again, because this process wrote to the database by another way than the library. */
void            dailies_library_refresh            (DailiesLibrary       *self);

/* Returns: (transfer full) */
void            dailies_library_add_shot_async     (DailiesLibrary       *self,
                                                    const char           *title,
                                                    const char           *draft,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DailiesShot    *dailies_library_add_shot_finish    (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* Written behind, in order; a failure is told by the signal "failed" (self, GError). */
void            dailies_library_set_draft          (DailiesLibrary       *self,
                                                    DailiesShot          *shot,
                                                    const char           *draft,
                                                    const char           *prompt);
void            dailies_library_rename_shot        (DailiesLibrary       *self,
                                                    DailiesShot          *shot,
                                                    const char           *title);
void            dailies_library_set_picked         (DailiesLibrary       *self,
                                                    DailiesCut           *cut,
                                                    gboolean              picked);
/* It has been on the stage. */
void            dailies_library_set_seen           (DailiesLibrary       *self,
                                                    DailiesCut           *cut);
/* Takes @item, a shot or cut, out of the lists and leaves its files where they are. Running jobs of a shot keep it. */
void            dailies_library_set_aside_async    (DailiesLibrary       *self,
                                                    GObject              *item,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        dailies_library_set_aside_finish   (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* Back into the lists, where it mostly is another object with the same id. */
void            dailies_library_bring_back_async   (DailiesLibrary       *self,
                                                    GObject              *item,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        dailies_library_bring_back_finish  (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* Takes the clips of all that was set aside to the trash. Only for the window, which alone can bring it back. */
void            dailies_library_empty              (DailiesLibrary       *self);
/* For a library that was just opened: takes clips to the trash that a program which was killed did not bring there. */
void            dailies_library_take_up_removals   (DailiesLibrary       *self);
/* Called back when no removal is under way any more; before that the store must not be closed. */
void            dailies_library_settle_async       (DailiesLibrary       *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        dailies_library_settle_finish      (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void            dailies_library_load_cuts_async    (DailiesLibrary       *self,
                                                    DailiesShot          *shot,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean        dailies_library_load_cuts_finish   (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
DailiesShot    *dailies_library_lookup_shot        (DailiesLibrary       *self,
                                                    gint64                id); /* (nullable) (transfer none) */
/* Pasted or dropped pictures without a file of their own are kept as @directory/assets/<sha256>/<name>.<ext>.
 * Returns: (transfer full): the file */
void            dailies_library_keep_bytes_async   (DailiesLibrary       *self,
                                                    GBytes               *bytes,
                                                    const char           *name,
                                                    const char           *extension,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GFile          *dailies_library_keep_bytes_finish  (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* A folder of its own for a file that is about to be made, @directory/assets/made-XXXXXX/<name>.<ext>. What writes it takes care
 * that it is there whole or not at all.
 * Returns: (transfer full): the file, which is not there yet */
void            dailies_library_make_place_async   (DailiesLibrary       *self,
                                                    const char           *name,
                                                    const char           *extension,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GFile          *dailies_library_make_place_finish  (DailiesLibrary       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* @file: of a place in which nothing was made, or nothing that is wanted: it goes, and its folder with it. */
void            dailies_library_give_up_place      (DailiesLibrary       *self,
                                                    GFile                *file);

G_END_DECLS
