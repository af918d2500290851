/* dailies-drop-bytes.c: reads the bytes that another program offers, up to a limit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-drop-private.h"

/* What another program offers has no end that it must keep to. No field takes more, and all of it lies in memory. */
#define MAX_BYTES (512 * 1000 * 1000)
#define CHUNK_BYTES (256 * 1024)

typedef struct
{
  GInputStream *stream; /* (nullable): before it is there */
  GByteArray   *bytes;
} Bytes;

static gsize max_bytes = MAX_BYTES;

static void read_chunk (GTask *task);

static void
bytes_free (gpointer data)
{
  Bytes *self = data;

  g_clear_object (&self->stream);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static void
chunk_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Bytes *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    g_task_return_error (task, error);
  else if (g_bytes_get_size (chunk) == 0)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_byte_array_ref (self->bytes)),
                           (GDestroyNotify) g_bytes_unref);
  else if (self->bytes->len + g_bytes_get_size (chunk) > max_bytes)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "more than %" G_GSIZE_FORMAT " bytes", max_bytes);
  else
    {
      g_byte_array_append (self->bytes, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
      read_chunk (task);
    }
}

static void
read_chunk (GTask *task)
{
  Bytes *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), chunk_cb,
                                   g_object_ref (task));
}

static void
stream_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Bytes *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (GDK_IS_DROP (source))
    self->stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);
  else
    self->stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  if (self->stream != NULL)
    read_chunk (task);
  else
    g_task_return_error (task, error);
}

void
dailies_drop_set_max_bytes (gsize bytes)
{
  max_bytes = bytes;
}

gsize
dailies_drop_get_max_bytes (void)
{
  return max_bytes;
}

void
dailies_drop_read_bytes_async (gpointer             source,
                               const char          *mime_type,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  const char *mime_types[] = { mime_type, NULL };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Bytes *self = g_new0 (Bytes, 1);

  g_return_if_fail (GDK_IS_DROP (source) || GDK_IS_CLIPBOARD (source));

  g_task_set_source_tag (task, dailies_drop_read_bytes_async);
  self->bytes = g_byte_array_new ();
  g_task_set_task_data (task, self, bytes_free);
  if (GDK_IS_DROP (source))
    gdk_drop_read_async (source, mime_types, G_PRIORITY_DEFAULT, cancellable, stream_cb, g_object_ref (task));
  else
    gdk_clipboard_read_async (source, mime_types, G_PRIORITY_DEFAULT, cancellable, stream_cb, g_object_ref (task));
}

GBytes *
dailies_drop_read_bytes_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dailies_drop_read_bytes_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
