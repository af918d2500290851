/* dailies-host-inline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-host-inline.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dailies-asset.h"
#include "dailies-error.h"
#include "dailies-pool.h"

#define CHUNK (96 * 1024)

struct _DailiesHostInline
{
  GObject parent_instance;

  goffset max_image;
  goffset max_media;
};

static void dailies_host_inline_iface_init (DailiesHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesHostInline, dailies_host_inline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DAILIES_TYPE_HOST, dailies_host_inline_iface_init))

/* What one place needs, copied out of the asset: the pool must not look at an object of the main thread. */
typedef struct
{
  DailiesAsset *asset;
  char         *name;
  char         *key;
  char         *mime_type;
  goffset       bytes;
} Inlining;

static void
inlining_free (gpointer data)
{
  Inlining *self = data;

  g_object_unref (self->asset);
  g_free (self->name);
  g_free (self->key);
  g_free (self->mime_type);
  g_free (self);
}

static gpointer
return_changed (Inlining *self,
                GError  **error)
{
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_DISK,
               _("“%s” changed since it was read. Remove it and drop it again."), self->name);
  return NULL;
}

/* Reads, encodes and hashes in one go, holding one copy of the text and a chunk of the file. */
static gpointer
write_data_uri (gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  Inlining *self = data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (CHUNK);
  g_autofree char *text = NULL;
  char *end;
  goffset bytes = 0;
  gsize size;
  int state = 0;
  int save = 0;

  stream = dailies_asset_open (self->asset, cancellable, error);
  if (stream == NULL)
    return NULL;

  text = g_malloc (strlen (self->mime_type) + 32 + (self->bytes / 3 + 2) * 4);
  end = g_stpcpy (text, "data:");
  end = g_stpcpy (end, self->mime_type);
  end = g_stpcpy (end, ";base64,");
  do
    {
      if (!g_input_stream_read_all (stream, chunk, CHUNK, &size, cancellable, error))
        return NULL;
      bytes += size;
      if (bytes > self->bytes)
        return return_changed (self, error);
      g_checksum_update (checksum, chunk, size);
      end += g_base64_encode_step (chunk, size, FALSE, end, &state, &save);
    }
  while (size == CHUNK);
  end += g_base64_encode_close (FALSE, end, &state, &save);
  *end = '\0';

  if (bytes != self->bytes || strcmp (g_checksum_get_string (checksum), self->key) != 0)
    return return_changed (self, error);
  return g_steal_pointer (&text);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *text = dailies_pool_run_finish (result, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static const char *
dailies_host_inline_get_title (DailiesHost *host)
{
  return _("inside the request");
}

static gboolean
dailies_host_inline_takes (DailiesHost  *host,
                           DailiesAsset *asset,
                           GError      **error)
{
  DailiesHostInline *self = DAILIES_HOST_INLINE (host);
  gboolean is_image = dailies_asset_get_kind (asset) == DAILIES_MEDIA_IMAGE;
  goffset limit = is_image ? self->max_image : self->max_media;
  goffset bytes = dailies_asset_get_bytes (asset);
  g_autofree char *size = NULL;
  g_autofree char *most = NULL;

  if (bytes <= limit)
    return TRUE;

  size = g_format_size (bytes);
  most = g_format_size (limit);
  g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_INVALID,
               is_image ? _("“%s” is %s, but an image can be at most %s to travel inside the request. Shrink it, or "
                            "put it on the web and drop its https address instead.")
                        : _("“%s” is %s, but a file can be at most %s to travel inside the request. Trim or shrink it, "
                            "or put it on the web and drop its https address instead."),
               dailies_asset_get_name (asset), size, most);
  return FALSE;
}

static void
dailies_host_inline_place_async (DailiesHost         *host,
                                 DailiesAsset        *asset,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (host, cancellable, callback, user_data);
  GError *error = NULL;
  Inlining *inlining;

  g_task_set_source_tag (task, dailies_host_inline_place_async);
  if (dailies_asset_get_state (asset) != DAILIES_ASSET_READY || dailies_asset_is_remote (asset))
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("“%s” has not been read yet. Wait a moment, then try again."),
                               dailies_asset_get_name (asset));
      return;
    }
  if (!dailies_host_takes (host, asset, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  inlining = g_new0 (Inlining, 1);
  inlining->asset = g_object_ref (asset);
  inlining->name = g_strdup (dailies_asset_get_name (asset));
  inlining->key = g_strdup (dailies_asset_get_key (asset));
  inlining->bytes = dailies_asset_get_bytes (asset);
  inlining->mime_type = g_strdup (dailies_asset_get_mime_type (asset));
  if (inlining->mime_type == NULL)
    inlining->mime_type = g_strdup ("application/octet-stream");
  dailies_pool_run_async (write_data_uri, inlining, inlining_free, g_free, cancellable,
                          written_cb, g_steal_pointer (&task));
}

static char *
dailies_host_inline_place_finish (DailiesHost  *host,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dailies_host_inline_iface_init (DailiesHostInterface *iface)
{
  iface->get_title = dailies_host_inline_get_title;
  iface->takes = dailies_host_inline_takes;
  iface->place_async = dailies_host_inline_place_async;
  iface->place_finish = dailies_host_inline_place_finish;
}

static void
dailies_host_inline_class_init (DailiesHostInlineClass *klass)
{
}

static void
dailies_host_inline_init (DailiesHostInline *self)
{
}

DailiesHost *
dailies_host_inline_new (goffset max_image,
                         goffset max_media)
{
  DailiesHostInline *self = g_object_new (DAILIES_TYPE_HOST_INLINE, NULL);

  self->max_image = max_image;
  self->max_media = max_media;
  return DAILIES_HOST (self);
}

goffset
dailies_host_inline_get_size (DailiesAsset *asset)
{
  const char *mime_type;
  goffset bytes;

  g_return_val_if_fail (DAILIES_IS_ASSET (asset), 0);

  bytes = dailies_asset_get_bytes (asset);
  mime_type = dailies_asset_get_mime_type (asset);
  if (bytes < 0)
    return 0;
  return (bytes + 2) / 3 * 4 + strlen ("data:;base64,") + (mime_type != NULL ? strlen (mime_type) : 24);
}
