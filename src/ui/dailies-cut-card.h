/* dailies-cut-card.h: one finished cut in the strip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_CUT_CARD (dailies_cut_card_get_type ())
/* Property: "cut" (DailiesCut, nullable). Drags its clip out as a file. Activates "strip.pick" and, from its menu, the
 * other actions of the strip, with the cut's id as target. */
G_DECLARE_FINAL_TYPE (DailiesCutCard, dailies_cut_card, DAILIES, CUT_CARD, AdwBin)

GtkWidget  *dailies_cut_card_new         (void);
DailiesCut *dailies_cut_card_get_cut     (DailiesCutCard *self);
/* @other: (nullable): the prompt that this one is compared with, so that the line under the picture shows what differs */
void        dailies_cut_card_set_cut     (DailiesCutCard *self,
                                          DailiesCut     *cut,
                                          const char     *other);
/* @side: (nullable): "A" … "D" for a cut on the stage. Ctrl or Shift and a click, or the button on the picture, activate
 * "strip.compare". */
void        dailies_cut_card_set_side    (DailiesCutCard *self,
                                          const char     *side);
/* At the pointer, or below the card where @x is negative. */
void        dailies_cut_card_popup_menu  (DailiesCutCard *self,
                                          double          x,
                                          double          y);

G_END_DECLS
