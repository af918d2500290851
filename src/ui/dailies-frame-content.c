/* dailies-frame-content.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-frame-content.h"

#include <string.h>

#include "dailies-still.h"

#define URI_LIST "text/uri-list"

struct _DailiesFrameContent
{
  GdkContentProvider parent_instance;

  GFile     *clip;
  gint64     time;
  GFile     *folder;
  GFile     *png;
  gboolean   saved;
  GError    *error;   /* (nullable): why it could not be */
  GPtrArray *waiting; /* (element-type GTask) */
};

G_DEFINE_FINAL_TYPE (DailiesFrameContent, dailies_frame_content, GDK_TYPE_CONTENT_PROVIDER)

/* --- making it -------------------------------------------------------------------------------- */

static void
answer (DailiesFrameContent *self,
        GTask               *task)
{
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_pointer (task, g_object_ref (self->png), g_object_unref);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DailiesFrameContent) self = user_data;

  self->saved = dailies_still_save_finish (result, &self->error);
  for (guint i = 0; i < self->waiting->len; i++)
    answer (self, self->waiting->pdata[i]);
  g_ptr_array_set_size (self->waiting, 0);
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  DailiesFrameContent *self = user_data;

  /* It may be there already; where it could not be made, writing says so. */
  g_file_make_directory_finish (G_FILE (source), result, NULL);
  dailies_still_save_async (self->clip, self->time, self->png, NULL, saved_cb, self);
}

/* --- handing it over -------------------------------------------------------------------------- */

static GdkContentFormats *
dailies_frame_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_mime_type (builder, URI_LIST);
  gdk_content_formats_builder_add_mime_type (builder, "image/png");

  return gdk_content_formats_builder_free_to_formats (builder);
}

/* Who cannot wait gets it only once it is there, and else asks for one of the MIME types. */
static gboolean
dailies_frame_content_get_value (GdkContentProvider  *provider,
                                 GValue              *value,
                                 GError             **error)
{
  DailiesFrameContent *self = DAILIES_FRAME_CONTENT (provider);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && self->saved)
    {
      g_value_take_boxed (value, gdk_file_list_new_from_array (&self->png, 1));
      return TRUE;
    }

  return GDK_CONTENT_PROVIDER_CLASS (dailies_frame_content_parent_class)
    ->get_value (provider, value, error);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInputStream) input = g_file_read_finish (G_FILE (source), result, &error);

  if (input == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_output_stream_splice_async (g_object_get_data (G_OBJECT (task), "stream"),
                                G_INPUT_STREAM (input),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE,
                                G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task),
                                spliced_cb,
                                g_object_ref (task));
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  DailiesFrameContent *self = DAILIES_FRAME_CONTENT (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) words = NULL;
  g_autoptr (GFile) png = NULL;
  g_autofree char *uri = NULL;
  char            *line;
  GError          *error = NULL;

  png = dailies_frame_content_save_finish (self, result, &error);
  if (png == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!g_str_equal (g_task_get_task_data (task), URI_LIST))
    {
      g_file_read_async (
        png, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), opened_cb, g_object_ref (task));
      return;
    }
  uri = g_file_get_uri (png);
  line = g_strconcat (uri, "\r\n", NULL);
  words = g_memory_input_stream_new_from_data (line, strlen (line), g_free);
  g_output_stream_splice_async (g_object_get_data (G_OBJECT (task), "stream"),
                                words,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE,
                                G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task),
                                spliced_cb,
                                g_object_ref (task));
}

static void
dailies_frame_content_write_mime_type_async (GdkContentProvider  *provider,
                                             const char          *mime_type,
                                             GOutputStream       *stream,
                                             int                  priority,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data)
{
  DailiesFrameContent *self = DAILIES_FRAME_CONTENT (provider);
  GTask               *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, dailies_frame_content_write_mime_type_async);
  g_task_set_task_data (task, g_strdup (mime_type), g_free);
  g_object_set_data_full (G_OBJECT (task), "stream", g_object_ref (stream), g_object_unref);
  dailies_frame_content_save_async (self, cancellable, ready_cb, task);
}

static gboolean
dailies_frame_content_write_mime_type_finish (GdkContentProvider  *provider,
                                              GAsyncResult        *result,
                                              GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
dailies_frame_content_finalize (GObject *object)
{
  DailiesFrameContent *self = DAILIES_FRAME_CONTENT (object);

  g_clear_object (&self->clip);
  g_clear_object (&self->folder);
  g_clear_object (&self->png);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (dailies_frame_content_parent_class)->finalize (object);
}

static void
dailies_frame_content_class_init (DailiesFrameContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dailies_frame_content_finalize;
  provider_class->ref_formats = dailies_frame_content_ref_formats;
  provider_class->get_value = dailies_frame_content_get_value;
  provider_class->write_mime_type_async = dailies_frame_content_write_mime_type_async;
  provider_class->write_mime_type_finish = dailies_frame_content_write_mime_type_finish;
}

static void
dailies_frame_content_init (DailiesFrameContent *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* --- public ----------------------------------------------------------------------------------- */

GdkContentProvider *
dailies_frame_content_new (GFile      *clip,
                           gint64      time,
                           GFile      *folder,
                           const char *name)
{
  DailiesFrameContent *self = g_object_new (DAILIES_TYPE_FRAME_CONTENT, NULL);
  g_autofree char     *file = g_strdup_printf ("%s.png", name);

  self->clip = g_object_ref (clip);
  self->time = time;
  self->folder = g_object_ref (folder);
  self->png = g_file_get_child (folder, file);
  g_file_make_directory_async (
    folder, G_PRIORITY_DEFAULT, NULL, folder_made_cb, g_object_ref (self));

  return GDK_CONTENT_PROVIDER (self);
}

void
dailies_frame_content_save_async (DailiesFrameContent *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DAILIES_IS_FRAME_CONTENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dailies_frame_content_save_async);
  if (self->saved || self->error != NULL)
    answer (self, task);
  else
    g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

GFile *
dailies_frame_content_save_finish (DailiesFrameContent  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
