/* dailies-note.h: words about one frame or a range of a cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_NOTE (dailies_note_get_type ())
/* Property "text" (string, notified). The rest of a note never changes. */
G_DECLARE_FINAL_TYPE (DailiesNote, dailies_note, DAILIES, NOTE, GObject)

/**
 * DailiesNoteRow: what the database says of a note
 * @start: ns in the clip's own time
 * @end: ns, behind the last frame of a range; the same as @start for one frame
 * @created: µs since the epoch
 */
typedef struct
{
  gint64 id;
  gint64 start;
  gint64 end;
  gint64 created;
  char  *text;
} DailiesNoteRow;

void         dailies_note_row_free    (gpointer              row);

DailiesNote *dailies_note_new         (const DailiesNoteRow *row);
gint64       dailies_note_get_id      (DailiesNote          *self);
gint64       dailies_note_get_start   (DailiesNote          *self);
gint64       dailies_note_get_end     (DailiesNote          *self);
gboolean     dailies_note_is_range    (DailiesNote          *self);
gint64       dailies_note_get_created (DailiesNote          *self);
const char  *dailies_note_get_text    (DailiesNote          *self);
/* For #DailiesNotes, which alone writes. */
void         dailies_note_set_text    (DailiesNote          *self,
                                       const char           *text);

G_END_DECLS
