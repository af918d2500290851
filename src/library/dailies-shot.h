/* dailies-shot.h: a request being worked on, plus all the cuts it has had
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_SHOT (dailies_shot_get_type ())
/* Properties, all notified: "title" (string), "n-cuts" (uint), "n-picks" (uint), "n-running" (uint; set by the queue),
 * "poster" (GFile, nullable), "updated" (int64, µs since the epoch) */
G_DECLARE_FINAL_TYPE (DailiesShot, dailies_shot, DAILIES, SHOT, GObject)

gint64      dailies_shot_get_id        (DailiesShot *self);
const char *dailies_shot_get_title     (DailiesShot *self); /* what the artist called it, or from the prompt, or "Untitled shot" */
guint       dailies_shot_get_n_cuts    (DailiesShot *self);
guint       dailies_shot_get_n_picks   (DailiesShot *self);
guint       dailies_shot_get_n_running (DailiesShot *self);
void        dailies_shot_set_n_running (DailiesShot *self,
                                        guint        n_running);
GFile      *dailies_shot_get_poster    (DailiesShot *self);
gint64      dailies_shot_get_updated   (DailiesShot *self);
/* (transfer none): a live list of #DailiesCut, oldest first; filled after dailies_library_load_cuts_async() */
GListModel *dailies_shot_get_cuts      (DailiesShot *self);
/* Takes @cut off the list and out of the count, and nothing else: the library still has it, until it is removed there or
 * given back to its place. */
void        dailies_shot_withhold_cut  (DailiesShot *self,
                                        DailiesCut  *cut);
void        dailies_shot_give_back_cut (DailiesShot *self,
                                        DailiesCut  *cut);
/* (nullable): the draft as dailies_request_to_json() text */
const char *dailies_shot_get_draft     (DailiesShot *self);
/* For searching: the prompt as it is spelt, and the text of all notes on the cuts of the shot, a line each; "" for none */
const char *dailies_shot_get_prompt    (DailiesShot *self);
const char *dailies_shot_get_notes     (DailiesShot *self);

G_END_DECLS
