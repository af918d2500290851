/* dailies-media-well.h: one drop target: what lies in it, or what it would take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "dailies-drop.h"

G_BEGIN_DECLS

typedef enum
{
  DAILIES_WELL_LARGE, /* as wide as the form, with name, size and length */
  DAILIES_WELL_TILE,  /* a square of a row */
} DailiesWellShape;

#define DAILIES_TYPE_MEDIA_WELL (dailies_media_well_get_type ())
/* Properties: "asset" (DailiesAsset, nullable), "title" (string: "Start frame"), "badge" (string, nullable: "@Image1"),
 * "problem" (string, nullable: the message of the worst problem of the asset).
 * Signals: "dropped" (self, DailiesDrop pointer, gboolean replace): something was dropped on it or pasted, or chosen to take
 *   the place of what is there; "open" (self): see dailies_media_well_set_opens();
 *   "remove" (self): the artist wants it empty; "move" (self, int delta): one place earlier or later;
 *   "taken" (self, replacement: nullable DailiesAsset): its asset was dragged to another place of the form.
 * Uses the actions "composer.complain" (s) and "composer.mention" (s) of an ancestor. */
G_DECLARE_FINAL_TYPE (DailiesMediaWell, dailies_media_well, DAILIES, MEDIA_WELL, GtkWidget)

GtkWidget    *dailies_media_well_new          (DailiesWellShape  shape,
                                               DailiesMediaKind  kind,
                                               const char       *title);
DailiesAsset *dailies_media_well_get_asset    (DailiesMediaWell *self); /* (nullable) (transfer none) */
void          dailies_media_well_set_asset    (DailiesMediaWell *self,
                                               DailiesAsset     *asset);
void          dailies_media_well_set_badge    (DailiesMediaWell *self,
                                               const char       *badge);
void          dailies_media_well_set_problem  (DailiesMediaWell *self,
                                               const char       *problem);
/* For a place in a list: what a drag from here says of its origin, and whether it may be moved by keyboard. */
void          dailies_media_well_set_place    (DailiesMediaWell *self,
                                               gpointer          owner,
                                               guint             position);
/* What a drag from here carries, where it is not the asset: an element. */
void          dailies_media_well_set_carries  (DailiesMediaWell *self,
                                               gpointer          object);
/* A click or Enter emits "open" where a file chooser would come up: there is more inside. */
void          dailies_media_well_set_opens    (DailiesMediaWell *self,
                                               gboolean          opens);
/* "+3" in the corner; 0 shows nothing. */
void          dailies_media_well_set_count    (DailiesMediaWell *self,
                                               guint             count);
/* Whether several files may be chosen or dropped at once; a tile for "+" of a list. */
void          dailies_media_well_set_multiple (DailiesMediaWell *self,
                                               gboolean          multiple);
/* Lit by the form, for a drop beside every well that would go here. */
void          dailies_media_well_set_lit      (DailiesMediaWell *self,
                                               gboolean          lit);
void          dailies_media_well_choose       (DailiesMediaWell *self);

G_END_DECLS
