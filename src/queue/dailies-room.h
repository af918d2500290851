/* dailies-room.h: whether a clip still fits on the disk with the library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A length that nobody told. */
#define DAILIES_ROOM_UNKNOWN G_MAXUINT64

/* How many bytes are free where @file lies, or will lie. */
void     dailies_room_ask_async  (GFile               *file,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* Returns: %DAILIES_ROOM_UNKNOWN where the file system does not tell */
guint64  dailies_room_ask_finish (GAsyncResult        *result);
/* @missing: bytes of the clip that are still to come, any number a server may say; or %DAILIES_ROOM_UNKNOWN */
gboolean dailies_room_suffices   (guint64              room,
                                  guint64              missing);
/* How long a file may become whose length nobody told, @fetched bytes of which are there: a tenth of the room stays free for
 * everything else, 256 MiB at most. */
guint64  dailies_room_get_share  (guint64              room,
                                  guint64              fetched);
/* Returns: (transfer full): DAILIES_ERROR_DISK with what is needed, what is there, and what to do */
GError  *dailies_room_new_error  (guint64              room,
                                  guint64              missing);

G_END_DECLS
