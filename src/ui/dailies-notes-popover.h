/* dailies-notes-popover.h: writing notes, and the list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-notes.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_NOTES_POPOVER (dailies_notes_popover_get_type ())
/* What was typed is kept when it closes, whatever closed it: nothing typed is ever thrown away but by Delete.
 * Signals: "jump" (self, DailiesNote): the artist wants to see it; "failed" (self, GError): it could not be written; "side" (self,
 * guint): the notes of that side are wanted. */
G_DECLARE_FINAL_TYPE (DailiesNotesPopover, dailies_notes_popover, DAILIES, NOTES_POPOVER, GtkPopover)

GtkWidget *dailies_notes_popover_new       (void);
/* @notes: (nullable): those of the cut on the stage; what is typed goes to those before */
void       dailies_notes_popover_set_notes (DailiesNotesPopover *self,
                                            DailiesNotes        *notes,
                                            double               fps);
/* @cut: (nullable): what the cut is called, where there are others beside it */
void       dailies_notes_popover_set_cut   (DailiesNotesPopover *self,
                                            const char          *cut);
/* What stands beside each other, to choose between: @cuts: a bit for each of @n_sides that takes notes; @noted: the one whose notes
 * these are. Fewer than two: there is nothing to choose. */
void       dailies_notes_popover_set_sides (DailiesNotesPopover *self,
                                            const char *const   *titles,
                                            guint                n_sides,
                                            guint                cuts,
                                            guint                noted);
/* Where the next note goes: ns in the clip's own time; the same twice for one frame. Not while one is being typed. */
void       dailies_notes_popover_set_place (DailiesNotesPopover *self,
                                            gint64               start,
                                            gint64               end);
/* Opens with the cursor in the text. */
void       dailies_notes_popover_write     (DailiesNotesPopover *self);

G_END_DECLS
