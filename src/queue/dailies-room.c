/* dailies-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-room.h"

#include <glib/gi18n-lib.h>

#include "dailies-error.h"

/* Must stay for the poster and the database beside the clip. */
#define SPARE_BYTES (1024 * 1024)
#define MOST_SPARE_BYTES (256 * 1024 * 1024)

void
dailies_room_ask_async (GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_file_query_filesystem_info_async (folder,
                                      G_FILE_ATTRIBUTE_FILESYSTEM_FREE,
                                      G_PRIORITY_DEFAULT,
                                      cancellable,
                                      callback,
                                      user_data);
}

guint64
dailies_room_ask_finish (GAsyncResult *result)
{
  g_autoptr (GObject) folder = g_async_result_get_source_object (result);
  g_autoptr (GFileInfo) info =
    g_file_query_filesystem_info_finish (G_FILE (folder), result, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return DAILIES_ROOM_UNKNOWN;

  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
}

gboolean
dailies_room_suffices (guint64 room,
                       guint64 missing)
{
  if (room == DAILIES_ROOM_UNKNOWN || missing == DAILIES_ROOM_UNKNOWN)
    return TRUE;

  return room >= SPARE_BYTES && room - SPARE_BYTES >= missing;
}

guint64
dailies_room_get_share (guint64 room,
                        guint64 fetched)
{
  guint64 all;
  guint64 spare;

  if (room == DAILIES_ROOM_UNKNOWN)
    return DAILIES_ROOM_UNKNOWN;

  all = room + fetched;
  spare = CLAMP (all / 10, SPARE_BYTES, MOST_SPARE_BYTES);
  return all > spare ? all - spare : 0;
}

GError *
dailies_room_new_error (guint64 room,
                        guint64 missing)
{
  g_autofree char *free_text = g_format_size (room != DAILIES_ROOM_UNKNOWN ? room : 0);
  g_autofree char *needed_text = NULL;

  if (missing == DAILIES_ROOM_UNKNOWN)
    return dailies_error_new_with_words (
      DAILIES_ERROR_DISK,
      NULL,
      0,
      _("The disk with the library is full (%s free), and the clip needs more. Make room: "
        "fetching goes on by itself."),
      free_text);

  needed_text = g_format_size (missing < G_MAXUINT64 - SPARE_BYTES ? missing + SPARE_BYTES : missing);
  return dailies_error_new_with_words (
    DAILIES_ERROR_DISK,
    NULL,
    0,
    _("The clip needs %s more on the disk with the library, and %s is free. Make room: fetching "
      "goes on by itself."),
    needed_text,
    free_text);
}
