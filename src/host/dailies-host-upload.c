/* dailies-host-upload.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-host-upload.h"

#include <glib/gi18n-lib.h>

#include "dailies-access.h"
#include "dailies-answer.h"
#include "dailies-asset.h"
#include "dailies-error.h"
#include "dailies-json.h"
#include "dailies-pool.h"

struct _DailiesHostUpload
{
  GObject           parent_instance;

  DailiesTransport *transport;
  DailiesAccess    *access;
  char             *url;
  char             *title;
};

static void dailies_host_upload_iface_init (DailiesHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DailiesHostUpload, dailies_host_upload, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DAILIES_TYPE_HOST, dailies_host_upload_iface_init))

static gpointer
open_asset (gpointer      asset,
            GCancellable *cancellable,
            GError      **error)
{
  return dailies_asset_open (asset, cancellable, error);
}

/* Nothing said is no refusal; anything but a plain yes is one. */
static gboolean
says_yes (JsonObject *object)
{
  JsonNode *success = json_object_get_member (object, "success");

  if (success == NULL || JSON_NODE_HOLDS_NULL (success))
    return TRUE;
  return JSON_NODE_HOLDS_VALUE (success) && json_node_get_boolean (success);
}

/* Only the answer's `file_url` counts, and only where it is an address that a service could fetch. */
static char *
read_answer (DailiesHostUpload *self,
             JsonNode          *answer,
             GError           **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  const char *url = dailies_json_get_string (object, "file_url");

  if (url == NULL || !says_yes (object))
    {
      g_propagate_error (error, dailies_answer_read_refusal (self->access, DAILIES_CALL_ONCE, answer));
      g_prefix_error (error, "%s: ", self->title);
      return NULL;
    }
  if (!dailies_url_check (url, NULL))
    {
      g_set_error (error, DAILIES_ERROR, DAILIES_ERROR_PROTOCOL,
                   _("%s took the file but gave no usable address for it. Try again later."), self->title);
      return NULL;
    }
  return g_strdup (url);
}

static void
uploaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = NULL;
  GError *error = NULL;
  char *url = NULL;

  answer = dailies_transport_upload_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer != NULL)
    url = read_answer (g_task_get_source_object (task), answer, &error);

  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  DailiesHostUpload *self = g_task_get_source_object (task);
  DailiesAsset *asset = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  stream = dailies_pool_run_finish (result, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  dailies_transport_upload_async (self->transport, self->access, "PUT", self->url, TRUE, "file",
                                  dailies_asset_get_name (asset), dailies_asset_get_mime_type (asset),
                                  stream, dailies_asset_get_bytes (asset), NULL, NULL, cancellable,
                                  uploaded_cb, g_steal_pointer (&task));
}

static const char *
dailies_host_upload_get_title (DailiesHost *host)
{
  return DAILIES_HOST_UPLOAD (host)->title;
}

/* The storage states no limit of its own; what a model takes is in its definition. */
static gboolean
dailies_host_upload_takes (DailiesHost  *host,
                           DailiesAsset *asset,
                           GError      **error)
{
  return TRUE;
}

static void
dailies_host_upload_place_async (DailiesHost         *host,
                                 DailiesAsset        *asset,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (host, cancellable, callback, user_data);

  g_task_set_source_tag (task, dailies_host_upload_place_async);
  g_task_set_task_data (task, g_object_ref (asset), g_object_unref);
  if (dailies_asset_get_state (asset) != DAILIES_ASSET_READY || dailies_asset_is_remote (asset) ||
      dailies_asset_get_bytes (asset) < 0)
    {
      g_task_return_new_error (task, DAILIES_ERROR, DAILIES_ERROR_INVALID,
                               _("“%s” has not been read yet. Wait a moment, then try again."),
                               dailies_asset_get_name (asset));
      return;
    }
  dailies_pool_run_async (open_asset, g_object_ref (asset), g_object_unref, g_object_unref, cancellable,
                          opened_cb, g_steal_pointer (&task));
}

static char *
dailies_host_upload_place_finish (DailiesHost  *host,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, host), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dailies_host_upload_iface_init (DailiesHostInterface *iface)
{
  iface->get_title = dailies_host_upload_get_title;
  iface->takes = dailies_host_upload_takes;
  iface->place_async = dailies_host_upload_place_async;
  iface->place_finish = dailies_host_upload_place_finish;
}

static void
dailies_host_upload_finalize (GObject *object)
{
  DailiesHostUpload *self = DAILIES_HOST_UPLOAD (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->access);
  g_free (self->url);
  g_free (self->title);

  G_OBJECT_CLASS (dailies_host_upload_parent_class)->finalize (object);
}

static void
dailies_host_upload_class_init (DailiesHostUploadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_host_upload_finalize;
}

static void
dailies_host_upload_init (DailiesHostUpload *self)
{
}

DailiesHost *
dailies_host_upload_new (DailiesTransport *transport,
                         DailiesAccess    *access,
                         const char       *url,
                         const char       *title)
{
  DailiesHostUpload *self;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (DAILIES_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (access != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  self = g_object_new (DAILIES_TYPE_HOST_UPLOAD, NULL);
  self->transport = g_object_ref (transport);
  self->access = g_object_ref (access);
  self->url = g_strdup (url);
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  self->title = g_strdup (title != NULL ? title : uri != NULL ? g_uri_get_host (uri) : url);
  return DAILIES_HOST (self);
}
