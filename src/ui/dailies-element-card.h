/* dailies-element-card.h: one element as a tile; a click opens all of its images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-media-well.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_ELEMENT_CARD (dailies_element_card_get_type ())
/* Signals: "remove" (self); "move" (self, int delta); "dropped" (self, DailiesDrop pointer): another element was dropped on
 * it. Images are put into the element here. */
G_DECLARE_FINAL_TYPE (DailiesElementCard, dailies_element_card, DAILIES, ELEMENT_CARD, GtkWidget)

GtkWidget       *dailies_element_card_new         (DailiesElement     *element,
                                                   DailiesField       *field);
DailiesElement  *dailies_element_card_get_element (DailiesElementCard *self); /* (transfer none) */
void             dailies_element_card_set_place   (DailiesElementCard *self,
                                                   gpointer            owner,
                                                   guint               position);
void             dailies_element_card_set_badge   (DailiesElementCard *self,
                                                   const char         *badge);
/* @problems: of the request; those about the images of this element are marked on them */
void             dailies_element_card_set_problems (DailiesElementCard *self,
                                                    GListModel         *problems);
void             dailies_element_card_open        (DailiesElementCard *self);

G_END_DECLS
