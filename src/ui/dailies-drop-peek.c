/* dailies-drop-peek.c: what a drag brings, while it still hovers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-private.h"

/* Every zone under the pointer wants to know, but one reading of a drag at a time is all that can be relied on: the first
 * one reads, the others wait for its answer, which stays with the drag. */
typedef struct
{
  gboolean          known;
  DailiesMediaKind  kind;
  GPtrArray        *waiting; /* of GTask */
} Peek;

#define PEEK_KEY "dailies-drop-peek"
/* The key under which a hovering drag keeps its files: a portal hands them out once only. */
#define FILES_KEY "dailies-drop-files"

static void
peek_free (gpointer data)
{
  Peek *peek = data;

  g_ptr_array_unref (peek->waiting);
  g_free (peek);
}

static void
peek_done (GdkDrop          *drop,
           DailiesMediaKind  kind)
{
  Peek *peek = g_object_get_data (G_OBJECT (drop), PEEK_KEY);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&peek->waiting);

  peek->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  peek->known = TRUE;
  peek->kind = kind;
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_int (g_ptr_array_index (waiting, i), kind);
}

static void
peek_info_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GdkDrop) drop = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  const char *type = NULL;

  if (info != NULL)
    type = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);
  peek_done (drop, dailies_drop_kind_of_content_type (type));
}

static void
peek_value_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GdkDrop) drop = user_data;
  const GValue *value = gdk_drop_read_value_finish (drop, result, NULL);
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GFile) file = NULL;

  if (value != NULL)
    files = dailies_drop_files_from_value (value);
  if (files == NULL || !dailies_drop_has_local_file (files))
    {
      peek_done (drop, DAILIES_MEDIA_UNKNOWN);
      return;
    }
  g_object_set_data_full (source, FILES_KEY, g_object_ref (files), g_object_unref);
  /* The first file speaks for all: where the rest goes is decided when they are dropped. */
  file = g_list_model_get_item (files, 0);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, peek_info_cb,
                           g_object_ref (drop));
}

static void
begin_peek (GdkDrop *drop)
{
  g_autoptr (DailiesDragged) dragged = dailies_dragged_from_drop (drop);
  g_autoptr (GdkContentFormats) formats = NULL;

  formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_drop_get_formats (drop)));
  if (dragged != NULL)
    {
      DailiesAsset *asset = dailies_dragged_get_asset (dragged);

      peek_done (drop, asset != NULL ? dailies_asset_get_kind (asset) : DAILIES_MEDIA_UNKNOWN);
    }
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, peek_value_cb,
                               g_object_ref (drop));
  else
    peek_done (drop, gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
                         ? DAILIES_MEDIA_IMAGE
                         : DAILIES_MEDIA_UNKNOWN);
}

void
dailies_drop_peek_async (GdkDrop             *drop,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (drop, cancellable, callback, user_data);
  Peek *peek = g_object_get_data (G_OBJECT (drop), PEEK_KEY);

  g_task_set_source_tag (task, dailies_drop_peek_async);
  if (peek != NULL && peek->known)
    {
      g_task_return_int (task, peek->kind);
      return;
    }
  if (peek != NULL)
    {
      g_ptr_array_add (peek->waiting, g_object_ref (task));
      return;
    }
  peek = g_new0 (Peek, 1);
  peek->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (peek->waiting, g_object_ref (task));
  g_object_set_data_full (G_OBJECT (drop), PEEK_KEY, peek, peek_free);
  begin_peek (drop);
}

DailiesMediaKind
dailies_drop_peek_finish (GAsyncResult  *result,
                          GError       **error)
{
  gssize kind;

  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_drop_peek_async), 0);

  kind = g_task_propagate_int (G_TASK (result), error);
  return kind < 0 ? DAILIES_MEDIA_UNKNOWN : (DailiesMediaKind) kind;
}

GListModel *
dailies_drop_get_peeked_files (GdkDrop *drop)
{
  return g_object_get_data (G_OBJECT (drop), FILES_KEY);
}
