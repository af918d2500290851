/* dailies-request-diff-private.h: what the topics of a comparison share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-draft.h"
#include "dailies-request-diff.h"

G_BEGIN_DECLS

/* One side, while and after it is compared. */
typedef struct
{
  DailiesDraft      *draft;
  DailiesDefinition *definition; /* (nullable) */
  double             cost_usd;
  GPtrArray         *runs;       /* (element-type DailiesDiffRun) */
  GPtrArray         *joint;
  GPtrArray         *lines;      /* (element-type utf8) */
} DailiesDiffPart;

struct _DailiesRequestDiff
{
  GObject         parent_instance;

  DailiesDiffPart parts[DAILIES_REQUEST_DIFF_MAX_SIDES];
  guint           n_sides;
  int             first;
};

/* Every topic compares all sides with the first one and adds to the runs and lines of each. */
void            dailies_request_diff_compare_prompts (DailiesRequestDiff *self);
void            dailies_request_diff_compare_items   (DailiesRequestDiff *self);
void            dailies_request_diff_compare_values  (DailiesRequestDiff *self);

/* FALSE for the first side itself and for those of which nothing is known. */
gboolean        dailies_request_diff_is_other        (DailiesRequestDiff *self,
                                                      guint               side);
/* @title, @text: (nullable). Returns: (transfer none): the run, begins a new item where nothing else is said */
DailiesDiffRun *dailies_request_diff_add             (GPtrArray          *runs,
                                                      DailiesDiffTopic    topic,
                                                      DailiesDiffMark     mark,
                                                      const char         *title,
                                                      const char         *text);
/* An arrow inside of an item. */
void            dailies_request_diff_add_arrow       (GPtrArray          *runs,
                                                      DailiesDiffTopic    topic);
/* A sentence about @side, and the other way round about the first side where there are only two.
 * @forth, @back: (transfer full) */
void            dailies_request_diff_take_lines      (DailiesRequestDiff *self,
                                                      guint               side,
                                                      char               *forth,
                                                      char               *back);

G_END_DECLS
