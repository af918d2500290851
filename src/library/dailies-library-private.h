/* dailies-library-private.h: what the parts of the library share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-library.h"
#include "dailies-rows.h"

G_BEGIN_DECLS

/* Emits "failed"; nothing for a cancelled operation. */
void         dailies_library_complain   (DailiesLibrary       *self,
                                         const GError         *error);
/* Takes a shot that was just written into the list, or finds the one a refresh has brought already.
 * Returns: (transfer full) */
DailiesShot *dailies_library_adopt_shot (DailiesLibrary       *self,
                                         const DailiesShotRow *row);
/* What dailies_library_settle_async() waits for. */
void         dailies_library_begin_removal (DailiesLibrary    *self);
void         dailies_library_end_removal   (DailiesLibrary    *self);

G_END_DECLS
