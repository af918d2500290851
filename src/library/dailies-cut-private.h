/* dailies-cut-private.h: making and refreshing cuts, for the library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-cut.h"
#include "dailies-rows.h"

G_BEGIN_DECLS

DailiesCut *dailies_cut_new          (GFile               *directory,
                                      const DailiesCutRow *row);
void        dailies_cut_update       (DailiesCut          *self,
                                      GFile               *directory,
                                      const DailiesCutRow *row);
void        dailies_cut_set_picked   (DailiesCut          *self,
                                      gboolean             picked);
void        dailies_cut_set_fresh    (DailiesCut          *self,
                                      gboolean             fresh);
/* While a write of ours is under way, what is read may be older than what the object says. */
void        dailies_cut_begin_write  (DailiesCut          *self);
void        dailies_cut_end_write    (DailiesCut          *self);

G_END_DECLS
