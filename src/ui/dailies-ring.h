/* dailies-ring.h: a ring that turns while nobody can say how much is left, with a short text inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DAILIES_TYPE_RING (dailies_ring_get_type ())
/* Properties: "turning" (boolean), "fraction" (double: 0–1 where it is measured, negative where it is not; never
 * guessed), "text" (string: "0:48", "#3") */
G_DECLARE_FINAL_TYPE (DailiesRing, dailies_ring, DAILIES, RING, GtkWidget)

GtkWidget *dailies_ring_new          (void);
void       dailies_ring_set_turning  (DailiesRing *self,
                                      gboolean     turning);
void       dailies_ring_set_fraction (DailiesRing *self,
                                      double       fraction);
void       dailies_ring_set_text     (DailiesRing *self,
                                      const char  *text);

G_END_DECLS
