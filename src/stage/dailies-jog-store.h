/* dailies-jog-store.h: the frames of one clip, coded one by one, in a file without a name
 *
 * Private to stage/. One thread appends, any thread reads. The file is unlinked from the first moment, so that nothing is left
 * behind by a program that was killed. It is read and written, not mapped: a disk that is full or fails is then an error and not
 * a signal. All stores together keep to one budget; what nobody shows gives way first, then who
 * was not read for the longest time: whole, and is empty then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* What all stores together may take, and what one may. */
#define DAILIES_JOG_STORE_BUDGET ((guint64) 512 << 20)
#define DAILIES_JOG_STORE_SHARE 4

typedef struct _DailiesJogStore DailiesJogStore;

DailiesJogStore *dailies_jog_store_new          (const char      *folder,
                                                 GError         **error);
DailiesJogStore *dailies_jog_store_ref          (DailiesJogStore *self);
void             dailies_jog_store_unref        (DailiesJogStore *self);
gboolean         dailies_jog_store_append       (DailiesJogStore *self,
                                                 GstBuffer       *frame,
                                                 gint64           time,
                                                 GError         **error);
void             dailies_jog_store_finish       (DailiesJogStore *self);
void             dailies_jog_store_empty        (DailiesJogStore *self);
GstBuffer       *dailies_jog_store_read         (DailiesJogStore *self,
                                                 gint64           time,
                                                 gint64          *start);
gint64           dailies_jog_store_get_last     (DailiesJogStore *self);
GArray          *dailies_jog_store_dup_starts   (DailiesJogStore *self);
guint            dailies_jog_store_get_n_frames (DailiesJogStore *self);
gboolean         dailies_jog_store_is_complete  (DailiesJogStore *self);
gboolean         dailies_jog_store_is_short_of_disk
                                                (DailiesJogStore *self);
guint64          dailies_jog_store_get_room     (void);
guint64          dailies_jog_store_get_total    (void);
/* For tests: 0 brings the usual one back. */
void             dailies_jog_store_set_budget   (guint64          bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DailiesJogStore, dailies_jog_store_unref)

G_END_DECLS
