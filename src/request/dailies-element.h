/* dailies-element.h: a character or object: one frontal image and other angles of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_ELEMENT (dailies_element_get_type ())
/* Properties: "frontal" (DailiesAsset, nullable), "description" (string, sent only by models that
 * take one) */
G_DECLARE_FINAL_TYPE (DailiesElement, dailies_element, DAILIES, ELEMENT, GObject)

DailiesElement *dailies_element_new             (void);
DailiesAsset   *dailies_element_get_frontal     (DailiesElement *self); /* (nullable) (transfer none) */
void            dailies_element_set_frontal     (DailiesElement *self,
                                                 DailiesAsset   *asset);
/* (transfer none): a GListStore of #DailiesAsset; change it freely, the request follows */
GListStore     *dailies_element_get_angles      (DailiesElement *self);
const char     *dailies_element_get_description (DailiesElement *self);
void            dailies_element_set_description (DailiesElement *self,
                                                 const char     *description);

G_END_DECLS
