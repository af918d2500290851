/* dailies-stage-notes-private.h: how they are built inside, for the files that share it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-stage-notes.h"

#include "dailies-caption.h"
#include "dailies-clip-facts.h"
#include "dailies-difference-graph.h"
#include "dailies-notes-popover.h"
#include "dailies-notes-track.h"
#include "dailies-reel.h"

G_BEGIN_DECLS

struct _DailiesStageNotes
{
  GObject parent_instance;

  DailiesStageView       *stage; /* owns this */
  DailiesSides           *sides;
  DailiesReel            *reel;
  DailiesTimeline        *timeline;
  DailiesCaption         *captions[DAILIES_REEL_MAX_SIDES];
  DailiesNotesTrack      *track;
  DailiesDifferenceGraph *graph;
  GtkMenuButton          *button;
  DailiesNotesPopover    *popover;
  guint                   chosen;       /* the side whose notes are wanted */
  GtkWidget              *focus_before; /* (nullable): who had the keys when N was pressed */
  guint                   focus_id;

  DailiesLibrary     *library;
  DailiesCatalogue   *catalogue;
  DailiesNotes       *notes;
  DailiesRequestDiff *diff;
  DailiesDifference  *difference;
  GFile              *measured[2]; /* what the difference is of */
  int                 slips[DAILIES_REEL_MAX_SIDES];
  DailiesClipFacts    facts[DAILIES_REEL_MAX_SIDES]; /* by the sides of the reel */
};

DailiesStageNotes *dailies_stage_notes_get             (GtkWidget         *stage);
guint              dailies_stage_notes_get_reel_side   (DailiesStageNotes *self,
                                                        guint              side);
/* ns that a side shows later material than the reel's time says */
gint64             dailies_stage_notes_get_slip        (DailiesStageNotes *self,
                                                        guint              side);

/* dailies-stage-notes-differ.c: what differs between the sides, and where */
DailiesClipFacts   dailies_stage_notes_get_facts       (DailiesStageNotes *self,
                                                        guint              reel_side);
void               dailies_stage_notes_update_diff     (DailiesStageNotes *self);
void               dailies_stage_notes_update_facts    (DailiesStageNotes *self);
void               dailies_stage_notes_update_captions (DailiesStageNotes *self);
void               dailies_stage_notes_update_difference (DailiesStageNotes *self);
/* "stage.next-difference", "stage.previous-difference" */
void               dailies_stage_notes_go_to_difference (GtkWidget        *widget,
                                                         const char       *name,
                                                         GVariant         *parameter);

G_END_DECLS
