/* dailies-notes.h: the notes on one cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-note.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_NOTES (dailies_notes_get_type ())
/* A GListModel of #DailiesNote by time, live: it follows what other windows and processes write. Main context only.
 * What cannot be written is told by the library's signal "failed"; the list goes on showing what the artist did. */
G_DECLARE_FINAL_TYPE (DailiesNotes, dailies_notes, DAILIES, NOTES, GObject)

/* Empty until its notes have been read, which begins at once. */
DailiesNotes *dailies_notes_new        (DailiesLibrary       *library,
                                        gint64                cut_id);
gint64        dailies_notes_get_cut_id (DailiesNotes         *self);
/* Reads them (again). */
void          dailies_notes_load_async  (DailiesNotes        *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean      dailies_notes_load_finish (DailiesNotes        *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/**
 * dailies_notes_add_async:
 * @start: ns in the clip's own time
 * @end: ns, the same for one frame
 * @text: what to remember; not empty
 * @callback: called when it is on disk and in the list; keep the text until then
 */
void          dailies_notes_add_async   (DailiesNotes        *self,
                                         gint64               start,
                                         gint64               end,
                                         const char          *text,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* Returns: (transfer full) (nullable): the new note; DAILIES_ERROR_DISK */
DailiesNote  *dailies_notes_add_finish  (DailiesNotes        *self,
                                         GAsyncResult        *result,
                                         GError             **error);
/* Written behind, in order. */
void          dailies_notes_set_text    (DailiesNotes        *self,
                                         DailiesNote         *note,
                                         const char          *text);
/* Takes it out of the list; it can be brought back. */
void          dailies_notes_remove      (DailiesNotes        *self,
                                         DailiesNote         *note);
void          dailies_notes_restore     (DailiesNotes        *self,
                                         DailiesNote         *note);

G_END_DECLS
