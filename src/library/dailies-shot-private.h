/* dailies-shot-private.h: making and refreshing shots, for the library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-rows.h"
#include "dailies-shot.h"

G_BEGIN_DECLS

DailiesShot *dailies_shot_new         (GFile                *directory,
                                       const DailiesShotRow *row);
void         dailies_shot_update      (DailiesShot          *self,
                                       GFile                *directory,
                                       const DailiesShotRow *row);
void         dailies_shot_set_draft   (DailiesShot          *self,
                                       const char           *draft,
                                       const char           *prompt,
                                       gint64                updated);
void         dailies_shot_set_title   (DailiesShot          *self,
                                       const char           *title,
                                       gint64                updated);
/* While a write of ours is under way, what is read may be older than what the object says. */
void         dailies_shot_begin_write (DailiesShot          *self);
void         dailies_shot_end_write   (DailiesShot          *self);
/* Whether the cuts have been asked for and are to be kept up to date. */
gboolean     dailies_shot_get_loaded  (DailiesShot          *self);
void         dailies_shot_set_loaded  (DailiesShot          *self);
/* @rows: (element-type DailiesCutRow): all of them */
void         dailies_shot_merge_cuts  (DailiesShot          *self,
                                       GFile                *directory,
                                       GPtrArray            *rows);

G_END_DECLS
