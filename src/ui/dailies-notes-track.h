/* dailies-notes-track.h: the notes of a cut, drawn along the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-notes.h"
#include "dailies-timeline.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_NOTES_TRACK (dailies_notes_track_get_type ())
/* Lies above the timeline and is as wide. Signal "jump" (self, DailiesNote): a note was clicked. */
G_DECLARE_FINAL_TYPE (DailiesNotesTrack, dailies_notes_track, DAILIES, NOTES_TRACK, GtkWidget)

GtkWidget *dailies_notes_track_new       (DailiesTimeline   *timeline);
/* @notes: (nullable): a list of #DailiesNote */
void       dailies_notes_track_set_notes (DailiesNotesTrack *self,
                                          GListModel        *notes);
/* @slip: ns that the clip shows later material than the timeline says */
void       dailies_notes_track_set_slip  (DailiesNotesTrack *self,
                                          gint64             slip,
                                          double             fps);

G_END_DECLS
