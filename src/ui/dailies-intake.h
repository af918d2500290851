/* dailies-intake.h: decides where in a request the things of one drop go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dailies-drop.h"
#include "dailies-element.h"
#include "dailies-field.h"
#include "dailies-request.h"

G_BEGIN_DECLS

/* The field of @request where something of @kind would go when it is dropped beside every field: the first empty one that
 * takes one, then lists with room, then elements. UNKNOWN goes to the first empty field of any kind.
 * (nullable) (transfer none) */
DailiesField *dailies_intake_find_field   (DailiesRequest   *request,
                                           DailiesMediaKind  kind);

/**
 * dailies_intake_place:
 * @request: is changed
 * @field: (nullable): the field dropped on; %NULL: beside every field
 * @position: in a list; %G_MAXUINT: at its end
 * @drop: what was dropped; complaints are added to it
 *
 * A field that takes one gets the first, the next empty fields of that kind the rest, then lists with room. A list gets all.
 * Several images on an elements field make one element: the first is its front, the rest are other angles.
 * What has a known kind that @field does not take goes where dailies_intake_find_field() says. What finds no place is
 * told in a complaint; nothing that was there is lost but in @field itself.
 */
void          dailies_intake_place        (DailiesRequest   *request,
                                           DailiesField     *field,
                                           guint             position,
                                           DailiesDrop      *drop);

/* (transfer full): why @request has no place for something of @kind called @name, and what helps */
char         *dailies_intake_explain_no_place (DailiesRequest   *request,
                                               const char       *name,
                                               DailiesMediaKind  kind);
/* Puts images into one element: the front where it is empty, then the other angles at @position. Moves what is dragged.
 * @widget: hears of what could not be taken by "composer.complain". */
void          dailies_intake_into_element (DailiesElement   *element,
                                           DailiesDrop      *drop,
                                           guint             position,
                                           GtkWidget        *widget);
/* Reads @asset where nobody has begun to. */
void          dailies_intake_load         (DailiesAsset     *asset);

G_END_DECLS
