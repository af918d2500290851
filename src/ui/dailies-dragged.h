/* dailies-dragged.h: an asset or element of the form that the artist drags to another place of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dailies-types.h"

G_BEGIN_DECLS

#define DAILIES_TYPE_DRAGGED (dailies_dragged_get_type ())
/* Signal "taken" (self, replacement): the place it came from gives it up; @replacement: (nullable): an asset that takes
 * its place, where two fields swap. */
G_DECLARE_FINAL_TYPE (DailiesDragged, dailies_dragged, DAILIES, DRAGGED, GObject)

/* @object: a #DailiesAsset or #DailiesElement. @owner: what tells one place from another: the list or the field's widget.
 * @position: where in @owner it lies. */
DailiesDragged *dailies_dragged_new          (gpointer        object,
                                              gpointer        owner,
                                              guint           position);
gpointer        dailies_dragged_get_object   (DailiesDragged *self); /* (transfer none) */
DailiesAsset   *dailies_dragged_get_asset    (DailiesDragged *self); /* (nullable) (transfer none) */
gboolean        dailies_dragged_is_from      (DailiesDragged *self,
                                              gpointer        owner);
guint           dailies_dragged_get_position (DailiesDragged *self);
void            dailies_dragged_take         (DailiesDragged *self,
                                              DailiesAsset   *replacement);
/* (transfer full) (nullable): of a drag that began in this program */
DailiesDragged *dailies_dragged_from_drop    (GdkDrop        *drop);
/* (transfer full): for the form itself and, as a file, for every other program */
GdkContentProvider *dailies_dragged_to_content (DailiesDragged *self);

G_END_DECLS
