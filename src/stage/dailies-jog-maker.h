/* dailies-jog-maker.h: makes jog material in the background
 *
 * Private to stage/. One clip after the other, for all jogs of the program, on threads that give way to everything else, and not
 * at all while a reel plays or seeks where cores are scarce. The thread that does it comes with the first order and goes with the
 * last. The frames of clips that were shown lately are kept, within the budget of the stores, so that flipping back to a cut has them
 * at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/video/video.h>

#include "dailies-jog-store.h"

G_BEGIN_DECLS

typedef struct _DailiesJogOrder DailiesJogOrder;

/* Called when the order is carried out or given up, unless it was cancelled before: on the maker's thread, or on that which orders. */
typedef void (*DailiesJogOrderFunc) (DailiesJogOrder *order,
                                     gpointer         data);

DailiesJogOrder *dailies_jog_order_new       (GFile               *file,
                                              int                  max_width,
                                              int                  max_height,
                                              DailiesJogOrderFunc  func,
                                              gpointer             data,
                                              GDestroyNotify       destroy);
DailiesJogOrder *dailies_jog_order_ref       (DailiesJogOrder     *self);
void             dailies_jog_order_unref     (DailiesJogOrder     *self);
void             dailies_jog_order_hurry     (DailiesJogOrder     *self);
void             dailies_jog_order_cancel    (DailiesJogOrder     *self);
DailiesJogStore *dailies_jog_order_dup_store (DailiesJogOrder     *self,
                                              GstVideoInfo        *coded);
gboolean         dailies_jog_order_is_over   (DailiesJogOrder     *self,
                                              GError             **error);
void             dailies_jog_maker_claim     (gboolean             begins);
guint            dailies_jog_maker_count_claims (void);
gboolean         dailies_jog_maker_is_claimed (void);
void             dailies_jog_maker_give_way  (gint64               longest);
void             dailies_jog_maker_forget    (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJogOrder, dailies_jog_order_unref)

G_END_DECLS
