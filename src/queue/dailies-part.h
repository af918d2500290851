/* dailies-part.h: what is known of a file that is half fetched, kept beside it with ".info" behind its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DailiesPart:
 * @fetched: bytes that are there
 * @size: bytes of the whole, -1 unknown
 * @etag: (nullable): of the file they belong to
 * @place: (nullable): where they came from, see dailies_part_make_place()
 */
typedef struct
{
  gint64  fetched;
  gint64  size;
  char   *etag;
  char   *place;
} DailiesPart;

void         dailies_part_free         (DailiesPart          *self);

/* (transfer full): a sum of the address without its query */
char        *dailies_part_make_place   (const char           *url);

/* Makes the folder where it is missing. What nobody knows the origin of counts as nothing. */
void         dailies_part_read_async   (GFile                *part,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Returns: (transfer full) */
DailiesPart *dailies_part_read_finish  (GAsyncResult         *result);

/* @etag, @place: (nullable) */
void         dailies_part_write_async  (GFile                *part,
                                        gint64                size,
                                        const char           *etag,
                                        const char           *place,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* @error: of GIO, as it is */
gboolean     dailies_part_write_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
