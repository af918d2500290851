/* dailies-cut.h: one clip that a job returned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_CUT (dailies_cut_get_type ())
/* Properties, all notified: "number" (uint), "picked" (boolean), "fresh" (boolean), "poster" (GFile, nullable) */
G_DECLARE_FINAL_TYPE (DailiesCut, dailies_cut, DAILIES, CUT, GObject)

gint64      dailies_cut_get_id         (DailiesCut *self);
gint64      dailies_cut_get_shot_id    (DailiesCut *self);
const char *dailies_cut_get_job_id     (DailiesCut *self);
guint       dailies_cut_get_number     (DailiesCut *self); /* "Cut 3" of its shot */
GFile      *dailies_cut_get_file       (DailiesCut *self); /* the verified local file */
GFile      *dailies_cut_get_poster     (DailiesCut *self); /* (nullable) JPEG beside it */
int         dailies_cut_get_width      (DailiesCut *self);
int         dailies_cut_get_height     (DailiesCut *self);
double      dailies_cut_get_seconds    (DailiesCut *self);
double      dailies_cut_get_fps        (DailiesCut *self);
gboolean    dailies_cut_has_sound      (DailiesCut *self);
gboolean    dailies_cut_get_picked     (DailiesCut *self);
gboolean    dailies_cut_get_fresh      (DailiesCut *self); /* it has come, and was never on the stage */
double      dailies_cut_get_cost_usd   (DailiesCut *self); /* NaN unknown */
gint64      dailies_cut_get_created    (DailiesCut *self); /* µs since the epoch */
const char *dailies_cut_get_prompt     (DailiesCut *self); /* as it was spelt */
const char *dailies_cut_get_request_json (DailiesCut *self); /* (nullable) the draft it was made from */

G_END_DECLS
