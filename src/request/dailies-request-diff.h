/* dailies-request-diff.h: what differs between the drafts that cuts were made from, and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_REQUEST_DIFF_MAX_SIDES 4

#define DAILIES_TYPE_REQUEST_DIFF (dailies_request_diff_get_type ())
/* Immutable. Main thread only, because of the assets; made in a few milliseconds. */
G_DECLARE_FINAL_TYPE (DailiesRequestDiff, dailies_request_diff, DAILIES, REQUEST_DIFF, GObject)

/**
 * DailiesDiffSide: one cut to compare
 * @request_json: (nullable): the draft it was made from, text of dailies_request_to_json()
 * @prompt: (nullable): what was sent, for where the draft is missing or cannot be read
 * @cost_usd: NaN unknown
 *
 * With neither draft nor prompt there is nothing to compare: a clip that was not made here, or the source.
 */
typedef struct
{
  const char *request_json;
  const char *prompt;
  double      cost_usd;
} DailiesDiffSide;

typedef enum
{
  DAILIES_DIFF_PROMPT,
  DAILIES_DIFF_REFERENCE, /* a picture, a clip, an element */
  DAILIES_DIFF_SETTING,
  DAILIES_DIFF_MODEL,
  DAILIES_DIFF_COST,
} DailiesDiffTopic;

typedef enum
{
  DAILIES_DIFF_KEPT,    /* the same on both sides, or the value to compare with */
  DAILIES_DIFF_REMOVED, /* only the first side has it */
  DAILIES_DIFF_ADDED,   /* only this side has it */
  DAILIES_DIFF_GAP,     /* words left out here because they are the same */
  DAILIES_DIFF_ARROW,   /* joint runs: from what to what */
} DailiesDiffMark;

/**
 * DailiesDiffRun: a piece of a caption
 * @topic: what it is about
 * @mark: how it compares
 * @begins: it begins a new item; runs of one item belong together
 * @space: white space comes before it
 * @mention: of a prompt: it is one mention
 * @title: (nullable): what the value is called where it does not speak for itself: "Keep original audio"
 * @text: (nullable): words, or a value as the artist reads it
 * @assets: (nullable) (element-type DailiesAsset): pictures to show instead of words; not loaded
 */
typedef struct
{
  DailiesDiffTopic topic;
  DailiesDiffMark  mark;
  gboolean         begins;
  gboolean         space;
  gboolean         mention;
  char            *title;
  char            *text;
  GPtrArray       *assets;
} DailiesDiffRun;

/**
 * dailies_request_diff_new:
 * @catalogue: (nullable): for the titles of models and fields, and for the values of what was not set
 * @sides: (array length=n_sides): what to compare
 * @n_sides: at most DAILIES_REQUEST_DIFF_MAX_SIDES
 *
 * The first side that has a draft or prompt is what the others are compared with.
 */
DailiesRequestDiff *dailies_request_diff_new            (DailiesCatalogue      *catalogue,
                                                         const DailiesDiffSide *sides,
                                                         guint                  n_sides);
guint               dailies_request_diff_get_n_sides    (DailiesRequestDiff    *self);
/* The side that the others are compared with; -1 where there are no two to compare. */
int                 dailies_request_diff_get_first      (DailiesRequestDiff    *self);
/* FALSE where nothing is known of this side, or there is nothing to compare it with. */
gboolean            dailies_request_diff_knows          (DailiesRequestDiff    *self,
                                                         guint                  side);
/* (transfer none) (element-type DailiesDiffRun): what to write under this side; empty where it does not differ */
GPtrArray          *dailies_request_diff_get_runs       (DailiesRequestDiff    *self,
                                                         guint                  side);
/* (transfer none) (element-type DailiesDiffRun): from the first side to this one, for one caption of both */
GPtrArray          *dailies_request_diff_get_joint_runs (DailiesRequestDiff    *self,
                                                         guint                  side);
/* (transfer full): all of it in words, a line a topic, nothing shortened: for tooltips and screen readers */
char               *dailies_request_diff_dup_text       (DailiesRequestDiff    *self,
                                                         guint                  side);
/* (nullable): the whole prompt of this side */
const char         *dailies_request_diff_get_prompt     (DailiesRequestDiff    *self,
                                                         guint                  side);

G_END_DECLS
