/* dailies-transport-upload.c: one file, streamed to where the service can fetch it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-exchange.h"
#include "dailies-form-stream.h"

typedef struct
{
  GFileProgressCallback progress;
  gpointer              progress_data;
  goffset               before; /* bytes of the form before the file's own */
  goffset               length; /* of the file */
  goffset               sent;   /* of the whole body */
} Upload;

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        size,
                    Upload      *self)
{
  self->sent += size;
  self->progress (CLAMP (self->sent - self->before, 0, self->length), self->length, self->progress_data);
}

static void
exchange_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonNode *answer;

  answer = dailies_exchange_finish (DAILIES_TRANSPORT (source), result, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

void
dailies_transport_upload_async (DailiesTransport      *self,
                                DailiesAccess         *access,
                                const char            *method,
                                const char            *url,
                                gboolean               send_token,
                                const char            *field,
                                const char            *file_name,
                                const char            *mime_type,
                                GInputStream          *stream,
                                goffset                length,
                                GFileProgressCallback  progress,
                                gpointer               progress_data,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (DailiesFormStream) form = NULL;
  GError *error = NULL;

  g_return_if_fail (DAILIES_IS_TRANSPORT (self));
  g_return_if_fail (access != NULL);
  g_return_if_fail (method != NULL && url != NULL && field != NULL && file_name != NULL);
  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (length >= 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_transport_upload_async);
  message = dailies_exchange_new_message (method, url, &error);
  if (message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  form = dailies_form_stream_new (field, file_name, mime_type, stream, length);
  soup_message_set_request_body (message, dailies_form_stream_get_content_type (form), G_INPUT_STREAM (form),
                                 dailies_form_stream_get_length (form));
  if (send_token)
    dailies_exchange_sign (message, access);
  if (progress != NULL)
    {
      Upload *upload = g_new0 (Upload, 1);

      upload->progress = progress;
      upload->progress_data = progress_data;
      upload->before = dailies_form_stream_get_head_length (form);
      upload->length = length;
      g_signal_connect_data (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), upload,
                             (GClosureNotify) (GCallback) g_free, 0);
    }
  dailies_exchange_async (self, access, DAILIES_CALL_ONCE, message, cancellable, exchange_cb, g_steal_pointer (&task));
}

JsonNode *
dailies_transport_upload_finish (DailiesTransport *self,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
